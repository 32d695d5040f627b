/**
 * Operations on any value: slots of built-in types, special methods of classes written in Python
 * (https://docs.python.org/3.14/reference/datamodel.html#special-method-names).
 */
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { hold, hold2, hold3 } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { loadFirst } from '../heap/order.js';
import { stressCollect } from '../heap/stress.js';
import { stressPoint } from '../heap/stress-points.js';
import { descriptorGet, lookupInType, override } from './attribute.js';
import { call1 } from './call.js';
import { aliasHook } from './define.js';
import { clearException, pendingException, pendingIs, raise, typeName } from './exceptions.js';
import { intToNumber } from './int.js';
import * as N from './names.js';
import { loopPoll } from './poll.js';
import { enterNative, leaveNative } from './recursion.js';
import { isInt, isStr, isSubtype, slotId, typeOf, isPlainStr } from './object.js';
import { special1, special2, special3 } from './special.js';
import { BINARY_OPERATORS, CMP_EQ, CMP_NE, COMPARISONS, slots } from './slots.js';
import { intern, strEquals, toJS } from './strings.js';
import * as T from './type-ids.js';

export { enterRepr, leaveRepr } from './recursion.js';
export { delAttr, getAttr, lookupAttr, lookupInType, lookupSpecial, override, setAttr } from './attribute.js';
export { call0, call1, call2, call3, callArgs } from './call.js';
export { hasOwnHash, hash, hashKey, plainHashKey, unmix } from './hash.js';

const I32 = i32;

/** Versions of classes without `__bool__` and `__len__`, by their low bits: their instances are true. */
const plainTruth = new Int32Array(256);
const truthPlace = (version: number): number => version & 255;

/** Truth: 1, 0, or -1 with the exception set. */
export function isTrue(h: number): number {
  if (h === H.TRUE) return 1;
  if (h === H.FALSE || h === H.NONE) return 0;
  if ((h & 1) !== 0) return h === 1 ? 0 : 1;
  let version = 0;
  if ((h & 7) === 0) {
    version = loadFirst((I32[(h >>> 2) + 2]! >>> 2) + L.TYPE_VERSION);
    if (version !== 0 && plainTruth[truthPlace(version)] === version) return 1;
  }
  const slot = hold(h);
  const r = isTrueHeld(h, version);
  unroot(slot);
  return r;
}

/** `version`: of its class, read before anything is looked up. */
function isTrueHeld(h: number, version: number): number {
  const user = override(h, N.N_BOOL);
  if (user === H.NONE) return raise('TypeError', `'${typeName(h)}' cannot be interpreted as a boolean`) - 1;
  if (user !== 0) return userBool(h, user);
  const id = slotId(h);
  const bool = slots.bool[id];
  if (bool !== undefined) return bool(h);
  const lengthOf = override(h, N.N_LEN) !== 0 || slots.len[id] !== undefined;
  if (!lengthOf) return rememberTrue(version);
  const n = length(h);
  return n < 0 ? -1 : n > 0 ? 1 : 0;
}

function rememberTrue(version: number): 1 {
  if (version !== 0) plainTruth[truthPlace(version)] = version;
  return 1;
}

function userBool(h: number, f: number): number {
  const r = special1(f, h);
  if (r === 0) return -1;
  if (r === H.TRUE || r === H.FALSE) return r === H.TRUE ? 1 : 0;
  raise('TypeError', `__bool__ should return bool, returned ${typeName(r)}`);
  return -1;
}

/** len(h), or -1 with the exception set. */
export function length(h: number): number {
  if ((h & 7) === 0) {
    const head = I32[h >>> 2]! & (0xff | L.FLAG_SUBCLASS | L.FLAG_K0);
    if (head === L.KIND_LIST) return I32[(h >>> 2) + L.LIST_LENGTH]!;
    if (head === L.KIND_STR) return I32[(h >>> 2) + L.STR_LENGTH]!;
    if (head === L.KIND_TUPLE) return I32[(h >>> 2) + L.TUPLE_LENGTH]!;
    if (head === L.KIND_DICT) return I32[(h >>> 2) + L.DICT_USED]!;
  }
  const slot = hold(h);
  const r = lengthHeld(h);
  unroot(slot);
  return r;
}

function lengthHeld(h: number): number {
  const user = override(h, N.N_LEN);
  if (user !== 0) return userLength(h, user);
  const len = slots.len[slotId(h)];
  if (len !== undefined) return len(h);
  raise('TypeError', `object of type '${typeName(h)}' has no len()`);
  return -1;
}

function userLength(h: number, f: number): number {
  const r = special1(f, h);
  if (r === 0) return -1;
  const n = index(r);
  if (n === 0) return -1;
  const value = intToNumber(n);
  if (value < 0) raise('ValueError', '__len__() should return >= 0');
  else if (value >= 2 ** 63) raise('OverflowError', `cannot fit '${typeName(r)}' into an index-sized integer`);
  else return value;
  return -1;
}

/** Result of one side's comparison method; NOT_IMPLEMENTED when it has none. */
function compareSide(a: number, b: number, op: number): number {
  const user = override(a, compareNames[op]!);
  if (user !== 0) return special2(user, a, b);
  if (op === CMP_NE && !T.isBuiltinType(typeOf(a))) {
    const eq = override(a, N.N_EQ);
    if (eq !== 0) return invertResult(special2(eq, a, b));
  }
  const compare = slots.compare[slotId(a)];
  return compare === undefined ? H.NOT_IMPLEMENTED : compare(a, b, op);
}

function invertResult(r: number): number {
  if (r === 0 || r === H.NOT_IMPLEMENTED) return r;
  const t = isTrue(r);
  return t < 0 ? 0 : H.fromBool(t === 0);
}

const compareNames = COMPARISONS.map(([, name]) => intern(`__${name}__`));
const SWAPPED = [4, 5, 2, 3, 0, 1];

/** a <op> b for CMP_*: a handle, 0 with the exception set. */
export function compareOp(a: number, b: number, op: number): number {
  if (!enterNative(' in comparison')) return 0;
  const slot = hold2(a, b);
  const r = compareOpHeld(a, b, op);
  unroot(slot);
  leaveNative();
  return r;
}

function compareOpHeld(a: number, b: number, op: number): number {
  const ta = typeOf(a);
  const tb = typeOf(b);
  const reflectedFirst = ta !== tb && isSubtype(tb, ta) && !T.isBuiltinType(tb);
  let r = reflectedFirst ? compareSide(b, a, SWAPPED[op]!) : compareSide(a, b, op);
  if (r !== H.NOT_IMPLEMENTED) return r;
  r = reflectedFirst ? compareSide(a, b, op) : compareSide(b, a, SWAPPED[op]!);
  if (r !== H.NOT_IMPLEMENTED) return r;
  if (op === CMP_EQ) return H.fromBool(a === b);
  if (op === CMP_NE) return H.fromBool(a !== b);
  return raise(
    'TypeError',
    `'${COMPARISONS[op]![0]}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** a == b with the identity shortcut containers use: 1, 0, or -1 with the exception set. */
export function equals(a: number, b: number): number {
  if (a === b) return 1;
  if ((a & b & 1) !== 0) return 0;
  if (isPlainStr(a) && isPlainStr(b)) return strEquals(a, b) ? 1 : 0;
  const r = compareOp(a, b, CMP_EQ);
  return r === 0 ? -1 : isTrue(r);
}

/** iter(h); 0 with the exception set. */
export function getIter(h: number): number {
  const slot = hold(h);
  const r = getIterHeld(h);
  unroot(slot);
  return r;
}

function getIterHeld(h: number): number {
  const user = override(h, N.N_ITER);
  if (user !== 0) return userIter(h, user);
  const iter = slots.iter[slotId(h)];
  if (iter !== undefined) return iter(h);
  if (
    override(h, N.N_GETITEM) !== 0 ||
    (slots.getitem[slotId(h)] !== undefined && slots.len[slotId(h)] !== undefined && !isMappingLike(h))
  )
    return sequenceIter(h);
  return raise('TypeError', `'${typeName(h)}' object is not iterable`);
}

const isMappingLike = (h: number): boolean => slotId(h) === T.T_DICT;

function sequenceIter(h: number): number {
  const it = newObject(L.KIND_ITER, 64, T.typeHandle(T.T_ITERATOR));
  I32[(it >>> 2) + L.ITER_SOURCE] = h;
  return it;
}

function userIter(h: number, f: number): number {
  if (f === H.NONE) return raise('TypeError', `'${typeName(h)}' object is not iterable`);
  const it = special1(f, h);
  if (it === 0 || isIterator(it)) return it;
  return raise('TypeError', `iter() returned non-iterator of type '${typeName(it)}'`);
}

/** Has it a `__next__`? */
export function isIterator(h: number): boolean {
  return slots.next[slotId(h)] !== undefined || override(h, N.N_NEXT) !== 0;
}

/** Next value of an iterator, which the caller has rooted; 0 at the end (no exception is set then) or on error. */
export function iterNext(it: number): number {
  const value = iterNextOrStop(it);
  if (value === 0 && pendingException() !== 0 && pendingIs('StopIteration')) clearException();
  return value;
}

/** As iterNext, but a StopIteration that the iterator raised stays: its value is the result of `yield from` and await. */
export function iterNextOrStop(it: number): number {
  if (stressCollect) stressPoint();
  const user = override(it, N.N_NEXT);
  if (user !== 0) return special1(user, it);
  if (loopPoll() === 0) return 0;
  const next = slots.next[slotId(it)];
  return next === undefined ? raise('TypeError', `'${typeName(it)}' object is not an iterator`) : next(it);
}

/** Calls `each` for every value until it returns false; false with the exception set on error. The iterator is rooted. */
export function iterate(h: number, each: (value: number) => boolean | void): boolean {
  const it = getIter(h);
  if (it === 0) return false;
  const slot = root(it);
  for (;;) {
    const value = iterNext(it);
    if (value === 0 || each(value) === false) break;
  }
  unroot(slot);
  return pendingException() === 0;
}

/** o[k]; 0 with the exception set. */
export function getItem(o: number, k: number): number {
  const slot = hold2(o, k);
  const r = getItemHeld(o, k);
  unroot(slot);
  return r;
}

function getItemHeld(o: number, k: number): number {
  const user = override(o, N.N_GETITEM);
  if (user !== 0) return special2(user, o, k);
  const f = slots.getitem[slotId(o)];
  if (f !== undefined) return f(o, k);
  if ((o & 7) === 0 && (I32[o >>> 2]! & 0xff) === L.KIND_TYPE) return classGetItem(o, k);
  return raise('TypeError', `'${typeName(o)}' object is not subscriptable`);
}

function classGetItem(cls: number, k: number): number {
  if (cls === T.typeHandle(T.T_TYPE)) return aliasHook.make(cls, k);
  const f = lookupInType(cls, N.N_CLASS_GETITEM);
  if (f === 0) return raise('TypeError', `type '${toJS(I32[(cls >>> 2) + L.TYPE_NAME]!)}' is not subscriptable`);
  const bound = descriptorGet(f, 0, cls);
  return bound === 0 ? 0 : call1(bound, k);
}

/** o[k] = v: 1, or 0 with the exception set. */
export function setItem(o: number, k: number, v: number): number {
  const slot = hold3(o, k, v);
  const r = setItemHeld(o, k, v);
  unroot(slot);
  return r;
}

function setItemHeld(o: number, k: number, v: number): number {
  const user = override(o, N.N_SETITEM);
  if (user !== 0) return special3(user, o, k, v) === 0 ? 0 : 1;
  const f = slots.setitem[slotId(o)];
  return f !== undefined ? f(o, k, v) : raise('TypeError', `'${typeName(o)}' object does not support item assignment`);
}

/** del o[k]: 1, or 0 with the exception set. */
export function delItem(o: number, k: number): number {
  const slot = hold2(o, k);
  const r = delItemHeld(o, k);
  unroot(slot);
  return r;
}

function delItemHeld(o: number, k: number): number {
  const user = override(o, N.N_DELITEM);
  if (user !== 0) return special2(user, o, k) === 0 ? 0 : 1;
  const f = slots.delitem[slotId(o)];
  if (f !== undefined) return f(o, k);
  const verb = isIndexed(o) && hasIndex(k) ? "doesn't" : 'does not';
  return raise('TypeError', `'${typeName(o)}' object ${verb} support item deletion`);
}

/** Has its type a sequence's methods, as far as messages tell? */
function isIndexed(o: number): boolean {
  const id = slotId(o);
  const some = slots.getitem[id] ?? slots.contains[id] ?? slots.len[id];
  return some !== undefined || !T.isBuiltinType(typeOf(o));
}

/** v in o: 1, 0, or -1 with the exception set. */
export function containsOp(o: number, v: number): number {
  const slot = hold2(o, v);
  const r = containsOpHeld(o, v);
  unroot(slot);
  return r;
}

function containsOpHeld(o: number, v: number): number {
  const user = override(o, N.N_CONTAINS);
  if (user === H.NONE) {
    raise('TypeError', `'${typeName(o)}' object is not a container`);
    return -1;
  }
  if (user !== 0) {
    const r = special2(user, o, v);
    return r === 0 ? -1 : isTrue(r);
  }
  const f = slots.contains[slotId(o)];
  if (f !== undefined) return f(o, v);
  let found = 0;
  const done = iterate(o, (x) => {
    found = equals(x, v);
    return found === 0;
  });
  if (done || found < 0) return found;
  if (
    pendingIs('TypeError') &&
    override(o, N.N_ITER) === 0 &&
    slots.iter[slotId(o)] === undefined &&
    override(o, N.N_GETITEM) === 0
  ) {
    raise('TypeError', `argument of type '${typeName(o)}' is not a container or iterable`);
  }
  return -1;
}

const binaryNames = BINARY_OPERATORS.map(([, name]) => intern(`__${name}__`));
const reflectedNames = BINARY_OPERATORS.map(([, name]) => intern(`__r${name}__`));
const inplaceNames = BINARY_OPERATORS.map(([, name]) => intern(`__i${name}__`));

function operatorSide(f: number, self: number, other: number): number {
  return f === 0 ? H.NOT_IMPLEMENTED : special2(f, self, other);
}

/** Rows of operators whose sequence forms (`+`, `*`) apply after both number forms failed are in the same slot table. */
function slotBinary(op: number, a: number, b: number): number {
  const ia = slotId(a);
  const f = slots.binary[op]![ia];
  if (f !== undefined) {
    const r = f(a, b);
    if (r !== H.NOT_IMPLEMENTED) return r;
  }
  const g = slots.binary[op]![slotId(b)];
  return g === undefined || g === f ? H.NOT_IMPLEMENTED : g(a, b);
}

/** What it roots, its caller drops with its own operands. */
function tryBinary(op: number, a: number, b: number): number {
  const ta = typeOf(a);
  const tb = typeOf(b);
  if (T.isBuiltinType(ta) && T.isBuiltinType(tb)) return slotBinary(op, a, b);
  const forward = override(a, binaryNames[op]!);
  const back = ta === tb ? 0 : override(b, reflectedNames[op]!);
  root(forward);
  root(back);
  if (back !== 0 && isSubtype(tb, ta) && back !== lookupInType(ta, reflectedNames[op]!)) {
    const r = operatorSide(back, b, a);
    return r !== H.NOT_IMPLEMENTED ? r : forward !== 0 ? operatorSide(forward, a, b) : slotBinary(op, a, b);
  }
  let r = forward !== 0 ? operatorSide(forward, a, b) : slotBinary(op, a, b);
  if (r === H.NOT_IMPLEMENTED && back !== 0) r = operatorSide(back, b, a);
  if (r === H.NOT_IMPLEMENTED && forward !== 0) r = slotBinary(op, a, b);
  return r;
}

function unsupported(op: number, suffix: string, a: number, b: number): number {
  const [symbol] = BINARY_OPERATORS[op]!;
  const text = suffix === '=' && symbol === '** or pow()' ? '**=' : symbol + suffix;
  return raise('TypeError', `unsupported operand type(s) for ${text}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** a <op> b for OP_*; 0 with the exception set. */
export function binaryOp(op: number, a: number, b: number): number {
  const slot = hold2(a, b);
  const r = binaryOpHeld(op, a, b);
  unroot(slot);
  return r;
}

function binaryOpHeld(op: number, a: number, b: number): number {
  const r = tryBinary(op, a, b);
  return r === H.NOT_IMPLEMENTED ? binaryFailed(op, '', a, b) : r;
}

/** Sequences explain themselves: `'str' + 1`, `[] + ()`, `[] * 'x'`. */
function binaryFailed(op: number, suffix: string, a: number, b: number): number {
  const id = slotId(a);
  if (op === 0 && concatNames[id] !== undefined) {
    return raise('TypeError', `can only concatenate ${concatNames[id]} (not "${typeName(b)}") to ${concatNames[id]}`);
  }
  if (op === 2 && isSequenceId(id))
    return raise('TypeError', `can't multiply sequence by non-int of type '${typeName(b)}'`);
  if (op === 2 && isSequenceId(slotId(b)))
    return raise('TypeError', `can't multiply sequence by non-int of type '${typeName(a)}'`);
  return unsupported(op, suffix, a, b);
}

const concatNames: Record<number, string> = { [T.T_STR]: 'str', [T.T_LIST]: 'list', [T.T_TUPLE]: 'tuple' };
const isSequenceId = (id: number): boolean =>
  id === T.T_STR || id === T.T_LIST || id === T.T_TUPLE || id === T.T_BYTES || id === T.T_BYTEARRAY;

/** a <op>= b; 0 with the exception set. */
export function inplaceOp(op: number, a: number, b: number): number {
  const slot = hold2(a, b);
  const r = inplaceOpHeld(op, a, b);
  unroot(slot);
  return r;
}

function inplaceOpHeld(op: number, a: number, b: number): number {
  const user = override(a, inplaceNames[op]!);
  let r = user !== 0 ? operatorSide(user, a, b) : H.NOT_IMPLEMENTED;
  if (user === 0) {
    const f = slots.inplace[op]![slotId(a)];
    if (f !== undefined) r = f(a, b);
  }
  if (r !== H.NOT_IMPLEMENTED) return r;
  r = tryBinary(op, a, b);
  return r === H.NOT_IMPLEMENTED ? binaryFailed(op, '=', a, b) : r;
}

function unary(h: number, name: number, f: ((h: number) => number) | undefined, symbol: string): number {
  const slot = hold(h);
  const r = unaryHeld(h, name, f, symbol);
  unroot(slot);
  return r;
}

function unaryHeld(h: number, name: number, f: ((h: number) => number) | undefined, symbol: string): number {
  const user = override(h, name);
  if (user !== 0) return special1(user, h);
  return f !== undefined ? f(h) : raise('TypeError', `bad operand type for ${symbol}: '${typeName(h)}'`);
}

export const negative = (h: number): number => unary(h, N.N_NEG, slots.neg[slotId(h)], 'unary -');
export const positive = (h: number): number => unary(h, N.N_POS, slots.pos[slotId(h)], 'unary +');
export const invert = (h: number): number => unary(h, N.N_INVERT, slots.invert[slotId(h)], 'unary ~');
export const absolute = (h: number): number => unary(h, N.N_ABS, slots.abs[slotId(h)], 'abs()');

/** Result of a special method that must be a str. */
function stringResult(r: number, name: string): number {
  if (r === 0 || isStr(r)) return r;
  return raise('TypeError', `${name} returned non-string (type ${typeName(r)})`);
}

/** repr(h): a str handle, 0 with the exception set. */
export function repr(h: number): number {
  if (!enterNative(' while getting the repr of an object')) return 0;
  const slot = hold(h);
  const r = reprHeld(h);
  unroot(slot);
  leaveNative();
  return r;
}

function reprHeld(h: number): number {
  const user = override(h, N.N_REPR);
  if (user !== 0) return stringResult(special1(user, h), '__repr__');
  return slots.repr[slotId(h)]!(h);
}

/** str(h): a str handle, 0 with the exception set. */
export function str(h: number): number {
  if (isPlainStr(h)) return h;
  const slot = hold(h);
  const r = strHeld(h);
  unroot(slot);
  return r;
}

function strHeld(h: number): number {
  const user = override(h, N.N_STR);
  if (user !== 0) return stringResult(special1(user, h), '__str__');
  const f = slots.str[slotId(h)];
  // object.__str__ calls __repr__, and the check is that of str().
  const shown = f === slots.str[T.T_OBJECT] ? override(h, N.N_REPR) : 0;
  if (shown !== 0) return stringResult(special1(shown, h), '__str__');
  return f !== undefined ? f(h) : repr(h);
}

/** Set by str.ts: ascii(repr(h)). */
export const asciiHook = { ascii: (reprHandle: number): number => reprHandle };
export function ascii(h: number): number {
  const r = repr(h);
  return r === 0 ? 0 : asciiHook.ascii(r);
}

/** format(h, spec). */
export function format(h: number, spec: number): number {
  const slot = hold2(h, spec);
  const r = formatHeld(h, spec);
  unroot(slot);
  return r;
}

function formatHeld(h: number, spec: number): number {
  const f = lookupInType(typeOf(h), N.N_FORMAT);
  if (f === 0) return raise('TypeError', `unsupported format string passed to ${typeName(h)}.__format__`);
  const r = special2(f, h, spec);
  return r === 0 || isStr(r) ? r : raise('TypeError', `__format__ must return a str, not ${typeName(r)}`);
}

/** operator.index(h): an int handle, 0 with the exception set. */
export function index(h: number): number {
  if (isInt(h)) return h;
  if (h === H.TRUE || h === H.FALSE) return h === H.TRUE ? 3 : 1;
  const slot = hold(h);
  const r = indexHeld(h);
  unroot(slot);
  return r;
}

function indexHeld(h: number): number {
  const user = override(h, N.N_INDEX);
  if (user !== 0) return indexResult(special1(user, h));
  const f = slots.index[slotId(h)];
  return f !== undefined ? f(h) : raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer`);
}

function indexResult(r: number): number {
  if (r === 0 || isInt(r)) return r;
  if (isSubtype(typeOf(r), T.typeHandle(T.T_INT))) return slots.index[T.T_INT]!(r);
  return raise('TypeError', `__index__ returned non-int (type ${typeName(r)})`);
}

/** Has it an `__index__`? */
export const hasIndex = (h: number): boolean =>
  isInt(h) || H.isBool(h) || slots.index[slotId(h)] !== undefined || override(h, N.N_INDEX) !== 0;

/** operator.index(h) as a JS number (exact below 2^53, else rounded); NaN with the exception set. */
export function indexNumber(h: number): number {
  if ((h & 1) !== 0) return h >> 1;
  const n = index(h);
  return n === 0 ? Number.NaN : intToNumber(n);
}

/** Can it be called? */
export function isCallable(h: number): boolean {
  if ((h & 7) !== 0) return false;
  const kind = I32[h >>> 2]! & 0xff;
  if (kind === L.KIND_TYPE || slots.call[slotId(h)] !== undefined) return true;
  return lookupInType(typeOf(h), N.N_CALL) !== 0;
}
