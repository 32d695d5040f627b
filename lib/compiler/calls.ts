/** Code of calls. */
import type * as A from '../syntax/ast.js';
import { strings } from './constants.js';
import { attributePosition, display, STACK_GUIDELINE, superAttribute, TUPLE, visit, visitAll } from './expressions.js';
import { mangled, nameOp } from './names.js';
import * as op from './opcodes.js';
import { syntaxError } from './symbols.js';
import { type Compiler, emit, emitConst, emitName } from './unit.js';
import { warnCall } from './warnings.js';

export function call(c: Compiler, e: A.Call): void {
  checkKeywords(e.keywords);
  if (methodCall(c, e)) return;
  warnCall(c, e);
  visit(c, e.func);
  emit(c, op.OP_PUSH_NULL, 0, e.func);
  callArguments(c, 0, e.args, null, e.keywords, e);
}

function checkKeywords(keywords: A.Keyword[]): void {
  if (keywords.length < 2) return;
  const seen = new Set<string>();
  for (const k of keywords) {
    if (k.arg === null) continue;
    if (seen.has(k.arg)) throw syntaxError(`keyword argument repeated: ${k.arg}`, k);
    seen.add(k.arg);
  }
}

/** Arguments can be pushed one by one. */
function simple(args: A.Expr[], keywords: A.Keyword[], limit: number): boolean {
  if (limit > STACK_GUIDELINE) return false;
  return !args.some((a) => a.kind === 'Starred') && !keywords.some((k) => k.arg === null);
}

/** obj.name(...) without making a bound method. */
function methodCall(c: Compiler, e: A.Call): boolean {
  const { func, args, keywords } = e;
  if (func.kind !== 'Attribute') return false;
  const n = args.length + keywords.length;
  if (!simple(args, keywords, n + (keywords.length > 0 ? 1 : 0) + 1)) return false;
  if (!superAttribute(c, func, op.OP_LOAD_SUPER_METHOD)) {
    visit(c, func.value);
    emitName(c, op.OP_LOAD_METHOD, mangled(c.unit, func.attr), attributePosition(func, func));
  }
  simpleCall(c, 0, args, null, keywords, attributePosition(e, func));
  return true;
}

function simpleCall(
  c: Compiler,
  pushed: number,
  args: A.Expr[],
  injected: string | null,
  keywords: A.Keyword[],
  at: A.Located,
): void {
  visitAll(c, args);
  if (injected !== null) nameOp(c, injected, 'Load', at);
  const n = pushed + args.length + (injected === null ? 0 : 1);
  if (keywords.length === 0) return emit(c, op.OP_CALL, n, at);
  for (const k of keywords) visit(c, k.value);
  emitConst(c, strings(keywords.map((k) => k.arg!)), at);
  emit(c, op.OP_CALL_KW, n + keywords.length, at);
}

/** Arguments and the call itself; `pushed` positional ones and the callable are on the stack; `injected` names the last one. */
export function callArguments(
  c: Compiler,
  pushed: number,
  args: A.Expr[],
  injected: string | null,
  keywords: A.Keyword[],
  at: A.Located,
): void {
  if (simple(args, keywords, args.length + 2 * keywords.length)) {
    return simpleCall(c, pushed, args, injected, keywords, at);
  }
  if (pushed === 0 && injected === null && args.length === 1 && args[0]!.kind === 'Starred') visit(c, args[0]!.value);
  else display(c, args, TUPLE, at, pushed, injected);
  if (keywords.length === 0) emit(c, op.OP_PUSH_NULL, 0, at);
  else keywordDict(c, keywords, at);
  emit(c, op.OP_CALL_EX, 0, at);
}

function keywordDict(c: Compiler, keywords: A.Keyword[], at: A.Located): void {
  let haveDict = false;
  let start = 0;
  const flush = (end: number): void => {
    if (start < end) {
      named(c, keywords.slice(start, end), at);
      if (haveDict) emit(c, op.OP_DICT_MERGE, 1, at);
      haveDict = true;
    }
    start = end + 1;
  };
  keywords.forEach((k, i) => {
    if (k.arg !== null) return;
    flush(i);
    if (!haveDict) emit(c, op.OP_BUILD_MAP, 0, at);
    haveDict = true;
    visit(c, k.value);
    emit(c, op.OP_DICT_MERGE, 1, at);
  });
  flush(keywords.length);
}

function named(c: Compiler, keywords: A.Keyword[], at: A.Located): void {
  const big = keywords.length * 2 > STACK_GUIDELINE;
  if (big) emit(c, op.OP_BUILD_MAP, 0, at);
  for (const k of keywords) {
    emitConst(c, { t: 'str', v: k.arg! }, at);
    visit(c, k.value);
    if (big) emit(c, op.OP_MAP_ADD, 1, at);
  }
  if (!big) emit(c, op.OP_BUILD_MAP, keywords.length, at);
}
