/**
 * `__spec__` and `__loader__` of modules while importlib is not loaded (importlib.ts): the attributes of its classes, without their machinery.
 */
import { newOldObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType, type GetSetRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { repr } from '../objects/abstract.js';
import { setSlot } from '../objects/attribute.js';
import { isKind, typeOf } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { item, setField } from './record.js';

const I32 = i32;

const T_MODULE_SPEC = T.T_BLOCK_IMPORT;
const T_SOURCE_LOADER = T.T_BLOCK_IMPORT + 1;
const T_BUILTIN_IMPORTER = T.T_BLOCK_IMPORT + 2;

const SPEC_FIELDS = [
  'name',
  'loader',
  'origin',
  'submodule_search_locations',
  'cached',
  'has_location',
  '_initializing',
  'loader_state',
];

function field(name: string, i: number): GetSetRow {
  return {
    name,
    get: (o) => item(o, i) || H.NONE,
    set: (o, v) => (setField(o, i, v), 1),
  };
}

function record(type: number, values: readonly number[]): number {
  const r = newOldObject(L.KIND_RECORD, (L.RECORD_ITEMS + values.length + 1) * 4, T.typeHandle(type));
  I32[(r >>> 2) + L.RECORD_COUNT] = values.length;
  values.forEach((v, i) => storeRef(r, L.RECORD_ITEMS + i, v));
  return r;
}

function parentName(o: number): number {
  const name = toJS(item(o, 0));
  if (item(o, 3) !== H.NONE) return item(o, 0);
  return fromJS(name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '');
}

function specRepr(o: number): number {
  let s = `ModuleSpec(name=${toJS(repr(item(o, 0)))}, loader=${toJS(repr(item(o, 1)))}`;
  if (item(o, 2) !== H.NONE) s += `, origin=${toJS(repr(item(o, 2)))}`;
  if (item(o, 3) !== H.NONE) s += `, submodule_search_locations=${toJS(repr(item(o, 3)))}`;
  return fromJS(`${s})`);
}

defineType({
  id: T_MODULE_SPEC,
  name: 'ModuleSpec',
  module: '_frozen_importlib',
  kind: L.KIND_RECORD,
  getset: [...SPEC_FIELDS.map(field), { name: 'parent', get: parentName }],
  slots: { repr: specRepr },
});

const address = (o: number): string => `0x${(o >>> 0).toString(16).padStart(12, '0')}`;

defineType({
  id: T_SOURCE_LOADER,
  name: 'SourceFileLoader',
  module: '_frozen_importlib_external',
  kind: L.KIND_RECORD,
  getset: [field('name', 0), field('path', 1)],
  methods: [
    ['get_filename', (args) => item(I32[args], 1), [0, 1]],
    ['is_package', (args) => H.fromBool(/(^|\/)__init__\.py$/.test(toJS(item(I32[args], 1)))), [0, 1]],
  ],
  slots: { repr: (o) => fromJS(`<_frozen_importlib_external.SourceFileLoader object at ${address(o)}>`) },
});

defineType({
  id: T_BUILTIN_IMPORTER,
  name: 'BuiltinImporter',
  module: '_frozen_importlib',
  kind: L.KIND_RECORD,
  slots: { create: () => raise('NotImplementedError', 'BuiltinImporter has no instances here') },
});

/** ModuleSpec of a source module or package (`locations` its `__path__`, 0 for a plain module). */
export function sourceSpec(name: string, path: string, locations: number): number {
  const loader = record(T_SOURCE_LOADER, [fromJS(name), fromJS(path)]);
  return record(T_MODULE_SPEC, [
    fromJS(name),
    loader,
    fromJS(path),
    locations === 0 ? H.NONE : locations,
    H.NONE,
    H.TRUE,
    H.TRUE,
    H.NONE,
  ]);
}

/** ModuleSpec of a built-in module. */
export function builtinSpec(name: string): number {
  return record(T_MODULE_SPEC, [
    fromJS(name),
    T.typeHandle(T_BUILTIN_IMPORTER),
    fromJS('built-in'),
    H.NONE,
    H.NONE,
    H.FALSE,
    H.FALSE,
    H.NONE,
  ]);
}

/** Is it a spec from here, and not importlib's? */
export const isSpec = (h: number): boolean => h !== 0 && (h & 7) === 0 && typeOf(h) === T.typeHandle(T_MODULE_SPEC);
export const specLoader = (spec: number): number => item(spec, 1);
export const specName = (spec: number): number => item(spec, 0);
export const specOrigin = (spec: number): number => item(spec, 2);
export const specLocations = (spec: number): number => item(spec, 3);
export const specLocated = (spec: number): boolean => item(spec, 5) === H.TRUE;

/** Loader of the program, which has no spec. */
export const mainLoader = (file: string): number =>
  file === '' ? T.typeHandle(T_BUILTIN_IMPORTER) : record(T_SOURCE_LOADER, [intern('__main__'), fromJS(file)]);
/** Is it a loader from here, and not importlib's? */
export const isOwnLoader = (h: number): boolean =>
  h === T.typeHandle(T_BUILTIN_IMPORTER) || ((h & 7) === 0 && typeOf(h) === T.typeHandle(T_SOURCE_LOADER));

/** Notes in a spec, this one or importlib's, whether its module is being imported. */
export function setInitializing(spec: number, value: number): void {
  if (isSpec(spec)) setField(spec, 6, value);
  else if (isKind(spec, L.KIND_INSTANCE)) setSlot(spec, intern('_initializing'), value);
}
