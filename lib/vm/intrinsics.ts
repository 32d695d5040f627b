/** CALL_INTRINSIC_1 and _2 that need nothing of the frame. */
import { later } from '../objects/later.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from '../compiler/code.js';
import * as O from '../compiler/opcodes.js';
import { exceptionType, newException, raise } from '../objects/exceptions.js';
import { isSubtype, typeOf } from '../objects/object.js';
import { fromJS } from '../objects/strings.js';
import { tupleFromIterable } from '../objects/tuple.js';
import { wrapValue } from './async-generators.js';

const I32 = i32;
const C = CARRIER;

/** Set by lib/modules: sys.displayhook, type parameters. */
export const intrinsicHooks = {
  print: (_value: number): number => H.NONE,
  typeParameter: later(
    (): ((kind: string, a: number, b: number) => number) => intrinsicHooks.typeParameter,
    (kind) => raise('NotImplementedError', `${kind} needs the typing module`),
  ),
};

/** Kind of generator that the running frame's code makes. */
function generatorNoun(): string {
  const flags = I32[(I32[I32[C + L.CAR_CONTEXT] + L.F_CODE] >>> 2) + L.CODE_CODE_FLAGS];
  if ((flags & CO_ASYNC_GENERATOR) !== 0) return 'async generator';
  return (flags & CO_COROUTINE) !== 0 ? 'coroutine' : 'generator';
}

/** PEP 479: StopIteration must not leave a generator, nor StopAsyncIteration an asynchronous one. */
function stopIterationError(e: number): number {
  const noun = generatorNoun();
  const what = isSubtype(typeOf(e), exceptionType('StopIteration'))
    ? 'StopIteration'
    : noun === 'async generator' && isSubtype(typeOf(e), exceptionType('StopAsyncIteration'))
      ? 'StopAsyncIteration'
      : '';
  if (what === '') return e;
  const r = newException('RuntimeError', fromJS(`${noun} raised ${what}`));
  storeRef(r, L.EXCEPTION_CAUSE, e);
  storeRef(r, L.EXCEPTION_CONTEXT, e);
  I32[(r >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
  return r;
}

export function intrinsic1(which: number, value: number): number {
  switch (which) {
    case O.INTRINSIC_PRINT:
      return intrinsicHooks.print(value);
    case O.INTRINSIC_STOPITERATION_ERROR:
      return stopIterationError(value);
    case O.INTRINSIC_LIST_TO_TUPLE:
      return tupleFromIterable(value);
    case O.INTRINSIC_ASYNC_GEN_WRAP:
      return wrapValue(value);
    default:
      return intrinsicHooks.typeParameter(O.INTRINSICS_1[which] ?? String(which), value, 0);
  }
}

export function intrinsic2(which: number, a: number, b: number): number {
  if (which === O.INTRINSIC_SET_FUNCTION_TYPE_PARAMS) {
    storeRef(a, L.FUNCTION_TYPE_PARAMS, b);
    return a;
  }
  return intrinsicHooks.typeParameter(O.INTRINSICS_2[which] ?? String(which), a, b);
}
