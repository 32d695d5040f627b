/**
 * Files that are written through a buffer. CPython closes a file when the last reference to it goes; here it stays open until a collection
 * finds it. So that a program which lost a file that way finds in it what it wrote, files are flushed before the same file is opened,
 * measured, or given to another process. A file in use is written out a little earlier by that, which no program can rely on not happening.
 */
import { type Stats, statSync } from 'node:fs';
import * as L from '../heap/layout.generated.js';
import { atomics, f64, i32 } from '../heap/memory.js';
import { clearException, pendingException, takeException, setException } from '../objects/exceptions.js';
import { root, unroot } from '../heap/context.js';
import { isForeign } from '../objects/sync.js';
import { entryOf, FD_DEVICE, FD_INODE, FD_OWNER, openHooks } from './file-descriptors.js';
import { collectAndFinalize } from './finalizers.js';
import { method0 } from './io-object.js';

const I32 = i32;
const F64 = f64;

/** Notes the stream that open() made for writing to a descriptor. */
export function noteWriter(stream: number, fd: number): void {
  const e = entryOf(fd);
  if (e === 0 || I32[e + FD_OWNER] !== 0) return;
  I32[e + FD_OWNER] = stream;
  atomics.add(L.CTL_WRITERS_OPEN * 4, 1);
}

/** Flushes a stream unless another thread works on it; what goes wrong will come up again at its closing. */
function flushOwner(stream: number): void {
  if (isForeign(stream)) return;
  const before = takeException();
  const slot = root(stream);
  root(before);
  method0(stream, 'flush');
  if (pendingException() !== 0) clearException();
  unroot(slot);
  if (before !== 0) setException(before);
}

function flushWriters(wanted: (entry: number) => boolean): boolean {
  let any = false;
  for (let fd = 0; fd < I32[L.CTL_FDS_TOP]; fd++) {
    const e = entryOf(fd);
    if (I32[e + FD_OWNER] === 0 || !wanted(e)) continue;
    any = true;
    flushOwner(I32[e + FD_OWNER]);
  }
  return any;
}

/** Writes out what waits for this file: was there a stream for it? */
export function flushWritersOf(s: Pick<Stats, 'dev' | 'ino'>): boolean {
  if (I32[L.CTL_WRITERS_OPEN] === 0) return false;
  return flushWriters((e) => F64[(e + FD_INODE) >>> 1] === s.ino && I32[e + FD_DEVICE] === (s.dev | 0));
}

/** Writes out what waits for any file. */
export function flushAllWriters(): void {
  if (I32[L.CTL_WRITERS_OPEN] !== 0) flushWriters(() => true);
}

openHooks.before = (path) => {
  try {
    const s = statSync(path, { throwIfNoEntry: false });
    if (s !== undefined) flushWritersOf(s);
  } catch {
    // Opening it will say what is wrong.
  }
};

openHooks.reclaim = collectAndFinalize;
