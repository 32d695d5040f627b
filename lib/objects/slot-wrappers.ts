/** Special methods of built-in types (`list.__len__`), generated from their slots: what a class's dict shows and subclasses may override. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { pendingException, raise, raiseValue, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { type DefinedType } from './define.js';
import { type Arity, type NativeFunction, registerNative } from './natives.js';
import { isStr } from './object.js';
import { BINARY_OPERATORS, COMPARISONS, slots } from './slots.js';
import { internStr } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;

export interface SlotWrapper {
  readonly name: string;
  readonly id: number;
}

const okToNone = (r: number): number => (r === 0 ? 0 : H.NONE);
const truth = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));

/** Rows: slot, method name, function made from the slot's, arity. */
type Row = readonly [keyof typeof slots, string, (f: (...a: number[]) => number) => NativeFunction, Arity];

const unary =
  (f: (...a: number[]) => number): NativeFunction =>
  (a) =>
    f(I32[a]);
const binary =
  (f: (...a: number[]) => number): NativeFunction =>
  (a) =>
    f(I32[a], I32[a + 1]);

function nameArgument(a: number): number {
  const name = I32[a + 1];
  return isStr(name) ? internStr(name) : raise('TypeError', `attribute name must be string, not '${typeName(name)}'`);
}

const ROWS: readonly Row[] = [
  ['repr', '__repr__', unary, [0, 0]],
  ['str', '__str__', unary, [0, 0]],
  ['hash', '__hash__', unary, [0, 0]],
  ['bool', '__bool__', (f) => (a) => truth(f(I32[a])), [0, 0]],
  [
    'len',
    '__len__',
    (f) => (a) => {
      const n = f(I32[a]);
      return n < 0 ? 0 : intFromNumber(n);
    },
    [0, 0],
  ],
  ['iter', '__iter__', unary, [0, 0]],
  [
    'next',
    '__next__',
    (f) => (a) => {
      const v = f(I32[a]);
      return v !== 0 || pendingException() !== 0 ? v : raiseValue('StopIteration', 0);
    },
    [0, 0],
  ],
  ['getitem', '__getitem__', binary, [1, 1]],
  ['setitem', '__setitem__', (f) => (a) => okToNone(f(I32[a], I32[a + 1], I32[a + 2])), [2, 2]],
  ['delitem', '__delitem__', (f) => (a) => okToNone(f(I32[a], I32[a + 1])), [1, 1]],
  ['contains', '__contains__', (f) => (a) => truth(f(I32[a], I32[a + 1])), [1, 1]],
  ['neg', '__neg__', unary, [0, 0]],
  ['pos', '__pos__', unary, [0, 0]],
  ['invert', '__invert__', unary, [0, 0]],
  ['abs', '__abs__', unary, [0, 0]],
  ['int', '__int__', unary, [0, 0]],
  ['float', '__float__', unary, [0, 0]],
  ['index', '__index__', unary, [0, 0]],
  ['call', '__call__', (f) => (a, n, kw) => f(I32[a], a + 1, n - 1, kw), 'raw'],
  [
    'get',
    '__get__',
    (f) => (a, n) => f(I32[a], I32[a + 1] === H.NONE ? 0 : I32[a + 1], n > 2 ? I32[a + 2] : H.NONE),
    [1, 2],
  ],
  ['set', '__set__', (f) => (a) => okToNone(f(I32[a], I32[a + 1], I32[a + 2])), [2, 2]],
  ['set', '__delete__', (f) => (a) => okToNone(f(I32[a], I32[a + 1], 0)), [1, 1]],
  ['init', '__init__', (f) => (a, n, kw) => okToNone(f(I32[a], a + 1, n - 1, kw)), 'raw'],
];

type Slot = ((...a: number[]) => number) | undefined;
const slotOf = (name: keyof typeof slots, id: number): Slot => (slots[name] as unknown as Slot[])[id];

/** The wrappers a type adds to those of its base. Order is the same in every isolate. */
export function slotWrappers(type: DefinedType): SlotWrapper[] {
  const base = type.id === T.T_OBJECT ? -1 : (type.base ?? T.T_OBJECT);
  const out: SlotWrapper[] = [];
  const add = (name: string, run: NativeFunction, arity: Arity): void => {
    if (!(type.methods ?? []).some(([m]) => m === name)) out.push({ name, id: registerNative(name, run, arity) });
  };
  const fresh = (own: Slot, inherited: Slot): own is (...a: number[]) => number =>
    own !== undefined && own !== inherited;
  for (const [slot, name, make, arity] of ROWS) {
    if (slot === 'hash' && type.unhashable) continue;
    const own = slotOf(slot, type.id);
    if (fresh(own, base < 0 ? undefined : slotOf(slot, base))) add(name, make(own), arity);
  }
  addComparisons(type, base, add);
  addOperators(type, base, add);
  addAttributeHooks(type, base, add);
  addNew(type, base, out);
  return out;
}

function addComparisons(
  type: DefinedType,
  base: number,
  add: (name: string, run: NativeFunction, arity: Arity) => void,
): void {
  const own = slots.compare[type.id];
  if (own === undefined || own === (base < 0 ? undefined : slots.compare[base])) return;
  COMPARISONS.forEach(([, name], op) => add(`__${name}__`, (a) => own(I32[a], I32[a + 1], op), [1, 1]));
}

function addOperators(
  type: DefinedType,
  base: number,
  add: (name: string, run: NativeFunction, arity: Arity) => void,
): void {
  BINARY_OPERATORS.forEach(([, name], op) => {
    const own = slots.binary[op][type.id];
    if (own !== undefined && own !== (base < 0 ? undefined : slots.binary[op][base])) {
      add(`__${name}__`, (a) => own(I32[a], I32[a + 1]), name === 'pow' ? [1, 2] : [1, 1]);
      add(`__r${name}__`, (a) => own(I32[a + 1], I32[a]), name === 'pow' ? [1, 2] : [1, 1]);
    }
    const inplace = slots.inplace[op][type.id];
    if (inplace !== undefined && inplace !== (base < 0 ? undefined : slots.inplace[op][base]))
      add(`__i${name}__`, (a) => inplace(I32[a], I32[a + 1]), [1, 1]);
  });
}

/** Set by boot.ts: the default attribute protocol, which lies above slots. */
export const attributeHooks = {
  get: (_o: number, _name: number): number => 0,
  set: (_o: number, _name: number, _value: number): number => 0,
  setType: (_o: number, _name: number, _value: number): number => 0,
};

function addAttributeHooks(
  type: DefinedType,
  _base: number,
  add: (name: string, run: NativeFunction, arity: Arity) => void,
): void {
  if (type.id !== T.T_OBJECT && type.id !== T.T_TYPE) return;
  const set = (o: number, name: number, value: number): number =>
    type.id === T.T_TYPE ? attributeHooks.setType(o, name, value) : attributeHooks.set(o, name, value);
  add(
    '__getattribute__',
    (a) => {
      const name = nameArgument(a);
      return name === 0 ? 0 : attributeHooks.get(I32[a], name);
    },
    [1, 1],
  );
  add(
    '__setattr__',
    (a) => {
      const name = nameArgument(a);
      return name === 0 ? 0 : okToNone(set(I32[a], name, I32[a + 2]));
    },
    [2, 2],
  );
  add(
    '__delattr__',
    (a) => {
      const name = nameArgument(a);
      return name === 0 ? 0 : okToNone(set(I32[a], name, 0));
    },
    [1, 1],
  );
}

function addNew(type: DefinedType, base: number, out: SlotWrapper[]): void {
  const own = slots.create[type.id];
  if (own === undefined || own === (base < 0 ? undefined : slots.create[base])) return;
  const run: NativeFunction = (a, n, kw) => {
    if (n === 0) return raise('TypeError', `${type.name}.__new__(): not enough arguments`);
    const cls = I32[a];
    if ((cls & 7) !== 0 || (I32[cls >>> 2] & 0xff) !== L.KIND_TYPE)
      return raise('TypeError', `${type.name}.__new__(X): X is not a type object (${typeName(cls)})`);
    return own(cls, a + 1, n - 1, kw);
  };
  out.push({ name: '__new__', id: registerNative('__new__', run, 'raw') });
}
