/** Classes: `type`, their creation from a class statement, and attributes of classes. */
import { newOldObject } from '../heap/alloc.js';
import { escapeAll, storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { lookupAttr } from './abstract.js';
import {
  descriptorSet,
  isDataDescriptor,
  lookupAfter,
  lookupInType,
  TYPE_FLAG_BUILTIN,
  TYPE_FLAG_FINAL,
  TYPE_FLAG_MAPPING,
  TYPE_FLAG_NO_DICT,
  TYPE_FLAG_SEQUENCE,
  TYPE_FLAG_WEAKREF,
} from './attribute.js';
import { call1, call3, callArgs } from './call.js';
import { defineType } from './define.js';
import { dictCopy, dictDel, dictGetStr, dictSetStr, dictSnapshot, newOldDict } from './dict.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { newListFromArray } from './list.js';
import { linearise, tupleHandles } from './mro.js';
import * as N from './names.js';
import { isStr, isSubtype, typeOf } from './object.js';
import { newRootShape } from './shape.js';
import { fromJS, intern, internStr, toJS } from './strings.js';
import { newTupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

const isType = (h: number): boolean => (h & 7) === 0 && h !== 0 && (I32[h >>> 2] & 0xff) === L.KIND_TYPE;
const word = (type: number, w: number): number => I32[(type >>> 2) + w];

/** A fresh version: look-ups cached under the old one no longer apply. */
export const freshTypeVersion = (): number => atomics.add(L.CTL_TYPE_VERSION_NEXT * 4, 1) + 1;

/** Something in the class's dict or bases changed: it and what derives from it get new versions. */
export function typeModified(type: number): void {
  I32[(type >>> 2) + L.TYPE_VERSION] = freshTypeVersion();
  const list = word(type, L.TYPE_SUBCLASSES);
  if (list === 0) return;
  const store = word(list, L.LIST_ITEMS);
  for (let i = 0; i < word(list, L.LIST_LENGTH); i++) typeModified(I32[(store >>> 2) + L.ARRAY_ITEMS + i]);
}

function addSubclass(base: number, type: number): void {
  if (T.isBuiltinType(base) && word(base, L.TYPE_SUBCLASSES) === 0 && base === T.typeHandle(T.T_OBJECT)) return;
  const list = word(base, L.TYPE_SUBCLASSES);
  const all =
    list === 0
      ? []
      : Array.from(
          { length: word(list, L.LIST_LENGTH) },
          (_, i) => I32[(word(list, L.LIST_ITEMS) >>> 2) + L.ARRAY_ITEMS + i],
        );
  storeRef(base, L.TYPE_SUBCLASSES, newListFromArray([...all, type]));
  escapeAll();
}

/** The most derived metaclass of `meta` and those of the bases; 0 with TypeError set. */
export function winnerMetaclass(meta: number, bases: readonly number[]): number {
  let winner = meta;
  for (const b of bases) {
    const m = typeOf(b);
    if (isSubtype(winner, m)) continue;
    if (isSubtype(m, winner)) winner = m;
    else
      return raise(
        'TypeError',
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
  }
  return winner;
}

const nativeId = (type: number): number => (T.isBuiltinType(type) ? T.typeId(type) : word(type, L.TYPE_NATIVE_ID));
const hasOwnSlots = (type: number): boolean => !T.isBuiltinType(type) && word(type, L.TYPE_SLOT_NAMES) !== 0;

/** Does the built-in type `a` extend built-in type `b`? */
const extendsNative = (a: number, b: number): boolean => isSubtype(T.typeHandle(a), T.typeHandle(b));

/** The base whose instances' layout the class takes; 0 with TypeError set. */
function bestBase(bases: readonly number[]): number {
  let best = 0;
  for (const b of bases) {
    if (!isType(b)) return raise('TypeError', 'bases must be types');
    if ((word(b, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_FINAL) !== 0)
      return raise('TypeError', `type '${toJS(word(b, L.TYPE_NAME))}' is not an acceptable base type`);
    if (best === 0) best = b;
    else if (nativeId(b) !== nativeId(best)) {
      if (extendsNative(nativeId(b), nativeId(best))) best = b;
      else if (!extendsNative(nativeId(best), nativeId(b)))
        return raise('TypeError', 'multiple bases have instance lay-out conflict');
    } else if (hasOwnSlots(b) && slotCount(b) > slotCount(best)) best = b;
  }
  return best;
}

/** Slots that `__slots__` members take in instances of a class. */
const slotCount = (type: number): number => {
  const shape = T.isBuiltinType(type) ? 0 : word(type, L.TYPE_ROOT_SHAPE);
  return shape === 0 ? 0 : word(shape, L.SHAPE_COUNT);
};

/** `__slots__` as names; undefined with the exception set. */
function slotNames(given: number): number[] | undefined {
  if (isStr(given)) return [internStr(given)];
  const out: number[] = [];
  for (const name of namesOf(given)) {
    if (!isStr(name)) {
      raise('TypeError', `__slots__ items must be strings, not '${typeName(name)}'`);
      return undefined;
    }
    out.push(internStr(name));
  }
  return pendingException() !== 0 ? undefined : out;
}

/** Set in boot: any iterable to a tuple. */
export const typeHooks = { tuple: (_h: number): number => 0 };

function namesOf(iterable: number): number[] {
  const t = typeHooks.tuple(iterable);
  return t === 0 ? [] : tupleHandles(t);
}

/** Private names in a class body (`__x`) get the class's name in front. */
function mangle(className: string, name: number): number {
  const s = toJS(name);
  if (!s.startsWith('__') || s.endsWith('__') || s.includes('.')) return name;
  const c = className.replace(/^_+/, '');
  return c === '' ? name : intern(`_${c}${s}`);
}

interface SlotPlan {
  members: number[];
  noDict: boolean;
  /** May there be weak references to instances? */
  weakrefs: boolean;
}

const hasWeakrefs = (type: number): boolean => (word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_WEAKREF) !== 0;

/** Instances of variable size (CPython's `__itemsize__`) have no room for a weak reference list. */
const isVariableSize = (type: number): boolean =>
  [T.T_INT, T.T_TUPLE, T.T_BYTES].some((id) => isSubtype(type, T.typeHandle(id)));

function planSlots(name: string, dict: number, base: number, bases: readonly number[]): SlotPlan | undefined {
  const given = dictGetStr(dict, N.N_SLOTS);
  const inheritsNoDict = (word(base, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_NO_DICT) !== 0;
  const inherited = hasWeakrefs(base);
  const possible = !inherited && !isVariableSize(base);
  if (given === 0) return { members: [], noDict: false, weakrefs: inherited || possible };
  const names = slotNames(given);
  if (names === undefined) return undefined;
  if (names.length > 0 && isVariableSize(base)) {
    raise('TypeError', `nonempty __slots__ not supported for subtype of '${toJS(word(base, L.TYPE_NAME))}'`);
    return undefined;
  }
  const members = names.filter((n) => n !== N.N_DICT && n !== N.N_WEAKREF).map((n) => mangle(name, n));
  for (const m of members) {
    if (dictGetStr(dict, m) !== 0) {
      raise('ValueError', `'${toJS(m)}' in __slots__ conflicts with class variable`);
      return undefined;
    }
  }
  const baseHasDict = !inheritsNoDict && base !== T.typeHandle(T.T_OBJECT) && !T.isBuiltinType(base);
  if (names.includes(N.N_WEAKREF) && !possible) {
    raise('TypeError', '__weakref__ slot disallowed: we already got one');
    return undefined;
  }
  const weakrefs = inherited || names.includes(N.N_WEAKREF) || (possible && bases.some(hasWeakrefs));
  return { members, noDict: !names.includes(N.N_DICT) && !baseHasDict, weakrefs };
}

/** Words of an instance: slots of `__slots__`, the attributes its methods set, and some room. */
function instanceWords(type: number, base: number, slots: number): number {
  const dict = word(type, L.TYPE_DICT);
  const attributes = dictGetStr(dict, N.N_STATIC_ATTRIBUTES);
  const own = attributes === 0 ? 0 : word(attributes, L.TUPLE_LENGTH);
  const inherited = T.isBuiltinType(base) ? 0 : word(base, L.TYPE_INSTANCE_WORDS) - L.INSTANCE_SLOTS;
  const wanted = L.INSTANCE_SLOTS + Math.min(Math.max(own + slots, Math.max(inherited, own)), 120);
  return (wanted + 15) & ~15;
}

function addMembers(type: number, plan: SlotPlan, first: number): void {
  plan.members.forEach((name, i) => {
    const m = newOldObject(L.KIND_MEMBER, 64, T.typeHandle(T.T_MEMBER));
    I32[(m >>> 2) + L.MEMBER_NAME] = name;
    I32[(m >>> 2) + L.MEMBER_OWNER] = type;
    I32[(m >>> 2) + L.MEMBER_SLOT] = nativeId(type) === T.T_OBJECT ? first + i : -1;
    dictSetStr(word(type, L.TYPE_DICT), name, m);
  });
}

function wrapFunction(dict: number, name: number, kind: number, typeOfKind: number): void {
  const f = dictGetStr(dict, name);
  if (f === 0 || (f & 7) !== 0 || (I32[f >>> 2] & 0xff) !== L.KIND_FUNCTION) return;
  const w = newOldObject(kind, 64, T.typeHandle(typeOfKind));
  storeRef(w, L.STATICMETHOD_FUNCTION, f);
  dictSetStr(dict, name, w);
}

function fillType(type: number, name: number, bases: readonly number[], base: number, dict: number): number {
  const w = type >>> 2;
  I32[w + L.TYPE_NAME] = name;
  const qualname = dictGetStr(dict, N.N_QUALNAME);
  if (qualname !== 0 && !isStr(qualname))
    return raise('TypeError', `type __qualname__ must be a str, not ${typeName(qualname)}`);
  storeRef(type, L.TYPE_QUALNAME, qualname === 0 ? name : qualname);
  if (qualname !== 0) dictDel(dict, N.N_QUALNAME);
  storeRef(type, L.TYPE_DICT, dict);
  storeRef(type, L.TYPE_BASES, newTupleOf(bases));
  storeRef(type, L.TYPE_BASE, base);
  I32[w + L.TYPE_NATIVE_ID] = nativeId(base);
  I32[w + L.TYPE_INSTANCE_KIND] = word(base, L.TYPE_INSTANCE_KIND);
  I32[w + L.TYPE_TYPE_FLAGS] = word(base, L.TYPE_TYPE_FLAGS) & (TYPE_FLAG_SEQUENCE | TYPE_FLAG_MAPPING);
  I32[w + L.TYPE_VERSION] = freshTypeVersion();
  const mro = linearise(type, bases);
  if (mro === undefined) return 0;
  storeRef(type, L.TYPE_MRO, newTupleOf(mro));
  for (const b of mro)
    I32[w + L.TYPE_TYPE_FLAGS] |= word(b, L.TYPE_TYPE_FLAGS) & (TYPE_FLAG_SEQUENCE | TYPE_FLAG_MAPPING);
  return 1;
}

/** Special rules of class bodies: `__new__` is static, `__init_subclass__` and `__class_getitem__` are class methods, `__eq__` unsets `__hash__`. */
function adjustDict(dict: number): void {
  wrapFunction(dict, N.N_NEW, L.KIND_STATICMETHOD, T.T_STATICMETHOD);
  wrapFunction(dict, N.N_INIT_SUBCLASS, L.KIND_CLASSMETHOD, T.T_CLASSMETHOD);
  wrapFunction(dict, N.N_CLASS_GETITEM, L.KIND_CLASSMETHOD, T.T_CLASSMETHOD);
  if (dictGetStr(dict, N.N_EQ) !== 0 && dictGetStr(dict, N.N_HASH) === 0) dictSetStr(dict, N.N_HASH, H.NONE);
  if (dictGetStr(dict, N.N_DOC) === 0) dictSetStr(dict, N.N_DOC, H.NONE);
}

/** type.__new__(meta, name, bases, namespace, **kwargs): the class, 0 with the exception set. */
export function newType(
  meta: number,
  name: number,
  baseTuple: number,
  namespace: number,
  kwargs: readonly number[],
  kwnames: number,
): number {
  const bases = tupleHandles(baseTuple);
  if (bases.length === 0) bases.push(T.typeHandle(T.T_OBJECT));
  const base = bestBase(bases);
  if (base === 0) return 0;
  const winner = winnerMetaclass(meta, bases);
  if (winner === 0) return 0;
  const dict = dictCopy(namespace);
  const slot = root(dict);
  const type = newOldObject(L.KIND_TYPE, 256, winner);
  root(type);
  const plan = planSlots(toJS(name), dict, base, bases);
  if (plan === undefined || fillType(type, internStr(name), bases, base, dict) === 0) {
    unroot(slot);
    return 0;
  }
  adjustDict(dict);
  const cell = dictGetStr(dict, N.N_CLASSCELL);
  if (cell !== 0) dictDel(dict, N.N_CLASSCELL);
  const dictCell = dictGetStr(dict, N.N_CLASSDICTCELL);
  if (dictCell !== 0) dictDel(dict, N.N_CLASSDICTCELL);
  const first = slotCount(base);
  addMembers(type, plan, first);
  if (plan.members.length > 0) storeRef(type, L.TYPE_SLOT_NAMES, newTupleOf(plan.members));
  I32[(type >>> 2) + L.TYPE_TYPE_FLAGS] |=
    (plan.noDict ? TYPE_FLAG_NO_DICT : 0) | (plan.weakrefs ? TYPE_FLAG_WEAKREF : 0);
  I32[(type >>> 2) + L.TYPE_INSTANCE_WORDS] = instanceWords(type, base, first + plan.members.length);
  I32[(type >>> 2) + L.TYPE_ROOT_SHAPE] = newRootShape(type, first + plan.members.length);
  const module = dictGetStr(dict, N.N_MODULE);
  if (module !== 0) storeRef(type, L.TYPE_MODULE, module);
  if (cell !== 0) storeRef(cell, L.CELL_VALUE, type);
  if (dictCell !== 0) storeRef(dictCell, L.CELL_VALUE, dict);
  for (const b of bases) addSubclass(b, type);
  escapeAll();
  const ok = announce(type, dict, kwargs, kwnames);
  unroot(slot);
  return ok ? type : 0;
}

/** `__set_name__` of the namespace's values, then the parent's `__init_subclass__`. */
function announce(type: number, dict: number, kwargs: readonly number[], kwnames: number): boolean {
  const { keys, values } = dictSnapshot(dict);
  for (let i = 0; i < keys.length; i++) {
    const f = (values[i] & 7) === 0 ? lookupInType(typeOf(values[i]), N.N_SET_NAME) : 0;
    if (f !== 0 && call3(f, values[i], type, keys[i]) === 0) return false;
  }
  const hook = lookupAfter(type, type, N.N_INIT_SUBCLASS);
  if (hook === 0) return true;
  if ((I32[hook >>> 2] & 0xff) === L.KIND_CLASSMETHOD)
    return callArgs(word(hook, L.CLASSMETHOD_FUNCTION), [type, ...kwargs], kwnames) !== 0;
  return callArgs(hook, [type, ...kwargs], kwnames) !== 0;
}

/** slots.create of `type`: the three-argument form (one argument is handled by the call). */
function create(meta: number, args: number, n: number, kwnames: number): number {
  if (n !== 3) return raise('TypeError', 'type() takes 1 or 3 arguments');
  const [name, bases, namespace] = [I32[args], I32[args + 1], I32[args + 2]];
  if (!isStr(name)) return raise('TypeError', `type.__new__() argument 1 must be str, not ${typeName(name)}`);
  if ((bases & 7) !== 0 || (I32[bases >>> 2] & 0xff) !== L.KIND_TUPLE)
    return raise('TypeError', `type.__new__() argument 2 must be tuple, not ${typeName(bases)}`);
  if ((namespace & 7) !== 0 || (I32[namespace >>> 2] & 0xff) !== L.KIND_DICT)
    return raise('TypeError', `type.__new__() argument 3 must be dict, not ${typeName(namespace)}`);
  const count = kwnames === 0 ? 0 : word(kwnames, L.TUPLE_LENGTH);
  return newType(meta, name, bases, namespace, Array.from(I32.subarray(args + n, args + n + count)), kwnames);
}

/** Bases after `__mro_entries__` (PEP 560); undefined with the exception set. */
function resolveBases(bases: readonly number[]): number[] | undefined {
  const out: number[] = [];
  const tuple = newTupleOf(bases);
  for (const b of bases) {
    if (isType(b)) {
      out.push(b);
      continue;
    }
    const f = lookupAttr(b, N.N_MRO_ENTRIES);
    if (f === 0) {
      if (pendingException() !== 0) return undefined;
      out.push(b);
      continue;
    }
    const r = call1(f, tuple);
    if (r === 0) return undefined;
    out.push(...tupleHandles(r));
  }
  return out;
}

/** `__build_class__(func, name, *bases, metaclass=..., **kwargs)`. `run(func, namespace)` runs the body and returns its cell or None. */
export function buildClass(
  args: number,
  n: number,
  kwnames: number,
  run: (func: number, namespace: number) => number,
): number {
  const func = I32[args];
  const name = I32[args + 1];
  const given = Array.from(I32.subarray(args + 2, args + n));
  const bases = resolveBases(given);
  if (bases === undefined) return 0;
  const names = kwnames === 0 ? [] : tupleHandles(kwnames);
  const values = names.map((_, i) => I32[args + n + i]);
  const at = names.findIndex((k) => toJS(k) === 'metaclass');
  let meta = at >= 0 ? values[at] : bases.length > 0 ? typeOf(bases[0]) : T.typeHandle(T.T_TYPE);
  if (at >= 0) {
    names.splice(at, 1);
    values.splice(at, 1);
  }
  if (isType(meta)) meta = winnerMetaclass(meta, bases.filter(isType));
  if (meta === 0) return 0;
  const baseTuple = newTupleOf(bases);
  const slot = root(baseTuple);
  const rest = newTupleOf(names);
  root(rest);
  const result = buildWith(
    func,
    name,
    meta,
    baseTuple,
    values,
    rest,
    bases.length !== given.length || bases.some((b, i) => b !== given[i]) ? newTupleOf(given) : 0,
    run,
  );
  unroot(slot);
  return result;
}

function buildWith(
  func: number,
  name: number,
  meta: number,
  bases: number,
  values: readonly number[],
  names: number,
  original: number,
  run: (func: number, namespace: number) => number,
): number {
  const prepare = lookupAttr(meta, N.N_PREPARE);
  if (prepare === 0 && pendingException() !== 0) return 0;
  const namespace = prepare === 0 ? newOldDict() : callArgs(prepare, [name, bases, ...values], names);
  if (namespace === 0) return 0;
  root(namespace);
  const cell = run(func, namespace);
  if (cell === 0) return 0;
  if (original !== 0 && (I32[namespace >>> 2] & 0xff) === L.KIND_DICT)
    dictSetStr(namespace, intern('__orig_bases__'), original);
  const type = callArgs(meta, [name, bases, namespace, ...values], names);
  if (
    type !== 0 &&
    (cell & 7) === 0 &&
    (I32[cell >>> 2] & 0xff) === L.KIND_CELL &&
    isType(type) &&
    word(cell, L.CELL_VALUE) === 0
  ) {
    return raise(
      'RuntimeError',
      `__class__ not set defining ${toJS(name)} as ${toJS(name)}. Was __classcell__ propagated to type.__new__?`,
    );
  }
  return type;
}

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
    dictDel(dict, name);
  } else dictSetStr(dict, name, value);
  typeModified(type);
  return 1;
}

/** Qualified name with its module as reprs show it. */
export function typeFullName(type: number): string {
  const q = toJS(word(type, L.TYPE_QUALNAME) || word(type, L.TYPE_NAME));
  const m = typeModule(type);
  return m === 0 || !isStr(m) || toJS(m) === 'builtins' ? q : `${toJS(m)}.${q}`;
}

/** `__module__` of a class; 0 when it has none. */
export const typeModule = (type: number): number => {
  const own =
    (word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_BUILTIN) !== 0 ? 0 : dictGetStr(word(type, L.TYPE_DICT), N.N_MODULE);
  return own !== 0 ? own : word(type, L.TYPE_MODULE);
};

function setName(type: number, value: number): number {
  if (!isStr(value))
    return raise(
      'TypeError',
      `can only assign string to ${toJS(word(type, L.TYPE_NAME))}.__name__, not '${typeName(value)}'`,
    );
  storeRef(type, L.TYPE_NAME, internStr(value));
  escapeAll();
  return 1;
}

/** `__dict__` of a class: a read-only view. */
function typeDict(type: number): number {
  const p = newOldObject(L.KIND_MAPPINGPROXY, 64, T.typeHandle(T.T_MAPPINGPROXY));
  I32[(p >>> 2) + L.MAPPINGPROXY_MAPPING] = word(type, L.TYPE_DICT);
  return p;
}

function subclasses(type: number): number {
  const list = word(type, L.TYPE_SUBCLASSES);
  const n = list === 0 ? 0 : word(list, L.LIST_LENGTH);
  return newListFromArray(
    Array.from({ length: n }, (_, i) => I32[(word(list, L.LIST_ITEMS) >>> 2) + L.ARRAY_ITEMS + i]),
  );
}

function typeAnnotations(type: number): number {
  const dict = word(type, L.TYPE_DICT);
  const own = dictGetStr(dict, N.N_ANNOTATIONS) || dictGetStr(dict, intern('__annotations_cache__'));
  if (own !== 0) return own;
  const annotate = dictGetStr(dict, N.N_ANNOTATE) || dictGetStr(dict, intern('__annotate_func__'));
  const made = annotate === 0 || annotate === H.NONE ? newOldDict() : call1(annotate, H.small(1));
  if (made !== 0) dictSetStr(dict, intern('__annotations_cache__'), made);
  return made;
}

defineType({
  id: T.T_TYPE,
  name: 'type',
  kind: L.KIND_TYPE,
  weakrefs: true,
  methods: [
    ['mro', (a) => newListFromArray(linearise(I32[a], tupleHandles(word(I32[a], L.TYPE_BASES))) ?? []), [0, 0]],
    ['__subclasses__', (a) => subclasses(I32[a]), [0, 0]],
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
    { name: '__name__', get: (t) => word(t, L.TYPE_NAME), set: setName },
    {
      name: '__qualname__',
      get: (t) => word(t, L.TYPE_QUALNAME) || word(t, L.TYPE_NAME),
      set: (t, v) => (storeRef(t, L.TYPE_QUALNAME, v), escapeAll(), 1),
    },
    {
      name: '__module__',
      get: (t) => typeModule(t) || intern('builtins'),
      set: (t, v) => (dictSetStr(word(t, L.TYPE_DICT), N.N_MODULE, v), typeModified(t), 1),
    },
    { name: '__bases__', get: (t) => word(t, L.TYPE_BASES) },
    { name: '__base__', get: (t) => word(t, L.TYPE_BASE) || H.NONE },
    { name: '__mro__', get: (t) => word(t, L.TYPE_MRO) },
    { name: '__dict__', get: typeDict },
    {
      name: '__doc__',
      get: (t) =>
        ((word(t, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_BUILTIN) !== 0
          ? word(t, L.TYPE_DOC)
          : dictGetStr(word(t, L.TYPE_DICT), N.N_DOC)) || H.NONE,
      set: (t, v) => (dictSetStr(word(t, L.TYPE_DICT), N.N_DOC, v), typeModified(t), 1),
    },
    {
      name: '__annotations__',
      get: typeAnnotations,
      set: (t, v) => (dictSetStr(word(t, L.TYPE_DICT), intern('__annotations_cache__'), v), 1),
    },
    { name: '__flags__', get: () => H.small(0) },
    { name: '__basicsize__', get: (t) => H.small(word(t, L.TYPE_INSTANCE_WORDS) * 4) },
    { name: '__itemsize__', get: () => H.small(0) },
    { name: '__dictoffset__', get: (t) => H.small((word(t, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_NO_DICT) !== 0 ? 0 : -1) },
    {
      name: '__abstractmethods__',
      get: (t) => {
        const v = dictGetStr(word(t, L.TYPE_DICT), intern('__abstractmethods__'));
        return v !== 0 ? v : raise('AttributeError', '__abstractmethods__');
      },
      set: (t, v) => {
        const flags = (t >>> 2) + L.TYPE_TYPE_FLAGS;
        I32[flags] = namesOf(v).length > 0 ? I32[flags] | 8 : I32[flags] & ~8;
        dictSetStr(word(t, L.TYPE_DICT), intern('__abstractmethods__'), v);
        typeModified(t);
        return 1;
      },
    },
    { name: '__type_params__', get: (t) => dictGetStr(word(t, L.TYPE_DICT), N.N_TYPE_PARAMS) || newTupleOf([]) },
  ],
  slots: {
    create,
    init: () => 1,
    repr: (t) => fromJS(`<class '${typeFullName(t)}'>`),
    setattr: setTypeAttribute,
  },
});
