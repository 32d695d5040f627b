/**
 * Control flow of a unit: basic blocks, the depth of the stack and the handler in force at each, and an order that
 * keeps code reached only by exceptions at the end.
 */
import type { Located } from '../syntax/ast.js';
import { BRANCH, effectOf, END, FLOW, JUMP, POP_BLOCK, SETUP, takenEffect } from './effects.js';
import * as op from './opcodes.js';
import { P_JUMP, P_SETUP_FINALLY, P_SETUP_WITH, type Unit } from './unit.js';

/** A protected region: where its exceptions go. */
export interface Handler {
  block: number;
  /** Values on the stack that survive. */
  depth: number;
  lasti: boolean;
  parent: Handler | null;
}

export interface Blocks {
  /** Instructions of block b are first[b] .. first[b + 1] - 1. */
  first: Int32Array;
  /** Block that begins at an instruction. */
  at: Int32Array;
  /** Depth of the stack on entry, -1 where unreachable. */
  depth: Int32Array;
  /** Handler in force on entry. */
  handler: (Handler | null)[];
  /** Edges that lead here; handlers have one more. */
  preds: Int32Array;
  /** Position inherited from the only predecessor. */
  location: (Located | null)[];
  /** Reachable blocks in the order of the code. */
  order: number[];
  maxDepth: number;
}

export function analyzeFlow(u: Unit): Blocks {
  threadJumps(u);
  const blocks = splitBlocks(u);
  const cold: Handler[] = [];
  const warm = new Uint8Array(blocks.depth.length);
  walk(u, blocks, [enter(blocks, 0, 0, null, null)], cold);
  for (let b = 0; b < warm.length; b++) if (blocks.depth[b]! >= 0) warm[b] = 1;
  while (cold.length > 0) {
    const h = cold.pop()!;
    if (blocks.depth[h.block]! >= 0) continue;
    walk(u, blocks, [enter(blocks, h.block, h.depth + (h.lasti ? 2 : 1), h.parent, null)], cold);
  }
  for (const wanted of [1, 0]) {
    for (let b = 0; b < warm.length; b++) if (warm[b] === wanted && blocks.depth[b]! >= 0) blocks.order.push(b);
  }
  return blocks;
}

export const targetOf = (u: Unit, i: number): number => u.labels[u.args[i]!]!;

/** A jump to a jump goes to its target; a branch only when that keeps it going forward. */
function threadJumps(u: Unit): void {
  const { ops, args } = u;
  for (let i = 0; i < ops.length; i++) {
    const kind = FLOW[ops[i]!];
    if (kind !== JUMP && kind !== BRANCH) continue;
    for (let hops = 0; hops < 10; hops++) {
      const target = targetOf(u, i);
      if (ops[target] !== P_JUMP || target === i) break;
      if (kind === BRANCH && targetOf(u, target) <= i) break;
      args[i] = args[target]!;
    }
  }
}

function splitBlocks(u: Unit): Blocks {
  const { ops } = u;
  const n = ops.length;
  const leader = new Uint8Array(n + 1);
  leader[0] = 1;
  for (let i = 0; i < n; i++) {
    const kind = FLOW[ops[i]!]!;
    if (kind === BRANCH || kind === JUMP || kind === SETUP) leader[targetOf(u, i)] = 1;
    if (kind === BRANCH || kind === JUMP || kind === END) leader[i + 1] = 1;
  }
  const at = new Int32Array(n + 1).fill(-1);
  const first: number[] = [];
  for (let i = 0; i < n; i++) if (leader[i]) at[i] = first.push(i) - 1;
  const size = first.length;
  first.push(n);
  return {
    first: Int32Array.from(first),
    at,
    depth: new Int32Array(size).fill(-1),
    handler: new Array<Handler | null>(size).fill(null),
    preds: new Int32Array(size),
    location: new Array<Located | null>(size).fill(null),
    order: [],
    maxDepth: 0,
  };
}

/** Notes an edge to a block; returns the block when this is its first, else -1. */
function enter(blocks: Blocks, b: number, depth: number, handler: Handler | null, at: Located | null): number {
  if (b < 0) throw new Error('jump into the middle of a block');
  blocks.preds[b]!++;
  if (blocks.depth[b]! >= 0) {
    if (blocks.depth[b] !== depth) throw new Error(`block ${b}: stack depth ${blocks.depth[b]} and ${depth}`);
    blocks.location[b] = null;
    return -1;
  }
  blocks.depth[b] = depth;
  blocks.handler[b] = handler;
  blocks.location[b] = at;
  return b;
}

function walk(u: Unit, blocks: Blocks, work: number[], cold: Handler[]): void {
  while (work.length > 0) {
    const b = work.pop()!;
    if (b >= 0) walkBlock(u, blocks, b, work, cold);
  }
}

function walkBlock(u: Unit, blocks: Blocks, b: number, work: number[], cold: Handler[]): void {
  const { ops, args } = u;
  const end = blocks.first[b + 1]!;
  let depth = blocks.depth[b]!;
  let handler: Handler | null = blocks.handler[b]!;
  let at = blocks.location[b]!;
  for (let i = blocks.first[b]!; i < end; i++) {
    const opcode = ops[i]!;
    const kind = FLOW[opcode]!;
    at = u.at[i] ?? at;
    if (kind === SETUP) {
      handler = setup(u, blocks, i, depth, handler);
      cold.push(handler);
    } else if (kind === POP_BLOCK) handler = handler!.parent;
    else if (kind === JUMP) {
      work.push(enter(blocks, blocks.at[targetOf(u, i)]!, depth, handler, at));
      return;
    } else if (kind === BRANCH) {
      work.push(enter(blocks, blocks.at[targetOf(u, i)]!, depth + takenEffect(opcode), handler, at));
    }
    depth += effectOf(opcode, args[i]!);
    if (depth > blocks.maxDepth) blocks.maxDepth = depth;
    if (kind === END) return;
  }
  work.push(enter(blocks, b + 1, depth, handler, at));
}

/** The handler finds the exception, and lasti below it, on top of what survives. */
function setup(u: Unit, blocks: Blocks, i: number, depth: number, parent: Handler | null): Handler {
  const opcode = u.ops[i]!;
  const survives = opcode === P_SETUP_WITH ? depth - 1 : depth;
  const lasti = opcode !== P_SETUP_FINALLY;
  blocks.maxDepth = Math.max(blocks.maxDepth, survives + (lasti ? 2 : 1));
  return { block: blocks.at[targetOf(u, i)]!, depth: survives, lasti, parent };
}

/** Instructions of a short block that returns, to be copied in place of a jump to it; null for other blocks. */
export function shortExit(u: Unit, blocks: Blocks, b: number): [number, number] | null {
  const from = blocks.first[b]!;
  const to = blocks.first[b + 1]!;
  if (to - from > 3 || u.ops[to - 1] !== op.OP_RETURN_VALUE) return null;
  for (let i = from; i < to; i++) if (FLOW[u.ops[i]!] === SETUP || FLOW[u.ops[i]!] === POP_BLOCK) return null;
  return [from, to];
}
