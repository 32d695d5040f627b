/**
 * The built-in types in the space: made once a process, from the definitions that every isolate has loaded. The first isolate does it, the
 * others wait; what they find must have been made from the same definitions (hash of the natives' names).
 */
import { newOldObject } from '../heap/alloc.js';
import { escapeAll } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { ProtospaceError } from '../heap/errors.js';
import * as H from '../heap/handles.js';
import { BOOT_DONE, BOOT_IMAGE, BOOT_NONE, BOOT_RUNNING, IMAGE_OWNER } from '../heap/image.js';
import * as L from '../heap/layout.generated.js';
import { logChanged } from '../heap/marking.js';
import { atomics, i32 } from '../heap/memory.js';
import {
  defaultGetAttr,
  genericSetAttr,
  NATIVE_CLASSMETHOD,
  NATIVE_METHOD,
  NATIVE_NEW,
  NATIVE_STATIC,
  NATIVE_WRAPPER,
  TYPE_FLAG_BUILTIN,
  lookupInType,
  TYPE_FLAG_FINAL,
  TYPE_FLAG_HAS_DEL,
  TYPE_FLAG_MAPPING,
  TYPE_FLAG_NO_DICT,
  TYPE_FLAG_SEQUENCE,
  TYPE_FLAG_WEAKREF,
} from './attribute.js';
import { makeBootConstants } from './boot-constants.js';
import {
  completeSlots,
  definedTypes,
  eachGetSet,
  eachMethod,
  newGetSet,
  type TypeDefinition,
  typeDefinitions,
} from './define.js';
import { dictGetStr, dictSetStr, newOldDict } from './dict.js';
import { loadLater } from './later.js';
import { nativeName, nextNative } from './natives.js';
import * as N from './names.js';
import { newRootShape } from './shape.js';
import { attributeHooks, slotWrappers } from './slot-wrappers.js';
import { slots } from './slots.js';
import { intern } from './strings.js';
import { newTupleOf, tupleFromIterable } from './tuple.js';
import { typeHooks } from './type-new.js';
import { freshTypeVersion } from './type-version.js';
import * as T from './type-ids.js';

const I32 = i32;

typeHooks.tuple = tupleFromIterable;
attributeHooks.get = defaultGetAttr;
attributeHooks.set = genericSetAttr;
attributeHooks.setType = (o, name, value) => slots.setattr[T.T_TYPE]!(o, name, value);

/** Hash of the sources, set where they are bundled. */
declare const PROTOSPACE_BUILD: string;

/** What must be the same wherever this space is used: the ids of the built-in functions. Bundles of one build agree on them. */
function nativesHash(): number {
  if (typeof PROTOSPACE_BUILD === 'string') return parseInt(PROTOSPACE_BUILD.slice(0, 7), 16) | 1;
  let h = 17;
  for (let id = 0; id < nextNative(); id++) {
    const name = nativeName(id);
    for (let i = 0; i < name.length; i++) h = (Math.imul(h, 31) + name.charCodeAt(i)) | 0;
  }
  return h | 1;
}

/** A NATIVE object. `owner`: the type whose method it is, 0 for functions. */
export function newNative(id: number, name: string, typeOfNative: number, flags: number, owner: number): number {
  const f = newOldObject(L.KIND_NATIVE, 64, T.typeHandle(typeOfNative));
  const w = f >>> 2;
  I32[w + L.NATIVE_NATIVE_ID] = id;
  I32[w + L.NATIVE_NAME] = intern(name);
  I32[w + L.NATIVE_OWNER] = owner;
  I32[w + L.NATIVE_NATIVE_FLAGS] = flags;
  return f;
}

function header(type: TypeDefinition): void {
  const w = T.typeHandle(type.id) >>> 2;
  I32.fill(0, w, w + L.TYPE_BYTES / 4);
  I32[w] = L.KIND_TYPE;
  I32[w + 1] = L.TYPE_BYTES / L.CELL_BYTES;
  I32[w + 2] = T.typeHandle(T.T_TYPE);
  I32[w + 3] = 0x80000000 | 0;
  logChanged(T.typeHandle(type.id));
  I32[w + L.TYPE_NAME] = intern(type.name);
  I32[w + L.TYPE_QUALNAME] = I32[w + L.TYPE_NAME];
  I32[w + L.TYPE_MODULE] = intern(type.module ?? 'builtins');
  I32[w + L.TYPE_NATIVE_ID] = type.id;
  I32[w + L.TYPE_INSTANCE_KIND] = type.kind ?? 0;
  I32[w + L.TYPE_VERSION] = freshTypeVersion();
  I32[w + L.TYPE_DOC] = type.doc === undefined ? H.NONE : intern(type.doc);
  I32[w + L.TYPE_TYPE_FLAGS] =
    TYPE_FLAG_BUILTIN |
    (type.final ? TYPE_FLAG_FINAL : 0) |
    (type.dict || type.id === T.T_OBJECT ? 0 : TYPE_FLAG_NO_DICT) |
    (type.matchSequence ? TYPE_FLAG_SEQUENCE : 0) |
    (type.matchMapping ? TYPE_FLAG_MAPPING : 0) |
    (type.weakrefs ? TYPE_FLAG_WEAKREF : 0);
}

function mroOf(type: TypeDefinition): number[] {
  const out: number[] = [];
  for (let id: number | undefined = type.id; id !== undefined; ) {
    out.push(T.typeHandle(id));
    id = id === T.T_OBJECT ? undefined : (typeDefinitions[id]!.base ?? T.T_OBJECT);
  }
  if (type.mixin === undefined) return out;
  const mixed = mroOf(typeDefinitions[type.mixin]!);
  return [...out.filter((t) => !mixed.includes(t)), ...mixed];
}

function link(type: TypeDefinition): void {
  const handle = T.typeHandle(type.id);
  const w = handle >>> 2;
  const base = type.id === T.T_OBJECT ? 0 : T.typeHandle(type.base ?? T.T_OBJECT);
  I32[w + L.TYPE_BASE] = base;
  const bases = base === 0 ? [] : type.mixin === undefined ? [base] : [base, T.typeHandle(type.mixin)];
  I32[w + L.TYPE_BASES] = newTupleOf(bases);
  I32[w + L.TYPE_MRO] = newTupleOf(mroOf(type));
  I32[w + L.TYPE_ROOT_SHAPE] = newRootShape(handle, 0);
  I32[w + L.TYPE_INSTANCE_WORDS] = 16;
}

/** Type and flags of a method's object. */
const METHOD_OBJECTS = {
  instance: [T.T_METHOD_DESCRIPTOR, NATIVE_METHOD],
  class: [T.T_CLASSMETHOD_DESCRIPTOR, NATIVE_CLASSMETHOD],
  static: [T.T_NATIVE, NATIVE_STATIC],
} as const;

function fillDict(type: TypeDefinition): void {
  const handle = T.typeHandle(type.id);
  const dict = newOldDict();
  I32[(handle >>> 2) + L.TYPE_DICT] = dict;
  const put = (name: string, value: number): void => void dictSetStr(dict, intern(name), value);
  if (type.module !== undefined && type.module !== 'builtins') put('__module__', intern(type.module));
  for (const { name, id } of slotWrappers(type)) {
    if (name === '__new__') put(name, newNative(id, name, T.T_NATIVE, NATIVE_STATIC | NATIVE_NEW, handle));
    else put(name, newNative(id, name, T.T_WRAPPER_DESCRIPTOR, NATIVE_METHOD | NATIVE_WRAPPER, handle));
  }
  eachMethod(type, (name, id, of) => {
    const [typeOfNative, flags] = METHOD_OBJECTS[of];
    put(name, newNative(id, name, typeOfNative, flags, handle));
  });
  eachGetSet(type, (name, ids) => put(name, newGetSet(name, ids, handle)));
  if (type.unhashable) put('__hash__', H.NONE);
  for (const [name, value] of Object.entries(type.attributes?.() ?? {})) put(name, value);
  if (dictGetStr(dict, N.N_DOC) === 0) put('__doc__', I32[(handle >>> 2) + L.TYPE_DOC]);
}

function build(): void {
  loadLater();
  for (const type of definedTypes) header(type);
  for (const type of definedTypes) link(type);
  for (const type of definedTypes) fillDict(type);
  makeBootConstants();
  for (const { id, finalizer } of definedTypes)
    if (finalizer !== false && lookupInType(T.typeHandle(id), N.N_DEL) !== 0)
      I32[(T.typeHandle(id) >>> 2) + L.TYPE_TYPE_FLAGS] |= TYPE_FLAG_HAS_DEL;
  escapeAll();
}

/** Makes sure that the built-in types are there. Needs a mounted thread, at a point where no collection can start in between. */
export function boot(): void {
  completeSlots();
  const state = L.CTL_BOOT_STATE * 4;
  // The first thread that wants the types owns the objects of an image, as if it had made them.
  if (atomics.cas(state, BOOT_IMAGE, BOOT_DONE) === BOOT_IMAGE) I32[CARRIER + L.CAR_OWNER] = IMAGE_OWNER;
  if (atomics.load(state) !== BOOT_DONE) {
    if (atomics.cas(state, BOOT_NONE, BOOT_RUNNING) === BOOT_NONE) {
      build();
      atomics.store(L.CTL_NATIVES_HASH * 4, nativesHash());
      atomics.store(state, BOOT_DONE);
      Atomics.notify(I32, L.CTL_BOOT_STATE);
    } else while (atomics.load(state) !== BOOT_DONE) Atomics.wait(I32, L.CTL_BOOT_STATE, BOOT_RUNNING, 100);
  }
  if (atomics.load(L.CTL_NATIVES_HASH * 4) !== nativesHash()) {
    throw new ProtospaceError(
      'ERR_PROTOSPACE_NATIVES',
      'this process has a ProtoSpace whose built-in functions are of another version of protospace',
    );
  }
}
