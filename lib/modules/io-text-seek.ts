/**
 * tell() and seek() of text: a position is a cookie that says where to begin in the bytes, in which state the decoder is there, how many
 * bytes to feed it and how many of the characters it then gives to skip. For most encodings that is just a byte position.
 */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { i32, u8 } from '../heap/memory.js';
import { compareOp, hasIndex, index } from '../objects/abstract.js';
import { bytesData, isBytes } from '../objects/bytes.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int.js';
import { asciiEnd, scanned, scanUtf8 } from '../objects/utf8.js';
import { CMP_LT } from '../objects/slots.js';
import { intArgument } from './arguments.js';
import {
  CODEC_UTF8,
  copyToChunk,
  decodeRange,
  dropSnapshot,
  getState,
  resetState,
  setState,
} from './io-text-decode.js';
import { flushPending } from './io-text-write.js';
import { double, method0, method1, method2, setDouble, setWord, unsupported, word } from './io-object.js';
import {
  begin,
  CODEC,
  DECODER,
  dropText,
  ENCODER,
  end,
  F_READS,
  F_SEEKABLE,
  F_START,
  F_TELLING,
  F_WRITES,
  hasFlag,
  RATIO,
  SNAP_FLAGS,
  SNAP_LENGTH,
  SNAP_START,
  setFlag,
  setUsed,
  streamOf,
  textLength,
  textUsed,
  usable,
  withScratchText,
} from './io-text.js';

const I32 = i32;
const U8 = u8;

interface Cookie {
  position: bigint;
  flags: bigint;
  feed: number;
  skip: number;
  eof: boolean;
}

const LIMB = 64n;
const MASK = (1n << LIMB) - 1n;

const packCookie = (c: Cookie): bigint =>
  c.position |
  (c.flags << LIMB) |
  (BigInt(c.feed) << (LIMB * 2n)) |
  (BigInt(c.skip) << (LIMB * 3n)) |
  (BigInt(c.eof ? 1 : 0) << (LIMB * 4n));

const unpackCookie = (n: bigint): Cookie => ({
  position: n & MASK,
  flags: (n >> LIMB) & MASK,
  feed: Number((n >> (LIMB * 2n)) & MASK),
  skip: Number((n >> (LIMB * 3n)) & MASK),
  eof: n >> (LIMB * 4n) !== 0n,
});

const NOTHING = new Uint8Array(0);
const FAILED = -1;

/** Characters that n bytes of the snapshot decode to, from offset `from`; FAILED with the exception set. */
function countCharacters(o: number, from: number, n: number, final: boolean): number {
  const at = (word(o, SNAP_START) >>> 0) + from;
  return decodeRange(o, at, n, final) === 0 ? FAILED : textLength(o);
}

const fresh = (o: number, flags: bigint): 1 | 0 => setState(o, { rest: NOTHING, flags });

/** Finds a place in the snapshot where the decoder has nothing left over, near where `skip` characters end; undefined on error. */
function safeStart(o: number, cookie: Cookie, skip: number): { bytes: number; skip: number } | undefined {
  let bytes = Math.floor(double(o, RATIO) * skip);
  let left = skip;
  let back = 1;
  while (bytes > 0) {
    if (fresh(o, cookie.flags) === 0) return undefined;
    const n = countCharacters(o, 0, bytes, false);
    if (n < 0) return undefined;
    if (n > left) {
      bytes -= back;
      back *= 2;
      continue;
    }
    const state = getState(o);
    if (state === undefined) return undefined;
    if (state.rest.length === 0) {
      cookie.flags = state.flags;
      left -= n;
      return { bytes, skip: left };
    }
    bytes -= state.rest.length;
    back = 1;
  }
  return fresh(o, cookie.flags) === 0 ? undefined : { bytes: 0, skip: left };
}

/** Feeds the decoder byte by byte until it gave `skip` characters; 1, or 0 with the exception set. */
function feedBytes(o: number, cookie: Cookie, from: number, wanted: number): 1 | 0 {
  let skip = wanted;
  let decoded = 0;
  const length = word(o, SNAP_LENGTH);
  for (let i = from; i < length; i++) {
    const n = countCharacters(o, i, 1, false);
    if (n < 0) return 0;
    decoded += n;
    cookie.feed++;
    const state = getState(o);
    if (state === undefined) return 0;
    if (state.rest.length === 0 && decoded <= skip) {
      cookie.position += BigInt(cookie.feed);
      skip -= decoded;
      cookie.flags = state.flags;
      cookie.feed = 0;
      decoded = 0;
    }
    if (decoded >= skip) {
      cookie.skip = skip;
      return 1;
    }
  }
  const n = countCharacters(o, length, 0, true);
  if (n < 0) return 0;
  cookie.eof = true;
  cookie.skip = skip;
  if (decoded + n < skip) return raise('OSError', "can't reconstruct logical file position") as 0;
  return 1;
}

/** Byte offset in the snapshot of the next character, where the text is its valid UTF-8 and nothing else; -1 when it is not. */
function plainOffset(o: number): number {
  const codec = word(o, CODEC);
  const from = word(o, SNAP_START) >>> 0;
  const to = from + word(o, SNAP_LENGTH);
  if (codec !== CODEC_UTF8 || word(o, DECODER) !== 0) return -1;
  if (asciiEnd(from, to) === to) return textLength(o) === to - from ? textUsed(o) : -1;
  if (!scanUtf8(from, to) || scanned.count !== textLength(o)) return -1;
  let at = from;
  for (let left = textUsed(o); left > 0; left--) {
    at++;
    while (at < to && (U8[at] & 0xc0) === 0x80) at++;
  }
  return at - from;
}

/** The cookie of a place within the decoded text: 1, or 0 with the exception set. */
function locate(o: number, cookie: Cookie): 1 | 0 {
  const plain = plainOffset(o);
  if (plain >= 0) {
    cookie.position += BigInt(plain);
    return 1;
  }
  const saved = getState(o);
  if (saved === undefined) return 0;
  const skip = textUsed(o);
  const r = withScratchText(o, () => {
    const start = safeStart(o, cookie, skip);
    if (start === undefined) return 0;
    cookie.position += BigInt(start.bytes);
    cookie.skip = start.skip;
    return start.skip === 0 ? 1 : feedBytes(o, cookie, start.bytes, start.skip);
  });
  return r === 0 || setState(o, saved) === 0 ? 0 : 1;
}

/** tell(). */
export function tell(args: number): number {
  const o = I32[args];
  if (usable(o) === 0) return 0;
  if (!hasFlag(o, F_SEEKABLE)) return unsupported('underlying stream is not seekable');
  if (!hasFlag(o, F_TELLING)) return raise('OSError', 'telling position disabled by next() call');
  if (begin(o) === 0) return 0;
  return end(o, tellLocked(o));
}

function tellLocked(o: number): number {
  if (flushPending(o) === 0 || method0(streamOf(o), 'flush') === 0) return 0;
  const at = method0(streamOf(o), 'tell');
  if (at === 0 || !hasFlag(o, F_READS) || word(o, SNAP_LENGTH) < 0) return at;
  const position = index(at);
  if (position === 0) return 0;
  const cookie: Cookie = {
    position: intToBigInt(position) - BigInt(word(o, SNAP_LENGTH)),
    flags: BigInt(double(o, SNAP_FLAGS)),
    feed: 0,
    skip: 0,
    eof: false,
  };
  if (textUsed(o) > 0 && locate(o, cookie) === 0) return 0;
  return intFromBigInt(packCookie(cookie));
}

// ---------------------------------------------------------------- seek

/** After a move: is a byte order mark due when writing goes on? 1, or 0 with the exception set. */
export function resetEncoder(o: number, start: boolean): 1 | 0 {
  if (!hasFlag(o, F_WRITES)) return 1;
  setFlag(o, F_START, start);
  if (word(o, ENCODER) === 0) return 1;
  const r = start ? method0(word(o, ENCODER), 'reset') : method1(word(o, ENCODER), 'setstate', H.small(0));
  return r === 0 ? 0 : 1;
}

/** seek(0, SEEK_END). */
function seekEnd(o: number): number {
  if (flushPending(o) === 0 || method0(streamOf(o), 'flush') === 0) return 0;
  dropText(o);
  dropSnapshot(o);
  if (hasFlag(o, F_READS) && resetState(o) === 0) return 0;
  const at = method2(streamOf(o), 'seek', H.small(0), H.small(2));
  if (at === 0) return 0;
  const slot = root(at);
  const n = hasIndex(at) ? index(at) : 0;
  const ok = resetEncoder(o, n !== 0 && intToBigInt(n) === 0n);
  unroot(slot);
  return ok === 0 ? 0 : at;
}

/** seek(cookie). */
function seekCookie(o: number, given: number, value: bigint): number {
  const cookie = unpackCookie(value);
  if (flushPending(o) === 0 || method0(streamOf(o), 'flush') === 0) return 0;
  if (method1(streamOf(o), 'seek', intFromBigInt(cookie.position)) === 0) return 0;
  dropText(o);
  dropSnapshot(o);
  const start = cookie.position === 0n && cookie.flags === 0n;
  if (hasFlag(o, F_READS)) {
    if ((start ? resetState(o) : fresh(o, cookie.flags)) === 0) return 0;
    if (restore(o, cookie) === 0) return 0;
  }
  return resetEncoder(o, start) === 0 ? 0 : given;
}

/** Decodes again what the cookie says, and skips: 1, or 0 with the exception set. */
function restore(o: number, cookie: Cookie): 1 | 0 {
  setDouble(o, SNAP_FLAGS, Number(cookie.flags));
  if (cookie.skip === 0) {
    setWord(o, SNAP_LENGTH, 0);
    return 1;
  }
  const input = method1(streamOf(o), 'read', intFromNumber(cookie.feed));
  if (input === 0) return 0;
  if (!isBytes(input))
    return raise('TypeError', `underlying read() should have returned a bytes object, not '${typeName(input)}'`) as 0;
  const at = copyToChunk(o, input);
  const n = bytesData(input).length;
  setWord(o, SNAP_START, at);
  setWord(o, SNAP_LENGTH, n);
  if (decodeRange(o, at, n, cookie.eof) === 0) return 0;
  if (textLength(o) < cookie.skip) return raise('OSError', "can't restore logical file position") as 0;
  setUsed(o, cookie.skip);
  return 1;
}

/** seek(cookie, whence=0). */
export function seek(args: number): number {
  const o = I32[args];
  if (usable(o) === 0) return 0;
  const whence = I32[args + 2] === 0 ? 0 : intArgument(I32[args + 2]);
  if (Number.isNaN(whence)) return 0;
  if (!hasFlag(o, F_SEEKABLE)) return unsupported('underlying stream is not seekable');
  const given = I32[args + 1];
  // What is no number fails as the comparison with 0 that CPython makes first.
  if (!hasIndex(given) && compareOp(given, H.small(0), CMP_LT) === 0) return 0;
  const n = index(given);
  if (n === 0) return 0;
  return seekFrom(o, given, intToBigInt(n), whence);
}

function seekFrom(o: number, given: number, value: bigint, whence: number): number {
  if (whence === 1) {
    if (value !== 0n) return unsupported("can't do nonzero cur-relative seeks");
    const here = method0(o, 'tell');
    if (here === 0) return 0;
    const slot = root(here);
    const r = locked(o, () => seekCookie(o, here, intToBigInt(index(here))));
    unroot(slot);
    return r;
  }
  if (whence === 2) {
    if (value !== 0n) return unsupported("can't do nonzero end-relative seeks");
    return locked(o, () => seekEnd(o));
  }
  if (whence !== 0) return raise('ValueError', `invalid whence (${whence}, should be 0, 1 or 2)`);
  if (value < 0n) return raise('ValueError', `negative seek position ${value}`);
  return locked(o, () => seekCookie(o, given, value));
}

function locked(o: number, run: () => number): number {
  if (begin(o) === 0) return 0;
  setFlag(o, F_TELLING, hasFlag(o, F_SEEKABLE));
  return end(o, run());
}

/** truncate(pos=None). */
export function truncate(args: number): number {
  const o = I32[args];
  if (usable(o) === 0 || method0(o, 'flush') === 0) return 0;
  return method1(streamOf(o), 'truncate', I32[args + 1] === 0 ? H.NONE : I32[args + 1]);
}
