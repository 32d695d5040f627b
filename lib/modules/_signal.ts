/**
 * `_signal` (https://docs.python.org/3.14/library/signal.html). The system's signals come to Node's main thread, which notes them for the main thread of the
 * program (lib/threads/interrupt.ts); that calls the handler at its next safepoint, or in the call it waits in.
 */
import { constants } from 'node:os';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { f64, i32 } from '../heap/memory.js';
import { call2, indexNumber, isCallable } from '../objects/abstract.js';
import { defineModule } from '../objects/define.js';
import { exceptionType, raise, typeName } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromNumber, isInt } from '../objects/int.js';
import { listAt, listSetItem, newListFromArray } from '../objects/list.js';
import { blocking } from '../objects/natives.js';
import { setFromIterable } from '../objects/set.js';
import { fromJS } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import { frameObject } from '../vm/frame-object.js';
import { signalHook } from '../vm/safepoint.js';
import { beginWait, SUSPENDED, waitFor } from '../threads/block.js';
import { now } from '../threads/clock.js';
import { mainThreadOf, signalThread, takeSignals } from '../threads/interrupt.js';
import { askHost, tellHost } from '../threads/jobs.js';
import { currentThread, INTERRUPTED, NOT_WAITING } from '../threads/parking.js';
import { ALARM_AT, ALARM_INTERVAL } from '../threads/words.js';
import { currentEnvironment, currentFrame } from './frames.js';
import { environmentModule, moduleGet } from './modules.js';
import { secondsOf } from './timeout.js';

const I32 = i32;
const F64 = f64;
const NSIG = 65;
/** Signals that Node can tell of: bits of a word. */
const DELIVERED = 32;
const SIG_DFL = H.small(0);
const SIG_IGN = H.small(1);
const { SIGINT, SIGALRM, SIGKILL, SIGSTOP } = constants.signals;
const ITIMER_REAL = 0;

/** Numbers of 32 and 33 belong to the C library. */
const isValid = (n: number): boolean => n >= 1 && n < NSIG && n !== 32 && n !== 33;

/** The environment's handlers by signal number: 0 before the module is imported. */
const handlers = (environment: number): number => I32[(environment >>> 2) + L.ENVIRONMENT_SIGNALS];

/** None stands for the module's own default_int_handler. */
function makeHandlers(environment: number): void {
  if (handlers(environment) !== 0) return;
  const list = new Array<number>(NSIG).fill(SIG_DFL);
  list[SIGINT] = H.NONE;
  for (const name of ['SIGPIPE', 'SIGXFSZ'] as const) list[constants.signals[name]] = SIG_IGN;
  storeRef(environment, L.ENVIRONMENT_SIGNALS, newListFromArray(list));
}

/** Handler of a signal; 0 before the module is imported. */
function handlerOf(n: number): number {
  const environment = currentEnvironment();
  const list = handlers(environment);
  const handler = list === 0 ? 0 : listAt(list, n);
  return handler === H.NONE ? moduleGet(environmentModule(environment, '_signal'), 'default_int_handler') : handler;
}

/** A signal number; NaN with the exception set. */
function signalArgument(h: number): number {
  const n = indexNumber(h);
  if (Number.isNaN(n) || isValid(n)) return n;
  return raise('ValueError', 'signal number out of range') || Number.NaN;
}

const inMainThread = (): boolean =>
  I32[currentThread() + L.THR_IDENT] === I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_MAIN_IDENT];

function signal(args: number): number {
  const n = signalArgument(I32[args]);
  if (Number.isNaN(n)) return 0;
  const handler = I32[args + 1];
  if (!inMainThread()) return raise('ValueError', 'signal only works in main thread of the main interpreter');
  const system = handler === SIG_DFL || handler === SIG_IGN;
  if (!system && !isCallable(handler))
    return raise('TypeError', 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  if (n === SIGKILL || n === SIGSTOP) return raise('OSError', '[Errno 22] Invalid argument');
  const slot = root(handlerOf(n));
  listSetItem(handlers(currentEnvironment()), n, handler);
  if (n < DELIVERED)
    askHost({
      type: 'signal',
      signal: n,
      action: handler === SIG_DFL ? 'default' : handler === SIG_IGN ? 'ignore' : 'handle',
    });
  const old = I32[slot];
  unroot(slot);
  return old;
}

function getSignal(args: number): number {
  const n = signalArgument(I32[args]);
  return Number.isNaN(n) ? 0 : handlerOf(n);
}

/** Calls the handler of one signal: 1, or 0 with the exception set. */
function handle(n: number): number {
  const handler = handlerOf(n);
  if (handler === 0) return n === SIGINT ? raise('KeyboardInterrupt', '') : 1;
  if (handler === SIG_DFL || handler === SIG_IGN) return 1;
  const frame = currentFrame();
  return call2(handler, H.small(n), frame === 0 ? H.NONE : frameObject(frame)) === 0 ? 0 : 1;
}

signalHook.handle = () => {
  const t = currentThread();
  const bits = takeSignals(t);
  for (let n = 1; n < DELIVERED; n++) {
    if ((bits & (1 << n)) === 0) continue;
    if (handle(n) !== 0) continue;
    // The others come after the exception.
    for (let rest = n + 1; rest < DELIVERED; rest++) if ((bits & (1 << rest)) !== 0) signalThread(t, rest);
    return 0;
  }
  return 1;
};

/** raise_signal: the default action is the system's; a handler runs at once in the main thread, later otherwise. */
function raiseSignal(args: number): number {
  const n = indexNumber(I32[args]);
  if (Number.isNaN(n)) return 0;
  if (!isValid(n)) return raise('OSError', '[Errno 22] Invalid argument');
  const handler = handlerOf(n);
  if (handler === SIG_IGN) return H.NONE;
  if (handler === SIG_DFL) return killSelf(n);
  if (inMainThread()) return handle(n) === 0 ? 0 : H.NONE;
  const main = mainThreadOf(currentEnvironment());
  if (main !== 0 && n < DELIVERED) signalThread(main, n);
  return H.NONE;
}

function killSelf(n: number): number {
  process.kill(process.pid, n);
  return H.NONE;
}

const defaultInterrupt = (): number => raise('KeyboardInterrupt', '');

const TEXTS: Readonly<Record<string, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGCHLD: 'Child exited',
  SIGCONT: 'Continued',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
  SIGURG: 'Urgent I/O condition',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGWINCH: 'Window changed',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
};

const signalNumbers = (): [string, number][] => Object.entries(constants.signals).filter(([, n]) => n < DELIVERED);

function strSignal(args: number): number {
  const n = signalArgument(I32[args]);
  if (Number.isNaN(n)) return 0;
  const row = signalNumbers().find(([name, number]) => number === n && TEXTS[name] !== undefined);
  return row === undefined ? (n > DELIVERED ? fromJS(`Real-time signal ${n - 34}`) : H.NONE) : fromJS(TEXTS[row[0]]);
}

// ---------------------------------------------------------------- alarms

/** Milliseconds until the alarm; 0: none is set, or the last has come. */
function remaining(): number {
  const at = F64[ALARM_AT >>> 1];
  const interval = F64[ALARM_INTERVAL >>> 1];
  const left = at - now();
  if (at === 0) return 0;
  if (left > 0) return left;
  return interval === 0 ? 0 : interval - (-left % interval);
}

/** Sets the one timer of the process: SIGALRM after `milliseconds` (0: never), then every `interval`. */
function setAlarm(milliseconds: number, interval: number): void {
  F64[ALARM_AT >>> 1] = milliseconds === 0 ? 0 : now() + milliseconds;
  F64[ALARM_INTERVAL >>> 1] = interval;
  tellHost({ type: 'alarm', signal: SIGALRM, milliseconds, interval });
}

function alarm(args: number): number {
  const seconds = indexNumber(I32[args]);
  if (Number.isNaN(seconds)) return 0;
  const left = Math.ceil(remaining() / 1000);
  setAlarm(Math.max(0, seconds) * 1000, 0);
  return intFromNumber(left);
}

const timerState = (): number => tupleOf(newFloat(remaining() / 1000), newFloat(F64[ALARM_INTERVAL >>> 1] / 1000));

/** The one timer that Node can keep is the real-time one. */
function realTimer(h: number): boolean {
  const which = indexNumber(h);
  if (which === ITIMER_REAL) return true;
  if (which === 1 || which === 2) raise('NotImplementedError', 'only signal.ITIMER_REAL is there');
  else if (!Number.isNaN(which)) raise('OSError', '[Errno 22] Invalid argument');
  return false;
}

function setTimer(args: number, n: number): number {
  if (!realTimer(I32[args])) return 0;
  const seconds = secondsOf(I32[args + 1]);
  const interval = n > 2 ? secondsOf(I32[args + 2]) : 0;
  if (Number.isNaN(seconds) || Number.isNaN(interval)) return 0;
  if (seconds < 0 || interval < 0) return raise('OSError', '[Errno 22] Invalid argument');
  const old = timerState();
  const slot = root(old);
  setAlarm(seconds * 1000, interval * 1000);
  unroot(slot);
  return old;
}

const getTimer = (args: number): number => (realTimer(I32[args]) ? timerState() : 0);

/** Waits for a signal whose handler returns. */
const pause = blocking(() => {
  const key = (currentThread() << 1) | 1;
  let how = beginWait(key, () => Infinity);
  if (how === NOT_WAITING) how = waitFor(key, () => true);
  return how === SUSPENDED || how === INTERRUPTED ? 0 : H.NONE;
});

function setWakeup(args: number): number {
  return isInt(I32[args]) && I32[args] === H.small(-1)
    ? H.small(-1)
    : raise(
        'NotImplementedError',
        `set_wakeup_fd(${typeName(I32[args])}) is not there: signals are not written to descriptors`,
      );
}

const validSignals = (): number =>
  setFromIterable(
    newListFromArray(
      Array.from({ length: NSIG }, (_, n) => n)
        .filter(isValid)
        .map(H.small),
    ),
  );

defineModule({
  name: '_signal',
  functions: [
    ['signal', signal, [2, 2]],
    ['getsignal', getSignal, [1, 1]],
    ['raise_signal', raiseSignal, [1, 1]],
    ['default_int_handler', defaultInterrupt, [2, 2]],
    ['strsignal', strSignal, [1, 1]],
    ['valid_signals', validSignals, [0, 0]],
    ['alarm', alarm, [1, 1]],
    ['setitimer', setTimer, [2, 3]],
    ['getitimer', getTimer, [1, 1]],
    ['pause', pause, [0, 0]],
    ['set_wakeup_fd', setWakeup, '(fd, /, *, warn_on_full_buffer=True)'],
  ],
  attributes: (environment) => (
    makeHandlers(environment),
    {
      ...Object.fromEntries(signalNumbers().map(([name, n]) => [name, H.small(n)])),
      SIGCLD: H.small(constants.signals.SIGCHLD),
      SIGRTMIN: H.small(34),
      SIGRTMAX: H.small(64),
      NSIG: H.small(NSIG),
      SIG_DFL,
      SIG_IGN,
      ITIMER_REAL: H.small(ITIMER_REAL),
      ITIMER_VIRTUAL: H.small(1),
      ITIMER_PROF: H.small(2),
      ItimerError: exceptionType('OSError'),
    }
  ),
});
