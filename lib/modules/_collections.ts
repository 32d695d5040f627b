/** `_collections`: deque, defaultdict, _tuplegetter and _count_elements. OrderedDict is the Python one of collections. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  binaryOp,
  call2,
  enterRepr,
  getAttr,
  indexNumber,
  isCallable,
  iterate,
  leaveRepr,
  repr,
  setItem,
} from '../objects/abstract.js';
import { defineModule, defineType } from '../objects/define.js';
import { dictGet, dictSet } from '../objects/dict.js';
import { dictUpdateAny, defaultMissing, updateFromDict } from '../objects/dict-update.js';
import '../objects/dict-type.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { isExact, isKind, typeOf } from '../objects/object.js';
import { OP_ADD, OP_OR, slots } from '../objects/slots.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import './deque.js';

const I32 = i32;
const factoryOf = (d: number): number => I32[(d >>> 2) + L.DICT_FACTORY];

function newDefaultDict(type: number): number {
  const d = newObject(L.KIND_DICT | L.FLAG_SUBCLASS, 128, type);
  I32[(d >>> 2) + L.DICT_FACTORY] = H.NONE;
  return d;
}

function init(d: number, args: number, n: number, kwnames: number): number {
  if (n > 0 && I32[args] !== H.NONE && !isCallable(I32[args]))
    return raise('TypeError', 'first argument must be callable or None');
  storeRef(d, L.DICT_FACTORY, n > 0 ? I32[args] : H.NONE);
  return slots.init[T.T_DICT]!(d, n > 0 ? args + 1 : args, Math.max(0, n - 1), kwnames);
}

function copy(args: number): number {
  const from = I32[args];
  const d = newDefaultDict(I32[(from >>> 2) + 2]);
  I32[(d >>> 2) + L.DICT_FACTORY] = factoryOf(from);
  return updateFromDict(d, from) === 0 ? 0 : d;
}

function reprDefault(d: number): number {
  const body = slots.repr[T.T_DICT]!(d);
  if (body === 0) return 0;
  const factory = factoryOf(d);
  const text = toJS(body);
  const name = toJS(I32[(typeOf(d) >>> 2) + L.TYPE_NAME]);
  if (!enterRepr(factory)) return fromJS(`${name}(..., ${text})`);
  const r = repr(factory);
  leaveRepr(factory);
  return r === 0 ? 0 : fromJS(`${name}(${toJS(r)}, ${text})`);
}

function or(a: number, b: number): number {
  if (!isKind(a, L.KIND_DICT) || !isKind(b, L.KIND_DICT)) return H.NOT_IMPLEMENTED;
  const self = slots.binary[OP_OR][T.T_DEFAULTDICT] !== undefined && factoryOf(a) !== 0 ? a : b;
  const d = newDefaultDict(I32[(self >>> 2) + 2]);
  I32[(d >>> 2) + L.DICT_FACTORY] = factoryOf(self);
  return updateFromDict(d, a) === 0 || updateFromDict(d, b) === 0 ? 0 : d;
}

defineType({
  id: T.T_DEFAULTDICT,
  name: 'defaultdict',
  module: 'collections',
  base: T.T_DICT,
  kind: L.KIND_DICT,
  unhashable: true,
  matchMapping: true,
  doc: 'defaultdict(default_factory=None, /, [...]) --> dict with default factory',
  methods: [
    ['__missing__', (args) => defaultMissing(I32[args], I32[args + 1]), [1, 1]],
    ['copy', copy, [0, 0]],
    ['__copy__', copy, [0, 0]],
  ],
  getset: [
    { name: 'default_factory', get: factoryOf, set: (d, v) => (storeRef(d, L.DICT_FACTORY, v === 0 ? H.NONE : v), 1) },
  ],
  slots: {
    create: newDefaultDict,
    init,
    repr: reprDefault,
    binary: { [OP_OR]: or },
    inplace: { [OP_OR]: (a, b) => (dictUpdateAny(a, b) === 0 ? 0 : a) },
  },
});

/** Counts the values of an iterable into a mapping. */
function countElements(args: number): number {
  const [mapping, iterable] = [I32[args], I32[args + 1]];
  const plain = isExact(mapping, L.KIND_DICT) || isKind(mapping, L.KIND_DICT);
  const get = plain ? 0 : getAttr(mapping, intern('get'));
  if (!plain && get === 0) return 0;
  const held = root(get);
  const ok = iterate(iterable, (key) => {
    const slot = root(key);
    const old = plain ? dictGet(mapping, key) : call2(get, key, 1);
    const count = old !== 0 ? binaryOp(OP_ADD, old, 3) : pendingException() === 0 ? 3 : 0;
    const done = count === 0 ? 0 : plain ? dictSet(mapping, key, count) : setItem(mapping, key, count);
    unroot(slot);
    return done === 1;
  });
  unroot(held);
  return ok ? H.NONE : 0;
}

// _tuplegetter: raw0 = index, item 0 = doc
function createGetter(type: number, args: number, n: number): number {
  if (n !== 2) return raise('TypeError', `_tuplegetter expected 2 arguments, got ${n}`);
  const i = indexNumber(I32[args]);
  if (Number.isNaN(i)) return 0;
  const g = newObject(L.KIND_RECORD, 64, type);
  I32[(g >>> 2) + L.RECORD_COUNT] = 1;
  I32[(g >>> 2) + L.RECORD_RAW_0] = i;
  I32[(g >>> 2) + L.RECORD_ITEMS] = I32[args + 1];
  return g;
}

function getField(g: number, instance: number): number {
  const i = I32[(g >>> 2) + L.RECORD_RAW_0];
  if (instance === 0 || instance === H.NONE) return g;
  if (!isKind(instance, L.KIND_TUPLE)) {
    return raise(
      'TypeError',
      `descriptor for index '${i}' for tuple subclasses doesn't apply to '${typeName(instance)}' object`,
    );
  }
  return i >= 0 && i < tupleLength(instance) ? tupleItem(instance, i) : raise('IndexError', 'tuple index out of range');
}

defineType({
  id: T.T_TUPLEGETTER,
  name: '_tuplegetter',
  module: '_collections',
  kind: L.KIND_RECORD,
  getset: [
    {
      name: '__doc__',
      get: (g) => I32[(g >>> 2) + L.RECORD_ITEMS],
      set: (g, v) => (storeRef(g, L.RECORD_ITEMS, v === 0 ? H.NONE : v), 1),
    },
  ],
  slots: {
    create: createGetter,
    get: getField,
    set: (_g, _o, v) => raise('AttributeError', v === 0 ? "can't delete attribute" : "can't set attribute"),
  },
});

defineModule({
  name: '_collections',
  doc: 'High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n- defaultdict:  dict subclass with a default value factory',
  functions: [['_count_elements', countElements, [2, 2]]],
  types: [T.T_DEQUE, T.T_DEFAULTDICT, T.T_DEQUE_ITERATOR, T.T_DEQUE_REVERSE_ITERATOR, T.T_TUPLEGETTER],
});
