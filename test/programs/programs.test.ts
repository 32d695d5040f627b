import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inflateSync } from 'node:zlib';
import { ahead } from './ahead.js';

interface Result {
  stdout: string;
  stderr: string;
  code: number;
  png?: Buffer;
}
interface Example {
  name: string;
  args: string[];
  png?: string;
}
interface Harness {
  root: string;
  programNames(): string[];
  exampleRuns(): Example[];
  expectedOf(name: string): Result | undefined;
  expectedOfExample(run: Example): Result;
  runProgram(interpreter: string[], name: string): Promise<Result>;
  runExample(interpreter: string[], run: Example): Promise<Result>;
  difference(expected: Result, actual: Result): object | undefined;
}

/** The folder of the sources: this test may run from the folder of compiled files. */
function sourceFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const source = here.replace(/[\\/]out([\\/]test[\\/]programs)$/, '$1');
  return existsSync(join(source, 'harness.mjs')) ? source : here;
}

const harness = (await import(pathToFileURL(join(sourceFolder(), 'harness.mjs')).href)) as Harness;
const cli = join(harness.root, 'dist/cli.js');
const interpreter = [process.execPath, cli];

function agree(expected: Result | undefined, actual: Result): void {
  assert.ok(expected, 'no expected output: run make-expected.mjs');
  const found = harness.difference(expected, actual);
  assert.equal(
    found,
    undefined,
    `differs from CPython: ${JSON.stringify(found, null, 2)}\nstderr: ${actual.stderr.slice(-2000)}`,
  );
}

/** Width, height and pixel bytes of an 8-bit RGB PNG with one filter byte a row, which must be 0. */
function decodePng(png: Buffer): { width: number; height: number; raw: Buffer } {
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), raw: inflateSync(Buffer.concat(data)) };
}

describe('Python programs give what CPython gives', function () {
  this.timeout(90_000);
  before('the command line is built', () => assert.ok(existsSync(cli), `${cli} is missing: npm run build`));
  const names = harness.programNames();
  const tests: Mocha.Test[] = [];
  const result = ahead(names, tests, (name) => harness.runProgram(interpreter, name));
  names.forEach((name, index) => {
    tests.push(it(name, async () => agree(harness.expectedOf(name), await result(index))));
  });
});

describe('examples give what CPython gives', function () {
  this.timeout(120_000);
  before('the command line is built', () => assert.ok(existsSync(cli), `${cli} is missing: npm run build`));
  const runs = harness.exampleRuns();
  const tests: Mocha.Test[] = [];
  const result = ahead(runs, tests, (run) => harness.runExample(interpreter, run));
  runs.forEach((run, index) => {
    const test = it(run.name, async () => {
      const actual = await result(index);
      agree(harness.expectedOfExample(run), actual);
      if (run.png) {
        const { width, height, raw } = decodePng(actual.png as Buffer);
        assert.equal(raw.length, (width * 3 + 1) * height);
      }
    });
    tests.push(test);
  });
});
