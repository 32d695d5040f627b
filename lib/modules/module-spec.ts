/** `__spec__` and `__loader__` of modules: the attributes of importlib's classes, without their machinery. */
import { newOldObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType, type GetSetRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { repr } from '../objects/abstract.js';
import { fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';

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

const item = (o: number, i: number): number => I32[(o >>> 2) + L.RECORD_ITEMS + i];

function field(name: string, i: number): GetSetRow {
  return {
    name,
    get: (o) => item(o, i) || H.NONE,
    set: (o, v) => (storeRef(o, L.RECORD_ITEMS + i, v), 1),
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

/** ModuleSpec of a namespace package. */
export function namespaceSpec(name: string, locations: number): number {
  return record(T_MODULE_SPEC, [fromJS(name), H.NONE, H.NONE, locations, H.NONE, H.FALSE, H.FALSE, H.NONE]);
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

export const isSpec = (h: number): boolean =>
  (h & 7) === 0 && h !== 0 && I32[(h >>> 2) + 2] === T.typeHandle(T_MODULE_SPEC);
export const specLoader = (spec: number): number => item(spec, 1);
/** Is the module being imported still? */
export const specInitializing = (spec: number): boolean => item(spec, 6) === H.TRUE;
export function finishSpec(spec: number): void {
  storeRef(spec, L.RECORD_ITEMS + 6, H.FALSE);
}
