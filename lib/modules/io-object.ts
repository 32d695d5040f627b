/**
 * What the objects of `_io` are made of: RECORDs with handles first, then plain words, then the attribute dict. Positions are doubles.
 * One operation at a time works on an object: a lock word in it is held meanwhile (see io-lock.ts).
 */
import { newObject } from '../heap/alloc.js';
import { barrier, storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { f64, i32 } from '../heap/memory.js';
import { getAttr, hasIndex, indexNumber, isTrue, lookupAttr } from '../objects/abstract.js';
import { call0, call1, call2, callArgs } from '../objects/call.js';
import { defineType } from '../objects/define.js';
import { exceptionId, pendingException, raise, setException, takeException, typeName } from '../objects/exceptions.js';
import { slotId } from '../objects/object.js';
import { fromJS, intern } from '../objects/strings.js';
import { publishStore } from '../objects/sync.js';
import * as T from '../objects/type-ids.js';
import { addFinalizer, needsFinalizer } from '../objects/weakref.js';

const I32 = i32;
const F64 = f64;

export const T_IO_BASE = T.T_BLOCK_IO;
export const T_RAW_IO_BASE = T.T_BLOCK_IO + 1;
export const T_BUFFERED_IO_BASE = T.T_BLOCK_IO + 2;
export const T_TEXT_IO_BASE = T.T_BLOCK_IO + 3;
export const T_FILE_IO = T.T_BLOCK_IO + 4;
export const T_BYTES_IO = T.T_BLOCK_IO + 5;
export const T_BYTES_IO_BUFFER = T.T_BLOCK_IO + 6;
export const T_BUFFERED_READER = T.T_BLOCK_IO + 7;
export const T_BUFFERED_WRITER = T.T_BLOCK_IO + 8;
export const T_BUFFERED_RANDOM = T.T_BLOCK_IO + 9;
export const T_BUFFERED_RW_PAIR = T.T_BLOCK_IO + 10;
export const T_TEXT_IO_WRAPPER = T.T_BLOCK_IO + 11;
export const T_STRING_IO = T.T_BLOCK_IO + 12;
export const T_NEWLINE_DECODER = T.T_BLOCK_IO + 13;
export const T_UNSUPPORTED_OPERATION = T.T_BLOCK_IO + 14;

export const DEFAULT_BUFFER_SIZE = 131072;

defineType({
  id: T_UNSUPPORTED_OPERATION,
  name: 'UnsupportedOperation',
  module: 'io',
  base: exceptionId('OSError'),
  mixin: exceptionId('ValueError'),
  kind: L.KIND_EXCEPTION,
  dict: true,
});

/** First word of an object's plain words, after `handles` handles. */
export const plainWords = (handles: number): number => L.RECORD_ITEMS + handles;

/** A new object of a class of _io: `handles` handle words, then `words` plain ones (the first at an even index), all 0. */
export function newIo(type: number, handles: number, words: number): number {
  const o = newObject(L.KIND_RECORD | L.FLAG_SUBCLASS, (plainWords(handles) + words + 1) * 4, type);
  I32[(o >>> 2) + L.RECORD_COUNT] = handles;
  // Closed, and what is buffered written, when nothing refers to it any more or the program ends.
  if (needsFinalizer(o)) addFinalizer(o);
  return o;
}

/** Is it an instance of the built-in class itself, so that no method of a subclass is passed over? */
export const isExactly = (o: number, id: number): boolean => (o & 7) === 0 && I32[(o >>> 2) + 2] === T.typeHandle(id);

/** An instance of the class or of a subclass, in its layout. */
export const isIo = (o: number, id: number): boolean => (o & 7) === 0 && slotId(o) === id;

export const word = (o: number, offset: number): number => I32[(o >>> 2) + offset];
export function setWord(o: number, offset: number, value: number): void {
  I32[(o >>> 2) + offset] = value;
}
export const double = (o: number, offset: number): number => F64[((o >>> 2) + offset) >>> 1];
export function setDouble(o: number, offset: number, value: number): void {
  F64[((o >>> 2) + offset) >>> 1] = value;
}
/** Stores a handle word. */
export function setHandle(o: number, offset: number, value: number): void {
  if (value !== 0) publishStore(o, value);
  I32[(o >>> 2) + offset] = value;
  if (value !== 0) barrier(o, value);
}

/** Raises io.UnsupportedOperation; returns 0. */
export function unsupported(message: string): 0 {
  const e = callArgs(T.typeHandle(T_UNSUPPORTED_OPERATION), [fromJS(message)]);
  return (e === 0 ? 0 : setException(e)) as 0;
}

export const closedError = (): 0 => raise('ValueError', 'I/O operation on closed file.') as 0;

/** o.name(). All arguments are rooted during the look-up. */
export function method0(o: number, name: string): number {
  const slot = root(o);
  const f = getAttr(o, intern(name));
  const r = f === 0 ? 0 : call0(f);
  unroot(slot);
  return r;
}

/** o.name(a). */
export function method1(o: number, name: string, a: number): number {
  const slot = root(o);
  root(a);
  const f = getAttr(o, intern(name));
  const r = f === 0 ? 0 : call1(f, a);
  unroot(slot);
  return r;
}

/** o.name(a, b). */
export function method2(o: number, name: string, a: number, b: number): number {
  const slot = root(o);
  root(a);
  root(b);
  const f = getAttr(o, intern(name));
  const r = f === 0 ? 0 : call2(f, a, b);
  unroot(slot);
  return r;
}

/** Truth of an attribute: 1, 0, -1 with the exception set. */
export function attributeTruth(o: number, name: string): number {
  const v = getAttr(o, intern(name));
  return v === 0 ? -1 : isTrue(v);
}

/** Truth of o.name(): 1, 0, -1 with the exception set. */
export function methodTruth(o: number, name: string): number {
  const v = method0(o, name);
  return v === 0 ? -1 : isTrue(v);
}

/** An attribute, or 0 without an exception when it is missing. */
export const optionalAttribute = (o: number, name: string): number => lookupAttr(o, intern(name));

/** An optional size argument (missing, None or an int): -1 for none, NaN with the exception set. */
export function sizeArgument(h: number): number {
  if (h === 0 || h === H.NONE) return -1;
  if (hasIndex(h)) return indexNumber(h);
  return raise('TypeError', `argument should be integer or None, not '${typeName(h)}'`) || Number.NaN;
}

/**
 * Runs a step that must follow even when something failed before: the failure is set again afterwards, or becomes the context of what the step
 * raised. Returns what the step returned, 0 when there was a failure.
 */
export function afterwards(step: () => number): number {
  const earlier = takeException();
  const slot = root(earlier);
  const r = step();
  unroot(slot);
  if (earlier === 0) return r;
  const later = pendingException();
  if (later === 0) return setException(earlier);
  if (I32[(later >>> 2) + L.EXCEPTION_CONTEXT] === 0 && later !== earlier)
    storeRef(later, L.EXCEPTION_CONTEXT, earlier);
  return 0;
}
