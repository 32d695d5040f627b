/**
 * What is asked of carriers, and what they answer: plain data, so that it can be posted to a Worker or lie in the space as JSON. Values of
 * Python never travel: they are in the space.
 */
import type { MessagePort, Worker } from 'node:worker_threads';

/** A job is run by a ProtoThread of its own, on any carrier. `kind` names what was registered with `defineJob`. */
export interface Job {
  readonly kind: string;
  /** Calls and back edges of loops, about, until KeyboardInterrupt is raised in the job's thread; missing: no limit. */
  readonly maxSteps?: number;
}

/** A Python program, or an interactive prompt, as the command line runs it; its value is the exit code. */
export interface ProgramJob extends Job {
  readonly kind: 'program' | 'interactive';
  readonly source: 'file' | 'folder' | 'code' | 'module' | 'stdin';
  /** File or folder name, code, module name, or '-' where standard input was named. */
  readonly target: string;
  /** sys.argv[1:]. */
  readonly args: readonly string[];
  /** Entries of sys.path behind the program's own folder. */
  readonly path: readonly string[];
  readonly dis: boolean;
  /** How the counters are printed at the end; '': not. */
  readonly stats: '' | 'text' | 'json';
}

/** An uncaught Python exception as data. */
export interface JobError {
  /** Qualified name of its class, without 'builtins.'. */
  readonly type: string;
  readonly message: string;
  /** What the interpreter would have printed. */
  readonly traceback: string;
  /** Had the job used up its steps? */
  readonly outOfSteps?: boolean;
}

export type SignalAction = 'default' | 'ignore' | 'handle';

/** What a carrier posts to the host. */
export type HostMessage =
  /** The job has begun; `thread` is its record, `memory` the space for hosts that did not make it. */
  | { readonly type: 'started'; readonly job: number; readonly thread: number; readonly memory: unknown }
  | { readonly type: 'done'; readonly job: number; readonly value?: unknown; readonly error?: JobError }
  /** This carrier has started another, whose port comes with the message. */
  | { readonly type: 'carrier'; readonly port: MessagePort }
  /** The environment of this number has output for the host, or wants input. */
  | { readonly type: 'output'; readonly environment: number }
  | { readonly type: 'input'; readonly environment: number }
  /** signal.signal: what the process shall do when the signal comes. */
  | { readonly type: 'signal'; readonly signal: number; readonly action: SignalAction }
  /** signal.alarm and setitimer: the signal shall come after so many milliseconds (0: not any more), then every `interval`, if that is not 0. */
  | { readonly type: 'alarm'; readonly signal: number; readonly milliseconds: number; readonly interval: number }
  /** os._exit: the process shall end at once. */
  | { readonly type: 'exit'; readonly code: number }
  /** The job failed by a fault of ours. */
  | { readonly type: 'failed'; readonly job: number; readonly message: string };

/** Shape of a carrier Worker's `workerData`. */
export interface CarrierData {
  readonly protospace: 'carrier';
  /** Path or file URL of the carrier's program, for those it starts itself. */
  readonly entry: string;
  readonly port: MessagePort;
  /** Was it counted in STARTED by who started it? */
  readonly counted: boolean;
  /** For the build: capture the booted space to this file, and end. */
  readonly capture?: string;
  /** For a host without the runtime: make the built-in types, and end. */
  readonly boot?: true;
  /** A job for hosts that have not attached the space. */
  readonly first?: FirstJob;
  /** When it is there: `port` and `first` come as a message, once this word is set (lib/loader/carrier.ts). */
  readonly gate?: Int32Array;
}

export interface FirstJob {
  readonly id: number;
  readonly job: Job;
}

/** A carrier that was started before it was known what it shall run. */
export interface BegunCarrier {
  readonly entry: string;
  readonly worker: Worker;
  /** The host's end of its port. */
  readonly port: MessagePort;
  /** Gives it its job, and variables for its environment. */
  begin(first: FirstJob, env: Readonly<Record<string, string>>): void;
}
