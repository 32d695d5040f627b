/** A carrier's other tasks: it boots, for a host without the runtime, or for the build, which captures the space for the boot image. */
import { releaseCarrier } from '../heap/carrier.js';
import { captureSpace } from '../heap/capture.js';
import { createThread, mount, releaseThread, THREAD_DONE, THREAD_RUNNING, unmount } from '../heap/threads.js';
import { boot } from '../objects/boot.js';

/** Hash of the sources, set where they are bundled. */
declare const PROTOSPACE_BUILD: string;

function bootThread(): void {
  const t = createThread(0);
  mount(t, THREAD_RUNNING);
  boot();
  unmount(THREAD_DONE);
  releaseThread(t);
}

/** Makes the built-in types; nothing of this carrier remains. */
export function bootOnly(): void {
  bootThread();
  releaseCarrier();
}

export function captureBoot(file: string): void {
  bootThread();
  captureSpace(file, PROTOSPACE_BUILD);
}
