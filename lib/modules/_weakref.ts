/** `_weakref` (https://docs.python.org/3.14/library/weakref.html): the type ref, proxies, and the running of callbacks. */
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { findWeak } from '../heap/weak.js';
import { compareOp, hash, isCallable, lookupAttr } from '../objects/abstract.js';
import { defineModule, defineType } from '../objects/define.js';
import { dictDel, dictGet } from '../objects/dict.js';
import { clearException, pendingException, pendingIs, raise, typeName } from '../objects/exceptions.js';
import { addressText } from '../objects/strings.js';
import { intFromNumber } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, isStr, slotId } from '../objects/object.js';
import { CMP_EQ, CMP_NE } from '../objects/slots.js';
import { fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { newWeakref, sharedWeakref, weakCallback, weakReferent } from '../objects/weakref.js';
import { T_CALLABLE_PROXY, T_PROXY } from './weak-proxy.js';
import { hasKeywords } from '../objects/keywords.js';

const I32 = i32;
const callbackOf = (args: number, n: number, at: number): number =>
  n <= at || I32[args + at] === H.NONE ? 0 : I32[args + at];

function arity(n: number): number {
  if (n >= 1 && n <= 2) return 1;
  const bound = n < 1 ? 'at least 1 argument' : 'at most 2 arguments';
  return raise('TypeError', `__new__ expected ${bound}, got ${n}`);
}

/** ref.__new__: one reference without callback an object is shared. Keywords are __init__'s to refuse. */
function create(type: number, args: number, n: number): number {
  if (arity(n) === 0) return 0;
  const callback = callbackOf(args, n, 1);
  if (callback === 0 && type === T.typeHandle(T.T_WEAKREF)) return sharedWeakref(T.T_WEAKREF, I32[args]);
  return newWeakref(type, I32[args], callback);
}

function init(_ref: number, _args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'ref() takes no keyword arguments');
  return n >= 1 && n <= 2
    ? 1
    : raise('TypeError', `ref expected at ${n < 1 ? 'least 1 argument' : 'most 2 arguments'}, got ${n}`);
}

function reprOf(ref: number): number {
  const o = weakReferent(ref);
  const head = `<weakref at ${addressText(ref)}; `;
  if (o === 0) return fromJS(`${head}dead>`);
  const name = lookupAttr(o, N.N_NAME);
  if (name === 0 && pendingException() !== 0) return 0;
  const shown = name !== 0 && isStr(name) ? ` (${toJS(name)})` : '';
  return fromJS(`${head}to '${typeName(o)}' at ${addressText(o)}${shown}>`);
}

function hashOf(ref: number): number {
  const known = I32[(ref >>> 2) + L.WEAKREF_HASH];
  if (known !== 0) return known;
  const o = weakReferent(ref);
  if (o === 0) return raise('TypeError', 'weak object has gone away');
  const value = hash(o);
  if (value !== 0) storeRef(ref, L.WEAKREF_HASH, value);
  return value;
}

function compare(a: number, b: number, op: number): number {
  if ((op !== CMP_EQ && op !== CMP_NE) || !isKind(b, L.KIND_WEAKREF) || slotId(b) !== T.T_WEAKREF)
    return H.NOT_IMPLEMENTED;
  const [x, y] = [weakReferent(a), weakReferent(b)];
  if (x === 0 || y === 0) return H.fromBool((a === b) === (op === CMP_EQ));
  return compareOp(x, y, op);
}

defineType({
  id: T.T_WEAKREF,
  name: 'ReferenceType',
  module: 'weakref',
  kind: L.KIND_WEAKREF,
  generic: true,
  getset: [
    {
      name: '__callback__',
      get: (ref) => (weakReferent(ref) === 0 ? H.NONE : weakCallback(ref) || H.NONE),
      set: () => raise('AttributeError', 'readonly attribute'),
    },
  ],
  slots: {
    create,
    init,
    call: (ref, _args, n, kwnames) => {
      if (kwnames !== 0) return raise('TypeError', 'weakref() takes no keyword arguments');
      return n > 0 ? raise('TypeError', `weakref expected 0 arguments, got ${n}`) : weakReferent(ref) || H.NONE;
    },
    repr: reprOf,
    hash: hashOf,
    compare,
  },
});

// ---------------------------------------------------------------- functions

function proxy(args: number, n: number): number {
  const o = I32[args];
  const callback = callbackOf(args, n, 1);
  const id = isCallable(o) ? T_CALLABLE_PROXY : T_PROXY;
  return callback === 0 ? sharedWeakref(id, o) : newWeakref(T.typeHandle(id), o, callback);
}

/** Live references to the object, oldest first as CPython lists them. */
function references(o: number): number[] {
  const out: number[] = [];
  if ((o & 7) === 0) findWeak(o, (ref) => out.push(ref) < 0);
  const plain = (ref: number): number =>
    weakCallback(ref) === 0 && I32[(ref >>> 2) + 2] === T.typeHandle(T.T_WEAKREF) ? 0 : 1;
  return out.sort((a, b) => plain(a) - plain(b));
}

/** _remove_dead_weakref(dict, key): drops an entry whose reference died, not a new one that took its place. */
function removeDead(args: number): number {
  const [dict, key] = [I32[args], I32[args + 1]];
  if (!isKind(dict, L.KIND_DICT))
    return raise('TypeError', `_remove_dead_weakref() argument 1 must be dict, not ${typeName(dict)}`);
  const ref = dictGet(dict, key);
  if (ref === 0) return pendingException() !== 0 ? 0 : H.NONE;
  if (!isKind(ref, L.KIND_WEAKREF)) return raise('TypeError', 'not a weakref');
  if (weakReferent(ref) !== 0 || dictDel(dict, key) !== 0) return H.NONE;
  if (!pendingIs('KeyError')) return 0;
  clearException();
  return H.NONE;
}

defineModule({
  name: '_weakref',
  doc: 'Weak-reference support module.',
  functions: [
    ['getweakrefcount', (args) => intFromNumber(references(I32[args]).length), [1, 1]],
    ['getweakrefs', (args) => newListFromArray(references(I32[args])), [1, 1]],
    ['proxy', proxy, [1, 2]],
    ['_remove_dead_weakref', removeDead, [2, 2]],
  ],
  types: [T.T_WEAKREF, T_PROXY, T_CALLABLE_PROXY],
  attributes: () => ({ ref: T.typeHandle(T.T_WEAKREF) }),
});
