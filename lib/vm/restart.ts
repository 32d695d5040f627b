/**
 * Executing an instruction again that failed for want of memory, after a collection: only where it had no effect yet, or has the same effect
 * when done twice. Everything else raises MemoryError (interpreter.ts); the collection has made room then, so a program that tries again succeeds.
 */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import * as O from '../compiler/opcodes.js';
import { toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { isBoundNative } from './native-call.js';

const I32 = i32;
const C = CARRIER;

/** The instruction begun last that may run Python code: its frame, next instruction and operand stack, and the contexts pushed until then. */
export const begun = { context: 0, pc: 0, sp: 0, pushed: 0 };

/** Notes that an instruction begins whose frame, pc and sp are stored. */
export function begin(fp: number): void {
  begun.context = fp;
  begun.pc = I32[fp + L.F_PC];
  begun.sp = I32[fp + L.F_SP];
  begun.pushed = I32[C + L.CAR_PUSHED];
}

/** How often an instruction is tried again in a row: more would be for ever when what it needs does not fit together. */
const TRIES = 2;
const last = { context: 0, pc: 0, tries: 0 };

/** The thread went on since the last failure. */
export function progress(): void {
  last.tries = 0;
}

/** Instructions that can be done again, and how many operands must hold no position in something else (see `plain`). */
const AGAIN = new Map<number, number>([
  ...[O.OP_BUILD_TUPLE, O.OP_BUILD_LIST, O.OP_BUILD_SET, O.OP_BUILD_MAP, O.OP_BUILD_STRING, O.OP_BUILD_SLICE].map(none),
  ...[O.OP_LIST_APPEND, O.OP_SET_ADD, O.OP_MAP_ADD, O.OP_MAKE_FUNCTION, O.OP_MAKE_CELL].map(none),
  ...[O.OP_FORMAT_SIMPLE, O.OP_FORMAT_WITH_SPEC, O.OP_CONVERT_VALUE, O.OP_BINARY_SUBSCR, O.OP_BINARY_SLICE].map(none),
  ...[O.OP_UNARY_NEG, O.OP_UNARY_POS, O.OP_UNARY_INVERT].map(none),
  ...[O.OP_LIST_EXTEND, O.OP_SET_UPDATE, O.OP_DICT_UPDATE, O.OP_DICT_MERGE, O.OP_UNPACK_SEQUENCE, O.OP_UNPACK_EX].map(
    one,
  ),
  [O.OP_STORE_SUBSCR, 3],
  [O.OP_STORE_SLICE, 4],
]);

function none(op: number): [number, number] {
  return [op, 0];
}
function one(op: number): [number, number] {
  return [op, 1];
}

const PLAIN_KINDS = new Set<number>([
  L.KIND_STR,
  L.KIND_BIGINT,
  L.KIND_BYTES,
  L.KIND_BYTEARRAY,
  L.KIND_TUPLE,
  L.KIND_LIST,
  L.KIND_DICT,
  L.KIND_SET,
  L.KIND_FROZENSET,
  L.KIND_RANGE,
  L.KIND_SLICE,
  L.KIND_COMPLEX,
  L.KIND_TYPE,
  L.KIND_MEMORYVIEW,
]);

/** Numbers, strings and containers: reading them changes nothing, as reading a file or an iterator does. */
function plain(h: number): boolean {
  if (h === 0 || (h & 7) !== 0) return true;
  const head = I32[h >>> 2];
  return (head & L.FLAG_SUBCLASS) === 0 && PLAIN_KINDS.has(head & 0xff);
}

function allPlain(from: number, to: number): boolean {
  for (let w = from; w < to; w++) if (!plain(I32[w])) return false;
  return true;
}

/** Functions of these modules compute from their arguments alone. */
const PURE_MODULES = new Set(['math', '_struct', 'zlib', 'binascii', 'marshal', '_json', 'itertools', '_operator']);
const PURE_BUILTINS = new Set(
  'abs ascii bin chr divmod format hex len max min oct ord pow repr round sorted sum sorted'.split(' '),
);
/** Methods of containers that have done half when memory ends. */
const PARTIAL = new Set(['popitem', 'symmetric_difference_update', '__ixor__']);

/** Does a call of built-in function `f` with plain arguments change nothing that shows when it is made again? */
function pureNative(f: number): boolean {
  const w = f >>> 2;
  const name = toJS(I32[w + L.NATIVE_NAME]);
  const self = I32[w + L.NATIVE_SELF];
  const module = I32[w + L.NATIVE_MODULE];
  if (I32[w + L.NATIVE_OWNER] !== 0) return plain(self) && !PARTIAL.has(name);
  if (module === 0) return false;
  return toJS(module) === 'builtins' ? PURE_BUILTINS.has(name) : PURE_MODULES.has(toJS(module));
}

/** Built-in classes whose instances are made of plain values alone. */
const pureType = (t: number): boolean =>
  T.isBuiltinType(t) && (PLAIN_KINDS.has(T.typeId(t)) || PURE_TYPES.has(T.typeId(t)));
const PURE_TYPES = new Set<number>([T.T_INT, T.T_FLOAT, T.T_BOOL, T.T_ENUMERATE, T.T_ZIP, T.T_MAP]);

/** A call: callee, self or NULL, arguments up to `end`. */
function callAgain(callee: number, self: number, end: number): boolean {
  if ((callee & 7) !== 0) return false;
  switch (I32[callee >>> 2] & 0xff) {
    case L.KIND_NATIVE:
      // The self of a bound one is put in place of the NULL.
      if (isBoundNative(callee)) I32[self] = 0;
      return allPlain(self, end) && pureNative(callee);
    case L.KIND_TYPE:
      return allPlain(self, end) && pureType(callee);
    case L.KIND_FUNCTION:
      return true;
    case L.KIND_METHOD:
      // Its self is put in place of the NULL.
      I32[self] = 0;
      return true;
    default:
      return false;
  }
}

function mayRepeat(op: number, arg: number, sp: number): boolean {
  if (op === O.OP_CALL) return callAgain(I32[sp - arg - 2], sp - arg - 1, sp);
  if (op === O.OP_CALL_KW) return callAgain(I32[sp - arg - 3], sp - arg - 2, sp - 1);
  if (op >= O.OP_BINARY_ADD && op <= O.OP_BINARY_MATMUL)
    return arg === 0 || (op !== O.OP_BINARY_XOR && plain(I32[sp - 1]));
  const operands = AGAIN.get(op);
  return operands !== undefined && allPlain(sp - operands, sp);
}

/** Has this instruction failed too often in a row? */
function tooOften(fp: number, pc: number): boolean {
  if (last.context !== fp || last.pc !== pc) last.tries = 0;
  last.context = fp;
  last.pc = pc;
  return ++last.tries > TRIES;
}

/**
 * After a failure for want of memory: makes the current frame ready to execute its instruction again, and says whether it may. No effect of the
 * instruction shows: it has run no Python code, and is one that can be done again.
 */
export function restart(): boolean {
  const fp = I32[C + L.CAR_CONTEXT];
  const pc = I32[fp + L.F_PC];
  const ins = I32[pc - 1];
  const noted = begun.context === fp && begun.pc === pc;
  if (noted ? begun.pushed !== I32[C + L.CAR_PUSHED] : !RUNS_NOTHING.has(ins & 0xff)) return false;
  const sp = noted ? begun.sp : I32[fp + L.F_SP];
  if (!mayRepeat(ins & 0xff, ins >> 8, sp) || tooOften(fp, pc)) return false;
  I32[fp + L.F_SP] = sp;
  I32[fp + L.F_PC] = pc - 1;
  return true;
}

/** Instructions that never run Python code and root nothing: they are not noted. */
const RUNS_NOTHING = new Set<number>([O.OP_BUILD_TUPLE, O.OP_BUILD_LIST, O.OP_LIST_APPEND]);
