// Imports go one way, from upper layers to lower ones. node scripts/check-layers.mjs [FOLDER]: exits 1 and names each upward import.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from './run.mjs';

/** folder, layers from the lowest up (side by side in one row), what a file there may be named, how it imports */
const TREES = [
  {
    folder: 'lib',
    layers: [
      ['loader', 'heap'],
      ['objects'],
      ['syntax', 'compiler'],
      ['vm'],
      ['jit'],
      ['threads'],
      ['modules'],
      ['carrier'],
      ['api'],
      ['cli'],
    ],
    files: /\.ts$/,
    imports: /(?:\bfrom|\bimport|\brequire|\bnew URL)\s*\(?\s*['"](\.[^'"]*)['"]/g,
  },
  {
    folder: 'native',
    layers: [['base'], ['heap'], ['gc'], ['napi'], ['test']],
    files: /\.(cc|h)$/,
    imports: /#\s*include\s*"([^"]+)"/g,
  },
];

/** Stricter than the order: what these layers may import besides themselves. */
const ONLY = { 'lib/syntax': [], 'lib/compiler': ['syntax', 'objects', 'heap'], 'native/test': ['base', 'heap', 'gc'] };

/** A file of another layer than its folder's: the carrier's entry point puts everything together, though it lies with the threads. */
const APART = [[/^lib\/threads\/(carrier-main|definitions)\.[jt]s$/, 'carrier']];

function* filesOf(folder, pattern) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(file, pattern);
    else if (pattern.test(entry.name)) yield file;
  }
}

/** Why a file of layer `from` may not import layer `to`; empty when it may. */
function objection(tree, from, to) {
  const level = (layer) => tree.layers.findIndex((row) => row.includes(layer));
  if (level(to) < 0) return `'${to}' is no layer of ${tree.folder}`;
  if (from === to) return '';
  const only = ONLY[`${tree.folder}/${from}`];
  if (only !== undefined) return only.includes(to) ? '' : `'${from}' may import ${only.join(', ') || 'nothing'}`;
  return level(to) < level(from) ? '' : `'${to}' does not lie below '${from}'`;
}

function* importsOf(tree, file) {
  const text = readFileSync(file, 'utf8');
  for (const match of text.matchAll(tree.imports)) yield [match[1], text.slice(0, match.index).split('\n').length];
}

/** The layer a path below the repository's folder belongs to; undefined outside the tree. */
function layerOf(tree, path) {
  const [folder, layer] = path.split('/');
  if (folder !== tree.folder) return undefined;
  return APART.find(([pattern]) => pattern.test(path))?.[1] ?? layer;
}

function* violationsIn(tree, root) {
  const top = join(root, tree.folder);
  if (!existsSync(top)) return;
  const pathOf = (file) => relative(root, file).split(sep).join('/');
  for (const file of filesOf(top, tree.files)) {
    const from = layerOf(tree, pathOf(file));
    for (const [specifier, line] of importsOf(tree, file)) {
      const to = layerOf(tree, pathOf(resolve(dirname(file), specifier)));
      const why = to === undefined ? '' : objection(tree, from, to);
      if (why !== '') yield `${pathOf(file)}:${line}: imports ${specifier}: ${why}`;
    }
  }
}

/** All upward imports below a repository's folder, one sentence each. */
export const violations = (root) => TREES.flatMap((tree) => [...violationsIn(tree, root)]);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = violations(resolve(process.argv[2] ?? at('.')));
  for (const line of found) console.error(line);
  if (found.length === 0) console.log('layers: imports go one way');
  process.exitCode = found.length === 0 ? 0 : 1;
}
