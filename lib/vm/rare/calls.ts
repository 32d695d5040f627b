/** Rare instructions that call, or make what is called: keywords, `*` and `**`, super, functions. */
import { CARRIER } from '../../heap/carrier.js';
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import * as O from '../../compiler/opcodes.js';
import { getAttr, lookupAttr, str } from '../../objects/abstract.js';
import { delAttr, descriptorGet, lookupAfter } from '../../objects/attribute.js';
import { call2, callArgs } from '../../objects/call.js';
import { dictSnapshot } from '../../objects/dict.js';
import { clearException, raise, typeName } from '../../objects/exceptions.js';
import * as N from '../../objects/names.js';
import { isStr } from '../../objects/object.js';
import { newSuper, superCheck } from '../../objects/super.js';
import { toJS } from '../../objects/strings.js';
import { notIterable, tupleFromIterable, newTupleOf } from '../../objects/tuple.js';
import * as T from '../../objects/type-ids.js';
import * as call from '../call.js';
import { compiledHook, firstInstruction, GO_ON } from '../compiled.js';
import { newFunction, setFunctionAttribute } from '../function.js';
import { loadBody } from '../lazy-code.js';
import { codeOf, spOf, setSp, result, drop, top, siteName, isKindExact, type Rare } from './operands.js';

const I32 = i32;
const C = CARRIER;

/** super().name: [super, cls, self]. The attribute behind `cls` in self's MRO, bound. */
function superLookup(fp: number, name: number, method: boolean): number {
  const cls = top(fp, 2);
  const self = top(fp, 1);
  if (top(fp, 3) !== T.typeHandle(T.T_SUPER)) {
    const made = call2(top(fp, 3), cls, self);
    return made === 0 ? 0 : superResult(fp, getAttr(made, name), 0, method);
  }
  const type = superCheck(cls, self);
  if (type === 0) return 0;
  const f = name === N.N_CLASS ? 0 : lookupAfter(type, cls, name);
  if (f === 0 || self === type) {
    const made = newSuper(cls, self, type);
    I32[spOf(fp) - 3] = made;
    return superResult(fp, getAttr(made, name), 0, method);
  }
  if (method && isKindExact(f, L.KIND_FUNCTION)) return superResult(fp, f, self, true);
  return superResult(fp, descriptorGet(f, self, type), 0, method);
}

function superResult(fp: number, value: number, self: number, method: boolean): number {
  if (value === 0) return 0;
  const sp = spOf(fp) - 3;
  I32[sp] = value;
  if (method) I32[sp + 1] = self;
  setSp(fp, sp + (method ? 2 : 1));
  return 1;
}

function callKw(arg: number, fp: number): number {
  const sp = spOf(fp);
  const names = I32[sp - 1];
  const named = I32[(names >>> 2) + L.TUPLE_LENGTH];
  const base = sp - arg - 3;
  const self = I32[base + 1] !== 0 ? 1 : 0;
  const r = call.callFromStack(I32[base], base + 2 - self, arg + self - named, names, base);
  return delivered(fp, base, r);
}

/** What callFromStack gave: an error, a frame, or a value to put at the caller's `base`. */
function delivered(fp: number, base: number, r: number): number {
  if (r === 0) return 0;
  if (r === call.PUSHED) return -1;
  I32[base] = r;
  setSp(fp, base + 1);
  return 1;
}

/** Words that CALL_EX may copy on top of the operand stack; more go through an overflow context and a nested loop. */
const DIRECT_ARGUMENTS = 24;

function callEx(_arg: number, fp: number): number {
  const sp = spOf(fp);
  const f = I32[sp - 4];
  const given = I32[sp - 2];
  const args = isKindExact(given, L.KIND_TUPLE) ? given : argumentsTuple(f, given);
  if (args === 0) return 0;
  I32[sp - 2] = args;
  const kwargs = I32[sp - 1];
  // One moment of the dict; DICT_MERGE has checked that the keys are strings.
  const { keys, values } = kwargs === 0 ? NO_KEYWORDS : dictSnapshot(kwargs);
  const names = keys.length === 0 ? 0 : newTupleOf(keys);
  const n = I32[(args >>> 2) + L.TUPLE_LENGTH];
  const named = keys.length;
  if (n + named > DIRECT_ARGUMENTS) return result(fp, 4, callMany(f, args, values, names));
  // The NULL of the call lies below the arguments: callType puts the new instance there.
  I32[sp] = names === 0 ? H.NONE : names;
  I32[sp + 1] = 0;
  const first = sp + 2;
  for (let i = 0; i < n; i++) I32[first + i] = I32[(args >>> 2) + L.TUPLE_ITEMS + i];
  for (let i = 0; i < named; i++) I32[first + n + i] = values[i];
  setSp(fp, first + n + named);
  const r = call.callFromStack(f, first, n, names, sp - 4);
  // A built-in that parks is called again with the stack as it was.
  if (r === 0) setSp(fp, sp);
  return delivered(fp, sp - 4, r);
}

const NO_KEYWORDS = { keys: [] as number[], values: [] as number[] };

function callMany(f: number, args: number, named: readonly number[], names: number): number {
  const values: number[] = [];
  const w = args >>> 2;
  for (let i = 0; i < I32[w + L.TUPLE_LENGTH]; i++) values.push(I32[w + L.TUPLE_ITEMS + i]);
  for (const v of named) values.push(v);
  const slot = root(names);
  const r = callArgs(f, values, names);
  unroot(slot);
  return r;
}

function argumentsTuple(f: number, given: number): number {
  if (!notIterable(given)) return tupleFromIterable(given);
  return raise('TypeError', `${functionText(f)} argument after * must be an iterable, not ${typeName(given)}`);
}

/** How messages name a callable. */
export function functionText(f: number): string {
  const q = lookupAttr(f, N.N_QUALNAME);
  if (q === 0 || !isStr(q)) {
    clearException();
    const s = str(f);
    clearException();
    return s === 0 ? typeName(f) : toJS(s);
  }
  const text = `${toJS(q)}()`;
  const m = lookupAttr(f, N.N_MODULE);
  clearException();
  return m !== 0 && isStr(m) && toJS(m) !== 'builtins' ? `${toJS(m)}.${text}` : text;
}

/** Back to the start of the code, which is there now; -1: the loop must look at it anew. */
function readOn(fp: number): number {
  const code = I32[fp + L.F_CODE];
  loadBody(code);
  const entry = I32[(code >>> 2) + L.CODE_ENTRY_PC];
  I32[fp + L.F_PC] = entry === L.CTL_LOAD_BODY ? firstInstruction(code >>> 2) : entry;
  return -1;
}

/** ENTER_COMPILED: the frame is new, and its arguments are bound. */
function enterCompiled(fp: number): number {
  I32[fp + L.F_PC] = firstInstruction(codeOf(fp) >>> 2);
  const r = compiledHook.enter(fp);
  if (r === 0 || r === GO_ON) return r === 0 ? 0 : -1;
  I32[C + L.CAR_SCRATCH_1] = r;
  return -3;
}

export const callOps: readonly (readonly [number, Rare])[] = [
  [O.OP_LOAD_BODY, (_, fp) => readOn(fp)],
  [O.OP_ENTER_COMPILED, (_, fp) => enterCompiled(fp)],
  [O.OP_DELETE_ATTR, (arg, fp) => drop(fp, 1, delAttr(top(fp), siteName(fp, arg)))],
  [O.OP_LOAD_SUPER_ATTR, (arg, fp) => superLookup(fp, siteName(fp, arg), false)],
  [O.OP_LOAD_SUPER_METHOD, (arg, fp) => superLookup(fp, siteName(fp, arg), true)],
  [O.OP_CALL_KW, callKw],
  [O.OP_CALL_EX, callEx],
  [
    O.OP_MAKE_FUNCTION,
    (_, fp) =>
      result(fp, 1, newFunction(top(fp), I32[fp + L.F_GLOBALS], I32[fp + L.F_BUILTINS], I32[fp + L.F_ENVIRONMENT])),
  ],
  [
    O.OP_SET_FUNCTION_ATTRIBUTE,
    (arg, fp) => {
      const f = top(fp);
      setFunctionAttribute(f, arg, top(fp, 2));
      return result(fp, 2, f);
    },
  ],
];
