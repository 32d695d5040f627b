import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { stressCollect } from '../../lib/heap/stress.js';
import { patience } from '../stress.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

describe(`cli/main (${allocatorKind})`, function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-cli-'));
    writeFileSync(join(folder, 'show.py'), 'import sys\nprint(sys.argv, sys.path[0], __name__)\n');
    mkdirSync(join(folder, 'empty'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(args: string[], input = '', env: Record<string, string> = {}) {
    const child = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      input,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: patience(50_000),
    });
    return { code: child.status, out: child.stdout, err: child.stderr };
  }
  const show = 'import sys\nprint(sys.argv, repr(sys.path[0]), __name__)\n';

  it('sys.argv and sys.path[0] are those of CPython', () => {
    assert.equal(run(['show.py', 'a', '-b']).out, `['show.py', 'a', '-b'] ${folder} __main__\n`);
    assert.equal(run(['-c', show, 'x']).out, "['-c', 'x'] '' __main__\n");
    assert.equal(run([], show).out, "[''] '' __main__\n");
    assert.equal(run(['-', 'a'], show).out, "['-', 'a'] '' __main__\n");
  });

  it('__file__ of a piped program is <stdin>, and -c has none', () => {
    const text = 'print(globals().get("__file__"))\n';
    assert.equal(run([], text).out, '<stdin>\n');
    assert.equal(run(['-', 'a'], text).out, '<stdin>\n');
    assert.equal(run(['-c', text]).out, 'None\n');
  });

  it('PYTHONPATH comes before the standard library', () => {
    const { out } = run(['-c', 'import sys; print(sys.path[1:3])'], '', { PYTHONPATH: `${folder}:/other` });
    assert.equal(out, `['${folder}', '/other']\n`);
  });

  const exits: [string, number, string][] = [
    ['pass', 0, ''],
    ['import sys; sys.exit()', 0, ''],
    ['import sys; sys.exit(3)', 3, ''],
    ['import sys; sys.exit(300)', 44, ''],
    ['import sys; sys.exit(-1)', 255, ''],
    ['import sys; sys.exit(True)', 1, ''],
    ['import sys; sys.exit(False)', 0, ''],
    ['import sys; sys.exit(2**70)', 255, ''],
    ['import sys; sys.exit("a message")', 1, 'a message\n'],
    ['raise SystemExit([1])', 1, '[1]\n'],
    ['import os; os._exit(9)', 9, ''],
    ['exit(6)', 6, ''],
    ['quit("done")', 1, 'done\n'],
  ];
  for (const [code, status, err] of exits)
    it(`exit code of ${code}`, () => assert.deepEqual(run(['-c', code]), { code: status, out: '', err }));

  it('an uncaught exception prints its traceback, with the lines of -c, of a piped program and of a file', () => {
    const code = 'def f():\n  return 1 / 0\nf()\n';
    const traceback = (file: string) =>
      `Traceback (most recent call last):\n  File "${file}", line 3, in <module>\n    f()\n    ~^^\n` +
      `  File "${file}", line 2, in f\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n`;
    assert.deepEqual(run(['-c', code]), { code: 1, out: '', err: traceback('<string>') });
    assert.deepEqual(run([], code), { code: 1, out: '', err: traceback('<stdin>') });
    writeFileSync(join(folder, 'fails.py'), code);
    assert.deepEqual(run(['fails.py']), { code: 1, out: '', err: traceback(join(folder, 'fails.py')) });
  });

  it('a syntax error is shown as CPython shows it', () => {
    const err = '  File "<string>", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n';
    assert.deepEqual(run(['-c', 'x = = 1']), { code: 1, out: '', err });
  });

  it('a misspelt keyword is named, in a file and in -c', () => {
    const shown = (file: string) =>
      `  File "${file}", line 1\n    whille True:\n    ^^^^^^\nSyntaxError: invalid syntax. Did you mean 'while'?\n`;
    const code = 'whille True:\n  pass\n';
    writeFileSync(join(folder, 'misspelt.py'), code);
    assert.deepEqual(run(['misspelt.py']), { code: 1, out: '', err: shown(join(folder, 'misspelt.py')) });
    assert.deepEqual(run(['-c', code]), { code: 1, out: '', err: shown('<string>') });
  });

  it('a missing file, an unknown option, an impossible value: one line, exit code 2', () => {
    const missing = `protospace: can't open file '${join(folder, 'no.py')}': [Errno 2] No such file or directory\n`;
    assert.deepEqual(run(['no.py']), { code: 2, out: '', err: missing });
    assert.deepEqual(run(['--no-such']), {
      code: 2,
      out: '',
      err: 'protospace: unknown option --no-such; --help lists the options\n',
    });
    assert.deepEqual(run(['--heap', '1']), {
      code: 2,
      out: '',
      err: 'protospace: --heap 1: not a size between 16m and 4g\n',
    });
    assert.deepEqual(run(['-c', '1'], '', { PROTOSPACE_CARRIERS: 'many' }), {
      code: 2,
      out: '',
      err: 'protospace: PROTOSPACE_CARRIERS=many: not a number between 1 and 128\n',
    });
  });

  it('a folder without __main__.py is refused as by CPython', () => {
    const err = `protospace: can't find '__main__' module in '${join(folder, 'empty')}'\n`;
    assert.deepEqual(run(['empty']), { code: 1, out: '', err });
  });

  it('--version and --help print on standard output', () => {
    assert.match(run(['--version']).out, /^protospace \d+\.\d+\.\d+ \(Python 3\.14\)\n$/);
    const { code, out, err } = run(['--help']);
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, /^usage: protospace /);
  });

  it('--stats prints every counter on standard error, after what the program wrote', () => {
    const { out, err } = run([
      '--stats',
      '-c',
      'def f():\n  x = [1]\n  return 2\nfor i in range(1000): f()\nprint("done")',
    ]);
    assert.equal(out, 'done\n');
    const rows = new Map(
      err
        .trimEnd()
        .split('\n')
        .map((line) => /^(.*?)\s{2,}(.*)$/.exec(line)!.slice(1) as [string, string]),
    );
    assert.deepEqual(
      [...rows.keys()],
      [
        'memory alive at the last collection',
        'memory free',
        'memory committed',
        'allocated a second',
        'cells allocated',
        'cells reclaimed at return',
        'cells reclaimed by young collection',
        'cells reclaimed by the collector',
        'batches, native allocator',
        'batches, TypeScript allocator',
        'contexts pushed',
        'threads',
        'collections',
        'longest pause',
        'pauses, median',
        'pauses, 99th percentile',
        'their CPU time, 99th percentile',
        'locks taken',
        'functions and loops compiled',
        'compiled code entered',
        'compiled code left',
      ],
    );
    assert.ok(Number(rows.get('cells reclaimed at return')) >= 1000);
    assert.ok(Number(rows.get('contexts pushed')) >= 1000);
    assert.equal(rows.get('locks taken'), '0');
    const served = Number(
      rows.get(allocatorKind === 'ts' ? 'batches, TypeScript allocator' : 'batches, native allocator'),
    );
    assert.ok(served > 0, 'the allocator that was asked for served the batches');
  });

  it('--stats=json prints what space.stats() gives, as one line', () => {
    const lists = stressCollect ? 20_000 : 100_000;
    const code = `import gc\nl = [[i] for i in range(${lists})]\ngc.collect()\nfor i in range(100): f = lambda: [1]; f()`;
    const stats = JSON.parse(run(['--stats=json', '-c', code]).err) as Record<string, number> & {
      pauses: { upToMicroseconds: number; count: number }[];
    };
    // A list and its item's storage are 128 bytes.
    assert.ok(stats.bytesLive! > lists * 120 && stats.bytesLive! < lists * 120 + 18e6, String(stats.bytesLive));
    assert.ok(stats.bytesCommitted! >= stats.bytesLive! && stats.bytesCommitted! < 200e6, String(stats.bytesCommitted));
    assert.ok(stats.bytesFree! > 3.5e9 && stats.bytesFree! + stats.bytesLive! < 2 ** 32, String(stats.bytesFree));
    // Collections at every safepoint take nearly all of the time.
    assert.ok(stats.bytesAllocatedPerSecond! > 1e6 / patience(10));
    assert.ok(stats.bytesReclaimedAtReturn! > 0);
    assert.ok(stats.collections! >= 1);
    // A collection that marks beside the program has several.
    const pauses = stats.pauses.reduce((sum, { count }) => sum + count, 0);
    assert.ok(pauses >= stats.collections!, `${pauses} pauses, ${stats.collections} collections`);
    assert.ok(stats.pauses.at(-1)!.upToMicroseconds <= stats.longestPauseMicroseconds!);
  });

  it('--allocator chooses', () => {
    const batches = (kind: string, row: string): number =>
      Number(new RegExp(`${row} +(\\d+)`).exec(run(['--allocator', kind, '--stats', '-c', 'pass']).err)![1]);
    assert.ok(batches('ts', 'TypeScript allocator') > 0);
    assert.equal(batches('ts', 'native allocator'), 0);
  });

  it('--dis prints the bytecode and runs nothing', () => {
    const { code, out } = run(['--dis', '-c', 'print("not run")\ndef f(a): return a']);
    assert.equal(code, 0);
    assert.match(out, /^<module> \(<string>:1\)/);
    assert.match(out, /RETURN_VALUE/);
    assert.match(out, /\nf \(<string>:2\)/);
    assert.doesNotMatch(out, /^not run$/m);
    assert.match(run(['--dis', '-c', 'x = = 1']).err, /SyntaxError: invalid syntax/);
  });

  it('--dis prints the bytecode of a module and of a folder, and runs neither', () => {
    mkdirSync(join(folder, 'shown'));
    writeFileSync(join(folder, 'shown', '__main__.py'), 'print("not run")\n');
    for (const target of [['shown'], ['-m', 'shown']]) {
      const { code, out } = run(['--dis', ...target]);
      assert.equal(code, 0);
      assert.ok(out.startsWith(`<module> (${join(folder, 'shown', '__main__.py')}:1)`), out);
      assert.doesNotMatch(out, /^not run$/m);
    }
    const { code, err } = run(['--dis', '-m', 'no_such_module']);
    assert.deepEqual([code, err], [1, 'No module named no_such_module\n']);
  });

  it('--heap is the limit: MemoryError in a small one, and what fits runs', () => {
    const code = 'try:\n  x = [None] * 10_000_000\nexcept MemoryError:\n  print("MemoryError")\nprint(len([0] * 1000))';
    assert.equal(run(['--heap', '16m', '-c', code]).out, 'MemoryError\n1000\n');
  });
});
