/** types.FunctionType(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None). */
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { storeRef } from '../heap/barrier.js';
import { dictGetStr } from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import { functionHooks } from '../objects/function-type.js';
import * as N from '../objects/names.js';
import { isKind, isStr } from '../objects/object.js';
import { internStr, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import { newFunction } from './function.js';

const I32 = i32;
const C = CARRIER;
const PARAMETERS = ['code', 'globals', 'name', 'argdefs', 'closure', 'kwdefaults'];

/** Arguments by parameter, 0 where missing or None; undefined with TypeError set. */
function bind(args: number, n: number, kwnames: number): number[] | undefined {
  if (n > PARAMETERS.length) return void raise('TypeError', `function() takes at most 6 arguments (${n} given)`);
  const out = PARAMETERS.map((_, i) => (i < n ? I32[args + i] : 0));
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const name = toJS(tupleItem(kwnames, i));
    const at = PARAMETERS.indexOf(name);
    if (at < 0) return void raise('TypeError', `function() got an unexpected keyword argument '${name}'`);
    out[at] = I32[args + n + i];
  }
  for (const i of [0, 1])
    if (out[i] === 0)
      return void raise('TypeError', `function() missing required argument '${PARAMETERS[i]}' (pos ${i + 1})`);
  return out.map((h) => (h === H.NONE ? 0 : h));
}

function checkClosure(code: number, closure: number): boolean {
  const needs = I32[(code >>> 2) + L.CODE_NFREE];
  const fail = (text: string): boolean => raise('TypeError', text) !== 0;
  if (closure === 0) return needs === 0 || fail('arg 5 (closure) must be tuple');
  if (!isKind(closure, L.KIND_TUPLE))
    return fail(needs > 0 ? 'arg 5 (closure) must be tuple' : 'arg 5 (closure) must be None or tuple');
  if (tupleLength(closure) !== needs) {
    const name = toJS(I32[(code >>> 2) + L.CODE_NAME]);
    return raise('ValueError', `${name} requires closure of length ${needs}, not ${tupleLength(closure)}`) !== 0;
  }
  for (let i = 0; i < needs; i++) {
    if (!isKind(tupleItem(closure, i), L.KIND_CELL))
      return fail(`arg 5 (closure) expected cell, found ${typeName(tupleItem(closure, i))}`);
  }
  return true;
}

const orKind = (h: number, kind: number): boolean => h === 0 || isKind(h, kind);

function environmentHandle(): number {
  const own = I32[I32[C + L.CAR_CONTEXT] + L.F_ENVIRONMENT];
  return own !== 0 ? own : I32[C + L.CAR_ENVIRONMENT];
}

function create(_type: number, args: number, n: number, kwnames: number): number {
  const given = bind(args, n, kwnames);
  if (given === undefined) return 0;
  const [code, globals, name, defaults, closure, kwdefaults] = given;
  if (!isKind(code, L.KIND_CODE) || code === 0)
    return raise('TypeError', `function() argument 'code' must be code, not ${typeName(code || H.NONE)}`);
  if (!isKind(globals, L.KIND_DICT) || globals === 0)
    return raise('TypeError', `function() argument 'globals' must be dict, not ${typeName(globals || H.NONE)}`);
  if (name !== 0 && !isStr(name)) return raise('TypeError', 'arg 3 (name) must be None or string');
  if (!orKind(defaults, L.KIND_TUPLE)) return raise('TypeError', 'arg 4 (defaults) must be None or tuple');
  if (!checkClosure(code, closure)) return 0;
  if (!orKind(kwdefaults, L.KIND_DICT)) return raise('TypeError', 'arg 6 (kwdefaults) must be None or dict');
  const environment = environmentHandle();
  let builtins = dictGetStr(globals, N.N_BUILTINS);
  if (builtins === 0) builtins = I32[(environment >>> 2) + L.ENVIRONMENT_BUILTINS];
  else if (isKind(builtins, L.KIND_MODULE)) builtins = I32[(builtins >>> 2) + L.MODULE_DICT];
  const f = newFunction(code, globals, builtins, environment);
  if (name !== 0) storeRef(f, L.FUNCTION_NAME, internStr(name));
  storeRef(f, L.FUNCTION_DEFAULTS, defaults);
  storeRef(f, L.FUNCTION_CLOSURE, closure);
  storeRef(f, L.FUNCTION_KWDEFAULTS, kwdefaults);
  return f;
}

functionHooks.create = create;
