/** `_io.open` and its like (https://docs.python.org/3.14/library/functions.html#open). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, isTrue, lookupAttr, setAttr } from '../objects/abstract.js';
import { call2, callArgs } from '../objects/call.js';
import { exceptionType, pendingException, raise, typeName } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { newBufferedOn } from './io-buffered-types.js';
import { fileBlockSize, fileDescriptor, newFile, openFile } from './io-file.js';
import { isTerminal } from './file-descriptors.js';
import {
  afterwards,
  DEFAULT_BUFFER_SIZE,
  method0,
  T_BUFFERED_RANDOM,
  T_BUFFERED_READER,
  T_BUFFERED_WRITER,
  T_FILE_IO,
} from './io-object.js';
import { goodNewline, newTextOn, textArgument } from './io-text-type.js';
import { noteWriter } from './open-writers.js';
import { fspath } from './paths.js';
import { intArgument } from './arguments.js';

const I32 = i32;

interface Mode {
  readonly raw: string;
  readonly updating: boolean;
  readonly reading: boolean;
  readonly binary: boolean;
  readonly shown: string;
}

/** The mode taken apart; undefined with ValueError set. */
function parseMode(mode: string): Mode | undefined {
  const has = (c: string): boolean => mode.includes(c);
  const letters = new Set(mode);
  if (/[^xrwab+t]/.test(mode) || letters.size < mode.length) return void raise('ValueError', `invalid mode: '${mode}'`);
  const kinds = [...'xrwa'].filter(has);
  if (has('t') && has('b')) return void raise('ValueError', "can't have text and binary mode at once");
  if (kinds.length > 1) return void raise('ValueError', 'must have exactly one of create/read/write/append mode');
  return {
    raw: kinds.join('') + (has('+') ? '+' : ''),
    updating: has('+'),
    reading: has('r'),
    binary: has('b'),
    shown: mode,
  };
}

/** What text options say of a binary stream: 1, or 0 with ValueError set. */
function checkBinary(mode: Mode, encoding: number, errors: number, newline: number): 1 | 0 {
  if (!mode.binary) return 1;
  if (encoding !== 0) return raise('ValueError', "binary mode doesn't take an encoding argument") as 0;
  if (errors !== 0) return raise('ValueError', "binary mode doesn't take an errors argument") as 0;
  if (newline !== 0) return raise('ValueError', "binary mode doesn't take a newline argument") as 0;
  return 1;
}

/** warnings.warn(message, RuntimeWarning): 1, or 0 with the exception set. */
function warn(message: string): 1 | 0 {
  const warnings = importModule(currentEnvironment(), 'warnings');
  const f = warnings === 0 ? 0 : lookupAttr(warnings, intern('warn'));
  if (f === 0) return pendingException() === 0 ? 1 : 0;
  return call2(f, fromJS(message), exceptionType('RuntimeWarning')) === 0 ? 0 : 1;
}

const LINE_WARNING =
  "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";

/** Size of the buffer and whether lines are flushed; undefined with the exception set. */
function planBuffer(raw: number, mode: Mode, given: number): { size: number; lines: boolean } | undefined {
  if (given === 1 && mode.binary && warn(LINE_WARNING) === 0) return undefined;
  const fd = fileDescriptor(raw);
  const lines = given === 1 || (given < 0 && isTerminal(fd));
  if (given >= 0 && given !== 1) return { size: given, lines: false };
  return { size: Math.max(Math.min(fileBlockSize(raw), 8388608), DEFAULT_BUFFER_SIZE), lines: lines && !mode.binary };
}

interface OpenArguments {
  readonly file: number;
  readonly mode: Mode;
  readonly buffering: number;
  readonly encoding: number;
  readonly errors: number;
  readonly newline: number;
  readonly closefd: boolean;
  readonly opener: number;
}

/** Arguments of open(), converted; undefined with the exception set. */
function openArguments(args: number): OpenArguments | undefined {
  const file = hasIndex(I32[args]) ? I32[args] : fspath(I32[args]);
  if (file === 0) return undefined;
  // In the place of what `__fspath__` gave it, so that it is rooted.
  I32[args] = file;
  const modeText = I32[args + 1];
  if (modeText !== 0 && !isStr(modeText))
    return void raise('TypeError', `open() argument 'mode' must be str, not ${typeName(modeText)}`);
  if (modeText !== 0 && toJS(modeText).includes('\0')) return void raise('ValueError', 'embedded null character');
  const buffering = I32[args + 2] === 0 ? -1 : intArgument(I32[args + 2]);
  if (Number.isNaN(buffering)) return undefined;
  const texts = ['encoding', 'errors', 'newline'].map((name, i) => textArgument('open', name, I32[args + 3 + i]));
  if (texts.includes(-1)) return undefined;
  const closefd = I32[args + 6] === 0 ? 1 : isTrue(I32[args + 6]);
  const mode = closefd < 0 ? undefined : parseMode(modeText === 0 ? 'r' : toJS(modeText));
  if (mode === undefined || checkBinary(mode, texts[0], texts[1], texts[2]) === 0) return undefined;
  return {
    file,
    mode,
    buffering,
    encoding: texts[0],
    errors: texts[1],
    newline: texts[2],
    closefd: closefd === 1,
    opener: I32[args + 7],
  };
}

/** open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None). */
export function open(args: number): number {
  const given = openArguments(args);
  if (given === undefined) return 0;
  const slot = root(given.file);
  const raw = newFile(T.typeHandle(T_FILE_IO));
  root(raw);
  const opened = openFile(raw, given.file, given.mode.raw, given.closefd, given.opener);
  const stream = opened === 0 ? 0 : layers(raw, given);
  const made = root(stream);
  if (stream !== 0 && (!given.mode.reading || given.mode.updating)) noteWriter(stream, fileDescriptor(raw));
  if (opened !== 0 && stream === 0) afterwards(() => method0(raw, 'close'));
  const result = I32[made];
  unroot(slot);
  return result;
}

/** The streams over the raw one that the arguments ask for; 0 with the exception set. */
function layers(raw: number, given: OpenArguments): number {
  const { mode } = given;
  const plan = planBuffer(raw, mode, given.buffering);
  if (plan === undefined) return 0;
  if (plan.size === 0) return mode.binary ? raw : raise('ValueError', "can't have unbuffered text I/O");
  const id = mode.updating ? T_BUFFERED_RANDOM : mode.reading ? T_BUFFERED_READER : T_BUFFERED_WRITER;
  const buffered = newBufferedOn(id, raw, plan.size);
  if (buffered === 0 || mode.binary) return buffered;
  root(buffered);
  if (goodNewline(given.newline) === 0) return 0;
  const text = newTextOn(buffered, { ...given, lineBuffering: plan.lines, writeThrough: false });
  if (text === 0) return 0;
  root(text);
  return setAttr(text, intern('mode'), fromJS(mode.shown)) === 0 ? 0 : text;
}

/** open_code(path): for reading, in binary. */
export function openCode(args: number): number {
  const path = I32[args];
  if (!isStr(path)) return raise('TypeError', `open_code() argument 'path' must be str, not ${typeName(path)}`);
  const io = importModule(currentEnvironment(), '_io');
  const f = io === 0 ? 0 : lookupAttr(io, intern('open'));
  return f === 0 ? 0 : callArgs(f, [path, intern('rb')]);
}

/** text_encoding(encoding, stacklevel=2): the encoding, or the locale's for None. */
export function textEncoding(args: number): number {
  const encoding = I32[args];
  if (encoding !== 0 && encoding !== H.NONE) return encoding;
  return intern('locale');
}
