/** An environment's standard streams in the hands of the host: see lib/modules/host-streams.ts for what lies in the space. */
import { StringDecoder } from 'node:string_decoder';
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { bytesData, bytesFromU8 } from '../objects/bytes.js';
import { HOST_INPUT_ENDED, HOST_NOTIFIED, HOST_TAKES } from '../objects/environment.js';
import { listAppend, listSnapshot, listSplice } from '../objects/list.js';
import { tupleItem } from '../objects/tuple.js';
import { ProtospaceTypeError } from './errors.js';
import { running } from './host.js';

const I32 = i32;

/**
 * Where what Python writes goes: the process's own stream (`inherit`), nowhere (`ignore`), a stream of Node, or a function that gets
 * the text.
 */
export type OutputTarget = 'inherit' | 'ignore' | NodeJS.WritableStream | ((text: string) => void);

/** Where Python reads from: the process's own input (`inherit`), nothing (`ignore`), or pieces of text or bytes, as streams of Node give. */
export type InputSource = 'inherit' | 'ignore' | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

export interface StreamOptions {
  readonly stdin?: InputSource;
  /** The whole of the input, in place of stdin. */
  readonly input?: string | Uint8Array;
  readonly stdout?: OutputTarget;
  readonly stderr?: OutputTarget;
}

type Sink = (data: Uint8Array) => void;

function sinkOf(target: OutputTarget): Sink {
  if (target === 'ignore') return () => {};
  if (typeof target === 'function') {
    const decoder = new StringDecoder('utf8');
    return (data) => {
      const text = decoder.write(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
      if (text !== '') target(text);
    };
  }
  if (typeof (target as NodeJS.WritableStream | undefined)?.write !== 'function')
    throw new ProtospaceTypeError(
      'ERR_PROTOSPACE_OPTION',
      'stdout and stderr are streams, functions, inherit or ignore',
    );
  return (data) => void (target as NodeJS.WritableStream).write(data);
}

type Chunks = Iterator<string | Uint8Array> | AsyncIterator<string | Uint8Array>;

function chunksOf(source: InputSource): Chunks {
  if (source === 'ignore') return [][Symbol.iterator]();
  if (typeof source === 'object' && Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
  if (typeof source === 'object' && Symbol.iterator in source) return source[Symbol.iterator]();
  throw new ProtospaceTypeError('ERR_PROTOSPACE_OPTION', 'stdin is a stream or another iterable, inherit or ignore');
}

interface Chunk {
  fd: number;
  data: Uint8Array;
}

export class HostStreams {
  /** Word index of the ENVIRONMENT, which the caller keeps rooted. */
  readonly #word: number;
  readonly #sinks = new Map<number, Sink>();
  readonly #input: Chunks | undefined;
  #pulling = false;

  /** To be called within `running`: the environment gets its lists. */
  constructor(environment: number, options: StreamOptions, lists: { output: number; input: number }) {
    const { stdout = 'inherit', stderr = 'inherit' } = options;
    const stdin = options.input === undefined ? (options.stdin ?? 'inherit') : [options.input];
    this.#word = environment >>> 2;
    if (stdin !== 'inherit') this.#input = chunksOf(stdin);
    if (stdout !== 'inherit') this.#sinks.set(1, sinkOf(stdout));
    if (stderr !== 'inherit') this.#sinks.set(2, sinkOf(stderr));
    storeRef(environment, L.ENVIRONMENT_HOST_OUTPUT, lists.output);
    storeRef(environment, L.ENVIRONMENT_HOST_INPUT, lists.input);
    let flags = this.#input === undefined ? 0 : HOST_TAKES[0];
    for (const fd of this.#sinks.keys()) flags |= HOST_TAKES[fd as 1 | 2];
    I32[this.#word + L.ENVIRONMENT_HOST_FLAGS] = flags;
  }

  /** What a carrier tells of this environment. */
  notice(what: 'output' | 'input'): void {
    if (what === 'output') this.drain();
    else void this.#pull();
  }

  /** Delivers what has been written, in order. */
  drain(): void {
    if (this.#sinks.size === 0) return;
    for (const { fd, data } of running(() => this.#take())) this.#sinks.get(fd)?.(data);
  }

  #take(): Chunk[] {
    atomics.and((this.#word + L.ENVIRONMENT_HOST_FLAGS) << 2, ~HOST_NOTIFIED);
    const list = I32[this.#word + L.ENVIRONMENT_HOST_OUTPUT]!;
    const items = listSnapshot(list);
    if (items.length === 0) return [];
    const chunks = items.map((item) => ({
      fd: tupleItem(item, 0) >> 1,
      data: Uint8Array.from(bytesData(tupleItem(item, 1))),
    }));
    listSplice(list, 0, items.length, []);
    const taken = chunks.reduce((sum, { data }) => sum + data.length, 0);
    atomics.add((this.#word + L.ENVIRONMENT_HOST_PENDING) << 2, -taken);
    Atomics.notify(I32, this.#word + L.ENVIRONMENT_HOST_PENDING);
    return chunks;
  }

  /** Gives the next piece of input; one at a time. */
  async #pull(): Promise<void> {
    if (this.#pulling || this.#input === undefined) return;
    this.#pulling = true;
    try {
      this.#give(await this.#next(this.#input));
    } catch (error) {
      this.#give(undefined);
      throw error;
    } finally {
      this.#pulling = false;
    }
  }

  /** The next piece that is not empty: an empty one would be taken for the end. */
  async #next(input: Chunks): Promise<Uint8Array | undefined> {
    for (;;) {
      const { done, value } = await input.next();
      if (done === true) return undefined;
      if (value.length > 0) return typeof value === 'string' ? Buffer.from(value) : value;
    }
  }

  /** undefined: the end. */
  #give(data: Uint8Array | undefined): void {
    running(() => {
      if (data === undefined) atomics.or((this.#word + L.ENVIRONMENT_HOST_FLAGS) << 2, HOST_INPUT_ENDED);
      else listAppend(I32[this.#word + L.ENVIRONMENT_HOST_INPUT]!, bytesFromU8(data));
    });
    atomics.add((this.#word + L.ENVIRONMENT_HOST_SEQUENCE) << 2, 1);
    Atomics.notify(I32, this.#word + L.ENVIRONMENT_HOST_SEQUENCE);
  }
}
