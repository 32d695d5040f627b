/** The types int and bool (https://docs.python.org/3.14/library/stdtypes.html#numeric-types-int-float-complex). */
import { raiseMemoryError } from './memory-error.js';
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { call1, index, indexNumber, isTrue, iterate, lookupSpecial } from './abstract.js';
import { defineType } from './define.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { newFloat } from './float.js';
import {
  addInts,
  compareInts,
  floorDivBig,
  floorDivInts,
  hashInt,
  intFromBigInt,
  intFromNumber,
  intSign,
  intToBigInt,
  intToNumber,
  isShortInt,
  modBig,
  modInts,
  mulInts,
  newBoxed,
  plainInt,
  subInts,
  unboxed,
} from './int.js';
import { smallDecimal } from './int-digits.js';
import { floatPower } from './float-type.js';
import { formatInt } from './number-format.js';
import { bytesText, digitsLimit, parseInteger, quote } from './numbers-parse.js';
import { isInt, isStr, typeOf } from './object.js';
import { special1 } from './special.js';
import * as S from './slots.js';
import { fromJS, intern, STR_ASCII, toJS } from './strings.js';
import { tupleOf, tupleItem, tupleLength } from './tuple.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;
const U8 = u8;
const INT = T.typeHandle(T.T_INT);

type Op = (a: number, b: number) => number;

/** A slot on ints from one on plain ints. */
const onInts =
  (run: Op): Op =>
  (a, b) => {
    const x = plainInt(a);
    const y = plainInt(b);
    return x === 0 || y === 0 ? H.NOT_IMPLEMENTED : run(x, y);
  };

const bitwise = (word: Op, big: (x: bigint, y: bigint) => bigint): Op =>
  onInts((a, b) =>
    (a & b & 1) !== 0 ? intFromNumber(word(a >> 1, b >> 1)) : intFromBigInt(big(intToBigInt(a), intToBigInt(b))),
  );

const and = bitwise(
  (x, y) => x & y,
  (x, y) => x & y,
);
const or = bitwise(
  (x, y) => x | y,
  (x, y) => x | y,
);
const xor = bitwise(
  (x, y) => x ^ y,
  (x, y) => x ^ y,
);

/** Bits of CPython's largest int, which has as many digits as memory can address. */
const SHIFT_LIMIT = 2 ** 63;

function leftShift(a: number, b: number): number {
  if (intSign(b) < 0) return raise('ValueError', 'negative shift count');
  if (a === 1) return a;
  const n = intToNumber(b);
  if (n >= SHIFT_LIMIT) return raise('OverflowError', 'too many digits in integer');
  if (n >= 2 ** 30) return raiseMemoryError();
  if ((a & 1) !== 0 && n < 22) return intFromNumber((a >> 1) * 2 ** n);
  return intFromBigInt(intToBigInt(a) << BigInt(n));
}

function rightShift(a: number, b: number): number {
  if (intSign(b) < 0) return raise('ValueError', 'negative shift count');
  const n = intToNumber(b);
  if ((a & 1) !== 0) return n > 31 ? (a < 0 ? -1 : 1) : intFromNumber((a >> 1) >> Math.min(n, 31));
  if (n >= 2 ** 31) return intSign(a) < 0 ? -1 : 1;
  return intFromBigInt(intToBigInt(a) >> BigInt(n));
}

/** a / b correctly rounded: from the quotient's top 66 bits with a sticky bit. */
export function trueDivide(a: number, b: number): number {
  if (b === 1) return raise('ZeroDivisionError', 'division by zero');
  if (isShortInt(a) && isShortInt(b)) return newFloat(intToNumber(a) / intToNumber(b));
  const x = intToBigInt(a);
  const y = intToBigInt(b);
  const r = ratio(x, y);
  return Number.isFinite(r) ? newFloat(r) : raise('OverflowError', 'integer division result too large for a float');
}

const bits = (n: bigint): number => (n < 0n ? -n : n).toString(2).length;

/** The double nearest x / y, half to even, subnormals included. */
export function ratio(x: bigint, y: bigint): number {
  if (x === 0n) return y < 0n ? -0 : 0;
  const negative = x < 0n !== y < 0n;
  const p = x < 0n ? -x : x;
  const q = y < 0n ? -y : y;
  // Keep two bits more than the result has, down to the last subnormal bit.
  const shift = Math.min(66 - (bits(p) - bits(q)), 1076);
  const n = shift >= 0 ? p << BigInt(shift) : p;
  const d = shift >= 0 ? q : q << BigInt(-shift);
  let m = n / d;
  if (m * d !== n) m |= 1n;
  return (negative ? -1 : 1) * scale(m, -shift);
}

/** m * 2**e rounded once. */
function scale(m: bigint, e: number): number {
  const drop = Math.max(bits(m) - 53, -1074 - e, 0);
  const low = m & ((1n << BigInt(drop)) - 1n);
  let top = m >> BigInt(drop);
  const half = drop === 0 ? 0n : 1n << BigInt(drop - 1);
  if (drop > 0 && (low > half || (low === half && (top & 1n) === 1n))) top += 1n;
  const x = e + drop;
  if (x > 1024) return Number.POSITIVE_INFINITY;
  return x < -1000
    ? Number(top) * 2 ** -1000 * 2 ** (x + 1000)
    : Number(top) * 2 ** Math.min(x, 1000) * 2 ** Math.max(0, x - 1000);
}

function power(a: number, b: number): number {
  if (intSign(b) < 0) {
    if (a === 1) return raise('ZeroDivisionError', 'zero to a negative power');
    const x = intToNumber(a);
    const y = intToNumber(b);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return raise('OverflowError', 'int too large to convert to float');
    return floatPower(x, y);
  }
  const n = intToNumber(b);
  if (isShortInt(a)) {
    const r = intToNumber(a) ** n;
    if (Math.abs(r) < 2 ** 53) return intFromNumber(r);
  }
  if (n * bits(intToBigInt(a)) > 2 ** 30) return raiseMemoryError();
  return intFromBigInt(intToBigInt(a) ** BigInt(n));
}

/** Inverse modulo m, by Euclid's extended algorithm; undefined when there is none. */
function inverse(a: bigint, m: bigint): bigint | undefined {
  let [r, s, x, y] = [modBig(a, m), m, 1n, 0n];
  while (r !== 0n) {
    const q = s / r;
    [s, r] = [r, s - q * r];
    [y, x] = [x, y - q * x];
  }
  return s === 1n ? modBig(y, m) : undefined;
}

/** pow(a, b, m) of plain ints. */
export function powerModulo(a: number, b: number, m: number): number {
  if (m === 1) return raise('ValueError', 'pow() 3rd argument cannot be 0');
  const sign = intToBigInt(m);
  const n = sign < 0n ? -sign : sign;
  let base = modBig(intToBigInt(a), n);
  let e = intToBigInt(b);
  if (e < 0n) {
    const i = inverse(base, n);
    if (i === undefined) return raise('ValueError', 'base is not invertible for the given modulus');
    base = i;
    e = -e;
  }
  let r = 1n % n;
  for (const bit of e.toString(2)) {
    r = (r * r) % n;
    if (bit === '1') r = (r * base) % n;
  }
  return intFromBigInt(modBig(r, sign));
}

function divmod(a: number, b: number): number {
  if (b === 1) return raise('ZeroDivisionError', 'division by zero');
  const q = floorDivInts(a, b);
  return tupleOf(q, modInts(a, b));
}

function compare(a: number, b: number, op: number): number {
  const x = plainInt(a);
  const y = plainInt(b);
  if (x === 0 || y === 0) return H.NOT_IMPLEMENTED;
  const c = compareInts(x, y);
  return H.fromBool([c < 0, c <= 0, c === 0, c !== 0, c > 0, c >= 0][op]!);
}

/** Decimal digits; undefined with ValueError set when there are more than the limit. */
export function intDecimal(h: number): string | undefined {
  const u = plainInt(h);
  if (isShortInt(u)) return String(intToNumber(u));
  const n = intToBigInt(u);
  const limit = digitsLimit.value;
  if (limit > 0 && bits(n) > limit * 3.3219280948873626 - 4) {
    if (bits(n) > limit * 3.33 + 64 || String(n < 0n ? -n : n).length > limit) {
      raise(
        'ValueError',
        `Exceeds the limit (${limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
      );
      return undefined;
    }
  }
  return String(n);
}

function intRepr(h: number): number {
  if ((h & 1) !== 0) return smallDecimal(h, 0, 32);
  const s = intDecimal(h);
  return s === undefined ? 0 : fromJS(s);
}

/** Result of a special method that must give an int. */
function intResult(r: number, method: string): number {
  if (r === 0 || isInt(r)) return r;
  const p = plainInt(r);
  return p !== 0 ? p : raise('TypeError', `${method} returned non-int (type ${typeName(r)})`);
}

/** The small int of a few decimal digits in ASCII, with or without a sign; 0 for any other value. */
function shortDecimal(h: number): number {
  if (H.isChar(h)) return isDigit(H.charCode(h)) ? H.small(H.charCode(h) - 48) : 0;
  if ((h & 7) !== 0 || (I32[h >>> 2]! & (0xff | STR_ASCII | L.FLAG_SUBCLASS)) !== (L.KIND_STR | STR_ASCII)) return 0;
  const n = I32[(h >>> 2) + L.STR_LENGTH]!;
  const from = I32[(h >>> 2) + L.STR_DATA]! >>> 0;
  const first = U8[from]!;
  let at = from + (first === 45 || first === 43 ? 1 : 0);
  if (n > 9 || at === from + n) return 0;
  let value = 0;
  for (; at < from + n; at++) {
    const c = U8[at]!;
    if (!isDigit(c)) return 0;
    value = (value * 10 + c - 48) | 0;
  }
  return H.small(first === 45 ? -value | 0 : value);
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** int(h) without base: a plain int handle. */
export function toInt(h: number): number {
  if (isInt(h)) return h;
  const quick = shortDecimal(h);
  if (quick !== 0) return quick;
  const type = typeOf(h);
  const builtin = T.isBuiltinType(type);
  const own = builtin ? 0 : lookupSpecial(type, intern('__int__'));
  if (own !== 0) return intResult(special1(own, h), '__int__');
  const f = S.slots.int[T.isBuiltinType(type) ? T.typeId(type) : I32[(type >>> 2) + L.TYPE_NATIVE_ID]!];
  if (f !== undefined) return f(h);
  const asIndex = builtin ? 0 : lookupSpecial(type, intern('__index__'));
  if (asIndex !== 0) return index(h);
  if (isStr(h)) return parseInteger(toJS(h), 10, quote(toJS(h)));
  const text = bytesText(h);
  if (text !== undefined) return parseInteger(text, 10, `b${quote(text)}`);
  return raise(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(h)}'`,
  );
}

function toIntBase(h: number, baseHandle: number): number {
  const base = indexNumber(baseHandle);
  if (Number.isNaN(base)) return 0;
  if (base !== 0 && (base < 2 || base > 36)) return raise('ValueError', 'int() base must be >= 2 and <= 36, or 0');
  if (isStr(h)) return parseInteger(toJS(h), base, quote(toJS(h)));
  const text = bytesText(h);
  if (text !== undefined) return parseInteger(text, base, `b${quote(text)}`);
  return raise('TypeError', "int() can't convert non-string with explicit base");
}

function createInt(type: number, args: number, n: number, kwnames: number): number {
  const keywords = kwnames === 0 ? 0 : tupleLength(kwnames);
  const positional = n;
  if (n > 2) return raise('TypeError', `int expected at most 2 arguments, got ${n}`);
  let base = positional > 1 ? I32[args + 1]! : 0;
  for (let i = 0; i < keywords; i++) {
    const name = toJS(tupleItem(kwnames, i));
    if (name !== 'base') return raise('TypeError', `int() got an unexpected keyword argument '${name}'`);
    base = I32[args + positional + i]!;
  }
  if (positional === 0 && base !== 0) return raise('TypeError', 'int() missing string argument');
  const value = positional === 0 ? 1 : base === 0 ? toInt(I32[args]!) : toIntBase(I32[args]!, base);
  return value === 0 || type === INT ? value : newBoxed(type, value);
}

function bitLength(h: number): number {
  const n = intToBigInt(h);
  return H.small(n === 0n ? 0 : bits(n));
}

function bitCount(h: number): number {
  const n = intToBigInt(h);
  return H.small((n < 0n ? -n : n).toString(2).replaceAll('0', '').length);
}

/** round(n, -k): to a multiple of 10**k, half to even. */
function round(args: number, n: number): number {
  const h = unboxed(I32[args]!);
  if (n < 2 || I32[args + 1] === H.NONE) return h;
  const digits = indexNumber(I32[args + 1]!);
  if (Number.isNaN(digits)) return 0;
  if (digits >= 0) return h;
  const x = intToBigInt(h);
  if (-digits > x.toString().length + 1) return 1;
  const p = 10n ** BigInt(-digits);
  const r = modBig(x, p);
  const low = x - r;
  const up = r * 2n > p || (r * 2n === p && modBig(floorDivBig(low, p), 2n) === 1n);
  return intFromBigInt(up ? low + p : low);
}

/** 'little' or 'big' as a boolean (little); undefined with the exception set. */
function littleEndian(h: number): boolean | undefined {
  if (h === 0) return false;
  if (!isStr(h)) raise('TypeError', `argument 'byteorder' must be str, not ${typeName(h)}`);
  else {
    const s = toJS(h);
    if (s === 'little' || s === 'big') return s === 'little';
    raise('ValueError', "byteorder must be either 'little' or 'big'");
  }
  return undefined;
}

function toBytes(args: number): number {
  const length = I32[args + 1] === 0 ? 1 : indexNumber(I32[args + 1]!);
  if (Number.isNaN(length)) return 0;
  const little = littleEndian(I32[args + 2]!);
  if (little === undefined) return 0;
  const signed = I32[args + 3] === 0 ? 0 : isTrue(I32[args + 3]!);
  if (signed < 0) return 0;
  if (length < 0) return raise('ValueError', 'length argument must be non-negative');
  const x = intToBigInt(I32[args]!);
  if (x < 0n && signed === 0) return raise('OverflowError', "can't convert negative int to unsigned");
  const size = BigInt(length * 8);
  const fits = signed === 0 ? x >> size === 0n : x === 0n || (length > 0 && BigInt.asIntN(length * 8, x) === x);
  if (!fits) return raise('OverflowError', 'int too big to convert');
  const handle = newObject(L.KIND_BYTES, L.BYTES_INLINE * 4 + length, T.typeHandle(T.T_BYTES));
  const w = handle >>> 2;
  I32[w + L.BYTES_LENGTH] = length;
  I32[w + L.BYTES_DATA] = handle + L.BYTES_INLINE * 4;
  const hex =
    length === 0
      ? ''
      : BigInt.asUintN(length * 8, x)
          .toString(16)
          .padStart(length * 2, '0');
  const data = (handle + L.BYTES_INLINE * 4) >>> 0;
  for (let i = 0; i < length; i++)
    U8[data + (little ? length - 1 - i : i)] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  return handle;
}

/** Bytes of bytes, bytearray or an iterable of ints. */
function byteValues(h: number): number[] | undefined {
  const text = bytesText(h);
  if (text !== undefined) return [...text].map((c) => c.charCodeAt(0));
  if (isStr(h)) {
    raise('TypeError', `cannot convert '${typeName(h)}' object to bytes`);
    return undefined;
  }
  const out: number[] = [];
  const done = iterate(h, (v) => {
    const b = indexNumber(v);
    if (b < 0 || b > 255) raise('ValueError', 'bytes must be in range(0, 256)');
    else if (!Number.isNaN(b)) out.push(b);
    return pendingException() === 0;
  });
  return done && pendingException() === 0 ? out : undefined;
}

function fromBytes(args: number): number {
  const data = byteValues(I32[args + 1]!);
  if (data === undefined) return 0;
  const little = littleEndian(I32[args + 2]!);
  if (little === undefined) return 0;
  const signed = I32[args + 3] === 0 ? 0 : isTrue(I32[args + 3]!);
  if (signed < 0) return 0;
  if (little) data.reverse();
  const n = data.length === 0 ? 0n : BigInt(`0x${data.map((b) => b.toString(16).padStart(2, '0')).join('')}`);
  const value = intFromBigInt(signed === 1 ? BigInt.asIntN(data.length * 8, n) : n);
  return I32[args] === INT ? value : call1(I32[args]!, value);
}

function formatMethod(args: number): number {
  if (!isStr(I32[args + 1]!))
    return raise('TypeError', `__format__() argument must be str, not ${typeName(I32[args + 1]!)}`);
  return formatInt(I32[args]!, I32[args + 1]!);
}

function powSlot(args: number, n: number): number {
  const [a, b] = [plainInt(I32[args]!), plainInt(I32[args + 1]!)];
  if (a === 0 || b === 0) return H.NOT_IMPLEMENTED;
  if (n < 3 || I32[args + 2] === H.NONE) return power(a, b);
  const m = plainInt(I32[args + 2]!);
  return m === 0 ? H.NOT_IMPLEMENTED : powerModulo(a, b, m);
}

const same = (h: number): number => unboxed(h);
const negate = (h: number): number => subInts(1, unboxed(h));

defineType({
  id: T.T_INT,
  name: 'int',
  slots: {
    create: createInt,
    repr: intRepr,
    hash: (h) => hashInt(unboxed(h)),
    bool: (h) => (unboxed(h) === 1 ? 0 : 1),
    int: same,
    index: same,
    float: (h) => {
      const x = intToNumber(h);
      return Number.isFinite(x) ? newFloat(x) : raise('OverflowError', 'int too large to convert to float');
    },
    neg: negate,
    pos: same,
    abs: (h) => (intSign(unboxed(h)) < 0 ? negate(h) : unboxed(h)),
    invert: (h) => subInts(-1, unboxed(h)),
    compare,
    binary: {
      [S.OP_ADD]: onInts(addInts),
      [S.OP_SUB]: onInts(subInts),
      [S.OP_MUL]: onInts(mulInts),
      [S.OP_TRUEDIV]: onInts(trueDivide),
      [S.OP_FLOORDIV]: onInts(floorDivInts),
      [S.OP_MOD]: onInts(modInts),
      [S.OP_AND]: and,
      [S.OP_OR]: or,
      [S.OP_XOR]: xor,
      [S.OP_LSHIFT]: onInts(leftShift),
      [S.OP_RSHIFT]: onInts(rightShift),
      [S.OP_POW]: onInts(power),
      [S.OP_DIVMOD]: onInts(divmod),
    },
  },
  methods: [
    ['bit_length', (a) => bitLength(I32[a]!), [0, 0]],
    ['bit_count', (a) => bitCount(I32[a]!), [0, 0]],
    ['conjugate', (a) => unboxed(I32[a]!), [0, 0]],
    ['is_integer', () => H.TRUE, [0, 0]],
    ['as_integer_ratio', (a) => tupleOf(unboxed(I32[a]!), 3), [0, 0]],
    ['to_bytes', toBytes, "(length=1, byteorder='big', *, signed=False)"],
    ['__round__', round, [0, 1]],
    ['__trunc__', (a) => unboxed(I32[a]!), [0, 0]],
    ['__floor__', (a) => unboxed(I32[a]!), [0, 0]],
    ['__ceil__', (a) => unboxed(I32[a]!), [0, 0]],
    ['__format__', formatMethod, [1, 1]],
    ['__pow__', powSlot, [1, 2]],
    ['__getnewargs__', (a) => tupleOf(unboxed(I32[a]!)), [0, 0]],
  ],
  classMethods: [['from_bytes', fromBytes, "(bytes, byteorder='big', *, signed=False)"]],
  getset: [
    { name: 'real', get: same },
    { name: 'imag', get: () => 1 },
    { name: 'numerator', get: same },
    { name: 'denominator', get: () => 3 },
  ],
});

const logical =
  (run: (x: boolean, y: boolean) => boolean, other: Op): Op =>
  (a, b) =>
    H.isBool(a) && H.isBool(b) ? H.fromBool(run(a === H.TRUE, b === H.TRUE)) : other(a, b);

function createBool(_type: number, args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'bool() takes no keyword arguments');
  if (n > 1) return raise('TypeError', `bool expected at most 1 argument, got ${n}`);
  const t = n === 0 ? 0 : isTrue(I32[args]!);
  return t < 0 ? 0 : H.fromBool(t === 1);
}

defineType({
  id: T.T_BOOL,
  name: 'bool',
  base: T.T_INT,
  final: true,
  slots: {
    create: createBool,
    repr: (h) => intern(h === H.TRUE ? 'True' : 'False'),
    bool: (h) => (h === H.TRUE ? 1 : 0),
    binary: {
      [S.OP_AND]: logical((x, y) => x && y, and),
      [S.OP_OR]: logical((x, y) => x || y, or),
      [S.OP_XOR]: logical((x, y) => x !== y, xor),
    },
  },
});
