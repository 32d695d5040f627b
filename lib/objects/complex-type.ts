/** The type complex (https://docs.python.org/3.14/library/functions.html#complex). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lookupSpecial } from './abstract.js';
import { complexImag, complexReal, complexRepr, newComplex, newComplexOf } from './complex.js';
import { formatComplex } from './complex-format.js';
import { defineType, readOnly } from './define.js';
import { raise, typeName } from './exceptions.js';
import { floatValue, hashDouble, newFloat, realValue } from './float.js';
import { toFloat } from './float-type.js';
import { hashBig, intFromBigInt, intToBigInt } from './int.js';
import { complexPower, quotient, realQuotient } from './numbers-complex.js';
import { normalise, parseFloatText, quote } from './numbers-parse.js';
import { isKind, isStr, typeOf } from './object.js';
import * as S from './slots.js';
import { fromJS, intern, toJS } from './strings.js';
import { tupleItem, tupleLength, tupleOf } from './tuple.js';
import { special1 } from './special.js';
import * as T from './type-ids.js';

const I32 = i32;
const N_FLOAT = intern('__float__');
const N_INDEX = intern('__index__');
const COMPLEX = T.typeHandle(T.T_COMPLEX);
type Pair = [number, number];

/** Parts of a complex, float or int; undefined for other values, null with the exception set. */
function parts(h: number): Pair | undefined | null {
  if (isKind(h, L.KIND_COMPLEX)) return [complexReal(h), complexImag(h)];
  const x = realValue(h);
  if (x === undefined) return undefined;
  return x !== x && (h & 7) !== H.TAG_FLOAT ? null : [x, 0];
}

const onParts =
  (run: (a: Pair, b: Pair) => number) =>
  (a: number, b: number): number => {
    const x = parts(a);
    const y = x ? parts(b) : x;
    if (x === null || y === null) return 0;
    return x === undefined || y === undefined ? H.NOT_IMPLEMENTED : run(x, y);
  };

interface MixedOperator {
  both: (a: Pair, b: Pair) => number;
  realLeft: (a: number, b: Pair) => number;
  realRight: (a: Pair, b: number) => number;
}

/** An operator that treats a real operand as one without an imaginary part, not as one whose imaginary part is 0 (CPython 3.14, C11 Annex G). */
const mixed =
  (operator: MixedOperator) =>
  (a: number, b: number): number => {
    const x = parts(a);
    const y = x ? parts(b) : x;
    if (x === null || y === null) return 0;
    if (x === undefined || y === undefined) return H.NOT_IMPLEMENTED;
    if (!isKind(a, L.KIND_COMPLEX)) return operator.realLeft(x[0], y);
    return isKind(b, L.KIND_COMPLEX) ? operator.both(x, y) : operator.realRight(x, y[0]);
  };

const noDivision = (): number => raise('ZeroDivisionError', 'division by zero');

function compare(a: number, b: number, op: number): number {
  if (op !== S.CMP_EQ && op !== S.CMP_NE) return H.NOT_IMPLEMENTED;
  const x = parts(a);
  const y = x ? parts(b) : x;
  if (!x || !y) return H.NOT_IMPLEMENTED;
  return H.fromBool((x[0] === y[0] && x[1] === y[1]) === (op === S.CMP_EQ));
}

function hash(h: number): number {
  const re = intToBigInt(hashDouble(complexReal(h)));
  const im = intToBigInt(hashDouble(complexImag(h)));
  const r = BigInt.asIntN(64, re + 1000003n * im);
  return intFromBigInt(r === -1n ? -2n : r > -(1n << 53n) && r < 1n << 53n ? r : im === 0n ? hashBig(r) : r);
}

const NUMBER = String.raw`(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan`;
const TEXT = new RegExp(`^(?:([+-]?(?:${NUMBER}))(?![jJ\\d]))?(?:([+-]?(?:${NUMBER})?)[jJ])?$`, 'i');

function fromText(text: string): number {
  const s = normalise(text).replace(/^\((.*)\)$/s, (_m, inner: string) => inner.trim());
  const m = TEXT.exec(s);
  const bad = (): number =>
    text.includes('_')
      ? raise('ValueError', `could not convert string to complex: ${quote(text)}`)
      : raise('ValueError', 'complex() arg is a malformed string');
  if (m === null || s === '' || (m[1] !== undefined && m[2] !== undefined && !/^[+-]/.test(m[2]))) return bad();
  const re = m[1] === undefined ? 0 : parseFloatText(m[1]);
  const im = m[2] === undefined ? 0 : /^[+-]?$/.test(m[2]) ? Number(`${m[2]}1`) : parseFloatText(m[2]);
  return re === undefined || im === undefined ? bad() : newComplex(re, im);
}

function toParts(h: number, message: string): Pair | undefined {
  if (isKind(h, L.KIND_COMPLEX)) return [complexReal(h), complexImag(h)];
  const type = typeOf(h);
  const own = T.isBuiltinType(type) ? 0 : lookupSpecial(type, intern('__complex__'));
  if (own !== 0) {
    const r = special1(own, h);
    if (r === 0) return undefined;
    if (isKind(r, L.KIND_COMPLEX)) return [complexReal(r), complexImag(r)];
    raise('TypeError', `__complex__ returned non-complex (type ${typeName(r)})`);
    return undefined;
  }
  const real = !T.isBuiltinType(type) && [N_FLOAT, N_INDEX].some((name) => lookupSpecial(type, name) !== 0);
  if (isStr(h) || (!real && realValue(h) === undefined)) {
    raise('TypeError', message.replace('%', typeName(h)));
    return undefined;
  }
  const f = toFloat(h);
  return f === 0 ? undefined : [floatValue(f), 0];
}

/** complex(): a plain complex number; 0 with the exception set. */
function fromArguments(args: number, n: number, kwnames: number): number {
  const given: [number, number] = [n > 0 ? I32[args]! : 0, n > 1 ? I32[args + 1]! : 0];
  const keywords = kwnames === 0 ? 0 : tupleLength(kwnames);
  if (n + keywords > 2) return raise('TypeError', `complex() takes at most 2 arguments (${n + keywords} given)`);
  for (let i = 0; i < keywords; i++) {
    const name = toJS(tupleItem(kwnames, i));
    const at = ['real', 'imag'].indexOf(name);
    if (at < 0) return raise('TypeError', `complex() got an unexpected keyword argument '${name}'`);
    if (given[at] !== 0)
      return raise('TypeError', `argument for complex() given by name ('${name}') and position (${at + 1})`);
    given[at] = I32[args + n + i]!;
  }
  const [real, imag] = given;
  if (real !== 0 && imag === 0 && isStr(real)) return fromText(toJS(real));
  if (real !== 0 && imag === 0 && typeOf(real) === COMPLEX) return real;
  const re =
    real === 0
      ? ([0, 0] as Pair)
      : toParts(
          real,
          imag === 0
            ? 'complex() argument must be a string or a number, not %'
            : "complex() argument 'real' must be a real number, not %",
        );
  if (re === undefined) return 0;
  const im = imag === 0 ? ([0, 0] as Pair) : toParts(imag, "complex() argument 'imag' must be a real number, not %");
  return im === undefined ? 0 : newComplex(re[0] - im[1], re[1] + im[0]);
}

function create(type: number, args: number, n: number, kwnames: number): number {
  const value = fromArguments(args, n, kwnames);
  return value === 0 || type === COMPLEX ? value : newComplexOf(type, complexReal(value), complexImag(value));
}

/** The plain complex number of an instance of a subclass. */
const plain = (h: number): number => (typeOf(h) === COMPLEX ? h : newComplex(complexReal(h), complexImag(h)));

function formatMethod(args: number): number {
  const spec = I32[args + 1]!;
  if (!isStr(spec)) return raise('TypeError', `__format__() argument must be str, not ${typeName(spec)}`);
  return formatComplex(I32[args]!, spec);
}

function absolute(h: number): number {
  const r = Math.hypot(complexReal(h), complexImag(h));
  if (r === Infinity && Number.isFinite(complexReal(h)) && Number.isFinite(complexImag(h)))
    return raise('OverflowError', 'absolute value too large');
  return newFloat(r);
}

defineType({
  id: T.T_COMPLEX,
  name: 'complex',
  kind: L.KIND_COMPLEX,
  slots: {
    create,
    repr: (h) => fromJS(complexRepr(complexReal(h), complexImag(h))),
    hash,
    bool: (h) => (complexReal(h) !== 0 || complexImag(h) !== 0 ? 1 : 0),
    neg: (h) => newComplex(-complexReal(h), -complexImag(h)),
    pos: plain,
    abs: absolute,
    compare,
    binary: {
      [S.OP_ADD]: mixed({
        both: ([a, b], [c, d]) => newComplex(a + c, b + d),
        realLeft: (x, [c, d]) => newComplex(x + c, d),
        realRight: ([a, b], y) => newComplex(a + y, b),
      }),
      [S.OP_SUB]: mixed({
        both: ([a, b], [c, d]) => newComplex(a - c, b - d),
        realLeft: (x, [c, d]) => newComplex(x - c, -d),
        realRight: ([a, b], y) => newComplex(a - y, b),
      }),
      [S.OP_MUL]: mixed({
        both: ([a, b], [c, d]) => newComplex(a * c - b * d, a * d + b * c),
        realLeft: (x, [c, d]) => newComplex(x * c, x * d),
        realRight: ([a, b], y) => newComplex(a * y, b * y),
      }),
      [S.OP_TRUEDIV]: mixed({
        both: ([a, b], [c, d]) => (c === 0 && d === 0 ? noDivision() : newComplex(...quotient(a, b, c, d))),
        realLeft: (x, [c, d]) => (c === 0 && d === 0 ? noDivision() : newComplex(...realQuotient(x, c, d))),
        realRight: ([a, b], y) => (y === 0 ? noDivision() : newComplex(a / y, b / y)),
      }),
      [S.OP_POW]: onParts(([a, b], [c, d]) => complexPower(a, b, c, d)),
    },
  },
  methods: [
    ['__format__', formatMethod, [1, 1]],
    ['conjugate', (a) => newComplex(complexReal(I32[a]!), -complexImag(I32[a]!)), [0, 0]],
    ['__complex__', (a) => plain(I32[a]!), [0, 0]],
    ['__getnewargs__', (a) => tupleOf(newFloat(complexReal(I32[a]!)), newFloat(complexImag(I32[a]!))), [0, 0]],
  ],
  getset: [readOnly('real', (h) => newFloat(complexReal(h))), readOnly('imag', (h) => newFloat(complexImag(h)))],
});
