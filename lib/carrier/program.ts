/** Jobs of kind 'program': environment, source to code, the main thread, the report of an uncaught exception, the exit code. */
import { readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { finalizeAll } from '../modules/finalizers.js';
import { compileSource, disassembly } from '../modules/compile.js';
import { enterEnvironment, environmentModules, newEnvironment } from '../modules/environment.js';
import { readDescriptor } from '../modules/file-descriptors.js';
import { importModule } from '../modules/import.js';
import { mainLoader } from '../modules/module-spec.js';
import { moduleSet } from '../modules/modules.js';
import { writeText } from '../modules/output.js';
import { registerSource } from '../modules/source-lines.js';
import { writeStderr } from '../modules/stderr.js';
import { showException } from '../modules/sys-hooks.js';
import { getAttr, getItem, str } from '../objects/abstract.js';
import { call1, callArgs } from '../objects/call.js';
import { dictGetStr } from '../objects/dict.js';
import {
  clearException,
  exceptionType,
  pendingException,
  pendingIs,
  setException,
  takeException,
} from '../objects/exceptions.js';
import { intToNumber, isInt } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import type { ProgramJob } from '../threads/job.js';
import { defineJob } from '../threads/jobs.js';
import { currentThread } from '../threads/parking.js';
import { statsText } from './stats-text.js';
import { flushStreams, pushCall, pushMain } from './frames.js';
import { SIGNAL_THREAD } from '../threads/words.js';

const I32 = i32;
const C = CARRIER;

/** Everything on standard input. */
function readInput(): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = Buffer.alloc(65536);
    const n = readDescriptor(0, piece, 0, piece.length);
    if (n <= 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, n));
  }
}

function sourceOf(job: ProgramJob): string | Uint8Array {
  if (job.source === 'code') return job.target;
  return job.source === 'stdin' ? readInput() : readFileSync(job.target);
}

const filenameOf = (job: ProgramJob): string =>
  job.source === 'code' ? '<string>' : job.source === 'stdin' ? '<stdin>' : resolve(job.target);
const argv0 = (job: ProgramJob): string => (job.source === 'code' ? '-c' : job.source === 'module' ? '-m' : job.target);

/** What comes first in sys.path. */
function folderOf(job: ProgramJob): string {
  if (job.source === 'file') return dirname(realpathSync(job.target));
  return job.source === 'folder' ? resolve(job.target) : job.source === 'module' ? process.cwd() : '';
}

/** `python -m`: what runpy does. A folder's program is the module `__main__` in it. */
function pushModule(environment: number, job: ProgramJob): number {
  const runpy = importModule(environment, 'runpy');
  const f = runpy === 0 ? 0 : getAttr(runpy, intern('_run_module_as_main'));
  if (f === 0) return 0;
  return pushCall(f, job.source === 'module' ? [fromJS(job.target)] : [intern('__main__'), H.FALSE]);
}

/** PYTHONPATH's folders. */
const pythonPath = (): string[] => (process.env.PYTHONPATH ?? '').split(delimiter).filter((entry) => entry !== '');

/** Makes the environment of the program, which the thread that runs is the main thread of. */
export function enterProgram(job: ProgramJob): number {
  const environment = newEnvironment({
    argv: [argv0(job), ...job.args],
    path: [folderOf(job), ...pythonPath(), ...job.path],
    stdlib: job.path.at(-1),
  });
  storeRef(environment, L.ENVIRONMENT_PATH, fromJS(folderOf(job)));
  const t = currentThread();
  I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_IDENT] = I32[t + L.THR_IDENT]!;
  I32[SIGNAL_THREAD] = t;
  enterEnvironment(environment);
  root(environment);
  return environment;
}

function printBytecode(source: string | Uint8Array, filename: string): 0 {
  const text = disassembly(source, filename);
  if (text !== undefined) writeText(1, text);
  return 0;
}

/** The file of a module, as runpy finds it; '' with SystemExit set. */
function moduleFile(environment: number, name: string): string {
  const runpy = importModule(environment, 'runpy');
  const find = runpy === 0 ? 0 : getAttr(runpy, intern('_get_module_details'));
  const details = find === 0 ? 0 : callArgs(find, [fromJS(name)]);
  const spec = details === 0 ? 0 : getItem(details, H.small(1));
  const origin = spec === 0 ? 0 : getAttr(spec, intern('origin'));
  if (origin !== 0 && isStr(origin) && toJS(origin).endsWith('.py')) return toJS(origin);
  const why = pendingException() === 0 ? 0 : str(takeException());
  const e = call1(exceptionType('SystemExit'), why === 0 ? fromJS(`${name} has no Python source`) : why);
  if (e !== 0) setException(e);
  return '';
}

/** The bytecode of a module or of the program in a folder. */
function printModule(environment: number, job: ProgramJob): 0 {
  const file = job.source === 'folder' ? join(job.target, '__main__.py') : moduleFile(environment, job.target);
  return file === '' ? 0 : printBytecode(readFileSync(file), resolve(file));
}

/** First step: makes the environment and pushes the program's frame. */
function pushProgram(job: ProgramJob): number {
  const environment = enterProgram(job);
  if (job.source === 'module' || job.source === 'folder')
    return job.dis ? printModule(environment, job) : pushModule(environment, job);
  const filename = filenameOf(job);
  const source = sourceOf(job);
  const main = I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_MODULE]!;
  moduleSet(main, '__loader__', mainLoader(job.source === 'file' ? filename : ''));
  if (job.source !== 'code') moduleSet(main, '__file__', fromJS(filename));
  if (job.source !== 'file')
    registerSource(environment, filename, typeof source === 'string' ? source : Buffer.from(source).toString('utf8'));
  if (job.dis) return printBytecode(source, filename);
  const code = compileSource(source, filename, 'exec', { fromFile: job.source !== 'code' });
  return code === 0 ? 0 : pushMain(environment, code);
}

/** Second step: reports how the program ended, and waits for its threads. */
export function pushShutdown(_job: ProgramJob, result: number): number {
  setExitCode(result === 0 ? reportUncaught() : 0);
  const threading = dictGetStr(environmentModules(I32[C + L.CAR_ENVIRONMENT]!), intern('threading'));
  const f = threading === 0 || threading === H.NONE ? 0 : getAttr(threading, intern('_shutdown'));
  return f === 0 ? 0 : pushCall(f, []);
}

/** Third step: what is left when no thread but daemons runs. */
export function finishProgram(): number {
  if (pendingException() !== 0) setExitCode(reportUncaught());
  const atexit = dictGetStr(environmentModules(I32[C + L.CAR_ENVIRONMENT]!), intern('atexit'));
  const run = atexit === 0 || atexit === H.NONE ? 0 : getAttr(atexit, intern('_run_exitfuncs'));
  if (run === 0 || callArgs(run, []) === 0) clearException();
  finalizeAll();
  flushStreams(I32[C + L.CAR_ENVIRONMENT]!);
  return 0;
}

const setExitCode = (code: number): void => {
  I32[currentThread() + L.THR_RESULT] = H.small(code);
};

/** Exit code of a SystemExit: its code, 0 for None, 1 for anything else, which is printed. */
function exitCode(e: number): number {
  const code = getAttr(e, intern('code'));
  if (code === 0 || code === H.NONE || code === H.FALSE) return 0;
  if (code === H.TRUE) return 1;
  // As the system does, and a number that does not fit is -1.
  if (isInt(code)) return Math.abs(intToNumber(code)) < 2 ** 31 ? intToNumber(code) & 0xff : 255;
  const text = str(code);
  writeStderr(text === 0 ? '\n' : `${toJS(text)}\n`);
  return 1;
}

/** Prints the pending exception as the interpreter does when nobody catches it; the exit code. */
export function reportUncaught(): number {
  if (pendingIs('SystemExit')) return exitCode(takeException());
  const interrupted = pendingIs('KeyboardInterrupt');
  showException(takeException());
  return interrupted ? 130 : 1;
}

/** Last of all: the counters, and the exit code. */
export function endProgram(job: ProgramJob): number {
  if (job.stats !== '') writeText(2, statsText(job.stats));
  return I32[currentThread() + L.THR_RESULT]! >> 1;
}

defineJob<ProgramJob>('program', { steps: [pushProgram, pushShutdown, finishProgram], value: endProgram });
