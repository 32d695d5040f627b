import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { enterRepr, hash, iterate, leaveRepr, repr } from './abstract.js';
import { defineType } from './define.js';
import { pendingException, raise, raiseValue, typeName } from './exceptions.js';
import { hashUnordered } from './hash64.js';
import { setIter } from './iterators.js';
import { newListFromArray } from './list.js';
import { isExact, typeOf } from './object.js';
import {
  isAnySet,
  newSet,
  newSetOf,
  setAdd,
  setClear,
  setContains,
  setKeep,
  setCopy,
  setFromIterable,
  setItems,
  setLen,
  setPop,
  setRemove,
  setTrim,
  setUpdate,
} from './set.js';
import { CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE, OP_AND, OP_OR, OP_SUB, OP_XOR } from './slots.js';
import { fromJS, toJS } from './strings.js';
import { hasKeywords, refusesKeywords } from './keywords.js';
import * as T from './type-ids.js';

const I32 = i32;
const kindOf = (s: number): number => I32[s >>> 2] & 0xff;

function createSet(type: number): number {
  return newSetOf(type, L.KIND_SET);
}

function initSet(s: number, args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'set() takes no keyword arguments');
  if (n > 1) return raise('TypeError', `set expected at most 1 argument, got ${n}`);
  if (setLen(s) > 0) setClear(s);
  return n === 0 ? 1 : setUpdate(s, I32[args]);
}

function createFrozen(type: number, args: number, n: number, kwnames: number): number {
  const exact = type === T.typeHandle(T.T_FROZENSET);
  if (refusesKeywords('frozenset', type, kwnames)) return 0;
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

/** The values of a set, as a list that keeps them alive while Python code runs. */
function heldItems(s: number): number[] {
  const items = setItems(s);
  root(newListFromArray(items));
  return items;
}

/** Calls `each` for the values that a set has now; it gives 1 to go on. 1, or what ended it. */
function forItems(s: number, each: (key: number) => number): number {
  const slot = root(s);
  let r = 1;
  for (const key of heldItems(s)) {
    r = each(key);
    if (r !== 1) break;
  }
  unroot(slot);
  return r;
}

/** a & b, a | b, a - b, a ^ b of two sets, in CPython's order: a new set of a's kind, 0 with the exception set. */
function combine(a: number, b: number, op: number): number {
  const kind = kindOf(a);
  const slot = root(a);
  root(b);
  const result =
    op === OP_AND || (op === OP_SUB && setLen(a) >> 2 <= setLen(b)) ? newSet(kind) : copied(a, b, op, kind);
  root(result);
  const ok = operate(result, a, b, op);
  unroot(slot);
  return ok === 0 ? 0 : result;
}

/** The copy that the result starts from: of the second operand for a ^ b. */
const copied = (a: number, b: number, op: number, kind: number): number => setCopy(op === OP_XOR ? b : a, kind);

function operate(result: number, a: number, b: number, op: number): number {
  if (op === OP_OR) return setUpdate(result, b);
  if (op === OP_XOR) return toggle(result, a);
  if (op === OP_AND) {
    const [small, large] = setLen(b) > setLen(a) ? [a, b] : [b, a];
    return setKeep(result, small, large, 1);
  }
  return setLen(a) >> 2 > setLen(b) ? removeAll(result, b) : setKeep(result, a, b, 0);
}

function removeAll(s: number, other: number): number {
  if (s === other) {
    setClear(s);
    return 1;
  }
  const ok = forItems(other, (key) => (setRemove(s, key) === 0 && pendingException() !== 0 ? 0 : 1));
  setTrim(s);
  return ok;
}

function toggle(s: number, other: number): number {
  return forItems(other, (key) => {
    if (setRemove(s, key) === 1) return 1;
    return pendingException() !== 0 ? 0 : setAdd(s, key);
  });
}

const operator =
  (op: number) =>
  (a: number, b: number): number =>
    isAnySet(a) && isAnySet(b) ? combine(a, b, op) : H.NOT_IMPLEMENTED;

/** Replaces the contents of `s` by those of `from`. */
function become(s: number, from: number): number {
  const slot = root(from);
  setClear(s);
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
  return forItems(a, (key) => setContains(b, key));
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
  if (setRemove(s, key) === 1) return H.TRUE;
  return pendingException() === 0 ? H.FALSE : 0;
}

function remove(args: number): number {
  const r = discard(I32[args], I32[args + 1]);
  if (r === 0) return 0;
  return r === H.TRUE ? H.NONE : raiseValue('KeyError', I32[args + 1]);
}

function pop(args: number): number {
  const value = setPop(I32[args]);
  return value !== 0 ? value : raiseValue('KeyError', fromJS('pop from an empty set'));
}

function reprSet(s: number): number {
  const name = typeName(s);
  if (!enterRepr(s)) return fromJS(`${name}(...)`);
  const texts: string[] = [];
  const slot = root(s);
  for (const key of heldItems(s)) {
    const r = repr(key);
    if (r === 0) break;
    texts.push(toJS(r));
  }
  unroot(slot);
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
  for (const key of heldItems(s)) {
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
  iter: (s: number): number => setIter(s),
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
    ['clear', (args) => (setClear(I32[args]), H.NONE), [0, 0]],
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
