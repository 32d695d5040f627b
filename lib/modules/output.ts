/** Text of the runtime itself to the process's standard descriptors, where there is no stream object: written at once, by fs.writeSync. */
import { writeSync } from 'node:fs';
import { isHostStream, writeToHost } from './host-streams.js';

/** Writes all bytes; a full pipe is waited for. Throws Node's error when the descriptor is closed. */
function writeAll(fd: number, data: Uint8Array): void {
  for (let at = 0; at < data.length; ) {
    try {
      at += writeSync(fd, data, at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Writes text, as UTF-8. */
export function writeText(fd: number, text: string): void {
  if (text.length === 0) return;
  const data = Buffer.from(text, 'utf8');
  if (isHostStream(fd)) writeToHost(fd, data);
  else writeAll(fd, data);
}
