/** `object`: the methods every class inherits, and instances' `__dict__`. */
import { intFromNumber } from './int.js';
import { heapBytes } from './heap-bytes.js';
import { later } from './later.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getAttr, lookupAttr, repr, str } from './abstract.js';
import {
  lookupInType,
  newInstance,
  setSlot,
  TYPE_FLAG_ABSTRACT,
  TYPE_FLAG_NO_DICT,
  TYPE_FLAG_WEAKREF,
} from './attribute.js';
import { defineType } from './define.js';
import { dictGetStr, dictSnapshot } from './dict.js';
import { raise, typeName } from './exceptions.js';
import { identityHash } from './identity.js';
import { listFromIterable, newListFromArray, plainItems } from './list.js';
import { tupleHandles } from './mro.js';
import * as N from './names.js';
import { isStr, isSubtype, typeOf } from './object.js';
import { assignDict, isInstance, ownAttributes } from './instance-dict.js';
import { assignedDict } from './shape.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { fromJS, internStr, strLength, toJS } from './strings.js';
import { typeFullName } from './type-name.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;

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
  const added = (t: number): number => w(t, L.TYPE_TYPE_FLAGS) & (TYPE_FLAG_NO_DICT | TYPE_FLAG_WEAKREF);
  return added(a) === added(b) && memberNames(a).join() === memberNames(b).join();
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
  const dict = assignedDict(o);
  const attributes = dict === 0 ? ownAttributes(o) : [];
  storeRef(o, L.INSTANCE_SHAPE, I32[(cls >>> 2) + L.TYPE_ROOT_SHAPE]);
  storeRef(o, 2, cls);
  for (const [name, value] of attributes) setSlot(o, name, value);
  if (dict !== 0) assignDict(o, dict);
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
