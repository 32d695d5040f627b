/**
 * print() and input(). What goes to a TextIOWrapper is written by one operation when no argument's `__str__` is Python code: lines of threads
 * do not mix then.
 */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue, lookupAttr, str } from '../objects/abstract.js';
import { bytesData, bytesFromU8, isBytes } from '../objects/bytes.js';
import { clearException, pendingException, raise, typeName } from '../objects/exceptions.js';
import { isStr, kindOf } from '../objects/object.js';
import { strSlice } from '../objects/str.js';
import { EMPTY, intern, strCharAt, strLength } from '../objects/strings.js';
import { keywordArguments } from './arguments.js';
import { currentEnvironment } from './frames.js';
import { isExactly, method0, method1, T_TEXT_IO_WRAPPER } from './io-object.js';
import { begin, end, F_WRITES, hasFlag, usable } from './io-text.js';
import { writeText } from './io-text-write.js';
import { moduleGet } from './modules.js';

const I32 = i32;
const SPACE = H.char(32);
const NEWLINE = H.char(10);

/** sys.<name> of the current environment; 0 when missing. */
export function sysAttribute(name: string): number {
  const environment = currentEnvironment();
  const sys = environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_SYS];
  return sys === 0 ? 0 : moduleGet(sys, name);
}

/** A separator or ending argument; 0 with TypeError set. */
function textArgument(name: string, h: number, fallback: number): number {
  if (h === 0 || h === H.NONE) return fallback;
  return isStr(h) ? h : raise('TypeError', `${name} must be None or a string, not ${typeName(h)}`);
}

/** Does str() of it run no Python code? */
function isPlain(h: number): boolean {
  if ((h & 7) !== 0) return true;
  const kind = kindOf(h);
  return (kind === L.KIND_STR || kind === L.KIND_BIGINT) && (I32[h >>> 2] & L.FLAG_SUBCLASS) === 0;
}

/** Writes pieces to an open text stream as one operation: 1, or 0 with the exception set. They must be rooted. */
function writePieces(file: number, pieces: readonly number[]): number {
  if (usable(file) === 0 || begin(file) === 0) return 0;
  let ok: number = 1;
  for (let i = 0; i < pieces.length && ok !== 0; i++) ok = writeText(file, pieces[i], i + 1 < pieces.length);
  return end(file, ok);
}

/** All pieces at once; 0 with the exception set. */
function printPlain(file: number, args: number, n: number, sep: number, ending: number): number {
  const pieces: number[] = [];
  let slot = -1;
  for (let i = 0; i < n; i++) {
    const s = str(I32[args + i]);
    const at = root(s);
    if (slot < 0) slot = at;
    if (i > 0) pieces.push(sep);
    pieces.push(s);
  }
  pieces.push(ending);
  const ok = writePieces(file, pieces);
  if (slot >= 0) unroot(slot);
  return ok;
}

/** One piece: 1, or 0 with the exception set. */
function writePiece(file: number, piece: number): number {
  if (isExactly(file, T_TEXT_IO_WRAPPER) && hasFlag(file, F_WRITES)) return writePieces(file, [piece]);
  return method1(file, 'write', piece);
}

/** Piece by piece, as the arguments are converted. */
function printEach(file: number, args: number, n: number, sep: number, ending: number): number {
  const slot = root(file);
  let ok: number = 1;
  for (let i = 0; i < n && ok !== 0; i++) {
    if (i > 0) ok = writePiece(file, sep);
    const s = ok === 0 ? 0 : str(I32[args + i]);
    const at = root(s);
    ok = s === 0 ? 0 : writePiece(file, s);
    unroot(at);
  }
  if (ok !== 0) ok = writePiece(file, ending);
  unroot(slot);
  return ok;
}

function allPlain(args: number, n: number): boolean {
  for (let i = 0; i < n; i++) if (!isPlain(I32[args + i])) return false;
  return true;
}

/** print(*args, sep=' ', end='\n', file=None, flush=False). */
export function print(args: number, n: number, kwnames: number): number {
  const given = keywordArguments('print', ['sep', 'end', 'file', 'flush'], args, n, kwnames);
  if (given === undefined) return 0;
  const file = given[2] !== 0 && given[2] !== H.NONE ? given[2] : sysAttribute('stdout');
  if (file === 0) return raise('RuntimeError', 'lost sys.stdout');
  if (file === H.NONE) return H.NONE;
  const slot = root(file);
  const done = printTo(file, given, args, n);
  unroot(slot);
  return done;
}

function printTo(file: number, given: readonly number[], args: number, n: number): number {
  const sep = textArgument('sep', given[0], SPACE);
  const ending = sep === 0 ? 0 : textArgument('end', given[1], NEWLINE);
  const flush = ending === 0 || given[3] === 0 ? 0 : isTrue(given[3]);
  if (ending === 0 || flush < 0) return 0;
  const whole = isExactly(file, T_TEXT_IO_WRAPPER) && hasFlag(file, F_WRITES) && allPlain(args, n);
  if ((whole ? printPlain : printEach)(file, args, n, sep, ending) === 0) return 0;
  return flush === 1 && method0(file, 'flush') === 0 ? 0 : H.NONE;
}

// ---------------------------------------------------------------- input

/** sys.<name> for input(); 0 with RuntimeError set when it is gone. */
function stream(name: string): number {
  const file = sysAttribute(name);
  return file === 0 || file === H.NONE ? raise('RuntimeError', `lost sys.${name}`) : file;
}

/** Flushes; what goes wrong is not told. */
export function flushQuietly(file: number): void {
  if (file === 0 || file === H.NONE) return;
  const flush = lookupAttr(file, intern('flush'));
  if (flush !== 0) method0(file, 'flush');
  if (pendingException() !== 0) clearException();
}

/** A line without its newline; 0 with EOFError set at the end. */
function lineOf(file: number): number {
  const line = method0(file, 'readline');
  if (line === 0) return 0;
  if (isBytes(line)) return bytesLine(line);
  if (!isStr(line)) return raise('TypeError', 'object.readline() returned non-string');
  const n = strLength(line);
  if (n === 0) return raise('EOFError', 'EOF when reading a line');
  return strCharAt(line, n - 1) === 10 ? strSlice(line, 0, n - 1, 1) : line;
}

function bytesLine(line: number): number {
  const data = bytesData(line);
  if (data.length === 0) return raise('EOFError', 'EOF when reading a line');
  return data[data.length - 1] === 10 ? bytesFromU8(Uint8Array.from(data.subarray(0, -1))) : line;
}

/** input(prompt='', /). */
export function input(args: number, n: number): number {
  const source = stream('stdin');
  const out = source === 0 ? 0 : stream('stdout');
  const errors = out === 0 ? 0 : stream('stderr');
  if (errors === 0) return 0;
  const slot = root(source);
  root(out);
  flushQuietly(errors);
  const prompt = n === 0 ? EMPTY : str(I32[args]);
  root(prompt);
  let ok = prompt === 0 ? 0 : n === 0 ? 1 : writePiece(out, prompt);
  if (ok !== 0) {
    ok = method0(out, 'flush');
    if (ok === 0) clearException();
    ok = lineOf(source);
  }
  unroot(slot);
  return ok;
}
