/** Pattern.sub and subn. */
import { newList, listAppend } from '../../objects/list.js';
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import { call1, isCallable } from '../../objects/abstract.js';
import { bufferOf } from '../../objects/byte-buffer.js';
import { isByteArray } from '../../objects/bytes.js';
import { intFromNumber } from '../../objects/int.js';
import { releaseView, viewOf } from '../../objects/memoryview.js';
import { isStr } from '../../objects/object.js';
import { strFind } from '../../objects/str.js';
import { strLength } from '../../objects/strings.js';
import { tupleOf } from '../../objects/tuple.js';
import { Builder } from './builder.js';
import { compiledOf, patternGroups, run } from './engine.js';
import type { IntList } from './int-list.js';
import { FAILED, machine, SEARCH } from './machine.js';
import { newMatch } from './match.js';
import { newSubject, readFor, readSubject, type Subject, sliceOf } from './subject.js';
import { compileTemplate, templateLiteral, templateParts } from './template.js';

type Spans = (pattern: number, s: Subject, from: number, end: number, limit: number) => IntList | undefined;

/** Is the replacement a text without backslash? */
function isLiteral(h: number): boolean {
  if (isStr(h)) return strFind(h, H.char(92), 0, strLength(h)) < 0;
  const data = (h & 7) === 0 ? bufferOf(h) : undefined;
  return data !== undefined && !data.includes(92);
}

/** What one substitution is asked to do. */
interface Job {
  readonly pattern: number;
  readonly subject: Subject;
  /** At most so many, 0: all. */
  readonly count: number;
  done: number;
}

/** pattern.sub(replacement, text, count), or with `counted` subn. */
export function substitute(
  pattern: number,
  replacement: number,
  text: number,
  count: number,
  counted: boolean,
  spansOf: Spans,
): number {
  const subject = newSubject();
  const callable = isCallable(replacement);
  let filter = replacement;
  if (!callable && !isLiteral(replacement)) {
    filter = compileTemplate(pattern, replacement);
    if (filter === 0) return 0;
  }
  const slot = root(filter);
  let result = 0;
  if (readFor(subject, pattern, text)) {
    root(subject.holder);
    const job: Job = { pattern, subject, count, done: 0 };
    if (count < 0) result = sliceOf(text, 0, subject.length);
    else if (callable) result = exported(text, () => byFunction(job, filter));
    else result = byText(job, filter, filter !== replacement, spansOf);
    if (result !== 0 && counted) result = tupleOf(result, intFromNumber(job.done));
  }
  unroot(slot);
  return result;
}

function byText(job: Job, filter: number, isTemplate: boolean, spansOf: Spans): number {
  const { pattern, subject } = job;
  const literal = isTemplate ? templateLiteral(filter) : filter;
  const list = spansOf(pattern, subject, 0, subject.length, job.count);
  if (list === undefined) return 0;
  const spans = list.data;
  const step = 2 + 2 * patternGroups(pattern);
  job.done = list.length / step;
  if (job.done === 0) return sliceOf(subject.handle, 0, subject.length);
  const out = new Builder(subject.holder, subject.isBytes);
  let last = 0;
  const parts: number[] = [];
  for (let at = 0; at < list.length; at += step) {
    out.slice(last, spans[at]!);
    last = spans[at + 1]!;
    if (literal !== 0) out.text(literal);
    else {
      parts.length = 0;
      templateParts(filter, (g) => groupOf(subject.handle, spans, at + 2 * g), parts);
      for (const h of parts) out.text(h);
    }
  }
  out.slice(last, subject.length);
  return out.finish();
}

const groupOf = (h: number, spans: Int32Array, at: number): number =>
  spans[at]! < 0 ? 0 : sliceOf(h, spans[at]!, spans[at + 1]!);

/** While a function is called the bytes of a bytearray may not move: a memoryview sees to that. */
function exported(text: number, f: () => number): number {
  if (!isByteArray(text)) return f();
  const view = viewOf(text);
  const slot = root(view);
  const result = f();
  unroot(slot);
  releaseView(view);
  return result;
}

/** Calls the function with each match. Its results are held by a list, which is rooted. */
function byFunction(job: Job, filter: number): number {
  const { pattern, subject, count } = job;
  const held = newList(0);
  root(held);
  const out = new Builder(subject.holder, subject.isBytes);
  const { length } = subject;
  let last = 0;
  for (let p = 0, advance = -1; count === 0 || job.done < count; job.done++) {
    const compiled = compiledOf(pattern);
    const end = run(compiled, subject.shift, subject.base, p, length, SEARCH, advance);
    if (end === FAILED) return 0;
    if (end < 0) break;
    const start = machine.start;
    out.slice(last, start);
    const text = call1(filter, newMatch(pattern, compiled, subject.handle, subject.shift, 0, length, end));
    if (text === 0) return 0;
    if (text !== H.NONE) {
      listAppend(held, text);
      out.text(text);
    }
    // What the function matched may have used the scratch word of a one-character text.
    if (H.isChar(subject.handle)) readSubject(subject, subject.handle);
    last = p = end;
    advance = end === start ? end : -1;
  }
  if (job.done === 0) return sliceOf(subject.handle, 0, length);
  out.slice(last, length);
  return out.finish();
}
