/**
 * Source lines of a traceback entry, with `~~~~^^^` below the part that was running (PEP 657): the operator of a binary operation and the
 * brackets of a subscript or call are told from the rest.
 */
import type { Position } from '../compiler/positions.js';
import { parse, type Module } from '../syntax/index.js';

interface Anchors {
  leftLine: number;
  leftCol: number;
  rightLine: number;
  rightCol: number;
}

interface Span {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

type Node = { readonly _type?: string; readonly type?: string } & Record<string, unknown> & Span;

/** Character index of a byte offset in a line. */
function charIndex(line: string, bytes: number): number {
  if (/^[\x00-\x7f]*$/.test(line)) return bytes;
  return [...Buffer.from(line, 'utf8').subarray(0, bytes).toString('utf8')].length;
}

/** Columns a line's first characters take on a terminal: East Asian wide characters take two. */
function displayWidth(line: string, chars: number): number {
  let n = 0;
  for (const c of [...line].slice(0, chars)) n += isWide(c.codePointAt(0)!) ? 2 : 1;
  return n;
}

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x23f0, 0x23f0],
  [0x23f3, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1b000, 0x1b2ff],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f4, 0x1f3f4],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f54e],
  [0x1f550, 0x1f567],
  [0x1f57a, 0x1f57a],
  [0x1f595, 0x1f596],
  [0x1f5a4, 0x1f5a4],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2],
  [0x1f6d5, 0x1f6d7],
  [0x1f6dc, 0x1f6df],
  [0x1f6eb, 0x1f6ec],
  [0x1f6f4, 0x1f6fc],
  [0x1f7e0, 0x1f7eb],
  [0x1f7f0, 0x1f7f0],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

const isWide = (code: number): boolean => code >= 0x1100 && WIDE.some(([low, high]) => code >= low && code <= high);

function tryParse(source: string): Module | undefined {
  try {
    return parse(source, '<traceback>', 'exec');
  } catch {
    return undefined;
  }
}

/** Walks the characters of a segment from a place on, over line ends, continuation marks and comments. */
class Cursor {
  constructor(
    private readonly lines: readonly (readonly string[])[],
    public line: number,
    public col: number,
  ) {}

  valid(): this {
    while (this.line < this.lines.length && this.col >= this.lines[this.line].length) {
      this.col = 0;
      this.line++;
    }
    if (this.line >= this.lines.length) throw new RangeError('the segment has no such character');
    return this;
  }

  until(stop: (c: string) => boolean): this {
    for (;;) {
      const c = this.lines[this.line][this.col];
      if (c === '\\' || c === '#') {
        this.col = 0;
        this.line++;
      } else if (stop(c)) return this;
      else this.col++;
      this.valid();
    }
  }
}

const kindOf = (node: Node): string => String(node.kind ?? node._type ?? node.type);

/** Where operator or brackets of a segment lie; undefined when there is nothing to tell apart. */
function anchorsOf(segment: string): Anchors | undefined {
  const tree = tryParse(`(\n${segment}\n)`);
  if (tree === undefined || tree.body.length !== 1) return undefined;
  const statement = tree.body[0] as unknown as Node;
  if (kindOf(statement) !== 'Expr') return undefined;
  const text = segment.split('\n');
  const lines = text.map((l) => [...l]);
  const endOf = (n: Node): Cursor =>
    new Cursor(lines, n.end_lineno - 2, charIndex(text[n.end_lineno - 2], n.end_col_offset));
  const expr = statement.value as Node;
  switch (kindOf(expr)) {
    case 'BinOp': {
      const right = expr.right as Node;
      const at = endOf(expr.left as Node)
        .valid()
        .until((c) => !/\s/.test(c) && c !== ')');
      let end = at.col + 1;
      const line = lines[at.line];
      const free = right.lineno - 2 > at.line || end < charIndex(text[right.lineno - 2], right.col_offset);
      if (end < line.length && free && !/[\s\\#]/.test(line[end])) end++;
      return { leftLine: at.line, leftCol: at.col, rightLine: at.line, rightCol: end };
    }
    case 'Subscript':
      return brackets(endOf(expr.value as Node), '[', endOf(expr));
    case 'Call':
      return brackets(endOf(expr.func as Node), '(', endOf(expr));
    default:
      return undefined;
  }
}

function brackets(from: Cursor, open: string, end: Cursor): Anchors {
  const at = from.valid().until((c) => c === open);
  return { leftLine: at.line, leftCol: at.col, rightLine: end.line, rightCol: end.col };
}

/** Is the whole statement `return f(...)` or `name = f(...)` of which the call is what runs? Then carets say nothing. */
function isPlainCall(lines: readonly string[], start: number, end: number): boolean {
  const tree = tryParse(lines.join('\n'));
  if (tree === undefined || tree.body.length === 0) return false;
  const statement = tree.body[0] as unknown as Node;
  const value = statement.value as Node | null | undefined;
  if (value === null || value === undefined || kindOf(value) !== 'Call') return false;
  const isReturn = kindOf(statement) === 'Return' && kindOf(value.func as Node) === 'Name';
  const targets = (statement.targets ?? []) as Node[];
  const isAssign = kindOf(statement) === 'Assign' && targets.length === 1 && kindOf(targets[0]) === 'Name';
  if (!isReturn && !isAssign) return false;
  return (
    value.lineno === 1 &&
    value.end_lineno === lines.length &&
    value.col_offset === start &&
    value.end_col_offset === end
  );
}

function dedent(lines: readonly string[]): string[] {
  const margins = lines.filter((l) => l.trim() !== '').map((l) => /^[ \t]*/.exec(l)![0]);
  let margin = margins[0] ?? '';
  for (const m of margins) while (!m.startsWith(margin)) margin = margin.slice(0, -1);
  return lines.map((l) => (l.trim() === '' ? '' : l.slice(margin.length)));
}

const chars = (s: string): number => [...s].length;

interface Marks {
  start: number;
  end: number;
  anchors: Anchors | undefined;
}

/** The caret line below line `n`. */
function caretLine(lines: readonly string[], n: number, marks: Marks): string {
  const line = lines[n];
  const { anchors } = marks;
  const indent = chars(line) - chars(line.trimStart());
  const count = n === lines.length - 1 ? marks.end : displayWidth(line, chars(line));
  let out = '';
  for (let col = 0; col < count; col++) {
    if (col < indent || (n === 0 && col < marks.start)) out += ' ';
    else if (anchors === undefined) out += '^';
    else {
      const after = n > anchors.leftLine || (n === anchors.leftLine && col >= anchors.leftCol);
      const before = n < anchors.rightLine || (n === anchors.rightLine && col < anchors.rightCol);
      out += after && before ? '^' : '~';
    }
  }
  return out;
}

/** Numbers of the lines that are shown: first, last, and around the anchors. */
function significant(count: number, anchors: Anchors | undefined): number[] {
  const set = new Set([0, count - 1]);
  if (anchors !== undefined) {
    for (const line of [anchors.leftLine, anchors.rightLine]) for (let d = -1; d <= 1; d++) set.add(line + d);
  }
  return [...set].filter((n) => n >= 0 && n < count).sort((a, b) => a - b);
}

/** Anchors in the columns of the lines they are shown in. */
function shifted(a: Anchors, lines: readonly string[], start: number): Anchors {
  const column = (line: number, col: number): number => displayWidth(lines[line], line === 0 ? col + start : col);
  return { ...a, leftCol: column(a.leftLine, a.leftCol), rightCol: column(a.rightLine, a.rightCol) };
}

function safeAnchors(segment: string): Anchors | undefined {
  try {
    return anchorsOf(segment);
  } catch {
    return undefined;
  }
}

function segmentOf(lines: readonly string[], start: number, end: number): string {
  const last = [...lines[lines.length - 1]];
  const text = [...lines.join('\n')];
  return text.slice(start, text.length - (last.length - end)).join('');
}

function showLines(lines: readonly string[], marks: Marks, carets: boolean): string[] {
  const out: string[] = [];
  const show = (n: number): void => {
    out.push(lines[n]);
    if (carets) out.push(caretLine(lines, n, marks));
  };
  let previous = -1;
  for (const n of significant(lines.length, marks.anchors)) {
    const gap = previous < 0 ? 1 : n - previous;
    if (gap === 2) show(n - 1);
    else if (gap > 2) out.push(`...<${gap - 1} lines>...`);
    show(n);
    previous = n;
  }
  return dedent(out);
}

/** Indented source of a position, with carets where they help; '' when the source is not known. */
export function locationLines(position: Position, lineAt: (n: number) => string): string {
  const first = lineAt(position.line);
  if (first.trim() === '') return '';
  if (position.col < 0 || position.endCol < 0) return `    ${first.trim()}\n`;
  const original = Array.from({ length: position.endLine - position.line + 1 }, (_, i) => lineAt(position.line + i));
  const lines = dedent(original);
  const removed = chars(original[0]) - chars(lines[0]);
  const start = Math.max(0, charIndex(original[0], position.col) - removed);
  const end = Math.max(0, charIndex(original[original.length - 1], position.endCol) - removed);
  const found = safeAnchors(segmentOf(lines, start, end));
  const head = [...lines[0]].slice(0, start).join('');
  const tail = [...lines[lines.length - 1]].slice(end).join('');
  const carets =
    !isPlainCall(lines, start, end) && (found !== undefined || head.trimStart() !== '' || tail.trimEnd() !== '');
  const marks = {
    start: displayWidth(lines[0], start),
    end: displayWidth(lines[lines.length - 1], end),
    anchors: found === undefined ? undefined : shifted(found, lines, start),
  };
  return showLines(lines, marks, carets)
    .map((l) => `    ${l}\n`)
    .join('');
}
