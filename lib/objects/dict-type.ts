/** The type dict and its views (https://docs.python.org/3.14/library/stdtypes.html#dict). */
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { containsOp, enterRepr, equals, iterate, leaveRepr, repr, setItem } from './abstract.js';
import { defineType } from './define.js';
import * as dict from './dict.js';
import { dictGet, dictLen, dictSet, newDict, plainDict } from './dict.js';
import { dictGetItem, dictUpdateAny, updateFromDict } from './dict-update.js';
import { pendingException, raise, raiseValue } from './exceptions.js';
import { rootAll } from '../heap/hold.js';
import { entryIter, entryReverseIter } from './iterators.js';
import { itemsAtOnce } from './list.js';
import { isExact, isKind } from './object.js';
import { callArgs } from './call.js';
import { isAnySet, newSet, setAdd, setUpdate } from './set.js';
import { CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE, OP_AND, OP_OR, OP_SUB, OP_XOR } from './slots.js';
import { fromJS, toJS } from './strings.js';
import { tupleItems, tupleLength, tupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;
const isDict = (h: number): boolean => isKind(h, L.KIND_DICT);

function create(type: number): number {
  if (type === T.typeHandle(T.T_DICT)) return newDict();
  return newObject(L.KIND_DICT | L.FLAG_SUBCLASS, 128, type);
}

/** Updates from the arguments of dict(...) or update(...): n positional ones, then keywords. */
function updateFromArguments(name: string, d: number, args: number, n: number, kwnames: number): 1 | 0 {
  if (n > 1) return raise('TypeError', `${name} expected at most 1 argument, got ${n}`) as 0;
  if (n === 1 && dictUpdateAny(d, I32[args]) === 0) return 0;
  const named = kwnames === 0 ? 0 : tupleLength(kwnames);
  for (let i = 0; i < named; i++) if (dictSet(d, I32[tupleItems(kwnames) + i], I32[args + n + i]) === 0) return 0;
  return 1;
}

function deleteItem(d: number, key: number): number {
  if (dict.dictDel(d, key) === 1) return 1;
  return pendingException() !== 0 ? 0 : raiseValue('KeyError', key);
}

function contains(d: number, key: number): number {
  if (dictGet(d, key) !== 0) return 1;
  return pendingException() === 0 ? 0 : -1;
}

function get(args: number, n: number): number {
  const value = dictGet(I32[args], I32[args + 1]);
  if (value !== 0 || pendingException() !== 0) return value;
  return n > 2 ? I32[args + 2] : H.NONE;
}

function pop(args: number, n: number): number {
  const value = dict.dictPop(I32[args], I32[args + 1]);
  if (value !== 0 || pendingException() !== 0) return value;
  return n > 2 ? I32[args + 2] : raiseValue('KeyError', I32[args + 1]);
}

function popitem(args: number): number {
  let pair = 0;
  const d = I32[args];
  if (dict.isView(d)) return popitemOfView(d);
  dict.dictPopLast(d, (key, value) => (pair = tupleOf(key, value)));
  return pair !== 0 ? pair : raiseValue('KeyError', fromJS('popitem(): dictionary is empty'));
}

function popitemOfView(d: number): number {
  const { keys, values } = dict.dictSnapshot(d);
  if (keys.length === 0) return raiseValue('KeyError', fromJS('popitem(): dictionary is empty'));
  const pair = tupleOf(keys.at(-1)!, values.at(-1)!);
  const slot = root(pair);
  dict.dictDel(d, keys.at(-1)!);
  unroot(slot);
  return pair;
}

/** As iterate; the values of a container or view are what it has at one moment. */
function eachAtOnce(iterable: number, run: (x: number) => boolean): boolean {
  const items = itemsAtOnce(iterable);
  if (items === undefined) return iterate(iterable, run);
  const slot = rootAll(items);
  items.every(run);
  unroot(slot);
  return pendingException() === 0;
}

function fromkeys(args: number, n: number): number {
  const value = n > 2 ? I32[args + 2] : H.NONE;
  const d = callArgs(I32[args], []);
  if (d === 0) return 0;
  const slot = root(d);
  const plain = isExact(d, L.KIND_DICT);
  const ok = eachAtOnce(I32[args + 1], (key) => (plain ? dictSet(d, key, value) : setItem(d, key, value)) === 1);
  unroot(slot);
  return ok ? d : 0;
}

function reprDict(d: number): number {
  if (!enterRepr(d)) return fromJS('{...}');
  const texts: string[] = [];
  const now = plainDict(d);
  const slot = root(now);
  for (let e = dict.dictEntry(now, 0); e >= 0; e = dict.dictEntry(now, e + 1)) {
    const value = root(dict.entryValue);
    const k = repr(dict.entryKey);
    const text = k === 0 ? '' : toJS(k);
    const v = k === 0 ? 0 : repr(I32[value]);
    unroot(value);
    if (v === 0) break;
    texts.push(`${text}: ${toJS(v)}`);
  }
  unroot(slot);
  leaveRepr(d);
  return pendingException() !== 0 ? 0 : fromJS(`{${texts.join(', ')}}`);
}

/** 1 equal, 0 not, -1 with the exception set. */
function sameDicts(a: number, b: number): number {
  if (dictLen(a) !== dictLen(b)) return 0;
  const from = plainDict(a);
  const slot = root(from);
  let same = 1;
  for (let e = dict.dictEntry(from, 0); e >= 0 && same === 1; e = dict.dictEntry(from, e + 1)) {
    const value = root(dict.entryValue);
    const other = dictGet(b, dict.entryKey);
    if (other !== 0) same = equals(I32[value], other);
    else same = pendingException() === 0 ? 0 : -1;
    unroot(value);
  }
  unroot(slot);
  return same;
}

function compare(a: number, b: number, op: number): number {
  if (!isDict(a) || !isDict(b) || (op !== CMP_EQ && op !== CMP_NE)) return H.NOT_IMPLEMENTED;
  const same = sameDicts(a, b);
  return same < 0 ? 0 : H.fromBool((same === 1) === (op === CMP_EQ));
}

function or(a: number, b: number): number {
  if (!isDict(a) || !isDict(b)) return H.NOT_IMPLEMENTED;
  const d = dict.dictCopy(a);
  const slot = root(d);
  const ok = updateFromDict(d, b);
  unroot(slot);
  return ok === 0 ? 0 : d;
}

const setdefault = (args: number, n: number): number =>
  dict.dictSetDefault(I32[args], I32[args + 1], n > 2 ? I32[args + 2] : H.NONE);

const VIEW_TYPES = [T.T_DICT_KEYS, T.T_DICT_VALUES, T.T_DICT_ITEMS];

function newView(d: number, kind: number): number {
  const v = newObject(L.KIND_DICTVIEW, 64, T.typeHandle(VIEW_TYPES[kind]));
  I32[(v >>> 2) + L.DICTVIEW_DICT] = d;
  I32[(v >>> 2) + L.DICTVIEW_VIEW_KIND] = kind;
  return v;
}

defineType({
  id: T.T_DICT,
  name: 'dict',
  kind: L.KIND_DICT,
  generic: true,
  unhashable: true,
  matchMapping: true,
  doc: "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)",
  methods: [
    ['get', get, [1, 2]],
    ['setdefault', setdefault, [1, 2]],
    ['pop', pop, [1, 2]],
    ['popitem', popitem, [0, 0]],
    ['keys', (args) => newView(I32[args], 0), [0, 0]],
    ['values', (args) => newView(I32[args], 1), [0, 0]],
    ['items', (args) => newView(I32[args], 2), [0, 0]],
    [
      'update',
      (args, n, kwnames) => (updateFromArguments('update', I32[args], args + 1, n - 1, kwnames) === 0 ? 0 : H.NONE),
      'raw',
    ],
    ['clear', (args) => (dict.dictClear(I32[args]), H.NONE), [0, 0]],
    ['copy', (args) => dict.dictCopy(I32[args]), [0, 0]],
    ['__reversed__', (args) => entryReverseIter(T.T_DICT_REVERSE_KEY_ITERATOR, I32[args]), [0, 0]],
  ],
  classMethods: [['fromkeys', fromkeys, [1, 2]]],
  slots: {
    create,
    contains,
    compare,
    init: (d, args, n, kwnames) => updateFromArguments('dict', d, args, n, kwnames),
    len: dictLen,
    bool: (d) => (dictLen(d) > 0 ? 1 : 0),
    getitem: dictGetItem,
    setitem: dictSet,
    delitem: deleteItem,
    iter: (d) => entryIter(T.T_DICT_KEY_ITERATOR, d),
    repr: reprDict,
    binary: { [OP_OR]: or },
    inplace: { [OP_OR]: (a, b) => (dictUpdateAny(a, b) === 0 ? 0 : a) },
  },
});

// ---------------------------------------------------------------- views

const dictOf = (v: number): number => I32[(v >>> 2) + L.DICTVIEW_DICT];
const kindOfView = (v: number): number => I32[(v >>> 2) + L.DICTVIEW_VIEW_KIND];
const ITERATORS = [T.T_DICT_KEY_ITERATOR, T.T_DICT_VALUE_ITERATOR, T.T_DICT_ITEM_ITERATOR];
const BACKWARD = [T.T_DICT_REVERSE_KEY_ITERATOR, T.T_DICT_REVERSE_VALUE_ITERATOR, T.T_DICT_REVERSE_ITEM_ITERATOR];
const NAMES = ['dict_keys', 'dict_values', 'dict_items'];

function viewContains(v: number, x: number): number {
  if (kindOfView(v) === 0) return contains(dictOf(v), x);
  if (!isKind(x, L.KIND_TUPLE) || tupleLength(x) !== 2) return 0;
  const value = dictGet(dictOf(v), I32[tupleItems(x)]);
  if (value === 0) return pendingException() === 0 ? 0 : -1;
  return equals(value, I32[tupleItems(x) + 1]);
}

function reprView(v: number): number {
  if (!enterRepr(v)) return fromJS('...');
  const texts: string[] = [];
  const ok = iterate(v, (x) => {
    const r = repr(x);
    if (r !== 0) texts.push(toJS(r));
    return r !== 0;
  });
  leaveRepr(v);
  return ok ? fromJS(`${NAMES[kindOfView(v)]}([${texts.join(', ')}])`) : 0;
}

const isSetView = (h: number): boolean => isKind(h, L.KIND_DICTVIEW) && kindOfView(h) !== 1;
const sizeOf = (h: number): number => (isSetView(h) ? dictLen(dictOf(h)) : I32[(h >>> 2) + L.SET_USED]);

/** Are all values of a in b? 1, 0, -1. */
function allIn(a: number, b: number): number {
  let r = 1;
  const ok = eachAtOnce(a, (x) => (r = containsOp(b, x)) === 1);
  return ok ? r : -1;
}

function compareViews(a: number, b: number, op: number): number {
  if (!(isSetView(a) || isAnySet(a)) || !(isSetView(b) || isAnySet(b))) return H.NOT_IMPLEMENTED;
  const d = sizeOf(a) - sizeOf(b);
  const forward = op === CMP_LE || op === CMP_LT || op === CMP_EQ || op === CMP_NE;
  const possible =
    op === CMP_LE ? d <= 0 : op === CMP_LT ? d < 0 : op === CMP_GE ? d >= 0 : op === CMP_GT ? d > 0 : d === 0;
  const r = !possible ? 0 : forward ? allIn(a, b) : allIn(b, a);
  return r < 0 ? 0 : H.fromBool((r === 1) !== (op === CMP_NE));
}

/** A set of the values of `from` for which `keep(x)` is 1; 0 with the exception set. */
function filtered(from: number, keep: (x: number) => number): number {
  const s = newSet();
  const slot = root(s);
  eachAtOnce(from, (x) => {
    const k = keep(x);
    return k >= 0 && (k === 0 || setAdd(s, x) !== 0);
  });
  unroot(slot);
  return pendingException() === 0 ? s : 0;
}

/** The other operand as a set, so that it may be searched and read twice. */
function operand(b: number): number {
  if (isAnySet(b) || isSetView(b)) return b;
  const s = newSet();
  const slot = root(s);
  const ok = setUpdate(s, b);
  unroot(slot);
  return ok === 0 ? 0 : s;
}

function viewOperation(op: number, a: number, b: number): number {
  if (!isSetView(a) && !isSetView(b)) return H.NOT_IMPLEMENTED;
  const other = operand(b);
  if (other === 0) return 0;
  const slot = root(other);
  const left = operand(a);
  if (left !== 0) root(left);
  const result = left === 0 ? 0 : combine(op, left, other);
  unroot(slot);
  return result;
}

function combine(op: number, a: number, b: number): number {
  if (op === OP_AND) return filtered(a, (x) => containsOp(b, x));
  const less = (x: number): number => (op === OP_OR ? 1 : not(containsOp(b, x)));
  const first = filtered(a, less);
  if (first === 0 || op === OP_SUB) return first;
  const slot = root(first);
  const second = op === OP_OR ? b : filtered(b, (x) => not(containsOp(a, x)));
  const ok = second === 0 ? 0 : setUpdate(first, second);
  unroot(slot);
  return ok === 0 ? 0 : first;
}

const not = (r: number): number => (r < 0 ? r : 1 - r);

function isdisjoint(args: number): number {
  let found = 0;
  const ok = iterate(I32[args + 1], (x) => (found = containsOp(I32[args], x)) === 0);
  return ok && found >= 0 ? H.fromBool(found === 0) : 0;
}

const operations = Object.fromEntries(
  [OP_AND, OP_OR, OP_SUB, OP_XOR].map((op) => [op, (a: number, b: number) => viewOperation(op, a, b)]),
);

VIEW_TYPES.forEach((id, kind) => {
  const setLike = kind !== 1;
  defineType({
    id,
    name: NAMES[kind],
    kind: L.KIND_DICTVIEW,
    final: true,
    unhashable: setLike,
    methods: [
      ['__reversed__', (args) => entryReverseIter(BACKWARD[kind], dictOf(I32[args])), [0, 0]],
      ...(setLike ? ([['isdisjoint', isdisjoint, [1, 1]]] as const) : []),
    ],
    getset: [{ name: 'mapping', get: (v) => newMappingProxy(dictOf(v)) }],
    slots: {
      len: (v) => dictLen(dictOf(v)),
      iter: (v) => entryIter(ITERATORS[kind], dictOf(v)),
      repr: reprView,
      ...(setLike ? { contains: viewContains, compare: compareViews, binary: operations } : {}),
    },
  });
});

/** A read-only view on a mapping. */
export function newMappingProxy(mapping: number): number {
  const p = newObject(L.KIND_MAPPINGPROXY, 64, T.typeHandle(T.T_MAPPINGPROXY));
  I32[(p >>> 2) + L.MAPPINGPROXY_MAPPING] = mapping;
  return p;
}
