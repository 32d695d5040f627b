/** The buffer protocol within the runtime: the bytes that bytes, bytearrays, memoryviews and further exporters show. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { bytesData } from './bytes.js';
import { raise, typeName } from './exceptions.js';
import { kindOf, slotId } from './object.js';

const I32 = i32;

/** A type whose instances show memory of the space (array.array, BytesIO's buffer). */
export interface Exporter {
  /** Its bytes, not copied; undefined (no exception set) when it has none any more. */
  readonly data: (h: number) => Uint8Array | undefined;
  readonly writable: boolean;
  /** Format and size of an item; unsigned bytes when missing. */
  readonly format?: (h: number) => string;
  /** A memoryview on it was made (1) or released (-1). */
  readonly exported?: (h: number, change: 1 | -1) => void;
}

/** By type id. */
export const exporters = new Map<number, Exporter>();

/** MEMORYVIEW_FLAGS: the view may not be written; it was released; number of dimensions. */
export const VIEW_READONLY = 1;
export const VIEW_RELEASED = 2;
export const VIEW_NDIM_SHIFT = 8;

const isReleased = (view: number): boolean => (I32[(view >>> 2) + L.MEMORYVIEW_FLAGS]! & VIEW_RELEASED) !== 0;

/** Bytes of all items of a memoryview one after the other: a view of the space, or a copy when its step is not one item; undefined when released. */
export function memoryviewData(h: number): Uint8Array | undefined {
  const w = h >>> 2;
  const base = isReleased(h) ? undefined : bufferOf(I32[w + L.MEMORYVIEW_SOURCE]!);
  if (base === undefined) return undefined;
  const size = I32[w + L.MEMORYVIEW_ITEMSIZE]!;
  const n = I32[w + L.MEMORYVIEW_LENGTH]!;
  const start = I32[w + L.MEMORYVIEW_START]!;
  const step = I32[w + L.MEMORYVIEW_STEP]!;
  if (step === size || n <= 1) return base.subarray(start, start + n * size);
  const out = new Uint8Array(n * size);
  if (size === 1) for (let i = 0, at = start; i < n; i++, at += step) out[i] = base[at]!;
  else for (let i = 0; i < n; i++) out.set(base.subarray(start + i * step, start + i * step + size), i * size);
  return out;
}

/** The bytes of a bytes-like object, not copied; undefined (no exception set) for what is none. */
export function bufferOf(h: number): Uint8Array | undefined {
  const kind = kindOf(h);
  if (kind === L.KIND_BYTES || kind === L.KIND_BYTEARRAY) return bytesData(h);
  if (kind === L.KIND_MEMORYVIEW) return memoryviewData(h);
  return kind < 0 ? undefined : exporters.get(slotId(h))?.data(h);
}

/** Why bufferOf gave nothing: raises; returns 0. */
export function noBuffer(h: number): 0 {
  if (kindOf(h) === L.KIND_MEMORYVIEW && isReleased(h))
    return raise('ValueError', 'operation forbidden on released memoryview object') as 0;
  return raise('TypeError', `a bytes-like object is required, not '${typeName(h)}'`) as 0;
}

/** As bufferOf, raising TypeError "a bytes-like object is required, not 'x'". */
export function needBuffer(h: number): Uint8Array | undefined {
  const data = bufferOf(h);
  if (data === undefined) noBuffer(h);
  return data;
}

/** May the bytes be written in place, through the array that bufferOf gives? */
export function isWritable(h: number): boolean {
  const kind = kindOf(h);
  if (kind === L.KIND_BYTES || kind < 0) return false;
  if (kind === L.KIND_BYTEARRAY) return true;
  if (kind !== L.KIND_MEMORYVIEW) return exporters.get(slotId(h))?.writable ?? false;
  const w = h >>> 2;
  return (
    (I32[w + L.MEMORYVIEW_FLAGS]! & VIEW_READONLY) === 0 &&
    (I32[w + L.MEMORYVIEW_STEP] === I32[w + L.MEMORYVIEW_ITEMSIZE] || I32[w + L.MEMORYVIEW_LENGTH]! <= 1)
  );
}
