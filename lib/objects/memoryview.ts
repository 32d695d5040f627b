/**
 * Memory views: making, items. A view of one dimension has any step; views of none or several dimensions (made by cast) are contiguous. The
 * source is the object that owns the memory, never another view.
 */
import { newObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  bufferOf,
  exporters,
  isWritable,
  noBuffer,
  VIEW_NDIM_SHIFT,
  VIEW_READONLY,
  VIEW_RELEASED,
} from './byte-buffer.js';
import { raise } from './exceptions.js';
import { formatCharacter, formatSize } from './memory-format.js';
import { isKind, slotId } from './object.js';
import { publishStore } from './sync.js';
import { intern, toJS } from './strings.js';
import { tupleItem } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

export const sourceOf = (v: number): number => I32[(v >>> 2) + L.MEMORYVIEW_SOURCE]!;
export const itemSize = (v: number): number => I32[(v >>> 2) + L.MEMORYVIEW_ITEMSIZE]!;
export const formatHandle = (v: number): number => I32[(v >>> 2) + L.MEMORYVIEW_FORMAT]!;
export const stepOf = (v: number): number => I32[(v >>> 2) + L.MEMORYVIEW_STEP]!;
export const flagsOf = (v: number): number => I32[(v >>> 2) + L.MEMORYVIEW_FLAGS]!;
export const ndimOf = (v: number): number => flagsOf(v) >> VIEW_NDIM_SHIFT;
/** All items, over all dimensions. */
export const itemCount = (v: number): number => I32[(v >>> 2) + L.MEMORYVIEW_LENGTH]!;
export const formatOf = (v: number): string => formatCharacter(toJS(formatHandle(v)));

/** Items along dimension i. */
export const extentOf = (v: number, i: number): number =>
  ndimOf(v) === 1 ? itemCount(v) : tupleItem(I32[(v >>> 2) + L.MEMORYVIEW_SHAPE]!, i) >> 1;

/** Changes the count of views on a source. */
function exported(source: number, change: 1 | -1): void {
  if (isKind(source, L.KIND_BYTEARRAY)) I32[(source >>> 2) + L.BYTEARRAY_EXPORTS]! += change;
  else if (!isKind(source, L.KIND_BYTES)) exporters.get(slotId(source))?.exported?.(source, change);
}

export interface ViewShape {
  /** Offset of the first item in the source's bytes. */
  readonly start: number;
  readonly length: number;
  readonly step: number;
  readonly size: number;
  /** str. */
  readonly format: number;
  readonly readonly: boolean;
  readonly ndim: number;
  /** Tuple of the extents when ndim is not 1. */
  readonly shape: number;
}

/** A view on the memory of `source`. */
export function newView(source: number, shape: ViewShape): number {
  const v = newObject(L.KIND_MEMORYVIEW, 64, T.typeHandle(T.T_MEMORYVIEW));
  const w = v >>> 2;
  publishStore(v, source);
  I32[w + L.MEMORYVIEW_SOURCE] = source;
  I32[w + L.MEMORYVIEW_START] = shape.start;
  I32[w + L.MEMORYVIEW_LENGTH] = shape.length;
  I32[w + L.MEMORYVIEW_STEP] = shape.step;
  I32[w + L.MEMORYVIEW_ITEMSIZE] = shape.size;
  I32[w + L.MEMORYVIEW_FORMAT] = shape.format;
  I32[w + L.MEMORYVIEW_SHAPE] = shape.ndim === 1 ? 0 : shape.shape;
  I32[w + L.MEMORYVIEW_FLAGS] = (shape.readonly ? VIEW_READONLY : 0) | (shape.ndim << VIEW_NDIM_SHIFT);
  exported(source, 1);
  return v;
}

/** The shape of an existing view, to be varied. */
export const shapeOf = (v: number): ViewShape => ({
  start: I32[(v >>> 2) + L.MEMORYVIEW_START]!,
  length: itemCount(v),
  step: stepOf(v),
  size: itemSize(v),
  format: formatHandle(v),
  readonly: (flagsOf(v) & VIEW_READONLY) !== 0,
  ndim: ndimOf(v),
  shape: I32[(v >>> 2) + L.MEMORYVIEW_SHAPE]!,
});

export const isReleased = (v: number): boolean => (flagsOf(v) & VIEW_RELEASED) !== 0;

/** Ends the view's access. */
export function releaseView(v: number): void {
  if (isReleased(v)) return;
  I32[(v >>> 2) + L.MEMORYVIEW_FLAGS] = flagsOf(v) | VIEW_RELEASED;
  exported(sourceOf(v), -1);
}

/** memoryview(h); 0 with the exception set. */
export function viewOf(h: number): number {
  if (isKind(h, L.KIND_MEMORYVIEW)) return isReleased(h) ? noBuffer(h) : newView(sourceOf(h), shapeOf(h));
  const data = bufferOf(h);
  if (data === undefined) return noBuffer(h);
  const format = exporters.get(slotId(h))?.format?.(h) ?? 'B';
  const size = formatSize(format);
  return newView(h, {
    start: 0,
    length: data.length / size,
    step: size,
    size,
    format: intern(format),
    readonly: !isWritable(h),
    ndim: 1,
    shape: 0,
  });
}

/** Address of the view's first item; -1 with ValueError set when it is released or its source has become too small. */
export function viewAddress(v: number): number {
  const source = sourceOf(v);
  const data = isReleased(v) ? undefined : bufferOf(source);
  if (data === undefined) return noBuffer(v) - 1;
  const start = I32[(v >>> 2) + L.MEMORYVIEW_START]!;
  const last = start + Math.max(0, itemCount(v) - 1) * stepOf(v);
  const end = itemCount(v) === 0 ? 0 : Math.max(start, last) + itemSize(v);
  if (end > data.length) return raise('ValueError', 'memoryview: the underlying buffer has become smaller') - 1;
  return data.byteOffset + start;
}

/** A read-write view over bytes [start, stop) of a bytearray-like source, for handing to Python's readinto. */
export function windowOn(source: number, start: number, stop: number): number {
  return newView(source, {
    start,
    length: stop - start,
    step: 1,
    size: 1,
    format: intern('B'),
    readonly: !isWritable(source),
    ndim: 1,
    shape: 0,
  });
}
