/** Parser, part 6: statements and whole sources. */
import type * as A from './ast.js';
import { NO_PARSE, setContext } from './cursor.js';
import * as make from './make.js';
import { ImportParser } from './imports.js';
import * as T from './tokens.js';

/** Operator of each augmented assignment, by kind of token. */
const AUGMENTED: string[] = new Array<string>(T.KIND_COUNT).fill('');
for (const [spelling, op] of [
  ['+=', 'Add'],
  ['-=', 'Sub'],
  ['*=', 'Mult'],
  ['/=', 'Div'],
  ['//=', 'FloorDiv'],
  ['%=', 'Mod'],
  ['@=', 'MatMult'],
  ['**=', 'Pow'],
  ['<<=', 'LShift'],
  ['>>=', 'RShift'],
  ['&=', 'BitAnd'],
  ['|=', 'BitOr'],
  ['^=', 'BitXor'],
]) {
  AUGMENTED[T.KIND_OF.get(spelling)!] = op;
}

/** Kinds that begin a compound statement (`match` apart). */
const COMPOUND = new Uint8Array(T.KIND_COUNT);
for (const k of [T.DEF, T.AT, T.ASYNC, T.IF, T.CLASS, T.WITH, T.FOR, T.TRY, T.WHILE]) COMPOUND[k] = 1;

export class Parser extends ImportParser {
  /** First token of the outermost statement being parsed. */
  private statementStart = 0;
  /** That of the statement before it: where the search for an error begins, as `elif` may belong to that one. */
  diagnosisStart = 0;
  /** Line of the last compound statement parsed, 0 before the first. */
  lastCompoundLine = 0;

  file(): A.Module {
    const body: A.Stmt[] = [];
    while (this.kinds[this.p] !== T.ENDMARKER) {
      this.diagnosisStart = this.statementStart;
      this.statementStart = this.p;
      this.statement(body);
    }
    return make.Module(body, []);
  }

  eval(): A.Expression {
    const body = this.expressions();
    while (this.accept(T.NEWLINE));
    this.expect(T.ENDMARKER);
    return make.Expression(body);
  }

  single(): A.Interactive {
    const body: A.Stmt[] = [];
    if (this.kinds[this.p] === T.NEWLINE) {
      const s = this.p++;
      body.push(make.Pass(this.line[s], this.col[s], this.endLine[s], this.endCol[s]));
    } else if (this.atCompound()) {
      this.statement(body);
      this.expect(T.NEWLINE);
    } else this.simpleStatements(body);
    return make.Interactive(body);
  }

  // ------------------------------------------------------------------ parts, for error messages

  static readonly expressionRules = [
    'star',
    'expression',
    'disjunction',
    'bitwise',
    'named',
    'argument',
    'yield',
  ] as const;

  /** Parses one expression of a kind at `p`. */
  parseRule(rule: (typeof Parser.expressionRules)[number]): A.Expr {
    switch (rule) {
      case 'star':
        return this.starExpressions();
      case 'expression':
        return this.expression();
      case 'disjunction':
        return this.disjunction();
      case 'bitwise':
        return this.bitwiseOr();
      case 'named':
        return this.starNamedExpression();
      case 'argument':
        return this.starArgument();
      case 'yield':
        return this.yieldExpr();
    }
  }

  // ------------------------------------------------------------------ statements

  private atCompound(): boolean {
    const kind = this.kinds[this.p];
    return COMPOUND[kind] === 1 || (kind === T.NAME && this.atMatch());
  }

  private statement(out: A.Stmt[]): void {
    const kind = this.kinds[this.p];
    if (COMPOUND[kind] === 1 || (kind === T.NAME && this.atMatch())) {
      const statement = kind === T.NAME ? this.match() : this.compound(kind);
      this.lastCompoundLine = statement.lineno;
      out.push(statement);
    } else this.simpleStatements(out);
  }

  private simpleStatements(out: A.Stmt[]): void {
    for (;;) {
      out.push(this.simple());
      if (!this.accept(T.SEMI)) break;
      if (this.kinds[this.p] === T.NEWLINE) break;
    }
    this.expect(T.NEWLINE);
  }

  private compound(kind: number): A.Stmt {
    switch (kind) {
      case T.DEF:
        return this.functionDef(this.p, false, []);
      case T.IF:
        return this.if();
      case T.FOR:
        return this.for(this.p, false);
      case T.WITH:
        return this.with(this.p, false);
      case T.TRY:
        return this.try();
      case T.WHILE:
        return this.while();
      case T.CLASS:
        return this.classDef([]);
      case T.ASYNC:
        return this.async([]);
      default:
        return this.decorated();
    }
  }

  private async(decorators: A.Expr[] | null): A.Stmt {
    const s = this.p++;
    const kind = this.kinds[this.p];
    if (kind === T.DEF) return this.functionDef(s, true, decorators ?? []);
    if (kind === T.FOR && decorators!.length === 0) return this.for(s, true);
    if (kind === T.WITH && decorators!.length === 0) return this.with(s, true);
    return this.fail();
  }

  private decorated(): A.Stmt {
    const decorators: A.Expr[] = [];
    while (this.accept(T.AT)) {
      decorators.push(this.namedExpression());
      this.expect(T.NEWLINE);
    }
    const kind = this.kinds[this.p];
    if (kind === T.DEF) return this.functionDef(this.p, false, decorators);
    if (kind === T.CLASS) return this.classDef(decorators);
    if (kind === T.ASYNC) return this.async(decorators);
    return this.fail();
  }

  /** ':' and an indented block or statements on the same line. */
  private block(): A.Stmt[] {
    this.expect(T.COLON);
    const body: A.Stmt[] = [];
    if (!this.accept(T.NEWLINE)) {
      this.simpleStatements(body);
      return body;
    }
    this.expect(T.INDENT);
    do this.statement(body);
    while (!this.accept(T.DEDENT));
    return body;
  }

  private elseBlock(): A.Stmt[] {
    return this.accept(T.ELSE) ? this.block() : [];
  }

  // ------------------------------------------------------------------ compound statements

  private functionDef(s: number, isAsync: boolean, decorators: A.Expr[]): A.Stmt {
    this.p++;
    const name = this.name();
    const typeParams = this.typeParams();
    this.expect(T.LPAR);
    const args = this.parameters(T.RPAR);
    this.expect(T.RPAR);
    const returns = this.accept(T.ARROW) ? this.expression() : null;
    const body = this.block();
    const e = this.last();
    const create = isAsync ? make.AsyncFunctionDef : make.FunctionDef;
    const [line, col] = [this.line[s], this.col[s]];
    return create(name, args, body, decorators, returns, null, typeParams, line, col, this.endLine[e], this.endCol[e]);
  }

  private classDef(decorators: A.Expr[]): A.Stmt {
    const s = this.p++;
    const name = this.name();
    const typeParams = this.typeParams();
    const bases: A.Expr[] = [];
    const keywords: A.Keyword[] = [];
    if (this.kinds[this.p] === T.LPAR) this.callArguments(bases, keywords, false);
    const body = this.block();
    const e = this.last();
    const [line, col] = [this.line[s], this.col[s]];
    return make.ClassDef(
      name,
      bases,
      keywords,
      body,
      decorators,
      typeParams,
      line,
      col,
      this.endLine[e],
      this.endCol[e],
    );
  }

  /** if and elif; a chain of elif is a chain of `orelse`, made without recursion. */
  private if(): A.Stmt {
    const starts: number[] = [];
    const tests: A.Expr[] = [];
    const bodies: A.Stmt[][] = [];
    do {
      starts.push(this.p++);
      tests.push(this.namedExpression());
      bodies.push(this.block());
    } while (this.kinds[this.p] === T.ELIF);
    let orelse = this.elseBlock();
    const e = this.last();
    for (let i = starts.length - 1; ; i--) {
      const s = starts[i];
      const node = make.If(tests[i], bodies[i], orelse, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
      if (i === 0) return node;
      orelse = [node];
    }
  }

  private while(): A.Stmt {
    const s = this.p++;
    const test = this.namedExpression();
    const body = this.block();
    const orelse = this.elseBlock();
    const e = this.last();
    return make.While(test, body, orelse, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private for(s: number, isAsync: boolean): A.Stmt {
    this.p++;
    const target = this.starTargets();
    this.expect(T.IN);
    const iter = this.starExpressions();
    const body = this.block();
    const orelse = this.elseBlock();
    const e = this.last();
    const create = isAsync ? make.AsyncFor : make.For;
    return create(target, iter, body, orelse, null, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private with(s: number, isAsync: boolean): A.Stmt {
    this.p++;
    const items = this.bracketedItems() ?? this.withItems(T.COLON);
    const body = this.block();
    const e = this.last();
    const create = isAsync ? make.AsyncWith : make.With;
    return create(items, body, null, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** '(' items ')' if that is all there is before ':'; else nothing is taken, and null. */
  private bracketedItems(): A.WithItem[] | null {
    const s = this.p;
    if (this.kinds[s] !== T.LPAR || this.kinds[this.closing(s) + 1] !== T.COLON) return null;
    const depth = this.depth;
    try {
      this.p++;
      const items = this.withItems(T.RPAR);
      this.expect(T.RPAR);
      if (this.kinds[this.p] === T.COLON) return items;
    } catch (e) {
      if (e !== NO_PARSE) throw e;
    }
    this.p = s;
    this.depth = depth;
    return null;
  }

  /** Index of the bracket that closes the one at i, or of the last token. */
  private closing(i: number): number {
    for (let level = 0; ; i++) {
      const kind = this.kinds[i];
      if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) level++;
      else if (kind === T.RPAR || kind === T.RSQB || kind === T.RBRACE) level--;
      else if (kind === T.ENDMARKER || kind === T.ERROR) return i;
      if (level === 0) return i;
    }
  }

  private withItems(close: number): A.WithItem[] {
    const items: A.WithItem[] = [];
    do {
      if (close === T.RPAR && items.length > 0 && this.kinds[this.p] === T.RPAR) break;
      const value = this.expression();
      items.push(make.WithItem(value, this.accept(T.AS) ? this.starTarget() : null));
    } while (this.accept(T.COMMA));
    return items;
  }

  private try(): A.Stmt {
    const s = this.p++;
    const body = this.block();
    const handlers: A.ExceptHandler[] = [];
    const star = this.kinds[this.p] === T.EXCEPT && this.kinds[this.p + 1] === T.STAR;
    while (this.kinds[this.p] === T.EXCEPT) handlers.push(this.handler(star));
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    const final = this.accept(T.FINALLY) ? this.block() : [];
    if (handlers.length === 0 && final.length === 0) this.fail();
    const e = this.last();
    const create = star ? make.TryStar : make.Try;
    return create(body, handlers, orelse, final, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private handler(star: boolean): A.ExceptHandler {
    const s = this.p++;
    if (this.accept(T.STAR) !== star) this.fail();
    let type: A.Expr | null = null;
    let name: string | null = null;
    if (star || this.kinds[this.p] !== T.COLON) {
      const first = this.p;
      type = this.expressions();
      const bare = type.kind === 'Tuple' && type.col_offset === this.col[first] && this.kinds[first] !== T.LPAR;
      if (this.kinds[this.p] === T.AS) {
        if (bare || this.kinds[this.p - 1] === T.COMMA || this.isBareTuple(type, first)) this.fail();
        this.p++;
        name = this.name();
      }
    }
    const body = this.block();
    const e = this.last();
    return make.ExceptHandler(type, name, body, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** Whether a tuple from token `first` to here has no brackets of its own. */
  private isBareTuple(type: A.Expr, first: number): boolean {
    return type.kind === 'Tuple' && this.closing(first) !== this.p - 1;
  }

  // ------------------------------------------------------------------ match

  /** Whether a match statement begins here: only its first line ends with ':' before a block that begins with `case`. */
  private atMatch(): boolean {
    const s = this.p;
    if (!this.isWord(s, 'match')) return false;
    const next = this.kinds[s + 1];
    if (next === T.EQUAL || next === T.DOT || next === T.NEWLINE || next === T.COMMA) return false;
    let i = s + 1;
    while (this.kinds[i] !== T.NEWLINE && this.kinds[i] !== T.ENDMARKER && this.kinds[i] !== T.ERROR) i++;
    if (this.kinds[i] !== T.NEWLINE || this.kinds[i - 1] !== T.COLON) return false;
    return this.kinds[i + 1] === T.INDENT && this.isWord(i + 2, 'case');
  }

  private match(): A.Stmt {
    const s = this.p++;
    const subject = this.subject();
    this.expect(T.COLON);
    this.expect(T.NEWLINE);
    this.expect(T.INDENT);
    const cases: A.MatchCase[] = [];
    while (this.isWord(this.p, 'case')) cases.push(this.case());
    this.expect(T.DEDENT);
    const e = this.last();
    return make.Match(subject, cases, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private subject(): A.Expr {
    const s = this.p;
    const first = this.starNamedExpression();
    if (this.kinds[this.p] !== T.COMMA) {
      if (first.kind === 'Starred') this.fail();
      return first;
    }
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.startsStar()) break;
      elts.push(this.starNamedExpression());
    }
    const e = this.p - 1;
    return make.Tuple(elts, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private case(): A.MatchCase {
    this.p++;
    const pattern = this.patterns();
    const guard = this.accept(T.IF) ? this.namedExpression() : null;
    return make.MatchCase(pattern, guard, this.block());
  }

  // ------------------------------------------------------------------ simple statements

  private simple(): A.Stmt {
    const s = this.p;
    switch (this.kinds[s]) {
      case T.RETURN:
        return this.return();
      case T.IMPORT:
        return this.import();
      case T.FROM:
        return this.importFrom();
      case T.RAISE:
        return this.raise();
      case T.PASS:
        this.p++;
        return make.Pass(this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
      case T.BREAK:
        this.p++;
        return make.Break(this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
      case T.CONTINUE:
        this.p++;
        return make.Continue(this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
      case T.DEL:
        return this.del();
      case T.ASSERT:
        return this.assert();
      case T.GLOBAL:
      case T.NONLOCAL:
        return this.names();
      case T.NAME:
        if (this.kinds[s + 1] === T.NAME && this.isWord(s, 'type')) return this.typeAlias();
        return this.expressionStatement();
      default:
        return this.expressionStatement();
    }
  }

  private expressionStatement(): A.Stmt {
    const s = this.p;
    const first = this.annotatedRhs();
    const kind = this.kinds[this.p];
    if (kind === T.EQUAL) return this.assign(s, first);
    if (kind >= T.PLUSEQUAL && kind <= T.CIRCUMFLEXEQUAL) return this.augAssign(s, first, kind);
    if (kind === T.COLON) return this.annAssign(s, first);
    const e = this.p - 1;
    return make.Expr(first, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private assign(s: number, first: A.Expr): A.Stmt {
    const targets: A.Expr[] = [];
    let value = first;
    while (this.accept(T.EQUAL)) {
      targets.push(this.stored(value));
      value = this.annotatedRhs();
    }
    const e = this.p - 1;
    return make.Assign(targets, value, null, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private singleTarget(target: A.Expr): A.Expr {
    if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') this.fail();
    return this.stored(target);
  }

  private augAssign(s: number, target: A.Expr, kind: number): A.Stmt {
    this.singleTarget(target);
    this.p++;
    const value = this.annotatedRhs();
    const e = this.p - 1;
    const op = AUGMENTED[kind] as A.Operator;
    return make.AugAssign(target, op, value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private annAssign(s: number, target: A.Expr): A.Stmt {
    this.singleTarget(target);
    this.p++;
    const annotation = this.expression();
    const value = this.accept(T.EQUAL) ? this.annotatedRhs() : null;
    const e = this.p - 1;
    const simple = this.kinds[s] === T.NAME && target.kind === 'Name' ? 1 : 0;
    return make.AnnAssign(
      target,
      annotation,
      value,
      simple,
      this.line[s],
      this.col[s],
      this.endLine[e],
      this.endCol[e],
    );
  }

  private return(): A.Stmt {
    const s = this.p++;
    const value = this.startsStar() ? this.starExpressions() : null;
    const e = this.p - 1;
    return make.Return(value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private raise(): A.Stmt {
    const s = this.p++;
    let exc: A.Expr | null = null;
    let cause: A.Expr | null = null;
    if (this.kinds[this.p] !== T.NEWLINE && this.kinds[this.p] !== T.SEMI) {
      exc = this.expression();
      if (this.accept(T.FROM)) cause = this.expression();
    }
    const e = this.p - 1;
    return make.Raise(exc, cause, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private del(): A.Stmt {
    const s = this.p++;
    const targets: A.Expr[] = [];
    do {
      const next = this.kinds[this.p];
      if (targets.length > 0 && (next === T.NEWLINE || next === T.SEMI)) break;
      const target = this.primary();
      if (!setContext(target, 'Del')) this.fail();
      targets.push(target);
    } while (this.accept(T.COMMA));
    const e = this.p - 1;
    return make.Delete(targets, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private assert(): A.Stmt {
    const s = this.p++;
    const test = this.expression();
    const msg = this.accept(T.COMMA) ? this.expression() : null;
    const e = this.p - 1;
    return make.Assert(test, msg, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private names(): A.Stmt {
    const s = this.p++;
    const names = [this.name()];
    while (this.accept(T.COMMA)) names.push(this.name());
    const e = this.p - 1;
    const create = this.kinds[s] === T.GLOBAL ? make.Global : make.Nonlocal;
    return create(names, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }
}
