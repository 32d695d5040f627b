/** Parser, part 1: string literals, f-strings, t-strings, numbers. */
import type * as A from './ast.js';
import { Cursor } from './cursor.js';
import * as make from './make.js';
import { numberValue } from './numbers.js';
import { decodeBytes, decodeStr, type EscapeWarning } from './strings.js';
import { joinTexts, type Text, text } from './text.js';
import * as T from './tokens.js';

const isText = (e: A.Expr): e is A.Constant => e.kind === 'Constant';
const textOf = (e: A.Constant): Text => (e.value.t === 'str' ? e.value : text(''));
const isEmptyText = (e: A.Expr): boolean => e.kind === 'Constant' && e.value.t === 'str' && e.value.v === '';

export abstract class LiteralParser extends Cursor {
  /** yield_expr | star_expressions */
  protected abstract annotatedRhs(): A.Expr;

  protected number(): A.Expr {
    const i = this.p++;
    const value = numberValue(this.tokens.text(i));
    if (typeof value === 'number') throw this.tooManyDigits(i, value);
    return make.Constant(value, null, this.line[i], this.col[i], this.endLine[i], this.endCol[i]);
  }

  private tooManyDigits(i: number, digits: number) {
    const error = this.errorAt(
      `Exceeds the limit (4300 digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.`,
      i,
      i,
    );
    error.offset = error.end_offset = 0;
    return error;
  }

  /** Adjacent string literals, concatenated. */
  protected strings(): A.Expr {
    const first = this.p;
    const kind = this.kinds[first];
    if (kind === T.STRING) {
      const single = this.string();
      const next = this.kinds[this.p];
      if (next !== T.STRING && next !== T.FSTRING_START) {
        if (next === T.TSTRING_START) this.fail();
        return single;
      }
      return this.concatenated(first, [single]);
    }
    if (kind === T.TSTRING_START) return this.templates();
    return this.concatenated(first, []);
  }

  private concatenated(first: number, parts: A.Expr[]): A.Expr {
    let joined = parts.length === 0;
    for (;;) {
      const kind = this.kinds[this.p];
      if (kind === T.STRING) parts.push(this.string());
      else if (kind === T.FSTRING_START) {
        joined = true;
        parts.push(this.fstring());
      } else break;
    }
    if (this.kinds[this.p] === T.TSTRING_START) this.fail();
    const end = this.p - 1;
    const bytes = parts.filter((e) => e.kind === 'Constant' && e.value.t === 'bytes').length;
    if (bytes > 0) {
      if (bytes < parts.length) {
        throw this.errorHere('cannot mix bytes and nonbytes literals');
      }
      return this.joinBytes(parts as A.Constant[], first, end);
    }
    const values = this.fold(parts, joined);
    if (!joined) return values[0];
    return make.JoinedStr(values, this.line[first], this.col[first], this.endLine[end], this.endCol[end]);
  }

  private joinBytes(parts: A.Constant[], first: number, end: number): A.Expr {
    const all: number[] = [];
    for (const e of parts) if (e.value.t === 'bytes') for (const b of e.value.v) all.push(b);
    const value: A.PyConst = { t: 'bytes', v: Uint8Array.from(all) };
    return make.Constant(value, null, this.line[first], this.col[first], this.endLine[end], this.endCol[end]);
  }

  /** Values of nested strings in one list, runs of text joined; empty text is dropped where `dropEmpty`. */
  protected fold(parts: A.Expr[], dropEmpty: boolean): A.Expr[] {
    const flat: A.Expr[] = [];
    for (const e of parts) {
      if (e.kind === 'JoinedStr' || e.kind === 'TemplateStr') flat.push(...e.values);
      else flat.push(e);
    }
    const out: A.Expr[] = [];
    for (let i = 0; i < flat.length; i++) {
      let e = flat[i];
      if (isText(e) && i + 1 < flat.length && isText(flat[i + 1])) {
        const run: A.Constant = e;
        let joined = textOf(run);
        let last: A.Constant = run;
        for (i++; i < flat.length; i++) {
          const next = flat[i];
          if (!isText(next)) break;
          joined = joinTexts(joined, textOf(next));
          last = next;
        }
        i--;
        e = make.Constant(joined, run.str_kind, run.lineno, run.col_offset, last.end_lineno, last.end_col_offset);
      }
      if (!(dropEmpty && isEmptyText(e))) out.push(e);
    }
    return out;
  }

  private string(): A.Constant {
    const i = this.p++;
    const text = this.tokens.text(i);
    let quote = 0;
    let bytes = false;
    let raw = false;
    for (let c = text.charCodeAt(0) | 32; c >= 97; c = text.charCodeAt(++quote) | 32) {
      if (c === 98) bytes = true;
      else if (c === 114) raw = true;
    }
    const unicode = text.charCodeAt(0) === 117 ? 'u' : null;
    const q = text.charCodeAt(quote);
    const size =
      text.length - quote >= 6 && text.charCodeAt(quote + 1) === q && text.charCodeAt(quote + 2) === q ? 3 : 1;
    const body = text.slice(quote + size, text.length - size);
    const value = bytes ? this.bytesValue(body, raw, i) : this.strValue(body, raw, i);
    return make.Constant(value, unicode, this.line[i], this.col[i], this.endLine[i], this.endCol[i]);
  }

  private strValue(body: string, raw: boolean, i: number): A.PyConst {
    if (raw || !body.includes('\\')) return { t: 'str', v: body };
    const value = decodeStr(body, this.firstWarning(i, body));
    if ('failure' in value) throw this.errorAt(value.failure, i, i);
    return value;
  }

  private bytesValue(body: string, raw: boolean, i: number): A.PyConst {
    if (/[^\x00-\x7f]/.test(body)) throw this.errorAt('bytes can only contain ASCII literal characters', i, i);
    const value = decodeBytes(body, raw, this.firstWarning(i, body));
    if (value instanceof Uint8Array) return { t: 'bytes', v: value };
    throw this.errorAt(value.failure, i, i);
  }

  /** Passes on the first warning about a literal's escapes, as CPython does. */
  private firstWarning(i: number, body: string): EscapeWarning {
    let warned = false;
    return (msg, at) => {
      if (!warned) this.warn(msg, i, body, at);
      warned = true;
    };
  }

  private warn(msg: string, i: number, body: string, at: number): void {
    let lineno = this.line[i];
    for (let k = 0; k < at; k++) if (body.charCodeAt(k) === 10) lineno++;
    this.tokens.warnings.push({ msg, lineno });
  }

  // ------------------------------------------------------------------ f-strings and t-strings

  private fstring(): A.JoinedStr {
    const s = this.p;
    const values = this.parts(T.FSTRING_MIDDLE, T.FSTRING_END, 'f');
    const e = this.p - 1;
    return make.JoinedStr(values, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  private templates(): A.Expr {
    const s = this.p;
    const parts: A.Expr[] = [];
    while (this.kinds[this.p] === T.TSTRING_START) {
      parts.push(...this.parts(T.TSTRING_MIDDLE, T.TSTRING_END, 't'));
    }
    if (this.kinds[this.p] === T.STRING || this.kinds[this.p] === T.FSTRING_START) this.fail();
    const e = this.p - 1;
    const values = this.fold(parts, true);
    return make.TemplateStr(values, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }

  /** Text and fields of one f-string or t-string, its start and end tokens included. */
  private parts(middle: number, end: number, letter: 'f' | 't'): A.Expr[] {
    const raw = /^.?r/i.test(this.tokens.text(this.p++));
    const values: A.Expr[] = [];
    for (;;) {
      const kind = this.kinds[this.p];
      if (kind === middle) {
        const text = this.middle(raw);
        if (!isEmptyText(text)) values.push(text);
      } else if (kind === T.LBRACE) this.field(letter, letter === 't', raw, values);
      else break;
    }
    this.expect(end);
    return values;
  }

  private middle(raw: boolean): A.Constant {
    const i = this.p++;
    const value = this.strValue(this.tokens.text(i), raw, i);
    return make.Constant(value, null, this.line[i], this.col[i], this.endLine[i], this.endCol[i]);
  }

  /** Replacement field at '{'; with `=`, its source text comes first. */
  private field(letter: 'f' | 't', template: boolean, raw: boolean, out: A.Expr[]): void {
    const s = this.p++;
    const value = this.annotatedRhs();
    const codeEnd = this.p;
    const debug = this.accept(T.EQUAL);
    const debugEnd = this.p;
    let conversion = this.kinds[this.p] === T.EXCLAMATION ? this.conversion(letter) : -1;
    const spec = this.kinds[this.p] === T.COLON ? this.formatSpec(letter, raw) : null;
    this.expect(T.RBRACE);
    if (debug) {
      out.push(this.debugText(s, debugEnd));
      if (conversion < 0 && spec === null) conversion = 114;
    }
    const e = this.p - 1;
    if (!template) {
      out.push(
        make.FormattedValue(value, conversion, spec, this.line[s], this.col[s], this.endLine[e], this.endCol[e]),
      );
      return;
    }
    const source = this.sourceBetween(s, codeEnd);
    out.push(
      make.Interpolation(value, source, conversion, spec, this.line[s], this.col[s], this.endLine[e], this.endCol[e]),
    );
  }

  /** Source from after token s to before token e, without comments. */
  private sourceBetween(s: number, e: number): string {
    const { source, end, start } = this.tokens;
    const text = source.slice(end[s], start[e]);
    return text.includes('#') ? stripComments(text) : text;
  }

  private debugText(s: number, e: number): A.Constant {
    const value: A.PyConst = { t: 'str', v: this.sourceBetween(s, e) };
    return make.Constant(value, null, this.line[s], this.col[s] + 1, this.line[e], this.col[e]);
  }

  private conversion(letter: 'f' | 't'): number {
    const mark = this.p++;
    const i = this.p;
    if (this.kinds[i] !== T.NAME) this.fail();
    this.p++;
    if (this.tokens.start[i] !== this.tokens.end[mark]) {
      throw this.errorAt(`${letter}-string: conversion type must come right after the exclamation mark`, mark, i);
    }
    const name = this.tokens.text(i);
    if (name !== 's' && name !== 'r' && name !== 'a') {
      throw this.errorAt(`${letter}-string: invalid conversion character '${name}': expected 's', 'r', or 'a'`, i, i);
    }
    return name.charCodeAt(0);
  }

  private formatSpec(letter: 'f' | 't', raw: boolean): A.JoinedStr {
    const s = this.p++;
    const items: A.Expr[] = [];
    for (;;) {
      const kind = this.kinds[this.p];
      if (kind === T.FSTRING_MIDDLE || kind === T.TSTRING_MIDDLE) items.push(this.middle(raw));
      else if (kind === T.LBRACE) this.field(letter, false, raw, items);
      else break;
    }
    const e = this.p - 1;
    const values = this.fold(items, true);
    return make.JoinedStr(values, this.line[s], this.col[s], this.endLine[e], this.endCol[e]);
  }
}

/** String literals, kept, and comments, dropped, in the code of a field. */
const STRING_OR_COMMENT = /('''|\"\"\"|'|")(?:\\[^]|(?!\1)[^])*\1|#[^\n]*/g;

/** Code without its comments; '#' inside strings stays. */
function stripComments(code: string): string {
  return code.replace(STRING_OR_COMMENT, (found) => (found.startsWith('#') ? '' : found));
}
