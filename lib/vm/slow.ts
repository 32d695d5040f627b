/** Slow sides of the dispatch function's hot instructions, and the filling of inline caches. */
import { newOldObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { logOld } from '../heap/marking.js';
import { i32 } from '../heap/memory.js';
import { loadFirst, orderLoads, orderStores } from '../heap/order.js';
import { FAST_FREE } from '../compiler/code.js';
import * as O from '../compiler/opcodes.js';
import * as abstract from '../objects/abstract.js';
import { getAttr, isDataDescriptor, lookupInType, NATIVE_METHOD, setAttr } from '../objects/attribute.js';
import { satisfies } from '../objects/compare.js';
import { dictFindWord, dictGetItem, dictGetStr, dictKeysVersion, dictSet } from '../objects/dict.js';
import { addInts, compareInts, mulInts, subInts } from '../objects/int.js';
import { iterAdvance } from '../objects/iterators.js';
import { listAppend as appendToList, listGetItem, listSetItem, newListFrom } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isInt, isPlainStr } from '../objects/object.js';
import { slots } from '../objects/slots.js';
import { clearException, pendingException, pendingIs, raise } from '../objects/exceptions.js';
import { inlineSlots, isDictShape, shapeFind } from '../objects/shape.js';
import { concat, compareStr } from '../objects/str.js';
import { strCharAt, strEquals, toJS } from '../objects/strings.js';
import { newTupleFrom } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { recursionError as raiseRecursion, nextGenerator } from './call.js';
import { slotKind, slotName } from './code.js';
import { rareOps } from './rare.js';
import { globalItem, hasClass } from './rare/names.js';
import { begin } from './restart.js';

const I32 = i32;
const C = CARRIER;

export const recursionError = raiseRecursion;

export function unboundLocal(code: number, slot: number): number {
  return raise(
    'UnboundLocalError',
    `cannot access local variable '${toJS(slotName(code << 2, slot))}' where it is not associated with a value`,
  );
}

export function unboundDeref(code: number, slot: number): number {
  const name = toJS(slotName(code << 2, slot));
  if ((slotKind(code << 2, slot) & FAST_FREE) === 0) return unboundLocal(code, slot);
  return raise(
    'NameError',
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
}

/** A cell gets a new value, which is published first when the cell is shared. */
export const storeCell = (cell: number, value: number): void => storeRef(cell, L.CELL_VALUE, value);

function newCache(): number {
  const cache = newOldObject(L.KIND_ICACHE, 64, 0);
  return cache >>> 2;
}

/** Publishes a filled cache: one word, so that other threads see all of it or the old one. */
function install(site: number, cache: number): void {
  orderStores();
  I32[site + 1] = cache << 2;
  logOld(cache << 2);
}

const nameError = (name: number): number => {
  raise('NameError', `name '${toJS(name)}' is not defined`);
  const e = pendingException();
  I32[(e >>> 2) + L.EXCEPTION_A] = name;
  return 0;
};

/** LOAD_GLOBAL: the value, caching where it lies. */
export function loadGlobal(fp: number, site: number): number {
  const name = I32[site];
  const globals = I32[fp + L.F_GLOBALS];
  const builtins = I32[fp + L.F_BUILTINS];
  if (!isTable(globals) || hasClass(globals) || !isTable(builtins)) return uncachedGlobal(globals, builtins, name);
  for (;;) {
    const version = dictKeysVersion(globals);
    const own = dictFindWord(globals, name);
    const builtinsVersion = own !== 0 ? 0 : dictKeysVersion(builtins);
    const w = own !== 0 ? own : dictFindWord(builtins, name);
    const value = w === 0 ? 0 : I32[w];
    // What was found is of one moment only if no key came or went meanwhile.
    orderLoads();
    if (I32[(globals >>> 2) + L.DICT_KEYS_VERSION] !== version) continue;
    if (own === 0 && I32[(builtins >>> 2) + L.DICT_KEYS_VERSION] !== builtinsVersion) continue;
    if (value === 0) return nameError(name);
    cacheGlobal(site, globals, version, own, own !== 0 ? 0 : w, builtinsVersion);
    return value;
  }
}

/** Is it a dict with a table of its own, no view on an instance? */
export const isTable = (d: number): boolean => (I32[d >>> 2] & (0xff | L.FLAG_K0)) === L.KIND_DICT;

/** Globals of `exec(code, vars(instance))` are no table, and builtins may be any mapping. */
function uncachedGlobal(globals: number, builtins: number, name: number): number {
  const own = globalItem(globals, name);
  if (own !== 0) return own;
  if (pendingException() !== 0) return 0;
  const value = isTable(builtins) ? dictGetStr(builtins, name) : abstract.getItem(builtins, name);
  if (value !== 0) return value;
  if (pendingException() !== 0 && !pendingIs('KeyError')) return 0;
  clearException();
  return nameError(name);
}

function cacheGlobal(
  site: number,
  globals: number,
  version: number,
  w: number,
  builtin: number,
  builtinsVersion: number,
): void {
  const c = newCache();
  I32[c + L.ICACHE_SHAPE] = globals >>> 2;
  I32[c + L.ICACHE_VERSION] = version;
  I32[c + L.ICACHE_SLOT] = w;
  I32[c + L.ICACHE_EXTRA] = builtinsVersion;
  I32[c + L.ICACHE_VALUE_2] = (builtin << 1) | 1;
  install(site, c);
}

/** The site's cache may be replaced this often; then the look-up stays generic. */
const CACHE_TRIES = 64;

function mayCache(site: number): number {
  const old = I32[site + 1];
  if (old === 0) return 1;
  const tries = I32[(old >>> 2) + L.ICACHE_EXTRA] + 1;
  return tries > CACHE_TRIES ? 0 : tries;
}

/** What a look-up's result holds for, to be read before the look-up: whatever changes during it makes the cache stale from the start. */
const versionOf = (o: number): number => loadFirst((I32[(o >>> 2) + 2] >>> 2) + L.TYPE_VERSION);
const shapeOf = (o: number): number =>
  (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE ? I32[(o >>> 2) + L.INSTANCE_SHAPE] : 0;

/** Fills an attribute cache for objects of one class's version and shape; `value` 0: a slot of their own, else what the class holds. */
function cacheAttribute(version: number, shape: number, site: number, slot: number, value: number): void {
  const tries = mayCache(site);
  if (tries === 0) return;
  const c = newCache();
  I32[c + L.ICACHE_SHAPE] = shape;
  I32[c + L.ICACHE_VERSION] = version;
  I32[c + L.ICACHE_SLOT] = slot;
  I32[c + L.ICACHE_VALUE] = value;
  I32[c + L.ICACHE_EXTRA] = tries;
  install(site, c);
}

const isInstance = (o: number): boolean => (o & 7) === 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE;
const plainGetattribute = (type: number): boolean => {
  const f = lookupInType(type, N.N_GETATTRIBUTE);
  return f === 0 || (I32[f >>> 2] & 0xff) === L.KIND_NATIVE;
};

/** Word offset of an instance's own attribute when it may be reached directly, else 0. */
function directSlot(o: number, name: number): number {
  const type = I32[(o >>> 2) + 2];
  if (!plainGetattribute(type)) return 0;
  const d = lookupInType(type, name);
  if (d !== 0 && isDataDescriptor(d)) {
    const member = (I32[d >>> 2] & 0xff) === L.KIND_MEMBER ? I32[(d >>> 2) + L.MEMBER_SLOT] : -1;
    return member >= 0 && member < inlineSlots(o) ? L.INSTANCE_SLOTS + member : 0;
  }
  const slot = shapeFind(I32[(o >>> 2) + L.INSTANCE_SHAPE], name);
  return slot >= 0 && slot < inlineSlots(o) ? L.INSTANCE_SLOTS + slot : 0;
}

/** LOAD_ATTR. */
export function loadAttr(o: number, site: number): number {
  const name = I32[site];
  if (isInstance(o)) {
    const version = versionOf(o);
    const shape = shapeOf(o);
    const slot = directSlot(o, name);
    if (slot !== 0 && I32[(o >>> 2) + slot] !== 0) {
      cacheAttribute(version, shape, site, slot, 0);
      return I32[(o >>> 2) + slot];
    }
  }
  return getAttr(o, name);
}

/** LOAD_METHOD: writes (function, self) or (attribute, NULL) at sp - 1, sp. 1, or 0 with the exception set. */
export function loadMethod(sp: number, site: number): number {
  const o = I32[sp - 1];
  const name = I32[site];
  if ((o & 7) === 0) {
    const version = versionOf(o);
    const shape = shapeOf(o);
    const f = methodOf(o, name);
    if (f !== 0) {
      cacheAttribute(version, shape, site, 0, f);
      I32[sp - 1] = f;
      I32[sp] = o;
      return 1;
    }
  }
  const v = getAttr(o, name);
  if (v === 0) return 0;
  I32[sp - 1] = v;
  I32[sp] = 0;
  return 1;
}

/** The unbound function when `o.name` is a plain method of its class that no own attribute hides; else 0. */
function methodOf(o: number, name: number): number {
  if ((o & 7) !== 0) return 0;
  const w = o >>> 2;
  const head = I32[w];
  const kind = head & 0xff;
  const type = I32[w + 2];
  if (
    kind === L.KIND_TYPE ||
    kind === L.KIND_MODULE ||
    kind === L.KIND_FUNCTION ||
    kind === L.KIND_EXCEPTION ||
    kind === L.KIND_SUPER
  )
    return 0;
  if (kind !== L.KIND_INSTANCE && (head & L.FLAG_SUBCLASS) !== 0) return 0;
  if (!T.isBuiltinType(type) && !plainGetattribute(type)) return 0;
  const f = lookupInType(type, name);
  if (f === 0 || (f & 7) !== 0) return 0;
  const fk = I32[f >>> 2] & 0xff;
  const method =
    fk === L.KIND_FUNCTION ||
    (fk === L.KIND_NATIVE &&
      (I32[(f >>> 2) + L.NATIVE_NATIVE_FLAGS] & NATIVE_METHOD) !== 0 &&
      I32[(f >>> 2) + L.NATIVE_SELF] === 0);
  if (!method) return 0;
  if (kind !== L.KIND_INSTANCE) return f;
  // What a dict that was assigned has may change without a new shape.
  const shape = I32[w + L.INSTANCE_SHAPE];
  return isDictShape(shape) || shapeFind(shape, name) >= 0 ? 0 : f;
}

/** STORE_ATTR: 1, or 0 with the exception set. */
export function storeAttr(o: number, value: number, site: number): number {
  const name = I32[site];
  if (setAttr(o, name, value) === 0) return 0;
  if (isInstance(o) && I32[(o >>> 2) + 3] === I32[C + L.CAR_OWNER]) {
    const version = versionOf(o);
    const shape = shapeOf(o);
    const f = lookupInType(I32[(o >>> 2) + 2], N.N_SETATTR);
    const slot = f !== 0 && (I32[f >>> 2] & 0xff) !== L.KIND_NATIVE ? 0 : directSlot(o, name);
    if (slot !== 0) cacheAttribute(version, shape, site, slot, 0);
  }
  return 1;
}

function add(a: number, b: number, inplace: number): number {
  if ((a & 1) !== 0 || (a & 7) === 4) {
    if (isInt(b)) return addInts(a, b);
  } else if (isPlainStr(a) && isPlainStr(b)) return concat(a, b);
  return binary(0, a, b, inplace);
}

function sub(a: number, b: number, inplace: number): number {
  return isInt(a) && isInt(b) ? subInts(a, b) : binary(1, a, b, inplace);
}

function mul(a: number, b: number, inplace: number): number {
  return isInt(a) && isInt(b) ? mulInts(a, b) : binary(2, a, b, inplace);
}

/** Any binary operator by its OP_* number of slots.ts. */
function binary(op: number, a: number, b: number, inplace: number): number {
  return inplace === 0 ? abstract.binaryOp(op, a, b) : abstract.inplaceOp(op, a, b);
}

/**
 * A binary operator whose fast path did not fit: the two operands on top of the stack become the result in the lower one's place. 0 with the
 * exception set. Operator numbers of slots.ts are in the order of the opcodes.
 */
export function binaryTop(opcode: number, fp: number, pc: number, sp: number, inplace: number): number {
  I32[fp + L.F_PC] = pc;
  I32[fp + L.F_SP] = sp;
  begin(fp);
  const a = I32[sp - 2];
  const b = I32[sp - 1];
  const r =
    opcode === O.OP_BINARY_ADD
      ? add(a, b, inplace)
      : opcode === O.OP_BINARY_SUB
        ? sub(a, b, inplace)
        : opcode === O.OP_BINARY_MUL
          ? mul(a, b, inplace)
          : binary(opcode - O.OP_BINARY_ADD, a, b, inplace);
  I32[sp - 2] = r;
  return r;
}

const ordered = (op: number, order: number): number => H.fromBool(satisfies(order, op));

export function compare(op: number, a: number, b: number): number {
  if (isPlainStr(a) && isPlainStr(b)) {
    if (op === 2 || op === 3) return H.fromBool(strEquals(a, b) === (op === 2));
    return ordered(op, compareStr(a, b));
  }
  if (isInt(a) && isInt(b)) return ordered(op, compareInts(a, b));
  return abstract.compareOp(a, b, op);
}

/** `is`: handles, or value bits of floats and large ints (NaN keeps its handle). */
export function identical(a: number, b: number): boolean {
  if (a === b) return true;
  const tag = a & 7;
  if ((tag !== 2 && tag !== 4) || (b & 7) !== tag) return false;
  const x = H.granule(a);
  return Object.is(x, H.granule(b)) && !Number.isNaN(x);
}

/** o[k]. */
export function subscript(o: number, k: number): number {
  if ((o & 7) === 0) {
    const head = I32[o >>> 2] & (0xff | L.FLAG_SUBCLASS);
    if (head === L.KIND_LIST && (k & 1) !== 0) return listGetItem(o, k >> 1);
    if (head === L.KIND_DICT) return dictGetItem(o, k);
    if (head === L.KIND_TUPLE && (k & 1) !== 0) {
      const w = o >>> 2;
      const n = I32[w + L.TUPLE_LENGTH];
      const i = k >> 1;
      if (i >= 0 && i < n) return I32[w + L.TUPLE_ITEMS + i];
      if (i < 0 && i + n >= 0) return I32[w + L.TUPLE_ITEMS + i + n];
    }
    if (head === L.KIND_STR && (k & 1) !== 0) {
      const n = I32[(o >>> 2) + L.STR_LENGTH];
      const i = k < 0 ? ((k >> 1) + n) | 0 : k >> 1;
      if (i >>> 0 < n) return H.char(strCharAt(o, i));
    }
  }
  return abstract.getItem(o, k);
}

/** o[k] = v: 1, or 0 with the exception set. */
export function storeSubscript(o: number, k: number, v: number): number {
  if ((o & 7) === 0) {
    const head = I32[o >>> 2] & (0xff | L.FLAG_SUBCLASS);
    if (head === L.KIND_LIST && (k & 1) !== 0) return listSetItem(o, k >> 1, v);
    if (head === L.KIND_DICT) return dictSet(o, k, v);
  }
  return abstract.setItem(o, k, v);
}

/** FOR_ITER: next value, or 0. */
export function iterNext(it: number): number {
  if ((it & 7) === 0) {
    const kind = I32[it >>> 2] & 0xff;
    if (kind === L.KIND_ITER) return iterAdvance(it);
    if (kind === L.KIND_GENERATOR) return nextGenerator(it);
    const type = I32[(it >>> 2) + 2];
    const next = T.isBuiltinType(type) ? slots.next[T.typeId(type)] : undefined;
    if (next !== undefined) {
      const value = next(it);
      if (value === 0 && pendingException() !== 0 && pendingIs('StopIteration')) clearException();
      return value;
    }
  }
  return abstract.iterNext(it);
}

export const buildTuple = (word: number, n: number): number => newTupleFrom(word, n);
export const buildList = (word: number, n: number): number => newListFrom(word, n);
export const listAppend = (list: number, value: number): void => void appendToList(list, value);

/** Rare instructions: 1 go on, 0 with the exception set, -1 another frame is current, -3 the entry frame returned (value in CAR_SCRATCH_1). */
export function rare(op: number, arg: number, fp: number): number {
  const f = rareOps[op];
  if (f === undefined) return raise('SystemError', `unknown opcode ${op}`);
  begin(fp);
  return f(arg, fp);
}
