/** ProtoContext: one activation record of a thread's context stack, read in place. */
import { getCurrentContext as currentWord } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hostThread, running } from './host.js';
import { give, type ProtoObject } from './proto-object.js';

const I32 = i32;

/** A context is named by its address; it says what it was only while it is on its thread's stack. */
export class ProtoContext {
  /** Byte address in the space. */
  readonly address: number;

  constructor(word: number) {
    this.address = word * 4;
  }

  #word(offset: number): number {
    return I32[(this.address >>> 2) + offset]!;
  }

  /** The context of the caller; undefined at the thread's lowest. */
  get previous(): ProtoContext | undefined {
    const word = this.#word(L.F_PREVIOUS);
    return word === 0 ? undefined : new ProtoContext(word);
  }

  /** Number of the environment it runs in (PythonEnvironment.id); 0 when in none. One load. */
  get environment(): number {
    const environment = this.#word(L.F_ENVIRONMENT);
    return environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_ID]!;
  }

  /** What it returned or promoted; undefined before that. */
  get returnValue(): ProtoObject | undefined {
    return running(() => {
      const value = this.#word(L.F_RETURN_VALUE);
      return value === 0 ? undefined : give(value);
    });
  }

  /** How many contexts lie below it. */
  get depth(): number {
    let depth = 0;
    for (let c = this.#word(L.F_PREVIOUS); c !== 0; c = I32[c + L.F_PREVIOUS]!) depth++;
    return depth;
  }
}

/** The current context of the thread that runs this code, in O(1): that of the innermost scope, or the thread's lowest. */
export function getCurrentContext(): ProtoContext {
  hostThread();
  return new ProtoContext(currentWord());
}
