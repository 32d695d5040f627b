/** Asking for a job, from any isolate that has attached the space: loads no interpreter. */
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { createThread, THREAD_RUNNABLE } from '../heap/threads.js';
import type { Job } from './job.js';
import { writeMail } from './mailbox.js';
import { queue } from './run-queue.js';
import { KIND_JOB } from './thread-kinds.js';

const I32 = i32;

/** Puts a job into the space for any carrier to run. Returns its thread record. Throws when the space or the thread table is full. */
export function submitJob(id: number, job: Job): number {
  const t = createThread(0);
  I32[t + L.THR_KIND] = KIND_JOB;
  I32[t + L.THR_JOB] = id;
  I32[t + L.THR_DATA] = writeMail(JSON.stringify(job));
  I32[t + L.THR_IDENT] = I32[t + L.THR_ID];
  atomics.store((t + L.THR_STATE) << 2, THREAD_RUNNABLE);
  queue(t);
  return t;
}
