import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { PythonEnvironment } from '../../lib/api/index.js';
import { allocatorKind } from '../../lib/heap/allocator.js';

class Collector extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe(`streams of a PythonEnvironment (${allocatorKind})`, () => {
  it('functions get the text in order, before the promise settles', async () => {
    const seen: [string, string][] = [];
    await using env = await PythonEnvironment.create({
      stdout: (text) => seen.push(['out', text]),
      stderr: (text) => seen.push(['err', text]),
    });
    await env.run(
      'import sys\nfor i in range(3):\n  print("line", i, flush=True)\n  print("error", i, file=sys.stderr, flush=True)',
    );
    assert.equal(seen.map(([, text]) => text).join(''), 'line 0\nerror 0\nline 1\nerror 1\nline 2\nerror 2\n');
    assert.equal(
      seen
        .filter(([name]) => name === 'err')
        .map(([, text]) => text)
        .join(''),
      'error 0\nerror 1\nerror 2\n',
    );
    seen.length = 0;
    await assert.rejects(env.run('print("before the error")\n1 / 0'));
    assert.equal(
      seen.map(([name, text]) => (name === 'out' ? text : assert.fail(text))).join(''),
      'before the error\n',
    );
  });

  it('what is written arrives while the code runs', async () => {
    let text = '';
    await using env = await PythonEnvironment.create({ stdout: (t) => (text += t) });
    const run = env.run('import time\nprint("first", flush=True)\ntime.sleep(0.6)\nprint("second")');
    for (let i = 0; i < 50 && text === ''; i++) await setTimeout(10);
    assert.equal(text, 'first\n');
    await run;
    assert.equal(text, 'first\nsecond\n');
  });

  it('streams of Node, and nothing', async () => {
    const stdout = new Collector();
    await using env = await PythonEnvironment.create({ stdout, stderr: 'ignore' });
    await env.run('import sys\nprint("naïve 𝄞")\nprint("unheard", file=sys.stderr)\nsys.stdout.write("x\\n")');
    assert.equal(stdout.text, 'naïve 𝄞\nx\n');
    await assert.rejects(PythonEnvironment.create({ stdout: 5 as never }), { code: 'ERR_PROTOSPACE_OPTION' });
  });

  it('much output arrives whole, and waits for a slow reader', async function () {
    this.timeout(120_000);
    let length = 0;
    let last = '';
    await using env = await PythonEnvironment.create({
      stdout: (text) => {
        length += text.length;
        last = (last + text).slice(-10);
      },
    });
    await env.run('line = "x" * 999\nfor i in range(30000):\n  print(line)\nprint("the end")');
    assert.equal(length, 30000 * 1000 + 8);
    assert.ok(last.endsWith('the end\n'));
  });

  it('output of threads on other carriers arrives whole', async () => {
    let text = '';
    await using env = await PythonEnvironment.create({ stdout: (t) => (text += t) });
    await env.run(
      'import threading\ndef work(n):\n  for i in range(50): print(f"{n}:{i}")\n' +
        'ts = [threading.Thread(target=work, args=(n,)) for n in range(4)]\nfor t in ts: t.start()\nfor t in ts: t.join()',
    );
    const lines = text.trimEnd().split('\n');
    assert.equal(lines.length, 200);
    for (let n = 0; n < 4; n++) {
      const own = lines.filter((line) => line.startsWith(`${n}:`));
      assert.deepEqual(
        own,
        Array.from({ length: 50 }, (_, i) => `${n}:${i}`),
      );
    }
  });

  it('input from a text, a stream, a generator, nowhere', async () => {
    const read = 'import sys\nsys.stdin.read()';
    const line = 'import sys\n[sys.stdin.readline(), input(), sys.stdin.read()]';
    const rows: [object, string, unknown][] = [
      [{ input: 'one\ntwo\nthree' }, line, ['one\n', 'two', 'three']],
      [{ input: new Uint8Array([65, 10]) }, read, 'A\n'],
      [{ stdin: Readable.from(['a', Buffer.from('é'), '']) }, read, 'aé'],
      [{ stdin: 'ignore' }, read, ''],
      [{ stdin: ['x\n', 'y\n', 'z'] }, line, ['x\n', 'y', 'z']],
    ];
    for (const [options, code, value] of rows) {
      await using env = await PythonEnvironment.create({ ...options, stdout: 'ignore' });
      assert.deepEqual(await env.run(code), value);
    }
  });

  it('input that comes later is waited for, and an abort ends the wait', async () => {
    const stdin = new Readable({ read: () => {} });
    await using env = await PythonEnvironment.create({ stdin });
    const run = env.run('input()');
    await setTimeout(100);
    stdin.push('late\n');
    assert.equal(await run, 'late');
    const abort = new AbortController();
    const waiting = env.run('input()', { signal: abort.signal });
    await setTimeout(100);
    abort.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    stdin.push(null);
  });
});
