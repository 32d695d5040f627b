/**
 * `_functools`: partial, the cache of lru_cache, cmp_to_key, natively (https://docs.python.org/3.14/library/functools.html). `reduce` is left to
 * functools.py: as bytecode it calls functions without a nested dispatch loop, so a thread may park in them, and it is faster.
 */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call2, compareOp } from '../objects/abstract.js';
import { defineModule, defineType, member } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
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

defineModule({
  name: '_functools',
  doc: 'Tools that operate on functions.',
  functions: [['cmp_to_key', (args) => newKey(I32[args], 0), '(mycmp)']],
  types: [T_PARTIAL, T_PLACEHOLDER, T_LRU_CACHE_WRAPPER],
  attributes: () => ({ Placeholder: placeholder() }),
});
