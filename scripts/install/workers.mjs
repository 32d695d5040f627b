// The heap in many Workers, some of them ended by terminate() in the middle: the others, and Python, go on.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { ContextScope, ProtoSpace, PythonEnvironment } from 'protospace';

if (isMainThread) await lead();
else work();

async function lead() {
  const space = ProtoSpace.process();
  const workers = Array.from({ length: 6 }, () => {
    const worker = new Worker(new URL(import.meta.url));
    space.watch(worker);
    return worker;
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const python = await PythonEnvironment.create();
  await Promise.all(workers.slice(0, 3).map((worker) => worker.terminate()));
  console.log('after terminate:', await python.run('sum(len([i]) for i in range(100000))'));
  for (const worker of workers.slice(3)) worker.postMessage('end');
  const codes = await Promise.all(workers.slice(3).map(async (worker) => (await once(worker, 'exit'))[0]));
  console.log('ended:', codes.join(' '), space.allocator);
  await python.close();
  space.verify();
}

function work() {
  let told = false;
  const timer = setInterval(() => {
    for (let i = 0; i < 200; i++) ContextScope.run((scope) => scope.list([i, 'text', scope.tuple([1.5, i])]).length);
    if (!told) parentPort.postMessage('there');
    told = true;
  }, 0);
  parentPort.once('message', () => {
    clearInterval(timer);
    parentPort.close();
  });
}
