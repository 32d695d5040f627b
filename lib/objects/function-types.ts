/** Types of functions, methods, built-in functions, code, modules, cells, tracebacks and the singletons. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getAttr, hash, lookupAttr, repr } from './abstract.js';
import { descriptorGet, genericLookup, newMethod, ownDict } from './attribute.js';
import { call0, call1, callHook } from './call.js';
import { defineType, type GetSetRow } from './define.js';
import { dictGetStr, dictSetStr, dictSnapshot, newDict } from './dict.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { newListFromArray } from './list.js';
import * as N from './names.js';
import { isStr } from './object.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { EMPTY, fromJS, intern, internStr, toJS } from './strings.js';
import { newTupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
const orZero = (h: number): number => (h === H.NONE ? 0 : h);
const kindIs = (h: number, kind: number): boolean => (h & 7) === 0 && h !== 0 && (I32[h >>> 2] & 0xff) === kind;
export const addressText = (h: number): string => `0x${(h >>> 0).toString(16).padStart(12, '0')}`;

/** Attribute that lives in a word of the object. */
const ref = (name: string, w: number, writable = false): GetSetRow => ({
  name,
  get: (o) => none(word(o, w)),
  ...(writable ? { set: (o: number, v: number) => (storeRef(o, w, orZero(v)), 1) } : {}),
});

function stringRow(name: string, w: number, shown: string): GetSetRow {
  return {
    name,
    get: (f) => word(f, w),
    set: (f, v) => {
      if (v === 0 || !isStr(v)) return raise('TypeError', `${shown} must be set to a string object`);
      storeRef(f, w, internStr(v));
      return 1;
    },
  };
}

function annotations(f: number): number {
  const known = word(f, L.FUNCTION_ANNOTATIONS);
  if (known !== 0) {
    if (!kindIs(known, L.KIND_TUPLE)) return known;
  }
  const annotate = word(f, L.FUNCTION_ANNOTATE);
  const made = annotate === 0 ? newDict() : call1(annotate, H.small(1));
  if (made !== 0) storeRef(f, L.FUNCTION_ANNOTATIONS, made);
  return made;
}

defineType({
  id: T.T_FUNCTION,
  name: 'function',
  kind: L.KIND_FUNCTION,
  weakrefs: true,
  final: true,
  dict: true,
  getset: [
    stringRow('__name__', L.FUNCTION_NAME, '__name__'),
    stringRow('__qualname__', L.FUNCTION_QUALNAME, '__qualname__'),
    ref('__module__', L.FUNCTION_MODULE, true),
    ref('__doc__', L.FUNCTION_DOC, true),
    ref('__code__', L.FUNCTION_CODE, true),
    ref('__globals__', L.FUNCTION_GLOBALS),
    ref('__builtins__', L.FUNCTION_BUILTINS),
    ref('__closure__', L.FUNCTION_CLOSURE),
    ref('__defaults__', L.FUNCTION_DEFAULTS, true),
    ref('__kwdefaults__', L.FUNCTION_KWDEFAULTS, true),
    ref('__annotate__', L.FUNCTION_ANNOTATE, true),
    { name: '__annotations__', get: annotations, set: (f, v) => (storeRef(f, L.FUNCTION_ANNOTATIONS, v), 1) },
    {
      name: '__type_params__',
      get: (f) => word(f, L.FUNCTION_TYPE_PARAMS) || newTupleOf([]),
      set: (f, v) => (storeRef(f, L.FUNCTION_TYPE_PARAMS, v), 1),
    },
    { name: '__dict__', get: ownDict },
  ],
  slots: {
    repr: (f) => fromJS(`<function ${toJS(word(f, L.FUNCTION_QUALNAME))} at ${addressText(f)}>`),
    get: (f, instance) => (instance === 0 ? f : newMethod(f, instance)),
    call: (f, args, n, kw) => callHook.call(f, args, n, kw),
    create: () => raise('TypeError', "cannot create 'function' instances"),
  },
});

// ---------------------------------------------------------------- bound methods

function methodRepr(m: number): number {
  const f = word(m, L.METHOD_FUNCTION);
  const name = lookupAttr(f, N.N_QUALNAME) || lookupAttr(f, N.N_NAME);
  const self = repr(word(m, L.METHOD_SELF));
  return self === 0 ? 0 : fromJS(`<bound method ${name !== 0 && isStr(name) ? toJS(name) : '?'} of ${toJS(self)}>`);
}

defineType({
  id: T.T_METHOD,
  name: 'method',
  kind: L.KIND_METHOD,
  weakrefs: true,
  final: true,
  getset: [
    ref('__func__', L.METHOD_FUNCTION),
    ref('__self__', L.METHOD_SELF),
    { name: '__doc__', get: (m) => getAttr(word(m, L.METHOD_FUNCTION), N.N_DOC) },
  ],
  slots: {
    create: (_t, args, n) =>
      n === 2 ? newMethod(I32[args], I32[args + 1]) : raise('TypeError', `method expected 2 arguments, got ${n}`),
    repr: methodRepr,
    call: (m, args, n, kw) => callHook.call(m, args, n, kw),
    getattr: (m, name) => {
      const own = genericLookup(m, name);
      return own !== 0 || pendingException() !== 0 ? own : lookupAttr(word(m, L.METHOD_FUNCTION), name);
    },
    hash: (m) => hash(word(m, L.METHOD_FUNCTION)),
    compare: (a, b, op) => {
      if ((op !== CMP_EQ && op !== CMP_NE) || !kindIs(b, L.KIND_METHOD)) return H.NOT_IMPLEMENTED;
      const same =
        word(a, L.METHOD_FUNCTION) === word(b, L.METHOD_FUNCTION) && word(a, L.METHOD_SELF) === word(b, L.METHOD_SELF);
      return H.fromBool(same === (op === CMP_EQ));
    },
    get: (m) => m,
  },
});

// ---------------------------------------------------------------- built-in functions

const ownerName = (f: number): string => toJS(word(word(f, L.NATIVE_OWNER), L.TYPE_NAME));

function nativeRepr(f: number): number {
  const name = toJS(word(f, L.NATIVE_NAME));
  const self = word(f, L.NATIVE_SELF);
  const type = I32[(f >>> 2) + 2];
  if (type === T.typeHandle(T.T_METHOD_DESCRIPTOR)) return fromJS(`<method '${name}' of '${ownerName(f)}' objects>`);
  if (type === T.typeHandle(T.T_WRAPPER_DESCRIPTOR))
    return fromJS(`<slot wrapper '${name}' of '${ownerName(f)}' objects>`);
  if (type === T.typeHandle(T.T_METHOD_WRAPPER))
    return fromJS(`<method-wrapper '${name}' of ${typeName(self)} object at ${addressText(self)}>`);
  if (self === 0 || kindIs(self, L.KIND_MODULE)) return fromJS(`<built-in function ${name}>`);
  return fromJS(`<built-in method ${name} of ${typeName(self)} object at ${addressText(self)}>`);
}

function nativeQualname(f: number): number {
  const owner = word(f, L.NATIVE_OWNER);
  return owner === 0 ? word(f, L.NATIVE_NAME) : fromJS(`${ownerName(f)}.${toJS(word(f, L.NATIVE_NAME))}`);
}

const nativeRows: readonly GetSetRow[] = [
  { name: '__name__', get: (f) => word(f, L.NATIVE_NAME) },
  { name: '__qualname__', get: nativeQualname },
  { name: '__doc__', get: (f) => none(word(f, L.NATIVE_DOC)) },
  { name: '__module__', get: (f) => none(word(f, L.NATIVE_MODULE)) },
  { name: '__self__', get: (f) => none(word(f, L.NATIVE_SELF)) },
  { name: '__text_signature__', get: () => H.NONE },
];

for (const [id, name] of [
  [T.T_NATIVE, 'builtin_function_or_method'],
  [T.T_METHOD_DESCRIPTOR, 'method_descriptor'],
  [T.T_WRAPPER_DESCRIPTOR, 'wrapper_descriptor'],
  [T.T_METHOD_WRAPPER, 'method-wrapper'],
  [T.T_CLASSMETHOD_DESCRIPTOR, 'classmethod_descriptor'],
] as const) {
  defineType({
    id,
    name,
    kind: L.KIND_NATIVE,
    final: true,
    weakrefs: id === T.T_NATIVE,
    getset: [...nativeRows, { name: '__objclass__', get: (f) => none(word(f, L.NATIVE_OWNER)) }],
    slots: {
      repr: nativeRepr,
      call: (f, args, n, kw) => callHook.call(f, args, n, kw),
      get: (f, instance, type) => descriptorGet(f, instance, type),
      compare: (a, b, op) => {
        if ((op !== CMP_EQ && op !== CMP_NE) || !kindIs(b, L.KIND_NATIVE)) return H.NOT_IMPLEMENTED;
        const same =
          word(a, L.NATIVE_NATIVE_ID) === word(b, L.NATIVE_NATIVE_ID) &&
          word(a, L.NATIVE_SELF) === word(b, L.NATIVE_SELF);
        return H.fromBool(same === (op === CMP_EQ));
      },
      hash: (f) => H.small(word(f, L.NATIVE_NATIVE_ID)),
    },
  });
}

// ---------------------------------------------------------------- code, cells, tracebacks

const intRow = (name: string, w: number): GetSetRow => ({ name, get: (c) => H.small(word(c, w)) });

function codeConsts(c: number): number {
  const a = word(c, L.CODE_CONSTS);
  return newTupleOf(
    Array.from(I32.subarray((a >>> 2) + L.ARRAY_ITEMS, (a >>> 2) + L.ARRAY_ITEMS + word(a, L.ARRAY_LENGTH))),
  );
}

function codeNames(c: number): number {
  const a = word(c, L.CODE_SITES);
  const names = Array.from({ length: word(a, L.ARRAY_LENGTH) / 2 }, (_, i) => word(a, L.ARRAY_ITEMS + i * 2));
  return newTupleOf([...new Set(names)]);
}

defineType({
  id: T.T_CODE,
  name: 'code',
  kind: L.KIND_CODE,
  weakrefs: true,
  final: true,
  getset: [
    ref('co_name', L.CODE_NAME),
    ref('co_qualname', L.CODE_QUALNAME),
    ref('co_filename', L.CODE_FILENAME),
    ref('co_varnames', L.CODE_VARNAMES),
    ref('co_cellvars', L.CODE_CELLVARS),
    ref('co_freevars', L.CODE_FREEVARS),
    intRow('co_argcount', L.CODE_ARGCOUNT),
    intRow('co_posonlyargcount', L.CODE_POSONLY),
    intRow('co_kwonlyargcount', L.CODE_KWONLY),
    intRow('co_stacksize', L.CODE_STACKSIZE),
    intRow('co_flags', L.CODE_CODE_FLAGS),
    intRow('co_firstlineno', L.CODE_FIRSTLINENO),
    { name: 'co_nlocals', get: (c) => H.small(word(word(c, L.CODE_VARNAMES), L.TUPLE_LENGTH)) },
    { name: 'co_consts', get: codeConsts },
    { name: 'co_names', get: codeNames },
  ],
  slots: {
    repr: (c) =>
      fromJS(
        `<code object ${toJS(word(c, L.CODE_NAME))} at ${addressText(c)}, file "${toJS(word(c, L.CODE_FILENAME))}", line ${word(c, L.CODE_FIRSTLINENO)}>`,
      ),
  },
});

defineType({
  id: T.T_CELL,
  name: 'cell',
  kind: L.KIND_CELL,
  final: true,
  getset: [
    {
      name: 'cell_contents',
      get: (c) => word(c, L.CELL_VALUE) || raise('ValueError', 'cell is empty'),
      set: (c, v) => (storeRef(c, L.CELL_VALUE, v), 1),
    },
  ],
  slots: {
    create: (_t, args, n) => {
      const c = newObject(L.KIND_CELL, 64, T.typeHandle(T.T_CELL));
      if (n > 0) I32[(c >>> 2) + L.CELL_VALUE] = I32[args];
      return c;
    },
    repr: (c) =>
      fromJS(
        word(c, L.CELL_VALUE) === 0
          ? `<cell at ${addressText(c)}: empty>`
          : `<cell at ${addressText(c)}: ${typeName(word(c, L.CELL_VALUE))} object>`,
      ),
  },
});

// ---------------------------------------------------------------- modules

function moduleRepr(m: number): number {
  const d = word(m, L.MODULE_DICT);
  const name = dictGetStr(d, N.N_NAME);
  const file = dictGetStr(d, N.N_FILE);
  const shown = name !== 0 && isStr(name) ? toJS(repr(name)) : "'?'";
  if (file !== 0 && isStr(file)) return fromJS(`<module ${shown} from ${toJS(repr(file))}>`);
  return fromJS(word(m, L.MODULE_EXTRA) === 3 ? `<module ${shown} (built-in)>` : `<module ${shown}>`);
}

/** A module with its dict; `builtin` says how it prints. */
export function newModule(name: number, environment: number, builtin: boolean): number {
  const d = newDict();
  const m = newObject(L.KIND_MODULE, 64, T.typeHandle(T.T_MODULE));
  storeRef(m, L.MODULE_DICT, d);
  storeRef(m, L.MODULE_NAME, name);
  storeRef(m, L.MODULE_ENVIRONMENT, environment);
  I32[(m >>> 2) + L.MODULE_EXTRA] = builtin ? 3 : 0;
  dictSetStr(d, N.N_NAME, name);
  for (const n of [N.N_DOC, N.N_PACKAGE, N.N_LOADER, N.N_SPEC]) dictSetStr(d, n, H.NONE);
  return m;
}

/** Names of the module's own dict, or what its `__dir__` says. */
function moduleDir(m: number): number {
  const own = dictGetStr(word(m, L.MODULE_DICT), N.N_DIR);
  return own !== 0 ? call0(own) : newListFromArray(dictSnapshot(word(m, L.MODULE_DICT)).keys);
}

defineType({
  id: T.T_MODULE,
  name: 'module',
  kind: L.KIND_MODULE,
  weakrefs: true,
  dict: true,
  getset: [{ name: '__dict__', get: (m) => word(m, L.MODULE_DICT) }],
  methods: [['__dir__', (a) => moduleDir(I32[a]), [0, 0]]],
  slots: {
    create: (type, args, n) => {
      const m = newModule(n > 0 && isStr(I32[args]) ? internStr(I32[args]) : EMPTY, 0, false);
      if (!T.isBuiltinType(type)) storeRef(m, 2, type);
      return m;
    },
    init: (m, args, n) => {
      if (n === 0 || !isStr(I32[args])) return raise('TypeError', "module() missing required argument 'name' (pos 1)");
      storeRef(m, L.MODULE_NAME, internStr(I32[args]));
      dictSetStr(word(m, L.MODULE_DICT), N.N_NAME, I32[args]);
      return n > 1 ? dictSetStr(word(m, L.MODULE_DICT), N.N_DOC, I32[args + 1]) : 1;
    },
    repr: moduleRepr,
  },
});

// ---------------------------------------------------------------- singletons

for (const [id, name, text, truth] of [
  [T.T_NONE, 'NoneType', 'None', 0],
  [T.T_ELLIPSIS, 'ellipsis', 'Ellipsis', 1],
  [T.T_NOT_IMPLEMENTED, 'NotImplementedType', 'NotImplemented', 1],
] as const) {
  defineType({
    id,
    name,
    final: true,
    slots: {
      repr: () => intern(text),
      bool: () =>
        id === T.T_NOT_IMPLEMENTED
          ? raise('TypeError', 'NotImplemented should not be used in a boolean context') - 1
          : truth,
      hash: () => H.small(id * 7919),
      create: () => [H.NONE, H.ELLIPSIS, H.NOT_IMPLEMENTED][[T.T_NONE, T.T_ELLIPSIS, T.T_NOT_IMPLEMENTED].indexOf(id)],
      compare: (a, b, op) =>
        op === CMP_EQ ? (a === b ? H.TRUE : H.NOT_IMPLEMENTED) : op === CMP_NE && a === b ? H.FALSE : H.NOT_IMPLEMENTED,
    },
  });
}

defineType({
  id: T.T_SIMPLE_NAMESPACE,
  name: 'SimpleNamespace',
  module: 'types',
  dict: true,
  kind: L.KIND_RECORD,
  getset: [{ name: '__dict__', get: ownDict }],
  slots: {
    create: (type) => {
      const o = newObject(L.KIND_RECORD, 64, type);
      I32[o >>> 2] |= L.FLAG_SUBCLASS;
      return o;
    },
    init: (o, args, n, kw) => {
      const count = kw === 0 ? 0 : word(kw, L.TUPLE_LENGTH);
      const d = ownDict(o);
      for (let i = 0; i < count; i++) dictSetStr(d, internStr(word(kw, L.TUPLE_ITEMS + i)), I32[args + n + i]);
      return 1;
    },
  },
});
