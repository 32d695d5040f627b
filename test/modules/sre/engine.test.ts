import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bytesFromU8 } from '../../../lib/objects/bytes.js';
import { fromJS } from '../../../lib/objects/strings.js';
import { InvalidCode } from '../../../lib/modules/sre/charset.js';
import { generate } from '../../../lib/modules/sre/generate.js';
import { interpreter } from '../../../lib/modules/sre/interpret.js';
import { FULL, machine, NO_MATCH, type Run, SEARCH, TOO_LONG } from '../../../lib/modules/sre/machine.js';
import { compileTree, type Program } from '../../../lib/modules/sre/program.js';
import { newSubject, readSubject } from '../../../lib/modules/sre/subject.js';
import { readPattern } from '../../../lib/modules/sre/tree.js';
import { mountThread, unmountThread } from '../../objects/containers-helpers.js';

type Found = (number | [number, number])[];
/** Text, pos, endpos, then what CPython finds: match, fullmatch, search, finditer. */
type TextRow = [string, number, number, Found | null, Found | null, Found | null, Found[]];
type Row = [pattern: string, flags: number, bytes: boolean, code: number[], groups: number, texts: TextRow[]];

const rows = readFileSync('test/modules/sre/patterns.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

const registers = (program: Program): Found => {
  const out: Found = [];
  for (let i = 0; i < 2 * program.groups; i += 2) {
    const [from, to] = [machine.registers[i], machine.registers[i + 1]];
    out.push(from >= 0 && to >= from ? [from, to] : [-1, -1]);
  }
  out.push(program.lastGroup >= 0 ? program.lastGroup : Math.max(0, machine.registers[2 * program.groups]));
  return out;
};

function all(one: (p: number, advance: number) => Found | null, from: number): Found[] {
  const out: Found[] = [];
  let advance = -1;
  for (let p = from; ; ) {
    const found = one(p, advance);
    if (found === null) return out;
    out.push(found);
    const [start, end] = found[0] as [number, number];
    advance = start === end ? end : -1;
    p = end;
  }
}

/** What a runner finds that differs from CPython, as text. */
function wrong(row: Row, make: (program: Program, shift: number) => Run): string[] {
  const [pattern, flags, isBytes, code, groups, texts] = row;
  const tree = readPattern(code, groups);
  const programs = [compileTree(tree, groups, true), compileTree(tree, groups, false)];
  const out: string[] = [];
  for (const [text, pos, endpos, ...expected] of texts) {
    const subject = newSubject();
    readSubject(subject, isBytes ? bytesFromU8(Buffer.from(text, 'latin1')) : fromJS(text));
    const program = programs[subject.shift === 0 ? 0 : 1];
    const run = make(program, subject.shift);
    const end = Math.min(endpos, subject.length);
    const find = (mode: number, p: number, advance: number): Found | null => {
      const stop = run(subject.base, p, end, mode, advance);
      return stop === NO_MATCH ? null : [[machine.start, stop], ...registers(program)];
    };
    const from = Math.min(pos, subject.length);
    const found = [
      ...[0, FULL, SEARCH].map((mode) => find(mode, from, -1)),
      all((p, advance) => find(SEARCH, p, advance), from),
    ];
    if (JSON.stringify(found) !== JSON.stringify(expected))
      out.push(`${pattern} (${flags}) on ${JSON.stringify(text)}: ${JSON.stringify(found)}`);
  }
  return out;
}

describe('modules/sre/engine', () => {
  before(mountThread);
  after(unmountThread);

  it(`finds by steps what CPython finds (${rows.length} random patterns)`, () => {
    assert.deepEqual(
      rows.flatMap((row) => wrong(row, (program, shift) => interpreter(program, shift, true))),
      [],
    );
  });

  it('finds the same by generated functions', () => {
    assert.deepEqual(
      rows.flatMap((row) => wrong(row, (program, shift) => generate(program, shift)!)),
      [],
    );
  });

  it('refuses or reads mangled code, and never crashes', () => {
    let refused = 0;
    for (const [, , , code, groups] of rows.slice(0, 100)) {
      for (let i = 0; i < code.length; i += 5) {
        const mangled = [...code];
        mangled[i] = (mangled[i] * 7 + 13) % 50;
        try {
          compileTree(readPattern(mangled, groups), groups, true);
        } catch (error) {
          assert.ok(error instanceof InvalidCode, String(error));
          refused++;
        }
      }
    }
    assert.ok(refused > 100);
  });

  // (a+)+b
  const NESTED = [23, 14, 1, 4294967295, 17, 0, 24, 6, 1, 4294967295, 16, 97, 1, 17, 1, 18, 16, 98, 1];

  it('keeps backtracking on the heap: long repetitions of a group', () => {
    const program = compileTree(readPattern(NESTED, 1), 1, true);
    const subject = newSubject();
    readSubject(subject, fromJS(`${'a'.repeat(300000)}b`));
    for (const run of [interpreter(program, 0, true), generate(program, 0)!])
      assert.equal(run(subject.base, 0, subject.length, 0, -1), subject.length);
  });

  it('gives a long interpreted run up for a generated function', () => {
    const program = compileTree(readPattern(NESTED, 1), 1, true);
    const subject = newSubject();
    readSubject(subject, fromJS('a'.repeat(22)));
    assert.equal(interpreter(program, 0, false)(subject.base, 0, 22, 0, -1), TOO_LONG);
    assert.equal(generate(program, 0)!(subject.base, 0, 22, 0, -1), NO_MATCH);
  });
});
