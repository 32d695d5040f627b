/** The registry of codecs and error handlers of an environment (https://docs.python.org/3.14/library/codecs.html). */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, call2, indexNumber, isTrue, lookupAttr } from '../objects/abstract.js';
import { handlerHook } from '../objects/codec-errors.js';
import { registryHook } from '../objects/codecs.js';
import { dictGetStr, dictSetStr, newDict } from '../objects/dict.js';
import { addNote } from '../objects/exception-notes.js';
import { pendingException, raise, setException, takeException, typeName } from '../objects/exceptions.js';
import { listAt, listLength, newList } from '../objects/list.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, intern, strLength } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { item, newRecord } from './record.js';

const I32 = i32;

const SEARCHERS = 0;
const FOUND = 1;
const HANDLERS = 2;

/** The record in the environment. */
function state(): number {
  const environment = currentEnvironment();
  const at = (environment >>> 2) + L.ENVIRONMENT_CODECS;
  if (I32[at] === 0)
    storeRef(
      environment,
      L.ENVIRONMENT_CODECS,
      newRecord(T.typeHandle(T.T_OBJECT), [newList(0), newDict(), newDict()]),
    );
  return I32[at];
}

export const searchers = (): number => item(state(), SEARCHERS);
export const foundCodecs = (): number => item(state(), FOUND);
export const errorHandlers = (): number => item(state(), HANDLERS);

/** The name as it is looked up: lower case, runs of other characters an underscore. */
const normalized = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** The package encodings registers the function that finds its codecs, before any other. 0 with the exception set. */
export function ensureEncodings(): number {
  return listLength(searchers()) > 0 ? 1 : importModule(currentEnvironment(), 'encodings');
}

const isCodec = (h: number): boolean => isKind(h, L.KIND_TUPLE) && tupleLength(h) === 4;

/** The CodecInfo of a name; 0 with the exception set. */
export function lookupCodec(name: string): number {
  const key = intern(normalized(name));
  const known = dictGetStr(foundCodecs(), key);
  if (known !== 0) return known;
  if (ensureEncodings() === 0) return 0;
  for (let i = 0; i < listLength(searchers()); i++) {
    const found = call1(listAt(searchers(), i), key);
    if (found === 0) return 0;
    if (found === H.NONE) continue;
    if (!isCodec(found)) return raise('TypeError', 'codec search functions must return 4-tuples');
    dictSetStr(foundCodecs(), key, found);
    return found;
  }
  return raise('LookupError', `unknown encoding: ${name}`);
}

/** Which half of a codec, and how messages call it. */
const ENCODING = { part: 0, verb: 'encoding', function: 'encoder', other: 'codecs.encode()' } as const;
const DECODING = { part: 1, verb: 'decoding', function: 'decoder', other: 'codecs.decode()' } as const;
type Direction = typeof ENCODING | typeof DECODING;

/** Notes on the pending exception which codec failed. */
function noteFailure(direction: Direction, name: string): 0 {
  const e = takeException();
  const slot = root(e);
  addNote(e, `${direction.verb} with '${name}' codec failed`);
  setException(e);
  unroot(slot);
  return 0;
}

/** What the codec makes of an object; 0 with the exception set. */
function applyCodec(direction: Direction, codec: number, object: number, name: string, errors: string): number {
  const slot = root(codec);
  const f = tupleItem(codec, direction.part);
  const r = errors === '' ? call1(f, object) : call2(f, object, fromJS(errors));
  unroot(slot);
  if (r === 0) return noteFailure(direction, name);
  if (isKind(r, L.KIND_TUPLE) && tupleLength(r) === 2) return tupleItem(r, 0);
  return raise('TypeError', `${direction.function} must return a tuple (object, integer)`);
}

/** codecs.encode and codecs.decode: any objects. */
export function convert(decoding: boolean, object: number, name: string, errors: string): number {
  const codec = lookupCodec(name);
  return codec === 0 ? 0 : applyCodec(decoding ? DECODING : ENCODING, codec, object, name, errors);
}

const N_TEXT = intern('_is_text_encoding');

/** A codec between str and bytes; 0 with the exception set. */
function lookupTextCodec(direction: Direction, name: string): number {
  const codec = lookupCodec(name);
  if (codec === 0 || T.isBuiltinType(I32[(codec >>> 2) + 2])) return codec;
  const slot = root(codec);
  const flag = lookupAttr(codec, N_TEXT);
  const t = flag === 0 ? (pendingException() === 0 ? 1 : -1) : isTrue(flag);
  unroot(slot);
  if (t < 0) return 0;
  if (t === 1) return codec;
  return raise('LookupError', `'${name}' is not a text encoding; use ${direction.other} to handle arbitrary codecs`);
}

function convertText(direction: Direction, object: number, name: string, errors: string): number {
  const codec = lookupTextCodec(direction, name);
  const made = codec === 0 ? 0 : applyCodec(direction, codec, object, name, errors === 'strict' ? '' : errors);
  if (made === 0) return 0;
  const decoding = direction.part === 1;
  if (decoding ? isStr(made) : isKind(made, L.KIND_BYTES)) return made;
  const [wanted, use] = decoding ? ['str', 'decode'] : ['bytes', 'encode'];
  const kinds = decoding ? 'decode to arbitrary types' : 'encode to arbitrary types';
  return raise(
    'TypeError',
    `'${name}' ${direction.function} returned '${typeName(made)}' instead of '${wanted}'; use codecs.${use}() to ${kinds}`,
  );
}

registryHook.decode = (object, name, errors) => {
  const slot = root(object);
  const r = convertText(DECODING, object, name, errors);
  unroot(slot);
  return r;
};
registryHook.encode = (h, name, errors) => {
  const slot = root(h);
  const r = convertText(ENCODING, h, name, errors);
  unroot(slot);
  return r;
};

// ---------------------------------------------------------------- error handlers

/** Length of what is coded, which positions of handlers count from the end of when they are negative. */
function inputLength(e: number): number {
  const object = I32[(e >>> 2) + L.EXCEPTION_B];
  return isStr(object) ? strLength(object) : I32[(object >>> 2) + L.BYTES_LENGTH];
}

handlerHook.call = (name, decoding) => {
  const e = takeException();
  const handler = dictGetStr(errorHandlers(), intern(name));
  if (handler === 0) return void raise('LookupError', `unknown error handler name '${name}'`);
  const slot = root(e);
  const made = call1(handler, e);
  const length = made === 0 ? 0 : inputLength(e);
  unroot(slot);
  if (made === 0) return undefined;
  const pair = isKind(made, L.KIND_TUPLE) && tupleLength(made) === 2 ? made : 0;
  const replacement = pair === 0 ? 0 : tupleItem(pair, 0);
  const good = pair !== 0 && (isStr(replacement) || (!decoding && isKind(replacement, L.KIND_BYTES)));
  if (!good)
    return void raise(
      'TypeError',
      decoding
        ? 'decoding error handler must return (str, int) tuple'
        : 'encoding error handler must return (str/bytes, int) tuple',
    );
  const position = indexNumber(tupleItem(pair, 1));
  if (Number.isNaN(position)) return undefined;
  const next = position < 0 ? position + length : position;
  if (next < 0 || next > length) return void raise('IndexError', `position ${next} from error handler out of bounds`);
  return { replacement, next };
};
