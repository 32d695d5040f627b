/** What a tree that a program made must fulfil before it is compiled: contexts and lists that may not be empty, as CPython checks them. */
import type { Node } from '../syntax/ast.js';
import { raise } from '../objects/exceptions.js';

/** Lists that must have items, by node: field and how messages call it. */
const NON_EMPTY: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  FunctionDef: [['body', 'body']],
  AsyncFunctionDef: [['body', 'body']],
  ClassDef: [['body', 'body']],
  Delete: [['targets', 'targets']],
  Assign: [['targets', 'targets']],
  For: [['body', 'body']],
  AsyncFor: [['body', 'body']],
  While: [['body', 'body']],
  If: [['body', 'body']],
  With: [
    ['items', 'items'],
    ['body', 'body'],
  ],
  AsyncWith: [
    ['items', 'items'],
    ['body', 'body'],
  ],
  Match: [['cases', 'cases']],
  Try: [['body', 'body']],
  TryStar: [['body', 'body']],
  Import: [['names', 'names']],
  ImportFrom: [['names', 'names']],
  Global: [['names', 'names']],
  Nonlocal: [['names', 'names']],
  ExceptHandler: [['body', 'body']],
  match_case: [['body', 'body']],
};

/** Fields whose expression is assigned to or deleted. */
const CONTEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Assign: { targets: 'Store' },
  AugAssign: { target: 'Store' },
  AnnAssign: { target: 'Store' },
  For: { target: 'Store' },
  AsyncFor: { target: 'Store' },
  comprehension: { target: 'Store' },
  withitem: { optional_vars: 'Store' },
  NamedExpr: { target: 'Store' },
  TypeAlias: { name: 'Store' },
  Delete: { targets: 'Del' },
};

type Fields = Record<string, unknown>;

/** First fault of the tree below; '' when there is none. */
function fault(node: Fields, wanted: string): string {
  const kind = node.kind as string;
  for (const [field, name] of NON_EMPTY[kind] ?? [])
    if ((node[field] as unknown[]).length === 0) return `empty ${name} on ${kind}`;
  const own = node.ctx as string | undefined;
  if (own !== undefined && own !== wanted) return `expression must have ${wanted} context but has ${own} instead`;
  if (kind === 'BoolOp' && (node.values as unknown[]).length < 2) return 'BoolOp with less than 2 values';
  if (kind === 'Compare' && (node.comparators as unknown[]).length !== (node.ops as unknown[]).length)
    return 'Compare has a different number of comparators and operands';
  if (kind === 'Compare' && (node.comparators as unknown[]).length === 0) return 'Compare with no comparators';
  if (kind === 'Dict' && (node.keys as unknown[]).length !== (node.values as unknown[]).length)
    return "Dict doesn't have the same number of keys as values";
  if (kind === 'Try' || kind === 'TryStar') {
    const handlers = (node.handlers as unknown[]).length;
    if (handlers === 0 && (node.finalbody as unknown[]).length === 0)
      return `${kind} has neither handlers nor finalbody`;
    if (handlers === 0 && (node.orelse as unknown[]).length > 0) return `${kind} has orelse but no except handlers`;
  }
  return childFault(node, wanted);
}

function childFault(node: Fields, wanted: string): string {
  const kind = node.kind as string;
  const inherited = kind === 'Tuple' || kind === 'List' || kind === 'Starred';
  for (const [name, value] of Object.entries(node)) {
    const context = CONTEXTS[kind]?.[name] ?? (inherited ? wanted : 'Load');
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof child !== 'object' || child === null || !('kind' in child)) continue;
      const found = fault(child as Fields, context);
      if (found !== '') return found;
    }
  }
  return '';
}

/** Checks a tree; false with ValueError set. */
export function validateTree(tree: Node): boolean {
  const found = fault(tree as unknown as Fields, 'Load');
  return found === '' || raise('ValueError', found) !== 0;
}
