/** `_abc`: what abc.ABCMeta needs, its registry and caches keeping no class alive (https://docs.python.org/3.14/library/abc.html). */
import { rootAll } from '../heap/hold.js';
import { newOldObject } from '../heap/alloc.js';
import { root, unroot, takeWords } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { call0, call1, getAttr, isTrue, iterate, lookupAttr, setAttr } from '../objects/abstract.js';
import { TYPE_FLAG_MAPPING, TYPE_FLAG_SEQUENCE } from '../objects/attribute.js';
import { defineModule, defineType } from '../objects/define.js';
import { dictDel, dictGetStr, dictSnapshot } from '../objects/dict.js';
import { pendingException, raise, setException, newException } from '../objects/exceptions.js';
import { isSubclassOf } from '../objects/instance-check.js';
import { intToNumber } from '../objects/int.js';
import { newListFromArray, plainItems } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isInt, isKind, isStr, typeOf } from '../objects/object.js';
import { frozensetFrom, newSet, setAdd } from '../objects/set.js';
import { intern, internStr } from '../objects/strings.js';
import { tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import { liveSubclasses, typeModified } from '../objects/type-version.js';
import * as T from '../objects/type-ids.js';
import { weakSetAdd, weakSetHas, weakSetMembers, weakSetReferences } from '../objects/weak-set.js';
import { currentEnvironment } from './frames.js';

const I32 = i32;
const T_ABC_DATA = T.T_BLOCK_ACCELERATORS;
const REGISTRY = L.RECORD_ITEMS;
const CACHE = L.RECORD_ITEMS + 1;
const NEGATIVE = L.RECORD_ITEMS + 2;
const NEGATIVE_VERSION = L.RECORD_RAW_0;

const N_IMPL = intern('_abc_impl');
const N_ABSTRACT = intern('__isabstractmethod__');
const N_METHODS = intern('__abstractmethods__');
const N_TPFLAGS = intern('__abc_tpflags__');
const N_BASES = intern('__bases__');
const N_SUBCLASSHOOK = intern('__subclasshook__');
const N_SUBCLASSES = intern('__subclasses__');
/** Values of `__abc_tpflags__`, CPython's type flags. */
const TPFLAG_SEQUENCE = 32;
const TPFLAG_MAPPING = 64;

defineType({ id: T_ABC_DATA, name: '_abc_data', module: '_abc', kind: L.KIND_RECORD, final: true });

const isType = (h: number): boolean => isKind(h, L.KIND_TYPE);
const at = (data: number, w: number): number => (data >>> 2) + w;

/** Grows whenever a class is registered anywhere: negative answers from before are void. */
const counterWord = (): number => (currentEnvironment() >>> 2) + L.ENVIRONMENT_ABC_COUNTER;
const counter = (): number => I32[counterWord()];

/** The record of an abstract class; 0 with the exception set. */
function dataOf(cls: number): number {
  const data = getAttr(cls, N_IMPL);
  if (data === 0 || typeOf(data) === T.typeHandle(T_ABC_DATA)) return data;
  return raise('TypeError', '_abc_impl is set to a wrong type');
}

// ---------------------------------------------------------------- abstract methods

/** 1, 0, or -1 with the exception set. */
function isAbstract(value: number): number {
  const flag = lookupAttr(value, N_ABSTRACT);
  if (flag === 0) return pendingException() !== 0 ? -1 : 0;
  return isTrue(flag);
}

/** Abstract methods the class defines itself; false with the exception set. */
function ownAbstract(cls: number, names: Set<number>): boolean {
  const { keys, values } = dictSnapshot(I32[(cls >>> 2) + L.TYPE_DICT]);
  const slot = rootAll(keys);
  rootAll(values);
  let t = 0;
  for (let i = 0; i < keys.length && t >= 0; i++) {
    t = isAbstract(values[i]);
    if (t === 1) names.add(internStr(keys[i]));
  }
  unroot(slot);
  return t >= 0;
}

/** Those of its bases that it does not implement. */
function inheritedAbstract(cls: number, names: Set<number>): boolean {
  const bases = getAttr(cls, N_BASES);
  const slot = root(bases);
  const done = bases !== 0 && missingIn(cls, bases, names);
  unroot(slot);
  return done;
}

function missingIn(cls: number, bases: number, names: Set<number>): boolean {
  for (let b = 0; b < tupleLength(bases); b++) {
    const list = lookupAttr(tupleItem(bases, b), N_METHODS);
    if (list === 0) {
      if (pendingException() !== 0) return false;
      continue;
    }
    let ok = true;
    const done = iterate(list, (name) => {
      const key = isStr(name) ? internStr(name) : 0;
      const value = key === 0 ? 0 : lookupAttr(cls, key);
      const t = value === 0 ? (pendingException() === 0 ? 0 : -1) : isAbstract(value);
      if (t === 1) names.add(key);
      ok = t >= 0;
      return ok;
    });
    if (!done || !ok) return false;
  }
  return true;
}

/** The flags of pattern matching that a class body asks for by `__abc_tpflags__`. */
function takeFlags(cls: number): void {
  const dict = I32[(cls >>> 2) + L.TYPE_DICT];
  const given = dictGetStr(dict, N_TPFLAGS);
  if (given === 0 || !isInt(given)) return;
  const value = intToNumber(given);
  setFlags(
    cls,
    ((value & TPFLAG_SEQUENCE) !== 0 ? TYPE_FLAG_SEQUENCE : 0) |
      ((value & TPFLAG_MAPPING) !== 0 ? TYPE_FLAG_MAPPING : 0),
  );
  dictDel(dict, N_TPFLAGS);
  typeModified(cls);
}

const flagsOf = (cls: number): number =>
  I32[(cls >>> 2) + L.TYPE_TYPE_FLAGS] & (TYPE_FLAG_SEQUENCE | TYPE_FLAG_MAPPING);

/** Gives a class and those derived from it the collection flags, in place of what they had. */
function setFlags(cls: number, flags: number): void {
  if (flags === 0 || T.isBuiltinType(cls)) return;
  const w = (cls >>> 2) + L.TYPE_TYPE_FLAGS;
  I32[w] = (I32[w] & ~(TYPE_FLAG_SEQUENCE | TYPE_FLAG_MAPPING)) | flags;
  for (const s of liveSubclasses(cls)) setFlags(s, flags);
}

function init(args: number): number {
  const cls = I32[args];
  const names = new Set<number>();
  if (!ownAbstract(cls, names) || !inheritedAbstract(cls, names)) return 0;
  if (setAttr(cls, N_METHODS, frozensetFrom([...names])) === 0) return 0;
  takeFlags(cls);
  const data = newOldObject(L.KIND_RECORD, 64, T.typeHandle(T_ABC_DATA));
  I32[at(data, L.RECORD_COUNT)] = 3;
  I32[at(data, NEGATIVE_VERSION)] = counter();
  return setAttr(cls, N_IMPL, data) === 0 ? 0 : H.NONE;
}

// ---------------------------------------------------------------- registry and checks

function register(args: number): number {
  const [cls, subclass] = [I32[args], I32[args + 1]];
  if (!isType(subclass)) return raise('TypeError', 'Can only register classes');
  const already = isSubclassOf(subclass, cls);
  if (already !== 0) return already < 0 ? 0 : subclass;
  const cycle = isSubclassOf(cls, subclass);
  if (cycle < 0) return 0;
  if (cycle === 1) return raise('RuntimeError', 'Refusing to create an inheritance cycle');
  const data = dataOf(cls);
  if (data === 0) return 0;
  weakSetAdd(data, at(data, REGISTRY), subclass);
  atomics.add(counterWord() << 2, 1);
  setFlags(subclass, flagsOf(cls));
  return subclass;
}

/** Is a current negative answer known? Answers of before the last registration are dropped. */
function isRejected(data: number, subclass: number): boolean {
  if (I32[at(data, NEGATIVE_VERSION)] !== counter()) return false;
  return weakSetHas(at(data, NEGATIVE), subclass);
}

const N_CHECK = N.N_SUBCLASSCHECK;

/** `cls.__subclasscheck__(c)`. */
function ask(cls: number, c: number): number {
  const check = getAttr(cls, N_CHECK);
  if (check === 0) return 0;
  const slot = root(c);
  const r = call1(check, c);
  unroot(slot);
  return r;
}

function instanceCheck(args: number): number {
  const [cls, instance] = [I32[args], I32[args + 1]];
  const data = dataOf(cls);
  const slot = root(data);
  const subclass = data === 0 ? 0 : getAttr(instance, N.N_CLASS);
  root(subclass);
  const r = subclass === 0 ? 0 : checkClass(cls, data, subclass, typeOf(instance));
  unroot(slot);
  return r;
}

function checkClass(cls: number, data: number, subclass: number, subtype: number): number {
  if (weakSetHas(at(data, CACHE), subclass)) return H.TRUE;
  if (subtype === subclass) return isRejected(data, subclass) ? H.FALSE : ask(cls, subclass);
  const slot = root(subtype);
  const r = ask(cls, subclass);
  const t = r === 0 ? -1 : isTrue(r);
  unroot(slot);
  return t < 0 ? 0 : t === 1 ? r : ask(cls, subtype);
}

function accept(data: number, subclass: number): number {
  weakSetAdd(data, at(data, CACHE), subclass);
  return H.TRUE;
}

function reject(data: number, subclass: number): number {
  if (I32[at(data, NEGATIVE_VERSION)] !== counter()) {
    I32[at(data, NEGATIVE)] = 0;
    I32[at(data, NEGATIVE_VERSION)] = counter();
  }
  weakSetAdd(data, at(data, NEGATIVE), subclass);
  return H.FALSE;
}

/** Is the class derived from one of these? 1, 0, or -1 with the exception set. */
function derivedFromAny(subclass: number, classes: readonly number[]): number {
  if (classes.length === 0) return 0;
  const slot = root(newListFromArray(classes));
  let r = 0;
  for (let i = 0; r === 0 && i < classes.length; i++) r = isSubclassOf(subclass, classes[i]);
  unroot(slot);
  return r;
}

/** What `__subclasshook__` says: TRUE, FALSE, NOT_IMPLEMENTED; 0 with the exception set. */
function hookAnswer(cls: number, subclass: number): number {
  const hook = getAttr(cls, N_SUBCLASSHOOK);
  const r = hook === 0 ? 0 : call1(hook, subclass);
  if (r === 0 || r === H.TRUE || r === H.FALSE || r === H.NOT_IMPLEMENTED) return r;
  return setException(
    newException('AssertionError', intern('__subclasshook__ must return either False, True, or NotImplemented')),
  );
}

function subclassesOf(cls: number): number[] | undefined {
  const f = getAttr(cls, N_SUBCLASSES);
  const list = f === 0 ? 0 : call0(f);
  if (list === 0) return undefined;
  if (isKind(list, L.KIND_LIST)) return plainItems(list);
  raise('TypeError', '__subclasses__() must return a list');
  return undefined;
}

function subclassCheck(args: number): number {
  const [cls, subclass] = [I32[args], I32[args + 1]];
  if (!isType(subclass)) return raise('TypeError', 'issubclass() arg 1 must be a class');
  const data = dataOf(cls);
  if (data === 0) return 0;
  if (weakSetHas(at(data, CACHE), subclass)) return H.TRUE;
  if (isRejected(data, subclass)) return H.FALSE;
  const slot = root(data);
  const r = decide(cls, data, subclass);
  unroot(slot);
  return r;
}

function decide(cls: number, data: number, subclass: number): number {
  const answer = hookAnswer(cls, subclass);
  if (answer === 0) return 0;
  if (answer !== H.NOT_IMPLEMENTED) return answer === H.TRUE ? accept(data, subclass) : reject(data, subclass);
  const mro = I32[(subclass >>> 2) + L.TYPE_MRO];
  for (let i = 0; i < tupleLength(mro); i++) if (tupleItem(mro, i) === cls) return accept(data, subclass);
  let r = derivedFromAny(subclass, weakSetMembers(at(data, REGISTRY)));
  if (r === 0) {
    const derived = subclassesOf(cls);
    r = derived === undefined ? -1 : derivedFromAny(subclass, derived);
  }
  return r < 0 ? 0 : r === 1 ? accept(data, subclass) : reject(data, subclass);
}

// ---------------------------------------------------------------- for tests

function clear(args: number, words: readonly number[]): number {
  const data = dataOf(I32[args]);
  if (data === 0) return 0;
  for (const w of words) I32[at(data, w)] = 0;
  return H.NONE;
}

function dump(args: number): number {
  const data = dataOf(I32[args]);
  if (data === 0) return 0;
  const slot = root(data);
  const sets = takeWords(3);
  I32.fill(0, sets, sets + 3);
  for (let i = 0; i < 3; i++) {
    I32[sets + i] = newSet();
    const references = weakSetReferences(at(data, REGISTRY + i));
    const held = rootAll(references);
    for (const ref of references) setAdd(I32[sets + i], ref);
    unroot(held);
  }
  const r = tupleOf(I32[sets], I32[sets + 1], I32[sets + 2], H.small(I32[at(data, NEGATIVE_VERSION)]));
  unroot(slot);
  return r;
}

defineModule({
  name: '_abc',
  doc: 'Module contains faster C implementation of abc.ABCMeta',
  functions: [
    ['get_cache_token', () => H.small(counter()), [0, 0]],
    ['_abc_init', init, [1, 1]],
    ['_abc_register', register, [2, 2]],
    ['_abc_instancecheck', instanceCheck, [2, 2]],
    ['_abc_subclasscheck', subclassCheck, [2, 2]],
    ['_get_dump', dump, [1, 1]],
    ['_reset_registry', (args) => clear(args, [REGISTRY]), [1, 1]],
    ['_reset_caches', (args) => clear(args, [CACHE, NEGATIVE]), [1, 1]],
  ],
});
