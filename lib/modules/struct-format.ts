/** Format strings of the module struct (https://docs.python.org/3.14/library/struct.html#format-strings), read into a layout. */

/** How the values of a format character are written: see struct-items.ts. */
export type Kind = 'pad' | 'int' | 'uint' | 'address' | 'char' | 'bool' | 'bytes' | 'pascal' | 'float' | 'complex';

export interface Entry {
  readonly format: string;
  readonly kind: Kind;
  readonly size: number;
  /** Native alignment. */
  readonly align: number;
}

export interface Run {
  readonly entry: Entry;
  readonly offset: number;
  /** Bytes of an item: the count of 's' and 'p'. */
  readonly size: number;
  readonly repeat: number;
}

export interface Layout {
  readonly size: number;
  /** Number of values. */
  readonly count: number;
  readonly little: boolean;
  readonly runs: readonly Run[];
}

/** format: kind, native size (also its alignment), standard size; 0: native formats only. */
const ROWS: readonly (readonly [string, Kind, number, number])[] = [
  ['x', 'pad', 1, 1],
  ['c', 'char', 1, 1],
  ['b', 'int', 1, 1],
  ['B', 'uint', 1, 1],
  ['?', 'bool', 1, 1],
  ['h', 'int', 2, 2],
  ['H', 'uint', 2, 2],
  ['i', 'int', 4, 4],
  ['I', 'uint', 4, 4],
  ['l', 'int', 8, 4],
  ['L', 'uint', 8, 4],
  ['q', 'int', 8, 8],
  ['Q', 'uint', 8, 8],
  ['n', 'int', 8, 0],
  ['N', 'uint', 8, 0],
  ['e', 'float', 2, 2],
  ['f', 'float', 4, 4],
  ['d', 'float', 8, 8],
  ['F', 'complex', 8, 8],
  ['D', 'complex', 16, 16],
  ['s', 'bytes', 1, 1],
  ['p', 'pascal', 1, 1],
  ['P', 'address', 8, 0],
];

const alignOf = (kind: Kind, size: number): number => (kind === 'complex' ? size / 2 : size);

const NATIVE = new Map<string, Entry>(
  ROWS.map(([format, kind, size]) => [format, { format, kind, size, align: alignOf(kind, size) }]),
);
const STANDARD = new Map<string, Entry>(
  ROWS.filter(([, , , size]) => size > 0).map(([format, kind, , size]) => [format, { format, kind, size, align: 1 }]),
);

const TOO_LONG = 'total struct size too long';
const MAX = 2 ** 63 - 1;

const isDigit = (c: string): boolean => c >= '0' && c <= '9';
const isSpace = (c: string): boolean => c === ' ' || (c >= '\t' && c <= '\r');

/** A layout, or the message of the error. */
export function parseFormat(text: string): Layout | string {
  const mode = text[0] ?? '';
  const table = mode !== '' && '<>=!'.includes(mode) ? STANDARD : NATIVE;
  const runs: Run[] = [];
  let size = 0;
  let count = 0;
  let i = mode !== '' && '<>=!@'.includes(mode) ? 1 : 0;
  while (i < text.length) {
    let c = text[i++]!;
    if (isSpace(c)) continue;
    let repeat = 1;
    if (isDigit(c)) {
      const from = i - 1;
      while (i < text.length && isDigit(text[i]!)) i++;
      repeat = Number(text.slice(from, i));
      if (repeat > MAX) return TOO_LONG;
      if (i === text.length) return 'repeat count given without format specifier';
      c = text[i++]!;
    }
    const entry = table.get(c);
    if (entry === undefined) return 'bad char in struct format';
    const offset = Math.ceil(size / entry.align) * entry.align;
    size = offset + entry.size * repeat;
    if (size > MAX) return TOO_LONG;
    if (entry.kind === 'pad') continue;
    const whole = entry.kind === 'bytes' || entry.kind === 'pascal';
    if (whole) runs.push({ entry, offset, size: repeat, repeat: 1 });
    else if (repeat > 0) runs.push({ entry, offset, size: entry.size, repeat });
    count += whole ? 1 : repeat;
  }
  return { size, count, little: mode !== '>' && mode !== '!', runs };
}
