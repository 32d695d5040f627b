// Builds the native addon with node-gyp or cmake-js, from the Node-API headers in the registry package alone.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { at, run, runNode } from './run.mjs';

const require = createRequire(import.meta.url);
const ADDON = at('build', 'Release', 'protospace.node');

/** What node-gyp wants from Node's own common.gypi, for an addon that uses Node-API only. */
const COMMON_GYPI = {
  variables: { 'node_engine%': 'v8', 'clang%': 0, 'openssl_fips%': '', 'enable_lto%': 'false' },
  target_defaults: {
    default_configuration: 'Release',
    configurations: {
      Release: { cflags: ['-O2'], defines: ['NDEBUG'], xcode_settings: { GCC_OPTIMIZATION_LEVEL: '2' } },
      Debug: { cflags: ['-g', '-O0'], defines: ['DEBUG'], xcode_settings: { GCC_OPTIMIZATION_LEVEL: '0' } },
    },
    cflags: ['-fPIC', '-pthread'],
    ldflags: ['-pthread'],
  },
};

/**
 * A folder that node-gyp takes for Node's headers (--nodedir), so that it downloads none: the Node-API headers, this Node's version and
 * configuration, and the few settings above.
 */
export function makeNodeDir() {
  const folder = at('.cache', 'nodedir');
  const include = join(folder, 'include', 'node');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(include, { recursive: true });
  const headers = require('node-api-headers').include_dir;
  for (const file of readdirSync(headers)) copyFileSync(join(headers, file), join(include, file));
  const [major, minor, patch] = process.versions.node.split('.');
  const version = [
    ['MAJOR', major],
    ['MINOR', minor],
    ['PATCH', patch],
  ];
  writeFileSync(join(include, 'node_version.h'), version.map(([k, v]) => `#define NODE_${k}_VERSION ${v}\n`).join(''));
  writeFileSync(join(include, 'common.gypi'), gypi(COMMON_GYPI));
  writeFileSync(join(include, 'config.gypi'), gypi({ target_defaults: {}, variables: gypVariables() }));
  return folder;
}

const gypi = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

/** The few of Node's build variables that an addon's rules read. */
function gypVariables() {
  const { host_arch, napi_build_version, node_shared, node_module_version } = process.config.variables;
  return {
    host_arch,
    napi_build_version,
    node_shared: String(node_shared),
    node_module_version,
    target_arch: process.arch,
  };
}

function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.(cc|h)$/.test(e.name))
    .map((e) => statSync(join(e.parentPath ?? e.path, e.name)).mtimeMs);
  return Math.max(0, ...times);
}

/** The addon is there, and younger than all it is made of. */
export function fresh(addon = ADDON) {
  if (!existsSync(addon)) return false;
  const sources = Math.max(
    newest(at('native')),
    ...['binding.gyp', 'scripts/native.mjs', 'package.json'].map((f) => statSync(at(f)).mtimeMs),
  );
  return statSync(addon).mtimeMs > sources;
}

/** Loads the addon in a process of its own and prints its version. */
export function loads(file) {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const program = `const a = require(${JSON.stringify(file)}); if (a.version !== ${JSON.stringify(version)}) throw new Error('version ' + a.version)`;
  return run(process.execPath, ['-e', program]);
}

/** Builds build/Release/protospace.node with node-gyp and loads it. Nothing to do when it is fresh. */
export function buildWithGyp(force = false) {
  if (!force && fresh()) return true;
  // Windows links against node.lib, which only Node's own header archive has: node-gyp fetches it there.
  const nodedir = process.platform === 'win32' ? [] : [`--nodedir=${makeNodeDir()}`];
  const args = ['configure', 'build', '--release', '--loglevel=warn', ...nodedir];
  return (
    runNode('node_modules/node-gyp/bin/node-gyp.js', args, { env: { npm_config_nodedir: undefined } }) &&
    existsSync(ADDON) &&
    loads(ADDON)
  );
}

/** Builds the same addon with cmake-js to build/cmake/Release/protospace.node and loads it. */
export function buildWithCMake() {
  const out = at('build', 'cmake');
  return (
    runNode('node_modules/cmake-js/bin/cmake-js', ['compile', '--out', out]) &&
    loads(join(out, 'Release', 'protospace.node'))
  );
}
