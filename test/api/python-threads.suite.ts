import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import {
  endCarriers,
  MemoryManager,
  ProtoObject,
  ProtoSpace,
  PythonEnvironment,
  ThreadModule,
} from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { runFixture } from './helpers.js';

describe(`threads of a PythonEnvironment (${allocatorKind})`, () => {
  const space = ProtoSpace.process();
  let env: PythonEnvironment;
  before(async () => {
    env = await PythonEnvironment.create();
  });
  after(() => env.close());

  it('newThread runs a function in the environment of the context, under its name', async () => {
    await env.run('import time\nseen = []\ndef work(*args):\n  time.sleep(0.2)\n  seen.append(args)');
    using scope = env.enter();
    const work = env.get('work') as ProtoObject;
    const thread = ProtoSpace.newThread(scope.context, 'worker', work, [1, 'two', [3]]);
    scope.leave();
    assert.equal(thread.name, 'worker');
    assert.ok(space.threads.some((t) => t.id === thread.id && t.name === 'worker'));
    await thread.join();
    assert.equal(thread.state, 'done');
    assert.deepEqual(env.get('seen'), [[1, 'two', [3]]]);
  });

  it('newThread needs a context with an environment', async () => {
    using f = (await env.run('lambda: 1')) as ProtoObject;
    const context = space.currentThread.currentContext!;
    assert.throws(() => ProtoSpace.newThread(context, 'x', f), { code: 'ERR_PROTOSPACE_THREAD' });
    for (const none of [{}, undefined, 5])
      assert.throws(() => ProtoSpace.newThread(none as never, 'x', f), {
        name: 'TypeError',
        code: 'ERR_PROTOSPACE_KIND',
      });
  });

  it("the registry tells of Python's own threads: state, carrier, context and its environment", async () => {
    await env.run(
      'import threading\nstop = threading.Event()\ndef spin():\n  while not stop.is_set(): pass\n' +
        'spinner = threading.Thread(target=spin, name="spinner")\nsleeper = threading.Thread(target=stop.wait, name="sleeper")\n' +
        'spinner.start(); sleeper.start()',
    );
    const find = (name: string) => space.threads.find((t) => t.name === name);
    for (let i = 0; i < 200 && (find('spinner')?.state !== 'running' || find('sleeper')?.state !== 'parked'); i++)
      await setTimeout(10);
    const [spinner, sleeper] = [find('spinner')!, find('sleeper')!];
    assert.equal(spinner.state, 'running');
    assert.equal(typeof spinner.carrier, 'number');
    assert.equal(sleeper.state, 'parked');
    assert.equal(sleeper.carrier, undefined);
    assert.equal(sleeper.currentContext!.environment, env.id);
    await env.run('stop.set(); spinner.join(); sleeper.join()');
    // Who joins goes on a moment before the record is free.
    for (let i = 0; i < 200 && spinner.isAlive; i++) await setTimeout(10);
    assert.equal(spinner.isAlive, false);
  });

  it('ThreadModule starts threads and counts them', async () => {
    const threads = new ThreadModule(env);
    await env.run(
      'import threading\ngo = threading.Event()\nresult = []\ndef task(n, k=1):\n  go.wait()\n  result.append(n * k)',
    );
    const task = env.get('task') as ProtoObject;
    const before = await threads.count();
    const ident = await threads.startNewThread(task, [5], { k: 3 });
    assert.ok(ident > 0);
    assert.equal(await threads.count(), before + 1);
    await env.run('go.set()');
    for (let i = 0; i < 200 && (await threads.count()) > before; i++) await setTimeout(5);
    assert.deepEqual(env.get('result'), [15]);
  });

  it('two runs use two cores', async function () {
    if (availableParallelism() < 2) this.skip();
    const carriers = new Set<number | undefined>();
    const found = new AbortController();
    const runs = [1, 2].map(() => env.run('while True: pass', { signal: found.signal }));
    // As long as it takes on a machine that has other work: compiled loops are too short for that.
    for (let i = 0; i < 2000 && carriers.size < 2; i++) {
      const running = space.threads.filter((t) => t.state === 'running');
      if (running.length > 1) for (const t of running) carriers.add(t.carrier);
      await setTimeout(5);
    }
    found.abort();
    await Promise.all(runs.map((run) => assert.rejects(run, { name: 'AbortError' })));
    assert.ok(carriers.size >= 2, 'two threads ran at the same time on different carriers');
  });

  it('the process ends by itself when nothing runs, also without close', () => {
    const { status, stdout, stderr } = runFixture('ends');
    assert.equal(status, 0, stderr);
    assert.equal(stdout, 'value 3\n');
  });

  it('ending the carriers rejects what runs, with a code; environments work on', async () => {
    const run = env.run('while True: pass');
    await setTimeout(50);
    await endCarriers();
    await assert.rejects(run, { code: 'ERR_PROTOSPACE_CARRIERS_LOST' });
    await env.run('after = "alive"');
    assert.equal(env.get('after'), 'alive');
    space.verify();
  });

  it('a carrier that dies rejects what runs, with a code', () => {
    const { status, stdout, stderr } = runFixture('carrier-dies');
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1)!), { code: 'ERR_PROTOSPACE_CARRIERS_LOST', after: 3 });
  });

  it('close ends the daemons of the environment, whatever they do, and those of others go on', async () => {
    const code = (kind: string): string =>
      `import threading, time
def wait():
  try: threading.Event().wait()
  finally: time.sleep(0.01)
def spin():
  while True: pass
threads = [threading.Thread(target=f, daemon=True, name='${kind}') for f in (wait, spin, lambda: time.sleep(1000))]
for t in threads: t.start()`;
    const count = (kind: string): number => space.threads.filter((t) => t.name === kind && t.state !== 'done').length;
    await using other = await PythonEnvironment.create();
    await other.run(code('kept'));
    const closed = await PythonEnvironment.create();
    await closed.run(code('ended'));
    assert.equal(count('ended'), 3);
    await closed.close();
    for (let i = 0; i < 1000 && count('ended') > 0; i++) await setTimeout(10);
    assert.deepEqual([count('ended'), count('kept')], [0, 3]);
  });

  it('runs that are lost with their carriers leave nothing behind', async () => {
    await using other = await PythonEnvironment.create();
    const lose = async (): Promise<void> => {
      const lost = [other.run('while True: pass')];
      const ended = Promise.allSettled(lost);
      await setTimeout(30);
      await endCarriers();
      for (const r of await ended)
        assert.equal((r as PromiseRejectedResult).reason.code, 'ERR_PROTOSPACE_CARRIERS_LOST');
      MemoryManager.collect();
    };
    for (let i = 0; i < 3; i++) await lose();
    const before = space.stats().bytesFree;
    for (let i = 0; i < 4; i++) await lose();
    assert.ok(space.stats().bytesFree > before - 8 * 32768, `${before - space.stats().bytesFree} bytes lost`);
  });

  it('os._exit in Python ends the process with its code', () => {
    assert.equal(runFixture('exits').status, 7);
  });
});
