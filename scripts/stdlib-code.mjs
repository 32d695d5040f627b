// Compiles the standard library: dist/stdlib/**/*.py to dist/stdlib.code, which imports read instead of parsing (lib/vm/code-pack.ts). Does nothing
// when it is there already, made by the same compiler from the same files. The compiler is that in out/.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { at } from './run.mjs';

const FOLDER = at('dist', 'stdlib');
const PACK = at('dist', 'stdlib.code');
/** As lib/vm/code-pack.ts has them. */
const [MAGIC, HEADER, ROW] = [0x50435350, 3, 4];

/** Identifies what makes code files: the front end and their format. */
export function compilerHash() {
  const hash = createHash('sha256');
  const files = ['lib/syntax', 'lib/compiler'].flatMap((folder) =>
    readdirSync(at(folder)).map((name) => join(at(folder), name)),
  );
  files.push(at('lib', 'objects', 'string-hash.ts'), fileURLToPath(import.meta.url));
  for (const file of files.sort()) if (!file.endsWith('.md')) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const sources = () =>
  readdirSync(FOLDER, { recursive: true })
    .filter((name) => name.endsWith('.py'))
    .map((name) => name.split(sep).join('/'))
    .sort();

/** Changes with the compiler, and with the library as its extraction stamped it. */
const stampOf = () => `${compilerHash()} ${readFileSync(join(FOLDER, '.stamp'), 'utf8')}`;

/** Compiles these files in this thread: [path, size of the source, words]. */
async function compileAll(names) {
  const load = (path) => import(pathToFileURL(at('out', 'lib', path)).href);
  const { parse } = await load('syntax/index.js');
  const { compile } = await load('compiler/index.js');
  const { writeCode } = await load('compiler/code-file.js');
  const options = { onWarning: () => {} };
  return names.map((name) => {
    const source = readFileSync(join(FOLDER, name));
    const unit = compile(parse(source, name, 'exec', options), name, 'exec', options);
    return [name, source.length, writeCode(unit)];
  });
}

function compileIn(names) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), {
      workerData: { names },
      resourceLimits: { stackSizeMb: 8 },
    });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

/** Splits by turns, so that each gets some of every folder. */
const shares = (names, n) => Array.from({ length: n }, (_, k) => names.filter((_, i) => i % n === k));

function packOf(modules, hash, hashText) {
  const rows = modules.map(([name, size, words]) => ({ hash: hashText(name) >>> 0, size, words }));
  rows.sort((a, b) => a.hash - b.hash);
  if (new Set(rows.map((r) => r.hash)).size < rows.length) throw new Error('two paths have the same hash');
  const total = rows.reduce((sum, r) => sum + r.words.length, HEADER + rows.length * ROW);
  const out = new Int32Array(total);
  out.set([MAGIC, parseInt(hash.slice(0, 8), 16), rows.length]);
  let position = HEADER + rows.length * ROW;
  rows.forEach((r, i) => {
    out.set([r.hash, r.size, position, r.words.length], HEADER + i * ROW);
    out.set(r.words, position);
    position += r.words.length;
  });
  return out;
}

/** Writes dist/stdlib.code. */
export async function compileStdlib() {
  const stampFile = `${PACK}.stamp`;
  const stamp = stampOf();
  if (existsSync(PACK) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  const { hashText } = await import(pathToFileURL(at('out', 'lib', 'objects', 'string-hash.js')).href);
  const parts = await Promise.all(shares(sources(), Math.min(4, availableParallelism())).map(compileIn));
  const pack = packOf(parts.flat(), compilerHash(), hashText);
  writeFileSync(PACK, new Uint8Array(pack.buffer));
  writeFileSync(stampFile, stamp);
  return true;
}

if (!isMainThread && workerData?.names !== undefined) parentPort.postMessage(await compileAll(workerData.names));
