/**
 * Syntax tree of Python 3.14. Node and field names are those of CPython's Python.asdl
 * (https://docs.python.org/3.14/library/ast.html#abstract-grammar).
 *
 * - `kind` is the node's name; it discriminates the unions `Mod`, `Stmt`, `Expr`, `Pattern`, ...
 * - Operators and expression contexts, objects in CPython, are plain strings: 'Add', 'Load', ...
 * - An optional field holds null when absent; sequences are arrays, never null.
 * - Lines count from 1; column offsets from 0 in bytes of the line's UTF-8 form; ends are exclusive.
 * - The type of the statement `Expr` is called ExprStmt, because Expr is the union of all expressions.
 * - `Constant.kind` ('u' for u"...") is called `str_kind`, because `kind` is taken.
 *
 * Nodes are made by the factories of make.ts only, so that all nodes of a kind share one hidden class.
 */

import type { Text } from './text.js';

/** Value of a constant. Lone surrogates in `str` are lone surrogates of the JavaScript string. */
export type PyConst =
  | { t: 'none' }
  | { t: 'ellipsis' }
  | { t: 'bool'; v: boolean }
  | { t: 'int'; v: bigint }
  | { t: 'float'; v: number }
  /** v is the imaginary part; the real part of a literal is 0. */
  | { t: 'complex'; v: number }
  | Text
  | { t: 'bytes'; v: Uint8Array };

export interface Located {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

export type ExprContext = 'Load' | 'Store' | 'Del';
export type BoolOperator = 'And' | 'Or';
export type Operator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'MatMult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';
export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type CmpOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

export interface Module {
  kind: 'Module';
  body: Stmt[];
  type_ignores: TypeIgnore[];
}
export interface Interactive {
  kind: 'Interactive';
  body: Stmt[];
}
export interface Expression {
  kind: 'Expression';
  body: Expr;
}
export interface FunctionType {
  kind: 'FunctionType';
  argtypes: Expr[];
  returns: Expr;
}
export interface FunctionDef extends Located {
  kind: 'FunctionDef';
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: string | null;
  type_params: TypeParam[];
}
export interface AsyncFunctionDef extends Located {
  kind: 'AsyncFunctionDef';
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: string | null;
  type_params: TypeParam[];
}
export interface ClassDef extends Located {
  kind: 'ClassDef';
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorator_list: Expr[];
  type_params: TypeParam[];
}
export interface Return extends Located {
  kind: 'Return';
  value: Expr | null;
}
export interface Delete extends Located {
  kind: 'Delete';
  targets: Expr[];
}
export interface Assign extends Located {
  kind: 'Assign';
  targets: Expr[];
  value: Expr;
  type_comment: string | null;
}
export interface TypeAlias extends Located {
  kind: 'TypeAlias';
  name: Expr;
  type_params: TypeParam[];
  value: Expr;
}
export interface AugAssign extends Located {
  kind: 'AugAssign';
  target: Expr;
  op: Operator;
  value: Expr;
}
export interface AnnAssign extends Located {
  kind: 'AnnAssign';
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  simple: 0 | 1;
}
export interface For extends Located {
  kind: 'For';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: string | null;
}
export interface AsyncFor extends Located {
  kind: 'AsyncFor';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: string | null;
}
export interface While extends Located {
  kind: 'While';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface If extends Located {
  kind: 'If';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface With extends Located {
  kind: 'With';
  items: WithItem[];
  body: Stmt[];
  type_comment: string | null;
}
export interface AsyncWith extends Located {
  kind: 'AsyncWith';
  items: WithItem[];
  body: Stmt[];
  type_comment: string | null;
}
export interface Match extends Located {
  kind: 'Match';
  subject: Expr;
  cases: MatchCase[];
}
export interface Raise extends Located {
  kind: 'Raise';
  exc: Expr | null;
  cause: Expr | null;
}
export interface Try extends Located {
  kind: 'Try';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface TryStar extends Located {
  kind: 'TryStar';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface Assert extends Located {
  kind: 'Assert';
  test: Expr;
  msg: Expr | null;
}
export interface Import extends Located {
  kind: 'Import';
  names: Alias[];
}
export interface ImportFrom extends Located {
  kind: 'ImportFrom';
  module: string | null;
  names: Alias[];
  level: number;
}
export interface Global extends Located {
  kind: 'Global';
  names: string[];
}
export interface Nonlocal extends Located {
  kind: 'Nonlocal';
  names: string[];
}
export interface ExprStmt extends Located {
  kind: 'Expr';
  value: Expr;
}
export interface Pass extends Located {
  kind: 'Pass';
}
export interface Break extends Located {
  kind: 'Break';
}
export interface Continue extends Located {
  kind: 'Continue';
}
export interface BoolOp extends Located {
  kind: 'BoolOp';
  op: BoolOperator;
  values: Expr[];
}
export interface NamedExpr extends Located {
  kind: 'NamedExpr';
  target: Expr;
  value: Expr;
}
export interface BinOp extends Located {
  kind: 'BinOp';
  left: Expr;
  op: Operator;
  right: Expr;
}
export interface UnaryOp extends Located {
  kind: 'UnaryOp';
  op: UnaryOperator;
  operand: Expr;
}
export interface Lambda extends Located {
  kind: 'Lambda';
  args: Arguments;
  body: Expr;
}
export interface IfExp extends Located {
  kind: 'IfExp';
  test: Expr;
  body: Expr;
  orelse: Expr;
}
export interface Dict extends Located {
  kind: 'Dict';
  keys: (Expr | null)[];
  values: Expr[];
}
export interface Set extends Located {
  kind: 'Set';
  elts: Expr[];
}
export interface ListComp extends Located {
  kind: 'ListComp';
  elt: Expr;
  generators: Comprehension[];
}
export interface SetComp extends Located {
  kind: 'SetComp';
  elt: Expr;
  generators: Comprehension[];
}
export interface DictComp extends Located {
  kind: 'DictComp';
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}
export interface GeneratorExp extends Located {
  kind: 'GeneratorExp';
  elt: Expr;
  generators: Comprehension[];
}
export interface Await extends Located {
  kind: 'Await';
  value: Expr;
}
export interface Yield extends Located {
  kind: 'Yield';
  value: Expr | null;
}
export interface YieldFrom extends Located {
  kind: 'YieldFrom';
  value: Expr;
}
export interface Compare extends Located {
  kind: 'Compare';
  left: Expr;
  ops: CmpOperator[];
  comparators: Expr[];
}
export interface Call extends Located {
  kind: 'Call';
  func: Expr;
  args: Expr[];
  keywords: Keyword[];
}
export interface FormattedValue extends Located {
  kind: 'FormattedValue';
  value: Expr;
  conversion: number;
  format_spec: Expr | null;
}
export interface Interpolation extends Located {
  kind: 'Interpolation';
  value: Expr;
  str: string;
  conversion: number;
  format_spec: Expr | null;
}
export interface JoinedStr extends Located {
  kind: 'JoinedStr';
  values: Expr[];
}
export interface TemplateStr extends Located {
  kind: 'TemplateStr';
  values: Expr[];
}
export interface Constant extends Located {
  kind: 'Constant';
  value: PyConst;
  str_kind: 'u' | null;
}
export interface Attribute extends Located {
  kind: 'Attribute';
  value: Expr;
  attr: string;
  ctx: ExprContext;
}
export interface Subscript extends Located {
  kind: 'Subscript';
  value: Expr;
  slice: Expr;
  ctx: ExprContext;
}
export interface Starred extends Located {
  kind: 'Starred';
  value: Expr;
  ctx: ExprContext;
}
export interface Name extends Located {
  kind: 'Name';
  id: string;
  ctx: ExprContext;
}
export interface List extends Located {
  kind: 'List';
  elts: Expr[];
  ctx: ExprContext;
}
export interface Tuple extends Located {
  kind: 'Tuple';
  elts: Expr[];
  ctx: ExprContext;
}
export interface Slice extends Located {
  kind: 'Slice';
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}
export interface Comprehension {
  kind: 'comprehension';
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: 0 | 1;
}
export interface ExceptHandler extends Located {
  kind: 'ExceptHandler';
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
export interface Arguments {
  kind: 'arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
}
export interface Arg extends Located {
  kind: 'arg';
  arg: string;
  annotation: Expr | null;
  type_comment: string | null;
}
export interface Keyword extends Located {
  kind: 'keyword';
  arg: string | null;
  value: Expr;
}
export interface Alias extends Located {
  kind: 'alias';
  name: string;
  asname: string | null;
}
export interface WithItem {
  kind: 'withitem';
  context_expr: Expr;
  optional_vars: Expr | null;
}
export interface MatchCase {
  kind: 'match_case';
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}
export interface MatchValue extends Located {
  kind: 'MatchValue';
  value: Expr;
}
export interface MatchSingleton extends Located {
  kind: 'MatchSingleton';
  value: PyConst;
}
export interface MatchSequence extends Located {
  kind: 'MatchSequence';
  patterns: Pattern[];
}
export interface MatchMapping extends Located {
  kind: 'MatchMapping';
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends Located {
  kind: 'MatchClass';
  cls: Expr;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}
export interface MatchStar extends Located {
  kind: 'MatchStar';
  name: string | null;
}
export interface MatchAs extends Located {
  kind: 'MatchAs';
  pattern: Pattern | null;
  name: string | null;
}
export interface MatchOr extends Located {
  kind: 'MatchOr';
  patterns: Pattern[];
}
export interface TypeIgnore {
  kind: 'TypeIgnore';
  lineno: number;
  tag: string;
}
export interface TypeVar extends Located {
  kind: 'TypeVar';
  name: string;
  bound: Expr | null;
  default_value: Expr | null;
}
export interface ParamSpec extends Located {
  kind: 'ParamSpec';
  name: string;
  default_value: Expr | null;
}
export interface TypeVarTuple extends Located {
  kind: 'TypeVarTuple';
  name: string;
  default_value: Expr | null;
}

export type Mod = Module | Interactive | Expression | FunctionType;
export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;
export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | Set
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;
export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;
export type Node =
  | Mod
  | Stmt
  | Expr
  | Pattern
  | TypeParam
  | ExceptHandler
  | Comprehension
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase
  | TypeIgnore;
export type NodeKind = Node['kind'];
