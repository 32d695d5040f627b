/** Disassembly, for people. */
import type { CodeUnit, Const } from './code.js';
import { fromImmediate } from './constants.js';
import * as op from './opcodes.js';
import { lineAt } from './positions.js';

/** Listing of a unit and of the code among its constants. */
export function dis(unit: CodeUnit): string {
  const out = [`${unit.qualname} (${unit.filename}:${unit.firstlineno}), stack ${unit.stacksize}`];
  const targets = jumpTargets(unit);
  let line = -1;
  for (let i = 0; i < unit.code.length; i++) {
    const now = lineAt(unit.positions, i);
    const label = now !== line && now >= 0 ? String(now) : '';
    line = now;
    out.push(`${label.padStart(5)} ${targets.has(i) ? '>' : ' '} ${instruction(unit, i)}`);
  }
  for (let i = 0; i < unit.exceptionTable.length; i += 4) out.push(`      ${tableRow(unit.exceptionTable, i)}`);
  for (const c of unit.consts) if (c.t === 'code') out.push('', dis(c.v));
  return out.join('\n');
}

function tableRow(table: Int32Array, i: number): string {
  const [start, end, target, depth] = table.subarray(i, i + 4) as unknown as [number, number, number, number];
  return `${start} to ${end - 1} -> ${target} [${depth >> 1}]${depth & 1 ? ' lasti' : ''}`;
}

function jumpTargets(unit: CodeUnit): Set<number> {
  const out = new Set<number>();
  unit.code.forEach((ins, i) => {
    if (op.ROW_OF[ins & 255]?.operand === 'jump') out.add(i + 1 + (ins >> 8));
  });
  return out;
}

function instruction(unit: CodeUnit, i: number): string {
  const ins = unit.code[i]!;
  const row = op.ROW_OF[ins & 255];
  const name = `${String(i).padStart(4)} ${(row?.name ?? `? ${ins & 255}`).padEnd(24)}`;
  return row === undefined || row.operand === 'none' ? name.trimEnd() : `${name} ${operand(unit, row, ins >> 8, i)}`;
}

function operand(unit: CodeUnit, row: op.OpRow, arg: number, i: number): string {
  const names = unit.localsplusnames;
  switch (row.operand) {
    case 'jump':
      return `to ${i + 1 + arg}`;
    case 'slot':
      return `${arg} (${names[arg]})`;
    case 'slots':
      return `${names[arg & 0xfff]}, ${names[arg >> 12]}`;
    case 'slot_imm':
      return `${names[arg & 0xfff]}, ${show(fromImmediate(arg >> 12))}`;
    case 'imm':
      return show(fromImmediate(arg));
    case 'const':
      return `${arg} (${show(unit.consts[arg]!)})`;
    case 'site':
      return `${arg} (${unit.sites[arg]})`;
    case 'common':
      return `${arg} (${op.COMMON_CONSTANTS[arg]})`;
    case 'special':
      return `${arg} (${op.SPECIAL_METHODS[arg]})`;
    case 'intrinsic1':
      return `${arg} (${op.INTRINSICS_1[arg]})`;
    case 'intrinsic2':
      return `${arg} (${op.INTRINSICS_2[arg]})`;
    default:
      return String(arg);
  }
}

function show(c: Const): string {
  switch (c.t) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'bool':
      return c.v ? 'True' : 'False';
    case 'str':
      return JSON.stringify(c.v.length > 60 ? `${c.v.slice(0, 57)}...` : c.v);
    case 'bytes':
      return `b[${c.v.length}]`;
    case 'complex':
      return `${c.re}+${c.im}j`;
    case 'tuple':
      return `(${c.v.map(show).join(', ')})`;
    case 'frozenset':
      return `frozenset(${c.v.map(show).join(', ')})`;
    case 'code':
      return `<code ${c.v.qualname}>`;
    default:
      return String(c.v);
  }
}
