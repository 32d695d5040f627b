/** Where the native addon's binaries lie: the one module that knows. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Own build before shipped one: in a checkout the sources may be newer than the prebuilds. */
const PLACES = [join('build', 'Release'), join('prebuilds', `${process.platform}-${process.arch}`)];

/** The package's own folder: the nearest one above this file that has a binding.gyp; undefined when it was moved out of it. */
function packageFolder(): string | undefined {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'binding.gyp'))) {
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return folder;
}

/** The binaries there are for this system, the one to be preferred first. */
export function findBinaries(): string[] {
  const folder = packageFolder();
  if (folder === undefined) return [];
  return PLACES.map((place) => join(folder, place, 'protospace.node')).filter(existsSync);
}
