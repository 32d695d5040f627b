/**
 * Containers that threads share (lib/objects/sync.ts, list.ts, lib/heap/publish.ts, abandon.ts) as steps: an owner that appends to its list, publishes
 * it and appends again; others that append, with growth of the storage; a reader; a carrier that is terminated within a section. Is every item there
 * at the end, does a reader ever see what was never so, does anyone wait for ever?
 *
 * A sync word is an owner's id (0 or more), or shared: -(1 + version * 10 + lock), where lock is the carrier's number or 0.
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: a section entered whatever was changed since the look; one that leaves the version as it was; a store
 * that lets others find the list before it is published; an owner that goes on without looking; a reader that does not look again; a lock of a
 * lost carrier that stays, or that is taken off whoever holds it; a copy to new storage of more than the length it was made for.
 */
export type Rule =
  | 'as-is'
  | 'enter-blindly'
  | 'same-version'
  | 'publish-late'
  | 'stay-owner'
  | 'read-once'
  | 'no-clean-up'
  | 'clean-blindly'
  | 'copy-grown';

/** How the owner publishes: by the list's own word, or by taking a new id for itself. */
export type Publication = 'word' | 'new-id';

interface Shared {
  sync: number;
  storages: number[][];
  items: number;
  length: number;
  /** May others find the list? */
  known: boolean;
  /** Locked by the lost carrier: what CAR_LOCKED of its record says. */
  lost: boolean;
  done: number;
  /** How many items there will be. */
  most: number;
  fault: string;
}

interface Locals {
  carrier: number;
  /** Id of the mounted thread. */
  id: number;
  seen: number;
  length: number;
  items: number;
  fresh: number;
}

const shared = (version: number, lock: number): number => -(1 + version * 10 + lock);
const lockOf = (sync: number): number => (sync < 0 ? (-sync - 1) % 10 : 0);
const versionOf = (sync: number): number => (sync < 0 ? Math.floor((-sync - 1) / 10) : 0);
const isOwned = (v: Locals): boolean => v.seen === v.id;

function* readBegin(s: Shared, v: Locals): Thread {
  yield () => lockOf(s.sync) === 0;
  v.seen = s.sync;
}

/** True: in the section. */
function begin(s: Shared, v: Locals, rule: Rule): boolean {
  if (isOwned(v)) return rule === 'stay-owner' || s.sync === v.seen;
  if (rule === 'enter-blindly' ? lockOf(s.sync) !== 0 : s.sync !== v.seen) return false;
  s.sync = shared(versionOf(s.sync), v.carrier);
  return true;
}

function end(s: Shared, v: Locals, rule: Rule): void {
  if (isOwned(v)) return;
  s.sync = shared(versionOf(s.sync) + (rule === 'same-version' ? 0 : 1), 0);
}

/** Others may fill the list after its length was read: more is not copied than there is room. */
function* grow(s: Shared, v: Locals, rule: Rule): Thread {
  const room = v.length + 1;
  yield;
  const copied = s.storages[s.items]!.slice(0, rule === 'copy-grown' ? s.length : Math.min(s.length, room));
  if (copied.length > room) s.fault ||= 'cells behind the new storage are overwritten';
  while (copied.length < room) copied.push(0);
  v.fresh = s.storages.push(copied) - 1;
  yield;
  if (!begin(s, v, rule)) return;
  yield;
  s.items = v.fresh;
  yield;
  end(s, v, rule);
}

function* append(s: Shared, v: Locals, item: number, rule: Rule): Thread {
  for (;;) {
    if (rule !== 'stay-owner' || !isOwned(v)) yield* readBegin(s, v);
    v.length = s.length;
    v.items = s.items;
    yield;
    if (v.length >= s.storages[v.items]!.length) {
      yield* grow(s, v, rule);
      continue;
    }
    if (!begin(s, v, rule)) continue;
    yield;
    s.storages[v.items]![v.length] = item;
    yield;
    s.length = v.length + 1;
    yield;
    end(s, v, rule);
    return;
  }
}

function* owner(s: Shared, v: Locals, rule: Rule, how: Publication): Thread {
  yield* append(s, v, 1, rule);
  if (rule === 'publish-late') {
    s.known = true;
    yield;
  }
  if (how === 'word') s.sync = shared(0, 0);
  else if (rule !== 'publish-late') v.id = 2;
  yield;
  s.known = true;
  yield;
  yield* append(s, v, 2, rule);
  s.done++;
}

function* other(s: Shared, v: Locals, items: readonly number[], rule: Rule): Thread {
  yield () => s.known;
  for (const item of items) yield* append(s, v, item, rule);
  s.done++;
}

function* reader(s: Shared, v: Locals, rule: Rule): Thread {
  yield () => s.known;
  let last: number | undefined;
  do {
    yield* readBegin(s, v);
    v.items = s.items;
    yield;
    v.length = s.length;
    yield;
    last = s.storages[v.items]![v.length - 1];
    yield;
  } while (rule !== 'read-once' && s.sync !== v.seen);
  if (last === undefined || last === 0) s.fault ||= 'a reader saw an item that was never there';
}

/** Enters a section and is terminated there; then its record is cleaned up. Two threads, as the one ends in the middle. */
function* lostCarrier(s: Shared, v: Locals, rule: Rule): Thread {
  yield () => s.known;
  yield* readBegin(s, v);
  yield;
  // CAR_LOCKED is set before the swap.
  s.lost = true;
  yield;
  begin(s, v, rule);
}

function* cleaner(s: Shared, v: Locals, rule: Rule): Thread {
  yield () => s.lost;
  yield () => v.length === 1;
  if (rule === 'no-clean-up') return;
  if (rule === 'clean-blindly' ? lockOf(s.sync) !== 0 : lockOf(s.sync) === v.carrier)
    s.sync = shared(versionOf(s.sync) + 1, 0);
}

function fault(s: Shared, stuck: readonly number[]): string {
  if (s.fault !== '') return s.fault;
  if (stuck.length > 0) return `threads ${stuck.join()} wait for ever`;
  const items = s.storages[s.items]!.slice(0, s.length).sort();
  return items.join() === (s.most === 3 ? '1,2,3' : '1,2,3,4') ? '' : `items ${items.join()}`;
}

/** The owner, a thread that appends, and a third one, over all interleavings. */
export function search(rule: Rule, third: 'reader' | 'lost' | 'nobody', how: Publication): Found {
  return explore(() => {
    const s: Shared = {
      sync: 1,
      storages: [[0]],
      items: 0,
      length: 0,
      known: false,
      lost: false,
      done: 0,
      most: third === 'nobody' ? 4 : 3,
      fault: '',
    };
    const locals = [1, 3, 4].map(
      (id, i): Locals => ({ carrier: i + 1, id, seen: Number.NaN, length: 0, items: 0, fresh: 0 }),
    );
    const [a, b, c] = locals as [Locals, Locals, Locals];
    const thirds: Record<typeof third, Thread[]> = {
      reader: [reader(s, c, rule)],
      lost: [terminated(lostCarrier(s, c, rule), c), cleaner(s, c, rule)],
      nobody: [],
    };
    return {
      threads: [owner(s, a, rule, how), other(s, b, third === 'nobody' ? [3, 4] : [3], rule), ...thirds[third]],
      state: () => [s, locals],
      fault: (stuck) => fault(s, stuck),
    };
  });
}

/** Tells the cleaner, by its record's length word, that the carrier is gone. */
function* terminated(body: Thread, v: Locals): Thread {
  yield* body;
  yield;
  v.length = 1;
}
