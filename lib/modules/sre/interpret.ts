/** Runs a program step by step: for patterns used little, for large ones, and where making code from strings is forbidden. */
import { classOf, asciiClassOf, asciiLower, unicodeLower, WORD } from './unicode.js';
import type { CharSet } from './charset.js';
import * as K from './constants.js';
import type { First } from './first.js';
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
  TOO_LONG,
  VIEWS,
} from './machine.js';
import { ANCHOR_LINE, ANCHOR_NONE, ANCHOR_START, I, type Program, START } from './program.js';

type View = ArrayLike<number>;

const has = (set: CharSet, c: number): boolean => (c < 256 ? set.low[c] === 1 : set.has(c));
const may = (f: First, c: number): boolean => (c < 256 ? f.low[c] === 1 : f.wide);

const isWordAt = (view: View, i: number, classes: (c: number) => number): boolean => (classes(view[i]!) & WORD) !== 0;

function atBoundary(view: View, base: number, p: number, end: number, classes: (c: number) => number): boolean {
  const before = p > 0 && isWordAt(view, base + p - 1, classes);
  return before !== (p < end && isWordAt(view, base + p, classes));
}

/** Does the position fulfil an AT? */
export function isAt(code: number, view: View, base: number, p: number, end: number): boolean {
  switch (code) {
    case K.AT_BEGINNING:
    case K.AT_BEGINNING_STRING:
      return p === 0;
    case K.AT_BEGINNING_LINE:
      return p === 0 || view[base + p - 1] === 10;
    case K.AT_END:
      return p === end || (p + 1 === end && view[base + p] === 10);
    case K.AT_END_LINE:
      return p === end || view[base + p] === 10;
    case K.AT_END_STRING:
      return p === end;
    case K.AT_BOUNDARY:
    case K.AT_LOC_BOUNDARY:
      return atBoundary(view, base, p, end, asciiClassOf);
    case K.AT_NON_BOUNDARY:
    case K.AT_LOC_NON_BOUNDARY:
      return !atBoundary(view, base, p, end, asciiClassOf);
    default:
      return atBoundary(view, base, p, end, classOf) === (code === K.AT_UNI_BOUNDARY);
  }
}

const LOWER = [(c: number) => c, asciiLower, unicodeLower];

/** Where the text from p ends that equals the text [from, to); -1 when it does not. */
export function sameText(
  view: View,
  base: number,
  p: number,
  end: number,
  from: number,
  to: number,
  fold: number,
): number {
  if (from < 0 || to < from || to - from > Math.max(0, end - p)) return -1;
  const lower = LOWER[fold]!;
  for (let i = from; i < to; i++, p++) {
    const a = view[base + i]!;
    const b = view[base + p]!;
    if (a !== b && (fold === 0 || lower(a) !== lower(b))) return -1;
  }
  return p;
}

/** How far characters of the set go from p, at most `max` (-1: any number). */
function span(set: CharSet, view: View, at: number, p: number, end: number, max: number): number {
  const stop = max < 0 || max > end - p ? end : p + max;
  while (p < stop && has(set, view[at + p]!)) p++;
  return p;
}

/** One more character of the set for a lazy loop, or so many that f may follow; -1 when there are none up to `most`. */
function takeMore(
  set: CharSet,
  f: First | undefined,
  view: View,
  base: number,
  p: number,
  most: number,
  end: number,
): number {
  do {
    if (p >= most || !has(set, view[base + p]!)) return -1;
    p++;
  } while (f !== undefined && !(p < end ? may(f, view[base + p]!) : f.atEnd));
  return p;
}

/** Next position not before p where a match may start; more than `last` when there is none. */
export function nextStart(program: Program, view: View, base: number, p: number, last: number): number {
  if (program.anchor === ANCHOR_START) return p === 0 ? p : last + 1;
  if (program.anchor === ANCHOR_LINE) {
    while (p <= last && p > 0 && view[base + p - 1] !== 10) p++;
    return p;
  }
  const scan = program.scan;
  if (scan !== undefined) while (p <= last && !may(scan, view[base + p]!)) p++;
  return p;
}

/** Steps that interpreted runs of this isolate have taken, for deciding what is worth compiling. */
export const work = { steps: 0 };

/** The run function of a program for strings of 2^shift bytes a character. Unless it is patient, long runs end with TOO_LONG. */
export function interpreter(program: Program, shift: number, patient: boolean): Run {
  const { words, sets, firsts } = program;
  const view: View = VIEWS[shift]!;
  const skips = program.anchor !== ANCHOR_NONE || program.scan !== undefined;
  needRegisters(program.registers);
  return (base, from, end, mode, advance) => {
    const R = machine.registers;
    R.fill(-1, 0, program.registers);
    let stack: Int32Array = machine.stack;
    let limit = stack.length - STACK_MARGIN;
    let sp = 0;
    let fuel = FUEL;
    let steps = 0;
    const last = end - program.minWidth;
    let start = from;
    let p = from;
    let pc = 0;
    if ((mode & SEARCH) !== 0 && skips) p = start = nextStart(program, view, base, p, last);
    // CPython matches the empty pattern at a start beyond the end.
    if (start > last && ((mode & SEARCH) !== 0 || program.minWidth > 0)) return NO_MATCH;
    stack[0] = start;
    stack[1] = I.NEXT;
    sp = 2;
    pc = START;
    for (;;) {
      steps++;
      let to = -1;
      switch (words[pc]) {
        case I.NEXT:
          if ((mode & SEARCH) === 0) {
            work.steps += steps;
            return NO_MATCH;
          }
          start++;
          if (skips) start = nextStart(program, view, base, start, last);
          if (start > last) {
            work.steps += steps;
            return NO_MATCH;
          }
          p = start;
          stack[0] = p;
          stack[1] = I.NEXT;
          sp = 2;
          to = START;
          break;
        case I.FAIL:
          break;
        case I.SUCCESS:
          if (((mode & FULL) !== 0 && p !== end) || p === advance) break;
          machine.start = start;
          work.steps += steps;
          return p;
        case I.CHAR:
          if (p < end && view[base + p] === words[pc + 1]) {
            p++;
            to = pc + 2;
          }
          break;
        case I.SET:
          if (p < end && has(sets[words[pc + 1]!]!, view[base + p]!)) {
            p++;
            to = pc + 2;
          }
          break;
        case I.AT:
          if (isAt(words[pc + 1]!, view, base, p, end)) to = pc + 2;
          break;
        case I.STOREU:
          stack[sp++] = R[words[pc + 1]!]!;
          stack[sp++] = words[pc + 2]!;
          R[words[pc + 1]!] = p;
          to = pc + 3;
          break;
        case I.STORE:
          R[words[pc + 1]!] = p;
          to = pc + 2;
          break;
        case I.CONSTU:
          stack[sp++] = R[words[pc + 1]!]!;
          stack[sp++] = words[pc + 3]!;
          R[words[pc + 1]!] = words[pc + 2]!;
          to = pc + 4;
          break;
        case I.CONST:
          R[words[pc + 1]!] = words[pc + 2]!;
          to = pc + 3;
          break;
        case I.INCU:
          stack[sp++] = R[words[pc + 1]!]!;
          stack[sp++] = words[pc + 2]!;
          R[words[pc + 1]!]!++;
          to = pc + 3;
          break;
        case I.INC:
          R[words[pc + 1]!]!++;
          to = pc + 2;
          break;
        case I.KEEP:
          stack[sp++] = R[words[pc + 1]!]!;
          stack[sp++] = words[pc + 2]!;
          to = pc + 3;
          break;
        case I.UNDO:
          R[words[pc + 1]!] = p;
          break;
        case I.CHOICE:
          stack[sp++] = p;
          stack[sp++] = words[pc + 1]!;
          to = pc + 2;
          break;
        case I.JUMP:
          to = words[pc + 1]!;
          break;
        case I.PEEK: {
          const f = firsts[words[pc + 1]!]!;
          to = (p < end ? may(f, view[base + p]!) : f.atEnd) ? pc + 3 : words[pc + 2]!;
          break;
        }
        case I.LESS:
          to = R[words[pc + 1]!]! < words[pc + 2]! ? words[pc + 3]! : pc + 4;
          break;
        case I.SAME:
          to = R[words[pc + 1]!] === p ? words[pc + 2]! : pc + 3;
          break;
        case I.SAVESP:
          R[words[pc + 1]!] = sp;
          to = pc + 2;
          break;
        case I.CUT:
          sp = R[words[pc + 1]!]!;
          to = pc + 2;
          break;
        case I.LOADP:
          p = R[words[pc + 1]!]!;
          to = pc + 2;
          break;
        case I.BACK:
          if (p < words[pc + 1]!) to = words[pc + 2]!;
          else {
            p -= words[pc + 1]!;
            to = pc + 3;
          }
          break;
        case I.ONEALL: {
          const q = span(sets[words[pc + 1]!]!, view, base, p, end, words[pc + 3]!);
          if (q - p < words[pc + 2]! || p > end) break;
          p = q;
          to = pc + 4;
          break;
        }
        case I.ONE: {
          const q = span(sets[words[pc + 1]!]!, view, base, p, end, words[pc + 3]!);
          const least = p + words[pc + 2]!;
          if (q < least || p > end) break;
          p = q;
          to = pc + 8;
          if (q === least) break;
          stack[sp++] = least;
          stack[sp++] = q;
          stack[sp++] = pc + 5;
          break;
        }
        case I.RESUME: {
          const least = stack[sp - 1]!;
          const f = words[pc + 2]!;
          do p--;
          while (p > least && f >= 0 && !may(firsts[f]!, view[base + p]!));
          if (p === least) sp--;
          else {
            stack[sp++] = p;
            stack[sp++] = pc;
          }
          to = pc + 3;
          break;
        }
        case I.LAZY: {
          const min = words[pc + 2]!;
          const q = min === 0 ? p : span(sets[words[pc + 1]!]!, view, base, p, end, min);
          if (q - p < min || p > end) break;
          const max = words[pc + 3]!;
          // The furthest it may get, if the characters allow.
          stack[sp++] = max < 0 || max > end - p ? end : p + max;
          stack[sp++] = q;
          stack[sp++] = pc + 5;
          p = q;
          to = pc + 8;
          break;
        }
        case I.RESUMELAZY: {
          const f = words[pc + 2]!;
          p = takeMore(sets[words[pc + 1]!]!, firsts[f], view, base, p, stack[sp - 1]!, end);
          if (p < 0) sp--;
          else {
            stack[sp++] = p;
            stack[sp++] = pc;
            to = pc + 3;
          }
          break;
        }
        case I.REF: {
          const g = words[pc + 1]! * 2;
          const q = sameText(view, base, p, end, R[g]!, R[g + 1]!, words[pc + 2]!);
          if (q < 0) break;
          p = q;
          to = pc + 3;
          break;
        }
        case I.UNSET: {
          const g = words[pc + 1]! * 2;
          to = R[g]! < 0 || R[g + 1]! < R[g]! ? words[pc + 2]! : pc + 3;
          break;
        }
        default:
          throw new Error(`no instruction ${words[pc]}`);
      }
      if (sp > limit) {
        stack = machine.grow();
        limit = stack.length - STACK_MARGIN;
      }
      if (to >= 0) {
        pc = to;
        continue;
      }
      pc = stack[--sp]!;
      p = stack[--sp]!;
      if (--fuel < 0) {
        if (!patient) return TOO_LONG;
        if (!machine.poll()) return FAILED;
        fuel = FUEL;
      }
    }
  };
}
