/**
 * Instructions the dispatch function does not handle inline, by opcode. Each works on the frame: the operand stack ends at F_SP. Returns 1 to
 * go on, 0 with the exception set, -1 when another frame is current, -3 when the entry frame returned (its value in CAR_SCRATCH_1).
 */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, CTX_LEAVE, CTX_SEGMENT, leaveSegment, root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import * as O from '../compiler/opcodes.js';
import * as abstract from '../objects/abstract.js';
import {
  ascii,
  containsOp,
  delItem,
  format,
  getAttr,
  getIter,
  getItem,
  invert,
  isTrue,
  lookupAttr,
  negative,
  positive,
  repr,
  setItem,
  str,
} from '../objects/abstract.js';
import { delAttr, descriptorGet, lookupAfter, lookupInType } from '../objects/attribute.js';
import { call0, call1, call2, callArgs } from '../objects/call.js';
import {
  buildMap,
  dictDel,
  dictDelStr,
  dictGet,
  dictGetStr,
  dictMerge,
  dictSet,
  dictSetStr,
  dictUpdate,
  newDict,
  dictSnapshot,
} from '../objects/dict.js';
import {
  clearException,
  exceptionType,
  pendingException,
  pendingIs,
  raise,
  setException,
  typeName,
} from '../objects/exceptions.js';
import { chainContext } from '../objects/exception-context.js';
import { prepareReraiseStar, splitGroup } from '../objects/exception-groups.js';
import { clauseMatches } from '../objects/exception-matching.js';
import { listExtend } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isStr, isSubtype, typeOf } from '../objects/object.js';
import { newSet, setAdd, setUpdate } from '../objects/set.js';
import { newSuper, superCheck } from '../objects/super.js';
import { newSlice } from '../objects/slice.js';
import { joinWords, strSlice } from '../objects/str.js';
import { formatInt } from '../objects/number-format.js';
import { EMPTY, fromJS, intern, toJS } from '../objects/strings.js';
import { notIterable, tupleFromIterable, unpack, unpackEx, newTupleOf } from '../objects/tuple.js';
import { newTemplate, newInterpolation } from '../objects/template.js';
import * as T from '../objects/type-ids.js';
import { getAsyncIter, getAsyncNext, getAwaitable } from './async.js';
import * as call from './call.js';
import { slotName, slotKind } from './code.js';
import { newFunction, setFunctionAttribute } from './function.js';
import { importFrom, importName, importStar } from './import-hook.js';
import { loadBody } from './lazy-code.js';
import { matchClass, matchKeys } from './match.js';
import { intrinsic1, intrinsic2 } from './intrinsics.js';
import { unboundDeref, unboundLocal } from './slow.js';
import { leaveTail } from './tail-call.js';

const I32 = i32;
const C = CARRIER;

type Rare = (arg: number, fp: number) => number;

const spOf = (fp: number): number => I32[fp + L.F_SP];
const setSp = (fp: number, sp: number): void => {
  I32[fp + L.F_SP] = sp;
};

/** Pops `pops` values and pushes `value` unless it is 0 (exception set). */
function result(fp: number, pops: number, value: number): number {
  if (value === 0) return 0;
  const sp = spOf(fp) - pops;
  I32[sp] = value;
  setSp(fp, sp + 1);
  return 1;
}

/** Pops after an operation that reports 1 or 0. */
function drop(fp: number, pops: number, ok: number): number {
  if (ok === 0) return 0;
  setSp(fp, spOf(fp) - pops);
  return 1;
}

const push = (fp: number, value: number): number => result(fp, 0, value);
const top = (fp: number, depth = 1): number => I32[spOf(fp) - depth];
const codeOf = (fp: number): number => I32[fp + L.F_CODE];
const siteName = (fp: number, arg: number): number =>
  I32[(I32[(codeOf(fp) >>> 2) + L.CODE_SITES] >>> 2) + L.ARRAY_ITEMS + arg * 2];
const bool = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));

// ---------------------------------------------------------------- names

/** The mapping LOAD_NAME and STORE_NAME work on: class and module bodies. */
const localsOf = (fp: number): number =>
  I32[fp + L.F_LOCALS_DICT] === 0 ? I32[fp + L.F_GLOBALS] : I32[fp + L.F_LOCALS_DICT];

const isDict = (h: number): boolean => (h & 7) === 0 && (I32[h >>> 2] & (0xff | L.FLAG_SUBCLASS)) === L.KIND_DICT;

/** Value of a name in a mapping; 0 without exception when missing. */
function mappingGet(mapping: number, name: number): number {
  if (isDict(mapping)) return dictGetStr(mapping, name);
  const v = getItem(mapping, name);
  if (v === 0 && pendingIs('KeyError')) clearException();
  return v;
}

const mappingSet = (mapping: number, name: number, value: number): number =>
  isDict(mapping) ? dictSetStr(mapping, name, value) : setItem(mapping, name, value);

/** Is it of a class derived from dict, which may have a `__missing__`? */
export const hasClass = (d: number): boolean => (I32[d >>> 2] & L.FLAG_SUBCLASS) !== 0;

/** globals[name]; 0 without an exception when it is missing. */
export function globalItem(globals: number, name: number): number {
  if (!hasClass(globals)) return dictGetStr(globals, name);
  const value = getItem(globals, name);
  if (value === 0 && pendingIs('KeyError')) clearException();
  return value;
}

function globalOrBuiltin(fp: number, name: number): number {
  const g = globalItem(I32[fp + L.F_GLOBALS], name);
  if (g !== 0 || pendingException() !== 0) return g;
  const b = mappingGet(I32[fp + L.F_BUILTINS], name);
  if (b !== 0 || pendingException() !== 0) return b;
  return nameError(name);
}

function nameError(name: number): number {
  raise('NameError', `name '${toJS(name)}' is not defined`);
  I32[(pendingException() >>> 2) + L.EXCEPTION_A] = name;
  return 0;
}

function loadName(arg: number, fp: number): number {
  const name = siteName(fp, arg);
  const v = mappingGet(localsOf(fp), name);
  if (v !== 0) return push(fp, v);
  return pendingException() !== 0 ? 0 : push(fp, globalOrBuiltin(fp, name));
}

function deleteName(mapping: number, name: number): number {
  if (isDict(mapping)) return dictGetStr(mapping, name) === 0 ? nameError(name) : dictDelStr(mapping, name);
  return delItem(mapping, name);
}

function loadFromDictOrGlobals(arg: number, fp: number): number {
  const name = siteName(fp, arg);
  const v = mappingGet(top(fp), name);
  if (v === 0 && pendingException() !== 0) return 0;
  return result(fp, 1, v !== 0 ? v : globalOrBuiltin(fp, name));
}

const cellWord = (fp: number, arg: number): number => (I32[fp + L.F_LOCALS + arg] >>> 2) + L.CELL_VALUE;

function loadFromDictOrDeref(arg: number, fp: number): number {
  let v = mappingGet(top(fp), slotName(codeOf(fp), arg));
  if (v === 0 && pendingException() !== 0) return 0;
  v = v !== 0 ? v : I32[cellWord(fp, arg)];
  return v === 0 ? unboundDeref(codeOf(fp) >>> 2, arg) : result(fp, 1, v);
}

export function newCell(value: number): number {
  const cell = newObject(L.KIND_CELL, 64, T.typeHandle(T.T_CELL));
  I32[(cell >>> 2) + L.CELL_VALUE] = value;
  return cell;
}

function copyFreeVars(arg: number, fp: number): number {
  const closure = I32[(I32[fp + L.F_FUNCTION] >>> 2) + L.FUNCTION_CLOSURE] >>> 2;
  const first = fp + L.F_LOCALS + I32[(codeOf(fp) >>> 2) + L.CODE_NLOCALS] - arg;
  for (let i = 0; i < arg; i++) I32[first + i] = I32[closure + L.TUPLE_ITEMS + i];
  return 1;
}

function deleteFast(arg: number, fp: number): number {
  if (I32[fp + L.F_LOCALS + arg] === 0) return unboundLocal(codeOf(fp) >>> 2, arg);
  I32[fp + L.F_LOCALS + arg] = 0;
  return 1;
}

function deleteDeref(arg: number, fp: number): number {
  if (I32[cellWord(fp, arg)] === 0) return unboundDeref(codeOf(fp) >>> 2, arg);
  I32[cellWord(fp, arg)] = 0;
  return 1;
}

/** The locals mapping of a function frame, for locals(): a new dict of its slots. */
export function localsDict(fp: number): number {
  if (I32[fp + L.F_LOCALS_DICT] !== 0) return I32[fp + L.F_LOCALS_DICT];
  const code = codeOf(fp) >>> 2;
  const flags = I32[code + L.CODE_CODE_FLAGS];
  if ((flags & 1) === 0) return I32[fp + L.F_GLOBALS];
  const d = newDict();
  for (let i = 0; i < I32[code + L.CODE_NLOCALS]; i++) {
    let v = I32[fp + L.F_LOCALS + i];
    const kind = slotKind(code << 2, i);
    if ((kind & 0x10) !== 0) continue;
    if ((kind & 0xc0) !== 0 && v !== 0 && (v & 7) === 0 && (I32[v >>> 2] & 0xff) === L.KIND_CELL)
      v = I32[(v >>> 2) + L.CELL_VALUE];
    if (v !== 0) dictSetStr(d, slotName(code << 2, i), v);
  }
  return d;
}

// ---------------------------------------------------------------- items

/** `x in o`: 1, 0, or -1 with the exception set. The operands are on the stack. */
function contains(o: number, x: number): number {
  if (!isDict(o)) return containsOp(o, x);
  if (dictGet(o, x) !== 0) return 1;
  return pendingException() === 0 ? 0 : -1;
}

/** s[start:stop] of a plain string between small ints or None; 0 for other operands. */
function sliceOfStr(s: number, start: number, stop: number): number {
  if (!isKindExact(s, L.KIND_STR)) return 0;
  const n = I32[(s >>> 2) + L.STR_LENGTH];
  const from = start === H.NONE ? 0 : bound(start, n);
  const to = stop === H.NONE ? n : bound(stop, n);
  return from < 0 || to < 0 ? 0 : strSlice(s, from, Math.max(from, to), 1);
}

/** A bound of a slice of n items: between 0 and n, -1 when it is no small int. */
function bound(k: number, n: number): number {
  if ((k & 1) === 0) return -1;
  const i = k >> 1;
  return i < 0 ? Math.max(0, i + n) : Math.min(i, n);
}

/** `del o[k]`: 1, or 0 with the exception set. */
const deleteItem = (o: number, k: number): number => (isDict(o) && dictDel(o, k) === 1 ? 1 : deleteAny(o, k));

const deleteAny = (o: number, k: number): number => (pendingException() === 0 ? delItem(o, k) : 0);

// ---------------------------------------------------------------- super

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

// ---------------------------------------------------------------- calls

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

const isKindExact = (h: number, kind: number): boolean =>
  (h & 7) === 0 && h !== 0 && (I32[h >>> 2] & (0xff | L.FLAG_SUBCLASS)) === kind;

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

function returnGenerator(_arg: number, fp: number): number {
  const g = call.makeGenerator(fp);
  const flags = I32[fp + L.F_FLAGS];
  if ((flags & CTX_LEAVE) !== 0) leaveTail(fp);
  if ((flags & CTX_SEGMENT) !== 0) leaveSegment();
  I32[C + L.CAR_CONTEXT] = I32[fp + L.F_PREVIOUS];
  I32[C + L.CAR_DEPTH] = I32[C + L.CAR_DEPTH] - 1;
  if ((flags & CTX_ENTRY) !== 0) {
    I32[C + L.CAR_SCRATCH_1] = g;
    return -3;
  }
  push(I32[C + L.CAR_CONTEXT], g);
  return -1;
}

// ---------------------------------------------------------------- iteration and generators

function send(arg: number, fp: number): number {
  const receiver = top(fp, 2);
  const value = top(fp, 1);
  if (
    (receiver & 7) === 0 &&
    (I32[receiver >>> 2] & 0xff) === L.KIND_GENERATOR &&
    I32[(receiver >>> 2) + 2] !== T.typeHandle(T.T_ASYNC_GENERATOR)
  ) {
    const state = I32[(receiver >>> 2) + L.GENERATOR_STATE];
    const fresh = state === call.GEN_CREATED && value !== H.NONE;
    if (
      (state === call.GEN_SUSPENDED || state === call.GEN_CREATED) &&
      !fresh &&
      call.claimGenerator(receiver, state)
    ) {
      setSp(fp, spOf(fp) - 1);
      call.resumeForSend(receiver, value);
      return -1;
    }
  }
  const r = sendValue(receiver, value);
  if (r !== 0) return result(fp, 1, r);
  if (pendingException() !== 0 && !pendingIs('StopIteration')) return 0;
  const out = takeStopValue();
  I32[fp + L.F_PC] = I32[fp + L.F_PC] + arg;
  return result(fp, 1, out);
}

function sendValue(receiver: number, value: number): number {
  if ((receiver & 7) === 0 && (I32[receiver >>> 2] & 0xff) === L.KIND_GENERATOR)
    return call.sendGenerator(receiver, value);
  if (value === H.NONE) return abstract.iterNextOrStop(receiver);
  const f = getAttr(receiver, N.N_FUNC_NAMES.send);
  return f === 0 ? 0 : call1(f, value);
}

/** Value of the pending StopIteration (None when nothing is pending), which is cleared. */
export function takeStopValue(): number {
  const e = pendingException();
  clearException();
  if (e === 0) return H.NONE;
  const v = I32[(e >>> 2) + L.EXCEPTION_A];
  return v === 0 ? H.NONE : v;
}

function cleanupThrow(_arg: number, fp: number): number {
  const e = top(fp);
  if (!isSubtype(typeOf(e), exceptionType('StopIteration'))) return setException(e);
  const v = I32[(e >>> 2) + L.EXCEPTION_A];
  const sp = spOf(fp) - 3;
  I32[sp] = H.NONE;
  I32[sp + 1] = v === 0 ? H.NONE : v;
  setSp(fp, sp + 2);
  return 1;
}

function yieldFromIter(_arg: number, fp: number): number {
  const v = top(fp);
  const generator = (v & 7) === 0 && I32[(v >>> 2) + 2] === T.typeHandle(T.T_GENERATOR);
  if ((v & 7) === 0 && I32[(v >>> 2) + 2] === T.typeHandle(T.T_COROUTINE)) {
    const flags = I32[(codeOf(fp) >>> 2) + L.CODE_CODE_FLAGS];
    return (flags & 0x180) !== 0
      ? 1
      : raise('TypeError', "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return generator ? 1 : result(fp, 1, getIter(v));
}

// ---------------------------------------------------------------- exceptions

/** `raise h` of a class whose call gave `e`. */
function noException(h: number, e: number): number {
  const slot = root(e);
  const callee = repr(h);
  root(callee);
  const type = callee === 0 ? 0 : repr(typeOf(e));
  unroot(slot);
  if (type === 0) return 0;
  return raise(
    'TypeError',
    `calling ${toJS(callee)} should have returned an instance of BaseException, not ${toJS(type)}`,
  );
}

/** An exception instance of what `raise` was given. */
function toException(h: number): number {
  if ((h & 7) === 0 && (I32[h >>> 2] & 0xff) === L.KIND_TYPE && isSubtype(h, exceptionType('BaseException'))) {
    const e = call0(h);
    if (e === 0 || isSubtype(typeOf(e), exceptionType('BaseException'))) return e;
    return noException(h, e);
  }
  if ((h & 7) === 0 && (I32[h >>> 2] & 0xff) === L.KIND_EXCEPTION) return h;
  return raise('TypeError', 'exceptions must derive from BaseException');
}

function raiseVarargs(arg: number, fp: number): number {
  if (arg === 0) {
    const handled = I32[C + L.CAR_HANDLED];
    return handled === 0 ? raise('RuntimeError', 'No active exception to reraise') : setException(handled);
  }
  const e = toException(top(fp, arg));
  if (e === 0) return 0;
  if (arg === 2 && setCause(e, top(fp, 1)) === 0) return 0;
  chainContext(e);
  return setException(e);
}

function setCause(e: number, given: number): number {
  I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
  if (given === H.NONE) {
    I32[(e >>> 2) + L.EXCEPTION_CAUSE] = 0;
    return 1;
  }
  const slot = spOf(I32[C + L.CAR_CONTEXT]);
  I32[slot] = e;
  setSp(I32[C + L.CAR_CONTEXT], slot + 1);
  const cause = toException(given);
  setSp(I32[C + L.CAR_CONTEXT], slot);
  if (cause === 0) {
    if (pendingIs('TypeError')) raise('TypeError', 'exception causes must derive from BaseException');
    return 0;
  }
  storeRef(e, L.EXCEPTION_CAUSE, cause);
  return 1;
}

/** arg > 0: the traceback entry already says where; F_PC stays, as unwinding adds no entry for RERAISE. */
function reraise(_arg: number, fp: number): number {
  return setException(top(fp));
}

function pushExcInfo(_arg: number, fp: number): number {
  const e = top(fp);
  const sp = spOf(fp);
  const handled = I32[C + L.CAR_HANDLED];
  I32[sp - 1] = handled === 0 ? H.NONE : handled;
  I32[sp] = e;
  setSp(fp, sp + 1);
  I32[C + L.CAR_HANDLED] = e;
  return 1;
}

function popExcept(_arg: number, fp: number): number {
  const old = top(fp);
  I32[C + L.CAR_HANDLED] = old === H.NONE ? 0 : old;
  return drop(fp, 1, 1);
}

function checkExcMatch(_arg: number, fp: number): number {
  const t = clauseMatches(top(fp, 2), top(fp, 1));
  return t < 0 ? 0 : result(fp, 1, H.fromBool(t === 1));
}

function checkEgMatch(_arg: number, fp: number): number {
  const pair = splitGroup(top(fp, 2), top(fp, 1));
  if (pair === undefined) return 0;
  const sp = spOf(fp);
  I32[sp - 2] = pair[0];
  I32[sp - 1] = pair[1];
  if (pair[1] !== H.NONE) I32[C + L.CAR_HANDLED] = pair[1];
  return 1;
}

function withExceptStart(_arg: number, fp: number): number {
  const e = top(fp);
  const tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  const exit = top(fp, 5);
  const self = top(fp, 4);
  const args = [typeOf(e), e, tb === 0 ? H.NONE : tb];
  return push(fp, callArgs(exit, self === 0 ? args : [self, ...args]));
}

const SPECIAL = O.SPECIAL_METHODS.map((s) => intern(s));

function loadSpecial(arg: number, fp: number): number {
  const o = top(fp);
  const type = typeOf(o);
  const f = lookupInType(type, SPECIAL[arg]);
  if (f === 0) return noSpecial(arg, o);
  const sp = spOf(fp);
  const plain =
    (f & 7) === 0 &&
    ((I32[f >>> 2] & 0xff) === L.KIND_FUNCTION ||
      ((I32[f >>> 2] & 0xff) === L.KIND_NATIVE && (I32[(f >>> 2) + L.NATIVE_NATIVE_FLAGS] & 1) !== 0));
  if (plain) {
    I32[sp - 1] = f;
    I32[sp] = o;
  } else {
    const bound = descriptorGet(f, o, type);
    if (bound === 0) return 0;
    I32[sp - 1] = bound;
    I32[sp] = 0;
  }
  setSp(fp, sp + 1);
  return 1;
}

function noSpecial(arg: number, o: number): number {
  const sync = arg < 2;
  const other = lookupInType(typeOf(o), SPECIAL[sync ? arg + 2 : arg - 2]) !== 0;
  const what = sync ? 'the context manager protocol' : 'the asynchronous context manager protocol';
  const supports = `${sync ? 'the asynchronous' : 'the'} context manager protocol`;
  const hint = other ? ` but it supports ${supports}. Did you mean to use '${sync ? 'async with' : 'with'}'?` : '';
  const missing =
    arg % 2 === 1 ? ` (missed ${O.SPECIAL_METHODS[arg]} method)` : ` (missed ${O.SPECIAL_METHODS[arg]} method)`;
  return raise('TypeError', `'${typeName(o)}' object does not support ${what}${missing}${hint}`);
}

// ---------------------------------------------------------------- containers and formatting

function buildSet(arg: number, fp: number): number {
  const s = newSet();
  push(fp, s);
  const first = spOf(fp) - 1 - arg;
  for (let i = 0; i < arg; i++) if (setAdd(s, I32[first + i]) === 0) return 0;
  return result(fp, arg + 1, s);
}

function formatValue(value: number, spec: number): number {
  if (spec === 0 && isStr(value) && (H.isChar(value) || (I32[value >>> 2] & L.FLAG_SUBCLASS) === 0)) return value;
  return (value & 1) !== 0 ? formatInt(value, spec === 0 ? EMPTY : spec) : format(value, spec === 0 ? EMPTY : spec);
}

function convert(arg: number, v: number): number {
  return arg === 1 ? str(v) : arg === 2 ? repr(v) : ascii(v);
}

function unpackTop(arg: number, fp: number): number {
  const sp = spOf(fp);
  // The values go above the sequence, which stays rooted; then the first must be on top, one word lower.
  if (unpack(I32[sp - 1], arg, sp) === 0) return 0;
  lowerReversed(sp, arg);
  setSp(fp, sp - 1 + arg);
  return 1;
}

/** Moves n words at `from` to one word lower, in reverse order. */
function lowerReversed(from: number, n: number): void {
  const values = Array.from(I32.subarray(from, from + n));
  for (let i = 0; i < n; i++) I32[from - 1 + i] = values[n - 1 - i];
}

const kindFlag = (h: number, flag: number): boolean => (I32[(typeOf(h) >>> 2) + L.TYPE_TYPE_FLAGS] & flag) !== 0;

/** `[*x]`, `f(a, *x)`. */
function listExtendStar(arg: number, fp: number): number {
  if (notIterable(top(fp))) return raise('TypeError', `Value after * must be an iterable, not ${typeName(top(fp))}`);
  return drop(fp, 1, listExtend(I32[spOf(fp) - 1 - arg], top(fp)));
}

function dictMergeCall(arg: number, fp: number): number {
  const d = I32[spOf(fp) - 1 - arg];
  const callee = I32[spOf(fp) - 1 - arg - 3];
  return drop(
    fp,
    1,
    dictMerge(d, top(fp), () => functionText(callee)),
  );
}

/** IMPORT_NAME: may push the frame of a module's code, behind which it is executed again; or park until another thread has imported the module. */
function importOp(arg: number, fp: number): number {
  const sp = spOf(fp);
  I32[C + L.CAR_BLOCKED_STATE] = sp;
  const r = importName(fp, siteName(fp, arg), top(fp, 1), top(fp, 2));
  I32[C + L.CAR_BLOCKED_STATE] = 0;
  if (r !== call.PUSHED) return result(fp, 2, r);
  setSp(fp, sp);
  return -1;
}

/** Back to the start of the code, which is there now; -1: the loop must look at it anew. */
function readOn(fp: number): number {
  const code = I32[fp + L.F_CODE];
  loadBody(code);
  I32[fp + L.F_PC] = I32[(code >>> 2) + L.CODE_ENTRY_PC];
  return -1;
}

function table(rows: readonly (readonly [number, Rare])[]): (Rare | undefined)[] {
  const out = new Array<Rare | undefined>(256).fill(undefined);
  for (const [op, f] of rows) out[op] = f;
  return out;
}

export const rareOps = table([
  [O.OP_LOAD_BODY, (_, fp) => readOn(fp)],
  [O.OP_LOAD_COMMON_CONSTANT, (arg, fp) => push(fp, commonConstant(arg, fp))],
  [O.OP_DELETE_FAST, deleteFast],
  [O.OP_MAKE_CELL, (arg, fp) => ((I32[fp + L.F_LOCALS + arg] = newCell(I32[fp + L.F_LOCALS + arg])), 1)],
  [O.OP_COPY_FREE_VARS, copyFreeVars],
  [O.OP_DELETE_DEREF, deleteDeref],
  [O.OP_LOAD_FROM_DICT_OR_DEREF, loadFromDictOrDeref],
  [O.OP_STORE_GLOBAL, (arg, fp) => drop(fp, 1, dictSetStr(I32[fp + L.F_GLOBALS], siteName(fp, arg), top(fp)))],
  [O.OP_DELETE_GLOBAL, (arg, fp) => deleteName(I32[fp + L.F_GLOBALS], siteName(fp, arg))],
  [O.OP_LOAD_NAME, loadName],
  [O.OP_STORE_NAME, (arg, fp) => drop(fp, 1, mappingSet(localsOf(fp), siteName(fp, arg), top(fp)))],
  [O.OP_DELETE_NAME, (arg, fp) => deleteName(localsOf(fp), siteName(fp, arg))],
  [O.OP_LOAD_FROM_DICT_OR_GLOBALS, loadFromDictOrGlobals],
  [O.OP_DELETE_ATTR, (arg, fp) => drop(fp, 1, delAttr(top(fp), siteName(fp, arg)))],
  [O.OP_LOAD_SUPER_ATTR, (arg, fp) => superLookup(fp, siteName(fp, arg), false)],
  [O.OP_LOAD_SUPER_METHOD, (arg, fp) => superLookup(fp, siteName(fp, arg), true)],
  [O.OP_IMPORT_NAME, importOp],
  [O.OP_IMPORT_FROM, (arg, fp) => push(fp, importFrom(top(fp), siteName(fp, arg)))],
  [
    O.OP_CONTAINS_OP,
    (arg, fp) => {
      const t = contains(top(fp, 1), top(fp, 2));
      return t < 0 ? 0 : result(fp, 2, H.fromBool((t === 1) === (arg === 0)));
    },
  ],
  [O.OP_UNARY_NEG, (_, fp) => result(fp, 1, negative(top(fp)))],
  [O.OP_UNARY_POS, (_, fp) => result(fp, 1, positive(top(fp)))],
  [O.OP_UNARY_INVERT, (_, fp) => result(fp, 1, invert(top(fp)))],
  [O.OP_TO_BOOL, (_, fp) => result(fp, 1, bool(isTrue(top(fp))))],
  [O.OP_DELETE_SUBSCR, (_, fp) => drop(fp, 2, deleteItem(top(fp, 2), top(fp, 1)))],
  [
    O.OP_BINARY_SLICE,
    (_, fp) => {
      const quick = sliceOfStr(top(fp, 3), top(fp, 2), top(fp, 1));
      if (quick !== 0) return result(fp, 3, quick);
      const s = newSlice(top(fp, 2), top(fp, 1), H.NONE);
      push(fp, s);
      return result(fp, 4, getItem(I32[spOf(fp) - 4], s));
    },
  ],
  [
    O.OP_STORE_SLICE,
    (_, fp) => {
      const s = newSlice(top(fp, 2), top(fp, 1), H.NONE);
      push(fp, s);
      return drop(fp, 5, setItem(I32[spOf(fp) - 4], s, I32[spOf(fp) - 5]));
    },
  ],
  [
    O.OP_BUILD_SLICE,
    (arg, fp) => result(fp, arg, newSlice(top(fp, arg), top(fp, arg - 1), arg === 3 ? top(fp) : H.NONE)),
  ],
  [O.OP_GET_ITER, (_, fp) => result(fp, 1, getIter(top(fp)))],
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
  [O.OP_LOAD_BUILD_CLASS, (_, fp) => push(fp, buildClass(fp))],
  [O.OP_LOAD_LOCALS, (_, fp) => push(fp, localsOf(fp))],
  [
    O.OP_SETUP_ANNOTATIONS,
    (_, fp) => {
      const d = localsOf(fp);
      return mappingGet(d, N.N_ANNOTATIONS) !== 0 ? 1 : mappingSet(d, N.N_ANNOTATIONS, newDict());
    },
  ],
  [
    O.OP_CALL_INTRINSIC_1,
    (arg, fp) =>
      arg === O.INTRINSIC_IMPORT_STAR
        ? result(fp, 1, importStar(top(fp), localsOf(fp)))
        : result(fp, 1, intrinsic1(arg, top(fp))),
  ],
  [
    O.OP_CALL_INTRINSIC_2,
    (arg, fp) =>
      result(
        fp,
        2,
        arg === O.INTRINSIC_PREP_RERAISE_STAR
          ? prepareReraiseStar(top(fp, 2), top(fp, 1))
          : intrinsic2(arg, top(fp, 2), top(fp, 1)),
      ),
  ],
  [O.OP_RETURN_GENERATOR, returnGenerator],
  [O.OP_GET_YIELD_FROM_ITER, yieldFromIter],
  [O.OP_SEND, send],
  [O.OP_END_SEND, (_, fp) => result(fp, 2, top(fp))],
  [O.OP_CLEANUP_THROW, cleanupThrow],
  [O.OP_GET_AWAITABLE, (arg, fp) => result(fp, 1, getAwaitable(top(fp), arg))],
  [O.OP_GET_AITER, (_, fp) => result(fp, 1, getAsyncIter(top(fp)))],
  [O.OP_GET_ANEXT, (_, fp) => push(fp, getAsyncNext(top(fp)))],
  [
    O.OP_END_ASYNC_FOR,
    (_, fp) =>
      isSubtype(typeOf(top(fp)), exceptionType('StopAsyncIteration')) ? drop(fp, 2, 1) : setException(top(fp)),
  ],
  [O.OP_RAISE_VARARGS, raiseVarargs],
  [O.OP_RERAISE, reraise],
  [O.OP_PUSH_EXC_INFO, pushExcInfo],
  [O.OP_POP_EXCEPT, popExcept],
  [O.OP_CHECK_EXC_MATCH, checkExcMatch],
  [O.OP_CHECK_EG_MATCH, checkEgMatch],
  [O.OP_WITH_EXCEPT_START, withExceptStart],
  [O.OP_LOAD_SPECIAL, loadSpecial],
  [O.OP_BUILD_SET, buildSet],
  [O.OP_BUILD_MAP, (arg, fp) => result(fp, 2 * arg, buildMap(spOf(fp) - 2 * arg, arg))],
  [O.OP_BUILD_STRING, (arg, fp) => result(fp, arg, joinWords(spOf(fp) - arg, arg))],
  [O.OP_SET_ADD, (arg, fp) => drop(fp, 1, setAdd(I32[spOf(fp) - 1 - arg], top(fp)))],
  [O.OP_MAP_ADD, (arg, fp) => drop(fp, 2, dictSet(I32[spOf(fp) - 2 - arg], top(fp, 2), top(fp, 1)))],
  [O.OP_LIST_EXTEND, listExtendStar],
  [O.OP_SET_UPDATE, (arg, fp) => drop(fp, 1, setUpdate(I32[spOf(fp) - 1 - arg], top(fp)))],
  [O.OP_DICT_UPDATE, (arg, fp) => drop(fp, 1, dictUpdate(I32[spOf(fp) - 1 - arg], top(fp)))],
  [O.OP_DICT_MERGE, dictMergeCall],
  [O.OP_UNPACK_SEQUENCE, unpackTop],
  [
    O.OP_UNPACK_EX,
    (arg, fp) => {
      const before = arg & 255;
      const after = arg >> 8;
      const sp = spOf(fp);
      if (unpackEx(I32[sp - 1], before, after, sp) === 0) return 0;
      const n = before + after + 1;
      lowerReversed(sp, n);
      setSp(fp, sp - 1 + n);
      return 1;
    },
  ],
  [O.OP_FORMAT_SIMPLE, (_, fp) => result(fp, 1, formatValue(top(fp), 0))],
  [O.OP_FORMAT_WITH_SPEC, (_, fp) => result(fp, 2, formatValue(top(fp, 2), top(fp)))],
  [O.OP_CONVERT_VALUE, (arg, fp) => result(fp, 1, convert(arg, top(fp)))],
  [O.OP_BUILD_TEMPLATE, (_, fp) => result(fp, 2, newTemplate(top(fp, 2), top(fp)))],
  [
    O.OP_BUILD_INTERPOLATION,
    (arg, fp) => {
      const n = 2 + (arg & 1);
      const spec = (arg & 1) !== 0 ? top(fp) : fromJS('');
      const conversion = arg >> 2;
      return result(
        fp,
        n,
        newInterpolation(top(fp, n), top(fp, n - 1), conversion === 0 ? H.NONE : fromJS('sra'[conversion - 1]), spec),
      );
    },
  ],
  [
    O.OP_GET_LEN,
    (_, fp) => {
      const n = abstract.length(top(fp));
      return n < 0 ? 0 : push(fp, H.small(n));
    },
  ],
  [O.OP_MATCH_MAPPING, (_, fp) => push(fp, H.fromBool(kindFlag(top(fp), 32)))],
  [O.OP_MATCH_SEQUENCE, (_, fp) => push(fp, H.fromBool(kindFlag(top(fp), 16)))],
  [O.OP_MATCH_KEYS, (_, fp) => push(fp, matchKeys(top(fp, 2), top(fp)))],
  [O.OP_MATCH_CLASS, (arg, fp) => result(fp, 3, matchClass(top(fp, 3), top(fp, 2), arg, top(fp)))],
]);

function commonConstant(arg: number, fp: number): number {
  const name = O.COMMON_CONSTANTS[arg];
  if (name === 'AssertionError' || name === 'NotImplementedError') return exceptionType(name);
  if (name === 'tuple') return T.typeHandle(T.T_TUPLE);
  return dictGetStr(I32[fp + L.F_BUILTINS], intern(name));
}

function buildClass(fp: number): number {
  const f = dictGetStr(I32[fp + L.F_BUILTINS], N.N_BUILD_CLASS);
  return f !== 0 ? f : raise('NameError', '__build_class__ not found');
}
