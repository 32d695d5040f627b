/** Ending the process from a carrier: only the main thread can, so it is told, and this carrier waits for its end. */
import { isMainThread } from 'node:worker_threads';
import { enterSafe } from '../heap/threads.js';
import { tellHost } from '../threads/jobs.js';

/** Does not return. */
export function exitProcess(code: number): never {
  if (isMainThread) process.exit(code);
  tellHost({ type: 'exit', code });
  enterSafe();
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(never, 0, 0);
}
