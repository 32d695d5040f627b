/** Pattern matching (PEP 634): key and class patterns. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { containsOp, equals, getAttr, getItem, lookupAttr, repr } from '../objects/abstract.js';
import { call0, call2 } from '../objects/call.js';
import { clearException, pendingException, pendingIs, raise, typeName } from '../objects/exceptions.js';
import { isInstanceOf } from '../objects/instance-check.js';
import * as N from '../objects/names.js';
import { isStr, typeOf } from '../objects/object.js';
import { intern, toJS } from '../objects/strings.js';
import { newTupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';

const I32 = i32;
const lengthOf = (tuple: number): number => I32[(tuple >>> 2) + L.TUPLE_LENGTH];
const itemOf = (tuple: number, i: number): number => I32[(tuple >>> 2) + L.TUPLE_ITEMS + i];

/** Value of one key, undefined when the subject has none, 0 with the exception set. `get`: the subject's method, 0 for a plain dict. */
function valueOf(subject: number, get: number, key: number, absent: number): number | undefined {
  if (get !== 0) {
    const value = call2(get, key, absent);
    return value === absent ? undefined : value;
  }
  const has = containsOp(subject, key);
  return has === 1 ? getItem(subject, key) : has < 0 ? 0 : undefined;
}

/** Do the first keys hold one that equals key `i`? -1 with the exception set. */
function seenBefore(keys: number, i: number): number {
  for (let k = 0; k < i; k++) {
    const same = equals(itemOf(keys, k), itemOf(keys, i));
    if (same !== 0) return same;
  }
  return 0;
}

function keyValues(subject: number, keys: number): number {
  const plain = typeOf(subject) === T.typeHandle(T.T_DICT);
  const get = plain ? 0 : getAttr(subject, intern('get'));
  root(get);
  const absent = plain || get === 0 ? 0 : call0(T.typeHandle(T.T_OBJECT));
  if (!plain && absent === 0) return 0;
  const values: number[] = [];
  root(absent);
  for (let i = 0; i < lengthOf(keys); i++) {
    const seen = seenBefore(keys, i);
    if (seen !== 0) return seen < 0 ? 0 : duplicateKey(itemOf(keys, i));
    const value = valueOf(subject, get, itemOf(keys, i), absent);
    if (value === undefined) return H.NONE;
    if (value === 0) return 0;
    root(value);
    values.push(value);
  }
  return newTupleOf(values);
}

/** Values of all keys in the subject as a tuple, None when one is missing, 0 with the exception set. */
export function matchKeys(subject: number, keys: number): number {
  const first = root(keys);
  root(subject);
  const t = keyValues(subject, keys);
  unroot(first);
  return t;
}

const duplicateKey = (key: number): number => {
  const shown = repr(key);
  return shown === 0 ? 0 : raise('ValueError', `mapping pattern checks duplicate key (${toJS(shown)})`);
};

/** Built-in classes whose one positional pattern matches the subject itself. */
const SELF_MATCHING = [
  T.T_BOOL,
  T.T_BYTEARRAY,
  T.T_BYTES,
  T.T_DICT,
  T.T_FLOAT,
  T.T_FROZENSET,
  T.T_INT,
  T.T_LIST,
  T.T_SET,
  T.T_STR,
  T.T_TUPLE,
];

function nativeBase(cls: number): number {
  return T.isBuiltinType(cls) ? T.typeId(cls) : I32[(cls >>> 2) + L.TYPE_NATIVE_ID];
}

/** Attributes of a class pattern as a tuple, None when it does not match, 0 with the exception set. `count`: positional patterns. */
export function matchClass(subject: number, cls: number, count: number, names: number): number {
  if ((cls & 7) !== 0 || (I32[cls >>> 2] & 0xff) !== L.KIND_TYPE)
    return raise('TypeError', 'called match pattern must be a class');
  const is = isInstanceOf(subject, cls);
  if (is <= 0) return is < 0 ? 0 : H.NONE;
  const wanted: number[] = [];
  const out: number[] = [];
  if (count > 0 && !positionalNames(cls, count, wanted)) return 0;
  if (wanted[0] === -1) out.push(subject);
  const first = root(subject);
  const seen = new Set<string>();
  for (const name of [...wanted.filter((n) => n !== -1), ...namesOf(names)]) {
    if (seen.has(toJS(name)))
      return raise(
        'TypeError',
        `${toJS(I32[(cls >>> 2) + L.TYPE_NAME])}() got multiple sub-patterns for attribute ${toJS(repr(name))}`,
      );
    seen.add(toJS(name));
    const value = lookupAttr(subject, name);
    if (value === 0) {
      unroot(first);
      return pendingException() !== 0 ? 0 : H.NONE;
    }
    root(value);
    out.push(value);
  }
  const t = newTupleOf(out);
  unroot(first);
  return t;
}

const namesOf = (tuple: number): number[] => Array.from({ length: lengthOf(tuple) }, (_, i) => itemOf(tuple, i));

/** Names behind positional patterns, from `__match_args__`; -1 stands for the subject itself. */
function positionalNames(cls: number, count: number, out: number[]): boolean {
  const shown = toJS(I32[(cls >>> 2) + L.TYPE_NAME]);
  const args = lookupAttr(cls, N.N_MATCH_ARGS);
  if (args === 0) {
    if (pendingException() !== 0 && !pendingIs('AttributeError')) return false;
    clearException();
    if (SELF_MATCHING.includes(nativeBase(cls))) {
      out.push(-1);
      return count === 1 || tooMany(shown, 1, count);
    }
    return tooMany(shown, 0, count);
  }
  if ((args & 7) !== 0 || (I32[args >>> 2] & 0xff) !== L.KIND_TUPLE) {
    raise('TypeError', `${shown}.__match_args__ must be a tuple (got ${typeName(args)})`);
    return false;
  }
  if (lengthOf(args) < count) return tooMany(shown, lengthOf(args), count);
  for (let i = 0; i < count; i++) {
    if (!isStr(itemOf(args, i))) {
      raise('TypeError', `__match_args__ elements must be strings (got ${typeName(itemOf(args, i))})`);
      return false;
    }
    out.push(itemOf(args, i));
  }
  return true;
}

function tooMany(shown: string, allowed: number, given: number): boolean {
  raise(
    'TypeError',
    `${shown}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${given} given)`,
  );
  return false;
}
