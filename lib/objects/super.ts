/** `super` (https://docs.python.org/3.14/library/functions.html#super). */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lookupAttr } from './abstract.js';
import { descriptorGet, genericLookup, lookupAfter } from './attribute.js';
import { callArgs } from './call.js';
import { defineType } from './define.js';
import { clearException, pendingException, raise, typeName } from './exceptions.js';
import * as N from './names.js';
import { isKind, isSubtype, typeOf } from './object.js';
import { fromJS, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const C = CARRIER;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
const isType = (h: number): boolean => h !== 0 && isKind(h, L.KIND_TYPE);
const nameOf = (type: number): string => toJS(word(type, L.TYPE_NAME));

/** The class whose MRO super(cls, self) searches: self's, or self when it is a class; 0 with TypeError set. */
export function superCheck(cls: number, self: number): number {
  if (isType(self) && isSubtype(self, cls)) return self;
  if (isSubtype(typeOf(self), cls)) return typeOf(self);
  const shown = lookupAttr(self, N.N_CLASS);
  if (shown !== 0 && isType(shown) && shown !== typeOf(self) && isSubtype(shown, cls)) return shown;
  clearException();
  return notDerived(cls, self);
}

/** Raises what super(cls, self) does when `self` is of no class derived from `cls`. */
export const notDerived = (cls: number, self: number): number =>
  raise(
    'TypeError',
    `super(type, obj): obj (${isType(self) ? 'type' : 'instance of'} ${isType(self) ? nameOf(self) : typeName(self)}) is not an instance or subtype of type (${nameOf(cls)}).`,
  );

/** A new object of class `type`; attributes of subclasses lie in its last word. */
function make(type: number): number {
  const sub = !T.isBuiltinType(type);
  const o = newObject(L.KIND_SUPER, sub ? 128 : 64, type);
  if (sub) I32[o >>> 2] |= L.FLAG_SUBCLASS;
  return o;
}

/** super(cls, self) that was checked. */
export function newSuper(cls: number, self: number, selfClass: number): number {
  const s = make(T.typeHandle(T.T_SUPER));
  I32[(s >>> 2) + L.SUPER_TYPE] = cls;
  I32[(s >>> 2) + L.SUPER_SELF] = self;
  I32[(s >>> 2) + L.SUPER_SELF_CLASS] = selfClass;
  return s;
}

/** super() without arguments: the class cell and the first argument of the calling frame. */
function implicitSuper(s: number): number {
  let frame = I32[C + L.CAR_CONTEXT];
  while (frame !== 0 && I32[frame + L.F_CODE] === 0) frame = I32[frame + L.F_PREVIOUS];
  if (frame === 0) return raise('RuntimeError', 'super(): no current frame');
  const code = I32[frame + L.F_CODE] >>> 2;
  if (I32[code + L.CODE_ARGCOUNT] === 0) return raise('RuntimeError', 'super(): no arguments');
  let self = I32[frame + L.F_LOCALS];
  if (self !== 0 && isKind(self, L.KIND_CELL)) self = word(self, L.CELL_VALUE);
  if (self === 0) return raise('RuntimeError', 'super(): arg[0] deleted');
  const names = I32[code + L.CODE_NAMES];
  const slots = I32[code + L.CODE_NLOCALS];
  for (let i = slots - I32[code + L.CODE_NFREE]; i < slots; i++) {
    if (word(names, L.TUPLE_ITEMS + i) !== N.N_CLASS) continue;
    const cls = word(I32[frame + L.F_LOCALS + i], L.CELL_VALUE);
    if (cls === 0) return raise('RuntimeError', 'super(): empty __class__ cell');
    if (!isType(cls)) return raise('RuntimeError', `super(): __class__ is not a type (${typeName(cls)})`);
    return setSuper(s, cls, self);
  }
  return raise('RuntimeError', 'super(): __class__ cell not found');
}

function setSuper(s: number, cls: number, self: number): number {
  if (!isType(cls)) return raise('TypeError', `super() argument 1 must be a type, not ${typeName(cls)}`);
  if (self === 0 || self === H.NONE) {
    storeRef(s, L.SUPER_TYPE, cls);
    return 1;
  }
  const selfClass = superCheck(cls, self);
  if (selfClass === 0) return 0;
  storeRef(s, L.SUPER_TYPE, cls);
  storeRef(s, L.SUPER_SELF, self);
  storeRef(s, L.SUPER_SELF_CLASS, selfClass);
  return 1;
}

function superGetattr(s: number, name: number): number {
  const start = word(s, L.SUPER_SELF_CLASS);
  if (start === 0 || name === N.N_CLASS) return genericLookup(s, name);
  const f = lookupAfter(start, word(s, L.SUPER_TYPE), name);
  if (f === 0) {
    const own = genericLookup(s, name);
    return own !== 0 || pendingException() !== 0
      ? own
      : raise('AttributeError', `'super' object has no attribute '${toJS(name)}'`);
  }
  const self = word(s, L.SUPER_SELF);
  return descriptorGet(f, self === start ? 0 : self, start);
}

/** Binding of an unbound super object that is a class attribute. */
function superGet(s: number, instance: number): number {
  if (instance === 0 || word(s, L.SUPER_SELF) !== 0) return s;
  const type = typeOf(s);
  if (type !== T.typeHandle(T.T_SUPER)) return callArgs(type, [word(s, L.SUPER_TYPE), instance]);
  const selfClass = superCheck(word(s, L.SUPER_TYPE), instance);
  return selfClass === 0 ? 0 : newSuper(word(s, L.SUPER_TYPE), instance, selfClass);
}

function superRepr(s: number): number {
  const type = word(s, L.SUPER_TYPE);
  const self = word(s, L.SUPER_SELF_CLASS);
  const shown = type === 0 ? 'NULL' : nameOf(type);
  return fromJS(
    self === 0 ? `<super: <class '${shown}'>, NULL>` : `<super: <class '${shown}'>, <${nameOf(self)} object>>`,
  );
}

defineType({
  id: T.T_SUPER,
  name: 'super',
  kind: L.KIND_SUPER,
  getset: [
    { name: '__thisclass__', get: (s) => none(word(s, L.SUPER_TYPE)) },
    { name: '__self__', get: (s) => none(word(s, L.SUPER_SELF)) },
    { name: '__self_class__', get: (s) => none(word(s, L.SUPER_SELF_CLASS)) },
  ],
  slots: {
    create: make,
    init: (s, args, n, kwnames) => {
      if (kwnames !== 0 && word(kwnames, L.TUPLE_LENGTH) > 0)
        return raise('TypeError', 'super() takes no keyword arguments');
      if (n === 0) return implicitSuper(s);
      return n > 2
        ? raise('TypeError', `super() expected at most 2 arguments, got ${n}`)
        : setSuper(s, I32[args], n === 2 ? I32[args + 1] : 0);
    },
    getattr: superGetattr,
    get: superGet,
    repr: superRepr,
  },
});
