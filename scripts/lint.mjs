// Linter and formatter of both languages. node scripts/lint.mjs [--write | --rules]: --rules leaves the formatting unchecked.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at, ensureInstalled, runNode } from './run.mjs';

const write = process.argv.includes('--write');
const rules = process.argv.includes('--rules');

/** Hand-written C++ sources. */
function nativeFiles() {
  return readdirSync(at('native'), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.(cc|h)$/.test(e.name) && !e.name.includes('.generated.'))
    .map((e) => relative(at('.'), join(e.parentPath ?? e.path, e.name)));
}

function biome() {
  const command = rules ? ['lint'] : write ? ['check', '--write'] : ['check'];
  return runNode('node_modules/@biomejs/biome/bin/biome', command);
}

function clangFormat() {
  return runNode('node_modules/clang-format-node/build/cli.js', [
    ...(write ? ['-i'] : ['--dry-run', '-Werror']),
    ...nativeFiles(),
  ]);
}

ensureInstalled();
const good = [biome(), rules || clangFormat()];
process.exitCode = good.every(Boolean) ? 0 : 1;
