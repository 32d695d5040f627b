// npm run bench:gc [-- --live 10m,200m,1g] [--shapes trees,lists,dicts,linked] [--check] [--quick] [--allocator ts] [--gc stop]: how long collections stop a program that keeps so much alive and replaces
// it, and its time beside CPython's; the same for shapes of data, beside PyPy too; what is resident when it has let it go; and binary trees. --check: exits 1 when a figure misses its bound (issue 3's table).
// --quick: stops only, and few of them. --gc stop is the planted fault: marking with the world stopped.
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

/**
 * So often the live data is replaced: for some hundred stops, so that the 99th percentile is none of the few in which V8 compiles what they run, or
 * exchanges it for quicker code: 0.15 ms each.
 */
const turnsOf = (megabytes) => (option.quick ? 20 : Math.max(60, 3000 / megabytes));

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

const milliseconds = (microseconds) => (microseconds / 1000).toFixed(2);

function trial(megabytes) {
  const args = [program('gc_live.py'), String(megabytes), String(turnsOf(megabytes))];
  const { stdout, stderr } = run(ours('--allocator', option.allocator, '--stats=json', ...args));
  const stats = JSON.parse(stderr.trim().split('\n').at(-1));
  const seconds = (text) => `${figure(text, 'elapsed').toFixed(2)} s (CPU ${figure(text, 'cpu').toFixed(2)})`;
  const peer = cpython === undefined || option.quick ? '' : `, CPython ${seconds(run([cpython, ...args]).stdout)}`;
  const stops = stats.stops.reduce((sum, row) => sum + row.count, 0);
  const [median, most, longest] = ['medianPause', 'pause99', 'longestPause'].map((name) =>
    milliseconds(stats[`${name}Microseconds`]),
  );
  return {
    late: stats.stop99Microseconds / 1000,
    behind: `${stops} stops; elapsed: median ${median} ms, 99 % ${most} ms, longest ${longest} ms; ${stats.collections} collections, ${seconds(stdout)}${peer}`,
  };
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

const rows = option.live.split(',').map((live) => [live, trial(megabytesOf(live))]);
for (const [live, t] of rows) report(`${live} alive: CPU time, 99 % of stops`, t.late, 'ms', PAUSE_MOST, t.behind);
const [least, most] = [rows[0][1].late, rows.at(-1)[1].late];
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
