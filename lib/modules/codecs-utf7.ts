/** UTF-7 (RFC 2152), as CPython encodes and decodes it. */
import { type CodecRun, decodeFault } from '../objects/codec-errors.js';
import { codePoints } from '../objects/codecs.js';
import { fromCodePoints } from '../objects/str.js';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PLUS = 43;
const MINUS = 45;
/** Written as they are: letters, digits, white space and the RFC's set D with most of set O. */
const DIRECT = /[A-Za-z0-9'(),\-./:? \t\r\n!"#$%&*;<=>@[\]^_`{|}]/;

const digit = (b: number): number => BASE64.indexOf(String.fromCharCode(b));

export function encodeUtf7(h: number): Uint8Array {
  let out = '';
  let bits = 0;
  let held = 0;
  let shifted = false;
  const put = (unit: number): void => {
    held = (held << 16) | unit;
    bits += 16;
    while (bits >= 6) {
      bits -= 6;
      out += BASE64[(held >>> bits) & 63];
    }
    held &= (1 << bits) - 1;
  };
  const close = (next: string): void => {
    if (bits > 0) out += BASE64[(held << (6 - bits)) & 63];
    if (next === '' || next === '-' || BASE64.includes(next)) out += '-';
    [bits, held, shifted] = [0, 0, false];
  };
  for (const c of codePoints(h)) {
    const char = c < 128 ? String.fromCharCode(c) : '';
    const direct = char !== '' && DIRECT.test(char);
    if (shifted && direct) close(char);
    if (direct) out += char;
    else if (char === '+' && !shifted) out += '+-';
    else {
      if (!shifted) out += '+';
      shifted = true;
      for (const unit of c > 0xffff ? [0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff)] : [c]) put(unit);
    }
  }
  if (shifted) close('');
  return Uint8Array.from(out, (c) => c.charCodeAt(0));
}

class Decoder {
  readonly out: number[] = [];
  private bits = 0;
  private held = 0;
  private high = 0;
  /** Start of the shift sequence; -1 outside of one. */
  start = -1;

  /** Characters before the shift sequence. */
  private before = 0;

  open(at: number): void {
    [this.bits, this.held, this.high, this.start] = [0, 0, 0, at];
    this.before = this.out.length;
  }

  /** Forgets the shift sequence. */
  back(): void {
    this.out.length = this.before;
  }

  /** Is the shift sequence fine as it stands? */
  isWhole(): boolean {
    return this.high === 0 && this.bits < 6 && this.held === 0;
  }

  put(value: number): void {
    this.held = ((this.held << 6) | value) >>> 0;
    this.bits += 6;
    if (this.bits < 16) return;
    this.bits -= 16;
    this.unit((this.held >>> this.bits) & 0xffff);
    this.held &= (1 << this.bits) - 1;
  }

  private unit(unit: number): void {
    if (this.high !== 0 && (unit & 0xfc00) === 0xdc00) {
      this.out.push(0x10000 + ((this.high & 0x3ff) << 10) + (unit & 0x3ff));
      this.high = 0;
      return;
    }
    if (this.high !== 0) this.out.push(this.high);
    this.high = (unit & 0xfc00) === 0xd800 ? unit : 0;
    if (this.high === 0) this.out.push(unit);
  }

  /** Ends the shift sequence; why it is faulty, '' when it is not. */
  close(): string {
    this.start = -1;
    if (this.high !== 0) this.out.push(this.high);
    this.high = 0;
    if (this.bits >= 6) return 'partial character in shift sequence';
    return this.held !== 0 ? 'non-zero padding bits in shift sequence' : '';
  }
}

export function decodeUtf7(run: CodecRun, data: Uint8Array): number {
  const d = new Decoder();
  let i = 0;
  /** Goes on after a fault; false with the exception set. */
  const mend = (start: number, end: number, reason: string): boolean => {
    const fix = decodeFault(run, data, start, end, reason);
    if (fix === undefined) return false;
    for (const c of fix.points) d.out.push(c);
    i = fix.next;
    return true;
  };
  while (i < data.length) {
    const b = data[i]!;
    if (d.start >= 0 && digit(b) >= 0) {
      d.put(digit(b));
      i++;
    } else if (d.start >= 0) {
      const start = d.start;
      const empty = i === start + 1;
      const reason = d.close();
      if (reason !== '' && !mend(start, i + 1, reason)) return 0;
      if (reason !== '') continue;
      if (b === MINUS) {
        if (empty) d.out.push(PLUS);
        i++;
      } else if (empty && !mend(start, i + 1, 'ill-formed sequence')) return 0;
    } else if (b === PLUS) d.open(i++);
    else if (b > 127) {
      if (!mend(i, i + 1, 'unexpected special character')) return 0;
    } else {
      d.out.push(b);
      i++;
    }
  }
  if (d.start >= 0) {
    if (run.partial) {
      d.back();
      run.consumed = d.start;
      return fromCodePoints(d.out);
    }
    if (!d.isWhole() && !mend(d.start, data.length, 'unterminated shift sequence')) return 0;
  }
  run.consumed = data.length;
  return fromCodePoints(d.out);
}
