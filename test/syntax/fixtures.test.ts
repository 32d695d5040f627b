import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dump, parse, PySyntaxError, type Mode } from '../../lib/syntax/index.js';

type ErrorTuple = [string, string, number | null, number | null, number | null, number | null, string | null];
type Fixture = [mode: Mode, source: string, expected: string | ErrorTuple];

const LOCATION = /(?:, )?lineno=(\d+), col_offset=(\d+), end_lineno=(\d+), end_col_offset=(\d+)/g;

/** The fixtures lie beside the source of this test, which may run from the folder of compiled files. */
function fixtures(): Fixture[] {
  const here = dirname(fileURLToPath(import.meta.url));
  const folders = [here, here.replace(/[\\/]out([\\/]test[\\/]syntax)$/, '$1')];
  for (const folder of folders.reverse()) {
    try {
      return JSON.parse(readFileSync(join(folder, 'fixtures.json'), 'utf8')) as Fixture[];
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
    }
  }
  throw new Error('fixtures.json not found');
}

function compact(text: string): string {
  return text.replace(LOCATION, (_, line: string, col: string, endLine: string, endCol: string) => {
    return `@${line}.${col}-${endLine === line ? '' : `${endLine}.`}${endCol}`;
  });
}

function outcome(mode: Mode, source: string): string | ErrorTuple {
  try {
    return compact(dump(parse(source, '<fixture>', mode), { include_attributes: true }));
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    return [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text];
  }
}

describe('syntax: what CPython 3.14 makes of a source', () => {
  const all = fixtures();

  it('has fixtures of both kinds', () => {
    assert.ok(all.filter((x) => typeof x[2] === 'string').length > 60);
    assert.ok(all.filter((x) => typeof x[2] !== 'string').length > 200);
  });

  for (const [mode, source, expected] of all) {
    const kind = typeof expected === 'string' ? 'tree' : expected[1];
    it(`${mode} ${JSON.stringify(source).slice(0, 60)}: ${kind}`, () => {
      assert.deepEqual(outcome(mode, source), expected);
    });
  }
});
