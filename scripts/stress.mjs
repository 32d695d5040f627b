// Many threads that allocate, promote, share and die, and carriers that are terminated in the middle, on the heap and in Python, over both allocators:
//   npm run stress -- [--minutes N | --seconds N] [--seed S] [--workers N] [--allocator native|ts]
// --minutes: in all, about; --seconds: each part. It fails when an object is overwritten, lost, leaked or other than its shadow says, also with memory
// exhausted, when the heap does not verify, or anything hangs. What threads do follows from the seed; when each of them does, from the system. The suite
// runs a short form.
import { parseArgs } from 'node:util';
import { runNode } from './run.mjs';

const { values: option } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String((Date.now() % 1e6) + 1) },
    workers: { type: 'string', default: '4' },
    allocator: { type: 'string' },
  },
});
/** Of the time each timed part gets: six run so long, the others count what they do, which takes as long as two to three. */
const PARTS = option.allocator === undefined ? 8 : 4;
if (option.minutes !== undefined)
  option.seconds = String(Math.max(1, Math.round((Number(option.minutes) * 60) / PARTS)));
const MOST = { seconds: 3600, seed: 1e9, workers: 64 };
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
    PROTOSPACE_TEST_LIMIT: String(1200 + 10 * Number(option.seconds)),
  },
});
process.exitCode = good ? 0 : 1;
