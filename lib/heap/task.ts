/** Threads of the system, as far as it tells: on Linux. */
import { existsSync, readlinkSync } from 'node:fs';

/** Number of the thread that runs this isolate; 0 where the system does not tell. */
export function ownTask(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/')[2]) || 0;
  } catch {
    return 0;
  }
}

/** Has this thread of the process ended for certain? */
export const taskEnded = (task: number): boolean =>
  task !== 0 && existsSync('/proc/self/task') && !existsSync(`/proc/self/task/${task}`);
