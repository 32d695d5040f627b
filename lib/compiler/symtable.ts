/** First pass over the tree: which names each scope binds and uses. Where they live is analyze.ts. */
import type * as A from '../syntax/ast.js';
import { analyze } from './analyze.js';
import { CO_FUTURE_ANNOTATIONS } from './code.js';
import { isDocstring, type Future } from './future.js';
import {
  type Comprehension,
  DEF_ANNOT,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  isFunctionLike,
  maybeMangle,
  newScope,
  type Scope,
  type ScopeType,
  syntaxError,
  USE,
} from './symbols.js';

export interface SymbolTable {
  top: Scope;
  /** Scope of a module, function, lambda, class, comprehension, type alias, `arguments` (annotations) or type_params array. */
  scopes: Map<object, Scope>;
  /** Scope of the expression of a type parameter's bound or default. */
  typeVariables: Map<A.Expr, Scope>;
}

interface State extends SymbolTable {
  cur: Scope;
  stack: Scope[];
  private: string | null;
  futureAnnotations: boolean;
}

type At = A.Located;

/** Symbol table of a tree. Throws PySyntaxError where CPython's does. */
export function buildSymbolTable(tree: A.Mod, future: Future): SymbolTable {
  const top = newScope('module', 'top');
  const st: State = {
    top,
    scopes: new Map([[tree as object, top]]),
    typeVariables: new Map(),
    cur: top,
    stack: [top],
    private: null,
    futureAnnotations: (future.flags & CO_FUTURE_ANNOTATIONS) !== 0,
  };
  if (tree.kind === 'Expression') expr(st, tree.body);
  else if (tree.kind === 'FunctionType') throw new Error('mode func_type cannot be compiled');
  else body(st, tree.body);
  analyze(top);
  return st;
}

// ---------------------------------------------------------------- scopes

function enter(st: State, type: ScopeType, name: string, key: object | null): Scope {
  const scope = newScope(type, name);
  if (key !== null) st.scopes.set(key, scope);
  scope.nested = st.cur.nested || isFunctionLike(st.cur);
  if (type === 'function') scope.method = st.cur.type === 'class';
  enterExisting(st, scope);
  return scope;
}

function enterExisting(st: State, scope: Scope): void {
  const outer = st.cur;
  scope.compIterExpr = outer.compIterExpr;
  if (outer.mangledNames !== null && scope.type !== 'class') scope.mangledNames = outer.mangledNames;
  st.stack.push(scope);
  st.cur = scope;
  if (st.futureAnnotations && scope.type === 'annotation') return;
  if (!outer.children.includes(scope)) outer.children.push(scope);
}

function leave(st: State): void {
  st.stack.pop();
  st.cur = st.stack[st.stack.length - 1]!;
}

function lookup(st: State, scope: Scope, name: string): number {
  return scope.symbols.get(maybeMangle(st.private, scope, name)) ?? 0;
}

function define(st: State, name: string, flag: number, at: At): void {
  if (flag & DEF_TYPE_PARAM && st.cur.mangledNames !== null) st.cur.mangledNames.add(name);
  if (name === '__debug__' && flag & (DEF_LOCAL | DEF_PARAM | DEF_IMPORT)) {
    throw syntaxError('cannot assign to __debug__', at);
  }
  defineIn(st, st.cur, name, flag, at);
}

function defineIn(st: State, scope: Scope, name: string, flag: number, at: At): void {
  const mangled = maybeMangle(st.private, scope, name);
  const old = scope.symbols.get(mangled) ?? 0;
  if (flag & old & DEF_PARAM) throw syntaxError(`duplicate argument '${name}' in function definition`, at);
  if (flag & old & DEF_TYPE_PARAM) throw syntaxError(`duplicate type parameter '${name}'`, at);
  let flags = old | flag;
  if (scope.compIterTarget) {
    if (flags & (DEF_GLOBAL | DEF_NONLOCAL)) {
      throw syntaxError(`comprehension inner loop cannot rebind assignment expression target '${name}'`, at);
    }
    flags |= DEF_COMP_ITER;
  }
  scope.symbols.set(mangled, flags);
  if (flag & DEF_PARAM) scope.varnames.push(mangled);
  else if (flag & DEF_GLOBAL) st.top.symbols.set(mangled, (st.top.symbols.get(mangled) ?? 0) | flag);
}

/** A use that no statement spells out. */
function implicitUse(st: State, name: string): void {
  st.cur.symbols.set(name, (st.cur.symbols.get(name) ?? 0) | USE);
}

function seeClassScope(st: State): void {
  st.cur.canSeeClassScope = true;
  implicitUse(st, '__classdict__');
}

function checkDebug(name: string, at: At): void {
  if (name === '__debug__') throw syntaxError('cannot assign to __debug__', at);
}

// ---------------------------------------------------------------- statements

function body(st: State, stmts: A.Stmt[]): void {
  for (const s of stmts) stmt(st, s);
}

function conditional(st: State, ...bodies: A.Stmt[][]): void {
  const before = st.cur.inConditionalBlock;
  st.cur.inConditionalBlock = true;
  for (const b of bodies) body(st, b);
  st.cur.inConditionalBlock = before;
}

function stmt(st: State, s: A.Stmt): void {
  switch (s.kind) {
    case 'Expr':
      return expr(st, s.value);
    case 'Assign':
      exprs(st, s.targets);
      return expr(st, s.value);
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return functionDef(st, s);
    case 'ClassDef':
      return classDef(st, s);
    case 'Return':
      return optional(st, s.value);
    case 'If':
    case 'While':
      expr(st, s.test);
      return conditional(st, s.body, s.orelse);
    case 'For':
    case 'AsyncFor':
      expr(st, s.target);
      expr(st, s.iter);
      return conditional(st, s.body, s.orelse);
    case 'Try':
    case 'TryStar':
      return tryStmt(st, s);
    case 'With':
    case 'AsyncWith':
      for (const item of s.items) {
        expr(st, item.context_expr);
        optional(st, item.optional_vars);
      }
      return conditional(st, s.body);
    case 'AugAssign':
      expr(st, s.target);
      return expr(st, s.value);
    case 'AnnAssign':
      return annAssign(st, s);
    case 'Raise':
      optional(st, s.exc);
      return optional(st, s.cause);
    case 'Assert':
      expr(st, s.test);
      return optional(st, s.msg);
    case 'Delete':
      return exprs(st, s.targets);
    case 'Import':
    case 'ImportFrom':
      for (const a of s.names) alias(st, a);
      return;
    case 'Global':
      return declare(st, s, 'global', DEF_GLOBAL);
    case 'Nonlocal':
      return declare(st, s, 'nonlocal', DEF_NONLOCAL);
    case 'Match':
      return match(st, s);
    case 'TypeAlias':
      return typeAlias(st, s);
    case 'Pass':
    case 'Break':
    case 'Continue':
      return;
  }
}

function functionDef(st: State, s: A.FunctionDef | A.AsyncFunctionDef): void {
  define(st, s.name, DEF_LOCAL, s);
  exprs(st, s.args.defaults);
  for (const d of s.args.kw_defaults) optional(st, d);
  exprs(st, s.decorator_list);
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParams(st, s.name, s.type_params);
    if (s.args.defaults.length > 0) define(st, '.defaults', DEF_PARAM, s);
    if (s.args.kw_defaults.some((d) => d !== null)) define(st, '.kwdefaults', DEF_PARAM, s);
    for (const p of s.type_params) typeParam(st, p);
  }
  functionAnnotations(st, s);
  const scope = enter(st, 'function', s.name, s);
  scope.async = s.kind === 'AsyncFunctionDef';
  scope.coroutine = scope.async;
  scope.hasDocstring = isDocstring(s.body[0]);
  parameters(st, s.args);
  body(st, s.body);
  leave(st);
  if (generic) leave(st);
}

function classDef(st: State, s: A.ClassDef): void {
  define(st, s.name, DEF_LOCAL, s);
  exprs(st, s.decorator_list);
  const outerPrivate = st.private;
  const generic = s.type_params.length > 0;
  if (generic) {
    enterTypeParams(st, s.name, s.type_params);
    st.cur.mangledNames = new Set();
    for (const name of ['.type_params', '.generic_base']) define(st, name, DEF_LOCAL | USE, s);
    st.private = s.name;
    for (const p of s.type_params) typeParam(st, p);
  }
  exprs(st, s.bases);
  keywords(st, s.keywords);
  const scope = enter(st, 'class', s.name, s);
  scope.hasDocstring = isDocstring(s.body[0]);
  st.private = s.name;
  if (generic) {
    define(st, '__type_params__', DEF_LOCAL, s);
    implicitUse(st, '.type_params');
  }
  body(st, s.body);
  leave(st);
  if (generic) leave(st);
  st.private = outerPrivate;
}

function tryStmt(st: State, s: A.Try | A.TryStar): void {
  const before = st.cur.inConditionalBlock;
  st.cur.inConditionalBlock = true;
  body(st, s.body);
  for (const h of s.handlers) {
    optional(st, h.type);
    if (h.name !== null) define(st, h.name, DEF_LOCAL, h);
    body(st, h.body);
  }
  body(st, s.orelse);
  body(st, s.finalbody);
  st.cur.inConditionalBlock = before;
}

function annAssign(st: State, s: A.AnnAssign): void {
  st.cur.annotationsUsed = true;
  const { target } = s;
  if (target.kind === 'Name') {
    const flags = lookup(st, st.cur, target.id);
    if (flags & (DEF_GLOBAL | DEF_NONLOCAL) && st.cur !== st.top && s.simple === 1) {
      throw syntaxError(`annotated name '${target.id}' can't be ${flags & DEF_GLOBAL ? 'global' : 'nonlocal'}`, s);
    }
    if (s.simple === 1) define(st, target.id, DEF_ANNOT | DEF_LOCAL, target);
    else if (s.value !== null) define(st, target.id, DEF_LOCAL, target);
  } else expr(st, target);
  annotation(st, s.annotation);
  optional(st, s.value);
}

/** Annotations of variables go to one __annotate__ of the scope; those in functions are never evaluated. */
function annotation(st: State, e: A.Expr): void {
  const parent = st.cur;
  const conditional = parent.type === 'module' || (parent.type === 'class' && parent.inConditionalBlock);
  if (conditional && !parent.hasConditionalAnnotations) {
    parent.hasConditionalAnnotations = true;
    implicitUse(st, '__conditional_annotations__');
  }
  if (parent.annotationBlock === null) {
    parent.annotationBlock = enter(st, 'annotation', '__annotate__', null);
    define(st, 'format', DEF_PARAM, e);
    if (parent.type === 'class') seeClassScope(st);
  } else enterExisting(st, parent.annotationBlock);
  if (conditional) implicitUse(st, '__conditional_annotations__');
  st.cur.inUnevaluatedAnnotation = parent.type === 'function';
  expr(st, e);
  st.cur.inUnevaluatedAnnotation = false;
  leave(st);
}

function declare(st: State, s: A.Global | A.Nonlocal, what: string, flag: number): void {
  for (const name of s.names) {
    const flags = lookup(st, st.cur, name);
    if (flags & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) throw syntaxError(declaredLate(name, flags, what), s);
    define(st, name, flag, s);
    st.cur.directives.push({ name: maybeMangle(st.private, st.cur, name), at: s });
  }
}

function declaredLate(name: string, flags: number, what: string): string {
  if (flags & DEF_PARAM) return `name '${name}' is parameter and ${what}`;
  if (flags & USE) return `name '${name}' is used prior to ${what} declaration`;
  if (flags & DEF_ANNOT) return `annotated name '${name}' can't be ${what}`;
  return `name '${name}' is assigned to before ${what} declaration`;
}

function alias(st: State, a: A.Alias): void {
  if (a.name === '*') {
    if (st.cur.type !== 'module') throw syntaxError('import * only allowed at module level', a);
    return;
  }
  const dot = a.name.indexOf('.');
  define(st, a.asname ?? (dot < 0 ? a.name : a.name.slice(0, dot)), DEF_IMPORT, a);
}

function match(st: State, s: A.Match): void {
  expr(st, s.subject);
  const before = st.cur.inConditionalBlock;
  st.cur.inConditionalBlock = true;
  for (const c of s.cases) {
    pattern(st, c.pattern);
    optional(st, c.guard);
    body(st, c.body);
  }
  st.cur.inConditionalBlock = before;
}

function pattern(st: State, p: A.Pattern): void {
  switch (p.kind) {
    case 'MatchValue':
      return expr(st, p.value);
    case 'MatchSingleton':
      return;
    case 'MatchSequence':
    case 'MatchOr':
      return patterns(st, p.patterns);
    case 'MatchMapping':
      exprs(st, p.keys);
      patterns(st, p.patterns);
      if (p.rest !== null) define(st, p.rest, DEF_LOCAL, p);
      return;
    case 'MatchClass':
      expr(st, p.cls);
      patterns(st, p.patterns);
      p.kwd_attrs.forEach((name, i) => checkDebug(name, p.kwd_patterns[i]!));
      return patterns(st, p.kwd_patterns);
    case 'MatchStar':
      if (p.name !== null) define(st, p.name, DEF_LOCAL, p);
      return;
    case 'MatchAs':
      if (p.pattern !== null) pattern(st, p.pattern);
      if (p.name !== null) define(st, p.name, DEF_LOCAL, p);
  }
}

function patterns(st: State, list: A.Pattern[]): void {
  for (const p of list) pattern(st, p);
}

// ---------------------------------------------------------------- type parameters and annotations

function enterTypeParams(st: State, name: string, params: A.TypeParam[]): void {
  const inClass = st.cur.type === 'class';
  enter(st, 'type parameters', name, params);
  if (inClass) seeClassScope(st);
}

function typeParam(st: State, p: A.TypeParam): void {
  if (p.name === '__classdict__') {
    throw syntaxError(`reserved name '${p.name}' cannot be used for type parameter`, p);
  }
  define(st, p.name, DEF_TYPE_PARAM | DEF_LOCAL, p);
  if (p.kind === 'TypeVar' && p.bound !== null) {
    const what = p.bound.kind === 'Tuple' ? 'a TypeVar constraint' : 'a TypeVar bound';
    typeVariable(st, p.name, p.bound, what);
  }
  if (p.default_value !== null) typeVariable(st, p.name, p.default_value, `a ${p.kind} default`);
}

function typeVariable(st: State, name: string, e: A.Expr, description: string): void {
  const inClass = st.cur.canSeeClassScope;
  const scope = enter(st, 'type variable', name, null);
  st.typeVariables.set(e, scope);
  scope.description = description;
  evaluator(st, e, inClass);
}

function typeAlias(st: State, s: A.TypeAlias): void {
  expr(st, s.name);
  const inClass = st.cur.type === 'class';
  const generic = s.type_params.length > 0;
  const name = (s.name as A.Name).id;
  if (generic) {
    enterTypeParams(st, name, s.type_params);
    for (const p of s.type_params) typeParam(st, p);
  }
  enter(st, 'type alias', name, s);
  evaluator(st, s.value, inClass);
  if (generic) leave(st);
}

/** Function evaluated on demand, called with a format (PEP 749). */
function evaluator(st: State, e: A.Expr, inClass: boolean): void {
  define(st, '.format', DEF_PARAM, e);
  if (inClass) seeClassScope(st);
  expr(st, e);
  leave(st);
}

function functionAnnotations(st: State, s: A.FunctionDef | A.AsyncFunctionDef): void {
  const { args } = s;
  if (s.returns === null && !hasAnnotations(args)) return;
  const inClass = st.cur.canSeeClassScope || st.cur.type === 'class';
  enter(st, 'annotation', '__annotate__', args);
  define(st, 'format', DEF_PARAM, s);
  if (inClass) seeClassScope(st);
  for (const a of allParameters(args)) optional(st, a.annotation);
  optional(st, s.returns);
  leave(st);
}

export function allParameters(a: A.Arguments): A.Arg[] {
  const out = [...a.posonlyargs, ...a.args];
  if (a.vararg !== null) out.push(a.vararg);
  out.push(...a.kwonlyargs);
  if (a.kwarg !== null) out.push(a.kwarg);
  return out;
}

const annotated = (a: A.Arg | null): boolean => a !== null && a.annotation !== null;

export function hasAnnotations(a: A.Arguments): boolean {
  if (a.args.some(annotated) || annotated(a.vararg) || annotated(a.kwarg)) return true;
  return a.kwonlyargs.some(annotated) || a.posonlyargs.some(annotated);
}

function parameters(st: State, a: A.Arguments): void {
  for (const p of a.posonlyargs) define(st, p.arg, DEF_PARAM, p);
  for (const p of a.args) define(st, p.arg, DEF_PARAM, p);
  for (const p of a.kwonlyargs) define(st, p.arg, DEF_PARAM, p);
  if (a.vararg !== null) define(st, a.vararg.arg, DEF_PARAM, a.vararg);
  if (a.kwarg !== null) define(st, a.kwarg.arg, DEF_PARAM, a.kwarg);
  st.cur.varargs = a.vararg !== null;
  st.cur.varkeywords = a.kwarg !== null;
}

// ---------------------------------------------------------------- expressions

function exprs(st: State, list: A.Expr[]): void {
  for (const e of list) expr(st, e);
}

function optional(st: State, e: A.Expr | null): void {
  if (e !== null) expr(st, e);
}

function keywords(st: State, list: A.Keyword[]): void {
  for (const k of list) {
    if (k.arg !== null) checkDebug(k.arg, k);
    expr(st, k.value);
  }
}

function expr(st: State, e: A.Expr): void {
  switch (e.kind) {
    case 'Name':
      return name(st, e);
    case 'Constant':
      return;
    case 'Attribute':
      if (e.attr === '__debug__') forbidAttribute(e);
      return expr(st, e.value);
    case 'Call':
      expr(st, e.func);
      exprs(st, e.args);
      return keywords(st, e.keywords);
    case 'BinOp':
      expr(st, e.left);
      return expr(st, e.right);
    case 'Subscript':
      expr(st, e.value);
      return expr(st, e.slice);
    case 'Compare':
      expr(st, e.left);
      return exprs(st, e.comparators);
    case 'BoolOp':
    case 'JoinedStr':
    case 'TemplateStr':
      return exprs(st, e.values);
    case 'UnaryOp':
      return expr(st, e.operand);
    case 'Tuple':
    case 'List':
    case 'Set':
      return exprs(st, e.elts);
    case 'Dict':
      for (const key of e.keys) optional(st, key);
      return exprs(st, e.values);
    case 'IfExp':
      expr(st, e.test);
      expr(st, e.body);
      return expr(st, e.orelse);
    case 'Slice':
      optional(st, e.lower);
      optional(st, e.upper);
      return optional(st, e.step);
    case 'Starred':
      return expr(st, e.value);
    case 'FormattedValue':
    case 'Interpolation':
      expr(st, e.value);
      return optional(st, e.format_spec);
    case 'Lambda':
      return lambda(st, e);
    case 'ListComp':
      return comprehension(st, e, 'list', e.elt, null);
    case 'SetComp':
      return comprehension(st, e, 'set', e.elt, null);
    case 'DictComp':
      return comprehension(st, e, 'dict', e.key, e.value);
    case 'GeneratorExp':
      return comprehension(st, e, 'generator', e.elt, null);
    case 'NamedExpr':
      return namedExpr(st, e);
    case 'Yield':
    case 'YieldFrom':
      return yieldExpr(st, e);
    case 'Await':
      forbidInAnnotations(st, 'await expression', e);
      expr(st, e.value);
      st.cur.coroutine = true;
  }
}

function name(st: State, e: A.Name): void {
  if (st.cur.inUnevaluatedAnnotation) return;
  if (e.ctx !== 'Load') {
    if (e.ctx === 'Del' && e.id === '__debug__') throw syntaxError('cannot delete __debug__', e);
    return define(st, e.id, DEF_LOCAL, e);
  }
  define(st, e.id, USE, e);
  if (e.id === 'super' && isFunctionLike(st.cur)) define(st, '__class__', USE, e);
}

function forbidAttribute(e: A.Attribute): void {
  if (e.ctx === 'Load') return;
  throw syntaxError(`cannot ${e.ctx === 'Del' ? 'delete' : 'assign to'} __debug__`, e);
}

function lambda(st: State, e: A.Lambda): void {
  exprs(st, e.args.defaults);
  for (const d of e.args.kw_defaults) optional(st, d);
  enter(st, 'function', '<lambda>', e);
  parameters(st, e.args);
  expr(st, e.body);
  leave(st);
}

function yieldExpr(st: State, e: A.Yield | A.YieldFrom): void {
  forbidInAnnotations(st, 'yield expression', e);
  optional(st, e.value);
  st.cur.generator = true;
  if (st.cur.comprehension === null) return;
  const what = {
    list: 'list comprehension',
    set: 'set comprehension',
    dict: 'dict comprehension',
    generator: 'generator expression',
  };
  throw syntaxError(`'yield' inside ${what[st.cur.comprehension]}`, e);
}

function forbidInAnnotations(st: State, what: string, e: A.Expr): void {
  const where = annotationPlace(st.cur);
  if (where !== null) throw syntaxError(`${what} cannot be used within ${where}`, e);
}

function annotationPlace(scope: Scope): string | null {
  switch (scope.type) {
    case 'annotation':
      return 'an annotation';
    case 'type variable':
      return scope.description;
    case 'type alias':
      return 'a type alias';
    case 'type parameters':
      return 'the definition of a generic';
    default:
      return null;
  }
}

function namedExpr(st: State, e: A.NamedExpr): void {
  forbidInAnnotations(st, 'named expression', e);
  if (st.cur.compIterExpr > 0) {
    throw syntaxError('assignment expression cannot be used in a comprehension iterable expression', e);
  }
  if (st.cur.comprehension !== null) bindOutside(st, e.target as A.Name);
  expr(st, e.value);
  expr(st, e.target);
}

/** PEP 572: a target inside comprehensions is a name of the scope around them. */
function bindOutside(st: State, target: A.Name): void {
  const outer = st.stack.findLast((scope) => {
    if (scope.comprehension === null) return scope.type !== 'annotation';
    const flags = lookup(st, scope, target.id);
    if (flags & DEF_COMP_ITER && flags & DEF_LOCAL) {
      throw syntaxError(`assignment expression cannot rebind comprehension iteration variable '${target.id}'`, target);
    }
    return false;
  })!;
  if (outer.type !== 'function' && outer.type !== 'module') {
    throw syntaxError(`assignment expression within a comprehension cannot be used in ${bindPlace(outer)}`, target);
  }
  const global = outer.type === 'module' || (lookup(st, outer, target.id) & DEF_GLOBAL) !== 0;
  define(st, target.id, global ? DEF_GLOBAL : DEF_NONLOCAL, target);
  st.cur.directives.push({ name: maybeMangle(st.private, st.cur, target.id), at: target });
  defineIn(st, outer, target.id, outer.type === 'module' ? DEF_GLOBAL : DEF_LOCAL, target);
}

function bindPlace(scope: Scope): string {
  if (scope.type === 'class') return 'a class body';
  if (scope.type === 'type variable') return 'a TypeVar bound';
  return scope.type === 'type alias' ? 'a type alias' : 'the definition of a generic';
}

type Comp = A.ListComp | A.SetComp | A.DictComp | A.GeneratorExp;
const COMP_NAMES = { list: '<listcomp>', set: '<setcomp>', dict: '<dictcomp>', generator: '<genexpr>' };

function comprehension(st: State, e: Comp, kind: Comprehension, elt: A.Expr, value: A.Expr | null): void {
  const outermost = e.generators[0]!;
  st.cur.compIterExpr++;
  expr(st, outermost.iter);
  st.cur.compIterExpr--;
  const scope = enter(st, 'function', COMP_NAMES[kind], e);
  scope.method = false;
  scope.comprehension = kind;
  if (outermost.is_async) scope.coroutine = true;
  define(st, '.0', DEF_PARAM, e);
  compTarget(st, outermost.target);
  exprs(st, outermost.ifs);
  for (const g of e.generators.slice(1)) generator(st, g);
  optional(st, value);
  expr(st, elt);
  scope.generator = kind === 'generator';
  leave(st);
  if (scope.coroutine && kind !== 'generator') st.cur.coroutine = true;
}

function compTarget(st: State, target: A.Expr): void {
  st.cur.compIterTarget = true;
  expr(st, target);
  st.cur.compIterTarget = false;
}

function generator(st: State, g: A.Comprehension): void {
  compTarget(st, g.target);
  st.cur.compIterExpr++;
  expr(st, g.iter);
  st.cur.compIterExpr--;
  exprs(st, g.ifs);
  if (g.is_async) st.cur.coroutine = true;
}
