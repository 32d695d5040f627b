/**
 * The compiled tier (docs/compiled.md): what runs often becomes WebAssembly. PROTOSPACE_JIT=0 turns it off, `eager` compiles all code when it is called
 * first. Hot code is found where the dispatch function comes back to its trampoline: the code that runs then gets the steps that were made since.
 */
import { writeSync } from 'node:fs';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, CTX_GENERATOR } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32, inWebAssembly } from '../heap/memory.js';
import { OP_CALL, OP_ENTER_COMPILED } from '../compiler/opcodes.js';
import { plainInit } from '../vm/call.js';
import { compiledHook, compiledSetting, firstInstruction, GO_ON } from '../vm/compiled.js';
import { type Body, isCompilable, readBody } from './body.js';
import { sourceOf } from './compile.js';
import { enter as enterTable, functionOf, remove as removeEntry } from './link.js';
import { LEFT_LOOP, takeLeft } from './support.js';
import { type Compiled, type Row, table } from './table.js';

const I32 = i32;
const C = CARRIER;

const eager = compiledSetting === 'eager';
/** Is each source to be printed? */
const showing = process.env.PROTOSPACE_JIT_SHOW === '1';

/** Back edges and calls after which code is compiled: for all, and more for each instruction, as compiling takes time for each. */
const HOT = eager ? 0 : 1000;
const HOT_BY_SIZE = eager ? 0 : 60;
/** Functions that one carrier has at most: each takes some 100 KB. */
const FUNCTIONS_MOST = 500;
/** Back edges and calls seen in code that is not hot yet, by its word. */
const steps = new Map<number, number>();
/** When so many codes were counted all are forgotten: most of them may be gone. */
const COUNTED_MOST = 10_000;
let functions = 0;

/** The number of code at word `c`, which all carriers know it by. */
function numberOf(c: number): number {
  const known = I32[c + L.CODE_COMPILED];
  if (known !== 0) return known;
  const fresh = atomics.add(L.CTL_COMPILED_NEXT * 4, 1) + 1;
  const seen = atomics.cas((c + L.CODE_COMPILED) << 2, 0, fresh);
  return seen === 0 ? fresh : seen;
}

const rowOf = (c: number): Row => {
  const id = numberOf(c);
  return table.row(id) ?? table.add(id, c);
};

/** The function for code at `c` from `entry` on; undefined when it cannot be compiled, or there are enough. */
function make(c: number, frame: number, entry: number, depth: number): Compiled | undefined {
  if (functions >= FUNCTIONS_MOST) functions = table.prune();
  if (functions >= FUNCTIONS_MOST) return undefined;
  try {
    const f = written(readBody(c, numberOf(c), frame), entry, depth);
    if (f === undefined) return undefined;
    functions++;
    I32[C + L.CAR_COMPILED] = I32[C + L.CAR_COMPILED] + 1;
    return f;
  } catch (error) {
    // No stack left for the compiler, or no memory for what it makes: the interpreter needs neither.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function written(body: Body, entry: number, depth: number): Compiled | undefined {
  const source = sourceOf(body, entry, depth);
  if (source === undefined) return undefined;
  if (showing) writeSync(2, `// ${body.name}, from instruction ${entry}\n${source.text}\n`);
  return functionOf(source);
}

/** The function for a frame at its first instruction; made when there is none. */
function functionFor(frame: number): Compiled | undefined {
  const c = I32[frame + L.F_CODE] >>> 2;
  const row = rowOf(c);
  if (row.f !== undefined) return row.f;
  const f = row.refused || !isCompilable(c) ? undefined : make(c, frame, 0, 0);
  if (f === undefined) return refuse(c, row);
  row.f = f;
  enterTable(I32[c + L.CODE_COMPILED], I32[c + L.CODE_SIMPLE_ARGS], f);
  return f;
}

function drop(id: number): void {
  const row = table.row(id)!;
  removeEntry(id);
  row.f = undefined;
  for (const [at, loop] of row.loops) if (loop !== undefined) row.loops.delete(at);
  row.misses = 0;
  row.drops++;
}

/** The code stays interpreted: its calls go straight to its first instruction. */
function refuse(c: number, row: Row): undefined {
  row.refused = true;
  I32[c + L.CODE_ENTRY_PC] = firstInstruction(c);
}

/** Runs a function and whatever follows when it leaves at a loop. What compiledHook returns, but for returned values: see `deliver`. */
function runCompiled(f: Compiled, frame: number): number {
  const entry = (I32[frame + L.F_FLAGS] & CTX_ENTRY) !== 0;
  I32[C + L.CAR_COMPILED_ENTERED] = (I32[C + L.CAR_COMPILED_ENTERED] + 1) | 0;
  for (;;) {
    const r = f(frame, 0, 0, 0, 0);
    if (r !== 0) return entry ? r : deliver(r);
    const reason = takeLeft();
    if (reason === 0) return 0;
    if (reason !== LEFT_LOOP) return GO_ON;
    const loop = loopFor(frame);
    if (loop === undefined) return GO_ON;
    f = loop;
  }
}

/** The frame returned: its value goes on its caller's stack. */
function deliver(value: number): number {
  const caller = I32[C + L.CAR_CONTEXT];
  const sp = I32[caller + L.F_SP];
  I32[sp] = value;
  I32[caller + L.F_SP] = sp + 1;
  return GO_ON;
}

/** The function for the loop whose head the frame is at. */
function loopFor(frame: number): Compiled | undefined {
  const c = I32[frame + L.F_CODE] >>> 2;
  if (!isCompilable(c)) return undefined;
  const at = I32[frame + L.F_PC] - firstInstruction(c);
  const { loops } = rowOf(c);
  if (loops.has(at)) return loops.get(at);
  const depth = I32[frame + L.F_SP] - frame - L.F_LOCALS - I32[c + L.CODE_NLOCALS];
  const f = at === 0 ? undefined : make(c, frame, at, depth);
  loops.set(at, f);
  return f;
}

const isRefused = (c: number): boolean => table.row(I32[c + L.CODE_COMPILED])?.refused === true;

/** What a call by compiled code counts: the interpreter, which counts steps, comes back less often. */
const CALLED_STEPS = 20;

function called(frame: number): Compiled | undefined {
  const c = I32[frame + L.F_CODE] >>> 2;
  if (I32[frame + L.F_PC] !== L.CTL_ENTER_COMPILED) {
    if (I32[frame + L.F_PC] === L.CTL_LOAD_BODY || (I32[frame + L.F_FLAGS] & CTX_GENERATOR) !== 0) return undefined;
    if (isRefused(c) || !count(c, CALLED_STEPS)) return undefined;
  }
  return functionFor(frame);
}

/** ENTER_COMPILED. */
function enter(frame: number): number {
  const f = functionFor(frame);
  return f === undefined ? GO_ON : runCompiled(f, frame);
}

/** Is the frame at the head of a loop, to which a jump back has just gone? Otherwise it is at a call that is to be made. */
const atCall = (frame: number): boolean => (I32[I32[frame + L.F_PC]] & 0xff) === OP_CALL;

/** Code at word `c` ran for so many steps; true when it is hot. */
function count(c: number, events: number): boolean {
  const n = (steps.get(c) ?? 0) + events;
  if (n < HOT + HOT_BY_SIZE * I32[c + L.CODE_INSTRUCTIONS]) {
    if (steps.size >= COUNTED_MOST) steps.clear();
    steps.set(c, n);
    return false;
  }
  steps.delete(c);
  if (isCompilable(c) && I32[c + L.CODE_ENTRY_PC] === firstInstruction(c) && !isRefused(c))
    I32[c + L.CODE_ENTRY_PC] = L.CTL_ENTER_COMPILED;
  return true;
}

/** Code of what the frame is about to call, when that is a Python function or a class with an `__init__`: its word, or 0. */
function calledCode(frame: number): number {
  const n = I32[I32[frame + L.F_PC]] >> 8;
  let callee = I32[I32[frame + L.F_SP] - n - 2];
  if ((callee & 7) !== 0 || callee === 0) return 0;
  if ((I32[callee >>> 2] & 0xff) === L.KIND_METHOD) callee = I32[(callee >>> 2) + L.METHOD_FUNCTION];
  if ((callee & 7) === 0 && (I32[callee >>> 2] & 0xff) === L.KIND_TYPE) callee = plainInit(callee);
  if ((callee & 7) !== 0 || callee === 0 || (I32[callee >>> 2] & 0xff) !== L.KIND_FUNCTION) return 0;
  const c = I32[(callee >>> 2) + L.FUNCTION_CODE] >>> 2;
  return I32[c + L.CODE_BYTECODE] === 0 ? 0 : c;
}

/** The dispatch function came back: counts, and enters the loop that runs, when it is hot. */
function goOn(events: number): number {
  const frame = I32[C + L.CAR_CONTEXT];
  const c = I32[frame + L.F_CODE] >>> 2;
  if (c === 0) return GO_ON;
  if (atCall(frame)) {
    count(c, events);
    const called = calledCode(frame);
    if (called !== 0) count(called, events);
    return GO_ON;
  }
  if ((I32[frame + L.F_FLAGS] & CTX_GENERATOR) !== 0) return GO_ON;
  const loops = table.row(I32[c + L.CODE_COMPILED])?.loops;
  const at = I32[frame + L.F_PC] - firstInstruction(c);
  if (loops?.has(at) !== true && !count(c, events)) return GO_ON;
  const f = loopFor(frame);
  if (f === undefined) return GO_ON;
  const r = runCompiled(f, frame);
  compiledHook.leftLoop = true;
  return r;
}

if (compiledSetting !== 'off' && inWebAssembly) {
  I32[L.CTL_ENTER_COMPILED] = OP_ENTER_COMPILED;
  compiledHook.enter = enter;
  table.called = called;
  table.drop = drop;
  table.removed = removeEntry;
  compiledHook.goOn = goOn;
  compiledHook.eager = eager;
  if (eager) table.missesMost = 20;
}
