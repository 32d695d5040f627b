/** Where the package's own folder is, with the files that are no JavaScript. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const isOurs = (folder: string): boolean =>
  existsSync(join(folder, 'binding.gyp')) && existsSync(join(folder, 'native', 'base', 'space.h'));

/** Where a bundler has moved this code out of the package: the one that is installed for it. */
function installed(): string | undefined {
  try {
    return dirname(createRequire(import.meta.filename).resolve('protospace/package.json'));
  } catch {
    return undefined;
  }
}

/** The nearest folder above this file that is the package; undefined when there is none, nor one installed. */
export function packageFolder(): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (isOurs(folder)) return folder;
    if (dirname(folder) === folder) return installed();
  }
}
