/**
 * Where the scheduler's words lie in the space (SCHED_* of the layout), each on a cache line of its own. All start as 0.
 *
 * | word | written by | read by | order |
 * | --- | --- | --- | --- |
 * | INJECT_* | any isolate, by compare-and-swap | same | see inject.ts |
 * | QUEUED | who queues and takes runnable threads | safepoints (plain), starters | add |
 * | STARTED, PINNED | who starts a carrier; a carrier that blocks with its thread | starters | add, cas |
 * | HOST | the isolate whose pool it is | other isolates | cas |
 * | SLEEPING | a carrier before it sleeps and after | who queues | add, pairs with QUEUED (Dekker) |
 * | KEEPER | the carrier that sleeps until the next deadline | who adds a deadline | cas |
 * | DEADLINE | under the lock of the timers | safepoints, sleepers | plain f64 |
 */
import * as L from '../heap/layout.generated.js';

const line = (n: number): number => (L.SCHED_BASE >>> 2) + n * 16;

/** Inject queue: (node, tag) pairs. */
export const INJECT_HEAD = line(0);
export const INJECT_TAIL = line(1);
export const INJECT_FREE = line(2);
/** Nodes of the inject queue ever used, besides node 0. */
export const INJECT_USED = line(2) + 2;

/** Runnable threads that wait for a carrier. */
export const QUEUED = line(3);
/** Carriers that run or are starting. */
export const STARTED = line(4);
/** Carriers that wait within their thread: they run nothing meanwhile. */
export const PINNED = line(4) + 1;
/** Most carriers that may run at a time, 0: not decided yet. */
export const LIMIT = line(4) + 2;
/** CAR_OS_THREAD of the isolate that hosts Python: carriers answer to it. */
export const HOST = line(4) + 3;
/** Carriers asleep for want of a thread. */
export const SLEEPING = line(5);
/** Index + 1 of the sleeping carrier that watches the next deadline. */
export const KEEPER = line(5) + 1;
/** Lock word of the timers, and how many there are. */
export const TIMER_LOCK = line(6);
export const TIMER_COUNT = line(6) + 1;
/** The next deadline as a double; valid while TIMER_COUNT > 0. */
export const DEADLINE = line(7);
/** Thread record that handles signals: the main thread of the process's program. */
export const SIGNAL_THREAD = line(8) + 1;
/** When SIGALRM comes, 0: never, and how often then: doubles, milliseconds of clock.ts. */
export const ALARM_AT = line(8) + 2;
export const ALARM_INTERVAL = line(8) + 4;
/** Counts the `_thread._local` objects. */
export const LOCAL_SERIAL = line(9);
/** What _thread.stack_size() was given. */
export const STACK_SIZE = line(9) + 1;
