/** Parser, part 2: parameters of functions and lambdas. */
import type * as A from './ast.js';
import { LiteralParser } from './literals.js';
import * as make from './make.js';
import * as T from './tokens.js';

export abstract class ParameterParser extends LiteralParser {
  abstract expression(): A.Expr;
  protected abstract starExpression(): A.Expr;

  /** Parameters up to `close`: ')' of a function, with annotations, or ':' of a lambda. */
  protected parameters(close: number): A.Arguments {
    const out = make.Arguments([], [], null, [], [], null, []);
    let star = false;
    while (this.kinds[this.p] !== close) {
      const kind = this.kinds[this.p];
      if (kind === T.NAME) this.namedParameter(out, close, star);
      else if (kind === T.STAR) {
        if (star) this.fail();
        star = true;
        this.p++;
        if (this.kinds[this.p] !== T.COMMA) out.vararg = this.parameter(close, true);
        else if (this.kinds[this.p + 1] !== T.NAME) this.fail();
      } else if (kind === T.SLASH) {
        if (star || out.args.length === 0 || out.posonlyargs.length > 0) this.fail();
        this.p++;
        out.posonlyargs = out.args;
        out.args = [];
      } else if (kind === T.DOUBLESTAR) {
        this.p++;
        out.kwarg = this.parameter(close, false);
        this.accept(T.COMMA);
        if (this.kinds[this.p] !== close) this.fail();
        return out;
      } else this.fail();
      if (!this.accept(T.COMMA)) break;
    }
    return out;
  }

  private namedParameter(out: A.Arguments, close: number, keywordOnly: boolean): void {
    const arg = this.parameter(close, false);
    const value = this.accept(T.EQUAL) ? this.expression() : null;
    if (keywordOnly) {
      out.kwonlyargs.push(arg);
      out.kw_defaults.push(value);
      return;
    }
    out.args.push(arg);
    if (value !== null) out.defaults.push(value);
    else if (out.defaults.length > 0) this.fail();
  }

  private parameter(close: number, starAnnotation: boolean): A.Arg {
    const s = this.p;
    const name = this.name();
    let annotation: A.Expr | null = null;
    if (close === T.RPAR && this.accept(T.COLON)) {
      annotation = starAnnotation ? this.starExpression() : this.expression();
    }
    const e = this.p - 1;
    return make.Arg(name, annotation, null, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }
}
