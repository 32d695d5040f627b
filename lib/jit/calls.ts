/** Calls between compiled functions, construction of instances, and returns. Any other call is the interpreter's (support.callAny). */
import { CARRIER } from '../heap/carrier.js';
import { CTX_INIT } from '../heap/context.js';
import { NONE } from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { stressRuns } from '../heap/stress.js';
import { TYPE_FLAG_ABSTRACT, TYPE_FLAG_HAS_DEL } from '../objects/attribute.js';
import { T_TYPE, typeHandle } from '../objects/type-ids.js';
import { plainInit } from '../vm/call.js';
import { PARAMETERS_MOST } from './body.js';
import type { Emitter, Item } from './emitter.js';
import { DEPTH_MOST } from './support.js';
import { table } from './table.js';
import { MISS } from './wasm.js';

const I32 = i32;
const C = CARRIER;
const BUMP = `I[${C + L.CAR_BUMP}]`;
const DEPTH = `I[${C + L.CAR_DEPTH}]`;
const CONTEXT = `I[${C + L.CAR_CONTEXT}]`;

/** Condition that the function at word w takes n arguments as they are and its code, on some carrier, has the number f. */
const takes = (n: number): string =>
  `I[(k = I[w + ${L.FUNCTION_CODE}] >>> 2) + ${L.CODE_SIMPLE_ARGS}] === ${n} && (f = I[k + ${L.CODE_COMPILED}]) !== 0`;

const texts = (items: readonly Item[]): string => items.map((item) => `, ${item.text}`).join('');

/**
 * The function that was called when the code was compiled: what must hold for it to be called again, and the call; undefined when it takes other
 * arguments, or had no compiled form. That it is what it was shows in its kind, its code, and the code's number, which is never used again.
 */
function knownFunction(e: Emitter, f: number, args: number): { guard: string; call: string } | undefined {
  if ((f & 7) !== 0 || f === 0 || (I32[f >>> 2] & 0xff) !== L.KIND_FUNCTION) return undefined;
  const w = f >>> 2;
  const code = I32[w + L.FUNCTION_CODE];
  if (I32[(code >>> 2) + L.CODE_SIMPLE_ARGS] !== args || args > PARAMETERS_MOST) return undefined;
  const same = `(I[${w}] & 255) === ${L.KIND_FUNCTION} && I[${w + L.FUNCTION_CODE}] === ${code}`;
  if (code >>> 2 === e.body.word && e.isWhole) return { guard: same, call: 'self(' };
  const id = I32[(code >>> 2) + L.CODE_COMPILED];
  if (table.get(id) === undefined) return undefined;
  return { guard: `${same} && I[${(code >>> 2) + L.CODE_COMPILED}] === ${id}`, call: `through${args}(${id}, ` };
}

/** Branch for a Python function, with self or without. */
function functionBranch(e: Emitter, callee: Item, args: readonly Item[], base: number, guard: string): string {
  const rest = `${e.place(base)}, depth + 1, ${callee.text}, 0, fp${texts(args)}); `;
  const any =
    `if (${guard}(${callee.text} & 7) === 0 && (I[w = ${callee.text} >>> 2] & 255) === ${L.KIND_FUNCTION} && ${takes(args.length)}) ` +
    `r = through${args.length}(f, ${rest}`;
  const known = knownFunction(e, callee.seen ?? 0, args.length);
  if (known === undefined) return any;
  return `if (${guard}${callee.text} === ${callee.seen} && ${known.guard}) r = ${known.call}${rest}else ${any}`;
}

/** Words of an instance of `type` when calling it does no more than run a Python `__init__`; 0 otherwise. */
function plainWords(type: number): number {
  const w = type >>> 2;
  if ((type & 7) !== 0 || type === 0 || (I32[w] & 0xff) !== L.KIND_TYPE || I32[w + 2] !== typeHandle(T_TYPE)) return 0;
  if ((I32[w + L.TYPE_TYPE_FLAGS] & (TYPE_FLAG_ABSTRACT | TYPE_FLAG_HAS_DEL)) !== 0) return 0;
  const words = I32[w + L.TYPE_INSTANCE_WORDS];
  return plainInit(type) !== 0 && words <= 64 && !stressRuns ? words : 0;
}

/** Branch for the class that was called when the code was compiled: its instance from the current run, then `__init__`. */
function instanceBranch(e: Emitter, callee: Item, args: readonly Item[], base: number): string {
  const type = callee.seen ?? 0;
  const words = plainWords(type);
  if (words === 0) return '';
  const t = type >>> 2;
  const init = plainInit(type);
  const known = knownFunction(e, init, args.length + 1);
  const cells = (words + 15) >> 4;
  const zeros = Array.from({ length: cells * 8 - 2 }, (_, i) => `F[q + ${i + 2}] = 0; `).join('');
  return (
    `if (${callee.text} === ${type} && I[${t + L.TYPE_VERSION}] === ${I32[t + L.TYPE_VERSION]} && I[${t + 2}] === ${typeHandle(T_TYPE)} && ` +
    `(I[${t + L.TYPE_TYPE_FLAGS}] & ${TYPE_FLAG_ABSTRACT | TYPE_FLAG_HAS_DEL}) === 0 && ${known?.guard ?? `(w = ${init >>> 2}, ${takes(args.length + 1)})`} && ` +
    `(t = ${BUMP} + 63 & -64, (I[${C + L.CAR_LIMIT}] - t | 0) >= ${cells * L.CELL_BYTES})) { ` +
    `${BUMP} = t + ${cells * L.CELL_BYTES} | 0; w = t >>> 2; q = t >>> 3; I[w] = ${L.KIND_INSTANCE}; I[w + 1] = ${cells}; I[w + 2] = ${type}; ` +
    `I[w + 3] = I[${C + L.CAR_OWNER}]; ${zeros}I[w + ${L.INSTANCE_SHAPE}] = ${I32[t + L.TYPE_ROOT_SHAPE]}; ` +
    `r = ${known?.call ?? `through${args.length + 1}(f, `}${e.place(base)}, depth + 1, ${init}, t, fp, t${texts(args)}); } `
  );
}

/** CALL. */
export function call(e: Emitter, count: number, next: number): void {
  const base = e.depth - count - 2;
  const [callee, self, ...args] = e.stack.slice(base);
  let fast = '';
  if (count < PARAMETERS_MOST) {
    if (self.constant === 0) {
      const instance = instanceBranch(e, callee, args, base);
      fast = instance === '' ? functionBranch(e, callee, args, base, '') : instance;
    } else fast = functionBranch(e, callee, [self, ...args], base, `${self.text} !== 0 && `);
  }
  const sp = e.place(e.depth);
  const operands = e.spillFrom(base);
  e.stack.length = base;
  e.line(`${e.spill(next)}`);
  e.line(
    `r = ${MISS}; ${fast}if (r === ${MISS}) { ${operands}I[fp + ${L.F_SP}] = ${sp}; r = callAny(fp, ${sp}, ${count}, depth); } ` +
      `if (r === 0) return 0; ${e.checkFrame('r', base + 1)}`,
  );
  e.line(`${e.pushVariable()} = r;`);
}

/** RETURN_VALUE: pops the frame, and gives its young region back. */
export function returnValue(e: Emitter, next: number): void {
  const v = e.top().text;
  e.line(
    `r = ${v}; if ((k = I[fp + ${L.F_FLAGS}]) !== 0) { if (k !== ${CTX_INIT} || r !== ${NONE}) ` +
      `return returnFlagged(fp, r, ${e.pc(next)}, ${e.place(e.depth)}); r = I[fp + ${L.F_GENERATOR}]; }`,
  );
  e.line(
    `if (${BUMP} !== I[fp + ${L.F_ENTRY}]) reclaim(fp, r); ` +
      `${CONTEXT} = I[fp + ${L.F_PREVIOUS}]; ${DEPTH} = ${DEPTH} - 1 | 0; return r;`,
  );
}

/** The start of a function: pushes the frame when compiled code calls, with parameters p0, p1, ...; else reads the frame's locals. */
export function prologue(e: Emitter, variables: readonly number[]): string[] {
  const { body } = e;
  const I = (field: number, value: string): string => `I[fp + ${field}] = ${value}; `;
  const parameters = Array.from({ length: Math.max(0, body.parameters) }, (_, i) => `p${i}`);
  const locals = Array.from({ length: body.slots }, (_, i) => I(L.F_LOCALS + i, parameters[i] ?? '0')).join('');
  const read = variables.map((n) => `l${n} = I[fp + ${L.F_LOCALS + n}]; `).join('');
  return [
    'if (func !== 0) {',
    `if (I[(I[(func >>> 2) + ${L.FUNCTION_CODE}] >>> 2) + ${L.CODE_COMPILED}] !== ${body.id}) return ${MISS};`,
    `k = ${DEPTH} + 1 | 0;`,
    `if (k > I[${C + L.CAR_RECURSION_LIMIT}] || fp + ${body.frameWords} > I[${C + L.CAR_SEGMENT_END}] || depth > ${DEPTH_MOST}) {`,
    `w = I[caller + ${L.F_SP}]; ${parameters.map((p, i) => `I[w + ${i}] = ${p}; `).join('')}`,
    `if ((fp = pushFrame(caller, depth, func, instance, ${parameters.length})) === 0) return 0;`,
    '} else {',
    `${DEPTH} = k; w = func >>> 2;`,
    I(L.F_PREVIOUS, 'caller') + I(L.F_CODE, String(body.word << 2)) + I(L.F_ENTRY, BUMP) + I(L.F_RETURN_VALUE, '0'),
    I(L.F_FLAGS, `(instance === 0 ? 0 : ${CTX_INIT})`) + I(L.F_FUNCTION, 'func'),
    I(L.F_GLOBALS, `I[w + ${L.FUNCTION_GLOBALS}]`) + I(L.F_BUILTINS, `I[w + ${L.FUNCTION_BUILTINS}]`),
    I(L.F_ENVIRONMENT, `I[w + ${L.FUNCTION_ENVIRONMENT}]`) + I(L.F_GENERATOR, 'instance'),
    `${I(L.F_FRAME_OBJECT, '0') + I(L.F_LOCALS_DICT, '0')}${locals}`,
    `${CONTEXT} = fp; I[${C + L.CAR_PUSHED}] = I[${C + L.CAR_PUSHED}] + 1 | 0;`,
    '}',
    I(L.F_PC, String(e.pc(0))) + I(L.F_SP, e.place(0)),
    ...variables.filter((n) => n < parameters.length).map((n) => `l${n} = p${n};`),
    ...e.checks(),
    `if ((I[${C + L.CAR_FUEL}] = I[${C + L.CAR_FUEL}] - 1 | 0) < 0 || I[${C + L.CAR_POLL}] !== 0) { if (pollCall(fp) === 0) return 0; }`,
    '} else {',
    read,
    ...e.checks(),
    '}',
  ];
}
