// Many threads that allocate, promote, share and die, and carriers that are terminated in the middle, on the heap and in Python, over both allocators:
//   npm run stress -- [--seconds N] [--seed S] [--workers N] [--allocator native|ts]
// Every part runs some N seconds (at most 120; go on with other seeds). It fails when an object is overwritten or lost, the heap does not verify, or
// anything hangs. The suite runs a short form.
import { parseArgs } from 'node:util';
import { runNode } from './run.mjs';

const { values: option } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String((Date.now() % 1e6) + 1) },
    workers: { type: 'string', default: '4' },
    allocator: { type: 'string' },
  },
});
const MOST = { seconds: 120, seed: 1e9, workers: 64 };
const bad = Object.keys(MOST).find((name) => !(Number(option[name]) >= 1 && Number(option[name]) <= MOST[name]));
if (bad !== undefined) {
  console.error(`stress: --${bad} ${option[bad]} is not between 1 and ${MOST[bad]}`);
  process.exit(2);
}
const allocator = option.allocator === undefined ? [] : ['--allocator', option.allocator];
console.log(`stress: ${option.seconds} s a part, seed ${option.seed}, ${option.workers} workers`);
const good = runNode('scripts/test.mjs', ['--no-build', '--spec', '--only', 'stress', ...allocator], {
  env: {
    PROTOSPACE_STRESS_SECONDS: option.seconds,
    PROTOSPACE_STRESS_SEED: option.seed,
    PROTOSPACE_STRESS_WORKERS: option.workers,
  },
});
process.exitCode = good ? 0 : 1;
