/** A growing list of 32-bit ints: of positions, or of handles. */
export class IntList {
  data = new Int32Array(64);
  length = 0;

  push2(a: number, b: number): void {
    const at = this.length;
    if (at + 2 > this.data.length) this.grow();
    this.data[at] = a;
    this.data[at + 1] = b;
    this.length = at + 2;
  }

  push3(a: number, b: number, c: number): void {
    const at = this.length;
    if (at + 3 > this.data.length) this.grow();
    this.data[at] = a;
    this.data[at + 1] = b;
    this.data[at + 2] = c;
    this.length = at + 3;
  }

  private grow(): void {
    const data = new Int32Array(this.data.length * 2);
    data.set(this.data);
    this.data = data;
  }
}
