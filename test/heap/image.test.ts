import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plain } from '../stress.js';

const DIST = join(process.cwd(), 'dist');

/** What a program can see of the built-in types, and some use of them, with collections in between. */
const PROGRAM = `
import gc, sys, builtins
gc.collect()
for name, value in sorted(vars(builtins).items()):
    if isinstance(value, type):
        print(name, value.__mro__, value.__name__, [(k, str(v)[:20]) for k, v in value.__dict__.items()])
class A(dict): pass
class B(Exception): pass
a = A(x=[i for i in range(1000)])
gc.collect()
try: raise B('text')
except B as e: print(e, len(a['x']), sys.intern('append') is sys.intern('app' + 'end'))
`;

interface Run {
  out: string;
  cells: number;
}

function run(dist: string, env: Record<string, string>, args: string[] = []): Run {
  const given = { ...process.env, ...plain('heap/image'), PROTOSPACE_HEAP: '', ...env };
  const command = [join(dist, 'cli.js'), '--stats', ...args, '-c', PROGRAM];
  const r = spawnSync(process.execPath, command, { env: given, encoding: 'utf8', timeout: 60000 });
  assert.equal(r.status, 0, r.stderr);
  return { out: r.stdout, cells: Number(/^cells allocated +(\d+)/m.exec(r.stderr)![1]) };
}

describe('heap/image', function () {
  this.timeout(120000);
  let booted: Run;
  before(() => (booted = run(DIST, { PROTOSPACE_IMAGE: 'off' })));

  for (const heap of ['4g', '256m', '16m']) {
    it(`gives a heap of ${heap} what booting gives`, () => {
      const r = run(DIST, { PROTOSPACE_STRESS: 'verify' }, ['--heap', heap]);
      assert.equal(r.out, booted.out);
      assert.ok(r.cells < booted.cells - 5000, `${r.cells} cells, ${booted.cells} when booting`);
    });
  }

  it('is not read in stress mode, so that booting is stressed', () => {
    const env = { ...process.env, PROTOSPACE_STRESS: '1' };
    const r = spawnSync(process.execPath, [join(DIST, 'cli.js'), '--stats', '-c', 'pass'], { env, encoding: 'utf8' });
    assert.ok(Number(/^cells allocated +(\d+)/m.exec(r.stderr)![1]) > 5000, r.stderr);
  });

  it('is passed over when it is of another build, cut off or missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'protospace-image-'));
    try {
      const scripts = ['cli.js', 'command.js', 'carrier.js', 'runtime.js', 'later.js', 'compiled.js'];
      for (const name of [...scripts, 'package.json', 'boot.image']) cpSync(join(DIST, name), join(folder, name));
      const image = join(folder, 'boot.image');
      const bytes = readFileSync(image);
      const damages = [
        () => rmSync(image),
        () =>
          writeFileSync(
            image,
            bytes.map((b, i) => (i === 9 ? b ^ 1 : b)),
          ),
        () => (writeFileSync(image, bytes), truncateSync(image, bytes.length - 4096)),
        () => truncateSync(image, 100),
      ];
      for (const damage of damages) {
        damage();
        const r = run(folder, { PROTOSPACE_CACHE: 'off' });
        assert.equal(r.out, booted.out);
        assert.ok(r.cells > booted.cells - 5000);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
