/** Rare instructions on containers, items, slices, formatted strings and patterns. */
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import * as O from '../../compiler/opcodes.js';
import * as abstract from '../../objects/abstract.js';
import {
  ascii,
  containsOp,
  delItem,
  format,
  getIter,
  getItem,
  invert,
  isTrue,
  negative,
  positive,
  repr,
  setItem,
  str,
} from '../../objects/abstract.js';
import { buildMap, dictDel, dictGet, dictMerge, dictSet, dictUpdate } from '../../objects/dict.js';
import { pendingException, raise, typeName } from '../../objects/exceptions.js';
import { listExtend } from '../../objects/list.js';
import { isStr, typeOf } from '../../objects/object.js';
import { newSet, setAdd, setUpdate } from '../../objects/set.js';
import { newSlice } from '../../objects/slice.js';
import { joinWords, strSlice } from '../../objects/str.js';
import { formatInt } from '../../objects/number-format.js';
import { EMPTY, fromJS } from '../../objects/strings.js';
import { notIterable, unpack, unpackEx } from '../../objects/tuple.js';
import { newTemplate, newInterpolation } from '../../objects/template.js';
import { matchClass, matchKeys } from '../match.js';
import { spOf, setSp, result, drop, push, top, bool, isKindExact, isDict, type Rare } from './operands.js';
import { functionText } from './calls.js';

const I32 = i32;

/** `x in o`: 1, 0, or -1 with the exception set. The operands are on the stack. */
function contains(o: number, x: number): number {
  if (!isDict(o)) return containsOp(o, x);
  if (dictGet(o, x) !== 0) return 1;
  return pendingException() === 0 ? 0 : -1;
}

/** s[start:stop] of a plain string between small ints or None; 0 for other operands. */
function sliceOfStr(s: number, start: number, stop: number): number {
  if (!isKindExact(s, L.KIND_STR)) return 0;
  const n = I32[(s >>> 2) + L.STR_LENGTH];
  const from = start === H.NONE ? 0 : bound(start, n);
  const to = stop === H.NONE ? n : bound(stop, n);
  return from < 0 || to < 0 ? 0 : strSlice(s, from, Math.max(from, to), 1);
}

/** A bound of a slice of n items: between 0 and n, -1 when it is no small int. */
function bound(k: number, n: number): number {
  if ((k & 1) === 0) return -1;
  const i = k >> 1;
  return i < 0 ? Math.max(0, i + n) : Math.min(i, n);
}

/** `del o[k]`: 1, or 0 with the exception set. */
const deleteItem = (o: number, k: number): number => (isDict(o) && dictDel(o, k) === 1 ? 1 : deleteAny(o, k));

const deleteAny = (o: number, k: number): number => (pendingException() === 0 ? delItem(o, k) : 0);

function buildSet(arg: number, fp: number): number {
  const s = newSet();
  push(fp, s);
  const first = spOf(fp) - 1 - arg;
  for (let i = 0; i < arg; i++) if (setAdd(s, I32[first + i]) === 0) return 0;
  return result(fp, arg + 1, s);
}

function formatValue(value: number, spec: number): number {
  if (spec === 0 && isStr(value) && (H.isChar(value) || (I32[value >>> 2] & L.FLAG_SUBCLASS) === 0)) return value;
  return (value & 1) !== 0 ? formatInt(value, spec === 0 ? EMPTY : spec) : format(value, spec === 0 ? EMPTY : spec);
}

function convert(arg: number, v: number): number {
  return arg === 1 ? str(v) : arg === 2 ? repr(v) : ascii(v);
}

function unpackTop(arg: number, fp: number): number {
  const sp = spOf(fp);
  // The values go above the sequence, which stays rooted; then the first must be on top, one word lower.
  if (unpack(I32[sp - 1], arg, sp) === 0) return 0;
  lowerReversed(sp, arg);
  setSp(fp, sp - 1 + arg);
  return 1;
}

/** Moves n words at `from` to one word lower, in reverse order. */
function lowerReversed(from: number, n: number): void {
  const values = Array.from(I32.subarray(from, from + n));
  for (let i = 0; i < n; i++) I32[from - 1 + i] = values[n - 1 - i];
}

const kindFlag = (h: number, flag: number): boolean => (I32[(typeOf(h) >>> 2) + L.TYPE_TYPE_FLAGS] & flag) !== 0;

/** `[*x]`, `f(a, *x)`. */
function listExtendStar(arg: number, fp: number): number {
  if (notIterable(top(fp))) return raise('TypeError', `Value after * must be an iterable, not ${typeName(top(fp))}`);
  return drop(fp, 1, listExtend(I32[spOf(fp) - 1 - arg], top(fp)));
}

function dictMergeCall(arg: number, fp: number): number {
  const d = I32[spOf(fp) - 1 - arg];
  const callee = I32[spOf(fp) - 1 - arg - 3];
  return drop(
    fp,
    1,
    dictMerge(d, top(fp), () => functionText(callee)),
  );
}

export const itemOps: readonly (readonly [number, Rare])[] = [
  [
    O.OP_CONTAINS_OP,
    (arg, fp) => {
      const t = contains(top(fp, 1), top(fp, 2));
      return t < 0 ? 0 : result(fp, 2, H.fromBool((t === 1) === (arg === 0)));
    },
  ],
  [O.OP_UNARY_NEG, (_, fp) => result(fp, 1, negative(top(fp)))],
  [O.OP_UNARY_POS, (_, fp) => result(fp, 1, positive(top(fp)))],
  [O.OP_UNARY_INVERT, (_, fp) => result(fp, 1, invert(top(fp)))],
  [O.OP_TO_BOOL, (_, fp) => result(fp, 1, bool(isTrue(top(fp))))],
  [O.OP_DELETE_SUBSCR, (_, fp) => drop(fp, 2, deleteItem(top(fp, 2), top(fp, 1)))],
  [
    O.OP_BINARY_SLICE,
    (_, fp) => {
      const quick = sliceOfStr(top(fp, 3), top(fp, 2), top(fp, 1));
      if (quick !== 0) return result(fp, 3, quick);
      const s = newSlice(top(fp, 2), top(fp, 1), H.NONE);
      push(fp, s);
      return result(fp, 4, getItem(I32[spOf(fp) - 4], s));
    },
  ],
  [
    O.OP_STORE_SLICE,
    (_, fp) => {
      const s = newSlice(top(fp, 2), top(fp, 1), H.NONE);
      push(fp, s);
      return drop(fp, 5, setItem(I32[spOf(fp) - 4], s, I32[spOf(fp) - 5]));
    },
  ],
  [
    O.OP_BUILD_SLICE,
    (arg, fp) => result(fp, arg, newSlice(top(fp, arg), top(fp, arg - 1), arg === 3 ? top(fp) : H.NONE)),
  ],
  [O.OP_GET_ITER, (_, fp) => result(fp, 1, getIter(top(fp)))],
  [O.OP_BUILD_SET, buildSet],
  [O.OP_BUILD_MAP, (arg, fp) => result(fp, 2 * arg, buildMap(spOf(fp) - 2 * arg, arg))],
  [O.OP_BUILD_STRING, (arg, fp) => result(fp, arg, joinWords(spOf(fp) - arg, arg))],
  [O.OP_SET_ADD, (arg, fp) => drop(fp, 1, setAdd(I32[spOf(fp) - 1 - arg], top(fp)))],
  [O.OP_MAP_ADD, (arg, fp) => drop(fp, 2, dictSet(I32[spOf(fp) - 2 - arg], top(fp, 2), top(fp, 1)))],
  [O.OP_LIST_EXTEND, listExtendStar],
  [O.OP_SET_UPDATE, (arg, fp) => drop(fp, 1, setUpdate(I32[spOf(fp) - 1 - arg], top(fp)))],
  [O.OP_DICT_UPDATE, (arg, fp) => drop(fp, 1, dictUpdate(I32[spOf(fp) - 1 - arg], top(fp)))],
  [O.OP_DICT_MERGE, dictMergeCall],
  [O.OP_UNPACK_SEQUENCE, unpackTop],
  [
    O.OP_UNPACK_EX,
    (arg, fp) => {
      const before = arg & 255;
      const after = arg >> 8;
      const sp = spOf(fp);
      if (unpackEx(I32[sp - 1], before, after, sp) === 0) return 0;
      const n = before + after + 1;
      lowerReversed(sp, n);
      setSp(fp, sp - 1 + n);
      return 1;
    },
  ],
  [O.OP_FORMAT_SIMPLE, (_, fp) => result(fp, 1, formatValue(top(fp), 0))],
  [O.OP_FORMAT_WITH_SPEC, (_, fp) => result(fp, 2, formatValue(top(fp, 2), top(fp)))],
  [O.OP_CONVERT_VALUE, (arg, fp) => result(fp, 1, convert(arg, top(fp)))],
  [O.OP_BUILD_TEMPLATE, (_, fp) => result(fp, 2, newTemplate(top(fp, 2), top(fp)))],
  [
    O.OP_BUILD_INTERPOLATION,
    (arg, fp) => {
      const n = 2 + (arg & 1);
      const spec = (arg & 1) !== 0 ? top(fp) : fromJS('');
      const conversion = arg >> 2;
      return result(
        fp,
        n,
        newInterpolation(top(fp, n), top(fp, n - 1), conversion === 0 ? H.NONE : fromJS('sra'[conversion - 1]), spec),
      );
    },
  ],
  [
    O.OP_GET_LEN,
    (_, fp) => {
      const n = abstract.length(top(fp));
      return n < 0 ? 0 : push(fp, H.small(n));
    },
  ],
  [O.OP_MATCH_MAPPING, (_, fp) => push(fp, H.fromBool(kindFlag(top(fp), 32)))],
  [O.OP_MATCH_SEQUENCE, (_, fp) => push(fp, H.fromBool(kindFlag(top(fp), 16)))],
  [O.OP_MATCH_KEYS, (_, fp) => push(fp, matchKeys(top(fp, 2), top(fp)))],
  [O.OP_MATCH_CLASS, (arg, fp) => result(fp, 3, matchClass(top(fp, 3), top(fp, 2), arg, top(fp)))],
];
