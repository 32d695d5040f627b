/** Jobs of kind 'program': environment, source to code, the main thread, the report of an uncaught exception, the exit code. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, root } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { readStats } from '../heap/stats.js';
import { compileSource } from '../modules/compile.js';
import { enterEnvironment, environmentModules, newEnvironment } from '../modules/environment.js';
import { importModule } from '../modules/import.js';
import { moduleDict, moduleGet, moduleSet } from '../modules/modules.js';
import { flushOutput, writeText } from '../modules/output.js';
import { showException } from '../modules/sys-hooks.js';
import { callArgs, getAttr, str } from '../objects/abstract.js';
import { pushArguments } from '../objects/call.js';
import { dictGetStr } from '../objects/dict.js';
import { clearException, pendingException, pendingIs, takeException } from '../objects/exceptions.js';
import { intToNumber, isInt } from '../objects/int.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { pushFunction } from '../vm/call.js';
import { newFunction } from '../vm/function.js';
import type { ProgramJob } from './job.js';
import { defineJob } from './jobs.js';
import { currentThread } from './parking.js';
import { SIGNAL_THREAD } from './words.js';

const I32 = i32;
const C = CARRIER;

const sourceOf = (job: ProgramJob): string | Uint8Array =>
  job.source === 'code' ? job.target : readFileSync(job.source === 'stdin' ? 0 : job.target);
const filenameOf = (job: ProgramJob): string =>
  job.source === 'code' ? '<string>' : job.source === 'stdin' ? '<stdin>' : resolve(job.target);
const argv0 = (job: ProgramJob): string => (job.source === 'code' ? '-c' : job.source === 'module' ? '-m' : job.target);
const folderOf = (job: ProgramJob): string =>
  job.source === 'file' ? dirname(resolve(job.target)) : job.source === 'module' ? process.cwd() : '';

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

/** Pushes the call of Python function `f`; its frame, or 0 with the exception set. */
function pushCall(f: number, args: readonly number[]): number {
  root(f);
  const a = pushArguments(args.length);
  for (let i = 0; i < args.length; i++) I32[a + i] = args[i]!;
  return pushFunction(f, a, args.length, 0, CTX_ENTRY);
}

/** `python -m`: what runpy does. */
function pushModule(environment: number, job: ProgramJob): number {
  const runpy = importModule(environment, 'runpy');
  const f = runpy === 0 ? 0 : getAttr(runpy, intern('_run_module_as_main'));
  return f === 0 ? 0 : pushCall(f, [fromJS(job.target)]);
}

/** First step: makes the environment and pushes the program's frame. */
function pushProgram(job: ProgramJob): number {
  const environment = newEnvironment({
    argv: [argv0(job), ...job.args],
    path: [folderOf(job), ...job.path],
    stdlib: job.path.at(-1),
  });
  const t = currentThread();
  I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_IDENT] = I32[t + L.THR_IDENT]!;
  I32[SIGNAL_THREAD] = t;
  enterEnvironment(environment);
  if (job.source === 'module') return pushModule(environment, job);
  if (job.source === 'file')
    moduleSet(I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_MODULE]!, '__file__', fromJS(resolve(job.target)));
  const code = compileSource(sourceOf(job), filenameOf(job), 'exec');
  return code === 0 ? 0 : pushMain(environment, code);
}

/** Second step: reports how the program ended, and waits for its threads. */
function pushShutdown(_job: ProgramJob, result: number): number {
  setExitCode(result === 0 ? reportUncaught() : 0);
  const threading = dictGetStr(environmentModules(I32[C + L.CAR_ENVIRONMENT]!), intern('threading'));
  const f = threading === 0 || threading === H.NONE ? 0 : getAttr(threading, intern('_shutdown'));
  return f === 0 ? 0 : pushCall(f, []);
}

/** Third step: what is left when no thread but daemons runs. */
function finishProgram(): number {
  if (pendingException() !== 0) setExitCode(reportUncaught());
  flushAll(I32[C + L.CAR_ENVIRONMENT]!);
  return 0;
}

const setExitCode = (code: number): void => {
  I32[currentThread() + L.THR_RESULT] = H.small(code);
};

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
  showException(takeException());
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

defineJob<ProgramJob>('program', {
  steps: [pushProgram, pushShutdown, finishProgram],
  value: (job) => {
    if (job.stats) printStats();
    return I32[currentThread() + L.THR_RESULT]! >> 1;
  },
});
