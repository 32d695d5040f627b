// npm run bench [-- --check] [--only TEXT] [--trials N] [--quick] [--plant]
// Prints each figure of bench/rows.mjs beside what it may be. --check: exits 1 when one misses. --plant runs Node without its optimising
// compilers, which --check must catch. Ratios are ours ÷ CPython 3.14's in the same run (PROTOSPACE_PEERS names the folder with bin/cpython314).
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { at } from '../scripts/run.mjs';
import * as measure from './measure.mjs';
import * as R from './rows.mjs';

const { values: option } = parseArgs({
  options: {
    check: { type: 'boolean' },
    only: { type: 'string', default: '' },
    trials: { type: 'string', default: '5' },
    quick: { type: 'boolean' },
    plant: { type: 'boolean' },
  },
});
const trials = option.quick ? 1 : Number(option.trials);
if (option.plant) measure.plantFault();
const allocators = existsSync(at('build', 'Release', 'protospace.node')) ? ['native', 'ts'] : ['ts'];

let misses = 0;
let shown = 0;

/** One line: name, figure with unit, bound, the figures behind it. */
function report(name, value, unit, bound, behind, lower = true) {
  const good = lower ? value <= bound : value >= bound;
  if (!good) misses++;
  shown++;
  const limit = `${lower ? 'at most' : 'at least'} ${bound}`;
  console.log(
    `${good ? 'ok  ' : 'MISS'} ${name.padEnd(42)}${value.toFixed(2).padStart(9)} ${unit.padEnd(8)}(${limit}; ${behind})`,
  );
}

const wanted = (name) => name.includes(option.only);

async function heapRows() {
  if (!wanted('heap')) return;
  for (const allocator of allocators) {
    const t = await measure.heap(allocator, trials);
    const batches = `batches: native ${t.batchesNative}, ts ${t.batchesTs}`;
    report(`heap: cell from a batch, ${allocator}`, t.one, 'ns', R.CELL_MOST, batches);
    twoThreads(allocator, t);
    report(`heap: context push, pop, reset, ${allocator}`, t.context, 'ns', R.CONTEXT_MOST, 'one cell in each');
  }
}

/** A machine that does not give two cores at once shows it with plain arrays: then the bound is the same part of what it gives. */
function twoThreads(allocator, { two, ratio, machine, relative }) {
  const name = `heap: two threads ÷ one, ${allocator}`;
  const behind = `${two.toFixed(2)} ns a cell together; plain arrays ${machine.toFixed(2)} ×`;
  const { TWO_THREADS_LEAST: least, TWO_CORES: cores } = R;
  if (ratio >= least) report(name, ratio, '×', least, behind, false);
  else report(name, relative, 'of them', least / cores, `of plain arrays'; ${ratio.toFixed(2)} ×, ${behind}`, false);
}

function programRows() {
  const rows = R.PROGRAMS.filter((row) => wanted(row.name));
  if (rows.length > 0 && measure.cpython === undefined) {
    console.log('MISS no CPython 3.14 to compare with: PROTOSPACE_PEERS names no folder with bin/cpython314');
    misses++;
    return;
  }
  for (const { name, program, args = [], most } of rows) {
    const { mine, theirs, ratio } = measure.programRatio(program, trials, args);
    report(name, ratio, 'ratio', most, `${(mine * 1000).toFixed(0)} ms, CPython ${(theirs * 1000).toFixed(0)} ms`);
  }
}

async function parallelRow() {
  if (!wanted('two CPU-bound threads')) return;
  const { threads, processes, ratio } = await measure.parallel(Math.min(trials, 3));
  const behind = `threads ${threads.toFixed(2)}, processes ${processes.toFixed(2)}`;
  report('two CPU-bound threads against processes', ratio, 'ratio', R.PARALLEL_MOST, behind);
}

function startRows() {
  if (!wanted('start')) return;
  for (const allocator of allocators) {
    const { mine, node, extra } = measure.start(allocator, trials * 2);
    const behind = `${mine.toFixed(0)} ms, node ${node.toFixed(0)} ms`;
    report(`start of an empty program, ${allocator}`, extra, 'ms', R.START_MOST, behind);
  }
}

function memoryRows() {
  for (const { name, program, most, collections } of R.TEMPORARIES.filter((row) => wanted(row.name))) {
    const t = measure.temporaries(program, ...(option.quick ? ['10000000'] : []));
    report(name, t.megabytes, 'MB', most, `peak resident; ${t.collections} collections`);
    if (collections !== undefined)
      report(`${name}: collections`, t.collections, '', collections, 'reclaimed at return');
  }
}

console.log(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}; lower is better unless it says at least`,
);
await heapRows();
programRows();
await parallelRow();
startRows();
memoryRows();
if (shown === 0 && misses === 0) {
  console.error(`no row has '${option.only}' in its name`);
  process.exitCode = 2;
} else if (option.check) {
  console.log(`${shown - misses} within bounds, ${misses} missed`);
  process.exitCode = misses === 0 ? 0 : 1;
}
