// Builds and runs the native units without Node: node scripts/test-native.mjs [--sanitize address|thread|undefined]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = process.argv.indexOf('--sanitize');
const sanitizer = at < 0 ? '' : (process.argv[at + 1] ?? '');
if (at >= 0 && !['address', 'thread', 'undefined'].includes(sanitizer)) {
  console.error(`--sanitize takes address, thread or undefined, not '${sanitizer}'`);
  process.exit(2);
}

const sources = ['heap', 'gc'].flatMap((folder) =>
  readdirSync(`${root}native/${folder}`)
    .filter((f) => f.endsWith('.cc'))
    .map((f) => `native/${folder}/${f}`),
);
const flags = ['-std=c++17', '-g', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread', '-fno-omit-frame-pointer'];
if (sanitizer !== '') flags.push(`-fsanitize=${sanitizer}`, '-fno-sanitize-recover=all');

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command}: ${error.message}`);
  return status === 0;
}

mkdirSync(`${root}build/test`, { recursive: true });
let good = true;
for (const test of readdirSync(`${root}native/test`).filter((f) => f.endsWith('_test.cc'))) {
  const program = `build/test/${test.replace('.cc', '')}${sanitizer && `-${sanitizer}`}`;
  good =
    run(process.env.CXX || 'g++', [...flags, ...sources, `native/test/${test}`, '-o', program]) &&
    run(`./${program}`, []) &&
    good;
}
process.exitCode = good ? 0 : 1;
