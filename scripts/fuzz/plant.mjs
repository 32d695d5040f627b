// Faults planted on purpose (--plant): they show that the fuzzer would notice one.
import { ContextScope, ProtoSpace } from '../../dist/index.js';

export const PLANTS = ['crash', 'fault', 'heap'];

/** What JavaScript's collector may not take: its root would go with it. */
const kept = [];

/** Makes the length of a rooted list more than its storage holds. */
function corruptHeap() {
  const scope = ContextScope.enter(ProtoSpace.process().currentThread);
  const text = scope.str('a view on the whole space');
  const list = scope.list([1, 2, 3]).root();
  const words = new Int32Array(text.view().buffer);
  kept.push(list);
  const LIST_LENGTH = 4;
  words[(list.handle >>> 2) + LIST_LENGTH] = 1 << 20;
  scope.leave();
}

/** Does harm when the job says so: aborts the process, breaks an object, or changes the program into one that reports an internal fault. */
export function plant(job) {
  if (job.plant === 'crash') process.abort();
  if (job.plant === 'heap') corruptHeap();
  if (job.plant === 'fault') job.text = 'raise eval("System" + "Error")("planted")';
}
