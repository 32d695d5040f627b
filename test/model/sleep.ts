/**
 * Carriers that sleep for want of a thread (lib/threads/run-queue.ts) as steps: two carriers, two threads queued by others. Is a thread ever left
 * queued while all sleep?
 */
import { explore, type Found, type Thread } from './explore.js';

/** The rule itself, or one that is too weak: sleeping without a second look; looking for sleepers before queueing. */
export type Rule = 'as-is' | 'no-second-look' | 'call-first';

interface Shared {
  queued: number;
  queue: number[];
  sleeping: number;
  words: ('awake' | 'asleep' | 'called')[];
  ran: number;
}

interface Locals {
  called: boolean;
}

function* queueThread(s: Shared, v: Locals, item: number, rule: Rule): Thread {
  if (rule === 'call-first') yield* call(s, v);
  s.queued++;
  yield;
  s.queue.push(item);
  yield;
  if (rule !== 'call-first') yield* call(s, v);
}

function* call(s: Shared, v: Locals): Thread {
  if (s.sleeping <= 0) return;
  yield;
  for (let i = 0; i < s.words.length; i++) {
    v.called = s.words[i] === 'asleep';
    if (!v.called) continue;
    s.words[i] = 'called';
    yield;
    s.sleeping--;
    return;
  }
}

/** Runs what there is, then sleeps; ends when both threads ran. */
function* carrier(s: Shared, i: number, rule: Rule): Thread {
  while (s.ran < 2) {
    if (s.queue.length > 0) {
      s.queue.shift();
      s.ran++;
      yield 'ran';
      s.queued--;
      continue;
    }
    yield 'nothing';
    s.words[i] = 'asleep';
    yield 'asleep';
    s.sleeping++;
    yield 'counted';
    if (rule === 'no-second-look' || s.queued <= 0) {
      yield 'sleeps';
      yield () => s.words[i] !== 'asleep' || s.ran === 2;
    }
    if (s.words[i] === 'asleep') {
      s.words[i] = 'awake';
      yield 'not called';
      s.sleeping--;
    } else s.words[i] = 'awake';
    yield 'awake';
  }
}

export function search(rule: Rule): Found {
  return explore(() => {
    const s: Shared = { queued: 0, queue: [], sleeping: 0, words: ['awake', 'awake'], ran: 0 };
    const locals: Locals[] = [{ called: false }, { called: false }];
    return {
      threads: [
        carrier(s, 0, rule),
        carrier(s, 1, rule),
        queueThread(s, locals[0]!, 1, rule),
        queueThread(s, locals[1]!, 2, rule),
      ],
      state: () => [s, locals],
      fault: (stuck) =>
        stuck.length > 0 ? `${s.queue.length} threads are queued, carriers ${stuck.join()} sleep` : '',
    };
  });
}
