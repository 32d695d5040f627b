/** Jobs of kind 'program': environment, source to code, the main thread, the report of an uncaught exception, the exit code. */
import { root } from '../heap/context.js';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { readStats } from '../heap/stats.js';
import { finalizeAll } from '../modules/_weakref.js';
import { compileSource } from '../modules/compile.js';
import { enterEnvironment, environmentModules, newEnvironment } from '../modules/environment.js';
import { importModule } from '../modules/import.js';
import { moduleSet } from '../modules/modules.js';
import { flushOutput, writeText } from '../modules/output.js';
import { showException } from '../modules/sys-hooks.js';
import { getAttr, str } from '../objects/abstract.js';
import { dictGetStr } from '../objects/dict.js';
import { pendingException, pendingIs, takeException } from '../objects/exceptions.js';
import { intToNumber, isInt } from '../objects/int.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import type { ProgramJob } from '../threads/job.js';
import { defineJob } from '../threads/jobs.js';
import { currentThread } from '../threads/parking.js';
import { flushStreams, pushCall, pushMain } from './frames.js';
import { SIGNAL_THREAD } from '../threads/words.js';

const I32 = i32;
const C = CARRIER;

const sourceOf = (job: ProgramJob): string | Uint8Array =>
  job.source === 'code' ? job.target : readFileSync(job.source === 'stdin' ? 0 : job.target);
const filenameOf = (job: ProgramJob): string =>
  job.source === 'code' ? '<string>' : job.source === 'stdin' ? '<stdin>' : resolve(job.target);
const argv0 = (job: ProgramJob): string => (job.source === 'code' ? '-c' : job.source === 'module' ? '-m' : job.target);
const folderOf = (job: ProgramJob): string =>
  job.source === 'file' ? dirname(resolve(job.target)) : job.source === 'module' ? process.cwd() : '';

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
  root(environment);
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
