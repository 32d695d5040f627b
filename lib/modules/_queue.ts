/** `_queue` (https://docs.python.org/3.14/library/queue.html#queue.SimpleQueue). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue } from '../objects/abstract.js';
import { defineModule, defineType } from '../objects/define.js';
import '../objects/exception-types.js';
import { exceptionId, raise, setException } from '../objects/exceptions.js';
import { callArgs } from '../objects/call.js';
import { intFromNumber } from '../objects/int.js';
import { blocking } from '../objects/natives.js';
import * as T from '../objects/type-ids.js';
import {
  dequeue,
  enqueue,
  isQueueEmpty,
  newQueue,
  queueLength,
  takeFromQueue,
  UNWIND,
} from '../threads/simple-queue.js';
import { secondsOf, TIMEOUT_MAX } from './timeout.js';
import { hasKeywords } from '../objects/keywords.js';

const I32 = i32;
const T_SIMPLE_QUEUE = T.T_BLOCK_THREAD + 4;

function raiseEmpty(): number {
  const e = callArgs(T.typeHandle(T.T_QUEUE_EMPTY), []);
  return e === 0 ? 0 : setException(e);
}

function put(args: number): number {
  enqueue(I32[args], I32[args + 1]);
  return H.NONE;
}

/** Milliseconds of get's arguments; NaN with the exception set. */
function getTimeout(block: number, timeout: number): number {
  const blocks = block === 0 ? 1 : isTrue(block);
  if (blocks < 0) return Number.NaN;
  if (blocks === 0) return 0;
  if (timeout === 0 || timeout === H.NONE) return Infinity;
  const seconds = secondsOf(timeout);
  if (seconds < 0) return raise('ValueError', "'timeout' must be a non-negative number") || Number.NaN;
  if (seconds > TIMEOUT_MAX) return raise('OverflowError', 'timeout value is too large') || Number.NaN;
  return seconds * 1000;
}

const get = blocking((args) => {
  const milliseconds = getTimeout(I32[args + 1], I32[args + 2]);
  if (Number.isNaN(milliseconds)) return 0;
  const value = milliseconds === 0 ? dequeue(I32[args]) : takeFromQueue(I32[args], milliseconds);
  return value === UNWIND ? 0 : value === 0 ? raiseEmpty() : value;
});

function create(type: number, _args: number, n: number, kwnames: number): number {
  if (n > 0) return raise('TypeError', 'SimpleQueue() takes no positional arguments');
  if (hasKeywords(kwnames)) return raise('TypeError', 'SimpleQueue() takes no keyword arguments');
  const exact = type === T.typeHandle(T_SIMPLE_QUEUE);
  return newQueue(exact ? L.KIND_RECORD : L.KIND_RECORD | L.FLAG_SUBCLASS, exact ? 64 : 128, type);
}

defineType({
  id: T.T_QUEUE_EMPTY,
  name: 'Empty',
  module: '_queue',
  base: exceptionId('Exception'),
  kind: L.KIND_EXCEPTION,
  dict: true,
  doc: 'Exception raised by Queue.get(block=0)/get_nowait().',
});

defineType({
  id: T_SIMPLE_QUEUE,
  name: 'SimpleQueue',
  module: '_queue',
  kind: L.KIND_RECORD,
  weakrefs: true,
  generic: true,
  doc: 'Simple, unbounded, reentrant FIFO queue.',
  methods: [
    ['empty', (args) => H.fromBool(isQueueEmpty(I32[args])), [0, 0]],
    ['get', get, '(block=True, timeout=None)'],
    ['get_nowait', (args) => dequeue(I32[args]) || raiseEmpty(), [0, 0]],
    ['put', put, '(item, block=True, timeout=None)'],
    ['put_nowait', put, '(item)'],
    ['qsize', (args) => intFromNumber(queueLength(I32[args])), [0, 0]],
  ],
  slots: { create, init: () => 1 },
});

defineModule({ name: '_queue', types: [T.T_QUEUE_EMPTY, T_SIMPLE_QUEUE] });
