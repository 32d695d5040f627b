// An object for another thread, without a copy: node examples/share-handle.mjs
// A handle is a 32-bit word that means the same object in every Worker of the process.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { ContextScope, ProtoSpace } from 'protospace';

const space = ProtoSpace.process();

async function main() {
  const worker = new Worker(fileURLToPath(import.meta.url));
  space.watch(worker);

  const bytes = new Uint8Array(1_000_000).fill(7);
  const rows = Array.from({ length: 1000 }, (_, i) => [i, `row ${i}`]);
  const table = ContextScope.run((scope) => scope.dict({ bytes, rows }).root());

  // The object stays rooted here until the Worker has answered.
  worker.postMessage(table.handle);
  const [answer] = await once(worker, 'message');
  console.log('the Worker saw', answer);
  console.log('and left a note:', table.get('note').toJS());
  table.dispose();
  await worker.terminate();
}

function work() {
  parentPort.once('message', (handle) => {
    const table = space.fromHandle(handle);
    // A view of the very bytes that the other thread wrote.
    const bytes = table.get('bytes').view();
    const sum = bytes.reduce((a, b) => a + b, 0);
    const last = table.get('rows').at(-1).toJS();
    table.set('note', 'seen by another thread');
    table.dispose();
    parentPort.postMessage({ sum, last });
  });
}

if (isMainThread) await main();
else work();
