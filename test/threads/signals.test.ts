import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { patience } from '../stress.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs a program; whenever it writes a line 'signal NAME' it gets that signal. */
async function withSignals(program: string): Promise<Ended> {
  const child = spawn(process.execPath, [cli, '-c', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience(20_000),
  });
  const ended: Ended = { code: null, signal: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => {
    const text = data.toString();
    ended.stdout += text;
    for (const [, name] of text.matchAll(/^signal (\w+)$/gm)) child.kill(name as NodeJS.Signals);
  });
  child.stderr.on('data', (data: Buffer) => (ended.stderr += data.toString()));
  [ended.code, ended.signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return ended;
}

describe('signals of the command line', function () {
  this.timeout(60_000);

  it('Ctrl-C raises KeyboardInterrupt in the main thread, wherever it is', async () => {
    const { code, stdout } = await withSignals(`
import threading, time
def shown(f):
    try:
        print('signal SIGINT', flush=True)
        f()
    except KeyboardInterrupt:
        print('caught')
def loop():
    while True:
        pass
lock = threading.Lock()
lock.acquire()
for f in loop, lambda: time.sleep(100), lock.acquire, threading.Event().wait, lambda: sorted([1, 2], key=lambda x: loop()):
    shown(f)`);
    assert.equal(stdout.match(/caught/g)?.length, 5);
    assert.equal(code, 0);
  });

  it('an uncaught KeyboardInterrupt ends the program with code 130, whatever other threads do', async () => {
    const { code, stderr } = await withSignals(`
import threading
def loop(text):
    print(text, flush=True)
    while True:
        pass
threading.Thread(target=loop, args=['other'], daemon=True).start()
loop('signal SIGINT')`);
    assert.equal(code, 130);
    assert.match(stderr, /in loop\n.*\n?KeyboardInterrupt/);
  });

  it('a signal without a handler ends the process as the system does', async () => {
    const { code, signal } = await withSignals("import time; print('signal SIGTERM', flush=True); time.sleep(100)");
    assert.deepEqual([code, signal], [null, 'SIGTERM']);
  });

  it('a handler of Python runs in the main thread', async () => {
    const { code, stdout } = await withSignals(`
import signal, threading, sys
def handler(number, frame):
    print(number, threading.current_thread().name, flush=True)
    sys.exit(4)
signal.signal(signal.SIGTERM, handler)
print('signal SIGTERM', flush=True)
threading.Event().wait()`);
    assert.match(stdout, /15 MainThread/);
    assert.equal(code, 4);
  });
});
