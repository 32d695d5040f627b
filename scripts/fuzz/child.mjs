// A process that runs programs one after another, each in an environment of its own, and tells its parent how each ended.
import { PythonEnvironment, PythonError, ProtoSpace } from '../../dist/index.js';
import { plant } from './plant.mjs';

const SYNTAX = new Set(['SyntaxError', 'IndentationError', 'TabError']);
const nowhere = () => {};

/** How a run ended: ended, exception, syntax, timeout, or fault with what was wrong. */
async function attempt({ name, text, timeout }) {
  const environment = await PythonEnvironment.create({ argv: [name], path: [], stdout: nowhere, stderr: nowhere });
  const signal = AbortSignal.timeout(timeout * 1000);
  let result;
  try {
    await environment.run(text, { filename: name, signal });
    result = { outcome: 'ended' };
  } catch (error) {
    result = error === signal.reason ? { outcome: 'timeout' } : failure(error, text, signal.aborted);
  }
  const closed = environment.close().then(
    () => true,
    () => true,
  );
  const late = new Promise((resolve) => setTimeout(resolve, timeout * 1000, false).unref());
  if (!(await Promise.race([closed, late]))) return { ...result, outcome: 'timeout', tired: true };
  return result;
}

function failure(error, text, aborted) {
  if (!(error instanceof PythonError)) return { outcome: 'fault', detail: String(error?.stack ?? error) };
  if (error.type === 'SystemError' && !text.includes('SystemError'))
    return { outcome: 'fault', detail: error.traceback };
  if (aborted) return { outcome: 'timeout' };
  return { outcome: SYNTAX.has(error.type) ? 'syntax' : 'exception' };
}

process.on('message', async (job) => {
  if (job === null) process.exit(0);
  let result;
  try {
    plant(job);
    result = await attempt(job);
    ProtoSpace.process().verify();
  } catch (error) {
    result = { outcome: 'fault', detail: String(error?.stack ?? error) };
  }
  process.send({ index: job.index, ...result });
});
