import assert from 'node:assert/strict';
import type { CodeUnit } from '../../lib/compiler/code.js';
import { compile } from '../../lib/compiler/index.js';
import * as op from '../../lib/compiler/opcodes.js';
import { stackSize, verify } from '../../lib/compiler/verify.js';
import { parse } from '../../lib/syntax/index.js';

const SOURCE = `
def f(a, b):
    try:
        for x in a:
            if x > 1.5 and x != b: print(x, a.real, "text")
    except ValueError as e:
        raise KeyError from e
    return a
`;

const moduleUnit = (source: string): CodeUnit => compile(parse(source, 'f.py', 'exec'), 'f.py', 'exec');

/** A fresh unit of the function f. */
function sound(): CodeUnit {
  const f = moduleUnit(SOURCE).consts.find((c) => c.t === 'code');
  assert.ok(f?.t === 'code');
  return f.v;
}

const instruction = (opcode: number, arg = 0): number => opcode | (arg << 8);

/** Index of the first instruction with this opcode. */
function find(unit: CodeUnit, opcode: number): number {
  const i = unit.code.findIndex((ins) => (ins & 255) === opcode);
  assert.ok(i >= 0, op.ROW_OF[opcode]?.name);
  return i;
}

function withOperand(unit: CodeUnit, kind: string): number {
  const i = unit.code.findIndex((ins) => op.ROW_OF[ins & 255]?.operand === kind);
  assert.ok(i >= 0, kind);
  return i;
}

/** A unit of these instructions alone. */
function made(code: number[], more: Partial<CodeUnit> = {}): CodeUnit {
  const unit = sound();
  return { ...unit, code: Int32Array.from(code), exceptionTable: new Int32Array(0), ...more };
}

const NONE = instruction(op.OP_LOAD_IMM, 0);
const RETURN = instruction(op.OP_RETURN_VALUE);
const POP = instruction(op.OP_POP_TOP);

describe('compiler/verify', () => {
  it('finds nothing in what the compiler makes', () => {
    assert.deepEqual(verify(sound()), []);
    assert.deepEqual(verify(made([NONE, RETURN])), []);
    assert.equal(stackSize(sound()) <= sound().stacksize, true);
  });

  /** What is planted, how, and what the verifier says. */
  const plants: [string, () => CodeUnit, RegExp][] = [
    ['a pop of an empty stack', () => made([POP, NONE, RETURN]), /POP_TOP: pops 1 of 0/],
    ['a return of nothing', () => made([RETURN]), /RETURN_VALUE: pops 1 of 0/],
    [
      'a stack deeper than declared',
      () => made([NONE, NONE, NONE, RETURN], { stacksize: 2 }),
      /stack of 3, declared 2/,
    ],
    ['code that runs off its end', () => made([NONE]), /goes to 1/],
    ['no code at all', () => made([]), /goes to 0/],
    ['a jump behind the end', () => made([instruction(op.OP_JUMP_FORWARD, 50), NONE, RETURN]), /goes to 51/],
    ['a jump before the start', () => made([instruction(op.OP_JUMP_BACKWARD, -9)]), /goes to -8/],
    [
      'paths that meet with different depths',
      () =>
        made([NONE, instruction(op.OP_POP_JUMP_IF_FALSE, 1), NONE, NONE, RETURN], {
          stacksize: 9,
        }),
      /is reached with depths/,
    ],
    ['an opcode that is none', () => made([instruction(255), NONE, RETURN]), /no such opcode/],
    [
      'an argument where there is none',
      () => made([NONE, instruction(op.OP_RETURN_VALUE, 3)]),
      /RETURN_VALUE: argument 3/,
    ],
  ];
  for (const [what, plant, says] of plants) it(`finds ${what}`, () => assert.match(verify(plant()).join('\n'), says));

  const indexed: [string, number][] = [
    ['slot', 999],
    ['const', 999],
    ['site', 999],
    ['slot', -1],
  ];
  for (const [kind, arg] of indexed)
    it(`finds ${kind} ${arg}, which does not exist`, () => {
      const unit = sound();
      const i = withOperand(unit, kind);
      unit.code[i] = instruction(unit.code[i]! & 255, arg);
      assert.match(verify(unit).join('\n'), new RegExp(`argument ${arg}`));
    });

  it('finds a jump turned round', () => {
    const unit = sound();
    const i = find(unit, op.OP_JUMP_BACKWARD);
    unit.code[i] = instruction(op.OP_JUMP_BACKWARD, 1);
    assert.match(verify(unit).join('\n'), /JUMP_BACKWARD: argument 1/);
  });

  const rows: [string, number, number][] = [
    ['start behind its end', 0, 9999],
    ['end outside', 1, 9999],
    ['handler outside', 2, 9999],
    ['handler that keeps more than there is', 3, 100 << 1],
  ];
  for (const [what, column, value] of rows)
    it(`finds a row of the exception table with ${what}`, () => {
      const unit = sound();
      unit.exceptionTable[column] = value;
      assert.notDeepEqual(verify(unit), []);
    });

  it('finds slots without kinds, and faults of code among the constants', () => {
    assert.match(verify({ ...sound(), localspluskinds: new Uint8Array(1) }).join('\n'), /slots without kinds/);
    const module = moduleUnit(SOURCE);
    const f = module.consts.find((c) => c.t === 'code');
    assert.ok(f?.t === 'code');
    f.v.code[0] = POP;
    assert.match(verify(module).join('\n'), /^f: 0 POP_TOP: pops 1 of 0/m);
  });
});
