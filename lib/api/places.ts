/** Where the package's other files are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../heap/package-folder.js';
import { ProtospaceError } from './errors.js';

/** The folder that the build writes: beside this file's bundle, or of the package when the modules run unbundled or a bundler moved them. */
function distFolder(): string {
  const beside = import.meta.dirname;
  if (existsSync(join(beside, 'carrier.js'))) return beside;
  const folder = packageFolder();
  if (folder !== undefined) return join(folder, 'dist');
  throw new ProtospaceError(
    'ERR_PROTOSPACE_FILES',
    `protospace's files (carrier.js, stdlib/) are not in ${beside}: a bundler must leave the package out (esbuild: --external:protospace), and it must be installed beside the program`,
  );
}

const dist = distFolder();

/** Program of the Workers that run Python. */
export const carrierEntry: string = join(dist, 'carrier.js');
/** Folder of the standard library. */
export const stdlibFolder: string = join(dist, 'stdlib');
