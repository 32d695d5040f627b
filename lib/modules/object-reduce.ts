/** `object.__reduce_ex__` and `__getstate__`: how an object is taken apart for copy and pickle (https://docs.python.org/3.14/library/pickle.html#object.__reduce_ex__). */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call0, call1, call2, getAttr, getIter, indexNumber, lookupAttr } from '../objects/abstract.js';
import { descriptorGet, lookupInType } from '../objects/attribute.js';
import { dictGetStr, dictLen, dictSet, newDict } from '../objects/dict.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { plainItems } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, isStr, slotId, typeOf } from '../objects/object.js';
import { reduceHooks } from '../objects/object-type.js';
import { slots } from '../objects/slots.js';
import { intern, internStr } from '../objects/strings.js';
import { newTupleOf, tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { reducers } from './builtin-reduce.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';

const I32 = i32;
const OBJECT = T.typeHandle(T.T_OBJECT);
const N_REDUCE = intern('__reduce__');
const N_GETSTATE = intern('__getstate__');
const N_GETNEWARGS = intern('__getnewargs__');
const N_GETNEWARGS_EX = intern('__getnewargs_ex__');
const N_ITEMS = intern('items');

/** A function of copyreg; 0 with the exception set. */
function copyreg(name: string): number {
  const module = importModule(currentEnvironment(), 'copyreg');
  return module === 0 ? 0 : getAttr(module, intern(name));
}

const ownOf = (name: number): number => dictGetStr(I32[(OBJECT >>> 2) + L.TYPE_DICT], name);
const cannot = (o: number): number => raise('TypeError', `cannot pickle '${typeName(o)}' object`);

/** Values of the slots that are set, by name; 0 with the exception set. */
function slotValues(o: number): number {
  const f = copyreg('_slotnames');
  const names = f === 0 ? 0 : call1(f, typeOf(o));
  if (names === 0) return 0;
  const d = newDict();
  const first = root(names);
  root(d);
  let ok = true;
  const all = plainItems(names) ?? [];
  rootAll(all);
  for (const name of all) {
    const v = isStr(name) ? lookupAttr(o, internStr(name)) : 0;
    ok = v === 0 ? pendingException() === 0 : dictSet(d, name, v) === 1;
    if (!ok) break;
  }
  unroot(first);
  return ok ? d : 0;
}

/** object.__getstate__: the attribute dict, None when it is empty; with slots a pair. `required`: nothing else tells the state. */
function defaultState(o: number, required: boolean): number {
  if (required && slotId(o) !== T.T_OBJECT) return cannot(o);
  const dict = lookupAttr(o, N.N_DICT);
  if (dict === 0 && pendingException() !== 0) return 0;
  const state = dict !== 0 && isKind(dict, L.KIND_DICT) && dictLen(dict) > 0 ? dict : H.NONE;
  const slot = root(state);
  const values = T.isBuiltinType(typeOf(o)) ? -1 : slotValues(o);
  unroot(slot);
  if (values === 0) return 0;
  return values === -1 || dictLen(values) === 0 ? state : tupleOf(state, values);
}

function stateOf(o: number, required: boolean): number {
  const f = lookupInType(typeOf(o), N_GETSTATE);
  if (f === ownOf(N_GETSTATE)) return defaultState(o, required);
  const bound = getAttr(o, N_GETSTATE);
  return bound === 0 ? 0 : call0(bound);
}

interface NewArguments {
  args: number;
  kwargs: number;
}

/** A method that the class has, bound; 0 when there is none, or with the exception set. */
function specialMethod(o: number, name: number): number {
  const f = lookupInType(typeOf(o), name);
  return f === 0 ? 0 : descriptorGet(f, o, typeOf(o));
}

/** What `__getnewargs_ex__` or `__getnewargs__` gives; args 0 when there is neither. undefined with the exception set. */
function newArguments(o: number): NewArguments | undefined {
  const none = { args: 0, kwargs: 0 };
  const fail = (message: string): undefined => void raise('TypeError', message);
  const ex = specialMethod(o, N_GETNEWARGS_EX);
  if (ex !== 0) {
    const pair = call0(ex);
    if (pair === 0) return undefined;
    if (!isKind(pair, L.KIND_TUPLE)) return fail(`__getnewargs_ex__ should return a tuple, not '${typeName(pair)}'`);
    if (tupleLength(pair) !== 2)
      return void raise('ValueError', `__getnewargs_ex__ should return a tuple of length 2, not ${tupleLength(pair)}`);
    const [args, kwargs] = [tupleItem(pair, 0), tupleItem(pair, 1)];
    if (!isKind(args, L.KIND_TUPLE))
      return fail(`first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${typeName(args)}'`);
    return isKind(kwargs, L.KIND_DICT)
      ? { args, kwargs }
      : fail(`second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${typeName(kwargs)}'`);
  }
  const f = pendingException() !== 0 ? 0 : specialMethod(o, N_GETNEWARGS);
  if (f === 0) return pendingException() !== 0 ? undefined : none;
  const args = call0(f);
  if (args === 0) return undefined;
  return isKind(args, L.KIND_TUPLE)
    ? { args, kwargs: 0 }
    : fail(`__getnewargs__ should return a tuple, not '${typeName(args)}'`);
}

/** The function that makes the object anew and its arguments. */
function constructor(o: number, { args, kwargs }: NewArguments): [number, number] {
  const cls = typeOf(o);
  const slot = rootAll([args, kwargs]);
  const plain = kwargs === 0 || dictLen(kwargs) === 0;
  const f = copyreg(plain ? '__newobj__' : '__newobj_ex__');
  unroot(slot);
  if (!plain) return [f, tupleOf(cls, args, kwargs)];
  return [f, newTupleOf([cls, ...(args === 0 ? [] : (plainItems(args) ?? []))])];
}

/** Iterator over the items of a dict (pairs), None for others; 0 with the exception set. */
function dictItems(o: number): number {
  if (!isKind(o, L.KIND_DICT)) return H.NONE;
  const f = getAttr(o, N_ITEMS);
  const view = f === 0 ? 0 : call0(f);
  return view === 0 ? 0 : getIter(view);
}

/** Protocol 2 and up. */
function reduceNew(o: number): number {
  const id = slotId(o);
  if (slots.create[id] === undefined || id === T.T_MODULE) return cannot(o);
  const given = newArguments(o);
  if (given === undefined) return 0;
  const parts: number[] = [];
  const first = root(given.args);
  root(given.kwargs);
  const add = (h: number): boolean => {
    root(h);
    parts.push(h);
    return h !== 0;
  };
  const [make, args] = constructor(o, given);
  const required = given.args === 0 && !isKind(o, L.KIND_LIST) && !isKind(o, L.KIND_DICT);
  const ok =
    add(make) &&
    add(args) &&
    add(stateOf(o, required)) &&
    add(isKind(o, L.KIND_LIST) ? getIter(o) : H.NONE) &&
    add(dictItems(o));
  unroot(first);
  return ok ? newTupleOf(parts) : 0;
}

function commonReduce(o: number, protocol: number): number {
  const own = reducers.get(slotId(o));
  if (own !== undefined) return own(o, protocol, (self) => stateOf(self, false));
  if (protocol >= 2) return reduceNew(o);
  const f = copyreg('_reduce_ex');
  return f === 0 ? 0 : call2(f, o, H.small(protocol));
}

reduceHooks.reduce = (o) => commonReduce(o, 0);
reduceHooks.getState = (o) => defaultState(o, false);
reduceHooks.reduceEx = (o, given) => {
  const protocol = indexNumber(given);
  if (Number.isNaN(protocol)) return 0;
  if (lookupInType(typeOf(o), N_REDUCE) === ownOf(N_REDUCE)) return commonReduce(o, protocol);
  const bound = getAttr(o, N_REDUCE);
  return bound === 0 ? 0 : call0(bound);
};
