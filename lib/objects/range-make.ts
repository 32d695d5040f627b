/** Making ranges, for all who need one. */
import { newObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { intFromBigInt, intFromNumber, intToBigInt } from './int.js';
import * as T from './type-ids.js';

const I32 = i32;

function build(start: number, stop: number, step: number, count: number): number {
  const r = newObject(L.KIND_RANGE, 64, T.typeHandle(T.T_RANGE));
  const w = r >>> 2;
  I32[w + L.RANGE_START] = start;
  I32[w + L.RANGE_STOP] = stop;
  I32[w + L.RANGE_STEP] = step;
  I32[w + L.RANGE_LENGTH] = count;
  return r;
}

function countOf(start: bigint, stop: bigint, step: bigint): bigint {
  const n = step > 0n ? (stop - start + step - 1n) / step : (start - stop - step - 1n) / -step;
  return (step > 0n ? start < stop : start > stop) ? n : 0n;
}

/** range(start, stop, step) of int handles. */
export function newRange(start: number, stop: number, step: number): number {
  if ((start & stop & step & 1) !== 0) {
    const [a, b, s] = [start >> 1, stop >> 1, step >> 1];
    return build(start, stop, step, intFromNumber(Math.max(0, Math.ceil((b - a) / s))));
  }
  return build(start, stop, step, intFromBigInt(countOf(intToBigInt(start), intToBigInt(stop), intToBigInt(step))));
}
