/** `_functools`: partial, the cache of lru_cache, cmp_to_key and reduce, natively (https://docs.python.org/3.14/library/functools.html). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call2, compareOp, getIter, iterNext } from '../objects/abstract.js';
import { defineModule, defineType, member } from '../objects/define.js';
import { clearException, pendingException, pendingIs, raise } from '../objects/exceptions.js';
import { isKind, typeOf } from '../objects/object.js';
import * as T from '../objects/type-ids.js';
import { T_LRU_CACHE_WRAPPER } from './functools-lru.js';
import { placeholder, T_PARTIAL, T_PLACEHOLDER } from './functools-partial.js';
import { item, named, newRecord } from './itertools-record.js';

const I32 = i32;
const T_KEY = T.T_BLOCK_FUNCTOOLS + 4;

// ---------------------------------------------------------------- cmp_to_key

const [COMPARE, OBJECT] = [0, 1];
const newKey = (compare: number, object: number): number => newRecord(T.typeHandle(T_KEY), [compare, object]);

/** K(obj): a key of an object, by the function of this one. */
function callKey(key: number, args: number, n: number, kwnames: number): number {
  const given = named('K', ['obj'], 1, args, n, kwnames);
  return given === undefined ? 0 : newKey(item(key, COMPARE), given[0]!);
}

function compareKeys(a: number, b: number, op: number): number {
  if (!isKind(b, L.KIND_RECORD) || typeOf(b) !== T.typeHandle(T_KEY))
    return raise('TypeError', 'other argument must be K instance');
  const [x, y] = [item(a, OBJECT), item(b, OBJECT)];
  if (x === 0 || y === 0) return raise('AttributeError', 'object');
  const r = call2(item(a, COMPARE), x, y);
  if (r === 0) return 0;
  const slot = root(r);
  const result = compareOp(I32[slot], H.small(0), op);
  unroot(slot);
  return result;
}

defineType({
  id: T_KEY,
  name: 'KeyWrapper',
  module: 'functools',
  kind: L.KIND_RECORD,
  final: true,
  unhashable: true,
  getset: [member('obj', L.RECORD_ITEMS + OBJECT)],
  slots: {
    create: () => raise('TypeError', "cannot create 'functools.KeyWrapper' instances"),
    call: callKey,
    compare: compareKeys,
  },
});

// ---------------------------------------------------------------- reduce

/** The iterator of reduce's argument; 0 with the exception set. */
function iteratorOf(iterable: number): number {
  const it = getIter(iterable);
  if (it !== 0 || !pendingIs('TypeError')) return it;
  clearException();
  return raise('TypeError', 'reduce() arg 2 must support iteration');
}

/** reduce(function, iterable, /, initial) */
function reduce(args: number): number {
  const it = root(iteratorOf(I32[args + 1]));
  const result = root(I32[args + 2]);
  let ok = I32[it] !== 0;
  while (ok) {
    const value = iterNext(I32[it]);
    if (value === 0) break;
    I32[result] = I32[result] === 0 ? value : call2(I32[args], I32[result], value);
    ok = I32[result] !== 0;
  }
  const r = ok && pendingException() === 0 ? I32[result] : 0;
  const empty = ok && r === 0 && pendingException() === 0;
  unroot(it);
  return empty ? raise('TypeError', 'reduce() of empty iterable with no initial value') : r;
}

defineModule({
  name: '_functools',
  doc: 'Tools that operate on functions.',
  functions: [
    ['cmp_to_key', (args) => newKey(I32[args], 0), '(mycmp)'],
    ['reduce', reduce, '(function, iterable, /, initial=None)'],
  ],
  types: [T_PARTIAL, T_PLACEHOLDER, T_LRU_CACHE_WRAPPER],
  attributes: () => ({ Placeholder: placeholder() }),
});
