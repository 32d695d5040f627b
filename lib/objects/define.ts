/**
 * Definitions of built-in types and functions, as data. `defineType` runs when modules load, in every isolate, and fills the slot tables; the
 * TYPE objects themselves are built once a process by boot.ts from these rows.
 */
import { newOldObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { NONE } from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { raise } from './exceptions.js';
import { type Arity, type NativeFunction, registerNative } from './natives.js';
import { SLOTTED_TYPES, slots } from './slots.js';
import { intern } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;

export type MethodRow = readonly [name: string, run: NativeFunction, arity: Arity];

export interface GetSetRow {
  readonly name: string;
  /** Gets the instance. */
  readonly get: (self: number) => number;
  /** Gets the instance and the value, 0 to delete; returns 1, or 0 with the exception set. */
  readonly set?: (self: number, value: number) => number;
}

/** A member: an attribute that is a word of the object, None when unset. */
export const member = (name: string, word: number): GetSetRow => ({
  name,
  get: (o) => i32[(o >>> 2) + word]! || NONE,
  set: (o, v) => {
    storeRef(o, word, v);
    return 1;
  },
});

/** A read-only member: assignment says 'readonly attribute', as CPython's members do. */
export const readOnly = (name: string, get: (self: number) => number): GetSetRow => ({
  name,
  get,
  set: () => raise('AttributeError', 'readonly attribute'),
});

export interface TypeDefinition {
  readonly id: number;
  readonly name: string;
  /** Id of the base; `object` when missing. */
  readonly base?: number;
  /** Id of a second base, whose own bases follow those of the first in the MRO. */
  readonly mixin?: number;
  /** Module shown in the repr; builtins when missing. */
  readonly module?: string;
  /** Kind of its instances; KIND_INSTANCE when they are as those of a class written in Python. */
  readonly kind?: number;
  /** May a class derive from it? */
  readonly final?: boolean;
  /** Has instances a `__dict__`? */
  readonly dict?: boolean;
  /** Has it a `__class_getitem__` that makes a GenericAlias? */
  readonly generic?: boolean;
  /** false: its instances have nothing to finalize, though a base has `__del__`. */
  readonly finalizer?: boolean;
  /** May there be weak references to its instances? */
  readonly weakrefs?: boolean;
  /** Methods: `self` is args[0], not counted in the arity. */
  readonly methods?: readonly MethodRow[];
  readonly classMethods?: readonly MethodRow[];
  readonly staticMethods?: readonly MethodRow[];
  readonly getset?: readonly GetSetRow[];
  /** Other entries of the type's dict, computed at boot. */
  readonly attributes?: () => Readonly<Record<string, number>>;
  readonly doc?: string;
  /** `hash: null` makes the type unhashable. */
  readonly unhashable?: boolean;
  readonly matchSequence?: boolean;
  readonly matchMapping?: boolean;
  readonly slots?: Partial<{
    [K in keyof typeof slots]: K extends 'binary' | 'inplace'
      ? Readonly<Record<number, (a: number, b: number) => number>>
      : NonNullable<(typeof slots)[K] extends (infer F)[] ? F : never>;
  }>;
}

export interface NativeRow {
  readonly name: string;
  readonly id: number;
}

/** A definition with the native ids its rows got. */
export interface DefinedType extends TypeDefinition {
  readonly methodIds: readonly NativeRow[];
  readonly classMethodIds: readonly NativeRow[];
  readonly staticMethodIds: readonly NativeRow[];
  readonly getsetIds: readonly { readonly name: string; readonly get: number; readonly set: number }[];
}

export const typeDefinitions: (DefinedType | undefined)[] = [];
/** In order of definition: a base comes before what derives from it. */
export const definedTypes: DefinedType[] = [];

/** Accessors of GETSET descriptors, by the id in the descriptor. */
export const getters: ((self: number) => number)[] = [() => 0];
export const setters: ((self: number, value: number) => number)[] = [() => 0];

const register = (rows: readonly MethodRow[] | undefined): NativeRow[] =>
  (rows ?? []).map(([name, run, arity]) => ({ name, id: registerNative(name, run, arity) }));

/** Registers accessors outside a type's definition, for descriptors made at run time. */
export function registerAccessors(row: Omit<GetSetRow, 'name'>): { get: number; set: number } {
  const { get, set } = registerGetSet({ name: '', ...row });
  return { get, set };
}

/** A getset descriptor of class `owner`. */
export function newGetSet(name: string, ids: { readonly get: number; readonly set: number }, owner: number): number {
  const d = newOldObject(L.KIND_GETSET, 64, T.typeHandle(T.T_GETSET));
  const w = d >>> 2;
  i32[w + L.GETSET_NATIVE_GET] = ids.get;
  i32[w + L.GETSET_NATIVE_SET] = ids.set;
  i32[w + L.GETSET_NAME] = intern(name);
  i32[w + L.GETSET_OWNER] = owner;
  return d;
}

function registerGetSet(row: GetSetRow): { name: string; get: number; set: number } {
  getters.push(row.get);
  if (row.set !== undefined) setters.push(row.set);
  return { name: row.name, get: getters.length - 1, set: row.set === undefined ? 0 : setters.length - 1 };
}

type Table = (((...args: never[]) => number) | undefined)[];

const tables: Table[] = [];
/** Place in `tables` of a slot's table, of the first where it has several. */
const places = new Map<string, number>();
for (const [name, t] of Object.entries(slots) as unknown as [string, Table | Table[]][]) {
  places.set(name, tables.length);
  if (Array.isArray(t[0])) tables.push(...(t as Table[]));
  else tables.push(t as Table);
}

/** By type id: places of the tables in which it has an entry. Most have few. */
const filled: number[][] = [];

/** Enters the slots that a definition gives; those of its base follow in inheritSlots. */
function fillSlots(id: number, own: TypeDefinition['slots']): void {
  const list: number[] = [];
  const fill = (place: number, run: Table[0]): void => {
    tables[place]![id] = run;
    list.push(place);
  };
  for (const [name, given] of Object.entries(own ?? {})) {
    const place = places.get(name)!;
    if (name !== 'binary' && name !== 'inplace') fill(place, given as unknown as Table[0]);
    else for (const [op, run] of Object.entries(given as unknown as Table)) fill(place + Number(op), run);
  }
  filled[id] = list;
}

const creators = slots.create as unknown as Table;

/**
 * Gives every type the slots that its definition left to its base. Runs once everything is loaded: modules that import each other in a cycle
 * may define a base after what derives from it.
 */
export function inheritSlots(): void {
  const done = new Uint8Array(typeDefinitions.length);
  for (const type of definedTypes) inherit(type, done);
}

function inherit(type: DefinedType, done: Uint8Array): void {
  if (done[type.id] === 1) return;
  done[type.id] = 1;
  const base = type.id === T.T_OBJECT ? undefined : typeDefinitions[type.base ?? T.T_OBJECT];
  if (base !== undefined) {
    inherit(base, done);
    const to = type.id;
    const from = base.id;
    const creator = creators[to];
    // By index: this runs once, not compiled yet, where an iterator costs several times the rest.
    const own = filled[to]!;
    const inherited = filled[from]!;
    for (let i = 0; i < inherited.length; i++) {
      const table = tables[inherited[i]!]!;
      if (table[to] !== undefined) continue;
      table[to] = table[from];
      own.push(inherited[i]!);
    }
    // A built-in type that gives no `__new__` has no instances to make: object's is not its own, unless they are plain ones.
    if (from === T.T_OBJECT && type.kind !== L.KIND_INSTANCE) creators[to] = creator;
  }
  if (type.unhashable) slots.hash[type.id] = undefined;
}

/** Set by generic-alias.ts: makes `list[int]`. */
export const aliasHook = { make: (_origin: number, _args: number): number => 0 };

const CLASS_GETITEM: MethodRow = ['__class_getitem__', (a) => aliasHook.make(I32[a]!, I32[a + 1]!), [1, 1]];

/** Defines a built-in type. */
export function defineType(definition: TypeDefinition): void {
  if (typeDefinitions[definition.id] !== undefined)
    throw new Error(`type id ${definition.id} is taken (${definition.name})`);
  if (definition.id >= SLOTTED_TYPES) throw new Error(`type id ${definition.id} (${definition.name}) is out of range`);
  fillSlots(definition.id, definition.slots);
  const defined: DefinedType = {
    ...definition,
    methodIds: register(definition.methods),
    classMethodIds: register(
      definition.generic ? [...(definition.classMethods ?? []), CLASS_GETITEM] : definition.classMethods,
    ),
    staticMethodIds: register(definition.staticMethods),
    getsetIds: (definition.getset ?? []).map(registerGetSet),
  };
  typeDefinitions[definition.id] = defined;
  definedTypes.push(defined);
}

/** Functions and other contents of a built-in module, made on first import in an environment. */
export interface ModuleDefinition {
  readonly name: string;
  readonly functions: readonly NativeRow[];
  /** Further attributes by name, computed at import (environment handle given). */
  readonly attributes: (environment: number) => Readonly<Record<string, number>>;
  /** Types exported, by id. */
  readonly types: readonly number[];
  readonly doc: string;
}

export const moduleDefinitions = new Map<string, ModuleDefinition>();

export function defineModule(definition: {
  name: string;
  functions?: readonly MethodRow[];
  attributes?: (environment: number) => Readonly<Record<string, number>>;
  types?: readonly number[];
  doc?: string;
}): void {
  moduleDefinitions.set(definition.name, {
    name: definition.name,
    functions: register(definition.functions),
    attributes: definition.attributes ?? (() => ({})),
    types: definition.types ?? [],
    doc: definition.doc ?? '',
  });
}
