import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patience } from '../stress.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

describe('carrier/repl', function () {
  this.timeout(60_000);

  it('on a terminal: values, blocks, errors, the exit code', function () {
    if (!existsSync('/usr/bin/script')) this.skip();
    const typed = [
      'x = 5',
      'x * 2',
      'if x:',
      '  print("block")',
      '',
      'def f():',
      '  return 1/0',
      '',
      'f()',
      'y = = 1',
      'raise SystemExit(4)',
      '',
    ];
    const command = `sleep 0.5; printf '%s\\n' ${typed.map((line) => `'${line}'`).join(' ')}; sleep 2`;
    const child = spawnSync('sh', ['-c', `(${command}) | script -qec "${process.execPath} ${cli}" /dev/null`], {
      encoding: 'utf8',
      timeout: patience(50_000),
    });
    const out = child.stdout.replaceAll('\r\n', '\n');
    assert.match(out, /\n>>> .*10\n/);
    assert.match(out, /block\n/);
    assert.match(
      out,
      / {2}File "<python-input-4>", line 1, in <module>\n {4}f\(\)\n {4}~\^\^\n {2}File "<python-input-3>", line 2, in f\n {4}return 1\/0/,
    );
    assert.match(out, / {2}File "<python-input-5>", line 1\n {4}y = = 1\n {8}\^\nSyntaxError: invalid syntax\n/);
    assert.equal(child.status, 4);
  });
});
