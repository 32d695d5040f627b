/**
 * Tokenizer of Python 3.14: the whole source into `Tokens` in one pass. At the first error it stops with an ERROR token,
 * so that the parser reports errors in the order CPython does.
 *
 * References: https://docs.python.org/3.14/reference/lexical_analysis.html, PEP 701 (f-strings), PEP 750 (t-strings).
 */
import { invalidIdentifierIndex, isPrintable } from './chars.js';
import { codePoints } from './columns.js';
import { scanNumber } from './numbers.js';
import { SourceReader, STOP, type FString, type Mode } from './source-reader.js';
import type { Tokens } from './tokenlist.js';
import * as T from './tokens.js';

export type { Mode } from './source-reader.js';

const MAX_INDENT = 100;
const MAX_LEVEL = 200;
const MAX_FSTRINGS = 150;
const MAX_FSTRING_NESTING = 3;

const TAB = 9;
const LF = 10;
const FF = 12;
const SPACE = 32;
const DQUOTE = 34;
const HASH = 35;
const SQUOTE = 39;
const LP = 40;
const RP = 41;
const DOTCH = 46;
const COLONCH = 58;
const EQ = 61;
const LB = 91;
const BACKSLASH = 92;
const RB = 93;
const LC = 123;
const RC = 125;

/** Classes of ASCII characters: 1 may start an identifier, 2 digit. */
const CLASS = new Uint8Array(128);
for (let c = 97; c <= 122; c++) CLASS[c] = CLASS[c - 32] = 1;
CLASS[95] = 1;
for (let c = 48; c <= 57; c++) CLASS[c] = 2;

/** Tokens of `source`, whose line ends are all '\n'. Mode exec gives a last line without line end one. */
export function tokenize(source: string, mode: Mode): Tokens {
  return new Tokenizer(source, mode).run();
}

class Tokenizer extends SourceReader {
  run(): Tokens {
    try {
      for (;;) {
        const f = this.fstrings.length > 0 ? this.fstrings[this.fstrings.length - 1] : null;
        if (f !== null && !f.inCode) this.fstringPart(f);
        else if (!this.next()) break;
      }
    } catch (e) {
      if (e !== STOP) throw e;
    }
    for (let i = 0; i < this.brackets.length && this.fstrings.length === 0; i++) {
      this.out.openBrackets.push([String.fromCharCode(this.brackets[i]), this.bracketLines[i], this.bracketCols[i]]);
    }
    return this.out;
  }

  // ------------------------------------------------------------------ lines

  /** Reads one token, or the indentation before it. False at the end. */
  private next(): boolean {
    if (this.atLineStart) {
      this.atLineStart = false;
      this.indentation();
    }
    const src = this.src;
    let pos = this.pos;
    let c = src.charCodeAt(pos);
    while (c === SPACE || c === TAB || c === FF) c = src.charCodeAt(++pos);
    this.pos = pos;
    if (c < 128) {
      const cls = CLASS[c];
      if (cls === 1) this.name();
      else if (cls === 2) this.number();
      else return this.other(c);
      return true;
    }
    if (c !== c) return this.endOfSource();
    this.name();
    return true;
  }

  private other(c: number): boolean {
    switch (c) {
      case LF:
        this.lineEnd(this.pos);
        break;
      case HASH:
        this.comment();
        break;
      case DQUOTE:
      case SQUOTE:
        this.string(this.pos);
        break;
      case BACKSLASH:
        this.continuation();
        break;
      case DOTCH:
        if (CLASS[this.src.charCodeAt(this.pos + 1)] === 2) this.number();
        else this.operator(c);
        break;
      default:
        this.operator(c);
    }
    return true;
  }

  private comment(): void {
    const start = this.pos;
    let end = this.src.indexOf('\n', start);
    if (end < 0) end = this.n;
    this.pos = end;
    if (end < this.n) this.lineEnd(start);
  }

  /** Line end at `this.pos`; the NEWLINE token begins at `start`, where a comment before it began. */
  private lineEnd(start: number): void {
    const at = this.pos;
    if (this.brackets.length === 0 && !this.lastIsLineStart()) this.push(T.NEWLINE, start, at + 1);
    this.pos = at + 1;
    this.newline(at);
    this.atLineStart = true;
  }

  /** True when there is no token on the logical line yet. */
  private lastIsLineStart(): boolean {
    const i = this.out.count - 1;
    if (i < 0) return true;
    const kind = this.out.kind[i];
    return kind === T.NEWLINE || kind === T.INDENT || kind === T.DEDENT;
  }

  private endOfSource(): boolean {
    this.unclosed();
    const out = this.out;
    if (this.mode === 'single' && out.count > 0) {
      if (this.indents.length > 1) this.pushIndent(T.NEWLINE, this.n);
      this.indentTo(0, 0);
      this.pushIndent(T.NEWLINE, this.n);
    }
    if (this.n === 0) this.line = 0;
    this.pushIndent(T.ENDMARKER, this.n);
    return false;
  }

  private pushIndent(kind: number, pos: number): void {
    this.out.push(kind, pos, pos, this.line, -1, this.line, this.col(pos));
  }

  /** Measures the indentation of a line and makes INDENT and DEDENT tokens; lines without code make none. */
  private indentation(): void {
    const src = this.src;
    let col = 0;
    let alt = 0;
    let continued = -1;
    let continuedAlt = 0;
    for (; ; this.pos++) {
      const c = src.charCodeAt(this.pos);
      if (c === SPACE) {
        col++;
        alt++;
      } else if (c === TAB) {
        col = (col >> 3) * 8 + 8;
        alt++;
      } else if (c === FF) col = alt = 0;
      else if (c === BACKSLASH) {
        if (continued < 0) {
          continued = col;
          continuedAlt = alt;
        }
        this.continuation();
        this.pos--;
      } else break;
    }
    const c = src.charCodeAt(this.pos);
    if (c === HASH || c === LF || this.brackets.length > 0) return;
    if (continued > 0) {
      col = continued;
      alt = continuedAlt;
    }
    this.indentTo(col, alt);
  }

  private indentTo(col: number, alt: number): void {
    const indents = this.indents;
    const alts = this.altIndents;
    let top = indents.length - 1;
    if (col > indents[top]) {
      if (top + 1 >= MAX_INDENT) this.failLine('IndentationError', 'too many levels of indentation', 1, 0);
      if (alt <= alts[top]) this.failTabs();
      indents.push(col);
      alts.push(alt);
      this.pushIndent(T.INDENT, this.pos);
      return;
    }
    let dedents = 0;
    while (top > 0 && col < indents[top]) {
      dedents++;
      top--;
    }
    if (col !== indents[top]) this.failDedent();
    if (alt !== alts[top]) this.failTabs();
    indents.length = alts.length = top + 1;
    for (; dedents > 0; dedents--) this.pushIndent(T.DEDENT, this.pos);
  }

  private failTabs(): never {
    return this.failLine('TabError', 'inconsistent use of tabs and spaces in indentation', 1, 0);
  }

  private failDedent(): never {
    const end = this.src.indexOf('\n', this.lineStart);
    const offset = codePoints(this.src, this.lineStart, end < 0 ? this.n : end + 1);
    return this.failLine('IndentationError', 'unindent does not match any outer indentation level', offset, -1);
  }

  /** Backslash at `this.pos`: joins the next line to this one. */
  private continuation(): void {
    const at = this.pos + 1;
    if (this.src.charCodeAt(at) !== LF) {
      const cur = codePoints(this.src, this.lineStart, Math.min(at + 1, this.n));
      this.failLine('SyntaxError', 'unexpected character after line continuation character', cur, 0);
    }
    if (at + 1 >= this.n) this.failAtEnd();
    this.newline(at);
    this.pos = at + 1;
  }

  // ------------------------------------------------------------------ names, numbers, operators

  private name(): void {
    const src = this.src;
    const start = this.pos;
    let pos = start;
    let wide = false;
    for (;;) {
      const c = src.charCodeAt(pos);
      if (c < 128) {
        if (CLASS[c] === 0) {
          if ((c === DQUOTE || c === SQUOTE) && pos - start <= 5 && this.prefixed(start, pos)) return;
          break;
        }
      } else if (c !== c) break;
      else wide = true;
      pos++;
    }
    if (wide) this.checkIdentifier(start, pos);
    this.pos = pos;
    const length = pos - start;
    let kind: number = T.NAME;
    if (length > 1 && length < 9 && !wide) kind = T.KEYWORD_KIND.get(src.slice(start, pos)) ?? T.NAME;
    this.push(kind, start, pos);
  }

  private checkIdentifier(start: number, end: number): void {
    const bad = invalidIdentifierIndex(this.src.slice(start, end));
    if (bad < 0) return;
    const c = this.src.codePointAt(start + bad)!;
    this.failCharacter(c, start + bad + (c > 0xffff ? 2 : 1));
  }

  private failCharacter(c: number, cur: number): never {
    const hex = c.toString(16).toUpperCase().padStart(4, '0');
    if (isPrintable(c)) return this.fail(`invalid character '${String.fromCodePoint(c)}' (U+${hex})`, cur);
    return this.fail(`invalid non-printable character U+${hex}`, cur);
  }

  /** Reads the string whose prefix is start..quote, if that is a prefix of strings. */
  private prefixed(start: number, quote: number): boolean {
    const prefix = this.src.slice(start, quote).toLowerCase();
    let seen = '';
    for (const letter of prefix) {
      if (!'burft'.includes(letter) || seen.includes(letter)) return false;
      seen += letter;
    }
    for (const [a, b] of ['ub', 'ur', 'uf', 'ut', 'bf', 'bt', 'ft']) {
      if (!seen.includes(a) || !seen.includes(b)) continue;
      const offset = codePoints(this.src, this.lineStart, start) + 1;
      this.failRange(`'${a}' and '${b}' prefixes are incompatible`, offset, offset + (quote - start));
    }
    if (seen.includes('f') || seen.includes('t')) this.fstringStart(start, quote, seen);
    else this.string(start, quote);
    return true;
  }

  private number(): void {
    const start = this.pos;
    const scan = scanNumber(this.src, start);
    if (scan.error !== null) {
      if (scan.rangeEnd >= 0) {
        const offset = codePoints(this.src, this.lineStart, start) + 1;
        this.failRange(scan.error, offset, codePoints(this.src, this.lineStart, scan.rangeEnd));
      }
      this.fail(scan.error, scan.end);
    }
    if (scan.warning !== null) this.out.warnings.push({ msg: scan.warning, lineno: this.line });
    this.pos = scan.end;
    this.push(T.NUMBER, start, scan.end);
  }

  private operator(c: number): void {
    const start = this.pos;
    const f = this.fstrings.length > 0 ? this.fstrings[this.fstrings.length - 1] : null;
    if (f !== null && c === COLONCH && f.fieldDepth >= 0 && f.depth - 1 === f.fieldDepth) {
      this.pos = start + 1;
      this.push(T.COLON, start, start + 1);
      f.inCode = false;
      f.inSpec = true;
      return;
    }
    const c2 = this.src.charCodeAt(start + 1);
    let kind = c2 < 128 ? T.TWO_CHARS[c * 128 + c2] : 0;
    let end = start + 2;
    if (kind !== 0) {
      const three = this.src.charCodeAt(end) === EQ ? T.THREE_CHARS[kind] : 0;
      if (three !== 0) {
        kind = three;
        end++;
      }
    } else if (c === DOTCH && c2 === DOTCH && this.src.charCodeAt(end) === DOTCH) {
      kind = T.ELLIPSIS;
      end++;
    } else {
      kind = T.ONE_CHAR[c];
      end = start + 1;
      if (c === LP || c === LB || c === LC) this.open(c, f);
      else if (c === RP || c === RB || c === RC) this.close(c, f);
      else if (c < SPACE || c === 127) this.failCharacter(c, end);
    }
    this.pos = end;
    this.push(kind, start, end);
  }

  private open(c: number, f: FString | null): void {
    if (this.brackets.length >= MAX_LEVEL) this.fail('too many nested parentheses', this.pos + 1);
    this.brackets.push(c);
    this.bracketLines.push(this.line);
    this.bracketCols.push(this.col(this.pos));
    if (f !== null) f.depth++;
  }

  private close(c: number, f: FString | null): void {
    const cur = this.pos + 1;
    const char = String.fromCharCode(c);
    if (f !== null && f.depth === 0 && c === RC) this.fail(`${f.letter}-string: single '}' is not allowed`, cur);
    if (this.brackets.length === 0) this.fail(`unmatched '${char}'`, cur);
    const open = this.brackets.pop()!;
    const openLine = this.bracketLines.pop()!;
    this.bracketCols.pop();
    if (!(c === open + 1 || (c === open + 2 && c !== RP))) {
      if (f !== null && open === LC && f.depth - 1 === f.fieldDepth) {
        this.fail(`${f.letter}-string: unmatched '${char}'`, cur);
      }
      const where = openLine === this.line ? '' : ` on line ${openLine}`;
      const opening = String.fromCharCode(open);
      this.fail(`closing parenthesis '${char}' does not match opening parenthesis '${opening}'${where}`, cur);
    }
    if (f !== null) this.closeInField(c, char, cur, f);
  }

  private closeInField(c: number, char: string, cur: number, f: FString): void {
    f.depth--;
    if (f.depth < 0) this.fail(`${f.letter}-string: unmatched '${char}'`, cur);
    if (c === RC && f.depth === f.fieldDepth) {
      f.fieldDepth--;
      f.inCode = false;
      f.inSpec = false;
    }
  }

  // ------------------------------------------------------------------ strings

  /** Reads a string token from `start` whose first quote is at `quote`. */
  private string(start: number, quote = start): void {
    const src = this.src;
    const q = src.charCodeAt(quote);
    const triple = src.charCodeAt(quote + 1) === q && src.charCodeAt(quote + 2) === q;
    const startLine = this.line;
    const startLineStart = this.lineStart;
    const startCol = this.col(start);
    let pos = quote + (triple ? 3 : 1);
    let escapedQuote = false;
    for (; ; pos++) {
      const c = src.charCodeAt(pos);
      if (c === q) {
        if (!triple) break;
        if (src.charCodeAt(pos + 1) === q && src.charCodeAt(pos + 2) === q) break;
      } else if (c === BACKSLASH) {
        const next = src.charCodeAt(++pos);
        if (next === LF) this.newline(pos);
        else if (next === q) escapedQuote = true;
      } else if (c === LF) {
        if (!triple) this.unterminated(start, startLine, startLineStart, q, triple, escapedQuote);
        this.newline(pos);
      } else if (c !== c) this.unterminated(start, startLine, startLineStart, q, triple, escapedQuote);
    }
    this.pos = pos + (triple ? 3 : 1);
    this.out.push(T.STRING, start, this.pos, startLine, startCol, this.line, this.col(this.pos));
  }

  private unterminated(
    start: number,
    line: number,
    lineStart: number,
    q: number,
    triple: boolean,
    escaped: boolean,
  ): never {
    const detected = this.line;
    this.line = line;
    this.lineStart = lineStart;
    const f = this.fstrings.length > 0 ? this.fstrings[this.fstrings.length - 1] : null;
    if (f !== null && f.quote === q && f.size === (triple ? 3 : 1)) {
      return this.fail(`${f.letter}-string: expecting '}'`, start + 1);
    }
    this.out.endsTooSoon = triple;
    if (triple) return this.fail(`unterminated triple-quoted string literal (detected at line ${detected})`, start + 1);
    const hint = escaped ? '; perhaps you escaped the end quote?' : '';
    return this.fail(`unterminated string literal (detected at line ${detected})${hint}`, start + 1);
  }

  private fstringStart(start: number, quote: number, prefix: string): void {
    const src = this.src;
    const q = src.charCodeAt(quote);
    const size = src.charCodeAt(quote + 1) === q && src.charCodeAt(quote + 2) === q ? 3 : 1;
    if (this.fstrings.length + 1 >= MAX_FSTRINGS) this.fail('too many nested f-strings or t-strings', quote + size);
    const letter = prefix.includes('f') ? 'f' : 't';
    this.fstrings.push({
      letter,
      quote: q,
      size,
      raw: prefix.includes('r'),
      start,
      line: this.line,
      lineStart: this.lineStart,
      inCode: false,
      inSpec: false,
      depth: 0,
      fieldDepth: -1,
    });
    this.pos = quote + size;
    this.push(letter === 'f' ? T.FSTRING_START : T.TSTRING_START, start, this.pos);
  }

  private atClosingQuotes(f: FString, pos: number): boolean {
    for (let i = 0; i < f.size; i++) if (this.src.charCodeAt(pos + i) !== f.quote) return false;
    return true;
  }

  /** Begins a replacement field whose '{' is at `brace`. */
  private enterField(f: FString, brace: number): void {
    f.fieldDepth++;
    if (f.fieldDepth >= MAX_FSTRING_NESTING) this.fail(`${f.letter}-string: expressions nested too deeply`, brace);
    f.inCode = true;
  }

  /** Next piece of an f-string outside the code of its fields: text, the end, or the change to a field. */
  private fstringPart(f: FString): void {
    const src = this.src;
    const start = this.pos;
    if (src.charCodeAt(start) === LC && (src.charCodeAt(start + 1) !== LC || (f.inSpec && f.fieldDepth >= 0))) {
      this.enterField(f, start);
      return;
    }
    if (this.atClosingQuotes(f, start)) {
      this.pos = start + f.size;
      this.fstrings.pop();
      this.push(f.letter === 'f' ? T.FSTRING_END : T.TSTRING_END, start, this.pos);
      return;
    }
    this.fstringText(f, start);
  }

  private fstringText(f: FString, start: number): void {
    const src = this.src;
    const line = this.line;
    const col = this.col(start);
    const kind = f.letter === 'f' ? T.FSTRING_MIDDLE : T.TSTRING_MIDDLE;
    const inSpec = f.inSpec && f.fieldDepth >= 0;
    let named = false;
    let pos = start;
    let end = -1;
    for (; end < 0; pos++) {
      const c = src.charCodeAt(pos);
      if (c !== c || (c === LF && f.size === 1)) this.fstringBreak(f, pos, inSpec);
      else if (c === LF) this.newline(pos);
      else if (c === f.quote) {
        if (this.atClosingQuotes(f, pos)) {
          end = pos;
          pos--;
        }
      } else if (c === LC) {
        if (src.charCodeAt(pos + 1) === LC && !inSpec) {
          end = pos + 1;
          pos++;
        } else {
          end = pos;
          this.enterField(f, pos);
          pos--;
        }
      } else if (c === RC) {
        if (named) end = pos + 1;
        else if (src.charCodeAt(pos + 1) === RC && !inSpec && f.depth === 0) {
          end = pos + 1;
          pos++;
        } else {
          end = pos;
          f.inCode = true;
          pos--;
        }
      } else if (c === BACKSLASH) {
        const next = src.charCodeAt(pos + 1);
        if (next === LC || next === RC) {
          if (!f.raw) this.warnEscape(next);
          continue;
        }
        pos++;
        if (next === LF) this.newline(pos);
        else if (next === 78 && !f.raw && src.charCodeAt(pos + 1) === LC) {
          named = true;
          pos++;
        } else if (next !== next) pos--;
      }
    }
    this.pos = pos;
    this.out.push(kind, start, end, line, col, this.line, this.col(pos));
  }

  private warnEscape(c: number): void {
    const s = String.fromCharCode(c);
    const msg = `"\\${s}" is an invalid escape sequence. Such sequences will not work in the future. Did you mean "\\\\${s}"? A raw string is also an option.`;
    this.out.warnings.push({ msg, lineno: this.line });
  }

  private fstringBreak(f: FString, pos: number, inSpec: boolean): never {
    if (inSpec && f.size === 1) {
      const msg = `${f.letter}-string: newlines are not allowed in format specifiers for single quoted ${f.letter}-strings`;
      this.fail(msg, pos + 1);
    }
    const detected = this.line;
    this.line = f.line;
    this.lineStart = f.lineStart;
    this.out.endsTooSoon = f.size === 3;
    const triple = f.size === 3 ? 'triple-quoted ' : '';
    return this.fail(`unterminated ${triple}${f.letter}-string literal (detected at line ${detected})`, f.start + 1);
  }
}
