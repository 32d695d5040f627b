import assert from 'node:assert/strict';
import { HeapExhausted, MemoryManager, type ProtoObject, PythonEnvironment, PythonError } from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { stressCollect } from '../../lib/heap/stress.js';

const MiB = 2 ** 20;
/** A run is counted when it is taken, after the limit was looked at: one for each of a few threads. */
const RUNS = 4 * 32768;

async function withLimit(maxMemory: number | string, body: (env: PythonEnvironment) => Promise<void>): Promise<void> {
  await using env = await PythonEnvironment.create({ maxMemory });
  await body(env);
}

describe(`PythonEnvironment, maxMemory (${allocatorKind})`, function () {
  this.timeout(120_000);

  const needs: [string, string][] = [
    ['many lists', 'l = []\n  while True: l.append([0] * 1000)'],
    ['large lists', 'l = []\n  while True: l.append([0] * 100_000)'],
    ['small objects', 'l = []\n  while True: l.append([l])'],
    ['dict items', 'd = {}; i = 0\n  while True: d[i] = str(i); i += 1'],
    ['one string', "s = 'a'\n  while True: s += s"],
    ['one list', 'l = []; l.extend(range(10 ** 8))'],
    ['linked instances', 'class N:\n    def __init__(s, p): s.p = p\n  n = None\n  while True: n = N(n)'],
  ];
  for (const [name, code] of needs)
    it(`what needs more raises MemoryError, again and again, and the program goes on: ${name}`, () =>
      withLimit('16m', async (env) => {
        await env.run(`def f():\n  ${code}\n`);
        // The traceback keeps what f holds, so that it is counted even if a collection comes at once.
        const caught = 'try:\n  f()\nexcept MemoryError as e:\n  held = e\ntype(held).__name__';
        for (let i = 0; i < 2; i++) {
          assert.equal(await env.run(caught), 'MemoryError');
          assert.ok(env.memoryUsed > 4 * MiB && env.memoryUsed <= 16 * MiB + RUNS, String(env.memoryUsed));
          assert.equal(await env.run('held = None; len([0] * 100_000)'), 100_000);
        }
      }));

  it('a stream that ran out of memory in the middle of an operation is not left locked', () =>
    withLimit('16m', async (env) => {
      await env.run("f = open('/dev/zero', 'rb')\ntry: f.read()\nexcept MemoryError: pass");
      assert.deepEqual(await env.run('[f.read(2), f.close(), f.closed]'), [new Uint8Array(2), null, true]);
      await env.run(
        "import io\ns = io.StringIO()\ntry:\n  while True: s.write('x' * 100_000)\nexcept MemoryError: pass",
      );
      assert.equal(await env.run("s.seek(0); s.write('yes'); s.seek(0); s.read(3)", { timeout: 60_000 }), 'yes');
      // Its finalizer would wait for the lock.
      await env.run("def read():\n  try: open('/dev/zero', 'rb').read()\n  except MemoryError: pass\nread()");
      assert.equal(await env.run('import gc; gc.collect(); 1'), 1);
    }));

  it('garbage does not count: programs that make many times their limit run', () =>
    withLimit('8m', async (env) => {
      const rows = [
        'for i in range(50): x = [0] * 200_000',
        "for i in range(50): x = 'a' * 1_000_000 + str(i)",
        'for i in range(5_000): y = [[] for k in range(20)]; y.append(y)',
        'd = {}\nfor i in range(100_000): d[i % 1000] = str(i)',
        'def f():\n  a = []; a.append(a); a.append([0] * 1000)\nfor i in range(5_000): f()',
        'for i in range(3): l = sorted([float(k) for k in range(20_000)], key=lambda v: -v); del l',
      ];
      for (const code of rows) assert.equal(await env.run(`${code}\n1`), 1, code);
      assert.ok(env.memoryUsed <= 8 * MiB + RUNS);
    }));

  it('a program that swallows each MemoryError stays within its limit', () =>
    withLimit('8m', async (env) => {
      await env.run('l = []; caught = 0');
      await env.run('while caught < 20:\n  try: l.append([0] * 500)\n  except MemoryError: caught += 1');
      assert.ok(env.memoryUsed <= 8 * MiB + RUNS, String(env.memoryUsed));
      assert.equal(await env.run('l = None; caught'), 20);
    }));

  it('other environments are not affected, nor is one without a limit', async () => {
    await using small = await PythonEnvironment.create({ maxMemory: '8m' });
    await using large = await PythonEnvironment.create({ maxMemory: '64m' });
    await using free = await PythonEnvironment.create();
    const hold = 'l = [[0] * 1000 for i in range(5_000)]; len(l)';
    await Promise.all([
      assert.rejects(small.run(hold), (e: unknown) => e instanceof PythonError && e.type === 'MemoryError'),
      large.run(hold),
      free.run(hold),
    ]);
    assert.equal(await large.run('sum(map(len, l))'), 5_000_000);
    assert.equal(await free.run('sum(map(len, l))'), 5_000_000);
    assert.ok(large.memoryUsed > 19 * MiB, String(large.memoryUsed));
    assert.equal(free.memoryUsed, 0);
    assert.equal(await small.run('"goes on"'), 'goes on');
  });

  it('of the threads of an environment the one that asks gets MemoryError', () =>
    withLimit('16m', async (env) => {
      const code = `
import threading
stop = False
counts, caught = [], []
def steady():
    n = 0
    while not stop:
        x = [i * 1.5 for i in range(100)]
        n += 1
    counts.append(n > 0)
def hog():
    l = []
    try:
        while True: l.append([0] * 100_000)
    except MemoryError: caught.append(len(l) > 3)
threads = [threading.Thread(target=steady) for _ in range(2)]
for t in threads: t.start()
for i in range(3):
    t = threading.Thread(target=hog); t.start(); t.join()
stop = True
for t in threads: t.join()
[counts, caught]`;
      assert.deepEqual(await env.run(code), [
        [true, true],
        [true, true, true],
      ]);
    }));

  it('memory that was let go is there again after a collection', () =>
    withLimit('16m', async (env) => {
      await env.run('l = [[0] * 1000 for i in range(2_000)]');
      MemoryManager.collect();
      const full = env.memoryUsed;
      assert.ok(full > 7 * MiB && full < 10 * MiB, String(full));
      await env.run('l = None');
      MemoryManager.collect();
      assert.ok(env.memoryUsed < full - 6 * MiB, String(env.memoryUsed));
    }));

  it("counts the threads' stacks: deep recursion ends with MemoryError", () =>
    withLimit('8m', async (env) => {
      const code = `
import sys
sys.setrecursionlimit(10 ** 6)
def f(n):
  return f(n + 1) + 1
try: f(0)
except MemoryError as e: x = type(e).__name__
x`;
      assert.equal(await env.run(code), 'MemoryError');
      assert.equal(await env.run('1 + 1'), 2);
    }));

  it('a scope of the environment allocates under its limit', () =>
    withLimit('8m', async (env) => {
      using scope = env.enter();
      assert.throws(
        () => scope.list(Array<number>(4_000_000).fill(0)),
        (e: unknown) => e instanceof HeapExhausted && /limit of 8388608 bytes/.test(e.message),
      );
    }));

  it('what one environment made and another one keeps counts to the first', async () => {
    await using maker = await PythonEnvironment.create({ maxMemory: '32m' });
    await using keeper = await PythonEnvironment.create({ maxMemory: '8m' });
    using made = (await maker.run(
      'class C: pass\nc = C(); c.l = [[0] * 1000 for i in range(3_000)]; c',
    )) as ProtoObject;
    keeper.set('kept', made);
    MemoryManager.collect();
    assert.ok(maker.memoryUsed > 11 * MiB && keeper.memoryUsed < 4 * MiB);
    assert.equal(await keeper.run('sum(map(len, kept.l))'), 3_000_000);
  });

  it('many environments with a limit may be made, one after the other', async function () {
    this.timeout(300_000);
    for (let i = 0; i < 270; i++) await withLimit('8m', async () => {});
  });

  it('a closed environment is let go by the next job: its streams waited for a safepoint, which one without a loop or call has not', async () => {
    const queued = (): boolean => i32[L.CTL_WEAK_PENDING] !== 0;
    await withLimit('8m', async () => {});
    MemoryManager.collect();
    if (!stressCollect) assert.ok(queued());
    await withLimit('8m', async () => assert.ok(!queued()));
  });

  for (const value of ['much', '4m', 0, -1, Number.NaN, 2 ** 20])
    it(`refuses maxMemory ${value}`, () =>
      assert.rejects(PythonEnvironment.create({ maxMemory: value }), { code: 'ERR_PROTOSPACE_OPTION' }));
});
