/** Checking numbers that claim to be handles: what comes from outside is never trusted. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { inObjectBlock, isUnmadeType, objectFault } from '../heap/mark.js';
import { i32 } from '../heap/memory.js';
import { badHandle } from './errors.js';

const I32 = i32;
const LAST_CHAR = H.char(0x10ffff);

/** Kinds that are storage of others and no values. */
const STORAGE: ReadonlySet<number> = new Set([
  L.KIND_FREE,
  L.KIND_ARRAY,
  L.KIND_BUFFER,
  L.KIND_DICTSTORE,
  L.KIND_SETSTORE,
  L.KIND_OVERFLOW,
  L.KIND_ICACHE,
  L.KIND_GAP,
]);

function immediateFault(h: number): string {
  const known = [H.NONE, H.FALSE, H.TRUE, H.ELLIPSIS, H.NOT_IMPLEMENTED].includes(h);
  return known || (h >= H.char(0) && h <= LAST_CHAR) ? '' : 'an immediate that does not exist';
}

function classFault(h: number): string {
  const kind = I32[h >>> 2]! & 0xff;
  if (STORAGE.has(kind)) return 'storage of another object';
  const type = I32[(h >>> 2) + L.W_CLASS]!;
  if (isUnmadeType(type)) return '';
  if ((type & 7) !== 0 || type === 0 || objectFault(type) !== '') return 'its class is none';
  return (I32[type >>> 2]! & 0xff) === L.KIND_TYPE ? '' : 'its class is none';
}

/** Why `h` is no handle; empty when it is one, as far as can be seen without a walk of the heap. */
function fault(h: number): string {
  if ((h & 1) !== 0) return '';
  if (h === 0) return '0 is no value';
  const tag = h & 7;
  if (tag === H.TAG_IMMEDIATE) return immediateFault(h);
  if (tag !== 0) return inObjectBlock(h & -8) ? '' : 'outside the blocks of objects';
  const why = objectFault(h);
  return why !== '' ? why : classFault(h);
}

/** The handle a number stands for, signed or not; throws ERR_PROTOSPACE_HANDLE. */
export function checkHandle(given: unknown): number {
  if (typeof given !== 'number' || !Number.isInteger(given) || given < -(2 ** 31) || given >= 2 ** 32)
    throw badHandle(given, 'handles are 32-bit words');
  const h = given | 0;
  const why = fault(h);
  if (why !== '') throw badHandle(given, why);
  return h;
}
