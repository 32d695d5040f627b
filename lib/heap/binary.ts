/** Where the native addon's binaries lie: the one module that knows. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './package-folder.js';

/** Own build before shipped one: in a checkout the sources may be newer than the prebuilds. */
const PLACES = [join('build', 'Release'), join('prebuilds', `${process.platform}-${process.arch}`)];

/** The binaries there are for this system, the one to be preferred first. */
export function findBinaries(): string[] {
  const folder = packageFolder();
  if (folder === undefined) return [];
  return PLACES.map((place) => join(folder, place, 'protospace.node')).filter(existsSync);
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
