// npm run check:symbols [-- FILE...]: what the Linux addons need of the system they are loaded into. Fails when one links more than the C
// library, needs a glibc above 2.28, or exports more than Node asks for. Without names: the built addon and all prebuilds.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at } from './run.mjs';

const GLIBC_MOST = [2, 28];
const LIBRARIES = /^(libc\.so\.6|libm\.so\.6|libpthread\.so\.0|libdl\.so\.2|ld-linux-.*)$/;
const MUSL_LIBRARIES = /^libc\.musl-.*\.so\.1$/;
const EXPORTS = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];

function builtFiles() {
  const prebuilds = at('prebuilds');
  const folders = existsSync(prebuilds) ? readdirSync(prebuilds).filter((name) => name.startsWith('linux-')) : [];
  const files = [
    at('build', 'Release', 'protospace.node'),
    ...folders.map((name) => join(prebuilds, name, 'protospace.node')),
  ];
  return files.filter(existsSync);
}

function readelf(...args) {
  const result = spawnSync('readelf', ['-W', ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status === 0) return result.stdout;
  console.error(`check:symbols: readelf (binutils) failed: ${result.error?.message ?? result.stderr}`);
  process.exit(2);
}

const all = (text, pattern) => [...text.matchAll(pattern)].map((m) => m[1]);
const isAbove = ([major, minor], [mostMajor, mostMinor]) =>
  major > mostMajor || (major === mostMajor && minor > mostMinor);

/** What is wrong with one addon, in sentences. */
function faults(file) {
  const allowed = file.includes('-musl') ? MUSL_LIBRARIES : LIBRARIES;
  const libraries = all(readelf('-d', file), /\(NEEDED\).*\[(.*)\]/g).filter((name) => !allowed.test(name));
  const versions = [...new Set(all(readelf('-V', file), /Name: (\S+)/g))];
  const symbols = readelf('--dyn-syms', file);
  const defined = all(symbols, /(?:GLOBAL|WEAK)\s+DEFAULT\s+\d+\s+([^\s@]+)/g);
  const tooNew = versions.filter(
    (v) => v.startsWith('GLIBC_') && isAbove(v.slice(6).split('.').map(Number), GLIBC_MOST),
  );
  return [
    ...libraries.map((name) => `links ${name}`),
    ...versions.filter((v) => /^(GLIBCXX|CXXABI)_/.test(v)).map((v) => `needs ${v} of the C++ library`),
    ...tooNew.map((v) => `needs ${v}, above ${GLIBC_MOST.join('.')}`),
    ...defined.filter((name) => !EXPORTS.includes(name)).map((name) => `exports ${name}`),
  ];
}

const files = process.argv.length > 2 ? process.argv.slice(2) : builtFiles();
if (files.length === 0) {
  console.error("check:symbols: no addon is built: 'npm run build:native' or 'npm run build:prebuilds' makes one");
  process.exit(2);
}
let wrong = 0;
for (const file of files) {
  const found = faults(file);
  wrong += found.length;
  for (const fault of found.slice(0, 10)) console.error(`${relative('.', file)}: ${fault}`);
  if (found.length === 0)
    console.log(
      `${relative('.', file)}: the C library alone${file.includes('-musl') ? '' : `, glibc ${GLIBC_MOST.join('.')} or older`}`,
    );
}
console.log(`${files.length} addons, ${wrong} faults`);
process.exitCode = wrong === 0 ? 0 : 1;
