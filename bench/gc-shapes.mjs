// Part of bench:gc: trees, long lists, dicts and a linked list of 10^7 nodes alive while parts are replaced, beside CPython and PyPy doing the same.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { at } from '../scripts/run.mjs';
import { cpython, ours, pypy } from './measure.mjs';

export const SHAPES = ['trees', 'lists', 'dicts', 'linked'];
const MEGABYTES = 200;
const TURNS = 5;
const PROGRAM = join(at('bench', 'programs'), 'gc_shapes.py');

function run(command, shape, turns) {
  const [program, ...args] = [...command, PROGRAM, shape, String(MEGABYTES), String(turns)];
  const r = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 24 });
  if (r.status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${r.stderr}`);
  const figure = (name) => Number(new RegExp(`^${name} +([0-9.e-]+)$`, 'm').exec(r.stdout)[1]);
  return {
    elapsed: figure('elapsed'),
    cpu: figure('cpu'),
    lost: 1 - figure('alone_cpu') / figure('cpu'),
    stats: r.stderr.trim().split('\n').at(-1),
  };
}

const percent = (part) => `${(part * 100).toFixed(0)} %`.padStart(6);

/** What the last collection of a run beside the program found alive, beyond what is: garbage that came about while it marked. */
function floating(command, shape, stats) {
  const exact = JSON.parse(run(command, shape, 0).stats).bytesLive;
  return JSON.parse(stats).bytesLive / exact - 1;
}

/** Prints a row for each shape; of each program in turn: seconds, CPU time, and the share of that which is lost to what is alive. */
export function shapes(names, allocator) {
  const command = ours('--allocator', allocator, '--stats=json');
  const peers = Object.entries({ CPython: cpython, PyPy: pypy }).filter(([, program]) => program !== undefined);
  for (const shape of names) {
    const mine = run(command, shape, TURNS);
    const cells = [['Protospace', mine], ...peers.map(([name, program]) => [name, run([program], shape, TURNS)])].map(
      ([name, r]) => `${name} ${r.elapsed.toFixed(2)} s (CPU ${r.cpu.toFixed(2)}), lost ${percent(r.lost)}`,
    );
    const { stop99Microseconds, collections } = JSON.parse(mine.stats);
    const stops = `99 % of stops ${(stop99Microseconds / 1000).toFixed(2)} ms CPU, ${collections} collections`;
    const garbage = `floating ${percent(floating(command, shape, mine.stats))}`;
    console.log(`     ${shape.padEnd(7)} ${cells.join('; ')}; ${garbage}; ${stops}`);
  }
}
