/** When what was typed at the prompt is a whole statement. */
import type { Stmt } from '../syntax/ast.js';
import { isIncomplete, parse, PySyntaxError } from '../syntax/index.js';

const COMPOUND: ReadonlySet<Stmt['kind']> = new Set([
  'FunctionDef',
  'AsyncFunctionDef',
  'ClassDef',
  'For',
  'AsyncFor',
  'While',
  'If',
  'With',
  'AsyncWith',
  'Match',
  'Try',
  'TryStar',
]);

/** Is nothing there but blanks and comments? */
export const isEmpty = (source: string): boolean => /^(\s*(#.*)?\n?)*$/.test(source);

/** Is the last line one of a block, that another may follow? */
const endsInBlock = (source: string): boolean => /\n[ \t]+\S[^\n]*$/.test(source);

/** A compound statement is over with an empty line. */
function needsEmptyLine(source: string): boolean {
  try {
    const tree = parse(source, '', 'single');
    return tree.kind === 'Interactive' && COMPOUND.has(tree.body[0]?.kind as Stmt['kind']) && !/\n[ \t]*$/.test(source);
  } catch (e) {
    return e instanceof PySyntaxError && e.msg.startsWith("expected 'except' or 'finally'") && endsInBlock(source);
  }
}

/** Does the prompt ask for another line? */
export const needsMore = (source: string): boolean =>
  !isEmpty(source) && (source.endsWith('\\') || isIncomplete(source, 'single') || needsEmptyLine(source));
