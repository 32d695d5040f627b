import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { readRows, type Row, withTypes, wrong } from './rows.js';

describe('objects/numbers', () => {
  withTypes();
  const groups = new Map<string, Row[]>();
  for (const row of readRows('test/objects/numbers.jsonl')) groups.set(row[0], [...(groups.get(row[0]) ?? []), row]);
  for (const [how, rows] of groups) {
    it(`answers ${how} as CPython does (${rows.length} rows)`, () =>
      assert.deepEqual(wrong(rows, isDeepStrictEqual), []));
  }
});
