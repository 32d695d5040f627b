/**
 * The bytecode interpreter: one dispatch function over frames in the space. Common cases are inline, everything else is in slow.ts; Python
 * calls do not recurse in JavaScript.
 *
 * The function saves its state and returns to a small trampoline when its fuel (back edges and calls) is used up: a loop entered only by
 * on-stack replacement stays in poor code, in which no view is a constant (docs/performance.md). The first returns come early, so that V8
 * has seen the function's entry before it optimises. It must stay below V8's limit for optimisation (60 KB of V8 bytecode).
 */
import { collectForError } from '../heap/collect.js';
import { breakLock } from '../objects/sync.js';
import { barrier, barrierMissed } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, CTX_GENERATOR, CTX_SEGMENT, nextSegment, reclaimAtReturn } from '../heap/context.js';
import { HeapExhausted } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { f64, i32 } from '../heap/memory.js';
import { stressRuns } from '../heap/stress.js';
import * as O from '../compiler/opcodes.js';
import { isTrue } from '../objects/abstract.js';
import { raise } from '../objects/exceptions.js';
import { raiseMemoryError } from '../objects/memory-error.js';
import { markNesting, restoreNesting } from '../objects/recursion.js';
import { T_RANGE_ITERATOR } from '../objects/type-ids.js';
import * as call from './call.js';
import { compiledHook, GO_ON as AGAIN } from './compiled.js';
import { begin, progress, restart } from './restart.js';
import { FUEL, safepoint } from './safepoint.js';
import * as slow from './slow.js';
import { unwind } from './unwind.js';

const I32 = i32;
const F64 = f64;
const C = CARRIER;
/** Back edges and calls until the function returns to the trampoline: at first, added at each return, at most. */
const FIRST_BUDGET = 9;
let budget = FIRST_BUDGET;
const FUEL_STEP = 10;
/** Runs begun from TypeScript, and exceptions caught, until the next safepoint: loops of them may use no fuel and pass no other. */
const CREDIT = 500;
let credit = CREDIT;

const RANGE_ITERATOR = L.TYPES_BASE + T_RANGE_ITERATOR * L.TYPE_BYTES;
const NONE = 6;
const FALSE = 14;
const TRUE = 22;

/** How two numbers lie, a bit each; and for each comparison, in the order of their instructions, the bits with which it is true, four each. */
const LESS = 1;
const EQUAL = 2;
const GREATER = 4;
const UNORDERED = 8;
const ORDERS = 0x64d231;

/** What `dispatch` returns to the trampoline, besides AGAIN: the low bits of an immediate, which no handle with the upper bits set is. */
const THREW = 0;
/** The entry frame was a generator's and is done: StopIteration is set, no frame is left to unwind. */
const ENDED = -18;
/** The thread parked: its state is in its frames. */
export const SUSPENDED = -10;

/**
 * Runs the current context until the context `entry` returns: its value, 0 with the exception set, or SUSPENDED.
 */
export function run(entry: number): number {
  const nested = markNesting();
  for (;;) {
    let r: number;
    credit = (credit - 1) | 0;
    if (credit < 0) {
      credit = CREDIT;
      if (safepoint() === 0 && (I32[C + L.CAR_SUSPEND] !== 0 || !unwind(entry)))
        return I32[C + L.CAR_SUSPEND] !== 0 ? suspended() : 0;
    }
    try {
      r = dispatch();
      if (r === AGAIN) {
        progress();
        r = compiledHook.goOn(budget);
        if (compiledHook.leftLoop) resume();
      }
    } catch (error) {
      restoreNesting(nested);
      if (hostFailure(error) !== 0) continue;
      r = THREW;
    }
    if (r === AGAIN) continue;
    if (r !== THREW) return r === ENDED ? 0 : r;
    if (I32[C + L.CAR_SUSPEND] !== 0) return suspended();
    if (I32[C + L.CAR_EXCEPTION] === 0) raise('SystemError', 'error return without exception set');
    if (!unwound(entry)) return 0;
  }
}

/** Compiled code of a loop was left, by an exception say: its handler is interpreted, and the loop's next round is compiled again. */
function resume(): void {
  compiledHook.leftLoop = false;
  budget = FIRST_BUDGET;
}

/** As unwind; without memory for what a frame leaves behind its exception becomes MemoryError. */
function unwound(entry: number): boolean {
  for (;;) {
    try {
      return unwind(entry);
    } catch (error) {
      if (!(error instanceof HeapExhausted)) throw error;
      collectForError(error.bytes);
      raiseMemoryError();
    }
  }
}

/** CAR_SUSPEND: a built-in blocks and its CALL is executed again on resume; or the thread stopped at a safepoint and goes on where it is. */
export const SUSPEND_RESTART = 1;
export const SUSPEND_YIELD = 2;

function suspended(): number {
  if (I32[C + L.CAR_SUSPEND] === SUSPEND_RESTART) {
    const fp = I32[C + L.CAR_CONTEXT];
    I32[fp + L.F_PC] = I32[fp + L.F_PC] - 1;
  }
  return SUSPENDED;
}

/**
 * A JavaScript exception becomes the Python one that names it; what is none of the known ones is a fault of ours. 1 when the instruction is to be
 * executed again, now that a collection has made room.
 */
function hostFailure(error: unknown): number {
  breakLock();
  // The helpers that ran here are gone, and what those below them hold is rooted: their garbage makes room.
  if (error instanceof HeapExhausted) return collectForError(error.bytes) && restart() ? 1 : raiseMemoryError();
  barrierMissed();
  if (isHostMemory(error)) return raiseMemoryError();
  try {
    return raiseFault(error);
  } catch (second) {
    if (!(second instanceof HeapExhausted)) throw second;
    collectForError(second.bytes);
    return raiseFault(error);
  }
}

const isHostMemory = (error: unknown): boolean =>
  error instanceof RangeError && /BigInt|Array buffer|Invalid (array|typed array|string) length/.test(error.message);

function raiseFault(error: unknown): number {
  if (error instanceof RangeError && /call stack/.test(error.message))
    return raise('RecursionError', 'maximum recursion depth exceeded');
  if (process.env.PROTOSPACE_DEBUG) throw error;
  return raise('SystemError', error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** The dispatch function: locals fp, pc, sp are word indices. Returns a handle, THREW, or AGAIN. */
function dispatch(): number {
  let fp = I32[C + L.CAR_CONTEXT];
  let pc = I32[fp + L.F_PC];
  let sp = I32[fp + L.F_SP];
  let code = I32[fp + L.F_CODE] >>> 2;
  let K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
  let S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
  let fuel = budget;
  if (fuel < FUEL) budget = (fuel + FUEL_STEP) | 0;
  for (;;) {
    const ins = I32[pc];
    const arg = ins >> 8;
    pc = (pc + 1) | 0;
    switch (ins & 0xff) {
      case O.OP_NOP:
        break;
      case O.OP_POP_TOP:
        sp = (sp - 1) | 0;
        break;
      case O.OP_COPY:
        I32[sp] = I32[sp - arg];
        sp = (sp + 1) | 0;
        break;
      case O.OP_SWAP: {
        const t = I32[sp - 1];
        I32[sp - 1] = I32[sp - arg];
        I32[sp - arg] = t;
        break;
      }
      case O.OP_PUSH_NULL:
        I32[sp] = 0;
        sp = (sp + 1) | 0;
        break;
      case O.OP_LOAD_IMM:
        I32[sp] = arg;
        sp = (sp + 1) | 0;
        break;
      case O.OP_LOAD_CONST:
        I32[sp] = I32[K + arg];
        sp = (sp + 1) | 0;
        break;
      case O.OP_LOAD_FAST:
        I32[sp] = I32[fp + L.F_LOCALS + arg];
        sp = (sp + 1) | 0;
        break;
      case O.OP_LOAD_FAST_LOAD_FAST:
        I32[sp] = I32[fp + L.F_LOCALS + (arg & 0xfff)];
        I32[sp + 1] = I32[fp + L.F_LOCALS + (arg >> 12)];
        sp = (sp + 2) | 0;
        break;
      case O.OP_LOAD_FAST_LOAD_IMM:
        I32[sp] = I32[fp + L.F_LOCALS + (arg & 0xfff)];
        I32[sp + 1] = arg >> 12;
        sp = (sp + 2) | 0;
        break;
      case O.OP_STORE_FAST_LOAD_FAST:
        I32[fp + L.F_LOCALS + (arg & 0xfff)] = I32[sp - 1];
        I32[sp - 1] = I32[fp + L.F_LOCALS + (arg >> 12)];
        break;
      case O.OP_STORE_FAST_STORE_FAST:
        I32[fp + L.F_LOCALS + (arg & 0xfff)] = I32[sp - 1];
        I32[fp + L.F_LOCALS + (arg >> 12)] = I32[sp - 2];
        sp = (sp - 2) | 0;
        break;
      case O.OP_STORE_FAST:
        sp = (sp - 1) | 0;
        I32[fp + L.F_LOCALS + arg] = I32[sp];
        break;
      case O.OP_LOAD_FAST_CHECK: {
        const v = I32[fp + L.F_LOCALS + arg];
        if (v === 0) {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = sp;
          slow.unboundLocal(code, arg);
          return THREW;
        }
        I32[sp] = v;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_LOAD_FAST_AND_CLEAR:
        I32[sp] = I32[fp + L.F_LOCALS + arg];
        I32[fp + L.F_LOCALS + arg] = 0;
        sp = (sp + 1) | 0;
        break;
      case O.OP_LOAD_DEREF: {
        const v = I32[(I32[fp + L.F_LOCALS + arg] >>> 2) + L.CELL_VALUE];
        if (v === 0) {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = sp;
          slow.unboundDeref(code, arg);
          return THREW;
        }
        I32[sp] = v;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_STORE_DEREF: {
        sp = (sp - 1) | 0;
        const cell = I32[fp + L.F_LOCALS + arg];
        const v = I32[sp];
        if ((v & 1) === 0) slow.storeCell(cell, v);
        else I32[(cell >>> 2) + L.CELL_VALUE] = v;
        break;
      }
      case O.OP_LOAD_GLOBAL: {
        // The site's cache: (version of the globals' keys, word of the value). Valid while the key set has not changed.
        const cache = I32[S + arg * 2 + 1] >>> 2;
        if (cache !== 0) {
          const dict = I32[fp + L.F_GLOBALS] >>> 2;
          if (
            I32[cache + L.ICACHE_VERSION] === I32[dict + L.DICT_KEYS_VERSION] &&
            I32[cache + L.ICACHE_SHAPE] === dict
          ) {
            const w = I32[cache + L.ICACHE_SLOT];
            if (w !== 0) {
              const v = I32[w];
              if (v !== 0) {
                I32[sp] = v;
                sp = (sp + 1) | 0;
                break;
              }
            } else if (I32[cache + L.ICACHE_EXTRA] === I32[(I32[fp + L.F_BUILTINS] >>> 2) + L.DICT_KEYS_VERSION]) {
              // 0 when another thread has just deleted the name.
              const v = I32[I32[cache + L.ICACHE_VALUE_2] >>> 1];
              if (v !== 0) {
                I32[sp] = v;
                sp = (sp + 1) | 0;
                break;
              }
            }
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        const v = slow.loadGlobal(fp, S + arg * 2);
        if (v === 0) return THREW;
        I32[sp] = v;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_LOAD_ATTR: {
        const o = I32[sp - 1];
        const cache = I32[S + arg * 2 + 1] >>> 2;
        if ((o & 7) === 0 && cache !== 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE) {
          const w = o >>> 2;
          if (
            I32[w + L.INSTANCE_SHAPE] === I32[cache + L.ICACHE_SHAPE] &&
            I32[(I32[w + 2] >>> 2) + L.TYPE_VERSION] === I32[cache + L.ICACHE_VERSION]
          ) {
            const slot = I32[cache + L.ICACHE_SLOT];
            if (slot > 0) {
              const v = I32[w + slot];
              if (v !== 0) {
                I32[sp - 1] = v;
                break;
              }
            }
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        const v = slow.loadAttr(o, S + arg * 2);
        if (v === 0) return THREW;
        I32[sp - 1] = v;
        break;
      }
      case O.OP_LOAD_METHOD: {
        const o = I32[sp - 1];
        const cache = I32[S + arg * 2 + 1] >>> 2;
        if ((o & 7) === 0 && cache !== 0) {
          const w = o >>> 2;
          const instance = (I32[w] & 0xff) === L.KIND_INSTANCE;
          if (
            I32[(I32[w + 2] >>> 2) + L.TYPE_VERSION] === I32[cache + L.ICACHE_VERSION] &&
            (instance ? I32[w + L.INSTANCE_SHAPE] : 0) === I32[cache + L.ICACHE_SHAPE] &&
            I32[cache + L.ICACHE_SLOT] === 0
          ) {
            I32[sp - 1] = I32[cache + L.ICACHE_VALUE];
            I32[sp] = o;
            sp = (sp + 1) | 0;
            break;
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        if (slow.loadMethod(sp, S + arg * 2) === 0) return THREW;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_STORE_ATTR: {
        const o = I32[sp - 1];
        const v = I32[sp - 2];
        const cache = I32[S + arg * 2 + 1] >>> 2;
        if ((o & 7) === 0 && cache !== 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE) {
          const w = o >>> 2;
          if (
            I32[w + L.INSTANCE_SHAPE] === I32[cache + L.ICACHE_SHAPE] &&
            I32[(I32[w + 2] >>> 2) + L.TYPE_VERSION] === I32[cache + L.ICACHE_VERSION] &&
            ((v & 1) !== 0 || I32[w + 3] === I32[C + L.CAR_OWNER])
          ) {
            I32[w + I32[cache + L.ICACHE_SLOT]] = v;
            if ((v & 1) === 0) barrier(o, v);
            sp = (sp - 2) | 0;
            break;
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        if (slow.storeAttr(o, v, S + arg * 2) === 0) return THREW;
        sp = (sp - 2) | 0;
        break;
      }
      case O.OP_BINARY_ADD: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & b & 1) !== 0) {
          // Wraps around; V8 need not look for an overflow, nor give the function's code up at the first one.
          const t = (((a - 1) | 0) + b) | 0;
          if (((a ^ t) & (b ^ t)) >= 0) {
            sp = (sp - 1) | 0;
            I32[sp - 1] = t;
            break;
          }
        } else if ((a & 7) === 2 && (b & 7) === 2) {
          const r = I32[C + L.CAR_BUMP];
          if (((I32[C + L.CAR_LIMIT] - r) | 0) >= 8 && !stressRuns) {
            I32[C + L.CAR_BUMP] = (r + 8) | 0;
            F64[r >>> 3] = F64[a >>> 3] + F64[b >>> 3];
            sp = (sp - 1) | 0;
            I32[sp - 1] = r | 2;
            break;
          }
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_SUB: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & b & 1) !== 0) {
          const t = (a - ((b - 1) | 0)) | 0;
          if (((a ^ b) & (a ^ t)) >= 0) {
            sp = (sp - 1) | 0;
            I32[sp - 1] = t;
            break;
          }
        } else if ((a & 7) === 2 && (b & 7) === 2) {
          const r = I32[C + L.CAR_BUMP];
          if (((I32[C + L.CAR_LIMIT] - r) | 0) >= 8 && !stressRuns) {
            I32[C + L.CAR_BUMP] = (r + 8) | 0;
            F64[r >>> 3] = F64[a >>> 3] - F64[b >>> 3];
            sp = (sp - 1) | 0;
            I32[sp - 1] = r | 2;
            break;
          }
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_MUL: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & b & 1) !== 0) {
          // A product of doubles from the first time on, which is exact in this range.
          const t = (a >> 1) * (b * 0.5 - 0.5);
          if (t >= -0x40000000 && t <= 0x3fffffff) {
            sp = (sp - 1) | 0;
            I32[sp - 1] = (t << 1) | 1;
            break;
          }
        } else if ((a & 7) === 2 && (b & 7) === 2) {
          const r = I32[C + L.CAR_BUMP];
          if (((I32[C + L.CAR_LIMIT] - r) | 0) >= 8 && !stressRuns) {
            I32[C + L.CAR_BUMP] = (r + 8) | 0;
            F64[r >>> 3] = F64[a >>> 3] * F64[b >>> 3];
            sp = (sp - 1) | 0;
            I32[sp - 1] = r | 2;
            break;
          }
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_AND: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & b & 1) !== 0) {
          sp = (sp - 1) | 0;
          I32[sp - 1] = a & b;
          break;
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_MOD: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & b & 1) !== 0 && a > 0 && b > 1) {
          sp = (sp - 1) | 0;
          I32[sp - 1] = (((a >> 1) % (b >> 1)) << 1) | 1;
          break;
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_FLOORDIV: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & b & 1) !== 0 && a > 0 && b > 1) {
          sp = (sp - 1) | 0;
          I32[sp - 1] = ((((a >> 1) / (b >> 1)) | 0) << 1) | 1;
          break;
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_TRUEDIV: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        if ((a & 7) === 2 && (b & 7) === 2 && F64[b >>> 3] !== 0) {
          const r = I32[C + L.CAR_BUMP];
          if (((I32[C + L.CAR_LIMIT] - r) | 0) >= 8 && !stressRuns) {
            I32[C + L.CAR_BUMP] = (r + 8) | 0;
            F64[r >>> 3] = F64[a >>> 3] / F64[b >>> 3];
            sp = (sp - 1) | 0;
            I32[sp - 1] = r | 2;
            break;
          }
        }
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_BINARY_OR:
      case O.OP_BINARY_XOR:
      case O.OP_BINARY_LSHIFT:
      case O.OP_BINARY_RSHIFT:
      case O.OP_BINARY_POW:
      case O.OP_BINARY_MATMUL: {
        if (slow.binaryTop(ins & 0xff, fp, pc, sp, arg) === 0) return THREW;
        sp = (sp - 1) | 0;
        break;
      }
      case O.OP_COMPARE_LT:
      case O.OP_COMPARE_LE:
      case O.OP_COMPARE_EQ:
      case O.OP_COMPARE_NE:
      case O.OP_COMPARE_GT:
      case O.OP_COMPARE_GE: {
        const b = I32[sp - 1];
        const a = I32[sp - 2];
        let r: number;
        if ((a & b & 1) !== 0) {
          const order = a < b ? LESS : a === b ? EQUAL : GREATER;
          r = ((ORDERS >> (((ins & 0xff) - O.OP_COMPARE_LT) << 2)) & order) !== 0 ? TRUE : FALSE;
        } else if ((a & 7) === 2 && (b & 7) === 2) {
          const x = F64[a >>> 3];
          const y = F64[b >>> 3];
          const order = x < y ? LESS : x === y ? EQUAL : x > y ? GREATER : UNORDERED;
          r = ((ORDERS >> (((ins & 0xff) - O.OP_COMPARE_LT) << 2)) & order) !== 0 ? TRUE : FALSE;
        } else {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = sp;
          r = slow.compare((ins & 0xff) - O.OP_COMPARE_LT, a, b);
          if (r === 0) return THREW;
        }
        // Most comparisons decide a jump: take it here.
        const next = I32[pc];
        if ((next & 0xff) === O.OP_POP_JUMP_IF_FALSE && (r === TRUE || r === FALSE)) {
          pc = (pc + 1 + (r === FALSE ? next >> 8 : 0)) | 0;
          sp = (sp - 2) | 0;
          break;
        }
        sp = (sp - 1) | 0;
        I32[sp - 1] = r;
        break;
      }
      case O.OP_IS_OP:
        sp = (sp - 1) | 0;
        I32[sp - 1] = slow.identical(I32[sp - 1], I32[sp]) === (arg === 0) ? TRUE : FALSE;
        break;
      case O.OP_JUMP_FORWARD:
        pc = (pc + arg) | 0;
        break;
      case O.OP_JUMP_BACKWARD:
        pc = (pc + arg) | 0;
        fuel = (fuel - 1) | 0;
        if (fuel < 0 || I32[C + L.CAR_POLL] !== 0) {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = sp;
          if (safepoint() !== 0) return AGAIN;
          // An exception is raised by the jump itself: its handlers are those around it.
          if (I32[C + L.CAR_SUSPEND] === 0) I32[fp + L.F_PC] = (pc - arg) | 0;
          return THREW;
        }
        break;
      case O.OP_POP_JUMP_IF_FALSE: {
        sp = (sp - 1) | 0;
        const v = I32[sp];
        if (v === FALSE) pc = (pc + arg) | 0;
        else if (v !== TRUE) {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = (sp + 1) | 0;
          const t = isTrue(v);
          if (t < 0) return THREW;
          if (t === 0) pc = (pc + arg) | 0;
        }
        break;
      }
      case O.OP_POP_JUMP_IF_TRUE: {
        sp = (sp - 1) | 0;
        const v = I32[sp];
        if (v === TRUE) pc = (pc + arg) | 0;
        else if (v !== FALSE) {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = (sp + 1) | 0;
          const t = isTrue(v);
          if (t < 0) return THREW;
          if (t === 1) pc = (pc + arg) | 0;
        }
        break;
      }
      case O.OP_POP_JUMP_IF_NONE:
        sp = (sp - 1) | 0;
        if (I32[sp] === NONE) pc = (pc + arg) | 0;
        break;
      case O.OP_POP_JUMP_IF_NOT_NONE:
        sp = (sp - 1) | 0;
        if (I32[sp] !== NONE) pc = (pc + arg) | 0;
        break;
      case O.OP_UNARY_NOT: {
        const v = I32[sp - 1];
        if (v === TRUE || v === FALSE) {
          I32[sp - 1] = v === TRUE ? FALSE : TRUE;
          break;
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        const t = isTrue(v);
        if (t < 0) return THREW;
        I32[sp - 1] = t === 0 ? TRUE : FALSE;
        break;
      }
      case O.OP_BINARY_SUBSCR: {
        const o = I32[sp - 2];
        const k = I32[sp - 1];
        if ((k & 1) !== 0 && k > 0 && (o & 7) === 0) {
          const w = o >>> 2;
          const head = I32[w] & (0xff | L.FLAG_SUBCLASS);
          if (head === L.KIND_LIST && I32[w + 3] === I32[C + L.CAR_OWNER] && k >> 1 < I32[w + L.LIST_LENGTH]) {
            sp = (sp - 1) | 0;
            I32[sp - 1] = I32[(I32[w + L.LIST_ITEMS] >>> 2) + L.ARRAY_ITEMS + (k >> 1)];
            break;
          }
          if (head === L.KIND_TUPLE && k >> 1 < I32[w + L.TUPLE_LENGTH]) {
            sp = (sp - 1) | 0;
            I32[sp - 1] = I32[w + L.TUPLE_ITEMS + (k >> 1)];
            break;
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        begin(fp);
        const r = slow.subscript(I32[sp - 2], I32[sp - 1]);
        if (r === 0) return THREW;
        sp = (sp - 1) | 0;
        I32[sp - 1] = r;
        break;
      }
      case O.OP_STORE_SUBSCR: {
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        begin(fp);
        if (slow.storeSubscript(I32[sp - 2], I32[sp - 1], I32[sp - 3]) === 0) return THREW;
        sp = (sp - 3) | 0;
        break;
      }
      case O.OP_FOR_ITER: {
        const it = I32[sp - 1];
        if ((it & 7) === 0) {
          const w = it >>> 2;
          if (I32[w + 2] === RANGE_ITERATOR && I32[w + L.ITER_A] === 0) {
            const left = I32[w + L.ITER_END];
            if (left > 0) {
              const value = I32[w + L.ITER_INDEX];
              I32[w + L.ITER_END] = (left - 1) | 0;
              I32[w + L.ITER_INDEX] = (value + I32[w + L.ITER_STEP]) | 0;
              I32[sp] = (value << 1) | 1;
              sp = (sp + 1) | 0;
              break;
            }
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        if ((it & 7) === 0 && (I32[it >>> 2] & 0xff) === L.KIND_GENERATOR) {
          // Resume in this loop; the generator's end takes the jump (call.finishGenerator).
          const gf = call.resumeForIter(it, fp);
          if (gf > 0) {
            fp = gf;
            pc = I32[fp + L.F_PC];
            sp = I32[fp + L.F_SP];
            code = I32[fp + L.F_CODE] >>> 2;
            K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
            S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
            break;
          }
          if (gf < 0) return THREW;
          sp = (sp - 1) | 0;
          pc = (pc + arg) | 0;
          break;
        }
        const v = slow.iterNext(it);
        if (v === 0) {
          if (I32[C + L.CAR_EXCEPTION] !== 0) return THREW;
          sp = (sp - 1) | 0;
          pc = (pc + arg) | 0;
          break;
        }
        I32[sp] = v;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_CALL: {
        let callee = I32[sp - arg - 2];
        let n = arg;
        if (I32[sp - arg - 1] !== 0) n = (n + 1) | 0;
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        if ((callee & 7) === 0) {
          let head = I32[callee >>> 2] & 0xff;
          if (head === L.KIND_METHOD && n === arg) {
            I32[sp - arg - 1] = I32[(callee >>> 2) + L.METHOD_SELF];
            callee = I32[(callee >>> 2) + L.METHOD_FUNCTION];
            n = (n + 1) | 0;
            head = (callee & 7) === 0 ? I32[callee >>> 2] & 0xff : -1;
            I32[sp - arg - 2] = callee;
          }
          if (head === L.KIND_FUNCTION) {
            const w = callee >>> 2;
            const target = I32[w + L.FUNCTION_CODE] >>> 2;
            fuel = (fuel - 1) | 0;
            if (I32[target + L.CODE_SIMPLE_ARGS] === n && fuel >= 0 && I32[C + L.CAR_POLL] === 0) {
              let nf = (I32[fp + L.F_FLAGS] & CTX_GENERATOR) !== 0 ? I32[fp + L.F_SPARE] : sp;
              let flags = 0;
              const depth = (I32[C + L.CAR_DEPTH] + 1) | 0;
              if (depth > I32[C + L.CAR_RECURSION_LIMIT]) {
                slow.recursionError();
                return THREW;
              }
              if (nf + I32[target + L.CODE_FRAME_WORDS] > I32[C + L.CAR_SEGMENT_END]) {
                nf = nextSegment(I32[target + L.CODE_FRAME_WORDS]);
                flags = CTX_SEGMENT;
              }
              I32[C + L.CAR_DEPTH] = depth;
              const locals = (nf + L.F_LOCALS) | 0;
              const from = (sp - n) | 0;
              for (let i = 0; i < n; i = (i + 1) | 0) I32[locals + i] = I32[from + i];
              const slots = I32[target + L.CODE_NLOCALS];
              for (let i = n; i < slots; i = (i + 1) | 0) I32[locals + i] = 0;
              I32[fp + L.F_SP] = (sp - arg - 2) | 0;
              I32[nf + L.F_PREVIOUS] = fp;
              I32[nf + L.F_CODE] = target << 2;
              I32[nf + L.F_ENTRY] = I32[C + L.CAR_BUMP];
              I32[nf + L.F_RETURN_VALUE] = 0;
              I32[nf + L.F_FLAGS] = flags;
              I32[nf + L.F_FUNCTION] = callee;
              I32[nf + L.F_GLOBALS] = I32[w + L.FUNCTION_GLOBALS];
              I32[nf + L.F_BUILTINS] = I32[w + L.FUNCTION_BUILTINS];
              I32[nf + L.F_ENVIRONMENT] = I32[w + L.FUNCTION_ENVIRONMENT];
              I32[nf + L.F_GENERATOR] = 0;
              I32[nf + L.F_FRAME_OBJECT] = 0;
              I32[nf + L.F_LOCALS_DICT] = 0;
              I32[C + L.CAR_CONTEXT] = nf;
              I32[C + L.CAR_PUSHED] = (I32[C + L.CAR_PUSHED] + 1) | 0;
              fp = nf;
              sp = (locals + slots) | 0;
              code = target;
              pc = I32[code + L.CODE_ENTRY_PC];
              K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
              S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
              break;
            }
            if (fuel < 0 || I32[C + L.CAR_POLL] !== 0) {
              I32[fp + L.F_PC] = (pc - 1) | 0;
              const go = safepoint();
              if (go !== 0 && fuel < 0) return AGAIN;
              if (I32[C + L.CAR_SUSPEND] === 0) I32[fp + L.F_PC] = pc;
              if (go === 0) return THREW;
            }
          }
        }
        // Anything else: 0 error, PUSHED, else the result.
        begin(fp);
        const r = call.callFromStack(callee, sp - n, n, 0, sp - arg - 2);
        if (r === 0) return THREW;
        if (r === call.PUSHED) {
          fp = I32[C + L.CAR_CONTEXT];
          pc = I32[fp + L.F_PC];
          sp = I32[fp + L.F_SP];
          code = I32[fp + L.F_CODE] >>> 2;
          K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
          S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
          break;
        }
        sp = (sp - arg - 1) | 0;
        I32[sp - 1] = r;
        break;
      }
      case O.OP_RETURN_VALUE: {
        let v = I32[sp - 1];
        const flags = I32[fp + L.F_FLAGS];
        if (flags !== 0) {
          I32[fp + L.F_PC] = pc;
          I32[fp + L.F_SP] = sp;
          v = call.returnSlow(fp, v);
          if (v === 0) return (flags & (CTX_ENTRY | CTX_GENERATOR)) === (CTX_ENTRY | CTX_GENERATOR) ? ENDED : THREW;
          if ((flags & CTX_ENTRY) !== 0) return v;
          fp = I32[C + L.CAR_CONTEXT];
          pc = I32[fp + L.F_PC];
          sp = I32[fp + L.F_SP];
          code = I32[fp + L.F_CODE] >>> 2;
          K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
          S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
          if (v === call.PUSHED) break; // the value was delivered
          I32[sp] = v;
          sp = (sp + 1) | 0;
          break;
        }
        I32[fp + L.F_RETURN_VALUE] = v;
        if (I32[C + L.CAR_BUMP] !== I32[fp + L.F_ENTRY]) reclaimAtReturn(fp, v);
        fp = I32[fp + L.F_PREVIOUS];
        I32[C + L.CAR_CONTEXT] = fp;
        I32[C + L.CAR_DEPTH] = (I32[C + L.CAR_DEPTH] - 1) | 0;
        pc = I32[fp + L.F_PC];
        sp = I32[fp + L.F_SP];
        code = I32[fp + L.F_CODE] >>> 2;
        K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
        S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
        I32[sp] = v;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_RESUME:
        break;
      case O.OP_YIELD_VALUE: {
        // Back to whoever resumed; the frame stays in the generator.
        const v = I32[sp - 1];
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = (sp - 1) | 0;
        const entry = I32[fp + L.F_FLAGS] & CTX_ENTRY;
        const r = call.yieldValue(fp, v);
        if (entry !== 0) return r;
        fp = I32[C + L.CAR_CONTEXT];
        pc = I32[fp + L.F_PC];
        sp = I32[fp + L.F_SP];
        code = I32[fp + L.F_CODE] >>> 2;
        K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
        S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
        I32[sp] = r;
        sp = (sp + 1) | 0;
        break;
      }
      case O.OP_UNPACK_SEQUENCE: {
        const o = I32[sp - 1];
        if ((o & 7) === 0 && (I32[o >>> 2] & (0xff | L.FLAG_SUBCLASS)) === L.KIND_TUPLE) {
          const items = ((o >>> 2) + L.TUPLE_ITEMS) | 0;
          if (I32[(o >>> 2) + L.TUPLE_LENGTH] === arg) {
            sp = (sp + arg - 1) | 0;
            for (let i = 0; i < arg; i = (i + 1) | 0) I32[sp - 1 - i] = I32[items + i];
            break;
          }
        }
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        if (slow.rare(O.OP_UNPACK_SEQUENCE, arg, fp) === 0) return THREW;
        sp = I32[fp + L.F_SP];
        break;
      }
      case O.OP_BUILD_TUPLE: {
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        const r = slow.buildTuple(sp - arg, arg);
        sp = (sp - arg + 1) | 0;
        I32[sp - 1] = r;
        break;
      }
      case O.OP_BUILD_LIST: {
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        const r = slow.buildList(sp - arg, arg);
        sp = (sp - arg + 1) | 0;
        I32[sp - 1] = r;
        break;
      }
      case O.OP_LIST_APPEND:
        sp = (sp - 1) | 0;
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = (sp + 1) | 0;
        slow.listAppend(I32[sp - arg], I32[sp]);
        break;
      default: {
        // Rare instructions work on the frame: they read and write F_SP and F_PC themselves.
        I32[fp + L.F_PC] = pc;
        I32[fp + L.F_SP] = sp;
        const r = slow.rare(ins & 0xff, arg, fp);
        if (r === 0) return THREW;
        fp = I32[C + L.CAR_CONTEXT];
        pc = I32[fp + L.F_PC];
        sp = I32[fp + L.F_SP];
        if (r === -1) {
          code = I32[fp + L.F_CODE] >>> 2;
          K = (I32[code + L.CODE_CONSTS] >>> 2) + L.ARRAY_ITEMS;
          S = (I32[code + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS;
        } else if (r === -3) return I32[C + L.CAR_SCRATCH_1]; // the entry frame returned (RETURN_GENERATOR)
      }
    }
  }
}
