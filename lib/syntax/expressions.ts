/** Parser, part 3: expressions. Binary operators by precedence climbing over the rows of BINARY. */
import type * as A from './ast.js';
import { setContext, STARTS } from './cursor.js';
import { ParameterParser } from './parameters.js';
import * as make from './make.js';
import * as T from './tokens.js';

const OR_LEVEL = 1;
const NOT_LEVEL = 3;
const COMPARE_LEVEL = 4;
const BITOR_LEVEL = 5;

/** Operator, node's operator, level: higher binds tighter. Levels 1, 2 and 4 make BoolOp and Compare, others BinOp. */
const BINARY: readonly [string, string, number][] = [
  ['or', 'Or', OR_LEVEL],
  ['and', 'And', 2],
  ['==', 'Eq', COMPARE_LEVEL],
  ['!=', 'NotEq', COMPARE_LEVEL],
  ['<', 'Lt', COMPARE_LEVEL],
  ['<=', 'LtE', COMPARE_LEVEL],
  ['>', 'Gt', COMPARE_LEVEL],
  ['>=', 'GtE', COMPARE_LEVEL],
  ['in', 'In', COMPARE_LEVEL],
  ['is', 'Is', COMPARE_LEVEL],
  ['not', 'NotIn', COMPARE_LEVEL],
  ['|', 'BitOr', BITOR_LEVEL],
  ['^', 'BitXor', 6],
  ['&', 'BitAnd', 7],
  ['<<', 'LShift', 8],
  ['>>', 'RShift', 8],
  ['+', 'Add', 9],
  ['-', 'Sub', 9],
  ['*', 'Mult', 10],
  ['@', 'MatMult', 10],
  ['/', 'Div', 10],
  ['%', 'Mod', 10],
  ['//', 'FloorDiv', 10],
];
const LEVEL = new Uint8Array(T.KIND_COUNT);
const OPERATOR: string[] = new Array<string>(T.KIND_COUNT).fill('');
LEVEL[T.FLUFL] = COMPARE_LEVEL;
OPERATOR[T.FLUFL] = 'NotEq';
for (const [spelling, operator, level] of BINARY) {
  LEVEL[T.KIND_OF.get(spelling)!] = level;
  OPERATOR[T.KIND_OF.get(spelling)!] = operator;
}
const UNARY: string[] = new Array<string>(T.KIND_COUNT).fill('');
UNARY[T.PLUS] = 'UAdd';
UNARY[T.MINUS] = 'USub';
UNARY[T.TILDE] = 'Invert';

/** After an atom, a token of these kinds ends the expression. */
const ENDS = new Uint8Array(T.KIND_COUNT);
for (const kind of [T.NEWLINE, T.COMMA, T.RPAR, T.RSQB, T.RBRACE, T.EQUAL, T.COLON]) ENDS[kind] = 1;

const NOT_EQUAL = T.KIND_OF.get('!=')!;
const NONE_CONST: A.PyConst = { t: 'none' };
const ELLIPSIS_CONST: A.PyConst = { t: 'ellipsis' };
const TRUE_CONST: A.PyConst = { t: 'bool', v: true };
const FALSE_CONST: A.PyConst = { t: 'bool', v: false };

export abstract class ExpressionParser extends ParameterParser {
  // ------------------------------------------------------------------ lists of expressions

  protected annotatedRhs(): A.Expr {
    return this.kinds[this.p] === T.YIELD ? this.yieldExpr() : this.starExpressions();
  }

  protected yieldExpr(): A.Expr {
    const s = this.p++;
    if (this.accept(T.FROM)) {
      const from = this.expression();
      const e = this.p - 1;
      return make.YieldFrom(from, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
    }
    const value = this.startsStar() ? this.starExpressions() : null;
    const e = this.p - 1;
    return make.Yield(value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  protected startsStar(): boolean {
    const kind = this.kinds[this.p];
    return STARTS[kind] === 1 || kind === T.STAR;
  }

  protected starExpressions(): A.Expr {
    const s = this.p;
    const first = this.starExpression();
    if (this.kinds[this.p] !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.startsStar()) break;
      elts.push(this.starExpression());
    }
    const e = this.p - 1;
    return make.Tuple(elts, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** expressions: no stars. */
  protected expressions(): A.Expr {
    const s = this.p;
    const first = this.expression();
    if (this.kinds[this.p] !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (STARTS[this.kinds[this.p]] === 0) break;
      elts.push(this.expression());
    }
    const e = this.p - 1;
    return make.Tuple(elts, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  protected starExpression(): A.Expr {
    return this.kinds[this.p] === T.STAR ? this.starred(false) : this.expression();
  }

  protected starNamedExpression(): A.Expr {
    return this.kinds[this.p] === T.STAR ? this.starred(false) : this.namedExpression();
  }

  /** '*' bitwise_or, or '*' expression in calls and subscripts. */
  private starred(whole: boolean): A.Expr {
    const s = this.p++;
    const value = whole ? this.expression() : this.binary(BITOR_LEVEL);
    const e = this.p - 1;
    return make.Starred(value, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** Starred argument of a call. */
  protected starArgument(): A.Expr {
    if (this.kinds[this.p] !== T.STAR) this.fail();
    return this.starred(true);
  }

  protected namedExpression(): A.Expr {
    const s = this.p;
    if (this.kinds[s] !== T.NAME || this.kinds[s + 1] !== T.COLONEQUAL) return this.expression();
    const target = make.Name(this.nameAt(s), 'Store', this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
    this.p += 2;
    const value = this.expression();
    const e = this.p - 1;
    return make.NamedExpr(target, value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  // ------------------------------------------------------------------ operators

  expression(): A.Expr {
    const s = this.p;
    const kind = this.kinds[s];
    if (kind === T.NAME && ENDS[this.kinds[s + 1]] === 1) return this.nameExpr();
    if (kind === T.LAMBDA) return this.lambda();
    this.deeper();
    const body = this.binary(OR_LEVEL);
    if (this.kinds[this.p] !== T.IF) {
      this.depth--;
      return body;
    }
    this.p++;
    const test = this.binary(OR_LEVEL);
    this.expect(T.ELSE);
    const orelse = this.expression();
    this.depth--;
    const e = this.p - 1;
    return make.IfExp(test, body, orelse, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  protected disjunction(): A.Expr {
    return this.binary(OR_LEVEL);
  }

  protected bitwiseOr(): A.Expr {
    return this.binary(BITOR_LEVEL);
  }

  /** Operators of the level or tighter. */
  private binary(level: number): A.Expr {
    const s = this.p;
    let left = this.kinds[s] === T.NOT && level <= NOT_LEVEL ? this.not() : this.unary();
    for (;;) {
      const kind = this.kinds[this.p];
      const found = LEVEL[kind];
      if (found < level || found === 0) return left;
      if (found >= BITOR_LEVEL) {
        this.p++;
        const right = this.binary(found + 1);
        const e = this.p - 1;
        const op = OPERATOR[kind] as A.Operator;
        left = make.BinOp(left, op, right, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
      } else if (found === COMPARE_LEVEL) left = this.comparison(s, left);
      else left = this.boolOp(s, left, kind, found);
    }
  }

  private boolOp(s: number, first: A.Expr, kind: number, level: number): A.Expr {
    const values = [first];
    while (this.accept(kind)) values.push(this.binary(level + 1));
    const e = this.p - 1;
    const op = OPERATOR[kind] as A.BoolOperator;
    return make.BoolOp(op, values, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private comparison(s: number, left: A.Expr): A.Expr {
    const ops: A.CmpOperator[] = [];
    const comparators: A.Expr[] = [];
    while (LEVEL[this.kinds[this.p]] === COMPARE_LEVEL) {
      ops.push(this.comparisonOperator());
      comparators.push(this.binary(BITOR_LEVEL));
    }
    const e = this.p - 1;
    return make.Compare(left, ops, comparators, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private comparisonOperator(): A.CmpOperator {
    const kind = this.kinds[this.p++];
    if (kind === T.FLUFL || kind === NOT_EQUAL) this.checkNotEqual(kind);
    if (kind === T.NOT) this.expect(T.IN);
    else if (kind === T.IS && this.accept(T.NOT)) return 'IsNot';
    return OPERATOR[kind] as A.CmpOperator;
  }

  /** Which spelling of "not equal" there is depends on a future statement. */
  private checkNotEqual(kind: number): void {
    if ((kind === T.FLUFL) === this.barryAsFLUFL) return;
    const msg = this.barryAsFLUFL
      ? "with Barry as BDFL, use '<>' instead of '!='"
      : "invalid syntax.  Maybe you meant '!=' instead of '<>'?";
    throw this.errorAt(msg, this.p - 1, this.p - 1);
  }

  private not(): A.Expr {
    const s = this.p++;
    this.deeper();
    const operand = this.binary(NOT_LEVEL);
    this.depth--;
    const e = this.p - 1;
    return make.UnaryOp('Not', operand, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** factor: signs and powers. */
  private unary(): A.Expr {
    const s = this.p;
    const kind = this.kinds[s];
    if (kind !== T.PLUS && kind !== T.MINUS && kind !== T.TILDE) return this.power();
    this.p++;
    this.deeper();
    const operand = this.unary();
    this.depth--;
    const e = this.p - 1;
    const op = UNARY[kind] as A.UnaryOperator;
    return make.UnaryOp(op, operand, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private power(): A.Expr {
    const s = this.p;
    const base = this.kinds[s] === T.AWAIT ? this.awaitExpr() : this.primary();
    if (this.kinds[this.p] !== T.DOUBLESTAR) return base;
    this.p++;
    this.deeper();
    const exponent = this.unary();
    this.depth--;
    const e = this.p - 1;
    return make.BinOp(base, 'Pow', exponent, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private awaitExpr(): A.Expr {
    const s = this.p++;
    const value = this.primary();
    const e = this.p - 1;
    return make.Await(value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  // ------------------------------------------------------------------ primaries

  protected primary(): A.Expr {
    const s = this.p;
    let left = this.atom();
    for (;;) {
      const kind = this.kinds[this.p];
      if (kind === T.DOT) {
        this.p++;
        const attr = this.name();
        const e = this.p - 1;
        left = make.Attribute(left, attr, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
      } else if (kind === T.LPAR) left = this.call(s, left);
      else if (kind === T.LSQB) left = this.subscript(s, left);
      else return left;
    }
  }

  private call(s: number, func: A.Expr): A.Expr {
    const args: A.Expr[] = [];
    const keywords: A.Keyword[] = [];
    this.callArguments(args, keywords, true);
    const e = this.p - 1;
    return make.Call(func, args, keywords, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** '(' [arguments] ')'; a lone generator expression needs no brackets of its own where `generator`. */
  protected callArguments(args: A.Expr[], keywords: A.Keyword[], generator: boolean): void {
    const open = this.p++;
    let unpacked = false;
    while (this.kinds[this.p] !== T.RPAR) {
      const s = this.p;
      const kind = this.kinds[s];
      if (kind === T.STAR) {
        if (unpacked) this.fail();
        args.push(this.starred(true));
      } else if (kind === T.DOUBLESTAR || (kind === T.NAME && this.kinds[s + 1] === T.EQUAL)) {
        if (kind === T.DOUBLESTAR) unpacked = true;
        keywords.push(this.keyword(s, kind === T.NAME));
      } else {
        if (keywords.length > 0) this.fail();
        const value = this.namedExpression();
        const next = this.kinds[this.p];
        if (next === T.FOR || next === T.ASYNC) {
          if (args.length > 0 || !generator) this.fail();
          args.push(this.generator(open, value));
          return;
        }
        args.push(value);
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RPAR);
  }

  private keyword(s: number, named: boolean): A.Keyword {
    const arg = named ? this.nameAt(s) : null;
    this.p += named ? 2 : 1;
    const value = this.expression();
    const e = this.p - 1;
    return make.Keyword(arg, value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private subscript(s: number, value: A.Expr): A.Expr {
    this.p++;
    const slice = this.slices();
    this.expect(T.RSQB);
    const e = this.p - 1;
    return make.Subscript(value, slice, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private slices(): A.Expr {
    const s = this.p;
    const first = this.kinds[s] === T.STAR ? this.starred(true) : this.slice();
    if (this.kinds[this.p] !== T.COMMA && first.kind !== 'Starred') return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (this.kinds[this.p] === T.RSQB) break;
      elts.push(this.kinds[this.p] === T.STAR ? this.starred(true) : this.slice());
    }
    const e = this.p - 1;
    return make.Tuple(elts, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private slice(): A.Expr {
    const s = this.p;
    let lower: A.Expr | null = null;
    if (this.kinds[s] !== T.COLON) {
      const named = this.kinds[s + 1] === T.COLONEQUAL;
      lower = this.namedExpression();
      if (named || this.kinds[this.p] !== T.COLON) return lower;
    }
    this.p++;
    const upper = this.sliceBound();
    const step = this.accept(T.COLON) ? this.sliceBound() : null;
    const e = this.p - 1;
    return make.Slice(lower, upper, step, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private sliceBound(): A.Expr | null {
    const kind = this.kinds[this.p];
    return kind === T.COLON || kind === T.COMMA || kind === T.RSQB ? null : this.expression();
  }

  // ------------------------------------------------------------------ atoms

  private nameExpr(): A.Expr {
    const s = this.p++;
    return make.Name(this.nameAt(s), 'Load', this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
  }

  private atom(): A.Expr {
    switch (this.kinds[this.p]) {
      case T.NAME:
        return this.nameExpr();
      case T.NUMBER:
        return this.number();
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
        return this.strings();
      case T.LPAR:
        return this.group();
      case T.LSQB:
        return this.list();
      case T.LBRACE:
        return this.dictOrSet();
      case T.TRUE:
        return this.constant(TRUE_CONST);
      case T.FALSE:
        return this.constant(FALSE_CONST);
      case T.NONE:
        return this.constant(NONE_CONST);
      case T.ELLIPSIS:
        return this.constant(ELLIPSIS_CONST);
      default:
        return this.fail();
    }
  }

  protected constant(value: A.PyConst): A.Expr {
    const s = this.p++;
    return make.Constant(value, null, this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
  }

  private atComprehension(): boolean {
    const kind = this.kinds[this.p];
    return kind === T.FOR || kind === T.ASYNC;
  }

  /** '(': tuple, generator expression, or an expression in brackets, which keeps its own location. */
  private group(): A.Expr {
    const s = this.p++;
    if (this.kinds[this.p] === T.YIELD) {
      const inner = this.yieldExpr();
      this.expect(T.RPAR);
      return inner;
    }
    if (this.kinds[this.p] === T.RPAR) return this.tupleOf(s, []);
    const first = this.starNamedExpression();
    if (this.kinds[this.p] === T.COMMA) return this.tupleOf(s, this.elements(first, T.RPAR));
    if (first.kind === 'Starred') this.fail();
    if (this.atComprehension()) return this.generator(s, first);
    this.expect(T.RPAR);
    return first;
  }

  private tupleOf(s: number, elts: A.Expr[]): A.Expr {
    this.expect(T.RPAR);
    const e = this.p - 1;
    return make.Tuple(elts, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private generator(s: number, elt: A.Expr): A.Expr {
    const generators = this.comprehensions();
    this.expect(T.RPAR);
    const e = this.p - 1;
    return make.GeneratorExp(elt, generators, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** The rest of a list of elements after the first, up to the closing bracket. */
  private elements(first: A.Expr, close: number): A.Expr[] {
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (this.kinds[this.p] === close) break;
      elts.push(this.starNamedExpression());
    }
    return elts;
  }

  private list(): A.Expr {
    const s = this.p++;
    let elts: A.Expr[] = [];
    if (this.kinds[this.p] !== T.RSQB) {
      const first = this.starNamedExpression();
      if (this.atComprehension()) return this.listComp(s, first);
      elts = this.elements(first, T.RSQB);
    }
    this.expect(T.RSQB);
    const e = this.p - 1;
    return make.List(elts, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private listComp(s: number, elt: A.Expr): A.Expr {
    if (elt.kind === 'Starred') this.fail();
    const generators = this.comprehensions();
    this.expect(T.RSQB);
    const e = this.p - 1;
    return make.ListComp(elt, generators, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private dictOrSet(): A.Expr {
    const s = this.p++;
    const kind = this.kinds[this.p];
    if (kind === T.RBRACE || kind === T.DOUBLESTAR) return this.dict(s, [], []);
    const named = this.kinds[this.p + 1] === T.COLONEQUAL;
    const first = this.starNamedExpression();
    if (this.kinds[this.p] === T.COLON && first.kind !== 'Starred' && !named) return this.dictFrom(s, first);
    if (this.atComprehension()) return this.setComp(s, first);
    const elts = this.elements(first, T.RBRACE);
    this.expect(T.RBRACE);
    const e = this.p - 1;
    return make.Set(elts, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private setComp(s: number, elt: A.Expr): A.Expr {
    if (elt.kind === 'Starred') this.fail();
    const generators = this.comprehensions();
    this.expect(T.RBRACE);
    const e = this.p - 1;
    return make.SetComp(elt, generators, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private dictFrom(s: number, key: A.Expr): A.Expr {
    this.p++;
    const value = this.expression();
    if (this.atComprehension()) {
      const generators = this.comprehensions();
      this.expect(T.RBRACE);
      const e = this.p - 1;
      return make.DictComp(key, value, generators, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
    }
    if (!this.accept(T.COMMA) && this.kinds[this.p] !== T.RBRACE) this.fail();
    return this.dict(s, [key], [value]);
  }

  private dict(s: number, keys: (A.Expr | null)[], values: A.Expr[]): A.Expr {
    while (this.kinds[this.p] !== T.RBRACE) {
      if (this.accept(T.DOUBLESTAR)) {
        keys.push(null);
        values.push(this.binary(BITOR_LEVEL));
      } else {
        keys.push(this.expression());
        this.expect(T.COLON);
        values.push(this.expression());
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    const e = this.p - 1;
    return make.Dict(keys, values, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  // ------------------------------------------------------------------ comprehensions and targets

  private comprehensions(): A.Comprehension[] {
    const out: A.Comprehension[] = [];
    while (this.atComprehension()) {
      const isAsync = this.accept(T.ASYNC);
      this.expect(T.FOR);
      const target = this.starTargets();
      this.expect(T.IN);
      const iter = this.binary(OR_LEVEL);
      const ifs: A.Expr[] = [];
      while (this.accept(T.IF)) ifs.push(this.binary(OR_LEVEL));
      out.push(make.Comprehension(target, iter, ifs, isAsync ? 1 : 0));
    }
    return out;
  }

  /** Targets of `for`. */
  protected starTargets(): A.Expr {
    const s = this.p;
    const first = this.starTarget();
    if (this.kinds[this.p] !== T.COMMA) return first;
    const elts = [first];
    while (this.accept(T.COMMA)) {
      if (!this.startsStar()) break;
      elts.push(this.starTarget());
    }
    const e = this.p - 1;
    return make.Tuple(elts, 'Store', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  protected starTarget(): A.Expr {
    const target = this.kinds[this.p] === T.STAR ? this.starred(false) : this.primary();
    return this.stored(target);
  }

  protected stored(e: A.Expr): A.Expr {
    if (!setContext(e, 'Store')) this.fail();
    return e;
  }

  // ------------------------------------------------------------------ parameters

  private lambda(): A.Expr {
    const s = this.p++;
    this.deeper();
    const args = this.parameters(T.COLON);
    this.expect(T.COLON);
    const body = this.expression();
    this.depth--;
    const e = this.p - 1;
    return make.Lambda(args, body, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }
}
