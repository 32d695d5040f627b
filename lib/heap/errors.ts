/** A JavaScript error with a stable `code`, as Node's own errors have. */
export class ProtospaceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ProtospaceError';
  }
}

/** Bad argument given through the API: a `TypeError` with a code. */
export class ProtospaceTypeError extends TypeError {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Thrown by the allocator when the space (or an environment's limit) is exhausted. The interpreter turns it into a Python
 * MemoryError in the thread that asked, the host API into an error with a code.
 */
export class HeapExhausted extends ProtospaceError {
  /** `limit`: the limit that has no room, in bytes; 0: it is the space. */
  constructor(
    readonly bytes: number,
    limit = 0,
  ) {
    const holder = limit === 0 ? 'the space' : `the environment's limit of ${limit} bytes`;
    super('ERR_PROTOSPACE_HEAP_EXHAUSTED', `${holder} has no room for ${bytes} more bytes`);
  }
}
