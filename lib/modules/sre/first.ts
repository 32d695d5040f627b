/**
 * What a pattern, or the rest of one, can start with. From this the compiler leaves out choices that cannot succeed: the search skips
 * ahead, alternatives are chosen by the next character, and a loop whose characters cannot start what follows need not give any back.
 * Every answer errs towards "can".
 */
import { type CharSet, simpleSet, WIDE_NONE } from './charset.js';
import * as K from './constants.js';
import type { Node, Sequence } from './tree.js';

/** Goes through without taking a character: not at all, always, or only where an assertion holds. */
export const THROUGH_NO = 0;
export const THROUGH = 1;
export const THROUGH_IF = 2;

export interface First {
  /** 1 for characters below 256 it may start with. */
  readonly low: Uint8Array;
  /** May it start with a character from 256 on? */
  readonly wide: boolean;
  readonly through: number;
  /** May it succeed at the end of the string? */
  readonly atEnd: boolean;
}

const NOTHING = new Uint8Array(256);
const EVERYTHING = new Uint8Array(256).fill(1);
const NEWLINE = new Uint8Array(256);
NEWLINE[10] = 1;

/** Success: nothing more has to match. */
export const DONE: First = { low: NOTHING, wide: false, through: THROUGH, atEnd: true };
const NEVER: First = { low: NOTHING, wide: false, through: THROUGH_NO, atEnd: false };
const GUARD: First = { low: NOTHING, wide: false, through: THROUGH_IF, atEnd: true };
const ANYTHING: First = { low: EVERYTHING, wide: true, through: THROUGH_IF, atEnd: true };
const AT_LINE_END: First = { low: NEWLINE, wide: false, through: THROUGH_NO, atEnd: true };
const AT_END: First = { low: NOTHING, wide: false, through: THROUGH_NO, atEnd: true };

function either(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a === b || b === NOTHING) return a;
  if (a === NOTHING) return b;
  const out = new Uint8Array(256);
  for (let i = 0; i < 256; i++) out[i] = a[i]! | b[i]!;
  return out;
}

/** a or b. */
export function union(a: First, b: First): First {
  const through = a.through === 0 ? b.through : b.through === 0 ? a.through : Math.min(a.through, b.through);
  return { low: either(a.low, b.low), wide: a.wide || b.wide, through, atEnd: a.atEnd || b.atEnd };
}

/** a, then b. */
export function then(a: First, b: First): First {
  const atEnd = a.atEnd && b.atEnd;
  if (a.through === THROUGH_NO) return a.atEnd === atEnd ? a : { ...a, atEnd };
  const through = b.through === 0 ? 0 : Math.max(a.through, b.through);
  return { low: either(a.low, b.low), wide: a.wide || b.wide, through, atEnd };
}

const sets = new WeakMap<CharSet, First>();

function ofSet(set: CharSet): First {
  let f = sets.get(set);
  if (f === undefined) {
    f = { low: set.low, wide: set.wide !== WIDE_NONE, through: THROUGH_NO, atEnd: false };
    sets.set(set, f);
  }
  return f;
}

function ofPosition(code: number): First {
  if (code === K.AT_END || code === K.AT_END_LINE) return AT_LINE_END;
  return code === K.AT_END_STRING ? AT_END : GUARD;
}

const optional = (f: First, min: number): First => (min > 0 ? f : union(f, DONE));

function compute(node: Node): First {
  switch (node.op) {
    case 'set':
      return ofSet(node.set);
    case 'at':
      return ofPosition(node.code);
    case 'mark':
      return DONE;
    case 'branch':
      return node.arms.map(ofSequence).reduce(union);
    case 'one':
      return node.max === 0 ? DONE : optional(ofSet(node.set), node.min);
    case 'repeat':
      return node.max === 0 ? DONE : optional(ofSequence(node.body), node.min);
    case 'assert':
      return GUARD;
    case 'atomic':
      return ofSequence(node.body);
    case 'ref':
      return ANYTHING;
    case 'exists':
      return union(ofSequence(node.yes), ofSequence(node.no));
    case 'fail':
      return NEVER;
  }
}

const known = new WeakMap<Node, First>();

export function ofNode(node: Node): First {
  let f = known.get(node);
  if (f === undefined) known.set(node, (f = compute(node)));
  return f;
}

export const ofSequence = (nodes: Sequence): First => nodes.reduceRight((next, node) => then(ofNode(node), next), DONE);

/** Is there no character that both may start with? `narrow`: the string has none from 256 on. */
export function disjoint(
  a: { low: Uint8Array; wide: boolean },
  b: { low: Uint8Array; wide: boolean },
  narrow: boolean,
): boolean {
  if (!narrow && a.wide && b.wide) return false;
  for (let i = 0; i < 256; i++) if ((a.low[i]! & b.low[i]!) !== 0) return false;
  return true;
}

/** Does it say anything about what comes next? If only that the string does not end there. */
export const isSelective = (f: First): boolean => f.through === THROUGH_NO;

const isBoundary = (node: Node | undefined): boolean =>
  node?.op === 'at' &&
  (node.code === K.AT_BOUNDARY || node.code === K.AT_LOC_BOUNDARY || node.code === K.AT_UNI_BOUNDARY);

/** Are all characters of the set word characters, by the rules of the boundary `node`? */
function allWord(set: CharSet, code: number, narrow: boolean): boolean {
  const word = simpleSet(K.OP.CATEGORY, code === K.AT_UNI_BOUNDARY ? 14 : 4);
  if (set === word) return true;
  if (!narrow && set.wide !== WIDE_NONE) return false;
  return set.low.every((x, i) => x === 0 || word.low[i] === 1);
}

/**
 * May a greedy loop over `set` keep all it took? Giving back makes the next character one of the set's: then nothing that follows may start
 * with one, or it is a word boundary after and before word characters.
 */
export function keepsAll(set: CharSet, min: number, rest: readonly Node[], next: First, narrow: boolean): boolean {
  if (next.through !== THROUGH_IF && disjoint(ofSet(set), next, narrow)) return true;
  const following = rest.find((n) => n.op !== 'mark');
  return min > 0 && isBoundary(following) && following?.op === 'at' && allWord(set, following.code, narrow);
}

const add = (a: number, b: number): number => Math.min(0x7fffffff, a + b);

/** Least number of characters a sequence takes. */
export const minWidth = (nodes: Sequence): number => nodes.reduce((n, node) => add(n, nodeWidth(node)), 0);

function nodeWidth(node: Node): number {
  switch (node.op) {
    case 'set':
      return 1;
    case 'one':
      return node.min;
    case 'repeat':
      return node.min === 0 ? 0 : Math.min(0x7fffffff, node.min * minWidth(node.body));
    case 'branch':
      return node.arms.reduce((n, arm) => Math.min(n, minWidth(arm)), 0x7fffffff);
    case 'atomic':
      return minWidth(node.body);
    case 'exists':
      return Math.min(minWidth(node.yes), minWidth(node.no));
    default:
      return 0;
  }
}
