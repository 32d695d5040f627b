/** `_io.FileIO`: unbuffered access to a file descriptor. */
import { constants as fsConstants, fchmodSync, existsSync, ftruncateSync } from 'node:fs';
import { constants } from 'node:os';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { bytes as BYTES, i32 } from '../heap/memory.js';
import { hasIndex, index, indexNumber, isTrue, lookupAttr, repr, setAttr } from '../objects/abstract.js';
import { needBuffer } from '../objects/byte-buffer.js';
import { bytesFromU8, bytesStart, newBytes } from '../objects/bytes.js';
import { call2 } from '../objects/call.js';
import { defineType, type MethodRow } from '../objects/define.js';
import { clearException, pendingException, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { placed } from '../objects/str-make.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import {
  closeDescriptor,
  describeDescriptor,
  isTerminal,
  openDescriptor,
  readDescriptor,
  seekDescriptor,
  writeDescriptor,
} from './file-descriptors.js';
import { closeBase, finalizeStream, markClosed, writableArgument } from './io-base.js';
import {
  afterwards,
  DEFAULT_BUFFER_SIZE,
  isExactly,
  method0,
  newIo,
  plainWords,
  setWord,
  sizeArgument,
  T_FILE_IO,
  T_RAW_IO_BASE,
  unsupported,
  word,
} from './io-object.js';
import { guarded, raiseErrno } from './os-error.js';
import { fspath, nodePath } from './paths.js';
import { maskedMode } from './file-mask.js';
import { intArgument } from './arguments.js';

const I32 = i32;

/** Plain words: descriptor + 1 (0: closed), FILE_* flags, preferred block size. */
const FD = plainWords(0);
const FLAGS = FD + 1;
const BLOCK_SIZE = FD + 2;
const WORDS = 4;

const FILE_READABLE = 1;
const FILE_WRITABLE = 2;
const FILE_CREATED = 4;
const FILE_APPENDING = 8;
const FILE_CLOSES_FD = 16;
/** Is it known whether it can seek, and can it? */
const FILE_SEEK_KNOWN = 32;
const FILE_SEEKABLE = 64;
/** A buffered stream works on it, and closes it. */
const FILE_WRAPPED = 128;

/** Descriptor of a FileIO; -1 when it is closed. */
export const fileDescriptor = (o: number): number => word(o, FD) - 1;
const flagsOf = (o: number): number => word(o, FLAGS);
export const fileReadable = (o: number): boolean => (flagsOf(o) & FILE_READABLE) !== 0;
export const fileWritable = (o: number): boolean => (flagsOf(o) & FILE_WRITABLE) !== 0;
export const fileBlockSize = (o: number): number => word(o, BLOCK_SIZE) || DEFAULT_BUFFER_SIZE;

/** repr's and attributes' form of the mode. */
export function fileMode(o: number): string {
  const flags = flagsOf(o);
  const readable = (flags & FILE_READABLE) !== 0;
  if ((flags & FILE_CREATED) !== 0) return readable ? 'xb+' : 'xb';
  if ((flags & FILE_APPENDING) !== 0) return readable ? 'ab+' : 'ab';
  if (!readable) return 'wb';
  return (flags & FILE_WRITABLE) !== 0 ? 'rb+' : 'rb';
}

const closedError = (): 0 => raise('ValueError', 'I/O operation on closed file') as 0;
const opened = (o: number): 1 | 0 => (fileDescriptor(o) < 0 ? closedError() : 1);
const modeError = (action: string): 0 => unsupported(`File not open for ${action}`);
const failed = (r: number): 0 => raiseErrno(-r);

// ---------------------------------------------------------------- opening

const BAD_MODE = 'Must have exactly one of create/read/write/append mode and at most one plus';

/** FILE_* flags and open(2) flags of a mode; undefined with ValueError set. */
function parseMode(mode: string): { file: number; open: number } | undefined {
  const letters = mode.replace(/[b+]/g, '');
  if (/[^xrwab+]/.test(mode)) return void raise('ValueError', `invalid mode: ${mode}`);
  if (letters.length !== 1 || mode.split('+').length > 2) return void raise('ValueError', BAD_MODE);
  const plus = mode.includes('+');
  const reads = letters === 'r';
  const file =
    (reads || plus ? FILE_READABLE : 0) |
    (!reads || plus ? FILE_WRITABLE : 0) |
    (letters === 'x' ? FILE_CREATED : 0) |
    (letters === 'a' ? FILE_APPENDING : 0);
  const O = fsConstants;
  const extra = { r: 0, w: O.O_CREAT | O.O_TRUNC, x: O.O_CREAT | O.O_EXCL, a: O.O_CREAT | O.O_APPEND }[letters]!;
  return { file, open: extra | (plus ? O.O_RDWR : reads ? O.O_RDONLY : O.O_WRONLY) };
}

/** O_CLOEXEC is what Node opens with; openers are told. */
const O_CLOEXEC = 524288;

/** What an opener gives; -1 with the exception set. */
function callOpener(opener: number, name: number, flags: number): number {
  const r = call2(opener, name, intFromNumber(flags | O_CLOEXEC));
  if (r === 0) return -1;
  if (!hasIndex(r)) return raise('TypeError', 'expected integer from opener') - 1;
  const fd = intArgument(r);
  if (Number.isNaN(fd)) return -1;
  return fd < 0 ? raise('ValueError', `opener returned ${fd}`) - 1 : fd;
}

/** Opens by name; -1 with the exception set. */
function openName(name: number, flags: number): number {
  const path = fspath(name);
  const node = path === 0 ? undefined : nodePath(path);
  if (node === undefined) return -1;
  if (typeof node === 'string' ? node.includes('\0') : node.includes(0))
    return raise('ValueError', 'embedded null byte') - 1;
  const { mode, after } = maskedMode(0o666);
  const fresh = after >= 0 && (flags & fsConstants.O_CREAT) !== 0 && !existsSync(node);
  const made = openDescriptor(node, flags, mode);
  if (typeof made === 'number') return raiseErrno(-made, name) - 1;
  if (fresh) fchmodSync(made.fd, after);
  return made.fd;
}

/** Notes the descriptor; refuses directories. 1, or 0 with the exception set. */
function adopt(o: number, fd: number, name: number, closes: boolean): 1 | 0 {
  const s = describeDescriptor(fd);
  if (typeof s === 'number') return raiseErrno(-s, hasIndex(name) ? 0 : name);
  if (s.isDirectory()) {
    if (closes && !hasIndex(name)) closeDescriptor(fd);
    return raiseErrno(constants.errno.EISDIR, name);
  }
  setWord(o, FD, fd + 1);
  setWord(o, BLOCK_SIZE, s.blksize > 1 ? Math.min(s.blksize, 0x7fffffff) : 0);
  if (s.isFile()) setWord(o, FLAGS, flagsOf(o) | FILE_SEEK_KNOWN | FILE_SEEKABLE);
  return 1;
}

/** A descriptor given in place of a name; NaN with the exception set, -1 when it is a name. */
function givenDescriptor(h: number): number {
  if (!hasIndex(h)) return -1;
  const fd = intArgument(h);
  return fd < 0 ? raise('ValueError', 'negative file descriptor') || Number.NaN : fd;
}

const PARAMETERS = ['file', 'mode', 'closefd', 'opener'];

function init(o: number, args: number, n: number, kwnames: number): number {
  if (fileDescriptor(o) >= 0 && closeFile(o) === 0) return 0;
  const given = placed('FileIO', PARAMETERS, args, n, kwnames);
  if (given === undefined) return 0;
  const [name, mode, closefd, opener] = given;
  if (name === 0) return raise('TypeError', "FileIO() missing required argument 'file' (pos 1)");
  if (mode !== 0 && !isStr(mode))
    return raise('TypeError', `FileIO() argument 'mode' must be str, not ${typeName(mode)}`);
  const closes = closefd === 0 ? 1 : isTrue(closefd);
  if (closes < 0) return 0;
  return openFile(o, name, mode === 0 ? 'r' : toJS(mode), closes === 1, opener);
}

/** FileIO.__init__ with its arguments converted: 1, or 0 with the exception set. */
export function openFile(o: number, name: number, mode: string, closes: boolean, opener: number): 1 | 0 {
  const fd = givenDescriptor(name);
  const parsed = Number.isNaN(fd) ? undefined : parseMode(mode);
  if (parsed === undefined) return 0;
  if (fd < 0 && !closes) return raise('ValueError', 'Cannot use closefd=False with file name') as 0;
  setWord(o, FLAGS, parsed.file | (closes ? FILE_CLOSES_FD : 0));
  let own = fd;
  if (fd < 0)
    own = opener === 0 || opener === H.NONE ? openName(name, parsed.open) : callOpener(opener, name, parsed.open);
  if (own < 0 || adopt(o, own, name, closes) === 0) return 0;
  if (setAttr(o, intern('name'), name) === 0) return abandon(o, fd);
  if ((parsed.file & FILE_APPENDING) !== 0) {
    const end = seekDescriptor(own, 0, 2);
    if (end < 0 && end !== -constants.errno.ESPIPE) return abandon(o, fd) || failed(end);
  }
  return 1;
}

/** Opening failed late: the descriptor is closed unless it was the caller's. */
function abandon(o: number, given: number): 0 {
  if (given < 0) closeDescriptor(fileDescriptor(o));
  setWord(o, FD, 0);
  return 0;
}

/** Notes whether a buffered stream works on it: then that one's finalizer closes it. */
export function setFileWrapped(o: number, wrapped: boolean): void {
  setWord(o, FLAGS, wrapped ? flagsOf(o) | FILE_WRAPPED : flagsOf(o) & ~FILE_WRAPPED);
}

const finalizeFile = (args: number): number =>
  (flagsOf(I32[args]) & FILE_WRAPPED) !== 0 ? H.NONE : finalizeStream(args);

export const newFile = (type: number): number => newIo(type, 0, WORDS);

// ---------------------------------------------------------------- operations for the other streams

/** Reads into the space at `address`; a negative error number when that fails, -EAGAIN when there is nothing now. */
export const readFile = (o: number, address: number, length: number): number =>
  readDescriptor(fileDescriptor(o), BYTES, address >>> 0, length);

/** Writes from the space. */
export const writeFile = (o: number, address: number, length: number): number =>
  writeDescriptor(fileDescriptor(o), BYTES, address >>> 0, length);

/** Can it seek? Asked of the system once. */
export function fileSeekable(o: number): boolean {
  const flags = flagsOf(o);
  if ((flags & FILE_SEEK_KNOWN) !== 0) return (flags & FILE_SEEKABLE) !== 0;
  const can = seekDescriptor(fileDescriptor(o), 0, 1) >= 0;
  setWord(o, FLAGS, flags | FILE_SEEK_KNOWN | (can ? FILE_SEEKABLE : 0));
  return can;
}

/** New position, or a negative error number. */
export const seekFile = (o: number, offset: number, whence: number): number =>
  seekDescriptor(fileDescriptor(o), offset, whence);

/** Bytes left from the position on, as far as the system tells; 0 when it does not. */
export function bytesLeft(o: number): number {
  const fd = fileDescriptor(o);
  const s = describeDescriptor(fd);
  if (typeof s === 'number' || !s.isFile()) return 0;
  const at = seekDescriptor(fd, 0, 1);
  return at < 0 ? 0 : Math.max(0, s.size - at);
}

/** Closes the descriptor unless it is the caller's: 1, or 0 with OSError set. */
export function closeFile(o: number): 1 | 0 {
  const fd = fileDescriptor(o);
  if (fd < 0) return 1;
  setWord(o, FD, 0);
  if ((flagsOf(o) & FILE_CLOSES_FD) === 0) return 1;
  const r = closeDescriptor(fd);
  return r < 0 ? failed(r) : 1;
}

// ---------------------------------------------------------------- methods

/** close() of a FileIO of no subclass: 1, or 0 with OSError set. */
export function closeExactly(o: number): number {
  markClosed(o);
  return closeFile(o);
}

/** close(): what the base class does (flush(), which a subclass may have given a meaning), then the descriptor. */
function close(args: number): number {
  const o = I32[args];
  if (isExactly(o, T_FILE_IO)) return closeExactly(o) === 0 ? 0 : H.NONE;
  closeBase(o);
  return afterwards(() => closeFile(o)) === 0 ? 0 : H.NONE;
}

const AGAIN = constants.errno.EAGAIN;

/** Result of a read or write: None when it would block. */
const transferred = (r: number): number => (r === -AGAIN ? H.NONE : r < 0 ? failed(r) : intFromNumber(r));

function readinto(args: number): number {
  const o = I32[args];
  if (opened(o) === 0) return 0;
  if (!fileReadable(o)) return modeError('reading');
  const into = writableArgument('readinto() argument 1', I32[args + 1]);
  return into === undefined ? 0 : transferred(readDescriptor(fileDescriptor(o), into, 0, into.length));
}

function read(args: number): number {
  const o = I32[args];
  if (opened(o) === 0) return 0;
  if (!fileReadable(o)) return modeError('reading');
  const n = sizeArgument(I32[args + 1]);
  if (Number.isNaN(n)) return 0;
  if (n < 0) return method0(o, 'readall');
  const made = newBytes(n);
  const slot = root(made);
  const r = readFile(o, bytesStart(made), n);
  unroot(slot);
  if (r < 0) return transferred(r);
  return trimmed(made, r);
}

/** The first n bytes of a bytes object that nobody else has seen. */
export function trimmed(made: number, n: number): number {
  const w = made >>> 2;
  if (n === I32[w + L.BYTES_LENGTH]) return made;
  if (n * 2 < I32[w + L.BYTES_LENGTH]) return bytesFromU8(BYTES.subarray(bytesStart(made), bytesStart(made) + n));
  I32[w + L.BYTES_LENGTH] = n;
  return made;
}

/** Everything to the end, as bytes after `before` bytes copied from the space; None when nothing can be read now. */
export function readToEnd(o: number, from: number, before: number): number {
  let made = newBytes(before + bytesLeft(o) + 1);
  BYTES.copyWithin(bytesStart(made), from, from + before);
  let used = before;
  const slot = root(made);
  let r = 1;
  while (r > 0) {
    if (used === I32[(made >>> 2) + L.BYTES_LENGTH]) {
      const larger = newBytes(used + Math.max(DEFAULT_BUFFER_SIZE, used >> 1));
      BYTES.copyWithin(bytesStart(larger), bytesStart(made), bytesStart(made) + used);
      made = larger;
      I32[slot] = made;
    }
    r = readFile(o, bytesStart(made) + used, I32[(made >>> 2) + L.BYTES_LENGTH] - used);
    if (r > 0) used += r;
  }
  unroot(slot);
  if (r < 0 && r !== -AGAIN) return failed(r);
  if (r < 0 && used === 0) return H.NONE;
  return trimmed(made, used);
}

function readall(args: number): number {
  const o = I32[args];
  return opened(o) === 0 ? 0 : readToEnd(o, 0, 0);
}

function write(args: number): number {
  const o = I32[args];
  if (opened(o) === 0) return 0;
  if (!fileWritable(o)) return modeError('writing');
  const data = needBuffer(I32[args + 1]);
  return data === undefined ? 0 : transferred(writeDescriptor(fileDescriptor(o), data, 0, data.length));
}

/** seek(offset, whence=0). */
function seek(args: number): number {
  const o = I32[args];
  if (opened(o) === 0) return 0;
  const to = offsetArgument(I32[args + 1]);
  const whence = I32[args + 2] === 0 ? 0 : intArgument(I32[args + 2]);
  if (Number.isNaN(to) || Number.isNaN(whence)) return 0;
  const r = seekFile(o, to, whence);
  return r < 0 ? failed(r) : intFromNumber(r);
}

/** A position; NaN with the exception set. */
export function offsetArgument(h: number): number {
  if (!hasIndex(h))
    return raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer`) || Number.NaN;
  const n = index(h);
  return n === 0 ? Number.NaN : indexNumber(n);
}

function tell(args: number): number {
  const o = I32[args];
  if (opened(o) === 0) return 0;
  const r = seekFile(o, 0, 1);
  return r < 0 ? failed(r) : intFromNumber(r);
}

/** Cuts or lengthens the file: 1, or 0 with OSError set. */
export const truncateFile = (o: number, size: number): 1 | 0 =>
  guarded(() => (ftruncateSync(fileDescriptor(o), size), 1)) as 1 | 0;

function truncate(args: number): number {
  const o = I32[args];
  if (opened(o) === 0) return 0;
  if (!fileWritable(o)) return modeError('writing');
  const given = I32[args + 1];
  const size = given === 0 || given === H.NONE ? seekFile(o, 0, 1) : offsetArgument(given);
  if (Number.isNaN(size)) return 0;
  if (size < 0) return given === 0 || given === H.NONE ? failed(size) : raiseErrno(constants.errno.EINVAL);
  return truncateFile(o, size) === 0 ? 0 : given === 0 || given === H.NONE ? intFromNumber(size) : given;
}

/** A test of an open file. */
const ask =
  (test: (o: number) => boolean): MethodRow[1] =>
  (args) =>
    opened(I32[args]) === 0 ? 0 : H.fromBool(test(I32[args]));

function reprFile(o: number): number {
  const type = typeName(o);
  if (fileDescriptor(o) < 0) return fromJS(`<${type} [closed]>`);
  const name = lookupAttr(o, intern('name'));
  if (name === 0 && pendingException() !== 0) clearException();
  const shown = name === 0 ? 0 : repr(name);
  if (name !== 0 && shown === 0) return 0;
  const what = name === 0 ? `fd=${fileDescriptor(o)}` : `name=${toJS(shown)}`;
  const closes = (flagsOf(o) & FILE_CLOSES_FD) !== 0 ? 'True' : 'False';
  return fromJS(`<${type} ${what} mode='${fileMode(o)}' closefd=${closes}>`);
}

defineType({
  id: T_FILE_IO,
  name: 'FileIO',
  module: '_io',
  base: T_RAW_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  doc: `Open a file.

The mode can be 'r' (default), 'w', 'x' or 'a' for reading,
writing, exclusive creation or appending.  The file will be created if it
doesn't exist when opened for writing or appending; it will be truncated
when opened for writing.  A FileExistsError will be raised if it already
exists when opened for creating. Opening a file for creating implies
writing so this mode behaves in a similar way to 'w'.Add a '+' to the mode
to allow simultaneous reading and writing. A custom opener can be used by
passing a callable as *opener*. The underlying file descriptor for the file
object is then obtained by calling opener with (*name*, *flags*).
*opener* must return an open file descriptor (passing os.open as *opener*
results in functionality similar to passing None).`,
  methods: [
    ['close', close, [0, 0]],
    ['__del__', finalizeFile, [0, 0]],
    ['seekable', ask(fileSeekable), [0, 0]],
    ['readable', ask(fileReadable), [0, 0]],
    ['writable', ask(fileWritable), [0, 0]],
    ['isatty', ask((o) => isTerminal(fileDescriptor(o))), [0, 0]],
    ['_isatty_open_only', ask((o) => isTerminal(fileDescriptor(o))), [0, 0]],
    ['fileno', (args) => (opened(I32[args]) === 0 ? 0 : H.small(fileDescriptor(I32[args]))), [0, 0]],
    ['read', read, '(size=-1, /)'],
    ['readall', readall, [0, 0]],
    ['readinto', readinto, [1, 1]],
    ['write', write, [1, 1]],
    ['seek', seek, '(pos, whence=0, /)'],
    ['tell', tell, [0, 0]],
    ['truncate', truncate, '(size=None, /)'],
    ['_dealloc_warn', () => H.NONE, [1, 1]],
  ],
  getset: [
    { name: 'closed', get: (o) => H.fromBool(fileDescriptor(o) < 0) },
    { name: 'closefd', get: (o) => H.fromBool((flagsOf(o) & FILE_CLOSES_FD) !== 0) },
    { name: 'mode', get: (o) => fromJS(fileMode(o)) },
    { name: '_blksize', get: (o) => intFromNumber(fileBlockSize(o)) },
  ],
  slots: { create: newFile, init, repr: reprFile },
});
