/**
 * What a bounded cache of functools remembers: a dict from keys to links, and a ring of the links from the one used longest ago to the last one. Two
 * threads may work on it: each change of the ring is one section on the wrapper (lib/objects/sync.ts), each change of the dict one of the dict's
 * own operations, and no code of the program runs within. Between the two a link may be in one of them only: who evicts drops such links.
 *
 * | word | readers | writers | order |
 * | --- | --- | --- | --- |
 * | PREV, NEXT of links | sections of the wrapper | sections of the wrapper | that of the section |
 * | KEY, RESULT, hash of a link | anyone who found it | who made it, before it is in the dict | plain |
 */
import { barrier, storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType } from '../objects/define.js';
import { dictClear, dictGetHashed, dictLen, dictPopHashed, dictSetHashed } from '../objects/dict.js';
import { pendingException, raise } from '../objects/exceptions.js';
import { begin, end, publishStore, readBegin } from '../objects/sync.js';
import * as T from '../objects/type-ids.js';
import { item, newRecord, raw } from './record.js';

const I32 = i32;

/** Handles of a wrapper. */
export const [FUNCTION, CACHE, INFO_TYPE, MAXSIZE, RING] = [0, 1, 2, 3, 4];
export const WRAPPER_HANDLES = 5;
/** Handles of a link; its raw word is the key's hash. */
const [PREV, NEXT, KEY, RESULT, WRAPPER] = [0, 1, 2, 3, 4].map((i) => L.RECORD_ITEMS + i) as [
  number,
  number,
  number,
  number,
  number,
];
const T_LINK = T.T_BLOCK_FUNCTOOLS;

defineType({
  id: T_LINK,
  name: '_lru_list_elem',
  module: 'functools',
  kind: L.KIND_RECORD,
  final: true,
  slots: { create: () => raise('TypeError', "cannot create 'functools._lru_list_elem' instances") },
});

/** Something that no program has: in keys it stands between positional and keyword arguments. */
export const KEYWORD_MARK = T.typeHandle(T_LINK);

/** A link for a call that has been begun, or the ring's own. */
export const newLink = (wrapper: number, key: number, hash: number): number =>
  newRecord(T.typeHandle(T_LINK), [0, 0, key, 0, wrapper], hash);

const linkWord = (link: number, word: number): number => I32[(link >>> 2) + word];
export const wrapperOf = (link: number): number => linkWord(link, WRAPPER);
export const resultOf = (link: number): number => linkWord(link, RESULT);
const hashOf = raw;

/** A ring without links. */
export function newRing(): number {
  const ring = newLink(0, 0, 0);
  storeRef(ring, PREV, ring);
  storeRef(ring, NEXT, ring);
  return ring;
}

/** Puts a link last: it is used now. One that is no more, or not yet, in the ring stays where it is, unless it is `fresh`. */
export function useLink(wrapper: number, link: number, fresh = false): void {
  const ring = item(wrapper, RING);
  publishStore(wrapper, link);
  const [r, l] = [ring >>> 2, link >>> 2];
  for (;;) {
    const seen = readBegin(wrapper);
    const next = I32[l + NEXT];
    const prev = I32[l + PREV];
    const last = I32[r + PREV];
    if (next === ring || (next === 0) !== fresh) return;
    const [n, p, e] = [next >>> 2, prev >>> 2, last >>> 2];
    if (!begin(wrapper, seen)) continue;
    if (next !== 0) {
      I32[p + NEXT] = next;
      I32[n + PREV] = prev;
    }
    I32[e + NEXT] = link;
    I32[l + PREV] = last;
    I32[l + NEXT] = ring;
    I32[r + PREV] = link;
    end(wrapper);
    if (next !== 0) {
      barrier(prev, next);
      barrier(next, prev);
    }
    barrier(last, link);
    barrier(link, last);
    barrier(link, ring);
    barrier(ring, link);
    return;
  }
}

/** Takes the link used longest ago out of the ring; 0 when there is none. */
function takeOldest(wrapper: number): number {
  const ring = item(wrapper, RING);
  const r = ring >>> 2;
  for (;;) {
    const seen = readBegin(wrapper);
    const link = I32[r + NEXT];
    if (link === ring) return 0;
    const l = link >>> 2;
    const next = I32[l + NEXT];
    const n = next >>> 2;
    if (!begin(wrapper, seen)) continue;
    I32[r + NEXT] = next;
    I32[n + PREV] = ring;
    I32[l + PREV] = 0;
    I32[l + NEXT] = 0;
    end(wrapper);
    barrier(ring, next);
    barrier(next, ring);
    return link;
  }
}

/** Forgets everything. */
export function clearStore(wrapper: number): void {
  dictClear(item(wrapper, CACHE));
  const ring = item(wrapper, RING);
  if (ring === 0) return;
  const r = ring >>> 2;
  for (;;) {
    const seen = readBegin(wrapper);
    if (!begin(wrapper, seen)) continue;
    I32[r + PREV] = ring;
    I32[r + NEXT] = ring;
    end(wrapper);
    return;
  }
}

/** What the dict has under a link's key; 0 when nothing, or with the exception set. */
const atKeyOf = (link: number): number =>
  dictGetHashed(item(wrapperOf(link), CACHE), linkWord(link, KEY), hashOf(link));

/** Takes the link used longest ago out of ring and dict: 1, 0 when there is none, -1 with the exception set. */
function evict(wrapper: number): number {
  const oldest = takeOldest(wrapper);
  if (oldest === 0) return 0;
  const slot = root(oldest);
  if (atKeyOf(oldest) === I32[slot])
    dictPopHashed(item(wrapperOf(I32[slot]), CACHE), linkWord(I32[slot], KEY), hashOf(I32[slot]));
  unroot(slot);
  return pendingException() === 0 ? 1 : -1;
}

/** Makes room for one more: false with the exception set. */
function makeRoom(link: number, bound: number): boolean {
  let evicted = 1;
  while (evicted > 0 && dictLen(item(wrapperOf(link), CACHE)) >= bound) evicted = evict(wrapperOf(link));
  return evicted >= 0;
}

const putAtKeyOf = (link: number, value: number): number =>
  dictSetHashed(item(wrapperOf(link), CACHE), linkWord(link, KEY), hashOf(link), value);

/** Remembers the result of the call that `link` was made for: 1, or 0 with the exception set. All is rooted by the caller. */
export function remember(link: number, result: number, bound: number): number {
  if (bound < 0) return putAtKeyOf(link, result);
  storeRef(link, RESULT, result);
  // The same key may have come in while the function ran.
  if (atKeyOf(link) !== 0) return 1;
  if (pendingException() !== 0 || !makeRoom(link, bound) || putAtKeyOf(link, link) === 0) return 0;
  useLink(wrapperOf(link), link, true);
  return 1;
}

/** What the cache has for a key with this hash, and that it is used now; 0 when it has none, or with the exception set. */
export function recall(wrapper: number, key: number, hash: number, bounded: boolean): number {
  const found = dictGetHashed(item(wrapper, CACHE), key, hash);
  if (found === 0 || !bounded) return found;
  useLink(wrapper, found);
  return resultOf(found);
}
