/**
 * Patterns in the space, and the compiled programs this isolate has for them. A Pattern is a RECORD with its SRE code in a bytes object and a
 * number that no other pattern of the process has; programs are kept by that number and made again when they were dropped.
 */
import { raiseMemoryError } from '../../objects/memory-error.js';
import { newObject } from '../../heap/alloc.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { atomics, i32 } from '../../heap/memory.js';
import { bytesLength, bytesStart, newBytes } from '../../objects/bytes.js';
import { raise } from '../../objects/exceptions.js';
import * as T from '../../objects/type-ids.js';
import { InvalidCode } from './charset.js';
import { generate } from './generate.js';
import { interpreter, work } from './interpret.js';
import { FAILED, machine, type Run, StackExhausted, TOO_LONG } from './machine.js';
import { compileTree, type Program } from './program.js';
import { readPattern, type Sequence } from './tree.js';

const I32 = i32;

export interface Compiled {
  readonly tree: Sequence;
  readonly groups: number;
  /** For strings of characters below 256, and for others. */
  readonly programs: [Program | undefined, Program | undefined];
  /** By log2 of a character's width. */
  readonly runs: [Run | undefined, Run | undefined, Run | undefined];
  /** Interpreted steps so far by width; -1: the run function is a generated one, or there is none to be had. */
  readonly steps: [number, number, number];
}

/** Interpreted steps after which a pattern is worth a function of its own. */
const HOT = 4000;
const CACHE_LIMIT = 1000;
const cache = new Map<number, Compiled>();

// Items of a Pattern.
const ITEM_PATTERN = L.RECORD_ITEMS;
const ITEM_GROUPINDEX = L.RECORD_ITEMS + 1;
const ITEM_INDEXGROUP = L.RECORD_ITEMS + 2;
const ITEM_CODE = L.RECORD_ITEMS + 3;
const ITEM_FLAGS = L.RECORD_ITEMS + 4;
const ITEM_GROUPS = L.RECORD_ITEMS + 5;
const ITEM_COUNT = 6;

const wordOf =
  (item: number) =>
  (pattern: number): number =>
    I32[(pattern >>> 2) + item]!;

export const patternText = wordOf(ITEM_PATTERN);
export const patternGroupIndex = wordOf(ITEM_GROUPINDEX);
export const patternIndexGroup = wordOf(ITEM_INDEXGROUP);
export const patternCode = wordOf(ITEM_CODE);
/** An int handle. */
export const patternFlags = wordOf(ITEM_FLAGS);
export const patternGroups = (p: number): number => I32[(p >>> 2) + ITEM_GROUPS]! >> 1;
const patternId = wordOf(L.RECORD_RAW_0);
/** What the pattern was written in: 0 str, 1 bytes, -1 unknown. */
export const patternKind = wordOf(L.RECORD_RAW_1);

/** A new Pattern; 0 with RuntimeError set when the code is none that CPython's compiler makes. */
export function newPattern(
  type: number,
  code: readonly number[],
  text: number,
  kind: number,
  flags: number,
  groups: number,
  groupIndex: number,
  indexGroup: number,
): number {
  let compiled: Compiled;
  try {
    compiled = compile(code, groups);
  } catch (error) {
    if (!(error instanceof InvalidCode)) throw error;
    return raise('RuntimeError', 'invalid SRE code');
  }
  const words = newBytes(code.length * 4);
  const start = bytesStart(words) >>> 2;
  for (let i = 0; i < code.length; i++) I32[start + i] = code[i]! | 0;
  const p = newObject(L.KIND_RECORD, (L.RECORD_ITEMS + ITEM_COUNT) * 4, T.typeHandle(type));
  const w = p >>> 2;
  I32[w + L.RECORD_COUNT] = ITEM_COUNT;
  I32[w + L.RECORD_RAW_0] = atomics.add(L.CTL_PATTERN_NEXT * 4, 1);
  I32[w + L.RECORD_RAW_1] = kind;
  I32[w + ITEM_PATTERN] = text;
  I32[w + ITEM_GROUPINDEX] = groupIndex;
  I32[w + ITEM_INDEXGROUP] = indexGroup;
  I32[w + ITEM_CODE] = words;
  I32[w + ITEM_FLAGS] = flags;
  I32[w + ITEM_GROUPS] = H.small(groups);
  remember(I32[w + L.RECORD_RAW_0]!, compiled);
  return p;
}

function compile(code: ArrayLike<number>, groups: number): Compiled {
  return {
    tree: readPattern(code, groups),
    groups,
    programs: [undefined, undefined],
    runs: [undefined, undefined, undefined],
    steps: [0, 0, 0],
  };
}

function remember(id: number, compiled: Compiled): void {
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
  cache.set(id, compiled);
}

/** What this isolate has compiled of a Pattern. */
export function compiledOf(pattern: number): Compiled {
  const id = patternId(pattern);
  let compiled = cache.get(id);
  if (compiled === undefined) {
    const code = patternCode(pattern);
    const start = bytesStart(code) >>> 2;
    compiled = compile(I32.subarray(start, start + (bytesLength(code) >>> 2)), patternGroups(pattern));
    remember(id, compiled);
  }
  return compiled;
}

function programOf(compiled: Compiled, shift: number): Program {
  const which = shift === 0 ? 0 : 1;
  let program = compiled.programs[which];
  if (program === undefined)
    compiled.programs[which] = program = compileTree(compiled.tree, compiled.groups, which === 0);
  return program;
}

/** The group closed last in the match just made; 0: none. */
export function lastGroup(compiled: Compiled, shift: number): number {
  const program = programOf(compiled, shift);
  if (program.lastGroup >= 0) return program.lastGroup;
  return Math.max(0, machine.registers[2 * program.groups]!);
}

/** From now on a generated function runs the pattern, or where there can be none, an interpreter that takes its time. */
function warm(compiled: Compiled, shift: number): Run {
  const program = programOf(compiled, shift);
  compiled.steps[shift] = -1;
  return (compiled.runs[shift] = generate(program, shift) ?? interpreter(program, shift, true));
}

function cold(compiled: Compiled, shift: number, args: Parameters<Run>): number {
  if (compiled.steps[shift]! > HOT) return warm(compiled, shift)(...args);
  const run = (compiled.runs[shift] ??= interpreter(programOf(compiled, shift), shift, false));
  const before = work.steps;
  const result = run(...args);
  if (result === TOO_LONG) return warm(compiled, shift)(...args);
  compiled.steps[shift]! += work.steps - before;
  return result;
}

/** Runs a pattern: see Run. FAILED: the exception is set. */
export function run(
  compiled: Compiled,
  shift: number,
  base: number,
  p: number,
  end: number,
  mode: number,
  advance: number,
): number {
  try {
    if (compiled.steps[shift]! < 0) return compiled.runs[shift]!(base, p, end, mode, advance);
    return cold(compiled, shift, [base, p, end, mode, advance]);
  } catch (error) {
    if (!(error instanceof StackExhausted)) throw error;
    raiseMemoryError();
    return FAILED;
  }
}
