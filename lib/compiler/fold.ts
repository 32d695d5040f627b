/** Constant folding, within CPython's limits of size; null where the operation is left to run time. */
import type { Operator, UnaryOperator } from '../syntax/ast.js';
import { joinTexts } from '../syntax/text.js';
import type { Const } from './code.js';

const MAX_INT_BITS = 128;
const MAX_COLLECTION = 256;
const MAX_STR = 4096;

type Numeric = { t: 'int'; v: bigint } | { t: 'float'; v: number } | { t: 'complex'; re: number; im: number };

export function foldUnary(op: UnaryOperator, a: Const): Const | null {
  const n = numeric(a);
  if (n === null) return null;
  if (op === 'USub') return negate(n);
  if (op === 'UAdd') return n;
  if (op === 'Invert' && a.t === 'int') return { t: 'int', v: ~a.v };
  return null;
}

function negate(n: Numeric): Const {
  if (n.t === 'int') return { t: 'int', v: -n.v };
  if (n.t === 'float') return { t: 'float', v: -n.v };
  return { t: 'complex', re: -n.re, im: -n.im };
}

/** int for bool. */
function numeric(c: Const): Numeric | null {
  if (c.t === 'bool') return { t: 'int', v: c.v ? 1n : 0n };
  return c.t === 'int' || c.t === 'float' || c.t === 'complex' ? c : null;
}

export function foldBinary(op: Operator, a: Const, b: Const): Const | null {
  if (op === 'Add' || op === 'Mult') {
    const joined = op === 'Add' ? concat(a, b) : (repeat(a, b) ?? repeat(b, a));
    if (joined !== null) return joined;
  }
  if (a.t === 'bool' && b.t === 'bool') {
    if (op === 'BitAnd') return { t: 'bool', v: a.v && b.v };
    if (op === 'BitOr') return { t: 'bool', v: a.v || b.v };
    if (op === 'BitXor') return { t: 'bool', v: a.v !== b.v };
  }
  const x = numeric(a);
  const y = numeric(b);
  if (x === null || y === null) return null;
  if (x.t === 'int' && y.t === 'int') return foldInt(op, x.v, y.v);
  if (x.t === 'complex' || y.t === 'complex') return foldComplex(op, x, y);
  const f = Number(x.v);
  const g = Number(y.v);
  if (!exactFloat(x) || !exactFloat(y)) return null;
  return foldFloat(op, f, g);
}

const exactFloat = (n: Numeric): boolean => n.t !== 'int' || BigInt.asIntN(54, n.v) === n.v;

function foldInt(op: Operator, a: bigint, b: bigint): Const | null {
  const v = op === 'Div' ? null : intResult(op, a, b);
  if (v !== null) return bits(v) > 2 * MAX_INT_BITS && op === 'Mult' ? null : { t: 'int', v };
  if (op !== 'Div' || b === 0n || bits(a) > 53 || bits(b) > 53) return null;
  return { t: 'float', v: Number(a) / Number(b) };
}

const bits = (v: bigint): number => (v < 0n ? -v : v).toString(2).length;

function intResult(op: Operator, a: bigint, b: bigint): bigint | null {
  switch (op) {
    case 'Add':
      return a + b;
    case 'Sub':
      return a - b;
    case 'Mult':
      return bits(a) + bits(b) > MAX_INT_BITS ? null : a * b;
    case 'FloorDiv':
      return b === 0n ? null : floorDiv(a, b);
    case 'Mod':
      return b === 0n ? null : a - b * floorDiv(a, b);
    case 'BitAnd':
      return a & b;
    case 'BitOr':
      return a | b;
    case 'BitXor':
      return a ^ b;
    case 'LShift':
      return b < 0n || b > MAX_INT_BITS || bits(a) + Number(b) > MAX_INT_BITS ? null : a << b;
    case 'RShift':
      return b < 0n || b > 1_000_000n ? null : a >> b;
    case 'Pow':
      return b < 0n || b > MAX_INT_BITS || bits(a) * Number(b) > MAX_INT_BITS ? null : a ** b;
    default:
      return null;
  }
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

/** Only what IEEE 754 rounds exactly: %, // and ** are left to run time. */
function foldFloat(op: Operator, a: number, b: number): Const | null {
  if (op === 'Add') return { t: 'float', v: a + b };
  if (op === 'Sub') return { t: 'float', v: a - b };
  if (op === 'Mult') return { t: 'float', v: a * b };
  if (op === 'Div' && b !== 0) return { t: 'float', v: a / b };
  return null;
}

/** Sums and differences, as in 1 - 2j; CPython 3.14 keeps the sign of a real operand's absent imaginary part. */
function foldComplex(op: Operator, x: Numeric, y: Numeric): Const | null {
  if ((op !== 'Add' && op !== 'Sub') || !exactFloat(x) || !exactFloat(y)) return null;
  const sign = op === 'Add' ? 1 : -1;
  if (x.t === 'complex' && y.t === 'complex') {
    return { t: 'complex', re: x.re + sign * y.re, im: x.im + sign * y.im };
  }
  if (x.t === 'complex') return { t: 'complex', re: x.re + sign * Number((y as { v: number | bigint }).v), im: x.im };
  if (y.t !== 'complex') return null;
  return { t: 'complex', re: Number(x.v) + sign * y.re, im: sign * y.im };
}

function concat(a: Const, b: Const): Const | null {
  if (a.t === 'str' && b.t === 'str' && a.v.length + b.v.length <= MAX_STR) return joinTexts(a, b);
  if (a.t === 'tuple' && b.t === 'tuple' && a.v.length + b.v.length <= MAX_COLLECTION) {
    return { t: 'tuple', v: [...a.v, ...b.v] };
  }
  if (a.t !== 'bytes' || b.t !== 'bytes') return null;
  const v = new Uint8Array(a.v.length + b.v.length);
  v.set(a.v);
  v.set(b.v, a.v.length);
  return { t: 'bytes', v };
}

function repeat(a: Const, times: Const): Const | null {
  if (times.t !== 'int' || (a.t !== 'str' && a.t !== 'bytes' && a.t !== 'tuple')) return null;
  const n = times.v < 0n ? 0 : times.v > 10_000n ? 10_000 : Number(times.v);
  if (a.v.length * n > (a.t === 'tuple' ? MAX_COLLECTION : MAX_STR)) return null;
  if (a.t === 'str') return joinTexts(a, a).points === undefined ? { t: 'str', v: a.v.repeat(n) } : null;
  if (a.t === 'tuple') return { t: 'tuple', v: Array.from({ length: n }, () => a.v).flat() };
  const v = new Uint8Array(a.v.length * n);
  for (let i = 0; i < n; i++) v.set(a.v, i * a.v.length);
  return { t: 'bytes', v };
}

export function foldSubscript(a: Const, index: Const): Const | null {
  if (index.t !== 'int' || (a.t !== 'str' && a.t !== 'bytes' && a.t !== 'tuple')) return null;
  if (a.t === 'str' && /[\ud800-\udfff]/.test(a.v)) return null;
  const i = Number(index.v) < 0 ? Number(index.v) + a.v.length : Number(index.v);
  if (!(i >= 0 && i < a.v.length)) return null;
  if (a.t === 'str') return { t: 'str', v: a.v[i]! };
  return a.t === 'bytes' ? { t: 'int', v: BigInt(a.v[i]!) } : a.v[i]!;
}
