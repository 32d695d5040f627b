/** Directories: listdir, scandir with its DirEntry, mkdir, rmdir, the current directory. */
import {
  accessSync,
  chmodSync,
  constants as fsConstants,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { constants } from 'node:os';
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue, repr } from '../objects/abstract.js';
import { bytesData, bytesFromU8, isBytes } from '../objects/bytes.js';
import { defineType, type MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { intFromBigInt } from '../objects/int.js';
import { listAppend, listAt, listLength, newList } from '../objects/list.js';
import { fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { guarded, raiseErrno, unavailable } from './os-error.js';
import { maskedMode } from './file-mask.js';
import { currentDirectory, nameLike, nodePath, type PathArgument, pathArgument, setCurrentDirectory } from './paths.js';
import { bigStat, statOf } from './posix-stat.js';

const I32 = i32;
const T_DIR_ENTRY = T.T_BLOCK_POSIX + 2;
const T_SCANDIR_ITERATOR = T.T_BLOCK_POSIX + 3;
export const directoryTypes = [T_DIR_ENTRY];

const given = (h: number): boolean => h !== 0 && h !== H.NONE;

/** The folder to list: a descriptor's by its name in /proc. */
const folderOf = (path: PathArgument): string | Buffer => (path.fd >= 0 ? `/proc/self/fd/${path.fd}` : path.path);

/** A list made of names, str or bytes as the path was. */
function nameList(path: PathArgument, names: readonly (string | Buffer)[]): number {
  const list = newList(0);
  const slot = root(list);
  for (const name of names) listAppend(list, typeof name === 'string' ? fromJS(name) : nameLike(path.shown, name));
  unroot(slot);
  return list;
}

const isByteful = (path: PathArgument): boolean => path.shown !== 0 && isBytes(path.shown);

/** Does decoding with U+FFFD hide what a name is made of? */
const isLossy = (name: string): boolean => name.includes('\ufffd');

function listdir(args: number): number {
  const path = pathArgument('listdir', args, { fd: true, none: true });
  if (path === undefined) return 0;
  return guarded(() => {
    const names = isByteful(path) ? undefined : readdirSync(folderOf(path));
    if (names !== undefined && !names.some(isLossy)) return nameList(path, names);
    return nameList(path, readdirSync(folderOf(path), { encoding: 'buffer' }));
  }, path.shown);
}

// ---------------------------------------------------------------- DirEntry
// items: name, path, stat_result that follows links, stat_result that does not; raw0: type; raw1: descriptor + 1 of the folder

const NAME = L.RECORD_ITEMS;
const PATH = L.RECORD_ITEMS + 1;
const STAT = L.RECORD_ITEMS + 2;
const LSTAT = L.RECORD_ITEMS + 3;

const UNKNOWN = 0;
const FILE = 1;
const DIRECTORY = 2;
const LINK = 3;
const OTHER = 4;

interface Typed {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

const typeOfFile = (d: Typed): number =>
  d.isFile() ? FILE : d.isDirectory() ? DIRECTORY : d.isSymbolicLink() ? LINK : OTHER;

function newEntry(name: number, path: number, type: number, fd: number): number {
  const e = newObject(L.KIND_RECORD, 64, T.typeHandle(T_DIR_ENTRY));
  const w = e >>> 2;
  I32[w + L.RECORD_COUNT] = 4;
  I32[w + L.RECORD_RAW_0] = type;
  I32[w + L.RECORD_RAW_1] = fd + 1;
  I32[w + NAME] = name;
  I32[w + PATH] = path;
  return e;
}

const entryPath = (e: number): PathArgument => {
  const fd = I32[(e >>> 2) + L.RECORD_RAW_1] - 1;
  const path = nodePath(I32[(e >>> 2) + PATH])!;
  return { path: fd < 0 ? path : `/proc/self/fd/${fd}/${String(path)}`, fd: -1, shown: I32[(e >>> 2) + PATH] };
};

/** Type of what the entry names, links followed or not; -1 with OSError set. A link that leads nowhere is OTHER. */
function entryType(e: number, follow: boolean): number {
  const type = I32[(e >>> 2) + L.RECORD_RAW_0];
  if (type !== UNKNOWN && (type !== LINK || !follow)) return type;
  let found = OTHER;
  const ok = guarded(
    () => {
      const s = bigStat(entryPath(e), follow);
      if (s !== undefined) found = typeOfFile(s);
      return 1;
    },
    I32[(e >>> 2) + PATH],
  );
  return ok === 0 ? -1 : found;
}

const isType =
  (wanted: number) =>
  (args: number): number => {
    const follow = I32[args + 1] === 0 ? 1 : isTrue(I32[args + 1]);
    const type = follow < 0 ? -1 : entryType(I32[args], follow === 1);
    return type < 0 ? 0 : H.fromBool(type === wanted);
  };

/** DirEntry.stat: kept after the first call. */
function entryStat(args: number): number {
  const e = I32[args];
  const follow = I32[args + 1] === 0 ? 1 : isTrue(I32[args + 1]);
  if (follow < 0) return 0;
  const where = follow === 1 && I32[(e >>> 2) + L.RECORD_RAW_0] === LINK ? STAT : LSTAT;
  if (I32[(e >>> 2) + where] !== 0) return I32[(e >>> 2) + where];
  const made = statOf(entryPath(e), where === STAT);
  if (made !== 0) storeRef(e, where, made);
  return made;
}

function entryInode(args: number): number {
  const e = I32[args];
  return guarded(
    () => {
      const s = bigStat(entryPath(e), false);
      return s === undefined ? raiseErrno(constants.errno.ENOENT, I32[(e >>> 2) + PATH]) : intFromBigInt(s.ino);
    },
    I32[(e >>> 2) + PATH],
  );
}

defineType({
  id: T_DIR_ENTRY,
  name: 'DirEntry',
  module: 'posix',
  kind: L.KIND_RECORD,
  final: true,
  methods: [
    ['is_dir', isType(DIRECTORY), '(*, follow_symlinks=True)'],
    ['is_file', isType(FILE), '(*, follow_symlinks=True)'],
    ['is_symlink', (args) => H.fromBool(entryType(I32[args], false) === LINK), [0, 0]],
    ['is_junction', () => H.FALSE, [0, 0]],
    ['stat', entryStat, '(*, follow_symlinks=True)'],
    ['inode', entryInode, [0, 0]],
    ['__fspath__', (args) => I32[(I32[args] >>> 2) + PATH], [0, 0]],
  ],
  getset: [
    { name: 'name', get: (e) => I32[(e >>> 2) + NAME] },
    { name: 'path', get: (e) => I32[(e >>> 2) + PATH] },
  ],
  slots: {
    create: () => raise('TypeError', "cannot create 'posix.DirEntry' instances"),
    repr: (e) => {
      const name = repr(I32[(e >>> 2) + NAME]);
      return name === 0 ? 0 : fromJS(`<DirEntry ${toJS(name)}>`);
    },
  },
});

// ---------------------------------------------------------------- scandir

/** Name and path of an entry of `folder`, both of its class. */
function entryOf(folder: PathArgument, name: string | Buffer, type: number): number {
  const bare = typeof name === 'string' ? fromJS(name) : nameLike(folder.shown, name);
  const slot = root(bare);
  const e = newEntry(bare, folder.fd >= 0 ? bare : joined(folder, name), type, folder.fd);
  unroot(slot);
  return e;
}

function joined(folder: PathArgument, name: string | Buffer): number {
  if (typeof name === 'string') {
    const base = folder.shown === 0 ? '.' : toJS(folder.shown);
    return fromJS(base === '' || base.endsWith('/') ? base + name : `${base}/${name}`);
  }
  const base = folder.shown === 0 ? Buffer.from('.') : rawName(folder.shown);
  const slash = base.length === 0 || base[base.length - 1] === 47 ? '' : '/';
  return nameLike(folder.shown, Buffer.concat([base, Buffer.from(slash), name]));
}

/** The bytes of a path as given, not made absolute. */
const rawName = (h: number): Buffer => Buffer.from(isBytes(h) ? bytesData(h) : toJS(h));

function entries(path: PathArgument): number {
  const list = newList(0);
  const slot = root(list);
  const folder = folderOf(path);
  const plain = isByteful(path) ? undefined : readdirSync(folder, { withFileTypes: true });
  if (plain !== undefined && !plain.some((d) => isLossy(d.name)))
    for (const d of plain) listAppend(list, entryOf(path, d.name, typeOfFile(d)));
  else for (const name of readdirSync(folder, { encoding: 'buffer' })) listAppend(list, entryOf(path, name, UNKNOWN));
  unroot(slot);
  return list;
}

/** scandir(path='.'): an iterator over what the folder holds now. items: list of entries; raw0: next one, -1 when closed. */
function scandir(args: number): number {
  const path = pathArgument('scandir', args, { fd: true, none: true });
  if (path === undefined) return 0;
  const list = guarded(() => entries(path), path.shown);
  if (list === 0) return 0;
  const it = newObject(L.KIND_RECORD, 64, T.typeHandle(T_SCANDIR_ITERATOR));
  I32[(it >>> 2) + L.RECORD_COUNT] = 1;
  I32[(it >>> 2) + L.RECORD_ITEMS] = list;
  return it;
}

function nextEntry(it: number): number {
  const w = it >>> 2;
  const list = I32[w + L.RECORD_ITEMS];
  const i = I32[w + L.RECORD_RAW_0];
  if (list === 0 || i >= listLength(list)) return closeScan(it);
  I32[w + L.RECORD_RAW_0] = i + 1;
  return listAt(list, i);
}

const closeScan = (it: number): 0 => (I32[(it >>> 2) + L.RECORD_ITEMS] = 0);

defineType({
  id: T_SCANDIR_ITERATOR,
  name: 'ScandirIterator',
  module: 'posix',
  kind: L.KIND_RECORD,
  final: true,
  methods: [
    ['close', (args) => (closeScan(I32[args]), H.NONE), [0, 0]],
    ['__enter__', (args) => I32[args], [0, 0]],
    ['__exit__', (args) => (closeScan(I32[args]), H.NONE), [0, -1]],
  ],
  slots: {
    create: () => raise('TypeError', "cannot create 'posix.ScandirIterator' instances"),
    iter: (it) => it,
    next: nextEntry,
  },
});

// ---------------------------------------------------------------- changes

function mkdir(args: number): number {
  const path = pathArgument('mkdir', args);
  if (path === undefined) return 0;
  if (given(I32[args + 2])) return unavailable('dir_fd');
  const { mode, after } = maskedMode(I32[args + 1] === 0 ? 0o777 : I32[args + 1] >> 1);
  return guarded(() => {
    mkdirSync(path.path, { mode });
    if (after >= 0) chmodSync(path.path, after);
    return H.NONE;
  }, path.shown);
}

function rmdir(args: number): number {
  const path = pathArgument('rmdir', args);
  if (path === undefined) return 0;
  if (given(I32[args + 1])) return unavailable('dir_fd');
  return guarded(() => (rmdirSync(path.path), H.NONE), path.shown);
}

function chdir(args: number): number {
  const path = pathArgument('chdir', args, { fd: true });
  if (path === undefined) return 0;
  return guarded(() => {
    const folder = folderOf(path);
    const real = realpathSync(folder);
    if (!statSync(real).isDirectory()) return raiseErrno(constants.errno.ENOTDIR, path.shown);
    accessSync(real, fsConstants.X_OK);
    setCurrentDirectory(real);
    return H.NONE;
  }, path.shown);
}

export const directoryFunctions: readonly MethodRow[] = [
  ['listdir', listdir, '(path=None)'],
  ['scandir', scandir, '(path=None)'],
  ['mkdir', mkdir, '(path, mode=511, *, dir_fd=None)'],
  ['rmdir', rmdir, '(path, *, dir_fd=None)'],
  ['chdir', chdir, '(path)'],
  ['getcwd', () => fromJS(currentDirectory()), [0, 0]],
  ['getcwdb', () => bytesFromU8(Buffer.from(currentDirectory())), [0, 0]],
];
