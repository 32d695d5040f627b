/**
 * The host thread: the ProtoThread of this isolate's own JavaScript, made at the first use. It stays mounted on the isolate's carrier, which is
 * safe for the collector except within `running`: between two operations of the API JavaScript holds no handle that is not rooted.
 */
import { CARRIER, POLL_COLLECT, releaseCarrier } from '../heap/carrier.js';
import { collectGarbage } from '../heap/collect.js';
import { pollCollection } from '../heap/rounds.js';
import { HeapExhausted, ProtospaceError } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { stressCollect } from '../heap/stress.js';
import { createThread, enterSafe, leaveSafe, mount, releaseThread, THREAD_HOST, unmount } from '../heap/threads.js';
import { ensureTypes } from './boot-types.js';

const I32 = i32;
const C = CARRIER;

let thread = 0;
let depth = 0;

/** When the isolate ends its record and its roots are free for others. */
function leave(): void {
  if (depth > 0) return;
  parkHost();
  releaseThread(thread);
  releaseCarrier();
  thread = 0;
}

/** Puts the host thread on the carrier, which is safe afterwards. */
function mountHost(): void {
  if (I32[C + L.CAR_THREAD] !== 0)
    throw new ProtospaceError('ERR_PROTOSPACE_THREAD', 'this thread of the system runs Python at the moment');
  mount(thread, THREAD_HOST);
  enterSafe();
}

/** Takes the host thread off the carrier until the next operation, so that another one can be mounted. */
export function parkHost(): void {
  if (isHosting()) unmount(THREAD_HOST);
}

/** Is the host thread on the carrier? Not before the first operation, nor while another thread is mounted in its stead. */
export const isHosting = (): boolean => thread !== 0 && I32[C + L.CAR_THREAD] === thread;

/** Record of the host thread, mounted: a word index. */
export function hostThread(): number {
  if (thread === 0) {
    ensureTypes();
    thread = createThread(0);
    process.once('exit', leave);
  }
  if (I32[C + L.CAR_THREAD] !== thread) mountHost();
  return thread;
}

/** Out of memory is told only after a collection: all that `body` uses is rooted, so it can be done again. */
function retried<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof HeapExhausted)) throw error;
    collectGarbage();
    return body();
  }
}

/** What an operation leaves is rooted, so its end is a safepoint. */
function poll(): void {
  if (stressCollect) collectGarbage();
  else if ((I32[C + L.CAR_POLL]! & POLL_COLLECT) !== 0) pollCollection();
}

/** Runs one operation on objects. No collection goes on meanwhile, unless memory is short: then `body` is run again after one. */
export function running<T>(body: () => T): T {
  if (depth > 0) return body();
  hostThread();
  leaveSafe();
  depth++;
  try {
    return retried(body);
  } finally {
    depth--;
    poll();
    enterSafe();
  }
}
