/** Where the native addon's binaries lie: the one module that knows. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isMusl } from './elf.js';
import { packageFolder } from './package-folder.js';

/** Name of the system as folders of binaries have it. A Node of the musl C library would load what was linked with glibc, which nobody has tried. */
export const systemName = (): string =>
  `${process.platform}-${process.arch}${process.platform === 'linux' && isMusl() ? '-musl' : ''}`;

/** The binaries there are for this system: own build before shipped one, as in a checkout the sources may be newer than the prebuilds. */
export function* findBinaries(): Generator<string> {
  const folder = packageFolder();
  if (folder === undefined) return;
  const own = join(folder, 'build', 'Release', 'protospace.node');
  if (existsSync(own)) yield own;
  const shipped = join(folder, 'prebuilds', systemName(), 'protospace.node');
  if (existsSync(shipped)) yield shipped;
}

/** How to get a binary, for people: in a checkout, or where the package is installed, which lacks what builds it. */
export function howToBuild(): string {
  const folder = packageFolder();
  if (folder === undefined)
    return "install the package 'protospace' beside this program, and let no bundler take it in";
  if (existsSync(join(folder, 'scripts', 'native.mjs'))) return "'npm run build:native' makes one";
  const tools = 'npm install --no-save --omit=dev node-gyp@12 node-addon-api@8 node-api-headers@1';
  return `a C++ compiler and these commands make one: cd ${folder} && ${tools} && npx node-gyp rebuild`;
}
