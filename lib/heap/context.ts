/**
 * The context stack: activation records in the space, `previous` linked (design, section 3).
 *
 * A context is named by its word index. `push` and `pop` are the explicit forms for hot code; ContextScope (lib/api) wraps them.
 * Ownership is an address range: a young cell belongs to the innermost context whose entry mark is not above it.
 */
import { CARRIER } from './carrier.js';
import { BLOCK_STACK, claimBlocks, popSmallStack, pushSmallStack, releaseBlocks } from './freelist.js';
import { HeapExhausted } from './errors.js';
import * as L from './layout.generated.js';
import { chargeStack } from './limits.js';
import { f64, i32 } from './memory.js';
import { passAllDown } from './pending.js';
import { openSmallReserve } from './reserve.js';
import { POISON, poisonCells, stressHooks, verifyAlways } from './stress.js';

const I32 = i32;
const F64 = f64;
const C = CARRIER;

/** Flags of a context. */
export const CTX_SEGMENT = 1;
/** The interpreter returns to its TypeScript caller when this context returns. */
export const CTX_ENTRY = 2;
/** Result is dropped and the instance in F_GENERATOR pushed instead (`__init__`). */
export const CTX_INIT = 4;
/** Frame of a generator: it lives in the generator object. */
export const CTX_GENERATOR = 8;
/** Context of host code (ContextScope). */
export const CTX_HOST = 16;
/** Continues the operand stack of the context below, whose room was used up: roots and arguments of runtime helpers. */
export const CTX_OVERFLOW = 32;
/** It has a frame object, which must be told when it ends. */
export const CTX_FRAME = 64;
/** A built-in function wants to know when this frame is left: lib/vm/tail-call.ts. */
export const CTX_LEAVE = 128;
/** It decides about objects with finalizers: pending.ts. */
export const CTX_FINALIZE = 4096;
/** What the return does besides pushing: see lib/vm. */
export const CTX_RETURN_SHIFT = 8;

/** Words kept free above a frame for handles rooted by runtime helpers. */
export const STACK_SLACK = 64;
/** Blocks of a thread's further segments; the first is a part of a block. */
const SECOND_SEGMENT_BLOCKS = 1;
const LARGE_SEGMENT_BLOCKS = 8;
const SEG_PREVIOUS = 0;
const SEG_END = 1;
const SEG_NEXT = 2;
const SEG_BLOCKS = 3;
const SEGMENT_HEADER = 4;

/** Word index of the current context; 0 when there is none. */
export const getCurrentContext = (): number => I32[C + L.CAR_CONTEXT]!;

function initSegment(w: number, bytes: number, blocks: number, previous: number): number {
  I32[w + SEG_PREVIOUS] = previous;
  I32[w + SEG_END] = w + bytes / 4;
  I32[w + SEG_NEXT] = 0;
  I32[w + SEG_BLOCKS] = blocks;
  return w;
}

function newSegment(blocks: number, previous: number): number {
  const context = I32[C + L.CAR_CONTEXT]!;
  if (context !== 0) chargeStack(I32[context + L.F_ENVIRONMENT]!, blocks * L.BLOCK_BYTES);
  let address = claimBlocks(blocks, BLOCK_STACK);
  if (address === 0 && openSmallReserve()) address = claimBlocks(blocks, BLOCK_STACK);
  if (address === 0) throw new HeapExhausted(blocks * L.BLOCK_BYTES);
  return initSegment(address >>> 2, blocks * L.BLOCK_BYTES, blocks, previous);
}

/** The first stack segment of a thread of the environment, small so that a parked thread is cheap: its word index. SEG_BLOCKS is 0. */
export function newStack(environment: number): number {
  chargeStack(environment, L.SMALL_STACK_BYTES);
  let address = popSmallStack();
  if (address === 0 && openSmallReserve()) address = popSmallStack();
  if (address === 0) throw new HeapExhausted(L.SMALL_STACK_BYTES);
  return initSegment(address >>> 2, L.SMALL_STACK_BYTES, 0, 0);
}

/** First context slot of a segment. */
export const segmentStart = (segment: number): number => segment + SEGMENT_HEADER;
export const segmentEnd = (segment: number): number => I32[segment + SEG_END]!;

/** Bytes of a stack whose first segment is given. */
export function stackBytes(first: number): number {
  let bytes = 0;
  for (let s = first; s !== 0; s = I32[s + SEG_NEXT]!)
    bytes += I32[s + SEG_BLOCKS] === 0 ? L.SMALL_STACK_BYTES : I32[s + SEG_BLOCKS]! * L.BLOCK_BYTES;
  return bytes;
}

/**
 * Gives the segments back that a thread has not used since it returned from them, all but one behind the segment that ends at word `end`, where its
 * current context lies. The thread does not run.
 */
export function trimStack(first: number, end: number): void {
  let s = first;
  while (s !== 0 && I32[s + SEG_END] !== end) s = I32[s + SEG_NEXT]!;
  const spare = s === 0 ? 0 : I32[s + SEG_NEXT]!;
  if (spare === 0) return;
  const rest = I32[spare + SEG_NEXT]!;
  I32[spare + SEG_NEXT] = 0;
  releaseStack(rest);
}

/** Gives all segments of an ended thread back. */
export function releaseStack(first: number): void {
  for (let s = first; s !== 0; ) {
    const next = I32[s + SEG_NEXT]!;
    const blocks = I32[s + SEG_BLOCKS]!;
    if (blocks === 0) pushSmallStack(s << 2);
    else releaseBlocks(s << 2, blocks);
    s = next;
  }
}

/** Segment that ends at word `end`, searched from the thread's first. */
function segmentEndingAt(end: number): number {
  let s = I32[C + L.CAR_STACK_LIMIT]!;
  while (s !== 0 && I32[s + SEG_END] !== end) s = I32[s + SEG_NEXT]!;
  return s;
}

/** Moves to the next segment, which has room for `words`; returns the first slot in it. The context pushed there gets CTX_SEGMENT. */
export function nextSegment(words: number): number {
  const current = segmentEndingAt(I32[C + L.CAR_SEGMENT_END]!);
  let next = I32[current + SEG_NEXT]!;
  if (next === 0 || I32[next + SEG_END]! - next - SEGMENT_HEADER < words) {
    const usual = I32[current + SEG_BLOCKS] === 0 ? SECOND_SEGMENT_BLOCKS : LARGE_SEGMENT_BLOCKS;
    const blocks = Math.max(usual, Math.ceil(((words + SEGMENT_HEADER) * 4) / L.BLOCK_BYTES));
    const made = newSegment(blocks, current);
    I32[made + SEG_NEXT] = next;
    if (next !== 0) I32[next + SEG_PREVIOUS] = made;
    I32[current + SEG_NEXT] = made;
    next = made;
  }
  I32[C + L.CAR_SEGMENT_END] = I32[next + SEG_END]!;
  return next + SEGMENT_HEADER;
}

/** Back to the segment before, when a context with CTX_SEGMENT is popped. */
export function leaveSegment(): void {
  const current = segmentEndingAt(I32[C + L.CAR_SEGMENT_END]!);
  I32[C + L.CAR_SEGMENT_END] = I32[I32[current + SEG_PREVIOUS]! + SEG_END]!;
}

/**
 * Where the next context goes: above the operand stack; for a generator, whose frame lies in the heap, where its resumer's stack ended.
 */
export const stackTop = (context: number): number =>
  (I32[context + L.F_FLAGS]! & CTX_GENERATOR) !== 0 ? I32[context + L.F_SPARE]! : I32[context + L.F_SP]!;

/** Pushes a context with room for `slots` handles above its header; returns its word index. Hot code of the interpreter inlines this. */
export function push(slots: number): number {
  const previous = I32[C + L.CAR_CONTEXT]!;
  // stackTop, in place: V8 leaves a call of it. At an even word: stores of two words take as long as those of one.
  const generator = (I32[previous + L.F_FLAGS]! & CTX_GENERATOR) !== 0;
  let context = (I32[previous + (generator ? L.F_SPARE : L.F_SP)]! + 1) & -2;
  let flags = 0;
  if (context + L.F_LOCALS + slots + STACK_SLACK > I32[C + L.CAR_SEGMENT_END]!) {
    context = nextSegment(L.F_LOCALS + slots + STACK_SLACK);
    flags = CTX_SEGMENT;
  }
  I32[context + L.F_PREVIOUS] = previous;
  I32[context + L.F_SP] = context + L.F_LOCALS;
  I32[context + L.F_ENTRY] = I32[C + L.CAR_BUMP]!;
  I32[context + L.F_ENVIRONMENT] = I32[previous + L.F_ENVIRONMENT]!;
  const pair = context >>> 1;
  // Code and return value; flags and function; globals and builtins; generator and saved exception; frame object and locals.
  F64[pair + L.F_CODE / 2] = 0;
  F64[pair + L.F_FLAGS / 2] = 0;
  F64[pair + L.F_GLOBALS / 2] = 0;
  F64[pair + L.F_GENERATOR / 2] = 0;
  F64[pair + L.F_FRAME_OBJECT / 2] = 0;
  if (flags !== 0) I32[context + L.F_FLAGS] = flags;
  I32[C + L.CAR_CONTEXT] = context;
  I32[C + L.CAR_PUSHED] = (I32[C + L.CAR_PUSHED]! + 1) | 0;
  return context;
}

/** Entry mark of a context within the current run: a context begun in an older run counts from the start of the new one. */
export function entryMark(context: number): number {
  const entry = I32[context + L.F_ENTRY]!;
  const start = I32[C + L.CAR_RUN_START]!;
  const span = (I32[C + L.CAR_BUMP]! - start) >>> 0;
  return (entry - start) >>> 0 <= span ? entry : start;
}

/** The context `owner` adopts what was allocated so far: entry marks of all contexts above it move up to bump. */
export function adopt(owner: number): void {
  const bump = I32[C + L.CAR_BUMP]!;
  for (let c = I32[C + L.CAR_CONTEXT]!; c !== owner; c = I32[c + L.F_PREVIOUS]!) I32[c + L.F_ENTRY] = bump;
}

/**
 * Where the young region of `context` starts: the later of its entry mark and the escape mark. The escape mark lies in the run, so that an entry
 * mark between it and the bump does so too.
 */
export function youngFloor(context: number): number {
  const entry = I32[context + L.F_ENTRY]!;
  const escape = I32[C + L.CAR_ESCAPE]!;
  return (entry - escape) >>> 0 <= (I32[C + L.CAR_BUMP]! - escape) >>> 0 ? entry : escape;
}

const poison = (from: number, to: number): void => void I32.fill(POISON, (from + 3) >>> 2, to >>> 2);

/** Takes back [to, bump): the cells of a returning context that neither escaped, were adopted nor promoted. */
function reclaim(to: number): void {
  const bump = I32[C + L.CAR_BUMP]!;
  const bytes = (bump - to) | 0;
  if (bytes <= 0) return;
  I32[C + L.CAR_BUMP] = to;
  const low = (I32[C + L.CAR_RECLAIMED_LO]! + bytes) | 0;
  I32[C + L.CAR_RECLAIMED_LO] = low;
  // Both unsigned: otherwise V8 compares them as doubles.
  if (low >>> 0 < bytes >>> 0) I32[C + L.CAR_RECLAIMED_HI] = I32[C + L.CAR_RECLAIMED_HI]! + 1;
  if (poisonCells) poison(to, bump);
}

const LEAF_KINDS = (1 << L.KIND_STR) | (1 << L.KIND_BIGINT) | (1 << L.KIND_BYTES);

/** End of a leaf object (nothing in it refers to the young region): address behind it; 0 for containers. */
function leafEnd(handle: number): number {
  const tag = handle & 7;
  if (tag === 2 || tag === 4) return ((handle & -8) + 8) | 0;
  const w = handle >>> 2;
  const head = I32[w]!;
  if ((head & L.FLAG_SUBCLASS) !== 0 || (head & 0xff) > 31 || ((1 << (head & 0xff)) & LEAF_KINDS) === 0) return 0;
  if ((head & 0xff) !== L.KIND_BIGINT && I32[w + L.STR_BUFFER] !== 0) return 0;
  return (handle + (I32[w + 1]! << L.CELL_SHIFT)) | 0;
}

/** Is the value in the young region [floor, bump)? */
export function youngFrom(value: number, floor: number): boolean {
  return (value & 1) === 0 && ((value & -8) - floor) >>> 0 < (I32[C + L.CAR_BUMP]! - floor) >>> 0;
}

/**
 * The reclaiming half of a return: of the young region of `context` only what `value` needs stays. A promoted leaf keeps up to its end; a
 * promoted container keeps the region for the parent. Pass 0 for no value.
 */
export function reclaimAtReturn(context: number, value: number): void {
  const floor = youngFloor(context);
  if (value === 0 || !youngFrom(value, floor)) reclaim(floor);
  else {
    const end = leafEnd(value);
    if (end !== 0) reclaim(end);
  }
  if (verifyAlways) stressHooks.popped(I32[context + L.F_PREVIOUS]!);
}

/** Will `handle` be there after reclaimAtReturn(context, value)? */
export function survivesReturn(context: number, value: number, handle: number): boolean {
  const floor = youngFloor(context);
  if (!youngFrom(handle, floor)) return true;
  return value !== 0 && youngFrom(value, floor) && leafEnd(value) === 0;
}

/**
 * Pops the current context; `value` (0: none) is promoted to the parent by handle, same address. Returns it. `context`: the current one, where
 * the caller knows it; so the processor need not wait for the word that has it.
 */
export function pop(value: number, context = I32[C + L.CAR_CONTEXT]!): number {
  const flags = I32[context + L.F_FLAGS]!;
  // What is undecided is for the parent, and its region with it.
  if ((flags & CTX_FINALIZE) !== 0) I32[C + L.CAR_ESCAPE] = I32[C + L.CAR_BUMP]!;
  // A pending exception may lie in the region: leaving with one keeps it for the parent.
  if (I32[C + L.CAR_EXCEPTION] === 0) {
    if (value === 0 && !verifyAlways) reclaim(youngFloor(context));
    else reclaimAtReturn(context, value);
  }
  unlink(context, flags);
  return value;
}

/** Pops without taking anything back: leaving by an exception keeps the region for the parent. `flags`: the context's, where they are known. */
export function unlink(context: number, flags = I32[context + L.F_FLAGS]!): void {
  if ((flags & (CTX_SEGMENT | CTX_FINALIZE)) !== 0) {
    if ((flags & CTX_FINALIZE) !== 0) passAllDown(context);
    if ((flags & CTX_SEGMENT) !== 0) leaveSegment();
  }
  I32[C + L.CAR_CONTEXT] = I32[context + L.F_PREVIOUS]!;
}

/** End of the words that the operand stack of `context` may use: its segment's, or its generator's. */
function stackEnd(context: number): number {
  if ((I32[context + L.F_FLAGS]! & CTX_GENERATOR) === 0) return I32[C + L.CAR_SEGMENT_END]!;
  const w = I32[context + L.F_GENERATOR]! >>> 2;
  return w + (I32[w + 1]! << (L.CELL_SHIFT - 2));
}

/** Words kept free below a stack's end for code that writes above the stack pointer. */
const MARGIN = 8;

/** Takes `n` words on top of the current context's operand stack, or of an overflow context above it: the index of the first. */
export function takeWords(n: number): number {
  const context = I32[C + L.CAR_CONTEXT]!;
  const sp = I32[context + L.F_SP]!;
  if (sp + n + MARGIN <= stackEnd(context)) {
    I32[context + L.F_SP] = sp + n;
    return sp;
  }
  const fresh = push(n);
  I32[fresh + L.F_FLAGS] = I32[fresh + L.F_FLAGS]! | CTX_OVERFLOW;
  I32[fresh + L.F_SP] = fresh + L.F_LOCALS + n;
  return fresh + L.F_LOCALS;
}

/** Roots a handle in the current context, above its operand stack, until `unroot`; returns the slot's word index. */
export function root(handle: number): number {
  const slot = takeWords(1);
  I32[slot] = handle;
  return slot;
}

/** Drops the roots from `slot` on, and the overflow contexts that were pushed for them. */
export function unroot(slot: number): void {
  for (;;) {
    const context = I32[C + L.CAR_CONTEXT]!;
    const first = context + L.F_LOCALS;
    if ((I32[context + L.F_FLAGS]! & CTX_OVERFLOW) === 0 || (slot > first && slot <= I32[context + L.F_SP]!)) {
      I32[context + L.F_SP] = slot;
      return;
    }
    unlink(context);
    if (slot === first) return;
  }
}

/** Leaves the overflow contexts that a helper did not take back when it failed. */
export function leaveOverflow(): void {
  for (;;) {
    const context = I32[C + L.CAR_CONTEXT]!;
    if ((I32[context + L.F_FLAGS]! & CTX_OVERFLOW) === 0) return;
    unlink(context);
  }
}
