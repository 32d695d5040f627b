/** Exception groups (PEP 654): BaseExceptionGroup and its methods; what except* clauses match and raise again. */
import { rootAll } from '../heap/hold.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isCallable, isTrue } from './abstract.js';
import { getAttr, lookupAttr, setAttr } from './attribute.js';
import { call1, callArgs } from './call.js';
import type { MethodRow, TypeDefinition } from './define.js';
import { fieldOf, initException, makeException, tupleItemOf, tupleLengthOf } from './exception-fields.js';
import { exceptionMatches } from './exception-matching.js';
import { exceptionType, pendingException, raise, typeName } from './exceptions.js';
import { isSequence } from './protocols.js';
import { listFromIterable, newListFromArray } from './list.js';
import { isKind, isStr, isSubtype, typeOf } from './object.js';
import { EMPTY, fromJS, intern, toJS } from './strings.js';
import { newTupleFrom, newTupleOf, tupleFromIterable } from './tuple.js';

const I32 = i32;
const N_DERIVE = intern('derive');
const N_NOTES = intern('__notes__');
const N_SPLIT = intern('split');

const isException = (h: number): boolean => isSubtype(typeOf(h), exceptionType('BaseException'));
export const isGroup = (e: number): boolean => isSubtype(typeOf(e), exceptionType('BaseExceptionGroup'));
/** The tuple of an exception group's exceptions. */
export const groupItems = (e: number): number => fieldOf(e, L.EXCEPTION_B);
const itemsOf = (e: number): number[] =>
  Array.from({ length: tupleLengthOf(groupItems(e)) }, (_, i) => tupleItemOf(groupItems(e), i));

// ---------------------------------------------------------------- making

/** The class to make for these exceptions when `type` is asked for; 0 with TypeError set. */
function chosenClass(type: number, allExceptions: boolean): number {
  if (type === exceptionType('BaseExceptionGroup')) return allExceptions ? exceptionType('ExceptionGroup') : type;
  if (allExceptions || !isSubtype(type, exceptionType('Exception'))) return type;
  if (type === exceptionType('ExceptionGroup'))
    return raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup');
  return raise('TypeError', `Cannot nest BaseExceptions in '${toJS(I32[(type >>> 2) + L.TYPE_NAME]!)}'`);
}

function create(given: number, args: number, n: number): number {
  const who = 'BaseExceptionGroup.__new__()';
  if (n !== 2) return raise('TypeError', `${who} takes exactly 2 arguments (${n} given)`);
  if (!isStr(I32[args]!)) return raise('TypeError', `${who} argument 1 must be str, not ${typeName(I32[args]!)}`);
  if (!isSequence(I32[args + 1]!)) return raise('TypeError', 'second argument (exceptions) must be a sequence');
  const items = tupleFromIterable(I32[args + 1]!);
  if (items === 0) return 0;
  const count = tupleLengthOf(items);
  if (count === 0) return raise('ValueError', 'second argument (exceptions) must be a non-empty sequence');
  let all = true;
  for (let i = 0; i < count; i++) {
    const e = tupleItemOf(items, i);
    if (!isException(e)) return raise('ValueError', `Item ${i} of second argument (exceptions) is not an exception`);
    all &&= isSubtype(typeOf(e), exceptionType('Exception'));
  }
  const type = chosenClass(given, all);
  if (type === 0) return 0;
  const slot = root(items);
  const e = makeException(type, newTupleFrom(args, n));
  unroot(slot);
  storeRef(e, L.EXCEPTION_A, I32[args]!);
  storeRef(e, L.EXCEPTION_B, items);
  return e;
}

function strGroup(e: number): number {
  const n = tupleLengthOf(groupItems(e));
  return fromJS(`${toJS(fieldOf(e, L.EXCEPTION_A))} (${n} sub-exception${n === 1 ? '' : 's'})`);
}

/** A group of exceptions that need not be checked, with an empty message. */
export function newGroup(items: readonly number[]): number {
  const list = newListFromArray(items);
  const slot = root(list);
  const e = callArgs(exceptionType('BaseExceptionGroup'), [EMPTY, list]);
  unroot(slot);
  return e;
}

// ---------------------------------------------------------------- splitting

const METADATA = [L.EXCEPTION_TRACEBACK, L.EXCEPTION_CONTEXT, L.EXCEPTION_CAUSE];

/** A group like `group` with other exceptions, by its derive(): handle, NONE for none, 0 with the exception set. */
function subset(group: number, items: readonly number[]): number {
  if (items.length === 0) return H.NONE;
  const list = newListFromArray(items);
  const slot = root(list);
  const derive = getAttr(group, N_DERIVE);
  const e = derive === 0 ? 0 : call1(derive, list);
  unroot(slot);
  if (e === 0) return 0;
  if (!isKind(e, L.KIND_EXCEPTION) || !isGroup(e))
    return raise('TypeError', 'derive must return an instance of BaseExceptionGroup');
  for (const word of METADATA) storeRef(e, word, fieldOf(group, word));
  if (fieldOf(group, L.EXCEPTION_CAUSE) !== 0) I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
  return copyNotes(e, group);
}

function copyNotes(e: number, from: number): number {
  const slot = root(e);
  const notes = lookupAttr(from, N_NOTES);
  let ok = pendingException() === 0;
  if (notes !== 0 && isSequence(notes)) {
    const list = listFromIterable(notes);
    ok = list !== 0 && setAttr(e, N_NOTES, list) !== 0;
  }
  unroot(slot);
  return ok ? e : 0;
}

/** Splits by a predicate that gives 1, 0 or -1: [matching or NONE, rest or NONE], undefined with the exception set. */
function split(e: number, matches: (e: number) => number): [number, number] | undefined {
  const whole = matches(e);
  if (whole < 0) return undefined;
  if (whole === 1) return [e, H.NONE];
  if (!isGroup(e)) return [H.NONE, e];
  const yes: number[] = [];
  const no: number[] = [];
  const slot = root(e);
  for (const item of itemsOf(e)) {
    const part = split(item, matches);
    if (part === undefined) return undefined;
    for (const h of part) root(h);
    if (part[0] !== H.NONE) yes.push(part[0]);
    if (part[1] !== H.NONE) no.push(part[1]);
  }
  const match = subset(e, yes);
  if (match !== 0) root(match);
  const rest = match === 0 ? 0 : subset(e, no);
  unroot(slot);
  return rest === 0 ? undefined : [match, rest];
}

const isExceptionClass = (h: number): boolean =>
  isKind(h, L.KIND_TYPE) && h !== 0 && isSubtype(h, exceptionType('BaseException'));

/** The predicate of split() and subgroup(); undefined with TypeError set. */
function condition(wanted: number): ((e: number) => number) | undefined {
  if (!isKind(wanted, L.KIND_TYPE) && isCallable(wanted)) {
    return (e) => {
      const r = call1(wanted, e);
      return r === 0 ? -1 : isTrue(r);
    };
  }
  const classes = isKind(wanted, L.KIND_TUPLE)
    ? Array.from({ length: tupleLengthOf(wanted) }, (_, i) => tupleItemOf(wanted, i)).every(isExceptionClass)
    : isExceptionClass(wanted);
  if (classes) return (e) => exceptionMatches(e, wanted);
  return void raise(
    'TypeError',
    'expected an exception type, a tuple of exception types, or a callable (other than a class)',
  );
}

const methods: readonly MethodRow[] = [
  [
    'split',
    (args) => {
      const matches = condition(I32[args + 1]!);
      const parts = matches === undefined ? undefined : split(I32[args]!, matches);
      return parts === undefined ? 0 : newTupleOf(parts);
    },
    [1, 1],
  ],
  [
    'subgroup',
    (args) => {
      const matches = condition(I32[args + 1]!);
      return matches === undefined ? 0 : (split(I32[args]!, matches)?.[0] ?? 0);
    },
    [1, 1],
  ],
  [
    'derive',
    (args) => callArgs(exceptionType('BaseExceptionGroup'), [fieldOf(I32[args]!, L.EXCEPTION_A), I32[args + 1]!]),
    [1, 1],
  ],
];

/** What BaseExceptionGroup adds to its row. */
export const baseExceptionGroup: Pick<TypeDefinition, 'slots' | 'getset' | 'methods' | 'generic'> = {
  generic: true,
  methods,
  slots: { create, init: initException, str: strGroup },
  getset: [
    {
      name: 'message',
      get: (e) => fieldOf(e, L.EXCEPTION_A),
      set: () => raise('AttributeError', 'readonly attribute'),
    },
    {
      name: 'exceptions',
      get: (e) => fieldOf(e, L.EXCEPTION_B),
      set: () => raise('AttributeError', 'readonly attribute'),
    },
  ],
};

// ---------------------------------------------------------------- except*

const STAR_CLASSES = 'catching ExceptionGroup with except* is not allowed. Use except instead.';

/** May an except* clause name this? */
function validStar(wanted: number): boolean {
  const each = isKind(wanted, L.KIND_TUPLE)
    ? Array.from({ length: tupleLengthOf(wanted) }, (_, i) => tupleItemOf(wanted, i))
    : [wanted];
  for (const c of each) {
    if (!isExceptionClass(c))
      return raise('TypeError', 'catching classes that do not inherit from BaseException is not allowed') !== 0;
    if (isSubtype(c, exceptionType('BaseExceptionGroup'))) return raise('TypeError', STAR_CLASSES) !== 0;
  }
  return true;
}

/** except*: [rest, match], None where empty; a plain exception that matches is wrapped in a group. undefined with the exception set. */
export function splitGroup(e: number, wanted: number): [number, number] | undefined {
  if (!validStar(wanted)) return undefined;
  if (e === H.NONE) return [H.NONE, H.NONE];
  if (exceptionMatches(e, wanted) === 1) {
    if (isGroup(e)) return [H.NONE, e];
    const g = newGroup([e]);
    if (g === 0) return undefined;
    storeRef(g, L.EXCEPTION_TRACEBACK, fieldOf(e, L.EXCEPTION_TRACEBACK));
    return [H.NONE, g];
  }
  if (!isGroup(e)) return [e, H.NONE];
  const f = getAttr(e, N_SPLIT);
  const pair = f === 0 ? 0 : call1(f, wanted);
  if (pair === 0) return undefined;
  if (!isKind(pair, L.KIND_TUPLE))
    return void raise('TypeError', `${typeName(e)}.split must return a tuple, not ${typeName(pair)}`);
  if (tupleLengthOf(pair) < 2)
    return void raise(
      'TypeError',
      `${typeName(e)}.split must return a 2-tuple, got tuple of size ${tupleLengthOf(pair)}`,
    );
  return [tupleItemOf(pair, 1), tupleItemOf(pair, 0)];
}

/** Was the exception raised again as it was: a part of the original? */
function sameMetadata(a: number, b: number): boolean {
  return (
    METADATA.every((word) => fieldOf(a, word) === fieldOf(b, word)) && lookupAttr(a, N_NOTES) === lookupAttr(b, N_NOTES)
  );
}

/** All exceptions that are no groups. */
function leaves(e: number, into: Set<number>): void {
  if (!isGroup(e)) into.add(e);
  else for (const item of itemsOf(e)) leaves(item, into);
}

/** What except* raises at its end: the parts not handled, together with what its clauses raised; None for nothing. */
export function prepareReraiseStar(original: number, list: number): number {
  const items: number[] = [];
  const store = I32[(list >>> 2) + L.LIST_ITEMS]!;
  for (let i = 0; i < I32[(list >>> 2) + L.LIST_LENGTH]!; i++) {
    const e = I32[(store >>> 2) + L.ARRAY_ITEMS + i]!;
    if (e !== H.NONE) items.push(e);
  }
  if (items.length === 0) return H.NONE;
  if (!isGroup(original)) return items[0]!;
  const slot = rootAll(items);
  const r = rejoin(original, items);
  unroot(slot);
  return r;
}

/** The parts of a group that were raised again, as one group with its structure, together with what the clauses raised. */
function rejoin(original: number, items: readonly number[]): number {
  const again = items.filter((e) => isGroup(e) && sameMetadata(e, original));
  const raised = items.filter((e) => !again.includes(e));
  const keep = new Set<number>();
  for (const e of again) leaves(e, keep);
  const parts = keep.size === 0 ? undefined : split(original, (e) => (keep.has(e) ? 1 : 0));
  if (keep.size > 0 && parts === undefined) return 0;
  const rest = parts?.[0] ?? H.NONE;
  if (rest !== H.NONE) raised.push(rest);
  if (raised.length === 0) return H.NONE;
  if (raised.length === 1) return raised[0]!;
  const slot = root(rest);
  const g = newGroup(raised);
  unroot(slot);
  return g;
}
