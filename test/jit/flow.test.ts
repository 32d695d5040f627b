import assert from 'node:assert/strict';
import * as O from '../../lib/compiler/opcodes.js';
import { blocksFrom } from '../../lib/jit/flow.js';

const code = (...rows: [number, number][]): Int32Array => Int32Array.from(rows.map(([op, arg]) => O.encode(op, arg)));
const all = (): 'yes' => 'yes';

describe('jit/flow', () => {
  // while a: if b: c
  const loop = code(
    [O.OP_LOAD_FAST, 0],
    [O.OP_POP_JUMP_IF_FALSE, 5],
    [O.OP_LOAD_FAST, 1],
    [O.OP_POP_JUMP_IF_FALSE, 2],
    [O.OP_LOAD_FAST, 2],
    [O.OP_POP_TOP, 0],
    [O.OP_JUMP_BACKWARD, -7],
    [O.OP_LOAD_IMM, 6],
    [O.OP_RETURN_VALUE, 0],
  );

  it('finds blocks, loops and where paths meet', () => {
    const blocks = blocksFrom(loop, 0, 0, all)!;
    const at = (start: number) => blocks.find((b) => b.start === start)!;
    assert.deepEqual(blocks.map((b) => b.start).sort(), [0, 2, 4, 6, 7]);
    assert.ok(at(0).isLoop);
    assert.equal(at(6).forward, 2);
    assert.equal(at(6).dominator, at(2));
    assert.deepEqual(at(6).next, [at(0)]);
  });

  it('goes from the middle of a loop', () => {
    const blocks = blocksFrom(loop, 2, 0, all)!;
    assert.equal(blocks[0].start, 2);
    assert.ok(blocks[0].isLoop);
  });

  it('ends a block at what is left to the interpreter', () => {
    const blocks = blocksFrom(loop, 0, 0, (ins) => ((ins & 0xff) === O.OP_POP_TOP ? 'leave' : 'yes'))!;
    assert.deepEqual(blocks.find((b) => b.start === 4)!.next, []);
  });

  it('refuses a loop with two ways in', () => {
    const twoWays = code(
      [O.OP_LOAD_FAST, 0],
      [O.OP_POP_JUMP_IF_FALSE, 2],
      [O.OP_LOAD_FAST, 1],
      [O.OP_POP_TOP, 0],
      [O.OP_NOP, 0],
      [O.OP_JUMP_BACKWARD, -4],
    );
    assert.equal(blocksFrom(twoWays, 0, 0, all), undefined);
  });
});
