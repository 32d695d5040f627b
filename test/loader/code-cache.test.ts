import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheName, userCacheFolder } from '../../lib/loader/bundle-files.js';
import { runCached } from '../../lib/loader/code-cache.js';

const SOURCE = '(function () { function f(x) { return x * 2; } return f(21); })';

describe('loader/code-cache', () => {
  let folder: string;
  let file: string;
  let cache: string;
  const before = process.env.PROTOSPACE_CACHE;
  const call = (value: unknown): unknown => (value as () => unknown)();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-cache-'));
    file = join(folder, 'bundle.js');
    cache = join(folder, 'cache');
    writeFileSync(file, SOURCE);
    process.env.PROTOSPACE_CACHE = cache;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env.PROTOSPACE_CACHE;
    else process.env.PROTOSPACE_CACHE = before;
  });

  it('keeps what was compiled, and starts from it the next time', () => {
    const first = runCached(file, 'b1');
    assert.equal(first.cached, false);
    assert.equal(call(first.value), 42);
    first.save();
    assert.deepEqual(readdirSync(cache), [cacheName('b1', file)]);
    const second = runCached(file, 'b1');
    assert.equal(second.cached, true);
    assert.equal(call(second.value), 42);
  });

  it('looks beside the bundle first', () => {
    const first = runCached(file, 'b1');
    call(first.value);
    first.save(join(folder, 'code'));
    process.env.PROTOSPACE_CACHE = '';
    assert.equal(runCached(file, 'b1').cached, true);
    assert.equal(runCached(file, 'b2').cached, false);
    process.env.PROTOSPACE_CACHE = 'off';
    assert.equal(runCached(file, 'b1').cached, false);
  });

  it('does without a cache that V8 refuses', () => {
    runCached(file, 'b1').save();
    const name = join(cache, cacheName('b1', file));
    const bytes = readFileSync(name);
    const damaged = [bytes.subarray(0, 20), bytes.subarray(0, -8), Buffer.alloc(bytes.length, 7), Buffer.alloc(0)];
    damaged.forEach((data, i) => {
      writeFileSync(name, data);
      // Another text each time: V8 remembers within an isolate what it has compiled.
      writeFileSync(file, SOURCE.replace('2', String(i + 3)));
      const script = runCached(file, 'b1');
      assert.equal(script.cached, false, String(data.length));
      assert.equal(call(script.value), 21 * (i + 3));
    });
  });

  it('replaces a cache that V8 refused', () => {
    mkdirSync(cache);
    writeFileSync(join(cache, cacheName('b1', file)), 'no cache');
    runCached(file, 'b1').save();
    assert.equal(runCached(file, 'b1').cached, true);
  });

  it('runs where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    process.env.PROTOSPACE_CACHE = join(folder, 'file', 'below');
    const script = runCached(file, 'b1');
    script.save();
    assert.equal(call(script.value), 42);
    assert.equal(existsSync(cache), false);
  });

  it('keeps two dozen files at most: two for each of some builds and Nodes', () => {
    for (let i = 0; i < 30; i++) runCached(file, `b${i}`).save();
    assert.equal(readdirSync(cache).length, 24);
  });

  it('knows the folders of each system', () => {
    assert.equal(userCacheFolder({ HOME: '/h' }, 'linux'), join('/h', '.cache', 'protospace'));
    assert.equal(userCacheFolder({ HOME: '/h', XDG_CACHE_HOME: '/x' }, 'linux'), join('/x', 'protospace'));
    assert.equal(userCacheFolder({ HOME: '/h' }, 'darwin'), join('/h', 'Library', 'Caches', 'protospace'));
    assert.equal(userCacheFolder({ LOCALAPPDATA: 'l' }, 'win32'), join('l', 'protospace', 'cache'));
    assert.equal(userCacheFolder({}, 'linux'), undefined);
    assert.equal(userCacheFolder({ HOME: '/h', PROTOSPACE_CACHE: 'off' }, 'linux'), undefined);
  });
});
