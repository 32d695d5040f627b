/** WebAssembly for a function written in the emitter's language (parse.ts): a module of one function over the space's memory. */
import { Bytes } from './bytes.js';
import type { Node, Statement } from './parse.js';

const I32 = 0x7f;
const F64 = 0x7c;
const FUNCREF = 0x70;
const EMPTY = 0x40;
const END = 0x0b;

type Type = 'i' | 'f' | 'none';

/** For the parts around the code, which are small. */
const unsigned = (n: number): number[] => (n > 0x7f ? [(n & 0x7f) | 0x80, ...unsigned(n >>> 7)] : [n]);
const vector = (items: readonly number[][]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, body: number[]): number[] => [id, ...unsigned(body.length), ...body];
const text = (s: string): number[] => [...unsigned(s.length), ...Array.from(s, (c) => c.charCodeAt(0))];

const INT_OPS: Record<string, number> = {
  '===': 0x46,
  '!==': 0x47,
  '<': 0x48,
  '>': 0x4a,
  '<=': 0x4c,
  '>=': 0x4e,
  '+': 0x6a,
  '-': 0x6b,
  '/': 0x6d,
  '%': 0x6f,
  '&': 0x71,
  '|': 0x72,
  '^': 0x73,
  '<<': 0x74,
  '>>': 0x75,
  '>>>': 0x76,
};
const FLOAT_OPS: Record<string, number> = {
  '===': 0x61,
  '!==': 0x62,
  '<': 0x63,
  '>': 0x64,
  '<=': 0x65,
  '>=': 0x66,
  '+': 0xa0,
  '-': 0xa1,
  '*': 0xa2,
  '/': 0xa3,
};
const FLOAT_RESULT = new Set(['+', '-', '*', '/']);

/** What a module of compiled code refers to. */
export interface Imports {
  /** Functions of support.ts, by their places among the function imports. */
  readonly names: string[];
  /** Numbers of parameters whose tables it calls through. */
  readonly arities: number[];
}

export interface Source {
  readonly parameters: readonly string[];
  /** Local ints; `x` is a double. */
  readonly locals: readonly string[];
  readonly body: readonly Statement[];
}

/** A handle with this value is none: the table's entry was no compiled function. In WebAssembly it takes one byte. */
export const MISS = -50;
/** Places in a table of functions, a power of two. */
export const TABLE_ENTRIES = 2048;
/** Parameters of compiled functions before those of the Python function. */
export const FIXED_PARAMETERS = 5;

class Writer {
  readonly out = new Bytes();
  readonly imports: Imports = { names: [], arities: [] };
  /** (parameters, has a result) of each function type. */
  readonly types: [number, boolean][] = [];
  readonly #calls: number[] = [];
  readonly #labels: string[] = [];
  /** Where the function's own index is to be written, in two bytes, when the imports before it are known. */
  readonly #selfCalls: number[] = [];
  readonly #variables: Map<string, number>;
  readonly #framed: boolean;

  constructor(
    readonly source: Source,
    readonly results: (name: string) => boolean,
  ) {
    const names = [...source.parameters, ...source.locals, 'x', '$fp', '$t'];
    this.#framed = source.parameters.includes('fp');
    this.#variables = new Map(names.map((name, i) => [name, i]));
    this.type(source.parameters.length, true);
  }

  type(parameters: number, result: boolean): number {
    const known = this.types.findIndex(([n, r]) => n === parameters && r === result);
    return known >= 0 ? known : this.types.push([parameters, result]) - 1;
  }

  #variable(name: string): number {
    const i = this.#variables.get(name);
    if (i === undefined) throw new Error(`compiled source: ${name} is no variable`);
    return i;
  }

  #get(name: string): void {
    this.out.indexed(0x20, this.#variable(name));
  }

  statements(list: readonly Statement[]): void {
    for (const s of list) this.statement(s);
  }

  #inner(label: string, list: readonly Statement[]): void {
    this.#labels.push(label);
    this.statements(list);
    this.#labels.pop();
    this.out.put(END);
  }

  statement(s: Statement): void {
    switch (s.t) {
      case 'do':
        this.drop(s.value);
        break;
      case 'return':
        this.value(s.value);
        this.out.put(0x0f);
        break;
      case 'block':
        if (s.label === '') return this.statements(s.body);
        this.out.put2(0x02, EMPTY);
        this.#inner(s.label, s.body);
        break;
      case 'loop':
        this.out.put2(0x03, EMPTY);
        this.#inner(s.label, s.body);
        this.out.put(0x00);
        break;
      case 'if':
        this.#if(s.condition, s.yes, s.no);
        break;
      default:
        this.out.indexed(0x0c, this.#labels.length - 1 - this.#labels.lastIndexOf(s.label));
    }
  }

  #if(condition: Node, yes: Statement, no: Statement | undefined): void {
    this.value(condition);
    this.out.put2(0x04, EMPTY);
    this.#labels.push('');
    this.statement(yes);
    if (no !== undefined) {
      this.out.put(0x05);
      this.statement(no);
    }
    this.#labels.pop();
    this.out.put(END);
  }

  /** An expression for its effect. */
  drop(e: Node): void {
    if (e.t === 'set') {
      this.#assign(e.name, e.value);
      this.out.indexed(0x21, this.#variable(e.name));
      this.#afterSet(e.name);
    } else if (e.t === 'store') this.#store(e.view, e.at, e.value, false);
    else if (e.t === 'both') {
      this.drop(e.first);
      this.drop(e.second);
    } else if (this.value(e) !== 'none') this.out.put(0x1a);
  }

  #assign(name: string, value: Node): void {
    this.#as(this.value(value), name === 'x' ? 'f' : 'i');
  }

  /** The frame's byte address goes with it. */
  #afterSet(name: string): void {
    if (name === 'fp') this.scaleFrame();
  }

  scaleFrame(): void {
    this.#get('fp');
    this.#scale(2);
    this.out.indexed(0x21, this.#variable('$fp'));
  }

  /** Shifts left. */
  #scale(bits: number): void {
    this.out.constant(bits);
    this.out.put(0x74);
  }

  #as(from: Type, to: Type): void {
    if (from === to) return;
    this.out.put(to === 'f' ? 0xb7 : 0xaa);
  }

  /** Writes the byte address of a place in a view, and gives the offset from it. */
  #address(view: 'I' | 'F', at: Node): number {
    const shift = view === 'I' ? 2 : 3;
    let offset = 0;
    while (at.t === 'binary' && at.op === '+') {
      if (at.b.t === 'number' && at.b.value >= 0) {
        offset += at.b.value;
        at = at.a;
      } else if (at.b.t === 'binary' && at.a.t === 'binary' && at.a.op === '+' && at.a.b.t === 'number') {
        // a + 5 + b: the number last.
        offset += at.a.b.value;
        at = { t: 'binary', op: '+', a: at.a.a, b: at.b };
      } else break;
    }
    if (at.t === 'number') this.out.constant(at.value << shift);
    else if (at.t === 'get' && at.name === 'fp' && view === 'I') this.#get('$fp');
    else {
      this.value(at);
      this.#scale(shift);
    }
    return offset << shift;
  }

  #store(view: 'I' | 'F', at: Node, value: Node, wanted: boolean): Type {
    const offset = this.#address(view, at);
    const type: Type = view === 'I' ? 'i' : 'f';
    this.#as(this.value(value), type);
    if (wanted) this.out.indexed(0x22, this.#variable('$t'));
    if (view === 'I') this.out.put2(0x36, 2);
    else this.out.put2(0x39, 3);
    this.out.unsigned(offset);
    if (wanted) this.#get('$t');
    return wanted ? type : 'none';
  }

  /** An expression; the type of what it leaves on WebAssembly's stack. */
  value(e: Node): Type {
    switch (e.t) {
      case 'number':
        this.out.constant(e.value | 0);
        return 'i';
      case 'get':
        this.#get(e.name);
        return e.name === 'x' ? 'f' : 'i';
      case 'set':
        this.#assign(e.name, e.value);
        this.out.indexed(0x22, this.#variable(e.name));
        this.#afterSet(e.name);
        return e.name === 'x' ? 'f' : 'i';
      case 'load': {
        const offset = this.#address(e.view, e.at);
        if (e.view === 'I') this.out.put2(0x28, 2);
        else this.out.put2(0x2b, 3);
        this.out.unsigned(offset);
        return e.view === 'I' ? 'i' : 'f';
      }
      case 'store':
        return this.#store(e.view, e.at, e.value, true);
      case 'both':
        this.drop(e.first);
        return this.value(e.second);
      case 'choice':
        return this.#choice(e.condition, e.yes, e.no);
      case 'binary':
        return this.#binary(e.op, e.a, e.b);
      default:
        return this.#call(e.name, e.args);
    }
  }

  #choice(condition: Node, yes: Node, no: Node): Type {
    this.value(condition);
    this.out.put2(0x04, I32);
    this.value(yes);
    this.out.put(0x05);
    this.value(no);
    this.out.put(END);
    return 'i';
  }

  #binary(op: string, a: Node, b: Node): Type {
    if (op === '&&') return this.#choice(a, b, { t: 'number', value: 0 });
    if (op === '||') return this.#choice(a, { t: 'number', value: 1 }, b);
    const [ta, tb] = [typeOf(a), typeOf(b)];
    const floats = op === '*' || ((ta === 'f' || tb === 'f') && FLOAT_OPS[op] !== undefined);
    const type: Type = floats ? 'f' : 'i';
    this.#as(this.value(a), type);
    if (!floats && b.t === 'number' && b.value === 0 && op === '===') {
      this.out.put(0x45);
      return 'i';
    }
    this.#as(this.value(b), type);
    this.out.put(floats ? FLOAT_OPS[op] : INT_OPS[op]);
    return floats && FLOAT_RESULT.has(op) ? 'f' : 'i';
  }

  #call(name: string, args: readonly Node[]): Type {
    if (name.startsWith('through')) return this.#callThrough(Number(name.slice(7)), args);
    for (const a of args) this.#as(this.value(a), 'i');
    if (name === 'below') {
      this.out.put(0x49);
      return 'i';
    }
    if (name === 'self') {
      this.out.put(0x10);
      this.#selfCalls.push(this.out.length);
      this.out.put2(0, 0);
      return 'i';
    }
    let i = this.imports.names.indexOf(name);
    if (i < 0) {
      i = this.imports.names.push(name) - 1;
      this.#calls.push(this.type(args.length, this.results(name)));
    }
    this.out.indexed(0x10, i);
    return this.results(name) ? 'i' : 'none';
  }

  #table(arity: number): number {
    const i = this.imports.arities.indexOf(arity);
    return i >= 0 ? i : this.imports.arities.push(arity) - 1;
  }

  /** The function of a number in the table for so many parameters: its number comes first. */
  #callThrough(arity: number, [id, ...args]: readonly Node[]): Type {
    for (const a of args) this.value(a);
    if (id.t === 'number') this.out.constant(id.value & (TABLE_ENTRIES - 1));
    else {
      this.value(id);
      this.out.constant(TABLE_ENTRIES - 1);
      this.out.put(0x71);
    }
    this.out.indexed(0x11, this.type(FIXED_PARAMETERS + arity, true));
    this.out.unsigned(this.#table(arity));
    return 'i';
  }

  module(): Uint8Array<ArrayBuffer> {
    const { parameters, locals: variables } = this.source;
    if (this.#framed) this.scaleFrame();
    this.statements(this.source.body);
    this.out.put2(0x00, END);
    const types = this.types.map(([n, r]) => [
      0x60,
      ...unsigned(n),
      ...Array<number>(n).fill(I32),
      ...(r ? [1, I32] : [0]),
    ]);
    const imports = [
      [...text('e'), ...text('m'), 0x02, 0x03, ...unsigned(1), ...unsigned(65536)],
      ...this.imports.arities.map((n) => [...text('e'), ...text(`t${n}`), 0x01, FUNCREF, 0x00, 0]),
      ...this.imports.names.map((name, i) => [...text('e'), ...text(name), 0x00, ...unsigned(this.#calls[i])]),
    ];
    const declared = [
      [...unsigned(variables.length), I32],
      [1, F64],
      [2, I32],
    ];
    const own = this.imports.names.length;
    for (const at of this.#selfCalls) {
      this.out.set(at, (own & 0x7f) | 0x80);
      this.out.set(at + 1, own >> 7);
    }
    const header = [
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, vector(types)),
      ...section(2, vector(imports)),
      ...section(3, vector([unsigned(this.type(parameters.length, true))])),
      ...section(7, vector([[...text('f'), 0x00, ...unsigned(own)]])),
    ];
    const locals = vector(declared);
    const module = new Bytes();
    module.append(new Uint8Array(header));
    const size = locals.length + this.out.length;
    const sized = unsigned(size);
    module.put(10);
    module.unsigned(1 + sized.length + size);
    module.put(1);
    module.append(new Uint8Array([...sized, ...locals]));
    module.append(this.out.written);
    return module.written;
  }
}

/** Type of an expression, without writing it. */
function typeOf(e: Node): Type {
  switch (e.t) {
    case 'get':
    case 'set':
      return e.name === 'x' ? 'f' : 'i';
    case 'load':
    case 'store':
      return e.view === 'F' ? 'f' : 'i';
    case 'both':
      return typeOf(e.second);
    case 'binary':
      if (e.op === '*') return 'f';
      return FLOAT_RESULT.has(e.op) && (typeOf(e.a) === 'f' || typeOf(e.b) === 'f') ? 'f' : 'i';
    default:
      return 'i';
  }
}

/** The module's bytes, and what it imports. `results`: does a function of support.ts return something? */
export function assemble(
  source: Source,
  results: (name: string) => boolean,
): { bytes: Uint8Array<ArrayBuffer>; imports: Imports } {
  const w = new Writer(source, results);
  const bytes = w.module();
  return { bytes, imports: w.imports };
}

/** A module whose function takes so many parameters and returns MISS. */
export function stubModule(parameters: number): Uint8Array<ArrayBuffer> {
  const code = [0, 0x41, MISS & 0x7f, END];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, ...unsigned(parameters), ...Array<number>(parameters).fill(I32), 1, I32]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...text('f'), 0x00, 0]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
}
