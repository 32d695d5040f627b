/** `object`: the methods every class inherits, and instances' `__dict__`. */
import { intFromNumber } from './int.js';
import { heapBytes } from './heap-bytes.js';
import { later } from './later.js';
import { unroot } from '../heap/context.js';
import { rootAll } from '../heap/hold.js';
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getAttr, lookupAttr, repr, str } from './abstract.js';
import {
  genericSetAttr,
  lookupInType,
  newInstance,
  ownAttribute,
  ownDict,
  setSlot,
  TYPE_FLAG_ABSTRACT,
  TYPE_FLAG_NO_DICT,
} from './attribute.js';
import { defineType } from './define.js';
import { dictGetStr, dictSetStr, dictSnapshot, instanceView, newDict } from './dict.js';
import { raise, typeName } from './exceptions.js';
import { identityHash } from './identity.js';
import { listFromIterable, newListFromArray, plainItems } from './list.js';
import { tupleHandles } from './mro.js';
import * as N from './names.js';
import { isStr, isSubtype, typeOf } from './object.js';
import { shapeFind, slotWord } from './shape.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { fromJS, internStr, strLength, toJS } from './strings.js';
import { typeFullName } from './type-name.js';
import { instanceHooks } from './type-new.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;
const isInstance = (o: number): boolean => (o & 7) === 0 && o !== 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE;

/** Names and values of an instance's own attributes, in the order they were first set. */
function ownAttributes(o: number): [number, number][] {
  const out: [number, number][] = [];
  for (let s = I32[(o >>> 2) + L.INSTANCE_SHAPE]; s !== 0; s = I32[(s >>> 2) + L.SHAPE_PARENT]) {
    const name = I32[(s >>> 2) + L.SHAPE_NAME];
    const at = name === 0 ? 0 : slotWord(o, I32[(s >>> 2) + L.SHAPE_SLOT], false);
    if (at !== 0 && I32[at] !== 0) out.push([name, I32[at]]);
  }
  return out.reverse();
}

instanceView.get = (o, key) => (isStr(key) ? ownAttribute(o, internStr(key)) : 0);
instanceView.set = (o, key, value) => {
  if (!isStr(key)) return raise('TypeError', `attribute name must be string, not '${typeName(key)}'`) as 0;
  setSlot(o, internStr(key), value);
  return 1;
};
instanceView.del = (o, key) => {
  const slot = isStr(key) ? shapeFind(I32[(o >>> 2) + L.INSTANCE_SHAPE], internStr(key)) : -1;
  const at = slot < 0 ? 0 : slotWord(o, slot, false);
  if (at === 0 || I32[at] === 0) return 0;
  I32[at] = 0;
  return 1;
};
instanceView.len = (o) => ownAttributes(o).length;
instanceView.items = (o) => {
  const d = newDict();
  for (const [name, value] of ownAttributes(o)) dictSetStr(d, name, value);
  return d;
};

/** `o.__dict__` of an instance: a dict that is a view on its slots, the same object each time. */
export function instanceDict(o: number): number {
  if (!isInstance(o)) {
    const d = ownDict(o);
    return d !== 0 ? d : raise('AttributeError', `'${typeName(o)}' object has no attribute '__dict__'`);
  }
  if ((I32[(typeOf(o) >>> 2) + L.TYPE_TYPE_FLAGS] & TYPE_FLAG_NO_DICT) !== 0)
    return raise('AttributeError', `'${typeName(o)}' object has no attribute '__dict__'`);
  const known = I32[(o >>> 2) + L.INSTANCE_DICT_VIEW];
  if (known !== 0) return known;
  const d = newObject(L.KIND_DICT, 64, T.typeHandle(T.T_DICT));
  I32[d >>> 2] = L.KIND_DICT | L.FLAG_K0;
  storeRef(d, L.DICT_OWNER, o);
  storeRef(o, L.INSTANCE_DICT_VIEW, d);
  return d;
}

export function setInstanceDict(o: number, value: number): number {
  if (value === 0 || (value & 7) !== 0 || (I32[value >>> 2] & 0xff) !== L.KIND_DICT) {
    return raise(
      'TypeError',
      value === 0 ? 'cannot delete __dict__' : `__dict__ must be set to a dictionary, not a '${typeName(value)}'`,
    );
  }
  const { keys, values } = dictSnapshot(value);
  for (const [name] of isInstance(o) ? ownAttributes(o) : []) instanceView.del(o, name);
  const slot = rootAll(values);
  rootAll(keys);
  let ok = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) ok = genericSetAttr(o, internStr(keys[i]), values[i]);
  unroot(slot);
  return ok;
}

instanceHooks.getDict = instanceDict;
instanceHooks.setDict = setInstanceDict;

/** Does the class (or a base other than object) define this method itself? */
function overrides(type: number, name: number): boolean {
  return lookupInType(type, name) !== dictGetStr(I32[(T.typeHandle(T.T_OBJECT) >>> 2) + L.TYPE_DICT], name);
}

const given = (n: number, kwnames: number): boolean => n > 0 || hasKeywords(kwnames);
const nameOf = (type: number): string => toJS(I32[(type >>> 2) + L.TYPE_NAME]);

/** object.__new__: arguments are an error unless the class takes them elsewhere. */
function create(type: number, _args: number, n: number, kwnames: number): number {
  if (given(n, kwnames)) {
    if (overrides(type, N.N_NEW))
      return raise('TypeError', 'object.__new__() takes exactly one argument (the type to instantiate)');
    if (!overrides(type, N.N_INIT)) return raise('TypeError', `${nameOf(type)}() takes no arguments`);
  }
  if ((I32[(type >>> 2) + L.TYPE_TYPE_FLAGS] & TYPE_FLAG_ABSTRACT) !== 0) return abstractError(type);
  return newInstance(type);
}

function abstractError(type: number): number {
  const set = getAttr(type, internStr(fromJS('__abstractmethods__')));
  if (set === 0) return 0;
  const list = listFromIterable(set);
  if (list === 0) return 0;
  const names = (plainItems(list) ?? []).filter(isStr).map(toJS);
  names.sort((a, b) => (a < b ? -1 : 1));
  return raise(
    'TypeError',
    `Can't instantiate abstract class ${toJS(I32[(type >>> 2) + L.TYPE_NAME])} without an implementation for abstract method${names.length > 1 ? 's' : ''} '${names.join("', '")}'`,
  );
}

function init(o: number, _args: number, n: number, kwnames: number): number {
  if (!given(n, kwnames)) return 1;
  const type = typeOf(o);
  if (overrides(type, N.N_INIT))
    return raise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)');
  if (!overrides(type, N.N_NEW))
    return raise('TypeError', `${nameOf(type)}.__init__() takes exactly one argument (the instance to initialize)`);
  return 1;
}

/** Can `__class__` of instances be set to or from it? */
const isMutableClass = (type: number): boolean => !T.isBuiltinType(type);

/** The class that decides the layout of instances: the nearest one that adds `__slots__` members or a dict, or is built in. */
function sameLayout(a: number, b: number): boolean {
  const w = (t: number, at: number): number => I32[(t >>> 2) + at];
  if (w(a, L.TYPE_NATIVE_ID) !== w(b, L.TYPE_NATIVE_ID)) return false;
  const noDict = (t: number): number => w(t, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_NO_DICT;
  return noDict(a) === noDict(b) && memberNames(a).join() === memberNames(b).join();
}

/** Names of all `__slots__` members of a class and its bases. */
function memberNames(type: number): string[] {
  const out: string[] = [];
  for (const t of tupleHandles(I32[(type >>> 2) + L.TYPE_MRO])) {
    const names = T.isBuiltinType(t) ? 0 : I32[(t >>> 2) + L.TYPE_SLOT_NAMES];
    out.unshift(...tupleHandles(names).map(toJS).sort());
  }
  return out;
}

function setClass(o: number, cls: number): number {
  if (cls === 0) return raise('TypeError', "can't delete __class__ attribute");
  if ((cls & 7) !== 0 || (I32[cls >>> 2] & 0xff) !== L.KIND_TYPE)
    return raise('TypeError', `__class__ must be set to a class, not '${typeName(cls)}' object`);
  const old = typeOf(o);
  const module = T.typeHandle(T.T_MODULE);
  const modules = isSubtype(old, module) && isSubtype(cls, module);
  if (!modules && (!isMutableClass(old) || !isMutableClass(cls)))
    return raise('TypeError', '__class__ assignment only supported for mutable types or ModuleType subclasses');
  if (!modules && !sameLayout(old, cls))
    return raise('TypeError', `__class__ assignment: '${nameOf(cls)}' object layout differs from '${nameOf(old)}'`);
  if (!isInstance(o)) {
    storeRef(o, 2, cls);
    return 1;
  }
  const attributes = ownAttributes(o);
  storeRef(o, L.INSTANCE_SHAPE, I32[(cls >>> 2) + L.TYPE_ROOT_SHAPE]);
  storeRef(o, 2, cls);
  for (const [name, value] of attributes) setSlot(o, name, value);
  return 1;
}

function reprObject(o: number): number {
  return fromJS(`<${typeFullName(typeOf(o))} object at 0x${(o >>> 0).toString(16).padStart(12, '0')}>`);
}

/** Names dir() shows: own attributes and those of the classes. */
export function dirNames(o: number): number {
  const names = new Set<string>();
  const add = (dict: number): void => {
    if (dict !== 0) for (const k of dictSnapshot(dict).keys) if (isStr(k)) names.add(toJS(k));
  };
  const isClass = (o & 7) === 0 && (I32[o >>> 2] & 0xff) === L.KIND_TYPE;
  if (isInstance(o)) for (const [name] of ownAttributes(o)) names.add(toJS(name));
  else if (!isClass) {
    const d = lookupAttr(o, N.N_DICT);
    if (d !== 0 && (I32[d >>> 2] & 0xff) === L.KIND_DICT) add(d);
  }
  for (const t of tupleHandles(I32[((isClass ? o : typeOf(o)) >>> 2) + L.TYPE_MRO])) add(I32[(t >>> 2) + L.TYPE_DICT]);
  return newListFromArray([...names].sort((a, b) => (a < b ? -1 : 1)).map(fromJS));
}

function formatObject(o: number, spec: number): number {
  if (!isStr(spec)) return raise('TypeError', `__format__() argument must be str, not ${typeName(spec)}`);
  return strLength(spec) === 0
    ? str(o)
    : raise('TypeError', `unsupported format string passed to ${typeName(o)}.__format__`);
}

/** Set by lib/modules, where copyreg can be imported. */
export const reduceHooks = {
  reduce: later(
    (): ((o: number) => number) => reduceHooks.reduce,
    () => 0,
  ),
  reduceEx: later(
    (): ((o: number, protocol: number) => number) => reduceHooks.reduceEx,
    () => 0,
  ),
  getState: later(
    (): ((o: number) => number) => reduceHooks.getState,
    () => 0,
  ),
};

defineType({
  id: T.T_OBJECT,
  name: 'object',
  methods: [
    ['__format__', (a) => formatObject(I32[a], I32[a + 1]), [1, 1]],
    ['__dir__', (a) => dirNames(I32[a]), [0, 0]],
    ['__sizeof__', (a) => intFromNumber(heapBytes(I32[a])), [0, 0]],
    ['__reduce__', (a) => reduceHooks.reduce(I32[a]), [0, 0]],
    ['__reduce_ex__', (a) => reduceHooks.reduceEx(I32[a], I32[a + 1]), [1, 1]],
    ['__getstate__', (a) => reduceHooks.getState(I32[a]), [0, 0]],
  ],
  classMethods: [
    [
      '__init_subclass__',
      (_a, n, kw) =>
        n > 1 || (kw !== 0 && I32[(kw >>> 2) + L.TUPLE_LENGTH] > 0)
          ? raise(
              'TypeError',
              `${toJS(I32[(I32[_a] >>> 2) + L.TYPE_NAME])}.__init_subclass__() takes no keyword arguments`,
            )
          : H.NONE,
      'raw',
    ],
    ['__subclasshook__', () => H.NOT_IMPLEMENTED, [1, 1]],
  ],
  getset: [{ name: '__class__', get: typeOf, set: setClass }],
  slots: {
    create,
    init,
    repr: reprObject,
    str: repr,
    hash: identityHash,
    compare: (a, b, op) => {
      if (op === CMP_EQ) return a === b ? H.TRUE : H.NOT_IMPLEMENTED;
      return op === CMP_NE && a === b ? H.FALSE : H.NOT_IMPLEMENTED;
    },
  },
});
