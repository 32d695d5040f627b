/**
 * Turns a program into a JavaScript function: one switch whose cases are the places that jumps and frames lead to, registers in locals, loops
 * over characters written out. V8 makes machine code of it once the pattern is used much.
 */
import { type CharSet, simpleSet, WIDE_ALL, WIDE_NONE } from './charset.js';
import * as K from './constants.js';
import type { First } from './first.js';
import { sameText } from './interpret.js';
import {
  FAILED,
  FUEL,
  FULL,
  machine,
  NO_MATCH,
  needRegisters,
  type Run,
  SEARCH,
  STACK_MARGIN,
  VIEWS,
} from './machine.js';
import { ANCHOR_LINE, ANCHOR_START, I, INSTRUCTIONS, lengthOf, nameOf, type Program, START } from './program.js';

/** Programs of more words stay interpreted: V8 does not optimise very large functions. */
const WORDS_LIMIT = 3000;

interface Runs {
  readonly lo: number;
  readonly hi: number;
}

/** The one run of members of a table; undefined when there are more. */
function singleRun(low: Uint8Array): Runs | undefined {
  const lo = low.indexOf(1);
  const hi = low.lastIndexOf(1);
  return lo >= 0 && low.subarray(lo, hi + 1).every((x) => x === 1) ? { lo, hi } : undefined;
}

const complement = (low: Uint8Array): Uint8Array => low.map((x) => 1 - x);

class Generator {
  private readonly tables: Uint8Array[] = [];
  private readonly sets: CharSet[] = [];
  private readonly targets = new Map<number, number>();
  private out = '';

  constructor(
    private readonly program: Program,
    private readonly shift: number,
  ) {}

  run(): Run {
    this.findTargets();
    const { words, registers, minWidth } = this.program;
    const names = Array.from({ length: registers }, (_, i) => `r${i}=-1`).join();
    const skip = this.skip();
    this.out += `
const last=end-${minWidth};
let B=m.stack,lim=B.length-${STACK_MARGIN},sp=2,s=1,fuel=${FUEL},c=0,q=0,e=0,start=p;let ${names};
if((mode&${SEARCH})!==0){${skip}}
if(start>last${minWidth > 0 ? '' : `&&(mode&${SEARCH})!==0`})return ${NO_MATCH};
p=start;B[0]=p;B[1]=0;
for(;;){S:switch(s){
case 0:if((mode&${SEARCH})===0)return ${NO_MATCH};start++;${skip}if(start>last)return ${NO_MATCH};p=start;B[0]=p;B[1]=0;sp=2;`;
    for (let pc = START; pc < words.length; pc += lengthOf(words[pc]!)) this.instruction(pc);
    this.out += `}
s=B[--sp];p=B[--sp];if(--fuel<0){if(!m.poll())return ${FAILED};fuel=${FUEL}}}`;
    return this.build();
  }

  private build(): Run {
    const constants = [
      ...this.tables.map((_, i) => `T${i}=tables[${i}]`),
      ...this.sets.map((_, i) => `S${i}=sets[${i}]`),
      'z=0',
    ].join();
    const source = `const ${constants};return function run(b,p,end,mode,adv){${this.out}}`;
    const make = new Function('V', 'tables', 'sets', 'm', 'same', source);
    return make(VIEWS[this.shift], this.tables, this.sets, machine, sameText) as Run;
  }

  /** Numbers the places that jumps and frames lead to. */
  private findTargets(): void {
    const found = new Set<number>([START]);
    const { words } = this.program;
    for (let pc = 0; pc < words.length; pc += lengthOf(words[pc]!)) {
      const operands: readonly string[] = INSTRUCTIONS[nameOf(words[pc]!)];
      operands.forEach((operand, i) => {
        if (operand === 'to' || operand === 'undo') found.add(words[pc + 1 + i]!);
      });
      if (words[pc] === I.ONE || words[pc] === I.LAZY) found.add(pc + 5).add(pc + 8);
    }
    [...found].sort((a, b) => a - b).forEach((at, i) => this.targets.set(at, i + 1));
  }

  private table(low: Uint8Array): string {
    let i = this.tables.findIndex((t) => t.every((x, c) => x === low[c]));
    if (i < 0) i = this.tables.push(low) - 1;
    return `T${i}`;
  }

  private setName(set: CharSet): string {
    const i = this.sets.indexOf(set);
    return `S${i >= 0 ? i : this.sets.push(set) - 1}`;
  }

  /** Condition: the character `read` is one of the table's (all below 256). */
  private narrowTest(low: Uint8Array, read: string): string {
    if (!low.includes(0)) return 'true';
    if (!low.includes(1)) return 'false';
    const run = singleRun(low);
    if (run !== undefined)
      return run.lo === run.hi ? `${read}===${run.lo}` : `(${read}-${run.lo}>>>0)<=${run.hi - run.lo}`;
    const gap = singleRun(complement(low));
    if (gap !== undefined && gap.lo === gap.hi) return `${read}!==${gap.lo}`;
    return `${this.table(low)}[${read}]===1`;
  }

  private wideTest(low: Uint8Array, wide: number, rest: string, read: string): string {
    const run = singleRun(low);
    if (wide === WIDE_NONE && run !== undefined && (run.lo > 0 || run.hi < 255)) return this.narrowTest(low, read);
    const gap = singleRun(complement(low));
    if (wide === WIDE_ALL && gap !== undefined && gap.lo === gap.hi) return `${read}!==${gap.lo}`;
    if (wide === WIDE_ALL && !low.includes(0)) return 'true';
    return `((c=${read})<256?${this.narrowTest(low, 'c')}:${rest})`;
  }

  private member(set: CharSet, read: string): string {
    if (this.shift === 0) return this.narrowTest(set.low, read);
    const rest = set.wide === WIDE_NONE ? 'false' : set.wide === WIDE_ALL ? 'true' : `${this.setName(set)}.has(c)`;
    return this.wideTest(set.low, set.wide, rest, read);
  }

  private may(f: First, read: string): string {
    if (this.shift === 0) return this.narrowTest(f.low, read);
    return this.wideTest(f.low, f.wide ? WIDE_ALL : WIDE_NONE, String(f.wide), read);
  }

  /** Moves `start` to where a match may start. */
  private skip(): string {
    const { anchor, scan } = this.program;
    if (anchor === ANCHOR_START) return 'if(start!==0)start=last+1;';
    if (anchor === ANCHOR_LINE) return 'while(start<=last&&start>0&&V[b+start-1]!==10)start++;';
    return scan === undefined ? '' : `while(start<=last&&!(${this.may(scan, 'V[b+start]')}))start++;`;
  }

  private goto(to: number): string {
    return `{s=${this.targets.get(to)};continue}`;
  }

  private push(...words: (string | number)[]): string {
    return `if(sp>lim){B=m.grow();lim=B.length-${STACK_MARGIN}}${words.map((w) => `B[sp++]=${w};`).join('')}`;
  }

  private undo(r: number, to: number): string {
    return this.push(`r${r}`, this.targets.get(to)!);
  }

  private peek(f: First, p: string): string {
    return f.atEnd ? `(${p}>=end||${this.may(f, `V[b+${p}]`)})` : `(${p}<end&&${this.may(f, `V[b+${p}]`)})`;
  }

  private instruction(pc: number): void {
    const { words } = this.program;
    const target = this.targets.get(pc);
    if (target !== undefined) this.out += `\ncase ${target}:`;
    this.out += this.code(pc, words[pc]!, words[pc + 1]!, words[pc + 2]!, words[pc + 3]!);
  }

  private code(pc: number, op: number, a: number, b: number, c: number): string {
    const fail = 'break S;';
    switch (op) {
      case I.FAIL:
        return fail;
      case I.SUCCESS:
        return this.success();
      case I.CHAR:
        return `if(p>=end||V[b+p]!==${a})${fail}p++;`;
      case I.SET:
        return `if(p>=end||!(${this.member(this.program.sets[a]!, 'V[b+p]')}))${fail}p++;`;
      case I.AT:
        return `if(!(${this.position(a)}))${fail}`;
      case I.STORE:
        return `r${a}=p;`;
      case I.STOREU:
        return `${this.undo(a, b)}r${a}=p;`;
      case I.CONST:
        return `r${a}=${b};`;
      case I.CONSTU:
        return `${this.undo(a, c)}r${a}=${b};`;
      case I.INC:
        return `r${a}++;`;
      case I.INCU:
        return `${this.undo(a, b)}r${a}++;`;
      case I.KEEP:
        return this.undo(a, b);
      case I.UNDO:
        return `r${a}=p;${fail}`;
      case I.CHOICE:
        return this.push('p', this.targets.get(a)!);
      case I.JUMP:
        return a === pc + 2 ? '' : this.goto(a);
      case I.PEEK:
        return `if(!${this.peek(this.program.firsts[a]!, 'p')})${this.goto(b)}`;
      case I.LESS:
        return `if(r${a}<${b})${this.goto(c)}`;
      case I.SAME:
        return `if(r${a}===p)${this.goto(b)}`;
      case I.SAVESP:
        return `r${a}=sp;`;
      case I.CUT:
        return `sp=r${a};`;
      case I.LOADP:
        return `p=r${a};`;
      case I.BACK:
        return `if(p<${a})${this.goto(b)}p-=${a};`;
      case I.REF:
        return `q=same(V,b,p,end,r${2 * a},r${2 * a + 1},${b});if(q<0)${fail}p=q;`;
      case I.UNSET:
        return `if(r${2 * a}<0||r${2 * a + 1}<r${2 * a})${this.goto(b)}`;
      default:
        return this.loop(pc, op, a, b, c);
    }
  }

  private success(): string {
    const { groups, lastGroup } = this.program;
    const count = 2 * groups + (lastGroup < 0 ? 1 : 0);
    const copy =
      count === 0 ? '' : `{const R=m.registers;${Array.from({ length: count }, (_, i) => `R[${i}]=r${i};`).join('')}}`;
    return `if(p===adv||((mode&${FULL})!==0&&p!==end))break S;m.start=start;${copy}return p;`;
  }

  private position(code: number): string {
    const word = (ascii: boolean): string => {
      const set = simpleSet(K.OP.CATEGORY, ascii ? 4 : 14);
      const [before, after] = [this.member(set, 'V[b+p-1]'), this.member(set, 'V[b+p]')];
      return `(p>0&&${before})!==(p<end&&${after})`;
    };
    switch (code) {
      case K.AT_BEGINNING:
      case K.AT_BEGINNING_STRING:
        return 'p===0';
      case K.AT_BEGINNING_LINE:
        return 'p===0||V[b+p-1]===10';
      case K.AT_END:
        return 'p===end||(p+1===end&&V[b+p]===10)';
      case K.AT_END_LINE:
        return 'p===end||V[b+p]===10';
      case K.AT_END_STRING:
        return 'p===end';
      case K.AT_UNI_BOUNDARY:
        return word(false);
      case K.AT_UNI_NON_BOUNDARY:
        return `!(${word(false)})`;
      case K.AT_BOUNDARY:
      case K.AT_LOC_BOUNDARY:
        return word(true);
      default:
        return `!(${word(true)})`;
    }
  }

  /** Loops over the characters of one set. */
  private loop(pc: number, op: number, k: number, b: number, c: number): string {
    const { sets, firsts } = this.program;
    const set = sets[k]!;
    const resume = this.targets.get(pc + 5);
    switch (op) {
      case I.ONEALL:
        return `${this.span(set, c)}${this.atLeast(b)}p=q;`;
      case I.ONE:
        return `${this.span(set, c)}${this.atLeast(b)}e=p+${b};p=q;if(q>e){${this.push('e', 'q', resume!)}}${this.goto(pc + 8)}`;
      case I.RESUME: {
        const filter = b < 0 ? '' : `while(p>e&&!(${this.may(firsts[b]!, 'V[b+p]')}))p--;`;
        return `e=B[sp-1];p--;${filter}if(p===e)sp--;else{B[sp++]=p;B[sp++]=${this.targets.get(pc)}}`;
      }
      case I.LAZY: {
        const most = c < 0 ? 'end' : `${c}>end-p?end:p+${c}`;
        const least = b === 0 ? 'if(p>end)break S;q=p;' : `${this.span(set, b)}${this.atLeast(b)}`;
        return `${least}e=${most};${this.push('e', 'q', resume!)}p=q;${this.goto(pc + 8)}`;
      }
      case I.RESUMELAZY: {
        const more = `if(p>=e||!(${this.member(set, 'V[b+p]')})){sp--;break S}p++;`;
        const steps = b < 0 ? more : `do{${more}}while(!${this.peek(firsts[b]!, 'p')});`;
        return `e=B[sp-1];${steps}B[sp++]=p;B[sp++]=${this.targets.get(pc)};`;
      }
      default:
        throw new Error(`no instruction ${op}`);
    }
  }

  /** Sets q to where the characters of the set end, at most `max` (-1: any number) from p. */
  private span(set: CharSet, max: number): string {
    const stop = max < 0 ? 'end' : 'e';
    const bound = max < 0 ? '' : `e=${max}>end-p?end:p+${max};`;
    const test = this.member(set, 'V[b+q]');
    return test === 'true' ? `${bound}q=${stop};` : `${bound}q=p;while(q<${stop}&&${test})q++;`;
  }

  private atLeast(min: number): string {
    return min === 0 ? 'if(p>end)break S;' : `if(q-p<${min})break S;`;
  }
}

let allowed = true;

/** The run function of a program for strings of 2^shift bytes a character; undefined where it must stay interpreted. */
export function generate(program: Program, shift: number): Run | undefined {
  if (!allowed || program.words.length > WORDS_LIMIT) return undefined;
  needRegisters(program.registers);
  try {
    return new Generator(program, shift).run();
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    allowed = false;
    return undefined;
  }
}
