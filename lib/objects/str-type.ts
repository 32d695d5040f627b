/** The type str: slots and constructor; its methods are rows of str-search, str-case and str-encode. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, indexNumber, unmix } from './abstract.js';
import { defineType } from './define.js';
import { raise, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { newIter } from './iterators.js';
import { isKind, isStr } from './object.js';
import { sizeOf } from './sequence-ops.js';
import { sliceRange } from './slice.js';
import { CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE, OP_ADD, OP_MOD, OP_MUL } from './slots.js';
import { compareStr, concat, plainCopy, strContains, strRepeat, strRepr, strSlice } from './str.js';
import { CASE_METHODS } from './str-case.js';
import { percentStr } from './percent-format.js';
import { FORMAT_METHODS } from './str-format.js';
import { createStr, MAKE_METHODS, STR_STATIC } from './str-make.js';
import { SEARCH_METHODS } from './str-search.js';
import { strCharAt, strEquals, strHash, strLength } from './strings.js';
import { tupleOf } from './tuple.js';
import * as T from './type-ids.js';

const _I32 = i32;

function getitem(h: number, key: number): number {
  if (isKind(key, L.KIND_SLICE)) {
    const r = sliceRange(key, strLength(h));
    return r === undefined ? 0 : strSlice(h, r.start, r.step === 1 ? Math.max(r.start, r.stop) : r.stop, r.step);
  }
  if (!hasIndex(key)) return raise('TypeError', `string indices must be integers, not '${typeName(key)}'`);
  let i = indexNumber(key);
  if (Number.isNaN(i)) return 0;
  const n = strLength(h);
  if (i < 0) i += n;
  return i < 0 || i >= n ? raise('IndexError', 'string index out of range') : H.char(strCharAt(h, i));
}

function compare(a: number, b: number, op: number): number {
  if (!isStr(a) || !isStr(b)) return H.NOT_IMPLEMENTED;
  if (op === CMP_EQ) return H.fromBool(sameText(a, b));
  if (op === CMP_NE) return H.fromBool(!sameText(a, b));
  const c = compareStr(a, b);
  return H.fromBool(
    (op === CMP_LT && c < 0) || (op === CMP_LE && c <= 0) || (op === CMP_GT && c > 0) || (op === CMP_GE && c >= 0),
  );
}

/** As strEquals, for instances of subclasses too, whose one-character strings are objects. */
const sameText = (a: number, b: number): boolean =>
  strEquals(a, b) || (strLength(a) === 1 && strLength(b) === 1 && strCharAt(a, 0) === strCharAt(b, 0));

function add(a: number, b: number): number {
  if (!isStr(a)) return H.NOT_IMPLEMENTED;
  if (!isStr(b)) return raise('TypeError', `can only concatenate str (not "${typeName(b)}") to str`);
  return concat(a, b);
}

function multiply(a: number, b: number): number {
  const [text, times] = isStr(a) ? [a, b] : [b, a];
  if (!hasIndex(times))
    return isStr(a)
      ? raise('TypeError', `can't multiply sequence by non-int of type '${typeName(times)}'`)
      : H.NOT_IMPLEMENTED;
  const given = indexNumber(times);
  const n = Number.isNaN(given) ? given : sizeOf(given, times);
  return Number.isNaN(n) ? 0 : strRepeat(text, n);
}

defineType({
  id: T.T_STR,
  name: 'str',
  kind: L.KIND_STR,
  methods: [
    ['__getnewargs__', (a) => tupleOf(plainCopy(i32[a]!)), [0, 0]],
    ...SEARCH_METHODS,
    ...CASE_METHODS,
    ...MAKE_METHODS,
    ...FORMAT_METHODS,
  ],
  staticMethods: STR_STATIC,
  slots: {
    repr: strRepr,
    str: plainCopy,
    hash: (h) => intFromNumber(unmix(strHash(h))),
    len: strLength,
    bool: (h) => (strLength(h) > 0 ? 1 : 0),
    iter: (h) => newIter(T.T_STR_ITERATOR, h, 0),
    getitem,
    contains: strContains,
    compare,
    binary: { [OP_ADD]: add, [OP_MUL]: multiply, [OP_MOD]: percentStr },
    create: createStr,
  },
});
