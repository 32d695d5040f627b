/** ProtoObject: a Python value in the hands of JavaScript, kept alive by the scope it was given out in or by a root of its own. */
import { inspect } from 'node:util';
import { running } from './host.js';
import './types.js';
import { addRoot, dropCollectedRoot, dropRoot } from './roots.js';
import { badKind, ProtospaceTypeError } from './errors.js';
import { type PlainValue, NOT_PLAIN, readPlain } from './read.js';
import { checkOpen, innermostScope, keep, type OpenScope } from './scope-stack.js';
import { typeName } from '../objects/exceptions.js';
import * as containers from './containers.js';
import { viewOf } from './view.js';

const dropped = new FinalizationRegistry<number>(dropCollectedRoot);

/**
 * A value in the space. Made in a scope, it is valid until that scope is left; a rooted one is valid until it is disposed of (or collected by
 * JavaScript's own collector), also across `await`. What is read from it belongs to the innermost open scope, or is rooted where there is none.
 */
export class ProtoObject {
  readonly #handle: number;
  readonly #scope: OpenScope | undefined;
  /** Place in the root table; -1 in a scope, and when disposed of. */
  #slot: number;

  /** For this package alone: see ProtoSpace.fromHandle. To be called within `running`. */
  constructor(handle: number, scope: OpenScope | undefined) {
    this.#handle = handle;
    this.#scope = scope;
    this.#slot = -1;
    if (scope !== undefined) keep(scope, handle);
    else {
      this.#slot = addRoot(handle);
      dropped.register(this, this.#slot, this);
    }
  }

  /**
   * The handle: a 32-bit word that any thread of the process can make a ProtoObject of. It keeps nothing alive by itself: keep a
   * rooted object until the receiver has its own.
   */
  get handle(): number {
    return handleIn(this) >>> 0;
  }

  /** Does it live until it is disposed of, whatever scopes are left? */
  get isRooted(): boolean {
    return this.#slot >= 0;
  }

  /** Name of its class. */
  get type(): string {
    return running(() => typeName(handleIn(this)));
  }

  /** The same value, rooted. */
  root(): ProtoObject {
    return running(() => new ProtoObject(handleIn(this), undefined));
  }

  /** Is it the same object? As Python's `is`. */
  is(other: ProtoObject): boolean {
    return handleIn(this) === handleIn(other);
  }

  /** A JavaScript copy; instances of subclasses are read as their built-in base. Throws ERR_PROTOSPACE_KIND where there is none. */
  toJS(): PlainValue {
    return running(() => {
      const value = readPlain(handleIn(this), false);
      if (value === NOT_PLAIN) throw badKind(handleIn(this), 'counterpart in JavaScript');
      return value;
    });
  }

  /** Number of items, entries, characters (code points) or bytes. */
  get length(): number {
    return running(() => containers.length(handleIn(this)));
  }

  /** Item of a list or tuple, counted from the end when negative; undefined when there is none. */
  at(index: number): ProtoObject | undefined {
    return running(() => giveOptional(containers.at(handleIn(this), index)));
  }

  /** Value of a key of a dict, or undefined. */
  get(key: unknown): ProtoObject | undefined {
    return running(() => giveOptional(containers.get(handleIn(this), key)));
  }

  /** Is the key in the dict, the value in the set? */
  has(key: unknown): boolean {
    return running(() => containers.has(handleIn(this), key));
  }

  /** Sets the value of a dict's key, or a list's existing item. */
  set(key: unknown, value: unknown): this {
    running(() => containers.set(handleIn(this), key, value));
    return this;
  }

  /** Appends to a list, adds to a set. */
  add(value: unknown): this {
    running(() => containers.add(handleIn(this), value));
    return this;
  }

  /** Deletes the key of a dict or the value of a set; tells whether it was there. */
  delete(key: unknown): boolean {
    return running(() => containers.remove(handleIn(this), key));
  }

  /** Items of a list, tuple or set and keys of a dict, as they are now. */
  *[Symbol.iterator](): IterableIterator<ProtoObject> {
    yield* running(() => containers.items(handleIn(this)).map(give));
  }

  /** Keys and values of a dict, as they are now. */
  entries(): [ProtoObject, ProtoObject][] {
    return running(() => containers.entries(handleIn(this)).map(([k, v]) => [give(k), give(v)]));
  }

  /** The bytes of a bytes object, or the characters of an ASCII string, in place: nothing is copied. Valid as long as this object. */
  view(): Uint8Array {
    return running(() => viewOf(handleIn(this)));
  }

  /** Ends a rooted object; does nothing in a scope. */
  dispose(): void {
    if (this.#slot < 0) return;
    const slot = this.#slot;
    this.#slot = -1;
    dropped.unregister(this);
    running(() => dropRoot(slot));
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    const h = handleIn(this);
    return `<${this.type}${(h & 7) === 0 ? ` at 0x${(h >>> 0).toString(16)}` : ''}>`;
  }

  [inspect.custom](): string {
    return `ProtoObject ${this.#isValid() ? this.toString() : '(gone)'}`;
  }

  #isValid(): boolean {
    return this.#scope === undefined ? this.#slot >= 0 : this.#scope.state === 'open';
  }

  /** The handle as the heap's code has it; throws when the object is not valid any more. */
  static handleOf(object: ProtoObject): number {
    if (typeof object !== 'object' || object === null || !(#handle in object))
      throw new ProtospaceTypeError('ERR_PROTOSPACE_KIND', `${nameOf(object)} is no ProtoObject of this package`);
    if (object.#scope !== undefined) checkOpen(object.#scope);
    else if (object.#slot < 0)
      throw new ProtospaceTypeError('ERR_PROTOSPACE_DISPOSED', 'this ProtoObject has been disposed of');
    return object.#handle;
  }

  /** The scope it belongs to; undefined when it is rooted. */
  static scopeOf(object: ProtoObject): OpenScope | undefined {
    return object.#scope;
  }
}

/** A value that is no ProtoObject, for a message. */
const nameOf = (value: unknown): string => (typeof value === 'object' && value !== null ? 'an object' : String(value));

/** See ProtoObject.handleOf. */
export const handleIn = (object: ProtoObject): number => ProtoObject.handleOf(object);

/** Gives a handle out: in the innermost scope, or rooted where there is none. To be called within `running`. */
export const give = (handle: number): ProtoObject => new ProtoObject(handle, innermostScope());
const giveOptional = (handle: number): ProtoObject | undefined => (handle === 0 ? undefined : give(handle));
