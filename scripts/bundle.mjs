// Bundles the package's entry points with esbuild and copies the type declarations that tsc wrote.
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConstants } from './constants.mjs';
import { at } from './run.mjs';
import { splitBundle } from './split.mjs';
import { compilerHash } from './stdlib-code.mjs';

/** source, bundle, what it is: a library, a program, or scripts that dist/carrier.js runs from the code cache */
const ENTRIES = [
  ['lib/api/index.ts', 'dist/index.js', 'library'],
  ['lib/threads/carrier-main.ts', 'dist/runtime.js', 'scripts'],
  ['lib/loader/carrier.ts', 'dist/carrier.js', 'program'],
  ['lib/cli/start.ts', 'dist/cli.js', 'program'],
  ['lib/cli/main.ts', 'dist/command.js', 'library'],
];
const SHEBANG = '#!/usr/bin/env node\n';
/**
 * The place of a library's file, on its first line so that the source map holds: __filename, or, where a bundler has put it into an ES module, which
 * has none, what the stack says.
 */
const OWN_PLACE = [
  `"use strict"; const PROTOSPACE_FILE = typeof __filename === 'string' ? __filename : (() => {`,
  `const { prepareStackTrace } = Error;`,
  `Error.prepareStackTrace = (_, sites) => sites[0]?.getFileName();`,
  `const place = new Error().stack ?? process.argv[1] ?? process.execPath;`,
  `Error.prepareStackTrace = prepareStackTrace;`,
  `return place.startsWith('file:') ? process.getBuiltinModule('node:url').fileURLToPath(place) : place;`,
  `})(), PROTOSPACE_FOLDER = process.getBuiltinModule('node:path').dirname(PROTOSPACE_FILE);`,
].join(' ');

function* sourcesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* sourcesIn(join(folder, entry.name));
    else yield join(folder, entry.name);
  }
}

/** Identifies what is bundled: code caches and boot images are good for one build only. */
export function buildHash() {
  const hash = createHash('sha256');
  for (const folder of ['lib', 'scripts'])
    for (const file of [...sourcesIn(at(folder))].sort()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * The bundle's text as it is shipped, but for scripts. A library gets Node's modules from the process: where a bundler puts it into an ES module there
 * is no `require`.
 */
function finish(text, kind) {
  const constant = withConstants(text);
  if (kind === 'program') return SHEBANG + constant.replace(/^#!.*\n/, '');
  if (kind === 'scripts') return constant;
  return constant
    .replace(/^"use strict";/, () => OWN_PLACE)
    .replaceAll(/\brequire\("(node:[\w/]+)"\)/g, 'process.getBuiltinModule("$1")');
}

/** What the later scripts are called, in the order of lib/objects/later.ts. */
const LATER_SCRIPTS = ['dist/later.js', 'dist/compiled.js'];

/** Writes the scripts of the runtime. Each is one function expression; the first is called with CommonJS's parameters. */
function writeScripts(text, metafile) {
  const [first, ...later] = splitBundle(finish(text, 'scripts'), metafile);
  writeFileSync(at('dist/runtime.js'), `(function (exports, require, module, __filename, __dirname) { ${first}\n})`);
  for (const [i, script] of later.entries())
    writeFileSync(
      at(LATER_SCRIPTS[i]),
      `(function (PROTOSPACE_SHARED, require, __filename, __dirname) { ${script}\n})`,
    );
}

async function bundleEntry(esbuild, build, [source, outfile, kind]) {
  const { metafile } = await esbuild.build({
    absWorkingDir: at('.'),
    entryPoints: [source],
    outfile,
    bundle: true,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Inlines the constants of the layout and the opcodes: the interpreter's switch needs literal cases.
    minifySyntax: true,
    sourcemap: 'external',
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      'import.meta.dirname': kind === 'library' ? 'PROTOSPACE_FOLDER' : '__dirname',
      'import.meta.filename': kind === 'library' ? 'PROTOSPACE_FILE' : '__filename',
      PROTOSPACE_BUILD: JSON.stringify(build),
      PROTOSPACE_COMPILER: JSON.stringify(compilerHash()),
    },
  });
  const text = readFileSync(at(outfile), 'utf8');
  if (kind === 'scripts') writeScripts(text, metafile);
  else writeFileSync(at(outfile), finish(text, kind));
  if (outfile.endsWith('cli.js')) chmodSync(at(outfile), 0o755);
}

function copyTypes() {
  rmSync(at('dist/types'), { recursive: true, force: true });
  if (!existsSync(at('out/lib'))) return;
  cpSync(at('out/lib'), at('dist/types'), { recursive: true, filter: (f) => !/\.(js|map)$/.test(f) });
}

export async function bundle() {
  const esbuild = await import('esbuild');
  const build = buildHash();
  mkdirSync(at('dist'), { recursive: true });
  // CommonJS: serves import and require alike, and starts 4 ms sooner than a module.
  writeFileSync(at('dist/package.json'), '{ "type": "commonjs" }\n');
  let good = true;
  for (const entry of ENTRIES) {
    const [source, outfile] = entry;
    rmSync(at(outfile), { force: true });
    if (!existsSync(at(source))) console.log(`bundle: ${source} does not exist yet, ${outfile} is left out`);
    else
      good =
        (await bundleEntry(esbuild, build, entry).then(
          () => true,
          (error) => (console.error(error.message), false),
        )) && good;
  }
  copyTypes();
  return good;
}
