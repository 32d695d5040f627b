// node scripts/test-nodes.mjs [MAJOR...] [-- arguments of test.mjs]: runs the suite on each Node, whose binaries come from the registry.
import { spawnSync } from 'node:child_process';
import { installNode } from './nodes.mjs';
import { at, ensureInstalled, run, runNode } from './run.mjs';

const MAJORS = ['20', '22', '24', '26'];
const TARGET = `${process.platform}-${process.arch}`;

const split = process.argv.indexOf('--');
const majors = process.argv.slice(2, split < 0 ? undefined : split);
const rest = split < 0 ? [] : process.argv.slice(split + 1);

ensureInstalled();
if (!runNode('scripts/build.mjs')) process.exit(1);
const outcomes = (majors.length > 0 ? majors : MAJORS).map((major) => {
  const program = installNode(TARGET, major);
  if (program === undefined) return [major, 'not to be had'];
  const version = spawnSync(program, ['-v'], { encoding: 'utf8' }).stdout.trim();
  return [version, run(program, [at('scripts', 'test.mjs'), '--no-build', ...rest]) ? 'passed' : 'failed'];
});
for (const [version, outcome] of outcomes) console.log(`Node ${version}: ${outcome}`);
process.exitCode = outcomes.every(([, outcome]) => outcome === 'passed') ? 0 : 1;
