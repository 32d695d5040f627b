/**
 * Second pass over scopes: which names are local, global, free or cells. The rules are the reference's
 * (https://docs.python.org/3.14/reference/executionmodel.html#resolution-of-names) and PEP 227, 695, 709.
 */
import {
  CELL,
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  isFunctionLike,
  LOCAL,
  type Scope,
  SCOPE_SHIFT,
  scopeOf,
  syntaxError,
} from './symbols.js';

/** Names in force around a scope; a scope changes its own copy. */
interface Around {
  /** Bound in enclosing functions; null in the module. */
  bound: Set<string> | null;
  /** Declared global in enclosing scopes. */
  global: Set<string>;
  /** Bound as type parameters. */
  typeParams: Set<string>;
}

/** What analysis of one scope collects. */
interface Work extends Around {
  scope: Scope;
  classEntry: Scope | null;
  scopes: Map<string, number>;
  local: Set<string>;
  free: Set<string>;
}

const CLASS_CELLS = ['__class__', '__classdict__', '__conditional_annotations__'];

/** Sets the scope bits of all symbols below `module`. Throws PySyntaxError for wrong nonlocal declarations. */
export function analyze(module: Scope): void {
  analyzeScope(module, { bound: null, global: new Set(), typeParams: new Set() }, null);
}

/** Returns the names free in the scope. */
function analyzeScope(scope: Scope, around: Around, classEntry: Scope | null): Set<string> {
  const work: Work = {
    scope,
    classEntry,
    scopes: new Map(),
    local: new Set(),
    free: new Set(),
    bound: around.bound === null ? null : new Set(around.bound),
    global: new Set(around.global),
    typeParams: new Set(around.typeParams),
  };
  for (const [name, flags] of scope.symbols) analyzeName(work, name, flags);
  const free = new Set<string>();
  const inlinedCells = new Set<string>();
  const inside = scope.type === 'class' ? insideClass(around) : insideOther(work);
  inside.typeParams = work.typeParams;
  for (const child of scope.children) analyzeChild(work, child, inside, free, inlinedCells);
  scope.children = spliceInlined(scope.children);
  if (isFunctionLike(scope)) convertToCells(work.scopes, free, inlinedCells);
  else if (scope.type === 'class') dropClassFree(scope, free);
  updateSymbols(work, free, inlinedCells);
  for (const name of free) work.free.add(name);
  return work.free;
}

/** A class's names are not seen by its functions, except the implicit cells. */
function insideClass(around: Around): Around {
  return {
    bound: new Set([...(around.bound ?? []), ...CLASS_CELLS]),
    global: around.global,
    typeParams: around.typeParams,
  };
}

function insideOther(work: Work): Around {
  const bound = isFunctionLike(work.scope) ? work.local : new Set<string>();
  if (work.bound !== null) for (const name of work.bound) bound.add(name);
  return { bound, global: work.global, typeParams: work.typeParams };
}

function analyzeChild(work: Work, child: Scope, inside: Around, free: Set<string>, inlinedCells: Set<string>): void {
  const { scope } = work;
  const entry = !child.canSeeClassScope ? null : scope.type === 'class' ? scope : work.classEntry;
  const childFree = analyzeScope(child, inside, entry);
  const inline = child.comprehension !== null && child.comprehension !== 'generator' && !scope.canSeeClassScope;
  if (inline) {
    inlineComprehension(work, child, childFree, inlinedCells);
    child.compInlined = true;
  }
  for (const name of childFree) free.add(name);
}

/** Children of inlined comprehensions become children of the scope itself. */
function spliceInlined(children: Scope[]): Scope[] {
  if (!children.some((c) => c.compInlined)) return children;
  return children.flatMap((c) => (c.compInlined ? c.children : [c]));
}

function analyzeName(work: Work, name: string, flags: number): void {
  if (flags & DEF_GLOBAL) declaredGlobal(work, name, flags);
  else if (flags & DEF_NONLOCAL) declaredNonlocal(work, name);
  else if (flags & DEF_BOUND) boundHere(work, name, flags);
  else work.scopes.set(name, usedOnly(work, name));
}

function declaredGlobal(work: Work, name: string, flags: number): void {
  if (flags & DEF_NONLOCAL) throw atDirective(work.scope, name, `name '${name}' is nonlocal and global`);
  work.scopes.set(name, GLOBAL_EXPLICIT);
  work.global.add(name);
  work.bound?.delete(name);
}

function declaredNonlocal(work: Work, name: string): void {
  const { bound, scope } = work;
  if (bound === null) throw atDirective(scope, name, 'nonlocal declaration not allowed at module level');
  if (!bound.has(name)) throw atDirective(scope, name, `no binding for nonlocal '${name}' found`);
  if (work.typeParams.has(name)) {
    throw atDirective(scope, name, `nonlocal binding not allowed for type parameter '${name}'`);
  }
  work.scopes.set(name, FREE);
  work.free.add(name);
}

function boundHere(work: Work, name: string, flags: number): void {
  work.scopes.set(name, LOCAL);
  work.local.add(name);
  work.global.delete(name);
  if (flags & DEF_TYPE_PARAM) work.typeParams.add(name);
  else work.typeParams.delete(name);
}

/** An annotation scope in a class looks names up in the class first, then global, passing functions around the class. */
function usedOnly(work: Work, name: string): number {
  const inClass = work.classEntry?.symbols.get(name) ?? 0;
  if (inClass & DEF_GLOBAL) return GLOBAL_EXPLICIT;
  if (inClass & DEF_BOUND && !(inClass & DEF_NONLOCAL)) return GLOBAL_IMPLICIT;
  if (work.bound === null || !work.bound.has(name)) return GLOBAL_IMPLICIT;
  work.free.add(name);
  return FREE;
}

function atDirective(scope: Scope, name: string, msg: string): Error {
  const directive = scope.directives.find((d) => d.name === name);
  if (directive === undefined) throw new Error(`no directive for ${name}`);
  return syntaxError(msg, directive.at);
}

/** PEP 709: the names of a comprehension become names of the scope around it. */
function inlineComprehension(work: Work, comp: Scope, compFree: Set<string>, inlinedCells: Set<string>): void {
  const { scope, scopes } = work;
  for (const [name, flags] of comp.symbols) {
    if (flags & DEF_PARAM) continue;
    const only = flags & ((1 << SCOPE_SHIFT) - 1);
    let where = scopeOf(flags);
    if (where === CELL || only & DEF_COMP_CELL) inlinedCells.add(name);
    const existing = scope.symbols.get(name);
    if (where === FREE && scope.type === 'class' && CLASS_CELLS.includes(name)) {
      where = GLOBAL_IMPLICIT;
      if (!freeInChild(comp, name)) compFree.delete(name);
      comp.symbols.delete(name);
    }
    if (existing === undefined) {
      scope.symbols.set(name, only);
      scopes.set(name, where);
    } else if (existing & DEF_BOUND && scope.type !== 'class' && !freeInChild(comp, name)) compFree.delete(name);
  }
}

function freeInChild(scope: Scope, name: string): boolean {
  return scope.children.some((c) => scopeOf(c.symbols.get(name) ?? 0) === FREE);
}

/** Locals that inner functions use are cells. */
function convertToCells(scopes: Map<string, number>, free: Set<string>, inlinedCells: Set<string>): void {
  if (free.size === 0 && inlinedCells.size === 0) return;
  for (const [name, where] of scopes) {
    if (where !== LOCAL || (!free.has(name) && !inlinedCells.has(name))) continue;
    scopes.set(name, CELL);
    free.delete(name);
  }
}

function dropClassFree(scope: Scope, free: Set<string>): void {
  if (free.delete('__class__')) scope.needsClassClosure = true;
  if (free.delete('__classdict__')) scope.needsClassDict = true;
  if (free.delete('__conditional_annotations__')) scope.hasConditionalAnnotations = true;
}

function updateSymbols(work: Work, free: Set<string>, inlinedCells: Set<string>): void {
  const { scope, scopes, bound } = work;
  const { symbols } = scope;
  const classLike = scope.type === 'class' || scope.canSeeClassScope;
  for (const [name, flags] of symbols) {
    const cell = inlinedCells.has(name) ? DEF_COMP_CELL : 0;
    symbols.set(name, flags | cell | (scopes.get(name)! << SCOPE_SHIFT));
  }
  for (const name of free) {
    const flags = symbols.get(name);
    if (flags !== undefined) {
      if (classLike) symbols.set(name, flags | DEF_FREE_CLASS);
    } else if (bound === null || bound.has(name)) symbols.set(name, FREE << SCOPE_SHIFT);
  }
}
