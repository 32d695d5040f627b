/**
 * Inflate (RFC 1951) that can stop anywhere and go on later, on another thread: its state is a few numbers, the code lengths of the current
 * block and the last 32 KiB of output. Where the input ends in the middle of a symbol or a block header, that is read again when there is
 * more. Messages of errors are zlib's.
 */

export const MODE_HEAD = 0;
export const MODE_STORED = 1;
export const MODE_CODES = 2;
export const MODE_DONE = 3;

export const WINDOW = 32768;
const LENS = 320;

export interface InflateState {
  mode: number;
  /** 1 in the last block. */
  last: number;
  /** Bytes of a stored block still to come. */
  stored: number;
  /** Rest of a match that the output limit cut off. */
  matchLength: number;
  matchDistance: number;
  /** Bits of the first input byte that were read before. */
  bit: number;
  /** Numbers of literal and distance code lengths in `lens`. */
  literals: number;
  distances: number;
  readonly lens: Uint8Array;
  /** The last bytes of output, as many as `have`. */
  readonly window: Uint8Array;
  have: number;
}

export const newState = (): InflateState => ({
  mode: MODE_HEAD,
  last: 0,
  stored: 0,
  matchLength: 0,
  matchDistance: 0,
  bit: 0,
  literals: 0,
  distances: 0,
  lens: new Uint8Array(LENS),
  window: new Uint8Array(WINDOW),
  have: 0,
});

/** Bad data; the message is zlib's. */
export class DataError extends Error {}

const LENGTH_BASE = Uint16Array.from([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const LENGTH_EXTRA = Uint8Array.from([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const DISTANCE_BASE = Uint16Array.from([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const DISTANCE_EXTRA = Uint8Array.from([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Codes by their next `bits` bits: symbol << 4 | length, 0 where there is no code. */
interface Table {
  readonly bits: number;
  readonly codes: Uint16Array;
}

/** Undefined when the lengths make no prefix code; `single`: one code of one bit does too, and none at all. */
function makeTable(lens: Uint8Array, from: number, to: number, single: boolean): Table | undefined {
  const count = new Uint16Array(16);
  for (let i = from; i < to; i++) count[lens[i]!]!++;
  let bits = 15;
  while (bits > 0 && count[bits] === 0) bits--;
  if (bits === 0) return { bits: 1, codes: new Uint16Array(2) };
  let left = 1;
  const next = new Uint16Array(17);
  for (let l = 1; l <= 15; l++) {
    left = left * 2 - count[l]!;
    if (left < 0) return undefined;
    next[l + 1] = (next[l]! + count[l]!) << 1;
  }
  if (left > 0 && !(single && bits === 1)) return undefined;
  const codes = new Uint16Array(1 << bits);
  for (let i = from; i < to; i++) {
    const l = lens[i]!;
    if (l === 0) continue;
    let code = reverse(next[l]!++, l);
    const entry = ((i - from) << 4) | l;
    for (; code < codes.length; code += 1 << l) codes[code] = entry;
  }
  return { bits, codes };
}

function reverse(code: number, length: number): number {
  let r = 0;
  for (let i = 0; i < length; i++, code >>= 1) r = (r << 1) | (code & 1);
  return r;
}

let fixed: readonly [Table, Table] | undefined;
function fixedTables(): readonly [Table, Table] {
  const lens = new Uint8Array(288).fill(8);
  lens.fill(9, 144, 256).fill(7, 256, 280);
  return (fixed ??= [makeTable(lens, 0, 288, false)!, makeTable(new Uint8Array(32).fill(5), 0, 32, false)!]);
}

/** Where decodeFast stopped: bit and output position. */
const fast = { bit: 0, out: 0 };

/**
 * Decodes symbols while there are 64 bits of input and 258 bytes of room left, without looking at either. False at the end of the block, or at
 * what is no valid symbol, which the careful loop then tells.
 */
function decodeFast(
  input: Uint8Array,
  bits: number,
  buffer: Uint8Array,
  room: number,
  lit: Uint16Array,
  dis: Uint16Array,
): void {
  const litMask = lit.length - 1;
  const disMask = dis.length - 1;
  let p = fast.bit;
  let out = fast.out;
  while (p < bits && out < room) {
    let i = p >>> 3;
    let hold = (input[i]! | (input[i + 1]! << 8) | (input[i + 2]! << 16) | (input[i + 3]! << 24)) >>> (p & 7);
    const entry = lit[hold & litMask]!;
    const size = entry & 15;
    if (entry < 4096) {
      if (entry === 0) break;
      buffer[out++] = entry >> 4;
      p += size;
      continue;
    }
    const symbol = (entry >> 4) - 257;
    if (symbol < 0 || symbol > 28) break;
    const lengthExtra = LENGTH_EXTRA[symbol]!;
    const length = LENGTH_BASE[symbol]! + ((hold >>> size) & ((1 << lengthExtra) - 1));
    let q = p + size + lengthExtra;
    i = q >>> 3;
    hold = (input[i]! | (input[i + 1]! << 8) | (input[i + 2]! << 16)) >>> (q & 7);
    const d = dis[hold & disMask]!;
    const code = d >> 4;
    if (d === 0 || code > 29) break;
    q += d & 15;
    i = q >>> 3;
    hold = (input[i]! | (input[i + 1]! << 8) | (input[i + 2]! << 16)) >>> (q & 7);
    const distance = DISTANCE_BASE[code]! + (hold & ((1 << DISTANCE_EXTRA[code]!) - 1));
    if (distance > out) break;
    p = q + DISTANCE_EXTRA[code]!;
    const stop = out + length;
    for (let from = out - distance; out < stop; out++, from++) buffer[out] = buffer[from]!;
  }
  fast.bit = p;
  fast.out = out;
}

/** One call's work: input, output and position. */
export class Inflater {
  private pos: number;
  private bitAt: number;
  private readonly end: number;
  private buffer: Uint8Array;
  private readonly start: number;
  private readonly limit: number;

  /** Goes on from `state` with `input`; gives at most `limit` bytes. */
  constructor(
    private readonly state: InflateState,
    private readonly input: Uint8Array,
    limit: number,
  ) {
    this.start = state.have;
    this.pos = state.have;
    this.limit = state.have + limit;
    this.bitAt = state.bit;
    this.end = input.length * 8;
    this.buffer = new Uint8Array(state.have + Math.min(limit, Math.max(input.length * 4, 1024)) + 300);
    this.buffer.set(state.window.subarray(0, state.have));
  }

  /** Runs until the stream, the input or the room ends. Returns the output; the state holds what is needed to go on. */
  run(): Uint8Array {
    const s = this.state;
    let more = true;
    while (more && s.mode !== MODE_DONE) {
      if (s.mode === MODE_HEAD) more = this.head();
      else if (s.mode === MODE_STORED) more = this.copyStored();
      else more = this.decode();
    }
    this.keepWindow();
    return this.buffer.subarray(this.start, this.pos);
  }

  /** Whole input bytes that were used. The bits used of the byte after them are in the state. */
  get used(): number {
    return this.bitAt >>> 3;
  }

  private keepWindow(): void {
    const s = this.state;
    s.bit = this.bitAt & 7;
    s.have = Math.min(WINDOW, this.pos);
    s.window.set(this.buffer.subarray(this.pos - s.have, this.pos));
  }

  private grow(room: number): void {
    if (this.pos + room <= this.buffer.length) return;
    const buffer = new Uint8Array(Math.max(this.buffer.length * 2, this.pos + room));
    buffer.set(this.buffer.subarray(0, this.pos));
    this.buffer = buffer;
  }

  /** Up to 16 bits at bit p; zeros behind the end. */
  private peek(p: number, n: number): number {
    const { input } = this;
    const i = p >>> 3;
    return (((input[i]! | (input[i + 1]! << 8) | (input[i + 2]! << 16)) >>> (p & 7)) & ((1 << n) - 1)) >>> 0;
  }

  /** Reads a block's header; false when the input ends within it. */
  private head(): boolean {
    const s = this.state;
    const p = this.bitAt;
    if (s.last === 1) {
      s.mode = MODE_DONE;
      return true;
    }
    if (p + 3 > this.end) return false;
    const last = this.peek(p, 1);
    const type = this.peek(p + 1, 2);
    if (type === 3) throw new DataError('invalid block type');
    if (type === 0) return this.headStored(last, (p + 3 + 7) & ~7);
    if (type === 1) {
      s.literals = s.distances = 0;
      this.bitAt = p + 3;
    } else {
      const next = this.readLengths(p + 3);
      if (next < 0) return false;
      this.bitAt = next;
    }
    s.last = last;
    s.mode = MODE_CODES;
    return true;
  }

  private headStored(last: number, p: number): boolean {
    if (p + 32 > this.end) return false;
    const length = this.peek(p, 16);
    if (length !== (this.peek(p + 16, 16) ^ 0xffff)) throw new DataError('invalid stored block lengths');
    this.state.last = last;
    this.state.stored = length;
    this.state.mode = MODE_STORED;
    this.bitAt = p + 32;
    return true;
  }

  /** Reads the code lengths of a dynamic block into the state; the bit behind them, -1 when the input ends before. */
  private readLengths(at: number): number {
    if (at + 14 > this.end) return -1;
    const literals = this.peek(at, 5) + 257;
    const distances = this.peek(at + 5, 5) + 1;
    const count = this.peek(at + 10, 4) + 4;
    if (literals > 286 || distances > 30) throw new DataError('too many length or distance symbols');
    let p = at + 14;
    if (p + count * 3 > this.end) return -1;
    const own = new Uint8Array(19);
    for (let i = 0; i < count; i++, p += 3) own[ORDER[i]!] = this.peek(p, 3);
    const table = makeTable(own, 0, 19, false);
    if (table === undefined || own.every((l) => l === 0)) throw new DataError('invalid code lengths set');
    const lens = new Uint8Array(LENS);
    const next = this.fillLengths(lens, literals + distances, table, p);
    if (next < 0) return -1;
    this.checkLengths(lens, literals, distances);
    this.state.lens.set(lens);
    this.state.literals = literals;
    this.state.distances = distances;
    return next;
  }

  private fillLengths(lens: Uint8Array, count: number, table: Table, at: number): number {
    let p = at;
    for (let i = 0; i < count; ) {
      const entry = table.codes[this.peek(p, table.bits)]!;
      const symbol = entry >> 4;
      const extra = symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
      if (entry === 0 || p + (entry & 15) + extra > this.end) return -1;
      p += entry & 15;
      if (symbol < 16) {
        lens[i++] = symbol;
        continue;
      }
      const repeat = this.peek(p, extra) + (symbol === 18 ? 11 : 3);
      if ((symbol === 16 && i === 0) || i + repeat > count) throw new DataError('invalid bit length repeat');
      lens.fill(symbol === 16 ? lens[i - 1]! : 0, i, i + repeat);
      i += repeat;
      p += extra;
    }
    return p;
  }

  private checkLengths(lens: Uint8Array, literals: number, distances: number): void {
    if (lens[256] === 0) throw new DataError('invalid code -- missing end-of-block');
    if (makeTable(lens, 0, literals, true) === undefined) throw new DataError('invalid literal/lengths set');
    if (makeTable(lens, literals, literals + distances, true) === undefined)
      throw new DataError('invalid distances set');
  }

  /** Copies from a stored block; false when input or room ends first. */
  private copyStored(): boolean {
    const s = this.state;
    const from = this.bitAt >>> 3;
    const n = Math.min(s.stored, this.input.length - from, this.limit - this.pos);
    this.grow(n);
    this.buffer.set(this.input.subarray(from, from + n), this.pos);
    this.pos += n;
    this.bitAt += n * 8;
    s.stored -= n;
    if (s.stored > 0) return false;
    s.mode = MODE_HEAD;
    return true;
  }

  private tables(): readonly [Table, Table] {
    const s = this.state;
    if (s.literals === 0) return fixedTables();
    return [makeTable(s.lens, 0, s.literals, true)!, makeTable(s.lens, s.literals, s.literals + s.distances, true)!];
  }

  /** Decodes symbols; false when input or room ends before the block does. */
  private decode(): boolean {
    const s = this.state;
    const [literals, distances] = this.tables();
    const [lit, litMask] = [literals.codes, literals.codes.length - 1];
    const [dis, disMask] = [distances.codes, distances.codes.length - 1];
    if (s.matchLength > 0) this.copyMatch();
    const { input, end, limit } = this;
    let p = this.bitAt;
    let out = this.pos;
    let buffer = this.buffer;
    for (;;) {
      // Room for one match of decodeFast, which starts below its bound, and for one more.
      if (out + 3 * 258 > buffer.length) {
        this.pos = out;
        this.grow(6 * 258);
        buffer = this.buffer;
      }
      if (out >= limit) break;
      fast.bit = p;
      fast.out = out;
      decodeFast(input, end - 64, buffer, Math.min(limit - 258, buffer.length - 2 * 258), lit, dis);
      p = fast.bit;
      out = fast.out;
      const i = p >>> 3;
      const entry = lit[((input[i]! | (input[i + 1]! << 8) | (input[i + 2]! << 16)) >>> (p & 7)) & litMask]!;
      const size = entry & 15;
      if (p + size > end || entry === 0) {
        if (entry === 0 && p + literals.bits <= end) throw new DataError('invalid literal/length code');
        break;
      }
      const symbol = entry >> 4;
      if (symbol < 256) {
        buffer[out++] = symbol;
        p += size;
        continue;
      }
      if (symbol === 256) {
        this.bitAt = p + size;
        this.pos = out;
        s.mode = MODE_HEAD;
        return true;
      }
      if (symbol > 285) throw new DataError('invalid literal/length code');
      let q = p + size;
      const lengthExtra = LENGTH_EXTRA[symbol - 257]!;
      const length = LENGTH_BASE[symbol - 257]! + this.peek(q, lengthExtra);
      q += lengthExtra;
      const d = dis[this.peek(q, 15) & disMask]!;
      if (d === 0) {
        if (q + distances.bits <= end) throw new DataError('invalid distance code');
        break;
      }
      q += d & 15;
      if (d >> 4 > 29) throw new DataError('invalid distance code');
      const distanceExtra = DISTANCE_EXTRA[d >> 4]!;
      if (q + distanceExtra > end) break;
      const distance = DISTANCE_BASE[d >> 4]! + this.peek(q, distanceExtra);
      if (distance > out) throw new DataError('invalid distance too far back');
      p = q + distanceExtra;
      const stop = Math.min(out + length, limit);
      s.matchLength = out + length - stop;
      s.matchDistance = distance;
      for (; out < stop; out++) buffer[out] = buffer[out - distance]!;
    }
    this.bitAt = p;
    this.pos = out;
    return false;
  }

  /** The rest of a match that did not fit before. */
  private copyMatch(): void {
    const s = this.state;
    this.grow(258);
    const n = Math.min(s.matchLength, this.limit - this.pos);
    for (let i = 0; i < n; i++, this.pos++) this.buffer[this.pos] = this.buffer[this.pos - s.matchDistance]!;
    s.matchLength -= n;
  }
}
