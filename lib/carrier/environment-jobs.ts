/**
 * Jobs on a PythonEnvironment of the host API (lib/api/python-environment.ts). The host makes and roots what goes in and out: the environment, the
 * arguments, and a list of one item for the result. Handles are in the space, so they travel as numbers.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { escapeAll } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { compileSource, disassembly } from '../modules/compile.js';
import { enterEnvironment, newEnvironment } from '../modules/environment.js';
import { runCallbacks } from '../modules/finalizers.js';
import { importModule } from '../modules/import.js';
import { moduleDict, moduleGet, moduleSet } from '../modules/modules.js';
import { guarded } from '../modules/os-error.js';
import { setCurrentDirectory } from '../modules/paths.js';
import { exceptionTypeText, formatException } from '../modules/traceback.js';
import { getAttr, str } from '../objects/abstract.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { dictGetStr, dictSet, newDict } from '../objects/dict.js';
import { clearException, pendingException, raise, setException, takeException } from '../objects/exceptions.js';
import { listSetItem, listSnapshot, listSplice } from '../objects/list.js';
import { typeOf } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { publishAll } from '../objects/sync.js';
import { newTupleOf } from '../objects/tuple.js';
import type { Job, JobError } from '../threads/job.js';
import { defineJob, jobHooks } from '../threads/jobs.js';
import { endThreads } from '../threads/interrupt.js';
import { currentThread } from '../threads/parking.js';
import { pushCallOf } from '../threads/thread-body.js';
import { flushStreams, pushCall, pushMain } from './frames.js';

const I32 = i32;

/** What every job has: handles of the environment and of the list that the result goes into. */
export interface EnvironmentJob extends Job {
  readonly environment: number;
  readonly box: number;
}

export interface CreateJob extends EnvironmentJob {
  readonly kind: 'environment-create';
  readonly argv: readonly string[];
  readonly path: readonly string[];
  readonly stdlib: string;
  /** os.environ; that of the process when missing. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface RunJob extends EnvironmentJob {
  readonly kind: 'environment-run';
  /** The text; or handle of a code object; or undefined: the text of the file. */
  readonly code?: string | number;
  readonly filename: string;
}

export interface DisassembleJob extends EnvironmentJob {
  readonly kind: 'environment-disassemble';
  readonly code: string;
  readonly filename: string;
}

export interface CallJob extends EnvironmentJob {
  readonly kind: 'environment-call';
  /** Handle of what is called, or a dotted name that starts in `__main__`, the built-in functions or the modules. */
  readonly callee: number | string;
  /** Handles of a tuple and of a dict, 0: none. */
  readonly args: number;
  readonly kwargs: number;
}

export interface ImportJob extends EnvironmentJob {
  readonly kind: 'environment-import';
  readonly name: string;
}

export interface CloseJob extends EnvironmentJob {
  readonly kind: 'environment-close';
}

/** In ENVIRONMENT_STATE: a job runs as the environment's main thread. */
const MAIN_BUSY = 1;
const stateAddress = (environment: number): number => ((environment >>> 2) + L.ENVIRONMENT_STATE) << 2;
const wordOf = (environment: number, offset: number): number => I32[(environment >>> 2) + offset];

/** Enters the environment. One job at a time is its main thread, as `threading` sees it; others run beside it under numbers of their own. */
function enter(environment: number): void {
  enterEnvironment(environment);
  const t = currentThread();
  if ((atomics.or(stateAddress(environment), MAIN_BUSY) & MAIN_BUSY) === 0)
    I32[t + L.THR_IDENT] = wordOf(environment, L.ENVIRONMENT_MAIN_IDENT);
}

function leave(environment: number): void {
  if (I32[currentThread() + L.THR_IDENT] === wordOf(environment, L.ENVIRONMENT_MAIN_IDENT))
    atomics.and(stateAddress(environment), ~MAIN_BUSY);
}

/** Runs `body`, which may run Python, beside a pending exception. */
function apart(body: () => void): void {
  const pending = takeException();
  const slot = root(pending);
  body();
  clearException();
  unroot(slot);
  if (pending !== 0) setException(pending);
}

/** Last of all: flushes what the program wrote, runs finalizers and hands over the result; native functions left theirs in THR_RESULT. */
function finish(job: EnvironmentJob, result: number): undefined {
  const t = currentThread();
  const value = I32[t + L.THR_RESULT] !== 0 ? I32[t + L.THR_RESULT] : result;
  if (pendingException() === 0) listSetItem(job.box, 0, value === 0 ? H.NONE : value);
  apart(() => {
    flushStreams(job.environment);
    // What a collection found dead: a job may pass no safepoint.
    runCallbacks();
  });
  leave(job.environment);
}

/** What finish hands over, in place of a frame's value. */
function setResult(value: number): void {
  I32[currentThread() + L.THR_RESULT] = value;
  escapeAll();
}

// ---------------------------------------------------------------- create

/** A dict of bytes, as os.environ is made from. */
function variables(env: Readonly<Record<string, string>>): number {
  const dict = newDict();
  for (const [name, value] of Object.entries(env))
    dictSet(dict, bytesFromU8(Buffer.from(name)), bytesFromU8(Buffer.from(value)));
  return dict;
}

function create(job: CreateJob): number {
  const { environment, argv, path, stdlib } = job;
  newEnvironment({ argv, path: [...path, stdlib], stdlib, into: environment });
  I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_IDENT] = I32[currentThread() + L.THR_IDENT];
  enter(environment);
  if (job.cwd !== undefined) setCurrentDirectory(job.cwd);
  if (job.env !== undefined) {
    const posix = importModule(environment, 'posix');
    if (posix === 0) return 0;
    moduleSet(posix, 'environ', variables(job.env));
  }
  // The host, and every later job, reads what this thread made.
  publishAll();
  return 0;
}

defineJob<CreateJob>('environment-create', { steps: [create], value: finish });

// ---------------------------------------------------------------- run

/** As for a program: the file's folder comes first in sys.path, `__file__` is set. */
function setFile(environment: number, filename: string): void {
  const folder = fromJS(dirname(filename));
  const path = moduleGet(wordOf(environment, L.ENVIRONMENT_SYS), 'path');
  if (!listSnapshot(path).some((entry) => toJS(entry) === toJS(folder))) listSplice(path, 0, 0, [folder]);
  moduleSet(wordOf(environment, L.ENVIRONMENT_MAIN_MODULE), '__file__', fromJS(filename));
}

function readSource(filename: string): Uint8Array | undefined {
  let source: Uint8Array | undefined;
  const read = (): number => {
    source = readFileSync(filename);
    return H.NONE;
  };
  return guarded(read, fromJS(filename)) === 0 ? undefined : source;
}

function runCode(job: RunJob): number {
  enter(job.environment);
  if (typeof job.code === 'number') return pushMain(job.environment, job.code);
  const filename = job.code === undefined ? resolve(job.filename) : job.filename;
  if (job.code === undefined) setFile(job.environment, filename);
  const source = job.code ?? readSource(filename);
  const code = source === undefined ? 0 : compileSource(source, filename, 'exec', { lastValue: true });
  return code === 0 ? 0 : pushMain(job.environment, code);
}

defineJob<RunJob>('environment-run', { steps: [runCode], value: finish });

function disassemble(job: DisassembleJob): number {
  enter(job.environment);
  const text = disassembly(job.code, job.filename);
  if (text !== undefined) setResult(fromJS(text));
  return 0;
}

defineJob<DisassembleJob>('environment-disassemble', { steps: [disassemble], value: finish });

// ---------------------------------------------------------------- call

/** What a name means in `__main__`: a global, a built-in, or a module that is loaded already. 0 with NameError set. */
function lookUp(environment: number, name: string): number {
  const interned = intern(name);
  const places = [
    moduleDict(wordOf(environment, L.ENVIRONMENT_MAIN_MODULE)),
    wordOf(environment, L.ENVIRONMENT_BUILTINS),
    wordOf(environment, L.ENVIRONMENT_MODULES),
  ];
  for (const place of places) {
    const found = dictGetStr(place, interned);
    if (found !== 0) return found;
  }
  return raise('NameError', `name '${name}' is not defined`);
}

function lookUpPath(environment: number, path: string): number {
  const [first, ...rest] = path.split('.');
  let value = lookUp(environment, first);
  for (const name of rest) if (value !== 0) value = getAttr(value, intern(name));
  return value;
}

function call(job: CallJob): number {
  enter(job.environment);
  const callee = typeof job.callee === 'number' ? job.callee : lookUpPath(job.environment, job.callee);
  if (callee === 0) return 0;
  root(callee);
  return pushCallOf(currentThread(), callee, job.args, job.kwargs);
}

defineJob<CallJob>('environment-call', { steps: [call], value: finish });

function importNamed(job: ImportJob): number {
  enter(job.environment);
  const module = importModule(job.environment, job.name);
  if (module !== 0) setResult(module);
  return 0;
}

defineJob<ImportJob>('environment-import', { steps: [importNamed], value: finish });

// ---------------------------------------------------------------- close

/** Function of a module that the program has loaded; 0 when it has not. */
function loadedFunction(environment: number, module: string, name: string): number {
  const found = dictGetStr(wordOf(environment, L.ENVIRONMENT_MODULES), intern(module));
  return found === 0 || found === H.NONE ? 0 : getAttr(found, intern(name));
}

function awaitThreads(job: CloseJob): number {
  enter(job.environment);
  const shutdown = loadedFunction(job.environment, 'threading', '_shutdown');
  return shutdown === 0 ? 0 : pushCall(shutdown, []);
}

function runExitFunctions(job: CloseJob): number {
  clearException();
  const f = loadedFunction(job.environment, 'atexit', '_run_exitfuncs');
  if (f === 0) return 0;
  const t = currentThread();
  return pushCallOf(t, f, newTupleOf([]), 0);
}

/** Threads that were not waited for would hold the environment for ever, and a core. */
function close(job: CloseJob, result: number): undefined {
  finish(job, result);
  endThreads(job.environment);
}

defineJob<CloseJob>('environment-close', { steps: [awaitThreads, runExitFunctions], value: close });

// ---------------------------------------------------------------- errors

function messageOf(e: number): string {
  const text = str(e);
  if (text !== 0) return toJS(text);
  clearException();
  return '';
}

jobHooks.describe = (e: number): JobError => {
  const slot = root(e);
  const type = exceptionTypeText(typeOf(e));
  const message = messageOf(e);
  const traceback = formatException(e);
  clearException();
  unroot(slot);
  return { type, message, traceback };
};
