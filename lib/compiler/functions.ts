/** Code of function and class definitions and lambdas. */
import type * as A from '../syntax/ast.js';
import { annotateFunction, deferredAnnotations, evaluator } from './annotations.js';
import { callArguments } from './calls.js';
import { CO_FUTURE_ANNOTATIONS, type CodeUnit } from './code.js';
import { int, str, strings } from './constants.js';
import type { Const } from './code.js';
import { visit } from './expressions.js';
import { isDocstring } from './future.js';
import { mangled, nameOp } from './names.js';
import * as op from './opcodes.js';
import { cellIndex, type Counts, enterScope, leaveScope, makeClosure, NO_ARGS } from './scope.js';
import { body } from './statements.js';
import { syntaxError } from './symbols.js';
import { type Compiler, emit, emitConst, emitTuple, loc, P_LOAD_CLOSURE } from './unit.js';

type FunctionNode = A.FunctionDef | A.AsyncFunctionDef;

function countsOf(a: A.Arguments): Counts {
  return {
    argcount: a.posonlyargs.length + a.args.length,
    posonlyargcount: a.posonlyargs.length,
    kwonlyargcount: a.kwonlyargs.length,
  };
}

/** Pushes defaults; returns FUNC_ATTR_ flags of what was pushed. */
function defaults(c: Compiler, a: A.Arguments, at: A.Located): number {
  let flags = 0;
  if (a.defaults.length > 0) {
    for (const d of a.defaults) visit(c, d);
    emitTuple(c, a.defaults.length, at);
    flags |= op.FUNC_ATTR_DEFAULTS;
  }
  if (!a.kw_defaults.some((d) => d !== null)) return flags;
  let n = 0;
  a.kw_defaults.forEach((d, i) => {
    if (d === null) return;
    emitConst(c, str(mangled(c.unit, a.kwonlyargs[i]!.arg)), at);
    visit(c, d);
    n++;
  });
  emit(c, op.OP_BUILD_MAP, n, at);
  return flags | op.FUNC_ATTR_KWDEFAULTS;
}

function firstLine(s: FunctionNode | A.ClassDef): number {
  return s.decorator_list.length > 0 ? s.decorator_list[0]!.lineno : s.lineno;
}

function applyDecorators(c: Compiler, decorators: A.Expr[]): void {
  for (const d of decorators.toReversed()) emit(c, op.OP_CALL, 0, d);
}

export function functionDef(c: Compiler, s: FunctionNode): void {
  const firstlineno = firstLine(s);
  for (const d of s.decorator_list) visit(c, d);
  const flags = defaults(c, s.args, s);
  if (s.type_params.length > 0) genericFunction(c, s, flags, firstlineno);
  else {
    const annotate = annotateFunction(c, s);
    functionBody(c, s, flags | annotate, firstlineno);
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, s.name, 'Store', s);
}

/** A function of the type parameters' scope makes the function; it is given the defaults. */
function genericFunction(c: Compiler, s: FunctionNode, flags: number, firstlineno: number): void {
  const n = (flags & op.FUNC_ATTR_DEFAULTS ? 1 : 0) + (flags & op.FUNC_ATTR_KWDEFAULTS ? 1 : 0);
  if (n === 2) emit(c, op.OP_SWAP, 2, s);
  enterTypeParams(c, s, firstlineno, n);
  for (let i = 0; i < n; i++) emit(c, op.OP_LOAD_FAST, i, s);
  const annotate = annotateFunction(c, s);
  functionBody(c, s, flags | annotate, firstlineno);
  emit(c, op.OP_SWAP, 2, s);
  emit(c, op.OP_CALL_INTRINSIC_2, op.INTRINSIC_SET_FUNCTION_TYPE_PARAMS, s);
  emit(c, op.OP_RETURN_VALUE, 0, s);
  makeClosure(c, leaveScope(c, false), 0, s);
  if (n > 0) {
    emit(c, op.OP_SWAP, n + 1, s);
    emit(c, op.OP_CALL, n - 1, s);
  } else callNothing(c, s);
}

function callNothing(c: Compiler, at: A.Located): void {
  emit(c, op.OP_PUSH_NULL, 0, at);
  emit(c, op.OP_CALL, 0, at);
}

function functionBody(c: Compiler, s: FunctionNode, flags: number, firstlineno: number): void {
  const scope = c.table.scopes.get(s)!;
  const kind = s.kind === 'AsyncFunctionDef' ? 'async function' : 'function';
  enterScope(c, s.name, kind, scope, firstlineno, countsOf(s.args));
  let stmts = s.body;
  if (isDocstring(stmts[0])) {
    if (c.optimize < 2) c.unit.docstring = docText(stmts[0]!);
    stmts = stmts.slice(1);
  }
  body(c, stmts);
  makeClosure(c, leaveScope(c, true), flags, s);
}

function docstringOf(s: A.Stmt): A.Constant {
  return (s as unknown as { value: A.Constant }).value;
}

const docText = (s: A.Stmt): string => cleanDoc((docstringOf(s).value as { v: string }).v);

export function lambda(c: Compiler, e: A.Lambda): void {
  const flags = defaults(c, e.args, e);
  enterScope(c, '<lambda>', 'lambda', c.table.scopes.get(e)!, e.lineno, countsOf(e.args));
  visit(c, e.body);
  emit(c, op.OP_RETURN_VALUE, 0, e.body);
  makeClosure(c, leaveScope(c, false), flags, e);
}

// ---------------------------------------------------------------- classes

export function classDef(c: Compiler, s: A.ClassDef): void {
  for (const d of s.decorator_list) visit(c, d);
  const firstlineno = firstLine(s);
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParams(c, s, firstlineno, 0);
    nameOp(c, '.type_params', 'Store', s);
  }
  const code = classBody(c, s, firstlineno);
  emit(c, op.OP_LOAD_BUILD_CLASS, 0, s);
  emit(c, op.OP_PUSH_NULL, 0, s);
  makeClosure(c, code, 0, s);
  emitConst(c, str(s.name), s);
  if (generic) genericBases(c, s);
  else callArguments(c, 2, s.bases, null, s.keywords, s);
  applyDecorators(c, s.decorator_list);
  nameOp(c, s.name, 'Store', s);
}

function genericBases(c: Compiler, s: A.ClassDef): void {
  nameOp(c, '.type_params', 'Load', s);
  emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_SUBSCRIPT_GENERIC, s);
  nameOp(c, '.generic_base', 'Store', s);
  callArguments(c, 2, s.bases, '.generic_base', s.keywords, s);
  emit(c, op.OP_RETURN_VALUE, 0, s);
  makeClosure(c, leaveScope(c, false), 0, s);
  callNothing(c, s);
}

function classBody(c: Compiler, s: A.ClassDef, firstlineno: number): CodeUnit {
  enterScope(c, s.name, 'class', c.table.scopes.get(s)!, firstlineno, NO_ARGS, s.name);
  const at = loc(firstlineno, firstlineno, 0, 0);
  const u = c.unit;
  nameOp(c, '__name__', 'Load', at);
  nameOp(c, '__module__', 'Store', at);
  storeConst(c, '__qualname__', str(u.qualname), at);
  storeConst(c, '__firstlineno__', int(firstlineno), at);
  if (s.type_params.length > 0) {
    nameOp(c, '.type_params', 'Load', at);
    nameOp(c, '__type_params__', 'Store', at);
  }
  fillCells(c, at);
  moduleOrClassBody(c, s.body, at);
  storeConst(c, '__static_attributes__', strings([...u.staticAttributes].sort()), at);
  publishCells(c, at);
  return leaveScope(c, false);
}

function storeConst(c: Compiler, name: string, value: Const, at: A.Located): void {
  emitConst(c, value, at);
  nameOp(c, name, 'Store', at);
}

function fillCells(c: Compiler, at: A.Located): void {
  const { scope } = c.unit;
  if (scope.needsClassDict) {
    emit(c, op.OP_LOAD_LOCALS, 0, at);
    emit(c, op.OP_STORE_DEREF, cellIndex(c.unit, '__classdict__'), at);
  }
  if (!scope.hasConditionalAnnotations) return;
  emit(c, op.OP_BUILD_SET, 0, at);
  emit(c, op.OP_STORE_DEREF, cellIndex(c.unit, '__conditional_annotations__'), at);
}

function publishCells(c: Compiler, at: A.Located): void {
  const u = c.unit;
  if (u.scope.needsClassDict) {
    emit(c, P_LOAD_CLOSURE, cellIndex(u, '__classdict__'), at);
    nameOp(c, '__classdictcell__', 'Store', at);
  }
  if (u.scope.needsClassClosure) {
    emit(c, P_LOAD_CLOSURE, cellIndex(u, '__class__'), at);
    emit(c, op.OP_COPY, 1, at);
    nameOp(c, '__classcell__', 'Store', at);
  } else emit(c, op.OP_LOAD_IMM, op.IMM_NONE, at);
  emit(c, op.OP_RETURN_VALUE, 0, at);
}

/** Statements of a class or module, with __doc__ and annotations. */
export function moduleOrClassBody(c: Compiler, stmts: A.Stmt[], at: A.Located): void {
  const { scope } = c.unit;
  const future = (c.future.flags & CO_FUTURE_ANNOTATIONS) !== 0;
  if (future && scope.annotationsUsed) emit(c, op.OP_SETUP_ANNOTATIONS, 0, at);
  let rest = stmts;
  if (!c.interactive && isDocstring(stmts[0])) {
    rest = stmts.slice(1);
    if (c.optimize < 2) {
      emitConst(c, str(docText(stmts[0]!)), docstringOf(stmts[0]!));
      nameOp(c, '__doc__', 'Store', null);
    }
  }
  body(c, rest);
  if (!future && scope.annotationsUsed) deferredAnnotations(c, at);
}

// ---------------------------------------------------------------- type parameters

/** Begins the scope of type parameters and leaves the tuple of them on the stack. */
function enterTypeParams(c: Compiler, s: FunctionNode | A.ClassDef, firstlineno: number, argcount: number): void {
  const scope = c.table.scopes.get(s.type_params)!;
  const name = `<generic parameters of ${s.name}>`;
  const privateName = s.kind === 'ClassDef' ? s.name : undefined;
  enterScope(c, name, 'annotations', scope, firstlineno, { ...NO_ARGS, argcount }, privateName);
  typeParams(c, s.type_params, s);
}

const INTRINSIC = {
  TypeVar: op.INTRINSIC_TYPEVAR,
  ParamSpec: op.INTRINSIC_PARAMSPEC,
  TypeVarTuple: op.INTRINSIC_TYPEVARTUPLE,
};

function typeParams(c: Compiler, params: A.TypeParam[], at: A.Located): void {
  let defaultSeen = false;
  for (const p of params) {
    emitConst(c, str(p.name), p);
    if (p.kind === 'TypeVar' && p.bound !== null) bound(c, p, p.bound);
    else emit(c, op.OP_CALL_INTRINSIC_1, INTRINSIC[p.kind], p);
    if (p.default_value !== null) {
      defaultSeen = true;
      evaluator(c, p.name, c.table.typeVariables.get(p.default_value)!, p.default_value, p);
      emit(c, op.OP_CALL_INTRINSIC_2, op.INTRINSIC_SET_TYPEPARAM_DEFAULT, p);
    } else if (defaultSeen) {
      throw syntaxError(`non-default type parameter '${p.name}' follows default type parameter`, p);
    }
    emit(c, op.OP_COPY, 1, p);
    nameOp(c, p.name, 'Store', p);
  }
  emit(c, op.OP_BUILD_TUPLE, params.length, at);
}

function bound(c: Compiler, p: A.TypeVar, e: A.Expr): void {
  evaluator(c, p.name, c.table.typeVariables.get(e)!, e, p);
  const intrinsic = e.kind === 'Tuple' ? op.INTRINSIC_TYPEVAR_WITH_CONSTRAINTS : op.INTRINSIC_TYPEVAR_WITH_BOUND;
  emit(c, op.OP_CALL_INTRINSIC_2, intrinsic, p);
}

export function typeAlias(c: Compiler, s: A.TypeAlias): void {
  const name = (s.name as A.Name).id;
  const generic = s.type_params.length > 0;
  if (generic) {
    const scope = c.table.scopes.get(s.type_params)!;
    enterScope(c, `<generic parameters of ${name}>`, 'annotations', scope, s.lineno);
    emitConst(c, str(name), s);
    typeParams(c, s.type_params, s);
  } else {
    emitConst(c, str(name), s);
    emit(c, op.OP_LOAD_IMM, op.IMM_NONE, s);
  }
  evaluator(c, name, c.table.scopes.get(s)!, s.value, s);
  emit(c, op.OP_BUILD_TUPLE, 3, s);
  emit(c, op.OP_CALL_INTRINSIC_1, op.INTRINSIC_TYPEALIAS, s);
  if (generic) {
    emit(c, op.OP_RETURN_VALUE, 0, s);
    makeClosure(c, leaveScope(c, false), 0, s);
    callNothing(c, s);
  }
  nameOp(c, name, 'Store', s.name);
}

// ---------------------------------------------------------------- docstrings

/** Docstring without the indentation common to its lines after the first. */
export function cleanDoc(doc: string): string {
  const lines = expandTabs(doc).split('\n');
  let margin = Infinity;
  for (const line of lines.slice(1)) {
    const indent = line.search(/[^ ]/);
    if (indent >= 0 && indent < margin) margin = indent;
  }
  if (margin === Infinity) margin = 0;
  const [first, ...rest] = lines;
  return [first!.replace(/^ +/, ''), ...rest.map((l) => dedent(l, margin))].join('\n');
}

function dedent(line: string, margin: number): string {
  let n = 0;
  while (n < margin && line[n] === ' ') n++;
  return line.slice(n);
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let column = 0;
  let out = '';
  for (const ch of text) {
    if (ch === '\t') {
      const n = 8 - (column % 8);
      out += ' '.repeat(n);
      column += n;
    } else {
      out += ch;
      column = ch === '\n' || ch === '\r' ? 0 : column + 1;
    }
  }
  return out;
}
