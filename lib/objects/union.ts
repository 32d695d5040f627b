/** typing.Union: `int | str` (PEP 604, https://docs.python.org/3.14/library/stdtypes.html#types-union). */
import { later } from './later.js';
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { binaryOp, compareOp, equals, hash } from './abstract.js';
import { defineType } from './define.js';
import { raise } from './exceptions.js';
import { listAppend, listSnapshot, newList, plainItems } from './list.js';
import { isKind, slotId } from './object.js';
import { frozensetFrom } from './set.js';
import { CMP_EQ, CMP_NE, OP_OR, slots } from './slots.js';
import { fromJS, intern } from './strings.js';
import { tupleFromArray, tupleItem, tupleLength, tupleOf } from './tuple.js';
import { typeReprText } from './type-repr.js';
import { makeParameters, substitute } from './type-subst.js';
import * as T from './type-ids.js';

const I32 = i32;
const argsOf = (u: number): number => I32[(u >>> 2) + L.UNION_ARGS];
const isUnion = (h: number): boolean => isKind(h, L.KIND_UNION);
const NONE_TYPE = T.typeHandle(T.T_NONE);

/** May it stand beside `|` without more ado? */
const isUnionable = (h: number): boolean =>
  h === H.NONE || isKind(h, L.KIND_TYPE) || isUnion(h) || isKind(h, L.KIND_ALIAS) || slotId(h) === T.T_TYPE_ALIAS;

/** Appends the members of `h` that are not there yet; false with the exception set. */
function add(into: number[], h: number): boolean {
  if (isUnion(h)) return (plainItems(argsOf(h)) ?? []).every((m) => add(into, m));
  const member = h === H.NONE ? NONE_TYPE : h;
  for (const known of into) {
    const same = equals(known, member);
    if (same !== 0) return same === 1;
  }
  into.push(member);
  return true;
}

/** Union of these; one alone is itself. 0 with the exception set. The members must be rooted by the caller. */
export function makeUnion(members: readonly number[]): number {
  const all: number[] = [];
  if (!members.every((m) => add(all, m))) return 0;
  if (all.length === 1) return all[0];
  const u = newObject(L.KIND_UNION, 64, T.typeHandle(T.T_UNION));
  storeRef(u, L.UNION_ARGS, tupleFromArray(all));
  return u;
}

/** `a | b` of types. */
export const unionOr = (a: number, b: number): number =>
  isUnionable(a) && isUnionable(b) ? makeUnion([a, b]) : H.NOT_IMPLEMENTED;

/** Set by _typing: typing._type_check(arg, message), which makes forward references of strings. */
export const unionHooks = {
  check: later(
    (): ((arg: number, message: string) => number) => unionHooks.check,
    (arg) => arg,
  ),
};

/** `Union[a, b]`. */
function fromSubscript(item: number): number {
  const given = isKind(item, L.KIND_TUPLE) ? (plainItems(item) ?? []) : [item];
  if (given.length === 0) return raise('TypeError', 'Cannot take a Union of no types.');
  const members = newList(0);
  const slot = root(members);
  const ok = given.every((arg) => {
    const checked = isUnionable(arg) ? arg : unionHooks.check(arg, 'Union[arg, ...]: each arg must be a type.');
    return checked !== 0 && listAppend(members, checked) === 1;
  });
  const r = ok ? makeUnion(listSnapshot(members)) : 0;
  unroot(slot);
  return r;
}

/** With a value on one side that is no type itself, such as a string, as typing does it. */
export function unionWith(a: number, b: number): number {
  const both = tupleOf(a, b);
  const slot = root(both);
  const r = fromSubscript(both);
  unroot(slot);
  return r;
}

function reprOf(u: number): number {
  const parts: string[] = [];
  for (const m of plainItems(argsOf(u)) ?? []) {
    const s = m === NONE_TYPE ? 'None' : typeReprText(m);
    if (s === undefined) return 0;
    parts.push(s);
  }
  return fromJS(parts.join(' | '));
}

function compare(a: number, b: number, op: number): number {
  if ((op !== CMP_EQ && op !== CMP_NE) || !isUnion(a) || !isUnion(b)) return H.NOT_IMPLEMENTED;
  const [x, y] = [a, b].map((u) => root(frozensetFrom(plainItems(argsOf(u)) ?? [])));
  const r = compareOp(I32[x], I32[y], op);
  unroot(x);
  return r;
}

function parameters(u: number): number {
  const known = I32[(u >>> 2) + L.UNION_EXTRA];
  if (known !== 0) return known;
  const made = makeParameters(argsOf(u));
  if (made !== 0) storeRef(u, L.UNION_EXTRA, made);
  return made;
}

function getitem(u: number, item: number): number {
  const p = parameters(u);
  const args = p === 0 ? 0 : substitute(u, argsOf(u), p, item);
  if (args === 0) return 0;
  const slot = root(args);
  let r = tupleItem(args, 0);
  for (let i = 1; r !== 0 && i < tupleLength(args); i++) r = binaryOp(OP_OR, r, tupleItem(args, i));
  unroot(slot);
  return r;
}

function noSubclass(u: number): number {
  const r = slots.repr[T.T_UNION]!(u);
  return r === 0 ? 0 : raise('TypeError', `Cannot subclass ${typeReprText(u)}`);
}

function or(a: number, b: number): number {
  if (isUnionable(a) && isUnionable(b)) return makeUnion([a, b]);
  return unionWith(a, b);
}

// type cannot import this module: it is needed by what this imports.
slots.binary[OP_OR]![T.T_TYPE] = unionOr;

defineType({
  id: T.T_UNION,
  name: 'Union',
  module: 'typing',
  kind: L.KIND_UNION,
  final: true,
  weakrefs: true,
  doc: 'Represent a union type\n\nE.g. for int | str',
  methods: [['__mro_entries__', (a) => noSubclass(I32[a]), [1, 1]]],
  classMethods: [['__class_getitem__', (a) => fromSubscript(I32[a + 1]), [1, 1]]],
  getset: [
    { name: '__args__', get: argsOf },
    { name: '__parameters__', get: parameters },
    { name: '__origin__', get: () => T.typeHandle(T.T_UNION) },
    { name: '__name__', get: () => intern('Union') },
    { name: '__qualname__', get: () => intern('Union') },
  ],
  slots: {
    create: () => raise('TypeError', "cannot create 'typing.Union' instances"),
    repr: reprOf,
    hash: (u) => hash(frozensetFrom(plainItems(argsOf(u)) ?? [])),
    compare,
    getitem,
    binary: { [OP_OR]: or },
  },
});
