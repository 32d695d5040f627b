// Ways for a process to end while Workers and Python are at work: ends.mjs WAY. Each must end at once with the code that it is meant to have.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ContextScope, PythonEnvironment } from 'protospace';

const busy = () => {
  setInterval(() => ContextScope.run((scope) => scope.list([1, 2, 3]).length), 0);
};

if (isMainThread) await lead(process.argv[2]);
else {
  busy();
  parentPort.postMessage('there');
  if (workerData === 'throws')
    setTimeout(() => {
      throw new Error('uncaught in a Worker');
    }, 20);
  if (workerData === 'exits') setTimeout(() => process.exit(3), 20);
}

async function started(data) {
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  await once(worker, 'message');
  return worker;
}

async function lead(way) {
  const python = await PythonEnvironment.create();
  const run = python.run(
    'import threading, time\nthreading.Thread(target=time.sleep, args=(100,), daemon=True).start()\nwhile True: pass',
  );
  run.catch(() => {});
  await started('works');
  if (way === 'exit') setTimeout(() => process.exit(5), 50);
  if (way === 'uncaught')
    setTimeout(() => {
      throw new Error('uncaught on the main thread');
    }, 50);
  if (way === 'worker throws') {
    const worker = await started('throws');
    const [error] = await once(worker, 'error');
    console.log(error.message);
    console.log(await python.run('1 + 1'));
    process.exit(0);
  }
  if (way === 'worker exits') {
    const worker = await started('exits');
    console.log((await once(worker, 'exit'))[0], await python.run('1 + 1'));
    process.exit(0);
  }
  if (way === 'signal') setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50);
}
