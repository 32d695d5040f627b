/**
 * Where the collector starts: root table, built-in types, intern table, thread records and their context stacks. The marker, the
 * verifier and native/gc/roots.cc walk the same places; only while the world is stopped.
 */
import { carrierAt } from './carrier.js';
import { CTX_GENERATOR } from './context.js';
import * as L from './layout.generated.js';
import { i32 } from './memory.js';
import { threadAt } from './threads.js';

const I32 = i32;

/** Called with the index of each word that holds a handle. */
export type VisitWord = (word: number) => void;

/** Handle words of a context's header, F_HANDLED_SAVED apart (a handle in generator frames only). */
export const FRAME_HANDLES: readonly number[] = [
  L.F_CODE,
  L.F_RETURN_VALUE,
  L.F_FUNCTION,
  L.F_GLOBALS,
  L.F_ENVIRONMENT,
  L.F_GENERATOR,
  L.F_FRAME_OBJECT,
  L.F_LOCALS_DICT,
  L.F_BUILTINS,
];

/** Handle words of a thread record that stay there while it is mounted. */
export const THREAD_HANDLES: readonly number[] = [
  L.THR_NAME,
  L.THR_BOOTSTRAP,
  L.THR_ARGS,
  L.THR_KWARGS,
  L.THR_RESULT,
  L.THR_WAIT_OBJECT,
  L.THR_ASYNC_EXCEPTION,
  L.THR_LOCALS,
  L.THR_TARGET,
  L.THR_CONTEXT_VARS,
  L.THR_ASYNCGEN_HOOKS,
];

/** The context at word `w`: its header's handles and all words from the locals to the top of its operand stack. */
export function scanFrame(w: number, visit: VisitWord): void {
  for (const offset of FRAME_HANDLES) visit(w + offset);
  if ((I32[w + L.F_FLAGS]! & CTX_GENERATOR) !== 0) visit(w + L.F_HANDLED_SAVED);
  const top = I32[w + L.F_SP]!;
  for (let word = w + L.F_LOCALS; word < top; word++) visit(word);
}

/** A context and all below it. */
export function scanStack(context: number, visit: VisitWord): void {
  for (let c = context; c !== 0; c = I32[c + L.F_PREVIOUS]!) scanFrame(c, visit);
}

/** Word index of the carrier that thread record `t` is mounted on; 0 when it is on none. */
export function carrierOf(t: number): number {
  const index = I32[t + L.THR_CARRIER]!;
  if (index === 0) return 0;
  const carrier = carrierAt(index - 1);
  return I32[carrier + L.CAR_THREAD] === t ? carrier : 0;
}

/** What a thread record holds, on its carrier when it is mounted, and its context stack. */
export function scanThread(t: number, visit: VisitWord): void {
  for (const offset of THREAD_HANDLES) visit(t + offset);
  const carrier = carrierOf(t);
  if (carrier === 0) {
    visit(t + L.THR_EXCEPTION);
    visit(t + L.THR_HANDLED);
    visit(t + L.THR_ENVIRONMENT);
    scanStack(I32[t + L.THR_CONTEXT]!, visit);
    return;
  }
  visit(carrier + L.CAR_EXCEPTION);
  visit(carrier + L.CAR_HANDLED);
  visit(carrier + L.CAR_ENVIRONMENT);
  scanStack(I32[carrier + L.CAR_CONTEXT]!, visit);
}

/** Every thread record in use. */
export function eachThread(visit: (thread: number) => void): void {
  const used = I32[L.CTL_THREADS_USED]!;
  for (let i = 0; i < used; i++) if (I32[threadAt(i) + L.THR_STATE] !== 0) visit(threadAt(i));
}

/** Every carrier record ever used. */
export function eachCarrier(visit: (carrier: number) => void): void {
  const used = I32[L.CTL_CARRIERS_USED]!;
  for (let i = 0; i < used; i++) visit(carrierAt(i));
}

/** The built-in type objects, which lie outside the blocks. */
export function eachBuiltinType(visit: (handle: number) => void): void {
  for (let i = 0; i < L.TYPES_MAX; i++) {
    const handle = L.TYPES_BASE + i * L.TYPE_BYTES;
    if (I32[handle >>> 2] !== 0) visit(handle);
  }
}

/** Heads of the intern table and the links of its chains: interned strings are strong for now. */
function scanInterned(visit: VisitWord): void {
  const first = L.INTERN_BASE >>> 2;
  for (let word = first; word < first + L.INTERN_BUCKETS; word++) {
    for (let link = word; I32[link] !== 0; link = (I32[link]! >>> 2) + L.W_SYNC) visit(link);
  }
}

/** Every root word. Built-in types come apart: see eachBuiltinType. */
export function eachRoot(visit: VisitWord): void {
  const table = L.ROOTS_BASE >>> 2;
  for (let word = table; word < table + L.ROOTS_COUNT; word++) visit(word);
  visit(L.CTL_WEAK_PENDING);
  scanInterned(visit);
  eachThread((t) => scanThread(t, visit));
}

/** The thread's innermost context, 0: none. */
function contextOf(t: number): number {
  const carrier = carrierOf(t);
  return carrier === 0 ? I32[t + L.THR_CONTEXT]! : I32[carrier + L.CAR_CONTEXT]!;
}

const THREAD_RUN = [L.THR_BUMP, L.THR_LIMIT, L.THR_RUN_END, L.THR_ESCAPE, L.THR_RUN_START] as const;
/** Words of a carrier that say where its run is, and what it has handed out since it told last. */
const CARRIER_RUN = [
  L.CAR_BUMP,
  L.CAR_LIMIT,
  L.CAR_RUN_END,
  L.CAR_ESCAPE,
  L.CAR_RUN_START,
  L.CAR_OLD_BUMP,
  L.CAR_OLD_LIMIT,
  L.CAR_CELLS_PENDING,
];

/**
 * Empties the runs of all threads, so that every unmarked line is free after the sweep. Entry marks are forgotten: 0 lies in no run and counts from
 * the start of the next, whereas an old mark might come to lie within that run, when it is made of the lines of the old one.
 */
export function retireRuns(): void {
  eachThread((t) => {
    for (let c = contextOf(t); c !== 0; c = I32[c + L.F_PREVIOUS]!) I32[c + L.F_ENTRY] = 0;
    for (const word of THREAD_RUN) I32[t + word] = 0;
  });
  eachCarrier((c) => {
    for (const word of CARRIER_RUN) I32[c + word] = 0;
  });
}
