/** The pool's means when the host's isolate has attached the space: jobs go through the space, to whichever carrier is free. */
import { abandonCarriers } from '../heap/abandon.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { eachThread } from '../heap/roots.js';
import { releaseThread, THREAD_ABORTED, THREAD_HOST, withRunning } from '../heap/threads.js';
import { installStarter } from './carriers.js';
import { interruptThread } from './interrupt.js';
import { freeJobMail } from './mailbox.js';
import type { AttachedHost } from './pool.js';
import { submitJob } from './submit.js';
import { KIND_JOB } from './thread-kinds.js';

const I32 = i32;

/** Ends every ProtoThread of Python and empties the scheduler's queues, once no carrier is left. */
function reset(): void {
  eachThread((t) => {
    if (I32[t + L.THR_STATE] === THREAD_HOST) return;
    if (I32[t + L.THR_KIND] === KIND_JOB) freeJobMail(t);
    releaseThread(t);
  });
  I32.fill(0, L.SCHED_BASE >>> 2, L.SCHED_END >>> 2);
  I32.fill(0, L.STEAL_BASE >>> 2, (L.STEAL_BASE + L.CARRIERS_MAX * L.STEAL_BYTES) >>> 2);
}

export const attached: AttachedHost = {
  submit: (id, job) => withRunning(() => submitJob(id, job)),
  install: installStarter,
  interrupt(id, thread) {
    if (I32[thread + L.THR_JOB] === id) interruptThread(thread, THREAD_ABORTED);
  },
  reset() {
    // Without the addon nobody else has done it; a carrier that died in the middle of a collection holds up everybody.
    abandonCarriers();
    withRunning(reset);
  },
};
