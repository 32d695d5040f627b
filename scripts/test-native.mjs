// Builds and runs the native units without Node: node scripts/test-native.mjs [--sanitize address|thread|undefined|all] [--plant]
// --plant runs native/test/planted.cc alone, which commits the fault that the sanitizer is there for and must fail. Exits 1 on any failure.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SANITIZERS = ['address', 'thread', 'undefined'];
const root = fileURLToPath(new URL('..', import.meta.url));
const at = process.argv.indexOf('--sanitize');
const wanted = at < 0 ? '' : (process.argv[at + 1] ?? '');
const plant = process.argv.includes('--plant');
if (at >= 0 && ![...SANITIZERS, 'all'].includes(wanted)) {
  console.error(`--sanitize takes address, thread, undefined or all, not '${wanted}'`);
  process.exit(2);
}

const sources = ['heap', 'gc'].flatMap((folder) =>
  readdirSync(`${root}native/${folder}`)
    .filter((f) => f.endsWith('.cc'))
    .map((f) => `native/${folder}/${f}`),
);
const FLAGS = ['-std=c++17', '-g', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread', '-fno-omit-frame-pointer'];

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  return status === 0;
}

/** Builds and runs one program of native/test under one sanitizer ('': none). */
function passes(test, sanitizer) {
  const program = `build/test/${test.replace('.cc', '')}${sanitizer && `-${sanitizer}`}`;
  const flags = sanitizer === '' ? FLAGS : [...FLAGS, `-fsanitize=${sanitizer}`, '-fno-sanitize-recover=all'];
  const given = plant ? [`-DPLANT_${sanitizer.toUpperCase()}`] : sources;
  return (
    run(process.env.CXX || 'g++', [...flags, ...given, `native/test/${test}`, '-o', program]) && run(`./${program}`, [])
  );
}

mkdirSync(`${root}build/test`, { recursive: true });
const tests = plant ? ['planted.cc'] : readdirSync(`${root}native/test`).filter((f) => f.endsWith('_test.cc'));
let good = true;
for (const sanitizer of wanted === 'all' ? SANITIZERS : [wanted]) {
  const failed = tests.filter((test) => !passes(test, sanitizer));
  console.log(
    `${sanitizer || 'no'} sanitizer: ${tests.length - failed.length} programs passed, ${failed.length} failed`,
  );
  good &&= failed.length === 0;
}
process.exitCode = good ? 0 : 1;
