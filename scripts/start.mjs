// The main job, from nothing: installs, builds, and counts the words of the packages' text files on two threads.
// node scripts/start.mjs [arguments of protospace]
import { existsSync } from 'node:fs';
import { at, ensureInstalled, runNode } from './run.mjs';

const DEFAULT = ['examples/wordfreq.py', 'node_modules', '2'];

ensureInstalled();
if (!runNode('scripts/build.mjs')) process.exit(1);
if (!existsSync(at('dist', 'cli.js'))) {
  console.error('dist/cli.js was not built: lib/cli/start.ts is missing');
  process.exit(1);
}
const given = process.argv.slice(2);
process.exitCode = runNode('dist/cli.js', given.length > 0 ? given : DEFAULT) ? 0 : 1;
