/** Code of expressions. */
import type * as A from '../syntax/ast.js';
import { call } from './calls.js';
import { comprehension } from './comprehensions.js';
import { constOf, NONE, str, strings, truth, tuple } from './constants.js';
import type { Const } from './code.js';
import { foldBinary, foldSubscript, foldUnary } from './fold.js';
import { lambda } from './functions.js';
import { mangled, nameOp } from './names.js';
import * as op from './opcodes.js';
import { syntaxError } from './symbols.js';
import {
  type Compiler,
  constAt,
  emit,
  emitConst,
  emitJumpIf,
  emitName,
  emitNone,
  emitPop,
  emitTuple,
  lastConsts,
  lastOp,
  loc,
  newLabel,
  P_JUMP,
  P_POP_BLOCK,
  P_SETUP_FINALLY,
  place,
  retract,
} from './unit.js';
import { warnCompare, warnSubscript } from './warnings.js';

/** Values on the stack before a display or call is built piece by piece. */
export const STACK_GUIDELINE = 30;

const BINARY: { [K in A.Operator]: number } = {
  Add: op.OP_BINARY_ADD,
  Sub: op.OP_BINARY_SUB,
  Mult: op.OP_BINARY_MUL,
  Div: op.OP_BINARY_TRUEDIV,
  FloorDiv: op.OP_BINARY_FLOORDIV,
  Mod: op.OP_BINARY_MOD,
  Pow: op.OP_BINARY_POW,
  MatMult: op.OP_BINARY_MATMUL,
  BitAnd: op.OP_BINARY_AND,
  BitOr: op.OP_BINARY_OR,
  BitXor: op.OP_BINARY_XOR,
  LShift: op.OP_BINARY_LSHIFT,
  RShift: op.OP_BINARY_RSHIFT,
};

export function visit(c: Compiler, e: A.Expr): void {
  switch (e.kind) {
    case 'Name':
      return nameOrDebug(c, e);
    case 'Constant':
      return emitConst(c, constOf(e.value), e);
    case 'Attribute':
      return attribute(c, e);
    case 'Call':
      return call(c, e);
    case 'BinOp':
      return binOp(c, e);
    case 'Subscript':
      return subscript(c, e);
    case 'Compare':
      return compare(c, e);
    case 'BoolOp':
      return boolOp(c, e);
    case 'UnaryOp':
      return unaryOp(c, e);
    case 'IfExp':
      return ifExp(c, e);
    case 'Tuple':
      return tupleOrUnpack(c, e);
    case 'List':
      return listOrUnpack(c, e);
    case 'Set':
      return display(c, e.elts, SET, e);
    case 'Dict':
      return dict(c, e);
    case 'JoinedStr':
      return joinedStr(c, e);
    case 'FormattedValue':
      return formattedValue(c, e);
    case 'TemplateStr':
      return templateStr(c, e);
    case 'Interpolation':
      return interpolation(c, e);
    case 'Lambda':
      return lambda(c, e);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return comprehension(c, e);
    case 'NamedExpr':
      visit(c, e.value);
      emit(c, op.OP_COPY, 1, e);
      return visit(c, e.target);
    case 'Yield':
      return yieldExpr(c, e);
    case 'YieldFrom':
      return yieldFromExpr(c, e);
    case 'Await':
      return awaitExpr(c, e);
    case 'Slice':
      return slice(c, e);
    case 'Starred':
      if (e.ctx === 'Store') throw syntaxError('starred assignment target must be in a list or tuple', e);
      throw syntaxError("can't use starred expression here", e);
  }
}

export function visitAll(c: Compiler, list: A.Expr[]): void {
  for (const e of list) visit(c, e);
}

function nameOrDebug(c: Compiler, e: A.Name): void {
  if (e.id !== '__debug__' || e.ctx !== 'Load') return nameOp(c, e.id, e.ctx, e);
  emitConst(c, { t: 'bool', v: c.optimize === 0 }, e);
}

/** Value of an expression that is a constant to the compiler without compiling it, or null. */
export function staticConst(c: Compiler, e: A.Expr): Const | null {
  if (e.kind === 'Constant') return constOf(e.value);
  if (e.kind === 'Name' && e.id === '__debug__') return { t: 'bool', v: c.optimize === 0 };
  return null;
}

// ---------------------------------------------------------------- operators

function binOp(c: Compiler, e: A.BinOp): void {
  visit(c, e.left);
  visit(c, e.right);
  binary(c, e.op, false, e);
}

/** Operator on the two values on top; folded when both are constants. */
export function binary(c: Compiler, operator: A.Operator, inplace: boolean, at: A.Located): void {
  const values = lastConsts(c.unit, 2);
  const folded = values === null ? null : foldBinary(operator, values[0]!, values[1]!);
  if (folded === null) return emit(c, BINARY[operator], inplace ? 1 : 0, at);
  retract(c.unit, 2);
  emitConst(c, folded, at);
}

const UNARY = { USub: op.OP_UNARY_NEG, UAdd: op.OP_UNARY_POS, Invert: op.OP_UNARY_INVERT, Not: op.OP_UNARY_NOT };

function unaryOp(c: Compiler, e: A.UnaryOp): void {
  visit(c, e.operand);
  if (e.op === 'Not') return not(c, e);
  const values = lastConsts(c.unit, 1);
  const folded = values === null ? null : foldUnary(e.op, values[0]!);
  if (folded === null) return emit(c, UNARY[e.op], 0, e);
  retract(c.unit, 1);
  emitConst(c, folded, e);
}

/** `not (a in b)` is `a not in b`. */
function not(c: Compiler, e: A.UnaryOp): void {
  const u = c.unit;
  const last = lastOp(u);
  if (last === op.OP_IS_OP || last === op.OP_CONTAINS_OP) u.args[u.args.length - 1]! ^= 1;
  else emit(c, op.OP_UNARY_NOT, 0, e);
}

function boolOp(c: Compiler, e: A.BoolOp): void {
  const end = newLabel(c);
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) {
    visit(c, e.values[i]!);
    emit(c, op.OP_COPY, 1, e);
    emitJumpIf(c, e.op === 'Or', end, e);
    emitPop(c, e);
  }
  visit(c, e.values[last]!);
  place(c, end);
}

const COMPARE: { [K in A.CmpOperator]: [number, number] } = {
  Eq: [op.OP_COMPARE_EQ, 0],
  NotEq: [op.OP_COMPARE_NE, 0],
  Lt: [op.OP_COMPARE_LT, 0],
  LtE: [op.OP_COMPARE_LE, 0],
  Gt: [op.OP_COMPARE_GT, 0],
  GtE: [op.OP_COMPARE_GE, 0],
  Is: [op.OP_IS_OP, 0],
  IsNot: [op.OP_IS_OP, 1],
  In: [op.OP_CONTAINS_OP, 0],
  NotIn: [op.OP_CONTAINS_OP, 1],
};

function compareOp(c: Compiler, operator: A.CmpOperator, at: A.Located): void {
  if (operator === 'In' || operator === 'NotIn') immutableDisplay(c);
  const [opcode, arg] = COMPARE[operator];
  emit(c, opcode, arg, at);
}

/** A list or set display that only `in` or `for` sees may be a tuple or frozenset. */
export function immutableDisplay(c: Compiler): void {
  const u = c.unit;
  const last = lastOp(u);
  if (last !== op.OP_BUILD_LIST && last !== op.OP_BUILD_SET) return extendedDisplay(c, last);
  const n = u.args[u.args.length - 1]!;
  const at = u.at[u.at.length - 1]!;
  if (last === op.OP_BUILD_LIST) {
    retract(u, 1);
    return emitTuple(c, n, at);
  }
  const i = u.ops.length - 1 - n;
  if (n === 0 || i < u.barrier) return;
  for (let k = i; k < u.ops.length - 1; k++) if (constAt(u, k) === null) return;
  retract(u, 1);
  const values = lastConsts(u, n)!;
  retract(u, n);
  emitConst(c, { t: 'frozenset', v: values }, at);
}

/** [1, 2, 3] was built as an empty list extended by a constant. */
function extendedDisplay(c: Compiler, last: number): void {
  const u = c.unit;
  const i = u.ops.length - 3;
  if ((last !== op.OP_LIST_EXTEND && last !== op.OP_SET_UPDATE) || i < u.barrier) return;
  const built = u.ops[i] === op.OP_BUILD_LIST || u.ops[i] === op.OP_BUILD_SET;
  const value = constAt(u, i + 1);
  if (!built || u.args[i] !== 0 || value === null) return;
  if (last === op.OP_SET_UPDATE && value.t !== 'frozenset') return;
  const at = u.at[i]!;
  retract(u, 3);
  emitConst(c, value, at);
}

function compare(c: Compiler, e: A.Compare): void {
  warnCompare(c, e);
  visit(c, e.left);
  const last = e.ops.length - 1;
  if (last === 0) {
    visit(c, e.comparators[0]!);
    return compareOp(c, e.ops[0]!, e);
  }
  const cleanup = newLabel(c);
  const end = newLabel(c);
  for (let i = 0; i < last; i++) {
    compareAndKeep(c, e, i);
    emit(c, op.OP_COPY, 1, e);
    emitJumpIf(c, false, cleanup, e);
    emitPop(c, e);
  }
  visit(c, e.comparators[last]!);
  compareOp(c, e.ops[last]!, e);
  emit(c, P_JUMP, end, null);
  place(c, cleanup);
  emit(c, op.OP_SWAP, 2, e);
  emitPop(c, e);
  place(c, end);
}

/** [a] -> [b, a op b] */
function compareAndKeep(c: Compiler, e: A.Compare, i: number): void {
  visit(c, e.comparators[i]!);
  emit(c, op.OP_SWAP, 2, e);
  emit(c, op.OP_COPY, 2, e);
  compareOp(c, e.ops[i]!, e);
}

function ifExp(c: Compiler, e: A.IfExp): void {
  const end = newLabel(c);
  const next = newLabel(c);
  jumpIf(c, e.test, next, false);
  visit(c, e.body);
  emit(c, P_JUMP, end, null);
  place(c, next);
  visit(c, e.orelse);
  place(c, end);
}

/** Jumps to a label when the truth of an expression is `condition`, else goes on. */
export function jumpIf(c: Compiler, e: A.Expr, label: number, condition: boolean): void {
  const value = staticConst(c, e);
  if (value !== null) {
    if (truth(value) === condition) emit(c, P_JUMP, label, e);
    return;
  }
  if (e.kind === 'UnaryOp' && e.op === 'Not') return jumpIf(c, e.operand, label, !condition);
  if (e.kind === 'BoolOp') return jumpIfBool(c, e, label, condition);
  if (e.kind === 'IfExp') return jumpIfIfExp(c, e, label, condition);
  if (e.kind === 'Compare' && e.ops.length > 1) return jumpIfChain(c, e, label, condition);
  visit(c, e);
  emitJumpIf(c, condition, label, e);
}

function jumpIfBool(c: Compiler, e: A.BoolOp, label: number, condition: boolean): void {
  const or = e.op === 'Or';
  const end = newLabel(c);
  const short = or === condition ? label : end;
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) jumpIf(c, e.values[i]!, short, or);
  jumpIf(c, e.values[last]!, label, condition);
  place(c, end);
}

function jumpIfIfExp(c: Compiler, e: A.IfExp, label: number, condition: boolean): void {
  const end = newLabel(c);
  const next = newLabel(c);
  jumpIf(c, e.test, next, false);
  jumpIf(c, e.body, label, condition);
  emit(c, P_JUMP, end, null);
  place(c, next);
  jumpIf(c, e.orelse, label, condition);
  place(c, end);
}

function jumpIfChain(c: Compiler, e: A.Compare, label: number, condition: boolean): void {
  warnCompare(c, e);
  const cleanup = newLabel(c);
  const end = newLabel(c);
  const last = e.ops.length - 1;
  visit(c, e.left);
  for (let i = 0; i < last; i++) {
    compareAndKeep(c, e, i);
    emitJumpIf(c, false, cleanup, e);
  }
  visit(c, e.comparators[last]!);
  compareOp(c, e.ops[last]!, e);
  emitJumpIf(c, condition, label, e);
  emit(c, P_JUMP, end, null);
  place(c, cleanup);
  emitPop(c, e);
  if (!condition) emit(c, P_JUMP, label, null);
  place(c, end);
}

// ---------------------------------------------------------------- attributes and subscripts

function attribute(c: Compiler, e: A.Attribute): void {
  if (superAttribute(c, e, op.OP_LOAD_SUPER_ATTR)) return;
  if (e.ctx === 'Store') noteStaticAttribute(c, e);
  visit(c, e.value);
  const opcode = { Load: op.OP_LOAD_ATTR, Store: op.OP_STORE_ATTR, Del: op.OP_DELETE_ATTR }[e.ctx];
  emitName(c, opcode, mangled(c.unit, e.attr), attributePosition(e, e));
}

/** Of an attribute that begins on an earlier line, only the name: a.b(\n).c */
export function attributePosition(at: A.Located, e: A.Attribute): A.Located {
  if (e.lineno === e.end_lineno) return at;
  const start = e.end_col_offset - e.attr.length;
  const end = at === e ? e.end_col_offset : at.end_col_offset;
  return loc(e.end_lineno, at.end_lineno, start < 0 ? -1 : start, start < 0 ? -1 : end);
}

/** self.x = ... in a method is a static attribute of the class. */
function noteStaticAttribute(c: Compiler, e: A.Attribute): void {
  if (e.value.kind !== 'Name' || e.value.id !== 'self') return;
  for (let u: typeof c.unit | null = c.unit; u !== null; u = u.parent) {
    if (u.kind === 'class') {
      u.staticAttributes.add(e.attr);
      return;
    }
  }
}

/** super().x without making the super object. False when this is not plainly super(). */
export function superAttribute(c: Compiler, e: A.Attribute, opcode: number): boolean {
  const v = e.value;
  if (v.kind !== 'Call' || e.ctx !== 'Load' || v.func.kind !== 'Name' || v.func.id !== 'super') return false;
  if (v.args.length > 0 || v.keywords.length > 0 || !superIsPlain(c)) return false;
  nameOp(c, 'super', 'Load', v.func);
  nameOp(c, '__class__', 'Load', v);
  const first = c.unit.scope.varnames[0]!;
  nameOp(c, first, 'Load', v);
  emitName(c, opcode, mangled(c.unit, e.attr), attributePosition(opcode === op.OP_LOAD_SUPER_ATTR ? e : e.value, e));
  return true;
}

/** Nothing visible shadows super, and there are __class__ and a first parameter. */
function superIsPlain(c: Compiler): boolean {
  const u = c.unit;
  const { symbols } = u.scope;
  if (u.kind !== 'function' && u.kind !== 'async function' && u.kind !== 'lambda') return false;
  if (u.argcount === 0 || !u.freevars.includes('__class__')) return false;
  const bound = symbols.get('super') ?? 0;
  return bound >> 12 === 3 && !c.table.top.symbols.has('super') && u.varnames.has(u.scope.varnames[0]!);
}

export const isPlainSlice = (e: A.Expr): e is A.Slice => e.kind === 'Slice' && e.step === null;

/** Two values for the ends of a slice, None where absent. */
export function sliceEnds(c: Compiler, e: A.Slice): void {
  for (const part of [e.lower, e.upper]) {
    if (part === null) emitNone(c, e);
    else visit(c, part);
  }
}

function subscript(c: Compiler, e: A.Subscript): void {
  if (e.ctx === 'Load') warnSubscript(c, e);
  visit(c, e.value);
  if (e.ctx !== 'Del' && isPlainSlice(e.slice)) {
    sliceEnds(c, e.slice);
    return emit(c, e.ctx === 'Load' ? op.OP_BINARY_SLICE : op.OP_STORE_SLICE, 0, e);
  }
  visit(c, e.slice);
  if (e.ctx === 'Store') return emit(c, op.OP_STORE_SUBSCR, 0, e);
  if (e.ctx === 'Del') return emit(c, op.OP_DELETE_SUBSCR, 0, e);
  const values = lastConsts(c.unit, 2);
  const folded = values === null ? null : foldSubscript(values[0]!, values[1]!);
  if (folded === null) return emit(c, op.OP_BINARY_SUBSCR, 0, e);
  retract(c.unit, 2);
  emitConst(c, folded, e);
}

function slice(c: Compiler, e: A.Slice): void {
  sliceEnds(c, e);
  if (e.step !== null) visit(c, e.step);
  emit(c, op.OP_BUILD_SLICE, e.step === null ? 2 : 3, e);
}

// ---------------------------------------------------------------- displays

interface Kind {
  build: number;
  add: number;
  extend: number;
  tuple: boolean;
}

const LIST: Kind = { build: op.OP_BUILD_LIST, add: op.OP_LIST_APPEND, extend: op.OP_LIST_EXTEND, tuple: false };
const SET: Kind = { build: op.OP_BUILD_SET, add: op.OP_SET_ADD, extend: op.OP_SET_UPDATE, tuple: false };
export const TUPLE: Kind = { build: op.OP_BUILD_LIST, add: op.OP_LIST_APPEND, extend: op.OP_LIST_EXTEND, tuple: true };

function tupleOrUnpack(c: Compiler, e: A.Tuple): void {
  if (e.ctx === 'Load') return display(c, e.elts, TUPLE, e);
  if (e.ctx === 'Store') return unpack(c, e.elts, e);
  visitAll(c, e.elts);
}

function listOrUnpack(c: Compiler, e: A.List): void {
  if (e.ctx === 'Load') return display(c, e.elts, LIST, e);
  if (e.ctx === 'Store') return unpack(c, e.elts, e);
  visitAll(c, e.elts);
}

/**
 * List, set or tuple of the elements, after `pushed` values that lie on the stack already; `injected` is the name of
 * one more element.
 */
export function display(
  c: Compiler,
  elts: A.Expr[],
  kind: Kind,
  at: A.Located,
  pushed = 0,
  injected: string | null = null,
): void {
  const n = elts.length;
  const big = n + pushed + (injected === null ? 0 : 1) > STACK_GUIDELINE;
  if (!big && !elts.some((e) => e.kind === 'Starred')) {
    visitAll(c, elts);
    if (injected !== null) nameOp(c, injected, 'Load', at);
    return buildDisplay(c, kind, n + pushed + (injected === null ? 0 : 1), at);
  }
  if (big && pushed === 0 && injected === null && constantDisplay(c, elts, kind, at)) return;
  extendDisplay(c, elts, kind, at, pushed, big);
  if (injected !== null) {
    nameOp(c, injected, 'Load', at);
    emit(c, kind.add, 1, at);
  }
  if (kind.tuple) emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_LIST_TO_TUPLE, at);
}

function buildDisplay(c: Compiler, kind: Kind, n: number, at: A.Located): void {
  if (kind.tuple) return emitTuple(c, n, at);
  const values = n > 2 ? lastConsts(c.unit, n) : null;
  if (values === null) return emit(c, kind.build, n, at);
  retract(c.unit, n);
  fromConstants(c, kind, values, at);
}

function fromConstants(c: Compiler, kind: Kind, values: Const[], at: A.Located): void {
  if (kind.tuple) return emitConst(c, tuple(values), at);
  emit(c, kind.build, 0, at);
  emitConst(c, kind === SET ? { t: 'frozenset', v: values } : tuple(values), at);
  emit(c, kind.extend, 1, at);
}

/** Long display of literals only. */
function constantDisplay(c: Compiler, elts: A.Expr[], kind: Kind, at: A.Located): boolean {
  const values: Const[] = [];
  for (const e of elts) {
    const value = staticValue(c, e);
    if (value === null) return false;
    values.push(value);
  }
  fromConstants(c, kind, values, at);
  return true;
}

/** Constant of a literal, a tuple of literals or a negative number, or null. */
function staticValue(c: Compiler, e: A.Expr): Const | null {
  if (e.kind === 'Tuple') {
    const values = e.elts.map((x) => staticValue(c, x));
    return values.includes(null) ? null : tuple(values as Const[]);
  }
  if (e.kind === 'UnaryOp' && e.op === 'USub') {
    const value = staticConst(c, e.operand);
    return value === null ? null : foldUnary('USub', value);
  }
  return staticConst(c, e);
}

function extendDisplay(c: Compiler, elts: A.Expr[], kind: Kind, at: A.Located, pushed: number, big: boolean): void {
  let built = big;
  if (big) emit(c, kind.build, pushed, at);
  elts.forEach((e, i) => {
    if (e.kind !== 'Starred') {
      visit(c, e);
      if (built) emit(c, kind.add, 1, at);
      return;
    }
    if (!built) emit(c, kind.build, i + pushed, at);
    built = true;
    visit(c, e.value);
    emit(c, kind.extend, 1, at);
  });
}

const DICT_GROUP = 16;

function dict(c: Compiler, e: A.Dict): void {
  let haveDict = false;
  let start = 0;
  const flush = (end: number): void => {
    if (start === end) return;
    for (let i = start; i < end; i++) {
      visit(c, e.keys[i]!);
      visit(c, e.values[i]!);
    }
    emit(c, op.OP_BUILD_MAP, end - start, e);
    if (haveDict) emit(c, op.OP_DICT_UPDATE, 1, e);
    haveDict = true;
    start = end;
  };
  if (e.keys.length > DICT_GROUP && !e.keys.includes(null)) return longDict(c, e);
  e.keys.forEach((key, i) => {
    if (i - start >= DICT_GROUP) flush(i);
    if (key !== null) return;
    flush(i);
    start = i + 1;
    if (!haveDict) emit(c, op.OP_BUILD_MAP, 0, e);
    haveDict = true;
    visit(c, e.values[i]!);
    emit(c, op.OP_DICT_UPDATE, 1, e);
  });
  flush(e.keys.length);
  if (!haveDict) emit(c, op.OP_BUILD_MAP, 0, e);
}

/** Item by item, which keeps the stack low. */
function longDict(c: Compiler, e: A.Dict): void {
  emit(c, op.OP_BUILD_MAP, 0, e);
  e.keys.forEach((key, i) => {
    visit(c, key!);
    visit(c, e.values[i]!);
    emit(c, op.OP_MAP_ADD, 1, e);
  });
}

/** Unpacking of the top into targets. */
function unpack(c: Compiler, elts: A.Expr[], at: A.Located): void {
  const star = elts.findIndex((e) => e.kind === 'Starred');
  if (star >= 0) unpackEx(c, elts, star, at);
  else unpackSequence(c, elts.length, at);
  for (const e of elts) visit(c, e.kind === 'Starred' ? e.value : e);
}

function unpackEx(c: Compiler, elts: A.Expr[], star: number, at: A.Located): void {
  const after = elts.length - star - 1;
  if (star >= 256 || after >= 1 << 15) throw syntaxError('too many expressions in star-unpacking assignment', at);
  if (elts.slice(star + 1).some((e) => e.kind === 'Starred')) {
    throw syntaxError('multiple starred expressions in assignment', at);
  }
  emit(c, op.OP_UNPACK_EX, star | (after << 8), at);
}

/** a, b = b, a needs no tuple. */
function unpackSequence(c: Compiler, n: number, at: A.Located): void {
  const u = c.unit;
  const i = u.ops.length - 1;
  if (lastOp(u) === op.OP_BUILD_TUPLE && u.args[i] === n && (n === 2 || n === 3)) {
    retract(u, 1);
    return emit(c, op.OP_SWAP, n, at);
  }
  const value = n < 4 ? constAt(u, i) : null;
  if (value?.t !== 'tuple' || value.v.length !== n) return emit(c, op.OP_UNPACK_SEQUENCE, n, at);
  retract(u, 1);
  for (let k = n - 1; k >= 0; k--) emitConst(c, value.v[k]!, at);
}

// ---------------------------------------------------------------- strings

function joinedStr(c: Compiler, e: A.JoinedStr): void {
  const n = e.values.length;
  if (n > STACK_GUIDELINE) return longJoinedStr(c, e);
  visitAll(c, e.values);
  if (n === 0) emitConst(c, str(''), e);
  else if (n > 1) emit(c, op.OP_BUILD_STRING, n, e);
}

function longJoinedStr(c: Compiler, e: A.JoinedStr): void {
  emitConst(c, str(''), e);
  emitName(c, op.OP_LOAD_METHOD, 'join', e);
  emit(c, op.OP_BUILD_LIST, 0, e);
  for (const value of e.values) {
    visit(c, value);
    emit(c, op.OP_LIST_APPEND, 1, e);
  }
  emit(c, op.OP_CALL, 1, e);
}

/** !s, !r, !a as 1, 2, 3; 0 for none. */
function conversion(code: number): number {
  return code < 0 ? 0 : 'sra'.indexOf(String.fromCharCode(code)) + 1;
}

function formattedValue(c: Compiler, e: A.FormattedValue): void {
  visit(c, e.value);
  const convert = conversion(e.conversion);
  if (convert !== 0) emit(c, op.OP_CONVERT_VALUE, convert, e);
  if (e.format_spec === null) return emit(c, op.OP_FORMAT_SIMPLE, 0, e);
  visit(c, e.format_spec);
  emit(c, op.OP_FORMAT_WITH_SPEC, 0, e);
}

/** Strings and interpolations alternate, with a string at both ends. */
function templateStr(c: Compiler, e: A.TemplateStr): void {
  const texts: string[] = [''];
  const values: A.Expr[] = [];
  for (const v of e.values) {
    if (v.kind === 'Constant' && v.value.t === 'str') texts[texts.length - 1] += v.value.v;
    else {
      values.push(v);
      texts.push('');
    }
  }
  emitConst(c, strings(texts), e);
  visitAll(c, values);
  emit(c, op.OP_BUILD_TUPLE, values.length, e);
  emit(c, op.OP_BUILD_TEMPLATE, 0, e);
}

function interpolation(c: Compiler, e: A.Interpolation): void {
  visit(c, e.value);
  emitConst(c, str(e.str), e);
  if (e.format_spec !== null) visit(c, e.format_spec);
  emit(c, op.OP_BUILD_INTERPOLATION, (conversion(e.conversion) << 2) | (e.format_spec === null ? 0 : 1), e);
}

// ---------------------------------------------------------------- yield and await

function inFunction(c: Compiler): boolean {
  const { kind } = c.unit;
  return kind === 'function' || kind === 'async function' || kind === 'lambda';
}

function yieldExpr(c: Compiler, e: A.Yield): void {
  if (!inFunction(c)) throw syntaxError("'yield' outside function", e);
  if (e.value === null) emitConst(c, NONE, e);
  else visit(c, e.value);
  emitYield(c, e);
}

/** Yields the top; an asynchronous generator wraps it first. */
export function emitYield(c: Compiler, at: A.Located): void {
  const { scope } = c.unit;
  if (scope.generator && scope.coroutine) emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_ASYNC_GEN_WRAP, at);
  emit(c, op.OP_YIELD_VALUE, 0, at);
}

function yieldFromExpr(c: Compiler, e: A.YieldFrom): void {
  if (!inFunction(c)) throw syntaxError("'yield from' outside function", e);
  if (c.unit.kind === 'async function') throw syntaxError("'yield from' inside async function", e);
  visit(c, e.value);
  emit(c, op.OP_GET_YIELD_FROM_ITER, 0, e);
  emitNone(c, e);
  emitYieldFrom(c, e);
}

function awaitExpr(c: Compiler, e: A.Await): void {
  const { kind, scope } = c.unit;
  if (scope.type === 'module' || scope.type === 'class') throw syntaxError("'await' outside function", e);
  if (kind !== 'async function' && kind !== 'comprehension') throw syntaxError("'await' outside async function", e);
  visit(c, e.value);
  emitAwait(c, 0, e);
}

/** Awaits the top; `what` is the argument of GET_AWAITABLE. */
export function emitAwait(c: Compiler, what: number, at: A.Located): void {
  emit(c, op.OP_GET_AWAITABLE, what, at);
  emitNone(c, at);
  emitYieldFrom(c, at);
}

/** [iterator, value] -> [result] (PEP 380): what throw() raises inside is handed to the iterator by the interpreter. */
export function emitYieldFrom(c: Compiler, at: A.Located): void {
  const send = newLabel(c);
  const fail = newLabel(c);
  const exit = newLabel(c);
  place(c, send);
  emit(c, op.OP_SEND, exit, at);
  emit(c, P_SETUP_FINALLY, fail, at);
  emit(c, op.OP_YIELD_VALUE, 1, at);
  emit(c, P_POP_BLOCK, 0, null);
  emit(c, P_JUMP, send, at);
  place(c, fail);
  emit(c, op.OP_CLEANUP_THROW, 0, at);
  place(c, exit);
  emit(c, op.OP_END_SEND, 0, at);
}
