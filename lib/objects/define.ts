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
import { laterHook } from './later.js';
import { type MethodRow, nextNative, registerNative } from './natives.js';

export type { MethodRow } from './natives.js';
import { SLOTTED_TYPES, slots } from './slots.js';
import { intern } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;

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

export const typeDefinitions: (TypeDefinition | undefined)[] = [];
/** In order of definition: a base comes before what derives from it. */
export const definedTypes: TypeDefinition[] = [];
/** By type id: id of the first of its methods, which those of its class, its static methods and its accessors follow in their tables. */
const firstNatives = new Int32Array(SLOTTED_TYPES);
const firstAccessors = new Int32Array(SLOTTED_TYPES);

type Getter = (self: number) => number;
type Setter = (self: number, value: number) => number;

/** Accessors of GETSET descriptors, by the id in the descriptor. */
export const getters: Getter[] = [() => 0];
export const setters: (Setter | undefined)[] = [() => 0];

/** Ids follow one another. By index: this runs for every type, not compiled yet. */
function registerAll(rows: readonly MethodRow[]): void {
  for (let i = 0; i < rows.length; i++) registerNative(rows[i]!);
}

/** Ids of a getset descriptor's functions; `set` is 0 when there is none. */
export interface Accessors {
  readonly get: number;
  readonly set: number;
}

/** Registers accessors outside a type's definition, for descriptors made at run time. */
export function registerAccessors(row: Omit<GetSetRow, 'name'>): Accessors {
  setters.push(row.set);
  return accessorIds(getters.push(row.get) - 1);
}

const accessorIds = (id: number): Accessors => ({ get: id, set: setters[id] === undefined ? 0 : id });

/** Every method of a type and its native id. */
export function eachMethod(
  type: TypeDefinition,
  visit: (name: string, id: number, of: 'instance' | 'class' | 'static') => void,
): void {
  let id = firstNatives[type.id]!;
  for (const [name] of type.methods ?? []) visit(name, id++, 'instance');
  for (const [name] of type.classMethods ?? []) visit(name, id++, 'class');
  if (type.generic) visit(CLASS_GETITEM[0], id++, 'class');
  for (const [name] of type.staticMethods ?? []) visit(name, id++, 'static');
}

/** Every getset descriptor of a type and the ids of its accessors. */
export function eachGetSet(type: TypeDefinition, visit: (name: string, ids: Accessors) => void): void {
  type.getset?.forEach(({ name }, i) => visit(name, accessorIds(firstAccessors[type.id]! + i)));
}

/** A getset descriptor of class `owner`. */
export function newGetSet(name: string, ids: Accessors, owner: number): number {
  const d = newOldObject(L.KIND_GETSET, 64, T.typeHandle(T.T_GETSET));
  const w = d >>> 2;
  i32[w + L.GETSET_NATIVE_GET] = ids.get;
  i32[w + L.GETSET_NATIVE_SET] = ids.set;
  i32[w + L.GETSET_NAME] = intern(name);
  i32[w + L.GETSET_OWNER] = owner;
  return d;
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
  for (const name in own) {
    const place = places.get(name)!;
    const given = own[name as keyof typeof own] as unknown;
    if (name !== 'binary' && name !== 'inplace') fill(place, given as Table[0]);
    else for (const op in given as Table) fill(place + Number(op), (given as Table)[op as unknown as number]);
  }
  filled[id] = list;
}

const creators = slots.create as unknown as Table;

/** By type id: 1 when its slots are complete. */
const complete = new Uint8Array(SLOTTED_TYPES);
/** How many of the defined types are. */
let completed = 0;

/**
 * Gives every type the slots that its definition left to its base. Runs once everything is loaded: modules that import each other in a cycle
 * may define a base after what derives from it. Runs again when more has been loaded.
 */
export function completeSlots(): void {
  for (; completed < definedTypes.length; completed++) inherit(definedTypes[completed]!);
}

laterHook.loaded = completeSlots;

function inherit(type: TypeDefinition): void {
  if (complete[type.id] === 1) return;
  complete[type.id] = 1;
  const base = type.id === T.T_OBJECT ? undefined : typeDefinitions[type.base ?? T.T_OBJECT];
  if (base !== undefined) {
    inherit(base);
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
  firstNatives[definition.id] = nextNative();
  if (definition.methods !== undefined) registerAll(definition.methods);
  if (definition.classMethods !== undefined) registerAll(definition.classMethods);
  if (definition.generic) registerNative(CLASS_GETITEM);
  if (definition.staticMethods !== undefined) registerAll(definition.staticMethods);
  firstAccessors[definition.id] = getters.length;
  const getset = definition.getset ?? [];
  for (let i = 0; i < getset.length; i++) {
    getters.push(getset[i]!.get);
    setters.push(getset[i]!.set);
  }
  typeDefinitions[definition.id] = definition;
  definedTypes.push(definition);
}

/** Functions and other contents of a built-in module, made on first import in an environment. */
export interface ModuleDefinition {
  readonly name: string;
  readonly functions: readonly MethodRow[];
  /** Native id of the first of them; the others follow. */
  readonly firstFunction: number;
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
  const functions = definition.functions ?? [];
  const firstFunction = nextNative();
  registerAll(functions);
  moduleDefinitions.set(definition.name, {
    name: definition.name,
    functions,
    firstFunction,
    attributes: definition.attributes ?? (() => ({})),
    types: definition.types ?? [],
    doc: definition.doc ?? '',
  });
}
