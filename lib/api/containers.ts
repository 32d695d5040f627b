/** What the host may do with containers without running Python: keys are values of built-in types. Call these within `running`. */
import * as L from '../heap/layout.generated.js';
import { bytesLength, isByteArray, isBytes } from '../objects/bytes.js';
import { dictGet, dictLen, dictPop, dictSet, dictSnapshot } from '../objects/dict.js';
import { pendingException } from '../objects/exceptions.js';
import { listAppend, listAt, listLength, listSetItem, listSnapshot } from '../objects/list.js';
import { isKind, isStr } from '../objects/object.js';
import { isAnySet, setAdd, setContains, setItems, setLen, setRemove } from '../objects/set.js';
import { strLength } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import { badKind, ProtospaceError, ProtospaceTypeError, takeError } from './errors.js';
import { make } from './make.js';
import { tupleHandles } from './read.js';

const isList = (h: number): boolean => isKind(h, L.KIND_LIST);
const isTuple = (h: number): boolean => isKind(h, L.KIND_TUPLE);
const isDict = (h: number): boolean => isKind(h, L.KIND_DICT);

/** Throws what an operation set; a missing key sets nothing. */
function checked(result: number): number {
  if (result === 0 && pendingException() !== 0) throw takeError();
  return result;
}

function needIndex(given: unknown): number {
  if (typeof given !== 'number' || !Number.isInteger(given))
    throw new ProtospaceTypeError('ERR_PROTOSPACE_INDEX', `${String(given)} is no index`);
  return given;
}

export function length(h: number): number {
  if (isStr(h)) return strLength(h);
  if (isList(h)) return listLength(h);
  if (isTuple(h)) return tupleLength(h);
  if (isDict(h)) return dictLen(h);
  if (isAnySet(h)) return setLen(h);
  if (isBytes(h) || isByteArray(h)) return bytesLength(h);
  throw badKind(h, 'length');
}

/** 0 when there is none. */
export function at(h: number, given: unknown): number {
  const index = needIndex(given);
  if (isList(h)) return listAt(h, index < 0 ? index + listLength(h) : index);
  if (!isTuple(h)) throw badKind(h, 'items by number');
  const i = index < 0 ? index + tupleLength(h) : index;
  return i >= 0 && i < tupleLength(h) ? tupleItem(h, i) : 0;
}

/** 0 when the key is missing. */
export function get(h: number, key: unknown): number {
  if (!isDict(h)) throw badKind(h, 'keys');
  return checked(dictGet(h, make(key)));
}

export function has(h: number, key: unknown): boolean {
  if (isAnySet(h)) return checked(setContains(h, make(key))) === 1;
  if (!isDict(h)) throw badKind(h, 'keys');
  return checked(dictGet(h, make(key))) !== 0;
}

function setItem(list: number, given: unknown, value: unknown): void {
  const index = needIndex(given);
  if (listSetItem(list, index, make(value)) !== 0) return;
  takeError();
  throw new ProtospaceError('ERR_PROTOSPACE_INDEX', `the list has no item ${index}`);
}

export function set(h: number, key: unknown, value: unknown): void {
  if (isList(h)) setItem(h, key, value);
  else if (isDict(h)) checked(dictSet(h, make(key), make(value)));
  else throw badKind(h, 'items that can be set');
}

export function add(h: number, value: unknown): void {
  if (isList(h)) listAppend(h, make(value));
  else if (isKind(h, L.KIND_SET)) checked(setAdd(h, make(value)));
  else throw badKind(h, 'end to append to');
}

export function remove(h: number, key: unknown): boolean {
  if (isKind(h, L.KIND_SET)) return checked(setRemove(h, make(key))) === 1;
  if (!isDict(h)) throw badKind(h, 'keys that can be deleted');
  return checked(dictPop(h, make(key))) !== 0;
}

export function items(h: number): number[] {
  if (isList(h)) return listSnapshot(h);
  if (isTuple(h)) return tupleHandles(h);
  if (isAnySet(h)) return setItems(h);
  if (isDict(h)) return dictSnapshot(h).keys;
  throw badKind(h, 'items');
}

export function entries(h: number): [number, number][] {
  if (!isDict(h)) throw badKind(h, 'entries');
  const { keys, values } = dictSnapshot(h);
  return keys.map((key, i) => [key, values[i]!]);
}
