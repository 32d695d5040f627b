import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { patience } from '../stress.js';
import { allocatorKind } from '../../lib/heap/allocator.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Loops of built-in functions alone, which would go on for ever. */
const LOOPS = [
  'sum(repeat(1))',
  'all(repeat(1))',
  'max(repeat(1))',
  'min(cycle([1, 2]))',
  'any(map(int, repeat(0)))',
  'next(filter(None, repeat(0)))',
  'next(dropwhile(bool, repeat(1)))',
  '5 in repeat(0)',
  'deque(repeat(0), maxlen=0)',
  'set().update(repeat(1))',
  'dict.fromkeys(repeat(1))',
  'dict(zip(repeat(1), repeat(2)))',
  '{1}.isdisjoint(repeat(2))',
  'sum(islice(count(), 10 ** 15))',
  'max(range(10 ** 12))',
  're.match("(a+)+b", "a" * 60)',
];

describe(`objects/poll: safepoints in loops of built-in functions (${allocatorKind})`, function () {
  this.timeout(200_000);

  it('a signal interrupts them, and another thread collects meanwhile', () => {
    const code = `
import gc, re, signal, threading, time
from collections import deque
from itertools import count, cycle, dropwhile, islice, repeat
class Alarm(Exception): pass
def raising(*a): raise Alarm
signal.signal(signal.SIGALRM, raising)
def collect(): time.sleep(0.1); gc.collect(); done.append(1)
for loop in ${JSON.stringify(LOOPS)}:
    done = []
    t = threading.Thread(target=collect)
    t.start()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.4)
        exec(loop)
        print(loop, 'ended')
    except Alarm: pass
    t.join()
    print(loop, len(done))`;
    const args = [cli, '--allocator', allocatorKind, '-c', code];
    const child = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: patience(180_000) });
    assert.equal(child.stderr, '');
    assert.deepEqual(
      child.stdout.trimEnd().split('\n'),
      LOOPS.map((loop) => `${loop} 1`),
    );
  });
});
