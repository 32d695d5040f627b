// Bundles the package's entry points with esbuild and copies the type declarations that tsc wrote.
import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { withConstants } from './constants.mjs';
import { at } from './run.mjs';

/** source, bundle */
const ENTRIES = [
  ['lib/api/index.ts', 'dist/index.js'],
  ['lib/threads/carrier-main.ts', 'dist/carrier.js'],
  ['lib/cli/main.ts', 'dist/cli.js'],
];
const SHEBANG = '#!/usr/bin/env node';

async function bundleEntry(esbuild, source, outfile) {
  const isProgram = outfile.endsWith('cli.js');
  const hasShebang = readFileSync(at(source), 'utf8').startsWith('#!');
  await esbuild.build({
    absWorkingDir: at('.'),
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Inlines the constants of the layout and the opcodes: the interpreter's switch needs literal cases.
    minifySyntax: true,
    sourcemap: 'external',
    legalComments: 'none',
    logLevel: 'warning',
    banner: isProgram && !hasShebang ? { js: SHEBANG } : {},
  });
  writeFileSync(at(outfile), withConstants(readFileSync(at(outfile), 'utf8')));
  if (isProgram) chmodSync(at(outfile), 0o755);
}

function copyTypes() {
  rmSync(at('dist/types'), { recursive: true, force: true });
  if (!existsSync(at('out/lib'))) return;
  cpSync(at('out/lib'), at('dist/types'), { recursive: true, filter: (f) => !/\.(js|map)$/.test(f) });
}

export async function bundle() {
  const esbuild = await import('esbuild');
  let good = true;
  for (const [source, outfile] of ENTRIES) {
    rmSync(at(outfile), { force: true });
    if (!existsSync(at(source))) console.log(`bundle: ${source} does not exist yet, ${outfile} is left out`);
    else
      good =
        (await bundleEntry(esbuild, source, outfile).then(
          () => true,
          () => false,
        )) && good;
  }
  copyTypes();
  return good;
}
