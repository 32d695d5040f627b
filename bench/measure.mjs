// Trials of the benchmarks: each runs a process of its own and gives numbers.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withConstants } from '../scripts/constants.mjs';
import { at } from '../scripts/run.mjs';

const PROGRAMS = at('bench', 'programs');
const peers = process.env.PROTOSPACE_PEERS ?? join(homedir(), '.cache', 'protospace-peers');

/** CPython 3.14's command, undefined where there is none. */
export const cpython = [join(peers, 'bin', 'cpython314')].find(existsSync);

/** PyPy's, in the same way. */
export const pypy = [join(peers, 'bin', 'pypy311')].find(existsSync);

/** Node's options for the planted fault: no compiler but the interpreter, whichever tiers this Node has. */
export const PLANT = ['--no-opt', '--no-maglev', '--no-sparkplug'];
export let nodeOptions = [];
export const plantFault = () => {
  nodeOptions = PLANT;
};

export const ours = (...options) => [process.execPath, ...nodeOptions, at('dist', 'cli.js'), ...options];

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

export function run([command, ...args], options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 24, ...options });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${result.stderr ?? result.error}`);
  return result;
}

/** Output lines `result ...` and `elapsed SECONDS` of a benchmark program. */
function parse(stdout) {
  const lines = stdout.trim().split('\n');
  return { result: lines[0], seconds: Number(lines.at(-1).split(' ')[1]) };
}

export const runProgram = (command, program, ...args) =>
  parse(run([...command, join(PROGRAMS, program), ...args]).stdout);

/** Median of the ratios ours ÷ theirs, pair by pair; the results must agree. */
export function programRatio(program, trials, args = []) {
  const pairs = Array.from({ length: trials }, () => {
    const mine = runProgram(ours(), program, ...args);
    const theirs = runProgram([cpython], program, ...args);
    if (mine.result !== theirs.result) throw new Error(`${program}: ${mine.result}, CPython has ${theirs.result}`);
    return { mine: mine.seconds, theirs: theirs.seconds, ratio: mine.seconds / theirs.seconds };
  });
  const of = (key) => median(pairs.map((p) => p[key]));
  return { mine: of('mine'), theirs: of('theirs'), ratio: of('ratio') };
}

/** Seconds of wall time of processes that run at once. */
async function together(commands) {
  const begin = performance.now();
  const ends = commands.map(
    ([command, ...args]) =>
      new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: 'ignore' });
        child.on('error', reject);
        child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
      }),
  );
  await Promise.all(ends);
  return (performance.now() - begin) / 1000;
}

/**
 * Two threads doing W each ÷ one thread doing W, and the same for two processes against one, as the machine's own measure. The threads' times are
 * the program's; of the processes' the start is taken off.
 */
export async function parallel(trials) {
  const work = '12000000';
  const program = (...args) => [...ours(), join(PROGRAMS, 'cpu2.py'), ...args];
  const rows = [];
  for (let i = 0; i < trials; i++) {
    const one = runProgram(ours(), 'cpu2.py', '1', work).seconds;
    const two = runProgram(ours(), 'cpu2.py', '2', work).seconds;
    const start = await together([program('1', '1')]);
    const single = (await together([program('1', work)])) - start;
    const pair = (await together([program('1', work), program('1', work)])) - start;
    rows.push({ threads: two / one, processes: pair / single, ratio: two / one / (pair / single) });
  }
  const of = (key) => median(rows.map((r) => r[key]));
  return { threads: of('threads'), processes: of('processes'), ratio: of('ratio') };
}

/** Milliseconds of an empty program and of Node doing nothing, least of the trials, taken in turn. */
export function start(allocator, trials) {
  const file = at('.cache', 'bench', 'empty.py');
  mkdirSync(at('.cache', 'bench'), { recursive: true });
  writeFileSync(file, '');
  const wall = (command) => {
    const begin = performance.now();
    run(command);
    return performance.now() - begin;
  };
  const rows = Array.from({ length: trials }, () => ({
    mine: wall(ours('--allocator', allocator, file)),
    node: wall([process.execPath, '-e', '0']),
  }));
  const of = (key) => median(rows.map((r) => r[key]));
  return { mine: of('mine'), node: of('node'), extra: median(rows.map((r) => r.mine - r.node)) };
}

/** Peak resident megabytes and collections of a program of 10^8 temporaries. */
export function temporaries(program, ...args) {
  const [node, ...rest] = ours('--stats');
  const { stderr } = run([node, '--require', at('bench', 'peak.cjs'), ...rest, join(PROGRAMS, program), ...args]);
  const figure = (pattern) => Number(pattern.exec(stderr)?.[1] ?? Number.NaN);
  return { megabytes: figure(/^peak kilobytes (\d+)$/m) / 1024, collections: figure(/^collections\s+(\d+)/m) };
}

/** Bundles a trial of bench/heap as the package is; the file. */
export async function bundleTrial(name) {
  const { build } = await import('esbuild');
  const outfile = at('.cache', 'bench', `${name}.cjs`);
  await build({
    absWorkingDir: at('.'),
    entryPoints: [`bench/heap/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minifySyntax: true,
    logLevel: 'error',
    define: {
      'import.meta.dirname': JSON.stringify(at('dist')),
      'import.meta.filename': JSON.stringify(at('dist', 'bench.js')),
      'import.meta.url': JSON.stringify(pathToFileURL(at('dist', 'bench.js')).href),
      PROTOSPACE_BUILD: '"bench"',
    },
  });
  writeFileSync(outfile, withConstants(readFileSync(outfile, 'utf8')));
  return outfile;
}

/**
 * The heap's own timings over one allocator, in nanoseconds: the least of the processes, as the machine changes its speed; the ratios
 * of threads are the medians of theirs.
 */
export async function heap(allocator, trials) {
  const outfile = await bundleTrial('trial');
  const env = { ...process.env, PROTOSPACE_ALLOCATOR: allocator };
  const rows = Array.from({ length: trials }, () =>
    JSON.parse(run([process.execPath, ...nodeOptions, outfile], { env }).stdout),
  );
  const served = allocator === 'native' ? rows[0].batchesNative : rows[0].batchesTs;
  if (served === 0)
    throw new Error(`the ${allocator} allocator served no batch: is the addon built ('npm run build:native')?`);
  const least = (key) => Math.min(...rows.map((r) => r[key]));
  const middle = (key) => median(rows.map((r) => r[key]));
  const ratios = { ratio: middle('ratio'), machine: middle('machine'), relative: middle('relative') };
  return { ...rows[0], one: least('one'), two: least('two'), context: least('context'), ...ratios };
}
