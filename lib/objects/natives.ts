/**
 * Built-in functions: a table by stable id. Ids follow the order of registration, which is the order of imports and the same in every
 * isolate; the NATIVE object in the space carries the id only.
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
  parameters: Parameters | undefined;
}

export const nativeFunctions: NativeFunction[] = [() => 0];
export const nativeInfos: NativeInfo[] = [
  { name: '', convention: CONVENTION_RAW, min: 0, max: -1, parameters: undefined },
];

/** Shape of the arguments: [min, max] positional, a signature '(a, /, b=None, *, key=None)', or 'raw'. `self` is never listed. */
export type Arity = readonly [number, number] | `(${string})` | 'raw';

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

/** Registers a function; returns its id. */
export function registerNative(name: string, run: NativeFunction, arity: Arity): number {
  nativeFunctions.push(run);
  if (arity === 'raw') nativeInfos.push({ name, convention: CONVENTION_RAW, min: 0, max: -1, parameters: undefined });
  else if (typeof arity === 'string') {
    nativeInfos.push({ name, convention: CONVENTION_NAMED, min: 0, max: -1, parameters: parseSignature(arity) });
  } else
    nativeInfos.push({ name, convention: CONVENTION_POSITIONAL, min: arity[0], max: arity[1], parameters: undefined });
  return nativeFunctions.length - 1;
}
