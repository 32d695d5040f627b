// node scripts/test-nodes.mjs [MAJOR...] [-- arguments of test.mjs]: runs the suite on each Node, whose binaries come from the registry.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { at, ensureInstalled, npm, run, runNode } from './run.mjs';

const MAJORS = ['20', '22', '24', '26'];
const PACKAGE = `node-${process.platform}-${process.arch}`;

const split = process.argv.indexOf('--');
const majors = process.argv.slice(2, split < 0 ? undefined : split);
const rest = split < 0 ? [] : process.argv.slice(split + 1);

/** The path of a Node of this major version, installed into .cache/nodes/ when it is not there; undefined when there is none. */
function nodeOf(major) {
  const folder = at('.cache', 'nodes', major);
  const program = at('.cache', 'nodes', major, 'node_modules', PACKAGE, 'bin', 'node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  writeFileSync(at('.cache', 'nodes', major, 'package.json'), '{ "private": true }\n');
  npm(['install', '--no-audit', '--no-fund', `${PACKAGE}@${major}`], { cwd: folder });
  return existsSync(program) ? program : undefined;
}

ensureInstalled();
if (!runNode('scripts/build.mjs')) process.exit(1);
const outcomes = (majors.length > 0 ? majors : MAJORS).map((major) => {
  const program = nodeOf(major);
  if (program === undefined) return [major, 'not to be had'];
  const version = spawnSync(program, ['-v'], { encoding: 'utf8' }).stdout.trim();
  return [version, run(program, [at('scripts', 'test.mjs'), '--no-build', ...rest]) ? 'passed' : 'failed'];
});
for (const [version, outcome] of outcomes) console.log(`Node ${version}: ${outcome}`);
process.exitCode = outcomes.every(([, outcome]) => outcome === 'passed') ? 0 : 1;
