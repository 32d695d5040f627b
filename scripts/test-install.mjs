// npm run test:install [-- --verbose]: packs the package, installs it into an empty folder with only Node on the PATH and no network, and uses it
// there over both allocators: the first example, the command, Workers that are terminated, processes that end in every order, two copies in a process,
// bundlers, and a binary that is missing, broken or of another version. The prebuilt addon must be there (npm run build:prebuilds makes it).
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { fresh } from './native.mjs';
import { at, ensureInstalled, runNode } from './run.mjs';

const PLACE = `${process.platform}-${process.arch}`;
const LIMIT = 60_000;
const verbose = process.argv.includes('--verbose');
ensureInstalled();

const folder = mkdtempSync(join(tmpdir(), 'protospace-install-'));
const bin = join(folder, 'bin');
mkdirSync(bin);
symlinkSync(process.execPath, join(bin, 'node'));
/** Nothing of the user's: no caches, no configuration, no other programs. */
const BARE = { PATH: bin, HOME: folder, npm_config_offline: 'true', npm_config_update_notifier: 'false' };
/** Without a network where the system lets us be without. */
const UNSHARE = '/usr/bin/unshare';
const apart = spawnSync(UNSHARE, ['-rn', process.execPath, '-e', '0']).status === 0 ? [UNSHARE, '-rn'] : [];

function npmCli() {
  const places = [
    process.env.npm_execpath,
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = places.find((place) => place !== undefined && place.endsWith('npm-cli.js') && existsSync(place));
  if (found === undefined) throw new Error('no npm beside this Node');
  return found;
}

/** Runs Node with these arguments, and nothing else, in `cwd`. */
function node(args, cwd, env = {}) {
  const command = [...apart, process.execPath, ...args];
  const child = spawnSync(command[0], command.slice(1), {
    cwd,
    env: { ...BARE, ...env },
    encoding: 'utf8',
    timeout: LIMIT,
  });
  if (verbose) console.log(`$ node ${args.join(' ')}\n${child.stdout}${child.stderr}`);
  return {
    code: child.status ?? `ended by ${child.signal}`,
    signal: child.signal,
    out: child.stdout,
    err: child.stderr,
  };
}

/** The packed package, with the prebuilt addon of this system in it. */
function pack() {
  if (!fresh(at('prebuilds', PLACE, 'protospace.node')) && !runNode('scripts/prebuild.mjs', [process.arch]))
    throw new Error('there is no prebuilt addon for this system');
  const child = spawnSync(
    process.execPath,
    [npmCli(), 'pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: at('.'), encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(`npm pack: ${child.stderr}`);
  return join(folder, JSON.parse(child.stdout)[0].filename);
}

/** A folder with the package installed by npm, as a user gets it. */
function install(tarball, name) {
  const target = join(folder, name);
  mkdirSync(target);
  writeFileSync(join(target, 'package.json'), '{ "private": true }');
  const { code, err } = node([npmCli(), 'install', '--no-audit', '--no-fund', tarball], target);
  if (code !== 0) throw new Error(`npm install: ${err}`);
  return target;
}

let passed = 0;
const failures = [];
/** One check: `problem` is '' when all is well. */
function check(name, problem) {
  if (problem === '') passed++;
  else failures.push(`${name}: ${problem}`);
  console.log(`${problem === '' ? 'ok  ' : 'FAIL'} ${name}${problem === '' ? '' : `: ${problem}`}`);
}

/** What differs from what was expected: an exit code, a text or a pattern on standard output, a pattern on standard error ('': nothing). */
function differs({ code, out, err }, want) {
  if (code !== (want.code ?? 0)) return `exit code ${code}, not ${want.code ?? 0}: ${err.slice(0, 400)}`;
  if (want.out !== undefined && !(want.out instanceof RegExp ? want.out.test(out) : out === want.out))
    return `it printed ${JSON.stringify(out)}`;
  if (want.err === undefined ? err !== '' : !want.err.test(err)) return `on standard error: ${JSON.stringify(err)}`;
  return '';
}

const ALLOCATORS = ['native', 'ts'];
const EXAMPLE =
  /^2 \*\* 100 = 1267650600228229401496703205376n\n(.*\n)*total: 11.25\n(.*\n)*(AbortError|TimeoutError) after a timer fired many times\n$/;
const ENDS = [
  ['exit', { code: 5 }],
  ['uncaught', { code: 1, err: /Error: uncaught on the main thread/ }],
  ['worker throws', { out: 'uncaught in a Worker\n2\n' }],
  ['worker exits', { out: '3 2\n' }],
  ['signal', { code: 'ended by SIGTERM' }],
];

function useIt(target, allocator) {
  const env = { PROTOSPACE_ALLOCATOR: allocator };
  const run = (args) => node(args, target, env);
  const programs = at('scripts', 'install');
  for (const name of ['workers.mjs', 'ends.mjs']) cpSync(join(programs, name), join(target, name));
  cpSync(at('examples', 'embed.mjs'), join(target, 'embed.mjs'));
  check(`${allocator}: the first example`, differs(run(['embed.mjs']), { out: EXAMPLE }));
  const served = "const { ProtoSpace } = require('protospace'); console.log(ProtoSpace.process().allocator)";
  check(`${allocator}: require, and that allocator serves`, differs(run(['-e', served]), { out: `${allocator}\n` }));
  const command = join('node_modules', '.bin', 'protospace');
  check(
    `${allocator}: the command`,
    differs(run([command, '-c', 'import json; print(json.dumps([6 * 7]))']), { out: '[42]\n' }),
  );
  check(
    `${allocator}: Workers, three of them terminated`,
    differs(run(['workers.mjs']), { out: `after terminate: 100000\nended: 0 0 0 ${allocator}\n` }),
  );
  for (const [way, want] of ENDS) check(`${allocator}: the end by '${way}'`, differs(run(['ends.mjs', way]), want));
}

function useCopies() {
  cpSync(at('scripts', 'install', 'copies.mjs'), join(folder, 'copies.mjs'));
  const source = readFileSync(join(folder, 'copies.mjs'), 'utf8').replaceAll('using ', 'const ');
  writeFileSync(join(folder, 'copies.mjs'), source);
  for (const allocator of ALLOCATORS) {
    const ran = node(['copies.mjs'], folder, { PROTOSPACE_ALLOCATOR: allocator });
    check(
      `${allocator}: two copies in one process`,
      differs(ran, { out: `[1,"two"] ${allocator} ${allocator}\n[ 0, 1, 4, 9 ]\n` }),
    );
  }
}

/** name, esbuild's options, what the bundle does where the package is installed; where it is not, it must say what to do. */
const BUNDLES = [
  ['an ES module, the package left out', { format: 'esm', external: ['protospace'] }, 'app.mjs'],
  ['CommonJS, the package left out', { format: 'cjs', external: ['protospace'] }, 'app.cjs'],
  ['an ES module, the package taken in', { format: 'esm' }, 'app.mjs'],
  ['an ES module, the package taken in and minified', { format: 'esm', minify: true }, 'app.mjs'],
  ['CommonJS, the package taken in', { format: 'cjs' }, 'app.cjs'],
  ['CommonJS, the package taken in and minified', { format: 'cjs', minify: true }, 'app.cjs'],
];

async function useBundles(target) {
  cpSync(at('scripts', 'install', 'bundled.mjs'), join(target, 'bundled.mjs'));
  for (const [name, options, file] of BUNDLES) {
    const outfile = join(target, 'bundle', file);
    await build({
      entryPoints: [join(target, 'bundled.mjs')],
      outfile,
      bundle: true,
      platform: 'node',
      logLevel: 'error',
      ...options,
    });
    check(`bundled as ${name}`, differs(node([outfile], target), { out: '{"a": [1, 2]} native\n' }));
    if (options.external !== undefined) continue;
    const alone = join(folder, 'alone', file);
    mkdirSync(dirname(alone), { recursive: true });
    cpSync(outfile, alone);
    const want = {
      code: 1,
      err: /a bundler must leave the package out \(esbuild: --external:protospace\)[^]*ERR_PROTOSPACE_FILES/,
    };
    check(`bundled as ${name}, and not installed`, differs(node([alone], folder), want));
  }
}

/** Processors as ELF files number them. */
const [X64, ARM64] = [62, 183];
function withMachine(library, machine) {
  const other = Buffer.from(library);
  other.writeUInt16LE(machine, 18);
  return other;
}

/** A binary that cannot serve: cause and cure are named, and the program runs all the same. */
function useBadBinaries(target) {
  const own = join(target, 'node_modules', 'protospace');
  const file = join(own, 'prebuilds', PLACE, 'protospace.node');
  const good = readFileSync(file);
  const cure = `cd .*node_modules/protospace && npm install --no-save --omit=dev node-gyp@\\d+ node-addon-api@\\d+ node-api-headers@\\d+ && npx node-gyp rebuild`;
  const program = [
    '-e',
    "require('protospace').PythonEnvironment.create().then(async (python) => { console.log(await python.run('6 * 7')); await python.close(); })",
  ];
  const command = [join('node_modules', '.bin', 'protospace'), '-c', 'print(6 * 7)'];
  const says = (name, cause) => {
    const want = { out: '42\n', err: new RegExp(`${cause}[^]*${cure}[^]*the TypeScript allocator takes over`) };
    check(`a binary that is ${name}`, differs(node(program, target), want));
    check(`a binary that is ${name}, the command`, differs(node(command, target), want));
  };
  const broken = `the native addon .*${PLACE}/protospace.node does not load here: Error: `;
  writeFileSync(file, 'this is no library');
  says('broken', broken);
  if (process.platform === 'linux') {
    // The system's loader maps what is not there, and the process dies of it.
    writeFileSync(file, good.subarray(0, good.length >> 1));
    says('cut short', `${broken}it was cut short: of \\d+ bytes some are missing`);
    writeFileSync(file, withMachine(good, process.arch === 'x64' ? ARM64 : X64));
    says('of another processor', `${broken}it is for another processor, \\w+ and not ${process.arch}`);
  }
  rmSync(file);
  says(
    'missing',
    `no native addon for ${PLACE}: none was shipped for it, or its file is missing from build/Release/ and prebuilds/${PLACE}/`,
  );
  const fake =
    "const { createRequire, Module } = require('node:module'); Module._extensions['.node'] = (module) => { module.exports = { layoutHash: 1 }; };";
  writeFileSync(file, '');
  writeFileSync(join(target, 'fake.cjs'), fake);
  const other = node(['--require', './fake.cjs', ...program], target);
  check(
    'a binary that is of another version',
    differs(other, { out: '42\n', err: new RegExp(`is of another version of the package[^]*${cure}`) }),
  );
  writeFileSync(file, good);
}

try {
  const tarball = pack();
  const target = install(tarball, 'first');
  install(tarball, 'second');
  const names = Object.keys(
    createRequire(join(target, 'x.js'))('./node_modules/protospace/package.json').scripts ?? {},
  );
  check(
    'nothing runs at installation',
    names.some((name) => /^(pre|post)?install$/.test(name)) ? 'it has an install script' : '',
  );
  for (const allocator of ALLOCATORS) useIt(target, allocator);
  useCopies();
  await useBundles(target);
  useBadBinaries(target);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
console.log(
  `${passed} passed, ${failures.length} failed${apart.length === 0 ? ' (with a network: this system lets no program be without)' : ''}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
