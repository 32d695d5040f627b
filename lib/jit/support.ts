/**
 * What compiled code calls. The frame is written when one of these is called, unless its comment says otherwise: they may collect, raise, park and
 * run Python. 0 means that compiled code returns 0 at once: an exception is set, the thread is to be suspended, or `left` says that the interpreter
 * goes on with the current frame.
 */
import { barrier } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CTX_GENERATOR, CTX_LEAVE, reclaimAtReturn } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue } from '../objects/abstract.js';
import { callFromStack, PUSHED, pushFunction, returnSlow } from '../vm/call.js';
import { firstInstruction } from '../vm/compiled.js';
import { nameValue } from '../vm/rare/names.js';
import { begin, begun } from '../vm/restart.js';
import { FUEL, safepoint } from '../vm/safepoint.js';
import * as slow from '../vm/slow.js';
import { type Compiled, table } from './table.js';

const I32 = i32;
const C = CARRIER;

/** JavaScript frames of compiled code that lie on each other; a call beyond them is left to the interpreter, which enters anew. */
export const DEPTH_MOST = 200;

/** Why compiled code returned 0, when neither an exception nor the scheduler is the reason. */
export const LEFT_FRAME = 1;
/** At a back edge, for the sake of V8: the code is to be entered at its loop again. */
export const LEFT_LOOP = 2;
let left = 0;

/** Reads and forgets the reason. */
export function takeLeft(): number {
  const reason = left;
  left = 0;
  return reason;
}

/** The interpreter goes on with the current frame. */
export function leave(): 0 {
  I32[C + L.CAR_COMPILED_LEFT] = (I32[C + L.CAR_COMPILED_LEFT] + 1) | 0;
  left = LEFT_FRAME;
  return 0;
}

/** The same, with a value on its stack, which ends at `sp` then. */
function leaveWith(fp: number, value: number, sp: number): 0 {
  I32[sp - 1] = value;
  I32[fp + L.F_SP] = sp;
  return leave();
}

/** Pushes the frame for n arguments behind the caller's stack that compiled code could not push itself: deep recursion, or another segment of the stack. Its word; 0 as above. */
function pushFrame(caller: number, depth: number, func: number, instance: number, n: number): number {
  begun.context = 0;
  const frame = pushFunction(func, I32[caller + L.F_SP], n, 0, instance === 0 ? 0 : INIT);
  if (frame === 0) return 0;
  if (instance !== 0) I32[frame + L.F_GENERATOR] = instance;
  return depth > DEPTH_MOST ? leave() : frame;
}
const INIT = 4;

/** The safepoint of a call, in the new frame: 1 to go on. */
function pollCall(fp: number): number {
  if (I32[C + L.CAR_FUEL] < 0) I32[C + L.CAR_FUEL] = FUEL;
  if (safepoint() !== 0) return I32[fp + L.F_FRAME_OBJECT] === 0 ? 1 : leave();
  if (I32[C + L.CAR_SUSPEND] === 0) I32[fp + L.F_PC] = I32[fp + L.F_PC] + 1;
  return 0;
}

/** The safepoint of a back edge; F_PC is the loop's head, `jump` the word behind the jump. 1 to go on. */
function pollLoop(fp: number, jump: number, depth: number): number {
  const empty = I32[C + L.CAR_FUEL] < 0;
  if (empty) I32[C + L.CAR_FUEL] = FUEL;
  if (safepoint() === 0) {
    if (I32[C + L.CAR_SUSPEND] === 0) I32[fp + L.F_PC] = jump;
    return 0;
  }
  if (I32[fp + L.F_FRAME_OBJECT] !== 0) return leave();
  if (!empty || depth !== 0) return 1;
  left = LEFT_LOOP;
  return 0;
}

/** Return of a frame with flags; F_PC and F_SP are not written yet. The value for the caller. */
function returnFlagged(fp: number, value: number, pc: number, sp: number): number {
  I32[sp - 1] = value;
  I32[fp + L.F_SP] = sp;
  if ((I32[fp + L.F_FLAGS] & (CTX_GENERATOR | CTX_LEAVE)) !== 0) {
    I32[fp + L.F_PC] = pc - 1;
    return leave();
  }
  I32[fp + L.F_PC] = pc;
  return returnSlow(fp, value);
}

/** A frame was pushed for the interpreter: runs its compiled form, if there is one. The value it returns. */
function runPushed(depth: number): number {
  const frame = I32[C + L.CAR_CONTEXT];
  const code = I32[frame + L.F_CODE] >>> 2;
  const pc = I32[frame + L.F_PC];
  if (depth >= DEPTH_MOST || (pc !== L.CTL_ENTER_COMPILED && pc !== I32[code + L.CODE_ENTRY_PC])) return leave();
  const f = table.get(I32[code + L.CODE_COMPILED]) ?? table.called(frame);
  if (f === undefined) return leave();
  I32[frame + L.F_PC] = firstInstruction(code);
  return f(frame, depth + 1, 0, 0, 0);
}

/** CALL of anything; `n` arguments, the callee in the second word below them or, with self, in the first. */
function callAny(fp: number, sp: number, count: number, depth: number): number {
  begin(fp);
  const base = sp - count - 2;
  const callee = I32[base];
  const n = I32[base + 1] === 0 ? count : count + 1;
  const r = callFromStack(callee, sp - n, n, 0, base);
  return r === PUSHED ? runPushed(depth) : r;
}

/** An instruction that is not compiled in place, by the interpreter's function for it: 1 to go on, its results on the stack. */
function rare(op: number, arg: number, fp: number, depth: number): number {
  const r = slow.rare(op, arg, fp);
  if (r === 1) return I32[fp + L.F_FRAME_OBJECT] === 0 ? 1 : leave();
  if (r !== -1) return 0;
  const value = runPushed(depth);
  if (value === 0) return 0;
  const sp = I32[fp + L.F_SP];
  if (I32[fp + L.F_FRAME_OBJECT] !== 0) return leaveWith(fp, value, sp + 1);
  I32[sp] = value;
  I32[fp + L.F_SP] = sp + 1;
  return 1;
}

/** The iterator is exhausted; no handle. */
export const ENDED = -42;

/** FOR_ITER: the next value, or ENDED. F_PC is the instruction behind it, `target` where its jump goes. */
function iterate(fp: number, it: number, target: number): number {
  if ((it & 7) === 0 && (I32[it >>> 2] & 0xff) === L.KIND_GENERATOR) {
    I32[fp + L.F_PC] = I32[fp + L.F_PC] - 1;
    return leave();
  }
  const v = slow.iterNext(it);
  if (v === 0 && I32[C + L.CAR_EXCEPTION] !== 0) return 0;
  const sp = I32[fp + L.F_SP];
  if (I32[fp + L.F_FRAME_OBJECT] === 0) return v === 0 ? ENDED : v;
  if (v !== 0) return leaveWith(fp, v, sp + 1);
  I32[fp + L.F_SP] = sp - 1;
  I32[fp + L.F_PC] = target;
  return leave();
}

/** Truth of the top of the stack, for a jump that pops it: 1, 2 for false. `yes`, `no`: where the interpreter goes on. */
function truth(fp: number, v: number, yes: number, no: number): number {
  const t = isTrue(v);
  if (t < 0) return 0;
  if (I32[fp + L.F_FRAME_OBJECT] === 0) return t === 1 ? 1 : 2;
  I32[fp + L.F_SP] = I32[fp + L.F_SP] - 1;
  I32[fp + L.F_PC] = t === 1 ? yes : no;
  return leave();
}

/** `not v`. */
function negate(v: number): number {
  const t = isTrue(v);
  return t < 0 ? 0 : H.fromBool(t === 0);
}

function subscript(fp: number, o: number, k: number): number {
  begin(fp);
  return slow.subscript(o, k);
}

function storeSubscript(fp: number, o: number, k: number, v: number): number {
  begin(fp);
  return slow.storeSubscript(o, k, v);
}

/** Compiled code whose embedded cache did not hold: often, and it is compiled anew. */
function missed(id: number): void {
  if (table.missed(id)) table.drop(id);
}

/** LOAD_GLOBAL by the site's cache in the space. */
function loadGlobal(fp: number, site: number, id: number): number {
  missed(id);
  const cache = I32[site + 1] >>> 2;
  const dict = I32[fp + L.F_GLOBALS] >>> 2;
  if (cache !== 0 && I32[cache + L.ICACHE_SHAPE] === dict) {
    const w = I32[cache + L.ICACHE_SLOT];
    if (w !== 0 && I32[cache + L.ICACHE_VERSION] === I32[dict + L.DICT_KEYS_VERSION] && I32[w] !== 0) return I32[w];
  }
  return slow.loadGlobal(fp, site);
}

/** LOAD_NAME of a module's code, or a class body's. */
function loadName(fp: number, site: number, id: number): number {
  missed(id);
  return nameValue(fp, I32[site]);
}

function loadAttr(o: number, site: number, id: number): number {
  missed(id);
  const cache = I32[site + 1] >>> 2;
  if ((o & 7) === 0 && cache !== 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE && holds(o, cache)) {
    const slot = I32[cache + L.ICACHE_SLOT];
    const v = slot > 0 ? I32[(o >>> 2) + slot] : 0;
    if (v !== 0) return v;
  }
  return slow.loadAttr(o, site);
}

const holds = (o: number, cache: number): boolean =>
  I32[(o >>> 2) + L.INSTANCE_SHAPE] === I32[cache + L.ICACHE_SHAPE] &&
  I32[(I32[(o >>> 2) + 2] >>> 2) + L.TYPE_VERSION] === I32[cache + L.ICACHE_VERSION];

/** LOAD_METHOD: function and self, or attribute and NULL, at sp - 1 and sp. */
function loadMethod(sp: number, site: number, id: number): number {
  missed(id);
  const o = I32[sp - 1];
  const cache = I32[site + 1] >>> 2;
  if ((o & 7) === 0 && cache !== 0 && I32[cache + L.ICACHE_SLOT] === 0) {
    const w = o >>> 2;
    const shape = (I32[w] & 0xff) === L.KIND_INSTANCE ? I32[w + L.INSTANCE_SHAPE] : 0;
    const version = I32[(I32[w + 2] >>> 2) + L.TYPE_VERSION];
    if (version === I32[cache + L.ICACHE_VERSION] && shape === I32[cache + L.ICACHE_SHAPE]) {
      I32[sp - 1] = I32[cache + L.ICACHE_VALUE];
      I32[sp] = o;
      return 1;
    }
  }
  return slow.loadMethod(sp, site);
}

function storeAttr(o: number, v: number, site: number, id: number): number {
  missed(id);
  const cache = I32[site + 1] >>> 2;
  if ((o & 7) === 0 && cache !== 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE && holds(o, cache)) {
    if ((v & 1) !== 0 || I32[(o >>> 2) + 3] === I32[C + L.CAR_OWNER]) {
      I32[(o >>> 2) + I32[cache + L.ICACHE_SLOT]] = v;
      barrier(o, v);
      return 1;
    }
  }
  return slow.storeAttr(o, v, site);
}

function unbound(code: number, slot: number, deref: number): 0 {
  if (deref !== 0) slow.unboundDeref(code, slot);
  else slow.unboundLocal(code, slot);
  return 0;
}

/** By the names that generated source has for them. */
export const support = {
  barrier,
  buildList: slow.buildList,
  buildTuple: slow.buildTuple,
  callAny,
  compare: slow.compare,
  binaryTop: slow.binaryTop,
  identical: slow.identical,
  iterate,
  leave,
  leaveWith,
  listAppend: slow.listAppend,
  loadAttr,
  loadGlobal,
  loadMethod,
  loadName,
  missed,
  negate,
  pollCall,
  pollLoop,
  pushFrame,
  rare,
  reclaimAtReturn,
  returnFlagged,
  storeAttr,
  storeCell: slow.storeCell,
  storeSubscript,
  subscript,
  truth,
  unbound,
};

export type Support = typeof support;
export type { Compiled };
