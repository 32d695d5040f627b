// Writes the expected outputs of this folder's programs and of examples.json, as CPython 3.14 gives them.
//   PROTOSPACE_PEERS=DIR node test/programs/make-expected.mjs [FILTER]      (DIR holds bin/cpython314)
// Each program runs twice: what is not the same both times is reported and not written.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { difference, exampleRuns, folder, inParallel, programNames, runExample, runProgram } from './harness.mjs';

const peers = process.env.PROTOSPACE_PEERS;
if (!peers) {
  console.error('make-expected: set PROTOSPACE_PEERS to a folder that holds bin/cpython314');
  process.exit(2);
}
const interpreter = [join(peers, 'bin/cpython314')];
const filter = process.argv[2] ?? '';
let written = 0;
const unstable = [];

function store(name, suffix, text, wanted) {
  if (wanted) writeFileSync(join(folder, name + suffix), text);
  else rmSync(join(folder, name + suffix), { force: true });
}

/** Both runs' common result; undefined, and a note, when they differ. */
async function twice(name, run) {
  const [first, second] = [await run(), await run()];
  const diff = first.timedOut ? { what: 'timeout' } : difference(first, second);
  if (!diff) return first;
  unstable.push(`${name}: ${diff.what} ${diff.line ?? ''}`);
  return undefined;
}

await inParallel(2, programNames(filter), async (name) => {
  const result = await twice(name, () => runProgram(interpreter, name));
  if (!result) return;
  store(name, '.out', result.stdout, true);
  store(name, '.err', result.stderr, result.stderr !== '');
  store(name, '.code', `${result.code}\n`, result.code !== 0);
  written++;
});

const lines = (text) => text.split('\n').slice(0, -1);
const runs = exampleRuns();
await inParallel(
  2,
  runs.filter((run) => `example ${run.name}`.includes(filter)),
  async (run) => {
    const result = await twice(`example ${run.name}`, () => runExample(interpreter, run));
    if (!result) return;
    run.stdout = lines(result.stdout);
    run.stderr = result.stderr ? lines(result.stderr) : undefined;
    run.exit = result.code || undefined;
    written++;
  },
);
writeFileSync(join(folder, 'examples.json'), `${JSON.stringify(runs, null, 2)}\n`);

for (const note of unstable) console.log(`not written, runs differ: ${note}`);
console.log(`${written} written, ${unstable.length} not`);
process.exitCode = unstable.length > 0 ? 1 : 0;
