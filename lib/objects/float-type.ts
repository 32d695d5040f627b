/** The type float (https://docs.python.org/3.14/library/stdtypes.html#additional-methods-on-float). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, index, indexNumber, lookupSpecial } from './abstract.js';
import { positivePower } from './float-pow.js';
import { complexPower } from './numbers-complex.js';
import { defineType } from './define.js';
import { newExceptionOf, raise, setException, typeName } from './exceptions.js';
import {
  compareDoubles,
  compareDoubleWithInt,
  decompose,
  floatFloorDiv,
  floatMod,
  floatRepr,
  floatToInt,
  floatValue,
  hashDouble,
  isFloatLike,
  newFloat,
  realValue,
} from './float.js';
import { intFromBigInt, newBoxed, plainInt, unboxed } from './int.js';
import { fixedDigits, formatFloat } from './number-format.js';
import { bytesText, parseFloatText, quote } from './numbers-parse.js';
import { isStr, typeOf } from './object.js';
import { special1 } from './special.js';
import * as S from './slots.js';
import { fromJS, intern, toJS } from './strings.js';
import { tupleOf } from './tuple.js';
import { refusesKeywords } from './keywords.js';
import * as T from './type-ids.js';

const I32 = i32;
const FLOAT = T.typeHandle(T.T_FLOAT);

type Op = (a: number, b: number) => number;

/** A slot on two reals from one on doubles that gives a handle. */
const onDoubles =
  (run: (x: number, y: number) => number): Op =>
  (a, b) => {
    const x = realValue(a);
    const y = x === undefined ? undefined : realValue(b);
    if (x === undefined || y === undefined) return H.NOT_IMPLEMENTED;
    if ((x !== x && !isFloatLike(a)) || (y !== y && !isFloatLike(b))) return 0;
    return run(x, y);
  };

/** What pow() of the C library says by errno. */
const rangeError = (): number =>
  setException(newExceptionOf('OverflowError', [H.small(34), fromJS('Numerical result out of range')]));

const zeroDivision = (): number => raise('ZeroDivisionError', 'division by zero');

/** x ** y: a float, or a complex number for a negative base with a fractional exponent. */
export function floatPower(x: number, y: number): number {
  if (x === 1 || y === 0) return newFloat(1);
  if (x === 0 && y < 0 && y !== -Infinity) return raise('ZeroDivisionError', 'zero to a negative power');
  if (Number.isFinite(x) && Number.isFinite(y)) {
    if (x < 0 && !Number.isInteger(y)) return complexPower(x, 0, y, 0);
    const r = x > 0 ? positivePower(x, y) : x < 0 ? (y % 2 === 0 ? 1 : -1) * positivePower(-x, y) : x ** y;
    return Number.isFinite(r) ? newFloat(r) : rangeError();
  }
  if (x === -1 && !Number.isFinite(y) && y === y) return newFloat(1);
  return newFloat(x ** y);
}

function compare(a: number, b: number, op: number): number {
  if (!isFloatLike(a)) return H.NOT_IMPLEMENTED;
  const x = floatValue(a);
  if (isFloatLike(b)) return H.fromBool(compareDoubles(op, x, floatValue(b)));
  const n = plainInt(b);
  return n === 0 ? H.NOT_IMPLEMENTED : H.fromBool(compareDoubles(op, compareDoubleWithInt(x, n), 0));
}

/** float(h): a plain float handle. */
export function toFloat(h: number): number {
  if (H.isFloat(h)) return h;
  const type = typeOf(h);
  const builtin = T.isBuiltinType(type);
  const own = builtin ? 0 : lookupSpecial(type, intern('__float__'));
  if (own !== 0) {
    const r = special1(own, h);
    if (r === 0 || H.isFloat(r)) return r;
    return isFloatLike(r)
      ? unboxed(r)
      : raise('TypeError', `${typeName(h)}.__float__ returned non-float (type ${typeName(r)})`);
  }
  const f = S.slots.float[builtin ? T.typeId(type) : I32[(type >>> 2) + L.TYPE_NATIVE_ID]!];
  if (f !== undefined) return f(h);
  if (!builtin && lookupSpecial(type, intern('__index__')) !== 0) {
    const n = index(h);
    return n === 0 ? 0 : S.slots.float[T.T_INT]!(n);
  }
  const text = isStr(h) ? toJS(h) : bytesText(h);
  if (text === undefined)
    return raise('TypeError', `float() argument must be a string or a real number, not '${typeName(h)}'`);
  const x = parseFloatText(text);
  if (x !== undefined) return newFloat(x);
  return raise('ValueError', `could not convert string to float: ${isStr(h) ? '' : 'b'}${quote(text)}`);
}

function create(type: number, args: number, n: number, kwnames: number): number {
  if (refusesKeywords('float', type, kwnames)) return 0;
  if (n > 1) return raise('TypeError', `float expected at most 1 argument, got ${n}`);
  const value = n === 0 ? newFloat(0) : toFloat(I32[args]!);
  return value === 0 || type === FLOAT ? value : newBoxed(type, value);
}

/** The integral double nearest x, ties to even. */
export function roundEven(x: number): number {
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

function round(args: number, n: number): number {
  const x = floatValue(I32[args]!);
  if (n < 2 || I32[args + 1] === H.NONE) return Number.isFinite(x) ? floatToInt(roundEven(x)) : floatToInt(x);
  const digits = indexNumber(I32[args + 1]!);
  if (digits !== digits) return 0;
  if (!Number.isFinite(x) || digits > 323 || x === 0) return newFloat(x);
  if (digits < -308) return newFloat(x < 0 ? -0 : 0);
  const r = digits >= 0 ? Number(fixedDigits(x, digits)) : roundTens(Math.abs(x), -digits);
  if (!Number.isFinite(r)) return raise('OverflowError', 'rounded value too large to represent');
  return newFloat(x < 0 ? -r : r);
}

function roundTens(x: number, places: number): number {
  const p = 10n ** BigInt(places);
  const whole = BigInt(Math.trunc(x));
  let q = whole / p;
  const twice = (whole - q * p) * 2n;
  if (twice > p || (twice === p && (x % 1 !== 0 || (q & 1n) === 1n))) q += 1n;
  return Number(q * p);
}

function ratioOf(x: number): number {
  if (x !== x) return raise('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(x)) return raise('OverflowError', 'cannot convert Infinity to integer ratio');
  const [m, e] = decompose(x);
  const numerator = intFromBigInt(e > 0 ? m << BigInt(e) : m);
  return tupleOf(numerator, intFromBigInt(e < 0 ? 1n << BigInt(-e) : 1n));
}

function hex(x: number): string {
  if (!Number.isFinite(x)) return floatRepr(x);
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  if (x === 0) return `${sign}0x0.0p+0`;
  let e = -1022;
  let m = Math.abs(x);
  if (m < 2 ** -1022) m *= 2 ** 1022;
  else {
    const [odd, power] = decompose(m);
    e = power + odd.toString(2).length - 1;
    m = Number(odd) / 2 ** (odd.toString(2).length - 1);
  }
  const digits = BigInt((m % 1) * 2 ** 52)
    .toString(16)
    .padStart(13, '0');
  return `${sign}0x${Math.floor(m)}.${digits}p${e < 0 ? '-' : '+'}${Math.abs(e)}`;
}

const HEX = /^([+-]?)(?:0x)?(?:([0-9a-f]+)\.?([0-9a-f]*)|\.([0-9a-f]+))(?:p([+-]?\d+))?$/i;

/** How doubles and floats lie in memory: as the processor has them, which is little-endian everywhere this runs. */
function getFormat(args: number): number {
  const type = I32[args + 1]!;
  if (!isStr(type)) return raise('TypeError', `__getformat__() argument must be str, not ${typeName(type)}`);
  if (!['double', 'float'].includes(toJS(type)))
    return raise('ValueError', "__getformat__() argument 1 must be 'double' or 'float'");
  return fromJS('IEEE, little-endian');
}

function fromHex(args: number): number {
  if (!isStr(I32[args + 1]!)) return raise('TypeError', 'bad argument type for built-in operation');
  const text = toJS(I32[args + 1]!).trim();
  let x = /^[+-]?(inf|infinity|nan)$/i.test(text) ? parseFloatText(text)! : Number.NaN;
  const m = HEX.exec(text);
  if (m !== null) {
    const fraction = m[3] ?? m[4] ?? '';
    const digits = BigInt(`0x0${m[2] ?? ''}${fraction}`);
    x = scaled(digits, Number(m[5] ?? 0) - 4 * fraction.length);
    if (!Number.isFinite(x)) return raise('OverflowError', 'hexadecimal value too large to represent as a float');
    if (m[1] === '-') x = -x;
  } else if (x !== x && !/nan$/i.test(text)) return raise('ValueError', 'invalid hexadecimal floating-point string');
  const value = newFloat(x);
  return I32[args] === FLOAT ? value : call1(I32[args]!, value);
}

/** m * 2**e, rounded once. */
function scaled(m: bigint, e: number): number {
  const length = m.toString(2).length;
  if (m === 0n || length + e < -1080) return 0;
  if (length + e > 1025) return Number.POSITIVE_INFINITY;
  const drop = Math.max(length - 53, -1074 - e, 0);
  let top = m >> BigInt(drop);
  const rest = m - (top << BigInt(drop));
  const half = drop === 0 ? 1n : 1n << BigInt(drop - 1);
  if (rest > half || (rest === half && (top & 1n) === 1n)) top += 1n;
  const power = e + drop;
  return power < -1000
    ? Number(top) * 2 ** (power + 1000) * 2 ** -1000
    : Number(top) * 2 ** Math.min(power, 900) * 2 ** Math.max(0, power - 900);
}

function formatMethod(args: number): number {
  if (!isStr(I32[args + 1]!))
    return raise('TypeError', `__format__() argument must be str, not ${typeName(I32[args + 1]!)}`);
  return formatFloat(I32[args]!, I32[args + 1]!);
}

defineType({
  id: T.T_FLOAT,
  name: 'float',
  slots: {
    create,
    repr: (h) => fromJS(floatRepr(floatValue(h))),
    hash: (h) => {
      const x = floatValue(h);
      // Every NaN has a hash of its own, by address.
      return x === x ? hashDouble(x) : H.small(h >>> 4);
    },
    bool: (h) => (floatValue(h) !== 0 ? 1 : 0),
    int: (h) => floatToInt(floatValue(h)),
    float: unboxed,
    neg: (h) => newFloat(-floatValue(h)),
    pos: unboxed,
    abs: (h) => newFloat(Math.abs(floatValue(h))),
    compare,
    binary: {
      [S.OP_ADD]: onDoubles((x, y) => newFloat(x + y)),
      [S.OP_SUB]: onDoubles((x, y) => newFloat(x - y)),
      [S.OP_MUL]: onDoubles((x, y) => newFloat(x * y)),
      [S.OP_TRUEDIV]: onDoubles((x, y) => (y === 0 ? zeroDivision() : newFloat(x / y))),
      [S.OP_FLOORDIV]: onDoubles((x, y) => (y === 0 ? zeroDivision() : newFloat(floatFloorDiv(x, y)))),
      [S.OP_MOD]: onDoubles((x, y) => (y === 0 ? zeroDivision() : newFloat(floatMod(x, y)))),
      [S.OP_DIVMOD]: onDoubles((x, y) =>
        y === 0 ? zeroDivision() : tupleOf(newFloat(floatFloorDiv(x, y)), newFloat(floatMod(x, y))),
      ),
      [S.OP_POW]: onDoubles(floatPower),
    },
  },
  methods: [
    ['is_integer', (a) => H.fromBool(Number.isInteger(floatValue(I32[a]!))), [0, 0]],
    ['as_integer_ratio', (a) => ratioOf(floatValue(I32[a]!)), [0, 0]],
    ['conjugate', (a) => unboxed(I32[a]!), [0, 0]],
    ['hex', (a) => fromJS(hex(floatValue(I32[a]!))), [0, 0]],
    ['__round__', round, [0, 1]],
    ['__trunc__', (a) => floatToInt(floatValue(I32[a]!)), [0, 0]],
    ['__floor__', (a) => floatToInt(Math.floor(floatValue(I32[a]!))), [0, 0]],
    ['__ceil__', (a) => floatToInt(Math.ceil(floatValue(I32[a]!))), [0, 0]],
    ['__format__', formatMethod, [1, 1]],
    ['__getnewargs__', (a) => tupleOf(unboxed(I32[a]!)), [0, 0]],
  ],
  classMethods: [
    ['fromhex', fromHex, [1, 1]],
    [
      'from_number',
      (a) =>
        isStr(I32[a + 1]!)
          ? raise('TypeError', `must be real number, not ${typeName(I32[a + 1]!)}`)
          : I32[a] === FLOAT
            ? toFloat(I32[a + 1]!)
            : call1(I32[a]!, I32[a + 1]!),
      [1, 1],
    ],
    ['__getformat__', getFormat, [1, 1]],
  ],
  getset: [
    { name: 'real', get: unboxed },
    { name: 'imag', get: () => newFloat(0) },
  ],
});
