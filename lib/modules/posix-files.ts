/** Files by descriptor and by name: open, read, write, rename, link, chmod, times. */
import * as fs from 'node:fs';
import { constants } from 'node:os';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { bytes as BYTES, i32 } from '../heap/memory.js';
import { getItem, hasIndex, index, indexNumber, isTrue, lookupAttr } from '../objects/abstract.js';
import { isWritable, needBuffer } from '../objects/byte-buffer.js';
import { bytesFromU8, bytesStart, newBytes } from '../objects/bytes.js';
import { call0 } from '../objects/call.js';
import type { MethodRow } from '../objects/define.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { floatValue, isFloatLike } from '../objects/float.js';
import { intFromNumber, intToBigInt } from '../objects/int.js';
import { isKind } from '../objects/object.js';
import { intern } from '../objects/strings.js';
import { tupleLength } from '../objects/tuple.js';
import {
  blocking,
  closeDescriptor,
  isTerminal,
  openDescriptor,
  readDescriptor,
  seekDescriptor,
  writeDescriptor,
} from './file-descriptors.js';
import { guarded, raiseErrno, unavailable } from './os-error.js';
import { type PathArgument, nameLike, pathArgument, rawPath } from './paths.js';
import { intArgument } from './arguments.js';
import { maskedMode } from './file-mask.js';

const I32 = i32;
const given = (h: number): boolean => h !== 0 && h !== H.NONE;

/** A descriptor, or what an object's fileno() says; NaN with the exception set. */
export function descriptorArgument(h: number): number {
  if (hasIndex(h)) {
    const fd = intArgument(h);
    return fd < 0 ? raise('ValueError', `file descriptor cannot be a negative integer (${fd})`) || Number.NaN : fd;
  }
  const f = lookupAttr(h, intern('fileno'));
  if (f === 0) {
    if (pendingException() === 0) raise('TypeError', 'argument must be an int, or have a fileno() method.');
    return Number.NaN;
  }
  const fd = call0(f);
  if (fd === 0) return Number.NaN;
  return hasIndex(fd) ? intArgument(fd) : raise('TypeError', 'fileno() returned a non-integer') || Number.NaN;
}

const result = (r: number, shown = 0): number => (r < 0 ? raiseErrno(-r, shown) : intFromNumber(r));

/** open(path, flags, mode=0o777, *, dir_fd=None). */
function open(args: number): number {
  const path = pathArgument('open', args);
  const flags = path === undefined ? Number.NaN : intArgument(I32[args + 1]);
  const mode = I32[args + 2] === 0 ? 0o777 : intArgument(I32[args + 2]);
  if (path === undefined || Number.isNaN(flags) || Number.isNaN(mode)) return 0;
  return given(I32[args + 3]) ? unavailable('dir_fd') : openPath(path, flags, mode);
}

function openPath(path: PathArgument, flags: number, wanted: number): number {
  const { mode, after } = maskedMode(wanted);
  const fresh = after >= 0 && (flags & fs.constants.O_CREAT) !== 0 && !fs.existsSync(path.path);
  const slot = root(path.shown);
  const opened = openDescriptor(path.path, flags, mode);
  unroot(slot);
  if (typeof opened === 'number') return raiseErrno(-opened, path.shown);
  if (fresh) fs.fchmodSync(opened.fd, after);
  return intFromNumber(opened.fd);
}

function close(args: number): number {
  const fd = intArgument(I32[args]);
  if (Number.isNaN(fd)) return 0;
  const r = fd < 0 ? -constants.errno.EBADF : closeDescriptor(fd);
  return r < 0 ? raiseErrno(-r) : H.NONE;
}

function closerange(args: number): number {
  const [low, high] = [intArgument(I32[args]), intArgument(I32[args + 1])];
  if (Number.isNaN(low) || Number.isNaN(high)) return 0;
  for (let fd = Math.max(0, low); fd < high; fd++) closeDescriptor(fd);
  return H.NONE;
}

const EBADF = constants.errno.EBADF;

/** read(fd, length). */
function read(args: number): number {
  const fd = intArgument(I32[args]);
  const n = Number.isNaN(fd) ? Number.NaN : indexNumber(I32[args + 1]);
  if (Number.isNaN(n)) return 0;
  if (n < 0) return raiseErrno(constants.errno.EINVAL);
  const made = newBytes(n);
  const slot = root(made);
  const r = fd < 0 ? -EBADF : readDescriptor(fd, BYTES, bytesStart(made), n);
  unroot(slot);
  if (r < 0) return raiseErrno(-r);
  return r === n ? made : bytesFromU8(BYTES.subarray(bytesStart(made), bytesStart(made) + r));
}

/** readinto(fd, buffer). */
function readinto(args: number): number {
  const fd = intArgument(I32[args]);
  if (Number.isNaN(fd)) return 0;
  const into = isWritable(I32[args + 1]) ? needBuffer(I32[args + 1]) : undefined;
  if (into === undefined)
    return raise(
      'TypeError',
      `readinto() argument 2 must be read-write bytes-like object, not ${typeName(I32[args + 1])}`,
    );
  return result(fd < 0 ? -EBADF : readDescriptor(fd, into, 0, into.length));
}

/** write(fd, data). */
function write(args: number): number {
  const fd = intArgument(I32[args]);
  const data = Number.isNaN(fd) ? undefined : needBuffer(I32[args + 1]);
  if (data === undefined) return 0;
  return result(fd < 0 ? -EBADF : writeDescriptor(fd, data, 0, data.length));
}

function pread(args: number): number {
  const fd = intArgument(I32[args]);
  const n = Number.isNaN(fd) ? Number.NaN : indexNumber(I32[args + 1]);
  const at = Number.isNaN(n) ? Number.NaN : indexNumber(I32[args + 2]);
  if (Number.isNaN(at)) return 0;
  if (n < 0 || at < 0) return raiseErrno(constants.errno.EINVAL);
  const buffer = Buffer.alloc(n);
  const r = blocking(() => fs.readSync(fd, buffer, 0, n, at));
  return r < 0 ? raiseErrno(-r) : bytesFromU8(buffer.subarray(0, r));
}

function pwrite(args: number): number {
  const fd = intArgument(I32[args]);
  const data = Number.isNaN(fd) ? undefined : needBuffer(I32[args + 1]);
  const at = data === undefined ? Number.NaN : indexNumber(I32[args + 2]);
  if (Number.isNaN(at)) return 0;
  if (at < 0) return raiseErrno(constants.errno.EINVAL);
  return result(blocking(() => fs.writeSync(fd, data!, 0, data!.length, at)));
}

/** lseek(fd, position, whence). */
function lseek(args: number): number {
  const [fd, to, whence] = [intArgument(I32[args]), indexNumber(I32[args + 1]), intArgument(I32[args + 2])];
  if (pendingException() !== 0) return 0;
  return result(fd < 0 ? -EBADF : seekDescriptor(fd, to, whence));
}

const onDescriptor =
  (run: (fd: number) => void) =>
  (args: number): number => {
    const fd = descriptorArgument(I32[args]);
    return Number.isNaN(fd) ? 0 : guarded(() => (run(fd), H.NONE));
  };

function ftruncate(args: number): number {
  const fd = intArgument(I32[args]);
  const n = Number.isNaN(fd) ? Number.NaN : indexNumber(I32[args + 1]);
  return Number.isNaN(n) ? 0 : guarded(() => (fs.ftruncateSync(fd, n), H.NONE));
}

function truncate(args: number): number {
  const path = pathArgument('truncate', args, { fd: true });
  const n = path === undefined ? Number.NaN : indexNumber(I32[args + 1]);
  if (Number.isNaN(n)) return 0;
  if (n < 0) return raiseErrno(constants.errno.EINVAL, path!.shown);
  const run = (): void => (path!.fd >= 0 ? fs.ftruncateSync(path!.fd, n) : fs.truncateSync(path!.path, n));
  return guarded(() => (run(), H.NONE), path!.shown);
}

// ---------------------------------------------------------------- by name

/** A function of two paths. */
const onTwo =
  (who: string, names: readonly [string, string], run: (from: fs.PathLike, to: fs.PathLike, args: number) => void) =>
  (args: number): number => {
    const from = pathArgument(who, args, { name: names[0] });
    const to = from === undefined ? undefined : pathArgument(who, args + 1, { name: names[1] });
    if (from === undefined || to === undefined) return 0;
    if (given(I32[args + 2]) || given(I32[args + 3])) return unavailable('src_dir_fd and dst_dir_fd');
    return guarded(() => (run(from.path, to.path, args), H.NONE), from.shown, to.shown);
  };

/** symlink(src, dst, target_is_directory=False, *, dir_fd=None): the text of the link is not made absolute. */
function symlink(args: number): number {
  const from = pathArgument('symlink', args, { name: 'src' });
  const to = from === undefined ? undefined : pathArgument('symlink', args + 1, { name: 'dst' });
  if (from === undefined || to === undefined) return 0;
  if (given(I32[args + 3])) return unavailable('dir_fd');
  return guarded(() => (fs.symlinkSync(rawPath(from.shown)!, to.path), H.NONE), from.shown, to.shown);
}

function readlink(args: number): number {
  const path = pathArgument('readlink', args);
  if (path === undefined) return 0;
  if (given(I32[args + 1])) return unavailable('dir_fd');
  return guarded(() => nameLike(path.shown, fs.readlinkSync(path.path, { encoding: 'buffer' })), path.shown);
}

const unlink =
  (who: string) =>
  (args: number): number => {
    const path = pathArgument(who, args);
    if (path === undefined) return 0;
    if (given(I32[args + 1])) return unavailable('dir_fd');
    return guarded(() => (fs.unlinkSync(path.path), H.NONE), path.shown);
  };

/** access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True). */
function access(args: number): number {
  const path = pathArgument('access', args);
  const mode = path === undefined ? Number.NaN : intArgument(I32[args + 1]);
  if (path === undefined || Number.isNaN(mode)) return 0;
  if (given(I32[args + 2])) return unavailable('dir_fd');
  if (given(I32[args + 3]) && isTrue(I32[args + 3]) === 1) return unavailable('access: effective_ids');
  try {
    fs.accessSync(path.path, mode);
    return H.TRUE;
  } catch {
    return H.FALSE;
  }
}

/** chmod(path, mode, *, dir_fd=None, follow_symlinks=True). */
function chmod(args: number): number {
  const path = pathArgument('chmod', args, { fd: true });
  const mode = path === undefined ? Number.NaN : intArgument(I32[args + 1]);
  if (path === undefined || Number.isNaN(mode)) return 0;
  if (given(I32[args + 2])) return unavailable('dir_fd');
  if (I32[args + 3] !== 0 && isTrue(I32[args + 3]) === 0) return unavailable('chmod: follow_symlinks');
  const run = (): void => (path.fd >= 0 ? fs.fchmodSync(path.fd, mode) : fs.chmodSync(path.path, mode));
  return guarded(() => (run(), H.NONE), path.shown);
}

function fchmod(args: number): number {
  const [fd, mode] = [intArgument(I32[args]), intArgument(I32[args + 1])];
  if (pendingException() !== 0) return 0;
  return fd < 0 ? raiseErrno(EBADF) : guarded(() => (fs.fchmodSync(fd, mode), H.NONE));
}

/** chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True). */
function chown(args: number): number {
  const path = pathArgument('chown', args, { fd: true });
  const [uid, gid] = [intArgument(I32[args + 1]), intArgument(I32[args + 2])];
  if (path === undefined || pendingException() !== 0) return 0;
  if (given(I32[args + 3])) return unavailable('dir_fd');
  const follow = I32[args + 4] === 0 || isTrue(I32[args + 4]) === 1;
  const run = (): void => {
    if (path.fd >= 0) fs.fchownSync(path.fd, uid >>> 0, gid >>> 0);
    else (follow ? fs.chownSync : fs.lchownSync)(path.path, uid >>> 0, gid >>> 0);
  };
  return guarded(() => (run(), H.NONE), path.shown);
}

function lchown(args: number): number {
  const path = pathArgument('lchown', args);
  const [uid, gid] = [intArgument(I32[args + 1]), intArgument(I32[args + 2])];
  if (path === undefined || pendingException() !== 0) return 0;
  return guarded(() => (fs.lchownSync(path.path, uid >>> 0, gid >>> 0), H.NONE), path.shown);
}

// ---------------------------------------------------------------- times

const TIMES_ERROR = "utime: 'times' must be either a tuple of two ints or None";

/** Seconds since the epoch of one item of `times`; NaN with the exception set. */
function secondsOf(h: number): number {
  if (isFloatLike(h)) return floatValue(h);
  const n = index(h);
  return n === 0 ? Number.NaN : Number(intToBigInt(n));
}

/** Both items of a tuple argument, converted; undefined with the exception set. */
function pair(h: number, convert: (item: number) => number, error: string): [number, number] | undefined {
  if (!isKind(h, L.KIND_TUPLE) || tupleLength(h) !== 2) return void raise('TypeError', error);
  const both: number[] = [];
  for (let i = 0; i < 2; i++) {
    const item = getItem(h, H.small(i));
    const n = item === 0 ? Number.NaN : convert(item);
    if (Number.isNaN(n)) return undefined;
    both.push(n);
  }
  return both as [number, number];
}

const nanoseconds = (h: number): number => {
  const n = index(h);
  return n === 0 ? Number.NaN : Number(intToBigInt(n)) / 1e9;
};

/** utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True). Node sets times as doubles of seconds. */
function utime(args: number): number {
  const path = pathArgument('utime', args, { fd: true });
  if (path === undefined) return 0;
  const [times, ns] = [I32[args + 1], I32[args + 2]];
  if (given(times) && ns !== 0)
    return raise('ValueError', "utime: you may specify either 'times' or 'ns' but not both");
  if (given(I32[args + 3])) return unavailable('dir_fd');
  const now = Date.now() / 1000;
  let both: [number, number] | undefined = [now, now];
  if (given(times)) both = pair(times, secondsOf, TIMES_ERROR);
  else if (ns !== 0) both = pair(ns, nanoseconds, "utime: 'ns' must be a tuple of two ints");
  if (both === undefined) return 0;
  const follow = I32[args + 4] === 0 || isTrue(I32[args + 4]) === 1;
  return guarded(() => {
    if (path.fd >= 0) fs.futimesSync(path.fd, ...both);
    else (follow ? fs.utimesSync : fs.lutimesSync)(path.path, ...both);
    return H.NONE;
  }, path.shown);
}

export const fileFunctions: readonly MethodRow[] = [
  ['open', open, '(path, flags, mode=511, *, dir_fd=None)'],
  ['close', close, '(fd)'],
  ['closerange', closerange, '(fd_low, fd_high, /)'],
  ['read', read, '(fd, length, /)'],
  ['readinto', readinto, '(fd, buffer, /)'],
  ['write', write, '(fd, data, /)'],
  ['pread', pread, '(fd, length, offset, /)'],
  ['pwrite', pwrite, '(fd, buffer, offset, /)'],
  ['lseek', lseek, '(fd, position, whence, /)'],
  ['isatty', (args) => ((fd) => (Number.isNaN(fd) ? 0 : H.fromBool(isTerminal(fd))))(intArgument(I32[args])), [1, 1]],
  ['fsync', onDescriptor(fs.fsyncSync), '(fd)'],
  ['fdatasync', onDescriptor(fs.fdatasyncSync), '(fd)'],
  ['ftruncate', ftruncate, '(fd, length, /)'],
  ['truncate', truncate, '(path, length)'],
  ['rename', onTwo('rename', ['src', 'dst'], fs.renameSync), '(src, dst, *, src_dir_fd=None, dst_dir_fd=None)'],
  ['replace', onTwo('replace', ['src', 'dst'], fs.renameSync), '(src, dst, *, src_dir_fd=None, dst_dir_fd=None)'],
  [
    'link',
    onTwo('link', ['src', 'dst'], fs.linkSync),
    '(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=False)',
  ],
  ['symlink', symlink, '(src, dst, target_is_directory=False, *, dir_fd=None)'],
  ['readlink', readlink, '(path, *, dir_fd=None)'],
  ['unlink', unlink('unlink'), '(path, *, dir_fd=None)'],
  ['remove', unlink('remove'), '(path, *, dir_fd=None)'],
  ['access', access, '(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)'],
  ['chmod', chmod, '(path, mode, *, dir_fd=None, follow_symlinks=True)'],
  ['fchmod', fchmod, '(fd, mode)'],
  ['chown', chown, '(path, uid, gid, *, dir_fd=None, follow_symlinks=True)'],
  ['lchown', lchown, '(path, uid, gid)'],
  ['utime', utime, '(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)'],
];
