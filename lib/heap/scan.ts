/** The handle words of an object, by its kind's row of MARK_TABLE; native/gc/scan.h is the twin. */
import { ProtospaceError } from './errors.js';
import * as L from './layout.generated.js';
import { i32 } from './memory.js';
import { scanFrame, type VisitWord } from './roots.js';

const I32 = i32;
const ROWS = L.MARK_TABLE;

const hex = (n: number): string => `0x${(n >>> 0).toString(16)}`;

/** The error for a word that holds what no handle can be. */
export function corrupt(word: number, why: string): ProtospaceError {
  return new ProtospaceError('ERR_PROTOSPACE_HEAP_CORRUPT', `word ${hex(word)} holds ${hex(I32[word]!)}: ${why}`);
}

/** Calls `visit` for the index of every handle word of the object at `handle`. Its kind must be valid. */
export function scanObject(handle: number, visit: VisitWord): void {
  const w = handle >>> 2;
  const head = I32[w]!;
  const kind = head & 0xff;
  const [mask, from, count, stride, strideMask] = ROWS[kind]!;
  for (let bits = mask; bits !== 0; bits &= bits - 1) visit(w + 31 - Math.clz32(bits & -bits));
  const end = w + (I32[w + 1]! << 4);
  if (kind === L.KIND_TYPE || ((head & L.FLAG_SUBCLASS) !== 0 && kind !== L.KIND_INSTANCE)) visit(end - 1);
  if (count === 0) return;
  if (count === -2) {
    if (I32[w + L.GENERATOR_STATE] !== 0) scanFrame(w + from, visit);
    return;
  }
  const stop = count === -1 ? end : w + from + I32[w + count]! * stride;
  if (stop > end || stop < w) throw corrupt(w + count, 'more than its cells hold');
  scanTail(w + from, stop, stride, strideMask, visit);
}

function scanTail(from: number, stop: number, stride: number, mask: number, visit: VisitWord): void {
  if (stride === 1) {
    for (let word = from; word < stop; word++) visit(word);
    return;
  }
  for (let word = from; word < stop; word += stride) {
    for (let bits = mask; bits !== 0; bits &= bits - 1) visit(word + 31 - Math.clz32(bits & -bits));
  }
}
