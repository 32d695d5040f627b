import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Harness {
  root: string;
  programNames(filter: string): string[];
  expectedOf(name: string): object | undefined;
  runProgram(interpreter: string[], name: string): Promise<object>;
  difference(expected: object, actual: object): object | undefined;
}

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here.replace(/[\\/]out([\\/]test[\\/]threads)$/, '$1'), '../programs/harness.mjs');
const harness = (await import(pathToFileURL(source).href)) as Harness;
const cli = join(harness.root, 'dist/cli.js');

/** The number of carriers must not matter; test/programs runs the same with one a core. */
describe('programs with threads give the same on any number of carriers', function () {
  this.timeout(60_000);
  before('the command line is built', () => assert.ok(existsSync(cli), `${cli} is missing: npm run build`));
  for (const carriers of ['1', '6'])
    for (const name of harness.programNames('thread'))
      it(`${name} on ${carriers}`, async () => {
        const actual = await harness.runProgram([process.execPath, cli, '--carriers', carriers], name);
        assert.equal(harness.difference(harness.expectedOf(name)!, actual), undefined);
      });
});
