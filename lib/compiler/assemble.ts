/** Last step: blocks to packed instructions, with their exception table, positions, constants and sites. */
import type { Located } from '../syntax/ast.js';
import * as code from './code.js';
import { constKey, hasCode, str } from './constants.js';
import { checkLoads } from './definite.js';
import { BRANCH, END, FLOW, JUMP, POP_BLOCK, SETUP } from './effects.js';
import { analyzeFlow, type Blocks, type Handler, shortExit, targetOf } from './flow.js';
import * as op from './opcodes.js';
import { encodePositions } from './positions.js';
import { type Compiler, P_JUMP, P_LOAD_CLOSURE, P_SETUP_FINALLY, P_STORE_FAST_MAYBE_NULL, type Unit } from './unit.js';

/** Code of the current unit. */
export function assemble(c: Compiler): code.CodeUnit {
  const u = c.unit;
  swapStores(u);
  const blocks = analyzeFlow(u);
  checkLoads(u, blocks, parameterCount(u));
  const slots = layoutSlots(u);
  const out = new Assembler(u, blocks, slots.cellSlots);
  out.run();
  return {
    name: u.name,
    qualname: u.qualname,
    filename: c.filename,
    firstlineno: u.firstlineno,
    argcount: u.argcount,
    posonlyargcount: u.posonlyargcount,
    kwonlyargcount: u.kwonlyargcount,
    flags: flagsOf(c),
    nlocals: u.varnames.size,
    localsplusnames: slots.names,
    localspluskinds: slots.kinds,
    varnames: [...u.varnames.keys()],
    cellvars: slots.cellvars,
    freevars: u.freevars,
    stacksize: blocks.maxDepth,
    code: Int32Array.from(out.code),
    consts: out.consts,
    sites: out.sites,
    exceptionTable: out.exceptionTable(),
    positions: encodePositions(out.at),
  };
}

const parameterCount = (u: Unit): number => u.scope.varnames.length;

/** SWAP 2; STORE a; STORE b is STORE b; STORE a; likewise with three. */
function swapStores(u: Unit): void {
  const { ops, args } = u;
  for (let i = 0; i < ops.length; i++) {
    if (ops[i] !== op.OP_SWAP) continue;
    const n = args[i]!;
    if (n > 3 || !storesApart(u, i + 1, n)) continue;
    ops[i] = op.OP_NOP;
    const last = args[i + n]!;
    args[i + n] = args[i + 1]!;
    args[i + 1] = last;
  }
}

/** n stores to different locals, with no label among them. */
function storesApart(u: Unit, from: number, n: number): boolean {
  const seen = new Set<number>();
  for (let i = from; i < from + n; i++) {
    if (u.ops[i] !== op.OP_STORE_FAST || seen.has(u.args[i]!)) return false;
    seen.add(u.args[i]!);
  }
  return !u.labels.some((l) => l >= from && l < from + n);
}

// ---------------------------------------------------------------- slots and flags

interface Slots {
  names: string[];
  kinds: Uint8Array;
  cellvars: string[];
  /** Slot of each index in unit.cells. */
  cellSlots: number[];
}

/** Locals, then cells that are no locals, then free variables. */
function layoutSlots(u: Unit): Slots {
  const names = [...u.varnames.keys()];
  const kinds = names.map(
    (name, i) => parameterKind(u, i) | (u.fastHidden.has(name) ? code.FAST_HIDDEN : 0) | code.FAST_LOCAL,
  );
  const cellSlots: number[] = [];
  for (const name of u.cellvars) {
    const slot = u.varnames.get(name);
    cellSlots.push(slot ?? names.push(name) - 1);
    if (slot === undefined) kinds.push(code.FAST_CELL);
    else kinds[slot]! |= code.FAST_CELL;
  }
  for (const name of u.freevars) {
    cellSlots.push(names.push(name) - 1);
    kinds.push(code.FAST_FREE);
  }
  const cellvars = names.filter((_, i) => kinds[i]! & code.FAST_CELL);
  return { names, kinds: Uint8Array.from(kinds), cellvars, cellSlots };
}

function parameterKind(u: Unit, slot: number): number {
  const { posonlyargcount, argcount, kwonlyargcount, scope } = u;
  if (slot < posonlyargcount) return code.FAST_ARG_POS;
  if (slot < argcount) return code.FAST_ARG_POS | code.FAST_ARG_KW;
  if (slot < argcount + kwonlyargcount) return code.FAST_ARG_KW;
  const extra = slot - argcount - kwonlyargcount;
  const variable = (scope.varargs ? 1 : 0) + (scope.varkeywords ? 1 : 0);
  if (extra >= variable) return 0;
  return code.FAST_ARG_VAR | (scope.varargs && extra === 0 ? code.FAST_ARG_POS : code.FAST_ARG_KW);
}

function flagsOf(c: Compiler): number {
  const { scope, kind } = c.unit;
  let flags = c.future.flags;
  if (scope.type !== 'module' && scope.type !== 'class') {
    flags |= code.CO_NEWLOCALS | code.CO_OPTIMIZED;
    if (scope.nested) flags |= code.CO_NESTED;
    if (scope.generator && !scope.coroutine) flags |= code.CO_GENERATOR;
    if (!scope.generator && scope.coroutine) flags |= code.CO_COROUTINE;
    if (scope.generator && scope.coroutine) flags |= code.CO_ASYNC_GENERATOR;
    if (scope.varargs) flags |= code.CO_VARARGS;
    if (scope.varkeywords) flags |= code.CO_VARKEYWORDS;
    if (scope.method) flags |= code.CO_METHOD;
  }
  if (c.unit.docstring !== null && kind !== 'module') flags |= code.CO_HAS_DOCSTRING;
  return flags;
}

// ---------------------------------------------------------------- instructions

class Assembler {
  readonly code: number[] = [];
  readonly at: (Located | null)[] = [];
  readonly consts: code.Const[] = [];
  readonly sites: string[] = [];
  private readonly constIndex = new Map<string, number>();
  private readonly handlers: (Handler | null)[] = [];
  /** Index of each block's first instruction. */
  private readonly position: Int32Array;
  /** Pairs (instruction, target block). */
  private readonly jumps: number[] = [];
  /** Instructions before this one are not to be merged with what follows. */
  private fence = 0;
  private handler: Handler | null = null;
  private location: Located | null = null;

  constructor(
    private readonly u: Unit,
    private readonly blocks: Blocks,
    private readonly cellSlots: number[],
  ) {
    this.position = new Int32Array(blocks.depth.length).fill(-1);
  }

  run(): void {
    if (this.u.docstring !== null) this.constant(str(this.u.docstring));
    this.prefix();
    const { order } = this.blocks;
    for (let k = 0; k < order.length; k++) {
      if (this.blocks.preds[order[k]!]! > 0) this.block(order[k]!, order[k + 1] ?? -1);
    }
    this.patchJumps();
  }

  private prefix(): void {
    const { freevars, cellvars } = this.u;
    if (freevars.length > 0) this.put(op.OP_COPY_FREE_VARS, freevars.length);
    for (let i = 0; i < cellvars.length; i++) this.put(op.OP_MAKE_CELL, this.cellSlots[i]!);
  }

  private put(opcode: number, arg: number): void {
    if (arg > op.ARG_MAX) throw new Error(`argument ${arg} does not fit in an instruction`);
    this.code.push(op.encode(opcode, arg));
    this.at.push(this.location);
    this.handlers.push(this.handler);
  }

  private block(b: number, next: number): void {
    const { u, blocks } = this;
    this.fence = this.code.length;
    this.position[b] = this.code.length;
    this.handler = blocks.handler[b]!;
    this.location = blocks.location[b]!;
    const end = blocks.first[b + 1]!;
    for (let i = blocks.first[b]!; i < end; i++) {
      const opcode = u.ops[i]!;
      const kind = FLOW[opcode]!;
      this.location = u.at[i] ?? this.location;
      if (kind === SETUP) this.handler = this.setup(i);
      else if (kind === POP_BLOCK) this.handler = this.handler!.parent;
      else if (kind === JUMP) return this.jump(blocks.at[targetOf(u, i)]!, next);
      else if (kind === BRANCH) this.branch(opcode, blocks.at[targetOf(u, i)]!);
      else this.instruction(opcode, u.args[i]!);
      if (kind === END) return;
    }
    this.jump(b + 1, next);
  }

  private setup(i: number): Handler {
    const { u, blocks } = this;
    const block = blocks.at[targetOf(u, i)]!;
    const lasti = u.ops[i] !== P_SETUP_FINALLY;
    return { block, depth: blocks.depth[block]! - (lasti ? 2 : 1), lasti, parent: this.handler };
  }

  private branch(opcode: number, target: number): void {
    this.jumps.push(this.code.length, target);
    this.put(opcode, 0);
    this.fence = this.code.length;
  }

  /** Goes on at a block: by falling through, by a copy of a short exit, or by a jump. */
  private jump(target: number, next: number): void {
    if (target === next) return;
    const exit = shortExit(this.u, this.blocks, target);
    if (exit === null) return this.branch(P_JUMP, target);
    this.blocks.preds[target]!--;
    for (let i = exit[0]; i < exit[1]; i++) {
      this.location = this.u.at[i] ?? this.location;
      this.instruction(this.u.ops[i]!, this.u.args[i]!);
    }
  }

  private instruction(opcode: number, arg: number): void {
    switch (opcode) {
      case op.OP_NOP:
        return;
      case op.OP_LOAD_CONST:
        return this.put(opcode, this.constant(this.u.consts[arg]!));
      case op.OP_LOAD_FAST:
      case op.OP_STORE_FAST:
      case op.OP_LOAD_IMM:
        return this.paired(opcode, arg);
      case P_STORE_FAST_MAYBE_NULL:
        return this.paired(op.OP_STORE_FAST, arg);
      case P_LOAD_CLOSURE:
        return this.put(op.OP_LOAD_FAST, this.cellSlots[arg]!);
      case op.OP_LOAD_DEREF:
      case op.OP_STORE_DEREF:
      case op.OP_DELETE_DEREF:
      case op.OP_LOAD_FROM_DICT_OR_DEREF:
        return this.put(opcode, this.cellSlots[arg]!);
      default:
        return this.put(opcode, HAS_SITE[opcode] ? this.sites.push(this.u.names[arg]!) - 1 : arg);
    }
  }

  /** Merges with the instruction before, where there is an opcode for both. */
  private paired(opcode: number, arg: number): void {
    const i = this.code.length - 1;
    const fits = i >= this.fence && arg < op.PAIR_LIMIT && arg >= -op.PAIR_LIMIT;
    const before = fits ? this.code[i]! : 0;
    const both = pairOf(before & 255, opcode);
    if (both === 0 || before >> 8 >= op.PAIR_LIMIT) return this.put(opcode, arg);
    this.code[i] = op.encode(both, op.pair(before >> 8, arg));
    this.fence = this.code.length;
  }

  private constant(value: code.Const): number {
    if (hasCode(value)) return this.consts.push(value) - 1;
    const key = constKey(value);
    let index = this.constIndex.get(key);
    if (index === undefined) {
      index = this.consts.push(value) - 1;
      this.constIndex.set(key, index);
    }
    return index;
  }

  private patchJumps(): void {
    const n = this.jumps.length;
    for (let k = 0; k < n; k += 2) {
      const i = this.jumps[k]!;
      const block = this.jumps[k + 1]!;
      const opcode = this.code[i]! & 255;
      const delta = this.position[block]! - i - 1;
      if (opcode === P_JUMP) this.code[i] = op.encode(delta < 0 ? op.OP_JUMP_BACKWARD : op.OP_JUMP_FORWARD, delta);
      else this.code[i] = op.encode(opcode, delta < 0 ? this.trampoline(block) - i - 1 : delta);
    }
  }

  /** Branches go forward only: one that would go back is sent to a jump at the end. */
  private trampoline(block: number): number {
    const i = this.code.length;
    this.handler = this.blocks.handler[block]!;
    this.location = this.blocks.location[block]!;
    this.put(op.OP_JUMP_BACKWARD, this.position[block]! - i - 1);
    return i;
  }

  exceptionTable(): Int32Array {
    const rows: number[] = [];
    const { handlers } = this;
    for (let i = 0; i < handlers.length; ) {
      const h = handlers[i]!;
      let end = i + 1;
      while (end < handlers.length && sameHandler(h, handlers[end]!)) end++;
      if (h !== null) rows.push(i, end, this.position[h.block]!, (h.depth << 1) | (h.lasti ? 1 : 0));
      i = end;
    }
    return Int32Array.from(rows);
  }
}

function sameHandler(a: Handler | null, b: Handler | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.block === b.block && a.depth === b.depth && a.lasti === b.lasti;
}

const HAS_SITE = new Uint8Array(256);
for (const row of op.OPCODES) if (row.operand === 'site') HAS_SITE[row.op] = 1;

function pairOf(first: number, second: number): number {
  if (first === op.OP_LOAD_FAST) {
    if (second === op.OP_LOAD_FAST) return op.OP_LOAD_FAST_LOAD_FAST;
    return second === op.OP_LOAD_IMM ? op.OP_LOAD_FAST_LOAD_IMM : 0;
  }
  if (first !== op.OP_STORE_FAST) return 0;
  if (second === op.OP_STORE_FAST) return op.OP_STORE_FAST_STORE_FAST;
  return second === op.OP_LOAD_FAST ? op.OP_STORE_FAST_LOAD_FAST : 0;
}
