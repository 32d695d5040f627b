/** The type `type`: attributes of classes. Their creation is in type-new.ts. */
import { loadLater } from './later.js';
import { newOldObject } from '../heap/alloc.js';
import { ageAll, storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import { rootAll } from '../heap/hold.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  descriptorGet,
  descriptorSet,
  isDataDescriptor,
  lookupInType,
  TYPE_FLAG_ABSTRACT,
  TYPE_FLAG_BUILTIN,
  TYPE_FLAG_FINAL,
  TYPE_FLAG_HAS_DEL,
  TYPE_FLAG_MAPPING,
  TYPE_FLAG_NO_DICT,
  TYPE_FLAG_SEQUENCE,
} from './attribute.js';
import { isCallable, isTrue } from './abstract.js';
import { call1, callHook } from './call.js';
import { definedTypes, defineType } from './define.js';
import { dictDelStr, dictGetStr, dictSetStr, newOldDict } from './dict.js';
import { raise, typeName } from './exceptions.js';
import { newListFromArray } from './list.js';
import { linearise, tupleHandles } from './mro.js';
import * as N from './names.js';
import { isKind, isStr, isSubtype, typeOf } from './object.js';
import { fromJS, intern, internStr, toJS } from './strings.js';
import { newTupleOf } from './tuple.js';
import { addSubclass, bestBase, createType, isType, removeSubclass, setMro, subclassHandles } from './type-new.js';
import { typeModified } from './type-version.js';
import { typeFullName, typeModule } from './type-name.js';
import * as T from './type-ids.js';

const I32 = i32;

const word = (type: number, w: number): number => I32[(type >>> 2) + w];
const nameOf = (type: number): string => toJS(word(type, L.TYPE_NAME));

// ---------------------------------------------------------------- attributes of classes

function setTypeAttribute(type: number, name: number, value: number): number {
  if ((word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_BUILTIN) !== 0) {
    return raise(
      'TypeError',
      `cannot set '${toJS(name)}' attribute of immutable type '${toJS(word(type, L.TYPE_NAME))}'`,
    );
  }
  const d = lookupInType(typeOf(type), name);
  if (d !== 0 && isDataDescriptor(d)) return descriptorSet(d, type, value);
  const dict = word(type, L.TYPE_DICT);
  if (value === 0) {
    if (dictGetStr(dict, name) === 0) {
      return raise('AttributeError', `type object '${toJS(word(type, L.TYPE_NAME))}' has no attribute '${toJS(name)}'`);
    }
    dictDelStr(dict, name);
  } else {
    dictSetStr(dict, name, value);
    if (name === N.N_DEL) I32[(type >>> 2) + L.TYPE_TYPE_FLAGS] |= TYPE_FLAG_HAS_DEL;
  }
  typeModified(type);
  return 1;
}

/** Checks an assignment to a special attribute: 1, or 0 with TypeError set. */
function mayAssign(type: number, name: string, value: number): number {
  const verb = value === 0 ? 'delete' : 'set';
  if (value === 0 || (word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_BUILTIN) !== 0)
    return raise('TypeError', `cannot ${verb} '${name}' attribute of immutable type '${nameOf(type)}'`);
  return 1;
}

/** Setter of `__name__` and `__qualname__`. */
const setText =
  (name: string, at: number) =>
  (type: number, value: number): number => {
    if (mayAssign(type, name, value) === 0) return 0;
    if (!isStr(value))
      return raise('TypeError', `can only assign string to ${nameOf(type)}.${name}, not '${typeName(value)}'`);
    if (at === L.TYPE_NAME && toJS(value).includes('\0'))
      return raise('ValueError', 'type name must not contain null characters');
    storeRef(type, at, internStr(value));
    ageAll();
    return 1;
  };

/** Setter of an attribute that lies in the class's dict. */
const setEntry =
  (name: string) =>
  (type: number, value: number): number => {
    if (mayAssign(type, name, value) === 0) return 0;
    dictSetStr(word(type, L.TYPE_DICT), intern(name), value);
    typeModified(type);
    return 1;
  };

/** Is `base` among the first bases of `type` and theirs? MROs may be older than these while a metaclass's `mro` runs. */
function hasBase(type: number, base: number): boolean {
  for (let t = type; t !== 0; t = word(t, L.TYPE_BASE)) if (t === base) return true;
  return false;
}

/** `cls.__bases__ = (...)`: new MROs for the class and what derives from it. */
function setBases(type: number, value: number): number {
  if (mayAssign(type, '__bases__', value) === 0) return 0;
  if (!isKind(value, L.KIND_TUPLE))
    return raise('TypeError', `can only assign tuple to ${nameOf(type)}.__bases__, not ${typeName(value)}`);
  const bases = tupleHandles(value);
  if (bases.length === 0)
    return raise('TypeError', `can only assign non-empty tuple to ${nameOf(type)}.__bases__, not ()`);
  for (const b of bases) {
    if (!isType(b))
      return raise('TypeError', `${nameOf(type)}.__bases__ must be tuple of classes, not '${typeName(b)}'`);
    if (isSubtype(b, type) || hasBase(b, type))
      return raise('TypeError', 'a __bases__ item causes an inheritance cycle');
  }
  const best = bestBase(bases);
  if (best === 0) return 0;
  const old = word(type, L.TYPE_BASE);
  if (word(best, L.TYPE_NATIVE_ID) !== word(old, L.TYPE_NATIVE_ID))
    return raise('TypeError', `__bases__ assignment: '${nameOf(best)}' object layout differs from '${nameOf(old)}'`);
  return replaceBases(type, value, best);
}

function replaceBases(type: number, bases: number, best: number): number {
  const old = word(type, L.TYPE_BASES);
  const slot = root(old);
  const before = tupleHandles(old);
  const base = word(type, L.TYPE_BASE);
  root(base);
  storeRef(type, L.TYPE_BASES, bases);
  storeRef(type, L.TYPE_BASE, best);
  const replaced: Replaced[] = [];
  const ok = refreshMro(type, replaced);
  if (!ok) takeBack(replaced);
  // A metaclass's mro() may have assigned others meanwhile: these count then.
  if (word(type, L.TYPE_BASES) === bases) {
    if (ok) {
      for (const b of before) removeSubclass(b, type);
      for (const b of tupleHandles(bases)) addSubclass(b, type);
    } else {
      storeRef(type, L.TYPE_BASES, I32[slot]);
      storeRef(type, L.TYPE_BASE, base);
    }
  }
  unroot(slot);
  typeModified(type);
  ageAll();
  return ok ? 1 : 0;
}

interface Replaced {
  readonly type: number;
  readonly before: number;
  readonly after: number;
}

/** New MROs for the class and what derives from it; false with the exception set. What it roots, its caller drops. */
function refreshMro(type: number, replaced: Replaced[]): boolean {
  const before = word(type, L.TYPE_MRO);
  root(type);
  root(before);
  const outcome = setMro(type);
  if (outcome !== 1) return outcome !== 0;
  const after = word(type, L.TYPE_MRO);
  root(after);
  replaced.push({ type, before, after });
  const derived = subclassHandles(type);
  rootAll(derived);
  return derived.every((t) => refreshMro(t, replaced));
}

/** Gives the classes the MROs that they had, but those that have newer ones. */
function takeBack(replaced: readonly Replaced[]): void {
  for (const { type, before, after } of [...replaced].reverse()) {
    if (word(type, L.TYPE_MRO) !== after) continue;
    storeRef(type, L.TYPE_MRO, before);
    typeModified(type);
  }
}

/** `__dict__` of a class: a read-only view. */
function typeDict(type: number): number {
  const p = newOldObject(L.KIND_MAPPINGPROXY, 64, T.typeHandle(T.T_MAPPINGPROXY));
  I32[(p >>> 2) + L.MAPPINGPROXY_MAPPING] = word(type, L.TYPE_DICT);
  return p;
}

/** `cls.__abstractmethods__ = names`: a class with any cannot be instantiated. */
function setAbstractMethods(t: number, v: number): number {
  const name = intern('__abstractmethods__');
  const truth = v === 0 ? 0 : isTrue(v);
  if (truth < 0) return 0;
  const flags = (t >>> 2) + L.TYPE_TYPE_FLAGS;
  I32[flags] = truth === 1 ? I32[flags] | 8 : I32[flags] & ~8;
  const dict = word(t, L.TYPE_DICT);
  if (v === 0 && dictDelStr(dict, name) === 0) return raise('AttributeError', '__abstractmethods__');
  if (v !== 0) dictSetStr(dict, name, v);
  typeModified(t);
  return 1;
}

function typeAnnotations(type: number): number {
  const dict = word(type, L.TYPE_DICT);
  const own = dictGetStr(dict, N.N_ANNOTATIONS) || dictGetStr(dict, intern('__annotations_cache__'));
  if (own !== 0) return own;
  const annotate = dictGetStr(dict, N.N_ANNOTATE) || dictGetStr(dict, intern('__annotate_func__'));
  const made = annotate === 0 || annotate === H.NONE ? newOldDict() : call1(annotate, H.small(1));
  if (made !== 0) dictSetStr(word(type, L.TYPE_DICT), intern('__annotations_cache__'), made);
  return made;
}

/** type.__annotate__: the function that makes the annotations, None where there are none. */
function typeAnnotate(type: number): number {
  if (T.isBuiltinType(type))
    return raise('AttributeError', `type object '${nameOf(type)}' has no attribute '__annotate__'`);
  const dict = word(type, L.TYPE_DICT);
  const annotate = dictGetStr(dict, N.N_ANNOTATE) || dictGetStr(dict, intern('__annotate_func__'));
  return annotate === 0 ? H.NONE : annotate;
}

function setTypeAnnotate(type: number, value: number): number {
  if (value === 0) return raise('TypeError', 'cannot delete __annotate__ attribute');
  if (mayAssign(type, '__annotate__', value) === 0) return 0;
  if (value !== H.NONE && !isCallable(value)) return raise('TypeError', '__annotate__ must be callable or None');
  const dict = word(type, L.TYPE_DICT);
  dictSetStr(dict, intern('__annotate_func__'), value);
  if (value !== H.NONE) dictDelStr(dict, intern('__annotations_cache__'));
  typeModified(type);
  return 1;
}

function setTypeParams(type: number, value: number): number {
  if (mayAssign(type, '__type_params__', value) === 0) return 0;
  dictSetStr(word(type, L.TYPE_DICT), N.N_TYPE_PARAMS, value);
  typeModified(type);
  return 1;
}

function initType(_type: number, _args: number, n: number, kwnames: number): number {
  if (kwnames !== 0 && n === 1 && word(kwnames, L.TUPLE_LENGTH) > 0)
    return raise('TypeError', 'type.__init__() takes no keyword arguments');
  return n === 1 || n === 3 ? 1 : raise('TypeError', 'type.__init__() takes 1 or 3 arguments');
}

/** The built-in types derived from a built-in one, which their definitions tell. */
function builtinSubclasses(type: number): number[] {
  if (!T.isBuiltinType(type)) return [];
  loadLater();
  const derived = definedTypes.filter((d) => d.id !== T.T_OBJECT && T.typeHandle(d.base ?? T.T_OBJECT) === type);
  return derived.map((d) => T.typeHandle(d.id));
}

/** CPython's Py_TPFLAGS, those that programs look at. */
const FLAGS: readonly (readonly [mine: number, theirs: number])[] = [
  [TYPE_FLAG_SEQUENCE, 1 << 5],
  [TYPE_FLAG_MAPPING, 1 << 6],
  [TYPE_FLAG_BUILTIN, 1 << 8],
  [TYPE_FLAG_ABSTRACT, 1 << 20],
];
const HEAPTYPE = 1 << 9;
const BASETYPE = 1 << 10;
const READY = 1 << 12;

function typeFlags(t: number): number {
  const own = word(t, L.TYPE_TYPE_FLAGS);
  const common =
    READY | ((own & TYPE_FLAG_BUILTIN) === 0 ? HEAPTYPE : 0) | ((own & TYPE_FLAG_FINAL) === 0 ? BASETYPE : 0);
  return H.small(FLAGS.reduce((flags, [mine, theirs]) => ((own & mine) === 0 ? flags : flags | theirs), common));
}

defineType({
  id: T.T_TYPE,
  name: 'type',
  kind: L.KIND_TYPE,
  weakrefs: true,
  dict: true,
  methods: [
    ['mro', (a) => newListFromArray(linearise(I32[a], tupleHandles(word(I32[a], L.TYPE_BASES))) ?? []), [0, 0]],
    ['__subclasses__', (a) => newListFromArray([...builtinSubclasses(I32[a]), ...subclassHandles(I32[a])]), [0, 0]],
    ['__instancecheck__', (a) => H.fromBool(isSubtype(typeOf(I32[a + 1]), I32[a])), [1, 1]],
    [
      '__subclasscheck__',
      (a) =>
        isType(I32[a + 1])
          ? H.fromBool(isSubtype(I32[a + 1], I32[a]))
          : raise('TypeError', 'issubclass() arg 1 must be a class'),
      [1, 1],
    ],
  ],
  classMethods: [['__prepare__', () => newOldDict(), 'raw']],
  getset: [
    { name: '__name__', get: (t) => word(t, L.TYPE_NAME), set: setText('__name__', L.TYPE_NAME) },
    {
      name: '__qualname__',
      get: (t) => word(t, L.TYPE_QUALNAME) || word(t, L.TYPE_NAME),
      set: setText('__qualname__', L.TYPE_QUALNAME),
    },
    {
      name: '__module__',
      get: (t) => typeModule(t) || intern('builtins'),
      set: setEntry('__module__'),
    },
    { name: '__bases__', get: (t) => word(t, L.TYPE_BASES), set: setBases },
    { name: '__base__', get: (t) => word(t, L.TYPE_BASE) || H.NONE },
    { name: '__mro__', get: (t) => word(t, L.TYPE_MRO) || H.NONE },
    { name: '__dict__', get: typeDict },
    {
      name: '__doc__',
      get: (t) => {
        if (T.isBuiltinType(t)) return word(t, L.TYPE_DOC) || H.NONE;
        const doc = dictGetStr(word(t, L.TYPE_DICT), N.N_DOC);
        return doc === 0 ? H.NONE : descriptorGet(doc, 0, t);
      },
      set: setEntry('__doc__'),
    },
    { name: '__annotate__', get: typeAnnotate, set: setTypeAnnotate },
    {
      name: '__annotations__',
      get: typeAnnotations,
      set: (t, v) => (dictSetStr(word(t, L.TYPE_DICT), intern('__annotations_cache__'), v), 1),
    },
    { name: '__flags__', get: typeFlags },
    { name: '__basicsize__', get: (t) => H.small(word(t, L.TYPE_INSTANCE_WORDS) * 4) },
    { name: '__itemsize__', get: () => H.small(0) },
    { name: '__dictoffset__', get: (t) => H.small((word(t, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_NO_DICT) !== 0 ? 0 : -1) },
    {
      name: '__abstractmethods__',
      get: (t) => {
        // type's own is this descriptor.
        const v = T.isBuiltinType(t) ? 0 : dictGetStr(word(t, L.TYPE_DICT), intern('__abstractmethods__'));
        return v !== 0 ? v : raise('AttributeError', '__abstractmethods__');
      },
      set: setAbstractMethods,
    },
    {
      name: '__type_params__',
      // What `type` itself has under that name is this accessor.
      get: (t) =>
        (t === T.typeHandle(T.T_TYPE) ? 0 : dictGetStr(word(t, L.TYPE_DICT), N.N_TYPE_PARAMS)) || newTupleOf([]),
      set: setTypeParams,
    },
  ],
  slots: {
    create: createType,
    call: (type, args, n, kw) => callHook.callType(type, args, n, kw),
    init: initType,
    repr: (t) => fromJS(`<class '${typeFullName(t)}'>`),
    setattr: setTypeAttribute,
  },
});
