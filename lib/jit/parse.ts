/**
 * The language that the emitter writes: statements and expressions of JavaScript over 32-bit ints, words `I[w]` and doubles `F[g]` of the space,
 * labelled blocks and loops. Everything wraps around; `*` multiplies as doubles.
 */

export type Node =
  | { t: 'number'; value: number }
  | { t: 'get'; name: string }
  | { t: 'set'; name: string; value: Node }
  | { t: 'load'; view: 'I' | 'F'; at: Node }
  | { t: 'store'; view: 'I' | 'F'; at: Node; value: Node }
  | { t: 'binary'; op: string; a: Node; b: Node }
  | { t: 'choice'; condition: Node; yes: Node; no: Node }
  | { t: 'both'; first: Node; second: Node }
  | { t: 'call'; name: string; args: Node[] };

export type Statement =
  | { t: 'do'; value: Node }
  | { t: 'if'; condition: Node; yes: Statement; no: Statement | undefined }
  | { t: 'block'; label: string; body: Statement[] }
  | { t: 'loop'; label: string; body: Statement[] }
  | { t: 'break' | 'continue'; label: string }
  | { t: 'return'; value: Node };

/** Operators by how tightly they bind. */
const LEVELS: Record<string, number> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '===': 6,
  '!==': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '>>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

const SPACE = 32;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isWord = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || isDigit(c);
const single = Array.from({ length: 128 }, (_, c) => String.fromCharCode(c));

/** Operators of two or three characters begin with two that are alike, or end in `=`. */
function operatorLength(text: string, i: number): number {
  const [a, b] = [text[i], text[i + 1]];
  if (b !== '=' && b !== a) return 1;
  if (a === '=' || a === '!') return 3;
  if (a === '>' && b === '>' && text[i + 2] === '>') return 3;
  return a === '<' || a === '>' || a === '&' || a === '|' ? 2 : 1;
}

/** Where the number or name that begins at `from` ends. */
function wordEnd(text: string, from: number): number {
  let i = from + 1;
  while (isWord(text.charCodeAt(i))) i++;
  return i;
}

/** Without regular expressions: this is a large part of the time that compiling takes. */
function tokens(text: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    if (c <= SPACE) i++;
    else if (isWord(c)) {
      const end = wordEnd(text, i);
      out.push(text.slice(i, end));
      i = end;
    } else {
      const length = operatorLength(text, i);
      out.push(length === 1 ? single[c]! : text.slice(i, i + length));
      i += length;
    }
  }
  return out;
}

class Parser {
  #at = 0;
  constructor(readonly tokens: readonly string[]) {}

  get done(): boolean {
    return this.#at === this.tokens.length;
  }

  #is(text: string): boolean {
    if (this.tokens[this.#at] !== text) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#is(text))
      throw new Error(`compiled source: ${text} expected at ${this.tokens.slice(this.#at, this.#at + 8).join(' ')}`);
  }

  #body(): Statement[] {
    const out: Statement[] = [];
    while (!this.#is('}')) out.push(this.statement());
    return out;
  }

  statement(): Statement {
    if (this.#is('{')) return { t: 'block', label: '', body: this.#body() };
    if (this.#is('if')) return this.#if();
    const word = this.tokens[this.#at];
    if (word === 'break' || word === 'continue') {
      const label = this.tokens[this.#at + 1];
      this.#at += 2;
      this.#expect(';');
      return { t: word, label };
    }
    if (this.#is('return')) {
      const value = this.#expression();
      this.#expect(';');
      return { t: 'return', value };
    }
    if (this.tokens[this.#at + 1] === ':') return this.#labelled();
    const value = this.#expression();
    this.#expect(';');
    return { t: 'do', value };
  }

  #if(): Statement {
    this.#expect('(');
    const condition = this.#expression();
    this.#expect(')');
    const yes = this.statement();
    return { t: 'if', condition, yes, no: this.#is('else') ? this.statement() : undefined };
  }

  #labelled(): Statement {
    const label = this.tokens[this.#at];
    this.#at += 2;
    if (!this.#is('for')) {
      this.#expect('{');
      return { t: 'block', label, body: this.#body() };
    }
    for (const token of ['(', ';', ';', ')', '{']) this.#expect(token);
    return { t: 'loop', label, body: this.#body() };
  }

  #expression(): Node {
    let e = this.#assignment();
    while (this.#is(',')) e = { t: 'both', first: e, second: this.#assignment() };
    return e;
  }

  #assignment(): Node {
    const condition = this.#binary(1);
    if (this.#is('=')) {
      const value = this.#assignment();
      if (condition.t === 'get') return { t: 'set', name: condition.name, value };
      if (condition.t === 'load') return { t: 'store', view: condition.view, at: condition.at, value };
      throw new Error('compiled source: nothing to assign to');
    }
    if (!this.#is('?')) return condition;
    const yes = this.#assignment();
    this.#expect(':');
    return { t: 'choice', condition, yes, no: this.#assignment() };
  }

  #binary(level: number): Node {
    let a = this.#primary();
    for (;;) {
      const op = this.tokens[this.#at];
      const own = LEVELS[op];
      if (own === undefined || own < level) return a;
      this.#at++;
      a = { t: 'binary', op, a, b: this.#binary(own + 1) };
    }
  }

  #primary(): Node {
    if (this.#is('(')) {
      const e = this.#expression();
      this.#expect(')');
      return e;
    }
    if (this.#is('-')) return { t: 'number', value: -Number(this.tokens[this.#at++]) };
    const word = this.tokens[this.#at++];
    if (isDigit(word.charCodeAt(0))) return { t: 'number', value: Number(word) };
    if (word === 'true') return { t: 'number', value: 1 };
    if (this.#is('[')) {
      const at = this.#expression();
      this.#expect(']');
      return { t: 'load', view: word as 'I' | 'F', at };
    }
    return this.#is('(') ? { t: 'call', name: word, args: this.#arguments() } : { t: 'get', name: word };
  }

  #arguments(): Node[] {
    const out: Node[] = [];
    if (this.#is(')')) return out;
    do out.push(this.#assignment());
    while (this.#is(','));
    this.#expect(')');
    return out;
  }
}

export function parse(source: string): Statement[] {
  const p = new Parser(tokens(source));
  const out: Statement[] = [];
  while (!p.done) out.push(p.statement());
  return out;
}
