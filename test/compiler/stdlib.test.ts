import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from '../../lib/compiler/index.js';
import { dis } from '../../lib/compiler/dis.js';
import type { CodeUnit } from '../../lib/compiler/code.js';
import { ROW_OF } from '../../lib/compiler/opcodes.js';
import { verify } from '../../lib/compiler/verify.js';
import { parse } from '../../lib/syntax/index.js';

const path = (name: string): string => fileURLToPath(new URL(`../../../dist/stdlib/${name}`, import.meta.url));
/** A sample; `npm run check:compiler` takes all. */
const SAMPLE = [
  'dataclasses',
  'typing',
  'argparse',
  'enum',
  'pickle',
  'asyncio/tasks',
  'json/decoder',
  'tarfile',
  '_pydatetime',
];

const allUnits = (unit: CodeUnit): CodeUnit[] => [
  unit,
  ...unit.consts.flatMap((c) => (c.t === 'code' ? allUnits(c.v) : [])),
];

describe('compiler over the standard library', function () {
  this.timeout(60_000);
  for (const name of SAMPLE)
    it(`${name}: sound code, every instruction in the listing`, () => {
      const file = path(`${name}.py`);
      const options = { onWarning: () => {} };
      const unit = compile(parse(readFileSync(file), file, 'exec', options), file, 'exec', options);
      assert.deepEqual(verify(unit), []);
      const listing = dis(unit);
      const units = allUnits(unit);
      const shown = listing.match(/^[ \d]{5} [> ] +\d+ [A-Z_\d]+/gm) ?? [];
      assert.equal(
        shown.length,
        units.reduce((sum, u) => sum + u.code.length, 0),
      );
      for (const u of units)
        assert.ok(listing.includes(`${u.qualname} (${file}:${u.firstlineno}), stack ${u.stacksize}`));
      for (const u of units) for (const ins of u.code) assert.ok(ROW_OF[ins & 255] !== undefined);
    });
});
