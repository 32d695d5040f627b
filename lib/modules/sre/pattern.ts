/** re.Pattern: matching, searching, splitting, substituting (https://docs.python.org/3.14/library/re.html#regular-expression-objects). */
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { equals, hash, hashKey, repr } from '../../objects/abstract.js';
import { bytesHash, compareBytes, bytesView } from '../../objects/bytes.js';
import { defineType, readOnly } from '../../objects/define.js';
import { newMappingProxy } from '../../objects/dict-type.js';
import { raise } from '../../objects/exceptions.js';
import { intFromNumber, intToInt32, intToNumber } from '../../objects/int.js';
import { newListFromArray } from '../../objects/list.js';
import { CMP_EQ, CMP_NE } from '../../objects/slots.js';
import { fromJS, toJS } from '../../objects/strings.js';
import { tupleFromArray } from '../../objects/tuple.js';
import * as T from '../../objects/type-ids.js';
import { sizeArgument } from '../arguments.js';
import * as K from './constants.js';
import {
  type Compiled,
  compiledOf,
  patternCode,
  patternFlags,
  patternGroupIndex,
  patternGroups,
  patternKind,
  patternText,
  run,
} from './engine.js';
import { IntList } from './int-list.js';
import { FAILED, FULL, machine, SEARCH } from './machine.js';
import { cutRepr, newMatch } from './match.js';
import { newScanner } from './scanner.js';
import { clip, newSubject, readFor, type Subject, sliceOf } from './subject.js';
import { substitute } from './substitute.js';

const I32 = i32;

/** The text and the range of a method call. Not read after Python code may have run: one for the isolate does. */
const subject = newSubject();
const range = { pos: 0, endpos: 0 };

/** Reads text, pos and endpos (0: missing) from three words; false with the exception set. */
export function readRange(s: Subject, pattern: number, args: number): boolean {
  const pos = I32[args + 1]! === 0 ? 0 : sizeArgument(I32[args + 1]!);
  const endpos = I32[args + 2]! === 0 ? Number.POSITIVE_INFINITY : sizeArgument(I32[args + 2]!);
  if (Number.isNaN(pos) || Number.isNaN(endpos) || !readFor(s, pattern, I32[args]!)) return false;
  range.pos = clip(pos, s.length);
  range.endpos = clip(endpos, s.length);
  return true;
}

export { range };

const matcher =
  (mode: number) =>
  (args: number): number => {
    const pattern = I32[args]!;
    if (!readRange(subject, pattern, args + 1)) return 0;
    const slot = root(subject.holder);
    const compiled = compiledOf(pattern);
    const { pos, endpos } = range;
    const { handle, shift } = subject;
    const end = run(compiled, shift, subject.base, pos, endpos, mode, -1);
    unroot(slot);
    if (end < 0) return end === FAILED ? 0 : H.NONE;
    return newMatch(pattern, compiled, handle, shift, pos, endpos, end);
  };

/**
 * Positions of all matches, `limit` at most (0: no limit): start and end of the match, then of each group (-1: not matched). Undefined with the
 * exception set. No handle is made while it runs, as a long run has safepoints.
 */
function findSpans(compiled: Compiled, s: Subject, from: number, end: number, limit: number): IntList | undefined {
  const out = new IntList();
  const { groups } = compiled;
  let advance = -1;
  for (let p = from, n = 0; limit === 0 || n < limit; n++) {
    const stop = run(compiled, s.shift, s.base, p, end, SEARCH, advance);
    if (stop < 0) {
      if (stop === FAILED) return undefined;
      break;
    }
    const start = machine.start;
    out.push2(start, stop);
    if (groups > 0) pushGroups(groups, out);
    advance = stop === start ? stop : -1;
    p = stop;
  }
  return out;
}

function pushGroups(groups: number, out: IntList): void {
  const R = machine.registers;
  for (let i = 0; i < 2 * groups; i += 2) {
    const set = R[i]! >= 0 && R[i + 1]! >= R[i]!;
    out.push2(set ? R[i]! : -1, set ? R[i + 1]! : -1);
  }
}

/** As findSpans, for a method's subject; it is rooted meanwhile. */
function spansOf(pattern: number, s: Subject, from: number, end: number, limit: number): IntList | undefined {
  const slot = root(s.holder);
  const spans = findSpans(compiledOf(pattern), s, from, end, limit);
  unroot(slot);
  return spans;
}

function findall(args: number): number {
  const pattern = I32[args]!;
  const s = newSubject();
  if (!readRange(s, pattern, args + 1)) return 0;
  const list = spansOf(pattern, s, range.pos, range.endpos, 0);
  if (list === undefined) return 0;
  const spans = list.data;
  const groups = patternGroups(pattern);
  const step = 2 + 2 * groups;
  const found: number[] = new Array(list.length / step);
  for (let i = 0, at = 0; at < list.length; i++, at += step) {
    found[i] =
      groups === 0
        ? sliceOf(s.handle, spans[at]!, spans[at + 1]!)
        : groups === 1
          ? part(s.handle, spans, at + 2)
          : tupleFromArray(Array.from({ length: groups }, (_, g) => part(s.handle, spans, at + 2 + 2 * g)));
  }
  return newListFromArray(found);
}

/** The text of a group, empty when it was not matched. */
const part = (h: number, spans: Int32Array, at: number): number =>
  spans[at]! < 0 ? sliceOf(h, 0, 0) : sliceOf(h, spans[at]!, spans[at + 1]!);

function split(args: number): number {
  const pattern = I32[args]!;
  const limit = I32[args + 2]! === 0 ? 0 : sizeArgument(I32[args + 2]!);
  const s = newSubject();
  if (Number.isNaN(limit) || !readFor(s, pattern, I32[args + 1]!)) return 0;
  const list = limit < 0 ? new IntList() : spansOf(pattern, s, 0, s.length, limit);
  if (list === undefined) return 0;
  const spans = list.data;
  const groups = patternGroups(pattern);
  const out: number[] = [];
  let last = 0;
  for (let at = 0; at < list.length; at += 2 + 2 * groups) {
    out.push(sliceOf(s.handle, last, spans[at]!));
    for (let g = at + 2; g < at + 2 + 2 * groups; g += 2)
      out.push(spans[g]! < 0 ? H.NONE : sliceOf(s.handle, spans[g]!, spans[g + 1]!));
    last = spans[at + 1]!;
  }
  out.push(sliceOf(s.handle, last, s.length));
  return newListFromArray(out);
}

const substituter =
  (counted: boolean) =>
  (args: number): number => {
    const count = I32[args + 3]! === 0 ? 0 : sizeArgument(I32[args + 3]!);
    if (Number.isNaN(count)) return 0;
    return substitute(I32[args]!, I32[args + 1]!, I32[args + 2]!, count, counted, spansOf);
  };

const FLAG_NAMES: readonly (readonly [string, number])[] = [
  ['re.IGNORECASE', K.FLAG_IGNORECASE],
  ['re.LOCALE', K.FLAG_LOCALE],
  ['re.MULTILINE', 8],
  ['re.DOTALL', 16],
  ['re.VERBOSE', 64],
  ['re.DEBUG', K.FLAG_DEBUG],
  ['re.ASCII', K.FLAG_ASCII],
];

function reprPattern(p: number): number {
  const text = repr(patternText(p));
  if (text === 0) return 0;
  let flags = intToInt32(patternFlags(p));
  // UNICODE goes without saying for str patterns.
  const unicode = K.FLAG_LOCALE | K.FLAG_UNICODE | K.FLAG_ASCII;
  if (patternKind(p) === 0 && (flags & unicode) === K.FLAG_UNICODE) flags &= ~K.FLAG_UNICODE;
  const names: string[] = [];
  for (const [name, bit] of FLAG_NAMES) {
    if ((flags & bit) === 0) continue;
    names.push(name);
    flags &= ~bit;
  }
  if (flags !== 0) names.push(`0x${(flags >>> 0).toString(16)}`);
  const shown = cutRepr(toJS(text), 200);
  return fromJS(names.length === 0 ? `re.compile(${shown})` : `re.compile(${shown}, ${names.join('|')})`);
}

const isPattern = (h: number): boolean => (h & 7) === 0 && I32[(h >>> 2) + 2] === T.typeHandle(T.T_SRE_PATTERN);

/** 1, 0, -1 with the exception set. */
function samePattern(a: number, b: number): number {
  if (a === b) return 1;
  if (intToNumber(patternFlags(a)) !== intToNumber(patternFlags(b)) || patternKind(a) !== patternKind(b)) return 0;
  if (patternGroups(a) !== patternGroups(b)) return 0;
  if (compareBytes(bytesView(patternCode(a)), bytesView(patternCode(b))) !== 0) return 0;
  return equals(patternText(a), patternText(b));
}

function compare(a: number, b: number, op: number): number {
  if ((op !== CMP_EQ && op !== CMP_NE) || !isPattern(b)) return H.NOT_IMPLEMENTED;
  const r = samePattern(a, b);
  return r < 0 ? 0 : H.fromBool((r === 1) === (op === CMP_EQ));
}

function hashPattern(p: number): number {
  if (hash(patternText(p)) === 0) return 0;
  const h = hashKey(patternText(p)) ^ bytesHash(patternCode(p)) ^ intToInt32(patternFlags(p)) ^ patternKind(p);
  return intFromNumber(h);
}

const same = (args: number): number => I32[args]!;
const RANGE_ARGUMENTS = '(string, pos=0, endpos=0)';

defineType({
  id: T.T_SRE_PATTERN,
  name: 'Pattern',
  weakrefs: true,
  module: 're',
  kind: L.KIND_RECORD,
  final: true,
  doc: 'Compiled regular expression object.',
  methods: [
    ['match', matcher(0), RANGE_ARGUMENTS],
    ['fullmatch', matcher(FULL), RANGE_ARGUMENTS],
    ['search', matcher(SEARCH), RANGE_ARGUMENTS],
    ['findall', findall, RANGE_ARGUMENTS],
    ['finditer', (args) => newScanner(T.T_SRE_FINDITER, args), RANGE_ARGUMENTS],
    ['scanner', (args) => newScanner(T.T_SRE_SCANNER, args), RANGE_ARGUMENTS],
    ['split', split, '(string, maxsplit=0)'],
    ['sub', substituter(false), '(repl, string, count=0)'],
    ['subn', substituter(true), '(repl, string, count=0)'],
    ['__copy__', same, [0, 0]],
    ['__deepcopy__', same, [1, 1]],
  ],
  generic: true,
  getset: [
    readOnly('pattern', patternText),
    readOnly('flags', patternFlags),
    readOnly('groups', (p) => H.small(patternGroups(p))),
    { name: 'groupindex', get: (p) => newMappingProxy(patternGroupIndex(p)) },
  ],
  slots: {
    create: () => raise('TypeError', "cannot create 're.Pattern' instances"),
    repr: reprPattern,
    hash: hashPattern,
    compare,
  },
});
