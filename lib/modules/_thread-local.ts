/**
 * `_thread._local`: an object whose attributes each thread sees its own of. They lie in a dict of the thread's (THR_LOCALS), by the object's
 * serial number, until the thread ends.
 */
import { newObject } from '../heap/alloc.js';
import { escapeAll, storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { callArgs } from '../objects/call.js';
import { descriptorGet, descriptorSet, isDataDescriptor, lookupInType } from '../objects/attribute.js';
import { defineType } from '../objects/define.js';
import {
  dictDel,
  dictDelStr,
  dictGet,
  dictGetStr,
  dictSet,
  dictSetStr,
  dictSnapshot,
  newDict,
  newOldDict,
} from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { isKind, typeOf } from '../objects/object.js';
import { toJS } from '../objects/strings.js';
import { newTupleFrom, newTupleOf, tupleItems, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { currentThread } from '../threads/parking.js';
import { LOCAL_SERIAL } from '../threads/words.js';

const I32 = i32;

export const T_LOCAL = T.T_BLOCK_THREAD + 2;

/** Items of the record: arguments for `__init__` in other threads. */
const ARGS = L.RECORD_ITEMS;
const KWARGS = L.RECORD_ITEMS + 1;

const initOf = (type: number): number => lookupInType(type, N.N_INIT);
const isPlainInit = (init: number): boolean => init === 0 || isKind(init, L.KIND_NATIVE);

function keywordDict(args: number, n: number, kwnames: number): number {
  const d = newDict();
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++)
    dictSetStr(d, I32[tupleItems(kwnames) + i], I32[args + n + i]);
  return d;
}

function create(type: number, args: number, n: number, kwnames: number): number {
  const given = n + (kwnames === 0 ? 0 : tupleLength(kwnames));
  if (given > 0 && isPlainInit(initOf(type))) return raise('TypeError', 'Initialization arguments are not supported');
  const positional = newTupleFrom(args, n);
  const slot = root(positional);
  const named = keywordDict(args, n, kwnames);
  root(named);
  const exact = type === T.typeHandle(T_LOCAL);
  const o = newObject(exact ? L.KIND_RECORD : L.KIND_RECORD | L.FLAG_SUBCLASS, exact ? 64 : 128, type);
  const w = o >>> 2;
  I32[w + L.RECORD_COUNT] = 2;
  I32[w + L.RECORD_RAW_0] = atomics.add(LOCAL_SERIAL << 2, 1);
  storeRef(o, ARGS, positional);
  storeRef(o, KWARGS, named);
  root(o);
  addDict(o);
  unroot(slot);
  return o;
}

const serialOf = (o: number): number => H.small(I32[(o >>> 2) + L.RECORD_RAW_0]);

/** The mounted thread's dict of dicts. */
function threadLocals(): number {
  const t = currentThread();
  if (I32[t + L.THR_LOCALS] === 0) {
    const d = newOldDict();
    escapeAll();
    I32[t + L.THR_LOCALS] = d;
  }
  return I32[t + L.THR_LOCALS];
}

function addDict(o: number): number {
  const d = newDict();
  dictSet(threadLocals(), serialOf(o), d);
  return d;
}

/** This thread's dict of attributes, made and filled by `__init__` when it has none yet; 0 with the exception set. */
function dictOf(o: number): number {
  const known = dictGet(threadLocals(), serialOf(o));
  if (known !== 0) return known;
  const d = addDict(o);
  const init = initOf(typeOf(o));
  if (isPlainInit(init)) return d;
  const w = o >>> 2;
  const { keys, values } = dictSnapshot(I32[w + KWARGS]);
  const positional = I32[w + ARGS] >>> 2;
  const words = [o];
  for (let i = 0; i < I32[positional + L.TUPLE_LENGTH]; i++) words.push(I32[positional + L.TUPLE_ITEMS + i]);
  const slot = root(d);
  const r = callArgs(init, [...words, ...values], keys.length === 0 ? 0 : newTupleOf(keys));
  unroot(slot);
  if (r !== 0) return d;
  dictDel(threadLocals(), serialOf(o));
  return 0;
}

/** Attribute, 0 without exception when it is missing. */
function getattr(o: number, name: number): number {
  const d = dictOf(o);
  if (d === 0 || name === N.N_DICT) return d;
  const type = typeOf(o);
  const found = lookupInType(type, name);
  if (found !== 0 && isDataDescriptor(found)) return descriptorGet(found, o, type);
  const own = dictGetStr(d, name);
  if (own !== 0) return own;
  return found === 0 ? 0 : descriptorGet(found, o, type);
}

function setattr(o: number, name: number, value: number): number {
  const d = dictOf(o);
  if (d === 0) return 0;
  const text = toJS(name);
  if (name === N.N_DICT) return raise('AttributeError', `'${typeName(o)}' object attribute '__dict__' is read-only`);
  const found = lookupInType(typeOf(o), name);
  if (found !== 0 && isDataDescriptor(found)) return descriptorSet(found, o, value);
  if (value !== 0) return dictSetStr(d, name, value);
  if (dictGetStr(d, name) !== 0) return dictDelStr(d, name);
  return raise('AttributeError', `'${typeName(o)}' object has no attribute '${text}'`);
}

defineType({
  id: T_LOCAL,
  name: '_local',
  module: '_thread',
  kind: L.KIND_RECORD,
  weakrefs: true,
  doc: 'Thread-local data',
  slots: { create, init: () => 1, getattr, setattr },
});
