/** The registry of threads as plain data, readable from any isolate that has attached the space. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { carrierOf, eachThread } from '../heap/roots.js';
import {
  THREAD_BLOCKED,
  THREAD_DONE,
  THREAD_FREE,
  THREAD_HOST,
  THREAD_NEW,
  THREAD_PARKED,
  THREAD_RUNNABLE,
  THREAD_RUNNING,
  THREAD_WAKING,
} from '../heap/threads.js';

const I32 = i32;

const STATE_NAMES = {
  [THREAD_FREE]: 'free',
  [THREAD_NEW]: 'new',
  [THREAD_RUNNABLE]: 'runnable',
  [THREAD_RUNNING]: 'running',
  [THREAD_PARKED]: 'parked',
  [THREAD_DONE]: 'done',
  [THREAD_HOST]: 'host',
  [THREAD_WAKING]: 'running',
  [THREAD_BLOCKED]: 'blocked',
} as const;

export type ThreadState = (typeof STATE_NAMES)[keyof typeof STATE_NAMES];

export interface ThreadInfo {
  readonly id: number;
  /** Word index of its record. */
  readonly record: number;
  /** A str handle, 0: none. */
  readonly name: number;
  readonly state: ThreadState;
  /** Word index of its current context; 0: none. */
  readonly context: number;
  /** Index of the carrier it is mounted on; -1: none. */
  readonly carrier: number;
}

/** All threads, a snapshot: each row is read while its thread may run. */
export function threads(): ThreadInfo[] {
  const rows: ThreadInfo[] = [];
  eachThread((t) => {
    const carrier = carrierOf(t);
    rows.push({
      id: I32[t + L.THR_ID],
      record: t,
      name: I32[t + L.THR_NAME],
      state: STATE_NAMES[I32[t + L.THR_STATE] as keyof typeof STATE_NAMES] ?? 'free',
      context: carrier === 0 ? I32[t + L.THR_CONTEXT] : I32[carrier + L.CAR_CONTEXT],
      carrier: carrier === 0 ? -1 : I32[carrier + L.CAR_INDEX],
    });
  });
  return rows;
}
