/** The operand stack of a frame, for the rare instructions (../rare.ts): it ends at F_SP. */
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';

const I32 = i32;

export type Rare = (arg: number, fp: number) => number;

export const spOf = (fp: number): number => I32[fp + L.F_SP];

export const setSp = (fp: number, sp: number): void => {
  I32[fp + L.F_SP] = sp;
};

/** Pops `pops` values and pushes `value` unless it is 0 (exception set). */
export function result(fp: number, pops: number, value: number): number {
  if (value === 0) return 0;
  const sp = spOf(fp) - pops;
  I32[sp] = value;
  setSp(fp, sp + 1);
  return 1;
}

/** Pops after an operation that reports 1 or 0. */
export function drop(fp: number, pops: number, ok: number): number {
  if (ok === 0) return 0;
  setSp(fp, spOf(fp) - pops);
  return 1;
}

export const push = (fp: number, value: number): number => result(fp, 0, value);

export const top = (fp: number, depth = 1): number => I32[spOf(fp) - depth];

export const codeOf = (fp: number): number => I32[fp + L.F_CODE];

export const siteName = (fp: number, arg: number): number =>
  I32[(I32[(codeOf(fp) >>> 2) + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS + arg * 2];

export const bool = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));

export const isDict = (h: number): boolean =>
  (h & 7) === 0 && (I32[h >>> 2] & (0xff | L.FLAG_SUBCLASS)) === L.KIND_DICT;

export const isKindExact = (h: number, kind: number): boolean =>
  (h & 7) === 0 && h !== 0 && (I32[h >>> 2] & (0xff | L.FLAG_SUBCLASS)) === kind;
