/**
 * Scopes and symbol flags, with CPython's names (https://docs.python.org/3.14/library/symtable.html).
 * symtable.ts fills them in, analyze.ts decides where each name lives.
 */
import type { Located } from '../syntax/ast.js';
import { PySyntaxError } from '../syntax/errors.js';

export const DEF_GLOBAL = 1;
export const DEF_LOCAL = 2;
export const DEF_PARAM = 4;
export const DEF_NONLOCAL = 8;
export const USE = 16;
/** Free in a method, bound in the class: both at once. */
export const DEF_FREE_CLASS = 64;
export const DEF_IMPORT = 128;
export const DEF_ANNOT = 256;
export const DEF_COMP_ITER = 512;
export const DEF_TYPE_PARAM = 1024;
/** Cell of an inlined comprehension. */
export const DEF_COMP_CELL = 2048;
export const DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT | DEF_TYPE_PARAM;

/** Where a name lives, in the bits of a symbol from SCOPE_SHIFT up. */
export const SCOPE_SHIFT = 12;
export const LOCAL = 1;
export const GLOBAL_EXPLICIT = 2;
export const GLOBAL_IMPLICIT = 3;
export const FREE = 4;
export const CELL = 5;

export const scopeOf = (flags: number): number => flags >> SCOPE_SHIFT;

export type ScopeType =
  | 'module'
  | 'class'
  | 'function'
  /** __annotate__ function */
  | 'annotation'
  | 'type alias'
  /** type parameters of a generic */
  | 'type parameters'
  /** bound, constraints or default of a type parameter */
  | 'type variable';

export type Comprehension = 'list' | 'set' | 'dict' | 'generator';

export interface Scope {
  type: ScopeType;
  name: string;
  symbols: Map<string, number>;
  /** Parameters, mangled, in order of slots. */
  varnames: string[];
  children: Scope[];
  /** Places of global and nonlocal statements, for errors found later. */
  directives: { name: string; at: Located }[];
  nested: boolean;
  generator: boolean;
  coroutine: boolean;
  async: boolean;
  comprehension: Comprehension | null;
  compInlined: boolean;
  /** Inside a comprehension's target. */
  compIterTarget: boolean;
  /** Depth of iterables of comprehensions. */
  compIterExpr: number;
  varargs: boolean;
  varkeywords: boolean;
  /** A method calls super() or names __class__. */
  needsClassClosure: boolean;
  needsClassDict: boolean;
  canSeeClassScope: boolean;
  hasConditionalAnnotations: boolean;
  inConditionalBlock: boolean;
  inUnevaluatedAnnotation: boolean;
  annotationsUsed: boolean;
  /** A function defined straight in a class body. */
  method: boolean;
  hasDocstring: boolean;
  annotationBlock: Scope | null;
  /** Names to mangle in the scope of a generic class's type parameters; null mangles all. */
  mangledNames: Set<string> | null;
  /** What the scope is, for errors: 'a TypeVar bound', ... */
  description: string;
}

export function newScope(type: ScopeType, name: string): Scope {
  return {
    type,
    name,
    symbols: new Map(),
    varnames: [],
    children: [],
    directives: [],
    nested: false,
    generator: false,
    coroutine: false,
    async: false,
    comprehension: null,
    compInlined: false,
    compIterTarget: false,
    compIterExpr: 0,
    varargs: false,
    varkeywords: false,
    needsClassClosure: false,
    needsClassDict: false,
    canSeeClassScope: false,
    hasConditionalAnnotations: false,
    inConditionalBlock: false,
    inUnevaluatedAnnotation: false,
    annotationsUsed: false,
    method: false,
    hasDocstring: false,
    annotationBlock: null,
    mangledNames: null,
    description: '',
  };
}

/** Scopes whose names are slots: functions and what is compiled like them. */
export const isFunctionLike = (s: Scope): boolean => s.type !== 'module' && s.type !== 'class';

/** __name in a class becomes _Class__name (reference, "Private name mangling"). */
export function mangle(privateName: string | null, name: string): string {
  if (privateName === null || name.charCodeAt(0) !== 95 || name.charCodeAt(1) !== 95) return name;
  if (name.endsWith('__') || name.includes('.')) return name;
  const stripped = privateName.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}

export function maybeMangle(privateName: string | null, scope: Scope, name: string): string {
  if (privateName === null || name.charCodeAt(0) !== 95) return name;
  if (scope.mangledNames !== null && !scope.mangledNames.has(name)) return name;
  return mangle(privateName, name);
}

/** SyntaxError over a node's range. Offsets count bytes, as CPython's do in errors after parsing. */
export function syntaxError(msg: string, at: Located): PySyntaxError {
  return new PySyntaxError(
    'SyntaxError',
    msg,
    at.lineno,
    at.col_offset + 1,
    at.end_lineno,
    at.end_col_offset + 1,
    null,
  );
}
