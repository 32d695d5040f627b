/**
 * Definite assignment: loads of locals that may be unbound become LOAD_FAST_CHECK. A forward data-flow analysis on bit
 * sets of 32 slots at a time, where a bit says "may be unbound".
 */
import { BRANCH, END, FLOW, JUMP, POP_BLOCK, SETUP } from './effects.js';
import { type Blocks, type Handler, targetOf } from './flow.js';
import * as op from './opcodes.js';
import { P_SETUP_FINALLY, P_STORE_FAST_MAYBE_NULL, type Unit } from './unit.js';

/** `bound` is the number of slots that hold a value at the start: the parameters. */
export function checkLoads(u: Unit, blocks: Blocks, bound: number): void {
  const top = highestLoad(u);
  for (let base = bound & ~31; base <= top; base += 32) new Pass(u, blocks, base).run(bound);
}

function highestLoad(u: Unit): number {
  let top = -1;
  for (let i = 0; i < u.ops.length; i++) if (u.ops[i] === op.OP_LOAD_FAST && u.args[i]! > top) top = u.args[i]!;
  return top;
}

class Pass {
  private readonly unbound: Int32Array;
  private readonly seen: Uint8Array;
  private readonly work: number[] = [];

  constructor(
    private readonly u: Unit,
    private readonly blocks: Blocks,
    private readonly base: number,
  ) {
    this.unbound = new Int32Array(blocks.depth.length);
    this.seen = new Uint8Array(blocks.depth.length);
  }

  run(bound: number): void {
    const low = bound - this.base;
    this.flowTo(0, low <= 0 ? -1 : low >= 32 ? 0 : -1 << low);
    while (this.work.length > 0) this.block(this.work.pop()!, false);
    for (const b of this.blocks.order) this.block(b, true);
  }

  private flowTo(b: number, unbound: number): void {
    const joined = this.unbound[b]! | unbound;
    if (this.seen[b] && joined === this.unbound[b]) return;
    this.seen[b] = 1;
    this.unbound[b] = joined;
    this.work.push(b);
  }

  private toHandler(h: Handler | null, unbound: number): void {
    if (h !== null) this.flowTo(h.block, unbound);
  }

  private block(b: number, rewrite: boolean): void {
    const { u, blocks } = this;
    let unbound = this.unbound[b]!;
    let handler: Handler | null = blocks.handler[b]!;
    if (!rewrite) this.toHandler(handler, unbound);
    const end = blocks.first[b + 1]!;
    for (let i = blocks.first[b]!; i < end; i++) {
      const kind = FLOW[u.ops[i]!]!;
      const before = unbound;
      if (kind === 0) unbound = this.step(i, unbound, rewrite);
      else if (kind === SETUP) handler = this.handlerOf(i, handler);
      else if (kind === POP_BLOCK) handler = handler!.parent;
      if (rewrite) continue;
      if (unbound !== before || kind === SETUP || kind === POP_BLOCK) this.toHandler(handler, unbound);
      if (kind === BRANCH || kind === JUMP) this.flowTo(blocks.at[targetOf(u, i)]!, unbound);
      if (kind === JUMP || kind === END) return;
    }
    if (!rewrite) this.flowTo(b + 1, unbound);
  }

  private handlerOf(i: number, parent: Handler | null): Handler {
    const lasti = this.u.ops[i] !== P_SETUP_FINALLY;
    return { block: this.blocks.at[targetOf(this.u, i)]!, depth: 0, lasti, parent };
  }

  private step(i: number, unbound: number, rewrite: boolean): number {
    const { u } = this;
    const slot = u.args[i]! - this.base;
    if (slot < 0 || slot > 31) return unbound;
    const bit = 1 << slot;
    switch (u.ops[i]) {
      case op.OP_STORE_FAST:
        return unbound & ~bit;
      case op.OP_LOAD_FAST:
      case op.OP_LOAD_FAST_CHECK:
        if (rewrite && unbound & bit) u.ops[i] = op.OP_LOAD_FAST_CHECK;
        return unbound & ~bit;
      case op.OP_DELETE_FAST:
      case op.OP_LOAD_FAST_AND_CLEAR:
      case P_STORE_FAST_MAYBE_NULL:
        return unbound | bit;
      default:
        return unbound;
    }
  }
}
