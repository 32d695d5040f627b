/** `_thread` (https://docs.python.org/3.14/library/_thread.html), as CPython's threading.py uses it. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { eachThread } from '../heap/roots.js';
import { call0, indexNumber, isCallable, isTrue, lookupAttr, str } from '../objects/abstract.js';
import { defineModule } from '../objects/define.js';
import { clearException, exceptionType, raise, setException, typeName } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromNumber, isInt, intToNumber } from '../objects/int.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { newTupleOf, tupleItem } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { mainThreadOf, signalThread } from '../threads/interrupt.js';
import { newPlainLock } from '../threads/lock.js';
import { nameThread, newThread } from '../threads/new-thread.js';
import { KIND_PYTHON } from '../threads/thread-kinds.js';
import { currentThread } from '../threads/parking.js';
import { STACK_SIZE } from '../threads/words.js';
import { bindHandle, claimHandle, isHandle, newHandle, shutdown, T_HANDLE, unclaimHandle } from './_thread-handle.js';
import { T_LOCAL } from './_thread-local.js';
import { T_RLOCK } from './_thread-locks.js';
import { currentEnvironment } from './frames.js';
import { sysAttribute } from './print.js';
import { writeStderr } from './stderr.js';
import { defineStructSequence } from './structseq.js';
import { TIMEOUT_MAX } from './timeout.js';
import { formatException } from './traceback.js';

const I32 = i32;
const NSIG = 65;
const SIGINT = 2;
/** Longest name the system gives an OS thread; ours are not cut. */
const NAME_MAX = 15;
const STACK_LEAST = 53248;

const ident = (): number => intFromNumber(I32[currentThread() + L.THR_IDENT]);
const mainIdent = (): number => I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_MAIN_IDENT];

/** Of the OS threads there are fewer than of threads: a number of the same kind, the process's own for the main thread. */
function nativeId(): number {
  const own = I32[currentThread() + L.THR_IDENT];
  return intFromNumber(own === mainIdent() ? process.pid : process.pid + own);
}

function startThread(f: number, args: number, kwargs: number, handle: number): number {
  return newThread(currentEnvironment(), f, args, { kwargs, target: handle });
}

/** start_new_thread(function, args, kwargs={}). */
function startNew(args: number, n: number): number {
  const [f, given] = [I32[args], I32[args + 1]];
  const kwargs = n > 2 ? I32[args + 2] : 0;
  if (!isCallable(f)) return raise('TypeError', 'first arg must be callable');
  if (!isKind(given, L.KIND_TUPLE)) return raise('TypeError', '2nd arg must be a tuple');
  if (kwargs !== 0 && !isKind(kwargs, L.KIND_DICT)) return raise('TypeError', 'optional 3rd arg must be a dictionary');
  const t = startThread(f, given, kwargs, 0);
  return t === 0 ? 0 : intFromNumber(I32[t + L.THR_IDENT]);
}

/** start_joinable_thread(function, handle=None, daemon=True). */
function startJoinable(args: number): number {
  const f = I32[args];
  if (!isCallable(f)) return raise('TypeError', 'thread function must be callable');
  const given = I32[args + 1] === 0 || I32[args + 1] === H.NONE ? 0 : I32[args + 1];
  if (given !== 0 && !isHandle(given)) return raise('TypeError', "'handle' must be a _ThreadHandle");
  const daemon = I32[args + 2] === 0 ? 1 : isTrue(I32[args + 2]);
  if (daemon < 0) return 0;
  const handle = given !== 0 ? given : newHandle();
  if (!claimHandle(handle, daemon === 1)) return raise('RuntimeError', 'thread already started');
  const slot = root(handle);
  const t = startThread(f, newTupleOf([]), 0, handle);
  unroot(slot);
  if (t === 0) {
    unclaimHandle(handle);
    return 0;
  }
  return handle;
}

function makeHandle(args: number): number {
  if (!isInt(I32[args])) return raise('TypeError', 'ident must be an integer');
  const handle = newHandle();
  claimHandle(handle, true);
  bindHandle(handle, intToNumber(I32[args]));
  return handle;
}

/** Threads of this environment that start_new_thread and its like made. */
function count(): number {
  const environment = currentEnvironment();
  const main = mainIdent();
  let n = 0;
  eachThread((t) => {
    if (I32[t + L.THR_KIND] !== KIND_PYTHON || I32[t + L.THR_BOOTSTRAP] === 0) return;
    if (I32[t + L.THR_IDENT] !== main && environmentOf(t) === environment) n++;
  });
  return H.small(n);
}

/** The environment a thread was made in. */
const environmentOf = (t: number): number => I32[t + L.THR_ENVIRONMENT];

function stackSize(args: number, n: number): number {
  const old = I32[STACK_SIZE];
  if (n === 0) return intFromNumber(old);
  const size = indexNumber(I32[args]);
  if (Number.isNaN(size)) return 0;
  if (size !== 0 && size < STACK_LEAST) return raise('ValueError', `size must be at least ${STACK_LEAST} bytes`);
  I32[STACK_SIZE] = size;
  return intFromNumber(old);
}

function interruptMain(args: number, n: number): number {
  const signal = n === 0 ? SIGINT : indexNumber(I32[args]);
  if (Number.isNaN(signal)) return 0;
  if (signal < 1 || signal >= NSIG) return raise('ValueError', 'signal number out of range');
  const main = mainThreadOf(currentEnvironment());
  if (main !== 0 && signal < 32) signalThread(main, signal);
  return H.NONE;
}

function setName(args: number): number {
  if (!isStr(I32[args]))
    return raise('TypeError', `set_name() argument 'name' must be str, not ${typeName(I32[args])}`);
  nameThread(currentThread(), I32[args]);
  return H.NONE;
}

function exit(): number {
  const e = call0(exceptionType('SystemExit'));
  return e === 0 ? 0 : setException(e);
}

// ---------------------------------------------------------------- uncaught exceptions of threading.Thread

const EXCEPT_HOOK_ARGS = defineStructSequence({
  id: T.T_BLOCK_THREAD + 3,
  name: '_ExceptHookArgs',
  module: '_thread',
  fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'],
  doc: '_ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.',
});

/** How the message names the thread. */
function shownThread(thread: number): string {
  const name = thread === H.NONE ? 0 : lookupAttr(thread, intern('name'));
  const text = name === 0 ? 0 : str(name);
  if (text !== 0) return toJS(text);
  clearException();
  return String(I32[currentThread() + L.THR_IDENT]);
}

/** _excepthook(args): threading.excepthook. */
function exceptHook(args: number): number {
  const a = I32[args];
  if (!isKind(a, L.KIND_TUPLE) || I32[(a >>> 2) + 2] !== T.typeHandle(EXCEPT_HOOK_ARGS.id))
    return raise('TypeError', '_thread.excepthook argument type must be ExceptHookArgs');
  if (tupleItem(a, 0) === exceptionType('SystemExit')) return H.NONE;
  const thread = tupleItem(a, 3);
  if (sysAttribute('stderr') === H.NONE) return H.NONE;
  writeStderr(`Exception in thread ${shownThread(thread)}:\n${formatException(tupleItem(a, 1))}`);
  return H.NONE;
}

defineModule({
  name: '_thread',
  doc: "This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.",
  functions: [
    ['start_new_thread', startNew, [2, 3]],
    ['start_new', startNew, [2, 3]],
    ['start_joinable_thread', startJoinable, '(function, handle=None, daemon=True)'],
    ['daemon_threads_allowed', () => H.TRUE, [0, 0]],
    ['allocate_lock', newPlainLock, [0, 0]],
    ['allocate', newPlainLock, [0, 0]],
    ['exit_thread', exit, [0, 0]],
    ['exit', exit, [0, 0]],
    ['interrupt_main', interruptMain, [0, 1]],
    ['get_ident', ident, [0, 0]],
    ['get_native_id', nativeId, [0, 0]],
    ['_count', count, [0, 0]],
    ['stack_size', stackSize, [0, 1]],
    ['_excepthook', exceptHook, [1, 1]],
    ['_is_main_interpreter', () => H.TRUE, [0, 0]],
    ['_shutdown', shutdown, [0, 0]],
    ['_make_thread_handle', makeHandle, [1, 1]],
    ['_get_main_thread_ident', () => intFromNumber(mainIdent()), [0, 0]],
    ['set_name', setName, '(name)'],
    ['_get_name', () => I32[currentThread() + L.THR_NAME] || fromJS('protospace'), [0, 0]],
  ],
  types: [T.T_LOCK, T_RLOCK, T_HANDLE, T_LOCAL, EXCEPT_HOOK_ARGS.id],
  attributes: () => ({
    LockType: T.typeHandle(T.T_LOCK),
    error: exceptionType('RuntimeError'),
    TIMEOUT_MAX: newFloat(TIMEOUT_MAX),
    _NAME_MAXLEN: H.small(NAME_MAX),
  }),
});
