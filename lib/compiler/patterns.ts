/**
 * Code of match statements (PEP 634). A pattern tests a copy of the subject on the stack; names are bound only when the
 * whole pattern has matched: until then the captured values lie on the stack, below what is still to be tested.
 */
import type * as A from '../syntax/ast.js';
import type { Const } from './code.js';
import { constKey, constOf, int, strings } from './constants.js';
import { jumpIf, visit } from './expressions.js';
import { foldBinary, foldUnary } from './fold.js';
import { nameOp } from './names.js';
import * as op from './opcodes.js';
import { body } from './statements.js';
import { syntaxError } from './symbols.js';
import { type Compiler, emit, emitConst, emitJumpIf, emitNone, emitPop, newLabel, P_JUMP, place } from './unit.js';

interface Context {
  /** Names captured so far, in the order of their values on the stack. */
  stores: string[];
  /** Values above the captured ones. */
  onTop: number;
  /** failPop[n] drops n values and goes on to the next case. */
  failPop: number[];
  /** Patterns that match anything are allowed here. */
  allowIrrefutable: boolean;
}

export function match(c: Compiler, s: A.Match): void {
  const u = c.unit;
  const before = u.inConditionalBlock;
  u.inConditionalBlock = true;
  const end = newLabel(c);
  visit(c, s.subject);
  const last = s.cases[s.cases.length - 1]!;
  const hasDefault = isWildcard(last.pattern) && s.cases.length > 1;
  const tested = hasDefault ? s.cases.slice(0, -1) : s.cases;
  tested.forEach((m, i) => matchCase(c, m, i === s.cases.length - 1, end));
  if (hasDefault) defaultCase(c, last, end);
  place(c, end);
  u.inConditionalBlock = before;
}

const isWildcard = (p: A.Pattern): boolean => p.kind === 'MatchAs' && p.name === null && p.pattern === null;

function matchCase(c: Compiler, m: A.MatchCase, isLast: boolean, end: number): void {
  if (!isLast) emit(c, op.OP_COPY, 1, m.pattern);
  const pc: Context = { stores: [], onTop: 0, failPop: [], allowIrrefutable: m.guard !== null || isLast };
  pattern(c, m.pattern, pc);
  for (const name of pc.stores) nameOp(c, name, 'Store', m.pattern);
  if (m.guard !== null) {
    ensureFail(c, pc, 0);
    jumpIf(c, m.guard, pc.failPop[0]!, false);
  }
  if (!isLast) emitPop(c, m.pattern);
  body(c, m.body);
  emit(c, P_JUMP, end, null);
  placeFail(c, pc, m.pattern);
}

/** `case _:` at the end: the subject is dropped already, for want of a copy. */
function defaultCase(c: Compiler, m: A.MatchCase, end: number): void {
  emitPop(c, m.pattern);
  if (m.guard !== null) jumpIf(c, m.guard, end, false);
  body(c, m.body);
}

function ensureFail(c: Compiler, pc: Context, n: number): void {
  while (pc.failPop.length <= n) pc.failPop.push(newLabel(c));
}

/** Fails the pattern, dropping all that lies on the stack for it. */
function jumpToFail(c: Compiler, pc: Context, opcode: number, at: A.Located): void {
  const pops = pc.onTop + pc.stores.length;
  ensureFail(c, pc, pops);
  if (opcode === op.OP_POP_JUMP_IF_FALSE) emitJumpIf(c, false, pc.failPop[pops]!, at);
  else emit(c, opcode, pc.failPop[pops]!, at);
}

const failUnless = (c: Compiler, pc: Context, at: A.Located): void => jumpToFail(c, pc, op.OP_POP_JUMP_IF_FALSE, at);

function placeFail(c: Compiler, pc: Context, at: A.Located): void {
  for (let n = pc.failPop.length - 1; n > 0; n--) {
    place(c, pc.failPop[n]!);
    emitPop(c, at);
  }
  if (pc.failPop.length > 0) place(c, pc.failPop[0]!);
  pc.failPop = [];
}

/** Consumes the top of the stack. */
function pattern(c: Compiler, p: A.Pattern, pc: Context): void {
  switch (p.kind) {
    case 'MatchValue':
      checkValue(p.value, 'patterns', p);
      visit(c, p.value);
      emit(c, op.OP_COMPARE_EQ, 0, p);
      return failUnless(c, pc, p);
    case 'MatchSingleton':
      emitConst(c, constOf(p.value), p);
      emit(c, op.OP_IS_OP, 0, p);
      return failUnless(c, pc, p);
    case 'MatchSequence':
      return sequence(c, p, pc);
    case 'MatchMapping':
      return mapping(c, p, pc);
    case 'MatchClass':
      return classPattern(c, p, pc);
    case 'MatchStar':
      return capture(c, p.name, p, pc);
    case 'MatchAs':
      return asPattern(c, p, pc);
    case 'MatchOr':
      return orPattern(c, p, pc);
  }
}

/** Puts the top below all that is still to be tested, as the value of a name. */
function capture(c: Compiler, name: string | null, at: A.Located, pc: Context): void {
  if (name === null) return emitPop(c, at);
  if (pc.stores.includes(name)) throw syntaxError(`multiple assignments to name '${name}' in pattern`, at);
  rotate(c, pc.onTop + pc.stores.length + 1, at);
  pc.stores.push(name);
}

/** Moves the top to place n from the top. */
function rotate(c: Compiler, n: number, at: A.Located): void {
  for (let i = n; i > 1; i--) emit(c, op.OP_SWAP, i, at);
}

function asPattern(c: Compiler, p: A.MatchAs, pc: Context): void {
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      const what = p.name === null ? 'wildcard' : `name capture '${p.name}'`;
      throw syntaxError(`${what} makes remaining patterns unreachable`, p);
    }
    return capture(c, p.name, p, pc);
  }
  pc.onTop++;
  emit(c, op.OP_COPY, 1, p);
  pattern(c, p.pattern, pc);
  pc.onTop--;
  capture(c, p.name, p, pc);
}

/** A pattern inside another may match anything. */
function subpattern(c: Compiler, p: A.Pattern, pc: Context): void {
  const before = pc.allowIrrefutable;
  pc.allowIrrefutable = true;
  pattern(c, p, pc);
  pc.allowIrrefutable = before;
}

// ---------------------------------------------------------------- sequences

function sequence(c: Compiler, p: A.MatchSequence, pc: Context): void {
  const { patterns } = p;
  const star = patterns.findIndex((x) => x.kind === 'MatchStar');
  if (patterns.filter((x) => x.kind === 'MatchStar').length > 1) {
    throw syntaxError('multiple starred names in sequence pattern', p);
  }
  pc.onTop++;
  emit(c, op.OP_MATCH_SEQUENCE, 0, p);
  failUnless(c, pc, p);
  checkLength(c, patterns.length, star, p, pc);
  pc.onTop--;
  const onlyWildcards = patterns.every((x, i) => isWildcard(x) || (i === star && (x as A.MatchStar).name === null));
  if (onlyWildcards) emitPop(c, p);
  else if (star >= 0 && (patterns[star] as A.MatchStar).name === null) byIndex(c, patterns, star, p, pc);
  else unpacked(c, patterns, star, p, pc);
}

function checkLength(c: Compiler, n: number, star: number, at: A.Located, pc: Context): void {
  if (star >= 0 && n === 1) return;
  emit(c, op.OP_GET_LEN, 0, at);
  emitConst(c, int(star < 0 ? n : n - 1), at);
  emit(c, star < 0 ? op.OP_COMPARE_EQ : op.OP_COMPARE_GE, 0, at);
  failUnless(c, pc, at);
}

function unpacked(c: Compiler, patterns: A.Pattern[], star: number, at: A.Located, pc: Context): void {
  const n = patterns.length;
  if (star < 0) emit(c, op.OP_UNPACK_SEQUENCE, n, at);
  else {
    if (star >= 256 || n - star - 1 >= 1 << 15) {
      throw syntaxError('too many expressions in star-unpacking sequence pattern', at);
    }
    emit(c, op.OP_UNPACK_EX, star | ((n - star - 1) << 8), at);
  }
  pc.onTop += n;
  for (const x of patterns) {
    pc.onTop--;
    subpattern(c, x, pc);
  }
}

/** [a, *_, z]: only the items that are looked at are fetched. */
function byIndex(c: Compiler, patterns: A.Pattern[], star: number, at: A.Located, pc: Context): void {
  pc.onTop++;
  const n = patterns.length;
  patterns.forEach((x, i) => {
    if (i === star || isWildcard(x)) return;
    emit(c, op.OP_COPY, 1, at);
    if (i < star) emitConst(c, int(i), at);
    else {
      emit(c, op.OP_GET_LEN, 0, at);
      emitConst(c, int(n - i), at);
      emit(c, op.OP_BINARY_SUB, 0, at);
    }
    emit(c, op.OP_BINARY_SUBSCR, 0, at);
    subpattern(c, x, pc);
  });
  pc.onTop--;
  emitPop(c, at);
}

// ---------------------------------------------------------------- mappings and classes

function mapping(c: Compiler, p: A.MatchMapping, pc: Context): void {
  const n = p.keys.length;
  pc.onTop++;
  emit(c, op.OP_MATCH_MAPPING, 0, p);
  failUnless(c, pc, p);
  if (n === 0 && p.rest === null) {
    pc.onTop--;
    return emitPop(c, p);
  }
  if (n > 0) {
    emit(c, op.OP_GET_LEN, 0, p);
    emitConst(c, int(n), p);
    emit(c, op.OP_COMPARE_GE, 0, p);
    failUnless(c, pc, p);
  }
  mappingKeys(c, p);
  emit(c, op.OP_MATCH_KEYS, 0, p);
  pc.onTop += 2;
  emit(c, op.OP_COPY, 1, p);
  emitNone(c, p);
  emit(c, op.OP_IS_OP, 1, p);
  failUnless(c, pc, p);
  emit(c, op.OP_UNPACK_SEQUENCE, n, p);
  pc.onTop += n - 1;
  for (const x of p.patterns) {
    pc.onTop--;
    subpattern(c, x, pc);
  }
  pc.onTop -= 2;
  mappingRest(c, p, pc);
}

/** Pushes the tuple of keys. */
function mappingKeys(c: Compiler, p: A.MatchMapping): void {
  const seen = new Set<string>();
  for (const key of p.keys) {
    checkValue(key, 'mapping pattern keys', p);
    const value = literal(key);
    if (value !== null) {
      const k = constKey(sameNumber(value));
      if (seen.has(k)) throw syntaxError(`mapping pattern checks duplicate key (${repr(value)})`, p);
      seen.add(k);
    }
    visit(c, key);
  }
  emit(c, op.OP_BUILD_TUPLE, p.keys.length, p);
}

/** What a pattern compares with is a literal or a dotted name: the parser lets f-strings through. */
function checkValue(e: A.Expr, what: string, p: A.Pattern): void {
  if (e.kind === 'JoinedStr' || e.kind === 'TemplateStr')
    throw syntaxError(`${what} may only match literals and attribute lookups`, p);
}

function literal(e: A.Expr): Const | null {
  if (e.kind === 'Constant') return constOf(e.value);
  if (e.kind === 'UnaryOp') {
    const value = literal(e.operand);
    return value === null ? null : foldUnary(e.op, value);
  }
  if (e.kind !== 'BinOp') return null;
  const left = literal(e.left);
  const right = literal(e.right);
  return left === null || right === null ? null : foldBinary(e.op, left, right);
}

/** Numbers that are equal are one key. */
function sameNumber(value: Const): Const {
  if (value.t === 'bool') return int(value.v ? 1 : 0);
  return value.t === 'float' && Number.isInteger(value.v) ? int(BigInt(value.v)) : value;
}

function repr(value: Const): string {
  if (value.t === 'str')
    return value.v.includes("'") && !value.v.includes('"') ? `"${value.v}"` : `'${value.v.replace(/['\\]/g, '\\$&')}'`;
  if (value.t === 'bytes') return `b'${String.fromCharCode(...value.v)}'`;
  if (value.t === 'none') return 'None';
  if (value.t === 'bool') return value.v ? 'True' : 'False';
  if (value.t === 'complex')
    return value.re === 0 ? `${value.im}j` : `(${value.re}${value.im < 0 ? '' : '+'}${value.im}j)`;
  return 'v' in value ? String(value.v) : '...';
}

/** [subject, keys] with nothing or the rest of the items left to bind. */
function mappingRest(c: Compiler, p: A.MatchMapping, pc: Context): void {
  const n = p.keys.length;
  if (p.rest === null) {
    emitPop(c, p);
    return emitPop(c, p);
  }
  emit(c, op.OP_BUILD_MAP, 0, p);
  emit(c, op.OP_SWAP, 3, p);
  emit(c, op.OP_DICT_UPDATE, 2, p);
  emit(c, op.OP_UNPACK_SEQUENCE, n, p);
  for (let i = n; i > 0; i--) {
    emit(c, op.OP_COPY, 1 + i, p);
    emit(c, op.OP_SWAP, 2, p);
    emit(c, op.OP_DELETE_SUBSCR, 0, p);
  }
  capture(c, p.rest, p, pc);
}

function classPattern(c: Compiler, p: A.MatchClass, pc: Context): void {
  repeatedAttribute(p);
  const n = p.patterns.length + p.kwd_attrs.length;
  visit(c, p.cls);
  emitConst(c, strings(p.kwd_attrs), p);
  emit(c, op.OP_MATCH_CLASS, p.patterns.length, p);
  pc.onTop++;
  emit(c, op.OP_COPY, 1, p);
  emitNone(c, p);
  emit(c, op.OP_IS_OP, 1, p);
  failUnless(c, pc, p);
  emit(c, op.OP_UNPACK_SEQUENCE, n, p);
  pc.onTop += n - 1;
  for (const x of [...p.patterns, ...p.kwd_patterns]) {
    pc.onTop--;
    if (isWildcard(x)) emitPop(c, x);
    else subpattern(c, x, pc);
  }
}

function repeatedAttribute(p: A.MatchClass): void {
  p.kwd_attrs.forEach((name, i) => {
    const again = p.kwd_attrs.indexOf(name, i + 1);
    if (again >= 0) throw syntaxError(`attribute name repeated in class pattern: ${name}`, p.kwd_patterns[again]!);
  });
}

// ---------------------------------------------------------------- alternatives

/** Each alternative leaves its captured values in the order of the first one's, then all join. */
function orPattern(c: Compiler, p: A.MatchOr, pc: Context): void {
  const end = newLabel(c);
  const last = p.patterns.length - 1;
  let names: string[] | null = null;
  p.patterns.forEach((alternative, i) => {
    const own: Context = {
      stores: [],
      onTop: 0,
      failPop: [],
      allowIrrefutable: i === last && pc.allowIrrefutable,
    };
    emit(c, op.OP_COPY, 1, alternative);
    pattern(c, alternative, own);
    if (names === null) names = own.stores;
    else reorder(c, names, own, alternative, p);
    emit(c, P_JUMP, end, alternative);
    placeFail(c, own, alternative);
  });
  emitPop(c, p);
  jumpToFail(c, pc, P_JUMP, p);
  place(c, end);
  joinCaptures(c, names ?? [], p, pc);
}

/** Brings the values captured by a later alternative into the order of `names`. */
function reorder(c: Compiler, names: string[], own: Context, at: A.Located, or: A.MatchOr): void {
  const stores = [...own.stores];
  if (stores.length !== names.length || stores.some((x) => !names.includes(x))) {
    throw syntaxError('alternative patterns bind different names', or);
  }
  const n = names.length;
  for (let k = n - 1; k >= 0; k--) {
    const i = stores.indexOf(names[k]!);
    if (i === k) continue;
    const rotations = i + 1;
    const front = stores.splice(0, rotations);
    stores.splice(k - i, 0, ...front);
    for (let r = 0; r < rotations; r++) rotate(c, k + 1, at);
  }
}

/** [.. subject, captured] -> captured values join those of the pattern around. */
function joinCaptures(c: Compiler, names: string[], at: A.Located, pc: Context): void {
  const rotations = pc.onTop + 1 + pc.stores.length + names.length;
  for (const name of names) {
    rotate(c, rotations, at);
    if (pc.stores.includes(name)) throw syntaxError(`multiple assignments to name '${name}' in pattern`, at);
    pc.stores.push(name);
  }
  emitPop(c, at);
}
