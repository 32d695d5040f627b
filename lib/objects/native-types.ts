/** The types of built-in functions, methods and slot wrappers. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { descriptorGet } from './attribute.js';
import { callHook } from './call.js';
import { defineType, type GetSetRow, readOnly } from './define.js';
import { typeName } from './exceptions.js';
import { isKind } from './object.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { addressText, fromJS, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
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
  if (self === 0 && word(f, L.NATIVE_OWNER) !== 0)
    return fromJS(`<built-in method ${name} of type object at ${addressText(word(f, L.NATIVE_OWNER))}>`);
  if (self === 0 || isKind(self, L.KIND_MODULE)) return fromJS(`<built-in function ${name}>`);
  return fromJS(`<built-in method ${name} of ${typeName(self)} object at ${addressText(self)}>`);
}

function nativeQualname(f: number): number {
  const owner = word(f, L.NATIVE_OWNER);
  return owner === 0 ? word(f, L.NATIVE_NAME) : fromJS(`${ownerName(f)}.${toJS(word(f, L.NATIVE_NAME))}`);
}

const rows: readonly GetSetRow[] = [
  { name: '__name__', get: (f) => word(f, L.NATIVE_NAME) },
  { name: '__qualname__', get: nativeQualname },
  { name: '__doc__', get: (f) => none(word(f, L.NATIVE_DOC)) },
  { name: '__text_signature__', get: () => H.NONE },
];
const module = readOnly('__module__', (f) => none(word(f, L.NATIVE_MODULE)));
/** That of a static method is its class. */
const self = readOnly('__self__', (f) => word(f, L.NATIVE_SELF) || none(word(f, L.NATIVE_OWNER)));
const objclass = readOnly('__objclass__', (f) => none(word(f, L.NATIVE_OWNER)));

function compareNatives(a: number, b: number, op: number): number {
  if ((op !== CMP_EQ && op !== CMP_NE) || !isKind(b, L.KIND_NATIVE)) return H.NOT_IMPLEMENTED;
  const same =
    word(a, L.NATIVE_NATIVE_ID) === word(b, L.NATIVE_NATIVE_ID) && word(a, L.NATIVE_SELF) === word(b, L.NATIVE_SELF);
  return H.fromBool(same === (op === CMP_EQ));
}

const TYPES: readonly (readonly [number, string, readonly GetSetRow[]])[] = [
  [T.T_NATIVE, 'builtin_function_or_method', [module, self]],
  [T.T_METHOD_DESCRIPTOR, 'method_descriptor', [objclass]],
  [T.T_WRAPPER_DESCRIPTOR, 'wrapper_descriptor', [objclass]],
  [T.T_METHOD_WRAPPER, 'method-wrapper', [self, objclass]],
  [T.T_CLASSMETHOD_DESCRIPTOR, 'classmethod_descriptor', [objclass]],
];

for (const [id, name, own] of TYPES) {
  defineType({
    id,
    name,
    kind: L.KIND_NATIVE,
    final: true,
    weakrefs: id === T.T_NATIVE,
    getset: [...rows, ...own],
    slots: {
      repr: nativeRepr,
      call: (f, args, n, kw) => callHook.call(f, args, n, kw),
      get: (f, instance, type) => descriptorGet(f, instance, type),
      compare: compareNatives,
      hash: (f) => H.small(word(f, L.NATIVE_NATIVE_ID)),
    },
  });
}
