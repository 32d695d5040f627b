/** Running one program on this carrier: environment, source to code, the main thread, the report of an uncaught exception, the exit code. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, root } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { readStats } from '../heap/stats.js';
import { createThread, mount, releaseThread, THREAD_DONE, THREAD_RUNNING, unmount } from '../heap/threads.js';
import { compileSource } from '../modules/compile.js';
import { enterEnvironment, newEnvironment } from '../modules/environment.js';
import { importModule } from '../modules/import.js';
import { moduleDict, moduleGet, moduleSet } from '../modules/modules.js';
import { flushOutput, writeText } from '../modules/output.js';
import { formatException } from '../modules/traceback.js';
import { boot } from '../objects/boot.js';
import { callArgs, getAttr, str } from '../objects/abstract.js';
import { clearException, pendingException, pendingIs, takeException } from '../objects/exceptions.js';
import { intToNumber, isInt } from '../objects/int.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { pushFunction } from '../vm/call.js';
import { newFunction } from '../vm/function.js';
import { run } from '../vm/interpreter.js';
import type { ProgramJob } from './job.js';

const I32 = i32;
const C = CARRIER;

const sourceOf = (job: ProgramJob): string | Uint8Array =>
  job.kind === 'code' ? job.target : readFileSync(job.kind === 'stdin' ? 0 : job.target);
const filenameOf = (job: ProgramJob): string =>
  job.kind === 'code' ? '<string>' : job.kind === 'stdin' ? '<stdin>' : resolve(job.target);
const argv0 = (job: ProgramJob): string => (job.kind === 'code' ? '-c' : job.kind === 'module' ? '-m' : job.target);
const folderOf = (job: ProgramJob): string =>
  job.kind === 'file' ? dirname(resolve(job.target)) : job.kind === 'module' ? process.cwd() : '';

/** Pushes the frame of module code in `__main__` as the thread's first: nothing of JavaScript lies below it. Returns it, or 0. */
function pushMain(environment: number, code: number): number {
  const w = environment >>> 2;
  const globals = moduleDict(I32[w + L.ENVIRONMENT_MAIN_MODULE]!);
  const f = newFunction(code, globals, I32[w + L.ENVIRONMENT_BUILTINS]!, environment);
  root(f);
  const frame = pushFunction(f, I32[I32[C + L.CAR_CONTEXT]! + L.F_SP]!, 0, 0, CTX_ENTRY);
  if (frame !== 0) I32[frame + L.F_LOCALS_DICT] = globals;
  return frame;
}

/** `python -m`: what runpy does. */
function runModule(environment: number, job: ProgramJob): number {
  const runpy = importModule(environment, 'runpy');
  const f = runpy === 0 ? 0 : getAttr(runpy, intern('_run_module_as_main'));
  return f === 0 ? 0 : callArgs(f, [fromJS(job.target)]);
}

function runJob(environment: number, job: ProgramJob): number {
  if (job.kind === 'module') return runModule(environment, job);
  if (job.kind === 'file')
    moduleSet(I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_MODULE]!, '__file__', fromJS(resolve(job.target)));
  const code = compileSource(sourceOf(job), filenameOf(job), 'exec');
  const frame = code === 0 ? 0 : pushMain(environment, code);
  return frame === 0 ? 0 : run(frame);
}

/** Exit code of a SystemExit: its code, 0 for None, 1 for anything else, which is printed. */
function exitCode(e: number): number {
  const code = getAttr(e, intern('code'));
  if (code === 0 || code === H.NONE) return 0;
  if (isInt(code)) return intToNumber(code) & 0xff;
  const text = str(code);
  writeText(2, text === 0 ? '\n' : `${toJS(text)}\n`);
  return 1;
}

/** Prints the pending exception as the interpreter does when nobody catches it; the exit code. */
function reportUncaught(): number {
  if (pendingIs('SystemExit')) return exitCode(takeException());
  const interrupted = pendingIs('KeyboardInterrupt');
  const e = takeException();
  flushOutput();
  writeText(2, formatException(e));
  return interrupted ? 130 : 1;
}

/** Flushes the program's own stream objects, then ours. */
function flushAll(environment: number): void {
  for (const name of ['stdout', 'stderr']) {
    const stream = moduleGet(I32[(environment >>> 2) + L.ENVIRONMENT_SYS]!, name);
    const flush = stream === 0 || stream === H.NONE ? 0 : getAttr(stream, intern('flush'));
    if (flush !== 0) callArgs(flush, []);
    if (pendingException() !== 0) clearException();
  }
  flushOutput();
}

function printStats(): void {
  const rows = Object.entries(readStats()).map(([name, value]) => `${name.padEnd(28)}${value}\n`);
  writeText(2, rows.join(''));
  flushOutput();
}

/** Runs the program to its end on this carrier; its exit code. */
export function runProgram(job: ProgramJob): number {
  const thread = createThread(0);
  mount(thread, THREAD_RUNNING);
  boot();
  const folder = folderOf(job);
  const environment = newEnvironment({ argv: [argv0(job), ...job.args], path: [folder, ...job.path] });
  enterEnvironment(environment);
  const result = runJob(environment, job);
  const code = result === 0 ? reportUncaught() : 0;
  flushAll(environment);
  unmount(THREAD_DONE);
  releaseThread(thread);
  if (job.stats) printStats();
  return code;
}
