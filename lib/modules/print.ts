/** print() and input(). Text goes straight to the process's stream while sys.stdout is the one the environment began with. */
import { readSync } from 'node:fs';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call0, call1, getAttr, isTrue, str } from '../objects/abstract.js';
import { raise, typeName } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { keywordArguments } from './arguments.js';
import { currentEnvironment } from './frames.js';
import { moduleGet } from './modules.js';
import { flushDescriptor, flushOutput, writeText } from './output.js';

const I32 = i32;

export const streamHooks = {
  /** Descriptor of a text file that writes to standard output or error unchanged (UTF-8, '\n'); 0 for any other object. */
  plainDescriptor: (_file: number): number => 0,
};

const N_WRITE = intern('write');
const N_FLUSH = intern('flush');

/** sys.<name> of the current environment; 0 when missing. */
export function sysAttribute(name: string): number {
  const environment = currentEnvironment();
  const sys = environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_SYS];
  return sys === 0 ? 0 : moduleGet(sys, name);
}

/** str() of a separator or ending argument; undefined with TypeError set. */
function textArgument(name: string, h: number, fallback: string): string | undefined {
  if (h === 0 || h === H.NONE) return fallback;
  if (isStr(h)) return toJS(h);
  raise('TypeError', `${name} must be None or a string, not ${typeName(h)}`);
  return undefined;
}

/** Text of all arguments; undefined with the exception set. */
function joined(args: number, n: number, sep: string, end: string): string | undefined {
  let out = '';
  for (let i = 0; i < n; i++) {
    const s = str(I32[args + i]);
    if (s === 0) return undefined;
    out += i === 0 ? toJS(s) : sep + toJS(s);
  }
  return out + end;
}

function writeTo(file: number, text: string, flush: boolean): number {
  const fd = streamHooks.plainDescriptor(file);
  if (fd !== 0) {
    writeText(fd, text);
    if (flush) flushDescriptor(fd);
    return H.NONE;
  }
  const slot = root(file);
  const write = getAttr(file, N_WRITE);
  let r = write === 0 ? 0 : call1(write, fromJS(text));
  if (r !== 0 && flush) {
    const f = getAttr(file, N_FLUSH);
    r = f === 0 ? 0 : call0(f);
  }
  unroot(slot);
  return r === 0 ? 0 : H.NONE;
}

/** print(*args, sep=' ', end='\n', file=None, flush=False). */
export function print(args: number, n: number, kwnames: number): number {
  const given = keywordArguments('print', ['sep', 'end', 'file', 'flush'], args, n, kwnames);
  if (given === undefined) return 0;
  const sep = textArgument('sep', given[0], ' ');
  const end = sep === undefined ? undefined : textArgument('end', given[1], '\n');
  if (sep === undefined || end === undefined) return 0;
  const flush = given[3] === 0 ? 0 : isTrue(given[3]);
  if (flush < 0) return 0;
  const file = given[2] !== 0 && given[2] !== H.NONE ? given[2] : sysAttribute('stdout');
  if (file === H.NONE) return H.NONE;
  const slot = root(file);
  const text = joined(args, n, sep, end);
  unroot(slot);
  if (text === undefined) return 0;
  if (file !== 0) return writeTo(file, text, flush === 1);
  // Without the stream objects of _io, text goes straight to the descriptor.
  if (sysAttribute('__stdout__') !== 0) return raise('RuntimeError', 'lost sys.stdout');
  writeText(1, text);
  return H.NONE;
}

const pendingInput: number[] = [];

/** One line of standard input without its newline; undefined at the end. */
function readLine(): string | undefined {
  const byte = Buffer.alloc(4096);
  for (;;) {
    const at = pendingInput.indexOf(10);
    if (at >= 0) return Buffer.from(pendingInput.splice(0, at + 1).slice(0, -1)).toString('utf8');
    const n = readSync(0, byte);
    if (n === 0) return pendingInput.length === 0 ? undefined : Buffer.from(pendingInput.splice(0)).toString('utf8');
    for (let i = 0; i < n; i++) pendingInput.push(byte[i]);
  }
}

/** input(prompt='', /). */
export function input(args: number, n: number): number {
  if (n === 1) {
    const prompt = str(I32[args]);
    if (prompt === 0) return 0;
    writeText(1, toJS(prompt));
  }
  flushOutput();
  const line = readLine();
  return line === undefined ? raise('EOFError', 'EOF when reading a line') : fromJS(line);
}
