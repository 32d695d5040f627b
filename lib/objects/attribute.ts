/**
 * Attribute look-up: types with a per-isolate cache by type version, instances by shape, descriptors
 * (https://docs.python.org/3.14/howto/descriptor.html).
 */
import { newObject } from '../heap/alloc.js';
import { barrier, storeRef } from '../heap/barrier.js';
import { unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { hold2, hold3 } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { loadFirst } from '../heap/order.js';
import { dictDelStr, dictGetStr, dictSetStr, newDict } from './dict.js';
import {
  clearException,
  exceptionType,
  pendingException,
  pendingIs,
  raise,
  setException,
  typeName,
} from './exceptions.js';
import { moduleHooks } from './module-hooks.js';
import * as N from './names.js';
import { isStr, isSubtype, slotId, typeOf } from './object.js';
import { addFinalizer } from './weakref.js';
import {
  assignedDict,
  inlineSlots,
  isCrowded,
  isDictShape,
  shapeAdd,
  shapeFind,
  slotHolder,
  slotWord,
} from './shape.js';
import { slots } from './slots.js';
import { special2, special3 } from './special.js';
import { internStr, isInterned, toJS } from './strings.js';
import { begin, end, isOwned, publishStore, readBegin, shareNew } from './sync.js';
import * as T from './type-ids.js';

const I32 = i32;
const CACHE_SIZE = 4096;
/** Isolate-local: (type version, name) -> value, 0 for missing. Values stay alive while the version is current. */
const cache = new Int32Array(CACHE_SIZE * 3);

/** TYPE_TYPE_FLAGS bits. */
export const TYPE_FLAG_NO_DICT = 1;
export const TYPE_FLAG_FINAL = 2;
export const TYPE_FLAG_BUILTIN = 4;
export const TYPE_FLAG_ABSTRACT = 8;
export const TYPE_FLAG_SEQUENCE = 16;
export const TYPE_FLAG_MAPPING = 32;
export const TYPE_FLAG_HAS_DEL = 64;
/** Weak references to instances are allowed. */
export const TYPE_FLAG_WEAKREF = 128;

/** Attribute `name` found in the type's MRO, as stored (no descriptor applied); 0 when missing, without an error. */
export function lookupInType(type: number, name: number): number {
  const version = loadFirst((type >>> 2) + L.TYPE_VERSION);
  const at = ((version * 61 + (name >>> 3)) & (CACHE_SIZE - 1)) * 3;
  if (cache[at] === version && cache[at + 1] === name) return cache[at + 2]!;
  const value = searchMro(type, name);
  // Others may come to lie where a string lay that was no name.
  if (version !== 0 && isInterned(name)) {
    cache[at] = version;
    cache[at + 1] = name;
    cache[at + 2] = value;
  }
  return value;
}

function searchMro(type: number, name: number): number {
  const mro = I32[(type >>> 2) + L.TYPE_MRO]! >>> 2;
  const n = mro === 0 ? 0 : I32[mro + L.TUPLE_LENGTH]!;
  for (let i = 0; i < n; i++) {
    const dict = I32[(I32[mro + L.TUPLE_ITEMS + i]! >>> 2) + L.TYPE_DICT]!;
    const value = dict === 0 ? 0 : dictGetStr(dict, name);
    if (value !== 0) return value;
  }
  return 0;
}

/** Look-up as `super()` does: in the MRO of `type` behind `after`. */
export function lookupAfter(type: number, after: number, name: number): number {
  const mro = I32[(type >>> 2) + L.TYPE_MRO]! >>> 2;
  const n = mro === 0 ? 0 : I32[mro + L.TUPLE_LENGTH]!;
  let i = 0;
  while (i < n && I32[mro + L.TUPLE_ITEMS + i] !== after) i++;
  for (i++; i < n; i++) {
    const value = dictGetStr(I32[(I32[mro + L.TUPLE_ITEMS + i]! >>> 2) + L.TYPE_DICT]!, name);
    if (value !== 0) return value;
  }
  return 0;
}

/** Special method as the interpreter looks it up: in the type only. */
export const lookupSpecial = lookupInType;

/** Word that holds an object's own attribute dict (0 or a DICT); 0 when it can have none. Instances of plain classes use slots instead. */
export function dictWord(o: number): number {
  if ((o & 7) !== 0) return 0;
  const w = o >>> 2;
  const head = I32[w]!;
  switch (head & 0xff) {
    case L.KIND_INSTANCE:
      return 0;
    case L.KIND_MODULE:
      return w + L.MODULE_DICT;
    case L.KIND_FUNCTION:
      return w + L.FUNCTION_DICT;
    case L.KIND_EXCEPTION:
      return w + L.EXCEPTION_DICT;
    case L.KIND_STATICMETHOD:
    case L.KIND_CLASSMETHOD:
      return (head & L.FLAG_SUBCLASS) === 0 ? w + L.STATICMETHOD_DICT : w + (I32[w + 1]! << 4) - 1;
    case L.KIND_TYPE:
      return w + L.TYPE_DICT;
    default:
      if ((head & L.FLAG_SUBCLASS) === 0) return 0;
      return (I32[(I32[w + 2]! >>> 2) + L.TYPE_TYPE_FLAGS]! & TYPE_FLAG_NO_DICT) !== 0 ? 0 : w + (I32[w + 1]! << 4) - 1;
  }
}

/** The object's own attribute dict, made when missing; 0 when it can have none. */
export function ownDict(o: number): number {
  const at = dictWord(o);
  if (at === 0) return 0;
  if (I32[at] === 0) {
    const d = newDict();
    if (!isOwned(o)) shareNew(d);
    if (atomics.cas(at << 2, 0, d) === 0) barrier(o, d);
  }
  return I32[at]!;
}

/** Own attribute of an instance, by slot or dict; 0 when missing. */
export function ownAttribute(o: number, name: number): number {
  if ((o & 7) !== 0) return 0;
  if ((I32[o >>> 2]! & 0xff) === L.KIND_INSTANCE) {
    const slot = shapeFind(I32[(o >>> 2) + L.INSTANCE_SHAPE]!, name);
    if (slot < 0) {
      const dict = assignedDict(o);
      return dict === 0 ? 0 : dictGetStr(dict, name);
    }
    const w = slotWord(o, slot, false);
    return w === 0 ? 0 : I32[w]!;
  }
  const at = dictWord(o);
  return at === 0 || I32[at] === 0 ? 0 : dictGetStr(I32[at]!, name);
}

/** Set by instance-dict.ts: has the instance keep its attributes in a dict from now on, if that can be done now. */
export const dictHook = { use: (_o: number): void => {} };

/** Sets an own attribute of an instance with a shape. The name gets a slot when it has none; it need not be interned. */
export function setSlot(o: number, name: number, value: number): void {
  publishStore(o, value);
  const slot = shapeFind(I32[(o >>> 2) + L.INSTANCE_SHAPE]!, name);
  if (slot < 0) {
    if (isCrowded(I32[(o >>> 2) + L.INSTANCE_SHAPE]!, name)) dictHook.use(o);
    addSlot(o, name, value);
    return;
  }
  const at = slotWord(o, slot, true);
  I32[at] = value;
  if (value !== 0) barrier(slotHolder(o, at), value);
}

/** A new name: of two threads that add names to one instance the second goes on from the shape of the first. */
function addSlot(o: number, given: number, value: number): void {
  const w = (o >>> 2) + L.INSTANCE_SHAPE;
  const name = isDictShape(I32[w]!) ? given : internStr(given);
  for (;;) {
    const seen = readBegin(o);
    const before = I32[w]!;
    if (isDictShape(before)) {
      dictSetStr(assignedDict(o), name, value);
      return;
    }
    if (shapeFind(before, name) >= 0) {
      setSlot(o, name, value);
      return;
    }
    const shape = shapeAdd(before, name);
    const at = slotWord(o, I32[(shape >>> 2) + L.SHAPE_SLOT]!, true);
    if (!begin(o, seen)) continue;
    I32[at] = value;
    I32[w] = shape;
    end(o);
    barrier(slotHolder(o, at), value);
    return;
  }
}

const isDataKind = (kind: number): boolean =>
  kind === L.KIND_PROPERTY || kind === L.KIND_GETSET || kind === L.KIND_MEMBER;

/** Has the descriptor a `__set__` or `__delete__`? */
export function isDataDescriptor(d: number): boolean {
  if ((d & 7) !== 0) return false;
  const head = I32[d >>> 2]!;
  if (isDataKind(head & 0xff)) return true;
  if ((head & 0xff) !== L.KIND_INSTANCE && (head & L.FLAG_SUBCLASS) === 0) return slots.set[slotId(d)] !== undefined;
  const type = I32[(d >>> 2) + 2]!;
  return lookupInType(type, N.N_SET) !== 0 || lookupInType(type, N.N_DELETE) !== 0;
}

/** A bound method. */
export function newMethod(f: number, self: number): number {
  const m = newObject(L.KIND_METHOD, 64, T.typeHandle(T.T_METHOD));
  I32[(m >>> 2) + L.METHOD_FUNCTION] = f;
  I32[(m >>> 2) + L.METHOD_SELF] = self;
  return m;
}

/** NATIVE_NATIVE_FLAGS: bound on access through an instance, and how it prints. */
export const NATIVE_METHOD = 1;
export const NATIVE_WRAPPER = 2;
export const NATIVE_CLASSMETHOD = 4;
export const NATIVE_STATIC = 8;
export const NATIVE_NEW = 16;

function bindNative(f: number, self: number): number {
  const from = f >>> 2;
  const m = newObject(L.KIND_NATIVE, 64, I32[from + 2]!);
  const w = m >>> 2;
  for (let i = 4; i < 16; i++) I32[w + i] = I32[from + i]!;
  I32[w + L.NATIVE_SELF] = self;
  I32[w + 2] = T.typeHandle(
    (I32[from + L.NATIVE_NATIVE_FLAGS]! & NATIVE_WRAPPER) !== 0 ? T.T_METHOD_WRAPPER : T.T_NATIVE,
  );
  return m;
}

/** Has the data descriptor a `__get__`? One without hides no attribute of the object. */
const isReadable = (d: number): boolean =>
  isDataKind(I32[d >>> 2]! & 0xff) || T.isBuiltinType(I32[(d >>> 2) + 2]!) || lookupInType(typeOf(d), N.N_GET) !== 0;

/** Applies a descriptor found in a type: `instance` 0 for access through the class. */
export function descriptorGet(d: number, instance: number, type: number): number {
  const slot = hold3(d, instance, type);
  const r = descriptorGetHeld(d, instance, type);
  unroot(slot);
  return r;
}

function descriptorGetHeld(d: number, instance: number, type: number): number {
  if ((d & 7) !== 0) return d;
  const w = d >>> 2;
  const head = I32[w]!;
  switch (head & 0xff) {
    case L.KIND_FUNCTION:
      return instance === 0 ? d : newMethod(d, instance);
    case L.KIND_NATIVE: {
      const flags = I32[w + L.NATIVE_NATIVE_FLAGS]!;
      // What is bound already is no method of the class that has it.
      if (I32[w + L.NATIVE_SELF] !== 0) return d;
      if ((flags & NATIVE_CLASSMETHOD) !== 0) return bindNative(d, type);
      return instance === 0 || (flags & NATIVE_METHOD) === 0 ? d : bindNative(d, instance);
    }
    case L.KIND_STATICMETHOD:
      if ((head & L.FLAG_SUBCLASS) === 0) return I32[w + L.STATICMETHOD_FUNCTION]!;
      break;
    case L.KIND_CLASSMETHOD:
      if ((head & L.FLAG_SUBCLASS) === 0) return newMethod(I32[w + L.CLASSMETHOD_FUNCTION]!, type);
      break;
    default:
  }
  const getUser =
    (head & 0xff) === L.KIND_INSTANCE || (head & L.FLAG_SUBCLASS) !== 0 ? lookupInType(I32[w + 2]!, N.N_GET) : 0;
  if (getUser !== 0 && (I32[getUser >>> 2]! & 0xff) !== L.KIND_NATIVE)
    return special3(getUser, d, instance === 0 ? H.NONE : instance, type);
  const get = slots.get[slotId(d)];
  return get === undefined ? d : get(d, instance, type);
}

function noModuleAttribute(module: number, name: number): string {
  const own = dictGetStr(I32[(module >>> 2) + L.MODULE_DICT]!, N.N_NAME);
  return own !== 0 && isStr(own)
    ? moduleHooks.noAttribute(module, own, name)
    : `module has no attribute '${toJS(name)}'`;
}

function noAttribute(o: number, name: number): number {
  const kind = (o & 7) === 0 ? I32[o >>> 2]! & 0xff : -1;
  const text =
    kind === L.KIND_TYPE
      ? `type object '${toJS(I32[(o >>> 2) + L.TYPE_NAME]!)}' has no attribute '${toJS(name)}'`
      : kind === L.KIND_MODULE
        ? noModuleAttribute(o, name)
        : `'${typeName(o)}' object has no attribute '${toJS(name)}'`;
  raise('AttributeError', text);
  const e = pendingException();
  I32[(e >>> 2) + L.EXCEPTION_A] = name;
  I32[(e >>> 2) + L.EXCEPTION_B] = o;
  return 0;
}

/** Tells an AttributeError that a program raised what was asked for, unless it says so itself. */
function noteAttribute(o: number, name: number): void {
  const e = pendingException();
  if (e === 0 || !pendingIs('AttributeError')) return;
  const w = e >>> 2;
  if (I32[w + L.EXCEPTION_A] !== 0 || I32[w + L.EXCEPTION_B] !== 0) return;
  storeRef(e, L.EXCEPTION_A, name);
  storeRef(e, L.EXCEPTION_B, o);
}

/** object.__getattribute__ without the error: 0 and no exception when missing. */
export function genericLookup(o: number, name: number): number {
  const type = typeOf(o);
  const d = lookupInType(type, name);
  if (d !== 0 && isDataDescriptor(d) && isReadable(d)) return descriptorGet(d, o, type);
  const own = ownAttribute(o, name);
  if (own !== 0) return own;
  return d === 0 ? 0 : descriptorGet(d, o, type);
}

/** type.__getattribute__ without the error. */
function typeLookup(cls: number, name: number): number {
  const meta = I32[(cls >>> 2) + 2]!;
  const m = lookupInType(meta, name);
  if (m !== 0 && isDataDescriptor(m) && isReadable(m)) return descriptorGet(m, cls, meta);
  const own = lookupInType(cls, name);
  if (own !== 0) return descriptorGet(own, 0, cls);
  return m === 0 ? 0 : descriptorGet(m, cls, meta);
}

/** The default look-up of a value, class or other; 0 without exception when missing. */
export function defaultLookup(o: number, name: number): number {
  if ((o & 7) === 0 && (I32[o >>> 2]! & 0xff) === L.KIND_TYPE) return typeLookup(o, name);
  const special = slots.getattr[slotId(o)];
  return special === undefined ? genericLookup(o, name) : special(o, name);
}

const isNativeFunction = (f: number): boolean => f === 0 || ((f & 7) === 0 && (I32[f >>> 2]! & 0xff) === L.KIND_NATIVE);

/** Attribute or 0: without exception when it is missing, with one for other errors. */
export function lookupAttr(o: number, name: number): number {
  const slot = hold2(o, name);
  const r = lookupAttrHeld(o, name);
  unroot(slot);
  return r;
}

function lookupAttrHeld(o: number, name: number): number {
  const type = typeOf(o);
  if (T.isBuiltinType(type)) return dropAttributeError(defaultLookup(o, name));
  const getattribute = lookupInType(type, N.N_GETATTRIBUTE);
  let value = isNativeFunction(getattribute) ? defaultLookup(o, name) : special2(getattribute, o, name);
  if (value !== 0) return value;
  if (pendingException() !== 0 && !pendingIs('AttributeError')) return 0;
  const getattr = lookupInType(type, N.N_GETATTR);
  if (getattr === 0) return dropAttributeError(0);
  clearException();
  value = special2(getattr, o, name);
  return dropAttributeError(value);
}

function dropAttributeError(value: number): number {
  if (value === 0 && pendingException() !== 0 && pendingIs('AttributeError')) clearException();
  return value;
}

/** `o.name`; 0 with AttributeError (or another error) set. */
export function getAttr(o: number, name: number): number {
  const slot = hold2(o, name);
  const r = getAttrHeld(o, name);
  unroot(slot);
  if (r === 0) noteAttribute(o, name);
  return r;
}

function getAttrHeld(o: number, name: number): number {
  const type = typeOf(o);
  if (T.isBuiltinType(type)) {
    const found = defaultLookup(o, name);
    return found !== 0 || pendingException() !== 0 ? found : noAttribute(o, name);
  }
  const getattribute = lookupInType(type, N.N_GETATTRIBUTE);
  const value = isNativeFunction(getattribute) ? defaultLookup(o, name) : special2(getattribute, o, name);
  if (value !== 0) return value;
  const pending = pendingException();
  if (pending !== 0 && !isSubtype(typeOf(pending), exceptionType('AttributeError'))) return 0;
  const getattr = lookupInType(type, N.N_GETATTR);
  if (getattr === 0) return pending !== 0 ? 0 : noAttribute(o, name);
  clearException();
  return special2(getattr, o, name);
}

/** object.__getattribute__ and type.__getattribute__: the class's own hooks are not asked. */
export function defaultGetAttr(o: number, name: number): number {
  const found = defaultLookup(o, name);
  return found !== 0 || pendingException() !== 0 ? found : noAttribute(o, name);
}

function readOnly(o: number, name: number, d: number): number {
  if (d !== 0) return raise('AttributeError', `'${typeName(o)}' object attribute '${toJS(name)}' is read-only`);
  return raise(
    'AttributeError',
    `'${typeName(o)}' object has no attribute '${toJS(name)}' and no __dict__ for setting new attributes`,
  );
}

/** Deletes an own attribute; false when there is none. */
function deleteOwn(o: number, name: number): boolean {
  if ((I32[o >>> 2]! & 0xff) === L.KIND_INSTANCE) {
    const slot = shapeFind(I32[(o >>> 2) + L.INSTANCE_SHAPE]!, name);
    const at = slot < 0 ? 0 : slotWord(o, slot, false);
    if (slot < 0 && assignedDict(o) !== 0) return deleteFrom(assignedDict(o), name);
    if (at === 0 || I32[at] === 0) return false;
    I32[at] = 0;
    return true;
  }
  return deleteFrom(I32[dictWord(o)]!, name);
}

function deleteFrom(d: number, name: number): boolean {
  return d !== 0 && dictGetStr(d, name) !== 0 && dictDelStr(d, name) !== 0;
}

/** May instances of a class without built-in base have attributes of any name? Those of `object` itself may not. */
const hasInstanceDict = (type: number): boolean =>
  (I32[(type >>> 2) + L.TYPE_TYPE_FLAGS]! & TYPE_FLAG_NO_DICT) === 0 && type !== T.typeHandle(T.T_OBJECT);

/** object.__setattr__ and __delattr__ (value 0): 1, or 0 with the exception set. */
export function genericSetAttr(o: number, name: number, value: number): number {
  const type = typeOf(o);
  const d = lookupInType(type, name);
  if (d !== 0 && isDataDescriptor(d)) return descriptorSet(d, o, value);
  const instance = (o & 7) === 0 && (I32[o >>> 2]! & 0xff) === L.KIND_INSTANCE;
  if (instance ? !hasInstanceDict(type) : dictWord(o) === 0) return readOnly(o, name, d);
  if (value === 0) return deleteOwn(o, name) ? 1 : noAttribute(o, name);
  if (instance) setSlot(o, name, value);
  else return dictSetStr(ownDict(o), name, value);
  return 1;
}

/** Applies a data descriptor's set or, value 0, delete. */
export function descriptorSet(d: number, o: number, value: number): number {
  const head = I32[d >>> 2]!;
  if ((head & 0xff) === L.KIND_INSTANCE || (head & L.FLAG_SUBCLASS) !== 0) {
    const f = lookupInType(I32[(d >>> 2) + 2]!, value === 0 ? N.N_DELETE : N.N_SET);
    if (f === 0) return raise('AttributeError', value === 0 ? '__delete__' : '__set__');
    if ((I32[f >>> 2]! & 0xff) !== L.KIND_NATIVE)
      return (value === 0 ? special2(f, d, o) : special3(f, d, o, value)) === 0 ? 0 : 1;
  }
  return slots.set[slotId(d)]!(d, o, value);
}

/**
 * The special method of a class written in Python that overrides a built-in slot; 0 when the value's type is built in or its method is the
 * built-in's own (then the slot table applies); NONE when the class blocks it.
 */
export function override(h: number, name: number): number {
  if ((h & 7) !== 0) return 0;
  const type = I32[(h >>> 2) + 2]!;
  if (T.isBuiltinType(type)) return 0;
  const f = lookupInType(type, name);
  if (f === 0 || (f & 7) !== 0) return f;
  const w = f >>> 2;
  if ((I32[w]! & 0xff) !== L.KIND_NATIVE || (I32[w + L.NATIVE_NATIVE_FLAGS]! & NATIVE_WRAPPER) === 0) return f;
  return f === lookupInType(T.typeHandle(slotId(h)), name) ? 0 : f;
}

/** `o.name = value`, or `del o.name` for value 0: 1, or 0 with the exception set. */
export function setAttr(o: number, name: number, value: number): number {
  const slot = hold3(o, name, value);
  const r = setAttrHeld(o, name, value);
  unroot(slot);
  return r;
}

function setAttrHeld(o: number, name: number, value: number): number {
  const type = typeOf(o);
  if (!T.isBuiltinType(type)) {
    const f = override(o, value === 0 ? N.N_DELATTR : N.N_SETATTR);
    if (f !== 0) return (value === 0 ? special2(f, o, name) : special3(f, o, name, value)) === 0 ? 0 : 1;
  }
  const special = slots.setattr[slotId(o)];
  return special === undefined ? genericSetAttr(o, name, value) : special(o, name, value);
}

export const delAttr = (o: number, name: number): number => setAttr(o, name, 0);

/** A new instance of a class written in Python without built-in base, no attributes yet. */
export function newInstance(type: number): number {
  const t = type >>> 2;
  const o = newObject(L.KIND_INSTANCE, I32[t + L.TYPE_INSTANCE_WORDS]! << 2, type);
  I32[(o >>> 2) + L.INSTANCE_SHAPE] = I32[t + L.TYPE_ROOT_SHAPE]!;
  if ((I32[t + L.TYPE_TYPE_FLAGS]! & TYPE_FLAG_HAS_DEL) !== 0) addFinalizer(o);
  return o;
}

/** Replaces the pending exception by another keeping nothing of it. */
export function replaceException(e: number): number {
  clearException();
  return setException(e);
}

export { inlineSlots, storeRef };
