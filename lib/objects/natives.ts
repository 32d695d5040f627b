/**
 * Built-in functions: a table by stable id. Ids follow the order of registration, which is the order of imports and the same in every
 * isolate; the NATIVE object in the space carries the id only. Ids from FIRST_WRAPPER on are computed (slot-wrappers.ts): such a function is
 * made in an isolate when it is first called there.
 */

/** Gets the word index of its first argument on the operand stack, their number, and the tuple of keyword names (0: none; values follow the positional ones). Returns a handle, or 0 with the exception set. */
export type NativeFunction = (args: number, n: number, kwnames: number) => number;

/** How arguments reach the function. */
export const CONVENTION_POSITIONAL = 0;
/** Arguments are normalised to one word a parameter; missing ones are 0. */
export const CONVENTION_NAMED = 1;
/** Given as they are. */
export const CONVENTION_RAW = 2;

export interface Parameters {
  names: readonly string[];
  /** Parameters before this are positional only. */
  positionalOnly: number;
  /** Parameters from this on are keyword only. */
  keywordOnly: number;
  required: readonly boolean[];
}

export interface NativeInfo {
  name: string;
  convention: number;
  /** Positional convention: bounds on the number of arguments, without self for methods; max -1: no bound. */
  min: number;
  max: number;
  /** Named convention: the signature's text, read when the function is first called. */
  signature: string;
}

/** Least id of a slot wrapper. */
export const FIRST_WRAPPER = 1 << 16;

const blockingFunctions = new Set<NativeFunction>();

/** By id: 1 when the function may block (see `blocking`). */
export const nativeBlocks = new Uint8Array(FIRST_WRAPPER);

/** Marks a function that may block its thread: the dispatch loop tells it (CAR_BLOCKED_STATE) when it may park. See lib/threads/block.ts. */
export function blocking(run: NativeFunction): NativeFunction {
  blockingFunctions.add(run);
  return run;
}

/** Shape of the arguments: [min, max] positional, a signature '(a, /, b=None, *, key=None)', or 'raw'. `self` is never listed. */
export type Arity = readonly [number, number] | `(${string})` | 'raw';

/** A built-in function as data. */
export type MethodRow = readonly [name: string, run: NativeFunction, arity: Arity];

const NONE: NativeFunction = () => 0;
/** By id. */
const rows: MethodRow[] = [['', NONE, 'raw']];
const functions: NativeFunction[] = [NONE];
/** Made of the row when the function is first called. */
const infos: NativeInfo[] = [];

/** The id that the next function gets. */
export const nextNative = (): number => rows.length;
export const nativeName = (id: number): string => rows[id]![0];

/** Parses '(a, b=None, /, *, c=0)'; a default's text is not read: a missing argument is 0. */
export function parseSignature(text: string): Parameters {
  const names: string[] = [];
  const required: boolean[] = [];
  let positionalOnly = 0;
  let keywordOnly = -1;
  for (const part of text
    .slice(1, -1)
    .split(',')
    .map((s) => s.trim())) {
    if (part === '') continue;
    if (part === '/') positionalOnly = names.length;
    else if (part === '*') keywordOnly = names.length;
    else {
      const [name, fallback] = part.split('=');
      names.push(name!.trim());
      required.push(fallback === undefined);
    }
  }
  return { names, positionalOnly, keywordOnly: keywordOnly < 0 ? names.length : keywordOnly, required };
}

const parsed = new Map<string, Parameters>();

/** Parameters of a function of the named convention. */
export function parametersOf(info: NativeInfo): Parameters {
  let p = parsed.get(info.signature);
  if (p === undefined) {
    p = parseSignature(info.signature);
    parsed.set(info.signature, p);
  }
  return p;
}

/** What is known of a function named `name` with arguments of this shape. */
export function newNativeInfo(name: string, arity: Arity): NativeInfo {
  if (arity === 'raw') return { name, convention: CONVENTION_RAW, min: 0, max: -1, signature: '' };
  if (typeof arity === 'string') return { name, convention: CONVENTION_NAMED, min: 0, max: -1, signature: arity };
  return { name, convention: CONVENTION_POSITIONAL, min: arity[0], max: arity[1], signature: '' };
}

/** Functions whose arity is in the table below. */
const SHAPES = 8192;
/**
 * By id, of functions that get positional arguments as they are: least number, in the upper half how many more there may be. Of those with named
 * parameters, when they were called: the complement of (least, most, parameters), a byte each. -1: to be asked of nativeInfo.
 */
export const nativeArity = new Int32Array(SHAPES).fill(-1);
const NO_BOUND = 0x7fff;

/** Is `given`, without self, a number of arguments that the function with this entry of nativeArity takes? Never for -1. */
export const takesCount = (arity: number, given: number): boolean =>
  (given - (arity & 0xffff)) >>> 0 <= arity >> 16 && arity >= 0;

/** Notes the parameters of a function, for calls without names. */
export function noteParameters(id: number, p: Parameters): void {
  const count = p.names.length;
  const least = p.required.lastIndexOf(true) + 1;
  if (id < SHAPES && count > 0 && count < 256 && least <= p.keywordOnly)
    nativeArity[id] = ~(least | (p.keywordOnly << 8) | (count << 16));
}

/** Of an entry for named parameters: how many words to add to `given` positional arguments; -1: they do not fit, or it is no such entry. */
export function missingWords(arity: number, given: number): number {
  if (arity >= -1) return -1;
  const p = ~arity;
  return given >= (p & 0xff) && given <= ((p >> 8) & 0xff) ? (p >> 16) - given : -1;
}

/** The function with an id that has an entry in nativeArity. */
export const plainFunction = (id: number): NativeFunction => functions[id]!;

function arityEntry(arity: Arity): number {
  if (arity === 'raw') return NO_BOUND << 16;
  if (typeof arity === 'string') return -1;
  const [min, max] = arity;
  return ((max < 0 ? NO_BOUND : max - min) << 16) | min;
}

/** Registers a function; returns its id. */
export function registerNative(row: MethodRow): number {
  const id = rows.push(row) - 1;
  functions.push(row[1]);
  if (id < SHAPES) nativeArity[id] = arityEntry(row[2]);
  if (blockingFunctions.has(row[1])) nativeBlocks[id] = 1;
  return id;
}

function makeInfo(id: number): NativeInfo {
  const [name, , arity] = rows[id]!;
  infos[id] = newNativeInfo(name, arity);
  return infos[id];
}

/** Makes the wrapper with this id; set by slot-wrappers.ts. */
export const wrapperHook = {
  make: (id: number): { info: NativeInfo; run: NativeFunction } => {
    throw new Error(`no slot wrapper ${id}`);
  },
};
const wrappers = new Map<number, { readonly info: NativeInfo; readonly run: NativeFunction }>();

function wrapper(id: number): { readonly info: NativeInfo; readonly run: NativeFunction } {
  let found = wrappers.get(id);
  if (found === undefined) {
    found = wrapperHook.make(id);
    wrappers.set(id, found);
  }
  return found;
}

/** The function with this id. */
export const nativeFunction = (id: number): NativeFunction => (id < FIRST_WRAPPER ? functions[id]! : wrapper(id).run);
export const nativeInfo = (id: number): NativeInfo =>
  id < FIRST_WRAPPER ? (infos[id] ?? makeInfo(id)) : wrapper(id).info;
