/** Values written in marshal's format (CPython's Python/marshal.c), versions 0 to 5. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { bufferOf } from '../objects/byte-buffer.js';
import { complexImag, complexReal } from '../objects/complex.js';
import { dictSnapshot } from '../objects/dict.js';
import { exceptionType, raise } from '../objects/exceptions.js';
import { floatRepr, floatValue } from '../objects/float.js';
import { intToBigInt } from '../objects/int.js';
import { listSnapshot } from '../objects/list.js';
import { isExact, isInt, isKind, isStr, typeOf } from '../objects/object.js';
import { encodeStr } from '../objects/codecs.js';
import { setItems } from '../objects/set.js';
import { STR_INTERNED, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { packCode } from './marshal-code.js';

const I32 = i32;
const FLAG_REF = 0x80;
/** Nesting that marshal gives up at. */
export const MAX_DEPTH = 2000;

/** What is wrong with a value. */
type Failure = 'unmarshallable' | 'depth' | 'code' | 'encoding';

class Writer {
  private bytes = new Uint8Array(64);
  private length = 0;
  private depth = 0;
  private readonly seen = new Map<number, number>();
  failure: Failure | undefined;

  constructor(
    readonly version: number,
    readonly allowCode: boolean,
  ) {}

  get data(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private room(n: number): number {
    const at = this.length;
    if (at + n > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, at + n));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.length = at + n;
    return at;
  }

  private byte(b: number): void {
    const at = this.room(1);
    this.bytes[at] = b;
  }

  private code(type: string, flag = 0): void {
    this.byte(type.charCodeAt(0) | flag);
  }

  private short(n: number): void {
    this.byte(n & 0xff);
    this.byte((n >> 8) & 0xff);
  }

  private long(n: number): void {
    this.short(n);
    this.short(n >> 16);
  }

  private raw(data: Uint8Array): void {
    const at = this.room(data.length);
    this.bytes.set(data, at);
  }

  private sized(data: Uint8Array): void {
    this.long(data.length);
    this.raw(data);
  }

  private shortText(text: string): void {
    this.byte(text.length);
    this.raw(Buffer.from(text, 'latin1'));
  }

  private double(x: number): void {
    const b = Buffer.alloc(8);
    b.writeDoubleLE(x);
    this.raw(b);
  }

  object(h: number): void {
    if (this.failure !== undefined) return;
    const single = singletonCode(h);
    if (single !== '') {
      this.code(single);
      return;
    }
    if (this.depth >= MAX_DEPTH) {
      this.failure = 'depth';
      return;
    }
    this.depth++;
    const known = this.version < 3 ? undefined : this.seen.get(h);
    if (known !== undefined) {
      this.code('r');
      this.long(known);
    } else {
      if (this.version >= 3) this.seen.set(h, this.seen.size);
      this.value(h, this.version >= 3 ? FLAG_REF : 0);
    }
    this.depth--;
  }

  private value(h: number, flag: number): void {
    const type = typeOf(h);
    if (isInt(h) && type === T.typeHandle(T.T_INT)) this.integer(intToBigInt(h), flag);
    else if (type === T.typeHandle(T.T_FLOAT)) this.numbers('f', 'g', [floatValue(h)], flag);
    else if (isExact(h, L.KIND_COMPLEX)) this.numbers('x', 'y', [complexReal(h), complexImag(h)], flag);
    else if (isStr(h) && type === T.typeHandle(T.T_STR)) this.string(h, flag);
    else this.container(h, flag);
  }

  private container(h: number, flag: number): void {
    if (isExact(h, L.KIND_TUPLE)) this.tuple(h, flag);
    else if (isExact(h, L.KIND_LIST)) this.items('[', listSnapshot(h), flag);
    else if (isExact(h, L.KIND_DICT)) this.dict(h, flag);
    else if (isExact(h, L.KIND_SET)) this.set('<', h, flag);
    else if (isExact(h, L.KIND_FROZENSET)) this.set('>', h, flag);
    else if (isExact(h, L.KIND_SLICE) && this.version >= 5) this.slice(h, flag);
    else if (isKind(h, L.KIND_CODE)) this.codeObject(h, flag);
    else this.buffer(h, flag);
  }

  private integer(n: bigint, flag: number): void {
    if (n >= -0x80000000n && n < 0x80000000n) {
      this.code('i', flag);
      this.long(Number(n));
      return;
    }
    this.code('l', flag);
    const digits: number[] = [];
    for (let rest = n < 0n ? -n : n; rest > 0n; rest >>= 15n) digits.push(Number(rest & 0x7fffn));
    this.long(n < 0n ? -digits.length : digits.length);
    for (const digit of digits) this.short(digit);
  }

  private numbers(text: string, binary: string, values: readonly number[], flag: number): void {
    this.code(this.version > 1 ? binary : text, flag);
    for (const x of values)
      if (this.version > 1) this.double(x);
      else this.shortText(floatRepr(x).replace(/\.0$/, ''));
  }

  private string(h: number, flag: number): void {
    const interned = this.version >= 3 && (H.isChar(h) || (I32[h >>> 2] & STR_INTERNED) !== 0);
    const text = toJS(h);
    if (this.version >= 4 && /^[\x00-\x7f]*$/.test(text)) {
      const data = Buffer.from(text, 'latin1');
      if (data.length < 256) {
        this.code(interned ? 'Z' : 'z', flag);
        this.byte(data.length);
        this.raw(data);
      } else {
        this.code(interned ? 'A' : 'a', flag);
        this.sized(data);
      }
      return;
    }
    const data = encodeStr(h, 'utf-8', 'surrogatepass');
    if (data === undefined) {
      this.failure = 'encoding';
      return;
    }
    this.code(interned ? 't' : 'u', flag);
    this.sized(data);
  }

  private tuple(h: number, flag: number): void {
    const n = tupleLength(h);
    if (this.version >= 4 && n < 256) {
      this.code(')', flag);
      this.byte(n);
    } else {
      this.code('(', flag);
      this.long(n);
    }
    for (let i = 0; i < n; i++) this.object(tupleItem(h, i));
  }

  private items(type: string, values: readonly number[], flag: number): void {
    this.code(type, flag);
    this.long(values.length);
    for (const value of values) this.object(value);
  }

  private dict(h: number, flag: number): void {
    this.code('{', flag);
    const { keys, values } = dictSnapshot(h);
    keys.forEach((key, i) => {
      this.object(key);
      this.object(values[i]);
    });
    this.code('0');
  }

  /** In the order of the items' own data, so that equal sets give equal bytes. */
  private set(type: string, h: number, flag: number): void {
    const pairs = setItems(h).map((key) => {
      const alone = new Writer(this.version, this.allowCode);
      alone.object(key);
      this.failure ??= alone.failure;
      return { key, data: alone.data };
    });
    pairs.sort((a, b) => Buffer.compare(a.data, b.data));
    this.items(
      type,
      pairs.map((p) => p.key),
      flag,
    );
  }

  private slice(h: number, flag: number): void {
    this.code(':', flag);
    for (const w of [L.SLICE_START, L.SLICE_STOP, L.SLICE_STEP]) this.object(I32[(h >>> 2) + w]);
  }

  private codeObject(h: number, flag: number): void {
    if (!this.allowCode) {
      this.failure = 'code';
      return;
    }
    this.code('c', flag);
    this.sized(packCode(h));
  }

  private buffer(h: number, flag: number): void {
    const data = bufferOf(h);
    if (data === undefined) {
      this.code('?', flag);
      this.failure = 'unmarshallable';
      return;
    }
    this.code('s', flag);
    this.sized(data);
  }
}

function singletonCode(h: number): string {
  switch (h) {
    case H.NONE:
      return 'N';
    case H.TRUE:
      return 'T';
    case H.FALSE:
      return 'F';
    case H.ELLIPSIS:
      return '.';
    default:
      return h === exceptionType('StopIteration') ? 'S' : '';
  }
}

/** The data of a value; undefined with the exception set. */
export function marshal(h: number, version: number, allowCode: boolean): Uint8Array | undefined {
  const writer = new Writer(version, allowCode);
  writer.object(h);
  switch (writer.failure) {
    case undefined:
      return writer.data;
    case 'depth':
      return void raise('ValueError', 'object too deeply nested to marshal');
    case 'code':
      return void raise('ValueError', 'marshalling code objects is disallowed');
    case 'unmarshallable':
      return void raise('ValueError', 'unmarshallable object');
    default:
      return undefined;
  }
}
