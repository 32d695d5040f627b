/**
 * Checks a finished code unit by abstract interpretation of the depth of its stack, driven by the opcode rows: every
 * path reaches an instruction with one depth, jumps land inside, arguments are in range, handlers keep values that exist.
 */
import type { CodeUnit } from './code.js';
import { count } from './effects.js';
import {
  COMMON_CONSTANTS,
  INTRINSICS_1,
  INTRINSICS_2,
  OP_JUMP_BACKWARD,
  type OpRow,
  ROW_OF,
  SPECIAL_METHODS,
} from './opcodes.js';

/** Faults of a unit and of the code among its constants, as text; none for a sound one. */
export function verify(unit: CodeUnit): string[] {
  const faults = verifyOne(unit).map((f) => `${unit.qualname}: ${f}`);
  for (const c of unit.consts) if (c.t === 'code') faults.push(...verify(c.v));
  return faults;
}

/** Values on the stack at most. */
export function stackSize(unit: CodeUnit): number {
  return new Walk(unit).run();
}

function verifyOne(unit: CodeUnit): string[] {
  const walk = new Walk(unit);
  const size = walk.run();
  if (size > unit.stacksize) walk.faults.push(`stack of ${size}, declared ${unit.stacksize}`);
  checkTable(unit, walk.faults);
  const slots = unit.localsplusnames.length;
  if (unit.localspluskinds.length !== slots) walk.faults.push('slots without kinds');
  return walk.faults;
}

function checkTable(unit: CodeUnit, faults: string[]): void {
  const t = unit.exceptionTable;
  for (let i = 0; i < t.length; i += 4) {
    const inside = t[i]! >= 0 && t[i]! < t[i + 1]! && t[i + 1]! <= unit.code.length && t[i + 2]! < unit.code.length;
    const sorted = i === 0 || t[i]! >= t[i - 3]!;
    if (!inside || !sorted) faults.push(`exception table row ${i >> 2}`);
  }
}

class Walk {
  readonly faults: string[] = [];
  private readonly depth: Int32Array;
  private readonly work: number[] = [];
  /** Row of the exception table for each instruction, -1 for none. */
  private readonly row: Int32Array;
  private max = 0;

  constructor(private readonly unit: CodeUnit) {
    const n = unit.code.length;
    this.depth = new Int32Array(n).fill(-1);
    this.row = new Int32Array(n).fill(-1);
    const t = unit.exceptionTable;
    for (let i = 0; i < t.length; i += 4) this.row.fill(i, t[i], t[i + 1]);
  }

  run(): number {
    this.to(0, 0, 0);
    while (this.work.length > 0) this.step(this.work.pop()!);
    return this.max;
  }

  private fault(i: number, what: string): void {
    this.faults.push(`${i} ${ROW_OF[this.unit.code[i]! & 255]?.name ?? '?'}: ${what}`);
  }

  private to(from: number, i: number, depth: number): void {
    if (i < 0 || i >= this.unit.code.length) return this.fault(from, `goes to ${i}`);
    if (depth > this.max) this.max = depth;
    if (this.depth[i]! >= 0) {
      if (this.depth[i] !== depth) this.fault(from, `${i} is reached with depths ${this.depth[i]} and ${depth}`);
      return;
    }
    this.depth[i] = depth;
    this.work.push(i);
  }

  private step(i: number): void {
    const { code } = this.unit;
    const row = ROW_OF[code[i]! & 255];
    const arg = code[i]! >> 8;
    if (row === undefined) return this.fault(i, 'no such opcode');
    if (!this.validArg(row, arg)) this.fault(i, `argument ${arg}`);
    const depth = this.depth[i]!;
    const pops = count(row.pops, arg);
    if (pops > depth) return this.fault(i, `pops ${pops} of ${depth}`);
    this.toHandler(i, depth);
    if (row.operand === 'jump') this.to(i, i + 1 + arg, depth - pops + count(row.taken, arg));
    if (!row.ends) this.to(i, i + 1, depth - pops + count(row.pushes, arg));
  }

  private toHandler(i: number, depth: number): void {
    const t = this.unit.exceptionTable;
    const r = this.row[i]!;
    if (r < 0) return;
    const kept = t[r + 3]! >> 1;
    if (kept > depth) return this.fault(i, `handler keeps ${kept} of ${depth}`);
    this.to(i, t[r + 2]!, kept + (t[r + 3]! & 1 ? 2 : 1));
  }

  private validArg(row: OpRow, arg: number): boolean {
    const { unit } = this;
    const slots = unit.localsplusnames.length;
    switch (row.operand) {
      case 'slot':
        return arg >= 0 && arg < slots;
      case 'slots':
        return (arg & 0xfff) < slots && arg >> 12 >= 0 && arg >> 12 < slots;
      case 'slot_imm':
        return (arg & 0xfff) < slots;
      case 'const':
        return arg >= 0 && arg < unit.consts.length;
      case 'site':
        return arg >= 0 && arg < unit.sites.length;
      case 'common':
        return arg >= 0 && arg < COMMON_CONSTANTS.length;
      case 'special':
        return arg >= 0 && arg < SPECIAL_METHODS.length;
      case 'intrinsic1':
        return arg > 0 && arg < INTRINSICS_1.length;
      case 'intrinsic2':
        return arg > 0 && arg < INTRINSICS_2.length;
      case 'depth':
        return arg > 0;
      case 'jump':
        return arg < 0 === (row.op === OP_JUMP_BACKWARD);
      case 'none':
        return arg === 0;
      default:
        return row.operand === 'imm' || arg >= 0;
    }
  }
}
