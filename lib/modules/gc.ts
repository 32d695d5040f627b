/**
 * The module `gc` (https://docs.python.org/3.14/library/gc.html). There is one kind of collection, which also takes what CPython's reference
 * counts take: `disable()` is remembered and shown, but memory is collected all the same.
 */
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { readStats } from '../heap/stats.js';
import { call2, indexNumber } from '../objects/abstract.js';
import { defineModule } from '../objects/define.js';
import { dictSetStr, newDict } from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber, intToNumber } from '../objects/int.js';
import { listAt, listLength, newListFromArray } from '../objects/list.js';
import { isInt, isKind } from '../objects/object.js';
import { fromJS, intern } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import { currentEnvironment } from './frames.js';
import { collectAndFinalize, isFinalized } from './finalizers.js';
import { eachObject, isTracked, referents } from './gc-objects.js';
import { environmentModule, moduleGet } from './modules.js';
import { writeUnraisable } from './unraisable.js';

const I32 = i32;
const DEFAULT_THRESHOLDS = [2000, 10, 10];

function info(generation: number, collected: number): number {
  const d = newDict();
  dictSetStr(d, intern('generation'), H.small(generation));
  dictSetStr(d, intern('collected'), intFromNumber(collected));
  dictSetStr(d, intern('uncollectable'), H.small(0));
  return d;
}

/** Calls the functions in gc.callbacks. */
function announce(phase: string, generation: number, collected: number): void {
  const module = environmentModule(currentEnvironment(), 'gc');
  const list = module === 0 ? 0 : moduleGet(module, 'callbacks');
  if (list === 0 || !isKind(list, L.KIND_LIST) || listLength(list) === 0) return;
  const slot = root(list);
  for (let i = 0; i < listLength(list); i++) {
    const f = root(listAt(list, i));
    const details = root(info(generation, collected));
    if (call2(I32[f], fromJS(phase), I32[details]) === 0)
      writeUnraisable('Exception ignored while calling GC callback', I32[f]);
    unroot(f);
  }
  unroot(slot);
}

/** collect(generation=2): all of it; the number of cells that came free. */
function collect(args: number): number {
  const generation = I32[args] === 0 ? 2 : indexNumber(I32[args]);
  if (Number.isNaN(generation)) return 0;
  if (generation < 0 || generation > 2) return raise('ValueError', 'invalid generation');
  announce('start', generation, 0);
  const before = readStats().bytesReclaimedByCollector;
  collectAndFinalize();
  const cells = Math.floor((readStats().bytesReclaimedByCollector - before) / L.CELL_BYTES);
  announce('stop', generation, cells);
  return intFromNumber(cells);
}

const thresholdWords = [L.CTL_GC_THRESHOLD_0, L.CTL_GC_THRESHOLD_1, L.CTL_GC_THRESHOLD_2];
/** Kept plus one: 0 is "not set". */
const thresholds = (): number[] => thresholdWords.map((w, i) => (I32[w] === 0 ? DEFAULT_THRESHOLDS[i] : I32[w] - 1));

function setThreshold(args: number, n: number): number {
  if (n < 1 || n > 3) return raise('TypeError', 'gc.set_threshold requires 1 to 3 arguments');
  for (let i = 0; i < n; i++) {
    const value = indexNumber(I32[args + i]);
    if (Number.isNaN(value)) return 0;
    I32[thresholdWords[i]] = value + 1;
  }
  return H.NONE;
}

function setDebug(args: number): number {
  const flags = indexNumber(I32[args]);
  if (Number.isNaN(flags)) return 0;
  I32[L.CTL_GC_DEBUG] = flags;
  return H.NONE;
}

function stats(): number {
  const row = (collections: number, collected: number): number => {
    const d = newDict();
    dictSetStr(d, intern('collections'), intFromNumber(collections));
    dictSetStr(d, intern('collected'), intFromNumber(collected));
    dictSetStr(d, intern('uncollectable'), H.small(0));
    return d;
  };
  const { collections, bytesReclaimedByCollector } = readStats();
  return newListFromArray([row(0, 0), row(0, 0), row(collections, bytesReclaimedByCollector / L.CELL_BYTES)]);
}

function getReferents(args: number, n: number): number {
  const out: number[] = [];
  for (let i = 0; i < n; i++) out.push(...referents(I32[args + i]));
  return newListFromArray(out);
}

/** get_objects(generation=None): all are in the oldest generation. */
function getObjects(args: number): number {
  const given = I32[args];
  let generation = 2;
  if (given !== 0 && given !== H.NONE) {
    if (!isInt(given)) return raise('TypeError', `argument should be integer or None, not '${typeName(given)}'`);
    generation = intToNumber(given);
    if (generation > 2)
      return raise('ValueError', 'generation parameter must be less than the number of available generations (3)');
    if (generation === -1) generation = 2;
    if (generation < 0) return raise('ValueError', 'generation parameter cannot be negative');
  }
  const out: number[] = [];
  if (generation === 2) eachObject((h) => isTracked(h) && out.push(h));
  return newListFromArray(out);
}

/** get_referrers(*objects): the tracked objects that refer to one of them directly. */
function getReferrers(args: number, n: number): number {
  if (n === 0) return newListFromArray([]);
  const targets = new Set(Array.from({ length: n }, (_, i) => I32[args + i]));
  const out: number[] = [];
  eachObject((h) => {
    if (isTracked(h) && referents(h).some((r) => targets.has(r))) out.push(h);
  });
  return newListFromArray(out);
}

function setEnabled(on: boolean): number {
  I32[L.CTL_GC_DISABLED] = on ? 0 : 1;
  return H.NONE;
}

defineModule({
  name: 'gc',
  doc: 'This module provides access to the garbage collector for reference cycles.\n\nenable() -- Enable automatic garbage collection.\ndisable() -- Disable automatic garbage collection.\nisenabled() -- Returns true if automatic collection is enabled.\ncollect() -- Do a full collection right now.\nget_count() -- Return the current collection counts.\nget_stats() -- Return list of dictionaries containing per-generation stats.\nset_debug() -- Set debugging flags.\nget_debug() -- Get debugging flags.\nset_threshold() -- Set the collection thresholds.\nget_threshold() -- Return the current collection thresholds.\nget_objects() -- Return a list of all objects tracked by the collector.\nis_tracked() -- Returns true if a given object is tracked.\nis_finalized() -- Returns true if a given object has been already finalized.\nget_referrers() -- Return the list of objects that refer to an object.\nget_referents() -- Return the list of objects that an object refers to.\nfreeze() -- Freeze all tracked objects and ignore them for future collections.\nunfreeze() -- Unfreeze all objects in the permanent generation.\nget_freeze_count() -- Return the number of objects in the permanent generation.\n',
  functions: [
    ['collect', collect, '(generation=2)'],
    ['enable', () => setEnabled(true), [0, 0]],
    ['disable', () => setEnabled(false), [0, 0]],
    ['isenabled', () => H.fromBool(I32[L.CTL_GC_DISABLED] === 0), [0, 0]],
    [
      'get_count',
      () =>
        tupleOf(H.small((I32[L.CTL_CELLS_SINCE_GC] + I32[CARRIER + L.CAR_CELLS_PENDING]) >> 9), H.small(0), H.small(0)),
      [0, 0],
    ],
    ['get_threshold', () => tupleOf(...thresholds().map(intFromNumber)), [0, 0]],
    ['set_threshold', setThreshold, [0, -1]],
    ['get_debug', () => H.small(I32[L.CTL_GC_DEBUG]), [0, 0]],
    ['set_debug', setDebug, [1, 1]],
    ['get_stats', stats, [0, 0]],
    ['freeze', () => H.NONE, [0, 0]],
    ['unfreeze', () => H.NONE, [0, 0]],
    ['get_freeze_count', () => H.small(0), [0, 0]],
    ['get_referents', getReferents, [0, -1]],
    ['get_objects', getObjects, '(generation=None)'],
    ['get_referrers', getReferrers, [0, -1]],
    ['is_tracked', (args) => H.fromBool(isTracked(I32[args])), [1, 1]],
    ['is_finalized', (args) => H.fromBool(isFinalized(I32[args])), [1, 1]],
  ],
  attributes: () => ({
    callbacks: newListFromArray([]),
    garbage: newListFromArray([]),
    DEBUG_STATS: H.small(1),
    DEBUG_COLLECTABLE: H.small(2),
    DEBUG_UNCOLLECTABLE: H.small(4),
    DEBUG_SAVEALL: H.small(32),
    DEBUG_LEAK: H.small(38),
  }),
});
