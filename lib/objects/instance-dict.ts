/**
 * `__dict__` of instances. Attributes of a class's instances lie in slots (shape.ts), and their `__dict__` is a view on these. A dict that is assigned to
 * `__dict__`, or a key that is no string, makes a real dict of it: the instance's shape says so, and INSTANCE_DICT_VIEW is the dict.
 */
import { newObject } from '../heap/alloc.js';
import { barrier, storeRef } from '../heap/barrier.js';
import { tryWorldStopped } from '../heap/collect.js';
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { dictHook, dictWord, ownAttribute, ownDict, setSlot, TYPE_FLAG_NO_DICT } from './attribute.js';
import { dictGetStr, dictLen, dictSet, dictSetStr, dictSnapshot, instanceView, isView, newDict } from './dict.js';
import { DICT_TAIL } from './dict-store.js';
import { raise, typeName } from './exceptions.js';
import { isKind, isStr, typeOf } from './object.js';
import { assignedDict, isDictShape, rootShape, shapeFind, shapeWithDict, slotWord } from './shape.js';
import { knownStr } from './strings.js';
import { begin, end, isOwned, publishStore, readBegin, shareNew } from './sync.js';
import { instanceHooks } from './type-new.js';
import * as T from './type-ids.js';

const I32 = i32;
const shapeOf = (o: number): number => I32[(o >>> 2) + L.INSTANCE_SHAPE];

export const isInstance = (o: number): boolean => (o & 7) === 0 && o !== 0 && (I32[o >>> 2] & 0xff) === L.KIND_INSTANCE;

/** Words of an instance's own attributes with their names, in the order in which they were first set. */
function slotWords(o: number): [name: number, word: number][] {
  const out: [number, number][] = [];
  for (let s = shapeOf(o); s !== 0 && !isDictShape(s); s = I32[(s >>> 2) + L.SHAPE_PARENT]) {
    const name = I32[(s >>> 2) + L.SHAPE_NAME];
    const at = name === 0 ? 0 : slotWord(o, I32[(s >>> 2) + L.SHAPE_SLOT], false);
    if (at !== 0 && I32[at] !== 0) out.push([name, at]);
  }
  return out.reverse();
}

/** Names and values of an instance's own attributes, in the order in which they were first set. */
export function ownAttributes(o: number): [name: number, value: number][] {
  const dict = assignedDict(o);
  if (dict === 0) return slotWords(o).map(([name, at]) => [name, I32[at]]);
  const { keys, values } = dictSnapshot(dict);
  return keys.map((key, i): [number, number] => [key, values[i]]).filter(([key]) => isStr(key));
}

function plainCopy(o: number): number {
  const d = newDict();
  for (const [name, value] of ownAttributes(o)) dictSetStr(d, name, value);
  return d;
}

/** From now on the view is a dict of its own, with what it shows at this moment. Its owner stays: another thread may be about to ask it. */
const detach = (view: number): void => becomeDict(view, plainCopy(I32[(view >>> 2) + L.DICT_OWNER]));

/** The same with the contents of `copy`, which nobody else has. */
function becomeDict(view: number, copy: number): void {
  const store = I32[(copy >>> 2) + L.DICT_STORE];
  publishStore(view, store);
  const w = view >>> 2;
  for (;;) {
    const seen = readBegin(view);
    if (!isView(view)) return;
    if (!begin(view, seen)) continue;
    I32[w + L.DICT_STORE] = store;
    I32[w + L.DICT_USED] = I32[(copy >>> 2) + L.DICT_USED];
    I32[w + DICT_TAIL] = I32[(copy >>> 2) + DICT_TAIL];
    I32[w + L.DICT_KEYS_VERSION] = 0;
    I32[w] = I32[w] & ~L.FLAG_K0;
    end(view);
    break;
  }
  if (store !== 0) barrier(view, store);
}

/**
 * Has the instance keep its attributes in this dict, for good: who finds that its shape says so finds a dict. A thread that has just looked at its old shape may
 * still write to a slot.
 */
export function assignDict(o: number, dict: number): void {
  const view = I32[(o >>> 2) + L.INSTANCE_DICT_VIEW];
  if (view !== 0 && isView(view) && view !== dict) detach(view);
  for (const [, at] of slotWords(o)) I32[at] = 0;
  storeRef(o, L.INSTANCE_DICT_VIEW, dict);
  storeRef(o, L.INSTANCE_SHAPE, shapeWithDict(rootShape(shapeOf(o))));
}

/** Are the attributes, in slots, those of the dict `copy` still? */
function isCopy(o: number, copy: number): boolean {
  const words = slotWords(o);
  return words.length === dictLen(copy) && words.every(([name, at]) => dictGetStr(copy, name) === I32[at]);
}

/**
 * An instance for whose next name its class has too many shapes (isCrowded) gets a dict. One that others may be working on is changed while the world is
 * stopped, between their operations; when that cannot be done at once, the name gets a slot and the next one tries again.
 */
dictHook.use = (o) => {
  const view = instanceDict(o);
  if (!isView(view)) return;
  if (isOwned(o)) {
    detach(view);
    assignDict(o, view);
    return;
  }
  const shape = shapeOf(o);
  const copy = plainCopy(o);
  // Made and published before.
  shapeWithDict(rootShape(shape));
  publishStore(view, I32[(copy >>> 2) + L.DICT_STORE]);
  tryWorldStopped(() => {
    if (shapeOf(o) !== shape || !isCopy(o, copy)) return;
    becomeDict(view, copy);
    assignDict(o, view);
  });
};

instanceView.get = (o, key) => (isStr(key) ? ownAttribute(o, knownStr(key)) : 0);
instanceView.set = (o, key, value) => {
  if (isStr(key)) {
    setSlot(o, knownStr(key), value);
    return 1;
  }
  const view = instanceDict(o);
  if (isView(view)) {
    detach(view);
    assignDict(o, view);
  }
  return dictSet(view, key, value) === 0 ? 0 : 1;
};
instanceView.del = (o, key) => {
  const slot = isStr(key) ? shapeFind(shapeOf(o), knownStr(key)) : -1;
  const at = slot < 0 ? 0 : slotWord(o, slot, false);
  if (at === 0 || I32[at] === 0) return 0;
  I32[at] = 0;
  return 1;
};
instanceView.len = (o) => ownAttributes(o).length;
instanceView.items = plainCopy;

/** `o.__dict__` of an instance: a dict that is a view on its slots, the same object each time. */
export function instanceDict(o: number): number {
  if (!isInstance(o)) {
    const d = ownDict(o);
    return d !== 0 ? d : noDict(o);
  }
  if ((I32[(typeOf(o) >>> 2) + L.TYPE_TYPE_FLAGS] & TYPE_FLAG_NO_DICT) !== 0) return noDict(o);
  const known = I32[(o >>> 2) + L.INSTANCE_DICT_VIEW];
  if (known !== 0) return known;
  const d = newObject(L.KIND_DICT, 64, T.typeHandle(T.T_DICT));
  I32[d >>> 2] = L.KIND_DICT | L.FLAG_K0;
  storeRef(d, L.DICT_OWNER, o);
  if (!isOwned(o)) shareNew(d);
  // Never in place of a dict that another thread has assigned: a view on what lies in itself.
  const at = (o >>> 2) + L.INSTANCE_DICT_VIEW;
  if (atomics.cas(at << 2, 0, d) === 0) barrier(o, d);
  return I32[at];
}

const noDict = (o: number): number => raise('AttributeError', `'${typeName(o)}' object has no attribute '__dict__'`);

/** `o.__dict__ = value`, or with 0 `del o.__dict__`, after which there is an empty one: 1, or 0 with the exception set. */
export function setInstanceDict(o: number, value: number): number {
  if (value !== 0 && !isKind(value, L.KIND_DICT))
    return raise('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
  if (!isInstance(o) && dictWord(o) === 0) return noDict(o);
  const kind = I32[o >>> 2] & 0xff;
  // The class may have another base, whose descriptor this is.
  if (kind === L.KIND_TYPE) return raise('AttributeError', "attribute '__dict__' of 'type' objects is not writable");
  if (kind === L.KIND_MODULE) return raise('AttributeError', 'readonly attribute');
  if (kind === L.KIND_EXCEPTION && value === 0) return raise('TypeError', 'cannot delete __dict__');
  const slot = root(value);
  if (isInstance(o)) {
    if (value === 0 || value !== I32[(o >>> 2) + L.INSTANCE_DICT_VIEW]) assignDict(o, value || newDict());
  } else storeRef(o, dictWord(o) - (o >>> 2), value);
  unroot(slot);
  return 1;
}

instanceHooks.getDict = instanceDict;
instanceHooks.setDict = setInstanceDict;
