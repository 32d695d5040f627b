/**
 * Named tuples of built-in modules (sys.version_info, os.stat_result): tuples whose items are attributes too. Fields behind the visible
 * ones lie in the attribute dict of the tuple.
 */
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { repr } from '../objects/abstract.js';
import { ownDict } from '../objects/attribute.js';
import { defineType } from '../objects/define.js';
import { dictSetStr } from '../objects/dict.js';
import { raise } from '../objects/exceptions.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { newTupleOf, tupleFromIterable, tupleItem, tupleItems, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;

export interface StructSequence {
  readonly id: number;
  readonly name: string;
  readonly module: string;
  /** Names of the fields; those from `visible` on are attributes only. */
  readonly fields: readonly string[];
  /** Number of items of the tuple; all fields when missing. */
  readonly visible?: number;
  /** Items from this on without an attribute of their own: the names stand for hidden fields, the reprs show the items (os.stat_result). */
  readonly unnamed?: number;
  /** Instances cannot be made by programs (sys.flags). */
  readonly closed?: boolean;
  readonly doc?: string;
}

const fullName = (s: StructSequence): string => (s.module === 'builtins' ? s.name : `${s.module}.${s.name}`);
const visibleOf = (s: StructSequence): number => s.visible ?? s.fields.length;

/** A new one of these values, one a field; missing ones at the end are None. */
export function newStructSequence(s: StructSequence, values: readonly number[]): number {
  const n = visibleOf(s);
  const slots = values.map((v) => root(v));
  const o = newObject(L.KIND_TUPLE | L.FLAG_SUBCLASS, (L.TUPLE_ITEMS + n + 1) * 4, T.typeHandle(s.id));
  I32[(o >>> 2) + L.TUPLE_LENGTH] = n;
  for (let i = 0; i < n; i++) I32[tupleItems(o) + i] = values[i] ?? H.NONE;
  if (s.fields.length > n) {
    root(o);
    const d = ownDict(o);
    const named = s.unnamed ?? n;
    for (let i = n; i < s.fields.length; i++)
      dictSetStr(d, intern(s.fields[i]), values[i] ?? (i - n < n - named ? values[named + i - n] : H.NONE));
  }
  if (slots.length > 0) unroot(slots[0]);
  return o;
}

function create(s: StructSequence, args: number, n: number): number {
  if (s.closed) return raise('TypeError', `cannot create '${s.module}.${s.name}' instances`);
  if (n < 1 || n > 2) return raise('TypeError', `${s.name}() missing required argument 'sequence' (pos 1)`);
  const t = tupleFromIterable(I32[args]);
  if (t === 0) return 0;
  const given = tupleLength(t);
  const least = visibleOf(s);
  const most = s.fields.length;
  const full = fullName(s);
  if (given < least)
    return raise(
      'TypeError',
      `${full}() takes ${least === most ? 'a' : 'an at least'} ${least}-sequence (${given}-sequence given)`,
    );
  if (given > most)
    return raise(
      'TypeError',
      `${full}() takes ${least === most ? 'a' : 'an at most'} ${most}-sequence (${given}-sequence given)`,
    );
  return newStructSequence(
    s,
    Array.from({ length: given }, (_, i) => tupleItem(t, i)),
  );
}

function reprOf(s: StructSequence, o: number): number {
  const parts: string[] = [];
  for (let i = 0; i < visibleOf(s); i++) {
    const r = repr(tupleItem(o, i));
    if (r === 0) return 0;
    parts.push(`${s.fields[i]}=${toJS(r)}`);
  }
  return fromJS(`${fullName(s)}(${parts.join(', ')})`);
}

/** Defines the type of a struct sequence. */
export function defineStructSequence(s: StructSequence): StructSequence {
  const n = visibleOf(s);
  const named = s.unnamed ?? n;
  defineType({
    id: s.id,
    name: s.name,
    module: s.module,
    base: T.T_TUPLE,
    kind: L.KIND_TUPLE,
    dict: s.fields.length > n,
    final: true,
    doc: s.doc,
    getset: s.fields.slice(0, named).map((name, i) => ({ name, get: (o) => tupleItem(o, i) })),
    methods: [
      [
        '__reduce__',
        (args) =>
          newTupleOf([
            T.typeHandle(s.id),
            newTupleOf([newTupleOf(Array.from({ length: n }, (_, i) => tupleItem(I32[args], i)))]),
          ]),
        [0, 0],
      ],
    ],
    attributes: () => ({
      n_fields: H.small(s.fields.length),
      n_sequence_fields: H.small(n),
      n_unnamed_fields: H.small(n - named),
      __match_args__: newTupleOf(s.fields.slice(0, named).map(intern)),
    }),
    slots: { create: (_type, args, count) => create(s, args, count), repr: (o) => reprOf(s, o) },
  });
  return s;
}
