// Extracts CPython 3.14's own pure-Python standard library, unmodified, from the registry package pyodide.
// node scripts/stdlib.mjs [FOLDER]: to dist/stdlib/ unless told otherwise; does nothing when it is there already.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { at } from './run.mjs';

const ARCHIVE = at('node_modules', 'pyodide', 'python_stdlib.zip');

/** What is not taken: not CPython's own, made for another system, or of no use in a library. */
const LEFT_OUT = [
  /^_?pyodide\//, // Pyodide's own modules
  /^(ssl|_ssl|webbrowser)\.py$/, // replaced by Pyodide with its own
  /^_sysconfigdata_/, // describes another system's build
  /^site-packages\//,
  /^(idlelib|tkinter|turtledemo|ensurepip|lib2to3|venv)\//,
  /^turtle\.py$/,
  /(^|\/)(test|tests|idle_test)\//,
  /^(_emscripten|_android_support|_apple_support|_ios_support|_aix_support)/,
];

const wanted = (name) => name.endsWith('.py') && !LEFT_OUT.some((pattern) => pattern.test(name));

/** Changes with the archive and with these rules. */
function stampOf(archive) {
  const rules = readFileSync(fileURLToPath(import.meta.url));
  return createHash('sha256').update(archive).update(rules).digest('hex');
}

async function extractTo(folder, archive) {
  const { unzipSync } = await import('fflate');
  rmSync(folder, { recursive: true, force: true });
  const files = Object.entries(unzipSync(archive, { filter: (file) => wanted(file.name) }));
  for (const [name, bytes] of files) {
    const file = join(folder, name);
    if (!file.startsWith(folder)) throw new Error(`path outside the folder in the archive: ${name}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return files.length;
}

/** Fills the folder unless it is filled already; its LICENSE is the Python Software Foundation's. False when the archive is missing. */
export async function extract(folder = at('dist', 'stdlib')) {
  if (!existsSync(ARCHIVE)) {
    console.error(`stdlib: ${ARCHIVE} is missing; 'npm ci' brings it`);
    return false;
  }
  const archive = readFileSync(ARCHIVE);
  const stampFile = join(folder, '.stamp');
  const stamp = stampOf(archive);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  const count = await extractTo(folder, archive);
  copyFileSync(at('node_modules', 'argparse', 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(stampFile, stamp);
  console.log(`stdlib: ${count} files`);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await extract(process.argv[2] && resolve(process.argv[2]))) ? 0 : 1;
}
