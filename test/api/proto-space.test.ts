import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ContextScope, getCurrentContext, MemoryManager, ProtoSpace } from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import * as L from '../../lib/heap/layout.generated.js';
import { fixture, runFixture, usingHost } from './helpers.js';
import { patience } from '../stress.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));

describe(`api/proto-space (${allocatorKind})`, function () {
  usingHost();
  this.timeout(60_000);
  const space = ProtoSpace.process();

  it('is one', () => {
    assert.equal(ProtoSpace.process(), space);
    assert.equal(space.allocator, allocatorKind);
    assert.ok(space.size >= 2 ** 24);
  });

  it('lists its threads, that of the host among them', () => {
    const { currentThread } = space;
    assert.equal(currentThread.state, 'host');
    assert.equal(currentThread.isCurrent, true);
    assert.ok(currentThread.carrier !== undefined);
    assert.ok(space.threads.some((t) => t.id === currentThread.id));
    assert.equal(currentThread.currentContext!.address, getCurrentContext().address);
  });

  it('the current context is that of the innermost scope, and its parent the one before', () => {
    const base = getCurrentContext();
    using outer = ContextScope.enter();
    assert.equal(getCurrentContext().address, outer.context.address);
    using inner = ContextScope.enter();
    assert.equal(getCurrentContext().address, inner.context.address);
    assert.equal(inner.context.previous!.address, outer.context.address);
    assert.equal(outer.context.previous!.address, base.address);
    assert.equal(inner.context.environment, 0);
  });

  it('finding the current context and its environment takes no longer with many contexts below', function () {
    const time = (): number => {
      const start = process.hrtime.bigint();
      for (let i = 0; i < 20_000; i++) if (getCurrentContext().environment !== 0) assert.fail();
      return Number(process.hrtime.bigint() - start);
    };
    const best = (): number => Math.min(...Array.from({ length: 7 }, time));
    time();
    const shallow = best();
    const scopes = Array.from({ length: 3000 }, () => ContextScope.enter());
    const deep = best();
    for (const scope of scopes.reverse()) scope.leave();
    assert.ok(deep < shallow * 20, `${deep} against ${shallow} ns, where a walk would take 3000 times as long`);
  });

  it('counts what was done', () => {
    const before = space.stats();
    ContextScope.enter().leave();
    MemoryManager.collect();
    const after = space.stats();
    assert.equal(after.contextsPushed, before.contextsPushed + 1);
    assert.ok(after.collections > before.collections);
    assert.ok(after.batchesNative + after.batchesTs > 0);
  });

  it("a user's own Worker reads a handle it is sent, without a copy", async () => {
    const worker = new Worker(fixture('reader-worker'));
    space.watch(worker);
    await once(worker, 'message');
    let list: ReturnType<typeof space.fromHandle>;
    {
      using scope = ContextScope.enter();
      list = scope.list([1.5, new Uint8Array([1, 2, 3]), { key: ['deep'] }]).root();
    }
    worker.postMessage(list.handle);
    const [seen] = (await once(worker, 'message')) as [{ values: unknown[]; [key: string]: unknown }];
    assert.deepEqual(seen.values, [1.5, new Uint8Array([1, 2, 3]), { key: ['deep'] }, 'from the Worker']);
    assert.equal(seen.handle, list.handle);
    assert.equal(seen.bytesAt, list.at(1)!.view().byteOffset);
    assert.notEqual(seen.thread, space.currentThread.id);
    assert.ok((seen.hosts as number) >= 2);
    assert.equal(list.at(-1)!.toJS(), 'from the Worker');
    list.dispose();
    await worker.terminate();
  });

  it('a Worker that is terminated in a scope leaves nothing behind', async () => {
    const hosts = (): number => space.threads.filter((t) => t.state === 'host').length;
    const before = hosts();
    const worker = new Worker(fixture('holder-worker'));
    space.watch(worker);
    await once(worker, 'message');
    assert.equal(hosts(), before + 1);
    await worker.terminate();
    assert.equal(hosts(), before);
    MemoryManager.collect();
    space.verify();
  });

  it('a Worker older than the space is told so, with a code', () => {
    const { stdout, stderr } = runFixture('older-worker');
    assert.equal(stdout.trim(), '"ERR_PROTOSPACE_WORKER"', stderr);
  });

  describe('as a package', () => {
    let folder = '';
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'protospace-package-'));
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(project, join(folder, 'node_modules', 'protospace'), 'dir');
      mkdirSync(join(folder, 'copy', 'dist'), { recursive: true });
      cpSync(join(project, 'package.json'), join(folder, 'copy', 'package.json'));
      for (const name of ['index.js', 'package.json'])
        cpSync(join(project, 'dist', name), join(folder, 'copy', 'dist', name));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    function run(name: string, text: string, args: string[] = []): string {
      writeFileSync(join(folder, name), text);
      const child = spawnSync(process.execPath, [...args, join(folder, name)], {
        encoding: 'utf8',
        timeout: patience(30_000),
      });
      assert.equal(child.status, 0, child.stderr);
      return child.stdout + child.stderr;
    }

    it('works by import and by require, with one state and no warning', () => {
      const body = 'const s = ContextScope.enter(); console.log(JSON.stringify(s.list([1, "a"]).toJS())); s.leave();';
      assert.equal(run('a.mjs', `import { ContextScope } from 'protospace'; ${body}`), '[1,"a"]\n');
      assert.equal(run('a.cjs', `const { ContextScope } = require('protospace'); ${body}`), '[1,"a"]\n');
      const both = `import * as a from 'protospace'; import { createRequire } from 'node:module';
        const b = createRequire(import.meta.url)('protospace'); console.log(a.ProtoSpace === b.ProtoSpace, Object.keys(b).every((k) => k in a))`;
      assert.equal(run('both.mjs', both), 'true true\n');
    });

    it('a second copy in the process has the same space', () => {
      const text = `import { ContextScope, ProtoSpace } from 'protospace';
        import * as copy from './copy/dist/index.js';
        if (copy.ProtoSpace === ProtoSpace) throw new Error('no copy');
        const scope = ContextScope.enter();
        const list = scope.list([1, 'shared by both']).root();
        scope.leave();
        const other = copy.ProtoSpace.process().fromHandle(list.handle);
        other.add(2);
        console.log(JSON.stringify([list.toJS(), ProtoSpace.process().threads.map((t) => t.state)]));`;
      assert.deepEqual(JSON.parse(run('copies.mjs', text, ['--no-warnings'])), [
        [1, 'shared by both', 2],
        ['host', 'host'],
      ]);
    });

    for (const [what, code, from, to] of [
      ['layout', 'ERR_PROTOSPACE_LAYOUT', new RegExp(`\\b${L.LAYOUT_HASH}\\b`, 'g'), String(L.LAYOUT_HASH ^ 1)],
      ['build, and so other built-in functions,', 'ERR_PROTOSPACE_NATIVES', /"[\da-f]{16}"/g, '"0123456789abcdef"'],
    ] as const) {
      it(`a second copy with another ${what} is an error with a code`, () => {
        const other = join(folder, 'other.cjs');
        const text = readFileSync(join(project, 'dist', 'index.js'), 'utf8');
        assert.match(text, from);
        writeFileSync(other, text.replaceAll(from, to));
        const program = `const { ContextScope, ProtoSpace } = require('protospace');
          ContextScope.run(() => 0);
          let code = 'none';
          try { require('./other.cjs').ContextScope.run(() => 0); } catch (e) { code = e.code; }
          console.log(code, ContextScope.run((s) => s.list([1]).toJS()));`;
        assert.equal(run('incompatible.cjs', program, ['--no-warnings']), `${code} [ 1 ]\n`);
      });
    }
  });
});
