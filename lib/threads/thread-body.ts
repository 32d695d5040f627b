/** What a thread of Python code does from its first call to its end. */
import { CTX_ENTRY } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { pushArguments } from '../objects/call.js';
import { dictSnapshot } from '../objects/dict.js';
import { pendingException } from '../objects/exceptions.js';
import { isKind } from '../objects/object.js';
import { newTupleOf } from '../objects/tuple.js';
import { callValue, pushFunction } from '../vm/call.js';
import { threadHooks } from './new-thread.js';
import { defineThreadKind, FINISHED } from './scheduler.js';
import { KIND_PYTHON } from './thread-kinds.js';

const I32 = i32;

/** Pushes the frame of the thread's function, or calls it when it is none of Python; the frame, or 0 when it is done. */
function begin(t: number): number {
  let f = I32[t + L.THR_BOOTSTRAP];
  const args = I32[t + L.THR_ARGS] >>> 2;
  const { keys, values } = I32[t + L.THR_KWARGS] === 0 ? { keys: [], values: [] } : dictSnapshot(I32[t + L.THR_KWARGS]);
  const bound = isKind(f, L.KIND_METHOD);
  const words = bound ? [I32[(f >>> 2) + L.METHOD_SELF]] : [];
  if (bound) f = I32[(f >>> 2) + L.METHOD_FUNCTION];
  const n = I32[args + L.TUPLE_LENGTH];
  for (let i = 0; i < n; i++) words.push(I32[args + L.TUPLE_ITEMS + i]);
  words.push(...values);
  // The frame of the function lies above its arguments: they stay where they are.
  const a = pushArguments(words.length + 1);
  for (let i = 0; i < words.length; i++) I32[a + i] = words[i];
  const kwnames = keys.length === 0 ? 0 : newTupleOf(keys);
  I32[a + words.length] = kwnames;
  const positional = words.length - values.length;
  if (isKind(f, L.KIND_FUNCTION)) return pushFunction(f, a, positional, kwnames, CTX_ENTRY);
  callValue(f, a, positional, kwnames);
  return 0;
}

/** The function is done, or let an exception through. */
function end(t: number): typeof FINISHED {
  if (pendingException() !== 0) threadHooks.uncaught(I32[t + L.THR_BOOTSTRAP]);
  threadHooks.ended(t);
  return FINISHED;
}

defineThreadKind(KIND_PYTHON, {
  advance: (t) => {
    if (I32[t + L.THR_STAGE] === 0) {
      I32[t + L.THR_STAGE] = 1;
      const frame = begin(t);
      if (frame !== 0) return frame;
    }
    return end(t);
  },
});
