/**
 * A pattern's tree compiled to a program for a backtracking machine, which interpret.ts runs and generate.ts turns into JavaScript.
 *
 * The machine has a position p, registers (marks of groups, counters, saved stack pointers) and a stack of frames. A frame ends with the
 * word p and the address where to go on when what follows fails; below them lie words of the instruction that pushed it. A register
 * that may have to be set back pushes the address of its UNDO with the old value in place of p. Failing means: pop an address, pop p, go on there.
 */
import type { CharSet } from './charset.js';
import { onlyMember } from './charset.js';
import * as K from './constants.js';
import {
  DONE,
  disjoint,
  type First,
  isSelective,
  keepsAll,
  minWidth,
  ofNode,
  ofSequence,
  then,
  union,
} from './first.js';
import type { Fold, Node, Sequence } from './tree.js';

/** Instructions and their operands. k: a set, f: a first set, r: a register, to: an address. */
export const INSTRUCTIONS = {
  /** Start again one character on; the frame at the bottom of the stack leads here. */
  NEXT: [],
  FAIL: [],
  SUCCESS: [],
  CHAR: ['c'],
  SET: ['k'],
  AT: ['code'],
  STORE: ['r'],
  STOREU: ['r', 'undo'],
  CONST: ['r', 'value'],
  CONSTU: ['r', 'value', 'undo'],
  INC: ['r'],
  INCU: ['r', 'undo'],
  /** Pushes an undo frame only. */
  KEEP: ['r', 'undo'],
  UNDO: ['r'],
  CHOICE: ['to'],
  JUMP: ['to'],
  /** Goes to `to` unless the next character is in f. */
  PEEK: ['f', 'to'],
  LESS: ['r', 'n', 'to'],
  SAME: ['r', 'to'],
  SAVESP: ['r'],
  CUT: ['r'],
  LOADP: ['r'],
  /** Moves n characters back, or goes to `to` where there are not so many. */
  BACK: ['n', 'to'],
  /** As many of k as can be, at least min; RESUME, which follows it, gives them back one by one. f: what must come next, -1: anything. */
  ONE: ['k', 'min', 'max', 'f'],
  RESUME: ['k', 'f'],
  /** As many as can be, never given back. */
  ONEALL: ['k', 'min', 'max'],
  /** As few as can be; RESUMELAZY takes one more. */
  LAZY: ['k', 'min', 'max', 'f'],
  RESUMELAZY: ['k', 'f'],
  REF: ['group', 'fold'],
  UNSET: ['group', 'to'],
} as const;

export type Instruction = keyof typeof INSTRUCTIONS;
const NAMES = Object.keys(INSTRUCTIONS) as Instruction[];
/** Instruction by number. */
export const nameOf = (op: number): Instruction => NAMES[op]!;
export const I = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Readonly<Record<Instruction, number>>;
export const lengthOf = (op: number): number => 1 + INSTRUCTIONS[nameOf(op)].length;

export const FOLDS: readonly Fold[] = ['exact', 'ascii', 'unicode'];

export const ANCHOR_NONE = 0;
export const ANCHOR_START = 1;
export const ANCHOR_LINE = 2;

export interface Program {
  /** NEXT at 0, the pattern from START on. */
  readonly words: Int32Array;
  readonly sets: readonly CharSet[];
  readonly firsts: readonly First[];
  readonly groups: number;
  /** Registers: two a group, then others. */
  readonly registers: number;
  /** The group closed last when that is the same for every match (0: none); -1: register 2 * groups says it. */
  readonly lastGroup: number;
  /** What a match starts with, when that helps a search. */
  readonly scan: First | undefined;
  readonly anchor: number;
  readonly minWidth: number;
  /** For strings with characters below 256 only. */
  readonly narrow: boolean;
}

export const START = 1;

interface Label {
  at: number;
  uses: number[];
}

/** Marks that every match sets, exactly once: they need no undoing. Also gives the group closed last. */
function plainMarks(nodes: Sequence, plain: Set<number>): number {
  let last = 0;
  for (const node of nodes) {
    if (node.op === 'mark') {
      plain.add(node.index);
      if ((node.index & 1) === 1) last = (node.index >> 1) + 1;
    } else if (node.op === 'atomic' || (node.op === 'assert' && !node.negative))
      last = plainMarks(node.body, plain) || last;
  }
  return last;
}

const bodies = (node: Node): readonly Sequence[] => {
  switch (node.op) {
    case 'branch':
      return node.arms;
    case 'repeat':
    case 'assert':
    case 'atomic':
      return [node.body];
    case 'exists':
      return [node.yes, node.no];
    default:
      return [];
  }
};

function visit(nodes: Sequence, each: (node: Node) => void): void {
  for (const node of nodes) {
    each(node);
    for (const body of bodies(node)) visit(body, each);
  }
}

/** Size in nodes, for deciding what to write out repeatedly. */
function size(nodes: Sequence): number {
  let n = 0;
  visit(nodes, () => n++);
  return n;
}

const UNROLL_COUNT = 4;
const UNROLL_SIZE = 8;

class Compiler {
  private readonly words: number[] = [I.NEXT];
  private readonly sets: CharSet[] = [];
  private readonly firsts: First[] = [];
  private readonly undos = new Map<number, Label>();
  private readonly plain = new Set<number>();
  private readonly lastGroup: number;
  private registers: number;

  constructor(
    private readonly tree: Sequence,
    private readonly groups: number,
    private readonly narrow: boolean,
  ) {
    const last = plainMarks(tree, this.plain);
    let every = true;
    visit(tree, (node) => {
      if (node.op === 'mark') every &&= this.plain.has(node.index);
    });
    this.lastGroup = every ? last : -1;
    visit(tree, (node) => {
      if (node.op !== 'exists' && node.op !== 'ref') return;
      this.plain.delete(2 * node.group);
      this.plain.delete(2 * node.group + 1);
    });
    this.registers = 2 * groups + 1;
  }

  run(): Program {
    this.sequence(this.tree, DONE);
    this.emit('SUCCESS');
    for (const [r, label] of this.undos) {
      this.place(label);
      this.emit('UNDO', r);
    }
    const first = ofSequence(this.tree);
    return {
      words: Int32Array.from(this.words),
      sets: this.sets,
      firsts: this.firsts,
      groups: this.groups,
      registers: this.registers,
      lastGroup: this.lastGroup,
      scan: isSelective(first) && !first.atEnd ? first : undefined,
      anchor: this.anchor(),
      minWidth: minWidth(this.tree),
      narrow: this.narrow,
    };
  }

  private anchor(): number {
    const node = this.tree.find((n) => n.op !== 'mark');
    if (node?.op !== 'at') return ANCHOR_NONE;
    if (node.code === K.AT_BEGINNING || node.code === K.AT_BEGINNING_STRING) return ANCHOR_START;
    return node.code === K.AT_BEGINNING_LINE ? ANCHOR_LINE : ANCHOR_NONE;
  }

  private emit(name: Instruction, ...operands: (number | Label)[]): void {
    this.words.push(I[name]);
    for (const operand of operands) {
      if (typeof operand === 'number') this.words.push(operand);
      else {
        operand.uses.push(this.words.length);
        this.words.push(operand.at);
      }
    }
  }

  private label(): Label {
    return { at: -1, uses: [] };
  }

  private place(label: Label): void {
    label.at = this.words.length;
    for (const use of label.uses) this.words[use] = label.at;
  }

  private set(set: CharSet): number {
    const at = this.sets.indexOf(set);
    return at >= 0 ? at : this.sets.push(set) - 1;
  }

  /** Number of a first set; -1 when it says nothing. */
  private first(f: First): number {
    if (!isSelective(f)) return -1;
    const at = this.firsts.indexOf(f);
    return at >= 0 ? at : this.firsts.push(f) - 1;
  }

  private undo(r: number): Label {
    let label = this.undos.get(r);
    if (label === undefined) this.undos.set(r, (label = this.label()));
    return label;
  }

  private peek(f: First, to: Label): void {
    const n = this.first(f);
    if (n >= 0) this.emit('PEEK', n, to);
  }

  /** A sequence followed by what `next` describes. */
  private sequence(nodes: Sequence, next: First): void {
    const following: First[] = new Array(nodes.length);
    let f = next;
    for (let i = nodes.length - 1; i >= 0; i--) {
      following[i] = f;
      f = then(ofNode(nodes[i]!), f);
    }
    nodes.forEach((node, i) => this.node(node, following[i]!, nodes.slice(i + 1, i + 8)));
  }

  private node(node: Node, next: First, rest: Sequence): void {
    switch (node.op) {
      case 'set':
        return this.character(node.set);
      case 'at':
        return this.emit('AT', node.code);
      case 'mark':
        return this.mark(node.index);
      case 'branch':
        return this.branch(node.arms, next);
      case 'one':
        return this.one(node, next, rest);
      case 'repeat':
        return this.repeat(node, next);
      case 'assert':
        return this.assertion(node);
      case 'atomic':
        return this.atomic(node.body);
      case 'ref':
        return this.emit('REF', node.group, FOLDS.indexOf(node.fold));
      case 'exists':
        return this.exists(node, next);
      case 'fail':
        return this.emit('FAIL');
    }
  }

  private character(set: CharSet): void {
    const c = onlyMember(set);
    if (c >= 0) this.emit('CHAR', c);
    else this.emit('SET', this.set(set));
  }

  private mark(index: number): void {
    if (this.plain.has(index)) this.emit('STORE', index);
    else this.emit('STOREU', index, this.undo(index));
    if ((index & 1) === 0 || this.lastGroup >= 0) return;
    const r = 2 * this.groups;
    this.emit('CONSTU', r, (index >> 1) + 1, this.undo(r));
  }

  private branch(arms: readonly Sequence[], next: First): void {
    const end = this.label();
    const firsts = arms.map((arm) => then(ofSequence(arm), next));
    /** What any alternative after the one with this number can start with. */
    const later = [...firsts];
    for (let i = arms.length - 2; i > 0; i--) later[i] = union(later[i]!, later[i + 1]!);
    arms.forEach((arm, i) => {
      if (i === arms.length - 1) return this.sequence(arm, next);
      const other = this.label();
      this.peek(firsts[i]!, other);
      if (!this.excludes(firsts[i]!, later[i + 1]!)) this.emit('CHOICE', other);
      this.sequence(arm, next);
      this.emit('JUMP', end);
      this.place(other);
    });
    this.place(end);
  }

  /** Can what starts as a does not start as b, whatever comes? */
  private excludes(a: First, b: First): boolean {
    return a.through === 0 && b.through === 0 && !(a.atEnd && b.atEnd) && disjoint(a, b, this.narrow);
  }

  private one(node: Node & { op: 'one' }, next: First, rest: Sequence): void {
    const { min, max } = node;
    if (max === 0) return;
    const k = this.set(node.set);
    const all = min === max || node.mode === 'possessive';
    if (all || (node.mode === 'greedy' && keepsAll(node.set, min, rest, next, this.narrow)))
      return this.emit('ONEALL', k, min, max);
    const f = this.first(next);
    this.emit(node.mode === 'greedy' ? 'ONE' : 'LAZY', k, min, max, f);
    this.emit(node.mode === 'greedy' ? 'RESUME' : 'RESUMELAZY', k, f);
  }

  private repeat(node: Node & { op: 'repeat' }, next: First): void {
    const { body, min, max, mode } = node;
    if (max === 0) return;
    if (mode === 'possessive') return this.possessive(body, min, max);
    if (min === max && (min === 1 || (min <= UNROLL_COUNT && size(body) <= UNROLL_SIZE)))
      return this.sequence(Array.from({ length: min }, () => body).flat(), next);
    if (min === 0 && max === 1) return this.optional(body, next, mode === 'lazy');
    this.loop(node, next);
  }

  private optional(body: Sequence, next: First, lazy: boolean): void {
    const [inside, end] = [this.label(), this.label()];
    const f = then(ofSequence(body), next);
    if (lazy) {
      this.peek(next, inside);
      if (!this.excludes(next, f)) this.emit('CHOICE', inside);
      this.emit('JUMP', end);
      this.place(inside);
    } else {
      this.peek(f, end);
      if (!this.excludes(f, next)) this.emit('CHOICE', end);
    }
    this.sequence(body, next);
    this.place(end);
  }

  /** Registers of a loop: how often the body was matched, and where its last round started (a round that takes nothing is the last). */
  private loopRegisters(body: Sequence, min: number, max: number): { count: number; last: number } {
    const count = min > 1 || max >= 0 ? this.registers++ : -1;
    return { count, last: minWidth(body) === 0 ? this.registers++ : -1 };
  }

  private loop(node: Node & { op: 'repeat' }, next: First): void {
    const { body, min, max } = node;
    const { count, last } = this.loopRegisters(body, min, max);
    const [inside, test, end] = [this.label(), this.label(), this.label()];
    const bodyFirst = ofSequence(body);
    const again = union(then(bodyFirst, next), next);
    if (count >= 0) this.emit('CONSTU', count, 0, this.undo(count));
    if (last >= 0) this.emit('CONSTU', last, -1, this.undo(last));
    if (min === 0) this.emit('JUMP', test);
    this.place(inside);
    this.sequence(body, again);
    if (count >= 0) this.emit('INCU', count, this.undo(count));
    if (min > 1) this.emit('LESS', count, min, inside);
    this.place(test);
    const entry = then(bodyFirst, again);
    if (node.mode === 'greedy') this.greedyTest(entry, next, { count, last, max, inside, end });
    else this.lazyTest(entry, next, { count, last, max, inside, end });
    this.place(end);
  }

  private greedyTest(entry: First, next: First, loop: LoopTest): void {
    const { count, last, max, inside, end } = loop;
    if (max >= 0) this.unlessLess(count, max, end);
    if (last >= 0) this.emit('SAME', last, end);
    this.peek(entry, end);
    if (!this.excludes(entry, next)) this.emit('CHOICE', end);
    if (last >= 0) this.emit('STOREU', last, this.undo(last));
    this.emit('JUMP', inside);
  }

  private unlessLess(r: number, n: number, to: Label): void {
    const go = this.label();
    this.emit('LESS', r, n, go);
    this.emit('JUMP', to);
    this.place(go);
  }

  private lazyTest(entry: First, next: First, loop: LoopTest): void {
    const { count, last, max, inside, end } = loop;
    const [more, fail] = [this.label(), this.label()];
    this.peek(next, more);
    if (!this.excludes(next, entry)) this.emit('CHOICE', more);
    this.emit('JUMP', end);
    this.place(fail);
    this.emit('FAIL');
    this.place(more);
    if (max >= 0) this.unlessLess(count, max, fail);
    if (last >= 0) {
      this.emit('SAME', last, fail);
      this.emit('STOREU', last, this.undo(last));
    }
    this.emit('JUMP', inside);
  }

  /** Saves the marks that the body may set, for backtracking past it: frames inside are cut off. */
  private keepMarks(body: Sequence): void {
    const marks = new Set<number>();
    visit(body, (node) => {
      if (node.op !== 'mark') return;
      if (!this.plain.has(node.index)) marks.add(node.index);
      if (this.lastGroup < 0) marks.add(2 * this.groups);
    });
    for (const r of marks) this.emit('KEEP', r, this.undo(r));
  }

  private possessive(body: Sequence, min: number, max: number): void {
    const [sp, start] = [this.registers++, this.registers++];
    const count = min > 0 || max >= 0 ? this.registers++ : -1;
    const [required, inside, end] = [this.label(), this.label(), this.label()];
    this.keepMarks(body);
    if (count >= 0) this.emit('CONST', count, 0);
    if (min > 0) {
      this.place(required);
      this.emit('SAVESP', sp);
      this.sequence(body, DONE);
      this.emit('CUT', sp);
      this.emit('INC', count);
      this.emit('LESS', count, min, required);
    }
    this.place(inside);
    if (max >= 0) this.unlessLess(count, max, end);
    this.emit('SAVESP', sp);
    this.emit('STORE', start);
    this.emit('CHOICE', end);
    this.sequence(body, DONE);
    this.emit('CUT', sp);
    if (count >= 0) this.emit('INC', count);
    this.emit('SAME', start, end);
    this.emit('JUMP', inside);
    this.place(end);
  }

  private atomic(body: Sequence): void {
    const sp = this.registers++;
    this.keepMarks(body);
    this.emit('SAVESP', sp);
    this.sequence(body, DONE);
    this.emit('CUT', sp);
  }

  private assertion(node: Node & { op: 'assert' }): void {
    const { body, back, negative } = node;
    const [sp, at] = [this.registers++, this.registers++];
    const [pass, fail] = [this.label(), this.label()];
    this.keepMarks(body);
    this.emit('SAVESP', sp);
    if (negative) this.emit('CHOICE', pass);
    else this.emit('STORE', at);
    if (back > 0) this.emit('BACK', back, fail);
    this.sequence(body, DONE);
    this.emit('CUT', sp);
    if (!negative) {
      this.emit('LOADP', at);
      if (back === 0) return;
      const go = this.label();
      this.emit('JUMP', go);
      this.place(fail);
      this.emit('FAIL');
      return this.place(go);
    }
    this.place(fail);
    this.emit('FAIL');
    this.place(pass);
  }

  private exists(node: Node & { op: 'exists' }, next: First): void {
    const [no, end] = [this.label(), this.label()];
    this.emit('UNSET', node.group, no);
    this.sequence(node.yes, next);
    this.emit('JUMP', end);
    this.place(no);
    this.sequence(node.no, next);
    this.place(end);
  }
}

interface LoopTest {
  readonly count: number;
  readonly last: number;
  readonly max: number;
  readonly inside: Label;
  readonly end: Label;
}

/** Compiles a tree; `narrow` for strings with characters below 256 only. */
export const compileTree = (tree: Sequence, groups: number, narrow: boolean): Program =>
  new Compiler(tree, groups, narrow).run();
