/** Puts a result together from parts of one text and whole texts, in one allocation. Holds handles: the caller roots them where Python code may run. */
import * as L from '../../heap/layout.generated.js';
import { i32, u8 } from '../../heap/memory.js';
import { bufferOf } from '../../objects/byte-buffer.js';
import { bytesStart, newBytes } from '../../objects/bytes.js';
import { raise, typeName } from '../../objects/exceptions.js';
import * as H from '../../heap/handles.js';
import { isStr } from '../../objects/object.js';
import { copyChars, isAscii, MAX_BYTES, plainCopy, shiftOf } from '../../objects/str.js';
import { EMPTY, newStr, STR_ASCII, strCharAt, strLength } from '../../objects/strings.js';
import { IntList } from './int-list.js';
import { sliceOf } from './subject.js';

const I32 = i32;
const U8 = u8;

export class Builder {
  /** Triples: a text (0: the source), from, to. */
  private readonly parts = new IntList();
  private length = 0;

  constructor(
    private readonly source: number,
    private readonly isBytes: boolean,
  ) {}

  /** The part [from, to) of the source. */
  slice(from: number, to: number): void {
    if (from >= to) return;
    this.parts.push3(0, from, to);
    this.length += to - from;
  }

  /** A whole text; -1 stands for its length until the end, where its type is checked. */
  text(h: number): void {
    this.parts.push3(h, 0, -1);
  }

  /** str or bytes; 0 with TypeError set when a part is of another type. */
  finish(): number {
    return this.isBytes ? this.finishBytes() : this.finishStr();
  }

  private finishStr(): number {
    const { data: parts, length: n } = this.parts;
    let shift = 0;
    let ascii = true;
    let length = this.length;
    let widest = 0;
    for (let i = 0; i < n; i += 3) {
      const h = parts[i]!;
      if (h === 0) continue;
      if (!isStr(h)) return this.refuse(i, 'expected str instance');
      parts[i + 2] = strLength(h);
      length += parts[i + 2]!;
      if (parts[i + 2] === 0) continue;
      shift = Math.max(shift, shiftOf(h));
      ascii &&= isAscii(h);
    }
    if (this.source !== 0 && this.length > 0 && !isAscii(this.source)) widest = this.widest();
    shift = Math.max(shift, widest < 0x100 ? 0 : widest < 0x10000 ? 1 : 2);
    if (length * (1 << shift) > MAX_BYTES)
      return raise('OverflowError', 'join() result is too long for a Python string');
    return length < 2 ? this.short(length) : this.write(length, shift, ascii && widest < 128);
  }

  private short(length: number): number {
    if (length === 0) return EMPTY;
    const { data: parts, length: n } = this.parts;
    for (let i = 0; i < n; i += 3) {
      if (parts[i + 1] === parts[i + 2]) continue;
      return parts[i] === 0 ? sliceOf(this.source, parts[i + 1]!, parts[i + 2]!) : plainCopy(parts[i]!);
    }
    return EMPTY;
  }

  private write(length: number, shift: number, ascii: boolean): number {
    const s = newStr(length, shift, ascii ? STR_ASCII : 0);
    const data = I32[(s >>> 2) + L.STR_DATA]!;
    const { source } = this;
    const { data: parts, length: n } = this.parts;
    let at = 0;
    for (let i = 0; i < n; i += 3) {
      const [from, to] = [parts[i + 1]!, parts[i + 2]!];
      copyChars(parts[i]! === 0 ? source : parts[i]!, from, to, data, shift, at);
      at += to - from;
    }
    return s;
  }

  /** The widest character of the parts of the source. */
  private widest(): number {
    const { source } = this;
    const { data: parts, length: n } = this.parts;
    let max = 0;
    for (let i = 0; i < n; i += 3) {
      if (parts[i] !== 0) continue;
      for (let j = parts[i + 1]!; j < parts[i + 2]!; j++) {
        const c = strCharAt(source, j);
        if (c > max) max = c;
      }
    }
    return max;
  }

  private refuse(i: number, expected: string): number {
    return raise('TypeError', `sequence item ${i / 3}: ${expected}, ${typeName(this.parts.data[i]!)} found`);
  }

  private finishBytes(): number {
    const { data: parts, length: n } = this.parts;
    const source = this.source === 0 ? U8.subarray(0, 0) : bufferOf(this.source)!;
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let i = 0; i < n; i += 3) {
      const h = parts[i]!;
      const piece = h === 0 ? source.subarray(parts[i + 1]!, parts[i + 2]!) : H.isChar(h) ? undefined : bufferOf(h);
      if (piece === undefined) return this.refuse(i, 'expected a bytes-like object');
      pieces.push(piece);
      length += piece.length;
    }
    const out = newBytes(length);
    let at = bytesStart(out);
    for (const piece of pieces) {
      U8.set(piece, at);
      at += piece.length;
    }
    return out;
  }
}
