/** `__build_class__`: PEP 3115, PEP 560 (https://docs.python.org/3.14/reference/datamodel.html#customizing-class-creation). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, callArgs, lookupAttr, setItem } from '../objects/abstract.js';
import { newDict } from '../objects/dict.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import * as N from '../objects/names.js';
import { isKind, isSubtype, slotId, typeOf } from '../objects/object.js';
import { slots } from '../objects/slots.js';
import { intern, toJS } from '../objects/strings.js';
import { newTupleOf, tupleItem, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { lookupInType } from '../objects/attribute.js';
import { callWithLocals } from '../vm/call.js';

const I32 = i32;

const N_METACLASS = intern('metaclass');
const N_ORIG_BASES = intern('__orig_bases__');

/** Bases with `__mro_entries__` applied; undefined with the exception set. The given tuple is returned when nothing changes. */
export function resolveBases(bases: number): number | undefined {
  const out: number[] = [];
  let changed = false;
  const slot = root(bases);
  for (let i = 0; i < tupleLength(bases); i++) {
    const base = tupleItem(bases, i);
    const entries = isKind(base, L.KIND_TYPE) ? 0 : lookupAttr(base, N.N_MRO_ENTRIES);
    if (entries === 0) {
      if (pendingException() !== 0) return void unroot(slot);
      root(base);
      out.push(base);
      continue;
    }
    const given = call1(entries, bases);
    if (given === 0) return void unroot(slot);
    if (!isKind(given, L.KIND_TUPLE)) {
      raise('TypeError', '__mro_entries__ must return a tuple');
      return void unroot(slot);
    }
    root(given);
    changed = true;
    for (let k = 0; k < tupleLength(given); k++) out.push(tupleItem(given, k));
  }
  const result = changed ? newTupleOf(out) : bases;
  unroot(slot);
  return result;
}

/** The most derived metaclass; 0 with the exception set. */
export function calculateMetaclass(meta: number, bases: number): number {
  let winner = meta;
  for (let i = 0; i < tupleLength(bases); i++) {
    const candidate = typeOf(tupleItem(bases, i));
    if (isSubtype(winner, candidate)) continue;
    if (!isSubtype(candidate, winner)) {
      return raise(
        'TypeError',
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
    }
    winner = candidate;
  }
  return winner;
}

interface Keywords {
  metaclass: number;
  names: number[];
  values: number[];
}

function classKeywords(args: number, n: number, kwnames: number): Keywords {
  const out: Keywords = { metaclass: 0, names: [], values: [] };
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const name = tupleItem(kwnames, i);
    if (name === N_METACLASS) out.metaclass = I32[args + n + i];
    else {
      out.names.push(name);
      out.values.push(I32[args + n + i]);
    }
  }
  return out;
}

function chooseMetaclass(given: number, bases: number): number {
  if (given !== 0 && !isKind(given, L.KIND_TYPE)) return given;
  const start = given !== 0 ? given : tupleLength(bases) === 0 ? T.typeHandle(T.T_TYPE) : typeOf(tupleItem(bases, 0));
  return calculateMetaclass(start, bases);
}

/** The class namespace from `__prepare__`; 0 with the exception set. */
function prepare(meta: number, name: number, bases: number, keywords: Keywords, kwnames: number): number {
  if (meta === T.typeHandle(T.T_TYPE)) return newDict();
  const f = lookupAttr(meta, intern('__prepare__'));
  if (f === 0) return pendingException() !== 0 ? 0 : newDict();
  const ns = callArgs(f, [name, bases, ...keywords.values], kwnames);
  if (ns === 0 || isMapping(ns)) return ns;
  const who = isKind(meta, L.KIND_TYPE) ? toJS(I32[(meta >>> 2) + L.TYPE_NAME]) : '<metaclass>';
  return raise('TypeError', `${who}.__prepare__() must return a mapping, not ${typeName(ns)}`);
}

const isMapping = (h: number): boolean =>
  slots.getitem[slotId(h)] !== undefined || lookupInType(typeOf(h), N.N_GETITEM) !== 0;

/** After the class was made: the `__class__` cell must hold it. */
function checkCell(cell: number, cls: number, name: number): number {
  if (!isKind(cell, L.KIND_CELL) || !isKind(cls, L.KIND_TYPE)) return cls;
  const found = I32[(cell >>> 2) + L.CELL_VALUE];
  if (found === cls) return cls;
  const shown = toJS(name);
  if (found === 0)
    return raise(
      'RuntimeError',
      `__class__ not set defining '${shown}' as <class '${shown}'>. Was __classcell__ propagated to type.__new__?`,
    );
  return raise(
    'TypeError',
    `__class__ set to <class '${toJS(I32[(found >>> 2) + L.TYPE_NAME])}'> defining '${shown}' as <class '${shown}'>`,
  );
}

/** __build_class__(func, name, /, *bases, metaclass=None, **kwds). */
export function buildClass(args: number, n: number, kwnames: number): number {
  if (n < 2) return raise('TypeError', '__build_class__: not enough arguments');
  const body = I32[args];
  const name = I32[args + 1];
  if (!isKind(body, L.KIND_FUNCTION)) return raise('TypeError', '__build_class__: func must be a function');
  const original = newTupleOf(Array.from({ length: n - 2 }, (_, i) => I32[args + 2 + i]));
  const slot = root(original);
  const bases = resolveBases(original);
  const r = bases === undefined ? 0 : makeClass(body, name, bases, original, classKeywords(args, n, kwnames));
  unroot(slot);
  return r;
}

function makeClass(body: number, name: number, bases: number, original: number, keywords: Keywords): number {
  root(bases);
  const meta = chooseMetaclass(keywords.metaclass, bases);
  if (meta === 0) return 0;
  const kwnames = keywords.names.length === 0 ? 0 : newTupleOf(keywords.names);
  if (kwnames !== 0) root(kwnames);
  const ns = prepare(meta, name, bases, keywords, kwnames);
  if (ns === 0) return 0;
  root(ns);
  const cell = callWithLocals(body, ns);
  if (cell === 0) return 0;
  root(cell);
  if (bases !== original && setItem(ns, N_ORIG_BASES, original) === 0) return 0;
  const cls = callArgs(meta, [name, bases, ns, ...keywords.values], kwnames);
  return cls === 0 || cell === H.NONE ? cls : checkCell(cell, cls, name);
}
