/** Small objects made by hand, so that these tests stand on lib/heap alone. */
import { allocGranule, newObject } from '../../lib/heap/alloc.js';
import { storeRef } from '../../lib/heap/barrier.js';
import { CARRIER } from '../../lib/heap/carrier.js';
import { TAG_FLOAT } from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';

/** Mounts a fresh host thread around each test of the suite. */
export function withThread(): void {
  beforeEach(() => mount(createThread(0), THREAD_HOST));
  afterEach(() => releaseThread(unmount(THREAD_RUNNABLE)));
}

export const bump = (): number => i32[CARRIER + L.CAR_BUMP]!;
export const escapeMark = (): number => i32[CARRIER + L.CAR_ESCAPE]!;
export const isTs = (): boolean => process.env.PROTOSPACE_ALLOCATOR === 'ts';

/** A tuple of `n` empty items. */
export function tuple(n: number): number {
  const h = newObject(L.KIND_TUPLE, (L.TUPLE_ITEMS + n) * 4, 0);
  i32[(h >>> 2) + L.TUPLE_LENGTH] = n;
  return h;
}

/** Storage of `n` empty items. */
export function array(n: number): number {
  const h = newObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + n) * 4, 0);
  i32[(h >>> 2) + L.ARRAY_LENGTH] = n;
  return h;
}

export const setItem = (h: number, i: number, value: number): void => storeRef(h, L.TUPLE_ITEMS + i, value);
export const item = (h: number, i: number): number => i32[(h >>> 2) + L.TUPLE_ITEMS + i]!;
export const float = (x: number): number => allocGranule(x) | TAG_FLOAT;
