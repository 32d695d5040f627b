// npm run build:prebuilds [-- ARCH...] [--cmake]: builds the addon for linux on x64 and arm64 (each by node-gyp, or with --cmake by cmake-js, which
// must give the same) and puts it into prebuilds/linux-ARCH/, from where the package loads it. On a system of the musl C library: for this processor,
// into prebuilds/linux-ARCH-musl/. What this Node can load, it loads first. Other systems: .github/workflows/prebuild.yml.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loads, makeNodeDir } from './native.mjs';
import { at, ensureInstalled, run } from './run.mjs';

/** Compilers by processor, and the Debian package that brings them. */
const TARGETS = {
  x64: { prefix: 'x86_64-linux-gnu-', package: 'g++-x86-64-linux-gnu' },
  arm64: { prefix: 'aarch64-linux-gnu-', package: 'g++-aarch64-linux-gnu' },
};
const musl = process.report.getReport().header.glibcVersionRuntime === undefined;
const SOURCES = ['native', 'binding.gyp', 'CMakeLists.txt', 'package.json'];

const { values: option, positionals } = parseArgs({
  options: { cmake: { type: 'boolean' } },
  allowPositionals: true,
});

const works = (command) => spawnSync(command, ['--version']).status === 0;

/** Compiler of a processor's: this machine's own where they agree, else the cross compiler. */
function toolsFor(arch) {
  const { prefix, package: debian } = TARGETS[arch];
  if (arch === process.arch && works('g++')) return { cc: 'gcc', cxx: 'g++', strip: 'strip' };
  if (works(`${prefix}g++`)) return { cc: `${prefix}gcc`, cxx: `${prefix}g++`, strip: `${prefix}strip` };
  console.error(`prebuild: no compiler for ${arch}: Debian's package ${debian} brings it`);
  process.exit(2);
}

/** A copy of what the addon is built from, so that the build of this machine's own stays. */
function copySources(arch) {
  const folder = at('.cache', 'prebuild', arch);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of SOURCES) cpSync(at(name), join(folder, name), { recursive: true });
  symlinkSync(at('node_modules'), join(folder, 'node_modules'));
  return folder;
}

function build(arch, folder, { cc, cxx }) {
  const env = { CC: cc, CXX: cxx, LINK: cxx, npm_config_nodedir: undefined };
  const gyp = ['rebuild', '--release', `--arch=${arch}`, `--nodedir=${makeNodeDir()}`, '--loglevel=warn'];
  const cmake = ['compile', '--arch', arch, '--out', join(folder, 'build'), `--CDCMAKE_CXX_COMPILER=${cxx}`];
  const [program, args] = option.cmake
    ? ['node_modules/cmake-js/bin/cmake-js', [...cmake, `--CDCMAKE_C_COMPILER=${cc}`]]
    : ['node_modules/node-gyp/bin/node-gyp.js', gyp];
  return run(process.execPath, [at(program), ...args], { env, cwd: folder });
}

function prebuild(arch) {
  const tools = toolsFor(arch);
  const folder = copySources(arch);
  const built = join(folder, 'build', 'Release', 'protospace.node');
  if (!build(arch, folder, tools) || !existsSync(built)) return false;
  const target = at('prebuilds', `linux-${arch}${musl ? '-musl' : ''}`, 'protospace.node');
  rmSync(target, { force: true });
  if (!run(tools.strip, ['--strip-unneeded', built]) || (arch === process.arch && !loads(built))) return false;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(built, target);
  return run(process.execPath, [at('scripts/check-symbols.mjs'), target]);
}

ensureInstalled();
const wanted = positionals.length > 0 ? positionals : musl ? [process.arch] : Object.keys(TARGETS);
const unknown = wanted.filter((arch) => !(arch in TARGETS));
if (unknown.length > 0) {
  console.error(`prebuild: no target ${unknown.join(', ')}; there are ${Object.keys(TARGETS).join(', ')}`);
  process.exit(2);
}
process.exitCode = wanted.map(prebuild).every(Boolean) ? 0 : 1;
