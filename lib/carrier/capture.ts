/** A carrier's other task, for the build: boots, and captures the space for the boot image. */
import { captureSpace } from '../heap/capture.js';
import { createThread, mount, releaseThread, THREAD_DONE, THREAD_RUNNING, unmount } from '../heap/threads.js';
import { boot } from '../objects/boot.js';

/** Hash of the sources, set where they are bundled. */
declare const PROTOSPACE_BUILD: string;

export function captureBoot(file: string): void {
  const t = createThread(0);
  mount(t, THREAD_RUNNING);
  boot();
  unmount(THREAD_DONE);
  releaseThread(t);
  captureSpace(file, PROTOSPACE_BUILD);
}
