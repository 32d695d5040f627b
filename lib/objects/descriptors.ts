/** property, staticmethod, classmethod, super, and the descriptors of built-in types (https://docs.python.org/3.14/howto/descriptor.html). */
import { root, unroot } from '../heap/context.js';
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue, lookupAttr, repr } from './abstract.js';
import { dictWord, getAttr, newMethod, ownDict } from './attribute.js';
import { call1, call2, callArgs, callHook } from './call.js';
import { defineType, type GetSetRow, getters, setters } from './define.js';
import { dictDelStr, dictGetStr, dictSetStr, newDict } from './dict.js';
import { clearException, pendingException, raise, typeName, typeNameOf } from './exceptions.js';
import * as N from './names.js';
import { isSubtype, typeOf } from './object.js';
import { slotHolder, slotWord } from './shape.js';
import { fromJS, intern, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
const orZero = (h: number): number => (h === H.NONE ? 0 : h);

/** A new object of a descriptor kind, of a subclass too. */
function make(kind: number, type: number): number {
  const sub = !T.isBuiltinType(type);
  const o = newObject(kind, sub ? 128 : 64, type);
  if (sub) I32[o >>> 2] |= L.FLAG_SUBCLASS;
  return o;
}

// ---------------------------------------------------------------- property

function propertyInit(p: number, values: readonly number[]): number {
  const words = [L.PROPERTY_FGET, L.PROPERTY_FSET, L.PROPERTY_FDEL, L.PROPERTY_DOC];
  words.forEach((w, i) => storeRef(p, w, orZero(values[i] ?? 0)));
  if ((values[3] ?? 0) === 0 && orZero(values[0] ?? 0) !== 0) {
    const doc = lookupAttr(values[0], N.N_DOC);
    if (doc !== 0) storeRef(p, L.PROPERTY_DOC, orZero(doc));
    else clearException();
  }
  return 1;
}

/** Arguments of property(): positions and names. */
function propertyArguments(args: number, n: number, kwnames: number): number[] | undefined {
  const values = [0, 0, 0, 0];
  const total = n + (kwnames === 0 ? 0 : word(kwnames, L.TUPLE_LENGTH));
  if (total > 4) return void raise('TypeError', `property() takes at most 4 arguments (${total} given)`);
  for (let i = 0; i < Math.min(n, 4); i++) values[i] = I32[args + i];
  const named = kwnames === 0 ? 0 : word(kwnames, L.TUPLE_LENGTH);
  for (let k = 0; k < named; k++) {
    const at = ['fget', 'fset', 'fdel', 'doc'].indexOf(toJS(word(kwnames, L.TUPLE_ITEMS + k)));
    if (at < 0) {
      raise('TypeError', `property() got an unexpected keyword argument '${toJS(word(kwnames, L.TUPLE_ITEMS + k))}'`);
      return undefined;
    }
    values[at] = I32[args + n + k];
  }
  return values;
}

const propertyName = (p: number): string => {
  const own = word(p, L.PROPERTY_NAME);
  if (own !== 0) return `property '${toJS(own)}'`;
  const get = word(p, L.PROPERTY_FGET);
  const name = get === 0 ? 0 : lookupAttr(get, N.N_NAME);
  return name === 0 ? 'property' : `property '${toJS(name)}'`;
};

function propertyGet(p: number, instance: number): number {
  if (instance === 0) return p;
  const f = word(p, L.PROPERTY_FGET);
  return f === 0
    ? raise('AttributeError', `${propertyName(p)} of '${typeName(instance)}' object has no getter`)
    : call1(f, instance);
}

function propertySet(p: number, instance: number, value: number): number {
  const f = word(p, value === 0 ? L.PROPERTY_FDEL : L.PROPERTY_FSET);
  if (f === 0)
    return raise(
      'AttributeError',
      `${propertyName(p)} of '${typeName(instance)}' object has no ${value === 0 ? 'deleter' : 'setter'}`,
    );
  return (value === 0 ? call1(f, instance) : call2(f, instance, value)) === 0 ? 0 : 1;
}

/** A copy with one accessor replaced: the decorators getter, setter, deleter. */
const replace =
  (which: number) =>
  (args: number): number => {
    const p = I32[args];
    const values = [L.PROPERTY_FGET, L.PROPERTY_FSET, L.PROPERTY_FDEL, L.PROPERTY_DOC].map((w) => none(word(p, w)));
    values[which] = I32[args + 1];
    if (which === 0) values[3] = H.NONE;
    const type = typeOf(p);
    const copy = T.isBuiltinType(type) ? make(L.KIND_PROPERTY, type) : callArgs(type, values);
    if (copy === 0) return 0;
    const slot = root(copy);
    if (T.isBuiltinType(type))
      propertyInit(
        copy,
        values.map((v, i) => (i === 3 ? orZero(v) : v)),
      );
    unroot(slot);
    storeRef(copy, L.PROPERTY_NAME, word(p, L.PROPERTY_NAME));
    return copy;
  };

defineType({
  id: T.T_PROPERTY,
  name: 'property',
  kind: L.KIND_PROPERTY,
  methods: [
    ['getter', replace(0), [1, 1]],
    ['setter', replace(1), [1, 1]],
    ['deleter', replace(2), [1, 1]],
    ['__set_name__', (a) => (storeRef(I32[a], L.PROPERTY_NAME, I32[a + 2]), H.NONE), [2, 2]],
  ],
  getset: [
    { name: 'fget', get: (p) => none(word(p, L.PROPERTY_FGET)) },
    { name: 'fset', get: (p) => none(word(p, L.PROPERTY_FSET)) },
    { name: 'fdel', get: (p) => none(word(p, L.PROPERTY_FDEL)) },
    {
      name: '__doc__',
      get: (p) => none(word(p, L.PROPERTY_DOC)),
      set: (p, v) => (storeRef(p, L.PROPERTY_DOC, orZero(v)), 1),
    },
    {
      name: '__name__',
      get: (p) => none(word(p, L.PROPERTY_NAME)),
      set: (p, v) => (storeRef(p, L.PROPERTY_NAME, v), 1),
    },
    {
      name: '__isabstractmethod__',
      get: (p) =>
        H.fromBool(
          [L.PROPERTY_FGET, L.PROPERTY_FSET, L.PROPERTY_FDEL].some((w) => word(p, w) !== 0 && isAbstract(word(p, w))),
        ),
    },
  ],
  slots: {
    create: (type) => make(L.KIND_PROPERTY, type),
    init: (p, args, n, kw) => {
      const values = propertyArguments(args, n, kw);
      return values === undefined ? 0 : propertyInit(p, values);
    },
    get: propertyGet,
    set: propertySet,
  },
});

function isAbstract(f: number): boolean {
  const v = lookupAttr(f, intern('__isabstractmethod__'));
  return v !== 0 && isTrue(v) === 1;
}

// ---------------------------------------------------------------- staticmethod, classmethod

/** An attribute of the function, as the wrapper has it from the first look on. */
function wrappedRow(text: string): GetSetRow {
  const name = intern(text);
  const get = (m: number): number => {
    const slot = root(ownDict(m));
    const own = dictGetStr(I32[slot], name);
    const value = own !== 0 ? own : getAttr(none(word(m, L.STATICMETHOD_FUNCTION)), name);
    if (own === 0 && value !== 0) dictSetStr(I32[slot], name, value);
    unroot(slot);
    return value;
  };
  const set = (m: number, value: number): number => {
    if (value !== 0) return dictSetStr(ownDict(m), name, value);
    if (dictDelStr(ownDict(m), name) !== 0) return 1;
    return raise('AttributeError', `'${typeName(m)}' object has no attribute '${text}'`);
  };
  return { name: text, get, set };
}

function wrapperType(id: number, name: string, kind: number): void {
  defineType({
    id,
    name,
    kind,
    dict: true,
    getset: [
      { name: '__func__', get: (m) => none(word(m, L.STATICMETHOD_FUNCTION)) },
      { name: '__wrapped__', get: (m) => none(word(m, L.STATICMETHOD_FUNCTION)) },
      { name: '__isabstractmethod__', get: (m) => H.fromBool(isAbstract(word(m, L.STATICMETHOD_FUNCTION))) },
      { name: '__dict__', get: (m) => ownDict(m) },
      wrappedRow('__annotations__'),
      wrappedRow('__annotate__'),
    ],
    slots: {
      create: (type) => make(kind, type),
      init: (m, args, n) => {
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
  return raise('AttributeError', `'${typeName(instance)}' object has no attribute '${toJS(word(d, L.MEMBER_NAME))}'`);
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
