/** FrameLocalsProxy: `f_locals` of a function's frame, reading and writing its variables (PEP 667). */
import { newObject } from '../heap/alloc.js';
import { barrier, storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { FAST_CELL, FAST_FREE, FAST_HIDDEN } from '../compiler/code.js';
import { compareOp, containsOp, enterRepr, getIter, leaveRepr, repr } from '../objects/abstract.js';
import { defineType } from '../objects/define.js';
import { dictCopy, dictGet, dictLen, dictSet, dictSetStr, dictSnapshot, dictUpdate, newDict } from '../objects/dict.js';
import { pendingException, raise, raiseValue, typeName } from '../objects/exceptions.js';
import { newListFromArray } from '../objects/list.js';
import { isKind, isStr, slotId } from '../objects/object.js';
import { CMP_EQ, CMP_NE, OP_OR } from '../objects/slots.js';
import { fromJS, internStr, toJS } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { slotKind, slotName } from './code.js';
import { frameGenerator, frameSlot } from './frame-object.js';

const I32 = i32;
const T_PROXY = T.T_BLOCK_ACCELERATORS + 1;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const frameOf = (p: number): number => word(p, L.RECORD_ITEMS);
const codeOf = (f: number): number => word(f, L.FRAME_CODE);
const isProxy = (h: number): boolean => isKind(h, L.KIND_RECORD) && slotId(h) === T_PROXY;

/** A proxy of the frame's variables. */
export function newFrameLocals(frame: number): number {
  const p = newObject(L.KIND_RECORD, 64, T.typeHandle(T_PROXY));
  I32[(p >>> 2) + L.RECORD_COUNT] = 1;
  storeRef(p, L.RECORD_ITEMS, frame);
  return p;
}

const isCell = (v: number): boolean => v !== 0 && isKind(v, L.KIND_CELL);

/** Word that holds slot `i`'s value, its cell's when it has one; 0 when the values are gone. */
function valueWord(f: number, i: number): number {
  const at = frameSlot(f, i);
  const shared = (slotKind(codeOf(f), i) & (FAST_CELL | FAST_FREE)) !== 0;
  return at !== 0 && shared && isCell(I32[at]) ? (I32[at] >>> 2) + L.CELL_VALUE : at;
}

/** Slots of variables with a value, in order. */
function slots(f: number): number[] {
  const code = codeOf(f);
  const out: number[] = [];
  for (let i = 0; i < word(code, L.CODE_NLOCALS); i++) {
    const at = (slotKind(code, i) & FAST_HIDDEN) !== 0 ? 0 : valueWord(f, i);
    if (at !== 0 && I32[at] !== 0) out.push(i);
  }
  return out;
}

/** Slot of a variable by its name; -1 when the code has none. */
function slotOf(f: number, name: number): number {
  const code = codeOf(f);
  const key = isStr(name) ? internStr(name) : 0;
  for (let i = 0; key !== 0 && i < word(code, L.CODE_NLOCALS); i++)
    if (slotName(code, i) === key && (slotKind(code, i) & FAST_HIDDEN) === 0) return i;
  return -1;
}

/** Names that a program added. */
const extra = (f: number): number => word(f, L.FRAME_LOCALS);

/** Value by name; 0 without exception when missing. */
function get(p: number, key: number): number {
  const f = frameOf(p);
  const slot = slotOf(f, key);
  const at = slot < 0 ? 0 : valueWord(f, slot);
  if (at !== 0 && I32[at] !== 0) return I32[at];
  return extra(f) === 0 ? 0 : dictGet(extra(f), key);
}

function store(f: number, slot: number, value: number): 1 {
  const at = valueWord(f, slot);
  if (at === 0) return 1;
  I32[at] = value;
  const own = frameSlot(f, slot);
  const holder = at !== own ? I32[own] : frameGenerator(f) || word(f, L.FRAME_VALUES);
  if (holder !== 0) barrier(holder, value);
  return 1;
}

function set(p: number, key: number, value: number): number {
  if (value === 0) return raise('ValueError', 'cannot remove local variables from FrameLocalsProxy');
  const f = frameOf(p);
  const slot = slotOf(f, key);
  if (slot >= 0) return store(f, slot, value);
  if (extra(f) === 0) storeRef(f, L.FRAME_LOCALS, newDict());
  return dictSet(extra(f), key, value);
}

/** A dict of all names and values. */
function snapshot(p: number): number {
  const f = frameOf(p);
  const d = newDict();
  for (const i of slots(f)) dictSetStr(d, slotName(codeOf(f), i), I32[valueWord(f, i)]);
  const slot = root(d);
  if (extra(f) !== 0) dictUpdate(d, extra(f));
  unroot(slot);
  return d;
}

/** Names and values as arrays. */
const entries = (p: number): { keys: number[]; values: number[] } => dictSnapshot(snapshot(p));

function missing(key: number): number {
  const r = repr(key);
  return r === 0 ? 0 : raiseValue('KeyError', fromJS(`local variable '${toJS(r)}' is not defined`));
}

/** Copies a mapping into the frame; 0 with the exception set. */
function update(p: number, given: number): number {
  const from = isProxy(given) ? snapshot(given) : given;
  if (!isKind(from, L.KIND_DICT))
    return raise('TypeError', `update() argument must be dict or another FrameLocalsProxy`);
  const { keys, values } = dictSnapshot(from);
  for (let i = 0; i < keys.length; i++) if (set(p, keys[i], values[i]) === 0) return 0;
  return 1;
}

function setDefault(args: number, n: number): number {
  const known = get(I32[args], I32[args + 1]);
  if (known !== 0 || pendingException() !== 0) return known;
  const value = n > 2 ? I32[args + 2] : H.NONE;
  return set(I32[args], I32[args + 1], value) === 0 ? 0 : value;
}

function getDefault(args: number, n: number): number {
  const known = get(I32[args], I32[args + 1]);
  return known !== 0 || pendingException() !== 0 ? known : n > 2 ? I32[args + 2] : H.NONE;
}

const isMapping = (h: number): boolean => isProxy(h) || isKind(h, L.KIND_DICT);

function or(a: number, b: number): number {
  if (!isMapping(a) || !isMapping(b)) return H.NOT_IMPLEMENTED;
  const d = isProxy(a) ? snapshot(a) : dictCopy(a);
  const slot = root(d);
  const other = root(isProxy(b) ? snapshot(b) : b);
  const ok = dictUpdate(d, I32[other]);
  unroot(slot);
  return ok === 0 ? 0 : d;
}

/** Compares or searches a snapshot, which is rooted meanwhile. */
function withSnapshot(p: number, f: (d: number) => number): number {
  const slot = root(snapshot(p));
  const r = f(I32[slot]);
  unroot(slot);
  return r;
}

function create(args: number, n: number): number {
  if (n !== 1) return raise('TypeError', `FrameLocalsProxy expected 1 argument, got ${n}`);
  return isKind(I32[args], L.KIND_FRAME)
    ? newFrameLocals(I32[args])
    : raise('TypeError', `expect frame, not ${typeName(I32[args])}`);
}

const list = (values: readonly number[]): number => newListFromArray(values);

defineType({
  id: T_PROXY,
  name: 'FrameLocalsProxy',
  kind: L.KIND_RECORD,
  final: true,
  unhashable: true,
  matchMapping: true,
  methods: [
    ['copy', (a) => snapshot(I32[a]), [0, 0]],
    ['get', getDefault, [1, 2]],
    ['setdefault', setDefault, [1, 2]],
    ['pop', () => raise('ValueError', 'cannot remove local variables from FrameLocalsProxy'), [1, 2]],
    ['update', (a) => (update(I32[a], I32[a + 1]) === 0 ? 0 : H.NONE), [1, 1]],
    ['keys', (a) => list(entries(I32[a]).keys), [0, 0]],
    ['values', (a) => list(entries(I32[a]).values), [0, 0]],
    [
      'items',
      (a) => {
        const { keys, values } = entries(I32[a]);
        return list(keys.map((k, i) => tupleOf(k, values[i])));
      },
      [0, 0],
    ],
    ['__reversed__', (a) => getIter(list(entries(I32[a]).keys.reverse())), [0, 0]],
  ],
  slots: {
    create: (_type, args, n) => create(args, n),
    init: () => 1,
    repr: (p) => {
      if (!enterRepr(frameOf(p))) return fromJS('{...}');
      const r = withSnapshot(p, repr);
      leaveRepr(frameOf(p));
      return r;
    },
    len: (p) => slots(frameOf(p)).length + (extra(frameOf(p)) === 0 ? 0 : dictLen(extra(frameOf(p)))),
    iter: (p) => getIter(list(entries(p).keys)),
    contains: (p, key) => withSnapshot(p, (d) => containsOp(d, key)),
    getitem: (p, key) => {
      const v = get(p, key);
      return v !== 0 || pendingException() !== 0 ? v : missing(key);
    },
    setitem: (p, key, value) => set(p, key, value),
    delitem: () => raise('ValueError', 'cannot remove local variables from FrameLocalsProxy'),
    compare: (a, b, op) => {
      if (op !== CMP_EQ && op !== CMP_NE) return H.NOT_IMPLEMENTED;
      if (isProxy(b)) return H.fromBool((frameOf(a) === frameOf(b)) === (op === CMP_EQ));
      return isKind(b, L.KIND_DICT) ? withSnapshot(a, (d) => compareOp(d, b, op)) : H.NOT_IMPLEMENTED;
    },
    binary: { [OP_OR]: or },
    inplace: { [OP_OR]: (a, b) => (update(a, b) === 0 ? 0 : a) },
  },
});
