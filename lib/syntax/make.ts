/**
 * One factory for each kind of syntax node (see ast.ts): fields in ASDL order, then lineno, col_offset, end_lineno,
 * end_col_offset where the node has a location. The property order written here is the only one there is.
 */
import type * as A from './ast.js';

export function Module(body: A.Stmt[], type_ignores: A.TypeIgnore[]): A.Module {
  return { kind: 'Module', body, type_ignores };
}
export function Interactive(body: A.Stmt[]): A.Interactive {
  return { kind: 'Interactive', body };
}
export function Expression(body: A.Expr): A.Expression {
  return { kind: 'Expression', body };
}
export function FunctionType(argtypes: A.Expr[], returns: A.Expr): A.FunctionType {
  return { kind: 'FunctionType', argtypes, returns };
}
export function FunctionDef(
  name: string,
  args: A.Arguments,
  body: A.Stmt[],
  decorator_list: A.Expr[],
  returns: A.Expr | null,
  type_comment: string | null,
  type_params: A.TypeParam[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.FunctionDef {
  return {
    kind: 'FunctionDef',
    lineno,
    col_offset,
    end_lineno,
    end_col_offset,
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment,
    type_params,
  };
}
export function AsyncFunctionDef(
  name: string,
  args: A.Arguments,
  body: A.Stmt[],
  decorator_list: A.Expr[],
  returns: A.Expr | null,
  type_comment: string | null,
  type_params: A.TypeParam[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.AsyncFunctionDef {
  return {
    kind: 'AsyncFunctionDef',
    lineno,
    col_offset,
    end_lineno,
    end_col_offset,
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment,
    type_params,
  };
}
export function ClassDef(
  name: string,
  bases: A.Expr[],
  keywords: A.Keyword[],
  body: A.Stmt[],
  decorator_list: A.Expr[],
  type_params: A.TypeParam[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.ClassDef {
  return {
    kind: 'ClassDef',
    lineno,
    col_offset,
    end_lineno,
    end_col_offset,
    name,
    bases,
    keywords,
    body,
    decorator_list,
    type_params,
  };
}
export function Return(
  value: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Return {
  return { kind: 'Return', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function Delete(
  targets: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Delete {
  return { kind: 'Delete', lineno, col_offset, end_lineno, end_col_offset, targets };
}
export function Assign(
  targets: A.Expr[],
  value: A.Expr,
  type_comment: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Assign {
  return { kind: 'Assign', lineno, col_offset, end_lineno, end_col_offset, targets, value, type_comment };
}
export function TypeAlias(
  name: A.Expr,
  type_params: A.TypeParam[],
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.TypeAlias {
  return { kind: 'TypeAlias', lineno, col_offset, end_lineno, end_col_offset, name, type_params, value };
}
export function AugAssign(
  target: A.Expr,
  op: A.Operator,
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.AugAssign {
  return { kind: 'AugAssign', lineno, col_offset, end_lineno, end_col_offset, target, op, value };
}
export function AnnAssign(
  target: A.Expr,
  annotation: A.Expr,
  value: A.Expr | null,
  simple: 0 | 1,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.AnnAssign {
  return { kind: 'AnnAssign', lineno, col_offset, end_lineno, end_col_offset, target, annotation, value, simple };
}
export function For(
  target: A.Expr,
  iter: A.Expr,
  body: A.Stmt[],
  orelse: A.Stmt[],
  type_comment: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.For {
  return { kind: 'For', lineno, col_offset, end_lineno, end_col_offset, target, iter, body, orelse, type_comment };
}
export function AsyncFor(
  target: A.Expr,
  iter: A.Expr,
  body: A.Stmt[],
  orelse: A.Stmt[],
  type_comment: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.AsyncFor {
  return { kind: 'AsyncFor', lineno, col_offset, end_lineno, end_col_offset, target, iter, body, orelse, type_comment };
}
export function While(
  test: A.Expr,
  body: A.Stmt[],
  orelse: A.Stmt[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.While {
  return { kind: 'While', lineno, col_offset, end_lineno, end_col_offset, test, body, orelse };
}
export function If(
  test: A.Expr,
  body: A.Stmt[],
  orelse: A.Stmt[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.If {
  return { kind: 'If', lineno, col_offset, end_lineno, end_col_offset, test, body, orelse };
}
export function With(
  items: A.WithItem[],
  body: A.Stmt[],
  type_comment: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.With {
  return { kind: 'With', lineno, col_offset, end_lineno, end_col_offset, items, body, type_comment };
}
export function AsyncWith(
  items: A.WithItem[],
  body: A.Stmt[],
  type_comment: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.AsyncWith {
  return { kind: 'AsyncWith', lineno, col_offset, end_lineno, end_col_offset, items, body, type_comment };
}
export function Match(
  subject: A.Expr,
  cases: A.MatchCase[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Match {
  return { kind: 'Match', lineno, col_offset, end_lineno, end_col_offset, subject, cases };
}
export function Raise(
  exc: A.Expr | null,
  cause: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Raise {
  return { kind: 'Raise', lineno, col_offset, end_lineno, end_col_offset, exc, cause };
}
export function Try(
  body: A.Stmt[],
  handlers: A.ExceptHandler[],
  orelse: A.Stmt[],
  finalbody: A.Stmt[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Try {
  return { kind: 'Try', lineno, col_offset, end_lineno, end_col_offset, body, handlers, orelse, finalbody };
}
export function TryStar(
  body: A.Stmt[],
  handlers: A.ExceptHandler[],
  orelse: A.Stmt[],
  finalbody: A.Stmt[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.TryStar {
  return { kind: 'TryStar', lineno, col_offset, end_lineno, end_col_offset, body, handlers, orelse, finalbody };
}
export function Assert(
  test: A.Expr,
  msg: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Assert {
  return { kind: 'Assert', lineno, col_offset, end_lineno, end_col_offset, test, msg };
}
export function Import(
  names: A.Alias[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Import {
  return { kind: 'Import', lineno, col_offset, end_lineno, end_col_offset, names };
}
export function ImportFrom(
  module: string | null,
  names: A.Alias[],
  level: number,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.ImportFrom {
  return { kind: 'ImportFrom', lineno, col_offset, end_lineno, end_col_offset, module, names, level };
}
export function Global(
  names: string[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Global {
  return { kind: 'Global', lineno, col_offset, end_lineno, end_col_offset, names };
}
export function Nonlocal(
  names: string[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Nonlocal {
  return { kind: 'Nonlocal', lineno, col_offset, end_lineno, end_col_offset, names };
}
export function Expr(
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.ExprStmt {
  return { kind: 'Expr', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function Pass(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Pass {
  return { kind: 'Pass', lineno, col_offset, end_lineno, end_col_offset };
}
export function Break(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Break {
  return { kind: 'Break', lineno, col_offset, end_lineno, end_col_offset };
}
export function Continue(lineno: number, col_offset: number, end_lineno: number, end_col_offset: number): A.Continue {
  return { kind: 'Continue', lineno, col_offset, end_lineno, end_col_offset };
}
export function BoolOp(
  op: A.BoolOperator,
  values: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.BoolOp {
  return { kind: 'BoolOp', lineno, col_offset, end_lineno, end_col_offset, op, values };
}
export function NamedExpr(
  target: A.Expr,
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.NamedExpr {
  return { kind: 'NamedExpr', lineno, col_offset, end_lineno, end_col_offset, target, value };
}
export function BinOp(
  left: A.Expr,
  op: A.Operator,
  right: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.BinOp {
  return { kind: 'BinOp', lineno, col_offset, end_lineno, end_col_offset, left, op, right };
}
export function UnaryOp(
  op: A.UnaryOperator,
  operand: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.UnaryOp {
  return { kind: 'UnaryOp', lineno, col_offset, end_lineno, end_col_offset, op, operand };
}
export function Lambda(
  args: A.Arguments,
  body: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Lambda {
  return { kind: 'Lambda', lineno, col_offset, end_lineno, end_col_offset, args, body };
}
export function IfExp(
  test: A.Expr,
  body: A.Expr,
  orelse: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.IfExp {
  return { kind: 'IfExp', lineno, col_offset, end_lineno, end_col_offset, test, body, orelse };
}
export function Dict(
  keys: (A.Expr | null)[],
  values: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Dict {
  return { kind: 'Dict', lineno, col_offset, end_lineno, end_col_offset, keys, values };
}
export function Set(
  elts: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Set {
  return { kind: 'Set', lineno, col_offset, end_lineno, end_col_offset, elts };
}
export function ListComp(
  elt: A.Expr,
  generators: A.Comprehension[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.ListComp {
  return { kind: 'ListComp', lineno, col_offset, end_lineno, end_col_offset, elt, generators };
}
export function SetComp(
  elt: A.Expr,
  generators: A.Comprehension[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.SetComp {
  return { kind: 'SetComp', lineno, col_offset, end_lineno, end_col_offset, elt, generators };
}
export function DictComp(
  key: A.Expr,
  value: A.Expr,
  generators: A.Comprehension[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.DictComp {
  return { kind: 'DictComp', lineno, col_offset, end_lineno, end_col_offset, key, value, generators };
}
export function GeneratorExp(
  elt: A.Expr,
  generators: A.Comprehension[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.GeneratorExp {
  return { kind: 'GeneratorExp', lineno, col_offset, end_lineno, end_col_offset, elt, generators };
}
export function Await(
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Await {
  return { kind: 'Await', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function Yield(
  value: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Yield {
  return { kind: 'Yield', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function YieldFrom(
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.YieldFrom {
  return { kind: 'YieldFrom', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function Compare(
  left: A.Expr,
  ops: A.CmpOperator[],
  comparators: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Compare {
  return { kind: 'Compare', lineno, col_offset, end_lineno, end_col_offset, left, ops, comparators };
}
export function Call(
  func: A.Expr,
  args: A.Expr[],
  keywords: A.Keyword[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Call {
  return { kind: 'Call', lineno, col_offset, end_lineno, end_col_offset, func, args, keywords };
}
export function FormattedValue(
  value: A.Expr,
  conversion: number,
  format_spec: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.FormattedValue {
  return { kind: 'FormattedValue', lineno, col_offset, end_lineno, end_col_offset, value, conversion, format_spec };
}
export function Interpolation(
  value: A.Expr,
  str: string,
  conversion: number,
  format_spec: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Interpolation {
  return { kind: 'Interpolation', lineno, col_offset, end_lineno, end_col_offset, value, str, conversion, format_spec };
}
export function JoinedStr(
  values: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.JoinedStr {
  return { kind: 'JoinedStr', lineno, col_offset, end_lineno, end_col_offset, values };
}
export function TemplateStr(
  values: A.Expr[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.TemplateStr {
  return { kind: 'TemplateStr', lineno, col_offset, end_lineno, end_col_offset, values };
}
export function Constant(
  value: A.PyConst,
  str_kind: 'u' | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Constant {
  return { kind: 'Constant', lineno, col_offset, end_lineno, end_col_offset, value, str_kind };
}
export function Attribute(
  value: A.Expr,
  attr: string,
  ctx: A.ExprContext,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Attribute {
  return { kind: 'Attribute', lineno, col_offset, end_lineno, end_col_offset, value, attr, ctx };
}
export function Subscript(
  value: A.Expr,
  slice: A.Expr,
  ctx: A.ExprContext,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Subscript {
  return { kind: 'Subscript', lineno, col_offset, end_lineno, end_col_offset, value, slice, ctx };
}
export function Starred(
  value: A.Expr,
  ctx: A.ExprContext,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Starred {
  return { kind: 'Starred', lineno, col_offset, end_lineno, end_col_offset, value, ctx };
}
export function Name(
  id: string,
  ctx: A.ExprContext,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Name {
  return { kind: 'Name', lineno, col_offset, end_lineno, end_col_offset, id, ctx };
}
export function List(
  elts: A.Expr[],
  ctx: A.ExprContext,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.List {
  return { kind: 'List', lineno, col_offset, end_lineno, end_col_offset, elts, ctx };
}
export function Tuple(
  elts: A.Expr[],
  ctx: A.ExprContext,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Tuple {
  return { kind: 'Tuple', lineno, col_offset, end_lineno, end_col_offset, elts, ctx };
}
export function Slice(
  lower: A.Expr | null,
  upper: A.Expr | null,
  step: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Slice {
  return { kind: 'Slice', lineno, col_offset, end_lineno, end_col_offset, lower, upper, step };
}
export function Comprehension(target: A.Expr, iter: A.Expr, ifs: A.Expr[], is_async: 0 | 1): A.Comprehension {
  return { kind: 'comprehension', target, iter, ifs, is_async };
}
export function ExceptHandler(
  type: A.Expr | null,
  name: string | null,
  body: A.Stmt[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.ExceptHandler {
  return { kind: 'ExceptHandler', lineno, col_offset, end_lineno, end_col_offset, type, name, body };
}
export function Arguments(
  posonlyargs: A.Arg[],
  args: A.Arg[],
  vararg: A.Arg | null,
  kwonlyargs: A.Arg[],
  kw_defaults: (A.Expr | null)[],
  kwarg: A.Arg | null,
  defaults: A.Expr[],
): A.Arguments {
  return { kind: 'arguments', posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults };
}
export function Arg(
  arg: string,
  annotation: A.Expr | null,
  type_comment: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Arg {
  return { kind: 'arg', lineno, col_offset, end_lineno, end_col_offset, arg, annotation, type_comment };
}
export function Keyword(
  arg: string | null,
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Keyword {
  return { kind: 'keyword', lineno, col_offset, end_lineno, end_col_offset, arg, value };
}
export function Alias(
  name: string,
  asname: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.Alias {
  return { kind: 'alias', lineno, col_offset, end_lineno, end_col_offset, name, asname };
}
export function WithItem(context_expr: A.Expr, optional_vars: A.Expr | null): A.WithItem {
  return { kind: 'withitem', context_expr, optional_vars };
}
export function MatchCase(pattern: A.Pattern, guard: A.Expr | null, body: A.Stmt[]): A.MatchCase {
  return { kind: 'match_case', pattern, guard, body };
}
export function MatchValue(
  value: A.Expr,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchValue {
  return { kind: 'MatchValue', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function MatchSingleton(
  value: A.PyConst,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchSingleton {
  return { kind: 'MatchSingleton', lineno, col_offset, end_lineno, end_col_offset, value };
}
export function MatchSequence(
  patterns: A.Pattern[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchSequence {
  return { kind: 'MatchSequence', lineno, col_offset, end_lineno, end_col_offset, patterns };
}
export function MatchMapping(
  keys: A.Expr[],
  patterns: A.Pattern[],
  rest: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchMapping {
  return { kind: 'MatchMapping', lineno, col_offset, end_lineno, end_col_offset, keys, patterns, rest };
}
export function MatchClass(
  cls: A.Expr,
  patterns: A.Pattern[],
  kwd_attrs: string[],
  kwd_patterns: A.Pattern[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchClass {
  return { kind: 'MatchClass', lineno, col_offset, end_lineno, end_col_offset, cls, patterns, kwd_attrs, kwd_patterns };
}
export function MatchStar(
  name: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchStar {
  return { kind: 'MatchStar', lineno, col_offset, end_lineno, end_col_offset, name };
}
export function MatchAs(
  pattern: A.Pattern | null,
  name: string | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchAs {
  return { kind: 'MatchAs', lineno, col_offset, end_lineno, end_col_offset, pattern, name };
}
export function MatchOr(
  patterns: A.Pattern[],
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.MatchOr {
  return { kind: 'MatchOr', lineno, col_offset, end_lineno, end_col_offset, patterns };
}
export function TypeIgnore(lineno: number, tag: string): A.TypeIgnore {
  return { kind: 'TypeIgnore', lineno, tag };
}
export function TypeVar(
  name: string,
  bound: A.Expr | null,
  default_value: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.TypeVar {
  return { kind: 'TypeVar', lineno, col_offset, end_lineno, end_col_offset, name, bound, default_value };
}
export function ParamSpec(
  name: string,
  default_value: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.ParamSpec {
  return { kind: 'ParamSpec', lineno, col_offset, end_lineno, end_col_offset, name, default_value };
}
export function TypeVarTuple(
  name: string,
  default_value: A.Expr | null,
  lineno: number,
  col_offset: number,
  end_lineno: number,
  end_col_offset: number,
): A.TypeVarTuple {
  return { kind: 'TypeVarTuple', lineno, col_offset, end_lineno, end_col_offset, name, default_value };
}
