/** What a thread of Python code does from its first call to its end. */
import { escapeAll } from '../heap/barrier.js';
import { CTX_ENTRY } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lookupInType } from '../objects/attribute.js';
import { pushArguments } from '../objects/call.js';
import { dictSnapshot } from '../objects/dict.js';
import { pendingException } from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { isKind } from '../objects/object.js';
import { newTupleOf } from '../objects/tuple.js';
import { callValue, pushFunction } from '../vm/call.js';
import { threadHooks } from './new-thread.js';
import { defineThreadKind, FINISHED } from './scheduler.js';
import { KIND_PYTHON } from './thread-kinds.js';

const I32 = i32;

/** What a call of a bound method, or of an object with a `__call__` in Python, calls: a function and its self. */
function functionOf(callee: number): { f: number; self: number } {
  if (isKind(callee, L.KIND_METHOD))
    return { f: I32[(callee >>> 2) + L.METHOD_FUNCTION], self: I32[(callee >>> 2) + L.METHOD_SELF] };
  const call = isKind(callee, L.KIND_INSTANCE) ? lookupInType(I32[(callee >>> 2) + 2], N.N_CALL) : 0;
  return call !== 0 && isKind(call, L.KIND_FUNCTION) ? { f: call, self: callee } : { f: callee, self: 0 };
}

/**
 * Pushes the frame of a call of any value with the items of tuple `args` and of dict `kwargs` (0: none). When it is none of Python's functions it is
 * called: 0, with what it returned in THR_RESULT or the exception set.
 */
export function pushCallOf(t: number, callee: number, args: number, kwargs: number): number {
  const { keys, values } = kwargs === 0 ? { keys: [], values: [] } : dictSnapshot(kwargs);
  const { f, self } = functionOf(callee);
  const words = self === 0 ? [] : [self];
  const n = I32[(args >>> 2) + L.TUPLE_LENGTH];
  for (let i = 0; i < n; i++) words.push(I32[(args >>> 2) + L.TUPLE_ITEMS + i]);
  words.push(...values);
  // The frame of the function lies above its arguments: they stay where they are.
  const a = pushArguments(words.length + 1);
  for (let i = 0; i < words.length; i++) I32[a + i] = words[i];
  const kwnames = keys.length === 0 ? 0 : newTupleOf(keys);
  I32[a + words.length] = kwnames;
  const positional = words.length - values.length;
  if (isKind(f, L.KIND_FUNCTION)) return pushFunction(f, a, positional, kwnames, CTX_ENTRY);
  I32[t + L.THR_RESULT] = callValue(f, a, positional, kwnames);
  escapeAll();
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
      const frame = pushCallOf(t, I32[t + L.THR_BOOTSTRAP], I32[t + L.THR_ARGS], I32[t + L.THR_KWARGS]);
      if (frame !== 0) return frame;
    }
    return end(t);
  },
});
