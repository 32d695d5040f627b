// Start-up time, as rows of data: node bench/startup.mjs [TRIALS]. Each trial is a process of its own; the rows take turns, so that a busy machine
// slows all alike; the difference to Node's own start in the same run is what counts. Prints minimum and median in ms.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
/** Most ms above Node's own start that an empty program may take. */
export const EMPTY_MOST = 120;

/** name, program, options, may differ from Node's start by ms at most */
export const ROWS = [
  ['empty', '', [], EMPTY_MOST],
  ['empty, TypeScript allocator', '', ['--allocator', 'ts'], EMPTY_MOST],
  ['import os, re, collections', 'import os, re, collections\n', [], undefined],
];

function time(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return performance.now() - start;
}

const median = (sorted) => sorted[sorted.length >> 1];

/** Rows of { name, min, median, difference, most }; the first is Node's own start. `difference` is that of the minima. */
export function measureStartup(trials = 15) {
  const folder = mkdtempSync(join(tmpdir(), 'protospace-startup-'));
  try {
    const runs = ROWS.map(([name, text, options, most], i) => {
      const file = join(folder, `${i}.py`);
      writeFileSync(file, text);
      return { name, args: [CLI, ...options, file], most, times: [] };
    });
    runs.unshift({ name: 'node -e 0', args: ['-e', '0'], most: undefined, times: [] });
    for (const { args } of runs) time(args);
    for (let i = 0; i < trials; i++) for (const run of runs) run.times.push(time(run.args));
    for (const run of runs) run.times.sort((a, b) => a - b);
    const own = runs[0].times[0];
    return runs.map(({ name, times, most }) => ({
      name,
      min: times[0],
      median: median(times),
      difference: times[0] - own,
      most,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is not built');
  for (const { name, min, median, difference, most } of measureStartup(Number(process.argv[2]) || undefined)) {
    const limit = most === undefined ? '' : ` (at most ${most})`;
    console.log(
      `${name.padEnd(30)} min ${min.toFixed(0)} median ${median.toFixed(0)} over Node ${difference.toFixed(0)}${limit}`,
    );
  }
}
