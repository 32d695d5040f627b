/** Bytes being written, in the encodings of WebAssembly's binary format. */

export class Bytes {
  #data = new Uint8Array(4096);
  length = 0;

  put(byte: number): void {
    if (this.length === this.#data.length) this.#grow();
    this.#data[this.length++] = byte;
  }

  put2(first: number, second: number): void {
    this.put(first);
    this.put(second);
  }

  /** LEB128. */
  unsigned(n: number): void {
    while (n >>> 0 > 0x7f) {
      this.put((n & 0x7f) | 0x80);
      n >>>= 7;
    }
    this.put(n);
  }

  signed(n: number): void {
    while (n < -64 || n > 63) {
      this.put((n & 0x7f) | 0x80);
      n >>= 7;
    }
    this.put(n & 0x7f);
  }

  /** An instruction whose operand is an index or an offset. */
  indexed(op: number, index: number): void {
    this.put(op);
    this.unsigned(index);
  }

  /** i32.const */
  constant(n: number): void {
    this.put(0x41);
    this.signed(n);
  }

  set(at: number, byte: number): void {
    this.#data[at] = byte;
  }

  append(bytes: Uint8Array): void {
    while (this.length + bytes.length > this.#data.length) this.#grow();
    this.#data.set(bytes, this.length);
    this.length += bytes.length;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#data.length * 2);
    larger.set(this.#data);
    this.#data = larger;
  }

  /** What was written so far: a view of it. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#data.subarray(0, this.length);
  }
}
