/**
 * Asynchronous generators (PEP 525): the generator type and the awaitables that its methods give. A value the generator yields travels
 * wrapped, so that it is told apart from what an await inside lets through.
 */
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { iterNextOrStop, lookupAttr } from '../objects/abstract.js';
import { call0, call1, callArgs } from '../objects/call.js';
import { defineType, type MethodRow } from '../objects/define.js';
import {
  clearException,
  newException,
  pendingException,
  pendingIs,
  raise,
  raiseValue,
  setException,
} from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { typeOf } from '../objects/object.js';
import * as T from '../objects/type-ids.js';
import { awaitableIter } from './async.js';
import { beginIteration } from './asyncgen-hooks.js';
import { GEN_FINISHED, raiseStop, sendGenerator } from './call.js';
import { throwInto, thrownException } from './generator-methods.js';
import { generatorRepr, generatorRows } from './generator-types.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];

/** Header flags of an asynchronous generator. */
const RUNNING = L.FLAG_K2;
const CLOSED = L.FLAG_K3;
const has = (g: number, flag: number): boolean => (I32[g >>> 2] & flag) !== 0;
const set = (g: number, flag: number, on: boolean): void => {
  I32[g >>> 2] = on ? I32[g >>> 2] | flag : I32[g >>> 2] & ~flag;
};

// ---------------------------------------------------------------- wrapped values

/** INTRINSIC_ASYNC_GEN_WRAP. */
export function wrapValue(value: number): number {
  const o = newObject(L.KIND_RECORD, 64, T.typeHandle(T.T_ASYNC_GEN_WRAPPED));
  I32[(o >>> 2) + L.RECORD_COUNT] = 1;
  I32[(o >>> 2) + L.RECORD_ITEMS] = value;
  return o;
}

const isWrapped = (h: number): boolean => (h & 7) === 0 && h !== 0 && typeOf(h) === T.typeHandle(T.T_ASYNC_GEN_WRAPPED);

defineType({ id: T.T_ASYNC_GEN_WRAPPED, name: 'async_generator_wrapped_value', kind: L.KIND_RECORD, final: true });

const endsGenerator = (): boolean => pendingIs('StopAsyncIteration') || pendingIs('GeneratorExit');

/** send() into the generator; its return is StopAsyncIteration. */
function sendInto(g: number, value: number): number {
  const r = sendGenerator(g, value);
  if (r === 0 && pendingIs('StopIteration') && word(g, L.GENERATOR_STATE) === GEN_FINISHED)
    return setException(newException('StopAsyncIteration', 0));
  return r;
}

/** What the generator gave: a yielded value ends the await by StopIteration(value); what an inner await lets through is passed on. */
function unwrap(g: number, r: number): number {
  if (r === 0) {
    if (pendingException() === 0) setException(newException('StopAsyncIteration', 0));
    if (endsGenerator()) set(g, CLOSED, true);
    set(g, RUNNING, false);
    return 0;
  }
  if (!isWrapped(r)) return r;
  set(g, RUNNING, false);
  return raiseStop(word(r, L.RECORD_ITEMS));
}

// ---------------------------------------------------------------- awaitables

/** States of an awaitable, in RECORD_NATIVE_STATE. */
const INIT = 0;
const ITER = 1;
const DONE = 2;

const stateOf = (o: number): number => word(o, L.RECORD_NATIVE_STATE);
const setState = (o: number, s: number): void => {
  I32[(o >>> 2) + L.RECORD_NATIVE_STATE] = s;
};
const generatorOf = (o: number): number => word(o, L.RECORD_ITEMS);
const argument = (o: number, i: number): number => word(o, L.RECORD_ITEMS + 1 + i);

/** An awaitable of generator `g` with what its method was given. */
function newAwaitable(id: number, g: number, values: readonly number[]): number {
  const o = newObject(L.KIND_RECORD, 64, T.typeHandle(id));
  I32[(o >>> 2) + L.RECORD_COUNT] = 1 + values.length;
  I32[(o >>> 2) + L.RECORD_ITEMS] = g;
  values.forEach((v, i) => {
    I32[(o >>> 2) + L.RECORD_ITEMS + 1 + i] = v;
  });
  return o;
}

interface Behaviour {
  /** Name for "already running" and "already awaited". */
  running: (o: number) => string;
  awaited: string;
  send: (o: number, value: number) => number;
  thrown: (o: number, e: number) => number;
}

const reused = (b: Behaviour): number => raise('RuntimeError', `cannot reuse already awaited ${b.awaited}`);

/** Begins the await; false with RuntimeError set when another one runs. */
function begin(b: Behaviour, o: number): boolean {
  const g = generatorOf(o);
  if (has(g, RUNNING)) {
    setState(o, DONE);
    return raise('RuntimeError', `${b.running(o)}(): asynchronous generator is already running`) !== 0;
  }
  return true;
}

function closed(o: number, r: number): number {
  if (r === 0) setState(o, DONE);
  return r;
}

// asend() and __anext__()
const asend: Behaviour = {
  running: () => 'anext',
  awaited: '__anext__()/asend()',
  send(o, given) {
    const g = generatorOf(o);
    if (stateOf(o) === DONE) return reused(asend);
    let value = given;
    if (stateOf(o) === INIT) {
      if (!begin(asend, o)) return 0;
      if (value === H.NONE) value = argument(o, 0);
      setState(o, ITER);
    }
    set(g, RUNNING, true);
    return closed(o, unwrap(g, sendInto(g, value)));
  },
  thrown(o, e) {
    const g = generatorOf(o);
    if (stateOf(o) === DONE) return reused(asend);
    if (stateOf(o) === INIT) {
      if (!begin(asend, o)) return 0;
      setState(o, ITER);
      set(g, RUNNING, true);
    }
    return closed(o, unwrap(g, throwInto(g, e)));
  },
};

/** aclose() has no exception to throw. */
const isClose = (o: number): boolean => word(o, L.RECORD_COUNT) === 1;

function ignoredExit(o: number): number {
  set(generatorOf(o), RUNNING, false);
  setState(o, DONE);
  return raise('RuntimeError', 'async generator ignored GeneratorExit');
}

/** The generator let an exception out: for aclose() its end is the end of the await. */
function threwOut(o: number): number {
  set(generatorOf(o), RUNNING, false);
  setState(o, DONE);
  if (isClose(o) && endsGenerator()) {
    clearException();
    return raiseStop(H.NONE);
  }
  return 0;
}

/** What throw() or send() gave in an await of athrow() or aclose(). */
function athrowResult(o: number, r: number): number {
  if (!isClose(o)) {
    const value = unwrap(generatorOf(o), r);
    return value === 0 && r === 0 ? threwOut(o) : value;
  }
  if (r === 0) return threwOut(o);
  return isWrapped(r) ? ignoredExit(o) : r;
}

function startThrow(o: number, given: number): number {
  const g = generatorOf(o);
  if (!begin(athrow, o)) return 0;
  if (has(g, CLOSED)) {
    setState(o, DONE);
    return setException(newException('StopAsyncIteration', 0));
  }
  if (given !== H.NONE) return raise('RuntimeError', "can't send non-None value to a just-started coroutine");
  setState(o, ITER);
  set(g, RUNNING, true);
  if (isClose(o)) {
    set(g, CLOSED, true);
    return athrowResult(o, throwOrEnd(g, newException('GeneratorExit', 0)));
  }
  const e = thrownException(argument(o, 0), argument(o, 1), argument(o, 2));
  return athrowResult(o, e === 0 ? 0 : throwOrEnd(g, e));
}

/** throw(): the return of the generator is StopAsyncIteration. */
function throwOrEnd(g: number, e: number): number {
  const r = throwInto(g, e);
  if (r === 0 && pendingIs('StopIteration') && word(g, L.GENERATOR_STATE) === GEN_FINISHED)
    return setException(newException('StopAsyncIteration', 0));
  return r;
}

const athrow: Behaviour = {
  running: (o) => (isClose(o) ? 'aclose' : 'athrow'),
  awaited: 'aclose()/athrow()',
  send(o, value) {
    const g = generatorOf(o);
    if (stateOf(o) === DONE) return reused(athrow);
    if (word(g, L.GENERATOR_STATE) === GEN_FINISHED) {
      setState(o, DONE);
      return raiseStop(H.NONE);
    }
    if (stateOf(o) === INIT) return startThrow(o, value);
    return athrowResult(o, sendInto(g, value));
  },
  thrown(o, e) {
    const g = generatorOf(o);
    if (stateOf(o) === DONE) return reused(athrow);
    if (stateOf(o) === INIT) {
      if (!begin(athrow, o)) return 0;
      setState(o, ITER);
      set(g, RUNNING, true);
    }
    return athrowResult(o, throwOrEnd(g, e));
  },
};

/** close() of an awaitable. */
function closeAwaitable(b: Behaviour, o: number): number {
  if (stateOf(o) === DONE) return H.NONE;
  const r = b.thrown(o, newException('GeneratorExit', 0));
  if (r !== 0) return raise('RuntimeError', 'coroutine ignored GeneratorExit');
  if (!endsGenerator() && !pendingIs('StopIteration')) return 0;
  clearException();
  return H.NONE;
}

function defineAwaitable(id: number, name: string, b: Behaviour): void {
  const methods: readonly MethodRow[] = [
    ['__await__', (a) => I32[a], [0, 0]],
    ['send', (a) => b.send(I32[a], I32[a + 1]), [1, 1]],
    [
      'throw',
      (a, n) => {
        const e = thrownException(I32[a + 1], n > 2 ? I32[a + 2] : 0, n > 3 ? I32[a + 3] : 0);
        return e === 0 ? 0 : b.thrown(I32[a], e);
      },
      [1, 3],
    ],
    ['close', (a) => closeAwaitable(b, I32[a]), [0, 0]],
  ];
  defineType({
    id,
    name,
    kind: L.KIND_RECORD,
    final: true,
    methods,
    slots: { iter: (o) => o, next: (o) => b.send(o, H.NONE) },
  });
}

defineAwaitable(T.T_ASYNC_GEN_ASEND, 'async_generator_asend', asend);
defineAwaitable(T.T_ASYNC_GEN_ATHROW, 'async_generator_athrow', athrow);

// ---------------------------------------------------------------- the generator

/** The awaitable of a method of the generator at `args`. */
const iterating = (id: number, args: number, values: readonly number[]): number =>
  beginIteration(I32[args]) ? newAwaitable(id, I32[args], values) : 0;

defineType({
  id: T.T_ASYNC_GENERATOR,
  name: 'async_generator',
  kind: L.KIND_GENERATOR,
  final: true,
  weakrefs: true,
  generic: true,
  methods: [
    ['__aiter__', (a) => I32[a], [0, 0]],
    ['__anext__', (a) => iterating(T.T_ASYNC_GEN_ASEND, a, [H.NONE]), [0, 0]],
    ['asend', (a) => iterating(T.T_ASYNC_GEN_ASEND, a, [I32[a + 1]]), [1, 1]],
    [
      'athrow',
      (a, n) =>
        iterating(T.T_ASYNC_GEN_ATHROW, a, [I32[a + 1], n > 2 ? I32[a + 2] : H.NONE, n > 3 ? I32[a + 3] : H.NONE]),
      [1, 3],
    ],
    ['aclose', (a) => iterating(T.T_ASYNC_GEN_ATHROW, a, []), [0, 0]],
  ],
  getset: [
    ...generatorRows('ag').filter((row) => row.name !== 'ag_running'),
    { name: 'ag_running', get: (g) => H.fromBool(has(g, RUNNING)) },
  ],
  slots: { repr: generatorRepr('async_generator') },
});

// ---------------------------------------------------------------- anext() with a default

/** The awaitable of anext(h, default). */
export function newAnext(awaitable: number, fallback: number): number {
  return newAwaitable(T.T_ANEXT_AWAITABLE, awaitable, [fallback]);
}

/** The end of the iteration becomes the default. */
function orDefault(o: number, r: number): number {
  if (r !== 0) return r;
  if (pendingException() === 0) return raiseStop(H.NONE);
  if (!pendingIs('StopAsyncIteration')) return 0;
  clearException();
  return raiseValue('StopIteration', argument(o, 0));
}

/** Calls a method of the wrapped awaitable's iterator; `values` are its arguments. */
function forward(o: number, name: number, values: readonly number[]): number {
  const it = awaitableIter(generatorOf(o));
  if (it === 0) return 0;
  const slot = root(it);
  const f = lookupAttr(it, name);
  const r =
    f === 0 ? 0 : values.length === 0 ? call0(f) : values.length === 1 ? call1(f, values[0]) : callArgs(f, values);
  unroot(slot);
  return r;
}

function nextOfAnext(o: number): number {
  const it = awaitableIter(generatorOf(o));
  if (it === 0) return 0;
  const slot = root(it);
  const isGenerator = (I32[it >>> 2] & 0xff) === L.KIND_GENERATOR;
  const r = isGenerator ? sendGenerator(it, H.NONE) : iterNextOrStop(it);
  unroot(slot);
  return orDefault(o, r);
}

defineType({
  id: T.T_ANEXT_AWAITABLE,
  name: 'anext_awaitable',
  kind: L.KIND_RECORD,
  final: true,
  methods: [
    ['__await__', (a) => I32[a], [0, 0]],
    ['send', (a) => orDefault(I32[a], forward(I32[a], N.N_FUNC_NAMES.send, [I32[a + 1]])), [1, 1]],
    [
      'throw',
      (a, n) =>
        orDefault(
          I32[a],
          forward(
            I32[a],
            N.N_FUNC_NAMES.throw,
            Array.from({ length: n - 1 }, (_, i) => I32[a + 1 + i]),
          ),
        ),
      [1, 3],
    ],
    ['close', (a) => forward(I32[a], N.N_FUNC_NAMES.close, []), [0, 0]],
  ],
  slots: { iter: (o) => o, next: nextOfAnext },
});
