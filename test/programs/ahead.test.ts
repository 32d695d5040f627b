import assert from 'node:assert/strict';
import { ahead } from './ahead.js';

describe('programs/ahead', () => {
  const isPending = (pending: boolean) => ({ isPending: () => pending });

  function startedBy(index: number, tests: { isPending(): boolean }[]): string[] {
    const started: string[] = [];
    void ahead(['a', 'b', 'c'], tests, async (name) => started.push(name))(index);
    return started;
  }

  it('starts what is asked for and what comes next', () => {
    const tests = [isPending(false), isPending(false), isPending(false)];
    assert.deepEqual(startedBy(0, tests), ['a', 'b']);
    assert.deepEqual(startedBy(2, tests), ['c']);
  });

  it('a program that is left out is not started by the test before it: the suite would wait for it', () => {
    assert.deepEqual(startedBy(0, [isPending(false), isPending(true), isPending(false)]), ['a']);
  });
});
