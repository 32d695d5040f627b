/** Operators and comparisons: small ints and floats in place, the rest by the interpreter's helpers. */
import * as L from '../heap/layout.generated.js';
import { CARRIER } from '../heap/carrier.js';
import { FALSE, NONE, TRUE } from '../heap/handles.js';
import { stressRuns } from '../heap/stress.js';
import * as O from '../compiler/opcodes.js';
import type { Emitter, Item } from './emitter.js';

const C = CARRIER;
const BUMP = `I[${C + L.CAR_BUMP}]`;
const LIMIT = `I[${C + L.CAR_LIMIT}]`;

const isSmall = ({ constant }: Item): boolean => constant !== undefined && (constant & 1) !== 0;

/** Condition under which both are small ints; empty when that is known. */
function bothSmall(a: Item, b: Item): string {
  if (isSmall(a) && isSmall(b)) return 'true';
  if (isSmall(a)) return `(${b.text} & 1) !== 0`;
  if (isSmall(b)) return `(${a.text} & 1) !== 0`;
  return `(${a.text} & ${b.text} & 1) !== 0`;
}

const bothFloats = (a: Item, b: Item): string => `(${a.text} & 7) === 2 && (${b.text} & 7) === 2`;

/** For small ints: statements that leave the handle in t, and what must hold then. */
function smallResult(op: number, a: string, b: string): [string, string] {
  switch (op) {
    case O.OP_BINARY_ADD:
      return [`(t = (${a} - 1 | 0) + ${b} | 0, ((${a} ^ t) & (${b} ^ t)) >= 0)`, 't'];
    case O.OP_BINARY_SUB:
      return [`(t = ${a} - (${b} - 1 | 0) | 0, ((${a} ^ ${b}) & (${a} ^ t)) >= 0)`, 't'];
    case O.OP_BINARY_MUL:
      return [`(x = (${a} >> 1) * (${b} >> 1), x >= -0x40000000 && x <= 0x3fffffff)`, '(x << 1) | 1'];
    case O.OP_BINARY_AND:
      return ['true', `${a} & ${b}`];
    case O.OP_BINARY_OR:
      return ['true', `${a} | ${b}`];
    case O.OP_BINARY_XOR:
      return ['true', `(${a} ^ ${b}) | 1`];
    case O.OP_BINARY_MOD:
      return [`${a} > 0 && ${b} > 1`, `((${a} >> 1) % (${b} >> 1) << 1) | 1`];
    case O.OP_BINARY_FLOORDIV:
      return [`${a} > 0 && ${b} > 1`, `(((${a} >> 1) / (${b} >> 1) | 0) << 1) | 1`];
    case O.OP_BINARY_RSHIFT:
      return [`${b} > 0 && ${b} < 62`, `(${a} >> (${b} >> 1)) | 1`];
    default:
      return ['', ''];
  }
}

const FLOAT_SIGN: Partial<Record<number, string>> = {
  [O.OP_BINARY_ADD]: '+',
  [O.OP_BINARY_SUB]: '-',
  [O.OP_BINARY_MUL]: '*',
  [O.OP_BINARY_TRUEDIV]: '/',
};

/** Branch for two floats: a new granule in the current run. */
function floatBranch(op: number, a: Item, b: Item, to: string): string {
  const sign = FLOAT_SIGN[op];
  if (sign === undefined || stressRuns || isSmall(a) || isSmall(b)) return '';
  const divides = op === O.OP_BINARY_TRUEDIV ? ` && F[${b.text} >>> 3] !== 0` : '';
  return (
    `if (${bothFloats(a, b)}${divides} && (t = ${BUMP}, (${LIMIT} - t | 0) >= 8)) { ${BUMP} = t + 8 | 0; ` +
    `F[t >>> 3] = F[${a.text} >>> 3] ${sign} F[${b.text} >>> 3]; ${to} = t | 2; } else `
  );
}

/** A binary operator. */
export function binary(e: Emitter, op: number, arg: number, next: number): void {
  const [a, b] = [e.top(2), e.top(1)];
  const to = `s${e.depth - 2}`;
  const [condition, value] = smallResult(op, a.text, b.text);
  const small = condition === '' ? '' : `if (${bothSmall(a, b)} && ${condition}) ${to} = ${value}; else `;
  const float = floatBranch(op, a, b, to);
  const slow =
    `{ ${e.forget}${e.spillFrom(0)}if ((${to} = binaryTop(${op}, fp, ${e.pc(next)}, ${e.place(e.depth)}, ${arg})) === 0) return 0; ` +
    `${e.checkFrame(to, e.depth - 1)} }`;
  e.line(small + float + slow);
  e.pop(2);
  e.pushVariable();
}

const COMPARISONS = ['<', '<=', '===', '!==', '>', '>='];

/** Leaves in t whether the comparison of the two top operands holds, as TRUE or FALSE, or what a rich comparison gave. */
function compareTop(e: Emitter, op: number, next: number): void {
  const [a, b] = [e.top(2), e.top(1)];
  const sign = COMPARISONS[op - O.OP_COMPARE_LT];
  const float =
    isSmall(a) || isSmall(b)
      ? ''
      : `if (${bothFloats(a, b)}) t = F[${a.text} >>> 3] ${sign} F[${b.text} >>> 3] ? ${TRUE} : ${FALSE}; else `;
  e.line(
    `if (${bothSmall(a, b)}) t = ${a.text} ${sign} ${b.text} ? ${TRUE} : ${FALSE}; else ${float}{ ${e.spill(next)}` +
      `if ((t = compare(${op - O.OP_COMPARE_LT}, ${a.text}, ${b.text})) === 0) return 0; ${e.checkFrame('t', e.depth - 1)} }`,
  );
}

export function compare(e: Emitter, op: number, next: number): void {
  compareTop(e, op, next);
  e.pop(2);
  e.line(`${e.pushVariable()} = t;`);
}

/** `a is b`. */
export function identity(e: Emitter, invert: number): void {
  const [a, b] = [e.top(2), e.top(1)];
  e.pop(2);
  const [yes, no] = invert === 0 ? [TRUE, FALSE] : [FALSE, TRUE];
  // Other immediates and small ints have one handle each.
  const plain = [a, b].some(({ constant }) => constant !== undefined && ((constant & 1) !== 0 || (constant & 7) === 6));
  const same = plain ? `${a.text} === ${b.text}` : `${a.text} === ${b.text} || identical(${a.text}, ${b.text})`;
  e.line(`${e.pushVariable()} = ${same} ? ${yes} : ${no};`);
}

export function not(e: Emitter, next: number): void {
  const v = e.top();
  const to = `s${e.depth - 1}`;
  e.line(
    `if (${v.text} === ${TRUE}) ${to} = ${FALSE}; else if (${v.text} === ${FALSE} || ${v.text} === ${NONE}) ${to} = ${TRUE}; ` +
      `else { ${e.spill(next)}if ((${to} = negate(${v.text})) === 0) return 0; ${e.checkFrame(to, e.depth)} }`,
  );
  e.pop();
  e.pushVariable();
}

/**
 * Writes the start of `if` for a jump on the truth of the top operand, which it pops: the branch taken when the value is true. `behind` and
 * `target`: instructions behind the jump and where it goes. Operands below must be settled.
 */
export function ifTrue(e: Emitter, behind: number, target: number, jumpsIfTrue: boolean): void {
  const v = e.top();
  const [yes, no] = jumpsIfTrue ? [target, behind] : [behind, target];
  e.line(
    `if (${v.text} === ${TRUE}) k = 1; else if (${v.text} === ${FALSE} || ${v.text} === ${NONE}) k = 2; ` +
      `else if ((${v.text} & 1) !== 0) k = ${v.text} !== 1 ? 1 : 2; ` +
      `else { ${e.spill(behind)}if ((k = truth(fp, ${v.text}, ${e.pc(yes)}, ${e.pc(no)})) === 0) return 0; }`,
  );
  e.pop();
  e.line('if (k === 1) {');
}

/** A comparison and the jump behind it, in one: as ifTrue. Two small ints are compared once. */
export function ifCompared(e: Emitter, op: number, behind: number, target: number, jumpsIfTrue: boolean): void {
  const [a, b] = [e.top(2), e.top(1)];
  const sign = COMPARISONS[op - O.OP_COMPARE_LT];
  const [yes, no] = jumpsIfTrue ? [target, behind] : [behind, target];
  const float =
    isSmall(a) || isSmall(b)
      ? ''
      : `if (${bothFloats(a, b)}) k = F[${a.text} >>> 3] ${sign} F[${b.text} >>> 3] ? 1 : 2; else `;
  // The comparison's own instruction is the one before the jump: an exception is its.
  const spill = e.spill(behind - 1);
  const truthOf = `${e.spillTruth('t', e.depth - 1, behind)}if ((k = truth(fp, t, ${e.pc(yes)}, ${e.pc(no)})) === 0) return 0;`;
  e.line(
    `if (${bothSmall(a, b)}) k = ${a.text} ${sign} ${b.text} ? 1 : 2; else ${float}{ ${spill}` +
      `if ((t = compare(${op - O.OP_COMPARE_LT}, ${a.text}, ${b.text})) === 0) return 0; ` +
      `${e.checkFrame('t', e.depth - 1)} if (t === ${TRUE}) k = 1; else if (t === ${FALSE}) k = 2; else { ${truthOf} } }`,
  );
  e.pop(2);
  e.line('if (k === 1) {');
}
