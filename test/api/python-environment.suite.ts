import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import {
  ExecutionEngine,
  getCurrentContext,
  MemoryManager,
  ProtoObject,
  ProtoSpace,
  PythonEnvironment,
  PythonError,
} from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { patience } from '../stress.js';

/** The PythonError that the promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<PythonError> {
  const error = await promise.then(
    () => assert.fail('it did not reject'),
    (e: unknown) => e,
  );
  assert.ok(error instanceof PythonError, String(error));
  return error;
}

describe(`PythonEnvironment (${allocatorKind})`, () => {
  let env: PythonEnvironment;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-env-'));
    env = await PythonEnvironment.create();
  });
  after(async () => {
    await env.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('getProcessSpace is ProtoSpace.process', () => {
    assert.equal(PythonEnvironment.getProcessSpace(), ProtoSpace.process());
  });

  it('gives the value of the last expression, converted where that says all of it', async () => {
    const rows: [string, unknown][] = [
      ['1 + 1', 2],
      ['2 ** 53', 2n ** 53n],
      ['-2 ** 100', -(2n ** 100n)],
      ['1.5', 1.5],
      ['"é𝄞"', 'é𝄞'],
      ['None', null],
      ['True', true],
      ['b"\\x00\\xff"', new Uint8Array([0, 255])],
      ['[1, [2.5, "x"], ()]', [1, [2.5, 'x'], []]],
      ['{"a": 1, "b": {"c": None}}', { a: 1, b: { c: null } }],
      ['{1: "x"}', new Map([[1, 'x']])],
      ['{1, 2}', new Set([1, 2])],
      ['x = 3', null],
      ['x = 3\nx * 2', 6],
      ['', null],
      ['"only a docstring"', 'only a docstring'],
      ['for i in range(3):\n  pass', null],
    ];
    for (const [code, value] of rows) assert.deepEqual(await env.run(code), value, code);
  });

  it('gives other objects as they are, rooted', async () => {
    using object = (await env.run('class Point:\n  def __init__(self): self.x = 7\nPoint()')) as ProtoObject;
    assert.ok(object instanceof ProtoObject);
    assert.equal(object.type, 'Point');
    MemoryManager.collect();
    assert.equal(await env.call('getattr', object, 'x'), 7);
    using cyclic = (await env.run('l = []; l.append(l); l')) as ProtoObject;
    assert.equal(cyclic.length, 1);
    assert.ok(cyclic.at(0)!.is(cyclic));
    using sub = (await env.run('class Sub(int): pass\nSub(5)')) as ProtoObject;
    assert.equal(sub.toJS(), 5);
  });

  it('one run sees what the last one made', async () => {
    await env.run('def double(n):\n  return n * 2\ncount = 0');
    await env.run('count += 1');
    assert.equal(await env.run('double(count)'), 2);
  });

  it('get, set and delete work on the globals at once', async () => {
    env.set('given', { numbers: [1, 2, 3], text: 'x' });
    assert.equal(await env.run('given["numbers"].append(4); len(given["numbers"])'), 4);
    assert.deepEqual(env.get('given'), { numbers: [1, 2, 3, 4], text: 'x' });
    assert.equal(env.get('missing'), undefined);
    assert.equal(env.delete('given'), true);
    assert.equal(env.delete('given'), false);
    assert.equal((await failure(env.run('given'))).type, 'NameError');
  });

  it('calls functions by name and as objects, with keyword arguments', async () => {
    await env.run('def f(a, b=2, *rest, c=3, **more):\n  return [a, b, rest, c, more]');
    assert.deepEqual(await env.call('f', 1), [1, 2, [], 3, {}]);
    assert.deepEqual(await env.apply('f', [1, 'b', 5], { kwargs: { c: null, d: [1] } }), [
      1,
      'b',
      [5],
      null,
      { d: [1] },
    ]);
    assert.equal(await env.call('len', 'four'), 4);
    using f = env.get('f') as ProtoObject;
    assert.deepEqual(await env.call(f, f.type), ['function', 2, [], 3, {}]);
    await env.run('class K:\n  def m(self, n): return n + 1\nk = K()');
    assert.equal(await env.call('k.m', 4), 5);
    assert.equal((await failure(env.call('no_such'))).type, 'NameError');
    assert.equal((await failure(env.call('k.no_such'))).type, 'AttributeError');
    assert.equal((await failure(env.call('f'))).type, 'TypeError');
  });

  it('imports modules', async () => {
    using math = await env.import('math');
    assert.equal(math.type, 'module');
    assert.equal(await env.call((await env.call('getattr', math, 'sqrt')) as ProtoObject, 16), 4);
    assert.equal((await failure(env.import('no_such_module'))).type, 'ModuleNotFoundError');
  });

  it('an exception rejects with its type, its message and the traceback of CPython', async () => {
    const error = await failure(
      env.run('def inner():\n  raise ValueError("bad", 1)\ninner()', { filename: 'some/code.py' }),
    );
    assert.equal(error.type, 'ValueError');
    assert.equal(error.message, "('bad', 1)");
    assert.equal(error.code, 'ERR_PROTOSPACE_PYTHON');
    assert.equal(
      error.traceback,
      'Traceback (most recent call last):\n' +
        '  File "some/code.py", line 3, in <module>\n' +
        '  File "some/code.py", line 2, in inner\n' +
        "ValueError: ('bad', 1)\n",
    );
    assert.match(error.stack!, /^PythonError: Traceback[^]*ValueError: \('bad', 1\)\n {4}at /);
  });

  it('a syntax error rejects in the same way', async () => {
    const error = await failure(env.run('x = = 1'));
    assert.equal(error.type, 'SyntaxError');
    assert.equal(error.message, 'invalid syntax (<string>, line 1)');
    assert.equal(error.traceback, '  File "<string>", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n');
  });

  it('sys.exit rejects too; the environment stays usable', async () => {
    const error = await failure(env.run('import sys; sys.exit(3)'));
    assert.deepEqual([error.type, error.message], ['SystemExit', '3']);
    assert.equal(await env.run('1'), 1);
  });

  it('runs files, with __file__ and their folder in sys.path', async () => {
    writeFileSync(join(folder, 'helper_module.py'), 'VALUE = 42\n');
    writeFileSync(join(folder, 'program.py'), 'import helper_module\n__file__, helper_module.VALUE, __name__\n');
    assert.deepEqual(await env.runFile(join(folder, 'program.py')), [join(folder, 'program.py'), 42, '__main__']);
    await assert.rejects(env.runFile(join(folder, 'missing.py')), { code: 'ENOENT' });
    writeFileSync(join(folder, 'wrong.py'), 'def f():\n    return 1 / 0\nf()\n');
    const { traceback } = await failure(env.runFile(join(folder, 'wrong.py')));
    assert.ok(
      traceback.includes(`File "${folder}${sep}wrong.py", line 2, in f\n    return 1 / 0\n           ~~^~~\n`),
      traceback,
    );
  });

  it('several environments have modules of their own in one space', async () => {
    await using other = await PythonEnvironment.create({ argv: ['program', 'a', 'b'], path: [folder] });
    assert.notEqual(other.id, env.id);
    await env.run('import sys; sys.mark = 1; shared = "mine"');
    assert.equal(await other.run('import sys; hasattr(sys, "mark")'), false);
    assert.equal(other.get('shared'), undefined);
    assert.deepEqual(await other.run('sys.argv'), ['program', 'a', 'b']);
    assert.equal(await other.run('sys.path[0]'), folder);
    using list = (await env.run('class L(list): pass\nl = L([1, 2]); l')) as ProtoObject;
    assert.equal(await other.call('len', list), 2, 'an object of one environment in another');
    assert.equal(await other.run('sys.modules is not None and len(sys.modules) > 2'), true);
  });

  it('options: env, cwd', async () => {
    await using other = await PythonEnvironment.create({ env: { COLOUR: 'red' }, cwd: folder });
    assert.deepEqual(await other.run('import os; [dict(os.environ), os.getcwd()]'), [{ COLOUR: 'red' }, folder]);
    await assert.rejects(PythonEnvironment.create({ env: { 'a=b': 'x' } }), { code: 'ERR_PROTOSPACE_OPTION' });
    for (const wrong of [
      { argv: 'text' },
      { argv: [1] },
      { path: 'folder' },
      { path: [null] },
      { cwd: 5 },
      { cwd: 'a\0b' },
    ])
      await assert.rejects(PythonEnvironment.create(wrong as never), {
        name: 'TypeError',
        code: 'ERR_PROTOSPACE_OPTION',
      });
  });

  it('Python never runs on this thread: a timer of 10 ms fires while Python loops, and an AbortSignal ends the loop', async () => {
    let ticks = 0;
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      ticks++;
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const abort = new AbortController();
    await env.run('done = []');
    const run = env.run('try:\n  while True: pass\nfinally:\n  done.append("finally")', { signal: abort.signal });
    setTimeout(() => abort.abort(), patience(400));
    await assert.rejects(run, { name: 'AbortError' });
    clearInterval(timer);
    assert.ok(ticks >= 12, `${ticks} ticks, the longest pause ${longest} ms`);
    assert.deepEqual(env.get('done'), ['finally']);
  });

  it('an abort is a KeyboardInterrupt that the code may catch', async () => {
    const abort = new AbortController();
    const code = 'try:\n  while True: pass\nexcept KeyboardInterrupt as e:\n  caught = type(e).__name__\ncaught';
    setTimeout(() => abort.abort(), 50);
    assert.equal(await env.run(code, { signal: abort.signal }), 'KeyboardInterrupt');
  });

  it('an abort ends a wait, and a signal aborted before rejects at once', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('my reason')), 50);
    const start = performance.now();
    await assert.rejects(env.run('import time; time.sleep(60)', { signal: abort.signal }), /my reason/);
    assert.ok(performance.now() - start < 20_000);
    await assert.rejects(env.run('1', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('a timeout interrupts built-in functions that would take years', async () => {
    const rows = [
      '1.5 in range(10 ** 18)',
      'math.factorial(10 ** 12)',
      'math.perm(10 ** 13, 10 ** 12)',
      'math.comb(10 ** 13, 10 ** 12)',
      'math.gcd(3 ** 2_000_000, 7 ** 2_000_000)',
      'math.lcm(3 ** 2_000_000, 7 ** 2_000_000)',
      'json.dumps(x)',
    ];
    await using env = await PythonEnvironment.create();
    await env.run('import json, math\nx = []\nfor i in range(40): x = [x, x]');
    for (const row of rows)
      await assert.rejects(env.run(row, { timeout: 50 }), { code: 'ERR_PROTOSPACE_TIMEOUT' }, row);
  });

  it('a timeout interrupts code, waits and code that goes on; finally blocks run', async () => {
    const timeout = { code: 'ERR_PROTOSPACE_TIMEOUT' };
    await env.run('done = []');
    const endless = 'try:\n  while True: pass\nfinally:\n  done.append("finally")';
    await assert.rejects(env.run(endless, { timeout: 50 }), timeout);
    assert.deepEqual(env.get('done'), ['finally']);
    await assert.rejects(env.run('import time; time.sleep(60)', { timeout: 50 }), timeout);
    const stubborn = 'for i in range(2):\n  try:\n    while True: pass\n  except KeyboardInterrupt:\n    if i: raise';
    await assert.rejects(env.run(stubborn, { timeout: 50 }), timeout);
    assert.equal(await env.run('6 * 7', { timeout: 60_000 }), 42);
    await assert.rejects(env.run('raise KeyboardInterrupt', { timeout: 60_000 }), { type: 'KeyboardInterrupt' });
    for (const wrong of [0, -1, Number.NaN, Infinity])
      await assert.rejects(env.run('1', { timeout: wrong }), { code: 'ERR_PROTOSPACE_OPTION' });
    for (const wrong of [{}, 'now', new AbortController()])
      await assert.rejects(env.run('1', { signal: wrong as never }), {
        name: 'TypeError',
        code: 'ERR_PROTOSPACE_OPTION',
      });
  });

  for (const [what, code] of Object.entries({
    'a loop': 'while True: pass',
    calls: 'def f(): return 1\nwhile f(): f()',
    'exceptions (they used no fuel, and a loop of them never gave its carrier away)':
      'def f():\n  raise ValueError\ndef g():\n  while True:\n    try: f()\n    except ValueError: pass\ng()',
    'calls from built-in functions': 'any(map(lambda x: 0, iter(lambda: 1, 2)))',
    'code that catches KeyboardInterrupt once':
      'for i in range(2):\n  try:\n    while True: pass\n  except KeyboardInterrupt:\n    if i: raise',
  }))
    it(`maxSteps ends ${what}`, async () => {
      const limits = { maxSteps: 20_000, timeout: patience(60_000) };
      // Fewer where every step collects.
      const few = { ...limits, maxSteps: process.env.PROTOSPACE_STRESS ? 4000 : 20_000 };
      await assert.rejects(env.run(code, few), { code: 'ERR_PROTOSPACE_STEPS', name: 'ProtospaceError' });
      assert.equal(await env.run('sum(i for i in range(1000))', limits), 499500);
    });

  it('maxSteps must be a positive integer', async () => {
    for (const wrong of [0, -1, 1.5, Number.NaN])
      await assert.rejects(env.run('1', { maxSteps: wrong }), { code: 'ERR_PROTOSPACE_OPTION' });
  });

  it('runs that are not awaited run beside each other', async () => {
    await env.run('import threading\nmeeting = threading.Barrier(2, timeout=30)');
    const both = [env.run('meeting.wait() >= 0'), env.run('meeting.wait() >= 0')];
    assert.deepEqual(await Promise.all(both), [true, true]);
  });

  it('a run is the main thread as threading sees it', async () => {
    assert.equal(await env.run('import threading\nthreading.current_thread() is threading.main_thread()'), true);
    assert.equal(await env.run('threading.current_thread() is threading.main_thread()'), true);
  });

  it('the context of a scope knows its environment', () => {
    using scope = env.enter();
    assert.equal(scope.context.environment, env.id);
    assert.equal(getCurrentContext().environment, env.id);
  });

  it('ExecutionEngine: compiles, disassembles and executes; RETURN_VALUE gives the value', async () => {
    const engine = new ExecutionEngine(env);
    using code = await engine.compile('6 * 7', { mode: 'eval' });
    assert.equal(code.type, 'code');
    assert.equal(await engine.execute(code), 42);
    assert.match(await engine.disassemble('def f(a): return a'), /RETURN_VALUE/);
    assert.equal((await failure(engine.compile('1 +'))).type, 'SyntaxError');
  });

  it('a value that Python cannot have is a TypeError with a code', async () => {
    await assert.rejects(
      env.call('len', () => 1),
      { name: 'TypeError', code: 'ERR_PROTOSPACE_VALUE' },
    );
    assert.throws(() => env.set('x', Symbol('s')), { name: 'TypeError', code: 'ERR_PROTOSPACE_VALUE' });
  });

  it('closing waits for runs and threads, runs atexit functions, and then every method fails', async () => {
    const other = await PythonEnvironment.create();
    const list = (await other.run('class L(list): pass\nseen = L(); seen')) as ProtoObject;
    await other.run(
      'import threading, time\ndef late():\n  time.sleep(0.1)\n  seen.append("thread")\nthreading.Thread(target=late).start()',
    );
    const run = other.run('time.sleep(0.05); seen.append("run")');
    await other.close();
    await run;
    assert.deepEqual((list.toJS() as string[]).sort(), ['run', 'thread']);
    list.dispose();
    await assert.rejects(other.run('1'), { code: 'ERR_PROTOSPACE_CLOSED' });
    assert.throws(() => other.get('seen'), { code: 'ERR_PROTOSPACE_CLOSED' });
    await other.close();
  });

  it('the heap is sound', () => {
    ProtoSpace.process().verify();
  });
});
