/** Numbers collected one by one, in typed memory: an array of JavaScript's own ends the process when it grows too long; this throws a RangeError. */
export class IntVector {
  length = 0;
  #data = new Int32Array(64);

  push(value: number): void {
    if (this.length === this.#data.length) {
      const data = new Int32Array(this.length * 2);
      data.set(this.#data);
      this.#data = data;
    }
    this.#data[this.length++] = value;
  }

  pushAll(values: Iterable<number>): void {
    for (const value of values) this.push(value);
  }

  /** What was pushed. */
  items(): Int32Array {
    return this.#data.subarray(0, this.length);
  }
}

/** V8 makes longer arrays hash tables, unless they grow element by element. */
const FAST_LENGTH = 1 << 25;
/** V8 ends the process when an array grows beyond 2^27 elements; it grows by half. */
const MOST_LENGTH = 80_000_000;

/** An array to be filled with `n` values from the first on. Throws a RangeError when they are too many. */
export function arrayFor(n: number): number[] {
  if (n > MOST_LENGTH) throw new RangeError('Invalid array length');
  return n > FAST_LENGTH ? [] : new Array<number>(n);
}
