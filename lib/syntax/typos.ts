/**
 * Misspelt keywords behind an "invalid syntax" (new in CPython 3.14): names are replaced by keywords like them until the
 * code is valid.
 */
import type { Node } from './ast.js';
import { codePoints } from './columns.js';
import { PySyntaxError } from './errors.js';
import { NODE_FIELDS } from './fields.js';
import { KEYWORD_KIND, KEYWORD_NAMES, NAME } from './tokens.js';
import { tokenize } from './tokenizer.js';

const MAX_CODE = 1024;
const MAX_NAMES = 10;
const MAX_MATCHES = 3;
const MIN_RATIO = 0.5;
const MOVE_COST = 2;
const CASE_COST = 1;

/** Does a message leave room for a misspelt keyword? */
export const mayBeTypo = (message: string): boolean =>
  message === 'invalid syntax' || message.includes('Perhaps you forgot a comma');

/** The error reworded and moved to the misspelt keyword, or null. `isValid` also holds for code that is only unfinished. */
export function findKeywordTypo(
  error: PySyntaxError,
  source: string,
  fromFile: boolean,
  isValid: (code: string) => boolean,
): PySyntaxError | null {
  if (!mayBeTypo(error.msg)) return null;
  const first = error.statementLine;
  const last = error.lineno ?? 0;
  const code = dedent(source.split(/\r\n?|\n/).slice(Math.max(first - 1, 0), last));
  if (code.join('\n').length > MAX_CODE) return null;
  const tokens = tokenize(code.join('\n'), 'exec');
  const wantedLine = first === 0 ? last : last + 1;
  let left = MAX_NAMES;
  for (let i = 0; i < tokens.count; i++) {
    const name = tokens.text(i);
    if (tokens.kind[i] !== NAME || KEYWORD_KIND.has(name)) continue;
    const line = tokens.line[i];
    if (fromFile && line + first !== wantedLine) continue;
    if (--left < 0) return null;
    const lineStart = tokens.source.lastIndexOf('\n', tokens.start[i]) + 1;
    for (const keyword of similarKeywords(name)) {
      const fixed = code.slice();
      const at = tokens.start[i] - lineStart;
      fixed[line - 1] = fixed[line - 1].slice(0, at) + keyword + fixed[line - 1].slice(at + name.length);
      if (!isValid(fixed.join('\n'))) continue;
      const offset = codePoints(tokens.source, lineStart, tokens.start[i]) + 1;
      const msg = `invalid syntax. Did you mean '${keyword}'?`;
      const end = offset + codePoints(name, 0, name.length);
      const text = code[line - 1] + (line < code.length ? '\n' : '');
      return new PySyntaxError(error.type, msg, line, offset, line, end, text);
    }
  }
  return null;
}

/** Lines without the white space they all begin with; lines of nothing else become empty. */
function dedent(lines: string[]): string[] {
  const clean = lines.map((x) => (x.trim() === '' ? '' : x));
  let margin: string | null = null;
  for (const line of clean) {
    if (line === '') continue;
    const indent = /^[ \t]*/.exec(line)![0];
    if (margin === null) margin = indent;
    while (!indent.startsWith(margin)) margin = margin.slice(0, -1);
  }
  return clean.map((x) => x.slice((margin ?? '').length));
}

/** Keywords like a name: the nearest by edit distance, then the best by common blocks. */
export function similarKeywords(name: string): string[] {
  const out: string[] = [];
  const nearest = nearestKeyword(name);
  if (nearest !== null) out.push(nearest);
  const scored = KEYWORD_NAMES.map((keyword): [number, string] => [ratio(keyword, name), keyword]);
  const close = scored.filter(([score]) => score >= MIN_RATIO);
  close.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1));
  out.push(...close.slice(0, MAX_MATCHES).map(([, keyword]) => keyword));
  return out.slice(0, MAX_MATCHES);
}

function nearestKeyword(name: string): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const keyword of KEYWORD_NAMES) {
    const limit = Math.min(Math.floor(((name.length + keyword.length + 3) * MOVE_COST) / 6), bestDistance - 1);
    const distance = editDistance(name, keyword);
    if (distance > limit) continue;
    best = keyword;
    bestDistance = distance;
  }
  return best;
}

/** Levenshtein distance in which a change of case costs half. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i * MOVE_COST);
  for (let i = 0; i < a.length; i++) {
    const next = [(i + 1) * MOVE_COST];
    for (let k = 0; k < b.length; k++) {
      const replaced = row[k] + substitutionCost(a[i], b[k]);
      next.push(Math.min(replaced, row[k + 1] + MOVE_COST, next[k] + MOVE_COST));
    }
    row = next;
  }
  return row[b.length];
}

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

/** Share of characters in common blocks, as difflib's SequenceMatcher (Ratcliff and Obershelp) counts them. */
function ratio(a: string, b: string): number {
  return (2 * matching(a, b)) / (a.length + b.length);
}

function matching(a: string, b: string): number {
  let size = 0;
  let atA = 0;
  let atB = 0;
  for (let i = 0; i < a.length; i++) {
    for (let k = 0; k < b.length; k++) {
      let n = 0;
      while (i + n < a.length && k + n < b.length && a[i + n] === b[k + n]) n++;
      if (n > size) [size, atA, atB] = [n, i, k];
    }
  }
  if (size === 0) return 0;
  return size + matching(a.slice(0, atA), b.slice(0, atB)) + matching(a.slice(atA + size), b.slice(atB + size));
}

const FUNCTIONS = new Set(['FunctionDef', 'AsyncFunctionDef', 'Lambda']);
const RETURNS = new Set(['Return', 'Yield', 'YieldFrom', 'Await']);

/** Whether code outside functions has what only functions may have: then the keyword was not meant. */
export function returnsOutsideFunction(node: Node): boolean {
  if (RETURNS.has(node.kind)) return true;
  if (FUNCTIONS.has(node.kind)) return false;
  const fields = node as unknown as { [name: string]: unknown };
  return NODE_FIELDS[node.kind].some((name) => {
    const value = fields[name];
    return (Array.isArray(value) ? value : [value]).some(
      (x: unknown) => typeof x === 'object' && x !== null && 'kind' in x && returnsOutsideFunction(x as Node),
    );
  });
}
