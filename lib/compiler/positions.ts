/**
 * Source positions of instructions. A run of instructions with one position is: varint (length << 2 | form), then for
 * FULL: zigzag varint of line minus the last line, varints of end line minus line, column, end column; for LINE the first of these.
 */
import type { Located } from '../syntax/ast.js';

const FULL = 0;
const LINE = 1;
const NONE = 2;

/** Lines from 1, columns from 0 in bytes of UTF-8, ends exclusive; -1 where unknown. */
export interface Position {
  line: number;
  endLine: number;
  col: number;
  endCol: number;
}

/** Positions of the instructions in order; a column of -1 means that only the line is known. */
export function encodePositions(at: readonly (Located | null)[]): Uint8Array {
  const out: number[] = [];
  let line = 0;
  for (let i = 0; i < at.length; ) {
    const p = at[i]!;
    let n = i + 1;
    while (n < at.length && samePosition(p, at[n]!)) n++;
    const form = p === null ? NONE : p.col_offset < 0 ? LINE : FULL;
    varint(out, ((n - i) << 2) | form);
    if (p !== null) {
      zigzag(out, p.lineno - line);
      line = p.lineno;
      if (form === FULL) columns(out, p);
    }
    i = n;
  }
  return Uint8Array.from(out);
}

function columns(out: number[], p: Located): void {
  zigzag(out, p.end_lineno - p.lineno);
  varint(out, p.col_offset);
  varint(out, p.end_col_offset);
}

function samePosition(a: Located | null, b: Located | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.lineno === b.lineno &&
    a.col_offset === b.col_offset &&
    a.end_lineno === b.end_lineno &&
    a.end_col_offset === b.end_col_offset
  );
}

function varint(out: number[], v: number): void {
  let rest = v;
  while (rest > 127) {
    out.push((rest & 127) | 128);
    rest >>>= 7;
  }
  out.push(rest);
}

const zigzag = (out: number[], v: number): void => varint(out, (v << 1) ^ (v >> 31));

/** Position of the instruction at an index; all -1 for an artificial one. */
export function positionAt(positions: Uint8Array, index: number): Position {
  const out: Position = { line: -1, endLine: -1, col: -1, endCol: -1 };
  find(positions, index, out);
  return out;
}

/** Line of the instruction at an index, -1 for an artificial one. */
export function lineAt(positions: Uint8Array, index: number): number {
  return find(positions, index, null);
}

let at = 0;

function read(bytes: Uint8Array): number {
  let byte = bytes[at++]!;
  let value = byte & 127;
  for (let shift = 7; byte > 127; shift += 7) {
    byte = bytes[at++]!;
    value |= (byte & 127) << shift;
  }
  return value;
}

function readZigzag(bytes: Uint8Array): number {
  const v = read(bytes);
  return (v >>> 1) ^ -(v & 1);
}

function find(bytes: Uint8Array, index: number, out: Position | null): number {
  at = 0;
  let line = 0;
  let left = index;
  while (at < bytes.length) {
    const head = read(bytes);
    const form = head & 3;
    if (form !== NONE) line += readZigzag(bytes);
    left -= head >>> 2;
    if (left < 0) {
      if (form === NONE) return -1;
      if (out !== null) fill(bytes, out, line, form);
      return line;
    }
    if (form === FULL) skipColumns(bytes);
  }
  return -1;
}

function skipColumns(bytes: Uint8Array): void {
  for (let n = 3; n > 0; n--) while (bytes[at++]! > 127);
}

function fill(bytes: Uint8Array, out: Position, line: number, form: number): void {
  out.line = line;
  out.endLine = line;
  if (form !== FULL) return;
  out.endLine = line + readZigzag(bytes);
  out.col = read(bytes);
  out.endCol = read(bytes);
}
