/** Rare instructions on names: of modules, classes, cells, imports. */
import { newObject } from '../../heap/alloc.js';
import { CARRIER } from '../../heap/carrier.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import * as O from '../../compiler/opcodes.js';
import { delItem, getItem, setItem } from '../../objects/abstract.js';
import { dictDelStr, dictGetStr, dictSetStr, newDict } from '../../objects/dict.js';
import { clearException, exceptionType, pendingException, pendingIs, raise } from '../../objects/exceptions.js';
import * as N from '../../objects/names.js';
import { intern, toJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import * as call from '../call.js';
import { slotName, slotKind } from '../code.js';
import { importFrom, importName, importStar } from '../import-hook.js';
import { intrinsic1 } from '../intrinsics.js';
import { unboundDeref, unboundLocal } from '../slow.js';
import { spOf, setSp, result, drop, push, top, codeOf, siteName, isDict, type Rare } from './operands.js';

const I32 = i32;
const C = CARRIER;

/** The mapping LOAD_NAME and STORE_NAME work on: class and module bodies. */
const localsOf = (fp: number): number =>
  I32[fp + L.F_LOCALS_DICT] === 0 ? I32[fp + L.F_GLOBALS] : I32[fp + L.F_LOCALS_DICT];

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

/** LOAD_NAME's; 0 with an exception. */
export function nameValue(fp: number, name: number): number {
  const v = mappingGet(localsOf(fp), name);
  return v !== 0 || pendingException() !== 0 ? v : globalOrBuiltin(fp, name);
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

export const nameOps: readonly (readonly [number, Rare])[] = [
  [O.OP_LOAD_COMMON_CONSTANT, (arg, fp) => push(fp, commonConstant(arg, fp))],
  [O.OP_DELETE_FAST, deleteFast],
  [O.OP_MAKE_CELL, (arg, fp) => ((I32[fp + L.F_LOCALS + arg] = newCell(I32[fp + L.F_LOCALS + arg])), 1)],
  [O.OP_COPY_FREE_VARS, copyFreeVars],
  [O.OP_DELETE_DEREF, deleteDeref],
  [O.OP_LOAD_FROM_DICT_OR_DEREF, loadFromDictOrDeref],
  [O.OP_STORE_GLOBAL, (arg, fp) => drop(fp, 1, dictSetStr(I32[fp + L.F_GLOBALS], siteName(fp, arg), top(fp)))],
  [O.OP_DELETE_GLOBAL, (arg, fp) => deleteName(I32[fp + L.F_GLOBALS], siteName(fp, arg))],
  [O.OP_LOAD_NAME, (arg, fp) => push(fp, nameValue(fp, siteName(fp, arg)))],
  [O.OP_STORE_NAME, (arg, fp) => drop(fp, 1, mappingSet(localsOf(fp), siteName(fp, arg), top(fp)))],
  [O.OP_DELETE_NAME, (arg, fp) => deleteName(localsOf(fp), siteName(fp, arg))],
  [O.OP_LOAD_FROM_DICT_OR_GLOBALS, loadFromDictOrGlobals],
  [O.OP_IMPORT_NAME, importOp],
  [O.OP_IMPORT_FROM, (arg, fp) => push(fp, importFrom(top(fp), siteName(fp, arg)))],
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
];
