/**
 * Special methods of built-in types (`list.__len__`), generated from their slots: what a class's dict shows and subclasses may override.
 *
 * A wrapper's id says type and row: FIRST_WRAPPER + type id * ROW_LIMIT + row. So its function need not be made before somebody calls it,
 * and an isolate that finds the types in the space already makes none at all.
 */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { pendingException, raise, raiseValue, typeName } from './exceptions.js';
import { intFromNumber } from './int.js';
import { type TypeDefinition, typeDefinitions } from './define.js';
import { type Arity, FIRST_WRAPPER, type NativeFunction, newNativeInfo, wrapperHook } from './natives.js';
import { isStr, isSubtype, typeOf } from './object.js';
import { BINARY_OPERATORS, COMPARISONS, slots } from './slots.js';
import { internStr, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;

export interface SlotWrapper {
  readonly name: string;
  readonly id: number;
}

const okToNone = (r: number): number => (r === 0 ? 0 : H.NONE);
const truth = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));

/** Slot, method name, function made from the slot's, arity. */
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

const SLOT_ROWS: readonly Row[] = [
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

/** Set by boot.ts: the default attribute protocol, which lies above slots. */
export const attributeHooks = {
  get: (_o: number, _name: number): number => 0,
  set: (_o: number, _name: number, _value: number): number => 0,
  setType: (_o: number, _name: number, _value: number): number => 0,
};

type Slot = (...a: number[]) => number;
/** A special method that a type may have: its function for a type, undefined where the type has none of its own. */
interface Wrapper {
  readonly name: string;
  readonly arity: Arity;
  readonly make: (type: TypeDefinition) => NativeFunction | undefined;
}

const baseOf = (type: TypeDefinition): number => (type.id === T.T_OBJECT ? -1 : (type.base ?? T.T_OBJECT));

/** The slot of a type, unless it is its base's too. */
function ownSlot(table: unknown, type: TypeDefinition): Slot | undefined {
  const slotsOf = table as (Slot | undefined)[];
  const own = slotsOf[type.id];
  const base = baseOf(type);
  return base >= 0 && own === slotsOf[base] ? undefined : own;
}

const fromSlot = ([slot, name, make, arity]: Row): Wrapper => ({
  name,
  arity,
  make: (type) => {
    const own = slot === 'hash' && type.unhashable ? undefined : ownSlot(slots[slot], type);
    return own && make(own);
  },
});

const comparison = (name: string, op: number): Wrapper => ({
  name: `__${name}__`,
  arity: [1, 1],
  make: (type) => {
    const own = ownSlot(slots.compare, type);
    return own && ((a) => own(I32[a], I32[a + 1], op));
  },
});

/** Sequences concatenate from the left only. */
const ADDS_REFLECTED: readonly number[] = [T.T_INT, T.T_FLOAT, T.T_COMPLEX];

/** The operator with the operands in this order, with them swapped, and in place. */
function operators(name: string, op: number): Wrapper[] {
  const arity: Arity = name === 'pow' ? [1, 2] : [1, 1];
  const row = (prefix: string, table: unknown, shape: Arity, swapped: boolean): Wrapper => ({
    name: `__${prefix}${name}__`,
    arity: shape,
    make: (type) => {
      const own =
        prefix === 'r' && name === 'add' && !ADDS_REFLECTED.includes(type.id) ? undefined : ownSlot(table, type);
      return own && (swapped ? (a) => own(I32[a + 1], I32[a]) : (a) => own(I32[a], I32[a + 1]));
    },
  });
  return [
    row('', slots.binary[op], arity, false),
    row('r', slots.binary[op], arity, true),
    row('i', slots.inplace[op], [1, 1], false),
  ];
}

const hasAttributeHooks = (type: TypeDefinition): boolean => type.id === T.T_OBJECT || type.id === T.T_TYPE;

function setAttribute(type: TypeDefinition, o: number, name: number, value: number): number {
  if (name === 0) return 0;
  // A class's own does more, and must not be passed over (Carlo Verre's hack).
  if (type.id === T.T_OBJECT && isSubtype(typeOf(o), T.typeHandle(T.T_TYPE)))
    return raise(
      'TypeError',
      `can't apply this ${value === 0 ? '__delattr__' : '__setattr__'} to ${typeName(o)} object`,
    );
  return okToNone(type.id === T.T_TYPE ? attributeHooks.setType(o, name, value) : attributeHooks.set(o, name, value));
}

const ATTRIBUTES: readonly Wrapper[] = [
  {
    name: '__getattribute__',
    arity: [1, 1],
    make: (type) => {
      if (!hasAttributeHooks(type)) return undefined;
      return (a) => {
        const name = nameArgument(a);
        return name === 0 ? 0 : attributeHooks.get(I32[a], name);
      };
    },
  },
  {
    name: '__setattr__',
    arity: [2, 2],
    make: (type) =>
      hasAttributeHooks(type) ? (a) => setAttribute(type, I32[a], nameArgument(a), I32[a + 2]) : undefined,
  },
  {
    name: '__delattr__',
    arity: [1, 1],
    make: (type) => (hasAttributeHooks(type) ? (a) => setAttribute(type, I32[a], nameArgument(a), 0) : undefined),
  },
];

function constructor(type: TypeDefinition, own: Slot): NativeFunction {
  return (a, n, kw) => {
    if (n === 0) return raise('TypeError', `${type.name}.__new__(): not enough arguments`);
    const cls = I32[a];
    if ((cls & 7) !== 0 || (I32[cls >>> 2] & 0xff) !== L.KIND_TYPE)
      return raise('TypeError', `${type.name}.__new__(X): X is not a type object (${typeName(cls)})`);
    if (!isSubtype(cls, T.typeHandle(type.id))) {
      const name = toJS(I32[(cls >>> 2) + L.TYPE_NAME]);
      return raise('TypeError', `${type.name}.__new__(${name}): ${name} is not a subtype of ${type.name}`);
    }
    const native = T.isBuiltinType(cls) ? T.typeId(cls) : I32[(cls >>> 2) + L.TYPE_NATIVE_ID];
    if (slots.create[native] !== own) {
      const safe = toJS(I32[(T.typeHandle(native) >>> 2) + L.TYPE_NAME]);
      const name = toJS(I32[(cls >>> 2) + L.TYPE_NAME]);
      return raise('TypeError', `${type.name}.__new__(${name}) is not safe, use ${safe}.__new__()`);
    }
    return own(cls, a + 1, n - 1, kw);
  };
}

const NEW: Wrapper = {
  name: '__new__',
  arity: 'raw',
  make: (type) => {
    const own = ownSlot(slots.create, type);
    return own && constructor(type, own);
  },
};

const ROWS: readonly Wrapper[] = [
  ...SLOT_ROWS.map(fromSlot),
  ...COMPARISONS.map(([, name], op) => comparison(name, op)),
  ...BINARY_OPERATORS.flatMap(([, name], op) => operators(name, op)),
  ...ATTRIBUTES,
  NEW,
];
/** Ids of one type. */
const ROW_LIMIT = 128;

/** The wrappers a type adds to those of its base; a method of that name that its definition gives comes first. */
export function slotWrappers(type: TypeDefinition): SlotWrapper[] {
  const given = new Set((type.methods ?? []).map(([name]) => name));
  const out: SlotWrapper[] = [];
  ROWS.forEach(({ name, make }, row) => {
    if (name !== '__new__' && given.has(name)) return;
    if (make(type) !== undefined) out.push({ name, id: FIRST_WRAPPER + type.id * ROW_LIMIT + row });
  });
  return out;
}

wrapperHook.make = (id) => {
  const at = id - FIRST_WRAPPER;
  const { name, arity, make } = ROWS[at % ROW_LIMIT];
  const run = make(typeDefinitions[Math.floor(at / ROW_LIMIT)]!);
  if (run === undefined) throw new Error(`no slot wrapper ${id}`);
  return { info: newNativeInfo(name, arity), run };
};
