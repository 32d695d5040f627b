/** Where the package's other files are. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that the build writes: beside this file's bundle, or of the package when the modules run unbundled. */
function distFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  if (existsSync(join(folder, 'carrier.js'))) return folder;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'dist');
}

const dist = distFolder();

/** Program of the Workers that run Python. */
export const carrierEntry: string = join(dist, 'carrier.js');
/** Folder of the standard library. */
export const stdlibFolder: string = join(dist, 'stdlib');
