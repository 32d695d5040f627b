/**
 * What is wrong with a source that is no Python: a second look at the statement that failed, with rules for common
 * mistakes, as CPython does it (https://peps.python.org/pep-0617/ and Grammar/python.gram describe the two passes).
 */
import type * as A from './ast.js';
import { errorLine, NO_PARSE, rangeError } from './cursor.js';
import { diagnosisGrammar, fieldGrammar } from './diagnosis-grammar.js';
import { PySyntaxError } from './errors.js';
import { Recogniser, UNREADABLE, type Captures } from './recogniser.js';
import { Parser } from './statements.js';
import type { Mode } from './source-reader.js';
import { unclosedError } from './unclosed.js';
import type { Tokens } from './tokenlist.js';
import * as T from './tokens.js';

/** The error to raise for tokens that `parser` could not parse; `found` is one it came upon itself. */
export function diagnose(tokens: Tokens, mode: Mode, parser: Parser, found: PySyntaxError | null): PySyntaxError {
  if (found !== null) return found.type === 'MemoryError' ? found : readToEnd(tokens, found, parser.p);
  if (tokens.kind[parser.p] === T.ERROR) return tokens.error!;
  try {
    return new Diagnosis(tokens, mode, parser).run();
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    return readToEnd(tokens, invalidSyntax(tokens, parser.p, parser.p), parser.p);
  }
}

/** Whether tokens that `parser` could not parse may be the beginning of a valid source. */
export function endsTooSoon(tokens: Tokens, mode: Mode, parser: Parser): boolean {
  try {
    return new Diagnosis(tokens, mode, parser).reachesEnd();
  } catch {
    return false;
  }
}

/** Raises "multiple statements ..." when code follows the statement of an interactive source. */
export function unfinishedStatement(tokens: Tokens, p: number): void {
  let next = p;
  while (next < tokens.count && tokens.kind[next] >= T.NEWLINE && tokens.kind[next] <= T.DEDENT) next++;
  if (tokens.kind[next] === T.ENDMARKER) return;
  const fetched = p - 1;
  throw hereError(
    tokens,
    'SyntaxError',
    'multiple statements found while compiling a single statement',
    fetched,
    fetched,
  );
}

function invalidSyntax(tokens: Tokens, at: number, fetched: number): PySyntaxError {
  if (tokens.kind[at] === T.INDENT) return hereError(tokens, 'IndentationError', 'unexpected indent', fetched, fetched);
  if (tokens.kind[at] === T.DEDENT)
    return hereError(tokens, 'IndentationError', 'unexpected unindent', fetched, fetched);
  return tokenError(tokens, 'invalid syntax', at, at, fetched);
}

function tokenError(tokens: Tokens, msg: string, from: number, to: number, fetched: number): PySyntaxError {
  const endCol = tokens.col[to] < 0 ? -1 : tokens.endCol[to];
  return rangeError(tokens, msg, tokens.line[from], tokens.col[from], tokens.endLine[to], endCol, fetched);
}

/** Error at a token by its own place; layout tokens have none, and stand where the tokenizer does. */
function hereError(
  tokens: Tokens,
  type: PySyntaxError['type'],
  msg: string,
  at: number,
  fetched: number,
): PySyntaxError {
  if (tokens.col[at] >= 0) {
    const error = tokenError(tokens, msg, at, at, fetched);
    error.type = type;
    return error;
  }
  const line = tokens.line[at];
  const text = errorLine(tokens, line, fetched);
  const error = rangeError(tokens, msg, line, tokens.endCol[fetched], line, -1, fetched, type);
  return new PySyntaxError(type, msg, line, error.offset! - 1, tokens.endLine[at], -1, text);
}

/** The tokenizer's own error further on goes before an error of the parser. */
function readToEnd(tokens: Tokens, error: PySyntaxError, fetched: number): PySyntaxError {
  const last = tokens.count - 1;
  if (tokens.kind[last] !== T.ERROR || fetched >= last) return error;
  if (!tokens.softError) return tokens.error!;
  const open = tokens.openBrackets[tokens.openBrackets.length - 1];
  if (open !== undefined && tokens.line[Math.min(fetched, last)] > open[1]) {
    return unclosedError(tokens.source, open[0], open[1], open[2], tokens.line[last]);
  }
  return error;
}

class Diagnosis {
  private readonly recogniser: Recogniser;

  constructor(
    private readonly tokens: Tokens,
    private readonly mode: Mode,
    private readonly parser: Parser,
  ) {
    const fields = fieldGrammar()
      .replace(/fstring/g, 'tstring')
      .replace(/f-string/g, 't-string')
      .replace(/tstring_conversion\b/g, 'fstring_conversion');
    const grammar = diagnosisGrammar() + fieldGrammar().trim() + fields;
    const start = mode === 'exec' ? parser.diagnosisStart : 0;
    this.recogniser = new Recogniser(tokens, grammar, start, (w, r, c, p) => this.report(w, r, c, p));
  }

  run(): PySyntaxError {
    try {
      this.pass();
      const last = this.recogniser.fetched;
      this.recogniser.startReporting();
      this.pass();
      const error = invalidSyntax(this.tokens, last, this.recogniser.fetched);
      return error.type === 'SyntaxError' ? readToEnd(this.tokens, error, this.recogniser.fetched) : error;
    } catch (e) {
      if (e === UNREADABLE) return this.tokens.error!;
      if (e instanceof PySyntaxError) return readToEnd(this.tokens, e, this.recogniser.fetched);
      throw e;
    }
  }

  /** Whether the first pass looks at the end of the source before it fails. */
  reachesEnd(): boolean {
    const { tokens, recogniser } = this;
    try {
      this.pass();
    } catch (e) {
      return e === UNREADABLE && tokens.endsTooSoon;
    }
    return tokens.end[recogniser.fetched] >= tokens.source.length && tokens.kind[recogniser.fetched] !== T.NEWLINE;
  }

  private pass(): void {
    if (this.mode !== 'exec') {
      this.recogniser.match(this.mode, 0);
      return;
    }
    let pos = this.parser.diagnosisStart;
    while (pos >= 0 && this.tokens.kind[pos] !== T.ENDMARKER) pos = this.recogniser.match('statement', pos);
  }

  // ------------------------------------------------------------------ reports

  /** Throws the error of a rule, or returns when the rule does not apply after all. */
  private report(where: string, rest: string, captures: Captures, pos: number): void {
    const names = { at: 1, range: 2, from: 1, indent: 1, span: 1, here: 0, next: 0 }[where];
    if (names === undefined) {
      this.special(where, rest, captures, pos);
      return;
    }
    const words = rest.split(' ');
    const [a, b] = words.slice(0, names).map((name) => captures[name]);
    const msg = words.slice(names).join(' ');
    const { tokens } = this;
    const fetched = this.recogniser.fetched;
    if (where === 'here') throw hereError(tokens, 'SyntaxError', msg, fetched, fetched);
    if (where === 'next') throw hereError(tokens, 'SyntaxError', msg, pos, fetched);
    if (where === 'indent') {
      const text = a === undefined ? msg : msg.replace('%d', String(tokens.line[a[0]]));
      throw hereError(tokens, 'IndentationError', text, fetched, fetched);
    }
    if (where === 'span') throw tokenError(tokens, msg, a[0], a[1] - 1, fetched);
    if (where === 'from') throw this.errorFrom(a, msg);
    throw this.errorRange(a, b ?? a, this.worded(msg, a));
  }

  private worded(msg: string, a: [number, number]): string {
    if (msg.includes('%t')) return msg.replace('%t', this.tokens.text(a[0]));
    return msg.includes('%e') ? msg.replace('%e', nameOf(this.node(a)!)) : msg;
  }

  private special(what: string, rest: string, captures: Captures, pos: number): void {
    const { a, b } = captures;
    switch (what) {
      case 'legacy':
        if (!this.isLegacy(a)) return;
        throw this.errorRange(a, b, this.legacyMessage(a));
      case 'comma':
        if (this.isLegacy(a) || this.level(pos - 1) === 0) return;
        throw this.errorRange(a, b, 'invalid syntax. Perhaps you forgot a comma?');
      case 'bound': {
        const what = this.node(b)?.kind === 'Tuple' ? 'constraints' : 'bound';
        throw this.errorFrom(a, `cannot use ${what} with ${rest.split(' ')[2]}`);
      }
      case 'target':
        return this.target(a, rest.split(' ')[1]);
      case 'bareGenerator':
        return this.bareGenerator(a, b);
      case 'argumentOrder':
        return this.argumentOrder(a);
      case 'afterKey':
        throw this.afterKey(a, rest.split(' ').slice(1).join(' '));
      case 'mixed':
        throw this.mixed(a, b);
      case 'interactiveExit':
        return;
      default:
        throw new Error(`unknown report ${what}`);
    }
  }

  /** Range of a match: that of its node, which leaves out brackets around it, or of its tokens. */
  private place(a: [number, number]): A.Located {
    const { tokens } = this;
    const node = a[1] - a[0] > 1 && tokens.kind[a[0]] !== T.NEWLINE ? this.node(a) : null;
    if (node !== null) return node;
    const last = a[1] - 1;
    return {
      lineno: tokens.line[a[0]],
      col_offset: tokens.col[a[0]],
      end_lineno: tokens.endLine[last],
      end_col_offset: tokens.col[last] < 0 ? -1 : tokens.endCol[last],
    };
  }

  private errorRange(a: [number, number], b: [number, number], msg: string): PySyntaxError {
    const from = this.place(a);
    const to = this.place(b);
    const fetched = this.recogniser.fetched;
    return rangeError(this.tokens, msg, from.lineno, from.col_offset, to.end_lineno, to.end_col_offset, fetched);
  }

  /** From a match to where the tokenizer stands, after the last token looked at. */
  private errorFrom(a: [number, number], msg: string): PySyntaxError {
    const { tokens } = this;
    const fetched = this.recogniser.fetched;
    const from = this.place(a);
    const cur = tokens.endCol[fetched];
    return rangeError(tokens, msg, from.lineno, from.col_offset, tokens.endLine[fetched], cur - 1, fetched);
  }

  private afterKey(a: [number, number], msg: string): PySyntaxError {
    const key = this.place(a);
    return rangeError(
      this.tokens,
      msg,
      key.lineno,
      key.end_col_offset - 1,
      key.end_lineno,
      -1,
      this.recogniser.fetched,
    );
  }

  private isLegacy(a: [number, number]): boolean {
    const text = this.tokens.text(a[0]);
    return a[1] - a[0] === 1 && (text === 'print' || text === 'exec');
  }

  private legacyMessage(a: [number, number]): string {
    const name = this.tokens.text(a[0]);
    return `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`;
  }

  /** Brackets open after token i. */
  private level(i: number): number {
    let level = 0;
    for (let k = this.mode === 'exec' ? this.parser.diagnosisStart : 0; k <= i; k++) {
      const kind = this.tokens.kind[k];
      if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) level++;
      else if (kind === T.RPAR || kind === T.RSQB || kind === T.RBRACE) level--;
    }
    return level;
  }

  private target(a: [number, number], kind: string): void {
    const node = this.node(a);
    const bad = node === null ? null : invalidTarget(node, kind);
    if (bad === null) return;
    const msg = `cannot ${kind === 'del' ? 'delete' : 'assign to'} ${nameOf(bad)}`;
    const fetched = this.recogniser.fetched;
    throw rangeError(this.tokens, msg, bad.lineno, bad.col_offset, bad.end_lineno, bad.end_col_offset, fetched);
  }

  /** Arguments of a call in a range of tokens: their starts, and whether they are positional. */
  private argumentsIn(a: [number, number]): { from: number; to: number; positional: boolean; unpacked: boolean }[] {
    const out = [];
    const kinds = this.tokens.kind;
    for (let from = a[0], i = a[0], level = 0; i <= a[1]; i++) {
      const kind = kinds[i];
      if (i === a[1] || (kind === T.COMMA && level === 0)) {
        const unpacked = kinds[from] === T.DOUBLESTAR;
        const positional = !unpacked && !(kinds[from] === T.NAME && kinds[from + 1] === T.EQUAL);
        if (i > from) out.push({ from, to: i, positional, unpacked });
        from = i + 1;
      } else if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) level++;
      else if (kind === T.RPAR || kind === T.RSQB || kind === T.RBRACE) level--;
    }
    return out;
  }

  /** A string beside a t-string: from the last of the first sort to the first of the other. */
  private mixed(a: [number, number], b: [number, number]): PySyntaxError {
    const kinds = this.tokens.kind;
    let from = a[1] - 1;
    for (let level = 0; kinds[from] !== T.STRING || level > 0; from--) {
      if (kinds[from] === T.FSTRING_END || kinds[from] === T.TSTRING_END) level++;
      if ((kinds[from] === T.FSTRING_START || kinds[from] === T.TSTRING_START) && --level === 0) break;
    }
    const msg = 'cannot mix t-string literals with string or bytes literals';
    return tokenError(this.tokens, msg, from, b[1] - 1, this.recogniser.fetched);
  }

  private bareGenerator(a: [number, number], b: [number, number]): void {
    const positional = this.argumentsIn(a).filter((x) => x.positional);
    if (positional.length <= 1) return;
    const last = positional[positional.length - 1];
    throw this.errorRange([last.from, last.to], b, 'Generator expression must be parenthesized');
  }

  private argumentOrder(a: [number, number]): void {
    const unpacking = this.argumentsIn(a).some((x) => x.unpacked) ? ' unpacking' : '';
    const msg = `positional argument follows keyword argument${unpacking}`;
    throw hereError(this.tokens, 'SyntaxError', msg, this.recogniser.fetched, this.recogniser.fetched);
  }

  /** Syntax tree of a matched expression, or null when the match is none. */
  private node(a: [number, number]): A.Expr | null {
    for (const rule of Parser.expressionRules) {
      const parser = new Parser(this.tokens);
      parser.p = a[0];
      try {
        const node = parser.parseRule(rule);
        if (parser.p === a[1]) return node;
      } catch (e) {
        if (e !== NO_PARSE && !(e instanceof PySyntaxError)) throw e;
      }
    }
    return null;
  }
}

/** What of an expression cannot be a target (`star`: of assignment, `for`, `del`), or null. */
function invalidTarget(e: A.Expr, kind: string): A.Expr | null {
  switch (e.kind) {
    case 'List':
    case 'Tuple':
      for (const x of e.elts) {
        const bad = invalidTarget(x, kind);
        if (bad !== null) return bad;
      }
      return null;
    case 'Starred':
      return kind === 'del' ? e : invalidTarget(e.value, kind);
    case 'Compare':
      if (kind !== 'for') return e;
      return e.ops[0] === 'In' ? invalidTarget(e.left, kind) : null;
    case 'Name':
    case 'Subscript':
    case 'Attribute':
      return null;
    default:
      return e;
  }
}

const NAMES: { readonly [K in A.Expr['kind']]: string } = {
  Attribute: 'attribute',
  Subscript: 'subscript',
  Starred: 'starred',
  Name: 'name',
  List: 'list',
  Tuple: 'tuple',
  Lambda: 'lambda',
  Call: 'function call',
  BoolOp: 'expression',
  BinOp: 'expression',
  UnaryOp: 'expression',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  YieldFrom: 'yield expression',
  Await: 'await expression',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  JoinedStr: 'f-string expression',
  FormattedValue: 'f-string expression',
  TemplateStr: 't-string expression',
  Interpolation: 't-string expression',
  Constant: 'literal',
  Compare: 'comparison',
  IfExp: 'conditional expression',
  NamedExpr: 'named expression',
  Slice: 'slice',
};

/** What CPython calls an expression in messages. */
function nameOf(e: A.Expr): string {
  if (e.kind !== 'Constant') return NAMES[e.kind];
  const { value } = e;
  if (value.t === 'none') return 'None';
  if (value.t === 'bool') return value.v ? 'True' : 'False';
  return value.t === 'ellipsis' ? 'ellipsis' : 'literal';
}
