/** Parser, part 4: patterns of `match` (PEP 634). */
import type * as A from './ast.js';
import { ExpressionParser } from './expressions.js';
import * as make from './make.js';
import * as T from './tokens.js';

export abstract class PatternParser extends ExpressionParser {
  /** patterns: one pattern, or a sequence without brackets. */
  protected patterns(): A.Pattern {
    const s = this.p;
    const first = this.maybeStarPattern();
    if (this.kinds[this.p] !== T.COMMA) {
      if (first.kind === 'MatchStar') this.fail();
      return first;
    }
    return this.sequenceFrom(s, this.patternList(first));
  }

  private patternStarts(): boolean {
    const kind = this.kinds[this.p];
    return kind !== T.COLON && kind !== T.IF && kind !== T.RPAR && kind !== T.RSQB;
  }

  private patternList(first: A.Pattern): A.Pattern[] {
    const out = [first];
    while (this.accept(T.COMMA)) {
      if (!this.patternStarts()) break;
      out.push(this.maybeStarPattern());
    }
    return out;
  }

  private sequenceFrom(s: number, patterns: A.Pattern[]): A.Pattern {
    const e = this.p - 1;
    return make.MatchSequence(patterns, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private maybeStarPattern(): A.Pattern {
    if (this.kinds[this.p] !== T.STAR) return this.pattern();
    const s = this.p++;
    const name = this.isWord(this.p, '_') ? this.wildcard() : this.captureName();
    const e = this.p - 1;
    return make.MatchStar(name, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private wildcard(): null {
    this.p++;
    return null;
  }

  /** A name that a pattern may bind. */
  private captureName(): string {
    const next = this.kinds[this.p + 1];
    if (this.isWord(this.p, '_') || next === T.DOT || next === T.LPAR || next === T.EQUAL) this.fail();
    return this.name();
  }

  private pattern(): A.Pattern {
    const s = this.p;
    const inner = this.orPattern();
    if (!this.accept(T.AS)) return inner;
    const name = this.captureName();
    const e = this.p - 1;
    return make.MatchAs(inner, name, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private orPattern(): A.Pattern {
    const s = this.p;
    const first = this.closedPattern();
    if (this.kinds[this.p] !== T.VBAR) return first;
    const patterns = [first];
    while (this.accept(T.VBAR)) patterns.push(this.closedPattern());
    const e = this.p - 1;
    return make.MatchOr(patterns, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private closedPattern(): A.Pattern {
    switch (this.kinds[this.p]) {
      case T.NAME:
        return this.namePattern();
      case T.LPAR:
        return this.groupPattern();
      case T.LSQB:
        return this.listPattern();
      case T.LBRACE:
        return this.mappingPattern();
      case T.NONE:
      case T.TRUE:
      case T.FALSE:
        return this.singletonPattern();
      default:
        return this.matchValue(this.p, this.literal());
    }
  }

  private matchValue(s: number, value: A.Expr): A.Pattern {
    const e = this.p - 1;
    return make.MatchValue(value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private singletonPattern(): A.Pattern {
    const s = this.p++;
    const kind = this.kinds[s];
    const value: A.PyConst = kind === T.NONE ? { t: 'none' } : { t: 'bool', v: kind === T.TRUE };
    return make.MatchSingleton(value, this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
  }

  // ------------------------------------------------------------------ literals

  private literal(): A.Expr {
    const kind = this.kinds[this.p];
    if (kind === T.STRING || kind === T.FSTRING_START || kind === T.TSTRING_START) return this.strings();
    if (kind !== T.NUMBER && kind !== T.MINUS) this.fail();
    const s = this.p;
    const real = this.signedNumber();
    const sign = this.kinds[this.p];
    if (sign !== T.PLUS && sign !== T.MINUS) return real;
    if (this.isImaginary(this.p - 1)) {
      throw this.errorAt('real number required in complex literal', this.p - 1, this.p - 1);
    }
    this.p++;
    if (this.kinds[this.p] !== T.NUMBER) this.fail();
    if (!this.isImaginary(this.p)) {
      throw this.errorAt('imaginary number required in complex literal', this.p, this.p);
    }
    const imag = this.number();
    const e = this.p - 1;
    const op = sign === T.PLUS ? 'Add' : 'Sub';
    return make.BinOp(real, op, imag, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private isImaginary(i: number): boolean {
    return (this.tokens.source.charCodeAt(this.tokens.end[i] - 1) | 32) === 106;
  }

  private signedNumber(): A.Expr {
    const s = this.p;
    const minus = this.accept(T.MINUS);
    if (this.kinds[this.p] !== T.NUMBER) this.fail();
    const value = this.number();
    if (!minus) return value;
    const e = this.p - 1;
    return make.UnaryOp('USub', value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  // ------------------------------------------------------------------ names

  /** Name with attributes: value pattern, class pattern; without: capture, wildcard. */
  private namePattern(): A.Pattern {
    const s = this.p;
    const next = this.kinds[s + 1];
    if (next !== T.DOT && next !== T.LPAR) {
      const name = this.isWord(s, '_') ? this.wildcard() : this.captureName();
      return make.MatchAs(null, name, this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
    }
    const value = this.dotted();
    if (this.kinds[this.p] === T.LPAR) return this.classPattern(s, value);
    if (this.kinds[this.p] === T.EQUAL) this.fail();
    return this.matchValue(s, value);
  }

  private dotted(): A.Expr {
    const s = this.p;
    const id = this.name();
    let value: A.Expr = make.Name(id, 'Load', this.line[s], this.col[s], this.endLine[s], this.endCol[s]);
    while (this.accept(T.DOT)) {
      const attr = this.name();
      const e = this.p - 1;
      value = make.Attribute(value, attr, 'Load', this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
    }
    return value;
  }

  private classPattern(s: number, cls: A.Expr): A.Pattern {
    this.p++;
    const patterns: A.Pattern[] = [];
    const names: string[] = [];
    const keywordPatterns: A.Pattern[] = [];
    while (this.kinds[this.p] !== T.RPAR) {
      if (this.kinds[this.p] === T.NAME && this.kinds[this.p + 1] === T.EQUAL) {
        names.push(this.name());
        this.p++;
        keywordPatterns.push(this.pattern());
      } else {
        if (names.length > 0) this.fail();
        patterns.push(this.pattern());
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RPAR);
    const e = this.p - 1;
    const [line, col] = [this.line[s], this.col[s]];
    return make.MatchClass(cls, patterns, names, keywordPatterns, line, col, this.endLine[e], this.endCol[e]);
  }

  // ------------------------------------------------------------------ brackets

  private groupPattern(): A.Pattern {
    const s = this.p++;
    if (this.accept(T.RPAR)) return this.sequenceFrom(s, []);
    const first = this.maybeStarPattern();
    if (this.kinds[this.p] !== T.COMMA) {
      if (first.kind === 'MatchStar') this.fail();
      this.expect(T.RPAR);
      return first;
    }
    const patterns = this.patternList(first);
    this.expect(T.RPAR);
    return this.sequenceFrom(s, patterns);
  }

  private listPattern(): A.Pattern {
    const s = this.p++;
    const patterns = this.kinds[this.p] === T.RSQB ? [] : this.patternList(this.maybeStarPattern());
    this.expect(T.RSQB);
    return this.sequenceFrom(s, patterns);
  }

  private mappingPattern(): A.Pattern {
    const s = this.p++;
    const keys: A.Expr[] = [];
    const patterns: A.Pattern[] = [];
    let rest: string | null = null;
    while (this.kinds[this.p] !== T.RBRACE && rest === null) {
      if (this.accept(T.DOUBLESTAR)) rest = this.captureName();
      else {
        keys.push(this.mappingKey());
        this.expect(T.COLON);
        patterns.push(this.pattern());
      }
      if (!this.accept(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    const e = this.p - 1;
    return make.MatchMapping(keys, patterns, rest, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private mappingKey(): A.Expr {
    switch (this.kinds[this.p]) {
      case T.NONE:
        return this.constant({ t: 'none' });
      case T.TRUE:
        return this.constant({ t: 'bool', v: true });
      case T.FALSE:
        return this.constant({ t: 'bool', v: false });
      case T.NAME:
        if (this.kinds[this.p + 1] !== T.DOT) this.fail();
        return this.dotted();
      default:
        return this.literal();
    }
  }
}
