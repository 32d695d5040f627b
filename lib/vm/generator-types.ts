/** Types generator and coroutine: send, throw, close (PEP 342, PEP 380). */
import * as H from '../heap/handles.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { lookupAttr } from '../objects/abstract.js';
import { call0, call1 } from '../objects/call.js';
import { defineType, type MethodRow } from '../objects/define.js';
import {
  clearException,
  exceptionType,
  newException,
  pendingException,
  pendingIs,
  raise,
  setException,
} from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { isSubtype, typeOf } from '../objects/object.js';
import { fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { OP_SEND } from '../compiler/opcodes.js';
import {
  abandonGenerator,
  GEN_CREATED,
  GEN_FINISHED,
  GEN_RUNNING,
  GEN_SUSPENDED,
  generatorFrame,
  nextGenerator,
  sendGenerator,
  throwGenerator,
} from './call.js';
import { frameObject } from './frame-object.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const state = (g: number): number => word(g, L.GENERATOR_STATE);

/** What a suspended generator delegates to (`yield from`, await), 0 when it does not: the receiver of the SEND it is stopped in. */
export function delegate(g: number): number {
  if (state(g) !== GEN_SUSPENDED) return 0;
  const frame = generatorFrame(g);
  const pc = I32[frame + L.F_PC];
  // YIELD_VALUE with arg 1 is the one inside yield from; the receiver is on top of the stack.
  return I32[pc - 1] >> 8 === 1 || (I32[pc] & 0xff) === OP_SEND ? I32[I32[frame + L.F_SP] - 1] : 0;
}

/** The exception throw() was given, as an instance; 0 with the exception set. */
function exceptionOf(type: number, value: number): number {
  const isClass =
    (type & 7) === 0 && (I32[type >>> 2] & 0xff) === L.KIND_TYPE && isSubtype(type, exceptionType('BaseException'));
  if (isClass) {
    if (value === 0 || value === H.NONE) return call0(type);
    return isSubtype(typeOf(value), type) ? value : call1(type, value);
  }
  if ((type & 7) === 0 && (I32[type >>> 2] & 0xff) === L.KIND_EXCEPTION) {
    return value !== 0 && value !== H.NONE
      ? raise('TypeError', 'instance exception may not have a separate value')
      : type;
  }
  return raise(
    'TypeError',
    `exceptions must be classes or instances deriving from BaseException, not ${toJS(I32[(typeOf(type) >>> 2) + L.TYPE_NAME])}`,
  );
}

function throwInto(g: number, e: number): number {
  const inner = delegate(g);
  if (inner !== 0) return throwDelegate(g, inner, e);
  setException(e);
  return throwGenerator(g);
}

/** throw() goes to the innermost generator; its end resumes this one. */
function throwDelegate(g: number, inner: number, e: number): number {
  const slot = root(e);
  I32[(g >>> 2) + L.GENERATOR_STATE] = GEN_RUNNING;
  let r: number;
  if (isSubtype(typeOf(e), exceptionType('GeneratorExit'))) {
    r = closeAny(inner) ? setException(e) : 0;
  } else if ((inner & 7) === 0 && (I32[inner >>> 2] & 0xff) === L.KIND_GENERATOR) r = throwInto(inner, e);
  else {
    const f = lookupAttr(inner, N.N_FUNC_NAMES.throw);
    r = f !== 0 ? call1(f, e) : setException(e);
  }
  unroot(slot);
  I32[(g >>> 2) + L.GENERATOR_STATE] = GEN_SUSPENDED;
  if (r !== 0) return r;
  return throwGenerator(g);
}

function closeAny(h: number): boolean {
  if ((h & 7) === 0 && (I32[h >>> 2] & 0xff) === L.KIND_GENERATOR) return close(h) !== 0;
  const f = lookupAttr(h, N.N_FUNC_NAMES.close);
  if (f === 0) return pendingException() === 0;
  return call0(f) !== 0;
}

/** generator.close(): the value it returned, or None. */
function close(g: number): number {
  if (state(g) === GEN_FINISHED) return H.NONE;
  if (state(g) === GEN_CREATED) {
    abandonGenerator(g);
    return H.NONE;
  }
  const r = throwInto(g, newException('GeneratorExit', 0));
  if (r !== 0) return raise('RuntimeError', 'generator ignored GeneratorExit');
  if (pendingIs('StopIteration')) {
    const value = word(pendingException(), L.EXCEPTION_A);
    clearException();
    return value === 0 ? H.NONE : value;
  }
  if (!pendingIs('GeneratorExit')) return 0;
  clearException();
  return H.NONE;
}

const methods: readonly MethodRow[] = [
  ['send', (a) => sendGenerator(I32[a], I32[a + 1]), [1, 1]],
  [
    'throw',
    (a, n) => {
      const e = exceptionOf(I32[a + 1], n > 2 ? I32[a + 2] : 0);
      if (e === 0) return 0;
      if (n > 3 && I32[a + 3] !== H.NONE) storeRef(e, L.EXCEPTION_TRACEBACK, I32[a + 3]);
      return throwInto(I32[a], e);
    },
    [1, 3],
  ],
  ['close', (a) => close(I32[a]), [0, 0]],
];

const coroutineMethods: readonly MethodRow[] = [...methods, ['__await__', (a) => I32[a], [0, 0]]];

const missing = (): number => raise('NotImplementedError', 'asynchronous generators are not there yet');
const asyncMethods: readonly MethodRow[] = [
  ['__aiter__', (a) => I32[a], [0, 0]],
  ['__anext__', missing, [0, 0]],
  ['asend', missing, [1, 1]],
  ['athrow', missing, [1, 3]],
  ['aclose', missing, [0, 0]],
];

function define(id: number, name: string, prefix: string, methodRows: readonly MethodRow[]): void {
  const isGenerator = id === T.T_GENERATOR;
  defineType({
    id,
    name,
    kind: L.KIND_GENERATOR,
    final: true,
    weakrefs: true,
    generic: true,
    methods: methodRows,
    getset: [
      { name: '__name__', get: (g) => word(g, L.GENERATOR_NAME), set: (g, v) => (storeRef(g, L.GENERATOR_NAME, v), 1) },
      {
        name: '__qualname__',
        get: (g) => word(g, L.GENERATOR_QUALNAME),
        set: (g, v) => (storeRef(g, L.GENERATOR_QUALNAME, v), 1),
      },
      {
        name: `${prefix}_frame`,
        get: (g) => (state(g) === GEN_FINISHED ? H.NONE : frameObject(generatorFrame(g))),
      },
      { name: `${prefix}_code`, get: (g) => word(g, L.GENERATOR_CODE) },
      { name: `${prefix}_running`, get: (g) => H.fromBool(state(g) === GEN_RUNNING) },
      { name: `${prefix}_suspended`, get: (g) => H.fromBool(state(g) === GEN_SUSPENDED) },
      { name: isGenerator ? 'gi_yieldfrom' : `${prefix}_await`, get: (g) => delegate(g) || H.NONE },
    ],
    slots: {
      ...(isGenerator ? { iter: (g: number) => g, next: nextGenerator } : {}),
      repr: (g) =>
        fromJS(
          `<${name} object ${toJS(word(g, L.GENERATOR_QUALNAME))} at 0x${(g >>> 0).toString(16).padStart(12, '0')}>`,
        ),
    },
  });
}

define(T.T_GENERATOR, 'generator', 'gi', methods);
define(T.T_COROUTINE, 'coroutine', 'cr', coroutineMethods);
define(T.T_ASYNC_GENERATOR, 'async_generator', 'ag', asyncMethods);
