/**
 * File descriptors and their positions. Node has no lseek, so the position of a regular file lies in the space, in a table by descriptor number
 * that all carriers share, and reads and writes name it. Pipes, terminals and what the process was started with use the system's own.
 *
 * | word of an entry | meaning | guard |
 * | --- | --- | --- |
 * | 0, 1 | position, a double | lock |
 * | 2 | FD_* flags; 0: nothing known | written before the descriptor is handed out |
 * | 3 | lock: 0, or 1 while a carrier reads or writes at the position | compare-and-swap |
 * | 4 | stream that writes to it, 0: none; see open-writers.ts | set by its opener, cleared at closing |
 * | 5, 6, 7 | device, and inode as a double, of what open() opened | as word 2 |
 *
 * Functions return a negative error number when they fail, -EINTR with the exception set that another thread asked for. Reading or writing what may block is a safe region: a collection may happen, so
 * the caller's handles must be rooted.
 */
import {
  closeSync,
  constants as fs,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { constants } from 'node:os';
import { type Addon, addon } from '../heap/addon.js';
import * as L from '../heap/layout.generated.js';
import { atomics, f64, i32 } from '../heap/memory.js';
import { enterSafe, leaveSafe } from '../heap/threads.js';
import { raiseInterrupt } from '../vm/safepoint.js';
import { errorNumber } from './errno.js';
import { isHostStream, readFromHost, writeToHost } from './host-streams.js';
import { errnoOf } from './os-error.js';

const I32 = i32;
const F64 = f64;

const FLAGS = 2;
const LOCK = 3;
/** Words that open-writers.ts reads. */
export const FD_OWNER = 4;
export const FD_DEVICE = 5;
export const FD_INODE = 6;

const FD_KNOWN = 1;
/** The position is ours, not the system's. */
const FD_POSITIONED = 2;
const FD_APPEND = 4;
/** Opened with O_NONBLOCK by the program: EAGAIN is its business. */
const FD_NONBLOCK = 8;

/** Most bytes one system call moves. */
const MOST = 0x7ffff000;

const O_APPEND = 1024;
const O_NONBLOCK = 2048;

/** Word index of a descriptor's entry; 0 when it has none. */
export const entryOf = (fd: number): number => (fd >= 0 && fd < L.FDS_MAX ? (L.FDS_BASE + fd * L.FD_BYTES) >>> 2 : 0);
const flagsOf = (fd: number): number => {
  const e = entryOf(fd);
  return e === 0 ? 0 : I32[e + FLAGS];
};

/** Lets the collector run while `run` waits for the world outside; its value, or the negative number of the error it threw. */
export function blocking(run: () => number): number {
  enterSafe();
  try {
    return run();
  } catch (e) {
    return -errnoOf(e);
  } finally {
    leaveSafe();
  }
}

/** As blocking, for what does not block. */
function attempt(run: () => number): number {
  try {
    return run();
  } catch (e) {
    return -errnoOf(e);
  }
}

const sleepWord = new Int32Array(new SharedArrayBuffer(4));
const AGAIN = constants.errno.EAGAIN;
const INTERRUPTED = constants.errno.EINTR;

/** Milliseconds until one that waits for input sees what others ask of its thread. */
const LOOK = 50;

/** Waits until there is something to read. False with the exception set that another thread asked for. */
function awaitInput({ waitReadable }: Addon, fd: number): boolean {
  for (;;) {
    if (blocking(() => (waitReadable(fd, LOOK) ? 1 : 0)) === 1) return true;
    if (raiseInterrupt() === 0) return false;
  }
}

/** Repeats `run` while the descriptor has nothing to give, with growing pauses. */
function patiently(run: () => number): number {
  for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
    const n = blocking(run);
    if (n !== -AGAIN) return n;
    blocking(() => (Atomics.wait(sleepWord, 0, 0, pause), 0));
    if (raiseInterrupt() === 0) return -INTERRUPTED;
  }
}

/** The descriptor's pipe or terminal opened anew, not to block; -1 where the system does not do that. */
function openAnew(fd: number): number {
  try {
    return openSync(`/proc/self/fd/${fd}`, fs.O_RDONLY | O_NONBLOCK);
  } catch {
    return -1;
  }
}

/** Reads what comes from outside; a signal need not wait for it. The addon can wait for a while only; without it we look again and again. */
function readOutside(fd: number, into: Uint8Array, offset: number, most: number): number {
  const from = (source: number) => () => readSync(source, into, offset, most, null);
  if (addon !== undefined) return awaitInput(addon, fd) ? patiently(from(fd)) : -INTERRUPTED;
  const anew = openAnew(fd);
  const n = patiently(from(anew < 0 ? fd : anew));
  if (anew >= 0) closeSync(anew);
  return n;
}

const hasPosition = (s: Stats): boolean => s.isFile() || s.isBlockDevice();

/** Notes what a fresh descriptor is. */
function register(fd: number, flags: number, s: Stats): void {
  const e = entryOf(fd);
  F64[e >>> 1] = 0;
  I32[e + LOCK] = 0;
  I32[e + FD_OWNER] = 0;
  I32[e + FD_DEVICE] = s.dev;
  F64[(e + FD_INODE) >>> 1] = s.ino;
  while (atomics.load(L.CTL_FDS_TOP * 4) <= fd) atomics.cas(L.CTL_FDS_TOP * 4, I32[L.CTL_FDS_TOP], fd + 1);
  I32[e + FLAGS] =
    FD_KNOWN |
    (hasPosition(s) ? FD_POSITIONED : 0) |
    ((flags & O_APPEND) !== 0 ? FD_APPEND : 0) |
    ((flags & O_NONBLOCK) !== 0 ? FD_NONBLOCK : 0);
}

/** What open(2) gave: a descriptor, and what it is. */
export interface Opened {
  readonly fd: number;
  readonly stat: Stats;
}

/** Set by open-writers.ts. */
export const openHooks = {
  /** Called before a file is opened by name. */
  before: (_path: string | Buffer): void => {},
  /** Descriptors have run out: closes files that nobody refers to. */
  reclaim: (): void => {},
};

const exhausted = (r: number): boolean => r === -constants.errno.EMFILE || r === -constants.errno.ENFILE;

/** Opens a file; a negative error number when that fails. A collection may happen: the caller's handles must be rooted. */
export function openDescriptor(path: string | Buffer, flags: number, mode: number): Opened | number {
  if (I32[L.CTL_WRITERS_OPEN] !== 0) openHooks.before(path);
  let opened = openOnce(path, flags, mode);
  if (typeof opened === 'number' && exhausted(opened)) {
    openHooks.reclaim();
    opened = openOnce(path, flags, mode);
  }
  return opened;
}

function openOnce(path: string | Buffer, flags: number, mode: number): Opened | number {
  let stat: Stats | undefined;
  const fd = attempt(() => {
    const made = openSync(path, flags, mode);
    stat = fstatSync(made);
    return made;
  });
  if (fd < 0) return fd;
  if (entryOf(fd) === 0) {
    closeSync(fd);
    return -errorNumber('EMFILE');
  }
  register(fd, flags, stat!);
  return { fd, stat: stat! };
}

export function closeDescriptor(fd: number): number {
  const e = entryOf(fd);
  if (e !== 0) {
    I32[e + FLAGS] = 0;
    if (I32[e + FD_OWNER] !== 0) atomics.add(L.CTL_WRITERS_OPEN * 4, -1);
    I32[e + FD_OWNER] = 0;
  }
  return attempt(() => (closeSync(fd), 0));
}

/** A stream of the host program is a pipe. */
function pipeStats(): Stats {
  const some = statSync('.');
  const pipe = { ...some, mode: fs.S_IFIFO | 0o600, size: 0, blksize: 4096, blocks: 0 };
  return Object.assign(Object.create(Object.getPrototypeOf(some) as object) as Stats, pipe);
}

/** The kind of file behind a descriptor; a negative error number when it is not open. */
export function describeDescriptor(fd: number): Stats | number {
  if (isHostStream(fd)) return pipeStats();
  let stat: Stats | undefined;
  const r = attempt(() => ((stat = fstatSync(fd)), 0));
  return stat ?? r;
}

function lock(e: number): void {
  while (atomics.cas((e + LOCK) << 2, 0, 1) !== 0) blocking(() => (Atomics.wait(I32, e + LOCK, 1, 5), 0));
}

function unlock(e: number): void {
  atomics.store((e + LOCK) << 2, 0);
  Atomics.notify(I32, e + LOCK);
}

/** Reads at the position; the position moves on. */
export function readDescriptor(fd: number, into: Uint8Array, offset: number, length: number): number {
  if (isHostStream(fd)) return readFromHost(into, offset, length);
  const most = Math.min(length, MOST);
  const flags = flagsOf(fd);
  if ((flags & FD_POSITIONED) === 0) {
    if ((flags & FD_NONBLOCK) === 0) return readOutside(fd, into, offset, most);
    return blocking(() => readSync(fd, into, offset, most, null));
  }
  const e = entryOf(fd);
  lock(e);
  const n = attempt(() => readSync(fd, into, offset, most, F64[e >>> 1]));
  if (n > 0) F64[e >>> 1] += n;
  unlock(e);
  return n;
}

/** Writes at the position, or at the end where the file was opened for that. */
export function writeDescriptor(fd: number, from: Uint8Array, offset: number, length: number): number {
  if (isHostStream(fd)) return writeToHost(fd, from.subarray(offset, offset + length));
  const most = Math.min(length, MOST);
  const flags = flagsOf(fd);
  if ((flags & FD_POSITIONED) === 0) {
    const run = (): number => writeSync(fd, from, offset, most, null);
    return (flags & FD_NONBLOCK) !== 0 ? blocking(run) : patiently(run);
  }
  const e = entryOf(fd);
  const append = (flags & FD_APPEND) !== 0;
  lock(e);
  const n = attempt(() => writeSync(fd, from, offset, most, append ? null : F64[e >>> 1]));
  if (n > 0) F64[e >>> 1] = append ? sizeOf(fd) : F64[e >>> 1] + n;
  unlock(e);
  return n;
}

const sizeOf = (fd: number): number => attempt(() => fstatSync(fd).size);

/** Where the system stands in a file it keeps the position of. */
function systemPosition(fd: number): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))![1]);
  } catch {
    return 0;
  }
}

function systemAppends(fd: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))![1];
    return (Number.parseInt(flags, 8) & O_APPEND) !== 0;
  } catch {
    return false;
  }
}

/** Where seeking does nothing or is refused: pipes, terminals, devices, directories. */
function seekOther(fd: number, s: Stats): number {
  if (s.isFIFO() || s.isSocket()) return -constants.errno.ESPIPE;
  return s.isCharacterDevice() && isTerminal(fd) ? -constants.errno.ESPIPE : 0;
}

/** lseek(2) with SEEK_SET, SEEK_CUR or SEEK_END: the new position. */
export function seekDescriptor(fd: number, offset: number, whence: number): number {
  if (isHostStream(fd)) return -constants.errno.ESPIPE;
  const s = describeDescriptor(fd);
  if (typeof s === 'number') return s;
  if (whence < 0 || whence > 2) return -constants.errno.EINVAL;
  if (!hasPosition(s) || entryOf(fd) === 0) return seekOther(fd, s);
  const e = entryOf(fd);
  lock(e);
  const ours = (I32[e + FLAGS] & FD_POSITIONED) !== 0;
  const here = ours ? F64[e >>> 1] : systemPosition(fd);
  const to = offset + (whence === 0 ? 0 : whence === 1 ? here : s.size);
  if (to >= 0 && (ours || to !== here)) {
    F64[e >>> 1] = to;
    I32[e + FLAGS] |= FD_KNOWN | FD_POSITIONED | (!ours && systemAppends(fd) ? FD_APPEND : 0);
  }
  unlock(e);
  return to < 0 ? -constants.errno.EINVAL : to;
}

/** isatty(3). Only a character device other than /dev/null and its like is worth asking. */
export function isTerminal(fd: number): boolean {
  if (isHostStream(fd)) return false;
  const s = describeDescriptor(fd);
  if (typeof s === 'number' || !s.isCharacterDevice() || s.rdev >>> 8 === 1) return false;
  return process.getBuiltinModule('node:tty').isatty(fd);
}
