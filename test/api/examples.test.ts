import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plain } from '../stress.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const TITLE = 'examples for programs of Node';

describe(TITLE, function () {
  this.timeout(120_000);

  const run = (name: string): string[] => {
    const options = { encoding: 'utf8' as const, timeout: 100_000, env: { ...process.env, ...plain(TITLE) } };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'examples', name)], options);
    assert.equal(status, 0, stderr);
    return stdout.trimEnd().split('\n');
  };

  it('embed.mjs', () => {
    assert.deepEqual(run('embed.mjs'), [
      '2 ** 100 = 1267650600228229401496703205376n',
      'python says: 2 orders',
      'total: 11.25',
      'python says: 2 orders',
      'with a discount: 10.12',
      'an object of type Counter with 5 times a',
      '2262 primes below 20000',
      "KeyError: 'missing'",
      'TimeoutError after a timer fired many times',
    ]);
  });

  it('heap.mjs', () => {
    const lines = run('heap.mjs');
    assert.equal(lines[0], 'a text that is a little longer (address kept: true)');
    assert.deepEqual(lines.slice(-4), [
      'depth of contexts: 1',
      'bytes taken back at return: millions',
      'collections meanwhile: 0',
      'still there: a dict',
    ]);
  });

  it('share-handle.mjs', () => {
    assert.deepEqual(run('share-handle.mjs'), [
      "the Worker saw { sum: 7000000, last: [ 999, 'row 999' ] }",
      'and left a note: seen by another thread',
    ]);
  });
});
