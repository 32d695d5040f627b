/** The type TextIOWrapper: construction, reconfiguration, attributes. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getAttr, indexNumber, isTrue, lookupAttr, repr } from '../objects/abstract.js';
import { call1 } from '../objects/call.js';
import { findCodec } from '../objects/codecs.js';
import { defineType, type GetSetRow, type MethodRow } from '../objects/define.js';
import { clearException, pendingException, pendingIs, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber, intToBigInt } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { placed } from '../objects/str-make.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { localeEncodingName } from './locale-settings.js';
import { finalizeStream } from './io-base.js';
import { setBufferedWrapped } from './io-buffered.js';
import { newlinesSeen } from './io-newline.js';
import {
  afterwards,
  isIo,
  method0,
  methodTruth,
  optionalAttribute,
  setDouble,
  setHandle,
  setWord,
  T_BUFFERED_RANDOM,
  T_BUFFERED_READER,
  T_BUFFERED_WRITER,
  T_TEXT_IO_BASE,
  T_TEXT_IO_WRAPPER,
  unsupported,
  word,
} from './io-object.js';
import * as text from './io-text.js';
import {
  CODEC_ASCII,
  CODEC_LATIN1,
  CODEC_OTHER,
  CODEC_TABLE,
  CODEC_UTF16,
  CODEC_UTF16_BE,
  CODEC_UTF16_LE,
  CODEC_UTF32,
  CODEC_UTF32_BE,
  CODEC_UTF32_LE,
  CODEC_UTF8,
  CODEC_UTF8_SIG,
  dropSnapshot,
  resetDecoder,
} from './io-text-decode.js';
import { next, read, readline } from './io-text-read.js';
import { resetEncoder, seek, tell, truncate } from './io-text-seek.js';
import { flush, write } from './io-text-write.js';

const I32 = i32;
const { attached, hasFlag, setFlag, streamOf } = text;

// ---------------------------------------------------------------- encodings

const KINDS: Readonly<Record<string, number>> = {
  'utf-8': CODEC_UTF8,
  ascii: CODEC_ASCII,
  'latin-1': CODEC_LATIN1,
  'utf-8-sig': CODEC_UTF8_SIG,
  'utf-16': CODEC_UTF16,
  'utf-32': CODEC_UTF32,
  'utf-16-le': CODEC_UTF16_LE,
  'utf-16-be': CODEC_UTF16_BE,
  'utf-32-le': CODEC_UTF32_LE,
  'utf-32-be': CODEC_UTF32_BE,
};

/** CODEC_* of an encoding; CODEC_OTHER for those of the codecs module. */
function kindOf(name: string): number {
  const codec = findCodec(name);
  if (codec === undefined) return CODEC_OTHER;
  return KINDS[codec.name] ?? CODEC_TABLE;
}

/** codecs.lookup(name), which must be a text encoding; 0 with the exception set. */
function lookupCodec(name: number): number {
  const codecs = importModule(currentEnvironment(), 'codecs');
  const lookup = codecs === 0 ? 0 : getAttr(codecs, intern('lookup'));
  const info = lookup === 0 ? 0 : call1(lookup, name);
  if (info === 0) return 0;
  const isText = lookupAttr(info, intern('_is_text_encoding'));
  if (isText !== H.FALSE) return info;
  return raise('LookupError', `'${toJS(name)}' is not a text encoding`);
}

/** An incremental codec of the codecs module: info.<attribute>(errors). */
function makeCoder(info: number, attribute: string, errors: number): number {
  const slot = root(info);
  const make = getAttr(info, intern(attribute));
  const made = make === 0 ? 0 : call1(make, errors);
  unroot(slot);
  return made;
}

/** Makes decoder and encoder for the encoding and errors that are set: 1, or 0 with the exception set. */
function setCoders(o: number): 1 | 0 {
  const kind = kindOf(toJS(word(o, text.ENCODING)));
  setWord(o, text.CODEC, kind);
  setHandle(o, text.DECODER, 0);
  setHandle(o, text.ENCODER, 0);
  const reads = methodTruth(streamOf(o), 'readable');
  const writes = reads < 0 ? -1 : methodTruth(streamOf(o), 'writable');
  if (writes < 0) return 0;
  setFlag(o, text.F_READS, reads === 1);
  setFlag(o, text.F_WRITES, writes === 1);
  setFlag(o, text.F_START, false);
  resetDecoder(o);
  setWord(o, text.HELD_CR, 0);
  return kind === CODEC_OTHER ? otherCoders(o, reads === 1, writes === 1) : 1;
}

function otherCoders(o: number, reads: boolean, writes: boolean): 1 | 0 {
  const info = lookupCodec(word(o, text.ENCODING));
  if (info === 0) return 0;
  const slot = root(info);
  const decoder = reads ? makeCoder(info, 'incrementaldecoder', word(o, text.ERRORS)) : 0;
  if (decoder !== 0) setHandle(o, text.DECODER, decoder);
  const encoder = writes && (!reads || decoder !== 0) ? makeCoder(info, 'incrementalencoder', word(o, text.ERRORS)) : 0;
  if (encoder !== 0) setHandle(o, text.ENCODER, encoder);
  unroot(slot);
  return pendingException() === 0 ? 1 : 0;
}

/** A byte order mark is written at the start only, where the start is known: 1, or 0 with the exception set. */
function fixEncoder(o: number): 1 | 0 {
  if (!hasFlag(o, text.F_SEEKABLE) || !hasFlag(o, text.F_WRITES)) return 1;
  const at = method0(streamOf(o), 'tell');
  if (at === 0) return 0;
  const start = intToBigInt(at) === 0n;
  setFlag(o, text.F_START, start);
  return start ? 1 : resetEncoder(o, false);
}

// ---------------------------------------------------------------- newlines

/** May it be a newline argument? Raises ValueError. */
export function goodNewline(newline: number): 1 | 0 {
  if (newline === 0 || newline === H.NONE) return 1;
  if (['', '\n', '\r', '\r\n'].includes(toJS(newline))) return 1;
  return raise('ValueError', `illegal newline value: ${toJS(newline)}`) as 0;
}

function setNewline(o: number, newline: number): void {
  const given = newline === H.NONE ? 0 : newline;
  const value = given === 0 ? undefined : toJS(given);
  setHandle(o, text.NEWLINE, given);
  setFlag(o, text.F_READ_UNIVERSAL, value === undefined || value === '');
  setFlag(o, text.F_READ_TRANSLATE, value === undefined);
  setFlag(o, text.F_WRITE_TRANSLATE, value === '\r' || value === '\r\n');
}

// ---------------------------------------------------------------- construction

export interface TextOptions {
  /** str; 0: the locale's. */
  readonly encoding: number;
  /** str; 0: strict. */
  readonly errors: number;
  /** str, None or 0. */
  readonly newline: number;
  readonly lineBuffering: boolean;
  readonly writeThrough: boolean;
}

/** Encoding of the locale. */
export const localeEncoding = (): number => intern(localeEncodingName());

/** 'locale' stands for the locale's encoding, whatever the mode. */
const plainName = (encoding: number): number => (toJS(encoding) === 'locale' ? intern('UTF-8') : encoding);

const isBuffered = (s: number): boolean =>
  isIo(s, T_BUFFERED_READER) || isIo(s, T_BUFFERED_WRITER) || isIo(s, T_BUFFERED_RANDOM);

/** Sets the wrapper up over a stream: 1, or 0 with the exception set. */
export function setUpText(o: number, stream: number, options: TextOptions): 1 | 0 {
  setWord(o, text.FLAGS, 0);
  setHandle(o, text.ENCODING, options.encoding === 0 ? localeEncoding() : plainName(options.encoding));
  setHandle(o, text.ERRORS, options.errors === 0 ? intern('strict') : options.errors);
  setHandle(o, text.STREAM, stream);
  setNewline(o, options.newline);
  setWord(o, text.CHUNK_SIZE, 8192);
  setWord(o, text.PENDING_COUNT, 0);
  setWord(o, text.SEEN, 0);
  setDouble(o, text.RATIO, 0);
  text.dropText(o);
  dropSnapshot(o);
  if (kindOf(toJS(word(o, text.ENCODING))) === CODEC_OTHER && knownEncoding(word(o, text.ENCODING)) === 0) return 0;
  if (setCoders(o) === 0) return 0;
  const seekable = methodTruth(stream, 'seekable');
  if (seekable < 0) return 0;
  setFlag(o, text.F_SEEKABLE, seekable === 1);
  setFlag(o, text.F_TELLING, seekable === 1);
  setFlag(o, text.F_HAS_READ1, optionalAttribute(stream, 'read1') !== 0);
  if (pendingException() !== 0) return 0;
  setFlag(o, text.F_LINE_BUFFERING, options.lineBuffering);
  setFlag(o, text.F_WRITE_THROUGH, options.writeThrough);
  if (fixEncoder(o) === 0) return 0;
  setFlag(o, text.F_OK, true);
  if (isBuffered(stream)) setBufferedWrapped(stream, true);
  return 1;
}

/** An encoding that is not built in: 1 when the codecs module has it, 0 with LookupError set. */
function knownEncoding(name: number): 1 | 0 {
  const shown = toJS(name);
  if (lookupCodec(name) !== 0) return 1;
  if (pendingIs('ModuleNotFoundError')) {
    clearException();
    raise('LookupError', `unknown encoding: ${shown}`);
  }
  return 0;
}

const PARAMETERS = ['buffer', 'encoding', 'errors', 'newline', 'line_buffering', 'write_through'];

/** An optional str argument: the handle, 0 for None; -1 with TypeError set. */
export function textArgument(who: string, name: string, h: number): number {
  if (h === 0 || h === H.NONE) return 0;
  if (!isStr(h)) return raise('TypeError', `${who}() argument '${name}' must be str or None, not ${typeName(h)}`) - 1;
  return toJS(h).includes('\0') ? raise('ValueError', 'embedded null character') - 1 : h;
}

const truth = (h: number): number => (h === 0 || h === H.NONE ? 0 : isTrue(h));

function init(o: number, args: number, n: number, kwnames: number): number {
  setWord(o, text.FLAGS, 0);
  const given = placed('TextIOWrapper', PARAMETERS, args, n, kwnames);
  if (given === undefined) return 0;
  if (given[0] === 0) return raise('TypeError', "TextIOWrapper() missing required argument 'buffer' (pos 1)");
  const [encoding, errors, newline] = [1, 2, 3].map((i) => textArgument('TextIOWrapper', PARAMETERS[i], given[i]));
  if (encoding === -1 || errors === -1 || newline === -1 || goodNewline(newline) === 0) return 0;
  const lineBuffering = truth(given[4]);
  const writeThrough = truth(given[5]);
  if (lineBuffering < 0 || writeThrough < 0) return 0;
  return setUpText(o, given[0], {
    encoding,
    errors,
    newline,
    lineBuffering: lineBuffering === 1,
    writeThrough: writeThrough === 1,
  });
}

/** A TextIOWrapper; 0 with the exception set. */
export function newTextOn(stream: number, options: TextOptions): number {
  const o = text.newText(T.typeHandle(T_TEXT_IO_WRAPPER));
  const slot = root(o);
  const ok = setUpText(o, stream, options);
  unroot(slot);
  return ok === 0 ? 0 : o;
}

/** reconfigure(*, encoding=None, errors=None, newline=..., line_buffering=None, write_through=None). */
function reconfigure(args: number): number {
  const o = I32[args];
  if (attached(o) === 0) return 0;
  const encoding = textArgument('reconfigure', 'encoding', I32[args + 1]);
  const errors = encoding === -1 ? -1 : textArgument('reconfigure', 'errors', I32[args + 2]);
  const newline = I32[args + 3];
  if (errors === -1) return 0;
  if (newline !== 0 && newline !== H.NONE && !isStr(newline))
    return raise('TypeError', `reconfigure() argument 'newline' must be str or None, not ${typeName(newline)}`);
  if (goodNewline(newline) === 0) return 0;
  const changes = encoding !== 0 || errors !== 0 || newline !== 0;
  if (changes && hasFlag(o, text.F_READS) && word(o, text.SNAP_LENGTH) >= 0)
    return unsupported('It is not possible to set the encoding or newline of stream after the first read');
  const lineBuffering = I32[args + 4] === 0 || I32[args + 4] === H.NONE ? 2 : isTrue(I32[args + 4]);
  const writeThrough = I32[args + 5] === 0 || I32[args + 5] === H.NONE ? 2 : isTrue(I32[args + 5]);
  if (lineBuffering < 0 || writeThrough < 0 || method0(o, 'flush') === 0) return 0;
  if (changes && change(o, encoding, errors, newline) === 0) return 0;
  if (lineBuffering !== 2) setFlag(o, text.F_LINE_BUFFERING, lineBuffering === 1);
  if (writeThrough !== 2) setFlag(o, text.F_WRITE_THROUGH, writeThrough === 1);
  return H.NONE;
}

/** Another encoding, other errors or newline: 1, or 0 with the exception set. */
function change(o: number, encoding: number, errors: number, newline: number): 1 | 0 {
  if (
    encoding !== 0 &&
    kindOf(toJS(encoding)) === CODEC_OTHER &&
    toJS(encoding) !== 'locale' &&
    knownEncoding(encoding) === 0
  )
    return 0;
  if (encoding !== 0) setHandle(o, text.ENCODING, plainName(encoding));
  if (errors !== 0) setHandle(o, text.ERRORS, errors);
  else if (encoding !== 0) setHandle(o, text.ERRORS, intern('strict'));
  if (newline !== 0) setNewline(o, newline);
  return setCoders(o) === 0 || fixEncoder(o) === 0 ? 0 : 1;
}

// ---------------------------------------------------------------- methods

function detach(args: number): number {
  const o = I32[args];
  if (attached(o) === 0 || method0(o, 'flush') === 0) return 0;
  const stream = streamOf(o);
  if (isBuffered(stream)) setBufferedWrapped(stream, false);
  setHandle(o, text.STREAM, 0);
  setWord(o, text.FLAGS, (text.flagsOf(o) & ~text.F_OK) | text.F_DETACHED);
  return stream;
}

function close(args: number): number {
  const o = I32[args];
  if (attached(o) === 0) return 0;
  const closed = text.isClosed(o);
  if (closed !== 0) return closed < 0 ? 0 : H.NONE;
  method0(o, 'flush');
  return afterwards(() => method0(streamOf(o), 'close')) === 0 ? 0 : H.NONE;
}

const askStream =
  (name: string): MethodRow[1] =>
  (args) =>
    attached(I32[args]) === 0 ? 0 : method0(streamOf(I32[args]), name);

/** name, mode and encoding, as far as they are there. */
function reprText(o: number): number {
  let out = `<${typeName(o)}`;
  for (const name of ['name', 'mode'] as const) {
    const value = lookupAttr(o, intern(name));
    if (value === 0) {
      if (pendingException() !== 0 && !pendingIs('ValueError')) return 0;
      clearException();
      continue;
    }
    const shown = repr(value);
    if (shown === 0) return 0;
    out += ` ${name}=${toJS(shown)}`;
  }
  const encoding = word(o, text.ENCODING);
  if (encoding === 0) return raise('ValueError', 'I/O operation on uninitialized object');
  return fromJS(`${out} encoding=${toJS(repr(encoding))}>`);
}

const whenAttached =
  (get: (o: number) => number): GetSetRow['get'] =>
  (o) =>
    attached(o) === 0 ? 0 : get(o);

function setChunkSize(o: number, value: number): number {
  if (attached(o) === 0) return 0;
  if (value === 0) return raise('AttributeError', 'cannot delete attribute');
  const n = indexNumber(value);
  if (Number.isNaN(n)) return 0;
  if (n <= 0) return raise('ValueError', 'a strictly positive integer is required');
  setWord(o, text.CHUNK_SIZE, Math.min(n, 0x3fffffff));
  return 1;
}

/** Newlines seen: of what was decoded. */
const seen = (o: number): number =>
  hasFlag(o, text.F_READS) && hasFlag(o, text.F_READ_UNIVERSAL) ? newlinesSeen(word(o, text.SEEN)) : H.NONE;

const GETSET: readonly GetSetRow[] = [
  { name: 'encoding', get: (o) => word(o, text.ENCODING) || H.NONE },
  { name: 'errors', get: (o) => word(o, text.ERRORS) || H.NONE },
  { name: 'newlines', get: whenAttached(seen) },
  { name: 'buffer', get: whenAttached(streamOf) },
  { name: 'line_buffering', get: (o) => H.fromBool(hasFlag(o, text.F_LINE_BUFFERING)) },
  { name: 'write_through', get: (o) => H.fromBool(hasFlag(o, text.F_WRITE_THROUGH)) },
  { name: 'name', get: whenAttached((o) => getAttr(streamOf(o), intern('name'))) },
  {
    name: 'closed',
    get: whenAttached((o) => {
      const closed = text.isClosed(o);
      return closed < 0 ? 0 : H.fromBool(closed === 1);
    }),
  },
  { name: '_CHUNK_SIZE', get: whenAttached((o) => intFromNumber(word(o, text.CHUNK_SIZE))), set: setChunkSize },
];

defineType({
  id: T_TEXT_IO_WRAPPER,
  name: 'TextIOWrapper',
  module: '_io',
  base: T_TEXT_IO_BASE,
  kind: L.KIND_RECORD,
  dict: true,
  weakrefs: true,
  doc: `Character and line based layer over a BufferedIOBase object, buffer.

encoding gives the name of the encoding that the stream will be
decoded or encoded with. It defaults to locale.getencoding().

errors determines the strictness of encoding and decoding (see
help(codecs.Codec) or the documentation for codecs.register) and
defaults to "strict".

newline controls how line endings are handled. It can be None, '',
'\\n', '\\r', and '\\r\\n'.`,
  methods: [
    ['detach', detach, [0, 0]],
    [
      'reconfigure',
      reconfigure,
      '(*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)',
    ],
    ['write', write, [1, 1]],
    ['read', read, '(size=-1, /)'],
    ['readline', readline, '(size=-1, /)'],
    ['flush', flush, [0, 0]],
    ['close', close, [0, 0]],
    ['__del__', (args) => (hasFlag(I32[args], text.F_STANDARD) ? H.NONE : finalizeStream(args)), [0, 0]],
    ['fileno', askStream('fileno'), [0, 0]],
    ['seekable', askStream('seekable'), [0, 0]],
    ['readable', askStream('readable'), [0, 0]],
    ['writable', askStream('writable'), [0, 0]],
    ['isatty', askStream('isatty'), [0, 0]],
    ['seek', seek, '(cookie, whence=0, /)'],
    ['tell', tell, [0, 0]],
    ['truncate', truncate, '(pos=None, /)'],
  ],
  getset: GETSET,
  slots: { create: text.newText, init, repr: reprText, next },
});
