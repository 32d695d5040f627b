/** ProtoSpace: the one object heap of the process. */
import { allocatorKind, type AllocatorKind } from '../heap/allocator.js';
import { abandonCarrierOf } from '../heap/abandon.js';
import { verifyHeap } from '../heap/collect.js';
import { memory } from '../heap/memory.js';
import { eachThread } from '../heap/roots.js';
import { readStats, type Stats } from '../heap/stats.js';
import { THREAD_DONE } from '../heap/threads.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import type { Worker } from 'node:worker_threads';
import { fromJS } from '../objects/strings.js';
import { newThread } from '../threads/new-thread.js';
import { ProtospaceError, ProtospaceTypeError, takeError } from './errors.js';
import { checkHandle } from './handles.js';
import { running } from './host.js';
import { hostPool } from './host-pool.js';
import { makeTuple } from './make.js';
import { ProtoContext } from './proto-context.js';
import { give, handleIn, type ProtoObject } from './proto-object.js';
import { currentHostThread, ProtoThread } from './proto-thread.js';
import { rootCount } from './roots.js';

const I32 = i32;

/** Every thread of the process sees the same space, in a second copy of this package too. */
export class ProtoSpace {
  static readonly #process = new ProtoSpace();

  private constructor() {}

  /** The space of this process. */
  static process(): ProtoSpace {
    return ProtoSpace.#process;
  }

  /**
   * Starts a thread: `bootstrap(*args)` runs on any carrier, in the environment of `context` (PythonEnvironment.enter gives one). The one way to
   * make a thread; Python's own go through it too. The thread does not keep the process alive: see ProtoThread.join.
   */
  static newThread(
    context: ProtoContext,
    name: string,
    bootstrap: ProtoObject,
    args: Iterable<unknown> = [],
  ): ProtoThread {
    if (!(context instanceof ProtoContext))
      throw new ProtospaceTypeError('ERR_PROTOSPACE_KIND', 'newThread takes a ProtoContext first: that of a scope');
    const environment = I32[(context.address >>> 2) + L.F_ENVIRONMENT]!;
    if (environment === 0)
      throw new ProtospaceError(
        'ERR_PROTOSPACE_THREAD',
        'the context belongs to no environment: PythonEnvironment.enter gives one',
      );
    hostPool();
    return running(() => {
      const t = newThread(environment, handleIn(bootstrap), makeTuple(args), { name: fromJS(String(name)) });
      if (t === 0) throw takeError();
      return new ProtoThread(t);
    });
  }

  /** Which allocator serves free cells. */
  readonly allocator: AllocatorKind = allocatorKind;

  /** Bytes reserved; memory is committed as it is used. */
  get size(): number {
    return memory.buffer.byteLength;
  }

  /** The threads that are alive now, those of all environments and isolates. */
  get threads(): ProtoThread[] {
    const threads: ProtoThread[] = [];
    eachThread((t) => {
      if (I32[t + L.THR_STATE] !== THREAD_DONE) threads.push(new ProtoThread(t));
    });
    return threads;
  }

  /** The thread that runs this code, for ContextScope.enter. */
  get currentThread(): ProtoThread {
    return currentHostThread();
  }

  /** Counters of all threads since the start; exact when none runs. */
  stats(): Stats {
    return readStats();
  }

  /** Handles that this isolate keeps rooted. */
  get rootCount(): number {
    return rootCount();
  }

  /**
   * The object of a handle: in the innermost scope, or rooted where none is open. Throws a TypeError with ERR_PROTOSPACE_HANDLE for a
   * number that cannot be one; one whose object is gone cannot always be told.
   */
  fromHandle(handle: number): ProtoObject {
    return running(() => give(checkHandle(handle)));
  }

  /** Checks every reachable object; throws ERR_PROTOSPACE_HEAP_CORRUPT. For tests: all threads wait meanwhile. */
  verify(): void {
    running(() => verifyHeap());
  }

  /**
   * Frees what a Worker of yours holds in the space when it ends by `terminate()`. The native allocator knows by itself; with the TypeScript
   * one its roots stay without this.
   */
  watch(worker: Worker): void {
    const { threadId } = worker;
    worker.once('exit', () => abandonCarrierOf(threadId));
  }
}
