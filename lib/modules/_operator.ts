/**
 * `_operator`: the operators as functions (https://docs.python.org/3.14/library/operator.html). What needs a loop or a class (`indexOf`, `itemgetter`
 * and their like) is left to operator.py, as bytecode.
 */
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import {
  absolute,
  binaryOp,
  compareOp,
  containsOp,
  delItem,
  getItem,
  index,
  inplaceOp,
  invert,
  isTrue,
  negative,
  positive,
  setItem,
} from '../objects/abstract.js';
import { bufferOf } from '../objects/byte-buffer.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import {
  CMP_EQ,
  CMP_GE,
  CMP_GT,
  CMP_LE,
  CMP_LT,
  CMP_NE,
  OP_ADD,
  OP_AND,
  OP_FLOORDIV,
  OP_LSHIFT,
  OP_MATMUL,
  OP_MOD,
  OP_MUL,
  OP_OR,
  OP_POW,
  OP_RSHIFT,
  OP_SUB,
  OP_TRUEDIV,
  OP_XOR,
} from '../objects/slots.js';
import { toJS } from '../objects/strings.js';
import { identical } from '../vm/slow.js';

const I32 = i32;

const BINARY: readonly (readonly [name: string, op: number, inplace: string])[] = [
  ['add', OP_ADD, 'iadd'],
  ['sub', OP_SUB, 'isub'],
  ['mul', OP_MUL, 'imul'],
  ['truediv', OP_TRUEDIV, 'itruediv'],
  ['floordiv', OP_FLOORDIV, 'ifloordiv'],
  ['mod', OP_MOD, 'imod'],
  ['and_', OP_AND, 'iand'],
  ['or_', OP_OR, 'ior'],
  ['xor', OP_XOR, 'ixor'],
  ['lshift', OP_LSHIFT, 'ilshift'],
  ['rshift', OP_RSHIFT, 'irshift'],
  ['pow', OP_POW, 'ipow'],
  ['matmul', OP_MATMUL, 'imatmul'],
];

const COMPARE: readonly (readonly [name: string, op: number])[] = [
  ['lt', CMP_LT],
  ['le', CMP_LE],
  ['eq', CMP_EQ],
  ['ne', CMP_NE],
  ['gt', CMP_GT],
  ['ge', CMP_GE],
];

const UNARY: readonly (readonly [name: string, run: (h: number) => number])[] = [
  ['abs', absolute],
  ['index', index],
  ['inv', invert],
  ['invert', invert],
  ['neg', negative],
  ['pos', positive],
  ['truth', (h) => truth(isTrue(h))],
  ['not_', (h) => truth(not(isTrue(h)))],
  ['is_none', (h) => H.fromBool(h === H.NONE)],
  ['is_not_none', (h) => H.fromBool(h !== H.NONE)],
];

/** A test's result (1, 0, -1 with the exception set) as a handle. */
const truth = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));
const not = (t: number): number => (t < 0 ? t : 1 - t);
const done = (ok: number): number => (ok === 0 ? 0 : H.NONE);

/** Are the bytes the same, told in a time that depends on the second one's length only? */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const left = a.length === b.length ? a : b;
  let difference = a.length === b.length ? 0 : 1;
  for (let i = 0; i < b.length; i++) difference |= left[i]! ^ b[i]!;
  return difference === 0;
}

/** Bytes of an ASCII string; undefined with TypeError set. */
function asciiBytes(h: number): Uint8Array | undefined {
  const bytes = Buffer.from(toJS(h), 'latin1');
  if (/^[\0-\x7f]*$/.test(toJS(h))) return bytes;
  raise('TypeError', 'comparing strings with non-ASCII characters is not supported');
  return undefined;
}

function compareDigest(args: number): number {
  const [a, b] = [I32[args], I32[args + 1]];
  const text = isStr(a) && isStr(b);
  const left = text ? asciiBytes(a) : bufferOf(a);
  const right = left === undefined ? undefined : text ? asciiBytes(b) : bufferOf(b);
  if (left !== undefined && right !== undefined) return H.fromBool(sameBytes(left, right));
  if (text) return 0;
  const types = `'${typeName(a)}' and '${typeName(b)}'`;
  return raise('TypeError', `unsupported operand types(s) or combination of types: ${types}`);
}

const functions: MethodRow[] = [
  ...BINARY.map(([name, op]): MethodRow => [name, (a) => binaryOp(op, I32[a], I32[a + 1]), [2, 2]]),
  ...BINARY.map(([, op, name]): MethodRow => [name, (a) => inplaceOp(op, I32[a], I32[a + 1]), [2, 2]]),
  ...COMPARE.map(([name, op]): MethodRow => [name, (a) => compareOp(I32[a], I32[a + 1], op), [2, 2]]),
  ...UNARY.map(([name, run]): MethodRow => [name, (a) => run(I32[a]), [1, 1]]),
  ['is_', (a) => H.fromBool(identical(I32[a], I32[a + 1])), [2, 2]],
  ['is_not', (a) => H.fromBool(!identical(I32[a], I32[a + 1])), [2, 2]],
  ['contains', (a) => truth(containsOp(I32[a], I32[a + 1])), [2, 2]],
  ['getitem', (a) => getItem(I32[a], I32[a + 1]), [2, 2]],
  ['setitem', (a) => done(setItem(I32[a], I32[a + 1], I32[a + 2])), [3, 3]],
  ['delitem', (a) => done(delItem(I32[a], I32[a + 1])), [2, 2]],
  ['_compare_digest', compareDigest, [2, 2]],
];

defineModule({ name: '_operator', doc: 'Operator interface.', functions });
