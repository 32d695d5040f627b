/** ContextScope: a ProtoContext of host code, for as long as a block of JavaScript runs. */
import { ProtospaceError } from '../heap/errors.js';
import { hostThread, running } from './host.js';
import * as makers from './make.js';
import { ProtoContext } from './proto-context.js';
import { intFromBigInt } from '../objects/int.js';
import { checkHandle } from './handles.js';
import { promote, type ReturnReference } from './promote.js';
import { ProtoObject } from './proto-object.js';
import { ProtoThread } from './proto-thread.js';
import { checkInnermost, enterScope, leaveScope, type OpenScope } from './scope-stack.js';
import { badValue } from './errors.js';
import { fromJS } from '../objects/strings.js';
import { bytesFromU8 } from '../objects/bytes.js';

function toBigInt(value: number | bigint): bigint {
  if (typeof value === 'number' && !Number.isInteger(value)) throw badValue(`the number ${value}, as an int,`);
  return BigInt(value);
}

/**
 * What is made or read in a scope lives until the scope is left; then what was neither promoted, rooted nor stored in an older object is taken
 * back at once. Scopes are left in the opposite order of entering, before the JavaScript that entered them has run to its end.
 */
export class ContextScope {
  readonly #open: OpenScope;
  /** The context on the thread's stack. */
  readonly context: ProtoContext;

  private constructor(open: OpenScope) {
    this.#open = open;
    this.context = new ProtoContext(open.context);
  }

  /**
   * Enters a scope on the thread that runs this JavaScript: `thread` can be no other. To be left by `using`, or by `leave` in a finally block.
   * `environment` is for PythonEnvironment.enter.
   */
  static enter(thread?: ProtoThread, environment = 0): ContextScope {
    if (thread !== undefined && thread.address !== hostThread() * 4)
      throw new ProtospaceError('ERR_PROTOSPACE_THREAD', 'a ContextScope is entered on the thread that runs this code');
    return new ContextScope(enterScope(environment));
  }

  /** Runs `body` in a scope of its own, left when it returns or throws. */
  static run<T>(body: (scope: ContextScope) => T): T {
    const scope = ContextScope.enter();
    try {
      return body(scope);
    } finally {
      scope.leave();
    }
  }

  get isOpen(): boolean {
    return this.#open.state === 'open';
  }

  /** Leaves the scope. Throws ERR_PROTOSPACE_SCOPE_ORDER when a later one is open, ERR_PROTOSPACE_SCOPE_OPEN when the turn has ended since. */
  leave(): void {
    leaveScope(this.#open);
  }

  [Symbol.dispose](): void {
    this.leave();
  }

  /** Hands a value over to what is below this scope: see MemoryManager.promote. */
  promote(object: ProtoObject): ReturnReference {
    return promote(this.context, object);
  }

  #new(makeHandle: () => number): ProtoObject {
    checkInnermost(this.#open);
    return running(() => new ProtoObject(makeHandle(), this.#open));
  }

  /** The Python value of a JavaScript one, whatever it is: see `make`. */
  from(value: unknown): ProtoObject {
    return this.#new(() => makers.make(value));
  }

  int(value: number | bigint): ProtoObject {
    return this.#new(() => intFromBigInt(toBigInt(value)));
  }

  float(value: number): ProtoObject {
    return this.#new(() => makers.makeFloat(Number(value)));
  }

  str(value: string): ProtoObject {
    return this.#new(() => fromJS(String(value)));
  }

  /** A bytes object with a copy of the data. */
  bytes(data: ArrayLike<number>): ProtoObject {
    return this.#new(() => bytesFromU8(data));
  }

  tuple(items: Iterable<unknown> = []): ProtoObject {
    return this.#new(() => makers.makeTuple(items));
  }

  list(items: Iterable<unknown> = []): ProtoObject {
    return this.#new(() => makers.makeList(items));
  }

  dict(entries: Iterable<readonly [unknown, unknown]> | Readonly<Record<string, unknown>> = {}): ProtoObject {
    const rows =
      Symbol.iterator in entries ? (entries as Iterable<readonly [unknown, unknown]>) : Object.entries(entries);
    return this.#new(() => makers.makeDict(rows));
  }

  set(values: Iterable<unknown> = []): ProtoObject {
    return this.#new(() => makers.makeSet(values));
  }

  /** The object of a handle that another thread sent. */
  fromHandle(handle: number): ProtoObject {
    return this.#new(() => checkHandle(handle));
  }
}
