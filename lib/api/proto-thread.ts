/** ProtoThread: a thread of execution as anyone sees it: a record in the space. */
import { setTimeout } from 'node:timers/promises';
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { carrierOf } from '../heap/roots.js';
import * as S from '../heap/threads.js';
import { isStr } from '../objects/object.js';
import { toJS } from '../objects/strings.js';
import { hostThread, running } from './host.js';
import { ProtoContext } from './proto-context.js';

const I32 = i32;

const STATES = {
  [S.THREAD_FREE]: 'done',
  [S.THREAD_NEW]: 'new',
  [S.THREAD_RUNNABLE]: 'runnable',
  [S.THREAD_RUNNING]: 'running',
  [S.THREAD_PARKED]: 'parked',
  [S.THREAD_DONE]: 'done',
  [S.THREAD_HOST]: 'host',
  [S.THREAD_WAKING]: 'running',
  [S.THREAD_BLOCKED]: 'blocked',
} as const;

/** `host` is the thread of an isolate's own JavaScript; the others run Python. */
export type ThreadState = (typeof STATES)[keyof typeof STATES];

/** A thread, living or ended. Records are reused: a thread whose record has another id by now is done. */
export class ProtoThread {
  /** Number of the thread, counted from 1 in the process. */
  readonly id: number;
  /** Byte address of its record. */
  readonly address: number;

  constructor(word: number) {
    this.address = word * 4;
    this.id = I32[word + L.THR_ID]!;
  }

  get #word(): number {
    return this.address >>> 2;
  }

  get isAlive(): boolean {
    return this.state !== 'done';
  }

  get state(): ThreadState {
    const state = I32[this.#word + L.THR_STATE]!;
    return I32[this.#word + L.THR_ID] === this.id ? (STATES[state as keyof typeof STATES] ?? 'done') : 'done';
  }

  /** Its name; empty when it has none. */
  get name(): string {
    return running(() => {
      const name = this.isAlive ? I32[this.#word + L.THR_NAME]! : 0;
      return name !== 0 && isStr(name) ? toJS(name) : '';
    });
  }

  /** Number of the carrier it runs on; undefined when it runs on none. */
  get carrier(): number | undefined {
    const carrier = this.isAlive ? carrierOf(this.#word) : 0;
    return carrier === 0 ? undefined : I32[carrier + L.CAR_INDEX]!;
  }

  /** Its innermost context at this moment; undefined when it is done. */
  get currentContext(): ProtoContext | undefined {
    if (!this.isAlive) return undefined;
    const carrier = carrierOf(this.#word);
    const context = carrier === 0 ? I32[this.#word + L.THR_CONTEXT]! : I32[carrier + L.CAR_CONTEXT]!;
    return context === 0 ? undefined : new ProtoContext(context);
  }

  /** Resolves when the thread is done; keeps the process alive until then. */
  async join(): Promise<void> {
    for (let pause = 1; this.isAlive; pause = Math.min(pause * 2, 20)) await setTimeout(pause);
  }

  /** Does this very code run on it? */
  get isCurrent(): boolean {
    return I32[CARRIER + L.CAR_THREAD] === this.#word;
  }

  toString(): string {
    return `<ProtoThread ${this.id} ${this.state}${this.name === '' ? '' : ` ${this.name}`}>`;
  }
}

/** The thread of this isolate's own JavaScript. */
export const currentHostThread = (): ProtoThread => new ProtoThread(hostThread());
