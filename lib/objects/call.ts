/** Calling any value from TypeScript. The interpreter sets the hook; arguments travel on the operand stack, so they are rooted. */
import { takeWords, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;

export interface CallHook {
  /** Calls `callee` with n positional arguments from word `args`, then the keyword values named by tuple `kwnames` (0: none). */
  call(callee: number, args: number, n: number, kwnames: number): number;
  /** type.__call__: makes an instance of `type`, whatever its metaclass says. */
  callType(type: number, args: number, n: number, kwnames: number): number;
}

/** Set by lib/vm at load. */
const missing = (): never => {
  throw new Error('no interpreter is loaded');
};
export const callHook: CallHook = { call: missing, callType: missing };

/** Room for `n` words on top of the current context's operand stack: the word index of the first; they must be released by `release`. */
export const pushArguments = takeWords;

/** Ends pushArguments; `value` is what is returned. */
export function release(args: number, value: number): number {
  unroot(args);
  return value;
}

export function call0(f: number): number {
  const a = pushArguments(0);
  return release(a, callHook.call(f, a, 0, 0));
}

export function call1(f: number, x: number): number {
  const a = pushArguments(1);
  I32[a] = x;
  return release(a, callHook.call(f, a, 1, 0));
}

export function call2(f: number, x: number, y: number): number {
  const a = pushArguments(2);
  I32[a] = x;
  I32[a + 1] = y;
  return release(a, callHook.call(f, a, 2, 0));
}

export function call3(f: number, x: number, y: number, z: number): number {
  const a = pushArguments(3);
  I32[a] = x;
  I32[a + 1] = y;
  I32[a + 2] = z;
  return release(a, callHook.call(f, a, 3, 0));
}

/** As call, with arguments from a JS array; the last ones are named by the tuple `kwnames`. */
export function callArgs(f: number, values: readonly number[], kwnames = 0): number {
  const a = pushArguments(values.length + 1);
  for (let i = 0; i < values.length; i++) I32[a + i] = values[i]!;
  I32[a + values.length] = kwnames;
  const named = kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH]!;
  return release(a, callHook.call(f, a, values.length - named, kwnames));
}
