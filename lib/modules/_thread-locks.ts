/** `_thread.lock` and `_thread.RLock` (https://docs.python.org/3.14/library/threading.html#lock-objects). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber, isTrue } from '../objects/abstract.js';
import { defineType } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';

import { intFromNumber } from '../objects/int.js';
import { blocking } from '../objects/natives.js';
import { isKind } from '../objects/object.js';
import { addressText, fromJS } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { ACQUIRED, acquireLock, isLocked, newLock, releaseLock, UNWIND } from '../threads/lock.js';
import { currentThread } from '../threads/parking.js';
import { acquireTimeout } from './timeout.js';
import { hasKeywords } from '../objects/keywords.js';

const I32 = i32;

export const T_RLOCK = T.T_BLOCK_THREAD;

const word = (lock: number, w: number): number => I32[(lock >>> 2) + w];
const setWord = (lock: number, w: number, value: number): void => {
  I32[(lock >>> 2) + w] = value;
};

/** Milliseconds of acquire's arguments, NaN with the exception set. */
function timeoutOf(args: number): number {
  const blocks = I32[args + 1] === 0 ? 1 : isTrue(I32[args + 1]);
  return blocks < 0 ? Number.NaN : acquireTimeout(blocks === 1, I32[args + 2]);
}

const outcome = (r: number): number => (r === UNWIND ? 0 : H.fromBool(r === ACQUIRED));

const acquire = blocking((args) => {
  const milliseconds = timeoutOf(args);
  return Number.isNaN(milliseconds) ? 0 : outcome(acquireLock(I32[args], milliseconds));
});

const enter = blocking((args) => outcome(acquireLock(I32[args], Infinity)));

const release = (args: number): number =>
  releaseLock(I32[args]) ? H.NONE : raise('RuntimeError', 'release unlocked lock');

function reinitialise(args: number): number {
  for (const w of [L.LOCK_STATE, L.LOCK_HOLDER, L.LOCK_COUNT]) setWord(I32[args], w, 0);
  return H.NONE;
}

const stateText = (lock: number): string => (isLocked(lock) ? 'locked' : 'unlocked');
const locked = (args: number): number => H.fromBool(isLocked(I32[args]));

function create(type: number, _args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'lock() takes no keyword arguments');
  return n > 0 ? raise('TypeError', `lock expected 0 arguments, got ${n}`) : newLock(type, true);
}

defineType({
  id: T.T_LOCK,
  name: 'lock',
  module: '_thread',
  kind: L.KIND_LOCK,
  final: true,
  weakrefs: true,
  doc: `A lock object is a synchronization primitive.  To create a lock,
call threading.Lock().  Methods are:

acquire() -- lock the lock, possibly blocking until it can be obtained
release() -- unlock of the lock
locked() -- test whether the lock is currently locked

A lock is not owned by the thread that locked it; another thread may
unlock it.  A thread attempting to lock a lock that it has already locked
will block until another thread unlocks it.  Deadlocks may ensue.`,
  methods: [
    ['acquire_lock', acquire, '(blocking=True, timeout=-1)'],
    ['acquire', acquire, '(blocking=True, timeout=-1)'],
    ['release_lock', release, [0, 0]],
    ['release', release, [0, 0]],
    ['locked_lock', locked, [0, 0]],
    ['locked', locked, [0, 0]],
    ['__enter__', enter, [0, 0]],
    ['__exit__', release, 'raw'],
    ['_at_fork_reinit', reinitialise, [0, 0]],
  ],
  slots: {
    create,
    init: () => 1,
    repr: (lock) => fromJS(`<${stateText(lock)} ${typeName(lock)} object at ${addressText(lock)}>`),
  },
});

// ---------------------------------------------------------------- RLock

/** What owns an RLock: the ProtoThread, not its identifier. */
const self = (): number => I32[currentThread() + L.THR_ID];
/** Does the mounted thread own the RLock? */
export const isOwned = (lock: number): boolean => word(lock, L.LOCK_HOLDER) === self();

/** Takes an RLock `times` times; see acquireLock. */
export function acquireRecursive(lock: number, milliseconds: number, times = 1): number {
  if (isOwned(lock)) {
    setWord(lock, L.LOCK_COUNT, word(lock, L.LOCK_COUNT) + times);
    return ACQUIRED;
  }
  const r = acquireLock(lock, milliseconds);
  if (r !== ACQUIRED) return r;
  setWord(lock, L.LOCK_HOLDER, self());
  setWord(lock, L.LOCK_COUNT, times);
  return ACQUIRED;
}

const acquireR = blocking((args) => {
  const milliseconds = timeoutOf(args);
  return Number.isNaN(milliseconds) ? 0 : outcome(acquireRecursive(I32[args], milliseconds));
});

const enterR = blocking((args) => outcome(acquireRecursive(I32[args], Infinity)));

function leave(lock: number): void {
  setWord(lock, L.LOCK_COUNT, 0);
  setWord(lock, L.LOCK_HOLDER, 0);
  releaseLock(lock);
}

/** Leaves an RLock once; false when the mounted thread does not own it. */
export function releaseRecursive(lock: number): boolean {
  if (!isOwned(lock)) return false;
  const count = word(lock, L.LOCK_COUNT) - 1;
  if (count === 0) leave(lock);
  else setWord(lock, L.LOCK_COUNT, count);
  return true;
}

const releaseR = (args: number): number =>
  releaseRecursive(I32[args]) ? H.NONE : raise('RuntimeError', 'cannot release un-acquired lock');

/** What Condition.wait uses: leaves the lock whatever its count; (count, owner). */
function releaseSave(args: number): number {
  const lock = I32[args];
  const count = word(lock, L.LOCK_COUNT);
  if (count === 0 || !isOwned(lock)) return raise('RuntimeError', 'cannot release un-acquired lock');
  const state = tupleOf(H.small(count), intFromNumber(word(lock, L.LOCK_HOLDER)));
  leave(lock);
  return state;
}

const acquireRestore = blocking((args) => {
  const state = I32[args + 1];
  if (!isKind(state, L.KIND_TUPLE) || tupleLength(state) !== 2)
    return raise('TypeError', `argument must be 2-item tuple, not ${typeName(state)}`);
  const count = indexNumber(tupleItem(state, 0));
  if (Number.isNaN(count)) return 0;
  return acquireRecursive(I32[args], Infinity, count) === UNWIND ? 0 : H.NONE;
});

function reprR(lock: number): number {
  const [owner, count] = [word(lock, L.LOCK_HOLDER), word(lock, L.LOCK_COUNT)];
  return fromJS(`<${stateText(lock)} ${typeName(lock)} object owner=${owner} count=${count} at ${addressText(lock)}>`);
}

defineType({
  id: T_RLOCK,
  name: 'RLock',
  module: '_thread',
  kind: L.KIND_LOCK,
  weakrefs: true,
  methods: [
    ['acquire', acquireR, '(blocking=True, timeout=-1)'],
    ['release', releaseR, [0, 0]],
    ['locked', locked, [0, 0]],
    ['_is_owned', (args) => H.fromBool(isOwned(I32[args])), [0, 0]],
    ['_recursion_count', (args) => H.small(isOwned(I32[args]) ? word(I32[args], L.LOCK_COUNT) : 0), [0, 0]],
    ['_acquire_restore', acquireRestore, [1, 1]],
    ['_release_save', releaseSave, [0, 0]],
    ['__enter__', enterR, [0, 0]],
    ['__exit__', releaseR, 'raw'],
    ['_at_fork_reinit', reinitialise, [0, 0]],
  ],
  slots: {
    // Arguments are deprecated, and ignored still.
    create: (type) => newLock(type, type === T.typeHandle(T_RLOCK)),
    init: () => 1,
    repr: reprR,
  },
});
