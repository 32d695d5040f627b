/** The module math (https://docs.python.org/3.14/library/math.html). */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { binaryOp, call1, index, iterate, lookupSpecial } from '../objects/abstract.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { floatRepr, floatToInt, floatValue, isFloatLike, newFloat, realValue, decompose } from '../objects/float.js';
import { toFloat } from '../objects/float-type.js';
import { intFromBigInt, intFromNumber, intSign, intToBigInt, intToNumber, plainInt } from '../objects/int.js';
import { erf, erfc, gamma, lgamma } from './math-special.js';
import { type Exact, exactSum, fusedMultiplyAdd, nextAfter } from './math-exact.js';
import { binomial, falling, gcdBig, squareRoot } from './math-integer.js';
import { isStr, typeOf } from '../objects/object.js';
import { OP_MUL, OP_ADD } from '../objects/slots.js';
import { intern } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';

const I32 = i32;

/** Argument as a double; undefined with the exception set. */
export function real(h: number): number | undefined {
  const x = (h & 7) === H.TAG_FLOAT ? floatValue(h) : realValue(h);
  if (x !== undefined) return x === x || isFloatLike(h) ? x : undefined;
  if (isStr(h)) {
    raise('TypeError', `must be real number, not ${typeName(h)}`);
    return undefined;
  }
  const f =
    lookupSpecial(typeOf(h), intern('__float__')) === 0 && lookupSpecial(typeOf(h), intern('__index__')) === 0
      ? 0
      : toFloat(h);
  if (f === 0 && pendingException() === 0) raise('TypeError', `must be real number, not ${typeName(h)}`);
  return f === 0 ? undefined : floatValue(f);
}

type DomainMessage = (x: number) => string;
const NONNEGATIVE: DomainMessage = (x) => `expected a nonnegative input, got ${floatRepr(x)}`;
const POSITIVE: DomainMessage = (x) => `expected a positive input, got ${floatRepr(x)}`;
const UNIT: DomainMessage = (x) => `expected a number in range from -1 up to 1, got ${floatRepr(x)}`;
const FINITE: DomainMessage = (x) => `expected a finite input, got ${floatRepr(x)}`;
const BETWEEN: DomainMessage = (x) => `expected a number between -1 and 1, got ${floatRepr(x)}`;

/** A function of one double: NaN from a number is a domain error, an infinity from a finite number is an overflow. */
function unary(name: string, run: (x: number) => number, domain: DomainMessage, pole = false): MethodRow {
  return [
    name,
    (args) => {
      const x = real(I32[args]!);
      if (x === undefined) return 0;
      const r = run(x);
      if (r !== r && x === x) return raise('ValueError', domain(x));
      if (!Number.isFinite(r) && Number.isFinite(x))
        return pole ? raise('ValueError', domain(x)) : raise('OverflowError', 'math range error');
      return newFloat(r);
    },
    [1, 1],
  ];
}

function binary(name: string, run: (x: number, y: number) => number): MethodRow {
  return [
    name,
    (args) => {
      const x = real(I32[args]!);
      const y = x === undefined ? undefined : real(I32[args + 1]!);
      if (x === undefined || y === undefined) return 0;
      const r = run(x, y);
      if (r !== r && x === x && y === y) return raise('ValueError', 'math domain error');
      if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y))
        return raise('OverflowError', 'math range error');
      return newFloat(r);
    },
    [2, 2],
  ];
}

const test = (name: string, run: (x: number) => boolean): MethodRow => [
  name,
  (args) => {
    const x = real(I32[args]!);
    return x === undefined ? 0 : H.fromBool(run(x));
  },
  [1, 1],
];

/** IEEE 754 remainder: x - n * y for the integer n nearest x / y. */
function ieeeRemainder(x: number, y: number): number {
  if (!Number.isFinite(y)) return Number.isFinite(x) && y === y ? x : Number.NaN;
  const size = Math.abs(y);
  const m = Math.abs(x) % size;
  const c = size - m;
  const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (Math.abs(x) - m)) % size);
  return x < 0 || Object.is(x, -0) ? -r : r;
}

function power(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x === -1 && (y === Infinity || y === -Infinity)) return 1;
  return x === 0 && y < 0 && y !== -Infinity ? Number.NaN : x ** y;
}

/** log of an int of any size, by its bits above the double range. */
function logOf(h: number, run: (x: number) => number, two: number): number | undefined {
  const n = plainInt(h);
  if (n !== 0) {
    if (intSign(n) <= 0) {
      raise('ValueError', 'expected a positive input');
      return undefined;
    }
    const x = intToNumber(n);
    if (Number.isFinite(x)) return run(x);
    const big = intToBigInt(n);
    const shift = big.toString(2).length - 64;
    return run(Number(big >> BigInt(shift))) + shift * two;
  }
  const x = real(h);
  if (x === undefined) return undefined;
  if (x <= 0) {
    raise('ValueError', POSITIVE(x));
    return undefined;
  }
  return run(x);
}

/** log2, exact for powers of two. */
function logTwo(x: number): number {
  if (!Number.isFinite(x)) return x;
  const [m, e] = decompose(x);
  return m === 1n ? e : Math.log2(x);
}

function log(args: number, n: number): number {
  const x = logOf(I32[args]!, Math.log, Math.LN2);
  if (x === undefined) return 0;
  if (n < 2) return newFloat(x);
  const base = logOf(I32[args + 1]!, Math.log, Math.LN2);
  if (base === undefined) return 0;
  return base === 0 ? raise('ZeroDivisionError', 'division by zero') : newFloat(x / base);
}

const logarithm = (name: string, run: (x: number) => number, two: number): MethodRow => [
  name,
  (args) => {
    const x = logOf(I32[args]!, run, two);
    return x === undefined ? 0 : newFloat(x);
  },
  [1, 1],
];

/** floor, ceil, trunc: the special method of other types, the double otherwise. */
function rounding(name: string, run: (x: number) => number): MethodRow {
  const special = intern(`__${name}__`);
  return [
    name,
    (args) => {
      const h = I32[args]!;
      if ((h & 7) === H.TAG_FLOAT) return floatToInt(run(floatValue(h)));
      const f = lookupSpecial(typeOf(h), special);
      if (f !== 0) return call1(f, h);
      if (name === 'trunc') return raise('TypeError', `type ${typeName(h)} doesn't define __trunc__ method`);
      const x = real(h);
      return x === undefined ? 0 : floatToInt(run(x));
    },
    [1, 1],
  ];
}

/** All doubles of an iterable; undefined with the exception set. */
function doubles(h: number): number[] | undefined {
  const out: number[] = [];
  const done = iterate(h, (v) => {
    const x = real(v);
    if (x === undefined) return false;
    out.push(x);
    return true;
  });
  return done && pendingException() === 0 ? out : undefined;
}

function fsum(args: number): number {
  const xs = doubles(I32[args]!);
  if (xs === undefined) return 0;
  const special = xs.filter((x) => !Number.isFinite(x));
  if (special.length > 0) {
    const r = special.reduce((a, b) => a + b, 0);
    if (r !== r && special.every((x) => x === x)) return raise('ValueError', '-inf + inf in fsum');
    return newFloat(r);
  }
  const r = exactSum(xs.map((x): Exact => decompose(x)));
  return Number.isFinite(r) ? newFloat(r) : raise('OverflowError', 'intermediate overflow in fsum');
}

function integers(args: number, n: number): bigint[] | undefined {
  const out: bigint[] = [];
  for (let i = 0; i < n; i++) {
    const h = index(I32[args + i]!);
    if (h === 0) return undefined;
    out.push(intToBigInt(h));
  }
  return out;
}

function gcd(args: number, n: number): number {
  const xs = integers(args, n);
  if (xs === undefined) return 0;
  let r: bigint | undefined = 0n;
  for (const x of xs) if ((r = gcdBig(r, x)) === undefined) return 0;
  return intFromBigInt(r);
}

function lcm(args: number, n: number): number {
  const xs = integers(args, n);
  if (xs === undefined) return 0;
  let r = 1n;
  for (const x of xs) {
    const common = gcdBig(r, x);
    if (common === undefined) return 0;
    r = common === 0n ? 0n : (r / common) * x;
  }
  return intFromBigInt(r < 0n ? -r : r);
}

function isqrt(args: number): number {
  const xs = integers(args, 1);
  if (xs === undefined) return 0;
  return xs[0]! < 0n ? raise('ValueError', 'isqrt() argument must be nonnegative') : intFromBigInt(squareRoot(xs[0]!));
}

function factorial(args: number): number {
  const xs = integers(args, 1);
  if (xs === undefined) return 0;
  if (xs[0]! < 0n) return raise('ValueError', 'factorial() not defined for negative values');
  if (xs[0]! > 0x7fffffffffffffffn)
    return raise('OverflowError', 'factorial() argument should not exceed 9223372036854775807');
  return unlessInterrupted(falling(xs[0]!, xs[0]!));
}

const unlessInterrupted = (r: bigint | undefined): number => (r === undefined || r === 0n ? 0 : intFromBigInt(r));

function comb(args: number): number {
  const xs = integers(args, 2);
  if (xs === undefined) return 0;
  const [n, k] = xs as [bigint, bigint];
  if (n < 0n) return raise('ValueError', 'n must be a non-negative integer');
  if (k < 0n) return raise('ValueError', 'k must be a non-negative integer');
  return k > n ? H.small(0) : unlessInterrupted(binomial(n, k));
}

function perm(args: number, count: number): number {
  if (count < 2 || I32[args + 1] === H.NONE) return factorial(args);
  const xs = integers(args, 2);
  if (xs === undefined) return 0;
  const [n, k] = xs as [bigint, bigint];
  if (n < 0n) return raise('ValueError', 'n must be a non-negative integer');
  if (k < 0n) return raise('ValueError', 'k must be a non-negative integer');
  return k > n ? H.small(0) : unlessInterrupted(falling(n, k));
}

function prod(args: number): number {
  let total = I32[args + 1] === 0 ? 3 : I32[args + 1]!;
  const done = iterate(I32[args]!, (v) => {
    total = binaryOp(OP_MUL, total, v);
    return total !== 0;
  });
  return done && pendingException() === 0 ? total : 0;
}

function hypot(args: number, n: number): number {
  const xs: number[] = [];
  for (let i = 0; i < n; i++) {
    const x = real(I32[args + i]!);
    if (x === undefined) return 0;
    xs.push(x);
  }
  return newFloat(length(xs));
}

/** Euclidean length: the root of the exact sum of squares. */
function length(xs: readonly number[]): number {
  if (xs.some((x) => x === Infinity || x === -Infinity)) return Infinity;
  if (xs.some((x) => x !== x)) return Number.NaN;
  const max = xs.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  if (max === 0) return 0;
  const scale = 2 ** -Math.floor(Math.log2(max) / 2);
  const exact = exactSum(xs.map((x) => decompose(x * scale * scale)).map(([m, e]): Exact => [m * m, 2 * e]));
  return Math.sqrt(exact) / scale / scale;
}

function dist(args: number): number {
  const p = doubles(I32[args]!);
  const q = p === undefined ? undefined : doubles(I32[args + 1]!);
  if (p === undefined || q === undefined) return 0;
  if (p.length !== q.length) return raise('ValueError', 'both points must have the same number of dimensions');
  return newFloat(length(p.map((x, i) => x - q[i]!)));
}

/** Items of an iterable; undefined with the exception set. The caller's argument keeps none of them alive: only for plain numbers. */
function items(h: number): number[] | undefined {
  const out: number[] = [];
  const done = iterate(h, (v) => {
    out.push(v);
    return true;
  });
  return done && pendingException() === 0 ? out : undefined;
}

function sumprod(args: number): number {
  const p = items(I32[args]!);
  if (p === undefined) return 0;
  const slot = rootAll(p);
  const q = items(I32[args + 1]!);
  const r = q === undefined ? 0 : sumOfProducts(p, q);
  unroot(slot);
  return r;
}

function sumOfProducts(p: readonly number[], q: readonly number[]): number {
  if (p.length !== q.length) return raise('ValueError', 'Inputs are not the same length');
  const floats = p.some(isFloatLike) || q.some(isFloatLike);
  const xs = floats ? p.map(realValue) : [];
  const ys = floats ? q.map(realValue) : [];
  if (floats && [...xs, ...ys].every((x) => x !== undefined && Number.isFinite(x))) {
    return newFloat(
      exactSum(
        xs.map((x, i): Exact => {
          const [m, e] = decompose(x!);
          const [k, f] = decompose(ys[i]!);
          return [m * k, e + f];
        }),
      ),
    );
  }
  const sum = root(1);
  rootAll(q);
  for (let i = 0; i < p.length && I32[sum] !== 0; i++) {
    const term = binaryOp(OP_MUL, p[i]!, q[i]!);
    I32[sum] = term === 0 ? 0 : binaryOp(OP_ADD, I32[sum]!, term);
  }
  const total = I32[sum]!;
  unroot(sum);
  return total;
}

function isclose(args: number): number {
  const given = [0, 1, 2, 3].map((i) => (I32[args + i] === 0 ? (i === 2 ? 1e-9 : 0) : real(I32[args + i]!)));
  if (given.includes(undefined)) return 0;
  const [a, b, rel, abs] = given as [number, number, number, number];
  if (rel < 0 || abs < 0) return raise('ValueError', 'tolerances must be non-negative');
  if (a === b) return H.TRUE;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return H.FALSE;
  const d = Math.abs(b - a);
  return H.fromBool(d <= Math.abs(rel * b) || d <= Math.abs(rel * a) || d <= abs);
}

function frexp(args: number): number {
  const x = real(I32[args]!);
  if (x === undefined) return 0;
  if (x === 0 || !Number.isFinite(x)) return tupleOf(newFloat(x), 1);
  const [m, e] = decompose(x);
  const n = (m < 0n ? -m : m).toString(2).length;
  return tupleOf(newFloat(Number(m) / 2 ** n), intFromNumber(e + n));
}

function ldexp(args: number): number {
  const x = real(I32[args]!);
  if (x === undefined) return 0;
  const n = plainInt(I32[args + 1]!);
  if (n === 0) return raise('TypeError', 'Expected an int as second argument to ldexp.');
  const e = intToNumber(n);
  if (x === 0 || !Number.isFinite(x)) return newFloat(x);
  if (e > 2200) return raise('OverflowError', 'math range error');
  if (e < -2200) return newFloat(x < 0 ? -0 : 0);
  const [m, k] = decompose(x);
  const r = exactSum([[m, k + e]]);
  return Number.isFinite(r) ? newFloat(r === 0 && x < 0 ? -0 : r) : raise('OverflowError', 'math range error');
}

function modf(args: number): number {
  const x = real(I32[args]!);
  if (x === undefined) return 0;
  const whole = Math.trunc(x);
  const fraction = Number.isFinite(x) ? x - whole : x === x ? 0 : x;
  return tupleOf(newFloat(fraction === 0 && (x < 0 || Object.is(x, -0)) ? -0 : fraction), newFloat(whole));
}

function ulp(args: number): number {
  const x = real(I32[args]!);
  if (x === undefined) return 0;
  const m = Math.abs(x);
  if (!Number.isFinite(m)) return newFloat(m);
  return newFloat(m === Number.MAX_VALUE ? m - nextAfter(m, 0) : nextAfter(m, Infinity) - m);
}

function nextafter(args: number): number {
  const x = real(I32[args]!);
  const y = x === undefined ? undefined : real(I32[args + 1]!);
  if (x === undefined || y === undefined) return 0;
  if (I32[args + 2] === 0 || I32[args + 2] === H.NONE) return newFloat(nextAfter(x, y));
  const steps = index(I32[args + 2]!);
  if (steps === 0) return 0;
  if (intSign(steps) < 0) return raise('ValueError', 'steps must be a non-negative integer');
  return newFloat(nextAfter(x, y, intToBigInt(steps)));
}

function fma(args: number): number {
  const [x, y, z] = [real(I32[args]!), real(I32[args + 1]!), real(I32[args + 2]!)];
  if (x === undefined || y === undefined || z === undefined) return 0;
  const r = fusedMultiplyAdd(x, y, z);
  if (r !== r && x === x && y === y && z === z) return raise('ValueError', 'invalid operation in fma');
  if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z))
    return raise('OverflowError', 'overflow in fma');
  return newFloat(r);
}

const copySign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));
const cosine = (x: number): number => (Number.isFinite(x) ? Math.cos(x) : Number.NaN);

defineModule({
  name: 'math',
  doc: 'This module provides access to the mathematical functions\ndefined by the C standard.',
  attributes: () => ({
    pi: newFloat(Math.PI),
    e: newFloat(Math.E),
    tau: newFloat(2 * Math.PI),
    inf: newFloat(Infinity),
    nan: newFloat(Number.NaN),
  }),
  functions: [
    unary('acos', Math.acos, UNIT),
    unary('acosh', Math.acosh, (x) => `expected argument value not less than 1, got ${floatRepr(x)}`),
    unary('asin', Math.asin, UNIT),
    unary('asinh', Math.asinh, FINITE),
    unary('atan', Math.atan, FINITE),
    unary('atanh', Math.atanh, BETWEEN, true),
    unary('cbrt', Math.cbrt, FINITE),
    unary('cos', cosine, FINITE),
    unary('cosh', Math.cosh, FINITE),
    unary('degrees', (x) => x * (180 / Math.PI), FINITE),
    unary('erf', erf, FINITE),
    unary('erfc', erfc, FINITE),
    unary('exp', Math.exp, FINITE),
    unary('exp2', (x) => 2 ** x, FINITE),
    unary('expm1', Math.expm1, FINITE),
    unary('fabs', Math.abs, FINITE),
    unary('gamma', gamma, (x) => `expected a noninteger or positive integer, got ${floatRepr(x)}`),
    unary('lgamma', lgamma, (x) => `expected a noninteger or positive integer, got ${floatRepr(x)}`, false),
    unary('log1p', Math.log1p, (x) => `expected argument value > -1, got ${floatRepr(x)}`, true),
    unary('radians', (x) => x * (Math.PI / 180), FINITE),
    unary('sin', Math.sin, FINITE),
    unary('sinh', Math.sinh, FINITE),
    unary('sqrt', Math.sqrt, NONNEGATIVE),
    unary('tan', Math.tan, FINITE),
    unary('tanh', Math.tanh, FINITE),
    binary('atan2', Math.atan2),
    binary('copysign', copySign),
    binary('fmod', (x, y) => x % y),
    binary('pow', power),
    binary('remainder', ieeeRemainder),
    test('isfinite', Number.isFinite),
    test('isinf', (x) => x === Infinity || x === -Infinity),
    test('isnan', Number.isNaN),
    ['log', log, [1, 2]],
    logarithm('log2', logTwo, 1),
    logarithm('log10', Math.log10, Math.log10(2)),
    rounding('floor', Math.floor),
    rounding('ceil', Math.ceil),
    rounding('trunc', Math.trunc),
    ['fsum', fsum, [1, 1]],
    ['gcd', gcd, [0, -1]],
    ['lcm', lcm, [0, -1]],
    ['isqrt', isqrt, [1, 1]],
    ['factorial', factorial, [1, 1]],
    ['comb', comb, [2, 2]],
    ['perm', perm, [1, 2]],
    ['prod', prod, '(iterable, /, *, start=1)'],
    ['hypot', hypot, [0, -1]],
    ['dist', dist, [2, 2]],
    ['sumprod', sumprod, [2, 2]],
    ['isclose', isclose, '(a, b, *, rel_tol=1e-09, abs_tol=0.0)'],
    ['frexp', frexp, [1, 1]],
    ['ldexp', ldexp, [2, 2]],
    ['modf', modf, [1, 1]],
    ['ulp', ulp, [1, 1]],
    ['nextafter', nextafter, '(x, y, /, *, steps=None)'],
    ['fma', fma, [3, 3]],
  ],
});
