import assert from 'node:assert/strict';
import { itCounts } from './explored.js';
import { cas, fence, follow, type Litmus, load, type Machine, search, store } from './litmus.js';

/** A rule as it is, and as it would be without one of its orders; where the weaker one is found out. */
interface Rule {
  readonly name: string;
  readonly as: Litmus;
  readonly weaker: readonly (readonly [what: string, Litmus, found: readonly Machine[]])[];
}

const ARM: readonly Machine[] = ['arm'];
const BOTH: readonly Machine[] = ['x86', 'arm'];
const maybe = <T>(there: boolean, row: T): T[] => (there ? [row] : []);

/** storeRef: an object is filled, then found in a shared one by a plain store. */
const publication = (fenced: boolean): Litmus => ({
  threads: [
    [store('field', 7), ...maybe(fenced, fence), store('slot', 1)],
    [load('object', 'slot'), follow('field', 'object', 'field')],
  ],
  wrong: (r) => r.object === 1 && r.field !== 7,
});

/** Two words of a shared object, changed in a section, read between two looks at its word `sync`. */
const section = (afterBegin: boolean, beforeRetry: boolean, end: 'release' | 'plain' = 'release'): Litmus => ({
  threads: [
    [...cas('sync', 1), ...maybe(afterBegin, fence), store('a', 5), store('b', 5), store('sync', 2, end)],
    [
      load('seen', 'sync', 'acquire'),
      load('a', 'a'),
      load('b', 'b'),
      ...maybe(beforeRetry, fence),
      load('now', 'sync'),
    ],
  ],
  wrong: (r) => r.seen !== 1 && r.seen === r.now && (r.a !== r.b || (r.seen === 2 && r.a !== 5)),
});

/** leaveSafe against a collector that stops the world: at most one of the two goes on. */
const handshake = (order: 'sc' | 'plain'): Litmus => ({
  threads: [
    [store('state', 1, order), load('request', 'request', order)],
    [store('request', 1, order), load('state', 'state', order)],
  ],
  wrong: (r) => r.request === 0 && r.state === 0,
});

/** The record of an isolate that ended (CTL_CARRIERS_DEAD) against a collector that gives its request back. */
const deadRecord = (order: 'sc' | 'release'): Litmus => ({
  threads: [
    [store('record', 1), store('dead', 1, order), load('request', 'request', order === 'sc' ? 'sc' : 'acquire')],
    [store('request', 0, order), load('dead', 'dead', order === 'sc' ? 'sc' : 'acquire')],
  ],
  start: { request: 1 },
  wrong: (r) => r.request === 1 && r.dead === 0,
});

/** What a stopped world has seen of a carrier's plain stores, and a carrier that goes on of the collector's. */
const stop = (order: 'sc' | 'plain'): Litmus => ({
  threads: [
    [store('field', 1), store('state', 1, order)],
    [load('state', 'state', order), load('field', 'field')],
  ],
  wrong: (r) => r.state === 1 && r.field === 0,
});

/** A class is changed, then gets a new version; a cache holds what was found for the version read first. */
const version = (writer: 'release' | 'plain', reader: 'acquire' | 'plain'): Litmus => ({
  threads: [
    [store('method', 1), store('version', 1, writer)],
    [load('version', 'version', reader), load('method', 'method')],
  ],
  wrong: (r) => r.version === 1 && r.method === 0,
});

/** The entry of a code object whose tables have just been read, and a call that reads both; `stopped`: the call comes after a stop that stores the entry. */
const lazyBody = (stopped: boolean): Litmus => ({
  threads: [
    [store('tables', 1), store('entry', 1, 'sc'), ...maybe(stopped, store('request', 0, 'sc'))],
    [...maybe(stopped, load('request', 'request', 'sc')), load('entry', 'entry'), load('tables', 'tables')],
  ],
  start: { request: 1 },
  wrong: (r) => r.request !== 1 && r.entry === 1 && r.tables === 0,
});

/** A generator that is suspended, and who resumes it by compare-and-swap. */
const generator = (state: 'release' | 'plain'): Litmus => ({
  threads: [
    [store('frame', 1), store('state', 2, state)],
    [load('state', 'state', 'acquire'), load('frame', 'frame')],
  ],
  wrong: (r) => r.state === 2 && r.frame === 0,
});

/** An instance whose dict is assigned: the dict first, then the shape that says so. */
const dictShape = (fenced: boolean, reader: 'acquire' | 'plain'): Litmus => ({
  threads: [
    [store('view', 1), ...maybe(fenced, fence), store('shape', 1)],
    [load('shape', 'shape', reader), load('view', 'view')],
  ],
  wrong: (r) => r.shape === 1 && r.view === 0,
});

/** New lines are marked so before the marker can find a handle that leads there. */
const newLine = (fenced: boolean): Litmus => ({
  threads: [
    [store('byte', 1), ...maybe(fenced, fence), store('slot', 1)],
    [load('handle', 'slot', 'acquire'), follow('byte', 'handle', 'byte')],
  ],
  wrong: (r) => r.handle === 1 && r.byte === 0,
});

/** Chase and Lev's deque: the owner takes the last item, a thief steals it. Who takes it last is decided by the compare-and-swap, not modelled. */
const steal = (order: 'sc' | 'release'): Litmus => ({
  threads: [
    [store('bottom', 0, order), load('top', 'top', order === 'sc' ? 'sc' : 'acquire')],
    [store('top', 1, order), load('bottom', 'bottom', order === 'sc' ? 'sc' : 'acquire')],
  ],
  start: { bottom: 1 },
  wrong: (r) => r.top === 0 && r.bottom === 1,
});

const RULES: readonly Rule[] = [
  { name: 'an object stored in a shared one', as: publication(true), weaker: [['no fence', publication(false), ARM]] },
  {
    name: 'sections of shared objects',
    as: section(true, true),
    weaker: [
      ['no fence after the compare-and-swap', section(false, true), ARM],
      ['no fence before the second look', section(true, false), ARM],
      ['a plain store at the end', section(true, true, 'plain'), ARM],
    ],
  },
  { name: 'handshake', as: handshake('sc'), weaker: [['plain stores', handshake('plain'), BOTH]] },
  { name: 'the stopped world', as: stop('sc'), weaker: [['plain state', stop('plain'), ARM]] },
  {
    name: 'records of isolates that ended',
    as: deadRecord('sc'),
    weaker: [['release and acquire', deadRecord('release'), BOTH]],
  },
  {
    name: 'versions of classes and dicts',
    as: version('release', 'acquire'),
    weaker: [
      ['plain store', version('plain', 'acquire'), ARM],
      ['plain load', version('release', 'plain'), ARM],
    ],
  },
  { name: 'bodies of code', as: lazyBody(true), weaker: [['while calls go on', lazyBody(false), ARM]] },
  { name: 'suspended generators', as: generator('release'), weaker: [['plain state', generator('plain'), ARM]] },
  {
    name: 'instances with a dict',
    as: dictShape(true, 'acquire'),
    weaker: [
      ['no fence', dictShape(false, 'acquire'), ARM],
      ['plain load of the shape', dictShape(true, 'plain'), ARM],
    ],
  },
  { name: 'lines that are new', as: newLine(true), weaker: [['no fence', newLine(false), ARM]] },
  { name: 'stealing the last thread', as: steal('sc'), weaker: [['release and acquire', steal('release'), BOTH]] },
];

describe('model: order of loads and stores on x86 and ARM', () => {
  for (const { name, as, weaker } of RULES) {
    for (const machine of BOTH)
      itCounts(`${name}: never seen in the wrong order (${machine})`, 'states', () => {
        const { wrong, ends, states } = search(as, machine);
        assert.equal(wrong, '');
        assert.ok(ends > 1, `${ends} ends`);
        return states;
      });
    for (const [what, litmus, found] of weaker)
      itCounts(`${name}, ${what}: found on ${found.join(' and ')}`, 'states', () => {
        const all = BOTH.map((machine) => ({ machine, ...search(litmus, machine) }));
        const wrong = all.filter((m) => m.wrong !== '').map((m) => m.machine);
        assert.deepEqual(wrong, found);
        return all.reduce((sum, m) => sum + m.states, 0);
      });
  }
});
