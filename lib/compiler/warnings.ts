/** SyntaxWarnings of the compiler: code that parses but can hardly be meant. */
import type * as A from '../syntax/ast.js';
import type { Compiler } from './unit.js';

function warn(c: Compiler, msg: string, at: A.Located): void {
  c.warn({ msg, lineno: at.lineno });
}

const TYPES: { [K in A.PyConst['t']]: string } = {
  none: 'NoneType',
  ellipsis: 'ellipsis',
  bool: 'bool',
  int: 'int',
  float: 'float',
  complex: 'complex',
  str: 'str',
  bytes: 'bytes',
};

function typeName(e: A.Expr): string | null {
  switch (e.kind) {
    case 'Constant':
      return TYPES[e.value.t];
    case 'Tuple':
      return 'tuple';
    case 'List':
    case 'ListComp':
      return 'list';
    case 'Dict':
    case 'DictComp':
      return 'dict';
    case 'Set':
    case 'SetComp':
      return 'set';
    case 'GeneratorExp':
      return 'generator';
    case 'Lambda':
      return 'function';
    case 'TemplateStr':
    case 'Interpolation':
      return 'string.templatelib.Template';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'str';
    default:
      return null;
  }
}

const COMMA = 'perhaps you missed a comma?';

/** "..."(x): the comma before a parenthesis is missing. */
export function warnCall(c: Compiler, e: A.Call): void {
  const type = e.func.kind === 'Lambda' ? null : typeName(e.func);
  if (type !== null) warn(c, `'${type}' object is not callable; ${COMMA}`, e.func);
}

const NOT_SUBSCRIPTABLE = new Set([
  'NoneType',
  'ellipsis',
  'bool',
  'int',
  'float',
  'complex',
  'set',
  'generator',
  'function',
  'string.templatelib.Template',
]);
const SEQUENCES = new Set(['str', 'bytes', 'tuple', 'list']);

export function warnSubscript(c: Compiler, e: A.Subscript): void {
  const type = typeName(e.value);
  if (type === null) return;
  if (NOT_SUBSCRIPTABLE.has(type)) return warn(c, `'${type}' object is not subscriptable; ${COMMA}`, e.value);
  const index = typeName(e.slice);
  if (!SEQUENCES.has(type) || index === null || index === 'int' || index === 'bool') return;
  warn(c, `${type} indices must be integers or slices, not ${index}; ${COMMA}`, e.value);
}

/** `x is 1` and `x is ()`. */
export function warnCompare(c: Compiler, e: A.Compare): void {
  e.ops.forEach((operator, i) => {
    if (operator !== 'Is' && operator !== 'IsNot') return;
    const type = literalType(i === 0 ? e.left : e.comparators[i - 1]!) ?? literalType(e.comparators[i]!);
    if (type === null) return;
    const [is, equals] = operator === 'Is' ? ['is', '=='] : ['is not', '!='];
    warn(c, `"${is}" with '${type}' literal. Did you mean "${equals}"?`, e);
  });
}

function literalType(e: A.Expr): string | null {
  if (e.kind === 'Tuple' && e.elts.every((x) => x.kind === 'Constant')) return 'tuple';
  if (e.kind !== 'Constant' || e.value.t === 'none' || e.value.t === 'ellipsis' || e.value.t === 'bool') return null;
  return TYPES[e.value.t];
}

export function warnAssert(c: Compiler, s: A.Assert): void {
  const t = s.test;
  const always =
    (t.kind === 'Tuple' && t.elts.length > 0) || (t.kind === 'Constant' && t.value.t === ('tuple' as string));
  if (always) warn(c, 'assertion is always true, perhaps remove parentheses?', s);
}

/** return, break or continue that leaves a finally block (PEP 765). */
export function warnFinally(c: Compiler, what: string, at: A.Located): void {
  warn(c, `'${what}' in a 'finally' block`, at);
}
