/** property (https://docs.python.org/3.14/library/functions.html#property). */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue, lookupAttr, repr } from './abstract.js';
import { setAttr } from './attribute.js';
import { call1, call2, callArgs } from './call.js';
import { defineType, member, readOnly } from './define.js';
import { clearException, pendingException, pendingIs, raise } from './exceptions.js';
import * as N from './names.js';
import { isSubtype, typeOf } from './object.js';
import { intern, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
const orZero = (h: number): number => (h === H.NONE ? 0 : h);

const NAMES = ['fget', 'fset', 'fdel', 'doc'];
const ACCESSORS = [L.PROPERTY_FGET, L.PROPERTY_FSET, L.PROPERTY_FDEL];

/** A new object of a descriptor kind, of a subclass too. */
export function makeDescriptor(kind: number, type: number): number {
  const sub = !T.isBuiltinType(type);
  const o = newObject(kind, sub ? 128 : 64, type);
  if (sub) I32[o >>> 2] |= L.FLAG_SUBCLASS;
  return o;
}

/** Gives it accessors and documentation: `values` are handles or 0, as the call had them. */
function initialize(p: number, values: readonly number[]): number {
  ACCESSORS.forEach((w, i) => storeRef(p, w, orZero(values[i])));
  storeRef(p, L.PROPERTY_NAME, 0);
  I32[(p >>> 2) + L.PROPERTY_GETTER_DOC] = 0;
  let doc = orZero(values[3]);
  if (doc === 0 && orZero(values[0]) !== 0) {
    doc = lookupAttr(values[0], N.N_DOC);
    if (doc === 0 && pendingException() !== 0) return 0;
    doc = orZero(doc);
    if (doc !== 0) I32[(p >>> 2) + L.PROPERTY_GETTER_DOC] = 1;
  }
  if (T.isBuiltinType(typeOf(p))) {
    storeRef(p, L.PROPERTY_DOC, doc);
    return 1;
  }
  // The class of a subclass has a __doc__ too, which would hide the word.
  if (setAttr(p, N.N_DOC, none(doc)) !== 0) return 1;
  if (word(p, L.PROPERTY_GETTER_DOC) !== 0 || !pendingIs('AttributeError')) return 0;
  clearException();
  return 1;
}

/** Arguments of property(), by position or name. */
function parameters(args: number, n: number, kwnames: number): number[] | undefined {
  const values = [0, 0, 0, 0];
  const named = kwnames === 0 ? 0 : word(kwnames, L.TUPLE_LENGTH);
  const fail = (message: string): undefined => void raise('TypeError', message);
  if (n + named > 4) return fail(`property() takes at most 4 arguments (${n + named} given)`);
  for (let i = 0; i < n; i++) values[i] = I32[args + i];
  for (let k = 0; k < named; k++) {
    const name = toJS(word(kwnames, L.TUPLE_ITEMS + k));
    const at = NAMES.indexOf(name);
    if (at < 0) return fail(`property() got an unexpected keyword argument '${name}'`);
    if (at < n) return fail(`argument for property() given by name ('${name}') and position (${at + 1})`);
    values[at] = I32[args + n + k];
  }
  return values;
}

/** Its name: what a class gave it, or its getter's; 0 when there is none, or with an exception set. */
function nameOf(p: number): number {
  const own = word(p, L.PROPERTY_NAME);
  const getter = word(p, L.PROPERTY_FGET);
  return own !== 0 || getter === 0 ? own : lookupAttr(getter, N.N_NAME);
}

/** `repr()` as text; undefined with the exception set. */
function quoted(h: number): string | undefined {
  const r = repr(h);
  return r === 0 ? undefined : toJS(r);
}

function missing(p: number, instance: number, accessor: string): number {
  const type = typeOf(instance);
  const name = nameOf(p);
  if (name === 0 && pendingException() !== 0) return 0;
  const shown = name === 0 ? '' : quoted(name);
  const owner = quoted(word(type, L.TYPE_QUALNAME) || word(type, L.TYPE_NAME));
  if (shown === undefined || owner === undefined) return 0;
  return raise('AttributeError', `property${shown && ` ${shown}`} of ${owner} object has no ${accessor}`);
}

function get(p: number, instance: number): number {
  if (instance === 0 || instance === H.NONE) return p;
  const f = word(p, L.PROPERTY_FGET);
  return f === 0 ? missing(p, instance, 'getter') : call1(f, instance);
}

function set(p: number, instance: number, value: number): number {
  const f = word(p, value === 0 ? L.PROPERTY_FDEL : L.PROPERTY_FSET);
  if (f === 0) return missing(p, instance, value === 0 ? 'deleter' : 'setter');
  return (value === 0 ? call1(f, instance) : call2(f, instance, value)) === 0 ? 0 : 1;
}

/** A copy with one accessor replaced: the decorators getter, setter, deleter. None keeps what was there. */
const replace =
  (which: number) =>
  (args: number): number => {
    const p = I32[args];
    const values = ACCESSORS.map((w) => none(word(p, w)));
    if (I32[args + 1] !== H.NONE) values[which] = I32[args + 1];
    // Documentation that came from the getter comes from the new one.
    const fromGetter = word(p, L.PROPERTY_GETTER_DOC) !== 0 && values[0] !== H.NONE;
    values.push(fromGetter ? H.NONE : none(word(p, L.PROPERTY_DOC)));
    const copy = callArgs(typeOf(p), values);
    if (copy === 0) return 0;
    const slot = root(copy);
    if (isSubtype(typeOf(copy), T.typeHandle(T.T_PROPERTY))) storeRef(copy, L.PROPERTY_NAME, word(p, L.PROPERTY_NAME));
    unroot(slot);
    return copy;
  };

function setName(args: number, n: number): number {
  if (n !== 3) return raise('TypeError', `__set_name__() takes 2 positional arguments but ${n - 1} were given`);
  storeRef(I32[args], L.PROPERTY_NAME, I32[args + 2]);
  return H.NONE;
}

function getName(p: number): number {
  const name = nameOf(p);
  if (name !== 0 || pendingException() !== 0) return name;
  return raise('AttributeError', "'property' object has no attribute '__name__'");
}

/** `__isabstractmethod__` of a function: 1, 0, or -1 with the exception set. */
export function isAbstract(f: number): number {
  const v = f === 0 ? 0 : lookupAttr(f, intern('__isabstractmethod__'));
  return v === 0 ? -Number(pendingException() !== 0) : isTrue(v);
}

/** The result of a getter for what isAbstract returned. */
export const abstractResult = (r: number): number => (r < 0 ? 0 : H.fromBool(r === 1));

function anyAbstract(p: number): number {
  for (const w of ACCESSORS) {
    const r = isAbstract(word(p, w));
    if (r !== 0) return abstractResult(r);
  }
  return H.FALSE;
}

defineType({
  id: T.T_PROPERTY,
  name: 'property',
  kind: L.KIND_PROPERTY,
  methods: [
    ['getter', replace(0), [1, 1]],
    ['setter', replace(1), [1, 1]],
    ['deleter', replace(2), [1, 1]],
    ['__set_name__', setName, [0, -1]],
  ],
  getset: [
    ...ACCESSORS.map((w, i) => readOnly(NAMES[i]!, (p) => none(word(p, w)))),
    member('__doc__', L.PROPERTY_DOC),
    { name: '__name__', get: getName, set: (p, v) => (storeRef(p, L.PROPERTY_NAME, v), 1) },
    { name: '__isabstractmethod__', get: anyAbstract },
  ],
  slots: {
    create: (type) => makeDescriptor(L.KIND_PROPERTY, type),
    init: (p, args, n, kw) => {
      const values = parameters(args, n, kw);
      return values === undefined ? 0 : initialize(p, values);
    },
    get,
    set,
  },
});
