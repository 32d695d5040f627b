/** `type.__new__`: a class from its name, bases and namespace (https://docs.python.org/3.14/reference/datamodel.html#creating-the-class-object). */
import { newOldObject } from '../heap/alloc.js';
import { ageAll, storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { logOld } from '../heap/marking.js';
import { atomics, i32 } from '../heap/memory.js';
import { findWeak } from '../heap/weak.js';
import { repr } from './abstract.js';
import {
  descriptorGet,
  lookupAfter,
  lookupInType,
  TYPE_FLAG_FINAL,
  TYPE_FLAG_MAPPING,
  TYPE_FLAG_NO_DICT,
  TYPE_FLAG_SEQUENCE,
  TYPE_FLAG_HAS_DEL,
  TYPE_FLAG_WEAKREF,
} from './attribute.js';
import { callArgs } from './call.js';
import { newGetSet, registerAccessors } from './define.js';
import { dictCopy, dictDelStr, dictGetStr, dictSetStr, dictSnapshot } from './dict.js';
import { addNote } from './exception-notes.js';
import { raise, setException, takeException, typeName, typeNameOf } from './exceptions.js';
import { listAppend, listCapacity, listLength, listReplace, listSnapshot, newList } from './list.js';
import { linearise, tupleHandles } from './mro.js';
import * as N from './names.js';
import { isStr, isSubtype, typeOf } from './object.js';
import { newRootShape } from './shape.js';
import { special1, special3 } from './special.js';
import { intern, internStr, toJS } from './strings.js';
import { notDerived } from './super.js';
import { publish, readBegin } from './sync.js';
import { newTupleOf } from './tuple.js';
import * as T from './type-ids.js';
import { freshTypeVersion, liveSubclasses, typeModified } from './type-version.js';
import { warn } from './warn.js';
import { sharedWeakref, weakReferent } from './weakref.js';

const I32 = i32;
const C = CARRIER;
const N_MRO = intern('mro');

/** Set in boot: any iterable to a tuple; the accessors of an instance's `__dict__` and `__weakref__`. */
export const typeHooks = {
  tuple: (_h: number): number => 0,
  dict: registerAccessors({
    get: (o) => instanceHooks.getDict(o),
    set: (o, v) => instanceHooks.setDict(o, v),
  }),
  weakref: registerAccessors({ get: (o) => findWeak(o, () => true) || H.NONE }),
};

/** Set by object-type.ts. */
export const instanceHooks = {
  getDict: (_o: number): number => 0,
  setDict: (_o: number, _value: number): number => 0,
};

export const isType = (h: number): boolean => (h & 7) === 0 && h !== 0 && (I32[h >>> 2] & 0xff) === L.KIND_TYPE;
const word = (type: number, w: number): number => I32[(type >>> 2) + w];
const nameOf = (type: number): string => toJS(word(type, L.TYPE_NAME));
const OBJECT = T.typeHandle(T.T_OBJECT);

/** Lists a class with its base, for `__subclasses__` and changes of the base, by a weak reference. */
export function addSubclass(base: number, type: number): void {
  const at = (base >>> 2) + L.TYPE_SUBCLASSES;
  if (I32[at] === 0) {
    const fresh = newList(0);
    ageAll();
    publish(fresh);
    atomics.cas(at << 2, 0, fresh);
    logOld(fresh);
  }
  dropDead(I32[at]);
  listAppend(I32[at], sharedWeakref(T.T_WEAKREF, type));
}

/** Makes room when the list is full and a good part of it is dead. */
function dropDead(list: number): void {
  const n = listLength(list);
  if (n < 16 || n < listCapacity(list)) return;
  const seen = readBegin(list);
  const live = listSnapshot(list).filter((ref) => weakReferent(ref) !== 0);
  if (live.length < n / 2) listReplace(list, seen, live);
}

export function removeSubclass(base: number, type: number): void {
  const list = word(base, L.TYPE_SUBCLASSES);
  for (;;) {
    const seen = list === 0 ? 0 : readBegin(list);
    const refs = list === 0 ? [] : listSnapshot(list);
    const at = refs.findIndex((ref) => weakReferent(ref) === type);
    if (at < 0) return;
    refs.splice(at, 1);
    if (listReplace(list, seen, refs)) return;
  }
}

/** The direct subclasses of a class that are alive, oldest first. */
export const subclassHandles = liveSubclasses;

// ---------------------------------------------------------------- bases

/** The most derived metaclass of `meta` and those of the bases; 0 with TypeError set. */
function winnerMetaclass(meta: number, bases: readonly number[]): number {
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

/** Built-in types that add nothing to the layout of their base: exceptions without fields of their own. */
export const layoutOf = { same: (_nativeType: number): boolean => false };

/** The nearest class in the line of bases that adds to the layout of instances. */
function solidBase(type: number): number {
  let t = type;
  while (t !== OBJECT && (T.isBuiltinType(t) ? layoutOf.same(t) : word(t, L.TYPE_SLOT_NAMES) === 0))
    t = word(t, L.TYPE_BASE);
  return t;
}

/** The base whose instances' layout the class takes; 0 with TypeError set. */
export function bestBase(bases: readonly number[]): number {
  let best = 0;
  let winner = 0;
  for (const b of bases) {
    if (!isType(b)) return raise('TypeError', 'bases must be types');
    if ((word(b, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_FINAL) !== 0)
      return raise('TypeError', `type '${typeNameOf(b)}' is not an acceptable base type`);
    const candidate = solidBase(b);
    if (winner === 0 || (winner !== candidate && isSubtype(candidate, winner))) {
      winner = candidate;
      best = b;
    } else if (!isSubtype(winner, candidate)) {
      return raise('TypeError', 'multiple bases have instance lay-out conflict');
    }
  }
  return best;
}

/** Have instances of the class an attribute dict? */
const hasDict = (type: number): boolean => type !== OBJECT && (word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_NO_DICT) === 0;

// ---------------------------------------------------------------- __slots__

interface SlotPlan {
  members: number[];
  dict: boolean;
  /** Does the class itself add `__dict__` and `__weakref__` to those of its base? */
  addsDict: boolean;
  addsWeakref: boolean;
}

/** Slots that `__slots__` members take in instances of a class. */
const slotCount = (type: number): number => {
  const shape = T.isBuiltinType(type) ? 0 : word(type, L.TYPE_ROOT_SHAPE);
  return shape === 0 ? 0 : word(shape, L.SHAPE_COUNT);
};

/** Private names in a class body (`__x`) get the class's name in front. */
function mangle(className: string, name: number): number {
  const s = toJS(name);
  if (!s.startsWith('__') || s.endsWith('__') || s.includes('.')) return name;
  const c = className.replace(/^_+/, '');
  return c === '' ? name : intern(`_${c}${s}`);
}

const VAR_SIZED = [T.T_INT, T.T_TUPLE, T.T_BYTES, T.T_TYPE];
// In a function: V8 builds the sets of a property when the expression is made.
const isIdentifier = (text: string): boolean => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);

const fault = (kind: 'TypeError' | 'ValueError', message: string): undefined => void raise(kind, message);

/** `__slots__` as a list of names; undefined with the exception set. */
function slotNames(given: number): number[] | undefined {
  if (isStr(given)) return [internStr(given)];
  const tuple = typeHooks.tuple(given);
  return tuple === 0 ? undefined : tupleHandles(tuple);
}

function planSlots(name: string, dict: number, base: number, bases: readonly number[]): SlotPlan | undefined {
  const given = dictGetStr(dict, N.N_SLOTS);
  const mayDict = !hasDict(base);
  const varSized = VAR_SIZED.some((id) => isSubtype(base, T.typeHandle(id)));
  const mayWeakref = !hasWeakrefs(base) && !varSized;
  if (given === 0) return { members: [], dict: true, addsDict: mayDict, addsWeakref: mayWeakref };
  const names = slotNames(given);
  if (names === undefined) return undefined;
  if (names.length > 0 && varSized)
    return fault('TypeError', `nonempty __slots__ not supported for subtype of '${nameOf(base)}'`);
  const plan: SlotPlan = { members: [], dict: !mayDict, addsDict: false, addsWeakref: false };
  for (const n of names) if (!planSlot(name, n, dict, plan, mayDict, mayWeakref)) return undefined;
  plan.members.sort((a, b) => (toJS(a) < toJS(b) ? -1 : 1));
  if (mayDict && bases.some((b) => b !== base && hasDict(b))) plan.addsDict = true;
  if (mayWeakref && bases.some((b) => b !== base && hasWeakrefs(b))) plan.addsWeakref = true;
  plan.dict ||= plan.addsDict;
  return plan;
}

function planSlot(
  className: string,
  name: number,
  dict: number,
  plan: SlotPlan,
  mayDict: boolean,
  mayWeakref: boolean,
): boolean {
  const complain = (kind: 'TypeError' | 'ValueError', message: string): boolean => fault(kind, message) !== undefined;
  if (!isStr(name)) return complain('TypeError', `__slots__ items must be strings, not '${typeName(name)}'`);
  const text = toJS(name);
  if (!isIdentifier(text)) return complain('TypeError', '__slots__ must be identifiers');
  if (text === '__dict__') {
    if (!mayDict || plan.addsDict) return complain('TypeError', '__dict__ slot disallowed: we already got one');
    plan.addsDict = true;
    return true;
  }
  if (text === '__weakref__') {
    if (!mayWeakref || plan.addsWeakref)
      return complain('TypeError', '__weakref__ slot disallowed: we already got one');
    plan.addsWeakref = true;
    return true;
  }
  const member = mangle(className, internStr(name));
  const special = member === N.N_QUALNAME || member === N.N_CLASSCELL || member === N.N_CLASSDICTCELL;
  if (!special && dictGetStr(dict, member) !== 0)
    return complain('ValueError', `'${toJS(member)}' in __slots__ conflicts with class variable`);
  plan.members.push(member);
  return true;
}

const hasWeakrefs = (type: number): boolean => (word(type, L.TYPE_TYPE_FLAGS) & TYPE_FLAG_WEAKREF) !== 0;

/** Are its instances plain ones, attributes in slots? */
const isPlain = (type: number): boolean =>
  nativeId(type) === T.T_OBJECT || word(type, L.TYPE_INSTANCE_KIND) === L.KIND_INSTANCE;

function addMembers(type: number, plan: SlotPlan, first: number): void {
  const dict = word(type, L.TYPE_DICT);
  plan.members.forEach((name, i) => {
    const m = newOldObject(L.KIND_MEMBER, 64, T.typeHandle(T.T_MEMBER));
    I32[(m >>> 2) + L.MEMBER_NAME] = name;
    I32[(m >>> 2) + L.MEMBER_OWNER] = type;
    I32[(m >>> 2) + L.MEMBER_SLOT] = isPlain(type) ? first + i : -1;
    dictSetStr(dict, name, m);
  });
  if (plan.addsDict) dictSetStr(dict, N.N_DICT, newGetSet('__dict__', typeHooks.dict, type));
  if (plan.addsWeakref) dictSetStr(dict, N.N_WEAKREF, newGetSet('__weakref__', typeHooks.weakref, type));
}

// ---------------------------------------------------------------- the class object

/** Words of an instance: slots of `__slots__`, the attributes its methods set, and some room. */
function instanceWords(type: number, base: number, slots: number): number {
  const attributes = dictGetStr(word(type, L.TYPE_DICT), N.N_STATIC_ATTRIBUTES);
  const tuple = (attributes & 7) === 0 && attributes !== 0 && (I32[attributes >>> 2] & 0xff) === L.KIND_TUPLE;
  const own = tuple ? word(attributes, L.TUPLE_LENGTH) : 0;
  const inherited = T.isBuiltinType(base) ? 0 : word(base, L.TYPE_INSTANCE_WORDS) - L.INSTANCE_SLOTS;
  const wanted = L.INSTANCE_SLOTS + Math.min(Math.max(own + slots, Math.max(inherited, own)), 120);
  return (wanted + 15) & ~15;
}

function wrapFunction(dict: number, name: number, kind: number, typeOfKind: number): void {
  const f = dictGetStr(dict, name);
  if (f === 0 || (f & 7) !== 0 || (I32[f >>> 2] & 0xff) !== L.KIND_FUNCTION) return;
  const w = newOldObject(kind, 64, T.typeHandle(typeOfKind));
  storeRef(w, L.STATICMETHOD_FUNCTION, f);
  dictSetStr(dict, name, w);
}

/** Special rules of class bodies: `__new__` is static, `__init_subclass__` and `__class_getitem__` are class methods, `__eq__` unsets `__hash__`. */
function adjustDict(dict: number): void {
  wrapFunction(dict, N.N_NEW, L.KIND_STATICMETHOD, T.T_STATICMETHOD);
  wrapFunction(dict, N.N_INIT_SUBCLASS, L.KIND_CLASSMETHOD, T.T_CLASSMETHOD);
  wrapFunction(dict, N.N_CLASS_GETITEM, L.KIND_CLASSMETHOD, T.T_CLASSMETHOD);
}

/** `__module__` of a class made now: the `__name__` of the innermost Python frame's globals; 0 when there is none. */
function callersModule(): number {
  for (let f = I32[C + L.CAR_CONTEXT]; f !== 0; f = I32[f + L.F_PREVIOUS]) {
    if (I32[f + L.F_CODE] !== 0) return dictGetStr(I32[f + L.F_GLOBALS], N.N_NAME);
  }
  return 0;
}

const MATCH_FLAGS = TYPE_FLAG_SEQUENCE | TYPE_FLAG_MAPPING;

/**
 * Computes the MRO of a class from its bases and takes over what follows from it: 1; 0 with the exception set; 2 when the metaclass's mro() assigned
 * bases, so that there is a newer one.
 */
export function setMro(type: number): number {
  const bases = tupleHandles(word(type, L.TYPE_BASES));
  const seen = bases.find((b, i) => bases.indexOf(b) < i);
  if (seen !== undefined) return raise('TypeError', `duplicate base class ${nameOf(seen)}`);
  const before = word(type, L.TYPE_MRO);
  const slot = root(before);
  const own = mroFunction(type);
  const mro = own === 0 ? linearise(type, bases) : customMro(own, type);
  unroot(slot);
  if (mro === undefined) return 0;
  if (word(type, L.TYPE_MRO) !== before) return 2;
  storeRef(type, L.TYPE_MRO, newTupleOf(mro));
  // What mro() looked up in it may be remembered as missing.
  if (own !== 0) typeModified(type);
  const w = type >>> 2;
  for (const b of mro) I32[w + L.TYPE_TYPE_FLAGS] |= word(b, L.TYPE_TYPE_FLAGS) & MATCH_FLAGS;
  return 1;
}

/** mro() of the metaclass; 0 when that is type's. */
function mroFunction(type: number): number {
  const f = lookupInType(typeOf(type), N_MRO);
  return f === 0 || (I32[f >>> 2] & 0xff) === L.KIND_NATIVE ? 0 : f;
}

/** What the metaclass's mro() returns; undefined with the exception set. */
function customMro(f: number, type: number): number[] | undefined {
  const given = special1(f, type);
  const tuple = given === 0 ? 0 : typeHooks.tuple(given);
  if (tuple === 0) return undefined;
  const mro = tupleHandles(tuple);
  const solid = solidBase(type);
  for (const t of mro) {
    if (!isType(t)) return fault('TypeError', `mro() returned a non-class ('${typeName(t)}')`);
    if (!isSubtype(solid, solidBase(t)))
      return fault('TypeError', `mro() returned base with unsuitable layout ('${nameOf(t)}')`);
  }
  return mro;
}

function fillType(type: number, name: number, bases: readonly number[], base: number, dict: number): number {
  const w = type >>> 2;
  I32[w + L.TYPE_NAME] = name;
  const qualname = dictGetStr(dict, N.N_QUALNAME);
  if (qualname !== 0 && !isStr(qualname))
    return raise('TypeError', `type __qualname__ must be a str, not ${typeName(qualname)}`);
  storeRef(type, L.TYPE_QUALNAME, qualname === 0 ? name : qualname);
  if (qualname !== 0) dictDelStr(dict, N.N_QUALNAME);
  if (dictGetStr(dict, N.N_MODULE) === 0) {
    const module = callersModule();
    if (module !== 0) dictSetStr(dict, N.N_MODULE, module);
  }
  storeRef(type, L.TYPE_DICT, dict);
  storeRef(type, L.TYPE_BASES, newTupleOf(bases));
  storeRef(type, L.TYPE_BASE, base);
  I32[w + L.TYPE_NATIVE_ID] = nativeId(base);
  I32[w + L.TYPE_INSTANCE_KIND] = word(base, L.TYPE_INSTANCE_KIND);
  I32[w + L.TYPE_TYPE_FLAGS] = word(base, L.TYPE_TYPE_FLAGS) & MATCH_FLAGS;
  I32[w + L.TYPE_VERSION] = freshTypeVersion();
  const module = dictGetStr(dict, N.N_MODULE);
  if (module !== 0) storeRef(type, L.TYPE_MODULE, module);
  return 1;
}

/** Takes a cell that the class body left in the namespace: its handle, 0 when there is none, -1 with the exception set. */
function takeCell(dict: number, name: number): number {
  const cell = dictGetStr(dict, name);
  if (cell === 0) return 0;
  dictDelStr(dict, name);
  if ((cell & 7) === 0 && (I32[cell >>> 2] & 0xff) === L.KIND_CELL) return cell;
  const shown = repr(typeOf(cell));
  return shown === 0 ? -1 : raise('TypeError', `${toJS(name)} must be a nonlocal cell, not ${toJS(shown)}`) - 1;
}

/** What it roots, its caller drops. */
function finishType(type: number, base: number, dict: number, plan: SlotPlan): number {
  const cell = takeCell(dict, N.N_CLASSCELL);
  root(cell === -1 ? 0 : cell);
  const dictCell = cell === -1 ? -1 : takeCell(dict, N.N_CLASSDICTCELL);
  if (dictCell === -1) return 0;
  root(dictCell);
  const first = slotCount(base);
  addMembers(type, plan, first);
  if (plan.members.length > 0) storeRef(type, L.TYPE_SLOT_NAMES, newTupleOf(plan.members));
  const weakrefs = plan.addsWeakref || hasWeakrefs(base);
  I32[(type >>> 2) + L.TYPE_TYPE_FLAGS] |= (plan.dict ? 0 : TYPE_FLAG_NO_DICT) | (weakrefs ? TYPE_FLAG_WEAKREF : 0);
  I32[(type >>> 2) + L.TYPE_INSTANCE_WORDS] = instanceWords(type, base, first + plan.members.length);
  storeRef(type, L.TYPE_ROOT_SHAPE, newRootShape(type, first + plan.members.length));
  if (setMro(type) === 0) return 0;
  if (lookupInType(type, N.N_DEL) !== 0) I32[(type >>> 2) + L.TYPE_TYPE_FLAGS] |= TYPE_FLAG_HAS_DEL;
  if (dictGetStr(dict, N.N_EQ) !== 0 && dictGetStr(dict, N.N_HASH) === 0) dictSetStr(dict, N.N_HASH, H.NONE);
  if (dictGetStr(dict, N.N_DOC) === 0) dictSetStr(dict, N.N_DOC, H.NONE);
  if (cell !== 0) storeRef(cell, L.CELL_VALUE, type);
  if (dictCell !== 0) storeRef(dictCell, L.CELL_VALUE, dict);
  return 1;
}

/** type.__new__(meta, name, bases, namespace, **kwargs): the class, 0 with the exception set. */
function newType(
  given: number,
  name: number,
  baseTuple: number,
  namespace: number,
  kwargs: readonly number[],
  kwnames: number,
): number {
  const bases = tupleHandles(baseTuple);
  for (const b of bases) {
    if (!isType(b) && lookupInType(typeOf(b), N.N_MRO_ENTRIES) !== 0)
      return raise('TypeError', "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  if (bases.length === 0) bases.push(OBJECT);
  const meta = winnerMetaclass(given, bases);
  if (meta === 0) return 0;
  const make = meta === given ? 0 : lookupInType(meta, N.N_NEW);
  if (make !== 0 && (I32[make >>> 2] & 0xff) !== L.KIND_NATIVE) {
    const f = descriptorGet(make, 0, meta);
    return f === 0 ? 0 : callArgs(f, [meta, name, baseTuple, namespace, ...kwargs], kwnames);
  }
  const base = bestBase(bases);
  if (base === 0) return 0;
  if (toJS(name).includes('\0')) return raise('ValueError', 'type name must not contain null characters');
  const dict = dictCopy(namespace);
  const slot = root(dict);
  rootAll(bases);
  const type = newOldObject(L.KIND_TYPE, 256, meta);
  root(type);
  const plan = planSlots(toJS(name), dict, base, bases);
  adjustDict(dict);
  const ok =
    plan !== undefined &&
    fillType(type, internStr(name), bases, base, dict) !== 0 &&
    finishType(type, base, dict, plan) !== 0;
  if (ok) for (const b of bases) addSubclass(b, type);
  ageAll();
  const announced = ok && setNames(type, dict) && initSubclass(type, kwargs, kwnames);
  unroot(slot);
  return announced ? type : 0;
}

/** `__set_name__` of the namespace's values. What it roots, its caller drops. */
function setNames(type: number, dict: number): boolean {
  const { keys, values } = dictSnapshot(dict);
  rootAll(keys);
  rootAll(values);
  if (!keys.every(isStr) && warn('RuntimeWarning', `non-string key in the __dict__ of class ${nameOf(type)}`, 1) === 0)
    return false;
  for (let i = 0; i < keys.length; i++) {
    const f = lookupInType(typeOf(values[i]), N.N_SET_NAME);
    if (f === 0 || special3(f, values[i], type, keys[i]) !== 0) continue;
    const e = takeException();
    const slot = root(e);
    const key = repr(keys[i]);
    if (key !== 0)
      addNote(e, `Error calling __set_name__ on '${typeName(values[i])}' instance ${toJS(key)} in '${nameOf(type)}'`);
    unroot(slot);
    setException(e);
    return false;
  }
  return true;
}

/** super(type, type).__init_subclass__(**kwargs). */
function initSubclass(type: number, kwargs: readonly number[], kwnames: number): boolean {
  if (!tupleHandles(word(type, L.TYPE_MRO)).includes(type)) return notDerived(type, type) !== 0;
  const hook = lookupAfter(type, type, N.N_INIT_SUBCLASS);
  if (hook === 0) return true;
  const bound = descriptorGet(hook, 0, type);
  return bound !== 0 && callArgs(bound, kwargs, kwnames) !== 0;
}

/** slots.create of `type`: the three-argument form (one argument is handled by the call). */
export function createType(meta: number, args: number, n: number, kwnames: number): number {
  if (n !== 3)
    return raise(
      'TypeError',
      meta === T.typeHandle(T.T_TYPE)
        ? 'type() takes 1 or 3 arguments'
        : `type.__new__() takes exactly 3 arguments (${n} given)`,
    );
  const [name, bases, namespace] = [I32[args], I32[args + 1], I32[args + 2]];
  if (!isStr(name)) return raise('TypeError', `type.__new__() argument 1 must be str, not ${typeName(name)}`);
  if ((bases & 7) !== 0 || (I32[bases >>> 2] & 0xff) !== L.KIND_TUPLE)
    return raise('TypeError', `type.__new__() argument 2 must be tuple, not ${typeName(bases)}`);
  if ((namespace & 7) !== 0 || (I32[namespace >>> 2] & 0xff) !== L.KIND_DICT)
    return raise('TypeError', `type.__new__() argument 3 must be dict, not ${typeName(namespace)}`);
  const count = kwnames === 0 ? 0 : word(kwnames, L.TUPLE_LENGTH);
  return newType(meta, name, bases, namespace, Array.from(I32.subarray(args + n, args + n + count)), kwnames);
}
