import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { allocatorKind } from '../../lib/heap/allocator.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Runs a program; `answers` maps a line it prints to what it is told on its standard input then (null: the end). */
async function converse(
  code: string,
  answers: Record<string, string | null>,
): Promise<{ lines: string[]; end: unknown }> {
  // Through a pipe of the shell: Node's own are sockets, which cannot be waited for without the addon.
  const command = [process.execPath, cli, '--allocator', allocatorKind, '-c', code];
  const child = spawn('sh', ['-c', 'cat | "$0" "$@"', ...command]);
  child.stdout.setEncoding('utf8');
  const seen = { text: '', done: 0 };
  child.stdout.on('data', (data: string) => {
    seen.text += data;
    const lines = seen.text.split('\n').slice(0, -1);
    for (const line of lines.slice(seen.done)) {
      const answer = answers[line];
      if (answer === null) child.stdin.end();
      else if (answer !== undefined) child.stdin.write(answer);
    }
    seen.done = lines.length;
  });
  const end = await new Promise((resolve) => child.once('close', (exit, signal) => resolve(exit ?? signal)));
  return { lines: seen.text.trimEnd().split('\n'), end };
}

describe(`cli: signals while a program waits for input (${allocatorKind})`, function () {
  this.timeout(60_000);

  // As CPython 3.14 does it.
  it('run their handlers, which may end the wait; otherwise it goes on (they waited for the input)', async () => {
    const code = `
import os, signal, sys
def answer(number, frame): print("handler", signal.Signals(number).name, flush=True)
def fail(number, frame): raise RuntimeError("ended the wait")
def alarm(f):
    signal.signal(signal.SIGALRM, f)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
alarm(answer)
print(os.read(0, 100))
alarm(fail)
try: os.read(0, 100)
except RuntimeError as e: print(e)
alarm(answer)
print(repr(sys.stdin.readline()))
alarm(fail)
try: sys.stdin.readline()
except RuntimeError as e: print(e)
print("the end", flush=True)
print(repr(sys.stdin.readline()))`;
    const { lines, end } = await converse(code, { 'handler SIGALRM': 'a line\n', 'the end': null });
    assert.deepEqual(lines, [
      'handler SIGALRM',
      "b'a line\\n'",
      'ended the wait',
      'handler SIGALRM',
      "'a line\\n'",
      'ended the wait',
      'the end',
      "''",
    ]);
    assert.equal(end, 0);
  });

  it('SIGINT is KeyboardInterrupt', async () => {
    const code = `
import os, signal
signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
signal.setitimer(signal.ITIMER_REAL, 0.1)
try: input()
except KeyboardInterrupt: print("KeyboardInterrupt")`;
    assert.deepEqual(await converse(code, { KeyboardInterrupt: null }), { lines: ['KeyboardInterrupt'], end: 0 });
  });
});
