// Linter and formatter of both languages. node scripts/lint.mjs [--write | --rules | --native FILE...]: --rules leaves the formatting unchecked,
// --native checks the rules of C++ in the given files alone.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at, ensureInstalled, runNode } from './run.mjs';

const write = process.argv.includes('--write');
const rules = process.argv.includes('--rules');
const given = process.argv[2] === '--native' ? process.argv.slice(3) : undefined;

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

/** What the compilers of the addon both know; the rules of C++ are their warnings (docs/dependencies.md: why not clang-tidy). */
const WARNINGS =
  'all extra pedantic shadow conversion sign-conversion old-style-cast null-dereference double-promotion format=2 cast-qual overloaded-virtual ' +
  'non-virtual-dtor extra-semi zero-as-null-pointer-constant redundant-decls implicit-fallthrough switch-enum undef';

/** The rules of C++: warnings of the compiler, all of them errors. */
function compilerWarnings() {
  const compiler = process.env.CXX || 'c++';
  const require = createRequire(import.meta.url);
  const headers = ['node-api-headers', 'node-addon-api'].flatMap((name) => ['-isystem', require(name).include_dir]);
  const flags = ['-std=c++17', '-fsyntax-only', '-fno-exceptions', '-fno-rtti', '-Werror'];
  const defines = ['-DNAPI_VERSION=8', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DPROTOSPACE_VERSION="lint"'];
  const warnings = WARNINGS.split(' ').map((name) => `-W${name}`);
  const sources = given ?? nativeFiles().filter((name) => name.endsWith('.cc'));
  const args = [...flags, ...warnings, ...headers, ...defines, ...sources];
  const { status, error } = spawnSync(compiler, args, { cwd: at('.'), stdio: 'inherit' });
  if (error === undefined) return status === 0;
  console.error(`lint: ${compiler}: ${error.message}; the C++ sources are not checked (CXX names the compiler)`);
  return true;
}

ensureInstalled();
const good = given === undefined ? [biome(), rules || clangFormat(), compilerWarnings()] : [compilerWarnings()];
process.exitCode = good.every(Boolean) ? 0 : 1;
