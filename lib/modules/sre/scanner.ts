/** Scanners: Pattern.scanner, and the iterator of Pattern.finditer. A RECORD of pattern and text; raw words: next start, whether an empty match there counts, pos, endpos. */
import { newObject } from '../../heap/alloc.js';
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { defineType, readOnly } from '../../objects/define.js';
import { pendingException, raise } from '../../objects/exceptions.js';
import * as T from '../../objects/type-ids.js';
import { compiledOf, run } from './engine.js';
import { FAILED, machine, SEARCH } from './machine.js';
import { newMatch } from './match.js';
import { range, readRange } from './pattern.js';
import { newSubject, readSubject } from './subject.js';

const I32 = i32;

const ITEM_PATTERN = L.RECORD_ITEMS;
const ITEM_STRING = L.RECORD_ITEMS + 1;
const WORD_POS = L.RECORD_ITEMS + 2;
const WORD_ENDPOS = L.RECORD_ITEMS + 3;
/** Raw word 0: where the next match may start, -1 at the end. Raw word 1: position where an empty match does not count, or -1. */
const WORD_NEXT = L.RECORD_RAW_0;
const WORD_ADVANCE = L.RECORD_RAW_1;

const subject = newSubject();

/** A scanner of built-in type `id` for the arguments of Pattern.scanner or finditer. */
export function newScanner(id: number, args: number): number {
  if (!readRange(subject, I32[args]!, args + 1)) return 0;
  const s = newObject(L.KIND_RECORD, (WORD_ENDPOS + 1) * 4, T.typeHandle(id));
  const w = s >>> 2;
  I32[w + L.RECORD_COUNT] = 2;
  I32[w + ITEM_PATTERN] = I32[args]!;
  I32[w + ITEM_STRING] = I32[args + 1]!;
  I32[w + WORD_POS] = range.pos;
  I32[w + WORD_ENDPOS] = range.endpos;
  I32[w + WORD_NEXT] = range.pos;
  I32[w + WORD_ADVANCE] = -1;
  return s;
}

/** Next Match; 0 at the end, or with the exception set. */
function advance(s: number, mode: number): number {
  const w = s >>> 2;
  const p = I32[w + WORD_NEXT]!;
  if (p < 0 || !readSubject(subject, I32[w + ITEM_STRING]!)) return 0;
  const pattern = I32[w + ITEM_PATTERN]!;
  const compiled = compiledOf(pattern);
  const { base, shift } = subject;
  const endpos = Math.min(I32[w + WORD_ENDPOS]!, subject.length);
  const slot = root(subject.holder);
  const end = run(compiled, shift, base, p, endpos, mode, I32[w + WORD_ADVANCE]!);
  unroot(slot);
  if (end < 0) {
    if (end !== FAILED) I32[w + WORD_NEXT] = -1;
    return 0;
  }
  I32[w + WORD_ADVANCE] = end === machine.start ? end : -1;
  I32[w + WORD_NEXT] = end;
  return newMatch(pattern, compiled, I32[w + ITEM_STRING]!, shift, I32[w + WORD_POS]!, I32[w + WORD_ENDPOS]!, end);
}

const scan =
  (mode: number) =>
  (args: number): number => {
    const m = advance(I32[args]!, mode);
    return m !== 0 || pendingException() !== 0 ? m : H.NONE;
  };

defineType({
  id: T.T_SRE_SCANNER,
  name: 'SRE_Scanner',
  module: '_sre',
  kind: L.KIND_RECORD,
  final: true,
  methods: [
    ['match', scan(0), [0, 0]],
    ['search', scan(SEARCH), [0, 0]],
  ],
  getset: [readOnly('pattern', (s) => I32[(s >>> 2) + ITEM_PATTERN]!)],
  slots: { create: () => raise('TypeError', "cannot create '_sre.SRE_Scanner' instances") },
});

defineType({
  id: T.T_SRE_FINDITER,
  name: 'callable_iterator',
  kind: L.KIND_RECORD,
  final: true,
  slots: {
    create: () => raise('TypeError', "cannot create 'callable_iterator' instances"),
    iter: (s) => s,
    next: (s) => advance(s, SEARCH),
  },
});
