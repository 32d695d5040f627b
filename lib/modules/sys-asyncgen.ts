/** Functions of `sys` for the hooks of asynchronous generators. */
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { isCallable } from '../objects/abstract.js';
import type { MethodRow } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import * as T from '../objects/type-ids.js';
import { asyncgenHooks, setAsyncgenHooks } from '../vm/asyncgen-hooks.js';
import { defineStructSequence, newStructSequence } from './structseq.js';

const I32 = i32;

const hooksType = defineStructSequence({
  id: T.T_BLOCK_SYS + 7,
  name: 'asyncgen_hooks',
  module: 'builtins',
  fields: ['firstiter', 'finalizer'],
});

/** Arguments that are not given are 0: their hooks stay. */
function setHooks(args: number): number {
  const [firstiter, finalizer] = [I32[args], I32[args + 1]];
  const wrong = (name: string, h: number): number =>
    h === 0 || h === H.NONE || isCallable(h) ? 1 : raise('TypeError', `callable ${name} expected, got ${typeName(h)}`);
  if (wrong('finalizer', finalizer) === 0 || wrong('firstiter', firstiter) === 0) return 0;
  const [first, last] = asyncgenHooks();
  setAsyncgenHooks(firstiter || first, finalizer || last);
  return H.NONE;
}

export const asyncgenFunctions: readonly MethodRow[] = [
  ['get_asyncgen_hooks', () => newStructSequence(hooksType, asyncgenHooks()), [0, 0]],
  ['set_asyncgen_hooks', setHooks, '(firstiter=None, finalizer=None)'],
];
