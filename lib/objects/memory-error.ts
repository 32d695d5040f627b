/** MemoryError when there may be no room even for one. */
import { CARRIER } from '../heap/carrier.js';
import { HeapExhausted } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { bootConstant } from './boot-constants.js';
import { newException, setException } from './exceptions.js';

/** Made when the process boots; what it carries is dropped when it is raised again. */
const spare = bootConstant(() => newException('MemoryError', 0));

/** The MemoryError raised last, and the entries that its traceback has: lib/vm/unwind.ts. */
export const scarce = { exception: 0, entries: 0 };

/** Raises MemoryError; returns 0. */
export function raiseMemoryError(): 0 {
  try {
    setException(newException('MemoryError', 0));
  } catch (error) {
    if (!(error instanceof HeapExhausted)) throw error;
    const w = spare() >>> 2;
    for (const word of [L.EXCEPTION_TRACEBACK, L.EXCEPTION_CONTEXT, L.EXCEPTION_CAUSE]) i32[w + word] = 0;
    i32[CARRIER + L.CAR_EXCEPTION] = spare();
  }
  scarce.exception = i32[CARRIER + L.CAR_EXCEPTION]!;
  scarce.entries = 0;
  return 0;
}
