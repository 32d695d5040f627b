import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { patience } from '../stress.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));

describe(`who hosts Python (${allocatorKind})`, () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-hosts-'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(project, join(folder, 'node_modules', 'protospace'), 'dir');
    cpSync(join(project, 'dist'), join(folder, 'copy', 'dist'), {
      recursive: true,
      filter: (path) => !/dist\/(stdlib|types)/.test(path),
    });
    symlinkSync(join(project, 'dist', 'stdlib'), join(folder, 'copy', 'dist', 'stdlib'), 'dir');
    cpSync(join(project, 'package.json'), join(folder, 'copy', 'package.json'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(name: string, text: string): unknown {
    writeFileSync(join(folder, name), text);
    const args = ['--no-warnings', join(folder, name)];
    const child = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: patience(50_000) });
    assert.equal(child.status, 0, child.stderr);
    return JSON.parse(child.stdout);
  }

  it('a second copy of the package uses the carriers of the first', () => {
    const text = `import { PythonEnvironment } from 'protospace';
      import * as copy from './copy/dist/index.js';
      let out = '';
      const a = await PythonEnvironment.create();
      const b = await copy.PythonEnvironment.create({ stdout: (text) => (out += text) });
      const values = [await a.run('x = 1; x'), await b.run('x = 2; print("from b"); x')];
      const error = await b.run('1 / 0').catch((e) => [e.constructor === copy.PythonError, e.type]);
      const l = await a.run('class L(list): pass\\nl = L([1, 2]); l');
      const shared = await b.call('len', copy.ProtoSpace.process().fromHandle(l.handle));
      await a.close();
      await b.close();
      console.log(JSON.stringify([values, out, error, shared]));`;
    assert.deepEqual(run('copies.mjs', text), [[1, 2], 'from b\n', [true, 'ZeroDivisionError'], 2]);
  });

  it('a Worker that asks for Python while this thread has it is told so, with a code', () => {
    const text = `import { once } from 'node:events';
      import { isMainThread, parentPort, Worker } from 'node:worker_threads';
      import { PythonEnvironment } from 'protospace';
      if (isMainThread) {
        const python = await PythonEnvironment.create();
        const worker = new Worker(new URL(import.meta.url));
        const [code] = await once(worker, 'message');
        console.log(JSON.stringify([code, await python.run('1')]));
        await worker.terminate();
      } else {
        PythonEnvironment.create().then(() => parentPort.postMessage('none'), (e) => parentPort.postMessage(e.code));
      }`;
    assert.deepEqual(run('worker.mjs', text), ['ERR_PROTOSPACE_HOST', 1]);
  });

  for (const how of ['after close()', 'in the middle of a run', 'while it runs, by terminate()'])
    it(`this thread may have Python when the Worker that had it has ended ${how}: create() waited for ever`, () => {
      const text = `import { once } from 'node:events';
        import { isMainThread, parentPort, Worker } from 'node:worker_threads';
        import { ProtoSpace, PythonEnvironment } from 'protospace';
        if (isMainThread) {
          const space = ProtoSpace.process();
          const values = [];
          for (let i = 0; i < 3; i++) {
            const worker = new Worker(new URL(import.meta.url));
            space.watch(worker);
            const ended = once(worker, 'exit');
            values.push((await once(worker, 'message'))[0]);
            if (${how.includes('terminate')}) worker.terminate();
            await ended;
          }
          const keep = setTimeout(() => {}, 60_000);
          const python = await PythonEnvironment.create({ stdout: 'ignore' });
          values.push(await python.run('import threading\\nt = threading.Thread(target=print); t.start(); t.join()\\n2'));
          await python.close();
          clearTimeout(keep);
          console.log(JSON.stringify(values));
        } else {
          const python = await PythonEnvironment.create({ stdout: 'ignore' });
          const value = await python.run('6 * 7');
          if (${how.includes('run')}) python.run('while True: pass').catch(() => {});
          parentPort.postMessage(value);
          if (${how.includes('close')}) await python.close();
          else if (${how.includes('middle')}) setTimeout(() => process.exit(), 50);
        }`;
      assert.deepEqual(run('takeover.mjs', text), [42, 42, 42, 2]);
    });

  it('a Worker may have Python when no other thread has', () => {
    const text = `import { once } from 'node:events';
      import { isMainThread, parentPort, Worker } from 'node:worker_threads';
      import { ProtoSpace, PythonEnvironment } from 'protospace';
      if (isMainThread) {
        ProtoSpace.process();
        const worker = new Worker(new URL(import.meta.url));
        const [value] = await once(worker, 'message');
        console.log(JSON.stringify(value));
      } else {
        const python = await PythonEnvironment.create();
        parentPort.postMessage(await python.run('6 * 7'));
        await python.close();
      }`;
    assert.equal(run('only-worker.mjs', text), 42);
  });
});
