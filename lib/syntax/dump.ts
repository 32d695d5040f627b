/** Text of a syntax tree exactly as CPython 3.14's ast.dump prints it. */
import type { Node, PyConst } from './ast.js';
import { NODE_FIELDS } from './fields.js';
import { charsOf, type Text, text } from './text.js';

export interface DumpOptions {
  /** Spaces for each level; without it everything is on one line. */
  indent?: number;
  include_attributes?: boolean;
}

const LOCATION = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'];
/** Fields whose value is a node in CPython and a string here. */
const SINGLETONS = new Set(['ctx', 'op', 'ops']);

/** As `ast.dump(node, include_attributes=..., indent=...)`, for trees from `parse`. */
export function dump(node: Node, options: DumpOptions = {}): string {
  return new Dumper(options).node(node, 0)[0];
}

type Dumped = [text: string, simple: boolean];

class Dumper {
  private readonly indent: number | undefined;
  private readonly attributes: boolean;

  constructor(options: DumpOptions) {
    this.indent = options.indent;
    this.attributes = options.include_attributes ?? false;
  }

  node(node: Node, level: number): Dumped {
    const args: string[] = [];
    let simple = true;
    const fields: { [name: string]: unknown } = node as never;
    for (const name of NODE_FIELDS[node.kind]) {
      const value = fields[name];
      if (value === null && !(node.kind === 'Constant' && name === 'value')) continue;
      if (Array.isArray(value) && value.length === 0) continue;
      const [text, flat] = this.value(name, value, level + 1);
      if (!flat) simple = false;
      args.push(`${name === 'str_kind' ? 'kind' : name}=${text}`);
    }
    if (this.attributes && 'end_lineno' in fields) {
      for (const name of LOCATION) args.push(`${name}=${fields[name] as number}`);
    }
    if (simple && args.length <= 3) return [`${node.kind}(${args.join(', ')})`, args.length === 0];
    const [prefix, separator] = this.layout(level + 1);
    return [`${node.kind}(${prefix}${args.join(separator)})`, false];
  }

  private layout(level: number): [string, string] {
    if (this.indent === undefined) return ['', ', '];
    const prefix = '\n' + ' '.repeat(this.indent * level);
    return [prefix, ',' + prefix];
  }

  private value(name: string, value: unknown, level: number): Dumped {
    if (Array.isArray(value)) {
      const [prefix, separator] = this.layout(level + 1);
      const items = value.map((x: unknown) => this.value(name, x, level + 1)[0]);
      return [`[${prefix}${items.join(separator)}]`, false];
    }
    if (value === null) return ['None', true];
    if (typeof value === 'number') return [String(value), true];
    if (typeof value === 'string') return [SINGLETONS.has(name) ? `${value}()` : strRepr(text(value)), true];
    if ('t' in (value as object)) return [constRepr(value as PyConst), true];
    return this.node(value as Node, level);
  }
}

/** repr() of a constant. */
export function constRepr(c: PyConst): string {
  switch (c.t) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'bool':
      return c.v ? 'True' : 'False';
    case 'int':
      return c.v.toString();
    case 'float':
      return floatRepr(c.v);
    case 'complex':
      return floatRepr(c.v).replace(/\.0$/, '') + 'j';
    case 'str':
      return strRepr(c);
    case 'bytes':
      return bytesRepr(c.v);
  }
}

function floatRepr(x: number): string {
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : x < 0 ? '-inf' : 'nan';
  const [mantissa, exponent] = x.toExponential().split('e');
  const e = Number(exponent);
  if (e < -4 || e >= 16) return `${mantissa}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
  const text = x !== 0 && Math.abs(x) < 1e-6 ? x.toFixed(20).replace(/0+$/, '') : String(x);
  return text.includes('.') ? text : text + '.0';
}

const NAMED: { readonly [c: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const isUnprintable = (char: string): boolean => /[\p{C}\p{Z}]/u.test(char);

function strRepr(s: Text): string {
  const quote = s.v.includes("'") && !s.v.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of charsOf(s)) {
    const c = char.codePointAt(0)!;
    if (NAMED[char] !== undefined) out += NAMED[char];
    else if (char === quote) out += '\\' + char;
    else if (char === ' ' || !isUnprintable(char)) out += char;
    else if (c < 0x100) out += '\\x' + c.toString(16).padStart(2, '0');
    else if (c < 0x10000) out += '\\u' + c.toString(16).padStart(4, '0');
    else out += '\\U' + c.toString(16).padStart(8, '0');
  }
  return out + quote;
}

function bytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = 'b' + quote;
  for (const b of bytes) {
    const char = String.fromCharCode(b);
    if (NAMED[char] !== undefined) out += NAMED[char];
    else if (char === quote) out += '\\' + char;
    else if (b >= 32 && b < 127) out += char;
    else out += '\\x' + b.toString(16).padStart(2, '0');
  }
  return out + quote;
}
