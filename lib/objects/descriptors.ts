/** staticmethod, classmethod, super, and the descriptors of built-in types (https://docs.python.org/3.14/howto/descriptor.html). */
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lookupAttr, repr } from './abstract.js';
import { dictWord, getAttr, newMethod, ownDict } from './attribute.js';
import { callHook } from './call.js';
import { defineType, type GetSetRow, getters, readOnly, setters } from './define.js';
import { dictDelStr, dictGetStr, dictSetStr, newDict } from './dict.js';
import { pendingException, raise, typeName, typeNameOf } from './exceptions.js';
import { hasKeywords } from './keywords.js';
import * as N from './names.js';
import { isSubtype, typeOf } from './object.js';
import { abstractResult, isAbstract, makeDescriptor } from './property.js';
import { slotHolder, slotWord } from './shape.js';
import { fromJS, intern, toJS } from './strings.js';
import { qualifiedTypeName } from './type-name.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);

// ---------------------------------------------------------------- staticmethod, classmethod

/** `__annotations__` and `__annotate__` are the function's until something else is assigned; what was read is kept in the wrapper's dict. */
const functionsAttribute = (wrapper: string, name: string): GetSetRow => ({
  name,
  get: (m) => {
    const key = intern(name);
    const own = dictGetStr(ownDict(m), key);
    if (own !== 0) return own;
    const v = getAttr(word(m, L.STATICMETHOD_FUNCTION), key);
    if (v !== 0) dictSetStr(ownDict(m), key, v);
    return v;
  },
  set: (m, v) => {
    if (v !== 0) return dictSetStr(ownDict(m), intern(name), v);
    if (dictDelStr(ownDict(m), intern(name)) === 1) return 1;
    return raise('AttributeError', `'${wrapper}' object has no attribute '${name}'`);
  },
});

function wrapperType(id: number, name: string, kind: number): void {
  defineType({
    id,
    name,
    kind,
    dict: true,
    getset: [
      readOnly('__func__', (m) => word(m, L.STATICMETHOD_FUNCTION)),
      readOnly('__wrapped__', (m) => word(m, L.STATICMETHOD_FUNCTION)),
      { name: '__isabstractmethod__', get: (m) => abstractResult(isAbstract(word(m, L.STATICMETHOD_FUNCTION))) },
      functionsAttribute(name, '__annotations__'),
      functionsAttribute(name, '__annotate__'),
      { name: '__dict__', get: (m) => ownDict(m) },
    ],
    slots: {
      create: (type) => {
        const m = makeDescriptor(kind, type);
        I32[(m >>> 2) + L.STATICMETHOD_FUNCTION] = H.NONE;
        return m;
      },
      init: (m, args, n, kw) => {
        if (hasKeywords(kw)) return raise('TypeError', `${name}() takes no keyword arguments`);
        if (n !== 1) return raise('TypeError', `${name} expected 1 argument, got ${n}`);
        storeRef(m, L.STATICMETHOD_FUNCTION, I32[args]);
        return copyFunctionAttributes(m, I32[args]);
      },
      repr: (m) => {
        const r = repr(word(m, L.STATICMETHOD_FUNCTION));
        return r === 0 ? 0 : fromJS(`<${name}(${toJS(r)})>`);
      },
      get: (m, instance, type) =>
        kind === L.KIND_STATICMETHOD
          ? word(m, L.STATICMETHOD_FUNCTION)
          : newMethod(word(m, L.CLASSMETHOD_FUNCTION), type === 0 || type === H.NONE ? typeOf(instance) : type),
      ...(kind === L.KIND_STATICMETHOD
        ? { call: (m, args, n, kw) => callHook.call(word(m, L.STATICMETHOD_FUNCTION), args, n, kw) }
        : {}),
    },
  });
}

function copyFunctionAttributes(m: number, f: number): number {
  for (const name of [N.N_MODULE, N.N_NAME, N.N_QUALNAME, N.N_DOC]) {
    const v = lookupAttr(f, name);
    if (v !== 0) dictSetStr(ownDict(m), name, v);
    else if (pendingException() !== 0) return 0;
  }
  return 1;
}

wrapperType(T.T_STATICMETHOD, 'staticmethod', L.KIND_STATICMETHOD);
wrapperType(T.T_CLASSMETHOD, 'classmethod', L.KIND_CLASSMETHOD);

// ---------------------------------------------------------------- descriptors of built-in types and __slots__

function checkOwner(d: number, instance: number, owner: number, name: number): boolean {
  if (owner === 0 || isSubtype(typeOf(instance), owner)) return true;
  raise(
    'TypeError',
    `descriptor '${toJS(name)}' for '${toJS(word(owner, L.TYPE_NAME))}' objects doesn't apply to a '${typeName(instance)}' object`,
  );
  return d === -1;
}

defineType({
  id: T.T_GETSET,
  name: 'getset_descriptor',
  kind: L.KIND_GETSET,
  final: true,
  getset: [
    { name: '__name__', get: (d) => word(d, L.GETSET_NAME) },
    { name: '__objclass__', get: (d) => word(d, L.GETSET_OWNER) },
    { name: '__doc__', get: (d) => none(word(d, L.GETSET_DOC)) },
  ],
  slots: {
    get: (d, instance) => {
      if (instance === 0) return d;
      if (!checkOwner(d, instance, word(d, L.GETSET_OWNER), word(d, L.GETSET_NAME))) return 0;
      return getters[word(d, L.GETSET_NATIVE_GET)](instance);
    },
    set: (d, instance, value) => {
      const id = word(d, L.GETSET_NATIVE_SET);
      if (id !== 0)
        return checkOwner(d, instance, word(d, L.GETSET_OWNER), word(d, L.GETSET_NAME))
          ? setters[id]!(instance, value)
          : 0;
      return raise(
        'AttributeError',
        `attribute '${toJS(word(d, L.GETSET_NAME))}' of '${typeNameOf(word(d, L.GETSET_OWNER))}' objects is not writable`,
      );
    },
    repr: (d) =>
      fromJS(`<attribute '${toJS(word(d, L.GETSET_NAME))}' of '${typeNameOf(word(d, L.GETSET_OWNER))}' objects>`),
  },
});

/** What deletion of an unset member says: its name alone, as CPython does. */
const memberUnset = (d: number): number => raise('AttributeError', toJS(word(d, L.MEMBER_NAME)));

function memberMissing(d: number, instance: number): number {
  return raise(
    'AttributeError',
    `'${qualifiedTypeName(instance)}' object has no attribute '${toJS(word(d, L.MEMBER_NAME))}'`,
  );
}

/** Word of the dict in which an instance of a class with a built-in base keeps its members: its attribute dict, or one that nobody else sees. */
function memberDictWord(o: number): number {
  const at = dictWord(o);
  return at !== 0 ? at : (o >>> 2) + (I32[(o >>> 2) + 1] << 4) - 1;
}

function memberDict(o: number): number {
  const at = memberDictWord(o);
  if (I32[at] === 0) storeRef(o, at - (o >>> 2), newDict());
  return I32[at];
}

/** Members of classes with a built-in base keep their values in a dict of the instance. */
function memberGet(d: number, instance: number): number {
  if (instance === 0) return d;
  if (!checkOwner(d, instance, word(d, L.MEMBER_OWNER), word(d, L.MEMBER_NAME))) return 0;
  const slot = word(d, L.MEMBER_SLOT);
  let v: number;
  if (slot < 0) {
    const at = memberDictWord(instance);
    v = I32[at] === 0 ? 0 : dictGetStr(I32[at], word(d, L.MEMBER_NAME));
  } else {
    const at = slotWord(instance, slot, false);
    v = at === 0 ? 0 : I32[at];
  }
  return v === 0 ? memberMissing(d, instance) : v;
}

function memberSet(d: number, instance: number, value: number): number {
  if (!checkOwner(d, instance, word(d, L.MEMBER_OWNER), word(d, L.MEMBER_NAME))) return 0;
  const slot = word(d, L.MEMBER_SLOT);
  if (slot < 0) {
    const dict = memberDict(instance);
    if (value !== 0) return dictSetStr(dict, word(d, L.MEMBER_NAME), value);
    if (dictDelStr(dict, word(d, L.MEMBER_NAME)) === 1) return 1;
    return memberUnset(d);
  }
  const at = slotWord(instance, slot, true);
  if (value === 0 && I32[at] === 0) return memberUnset(d);
  const holder = slotHolder(instance, at);
  storeRef(holder, at - (holder >>> 2), value);
  return 1;
}

defineType({
  id: T.T_MEMBER,
  name: 'member_descriptor',
  kind: L.KIND_MEMBER,
  final: true,
  getset: [
    { name: '__name__', get: (d) => word(d, L.MEMBER_NAME) },
    { name: '__objclass__', get: (d) => word(d, L.MEMBER_OWNER) },
  ],
  slots: {
    get: memberGet,
    set: memberSet,
    repr: (d) =>
      fromJS(
        `<member '${toJS(word(d, L.MEMBER_NAME))}' of '${toJS(word(word(d, L.MEMBER_OWNER), L.TYPE_NAME))}' objects>`,
      ),
  },
});
