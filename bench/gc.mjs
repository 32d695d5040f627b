// npm run bench:gc [-- --live 10m,200m,1g] [--shapes trees,lists,dicts,linked] [--check] [--quick] [--allocator ts] [--gc stop]: how long collections stop a program that keeps so much alive and replaces
// it, and its time beside CPython's; the same for shapes of data, beside PyPy too; what is resident when it has let it go; and binary trees. --check: exits 1 when a figure misses its bound (issue 3's table).
// --quick: stops only, and few of them. --gc stop is the planted fault: marking with the world stopped.
//
// Compared with the bounds are 99th percentiles of CPU time that the thread which stops the others spends on a stop: each size's own, and that with the most alive ÷ that with the least. Each rests on STOPS
// stops, as many for every size, of PASSES processes. The sizes are measured in turn, so that a machine that gets slower does so for all of them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { at } from '../scripts/run.mjs';
import { SHAPES, shapes } from './gc-shapes.mjs';
import { cpython, ours, programRatio } from './measure.mjs';
import { TREES } from './rows.mjs';

/** Milliseconds of CPU time that 99 of 100 stops may take, and how much longer they may be with the most alive than with the least. */
const PAUSE_MOST = 0.25;
const GROWTH_MOST = 1.2;
/** Megabytes that may be resident two collections after 1 GB was let go. */
const RESIDENT_MOST = 150;

const { values: option } = parseArgs({
  options: {
    live: { type: 'string', default: '10m,200m,1g' },
    shapes: { type: 'string', default: SHAPES.join() },
    check: { type: 'boolean' },
    quick: { type: 'boolean' },
    allocator: { type: 'string', default: 'native' },
    gc: { type: 'string', default: 'concurrent' },
  },
});
const program = (name) => join(at('bench', 'programs'), name);

/** Megabytes of '10m', '1g' or '10'. */
function megabytesOf(text) {
  const match = /^(\d+)([mg]?)$/.exec(text);
  if (match !== null) return Number(match[1]) * (match[2] === 'g' ? 1024 : 1);
  console.error(`bench:gc: --live takes sizes such as 10m, 200m, 1g with commas between, not '${text}'`);
  process.exit(2);
}

/** So many stops of each size, by so many processes. */
const STOPS = option.quick ? 150 : 1200;
const PASSES = option.quick ? 1 : 4;
/** Of a collection, about; and the megabytes handed out between two of them at least. */
const STOPS_EACH = 6.5;
const MEGABYTES_LEAST = 32;
/** CPython does a part of the work: its time for a turn is compared. */
const PEER_PART = 8;

function run([command, ...args]) {
  const r = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PROTOSPACE_GC: option.gc } });
  if (r.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${r.stderr}`);
  return r;
}

function figure(text, name) {
  const found = new RegExp(`^${name} +([0-9.]+)`, 'm').exec(text);
  if (found === null) throw new Error(`no '${name}' in:\n${text}`);
  return Number(found[1]);
}

/** Adds the rows of a histogram to those in `into`: from the end of a bucket to its count. */
function pool(into, rows) {
  for (const { upToMicroseconds, count } of rows) into.set(upToMicroseconds, (into.get(upToMicroseconds) ?? 0) + count);
}

const total = (histogram) => [...histogram.values()].reduce((sum, count) => sum + count, 0);

/** Buckets a doubling: of lib/heap/pauses.ts. */
const PER_DOUBLING = { stops: 8, pauses: 4 };

/** What a share `q` of a size's stops or pauses did not exceed, in milliseconds: between the ends of its bucket. */
function quantile(size, name, q) {
  const histogram = size[name];
  const wanted = q * total(histogram);
  let seen = 0;
  for (const [end, count] of [...histogram].sort((a, b) => a[0] - b[0])) {
    if (seen + count >= wanted)
      return ((end + 1) * 2 ** (((wanted - seen) / count - 1) / PER_DOUBLING[name]) - 1) / 1000;
    seen += count;
  }
  return 0;
}

/** A size and what was measured of it. */
function sizeOf(live) {
  const megabytes = megabytesOf(live);
  const each = STOPS_EACH * Math.min(1, megabytes / MEGABYTES_LEAST);
  return { live, megabytes, each, turns: 0, stops: new Map(), pauses: new Map(), collections: 0, elapsed: 0, cpu: 0 };
}

/** A process that keeps so much alive and replaces it as often as makes for the stops that there shall be after this pass. */
function measure(size, pass) {
  const counted = total(size.stops);
  const each = counted === 0 ? size.each : counted / size.turns;
  const turns = Math.max(2, Math.round(Math.min((STOPS * pass) / PASSES - counted, STOPS / PASSES) / each));
  const args = [program('gc_live.py'), String(size.megabytes), String(turns)];
  const { stdout, stderr } = run(ours('--allocator', option.allocator, '--stats=json', ...args));
  const stats = JSON.parse(stderr.trim().split('\n').at(-1));
  pool(size.stops, stats.stops);
  pool(size.pauses, stats.pauses);
  size.turns += turns;
  size.collections += stats.collections;
  size.elapsed += figure(stdout, 'elapsed');
  size.cpu += figure(stdout, 'cpu');
}

/** Milliseconds for each time that the live data was replaced. */
function peerTime({ megabytes, turns }) {
  if (cpython === undefined || option.quick) return '';
  const few = Math.max(2, Math.round(turns / PASSES / PEER_PART));
  const { stdout } = run([cpython, program('gc_live.py'), String(megabytes), String(few)]);
  return `, CPython ${perTurn(figure(stdout, 'elapsed'), figure(stdout, 'cpu'), few)}`;
}

const perTurn = (elapsed, cpu, turns) =>
  `${((elapsed * 1000) / turns).toFixed(1)} ms (CPU ${((cpu * 1000) / turns).toFixed(1)})`;

/** Of the pauses, which are the stops in time that passed. */
const clock = (size) =>
  [
    ['median', 0.5],
    ['99 %', 0.99],
    ['longest', 1],
  ]
    .map(([name, q]) => `${name} ${quantile(size, 'pauses', q).toFixed(2)} ms`)
    .join(', ');

/** Everything behind the figure of a size. */
function behind(size) {
  const count = total(size.stops);
  const stops = `${count} stops of ${PASSES} processes, ${Math.floor(count / 100)} longer, median ${quantile(size, 'stops', 0.5).toFixed(3)} ms`;
  const times = `replaced ${size.turns} times, each ${perTurn(size.elapsed, size.cpu, size.turns)}${peerTime(size)}`;
  return `${stops}; elapsed: ${clock(size)}; ${size.collections} collections; ${times}`;
}

let misses = 0;
function report(name, value, unit, most, behind) {
  if (value > most) misses++;
  const state = value > most ? 'MISS' : 'ok  ';
  console.log(`${state} ${name.padEnd(40)}${value.toFixed(2).padStart(9)} ${unit} (at most ${most}; ${behind})`);
}

const wanted = option.shapes.split(',').filter(Boolean);
const unknown = wanted.filter((name) => !SHAPES.includes(name));
if (unknown.length > 0) {
  console.error(`bench:gc: no shape ${unknown.join(', ')}; there are ${SHAPES.join(', ')}`);
  process.exit(2);
}

const sizes = option.live.split(',').map(sizeOf);
for (let pass = 1; pass <= PASSES; pass++) for (const size of sizes) measure(size, pass);
for (const size of sizes)
  report(`${size.live} alive: CPU time, 99 % of stops`, quantile(size, 'stops', 0.99), 'ms', PAUSE_MOST, behind(size));
const [least, most] = [sizes[0], sizes.at(-1)].map((size) => quantile(size, 'stops', 0.99));
report('stops, most alive ÷ least', most / least, '× ', GROWTH_MOST, `${most.toFixed(3)} ms, ${least.toFixed(3)} ms`);

/** Only the addon gives memory back, and the program reads /proc. */
function resident() {
  if (option.allocator !== 'native' || process.platform !== 'linux') return;
  const { stdout } = run(ours(program('gc_free.py'), '1024'));
  const before = `${figure(stdout, 'full')} MB before`;
  report('resident after freeing 1 GB', figure(stdout, 'resident'), 'MB', RESIDENT_MOST, before);
}

function trees() {
  if (cpython === undefined) {
    console.log('MISS no CPython 3.14 to compare with: PROTOSPACE_PEERS names no folder with bin/cpython314');
    misses++;
    return;
  }
  const { mine, theirs, ratio } = programRatio(TREES.program, 5, TREES.args);
  const seconds = `${mine.toFixed(2)} s, CPython ${theirs.toFixed(2)} s`;
  report(`${TREES.name}: time ÷ CPython's`, ratio, '× ', TREES.most, seconds);
}

if (!option.quick) {
  shapes(wanted, option.allocator);
  resident();
  trees();
}
if (option.check) process.exitCode = misses === 0 ? 0 : 1;
