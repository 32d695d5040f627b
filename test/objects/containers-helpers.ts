/** A mounted thread, Python values from JS ones and back, for tests of built-in containers. */
import { CARRIER } from '../../lib/heap/carrier.js';
import * as H from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import { dictSnapshot, dictSet, newDict } from '../../lib/objects/dict.js';
import { clearException, pendingException } from '../../lib/objects/exceptions.js';
import { intFromNumber, intToNumber } from '../../lib/objects/int.js';
import { listSnapshot, newListFromArray } from '../../lib/objects/list.js';
import { isInt, isKind, isStr } from '../../lib/objects/object.js';
import { fromJS, toJS } from '../../lib/objects/strings.js';
import { boot } from '../../lib/modules/runtime.js';
import { newTupleOf, tupleItems, tupleLength } from '../../lib/objects/tuple.js';

export function mountThread(): void {
  if (i32[CARRIER + L.CAR_THREAD] === 0) mount(createThread(0), THREAD_HOST);
  boot();
}

/** To be called after the last test: a thread left mounted keeps collectors of other threads waiting. */
export function unmountThread(): void {
  if (i32[CARRIER + L.CAR_THREAD] !== 0) releaseThread(unmount(THREAD_RUNNABLE));
}

export type Value = number | string | boolean | null | Value[] | { tuple: Value[] } | Map<Value, Value>;

export function py(v: Value): number {
  if (v === null) return H.NONE;
  if (typeof v === 'number') return intFromNumber(v);
  if (typeof v === 'string') return fromJS(v);
  if (typeof v === 'boolean') return H.fromBool(v);
  if (Array.isArray(v)) return newListFromArray(v.map(py));
  if (!(v instanceof Map)) return newTupleOf(v.tuple.map(py));
  const d = newDict();
  for (const [k, x] of v) dictSet(d, py(k), py(x));
  return d;
}

export function js(h: number): Value {
  if (h === H.NONE) return null;
  if (H.isBool(h)) return h === H.TRUE;
  if (isInt(h)) return intToNumber(h);
  if (isStr(h)) return toJS(h);
  if (isKind(h, L.KIND_LIST)) return listSnapshot(h).map(js);
  if (isKind(h, L.KIND_TUPLE))
    return { tuple: Array.from(i32.subarray(tupleItems(h), tupleItems(h) + tupleLength(h))).map(js) };
  if (isKind(h, L.KIND_SET) || isKind(h, L.KIND_FROZENSET)) return dictSnapshot(h).keys.map(js);
  if (isKind(h, L.KIND_DICT)) {
    const { keys, values } = dictSnapshot(h);
    return new Map(keys.map((k, i) => [js(k), js(values[i])]));
  }
  throw new Error(`no JS value for handle ${h}`);
}

/** Message of the pending exception, which is cleared; '' when there is none. */
export function takeMessage(): string {
  const e = pendingException();
  if (e === 0) return '';
  clearException();
  const args = i32[(e >>> 2) + L.EXCEPTION_ARGS];
  return tupleLength(args) === 0 ? '' : String(js(i32[tupleItems(args)]));
}
