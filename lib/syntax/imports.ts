/** Parser, part 5: imports, type statements and type parameters. */
import type * as A from './ast.js';
import * as make from './make.js';
import { PatternParser } from './patterns.js';
import * as T from './tokens.js';

export abstract class ImportParser extends PatternParser {
  // ------------------------------------------------------------------ imports

  protected import(): A.Stmt {
    const s = this.p++;
    const names: A.Alias[] = [];
    do names.push(this.alias(true));
    while (this.accept(T.COMMA));
    const e = this.p - 1;
    return make.Import(names, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private alias(dotted: boolean): A.Alias {
    const s = this.p;
    const name = dotted ? this.dottedName() : this.name();
    const asname = this.accept(T.AS) ? this.name() : null;
    const e = this.p - 1;
    return make.Alias(name, asname, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private dottedName(): string {
    let name = this.name();
    while (this.accept(T.DOT)) name += '.' + this.name();
    return name;
  }

  protected importFrom(): A.Stmt {
    const s = this.p++;
    let level = 0;
    for (;;) {
      if (this.accept(T.DOT)) level++;
      else if (this.accept(T.ELLIPSIS)) level += 3;
      else break;
    }
    const module = level > 0 && this.kinds[this.p] === T.IMPORT ? null : this.dottedName();
    this.expect(T.IMPORT);
    const names = this.importTargets();
    const e = this.p - 1;
    if (module === '__future__' && names.some((x) => x.name === 'barry_as_FLUFL')) this.barryAsFLUFL = true;
    return make.ImportFrom(module, names, level, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private importTargets(): A.Alias[] {
    const s = this.p;
    if (this.accept(T.STAR)) {
      return [make.Alias('*', null, this.line[s], this.col[s], this.endLine[s], this.endCol[s])];
    }
    const bracketed = this.accept(T.LPAR);
    const names: A.Alias[] = [];
    do {
      if (bracketed && names.length > 0 && this.kinds[this.p] === T.RPAR) break;
      names.push(this.alias(false));
    } while (this.accept(T.COMMA));
    if (bracketed) this.expect(T.RPAR);
    return names;
  }

  // ------------------------------------------------------------------ types

  protected typeAlias(): A.Stmt {
    const s = this.p++;
    const n = this.p;
    const id = this.name();
    const name = make.Name(id, 'Store', this.line[n], this.col[n], this.endLine[n], this.endCol[n]);
    const typeParams = this.typeParams();
    this.expect(T.EQUAL);
    const value = this.expression();
    const e = this.p - 1;
    return make.TypeAlias(name, typeParams, value, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  protected typeParams(): A.TypeParam[] {
    const out: A.TypeParam[] = [];
    if (!this.accept(T.LSQB)) return out;
    do {
      if (out.length > 0 && this.kinds[this.p] === T.RSQB) break;
      out.push(this.typeParam());
    } while (this.accept(T.COMMA));
    this.expect(T.RSQB);
    return out;
  }

  private typeParam(): A.TypeParam {
    const s = this.p;
    const star = this.accept(T.STAR);
    const double = !star && this.accept(T.DOUBLESTAR);
    const name = this.name();
    const bound = !star && !double && this.accept(T.COLON) ? this.expression() : null;
    let value: A.Expr | null = null;
    if (this.accept(T.EQUAL)) value = star ? this.starExpression() : this.expression();
    const e = this.p - 1;
    const [line, col, endLine, endCol] = [this.line[s], this.col[s], this.endLine[e], this.endCol[e]];
    if (star) return make.TypeVarTuple(name, value, line, col, endLine, endCol);
    if (double) return make.ParamSpec(name, value, line, col, endLine, endCol);
    return make.TypeVar(name, bound, value, line, col, endLine, endCol);
  }
}
