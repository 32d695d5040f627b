/** The buffer protocol within the runtime: the bytes that bytes, bytearrays and memoryviews show. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { bytesData } from './bytes.js';
import { raise, typeName } from './exceptions.js';
import { kindOf } from './object.js';

const I32 = i32;

/** Further exporters (array.array, mmap): object to its bytes, by kind. */
export const exporters = new Map<number, (h: number) => Uint8Array | undefined>();

/** The contiguous bytes of a memoryview: a view of the space, or a copy when its step is not one item; undefined when released. */
export function memoryviewData(h: number): Uint8Array | undefined {
  const w = h >>> 2;
  const source = I32[w + L.MEMORYVIEW_SOURCE]!;
  const base = source === 0 ? undefined : bufferOf(source);
  if (base === undefined) return undefined;
  const size = I32[w + L.MEMORYVIEW_ITEMSIZE]!;
  const n = I32[w + L.MEMORYVIEW_LENGTH]!;
  const start = I32[w + L.MEMORYVIEW_START]!;
  const step = I32[w + L.MEMORYVIEW_STEP]!;
  if (step === size) return base.subarray(start, start + n * size);
  const out = new Uint8Array(n * size);
  for (let i = 0; i < n; i++) out.set(base.subarray(start + i * step, start + i * step + size), i * size);
  return out;
}

/** The bytes of a bytes-like object, not copied; undefined (no exception set) for what is none. */
export function bufferOf(h: number): Uint8Array | undefined {
  const kind = kindOf(h);
  if (kind === L.KIND_BYTES || kind === L.KIND_BYTEARRAY) return bytesData(h);
  if (kind === L.KIND_MEMORYVIEW) return memoryviewData(h);
  return exporters.get(kind)?.(h);
}

/** As bufferOf, raising TypeError "a bytes-like object is required, not 'x'". */
export function needBuffer(h: number): Uint8Array | undefined {
  const data = bufferOf(h);
  if (data === undefined) raise('TypeError', `a bytes-like object is required, not '${typeName(h)}'`);
  return data;
}

/** May the bytes be written? */
export function isWritable(h: number): boolean {
  const kind = kindOf(h);
  if (kind === L.KIND_MEMORYVIEW) return (I32[(h >>> 2) + L.MEMORYVIEW_FLAGS]! & 1) === 0;
  return kind !== L.KIND_BYTES && (kind === L.KIND_BYTEARRAY || exporters.has(kind));
}
