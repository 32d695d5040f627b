/** The types of Python functions and bound methods (https://docs.python.org/3.14/reference/datamodel.html#callable-types). */
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getAttr, hash, isCallable, lookupAttr, repr } from './abstract.js';
import { genericLookup, newMethod, ownDict } from './attribute.js';
import { call1, callHook } from './call.js';
import { defineType, type GetSetRow, member, readOnly } from './define.js';
import { newDict } from './dict.js';
import { pendingException, raise, typeName } from './exceptions.js';
import { identityHash } from './identity.js';
import { addInts, hashInt } from './int.js';
import * as N from './names.js';
import { isKind, isStr } from './object.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { addressText, fromJS, internStr, toJS } from './strings.js';
import { newTupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
const orZero = (h: number): number => (h === H.NONE ? 0 : h);
const kindIs = (h: number, kind: number): boolean => h !== 0 && isKind(h, kind);

/** Set by lib/vm: types.FunctionType(code, globals, name, argdefs, closure, kwdefaults). */
export const functionHooks = {
  create: (_type: number, _args: number, _n: number, _kwnames: number): number =>
    raise('TypeError', "cannot create 'function' instances"),
};

function stringRow(name: string, w: number): GetSetRow {
  return {
    name,
    get: (f) => word(f, w),
    set: (f, v) => {
      if (v === 0 || !isStr(v)) return raise('TypeError', `${name} must be set to a string object`);
      storeRef(f, w, internStr(v));
      return 1;
    },
  };
}

/** An attribute that is None or of one kind. */
function kindRow(name: string, w: number, kind: number, what: string): GetSetRow {
  return {
    name,
    get: (f) => none(word(f, w)),
    set: (f, v) => {
      if (v !== 0 && v !== H.NONE && !kindIs(v, kind))
        return raise('TypeError', `${name} must be set to a ${what} object`);
      storeRef(f, w, orZero(v));
      return 1;
    },
  };
}

function setCode(f: number, code: number): number {
  if (!kindIs(code, L.KIND_CODE)) return raise('TypeError', '__code__ must be set to a code object');
  const closure = word(f, L.FUNCTION_CLOSURE);
  const has = closure === 0 ? 0 : word(closure, L.TUPLE_LENGTH);
  const needs = word(code, L.CODE_NFREE);
  if (has !== needs)
    return raise(
      'ValueError',
      `${toJS(word(f, L.FUNCTION_NAME))}() requires a code object with ${has} free vars, not ${needs}`,
    );
  storeRef(f, L.FUNCTION_CODE, code);
  return 1;
}

function annotations(f: number): number {
  const known = word(f, L.FUNCTION_ANNOTATIONS);
  if (known !== 0 && !kindIs(known, L.KIND_TUPLE)) return known;
  const annotate = word(f, L.FUNCTION_ANNOTATE);
  const made = annotate === 0 ? newDict() : call1(annotate, H.small(1));
  if (made === 0) return 0;
  if (!kindIs(made, L.KIND_DICT))
    return raise('TypeError', `__annotate__ returned non-dict of type '${typeName(made)}'`);
  storeRef(f, L.FUNCTION_ANNOTATIONS, made);
  return made;
}

function setAnnotations(f: number, v: number): number {
  if (v !== 0 && v !== H.NONE && !kindIs(v, L.KIND_DICT))
    return raise('TypeError', '__annotations__ must be set to a dict object');
  storeRef(f, L.FUNCTION_ANNOTATIONS, orZero(v));
  storeRef(f, L.FUNCTION_ANNOTATE, 0);
  return 1;
}

/** The function that makes the annotations; the compiler's is named after its function when it is first asked for. */
function getAnnotate(f: number): number {
  const made = word(f, L.FUNCTION_ANNOTATE);
  if (made === 0) return H.NONE;
  const own = isKind(made, L.KIND_FUNCTION) ? word(word(made, L.FUNCTION_CODE), L.CODE_QUALNAME) : 0;
  if (own !== 0 && own === word(made, L.FUNCTION_QUALNAME) && toJS(own).endsWith('__annotate__')) {
    const qualname = toJS(word(word(f, L.FUNCTION_CODE), L.CODE_QUALNAME));
    storeRef(made, L.FUNCTION_QUALNAME, fromJS(`${qualname}.__annotate__`));
  }
  return made;
}

function setAnnotate(f: number, v: number): number {
  if (v === 0) return raise('TypeError', '__annotate__ cannot be deleted');
  if (v !== H.NONE && !isCallable(v)) return raise('TypeError', '__annotate__ must be callable or None');
  storeRef(f, L.FUNCTION_ANNOTATE, orZero(v));
  if (v !== H.NONE) storeRef(f, L.FUNCTION_ANNOTATIONS, 0);
  return 1;
}

function setTypeParams(f: number, v: number): number {
  if (v === 0 || !kindIs(v, L.KIND_TUPLE)) return raise('TypeError', '__type_params__ must be set to a tuple');
  storeRef(f, L.FUNCTION_TYPE_PARAMS, v);
  return 1;
}

function setDict(f: number, v: number): number {
  if (v === 0) return raise('TypeError', 'cannot delete __dict__');
  if (!kindIs(v, L.KIND_DICT))
    return raise('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(v)}'`);
  storeRef(f, L.FUNCTION_DICT, v);
  return 1;
}

defineType({
  id: T.T_FUNCTION,
  name: 'function',
  kind: L.KIND_FUNCTION,
  weakrefs: true,
  final: true,
  dict: true,
  getset: [
    stringRow('__name__', L.FUNCTION_NAME),
    stringRow('__qualname__', L.FUNCTION_QUALNAME),
    member('__module__', L.FUNCTION_MODULE),
    member('__doc__', L.FUNCTION_DOC),
    { name: '__code__', get: (f) => word(f, L.FUNCTION_CODE), set: setCode },
    readOnly('__globals__', (f) => word(f, L.FUNCTION_GLOBALS)),
    readOnly('__builtins__', (f) => word(f, L.FUNCTION_BUILTINS)),
    readOnly('__closure__', (f) => none(word(f, L.FUNCTION_CLOSURE))),
    kindRow('__defaults__', L.FUNCTION_DEFAULTS, L.KIND_TUPLE, 'tuple'),
    kindRow('__kwdefaults__', L.FUNCTION_KWDEFAULTS, L.KIND_DICT, 'dict'),
    { name: '__annotate__', get: getAnnotate, set: setAnnotate },
    { name: '__annotations__', get: annotations, set: setAnnotations },
    { name: '__type_params__', get: (f) => word(f, L.FUNCTION_TYPE_PARAMS) || newTupleOf([]), set: setTypeParams },
    { name: '__dict__', get: ownDict, set: setDict },
  ],
  slots: {
    repr: (f) => fromJS(`<function ${toJS(word(f, L.FUNCTION_QUALNAME))} at ${addressText(f)}>`),
    get: (f, instance) => (instance === 0 ? f : newMethod(f, instance)),
    call: (f, args, n, kw) => callHook.call(f, args, n, kw),
    create: (type, args, n, kwnames) => functionHooks.create(type, args, n, kwnames),
  },
});

// ---------------------------------------------------------------- bound methods

function methodRepr(m: number): number {
  const f = word(m, L.METHOD_FUNCTION);
  let name = lookupAttr(f, N.N_QUALNAME);
  if (name === 0 && pendingException() === 0) name = lookupAttr(f, N.N_NAME);
  if (pendingException() !== 0) return 0;
  const shown = name !== 0 && isStr(name) ? toJS(name) : '?';
  const self = repr(word(m, L.METHOD_SELF));
  return self === 0 ? 0 : fromJS(`<bound method ${shown} of ${toJS(self)}>`);
}

function createMethod(_type: number, args: number, n: number, kwnames: number): number {
  if (kwnames !== 0 && word(kwnames, L.TUPLE_LENGTH) > 0)
    return raise('TypeError', 'method() takes no keyword arguments');
  if (n !== 2) return raise('TypeError', `method expected 2 arguments, got ${n}`);
  if (!isCallable(I32[args])) return raise('TypeError', 'first argument must be callable');
  if (I32[args + 1] === H.NONE) return raise('TypeError', 'instance must not be None');
  return newMethod(I32[args], I32[args + 1]);
}

function compareMethods(a: number, b: number, op: number): number {
  if ((op !== CMP_EQ && op !== CMP_NE) || !kindIs(b, L.KIND_METHOD)) return H.NOT_IMPLEMENTED;
  const same =
    word(a, L.METHOD_FUNCTION) === word(b, L.METHOD_FUNCTION) && word(a, L.METHOD_SELF) === word(b, L.METHOD_SELF);
  return H.fromBool(same === (op === CMP_EQ));
}

function hashMethod(m: number): number {
  const f = hash(word(m, L.METHOD_FUNCTION));
  return f === 0 ? 0 : hashInt(addInts(f, identityHash(word(m, L.METHOD_SELF))));
}

defineType({
  id: T.T_METHOD,
  name: 'method',
  kind: L.KIND_METHOD,
  weakrefs: true,
  final: true,
  getset: [
    readOnly('__func__', (m) => word(m, L.METHOD_FUNCTION)),
    readOnly('__self__', (m) => word(m, L.METHOD_SELF)),
    { name: '__doc__', get: (m) => getAttr(word(m, L.METHOD_FUNCTION), N.N_DOC) },
  ],
  slots: {
    create: createMethod,
    repr: methodRepr,
    call: (m, args, n, kw) => callHook.call(m, args, n, kw),
    getattr: (m, name) => {
      const own = genericLookup(m, name);
      return own !== 0 || pendingException() !== 0 ? own : getAttr(word(m, L.METHOD_FUNCTION), name);
    },
    hash: hashMethod,
    compare: compareMethods,
    get: (m) => m,
  },
});
