/** ast.AST, the base of the classes of syntax nodes: construction from fields, repr, copying. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { callArgs, getAttr, lookupAttr, repr, setAttr } from '../objects/abstract.js';
import { newInstance } from '../objects/attribute.js';
import { defineType } from '../objects/define.js';
import { dictCopy, dictGetStr, dictSetStr, dictSnapshot } from '../objects/dict.js';
import { pendingException, raise, typeNameOf } from '../objects/exceptions.js';
import { plainItems } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, isStr, typeOf } from '../objects/object.js';
import { fromJS, intern, internStr, toJS } from '../objects/strings.js';
import { newList } from '../objects/list.js';
import { newTupleOf, tupleFromIterable, tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { instanceHooks } from '../objects/type-new.js';
import { warn } from '../objects/warn.js';

const I32 = i32;
export const T_AST = T.T_BLOCK_ACCELERATORS + 13;

const N_FIELDS = intern('_fields');
const N_ATTRIBUTES = intern('_attributes');
const N_FIELD_TYPES = intern('_field_types');

const nameOf = (cls: number): string => typeNameOf(cls);

/** Strings of a sequence attribute of the class, interned; undefined with the exception set. */
function stringsOf(cls: number, name: number): number[] | undefined {
  const given = lookupAttr(cls, name);
  if (given === 0) return pendingException() !== 0 ? undefined : [];
  const tuple = tupleFromIterable(given);
  return tuple === 0 ? undefined : (plainItems(tuple) ?? []).filter(isStr).map(internStr);
}

/** The one instance of an operator's or context's class, made with the classes; that of expr_context is Load(). */
export const singleton = (cls: number): number => I32[(cls >>> 2) + L.TYPE_EXTRA];

/** Gives a field that was not passed its default; a required one is warned about. 0 with the exception set. */
function setMissing(o: number, field: number, types: number): number {
  const cls = typeOf(o);
  const type = dictGetStr(types, field);
  const text = toJS(field);
  if (type === 0)
    return warn(
      'DeprecationWarning',
      `Field '${text}' is missing from ${nameOf(cls)}._field_types. This will become an error in Python 3.15.`,
    );
  if (isKind(type, L.KIND_UNION)) return 1;
  if (isKind(type, L.KIND_ALIAS)) return setAttr(o, field, newList(0));
  if (isKind(type, L.KIND_TYPE) && toJS(I32[(type >>> 2) + L.TYPE_NAME]) === 'expr_context')
    return setAttr(o, field, singleton(type));
  return warn(
    'DeprecationWarning',
    `${nameOf(cls)}.__init__ missing 1 required positional argument: '${text}'. This will become an error in Python 3.15.`,
  );
}

function setKeyword(o: number, key: number, value: number, fields: readonly number[], left: Set<number>): number {
  const cls = typeOf(o);
  if (fields.includes(key)) {
    if (!left.delete(key)) return raise('TypeError', `${nameOf(cls)} got multiple values for argument '${toJS(key)}'`);
  } else {
    const attributes = stringsOf(cls, N_ATTRIBUTES);
    if (attributes === undefined) return 0;
    const unknown = `${nameOf(cls)}.__init__ got an unexpected keyword argument '${toJS(key)}'. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.`;
    if (!attributes.includes(key) && warn('DeprecationWarning', unknown) === 0) return 0;
  }
  return setAttr(o, key, value);
}

function init(o: number, args: number, n: number, kwnames: number): number {
  const cls = typeOf(o);
  const fields = stringsOf(cls, N_FIELDS);
  if (fields === undefined) return 0;
  if (n > fields.length)
    return raise(
      'TypeError',
      `${nameOf(cls) === 'ast.AST' ? 'AST' : nameOf(cls)} constructor takes at most ${fields.length} positional argument${fields.length === 1 ? '' : 's'}`,
    );
  const left = new Set(fields);
  for (let i = 0; i < n; i++) {
    left.delete(fields[i]);
    if (setAttr(o, fields[i], I32[args + i]) === 0) return 0;
  }
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++)
    if (setKeyword(o, internStr(tupleItem(kwnames, i)), I32[args + n + i], fields, left) === 0) return 0;
  if (left.size === 0) return 1;
  const types = lookupAttr(cls, N_FIELD_TYPES);
  if (types === 0 || !isKind(types, L.KIND_DICT)) return pendingException() !== 0 ? 0 : 1;
  const slot = root(types);
  const ok = [...left].every((field) => setMissing(o, field, types) !== 0);
  unroot(slot);
  return ok ? 1 : 0;
}

// ---------------------------------------------------------------- repr

const DEPTH = 3;

function reprItems(items: readonly number[], depth: number): string | undefined {
  const shown: string[] = [];
  const edges = items.length > 2 ? [items[0], 0, items[items.length - 1]] : items;
  for (const item of edges) {
    const s = item === 0 ? '...' : reprValue(item, depth);
    if (s === undefined) return undefined;
    shown.push(s);
  }
  return shown.join(', ');
}

function reprValue(h: number, depth: number): string | undefined {
  if (isNode(h)) return reprNode(h, depth - 1);
  if (isKind(h, L.KIND_LIST) || isKind(h, L.KIND_TUPLE)) {
    const items = plainItems(h) ?? [];
    const one = items.length === 1;
    const inner = reprItems(items, depth);
    if (inner === undefined) return undefined;
    return isKind(h, L.KIND_LIST) ? `[${inner}]` : `(${inner}${one ? ',' : ''})`;
  }
  const r = repr(h);
  return r === 0 ? undefined : toJS(r);
}

/** Text of a node, '...' for what lies deeper than `depth`. */
function reprNode(o: number, depth: number): string | undefined {
  const name = nameOf(typeOf(o));
  if (depth <= 0) return `${name}(...)`;
  const fields = stringsOf(typeOf(o), N_FIELDS);
  if (fields === undefined) return undefined;
  const parts: string[] = [];
  for (const field of fields) {
    const value = getAttr(o, field);
    const slot = root(value);
    const s = value === 0 ? undefined : reprValue(value, depth);
    unroot(slot);
    if (s === undefined) return undefined;
    parts.push(`${toJS(field)}=${s}`);
  }
  return `${name}(${parts.join(', ')})`;
}

/** Is it a syntax node? */
export const isNode = (h: number): boolean => isKind(h, L.KIND_INSTANCE) && nativeBase(typeOf(h)) === T_AST;

const nativeBase = (type: number): number =>
  T.isBuiltinType(type) ? T.typeId(type) : I32[(type >>> 2) + L.TYPE_NATIVE_ID];

// ---------------------------------------------------------------- copying

function reduce(o: number): number {
  const fields = stringsOf(typeOf(o), N_FIELDS);
  const dict = fields === undefined ? 0 : getAttr(o, N.N_DICT);
  if (fields === undefined || dict === 0) return 0;
  const state = dictCopy(dict);
  const slot = root(state);
  // Fields are given as None first, so that construction warns of nothing.
  let n = 0;
  while (n < fields.length && dictGetStr(state, fields[n]) !== 0) n++;
  const r = tupleOf(typeOf(o), newTupleOf(fields.slice(0, n).map(() => H.NONE)), state);
  unroot(slot);
  return r;
}

/** __replace__(**changes): a copy with other fields or attributes. */
function replace(args: number, n: number, kwnames: number): number {
  const o = I32[args];
  const cls = typeOf(o);
  if (n > 1) return raise('TypeError', `${nameOf(cls)}.__replace__() takes no positional arguments`);
  const known = [N_FIELDS, N_ATTRIBUTES].map((name) => stringsOf(cls, name));
  const dict = known.includes(undefined) ? 0 : getAttr(o, N.N_DICT);
  if (dict === 0) return 0;
  const names = known.flatMap((list) => list!);
  const values = dictCopy(dict);
  const slot = root(values);
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const key = internStr(tupleItem(kwnames, i));
    if (!names.includes(key)) {
      unroot(slot);
      return raise('TypeError', `${nameOf(cls)}.__replace__ got an unexpected keyword argument '${toJS(key)}'.`);
    }
    dictSetStr(values, key, I32[args + n + i]);
  }
  const all = dictSnapshot(values);
  const r = callArgs(cls, all.values, newTupleOf(all.keys));
  unroot(slot);
  return r;
}

defineType({
  id: T_AST,
  name: 'AST',
  module: 'ast',
  kind: L.KIND_INSTANCE,
  dict: true,
  weakrefs: true,
  methods: [
    ['__reduce__', (a) => reduce(I32[a]), [0, 0]],
    ['__replace__', replace, 'raw'],
  ],
  getset: [{ name: '__dict__', get: (o) => instanceHooks.getDict(o), set: (o, v) => instanceHooks.setDict(o, v) }],
  attributes: () => ({ _fields: newTupleOf([]), _attributes: newTupleOf([]), __match_args__: newTupleOf([]) }),
  slots: {
    create: (type) => newInstance(type),
    init,
    repr: (o) => {
      const s = reprNode(o, DEPTH);
      return s === undefined ? 0 : fromJS(s);
    },
  },
});
