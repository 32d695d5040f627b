/**
 * From source to function: a WebAssembly module for each, over the space's memory, with the functions of support.ts as imports. Compiled functions call each
 * other through tables, one for each number of parameters. A function's place is the low bits of its code's number: two may want the same, so a function
 * that is called checks that it is meant. Other entries return MISS.
 */
import { memory } from '../heap/memory.js';
import { PARAMETERS_MOST } from './body.js';
import { parse } from './parse.js';
import { RUNTIME } from './runtime.js';
import { support } from './support.js';
import type { Compiled } from './table.js';
import { assemble, FIXED_PARAMETERS, type Source, stubModule, TABLE_ENTRIES } from './wasm.js';

export interface FunctionSource {
  /** Of the Python function; those that all compiled functions have come before. */
  readonly parameters: readonly string[];
  readonly locals: readonly string[];
  readonly text: string;
}

const FIXED = ['fp', 'depth', 'func', 'instance', 'caller'];
const NOTHING = new Set(['barrier', 'listAppend', 'missed', 'reclaimAtReturn', 'storeCell']);
const functions: Record<string, unknown> = { ...support };
const TEMPORARIES = ['t', 'k', 'w', 'r', 'q'];

/** A function that compiled code calls by this name: support.ts's, or made when it is wanted first. */
function functionNamed(name: string): unknown {
  const { parameters, text } = RUNTIME[name] ?? {};
  if (parameters !== undefined && text !== undefined)
    functions[name] ??= make({ parameters, locals: TEMPORARIES, body: parse(text) });
  return functions[name];
}

interface Table {
  readonly entries: WebAssembly.Table;
  readonly stub: unknown;
  /** Numbers of the functions that are in it. */
  readonly owners: Int32Array;
}
const tables: (Table | undefined)[] = [];

function instantiate(bytes: Uint8Array<ArrayBuffer>, imports: Record<string, unknown>): unknown {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: imports }).exports['f'];
}

function tableFor(parameters: number): Table {
  const known = tables[parameters];
  if (known !== undefined) return known;
  const stub = instantiate(stubModule(FIXED_PARAMETERS + parameters), {});
  const entries = new WebAssembly.Table({ element: 'anyfunc', initial: 0 });
  entries.grow(TABLE_ENTRIES, stub);
  return (tables[parameters] = { entries, stub, owners: new Int32Array(TABLE_ENTRIES) });
}

/** Makes `f` what code number `id`, with so many parameters, is called by. */
export function enter(id: number, parameters: number, f: Compiled): void {
  if (parameters < 0 || parameters > PARAMETERS_MOST) return;
  const { entries, owners } = tableFor(parameters);
  const at = id & (TABLE_ENTRIES - 1);
  owners[at] = id;
  entries.set(at, f);
}

/** From now on nothing is called by that number. */
export function remove(id: number): void {
  const at = id & (TABLE_ENTRIES - 1);
  for (const table of tables) if (table?.owners[at] === id) table.entries.set(at, table.stub);
}

function make(source: Source): unknown {
  const { bytes, imports } = assemble(source, (name) => !NOTHING.has(name));
  const given: Record<string, unknown> = { m: memory };
  for (const n of imports.arities) given[`t${n}`] = tableFor(n).entries;
  for (const name of imports.names) given[name] = functionNamed(name);
  return instantiate(bytes, given);
}

export const functionOf = ({ parameters, locals, text }: FunctionSource): Compiled =>
  make({ parameters: [...FIXED, ...parameters], locals, body: parse(text) }) as Compiled;
