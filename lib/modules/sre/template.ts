/** Compiled replacement templates: a RECORD of a first literal, then pairs of a group's number and the literal behind it. */
import { newObject } from '../../heap/alloc.js';
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { call2, getAttr, hasIndex, indexNumber } from '../../objects/abstract.js';
import { defineType } from '../../objects/define.js';
import { raise } from '../../objects/exceptions.js';
import { listSnapshot } from '../../objects/list.js';
import { isKind } from '../../objects/object.js';
import { intern } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import { currentEnvironment } from '../frames.js';
import { importModule } from '../import.js';
import { patternKind } from './engine.js';
import { Builder } from './builder.js';

const I32 = i32;

/** `_sre.template(pattern, [literal, group, literal, ...])`. */
export function newTemplate(pattern: number, list: number): number {
  const given = isKind(list, L.KIND_LIST) ? listSnapshot(list) : undefined;
  if (given === undefined || (given.length & 1) === 0) return raise('TypeError', 'invalid template');
  for (let i = 1; i < given.length; i += 2) {
    const group = hasIndex(given[i]!) ? indexNumber(given[i]!) : Number.NaN;
    if (!(group >= 0)) return raise('TypeError', 'invalid template');
  }
  const t = newObject(L.KIND_RECORD, (L.RECORD_ITEMS + given.length) * 4, T.typeHandle(T.T_SRE_TEMPLATE));
  const w = t >>> 2;
  I32[w + L.RECORD_COUNT] = given.length;
  I32[w + L.RECORD_RAW_0] = patternKind(pattern);
  for (let i = 0; i < given.length; i++) I32[w + L.RECORD_ITEMS + i] = given[i]!;
  return t;
}

const itemOf = (t: number, i: number): number => I32[(t >>> 2) + L.RECORD_ITEMS + i]!;
const countOf = (t: number): number => I32[(t >>> 2) + L.RECORD_COUNT]!;

/** The one literal of a template without groups; 0 when it has some. */
export const templateLiteral = (t: number): number => (countOf(t) === 1 ? itemOf(t, 0) : 0);

/** Parts of the replacement, pushed to `out`; groups that were not matched leave nothing. */
export function templateParts(t: number, textOf: (group: number) => number, out: number[]): void {
  const n = countOf(t);
  out.push(itemOf(t, 0));
  for (let i = 1; i < n; i += 2) {
    const text = textOf(H.smallValue(itemOf(t, i)));
    if (text !== 0) out.push(text);
    out.push(itemOf(t, i + 1));
  }
}

/** The replacement text for one match. */
export function expandTemplate(t: number, textOf: (group: number) => number): number {
  const literal = templateLiteral(t);
  if (literal !== 0) return literal;
  const parts: number[] = [];
  templateParts(t, textOf, parts);
  const out = new Builder(0, I32[(t >>> 2) + L.RECORD_RAW_0]! === 1);
  for (const part of parts) out.text(part);
  return out.finish();
}

/** The Template of a replacement by the library's parser; 0 with the exception set. */
export function compileTemplate(pattern: number, replacement: number): number {
  const re = importModule(currentEnvironment(), 're');
  const slot = re === 0 ? 0 : root(re);
  const f = re === 0 ? 0 : getAttr(re, intern('_compile_template'));
  const t = f === 0 ? 0 : call2(f, pattern, replacement);
  if (re !== 0) unroot(slot);
  if (t === 0 || isTemplate(t)) return t;
  return raise('TypeError', 'the result of compiling a replacement string is not a template');
}

const isTemplate = (h: number): boolean => (h & 7) === 0 && I32[(h >>> 2) + 2] === T.typeHandle(T.T_SRE_TEMPLATE);

defineType({
  id: T.T_SRE_TEMPLATE,
  name: 'SRE_Template',
  module: '_sre',
  kind: L.KIND_RECORD,
  final: true,
  slots: { create: () => raise('TypeError', "cannot create '_sre.SRE_Template' instances") },
});
