/**
 * The process's standard streams, written with fs.writeSync: a Worker's own stdout would need the main thread. Buffered by isolate and
 * descriptor; a terminal gets its lines at once, and so does everything once there are threads: the next line may come from another isolate.
 * `flushOutput` must be called before the thread leaves the carrier, and before the process ends.
 */
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isHostStream, writeToHost } from './host-streams.js';

const LIMIT = 32768;

interface Stream {
  chunks: Buffer[];
  size: number;
  readonly lines: boolean;
}

const streams = new Map<number, Stream>();

function streamOf(fd: number): Stream {
  let stream = streams.get(fd);
  if (stream === undefined) {
    stream = { chunks: [], size: 0, lines: isatty(fd) || fd === 2 };
    streams.set(fd, stream);
  }
  return stream;
}

/** Writes all bytes; a full pipe is waited for. Throws Node's error when the descriptor is closed. */
export function writeAll(fd: number, data: Uint8Array): void {
  for (let at = 0; at < data.length; ) {
    try {
      at += writeSync(fd, data, at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Buffers bytes for a standard descriptor. */
export function writeBytes(fd: number, data: Uint8Array): void {
  if (isHostStream(fd)) {
    writeToHost(fd, data);
    return;
  }
  const stream = streamOf(fd);
  stream.chunks.push(Buffer.from(data));
  stream.size += data.length;
  const lines = stream.lines || i32[L.CTL_MULTI_THREADED] !== 0;
  if (stream.size >= LIMIT || (lines && data.includes(10))) flushDescriptor(fd);
}

/** Buffers text for a standard descriptor, as UTF-8. */
export function writeText(fd: number, text: string): void {
  if (text.length > 0) writeBytes(fd, Buffer.from(text, 'utf8'));
}

export function flushDescriptor(fd: number): void {
  const stream = streamOf(fd);
  if (stream.size === 0) return;
  const data = stream.chunks.length === 1 ? stream.chunks[0] : Buffer.concat(stream.chunks);
  stream.chunks = [];
  stream.size = 0;
  writeAll(fd, data);
}

/** Writes out what is buffered for all descriptors. */
export function flushOutput(): void {
  for (const fd of streams.keys()) flushDescriptor(fd);
}
