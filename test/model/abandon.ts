/**
 * Isolates that end while others collect (native/heap/carriers.cc, `resume` of lib/heap/collect.ts) as steps: two end, one of which may have started the other
 * and hold the request for a collection; a third collects, once or twice. Is each record freed once, none while somebody else's collection goes on, and does nobody
 * wait for ever?
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: an end that waits until no collection goes on; looking at the request before the record is marked, and not again;
 * a collector that does not look for records after it has given its request back; one that looks before; freeing whatever the request says.
 */
export type Rule = 'as-is' | 'wait' | 'look-first' | 'no-look-after' | 'look-before' | 'free-anyway';

/** The second isolate has started the first, and was terminated in the middle of a collection; both end; or only the first. */
export type Scene = 'collecting parent' | 'two end' | 'one ends';

interface Record {
  owner: 'isolate' | 'dead' | 'taken' | 'nobody';
  state: 'running' | 'safe' | 'free';
  freed: number;
}

interface Shared {
  /** Index + 1 of who collects. */
  request: number;
  /** Is the world stopped for the request? */
  stopped: boolean;
  dead: boolean;
  records: Record[];
  /** Isolates whose clean-up is over. */
  ended: boolean[];
  fault: string;
}

/** Local variables of one thread: part of the state. */
interface Locals {
  seen: boolean;
  all: boolean;
  held: boolean;
}

const COLLECTOR = 2;

function* hold(s: Shared, v: Locals, i: number, rule: Rule): Thread {
  const r = s.records[i]!;
  v.held = true;
  if (r.state !== 'running') {
    r.state = 'running';
    yield;
    if (rule !== 'free-anyway' && s.request !== 0 && s.request !== i + 1) {
      yield;
      r.state = 'safe';
      v.held = false;
      return;
    }
  }
  yield;
  if (s.request !== i + 1) return;
  s.stopped = false;
  s.request = 0;
}

function* freeRecord(s: Shared, v: Locals, i: number, rule: Rule): Thread {
  const r = s.records[i]!;
  yield* hold(s, v, i, rule);
  if (!v.held) return;
  yield;
  if (s.stopped) s.fault = 'a record is freed in the middle of a collection';
  r.freed++;
  r.owner = 'nobody';
  yield;
  r.state = 'free';
}

function* freeDead(s: Shared, v: Locals, rule: Rule): Thread {
  for (;;) {
    yield;
    v.seen = s.dead;
    s.dead = false;
    if (!v.seen) return;
    v.all = true;
    for (let i = 0; i < COLLECTOR; i++) {
      yield;
      if (s.records[i]!.owner !== 'dead') continue;
      s.records[i]!.owner = 'taken';
      yield;
      yield* freeRecord(s, v, i, rule);
      if (v.held) continue;
      yield;
      s.records[i]!.owner = 'dead';
      v.all = false;
    }
    if (v.all) continue;
    yield;
    s.dead = true;
    yield;
    if (s.request !== 0) return;
  }
}

/** The clean-up hook of an isolate. */
function* end(s: Shared, v: Locals, i: number, rule: Rule, scene: Scene): Thread {
  // Node ends the isolates that this one has started first.
  if (scene === 'collecting parent' && i === 1) yield () => s.ended[0]!;
  if (rule === 'wait') {
    yield () => s.request === 0 || s.request === i + 1;
    yield* freeRecord(s, v, i, 'as-is');
  } else if (rule === 'look-first' && s.request !== 0 && s.request !== i + 1) {
    yield;
    s.records[i]!.owner = 'dead';
    s.dead = true;
  } else {
    s.records[i]!.owner = 'dead';
    yield;
    s.dead = true;
    yield* freeDead(s, v, rule);
  }
  s.ended[i] = true;
}

function* collect(s: Shared, v: Locals, rule: Rule, rounds: number): Thread {
  for (let round = 0; round < rounds; round++) {
    yield () => s.request === 0;
    s.request = COLLECTOR + 1;
    for (let i = 0; i < COLLECTOR; i++) yield () => s.records[i]!.state !== 'running';
    s.stopped = true;
    yield;
    v.seen = s.dead;
    yield;
    s.stopped = false;
    s.request = 0;
    if (rule !== 'look-before') yield;
    if (rule !== 'look-before') v.seen = s.dead;
    if (rule !== 'no-look-after' && v.seen) yield* freeDead(s, v, rule);
  }
}

function fault(s: Shared, stuck: readonly number[]): string {
  if (s.fault !== '') return s.fault;
  if (stuck.length > 0) return `isolates ${stuck.join()} wait for ever`;
  return s.records.every((r) => r.owner === 'isolate' || (r.freed === 1 && r.state === 'free'))
    ? ''
    : 'a record is left, or freed twice';
}

export function search(rule: Rule, scene: Scene): Found {
  return explore(() => {
    const parent = scene === 'collecting parent';
    const s: Shared = {
      request: parent ? 2 : 0,
      stopped: parent,
      dead: false,
      records: [
        { owner: 'isolate', state: 'safe', freed: 0 },
        { owner: 'isolate', state: parent ? 'running' : 'safe', freed: 0 },
      ],
      ended: [false, false],
      fault: '',
    };
    const locals = [0, 1, 2].map((): Locals => ({ seen: false, all: true, held: false }));
    return {
      threads: [
        collect(s, locals[2]!, rule, scene === 'two end' ? 1 : 2),
        end(s, locals[0]!, 0, rule, scene),
        ...(scene === 'one ends' ? [] : [end(s, locals[1]!, 1, rule, scene)]),
      ],
      state: () => [s, locals],
      fault: (stuck) => fault(s, stuck),
    };
  });
}
