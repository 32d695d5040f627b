// Extracts CPython's pure-Python standard library from the npm package pyodide (its python_stdlib.zip) to dist/stdlib.
// node scripts/stdlib.mjs [target folder]
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? join(root, 'dist/stdlib');
const require = createRequire(import.meta.url);
const archive = join(dirname(require.resolve('pyodide/package.json')), 'python_stdlib.zip');

/** Only sources: no compiled files, no test suites, nothing that belongs to pyodide itself. */
const wanted = (name) =>
  name.endsWith('.py') && !/(^|\/)(test|tests|idlelib|turtledemo|lib2to3|ensurepip|tkinter)\//.test(name) && !/^_?pyodide|^js\//.test(name) && !/_sysconfigdata/.test(name);

rmSync(target, { recursive: true, force: true });
let count = 0;
for (const [name, data] of Object.entries(unzipSync(new Uint8Array(readFileSync(archive)), { filter: (f) => wanted(f.name) }))) {
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
  count++;
}
console.log(`${count} files in ${target}`);
