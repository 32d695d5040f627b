/**
 * Source being written for one code object. Locals live in variables l0, l1, ... and, written at each store, in the frame; operands in
 * s0, s1, ... by their place on the stack, or are known: a constant, or what a local holds.
 *
 * Before whatever may collect, raise, park, call or look at the frame, `spill` writes the operand stack, F_SP and F_PC.
 */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import type { Block } from './flow.js';
import type { Body } from './body.js';

const I32 = i32;

/** An operand: the expression that gives its handle, and what is known of it. */
export interface Item {
  readonly text: string;
  /** The handle itself, where it is a constant; undefined otherwise. */
  readonly constant?: number | undefined;
  /** What it was when the code was compiled. */
  readonly seen?: number | undefined;
  /** The local whose value it is. */
  readonly local?: number | undefined;
}

const FORGET = '#forget; ';
const forgetLocal = (n: number): string => `#local${n}; `;

export class Emitter {
  readonly lines: string[] = [];
  stack: Item[] = [];
  /** Words that must hold the frame's globals and builtins: handles, 0 while nothing depends on them. */
  globals = 0;
  builtins = 0;
  /** The same of its dict of locals, which may be none; undefined while nothing depends on it. */
  locals: number | undefined;
  /** Locals of whose values the shape may be known, in variables v0, v1, ...: the number of a pair of shape and version in `pairs`, or 0. */
  readonly known = new Set<number>();
  readonly #pairs: string[] = [];
  /** Base of the operand stack, in words from the frame's start. */
  readonly base: number;

  /** `isWhole`: the code is compiled from its start. */
  constructor(
    readonly body: Body,
    readonly isWhole: boolean,
  ) {
    this.base = L.F_LOCALS + body.slots;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  /** Word index of an instruction. */
  pc(i: number): number {
    return this.body.start + i;
  }

  get depth(): number {
    return this.stack.length;
  }

  /** Expression of the word index of a place on the operand stack. */
  place(i: number): string {
    return `fp + ${this.base + i}`;
  }

  begin(b: Block): void {
    this.stack = Array.from({ length: b.depth }, (_, i) => ({ text: `s${i}` }));
  }

  /** Item from the top, 1 being the top. */
  top(n = 1): Item {
    return this.stack[this.depth - n];
  }

  pop(n = 1): void {
    this.stack.length -= n;
  }

  /** Pushes what variable s<depth> holds, and names that variable. */
  pushVariable(seen?: number): string {
    const text = `s${this.depth}`;
    this.stack.push({ text, seen });
    return text;
  }

  pushConstant(handle: number): void {
    this.stack.push({ text: String(handle), constant: handle });
  }

  pushLocal(n: number): void {
    this.stack.push({ text: `l${n}`, local: n });
  }

  /** Variables for all operands: what the blocks of one place expect. */
  settle(): void {
    this.stack.forEach((_, i) => this.settleAt(i));
  }

  settleAt(i: number): void {
    const item = this.stack[i];
    const text = `s${i}`;
    if (item.text === text) return;
    this.line(`${text} = ${item.text};`);
    this.stack[i] = { text, seen: item.seen };
  }

  /** A local gets a new value: operands that are its old one go to variables. */
  store(n: number, item: Item): void {
    this.stack.forEach((other, i) => {
      if (other.local === n) this.settleAt(i);
    });
    if (item.local !== n) this.line(`l${n} = ${item.text};`);
    this.line(`I[fp + ${L.F_LOCALS + n}] = l${n}; ${forgetLocal(n)}`);
  }

  /**
   * What must hold for an object of this shape (0: of any) and version of its class, which lasts until something is called. Of a local it is looked up
   * once: what other threads do meanwhile may as well happen later, as slots never move.
   */
  shapeGuard({ text, local }: Item, shape: number, version: number): string {
    const shaped = shape === 0 ? '' : `I[(${text} >>> 2) + ${L.INSTANCE_SHAPE}] === ${shape} && `;
    const guard = `(${text} & 7) === 0 && ${shaped}I[(I[(${text} >>> 2) + 2] >>> 2) + ${L.TYPE_VERSION}] === ${version}`;
    if (local === undefined) return guard;
    this.known.add(local);
    const pair = `${shape} ${version}`;
    if (!this.#pairs.includes(pair)) this.#pairs.push(pair);
    const key = this.#pairs.indexOf(pair) + 1;
    return `(v${local} === ${key} || ${guard} && (v${local} = ${key}, true))`;
  }

  /** At the start: another frame than the code depends on is left to the interpreter. */
  checks(): string[] {
    const same = (field: number, handle: number): string => `if (I[fp + ${field}] !== ${handle}) return leave();`;
    return [
      this.globals === 0 ? '' : same(L.F_GLOBALS, this.globals),
      this.builtins === 0 ? '' : same(L.F_BUILTINS, this.builtins),
      this.locals === undefined ? '' : same(L.F_LOCALS_DICT, this.locals),
    ];
  }

  /** Before something is called: forgets all of that. */
  readonly forget = FORGET;

  /** The text, with what `forget` stands for. */
  text(start: readonly string[]): string {
    const forgotten = [...this.known].map((n) => `v${n} = 0; `).join('');
    return [...start, ...this.lines]
      .join('\n')
      .replaceAll(FORGET, forgotten)
      .replace(/#local(\d+); /g, (_, n) => (this.known.has(Number(n)) ? `v${n} = 0; ` : ''));
  }

  /** Writes operands [from, depth) to the frame. */
  spillFrom(from: number): string {
    let text = '';
    for (let i = from; i < this.depth; i++) text += `I[${this.place(i)}] = ${this.stack[i].text}; `;
    return text;
  }

  /** Writes all of the frame: F_PC is that of instruction `next`, and the operand stack what it is now. */
  spill(next: number): string {
    return `${this.forget}I[fp + ${L.F_PC}] = ${this.pc(next)}; I[fp + ${L.F_SP}] = ${this.place(this.depth)}; ${this.spillFrom(0)}`;
  }

  /** The frame with `value` as the top of a stack of `depth`, whose other operands are written already. */
  spillTruth(value: string, depth: number, next: number): string {
    return `I[${this.place(depth - 1)}] = ${value}; I[fp + ${L.F_PC}] = ${this.pc(next)}; I[fp + ${L.F_SP}] = ${this.place(depth)}; `;
  }

  /** After a helper that may have run Python, and left `value`: whoever has the frame object may have changed locals. `depth` counts the value. */
  checkFrame(value: string, depth: number): string {
    return `if (I[fp + ${L.F_FRAME_OBJECT}] !== 0) return leaveWith(fp, ${value}, ${this.place(depth)});`;
  }

  /** Word of the handle in a site's cache, or 0 while the cache is empty. */
  cacheOf(site: number): number {
    return I32[this.body.sites + site * 2 + 1] >>> 2;
  }

  siteWord(site: number): number {
    return this.body.sites + site * 2;
  }
}
