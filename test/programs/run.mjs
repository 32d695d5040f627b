// Runs the Python programs of this folder (and, with --examples, those of examples/) and says which pass.
//   node test/programs/run.mjs [options] [FILTER...]
// FILTER is a part of a program's name, or a pattern with `*`. Exit code 1 when something fails.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  difference,
  exampleRuns,
  expectedOf,
  expectedOfExample,
  inParallel,
  programNames,
  root,
  runExample,
  runProgram,
} from './harness.mjs';

const USAGE = `usage: node test/programs/run.mjs [options] [FILTER...]
  -j, --jobs N         programs at a time (2)
  --cli PATH           command to test (dist/cli.js); a file that is not .js/.mjs is run directly
  --allocator X        native or ts, passed on
  --timeout S          seconds a program may take (60)
  -v, --verbose        the first difference of every failing program, and its standard error
  -q, --quiet          failing programs only
  --examples           the runs of examples.json as well; --only-examples: these alone`;

const { values: option, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', short: 'j', default: '2' },
    cli: { type: 'string', default: join(root, 'dist/cli.js') },
    allocator: { type: 'string' },
    timeout: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
    quiet: { type: 'boolean', short: 'q' },
    examples: { type: 'boolean' },
    'only-examples': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (option.help) {
  console.log(USAGE);
  process.exit(0);
}
const cli = resolve(option.cli);
if (!existsSync(cli)) {
  console.error(`run.mjs: no file '${cli}': build first (npm run build), or give --cli PATH`);
  process.exit(2);
}
const interpreter = [
  ...(/\.[cm]?js$/.test(cli) ? [process.execPath, cli] : [cli]),
  ...(option.allocator ? ['--allocator', option.allocator] : []),
];
const limits = option.timeout ? { timeout: Number(option.timeout) } : {};
const filters = positionals.length > 0 ? positionals : [''];

const programJob = (name) => ({ name, expected: expectedOf(name), run: () => runProgram(interpreter, name, limits) });
const exampleJob = (run) => ({
  name: `example ${run.name}`,
  expected: expectedOfExample(run),
  run: () => runExample(interpreter, run, limits),
});
const chosen = (list, key) => [...new Map(filters.flatMap(list).map((item) => [key(item), item])).values()];
const jobs = [
  ...(option['only-examples'] ? [] : chosen(programNames, (name) => name).map(programJob)),
  ...(option.examples || option['only-examples'] ? chosen(exampleRuns, (run) => run.name).map(exampleJob) : []),
];

const colour = process.stdout.isTTY ? (code, text) => `\x1b[${code}m${text}\x1b[0m` : (_, text) => text;
const show = (text) => (text === undefined ? '(nothing)' : JSON.stringify(text));

function explain(diff, result) {
  const place = diff.line ? `${diff.what}, line ${diff.line}` : diff.what;
  const lines = [
    `    ${place}`,
    ...(diff.context ?? []).map((c) => `      after    ${show(c)}`),
    `      expected ${show(diff.expected)}`,
    `      actual   ${show(diff.actual)}`,
  ];
  if (diff.what !== 'stderr' && result.stderr)
    lines.push(
      ...result.stderr
        .trimEnd()
        .split('\n')
        .slice(-12)
        .map((l) => `      | ${l}`),
    );
  console.log(lines.join('\n'));
}

const failed = [];
let passed = 0;
const begin = performance.now();
await inParallel(Number(option.jobs), jobs, async (job) => {
  if (!job.expected) {
    failed.push(job.name);
    console.log(`${colour(31, 'none')} ${job.name}: no expected output, run make-expected.mjs`);
    return;
  }
  const result = await job.run();
  const diff = difference(job.expected, result);
  const time = `${result.seconds.toFixed(2)} s`;
  if (!diff) {
    passed++;
    if (!option.quiet) console.log(`${colour(32, 'pass')} ${job.name}  ${time}`);
    return;
  }
  failed.push(job.name);
  console.log(`${colour(31, 'FAIL')} ${job.name}  ${time}  (${diff.what}${diff.line ? ` line ${diff.line}` : ''})`);
  if (option.verbose) explain(diff, result);
});
if (failed.length > 0) console.log(`\nfailing: ${failed.sort().join(' ')}`);
console.log(`${passed} passed, ${failed.length} failed in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
process.exitCode = failed.length > 0 || jobs.length === 0 ? 1 : 0;
