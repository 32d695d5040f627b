/**
 * Control flow of a code object's bytecode, from one instruction on: basic blocks, their order, dominators and loops. What only exception handlers
 * reach is not there: handlers run in the interpreter.
 */
import * as O from '../compiler/opcodes.js';

export interface Block {
  /** Its first instruction, and the one behind its last. */
  readonly start: number;
  end: number;
  /** Values on the operand stack at its start. */
  readonly depth: number;
  /** Blocks that may follow: the next instruction's first, then the jump's target. */
  next: Block[];
  /** Its place in reverse postorder. */
  order: number;
  /** Blocks that jump forward to it, and whether any jumps back. */
  forward: number;
  isLoop: boolean;
  dominator: Block | undefined;
  /** Blocks that it dominates immediately, in reverse postorder. */
  children: Block[];
}

/** What compiled code does with an instruction. */
export type Support = 'yes' | 'jump' | 'leave';

const count = (n: O.StackCount, arg: number): number => (typeof n === 'number' ? n : n(arg));

const row = (ins: number): O.OpRow => O.ROW_OF[ins & 0xff]!;
export const popsOf = (ins: number): number => count(row(ins).pops, ins >> 8);
export const pushesOf = (ins: number): number => count(row(ins).pushes, ins >> 8);
const takenOf = (ins: number): number => count(row(ins).taken, ins >> 8);

const isJump = (ins: number): boolean => row(ins).operand === 'jump';
const target = (i: number, ins: number): number => i + 1 + (ins >> 8);

/** The first instructions of blocks. */
function leaders(code: Int32Array, entry: number): Set<number> {
  const out = new Set([entry]);
  code.forEach((ins, i) => {
    if (isJump(ins)) out.add(target(i, ins));
    if (isJump(ins) || row(ins).ends) out.add(i + 1);
  });
  return out;
}

/**
 * Blocks that can be reached from instruction `entry`, where `depth` values are on the stack, in reverse postorder; undefined when control flow is not
 * reducible. `supports` says which instructions are compiled: a block ends at one that is not.
 */
export function blocksFrom(
  code: Int32Array,
  entry: number,
  depth: number,
  supports: (ins: number) => Support,
): Block[] | undefined {
  const starts = leaders(code, entry);
  const made = new Map<number, Block>();
  const order: Block[] = [];
  const blockAt = (start: number, d: number): Block => {
    const known = made.get(start);
    if (known !== undefined) return known;
    const b: Block = {
      start,
      end: start,
      depth: d,
      next: [],
      order: 0,
      forward: 0,
      isLoop: false,
      dominator: undefined,
      children: [],
    };
    made.set(start, b);
    fill(b, blockAt, code, starts, supports);
    order.push(b);
    return b;
  };
  const first = blockAt(entry, depth);
  order.reverse().forEach((b, i) => {
    b.order = i;
  });
  return isReducible(order, first) ? order : undefined;
}

function fill(
  b: Block,
  blockAt: (start: number, d: number) => Block,
  code: Int32Array,
  starts: Set<number>,
  supports: (ins: number) => Support,
): void {
  let d = b.depth;
  for (let i = b.start; ; i++) {
    const ins = code[i];
    b.end = i + 1;
    if (supports(ins) === 'leave') return;
    const after = d - popsOf(ins) + pushesOf(ins);
    if (isJump(ins)) {
      const taken = d - popsOf(ins) + takenOf(ins);
      if (row(ins).ends) b.next = [blockAt(target(i, ins), taken)];
      else b.next = [blockAt(i + 1, after), blockAt(target(i, ins), taken)];
      return;
    }
    if (row(ins).ends) return;
    d = after;
    if (starts.has(i + 1)) {
      b.next = [blockAt(i + 1, d)];
      return;
    }
  }
}

/** Immediate dominators (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm). */
function dominators(order: Block[], first: Block): void {
  const before = new Map<Block, Block[]>(order.map((b) => [b, []]));
  for (const b of order) for (const n of b.next) before.get(n)!.push(b);
  first.dominator = first;
  for (let changed = true; changed; ) {
    changed = false;
    for (const b of order) {
      if (b === first) continue;
      let d: Block | undefined;
      for (const p of before.get(b)!) if (p.dominator !== undefined) d = d === undefined ? p : meet(d, p);
      if (d !== b.dominator) {
        b.dominator = d;
        changed = true;
      }
    }
  }
}

function meet(a: Block, b: Block): Block {
  while (a !== b) {
    while (a.order > b.order) a = a.dominator!;
    while (b.order > a.order) b = b.dominator!;
  }
  return a;
}

function dominates(a: Block, b: Block): boolean {
  while (b.order > a.order) b = b.dominator!;
  return a === b;
}

/** Fills what structuring needs; false when a jump back goes into the middle of a loop. */
function isReducible(order: Block[], first: Block): boolean {
  dominators(order, first);
  for (const b of order) {
    if (b !== first) b.dominator!.children.push(b);
    for (const n of b.next) {
      if (n.order > b.order) n.forward++;
      else if (dominates(n, b)) n.isLoop = true;
      else return false;
    }
  }
  return true;
}
