/**
 * Sets of characters: what one step of a pattern accepts. A set is made from SRE code (LITERAL, IN, CATEGORY, ANY, with or without ignoring
 * case), has a table for the first 256 characters and answers for others through pages filled on demand. Equal code gives the same set.
 */
import { CATEGORIES, OP } from './constants.js';
import {
  asciiClassOf,
  asciiLower,
  asciiUpper,
  classOf,
  DIGIT,
  LINEBREAK,
  SPACE,
  unicodeLower,
  unicodeUpper,
  WORD,
} from './unicode.js';

/** What a set says of the characters from 256 on. */
export const WIDE_NONE = 0;
export const WIDE_ALL = 1;
export const WIDE_SOME = 2;

export interface CharSet {
  /** 1 for members among the first 256. */
  readonly low: Uint8Array;
  readonly wide: number;
  /** Is a character from 256 on a member? */
  has(c: number): boolean;
}

/** Raised while reading SRE code that no compiler makes. */
export class InvalidCode extends Error {}

const CLASS_ROWS: readonly (readonly [(c: number) => number, number])[] = [
  [asciiClassOf, DIGIT],
  [asciiClassOf, SPACE],
  [asciiClassOf, WORD],
  [asciiClassOf, LINEBREAK],
  [asciiClassOf, WORD],
  [classOf, DIGIT],
  [classOf, SPACE],
  [classOf, WORD],
  [classOf, LINEBREAK],
];

/** Is character c of category `code`? Odd codes negate the one before. */
export function inCategory(code: number, c: number): boolean {
  const [classes, bit] = CLASS_ROWS[code >> 1]!;
  return ((classes(c) & bit) !== 0) === ((code & 1) === 0);
}

type Code = ArrayLike<number>;

const bit = (code: Code, at: number, c: number): boolean => ((code[at + (c >>> 5)]! >>> (c & 31)) & 1) !== 0;

/** Byte i of words stored little endian. */
const byteOf = (code: Code, at: number, i: number): number => (code[at + (i >>> 2)]! >>> ((i & 3) << 3)) & 255;

/** Length of a set's item in words, from its opcode. */
function itemLength(code: Code, at: number): number {
  switch (code[at]) {
    case OP.FAILURE:
    case OP.NEGATE:
      return 1;
    case OP.LITERAL:
    case OP.CATEGORY:
      return 2;
    case OP.RANGE:
    case OP.RANGE_UNI_IGNORE:
      return 3;
    case OP.CHARSET:
      return 9;
    case OP.BIGCHARSET:
      return 2 + 64 + code[at + 1]! * 8;
    default:
      throw new InvalidCode();
  }
}

/** Is c accepted by the item at `at`? */
function itemHas(code: Code, at: number, c: number): boolean {
  const op = code[at];
  const a = code[at + 1]! >>> 0;
  if (op === OP.LITERAL) return a === c;
  if (op === OP.CATEGORY) return inCategory(a, c);
  if (op === OP.CHARSET) return c < 256 && bit(code, at + 1, c);
  if (op === OP.BIGCHARSET) return c < 65536 && bit(code, at + 66 + byteOf(code, at + 2, c >>> 8) * 8, c & 255);
  const b = code[at + 2]! >>> 0;
  if (a <= c && c <= b) return true;
  if (op !== OP.RANGE_UNI_IGNORE) return false;
  const upper = unicodeUpper(c);
  return a <= upper && upper <= b;
}

/** Is c in the set whose items start at `at`? The first item that accepts it decides; NEGATE turns the rest round. */
function setHas(code: Code, at: number, c: number): boolean {
  let ok = true;
  for (let i = at; code[i] !== OP.FAILURE; i += itemLength(code, i)) {
    if (code[i] === OP.NEGATE) ok = !ok;
    else if (itemHas(code, i, c)) return ok;
  }
  return !ok;
}

/** Checks the items from `at` to `end`, where FAILURE must stand last. */
function checkItems(code: Code, at: number, end: number): void {
  let i = at;
  while (i < end && code[i] !== OP.FAILURE) {
    if (code[i] === OP.CATEGORY && code[i + 1]! >= CATEGORIES) throw new InvalidCode();
    if (code[i] === OP.BIGCHARSET && code[i + 1]! >>> 0 > 256) throw new InvalidCode();
    i += itemLength(code, i);
  }
  if (i !== end - 1 || code[i] !== OP.FAILURE) throw new InvalidCode();
}

/** What the items say of wide characters, where the code alone tells. */
function wideOf(code: Code, at: number): number {
  let negated = false;
  for (let i = at; code[i] !== OP.FAILURE; i += itemLength(code, i)) {
    const op = code[i];
    const a = code[i + 1]!;
    if (op === OP.NEGATE) negated = !negated;
    else if (op === OP.CHARSET || (op === OP.LITERAL && a >>> 0 < 256) || (op === OP.RANGE && code[i + 2]! >>> 0 < 256))
      continue;
    else if (op !== OP.CATEGORY || a >= 10) return WIDE_SOME;
    else if ((a & 1) === 1) return negated ? WIDE_NONE : WIDE_ALL;
  }
  return negated ? WIDE_ALL : WIDE_NONE;
}

type Test = (c: number) => boolean;

class PagedSet implements CharSet {
  readonly low: Uint8Array;
  private readonly pages: (Uint8Array | undefined)[] = [];
  constructor(
    private readonly test: Test,
    readonly wide: number,
  ) {
    this.low = this.page(0);
  }

  private page(number: number): Uint8Array {
    const page = new Uint8Array(256);
    for (let i = 0; i < 256; i++) page[i] = this.test((number << 8) | i) ? 1 : 0;
    this.pages[number] = page;
    return page;
  }

  has(c: number): boolean {
    if (this.wide !== WIDE_SOME) return this.wide === WIDE_ALL;
    return (this.pages[c >>> 8] ?? this.page(c >>> 8))[c & 255] === 1;
  }
}

/** Sets by the code they were made from; a program that makes sets without end starts over. */
const known = new Map<string, CharSet>();
const KNOWN_LIMIT = 2000;

function shared(key: string, make: () => CharSet): CharSet {
  let set = known.get(key);
  if (set === undefined) {
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(key, (set = make()));
  }
  return set;
}

const literal = (c: number): CharSet =>
  shared(`=${c}`, () => new PagedSet((x) => x === c, c < 256 ? WIDE_NONE : WIDE_SOME));

/** Locale rules are those of the C locale: letters beyond ASCII have no case. */
const foldsTo =
  (target: number, lower: (c: number) => number): Test =>
  (x) =>
    lower(x) === target;
const localeFoldsTo =
  (target: number): Test =>
  (x) =>
    x === target || asciiLower(x) === target || asciiUpper(x) === target;

function negate(set: CharSet): CharSet {
  const wide = set.wide === WIDE_SOME ? WIDE_SOME : set.wide === WIDE_ALL ? WIDE_NONE : WIDE_ALL;
  return new PagedSet((c) => !(c < 256 ? set.low[c] === 1 : set.has(c)), wide);
}

function literalSet(op: number, c: number): CharSet {
  switch (op) {
    case OP.LITERAL:
      return literal(c);
    case OP.NOT_LITERAL:
      return shared(`!${c}`, () => negate(literal(c)));
    case OP.LITERAL_IGNORE:
    case OP.NOT_LITERAL_IGNORE:
      return foldedLiteral(
        op,
        c,
        foldsTo(c, asciiLower),
        op === OP.NOT_LITERAL_IGNORE,
        c < 256 ? WIDE_NONE : WIDE_SOME,
      );
    case OP.LITERAL_UNI_IGNORE:
    case OP.NOT_LITERAL_UNI_IGNORE:
      return foldedLiteral(op, c, foldsTo(c, unicodeLower), op === OP.NOT_LITERAL_UNI_IGNORE, WIDE_SOME);
    default:
      return foldedLiteral(op, c, localeFoldsTo(c), op === OP.NOT_LITERAL_LOC_IGNORE, WIDE_SOME);
  }
}

const foldedLiteral = (op: number, c: number, test: Test, negated: boolean, wide: number): CharSet =>
  shared(`${op}:${c}`, () => (negated ? negate(new PagedSet(test, wide)) : new PagedSet(test, wide)));

function inTest(op: number, code: Code): Test {
  if (op === OP.IN) return (c) => setHas(code, 0, c);
  if (op === OP.IN_IGNORE) return (c) => setHas(code, 0, asciiLower(c));
  if (op === OP.IN_UNI_IGNORE) return (c) => setHas(code, 0, unicodeLower(c));
  return (c) => setHas(code, 0, asciiLower(c)) || (asciiUpper(c) !== c && setHas(code, 0, asciiUpper(c)));
}

/** A set from the items [at, end) of an IN of kind `op`. */
export function itemsSet(op: number, code: Code, at: number, end: number): CharSet {
  checkItems(code, at, end);
  const items = Int32Array.from({ length: end - at }, (_, i) => code[at + i]! | 0);
  return shared(`${op}:${items.join()}`, () => {
    const wide = op === OP.IN_UNI_IGNORE ? WIDE_SOME : wideOf(items, 0);
    return new PagedSet(inTest(op, items), wide);
  });
}

const ANY = (): CharSet => shared('any', () => new PagedSet((c) => c !== 10, WIDE_ALL));
const ANY_ALL = (): CharSet => shared('all', () => new PagedSet(() => true, WIDE_ALL));

/** The set of a one-character instruction other than IN: ANY, ANY_ALL, CATEGORY, LITERAL and its variants. */
export function simpleSet(op: number, operand: number): CharSet {
  if (op === OP.ANY) return ANY();
  if (op === OP.ANY_ALL) return ANY_ALL();
  if (op !== OP.CATEGORY) return literalSet(op, operand >>> 0);
  if (operand >>> 0 >= CATEGORIES) throw new InvalidCode();
  return itemsSet(OP.IN, [OP.CATEGORY, operand, OP.FAILURE], 0, 3);
}

const members = (low: Uint8Array): number => low.reduce((n, x) => n + x, 0);

/** The one character of a set that is a single literal; -1 otherwise. */
export function onlyMember(set: CharSet): number {
  return set.wide === WIDE_NONE && members(set.low) === 1 ? set.low.indexOf(1) : -1;
}
