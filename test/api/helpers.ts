/** What the tests of the API share. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parkHost } from '../../lib/api/host.js';
import { BOOT_NONE } from '../../lib/heap/image.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_DONE, THREAD_RUNNING, unmount } from '../../lib/heap/threads.js';
import { boot } from '../../lib/modules/runtime.js';
import { mochaOptions, patience } from '../stress.js';

/** The built-in types of this isolate, as other tests of the process need them: the API would have a Worker make those of the bundle. */
function bootHere(): void {
  const t = createThread(0);
  mount(t, THREAD_RUNNING);
  boot();
  unmount(THREAD_DONE);
  releaseThread(t);
}

/** For suites that use the API in mocha's own process; leaves the carrier to the tests of other folders afterwards. */
export function usingHost(): void {
  before(() => {
    if (i32[L.CTL_BOOT_STATE] === BOOT_NONE) bootHere();
  });
  after(parkHost);
}

export const fixture = (name: string): URL => new URL(`./fixtures/${name}.js`, import.meta.url);

/** Runs a fixture in a process of its own: exit code, output, and the JSON of its last line where it is some. */
export function runFixture(name: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawnSync(process.execPath, [fileURLToPath(fixture(name)), ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: patience(60_000),
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

interface Result {
  readonly fullTitle: string;
  readonly err: { readonly message?: string; readonly stack?: string };
}

interface Report {
  readonly tests: readonly Result[];
  readonly failures: readonly Result[];
  readonly pending: readonly Result[];
}

/**
 * Runs a suite by a mocha of its own and tells its tests here: carriers and this process load the built-in functions in different orders, so Python
 * cannot run beside the tests that start an interpreter in this very isolate.
 */
export async function suiteApart(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'protospace-suite-'));
  const output = join(folder, 'report.json');
  const mocha = fileURLToPath(new URL('../../../node_modules/mocha/bin/mocha.js', import.meta.url));
  const spec = fileURLToPath(new URL(`./${file}.js`, import.meta.url));
  const options = [
    '--no-config',
    '--reporter',
    'json',
    '--reporter-option',
    `output=${output}`,
    '--timeout',
    '60000',
    ...mochaOptions,
  ];
  const child = spawn(process.execPath, [mocha, ...options, spec], {
    env: { ...process.env, PROTOSPACE_REPORT: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patience(600_000),
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const report = existsSync(output) ? (JSON.parse(readFileSync(output, 'utf8')) as Report) : undefined;
  rmSync(folder, { recursive: true, force: true });
  describe(file, () => {
    if (report === undefined) it('runs', () => assert.fail(`mocha ended with ${code}\n${stderr}`));
    for (const { fullTitle, err } of report?.tests ?? [])
      it(fullTitle, function () {
        if (report!.pending.some((t) => t.fullTitle === fullTitle)) this.skip();
        if (Object.keys(err).length > 0) assert.fail(err.stack ?? err.message ?? 'failed');
      });
    if (report !== undefined && code !== 0 && report.failures.length === 0)
      it('ends', () => assert.fail(`mocha ended with ${code}\n${stderr}`));
  });
}
