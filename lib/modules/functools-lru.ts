/**
 * `_lru_cache_wrapper` (https://docs.python.org/3.14/library/functools.html#functools.lru_cache). A call that misses ends by the frame of the
 * function when keys run no Python: what it returns is remembered as the frame is left (lib/vm/tail-call.ts), so that a recursion is as deep as any.
 */
import { newObject } from '../heap/alloc.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from '../compiler/code.js';
import {
  callArgs,
  getAttr,
  hashKey,
  hasIndex,
  index,
  indexNumber,
  isCallable,
  isTrue,
  lookupInType,
} from '../objects/abstract.js';
import { newMethod } from '../objects/attribute.js';
import { callHook } from '../objects/call.js';
import { defineType } from '../objects/define.js';
import { dictGet, dictLen, newDict } from '../objects/dict.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import * as N from '../objects/names.js';
import { isExact, isInt, isKind, typeOf } from '../objects/object.js';
import { tailCalls } from '../objects/slots.js';
import { intern } from '../objects/strings.js';
import { newTuple, newTupleFrom, tupleItem, tupleItems, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { pushFunction } from '../vm/call.js';
import { defineLeaveHandler, PUSHED, setLeaveHandler, takeTail } from '../vm/tail-call.js';
import {
  CACHE,
  clearStore,
  FUNCTION,
  INFO_TYPE,
  KEYWORD_MARK,
  MAXSIZE,
  newLink,
  newRing,
  recall,
  remember,
  resultOf,
  RING,
  useLink,
  WRAPPER_HANDLES,
  wrapperOf,
} from './functools-lru-store.js';
import { dictRow } from './functools-dict.js';
import { item, named, setItem } from './itertools-record.js';

const I32 = i32;
const C = CARRIER;
export const T_LRU_CACHE_WRAPPER = T.T_BLOCK_FUNCTOOLS + 1;

/** Plain words behind the handles. */
const plain = L.RECORD_ITEMS + WRAPPER_HANDLES;
const [HITS, MISSES, BOUND, FLAGS] = [plain, plain + 1, plain + 2, plain + 3];
/** FLAGS: types belong to keys; a key was stored whose comparison runs Python. */
const [TYPED, CUSTOM_KEYS] = [1, 2];
/** BOUND: -1 without one. */
const UNBOUND = -1;
const MOST = 0x7fffffff;

const wordOf = (o: number, word: number): number => I32[(o >>> 2) + word];
const count = (o: number, word: number): void => void atomics.add(((o >>> 2) + word) << 2, 1);

// ---------------------------------------------------------------- keys

function fill(t: number, at: number, args: number, n: number, kwnames: number, typed: boolean): void {
  const words = tupleItems(t);
  let to = words + at;
  const names = kwnames === 0 ? 0 : tupleLength(kwnames);
  if (names > 0) I32[to++] = KEYWORD_MARK;
  for (let i = 0; i < names; i++) {
    I32[to++] = tupleItem(kwnames, i);
    I32[to++] = I32[args + n + i];
  }
  for (let i = 0; typed && i < n + names; i++) I32[to++] = typeOf(I32[args + i]);
}

/** The key of a call: the one argument when that is a str or an int, else a tuple. */
function keyOf(self: number, args: number, n: number, kwnames: number): number {
  const typed = (wordOf(self, FLAGS) & TYPED) !== 0;
  const names = kwnames === 0 ? 0 : tupleLength(kwnames);
  if (!typed && names === 0) {
    const only = n === 1 ? I32[args] : 0;
    return n === 1 && isSimple(only) ? only : newTupleFrom(args, n);
  }
  const t = newTuple(n + (names > 0 ? 1 + 2 * names : 0) + (typed ? n + names : 0));
  for (let i = 0; i < n; i++) I32[tupleItems(t) + i] = I32[args + i];
  fill(t, n, args, n, kwnames, typed);
  return t;
}

const isSimple = (h: number): boolean => (h & 1) !== 0 || H.isChar(h) || isExact(h, L.KIND_STR) || isInt(h);

/** Kinds whose hash and comparison run no Python. */
const PLAIN = new Set<number>([
  L.KIND_STR,
  L.KIND_BIGINT,
  L.KIND_BYTES,
  L.KIND_COMPLEX,
  L.KIND_FUNCTION,
  L.KIND_NATIVE,
]);

/** Have instances of the class object's own `__eq__` and `__hash__`? */
const comparesByIdentity = (type: number): boolean =>
  [N.N_EQ, N.N_HASH].every((name) => lookupInType(type, name) === lookupInType(T.typeHandle(T.T_OBJECT), name));

/** Runs hashing this, and comparing it with its like, no Python? */
function runsNothing(h: number): boolean {
  if ((h & 7) !== 0) return true;
  const head = I32[h >>> 2];
  const kind = head & 0xff;
  if (kind === L.KIND_INSTANCE) return comparesByIdentity(I32[(h >>> 2) + 2]);
  if (kind === L.KIND_TYPE) return typeOf(h) === T.typeHandle(T.T_TYPE);
  if ((head & L.FLAG_SUBCLASS) !== 0) return false;
  if (kind !== L.KIND_TUPLE) return PLAIN.has(kind);
  for (let i = 0; i < tupleLength(h); i++) if (!runsNothing(tupleItem(h, i))) return false;
  return true;
}

// ---------------------------------------------------------------- calls

/** The frame of a function that missed is left: its result, if it has one, is remembered. */
const LEAVE_CALL = defineLeaveHandler((link, frame) => {
  const result = I32[frame + L.F_RETURN_VALUE];
  if (pendingException() !== 0 || result === 0) return 0;
  const self = wrapperOf(link);
  // No Python may run now. Another call has brought keys that need it: this one is not remembered.
  if ((wordOf(self, FLAGS) & CUSTOM_KEYS) === 0) remember(link, result, wordOf(self, BOUND));
  return 0;
});

/** A Python function that returns what its frame returns. */
function isPlainFunction(f: number): boolean {
  if (!isKind(f, L.KIND_FUNCTION)) return false;
  const code = I32[(f >>> 2) + L.FUNCTION_CODE];
  return (I32[(code >>> 2) + L.CODE_CODE_FLAGS] & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) === 0;
}

/** Calls the function, which a link waits for; `base`: see takeTail, 0 when it cannot end by the function's frame. */
function callAndRemember(link: number, args: number, n: number, kwnames: number, base: number): number {
  const self = wrapperOf(link);
  const f = item(self, FUNCTION);
  if (base !== 0 && isPlainFunction(f)) {
    const caller = I32[C + L.CAR_CONTEXT];
    const frame = pushFunction(f, args, n, kwnames, 0);
    if (frame === 0) return 0;
    setLeaveHandler(frame, LEAVE_CALL, link);
    I32[caller + L.F_SP] = base;
    return PUSHED;
  }
  const slot = root(link);
  const r = root(callHook.call(f, args, n, kwnames));
  const ok = I32[r] !== 0 && remember(I32[slot], I32[r], wordOf(self, BOUND)) !== 0;
  const result = ok ? I32[r] : 0;
  unroot(slot);
  return result;
}

/** Nothing is remembered under the key, which has this hash: the link of the call that is to be made. */
function missed(self: number, key: number, hash: number): number {
  if (!isSimple(key) && !runsNothing(key)) I32[(self >>> 2) + FLAGS] = wordOf(self, FLAGS) | CUSTOM_KEYS;
  count(self, MISSES);
  return newLink(self, key, hash);
}

/** Set by what looks for a key, when it gives no result and no exception is set: the link of the call that is to be made. */
const looked = { link: 0 };

/** A call whose key is a str or an int, as most are. */
function lookSimple(self: number, key: number, bounded: boolean): number {
  const slot = root(key);
  const found = dictGet(item(self, CACHE), key);
  const held = I32[slot];
  unroot(slot);
  if (found === 0) {
    looked.link = pendingException() === 0 ? missed(self, held, hashKey(held)) : 0;
    return 0;
  }
  count(self, HITS);
  if (!bounded) return found;
  useLink(self, found);
  return resultOf(found);
}

function look(self: number, key: number, bounded: boolean): number {
  const slot = root(self);
  root(key);
  const hash = hashKey(key);
  const found = hash === 0 ? 0 : recall(I32[slot], I32[slot + 1], hash, bounded);
  if (found !== 0) count(I32[slot], HITS);
  // What hashing and comparing called may have left its own here.
  looked.link = found === 0 && pendingException() === 0 ? missed(I32[slot], I32[slot + 1], hash) : 0;
  unroot(slot);
  return found;
}

function callWrapper(self: number, args: number, n: number, kwnames: number): number {
  const base = takeTail();
  const bound = wordOf(self, BOUND);
  if (bound === 0) {
    count(self, MISSES);
    return callHook.call(item(self, FUNCTION), args, n, kwnames);
  }
  looked.link = 0;
  const key = keyOf(self, args, n, kwnames);
  const found = isSimple(key) ? lookSimple(self, key, bound > 0) : look(self, key, bound > 0);
  const link = looked.link;
  if (found !== 0 || link === 0) return found;
  const ends = (wordOf(wrapperOf(link), FLAGS) & CUSTOM_KEYS) === 0;
  return callAndRemember(link, args, n, kwnames, ends ? base : 0);
}

// ---------------------------------------------------------------- the type

/** BOUND of the argument `maxsize`; -2 with the exception set. */
function boundOf(maxsize: number): number {
  if (maxsize === H.NONE) return UNBOUND;
  if (!hasIndex(maxsize)) return raise('TypeError', 'maxsize should be integer or None') - 2;
  const n = indexNumber(maxsize);
  if (Number.isNaN(n)) return -2;
  if (Math.abs(n) >= 2 ** 63)
    return raise('OverflowError', `cannot fit '${typeName(maxsize)}' into an index-sized integer`) - 2;
  return Math.max(0, Math.min(n, MOST));
}

const PARAMETERS = ['user_function', 'maxsize', 'typed', 'cache_info_type'];

function create(type: number, args: number, n: number, kwnames: number): number {
  const given = named('lru_cache', PARAMETERS, 4, args, n, kwnames);
  if (given === undefined) return 0;
  const [f, maxsize, typed, infoType] = given as [number, number, number, number];
  if (!isCallable(f)) return raise('TypeError', 'the first argument must be callable');
  const bound = boundOf(maxsize);
  const flag = bound === -2 ? -1 : isTrue(typed);
  if (flag < 0) return 0;
  const shown = root(bound <= 0 ? (bound === 0 ? H.small(0) : H.NONE) : index(maxsize));
  const o = newObject(L.KIND_RECORD | L.FLAG_SUBCLASS, (FLAGS + 2) * 4, type);
  const slot = root(o);
  I32[(o >>> 2) + L.RECORD_COUNT] = WRAPPER_HANDLES;
  I32[(o >>> 2) + BOUND] = bound;
  I32[(o >>> 2) + FLAGS] = flag === 1 ? TYPED : 0;
  setItem(o, FUNCTION, f);
  setItem(o, INFO_TYPE, infoType);
  setItem(o, MAXSIZE, I32[shown]);
  setItem(o, CACHE, newDict());
  if (bound > 0) setItem(o, RING, newRing());
  unroot(slot);
  unroot(shown);
  return o;
}

const counted = (o: number, word: number): number => intFromNumber(wordOf(o, word) >>> 0);

function cacheInfo(args: number): number {
  const o = I32[args];
  const values = [counted(o, HITS), counted(o, MISSES), item(o, MAXSIZE), intFromNumber(dictLen(item(o, CACHE)))];
  return callArgs(item(o, INFO_TYPE), values);
}

function cacheClear(args: number): number {
  const w = I32[args] >>> 2;
  I32[w + HITS] = 0;
  I32[w + MISSES] = 0;
  clearStore(I32[args]);
  return H.NONE;
}

defineType({
  id: T_LRU_CACHE_WRAPPER,
  name: '_lru_cache_wrapper',
  module: 'functools',
  kind: L.KIND_RECORD,
  final: true,
  dict: true,
  weakrefs: true,
  doc: 'Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\nmaxsize:  0         for no caching\n          None      for unlimited cache size\n          n         for a bounded cache\n\ntyped:    False     cache f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as distinct calls\n\ncache_info_type:    namedtuple class with the fields:\n                        hits misses currsize maxsize\n',
  methods: [
    ['cache_info', cacheInfo, [0, 0]],
    ['cache_clear', cacheClear, [0, 0]],
    ['__reduce__', (args) => getAttr(I32[args], intern('__qualname__')), [0, 0]],
    ['__copy__', (args) => I32[args], [0, 0]],
    ['__deepcopy__', (args) => I32[args], [1, 1]],
  ],
  getset: [dictRow],
  slots: {
    create,
    call: callWrapper,
    get: (o, instance) => (instance === 0 || instance === H.NONE ? o : newMethod(o, instance)),
  },
});
tailCalls[T_LRU_CACHE_WRAPPER] = 1;
