/**
 * When an object with a finalizer is dead (design, section 3, "deterministic finalizers"). The context that made it decides at its return, whatever
 * happens to its region; while one waits for that, the thread's stores are watched, so that FLAG_STORED says whether the object may be found otherwise
 * than through frames.
 *
 * - An object is *private* to the current context when it was allocated since that began, in the present run, and no store has put it where others may
 *   find it. A store into a private object says nothing: only frames find either.
 * - Any other store reaches what its value leads to through objects that were private: they get FLAG_REACHED and are never looked at again; undecided
 *   objects among them get FLAG_STORED. So each object is looked at once.
 * - At a return, an object without FLAG_STORED is dead unless what is returned leads to it through private objects; one with the flag is dead when it
 *   lies in the region and what is returned does not lead to it there. Who was returned, or belongs to an older context, is for the context
 *   below to decide; the others are left to the collector.
 *
 * Over-approximated: which objects may be younger than an undecided one (BLK_STAMP of their blocks). Under-approximated: which are private (those of the
 * current run). Both mistakes leave an object to the collector.
 */
import { newObject, newOldObject } from './alloc.js';
import { CARRIER, POLL_FINALIZE } from './carrier.js';
import { adopt, CTX_FINALIZE, CTX_HOST, entryMark, youngFloor, youngFrom } from './context.js';
import * as L from './layout.generated.js';
import { atomics, i32 } from './memory.js';
import {
  contextOf,
  giveDown,
  isWatching,
  passDown,
  pendingLink,
  realContext,
  referentOf,
  setBarrierRange,
  sift,
} from './pending.js';
import { stampBlock, stampOf } from './stamps.js';
import { scanFrame, THREAD_HANDLES } from './roots.js';
import { scanObject } from './scan.js';
import { inDeathOrder, LOOKED_MOST } from './death-order.js';
import { enterTable } from './weak-table.js';

const I32 = i32;
const C = CARRIER;
const TYPES_BYTES = L.TYPES_MAX * L.TYPE_BYTES;
const FLAGS = (1 << L.KIND_STR) | (1 << L.KIND_BIGINT) | (1 << L.KIND_BYTES) | (1 << L.KIND_FREE);
/** GENERATOR_STATE of one whose frame is a context now. */
const RUNNING = 3;
/** Undecided objects of a thread at most: the next ones are left to the collector. */
const PENDING_MOST = 256;

/** New objects that have the others looked at: more when none was found dead. */
let step = 1;
const STEP_MOST = 64;

const isYoung = (h: number): boolean => youngFrom(h, I32[C + L.CAR_ESCAPE]!);
const isLeaf = (head: number): boolean => (head & 0xff) < 32 && ((1 << (head & 0xff)) & FLAGS) !== 0;

/** Allocated after the oldest undecided object, and put by no store where others may find it? */
function isUnfound(o: number): boolean {
  const from = I32[I32[C + L.CAR_THREAD]! + L.THR_WATCH_FROM]!;
  const w = o >>> 2;
  return (
    I32[C + L.CAR_RUN_START] !== 0 &&
    (o - from) >>> 0 < (I32[C + L.CAR_BUMP]! - from) >>> 0 &&
    I32[w + L.W_SYNC] === I32[C + L.CAR_OWNER] &&
    (I32[w]! & L.FLAG_REACHED) === 0
  );
}

/** Private to the current context? */
const isPrivate = (o: number): boolean =>
  isUnfound(o) && ((o - entryMark(realContext(I32[C + L.CAR_CONTEXT]!))) | 0) >= 0;

/** Is it an object that may lead to an undecided one by what was stored in it when it was made? Header `head`. */
function mayLead(h: number, head: number): boolean {
  return (
    (head & L.FLAG_REACHED) === 0 &&
    !isLeaf(head) &&
    I32[(h >>> 2) + L.W_SYNC] === I32[C + L.CAR_OWNER] &&
    stampOf(h) >= I32[I32[C + L.CAR_THREAD]! + L.THR_WATCH_EPOCH]!
  );
}

/** A handle of an object that is no built-in type? */
const isObject = (h: number): boolean => (h & 7) === 0 && h !== 0 && (h - L.TYPES_BASE) >>> 0 >= TYPES_BYTES;

const grey: number[] = [];

function scan(h: number, visit: (word: number) => void): void {
  // The frame of a running generator is a context, whose words above its stack pointer mean nothing.
  if ((I32[h >>> 2]! & 0xff) === L.KIND_GENERATOR && I32[(h >>> 2) + L.GENERATOR_STATE] === RUNNING) return;
  scanObject(h, visit);
}

function reachWord(word: number): void {
  const h = I32[word]!;
  if (!isObject(h)) return;
  const w = h >>> 2;
  const head = I32[w]!;
  if ((head & L.FLAG_FINALIZER) !== 0) I32[w] = head | L.FLAG_STORED;
  if (!mayLead(h, head)) return;
  I32[w] = I32[w]! | L.FLAG_REACHED;
  grey.push(h);
}

/** Others may find what the word holds from now on. */
function reach(word: number): void {
  reachWord(word);
  for (let h = grey.pop(); h !== undefined; h = grey.pop()) scan(h, reachWord);
}

/** A store of `value` into `object` while stores are watched; before the marks of the young-region rule move. */
export function noteStore(object: number, value: number): void {
  if (!isObject(value) || isPrivate(object) || lower(object, value)) return;
  I32[C + L.CAR_SCRATCH_5] = value;
  reach(C + L.CAR_SCRATCH_5);
  I32[C + L.CAR_SCRATCH_5] = 0;
}

/** Contexts that it looks through for the owner. */
const OWNERS_MOST = 8;
/** Objects that `lower` looks at before it gives up. */
const LOWER_MOST = 32;

/** Undecided objects that are asked one by one whether others may find them. */
const ASKED_MOST = 16;

/** May all undecided objects be found by others? Then there is nothing to look for in a value. */
function allStored(): boolean {
  let n = 0;
  for (let ref = I32[pendingLink()]!; ref !== 0; ref = I32[(ref >>> 2) + L.WEAKREF_NEXT]!) {
    const o = referentOf(ref);
    if (++n > ASKED_MOST || (o !== 0 && (I32[o >>> 2]! & L.FLAG_STORED) === 0)) return false;
  }
  return true;
}

/** Undecided objects that `value` leads to through private objects; undefined when there is too much to look at. */
function undecidedIn(value: number): Set<number> | undefined {
  const found = new Set<number>();
  const known = new Set([value]);
  for (const h of known) {
    const head = I32[h >>> 2]!;
    if ((head & L.FLAG_FINALIZER) !== 0) found.add(h);
    if (!mayLead(h, head)) continue;
    if (known.size > LOWER_MOST) return undefined;
    scan(h, (word) => isObject(I32[word]!) && known.add(I32[word]!));
  }
  return found;
}

/** The context that `object` is private to, when it is one of the next few; 0 otherwise. */
function nearOwner(object: number): number {
  let c = I32[C + L.CAR_CONTEXT]!;
  for (let i = 0; i < OWNERS_MOST; i++, c = I32[c + L.F_PREVIOUS]!) {
    if (I32[c + L.F_PREVIOUS] === 0) return 0;
    if (((object - entryMark(c)) | 0) >= 0) return realContext(c);
  }
  return 0;
}

/**
 * `object` is private to an older context (`self` in a method): that one decides about what is stored there, when it is not much. False: others may
 * find the object, or it is too much.
 */
function lower(object: number, value: number): boolean {
  const owner = isUnfound(object) ? nearOwner(object) : 0;
  if (owner === 0) return false;
  const head = I32[value >>> 2]!;
  if ((head & L.FLAG_FINALIZER) === 0 && !mayLead(value, head)) return true;
  if (!allStored()) {
    const found = undecidedIn(value);
    if (found === undefined) return false;
    if (found.size > 0) giveDown(found, owner);
  }
  // What the value leads to is private to no context above from now on.
  adopt(owner);
  return true;
}

// ---------------------------------------------------------------- new ones

/** Times that watching began, and how many of them share an epoch. */
let watches = 0;
const WATCHES = 32;

function startWatching(t: number, o: number): void {
  // Rarely, as it is for precision only: objects made since the epoch began may be younger.
  if (++watches % WATCHES === 0) atomics.add(L.CTL_FINALIZER_EPOCH * 4, 1);
  I32[t + L.THR_WATCH_EPOCH] = I32[L.CTL_FINALIZER_EPOCH]!;
  // Nothing old refers above the escape mark: what lies there was put by no store where others may find it.
  I32[t + L.THR_WATCH_FROM] = I32[C + L.CAR_ESCAPE]!;
  I32[t + L.THR_RESOLVE_AT] = 2;
  for (const h of [o, I32[C + L.CAR_RUN_START]!, I32[C + L.CAR_OLD_BUMP]!]) if (h !== 0) stampBlock(h);
  // The collector looks for entries only when there are some.
  if (I32[L.CTL_WEAK_USED] === 0) atomics.or(L.CTL_WEAK_USED * 4, 1);
}

/** Entries of the list, of which a collection may have taken all. */
const pendingCount = (link: number): number =>
  I32[link] === 0 ? 0 : I32[link - L.THR_FINALIZERS + L.THR_FINALIZER_COUNT]!;

/** A WEAKREF as young as `o`. */
function newEntry(o: number, type: number): number {
  if (isYoung(o)) {
    const ref = newObject(L.KIND_WEAKREF, 64, type);
    // Its allocation may have taken a new run, which makes the object old.
    if (isYoung(o)) return ref;
  }
  return newOldObject(L.KIND_WEAKREF, 64, type);
}

/**
 * Has the finalizer of `o`, a new object, run when it is dead; `type` is that of weak references. `context` decides: the one that made it; the
 * collector when it is 0, of an object that is not new. Not run by this module: see takeDead, takeUnreachable and weak.ts.
 */
export function addFinalizable(o: number, type: number, context: number): void {
  const link = pendingLink();
  const c = context === 0 ? 0 : realContext(context);
  const collector =
    link === 0 ||
    c === 0 ||
    // The first context of a thread, and those of host code, decide nothing.
    I32[c + L.F_PREVIOUS] === 0 ||
    (I32[c + L.F_FLAGS]! & CTX_HOST) !== 0 ||
    pendingCount(link) >= PENDING_MOST;
  const ref = collector ? newOldObject(L.KIND_WEAKREF, 64, type) : newEntry(o, type);
  I32[ref >>> 2] = I32[ref >>> 2]! | L.FLAG_K0;
  I32[(ref >>> 2) + L.WEAKREF_REFERENT] = o;
  I32[o >>> 2] = I32[o >>> 2]! | L.FLAG_FINALIZER;
  if (collector) giveToCollector(ref, o);
  else enterList(link, ref, o, c);
}

function giveToCollector(ref: number, o: number): void {
  I32[o >>> 2] = I32[o >>> 2]! | L.FLAG_STORED;
  I32[C + L.CAR_ESCAPE] = I32[C + L.CAR_BUMP]!;
  enterTable(ref);
}

function enterList(link: number, ref: number, o: number, context: number): void {
  const t = link - L.THR_FINALIZERS;
  const count = pendingCount(link);
  if (count === 0) startWatching(t, o);
  I32[(ref >>> 2) + L.WEAKREF_CONTEXT] = context;
  I32[(ref >>> 2) + L.WEAKREF_NEXT] = I32[link]!;
  I32[link] = ref;
  I32[context + L.F_FLAGS] = I32[context + L.F_FLAGS]! | CTX_FINALIZE;
  I32[t + L.THR_FINALIZER_COUNT] = count + 1;
  if (count === 0) setBarrierRange();
  if (count + 1 >= I32[t + L.THR_RESOLVE_AT]!) atomics.or((C + L.CAR_POLL) << 2, POLL_FINALIZE);
}

// ---------------------------------------------------------------- deciding

const seen = new Set<number>();
/** Are there more objects than are looked at? Then all counts as seen. */
let tooMany = false;
let floor = 0;
let top = 0;

function lookFrom(from: number, to: number): void {
  seen.clear();
  tooMany = false;
  floor = from;
  top = to;
}

const isSeen = (o: number): boolean => tooMany || seen.has(o);

function leadWord(word: number): void {
  const h = I32[word]!;
  if (!isObject(h) || isSeen(h)) return;
  const head = I32[h >>> 2]!;
  const inRegion = (h - floor) >>> 0 < (top - floor) >>> 0;
  if (!inRegion && (head & L.FLAG_FINALIZER) === 0 && !mayLead(h, head)) return;
  seen.add(h);
  tooMany = seen.size > LOOKED_MOST;
  if (inRegion ? !isLeaf(head) : mayLead(h, head)) grey.push(h);
}

/** Not alive, and to be followed from what is dead? */
function mayBeDead(h: number): boolean {
  if (!isObject(h) || isSeen(h)) return false;
  const head = I32[h >>> 2]!;
  return (h - floor) >>> 0 < (top - floor) >>> 0 || (head & L.FLAG_FINALIZER) !== 0 || mayLead(h, head);
}

/** Adds to `seen` what the word leads to within the region [floor, top) and through private objects. */
function lead(word: number): void {
  leadWord(word);
  for (let h = grey.pop(); h !== undefined && !tooMany; h = grey.pop()) scan(h, leadWord);
  grey.length = 0;
}

/** The frame object of a context that somebody else may find: what the frame holds is stored in it. */
function reachFrame(context: number): void {
  const f = I32[context + L.F_FRAME_OBJECT]!;
  if (f === 0 || isPrivate(f)) return;
  for (let word = context + L.F_LOCALS; word < I32[context + L.F_SP]!; word++) reach(word);
}

/** A frame object that is returned holds what its context holds. */
function leadFrame(context: number): void {
  const f = I32[context + L.F_FRAME_OBJECT]!;
  if (f !== 0 && isSeen(f)) for (let word = context + L.F_LOCALS; word < I32[context + L.F_SP]!; word++) lead(word);
}

const isSpent = (o: number): boolean =>
  o === 0 || ((I32[o >>> 2]! & 0xff) === L.KIND_GENERATOR && I32[(o >>> 2) + L.GENERATOR_STATE] === 0);

/** What happens to one entry of a context that returns: true when it stays in the list. */
function decide(ref: number, context: number, dead: number[]): boolean {
  const o = referentOf(ref);
  if (isSpent(o)) return false;
  const stored = (I32[o >>> 2]! & L.FLAG_STORED) !== 0;
  const young = isYoung(o);
  if (stored && !young) {
    enterTable(ref);
    return false;
  }
  const inRegion = (o - floor) >>> 0 < (top - floor) >>> 0;
  if (isSeen(o) || (stored && !inRegion)) return passDown(ref, context);
  dead.push(ref);
  return false;
}

/**
 * `context` returns the value in the word `value` (0: none): its dead objects, oldest first, as entries that are no longer in the list. Its region is still whole.
 */
export function takeDead(context: number, value: number): number[] {
  const dead: number[] = [];
  I32[context + L.F_FLAGS] = I32[context + L.F_FLAGS]! & ~CTX_FINALIZE;
  const link = pendingLink();
  if (link === 0 || I32[link] === 0) return dead;
  lookFrom(youngFloor(context), I32[C + L.CAR_BUMP]!);
  reachFrame(context);
  if (value !== 0) lead(value);
  leadFrame(context);
  // Who is alive is not known, so the region stays: what waits for a decision may lie there.
  if (tooMany) I32[C + L.CAR_ESCAPE] = I32[C + L.CAR_BUMP]!;
  sift((ref) => contextOf(ref) !== context || decide(ref, context, dead));
  const ordered = inDeathOrder(dead.reverse(), context + L.F_LOCALS, I32[context + L.F_SP]!, mayBeDead);
  seen.clear();
  return ordered;
}

/** The lowest context that is to decide about something; 0: none. */
function lowestDecider(): number {
  const deciders = new Set<number>();
  sift((ref) => deciders.add(contextOf(ref)) !== undefined);
  let lowest = 0;
  for (let c = I32[C + L.CAR_CONTEXT]!; c !== 0; c = I32[c + L.F_PREVIOUS]!) if (deciders.has(c)) lowest = c;
  return lowest;
}

function leadStack(): void {
  const t = I32[C + L.CAR_THREAD]!;
  for (const offset of THREAD_HANDLES) lead(t + offset);
  for (const offset of [L.CAR_EXCEPTION, L.CAR_HANDLED]) lead(C + offset);
  const lowest = lowestDecider();
  for (let c = I32[C + L.CAR_CONTEXT]!; c !== 0; c = I32[c + L.F_PREVIOUS]!) {
    reachFrame(c);
    scanFrame(c, lead);
    if (c === lowest) return;
  }
}

/**
 * At a safepoint: undecided objects that no frame and no private object leads to any more, oldest first, as entries that are no longer in the
 * list. Loops in one frame are rid of them that way.
 */
export function takeUnreachable(): number[] {
  if (!isWatching()) return [];
  if (I32[pendingLink()] === 0) setBarrierRange();
  // Only those without FLAG_STORED may be dead: see below.
  if (allStored()) {
    resolveLater(false);
    return [];
  }
  const dead: number[] = [];
  lookFrom(0, 0);
  leadStack();
  sift((ref) => {
    const o = referentOf(ref);
    if (isSpent(o)) return false;
    if (isSeen(o) || (I32[o >>> 2]! & L.FLAG_STORED) !== 0) return true;
    dead.push(ref);
    return false;
  });
  const ordered = inDeathOrder(dead.reverse(), 0, 0, mayBeDead);
  seen.clear();
  resolveLater(ordered.length > 0);
  return ordered;
}

/** With how many undecided objects a new one has the others looked at. */
function resolveLater(found: boolean): void {
  step = found ? 1 : Math.min(step * 2, STEP_MOST);
  const t = I32[C + L.CAR_THREAD]!;
  const left = I32[t + L.THR_FINALIZER_COUNT]!;
  I32[t + L.THR_RESOLVE_AT] = left + step;
}
