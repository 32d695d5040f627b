// Hot paths take no lock: node scripts/check-locks.mjs [--plant lock|counter] [--sources | --programs]
// 1. No lock, wait or system lock stands in the files of scripts/locks/hot-paths.mjs.
//    A section of a shared container (from `begin` to `end`, lib/objects/sync.ts) is a row of stores: no call, no loop. In the files listed as
//    lock-free there is none.
// 2. The counter "locks taken" of --stats is the same whether scripts/locks/hot.py does its work or none, in one thread and in four, over both
//    allocators: the work takes none.
// --plant puts a wait into a hot file, or lets the threads write to one list, which either part must find. Exits 1 on a miss.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HOT_PATHS, LOCK_FREE, LOCKS, MAY_IMPORT, SECTIONS } from './locks/hot-paths.mjs';
import { at } from './run.mjs';

const ROUNDS = 40;
const THREADS = [0, 4];

/** The text without comments, line by line as it was; strings stay, as they name what is imported. */
function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

/** The locks in a hot file's text as lines. */
export function locksIn(file, text) {
  return withoutComments(text)
    .split('\n')
    .flatMap((line, i) =>
      [...LOCKS, ...(LOCK_FREE.includes(file) ? [SECTIONS] : [])]
        .filter(([pattern, what]) => pattern.test(line) && !(what === 'a module of locks' && MAY_IMPORT.has(file)))
        .map(([, what]) => `${file}:${i + 1}: ${what}: ${line.trim()}`),
    );
}

/**
 * What may stand in a section after all: moves of bytes, which hold no handles; and of the items of a list that is the thread's own, as a shared
 * one gets new storage.
 */
const MAY_CALL = /^(if \(.*\) )?(U8\.(copyWithin|set)|I32\.copyWithin)\(|\battach\(|^if \(buffer !== 0\) barrier\(/;

/** Calls and loops within sections as lines: a lost isolate, or a full stack, would leave the object half changed. */
export function callsInSections(file, text) {
  const found = [];
  let inside = false;
  for (const [i, line] of withoutComments(text).split('\n').entries()) {
    if (/^}/.test(line)) inside = false;
    if (/\bend\(\w+\);/.test(line)) inside = false;
    const code = line.trim();
    if (inside && !MAY_CALL.test(code) && (/\w\(/.test(code) || /\b(for|while|do)\b/.test(code)))
      found.push(`${file}:${i + 1}: within a section: ${code}`);
    if (/!begin\(/.test(line)) inside = true;
  }
  return found;
}

/** Locks in all hot files below `root`, as lines; `plant` adds a wait to the first of each kind. */
export function lockedHotPaths(root, plant = false) {
  return Object.values(HOT_PATHS).flatMap((files) =>
    files.flatMap((file, i) => {
      if (!existsSync(join(root, file))) return [`${file}: listed as a hot path, but there is no such file`];
      const text = readFileSync(join(root, file), 'utf8');
      const read = plant && i === 0 ? `${text}\nAtomics.wait(I32, 0, 0);` : text;
      return [...locksIn(file, read), ...callsInSections(file, read)];
    }),
  );
}

/** The counter after a run of hot.py. Throws when the run fails. */
function locksTaken(allocator, args) {
  const line = [
    at('dist', 'cli.js'),
    '--allocator',
    allocator,
    '--carriers',
    '2',
    '--stats',
    at('scripts/locks/hot.py'),
  ];
  const ran = spawnSync(process.execPath, [...line, ...args.map(String)], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, PROTOSPACE_STRESS: '' },
  });
  const count = /^locks taken +(\d+)$/m.exec(ran.stderr ?? '');
  if (ran.status !== 0 || count === null) throw new Error(`hot.py ${args.join(' ')} failed: ${ran.stderr}`);
  return Number(count[1]);
}

/** One line for every allocator and number of threads: { good, text }. */
export function* countedPrograms(allocators, plant = false, counts = THREADS) {
  for (const allocator of allocators)
    for (const threads of counts) {
      const idle = locksTaken(allocator, [threads, 0]);
      const taken = locksTaken(allocator, [threads, ROUNDS, ...(plant ? ['shared'] : [])]) - idle;
      const who = threads === 0 ? 'the main thread' : `${threads} threads`;
      yield {
        good: taken === 0,
        text: `${who}, ${allocator} allocator: ${taken} locks in ${ROUNDS} rounds of calls, containers, allocation (at most 0; ${idle} at the start)`,
      };
    }
}

function main() {
  const { values: option } = parseArgs({
    options: { plant: { type: 'string' }, sources: { type: 'boolean' }, programs: { type: 'boolean' } },
  });
  if (option.plant !== undefined && !['lock', 'counter'].includes(option.plant)) {
    console.error(`check-locks: --plant takes lock or counter, not '${option.plant}'`);
    return 2;
  }
  let misses = 0;
  if (!option.programs) {
    const locks = lockedHotPaths(at('.'), option.plant === 'lock');
    for (const line of locks) console.log(`MISS ${line}`);
    misses += locks.length;
    const files = Object.values(HOT_PATHS).flat().length;
    console.log(
      `${locks.length === 0 ? 'ok  ' : 'MISS'} ${locks.length} locks in ${files} files of hot paths (at most 0)`,
    );
  }
  if (!option.sources) {
    const allocators = existsSync(at('build', 'Release', 'protospace.node')) ? ['native', 'ts'] : ['ts'];
    for (const { good, text } of countedPrograms(allocators, option.plant === 'counter')) {
      console.log(`${good ? 'ok  ' : 'MISS'} ${text}`);
      if (!good) misses++;
    }
  }
  return misses === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
