// npm run bench:alloc [-- --check] [--quick] [--only TEXT] [--plant]: nanoseconds for a 64-byte object, by the native and the TypeScript allocator, C's malloc,
// mimalloc (Debian's libmimalloc2.0, where it is installed) and V8's object literals; in three lives, on one thread and on two.
// Writes docs/allocators.md and docs/allocators.svg. --check writes nothing and exits 1 when a ratio misses its bound; --plant runs Node without its
// optimising compilers, which --check must catch.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { at } from '../scripts/run.mjs';
import { barChart } from './chart.mjs';
import { bundleTrial, median, nodeOptions, plantFault, run } from './measure.mjs';

const LIVES = [
  { life: 'allocate', name: 'allocate only', rounds: 300, steps: 20_000 },
  { life: 'return', name: 'death at return', rounds: 500, steps: 20_000 },
  // Some collections in each round.
  { life: 'lifetimes', name: 'random lifetimes', rounds: 10, steps: 1_000_000 },
];

/**
 * What our allocators may take against another, on one thread and on two; lower is better. A return takes twice malloc's and free's time: what is
 * measured is a context, as every call of Python has one, with an object in it.
 */
const BOUNDS = [
  { life: 'allocate', subject: 'native', against: 'malloc', most: [1.5, 1.5] },
  { life: 'return', subject: 'native', against: 'malloc', most: [2.2, 2.2] },
  { life: 'lifetimes', subject: 'native', against: 'v8', most: [2, 2] },
  { life: 'allocate', subject: 'ts', against: 'malloc', most: [1.5, 1.5] },
  { life: 'return', subject: 'ts', against: 'malloc', most: [2.2, 2.2] },
];

const MIMALLOC = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/libmimalloc.so.2`).find(existsSync);

const { values: option } = parseArgs({
  options: {
    check: { type: 'boolean' },
    quick: { type: 'boolean' },
    plant: { type: 'boolean' },
    only: { type: 'string', default: '' },
  },
});
if (option.plant) plantFault();
const trials = option.quick ? 1 : 3;

/** The C program; undefined where there is no compiler. */
function compileYardstick() {
  const file = at('.cache', 'bench', 'yardstick');
  mkdirSync(at('.cache', 'bench'), { recursive: true });
  try {
    run([process.env.CC ?? 'cc', '-O2', '-pthread', '-o', file, at('bench', 'heap', 'yardstick.c')]);
    return file;
  } catch {
    return undefined;
  }
}

const trial = await bundleTrial('allocators');
const yardstick = compileYardstick();
const ours = (subject) => [process.execPath, ...nodeOptions, trial, subject];
/** Rows of what is compared: its command, and how it is different from the others. */
const subjects = [
  existsSync(at('build', 'Release', 'protospace.node')) && { name: 'native', command: ours('space') },
  { name: 'ts', command: ours('space'), env: { PROTOSPACE_ALLOCATOR: 'ts' } },
  yardstick && { name: 'malloc', command: [yardstick] },
  yardstick && MIMALLOC && { name: 'mimalloc', command: [yardstick], env: { LD_PRELOAD: MIMALLOC } },
  { name: 'v8', command: ours('v8') },
].filter(Boolean);
if (yardstick === undefined) console.log('skip malloc, mimalloc: no C compiler');
else if (MIMALLOC === undefined) console.log("skip mimalloc: Debian's libmimalloc2.0 is not installed");

function figure({ command, env }, { life, rounds, steps }, threads) {
  const share = option.quick ? 10 : 1;
  const args = [life, threads, Math.ceil(rounds / share), steps].map(String);
  return Number(run([...command, ...args], { env: { ...process.env, ...env } }).stdout);
}

const rows = [];
for (const life of LIVES)
  for (const threads of [1, 2]) {
    const name = `${life.name}, ${threads} thread${threads === 1 ? '' : 's'}`;
    if (!name.includes(option.only)) continue;
    // In turns, so that a machine that is busy for a while is so for all of them.
    const all = Array.from({ length: trials }, () => subjects.map((subject) => figure(subject, life, threads)));
    const bars = subjects.map(({ name }, i) => ({ name, value: median(all.map((turn) => turn[i])) }));
    rows.push({ life: life.life, name, threads, bars });
    console.log(`${name.padEnd(28)}${bars.map((b) => `${b.name} ${b.value.toFixed(1)}`).join('  ')} ns`);
  }

let misses = 0;
for (const { life, subject, against, most } of BOUNDS)
  for (const row of rows.filter((r) => r.life === life)) {
    const [mine, theirs] = [subject, against].map((name) => row.bars.find((bar) => bar.name === name)?.value);
    if (mine === undefined || theirs === undefined) continue;
    const bound = most[row.threads - 1];
    const state = mine / theirs <= bound ? 'ok  ' : 'MISS';
    if (state === 'MISS') misses++;
    console.log(
      `${state} ${row.name}: ${subject} ÷ ${against}`.padEnd(56),
      `${(mine / theirs).toFixed(2)} (at most ${bound})`,
    );
  }

function table() {
  const names = subjects.map(({ name }) => name);
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  const cells = (row) => names.map((name) => row.bars.find((bar) => bar.name === name).value.toFixed(1));
  return (
    line(['ns an object', ...names]) +
    line(['---', ...names.map(() => '---:')]) +
    rows.map((r) => line([r.name, ...cells(r)])).join('')
  );
}

function writeDocs() {
  writeFileSync(
    at('docs', 'allocators.md'),
    `# The allocators beside others

Made by \`npm run bench:alloc\` (Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores). Nanoseconds for one object of 64 bytes whose
header is written, on each thread; lower is better.

${table()}
![The same as a chart](allocators.svg)

- *allocate only*: objects that nobody frees while time is taken. V8's figure has its scavenges in it.
- *death at return*: a call makes one object, which dies when it returns: here a context is pushed and popped, in C the object is freed. V8 has no word for
  it; its collector frees the object.
- *random lifetimes*: each object takes a random place of 16,384 and frees what was there. Here and in V8 a collector does, whose time is in the figure.
- *native* and *ts* are this package's allocators, *malloc* is the C library's, *mimalloc* Debian's libmimalloc2.0, *v8* an object literal of five fields.
`,
  );
  const values = rows.flatMap(({ bars }) => bars.map(({ value }) => value));
  const title = 'Nanoseconds for a 64-byte object (logarithmic scale, lower is better)';
  const chart = barChart({
    title,
    unit: 'ns',
    groups: rows,
    least: Math.min(...values) / 2,
    most: Math.max(...values),
  });
  writeFileSync(at('docs', 'allocators.svg'), chart);
}

const whole = option.only === '' && !option.plant && !option.quick;
if (whole && !option.check) writeDocs();
if (option.check) process.exitCode = misses === 0 ? 0 : 1;
