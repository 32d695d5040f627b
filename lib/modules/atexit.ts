/** `atexit` (https://docs.python.org/3.14/library/atexit.html): an environment's list of (function, arguments, keywords), run when its program ends. */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { equals, isCallable, repr } from '../objects/abstract.js';
import { callArgs } from '../objects/call.js';
import { defineModule } from '../objects/define.js';
import { dictSetStr, dictSnapshot, newDict } from '../objects/dict.js';
import { clearException, raise, setException, takeException } from '../objects/exceptions.js';
import { listAppend, listAt, listLength, listSnapshot, listSplice, newList, plainItems } from '../objects/list.js';
import { toJS } from '../objects/strings.js';
import { newTupleFrom, newTupleOf, tupleItem, tupleItems, tupleLength, tupleOf } from '../objects/tuple.js';
import { currentEnvironment } from './frames.js';
import { writeUnraisable } from './unraisable.js';

const I32 = i32;

/** The environment's list of callbacks. */
function callbacks(): number {
  const environment = currentEnvironment();
  const w = (environment >>> 2) + L.ENVIRONMENT_ATEXIT;
  if (I32[w] === 0) storeRef(environment, L.ENVIRONMENT_ATEXIT, newList(0));
  return I32[w];
}

function register(args: number, n: number, kwnames: number): number {
  if (n < 1) return raise('TypeError', 'register() takes at least 1 argument (0 given)');
  if (!isCallable(I32[args])) return raise('TypeError', 'the first argument must be callable');
  const named = newDict();
  const slot = root(named);
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++)
    dictSetStr(named, I32[tupleItems(kwnames) + i], I32[args + n + i]);
  const positional = newTupleFrom(args + 1, n - 1);
  listAppend(callbacks(), tupleOf(I32[args], positional, named));
  unroot(slot);
  return I32[args];
}

/** Drops the callbacks whose function equals the given one. */
function unregister(args: number): number {
  const list = callbacks();
  for (let i = listLength(list) - 1; i >= 0; i--) {
    const entry = listAt(list, i);
    if (entry === 0) continue;
    const slot = root(entry);
    const same = equals(tupleItem(entry, 0), I32[args]);
    const there = listAt(list, i) === I32[slot];
    unroot(slot);
    if (same < 0) return 0;
    if (same === 1 && there) listSplice(list, i, i + 1, []);
  }
  return H.NONE;
}

/** Runs one callback; an exception is reported and goes no further. */
function run(entry: number): void {
  const { keys, values } = dictSnapshot(tupleItem(entry, 2));
  const names = keys.length === 0 ? 0 : newTupleOf(keys);
  const slot = root(entry);
  const r = callArgs(tupleItem(entry, 0), [...plainItems(tupleItem(entry, 1))!, ...values], names);
  if (r === 0) report(tupleItem(I32[slot], 0));
  unroot(slot);
}

function report(f: number): void {
  const slot = root(takeException());
  const shown = repr(f);
  if (shown === 0) clearException();
  setException(I32[slot]);
  unroot(slot);
  writeUnraisable(`Exception ignored in atexit callback ${shown === 0 ? '<object repr() failed>' : toJS(shown)}`, 0);
}

/** The last registered first. What is registered meanwhile is dropped. */
function runAll(): number {
  const list = callbacks();
  const slot = root(newTupleOf(listSnapshot(list)));
  for (let i = tupleLength(I32[slot]) - 1; i >= 0; i--) run(tupleItem(I32[slot], i));
  unroot(slot);
  return clear();
}

function clear(): number {
  listSplice(callbacks(), 0, 0x7fffffff, []);
  return H.NONE;
}

defineModule({
  name: 'atexit',
  doc: `allow programmer to define multiple exit functions to be executed
upon normal program termination.

Two public functions, register and unregister, are defined.
`,
  functions: [
    ['register', register, 'raw'],
    ['unregister', unregister, [1, 1]],
    ['_clear', clear, [0, 0]],
    ['_run_exitfuncs', runAll, [0, 0]],
    ['_ncallbacks', () => H.small(listLength(callbacks())), [0, 0]],
  ],
});
