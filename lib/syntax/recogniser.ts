/**
 * Recogniser of parsing expression grammars, with memory of what matched where (packrat, Ford 2002). A grammar in the
 * notation of diagnosis-grammar.ts becomes one function for each rule: position in, position after the match out, or -1.
 */
import type { Tokens } from './tokenlist.js';
import * as T from './tokens.js';

/** Matches named in an alternative: [first token, token after the last]. */
export type Captures = { [name: string]: [number, number] };
/** Runs a report: throws the error, or returns and so makes its rule fail. */
export type Report = (where: string, rest: string, captures: Captures, pos: number) => void;

type Matcher = (pos: number, captures: Captures | null) => number;

/** Returned by a report that threw nothing: the whole rule fails, further alternatives are not tried. */
const GIVE_UP = -2;

/** Thrown on reaching the place where the source cannot be read on. */
export const UNREADABLE = { unreadable: true };

const CLASSES: { readonly [name: string]: number } = {
  NAME: T.NAME,
  FLUFL: T.FLUFL,
  NUMBER: T.NUMBER,
  STRING: T.STRING,
  NEWLINE: T.NEWLINE,
  INDENT: T.INDENT,
  DEDENT: T.DEDENT,
  ENDMARKER: T.ENDMARKER,
  FSTRING_START: T.FSTRING_START,
  FSTRING_MIDDLE: T.FSTRING_MIDDLE,
  FSTRING_END: T.FSTRING_END,
  TSTRING_START: T.TSTRING_START,
  TSTRING_MIDDLE: T.TSTRING_MIDDLE,
  TSTRING_END: T.TSTRING_END,
};

export class Recogniser {
  /** The furthest token looked at. */
  fetched: number;
  /** Whether rules named `invalid_...` take part. */
  private reporting = false;
  private readonly memo = new Map<number, number>();
  private readonly rules = new Map<string, Matcher>();
  private readonly sources = new Map<string, { body: string; shared: boolean; index: number }>();

  constructor(
    private readonly tokens: Tokens,
    grammar: string,
    start: number,
    private readonly report: Report,
  ) {
    this.fetched = start;
    for (const line of grammar.replace(/\n /g, '\x01').trim().split('\n')) {
      const match = /^(\w+)(\*?): ([^]*)$/.exec(line);
      if (match === null) continue;
      const body = match[3].replaceAll('\x01', '\n ') + '\n';
      this.sources.set(match[1], { body, shared: match[2] === '*', index: this.sources.size });
    }
  }

  /** Begins the pass that looks for reports. */
  startReporting(): void {
    this.memo.clear();
    this.reporting = true;
  }

  match(rule: string, pos: number): number {
    return this.rule(rule)(pos, null);
  }

  private kind(pos: number): number {
    if (pos > this.fetched) this.fetched = pos;
    const kind = this.tokens.kind[pos];
    if (kind === T.ERROR) throw UNREADABLE;
    return kind;
  }

  private rule(name: string): Matcher {
    let matcher = this.rules.get(name);
    if (matcher === undefined) {
      matcher = this.compileRule(name);
      this.rules.set(name, matcher);
    }
    return matcher;
  }

  private compileRule(name: string): Matcher {
    const source = this.sources.get(name);
    if (source === undefined) throw new Error(`no rule ${name}`);
    const invalid = name.startsWith('invalid_');
    const silent = name.endsWith('_without_invalid');
    const keys = this.sources.size * 2;
    let body: Matcher | null = null;
    return (pos) => {
      if (invalid && !this.reporting) return -1;
      const key = pos * keys + source.index * 2 + (this.reporting && !source.shared ? 1 : 0);
      const known = this.memo.get(key);
      if (known !== undefined) return known;
      body ??= new Compiler(source.body, this.access).alternatives();
      const reporting = this.reporting;
      if (silent) this.reporting = false;
      const end = Math.max(-1, body(pos, null));
      this.reporting = reporting;
      this.memo.set(key, end);
      return end;
    };
  }

  private readonly access: Access = {
    kind: (pos) => this.kind(pos),
    rule: (name) => {
      let matcher: Matcher | null = null;
      return (pos) => (matcher ??= this.rule(name))(pos, null);
    },
    isWord: (pos, word) => this.kind(pos) === T.NAME && this.tokens.text(pos) === word,
    report: (where, rest, captures, pos) => this.report(where, rest, captures, pos),
    isReporting: () => this.reporting,
  };
}

interface Access {
  kind(pos: number): number;
  rule(name: string): Matcher;
  isWord(pos: number, word: string): boolean;
  report: Report;
  isReporting(): boolean;
}

/** Turns the text of a rule into a matcher. */
class Compiler {
  private readonly items: string[];
  private at = 0;
  private readonly gateTag = 'invalid_';

  constructor(
    body: string,
    private readonly access: Access,
  ) {
    this.items = body.match(/'[^'\n]+'|"[^"\n]+"|\{.*\}(?=\n)|\w+=?|[|()[\]&!~*+.-]/g) ?? [];
  }

  private peek(): string | undefined {
    return this.items[this.at];
  }

  alternatives(): Matcher {
    const choices = [this.sequence()];
    while (this.peek() === '|') {
      this.at++;
      choices.push(this.sequence());
    }
    if (choices.length === 1) return choices[0].run;
    return (pos, outer) => {
      for (const choice of choices) {
        const end = choice.run(pos, outer);
        if (end >= 0 || end === GIVE_UP) return end;
        if (choice.committed()) return -1;
      }
      return -1;
    };
  }

  /** One alternative; its own captures, where it has a report. */
  private sequence(): { run: Matcher; committed: () => boolean } {
    const parts: Matcher[] = [];
    let report: [string, string] | null = null;
    let cutAt = -1;
    let committed = false;
    for (
      let item = this.peek();
      item !== undefined && item !== '|' && item !== ')' && item !== ']';
      item = this.peek()
    ) {
      if (item.startsWith('{')) {
        const words = /^\{(\w+) ?([^]*)\}$/.exec(item)!;
        report = [words[1], words[2]];
        this.at++;
      } else if (item === '~') {
        cutAt = parts.length;
        this.at++;
      } else parts.push(this.part());
    }
    const { access } = this;
    const run: Matcher = (pos, outer) => {
      committed = false;
      const captures = report === null ? outer : {};
      let cut = false;
      for (let i = 0; i < parts.length; i++) {
        if (i === cutAt) cut = true;
        pos = parts[i](pos, captures);
        if (pos < 0) {
          committed = cut;
          return -1;
        }
      }
      if (report === null) return pos;
      access.report(report[0], report[1], captures!, pos);
      return GIVE_UP;
    };
    return { run, committed: () => committed };
  }

  /** One item with what stands before and after it. */
  private part(): Matcher {
    const item = this.peek()!;
    if (item.endsWith('=') && item.length > 1 && !item.startsWith("'")) {
      this.at++;
      const name = item.slice(0, -1);
      const inner = this.part();
      return (pos, captures) => {
        const end = inner(pos, captures);
        if (end >= 0 && captures !== null) captures[name] = [pos, end];
        return end;
      };
    }
    if (item === '&') return this.lookahead();
    if (item === '!') {
      this.at++;
      const inner = this.repeated();
      return (pos) => (inner(pos, null) >= 0 ? -1 : pos);
    }
    return this.repeated();
  }

  private lookahead(): Matcher {
    this.at++;
    if (this.peek() === '&') {
      this.at++;
      const spelling = this.peek()!.slice(1, -1);
      const inner = this.repeated();
      return (pos) => {
        const end = inner(pos, null);
        if (end < 0) this.access.report('at', `a expected '${spelling}'`, { a: [pos, pos + 1] }, pos);
        return end;
      };
    }
    const inner = this.repeated();
    return (pos) => (inner(pos, null) >= 0 ? pos : -1);
  }

  private repeated(): Matcher {
    const inner = this.primary();
    const next = this.peek();
    if (next === '.') {
      this.at++;
      const item = this.primary();
      this.at++;
      return list(inner, item);
    }
    if (next === '*' || next === '+') {
      this.at++;
      return repeat(inner, next === '+');
    }
    return inner;
  }

  private primary(): Matcher {
    const item = this.items[this.at++];
    const { access } = this;
    if (item === '(' || item === '[') {
      const inner = this.alternatives();
      this.at++;
      if (item === '(') return inner;
      return (pos, captures) => {
        const end = inner(pos, captures);
        return end < 0 ? pos : end;
      };
    }
    if (item.startsWith("'")) {
      const kind = T.KIND_OF.get(item.slice(1, -1))!;
      return (pos) => (access.kind(pos) === kind ? pos + 1 : -1);
    }
    if (item.startsWith('"')) {
      const word = item.slice(1, -1);
      return (pos) => (access.isWord(pos, word) ? pos + 1 : -1);
    }
    if (item === 'SOFT_KEYWORD') {
      return (pos) => (T.SOFT_KEYWORDS.some((word) => access.isWord(pos, word)) ? pos + 1 : -1);
    }
    const kind = CLASSES[item];
    if (kind !== undefined) return (pos) => (access.kind(pos) === kind ? pos + 1 : -1);
    const rule = access.rule(item);
    if (!item.startsWith(this.gateTag)) return rule;
    return (pos, captures) => (access.isReporting() ? rule(pos, captures) : -1);
  }
}

function repeat(inner: Matcher, atLeastOne: boolean): Matcher {
  return (pos, captures) => {
    let end = inner(pos, captures);
    if (end < 0) return atLeastOne ? -1 : pos;
    while (end > pos) {
      pos = end;
      end = inner(pos, captures);
    }
    return pos;
  };
}

function list(separator: Matcher, item: Matcher): Matcher {
  return (pos, captures) => {
    let end = item(pos, captures);
    if (end < 0) return -1;
    for (;;) {
      const next = separator(end, null);
      if (next < 0) return end;
      const after = item(next, captures);
      if (after < 0) return end;
      end = after;
    }
  };
}
