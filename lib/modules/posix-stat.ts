/** `os.stat_result` and the functions that make it, `os.statvfs`. */
import { type BigIntStats, fstatSync, lstatSync, statfsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { isTrue } from '../objects/abstract.js';
import type { MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromBigInt, intFromNumber } from '../objects/int.js';
import * as T from '../objects/type-ids.js';
import { flushWritersOf } from './open-writers.js';
import { guarded, raiseErrno, unavailable } from './os-error.js';
import { type PathArgument, pathArgument } from './paths.js';
import { defineStructSequence, newStructSequence } from './structseq.js';

const I32 = i32;

const STAT = defineStructSequence({
  id: T.T_BLOCK_POSIX,
  name: 'stat_result',
  module: 'os',
  fields: (
    'st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime ' +
    'st_atime st_mtime st_ctime st_atime_ns st_mtime_ns st_ctime_ns st_blksize st_blocks st_rdev'
  ).split(' '),
  visible: 10,
  unnamed: 7,
  doc: `stat_result: Result from stat, fstat, or lstat.

This object may be accessed either as a tuple of
  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)
or via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.

Posix/windows: If your platform supports st_blksize, st_blocks, st_rdev,
or st_flags, they are available as attributes only.

See os.stat for more information.`,
});

const STATVFS = defineStructSequence({
  id: T.T_BLOCK_POSIX + 1,
  name: 'statvfs_result',
  module: 'os',
  fields: 'f_bsize f_frsize f_blocks f_bfree f_bavail f_files f_ffree f_favail f_flag f_namemax f_fsid'.split(' '),
  visible: 10,
});

export const statTypes = [STAT.id, STATVFS.id];

const BILLION = 1000000000n;
const seconds = (ns: bigint): bigint => (ns >= 0n ? ns / BILLION : -((-ns + BILLION - 1n) / BILLION));
const floatSeconds = (ns: bigint): number => {
  const whole = seconds(ns);
  return newFloat(Number(whole) + 1e-9 * Number(ns - whole * BILLION));
};

/** The stat_result of what Node says about a file. */
export function statResult(s: BigIntStats): number {
  const times = [s.atimeNs, s.mtimeNs, s.ctimeNs];
  return newStructSequence(STAT, [
    ...[s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size].map(intFromBigInt),
    ...times.map((t) => intFromBigInt(seconds(t))),
    ...times.map(floatSeconds),
    ...times.map(intFromBigInt),
    ...[s.blksize, s.blocks, s.rdev].map(intFromBigInt),
  ]);
}

/** What Node says about the file; an error number when it refuses. */
export function bigStat(path: PathArgument, follow: boolean): BigIntStats | undefined {
  if (path.fd >= 0) return fstatSync(path.fd, { bigint: true });
  return (follow ? statSync : lstatSync)(path.path, { bigint: true, throwIfNoEntry: false });
}

/** stat_result of a path argument; 0 with OSError set. */
export function statOf(path: PathArgument, follow: boolean, shown = path.shown): number {
  if (path.path === '' && path.fd < 0)
    return raiseErrno(H.isSmall(path.shown) ? constants.errno.EBADF : constants.errno.ENOENT, shown);
  const slot = root(path.shown);
  const made = guarded(() => {
    let s = bigStat(path, follow);
    if (s !== undefined && flushWritersOf({ dev: Number(s.dev), ino: Number(s.ino) })) s = bigStat(path, follow);
    return s === undefined ? raiseErrno(constants.errno.ENOENT, shown) : statResult(s);
  }, shown);
  unroot(slot);
  return made;
}

const given = (h: number): boolean => h !== 0 && h !== H.NONE;

/** stat(path, *, dir_fd=None, follow_symlinks=True). */
function stat(args: number): number {
  const path = pathArgument('stat', args, { fd: true });
  if (path === undefined) return 0;
  if (given(I32[args + 1])) return unavailable('dir_fd');
  const follow = I32[args + 2] === 0 ? 1 : isTrue(I32[args + 2]);
  if (follow < 0) return 0;
  if (path.fd >= 0 && follow === 0) return raise('ValueError', 'stat: cannot use fd and follow_symlinks together');
  return statOf(path, follow === 1);
}

function lstat(args: number): number {
  const path = pathArgument('lstat', args);
  if (path === undefined) return 0;
  return given(I32[args + 1]) ? unavailable('dir_fd') : statOf(path, false);
}

function fstat(args: number): number {
  const path = pathArgument('fstat', args, { fd: true, name: 'fd' });
  return path === undefined ? 0 : statOf(path, true, 0);
}

/** statvfs(path). Node does not tell flags and the longest name. */
function statvfs(args: number): number {
  const path = pathArgument('statvfs', args, { fd: true });
  if (path === undefined) return 0;
  return guarded(() => {
    const s = statfsSync(path.fd >= 0 ? `/proc/self/fd/${path.fd}` : path.path, { bigint: true });
    const numbers = [s.bsize, s.bsize, s.blocks, s.bfree, s.bavail, s.files, s.ffree, s.ffree];
    return newStructSequence(STATVFS, [
      ...numbers.map(intFromBigInt),
      intFromNumber(0),
      intFromNumber(255),
      intFromNumber(0),
    ]);
  }, path.shown);
}

export const statFunctions: readonly MethodRow[] = [
  ['stat', stat, '(path, *, dir_fd=None, follow_symlinks=True)'],
  ['lstat', lstat, '(path, *, dir_fd=None)'],
  ['fstat', fstat, '(fd)'],
  ['statvfs', statvfs, '(path)'],
];
