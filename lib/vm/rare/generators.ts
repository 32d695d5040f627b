/** Rare instructions of generators, coroutines and asynchronous iteration. */
import { CARRIER } from '../../heap/carrier.js';
import { CTX_ENTRY, CTX_LEAVE, CTX_SEGMENT, leaveSegment } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import * as O from '../../compiler/opcodes.js';
import * as abstract from '../../objects/abstract.js';
import { getAttr, getIter } from '../../objects/abstract.js';
import { call1 } from '../../objects/call.js';
import {
  clearException,
  exceptionType,
  pendingException,
  pendingIs,
  raise,
  setException,
} from '../../objects/exceptions.js';
import * as N from '../../objects/names.js';
import { isSubtype, typeOf } from '../../objects/object.js';
import * as T from '../../objects/type-ids.js';
import { getAsyncIter, getAsyncNext, getAwaitable } from '../async.js';
import * as call from '../call.js';
import { leaveTail } from '../tail-call.js';
import { spOf, setSp, result, drop, push, top, codeOf, type Rare } from './operands.js';

const I32 = i32;
const C = CARRIER;

function returnGenerator(_arg: number, fp: number): number {
  const g = call.makeGenerator(fp);
  const flags = I32[fp + L.F_FLAGS];
  if ((flags & CTX_LEAVE) !== 0) leaveTail(fp);
  if ((flags & CTX_SEGMENT) !== 0) leaveSegment();
  I32[C + L.CAR_CONTEXT] = I32[fp + L.F_PREVIOUS];
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] - 1;
  if ((flags & CTX_ENTRY) !== 0) {
    I32[C + L.CAR_SCRATCH_1] = g;
    return -3;
  }
  push(I32[C + L.CAR_CONTEXT], g);
  return -1;
}

function send(arg: number, fp: number): number {
  const receiver = top(fp, 2);
  const value = top(fp, 1);
  if (
    (receiver & 7) === 0 &&
    (I32[receiver >>> 2] & 0xff) === L.KIND_GENERATOR &&
    I32[(receiver >>> 2) + 2] !== T.typeHandle(T.T_ASYNC_GENERATOR)
  ) {
    const state = I32[(receiver >>> 2) + L.GENERATOR_STATE];
    const fresh = state === call.GEN_CREATED && value !== H.NONE;
    if (
      (state === call.GEN_SUSPENDED || state === call.GEN_CREATED) &&
      !fresh &&
      call.claimGenerator(receiver, state)
    ) {
      setSp(fp, spOf(fp) - 1);
      call.resumeForSend(receiver, value);
      return -1;
    }
  }
  const r = sendValue(receiver, value);
  if (r !== 0) return result(fp, 1, r);
  if (pendingException() !== 0 && !pendingIs('StopIteration')) return 0;
  const out = takeStopValue();
  I32[fp + L.F_PC] = I32[fp + L.F_PC] + arg;
  return result(fp, 1, out);
}

function sendValue(receiver: number, value: number): number {
  if ((receiver & 7) === 0 && (I32[receiver >>> 2] & 0xff) === L.KIND_GENERATOR)
    return call.sendGenerator(receiver, value);
  if (value === H.NONE) return abstract.iterNextOrStop(receiver);
  const f = getAttr(receiver, N.N_FUNC_NAMES.send);
  return f === 0 ? 0 : call1(f, value);
}

/** Value of the pending StopIteration (None when nothing is pending), which is cleared. */
export function takeStopValue(): number {
  const e = pendingException();
  clearException();
  if (e === 0) return H.NONE;
  const v = I32[(e >>> 2) + L.EXCEPTION_A];
  return v === 0 ? H.NONE : v;
}

function cleanupThrow(_arg: number, fp: number): number {
  const e = top(fp);
  if (!isSubtype(typeOf(e), exceptionType('StopIteration'))) return setException(e);
  const v = I32[(e >>> 2) + L.EXCEPTION_A];
  const sp = spOf(fp) - 3;
  I32[sp] = H.NONE;
  I32[sp + 1] = v === 0 ? H.NONE : v;
  setSp(fp, sp + 2);
  return 1;
}

function yieldFromIter(_arg: number, fp: number): number {
  const v = top(fp);
  const generator = (v & 7) === 0 && I32[(v >>> 2) + 2] === T.typeHandle(T.T_GENERATOR);
  if ((v & 7) === 0 && I32[(v >>> 2) + 2] === T.typeHandle(T.T_COROUTINE)) {
    const flags = I32[(codeOf(fp) >>> 2) + L.CODE_CODE_FLAGS];
    return (flags & 0x180) !== 0
      ? 1
      : raise('TypeError', "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return generator ? 1 : result(fp, 1, getIter(v));
}

export const generatorOps: readonly (readonly [number, Rare])[] = [
  [O.OP_RETURN_GENERATOR, returnGenerator],
  [O.OP_GET_YIELD_FROM_ITER, yieldFromIter],
  [O.OP_SEND, send],
  [O.OP_END_SEND, (_, fp) => result(fp, 2, top(fp))],
  [O.OP_CLEANUP_THROW, cleanupThrow],
  [O.OP_GET_AWAITABLE, (arg, fp) => result(fp, 1, getAwaitable(top(fp), arg))],
  [O.OP_GET_AITER, (_, fp) => result(fp, 1, getAsyncIter(top(fp)))],
  [O.OP_GET_ANEXT, (_, fp) => push(fp, getAsyncNext(top(fp)))],
  [
    O.OP_END_ASYNC_FOR,
    (_, fp) =>
      isSubtype(typeOf(top(fp)), exceptionType('StopAsyncIteration')) ? drop(fp, 2, 1) : setException(top(fp)),
  ],
];
