/** `partial` and `Placeholder` (https://docs.python.org/3.14/library/functools.html#functools.partial). A call ends by that of the function. */
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { enterRepr, isCallable, leaveRepr, lookupAttr, repr, str } from '../objects/abstract.js';
import { dictWord, newMethod } from '../objects/attribute.js';
import { bootConstant } from '../objects/boot-constants.js';
import { callHook, pushArguments, release } from '../objects/call.js';
import { defineType, readOnly } from '../objects/define.js';
import { dictCopy, dictLen, dictSet, dictSnapshot, newDict } from '../objects/dict.js';
import { dictMerge } from '../objects/dict-update.js';
import { clearException, raise } from '../objects/exceptions.js';
import { hasKeywords } from '../objects/keywords.js';
import * as N from '../objects/names.js';
import { isExact, isKind, isStr, isSubtype, typeOf } from '../objects/object.js';
import { tailCalls } from '../objects/slots.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { newTupleFrom, newTupleOf, tupleFromIterable, tupleItem, tupleItems, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { callFromStack } from '../vm/call.js';
import { PUSHED, takeTail } from '../vm/tail-call.js';
import { dictRow, putDict } from './functools-dict.js';
import { item, setField } from './record.js';

const I32 = i32;
export const T_PARTIAL = T.T_BLOCK_FUNCTOOLS + 2;
export const T_PLACEHOLDER = T.T_BLOCK_FUNCTOOLS + 3;

const [FUNCTION, ARGUMENTS, KEYWORDS] = [0, 1, 2];
const HANDLES = 3;
/** Plain word behind the handles: how many places the arguments leave open. */
const OPEN = L.RECORD_ITEMS + HANDLES;

// ---------------------------------------------------------------- Placeholder

/** The one object. */
export const placeholder = bootConstant(() => {
  const o = newObject(L.KIND_RECORD, 64, T.typeHandle(T_PLACEHOLDER));
  return o;
});

defineType({
  id: T_PLACEHOLDER,
  name: '_PlaceholderType',
  module: 'functools',
  kind: L.KIND_RECORD,
  final: true,
  doc: 'The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.',
  methods: [['__reduce__', () => intern('Placeholder'), [0, 0]]],
  slots: {
    repr: () => intern('Placeholder'),
    create: (_type, _args, n, kwnames) =>
      n > 0 || hasKeywords(kwnames) ? raise('TypeError', 'PlaceholderType takes no arguments') : placeholder(),
  },
});

// ---------------------------------------------------------------- calls

/** Words of a call being put together: its arguments by position, then those by name. */
interface Merged {
  n: number;
  kwnames: number;
}

/** Puts the arguments by position at `to`; their number. */
function mergePositional(p: number, args: number, n: number, to: number): number {
  const given = item(p, ARGUMENTS);
  const [from, count] = [tupleItems(given), tupleLength(given)];
  const hole = I32[(p >>> 2) + OPEN] === 0 ? 0 : placeholder();
  let next = 0;
  for (let i = 0; i < count; i++) {
    const value = I32[from + i];
    I32[to + i] = hole !== 0 && value === hole ? I32[args + next++] : value;
  }
  for (let i = count; next < n; i++) I32[to + i] = I32[args + next++];
  return count + n - I32[(p >>> 2) + OPEN];
}

/** Puts the arguments by name at `to`, those of the partial object first; the tuple of their names. */
function mergeKeywords(p: number, values: number, kwnames: number, to: number): number {
  const { keys, values: own } = dictSnapshot(item(p, KEYWORDS));
  const names = keys.slice();
  for (let i = 0; i < own.length; i++) I32[to + i] = own[i]!;
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++) {
    const name = tupleItem(kwnames, k);
    const at = keys.findIndex((key) => key === name || (isStr(key) && toJS(key) === toJS(name)));
    I32[to + (at < 0 ? names.length : at)] = I32[values + k];
    if (at < 0) names.push(name);
  }
  return newTupleOf(names);
}

function merge(p: number, args: number, n: number, kwnames: number, to: number): Merged {
  const count = mergePositional(p, args, n, to);
  const names = kwnames === 0 ? 0 : tupleLength(kwnames);
  if (dictLen(item(p, KEYWORDS)) > 0) return { n: count, kwnames: mergeKeywords(p, args + n, kwnames, to + count) };
  for (let k = 0; k < names; k++) I32[to + count + k] = I32[args + n + k];
  return { n: count, kwnames };
}

const namesAreStrings = (p: number): boolean =>
  dictLen(item(p, KEYWORDS)) === 0 || dictSnapshot(item(p, KEYWORDS)).keys.every(isStr);

function callPartial(p: number, args: number, n: number, kwnames: number): number {
  const base = takeTail();
  const open = I32[(p >>> 2) + OPEN];
  if (n < open)
    return raise('TypeError', `missing positional arguments in 'partial' call; expected at least ${open}, got ${n}`);
  const names = (kwnames === 0 ? 0 : tupleLength(kwnames)) + dictLen(item(p, KEYWORDS));
  const room = n + tupleLength(item(p, ARGUMENTS)) + names;
  // Before the arguments is the place of a self, behind them the tuple of names.
  const at = pushArguments(room + 2);
  for (let i = 0; i < room + 2; i++) I32[at + i] = 0;
  if (!namesAreStrings(p)) return release(at, raise('TypeError', 'keywords must be strings'));
  const call = merge(p, args, n, kwnames, at + 1);
  I32[at + room + 1] = call.kwnames;
  const f = item(p, FUNCTION);
  if (base === 0) return release(at, callHook.call(f, at + 1, call.n, call.kwnames));
  const r = callFromStack(f, at + 1, call.n, call.kwnames, base);
  return r === PUSHED ? r : release(at, r);
}

// ---------------------------------------------------------------- making

/** How many of these places are open; the last cannot be. */
function openIn(args: number): number {
  const hole = placeholder();
  let open = 0;
  for (let i = 0; i < tupleLength(args) - 1; i++) if (tupleItem(args, i) === hole) open++;
  return open;
}

const endsOpen = (args: number): boolean =>
  tupleLength(args) > 0 && tupleItem(args, tupleLength(args) - 1) === placeholder();
const trailing = (): number => raise('TypeError', 'trailing Placeholders are not allowed');

function put(p: number, f: number, args: number, keywords: number): number {
  setField(p, FUNCTION, f);
  setField(p, ARGUMENTS, args);
  setField(p, KEYWORDS, keywords);
  I32[(p >>> 2) + OPEN] = openIn(args);
  return p;
}

/** A partial object of this one's class whose function can be called in its place: nothing was added to it. */
const isTransparent = (f: number): boolean =>
  isSubtype(typeOf(f), T.typeHandle(T_PARTIAL)) && (dictWord(f) === 0 || I32[dictWord(f)] === 0);

/** The arguments of `inner`, its open places filled first, then `fresh`. */
function joined(inner: number, fresh: number): number {
  const given = item(inner, ARGUMENTS);
  if (tupleLength(fresh) === 0) return given;
  const hole = placeholder();
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < tupleLength(given); i++) {
    const open = next < tupleLength(fresh) && tupleItem(given, i) === hole;
    out.push(open ? tupleItem(fresh, next++) : tupleItem(given, i));
  }
  while (next < tupleLength(fresh)) out.push(tupleItem(fresh, next++));
  return newTupleOf(out);
}

/** The keywords of a call of the class over those of `inner`; 0 with the exception set. All is rooted. */
function keywordsOf(inner: number, values: number, kwnames: number): number {
  const d = inner === 0 ? newDict() : dictCopy(item(inner, KEYWORDS));
  const slot = root(d);
  let ok = true;
  for (let k = 0; ok && kwnames !== 0 && k < tupleLength(kwnames); k++) {
    if (I32[values + k] === placeholder())
      ok = raise('TypeError', 'Placeholder cannot be passed as a keyword argument') !== 0;
    else ok = dictSet(I32[slot], tupleItem(kwnames, k), I32[values + k]) !== 0;
  }
  const r = ok ? I32[slot] : 0;
  unroot(slot);
  return r;
}

function create(type: number, args: number, n: number, kwnames: number): number {
  if (n === 0) return raise('TypeError', "type 'partial' takes at least one argument");
  const f = I32[args];
  if (!isCallable(f)) return raise('TypeError', 'the first argument must be callable');
  const slot = root(newTupleFrom(args + 1, n - 1));
  let made = 0;
  if (endsOpen(I32[slot])) trailing();
  else {
    const inner = isTransparent(f) ? f : 0;
    const keywords = root(keywordsOf(inner, args + n, kwnames));
    if (I32[keywords] !== 0) {
      const all = root(inner === 0 ? I32[slot] : joined(inner, I32[slot]));
      made = newObject(L.KIND_RECORD | L.FLAG_SUBCLASS, (OPEN + 2) * 4, type);
      I32[(made >>> 2) + L.RECORD_COUNT] = HANDLES;
      put(made, inner === 0 ? f : item(inner, FUNCTION), I32[all], I32[keywords]);
    }
  }
  unroot(slot);
  return made;
}

// ---------------------------------------------------------------- repr, pickling

/** Name of a class with its module, unless that is builtins. */
function fullName(type: number): string {
  const text = (name: number): string => {
    const v = lookupAttr(type, name);
    if (v === 0) clearException();
    return v !== 0 && isStr(v) ? toJS(v) : '';
  };
  const module = text(N.N_MODULE);
  const name = text(N.N_QUALNAME);
  return module === '' || module === 'builtins' ? name : `${module}.${name}`;
}

/** Texts of the function and the arguments; undefined with the exception set. `p` is rooted, and so is what it had when asked. */
function partTexts(p: number): string[] | undefined {
  const slot = root(item(p, FUNCTION));
  const args = root(item(p, ARGUMENTS));
  const { keys, values } = dictSnapshot(item(p, KEYWORDS));
  const names = root(newTupleOf(keys));
  const given = root(newTupleOf(values));
  const parts = [repr(I32[slot])];
  const texts: string[] = [];
  const add = (h: number, before = ''): boolean => {
    if (h !== 0) texts.push(before + toJS(h));
    return h !== 0;
  };
  let ok = add(parts[0]!);
  for (let i = 0; ok && i < tupleLength(I32[args]); i++) ok = add(repr(tupleItem(I32[args], i)));
  for (let i = 0; ok && i < tupleLength(I32[names]); i++) {
    const name = str(tupleItem(I32[names], i));
    const before = name === 0 ? '' : `${toJS(name)}=`;
    ok = name !== 0 && add(repr(tupleItem(I32[given], i)), before);
  }
  unroot(slot);
  return ok ? texts : undefined;
}

function reprPartial(p: number): number {
  if (!enterRepr(p)) return intern('...');
  const slot = root(p);
  const texts = partTexts(p);
  const r = texts === undefined ? 0 : fromJS(`${fullName(typeOf(I32[slot]))}(${texts.join(', ')})`);
  leaveRepr(I32[slot]);
  unroot(slot);
  return r;
}

function reduce(args: number): number {
  const p = I32[args];
  const at = dictWord(p);
  const dict = at === 0 || I32[at] === 0 ? H.NONE : I32[at];
  const slot = root(newTupleOf([item(p, FUNCTION)]));
  root(newTupleOf([item(p, FUNCTION), item(p, ARGUMENTS), item(p, KEYWORDS), dict]));
  const r = newTupleOf([typeOf(p), I32[slot], I32[slot + 1]]);
  unroot(slot);
  return r;
}

const invalid = (): number => raise('TypeError', 'invalid partial state');

function setState(args: number): number {
  const [p, state] = [I32[args], I32[args + 1]];
  if (!isKind(state, L.KIND_TUPLE) || tupleLength(state) !== 4) return invalid();
  const [f, given, keywords, dict] = [0, 1, 2, 3].map((i) => tupleItem(state, i)) as [number, number, number, number];
  if (!isCallable(f) || !isKind(given, L.KIND_TUPLE)) return invalid();
  if ([keywords, dict].some((d) => d !== H.NONE && !isKind(d, L.KIND_DICT))) return invalid();
  if (endsOpen(given)) return trailing();
  const slot = root(isExact(given, L.KIND_TUPLE) ? given : tupleFromIterable(given));
  if (I32[slot] === 0) return 0;
  const own = root(keywords === H.NONE ? newDict() : isExact(keywords, L.KIND_DICT) ? keywords : newDict());
  const ok = I32[own] === keywords || keywords === H.NONE || dictMerge(I32[own], keywords, () => 'partial') !== 0;
  if (ok) {
    put(p, f, I32[slot], I32[own]);
    putDict(p, dict === H.NONE ? 0 : dict);
  }
  unroot(slot);
  return ok ? H.NONE : 0;
}

defineType({
  id: T_PARTIAL,
  name: 'partial',
  module: 'functools',
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  generic: true,
  doc: 'Create a new function with partial application of the given arguments and keywords.',
  methods: [
    ['__reduce__', reduce, [0, 0]],
    ['__setstate__', setState, [1, 1]],
  ],
  getset: [
    dictRow,
    readOnly('func', (p) => item(p, FUNCTION)),
    readOnly('args', (p) => item(p, ARGUMENTS)),
    readOnly('keywords', (p) => item(p, KEYWORDS)),
  ],
  slots: {
    create,
    call: callPartial,
    repr: reprPartial,
    get: (p, instance) => (instance === 0 || instance === H.NONE ? p : newMethod(p, instance)),
  },
});
tailCalls[T_PARTIAL] = 1;
