/** The types generator and coroutine, and what `coroutine.__await__` gives. */
import { storeRef } from '../heap/barrier.js';
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType, type GetSetRow, type MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import { addressText, fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { GEN_FINISHED, GEN_RUNNING, GEN_SUSPENDED, generatorFrame, sendGenerator } from './call.js';
import { delegate } from './delegate.js';
import { frameObject } from './frame-object.js';
import { closeGenerator, throwInto, thrownException } from './generator-methods.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const state = (g: number): number => word(g, L.GENERATOR_STATE);

/** Calls throw() with the arguments from word `a` on. */
function throwArguments(g: number, a: number, n: number): number {
  const e = thrownException(I32[a], n > 1 ? I32[a + 1] : 0, n > 2 ? I32[a + 2] : 0);
  return e === 0 ? 0 : throwInto(g, e);
}

const methods: readonly MethodRow[] = [
  ['send', (a) => sendGenerator(I32[a], I32[a + 1]), [1, 1]],
  ['throw', (a, n) => throwArguments(I32[a], a + 1, n - 1), [1, 3]],
  ['close', (a) => closeGenerator(I32[a]), [0, 0]],
];

/** `__name__` and `__qualname__`. */
const nameRow = (name: string, at: number): GetSetRow => ({
  name,
  get: (g) => word(g, at),
  set: (g, v) => {
    if (v === 0 || !isStr(v)) return raise('TypeError', `${name} must be set to a string object`);
    storeRef(g, at, v);
    return 1;
  },
});

/** Attributes of all three kinds of generator; their names begin with `prefix`. */
export const generatorRows = (prefix: string): GetSetRow[] => [
  nameRow('__name__', L.GENERATOR_NAME),
  nameRow('__qualname__', L.GENERATOR_QUALNAME),
  {
    name: `${prefix}_frame`,
    get: (g) => (state(g) === GEN_FINISHED ? H.NONE : frameObject(generatorFrame(g))),
  },
  { name: `${prefix}_code`, get: (g) => word(g, L.GENERATOR_CODE) },
  { name: `${prefix}_running`, get: (g) => H.fromBool(state(g) === GEN_RUNNING) },
  { name: `${prefix}_suspended`, get: (g) => H.fromBool(state(g) === GEN_SUSPENDED) },
  { name: prefix === 'gi' ? 'gi_yieldfrom' : `${prefix}_await`, get: (g) => delegate(g) || H.NONE },
];

export const generatorRepr =
  (name: string): ((g: number) => number) =>
  (g) =>
    fromJS(`<${name} object ${toJS(word(g, L.GENERATOR_QUALNAME))} at ${addressText(g)}>`);

defineType({
  id: T.T_GENERATOR,
  name: 'generator',
  kind: L.KIND_GENERATOR,
  final: true,
  weakrefs: true,
  generic: true,
  methods,
  getset: generatorRows('gi'),
  slots: { iter: (g) => g, next: (g) => sendGenerator(g, H.NONE), repr: generatorRepr('generator') },
});

function newWrapper(coroutine: number): number {
  const o = newObject(L.KIND_RECORD, 64, T.typeHandle(T.T_COROUTINE_WRAPPER));
  I32[(o >>> 2) + L.RECORD_COUNT] = 1;
  I32[(o >>> 2) + L.RECORD_ITEMS] = coroutine;
  return o;
}

defineType({
  id: T.T_COROUTINE,
  name: 'coroutine',
  kind: L.KIND_GENERATOR,
  final: true,
  weakrefs: true,
  generic: true,
  methods: [...methods, ['__await__', (a) => newWrapper(I32[a]), [0, 0]]],
  getset: [...generatorRows('cr'), { name: 'cr_origin', get: () => H.NONE }],
  slots: { repr: generatorRepr('coroutine') },
});

const wrapped = (o: number): number => word(o, L.RECORD_ITEMS);

defineType({
  id: T.T_COROUTINE_WRAPPER,
  name: 'coroutine_wrapper',
  kind: L.KIND_RECORD,
  final: true,
  methods: [
    ['send', (a) => sendGenerator(wrapped(I32[a]), I32[a + 1]), [1, 1]],
    ['throw', (a, n) => throwArguments(wrapped(I32[a]), a + 1, n - 1), [1, 3]],
    ['close', (a) => closeGenerator(wrapped(I32[a])), [0, 0]],
  ],
  slots: { iter: (o) => o, next: (o) => sendGenerator(wrapped(o), H.NONE) },
});
