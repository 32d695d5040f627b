/** The types set and frozenset (https://docs.python.org/3.14/library/stdtypes.html#set). */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { enterRepr, hash, iterate, leaveRepr, repr } from './abstract.js';
import { defineType } from './define.js';
import { dictClear, dictDel, dictEntry, dictPopLast, dictSnapshot, entryKey } from './dict.js';
import { pendingException, raise, raiseValue, typeName } from './exceptions.js';
import { hashUnordered } from './hash64.js';
import { entryIter } from './iterators.js';
import { isExact, typeOf } from './object.js';
import {
  frozenKey,
  isAnySet,
  newSetOf,
  setAdd,
  setContains,
  setCopy,
  setFromIterable,
  setLen,
  setUpdate,
} from './set.js';
import { CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE, OP_AND, OP_OR, OP_SUB, OP_XOR } from './slots.js';
import { fromJS, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const kindOf = (s: number): number => I32[s >>> 2] & 0xff;

function createSet(type: number): number {
  return newSetOf(type, L.KIND_SET);
}

function initSet(s: number, args: number, n: number, kwnames: number): number {
  if (typeOf(s) === T.typeHandle(T.T_SET) && kwnames !== 0 && I32[(kwnames >>> 2) + L.TUPLE_LENGTH] > 0)
    return raise('TypeError', 'set() takes no keyword arguments');
  if (n > 1) return raise('TypeError', `set expected at most 1 argument, got ${n}`);
  if (setLen(s) > 0) dictClear(s);
  return n === 0 ? 1 : setUpdate(s, I32[args]);
}

function createFrozen(type: number, args: number, n: number, kwnames: number): number {
  const exact = type === T.typeHandle(T.T_FROZENSET);
  if (exact && kwnames !== 0 && I32[(kwnames >>> 2) + L.TUPLE_LENGTH] > 0)
    return raise('TypeError', 'frozenset() takes no keyword arguments');
  if (n > 1) return raise('TypeError', `frozenset expected at most 1 argument, got ${n}`);
  if (n === 1 && exact && isExact(I32[args], L.KIND_FROZENSET)) return I32[args];
  const s = newSetOf(type, L.KIND_FROZENSET);
  const slot = root(s);
  const ok = n === 0 ? 1 : setUpdate(s, I32[args]);
  unroot(slot);
  return ok === 0 ? 0 : s;
}

/** The other operand of a method as a set; 0 with the exception set. */
const asSet = (h: number): number => (isAnySet(h) ? h : setFromIterable(h));

function combine(a: number, b: number, op: number): number {
  const kind = kindOf(a);
  const slot = root(b);
  const result = op === OP_AND ? setFromIterableEmpty(kind) : setCopy(a, kind);
  root(result);
  const ok =
    op === OP_AND
      ? keepCommon(result, a, b)
      : op === OP_OR
        ? setUpdate(result, b)
        : op === OP_SUB
          ? removeAll(result, b)
          : toggle(result, b);
  unroot(slot);
  return ok === 0 ? 0 : result;
}

const setFromIterableEmpty = (kind: number): number => newSetOf(T.typeHandle(kind), kind);

function keepCommon(into: number, a: number, b: number): 1 | 0 {
  const [small, large] = setLen(b) <= setLen(a) ? [b, a] : [a, b];
  return eachOf(small, (key) => {
    const r = setContains(large, key);
    return r < 0 || (r === 1 && setAdd(into, key) === 0) ? 0 : 1;
  });
}

/** Calls `f` for the members at this moment, until it returns 0. */
function eachOf(s: number, f: (key: number) => 1 | 0): 1 | 0 {
  const { keys } = dictSnapshot(s);
  const slot = rootAll(keys);
  let ok: 1 | 0 = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) ok = f(keys[i]);
  unroot(slot);
  return ok;
}

function removeAll(s: number, other: number): 1 | 0 {
  return eachOf(other, (key) => (dictDel(s, key) === 0 && pendingException() !== 0 ? 0 : 1));
}

function toggle(s: number, other: number): 1 | 0 {
  return eachOf(other, (key) => (dictDel(s, key) === 1 || (pendingException() === 0 && setAdd(s, key) === 1) ? 1 : 0));
}

const operator =
  (op: number) =>
  (a: number, b: number): number =>
    isAnySet(a) && isAnySet(b) ? combine(a, b, op) : H.NOT_IMPLEMENTED;

/** Replaces the contents of `s` by those of `from`. */
function become(s: number, from: number): number {
  const slot = root(from);
  dictClear(s);
  const ok = setUpdate(s, from);
  unroot(slot);
  return ok === 0 ? 0 : s;
}

function inplace(op: number): (a: number, b: number) => number {
  return (a, b) => {
    if (!isAnySet(b)) return H.NOT_IMPLEMENTED;
    if (op === OP_AND) {
      const common = combine(a, b, op);
      return common === 0 ? 0 : become(a, common);
    }
    const ok = op === OP_OR ? setUpdate(a, b) : op === OP_SUB ? removeAll(a, b) : toggle(a, b);
    return ok === 0 ? 0 : a;
  };
}

/** A method over any iterables that gives a new set. */
const method =
  (op: number) =>
  (args: number, n: number): number => {
    let result = setCopy(I32[args], kindOf(I32[args]));
    for (let i = 1; i < n; i++) {
      const slot = root(result);
      const other = asSet(I32[args + i]);
      result = other === 0 ? 0 : combine(result, other, op);
      unroot(slot);
      if (result === 0) return 0;
    }
    return result;
  };

/** A method over any iterables that changes the set. */
const updater =
  (op: number) =>
  (args: number, n: number): number => {
    for (let i = 1; i < n; i++) {
      if (op === OP_OR) {
        if (setUpdate(I32[args], I32[args + i]) === 0) return 0;
        continue;
      }
      const other = asSet(I32[args + i]);
      if (other === 0) return 0;
      const slot = root(other);
      const done = inplace(op)(I32[args], other);
      unroot(slot);
      if (done === 0) return 0;
    }
    return H.NONE;
  };

/** Is every value of a in b? 1, 0, -1. */
function allIn(a: number, b: number): number {
  if (setLen(a) > setLen(b)) return 0;
  for (const key of dictSnapshot(a).keys) {
    const r = setContains(b, key);
    if (r !== 1) return r;
  }
  return 1;
}

function compare(a: number, b: number, op: number): number {
  if (!isAnySet(a) || !isAnySet(b)) return H.NOT_IMPLEMENTED;
  const d = setLen(a) - setLen(b);
  const possible =
    op === CMP_LE ? d <= 0 : op === CMP_LT ? d < 0 : op === CMP_GE ? d >= 0 : op === CMP_GT ? d > 0 : d === 0;
  const r = !possible ? 0 : op === CMP_GE || op === CMP_GT ? allIn(b, a) : allIn(a, b);
  return r < 0 ? 0 : H.fromBool((r === 1) !== (op === CMP_NE));
}

const relation =
  (swap: boolean) =>
  (args: number): number => {
    const other = asSet(I32[args + 1]);
    if (other === 0) return 0;
    const slot = root(other);
    const r = swap ? allIn(other, I32[args]) : allIn(I32[args], other);
    unroot(slot);
    return r < 0 ? 0 : H.fromBool(r === 1);
  };

function isdisjoint(args: number): number {
  let found = 0;
  const ok = iterate(I32[args + 1], (x) => (found = setContains(I32[args], x)) === 0);
  return ok && found >= 0 ? H.fromBool(found === 0) : 0;
}

function discard(s: number, key: number): number {
  const done = dictDel(s, key);
  if (done === 1) return H.TRUE;
  if (pendingException() === 0) return H.FALSE;
  const frozen = frozenKey(key);
  return frozen === 0 ? 0 : discard(s, frozen);
}

function remove(args: number): number {
  const r = discard(I32[args], I32[args + 1]);
  if (r === 0) return 0;
  return r === H.TRUE ? H.NONE : raiseValue('KeyError', I32[args + 1]);
}

function pop(args: number): number {
  let value = 0;
  dictPopLast(I32[args], (key) => (value = key));
  return value !== 0 ? value : raiseValue('KeyError', fromJS('pop from an empty set'));
}

function reprSet(s: number): number {
  const name = typeName(s);
  if (!enterRepr(s)) return fromJS(`${name}(...)`);
  const texts: string[] = [];
  for (let e = dictEntry(s, 0); e >= 0; e = dictEntry(s, e + 1)) {
    const r = repr(entryKey);
    if (r === 0) break;
    texts.push(toJS(r));
  }
  leaveRepr(s);
  if (pendingException() !== 0) return 0;
  if (texts.length === 0) return fromJS(`${name}()`);
  const body = `{${texts.join(', ')}}`;
  return fromJS(typeOf(s) === T.typeHandle(T.T_SET) ? body : `${name}(${body})`);
}

/** Independent of order. */
function hashFrozen(s: number): number {
  const hashes: number[] = [];
  const slot = root(s);
  for (const key of dictSnapshot(s).keys) {
    const h = hash(key);
    if (h === 0) return 0;
    hashes.push(h);
    root(h);
  }
  unroot(slot);
  return hashUnordered(hashes);
}

const shared = [
  [
    'copy',
    (args: number) => (isExact(I32[args], L.KIND_FROZENSET) ? I32[args] : setCopy(I32[args], kindOf(I32[args]))),
    [0, 0],
  ],
  ['union', method(OP_OR), [0, -1]],
  ['intersection', method(OP_AND), [0, -1]],
  ['difference', method(OP_SUB), [0, -1]],
  ['symmetric_difference', method(OP_XOR), [1, 1]],
  ['issubset', relation(false), [1, 1]],
  ['issuperset', relation(true), [1, 1]],
  ['isdisjoint', isdisjoint, [1, 1]],
] as const;

const commonSlots = {
  compare,
  len: setLen,
  bool: (s: number): number => (setLen(s) > 0 ? 1 : 0),
  contains: setContains,
  iter: (s: number): number => entryIter(T.T_SET_ITERATOR, s),
  repr: reprSet,
  binary: {
    [OP_AND]: operator(OP_AND),
    [OP_OR]: operator(OP_OR),
    [OP_SUB]: operator(OP_SUB),
    [OP_XOR]: operator(OP_XOR),
  },
};

defineType({
  id: T.T_SET,
  name: 'set',
  kind: L.KIND_SET,
  generic: true,
  weakrefs: true,
  unhashable: true,
  doc: 'Build an unordered collection of unique elements.',
  methods: [
    ...shared,
    ['add', (args) => (setAdd(I32[args], I32[args + 1]) === 0 ? 0 : H.NONE), [1, 1]],
    ['discard', (args) => (discard(I32[args], I32[args + 1]) === 0 ? 0 : H.NONE), [1, 1]],
    ['remove', remove, [1, 1]],
    ['pop', pop, [0, 0]],
    ['clear', (args) => (dictClear(I32[args]), H.NONE), [0, 0]],
    ['update', updater(OP_OR), [0, -1]],
    ['intersection_update', updater(OP_AND), [0, -1]],
    ['difference_update', updater(OP_SUB), [0, -1]],
    ['symmetric_difference_update', updater(OP_XOR), [1, 1]],
  ],
  slots: {
    ...commonSlots,
    create: createSet,
    init: initSet,
    inplace: {
      [OP_AND]: inplace(OP_AND),
      [OP_OR]: inplace(OP_OR),
      [OP_SUB]: inplace(OP_SUB),
      [OP_XOR]: inplace(OP_XOR),
    },
  },
});

defineType({
  id: T.T_FROZENSET,
  name: 'frozenset',
  kind: L.KIND_FROZENSET,
  generic: true,
  weakrefs: true,
  doc: 'Build an immutable unordered collection of unique elements.',
  methods: [...shared],
  slots: { ...commonSlots, create: createFrozen, hash: hashFrozen },
});
