/**
 * The host's side of the carriers: starts the first, passes jobs, learns how they end, ends everything. It loads neither heap nor interpreter, so
 * that the command line starts fast: a host that has attached the space passes `attached` (lib/threads/attached.ts) and may then run any number
 * of jobs; one that has not runs one job, which goes with the first carrier.
 *
 *     const pool = new Pool({ entry: carrierUrl, attached });
 *     const job = pool.run({ kind: 'program', ... });
 *     signal.addEventListener('abort', () => job.interrupt());
 *     const value = await job.done;
 *     await pool.terminate();
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { CARRIER_LIMITS, entryOf } from './entry.js';
import type { HostSignals } from './host-signals.js';
import type { BegunCarrier, CarrierData, HostMessage, Job, JobError } from './job.js';

/** The Python exception that a job let through. */
export class JobFailure extends Error {
  constructor(readonly error: JobError) {
    super(error.message === '' ? error.type : `${error.type}: ${error.message}`);
    this.name = 'JobFailure';
  }
}

/** The carriers ended, or failed, before the job did. */
export class CarriersLost extends Error {
  readonly code = 'ERR_PROTOSPACE_CARRIERS_LOST';
}

/** What a host that has attached the space can do; see attached.ts. */
export interface AttachedHost {
  /** Puts a job into the space; returns its thread's record. */
  submit(id: number, job: Job): number;
  /** Lets this isolate start carriers; each is told to `started`. */
  install(entry: string, started: (worker: Worker, port: MessagePort) => void): void;
  /** Raises KeyboardInterrupt in the job's thread. */
  interrupt(id: number, thread: number): void;
  /** Forgets all threads; every carrier has ended. */
  reset(): void;
}

export interface PoolOptions {
  /** Path or file URL of the carrier's program: dist/carrier.js. */
  readonly entry: string;
  readonly attached?: AttachedHost;
  /** A carrier that waits for the one job of a host that has not attached the space. */
  readonly begun?: BegunCarrier;
  /** Variables for the environment of that carrier. */
  readonly env?: Readonly<Record<string, string>>;
  /** Lets programs have the process's signals and alarms; without it they get none. */
  readonly signals?: HostSignals;
}

export interface RunningJob {
  readonly id: number;
  /** The job's value. Rejects with JobFailure, or CarriersLost. */
  readonly done: Promise<unknown>;
  /** Raises KeyboardInterrupt in the job's thread, at its next safepoint or in the call it waits in. */
  interrupt(): void;
}

interface Pending {
  thread: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class Pool {
  readonly #options: PoolOptions;
  readonly #workers = new Set<Worker>();
  readonly #ports = new Set<MessagePort>();
  readonly #jobs = new Map<number, Pending>();
  #lastJob = 0;
  /** Set while terminate() waits for the Workers: they keep the process alive. */
  #ending = false;
  #fault: Error | undefined;
  /** Told of an environment's output and its wish for input, by its number. */
  readonly streams = new Map<number, (what: 'output' | 'input') => void>();
  /** The space, once a carrier has told: a WebAssembly.Memory. */
  memory: unknown;

  constructor(options: PoolOptions) {
    this.#options = options;
    options.attached?.install(options.entry, (worker, port) => this.#add(worker, port));
  }

  /** The Workers that this isolate started; those started by carriers are not among them. */
  get workers(): Worker[] {
    return [...this.#workers];
  }

  /** Has a carrier run `job` on a ProtoThread of its own. */
  run(job: Job): RunningJob {
    const id = ++this.#lastJob;
    const done = new Promise<unknown>((resolve, reject) => this.#jobs.set(id, { thread: 0, resolve, reject }));
    this.#hold();
    try {
      if (this.#options.attached !== undefined) this.#jobs.get(id)!.thread = this.#options.attached.submit(id, job);
      else this.#startWith(id, job);
    } catch (error) {
      this.#jobs.delete(id);
      this.#hold();
      throw error;
    }
    return { id, done, interrupt: () => this.#interrupt(id) };
  }

  /** Ends all carriers; jobs that run reject with CarriersLost. */
  async terminate(): Promise<void> {
    this.#fail(new CarriersLost('the carriers were ended'));
    this.#ending = true;
    for (const port of this.#ports) port.removeAllListeners();
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
    this.#ending = false;
    this.#workers.clear();
    this.#ports.clear();
    this.#fault = undefined;
    this.#options.attached?.reset();
  }

  #startWith(id: number, job: Job): void {
    if (this.#workers.size > 0) throw new Error('a host without the space runs one job');
    const { entry, begun, env } = this.#options;
    const first = { id, job };
    if (begun !== undefined) {
      begun.begin(first, env ?? {});
      this.#add(begun.worker, begun.port);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    const data: CarrierData = { protospace: 'carrier', entry, port: port1, counted: false, first };
    const options = { workerData: data, transferList: [port1], resourceLimits: CARRIER_LIMITS };
    this.#add(new Worker(entryOf(entry), options), port2);
  }

  #interrupt(id: number): void {
    const pending = this.#jobs.get(id);
    if (pending !== undefined && pending.thread !== 0) this.#options.attached?.interrupt(id, pending.thread);
  }

  #add(worker: Worker, port: MessagePort): void {
    this.#workers.add(worker);
    worker.on('error', (error) => (this.#fault = error));
    worker.on('exit', () => {
      this.#workers.delete(worker);
      this.#fail(this.#fault ?? new CarriersLost('a carrier ended'));
    });
    this.#listen(port);
    this.#hold();
  }

  #listen(port: MessagePort): void {
    this.#ports.add(port);
    port.on('message', (message: HostMessage) => this.#receive(message, port));
    port.on('close', () => {
      this.#ports.delete(port);
      // An error event of the Worker, which says more, comes right after.
      setImmediate(() => this.#fail(this.#fault ?? new CarriersLost('a carrier ended')));
    });
  }

  #receive(message: HostMessage, port: MessagePort): void {
    switch (message.type) {
      case 'carrier':
        this.#listen(message.port);
        this.#hold();
        return;
      case 'exit':
        for (const notice of this.streams.values()) notice('output');
        process.exit(message.code);
        return;
      case 'output':
      case 'input':
        this.streams.get(message.environment)?.(message.type);
        return;
      case 'signal':
        this.#options.signals?.act(message.signal, message.action);
        // The program waits: the signal may come with its next statement.
        port.postMessage('done');
        return;
      case 'alarm':
        this.#options.signals?.alarm(message.signal, message.milliseconds, message.interval);
        return;
      default:
        this.#jobMessage(message);
    }
  }

  #jobMessage(message: Extract<HostMessage, { readonly job: number }>): void {
    const pending = this.#jobs.get(message.job);
    if (message.type === 'started') {
      this.memory = message.memory;
      if (pending !== undefined) pending.thread = message.thread;
      return;
    }
    this.#jobs.delete(message.job);
    this.#hold();
    if (message.type === 'failed') pending?.reject(new Error(message.message));
    else if (message.error !== undefined) pending?.reject(new JobFailure(message.error));
    else pending?.resolve(message.value);
  }

  /** Nothing can be said of any job when a carrier is lost: the thread it ran may hold what they wait for. */
  #fail(error: Error): void {
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    this.#hold();
    for (const job of jobs) job.reject(error);
  }

  /** Carriers keep the process alive only while a job runs. */
  #hold(): void {
    if (this.#ending) return;
    const held = this.#jobs.size > 0;
    for (const worker of this.#workers) {
      if (held) worker.ref();
      else worker.unref();
    }
    for (const port of this.#ports) {
      if (held) port.ref();
      else port.unref();
    }
  }
}
