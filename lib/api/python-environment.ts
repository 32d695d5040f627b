/** PythonEnvironment: one Python program's modules, as a program of Node uses it. */
import { resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { collectGarbage } from '../heap/collect.js';
import { closeLimit, LIMIT_LEAST, limitBytes, newLimit, noLimit } from '../heap/limits.js';
import { i32, parseSize } from '../heap/memory.js';
import * as L from '../heap/layout.generated.js';
import type { CallJob, CloseJob, CreateJob, EnvironmentJob, ImportJob, RunJob } from '../carrier/environment-jobs.js';
import { allocateEnvironment } from '../objects/environment.js';
import { dictDel, dictGetStr, dictSet, dictSetStr, newDict } from '../objects/dict.js';
import { listAt, newListFromArray } from '../objects/list.js';
import { intern } from '../objects/strings.js';
import * as H from '../heap/handles.js';
import { newTupleOf } from '../objects/tuple.js';
import { ContextScope } from './context-scope.js';
import { ProtospaceError, ProtospaceTypeError, takeError } from './errors.js';
import { running } from './host.js';
import { hostPool, type RunLimits, runJob } from './host-pool.js';
import { make } from './make.js';
import { stdlibFolder } from './places.js';
import { give, handleIn, ProtoObject } from './proto-object.js';
import { ProtoSpace } from './proto-space.js';
import { NOT_PLAIN, type PlainValue, readPlain } from './read.js';
import { HostStreams, type StreamOptions } from './streams.js';

const I32 = i32;

export interface PythonOptions extends StreamOptions {
  /** sys.argv; [''] when missing. */
  readonly argv?: readonly string[];
  /** Folders where modules are looked for, before the standard library; the current one when missing. */
  readonly path?: readonly string[];
  /** os.environ; that of the process when missing. */
  readonly env?: Readonly<Record<string, string>>;
  /** The current directory of the environment. */
  readonly cwd?: string;
  /** Most memory that its objects and the stacks of its threads may take: bytes, or a text like '64m'; at least 8 MiB. */
  readonly maxMemory?: number | string;
}

export type RunOptions = RunLimits;

export interface CodeOptions extends RunOptions {
  /** What tracebacks call the code. */
  readonly filename?: string;
}

export interface CallOptions extends RunOptions {
  readonly kwargs?: Readonly<Record<string, unknown>>;
}

/** What Python gave: a JavaScript copy where that says all of it, else the object itself, rooted. */
export type PythonValue = PlainValue | ProtoObject;

/** A job's own part, without what every job has. */
export type Asked<J> = Omit<J, 'environment' | 'box'>;

function toValue(handle: number, object: (handle: number) => ProtoObject): PythonValue {
  const plain = readPlain(handle, true);
  return plain === NOT_PLAIN ? object(handle) : plain;
}

const rooted = (handle: number): ProtoObject => new ProtoObject(handle, undefined);

/**
 * Modules, builtins and sys of one program. Any number of environments live in one process, apart from each other, on the same carriers and in the
 * same space. Python runs on the carriers, never on the thread that calls these methods; runs of one environment that are not awaited run
 * beside each other, as threads do.
 */
export class PythonEnvironment {
  readonly #environment: ProtoObject;
  readonly #streams: HostStreams;
  readonly #runs = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;
  /** Number of the environment in the process: what ProtoContext.environment tells. */
  readonly id: number;

  private constructor(options: PythonOptions) {
    const limit = options.maxMemory === undefined ? 0 : limitOf(options.maxMemory);
    const [environment, streams] = running(() => {
      const object = rooted(allocateEnvironment());
      I32[(handleIn(object) >>> 2) + L.ENVIRONMENT_LIMIT] = limit;
      const lists = { output: newListFromArray([]), input: newListFromArray([]) };
      return [object, new HostStreams(handleIn(object), options, lists)];
    });
    this.#environment = environment;
    this.#streams = streams;
    this.id = this.#word(L.ENVIRONMENT_ID);
  }

  /** Makes an environment; its first use of the carriers starts them. */
  static async create(options: PythonOptions = {}): Promise<PythonEnvironment> {
    const pool = hostPool();
    const made = new PythonEnvironment(options);
    const { argv = [''], path = [process.cwd()], env, cwd } = options;
    const asked: Asked<CreateJob> = {
      kind: 'environment-create',
      argv: checkedList('argv', argv),
      path: checkedList('path', path).map((entry) => resolve(entry)),
      stdlib: stdlibFolder,
      ...(env !== undefined && { env: checkedVariables(env) }),
      ...(cwd !== undefined && { cwd: resolve(checkedList('cwd', [cwd])[0]!) }),
    };
    pool.streams.set(made.id, (what) => made.#streams.notice(what));
    try {
      await made.ask<CreateJob>(asked, {});
    } catch (error) {
      made.#forget();
      throw error;
    }
    return made;
  }

  /** The one space of the process. */
  static getProcessSpace(): ProtoSpace {
    return ProtoSpace.process();
  }

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /** Bytes that count to maxMemory: taken since the last collection, or alive then; 0 where there is no limit. */
  get memoryUsed(): number {
    const limit = this.isClosed ? 0 : this.#word(L.ENVIRONMENT_LIMIT);
    return limit === 0 ? 0 : limitBytes(limit);
  }

  /** Runs code in `__main__`: the value of its last statement when that is an expression, else null. Rejects with a PythonError. */
  async run(code: string, options: CodeOptions = {}): Promise<PythonValue> {
    const filename = options.filename ?? '<string>';
    return this.ask<RunJob>({ kind: 'environment-run', code: String(code), filename }, options);
  }

  /** Runs a file in `__main__`, its folder first in sys.path; as `run`. Rejects with Node's error when there is no such file. */
  async runFile(path: string, options: RunOptions = {}): Promise<PythonValue> {
    const filename = resolve(path);
    await stat(filename);
    return this.ask<RunJob>({ kind: 'environment-run', filename }, options);
  }

  /** Calls what a dotted name means (`'f'`, `'math.sqrt'`), or a Python object, with these arguments. */
  async call(callee: string | ProtoObject, ...args: unknown[]): Promise<PythonValue> {
    return this.apply(callee, args);
  }

  /** As call, with keyword arguments and a signal. */
  async apply(
    callee: string | ProtoObject,
    args: readonly unknown[] = [],
    options: CallOptions = {},
  ): Promise<PythonValue> {
    this.#checkOpen();
    const given = this.tuple(args);
    const kwargs = running(() => rooted(keywords(options.kwargs)));
    try {
      const asked: Asked<CallJob> = {
        kind: 'environment-call',
        callee: typeof callee === 'string' ? callee : handleIn(callee),
        args: handleIn(given),
        kwargs: handleIn(kwargs),
      };
      return await this.ask<CallJob>(asked, options);
    } finally {
      given.dispose();
      kwargs.dispose();
    }
  }

  /** Imports a module by its full name; the module. */
  async import(name: string, options: RunOptions = {}): Promise<ProtoObject> {
    const asked: Asked<ImportJob> = { kind: 'environment-import', name: String(name) };
    return (await this.ask<ImportJob>(asked, options)) as ProtoObject;
  }

  /** A tuple of these values, rooted: as an argument of its own. */
  tuple(items: readonly unknown[]): ProtoObject {
    return running(() => rooted(newTupleOf(items.map((item) => make(item)))));
  }

  /** A global of `__main__`; undefined when there is none. Reads the space at once, without a carrier. */
  get(name: string): PythonValue | undefined {
    return running(() => {
      const value = dictGetStr(this.#globals(), intern(name));
      return value === 0 ? undefined : toValue(value, give);
    });
  }

  /** Sets a global of `__main__`, at once. */
  set(name: string, value: unknown): void {
    running(() => {
      if (dictSetStr(this.#globals(), intern(name), make(value)) === 0) throw takeError();
    });
  }

  /** Deletes a global of `__main__`; tells whether there was one. */
  delete(name: string): boolean {
    return running(() => dictDel(this.#globals(), intern(name)) !== 0);
  }

  /** A scope whose context belongs to this environment: what ProtoSpace.newThread starts from. */
  enter(): ContextScope {
    this.#checkOpen();
    return ContextScope.enter(undefined, handleIn(this.#environment));
  }

  /**
   * Waits for what runs and for the threads that Python started (daemons excepted), runs atexit functions, delivers what was written, and raises
   * SystemExit in daemons. Afterwards every method rejects; objects stay valid.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#runs);
    try {
      await this.#start<CloseJob>({ kind: 'environment-close' }, {});
    } finally {
      this.#forget();
    }
  }

  #forget(): void {
    hostPool().streams.delete(this.id);
    closeLimit(this.#word(L.ENVIRONMENT_LIMIT));
    this.#environment.dispose();
  }

  #checkOpen(): void {
    if (this.#closing !== undefined)
      throw new ProtospaceError('ERR_PROTOSPACE_CLOSED', 'this PythonEnvironment has been closed');
  }

  #word(offset: number): number {
    return I32[(handleIn(this.#environment) >>> 2) + offset]!;
  }

  /** Dict of `__main__`. To be called within `running`. */
  #globals(): number {
    this.#checkOpen();
    return I32[(this.#word(L.ENVIRONMENT_MAIN_MODULE) >>> 2) + L.MODULE_DICT]!;
  }

  /** For this package: has a job done, and gives its result. */
  ask<J extends EnvironmentJob>(asked: Asked<J>, limits: RunLimits): Promise<PythonValue> {
    this.#checkOpen();
    const run = this.#start<J>(asked, limits);
    this.#runs.add(run);
    const forget = (): boolean => this.#runs.delete(run);
    run.then(forget, forget);
    return run;
  }

  async #start<J extends EnvironmentJob>(asked: Asked<J>, limits: RunLimits): Promise<PythonValue> {
    using box = running(() => rooted(newListFromArray([H.NONE])));
    try {
      await runJob({ ...(asked as object), environment: handleIn(this.#environment), box: handleIn(box) } as J, limits);
    } finally {
      this.#streams.drain();
    }
    return running(() => toValue(listAt(handleIn(box), 0), rooted));
  }
}

function keywords(given: Readonly<Record<string, unknown>> | undefined): number {
  const dict = newDict();
  for (const [name, value] of Object.entries(given ?? {}))
    if (dictSet(dict, intern(name), make(value)) === 0) throw takeError();
  return dict;
}

/** A record for this limit. Those of closed environments come free when a collection finds nothing of theirs. */
function limitOf(maxMemory: number | string): number {
  const bytes = typeof maxMemory === 'string' ? parseSize(maxMemory) : maxMemory;
  if (!(bytes >= LIMIT_LEAST))
    throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', `maxMemory: ${maxMemory} is not a size of 8m or more`);
  let limit = newLimit(bytes);
  if (limit === 0) {
    running(() => collectGarbage());
    limit = newLimit(bytes);
  }
  if (limit === 0) throw noLimit();
  return limit;
}

/** An option that is a list of strings. */
function checkedList(name: string, list: readonly string[]): string[] {
  if (!Array.isArray(list) || list.some((entry) => typeof entry !== 'string' || entry.includes('\0')))
    throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', `${name}: strings are wanted, without null characters`);
  return [...list];
}

function checkedVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (name === '' || name.includes('=') || `${name}${value}`.includes('\0'))
      throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', `env: '${name}' cannot be an environment variable`);
    if (value !== undefined) out[name] = String(value);
  }
  return out;
}
