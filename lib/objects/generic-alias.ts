/** types.GenericAlias: `list[int]` (PEP 585, https://docs.python.org/3.14/library/types.html#types.GenericAlias). */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { equals, getAttr, hash, lookupAttr, setAttr } from './abstract.js';
import { genericLookup } from './attribute.js';
import { callHook } from './call.js';
import { aliasHook, defineType } from './define.js';
import { clearException, pendingIs, raise } from './exceptions.js';
import { intFromBigInt, intToBigInt } from './int.js';
import { newIter } from './iterators.js';
import { listFromIterable, newListFromArray } from './list.js';
import * as N from './names.js';
import { isKind, typeOf } from './object.js';
import { CMP_EQ, CMP_NE, OP_OR } from './slots.js';
import { fromJS, intern, toJS } from './strings.js';
import { newTupleOf, tupleItem, tupleLength, tupleOf } from './tuple.js';
import { argumentReprText, typeReprText } from './type-repr.js';
import { makeParameters, substitute } from './type-subst.js';
import * as T from './type-ids.js';
import { unionOr } from './union.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const isStarred = (a: number): boolean => word(a, L.ALIAS_EXTRA) === H.TRUE;

/** `origin[args]`; args a tuple or one value. A subclass of GenericAlias gets its attribute word. */
export function newAlias(origin: number, args: number, type = T.typeHandle(T.T_ALIAS), starred = false): number {
  const tuple = isKind(args, L.KIND_TUPLE) ? args : newTupleOf([args]);
  const a = newObject(L.KIND_ALIAS, 64, type);
  if (!T.isBuiltinType(type)) I32[a >>> 2] |= L.FLAG_SUBCLASS;
  storeRef(a, L.ALIAS_ORIGIN, origin);
  storeRef(a, L.ALIAS_ARGS, tuple);
  I32[(a >>> 2) + L.ALIAS_EXTRA] = H.fromBool(starred);
  return a;
}

aliasHook.make = newAlias;

/** `__parameters__`, computed when it is first asked for; 0 with the exception set. */
function parameters(a: number): number {
  const known = word(a, L.ALIAS_PARAMETERS);
  if (known !== 0) return known;
  const made = makeParameters(word(a, L.ALIAS_ARGS));
  if (made !== 0) storeRef(a, L.ALIAS_PARAMETERS, made);
  return made;
}

function reprOf(a: number): number {
  const slot = root(word(a, L.ALIAS_ARGS));
  const parts = reprParts(a, I32[slot]);
  unroot(slot);
  if (parts === undefined) return 0;
  const [origin, ...rest] = parts;
  return fromJS(`${isStarred(a) ? '*' : ''}${origin}[${rest.length === 0 ? '()' : rest.join(', ')}]`);
}

function reprParts(a: number, args: number): string[] | undefined {
  const parts: string[] = [];
  for (let i = -1; i < tupleLength(args); i++) {
    const s = i < 0 ? typeReprText(word(a, L.ALIAS_ORIGIN)) : argumentReprText(tupleItem(args, i));
    if (s === undefined) return undefined;
    parts.push(s);
  }
  return parts;
}

/** Attributes that are the alias's own; other names are looked up in the origin. */
const OWN = new Set(
  [
    'class',
    'origin',
    'args',
    'unpacked',
    'parameters',
    'typing_unpacked_tuple_args',
    'mro_entries',
    'reduce_ex',
    'reduce',
    'bases',
    'copy',
    'deepcopy',
  ].map((s) => intern(`__${s}__`)),
);

const getattr = (a: number, name: number): number =>
  OWN.has(name) ? genericLookup(a, name) : getAttr(word(a, L.ALIAS_ORIGIN), name);

const N_ORIG_CLASS = intern('__orig_class__');

function call(a: number, args: number, n: number, kwnames: number): number {
  const made = callHook.call(word(a, L.ALIAS_ORIGIN), args, n, kwnames);
  if (made === 0) return 0;
  const slot = root(made);
  const ok = setAttr(made, N_ORIG_CLASS, a);
  unroot(slot);
  if (ok === 1) return made;
  if (!pendingIs('AttributeError') && !pendingIs('TypeError')) return 0;
  clearException();
  return made;
}

function getitem(a: number, item: number): number {
  const p = parameters(a);
  const args = p === 0 ? 0 : substitute(a, word(a, L.ALIAS_ARGS), p, item);
  return args === 0 ? 0 : newAlias(word(a, L.ALIAS_ORIGIN), args, T.typeHandle(T.T_ALIAS), isStarred(a));
}

function compare(a: number, b: number, op: number): number {
  if ((op !== CMP_EQ && op !== CMP_NE) || !isKind(a, L.KIND_ALIAS) || !isKind(b, L.KIND_ALIAS))
    return H.NOT_IMPLEMENTED;
  let same = isStarred(a) === isStarred(b) ? equals(word(a, L.ALIAS_ORIGIN), word(b, L.ALIAS_ORIGIN)) : 0;
  if (same === 1) same = equals(word(a, L.ALIAS_ARGS), word(b, L.ALIAS_ARGS));
  return same < 0 ? 0 : H.fromBool((same === 1) === (op === CMP_EQ));
}

function hashOf(a: number): number {
  const x = hash(word(a, L.ALIAS_ORIGIN));
  const slot = root(x);
  const y = x === 0 ? 0 : hash(word(a, L.ALIAS_ARGS));
  unroot(slot);
  return y === 0 ? 0 : intFromBigInt(intToBigInt(x) ^ intToBigInt(y));
}

/** Iterating gives the starred form, once: `*tuple[int, ...]`. */
function iter(a: number): number {
  const starred = newAlias(word(a, L.ALIAS_ORIGIN), word(a, L.ALIAS_ARGS), T.typeHandle(T.T_ALIAS), true);
  return newIter(T.T_TUPLE_ITERATOR, tupleOf(starred), 0);
}

const notClass = (who: string) => (): number =>
  raise('TypeError', `${who}() argument 2 cannot be a parameterized generic`);

/** The origin's names and the alias's own. */
function dir(a: number): number {
  const f =
    getAttr(word(a, L.ALIAS_ORIGIN), N.N_CLASS) === 0 ? 0 : lookupAttr(typeOf(word(a, L.ALIAS_ORIGIN)), N.N_DIR);
  if (f === 0) return 0;
  const args = root(word(a, L.ALIAS_ORIGIN));
  const names = callHook.call(f, args, 1, 0);
  unroot(args);
  if (names === 0) return 0;
  const list = listFromIterable(names);
  const all = new Set<string>();
  for (let i = 0; i < word(list, L.LIST_LENGTH); i++)
    all.add(toJS(I32[(word(list, L.LIST_ITEMS) >>> 2) + L.ARRAY_ITEMS + i]));
  for (const name of [
    'origin',
    'args',
    'parameters',
    'mro_entries',
    'reduce_ex',
    'reduce',
    'unpacked',
    'typing_unpacked_tuple_args',
    'class',
  ])
    all.add(`__${name}__`);
  return newListFromArray([...all].map(fromJS));
}

function reduce(a: number): number {
  if (!isStarred(a)) return tupleOf(T.typeHandle(T.T_ALIAS), tupleOf(word(a, L.ALIAS_ORIGIN), word(a, L.ALIAS_ARGS)));
  return raise('TypeError', 'an unpacked alias cannot be pickled');
}

defineType({
  id: T.T_ALIAS,
  name: 'GenericAlias',
  module: 'types',
  kind: L.KIND_ALIAS,
  weakrefs: true,
  doc: 'Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).',
  methods: [
    ['__mro_entries__', (a) => tupleOf(word(I32[a], L.ALIAS_ORIGIN)), [1, 1]],
    ['__instancecheck__', notClass('isinstance'), [1, 1]],
    ['__subclasscheck__', notClass('issubclass'), [1, 1]],
    ['__reduce__', (a) => reduce(I32[a]), [0, 0]],
    ['__dir__', (a) => dir(I32[a]), [0, 0]],
  ],
  getset: [
    { name: '__origin__', get: (a) => word(a, L.ALIAS_ORIGIN) },
    { name: '__args__', get: (a) => word(a, L.ALIAS_ARGS) },
    { name: '__parameters__', get: parameters },
    { name: '__unpacked__', get: (a) => word(a, L.ALIAS_EXTRA) },
    {
      name: '__typing_unpacked_tuple_args__',
      get: (a) =>
        isStarred(a) && word(a, L.ALIAS_ORIGIN) === T.typeHandle(T.T_TUPLE) ? word(a, L.ALIAS_ARGS) : H.NONE,
    },
  ],
  slots: {
    create: (type, args, n, kwnames) => {
      if (kwnames !== 0) return raise('TypeError', 'GenericAlias() takes no keyword arguments');
      if (n !== 2) return raise('TypeError', `GenericAlias expected 2 arguments, got ${n}`);
      return newAlias(I32[args], I32[args + 1], type);
    },
    init: () => 1,
    repr: reprOf,
    getattr,
    call,
    getitem,
    compare,
    hash: hashOf,
    iter,
    binary: { [OP_OR]: unionOr },
  },
});
