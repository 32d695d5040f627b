/// <reference path="../../lib/heap/webassembly.d.ts" />
import assert from 'node:assert/strict';
import { parse } from '../../lib/jit/parse.js';
import { assemble, MISS, stubModule } from '../../lib/jit/wasm.js';

type Numbers = (...args: number[]) => number;

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const I = new Int32Array(memory.buffer);
const F = new Float64Array(memory.buffer);

/** The function of a text over a small memory of the test's own. */
function functionOf(text: string, parameters = ['a', 'b'], given: Record<string, Numbers> = {}): Numbers {
  const source = { parameters, locals: ['t', 'k', 'w'], body: parse(text) };
  const { bytes, imports } = assemble(source, () => true);
  const names = Object.fromEntries(imports.names.map((name) => [name, given[name]]));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { m: memory, ...names } });
  return instance.exports['f'] as Numbers;
}

describe('jit/wasm', () => {
  it('binds operators as JavaScript does', () => {
    const values = [0, 1, -1, 7, -13, 0x3fffffff, -0x40000000, 0x7fffffff];
    for (const e of [
      'a + b | 0',
      'a - 1 | b & 7',
      'a ^ b << 2',
      'a & b | a ^ 3',
      '(a >> 2) + (b >>> 28) | 0',
      'a < b === 0 ? 5 : 6',
    ]) {
      const f = functionOf(`return ${e};`);
      const expected = new Function('a', 'b', `return (${e.replace('a < b === 0', '!(a < b)')}) | 0;`) as Numbers;
      for (const a of values) for (const b of values) assert.equal(f(a, b), expected(a, b), `${e} for ${a}, ${b}`);
    }
  });

  it('evaluates && and || only as far as it must', () => {
    let calls = 0;
    const count: Numbers = (n) => {
      calls++;
      return n;
    };
    const f = functionOf('if (a > 0 && called(b) > 0 || called(7) === 7) return 1; return 2;', ['a', 'b'], {
      called: count,
    });
    assert.deepEqual([f(0, 1), calls], [1, 1]);
    assert.deepEqual([f(1, 1), calls], [1, 2]);
    assert.deepEqual([f(1, 0), calls], [1, 4]);
  });

  it('runs loops, and jumps out of blocks', () => {
    const f = functionOf(
      'h0: for (;;) { b1: { if (a === 0) break b1; t = t + a; a = a - 1; continue h0; } return t; }',
      ['a'],
    );
    assert.equal(f(100), 5050);
    assert.equal(f(0), 0);
  });

  it('multiplies ints as doubles, so that an overflow shows', () => {
    const f = functionOf('if (x = a * b, x >= -0x40000000 && x <= 0x3fffffff) return (x << 1) | 1; return 0;');
    assert.equal(f(3, -5), -29);
    assert.equal(f(40000, 40000), 0);
    assert.equal(f(-0x40000000, 1), -0x80000000 | 1);
  });

  it('loads and stores words and doubles, with offsets, and gives what was stored', () => {
    F[9] = 2.5;
    F[10] = -0.5;
    assert.equal(functionOf('F[a + 2] = F[a] * F[a + 1]; return F[a + 2] < 0 ? 1 : 2;', ['a'])(9), 1);
    assert.equal(F[11], -1.25);
    I[40] = 6;
    assert.equal(functionOf('return (I[a + 3 + (b >> 1)] = I[a + 3 + (b >> 1)] - 1 | 0) + I[40];')(35, 5), 10);
    assert.equal(I[40], 5);
  });

  it('reaches a frame by its byte address, also when it moves', () => {
    I[50] = 3;
    I[70] = 4;
    assert.equal(functionOf('t = I[fp + 2]; fp = fp + b; return t * 10 + I[fp + 2] | 0;', ['fp', 'b'])(48, 20), 34);
  });

  it('compares without signs where it is asked to', () => {
    const f = functionOf('return below(a, b);');
    assert.deepEqual([f(1, 2), f(-1, 2), f(2, -1)], [1, 0, 1]);
  });

  it('says what it cannot read', () => {
    assert.throws(() => parse('return a @ b;'), /compiled source: .*@/);
    assert.throws(() => functionOf('return c;'), /c is no variable/);
  });

  it('has stubs that return MISS', () => {
    const stub = new WebAssembly.Instance(new WebAssembly.Module(stubModule(7)), {}).exports['f'] as Numbers;
    assert.equal(stub(1, 2, 3, 4, 5, 6, 7), MISS);
  });
});
