/**
 * What compiled code does so often that a call of JavaScript would be most of it, in the emitter's language: compiled once for a carrier, and called as
 * WebAssembly. Each is the fast path of a function of lib/heap or lib/objects, which has the rest.
 */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { poisonCells, verifyAlways } from '../heap/stress.js';
import { T_LIST_ITERATOR, T_TUPLE_ITERATOR, typeHandle } from '../objects/type-ids.js';

const C = CARRIER;
const car = (field: number): string => `I[${C + field}]`;
const BUMP = car(L.CAR_BUMP);
const ESCAPE = car(L.CAR_ESCAPE);
const LOW = car(L.CAR_BARRIER_LOW);
const SPAN = car(L.CAR_BARRIER_SPAN);

export interface RuntimeFunction {
  readonly parameters: readonly string[];
  readonly text: string;
}

/**
 * barrier(o, v) of heap/barrier.ts. Both young: the lower of two addresses belongs to the same context or to an older one, so that a value below its
 * object needs nothing.
 */
const store: RuntimeFunction = {
  parameters: ['o', 'v'],
  text: `
if ((v & 1) !== 0) return 0;
if ((v & 7) === 6) return 0;
if (I[${L.CTL_MARKING}] !== 0 || ${SPAN} === -1) { barrier(o, v); return 0; }
t = v & -8;
if (below(t - ${LOW}, ${SPAN}) === 0) return 0;
k = ${ESCAPE}; w = ${BUMP} - k;
if (below(o - k, w)) { if (t - o < 0) return 0; barrier(o, v); return 0; }
if (v !== 0 && below(t - k, w)) { ${ESCAPE} = ${BUMP}; ${LOW} = ${BUMP}; ${SPAN} = ${car(L.CAR_RUN_END)} - ${BUMP}; }
return 0;`,
};

const LEAF = (1 << L.KIND_STR) | (1 << L.KIND_BIGINT) | (1 << L.KIND_BYTES);

/** reclaimAtReturn of heap/context.ts. */
const reclaim: RuntimeFunction = {
  parameters: ['c', 'v'],
  text: `
q = ${BUMP}; k = ${ESCAPE}; t = I[c + ${L.F_ENTRY}];
if (below(q - k, t - k)) t = k;
if ((v & 1) === 0 && below((v & -8) - t, q - t)) {
  if ((v & 7) === 0) {
    w = I[v >>> 2] & 255;
    if (w > 31 || (1 << w & ${LEAF}) === 0) return 0;
    reclaimAtReturn(c, v);
    return 0;
  }
  if ((v & 7) === 6) return 0;
  t = (v & -8) + 8;
}
r = q - t;
if (r <= 0) return 0;
${BUMP} = t;
t = ${car(L.CAR_RECLAIMED_LO)} + r;
${car(L.CAR_RECLAIMED_LO)} = t;
if (below(t, r)) ${car(L.CAR_RECLAIMED_HI)} = ${car(L.CAR_RECLAIMED_HI)} + 1;
return 0;`,
};

const careful: RuntimeFunction = { parameters: ['c', 'v'], text: 'reclaimAtReturn(c, v); return 0;' };

/** The next item of an iterator over a list of this thread's own or a tuple; 0 when it is another, or done. */
const nextItem: RuntimeFunction = {
  parameters: ['o'],
  text: `
if ((o & 7) !== 0) return 0;
w = o >>> 2;
t = I[w + 2];
if (t === ${typeHandle(T_LIST_ITERATOR)}) {
  if ((q = I[w + ${L.ITER_SOURCE}] >>> 2) === 0) return 0;
  k = I[w + ${L.ITER_INDEX}];
  if (I[q + 3] !== ${car(L.CAR_OWNER)} || below(k, I[q + ${L.LIST_LENGTH}]) === 0) return 0;
  I[w + ${L.ITER_INDEX}] = k + 1;
  return I[(I[q + ${L.LIST_ITEMS}] >>> 2) + ${L.ARRAY_ITEMS} + k];
}
if (t === ${typeHandle(T_TUPLE_ITERATOR)}) {
  if ((q = I[w + ${L.ITER_SOURCE}] >>> 2) === 0) return 0;
  k = I[w + ${L.ITER_INDEX}];
  if (below(k, I[q + ${L.TUPLE_LENGTH}]) === 0) return 0;
  I[w + ${L.ITER_INDEX}] = k + 1;
  return I[q + ${L.TUPLE_ITEMS} + k];
}
return 0;`,
};

/** By their names in the emitter's language. */
export const RUNTIME: Readonly<Record<string, RuntimeFunction>> = {
  store,
  reclaim: verifyAlways || poisonCells ? careful : reclaim,
  nextItem,
};
