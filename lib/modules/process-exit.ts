/** Ending the process from a carrier: only the main thread can, so it is told, and this carrier waits for its end. */
import { isMainThread, parentPort } from 'node:worker_threads';
import { enterSafe } from '../heap/threads.js';

/** What a carrier posts to end the process. */
export interface ExitMessage {
  readonly exitProcess: number;
}

/** Does not return. */
export function exitProcess(code: number): never {
  if (isMainThread || parentPort === null) process.exit(code);
  parentPort.postMessage({ exitProcess: code } satisfies ExitMessage);
  enterSafe();
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(never, 0, 0);
}
