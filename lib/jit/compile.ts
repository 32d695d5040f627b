/** The source for a code object, from an instruction on: its start, or the head of a loop. */
import { CARRIER } from '../heap/carrier.js';
import { NONE } from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import * as O from '../compiler/opcodes.js';
import { T_RANGE_ITERATOR } from '../objects/type-ids.js';
import * as arithmetic from './arithmetic.js';
import * as attributes from './attributes.js';
import type { Body } from './body.js';
import { call, prologue, returnValue } from './calls.js';
import { Emitter } from './emitter.js';
import { type Block, blocksFrom, popsOf, pushesOf, type Support } from './flow.js';
import type { FunctionSource } from './link.js';
import { structure } from './structure.js';
import { ENDED } from './support.js';

const I32 = i32;
const C = CARRIER;
const RANGE_ITERATOR = L.TYPES_BASE + T_RANGE_ITERATOR * L.TYPE_BYTES;

/** Instructions that the interpreter does: they are of generators, handlers and classes, or go somewhere else. */
const LEFT = new Set<number>([
  ...[O.OP_RETURN_GENERATOR, O.OP_YIELD_VALUE, O.OP_GET_YIELD_FROM_ITER, O.OP_SEND, O.OP_END_SEND, O.OP_CLEANUP_THROW],
  ...[O.OP_GET_AWAITABLE, O.OP_GET_AITER, O.OP_GET_ANEXT, O.OP_END_ASYNC_FOR, O.OP_IMPORT_NAME, O.OP_IMPORT_FROM],
  ...[O.OP_RERAISE, O.OP_PUSH_EXC_INFO, O.OP_POP_EXCEPT, O.OP_CHECK_EXC_MATCH, O.OP_CHECK_EG_MATCH],
  ...[O.OP_WITH_EXCEPT_START, O.OP_LOAD_BUILD_CLASS, O.OP_SETUP_ANNOTATIONS, O.OP_RAISE_VARARGS],
  ...[O.OP_LOAD_BODY, O.OP_ENTER_COMPILED],
]);
const JUMPS = new Set<number>([
  ...[O.OP_JUMP_FORWARD, O.OP_JUMP_BACKWARD, O.OP_POP_JUMP_IF_FALSE, O.OP_POP_JUMP_IF_TRUE],
  ...[O.OP_POP_JUMP_IF_NONE, O.OP_POP_JUMP_IF_NOT_NONE, O.OP_FOR_ITER],
]);

function supports(ins: number): Support {
  const op = ins & 0xff;
  if (LEFT.has(op) || O.ROW_OF[op] === undefined) return 'leave';
  return JUMPS.has(op) ? 'jump' : 'yes';
}

type Handler = (e: Emitter, arg: number, next: number) => void;

function loadChecked(e: Emitter, slot: number, next: number): void {
  const fail = `${e.spill(next)}return unbound(${e.body.word}, ${slot}, 0);`;
  e.line(`if (l${slot} === 0) { ${fail} }`);
  e.pushLocal(slot);
}

function loadAndClear(e: Emitter, slot: number): void {
  e.line(`t = l${slot};`);
  e.store(slot, { text: '0' });
  e.line(`${e.pushVariable()} = t;`);
}

function loadDeref(e: Emitter, slot: number, next: number): void {
  const fail = `${e.spill(next)}return unbound(${e.body.word}, ${slot}, 1);`;
  e.line(`if ((t = I[(l${slot} >>> 2) + ${L.CELL_VALUE}]) === 0) { ${fail} }`);
  e.line(`${e.pushVariable()} = t;`);
}

function storeDeref(e: Emitter, slot: number, next: number): void {
  const v = e.top().text;
  const spill = e.spill(next);
  e.pop();
  e.line(
    `if ((${v} & 1) === 0) { ${spill}storeCell(l${slot}, ${v}); } else I[(l${slot} >>> 2) + ${L.CELL_VALUE}] = ${v};`,
  );
}

function swap(e: Emitter, arg: number): void {
  const [i, j] = [e.depth - 1, e.depth - arg];
  e.settleAt(i);
  e.settleAt(j);
  e.line(`t = s${i}; s${i} = s${j}; s${j} = t;`);
  e.stack[i] = { text: `s${i}` };
  e.stack[j] = { text: `s${j}` };
}

function copy(e: Emitter, arg: number): void {
  const item = e.top(arg);
  if (item.constant !== undefined || item.local !== undefined) e.stack.push(item);
  else e.line(`${e.pushVariable()} = ${item.text};`);
}

function subscript(e: Emitter, _: number, next: number): void {
  const [o, k] = [e.top(2).text, e.top(1).text];
  const to = `s${e.depth - 2}`;
  const spill = e.spill(next);
  e.line(
    `q = 0; if ((${k} & 1) !== 0 && ${k} > 0 && (${o} & 7) === 0) { w = ${o} >>> 2; k = I[w] & ${0xff | L.FLAG_SUBCLASS}; ` +
      `if (k === ${L.KIND_LIST}) { if (I[w + 3] === I[${C + L.CAR_OWNER}] && ${k} >> 1 < I[w + ${L.LIST_LENGTH}]) ` +
      `q = I[(I[w + ${L.LIST_ITEMS}] >>> 2) + ${L.ARRAY_ITEMS} + (${k} >> 1)]; } ` +
      `else if (k === ${L.KIND_TUPLE} && ${k} >> 1 < I[w + ${L.TUPLE_LENGTH}]) q = I[w + ${L.TUPLE_ITEMS} + (${k} >> 1)]; }`,
  );
  e.line(
    `if (q === 0) { ${spill}if ((q = subscript(fp, ${o}, ${k})) === 0) return 0; ${e.checkFrame('q', e.depth - 1)} } ${to} = q;`,
  );
  e.pop(2);
  e.pushVariable();
}

/** After an instruction without a result, whose operands are popped. */
const checkNothing = (e: Emitter): string =>
  `if (I[fp + ${L.F_FRAME_OBJECT}] !== 0) { I[fp + ${L.F_SP}] = ${e.place(e.depth)}; return leave(); }`;

function storeSubscript(e: Emitter, _: number, next: number): void {
  const [v, o, k] = [e.top(3).text, e.top(2).text, e.top(1).text];
  const spill = e.spill(next);
  e.pop(3);
  e.line(`${spill}if (storeSubscript(fp, ${o}, ${k}, ${v}) === 0) return 0; ${checkNothing(e)}`);
}

function build(name: 'buildTuple' | 'buildList'): Handler {
  return (e, n, next) => {
    e.line(e.spill(next));
    const first = e.place(e.depth - n);
    e.pop(n);
    e.line(`${e.pushVariable()} = ${name}(${first}, ${n});`);
  };
}

function listAppend(e: Emitter, arg: number, next: number): void {
  const v = e.top().text;
  e.line(e.spill(next));
  e.pop();
  e.line(`listAppend(${e.top(arg).text}, ${v});`);
}

function unpack(e: Emitter, n: number, next: number): void {
  const o = e.top().text;
  const base = e.depth - 1;
  const spill = e.spill(next);
  e.pop();
  const items = (from: string): string =>
    Array.from({ length: n }, (_, i) => `s${base + i} = I[${from} + ${n - 1 - i}]; `).join('');
  const results = Array.from({ length: n }, (_, i) => `s${base + i} = I[${e.place(base + i)}]; `).join('');
  e.line(
    `if ((${o} & 7) === 0 && (I[w = ${o} >>> 2] & ${0xff | L.FLAG_SUBCLASS}) === ${L.KIND_TUPLE} && ` +
      `I[w + ${L.TUPLE_LENGTH}] === ${n}) { ${items(`w + ${L.TUPLE_ITEMS}`)}} ` +
      `else { ${spill}if (rare(${O.OP_UNPACK_SEQUENCE}, ${n}, fp, depth) === 0) return 0; ${results}}`,
  );
  for (let i = 0; i < n; i++) e.pushVariable();
}

/** The locals that an instruction done by the interpreter's function may change. */
function changedLocals(e: Emitter, op: number, arg: number): number[] {
  if (op === O.OP_MAKE_CELL || op === O.OP_DELETE_FAST) return [arg];
  if (op === O.OP_COPY_FREE_VARS) return Array.from({ length: arg }, (_, i) => e.body.slots - arg + i);
  return [];
}

function rare(e: Emitter, ins: number, next: number): void {
  const [op, arg] = [ins & 0xff, ins >> 8];
  // Operands that are locals would change with them.
  e.settle();
  e.line(`${e.spill(next)}if (rare(${op}, ${arg}, fp, depth) === 0) return 0;`);
  for (const n of changedLocals(e, op, arg)) e.line(`l${n} = I[fp + ${L.F_LOCALS + n}];`);
  e.pop(popsOf(ins));
  for (let i = pushesOf(ins); i > 0; i--) {
    const place = e.place(e.depth);
    e.line(`${e.pushVariable()} = I[${place}];`);
  }
}

const isBinary = (op: number): boolean => op >= O.OP_BINARY_ADD && op <= O.OP_BINARY_MATMUL;
const isComparison = (op: number): boolean => op >= O.OP_COMPARE_LT && op <= O.OP_COMPARE_GE;
const isTruthJump = (op: number): boolean => op === O.OP_POP_JUMP_IF_FALSE || op === O.OP_POP_JUMP_IF_TRUE;

const HANDLERS: Partial<Record<number, Handler>> = {
  [O.OP_NOP]: () => {},
  [O.OP_RESUME]: () => {},
  [O.OP_POP_TOP]: (e) => e.pop(),
  [O.OP_COPY]: copy,
  [O.OP_SWAP]: swap,
  [O.OP_PUSH_NULL]: (e) => e.pushConstant(0),
  [O.OP_LOAD_IMM]: (e, arg) => e.pushConstant(arg),
  [O.OP_LOAD_CONST]: (e, arg) => e.pushConstant(I32[e.body.constants + arg]),
  [O.OP_LOAD_FAST]: (e, arg) => e.pushLocal(arg),
  [O.OP_LOAD_FAST_LOAD_FAST]: (e, arg) => {
    e.pushLocal(arg & 0xfff);
    e.pushLocal(arg >> 12);
  },
  [O.OP_LOAD_FAST_LOAD_IMM]: (e, arg) => {
    e.pushLocal(arg & 0xfff);
    e.pushConstant(arg >> 12);
  },
  [O.OP_STORE_FAST_LOAD_FAST]: (e, arg) => {
    storeFast(e, arg & 0xfff);
    e.pushLocal(arg >> 12);
  },
  [O.OP_STORE_FAST_STORE_FAST]: (e, arg) => {
    storeFast(e, arg & 0xfff);
    storeFast(e, arg >> 12);
  },
  [O.OP_STORE_FAST]: storeFast,
  [O.OP_LOAD_FAST_CHECK]: loadChecked,
  [O.OP_LOAD_FAST_AND_CLEAR]: loadAndClear,
  [O.OP_LOAD_DEREF]: loadDeref,
  [O.OP_STORE_DEREF]: storeDeref,
  [O.OP_LOAD_GLOBAL]: attributes.loadGlobal,
  [O.OP_LOAD_NAME]: attributes.loadName,
  [O.OP_STORE_NAME]: (e, arg, next) => attributes.storeName(e, O.OP_STORE_NAME, arg, next),
  [O.OP_STORE_GLOBAL]: (e, arg, next) => attributes.storeName(e, O.OP_STORE_GLOBAL, arg, next),
  [O.OP_LOAD_ATTR]: attributes.loadAttr,
  [O.OP_LOAD_METHOD]: attributes.loadMethod,
  [O.OP_STORE_ATTR]: attributes.storeAttr,
  [O.OP_IS_OP]: (e, arg) => arithmetic.identity(e, arg),
  [O.OP_UNARY_NOT]: (e, _, next) => arithmetic.not(e, next),
  [O.OP_BINARY_SUBSCR]: subscript,
  [O.OP_STORE_SUBSCR]: storeSubscript,
  [O.OP_CALL]: call,
  [O.OP_RETURN_VALUE]: (e, _, next) => returnValue(e, next),
  [O.OP_UNPACK_SEQUENCE]: unpack,
  [O.OP_BUILD_TUPLE]: build('buildTuple'),
  [O.OP_BUILD_LIST]: build('buildList'),
  [O.OP_LIST_APPEND]: listAppend,
};

function storeFast(e: Emitter, slot: number): void {
  const item = e.top();
  e.pop();
  e.store(slot, item);
}

/** Writes an instruction that is no jump; false when it leaves. */
function instruction(e: Emitter, i: number): boolean {
  const ins = e.body.instructions[i];
  const [op, arg] = [ins & 0xff, ins >> 8];
  if (supports(ins) === 'leave') {
    e.line(`${e.spill(i)}return leave();`);
    return false;
  }
  if (isBinary(op)) arithmetic.binary(e, op, arg, i + 1);
  else if (isComparison(op)) arithmetic.compare(e, op, i + 1);
  else {
    const handler = HANDLERS[op];
    if (handler === undefined) rare(e, ins, i + 1);
    else handler(e, arg, i + 1);
  }
  return true;
}

function jumpBackward(e: Emitter, i: number, target: number): void {
  e.settle();
  const fuel = `I[${C + L.CAR_FUEL}]`;
  e.line(
    `if ((${fuel} = ${fuel} - 1 | 0) < 0 || I[${C + L.CAR_POLL}] !== 0) { ${e.spill(target)}` +
      `if (pollLoop(fp, ${e.pc(i + 1)}, depth) === 0) return 0; }`,
  );
}

/** FOR_ITER: the value of a range is made here. Writes the start of `if` for another round. */
function forIter(e: Emitter, i: number, target: number): void {
  e.settle();
  const it = e.top().text;
  const value = `s${e.depth}`;
  e.line(
    `if ((${it} & 7) === 0 && I[(w = ${it} >>> 2) + 2] === ${RANGE_ITERATOR} && I[w + ${L.ITER_A}] === 0 && (k = I[w + ${L.ITER_END}]) > 0) { ` +
      `I[w + ${L.ITER_END}] = k - 1; t = I[w + ${L.ITER_INDEX}]; I[w + ${L.ITER_INDEX}] = t + I[w + ${L.ITER_STEP}] | 0; t = (t << 1) | 1; } ` +
      `else if ((t = nextItem(${it})) === 0) { ${e.spill(i + 1)}if ((t = iterate(fp, ${it}, ${e.pc(target)})) === 0) return 0; }`,
  );
  e.line(`if (t !== ${ENDED}) { ${value} = t;`);
}

function jumpIfNone(e: Emitter, isNone: boolean): void {
  const v = e.top();
  e.pop();
  e.settle();
  e.line(`if (${v.text} ${isNone ? '!==' : '==='} ${NONE}) {`);
}

/** Ends a block by its jump: two ways on, the next instruction's first. */
function conditional(e: Emitter, b: Block, i: number, go: (to: Block) => void): void {
  const ins = e.body.instructions[i];
  const [op, target] = [ins & 0xff, i + 1 + (ins >> 8)];
  let first = 0;
  if (op === O.OP_FOR_ITER) forIter(e, i, target);
  else if (isTruthJump(op)) {
    e.settle();
    arithmetic.ifTrue(e, i + 1, target, op === O.OP_POP_JUMP_IF_TRUE);
    first = op === O.OP_POP_JUMP_IF_TRUE ? 1 : 0;
  } else jumpIfNone(e, op === O.OP_POP_JUMP_IF_NONE);
  branches(e, b, first, go);
}

function branches(e: Emitter, b: Block, first: number, go: (to: Block) => void): void {
  go(b.next[first]);
  e.line('} else {');
  go(b.next[1 - first]);
  e.line('}');
}

/** The comparison before the jump that ends a block, with the jump. */
function comparison(e: Emitter, b: Block, i: number, go: (to: Block) => void): void {
  const [ins, jump] = [e.body.instructions[i], e.body.instructions[i + 1]];
  const ifTrue = (jump & 0xff) === O.OP_POP_JUMP_IF_TRUE;
  for (let n = 0; n < e.depth - 2; n++) e.settleAt(n);
  arithmetic.ifCompared(e, ins & 0xff, i + 2, i + 2 + (jump >> 8), ifTrue);
  branches(e, b, ifTrue ? 1 : 0, go);
}

function block(e: Emitter, b: Block, go: (to: Block) => void): void {
  const { instructions } = e.body;
  e.begin(b);
  for (let i = b.start; i < b.end; i++) {
    const op = instructions[i] & 0xff;
    if (JUMPS.has(op)) {
      if (op === O.OP_JUMP_BACKWARD) jumpBackward(e, i, b.next[0].start);
      if (b.next.length === 2) return conditional(e, b, i, go);
    } else if (isComparison(op) && i + 2 === b.end && isTruthJump(instructions[i + 1] & 0xff)) {
      return comparison(e, b, i, go);
    } else if (!instruction(e, i)) return;
  }
  if (b.next.length === 0) return;
  e.settle();
  go(b.next[0]);
}

/** Names the slots that compiled instructions use. */
function usedSlots(e: Emitter, blocks: readonly Block[]): number[] {
  const used = new Set<number>();
  for (const b of blocks)
    for (let i = b.start; i < b.end; i++) {
      const ins = e.body.instructions[i];
      const [operand, arg] = [O.ROW_OF[ins & 0xff]?.operand, ins >> 8];
      if (operand === 'slot') used.add(arg);
      if (operand === 'slots') used.add(arg >> 12);
      if (operand === 'slots' || operand === 'slot_imm') used.add(arg & 0xfff);
      for (const n of changedLocals(e, ins & 0xff, arg)) used.add(n);
    }
  return [...used].sort((a, b) => a - b);
}

/** The function that runs `body` from instruction `entry` on, where `depth` operands are; undefined for irregular control flow. */
export function sourceOf(body: Body, entry: number, depth: number): FunctionSource | undefined {
  const blocks = blocksFrom(body.instructions, entry, depth, supports);
  if (blocks === undefined) return undefined;
  const e = new Emitter(body, entry === 0);
  structure(blocks[0], { line: (text) => e.line(text), block: (b, go) => block(e, b, go) });
  const slots = usedSlots(e, blocks);
  const start = entry === 0 ? prologue(e, slots) : resume(e, slots, depth);
  return {
    parameters: Array.from({ length: Math.max(0, body.parameters) }, (_, i) => `p${i}`),
    locals: [
      ...TEMPORARIES,
      ...slots.map((n) => `l${n}`),
      ...[...e.known].map((n) => `v${n}`),
      ...Array.from({ length: body.stackSize + 1 }, (_, i) => `s${i}`),
    ],
    text: e.text(start),
  };
}

const TEMPORARIES = ['t', 'k', 'w', 'r', 'q', 'f'];

/** The start of code for a loop: the frame is whole. */
function resume(e: Emitter, slots: readonly number[], depth: number): string[] {
  const locals = slots.map((n) => `l${n} = I[fp + ${L.F_LOCALS + n}]; `);
  const stack = Array.from({ length: depth }, (_, i) => `s${i} = I[${e.place(i)}]; `);
  return [locals.join('') + stack.join(''), ...e.checks()];
}
