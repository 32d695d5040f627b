/** What the tests of the API share. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parkHost } from '../../lib/api/host.js';

/** Leaves the carrier to the tests of other folders after this suite. */
export function usingHost(): void {
  after(parkHost);
}

export const fixture = (name: string): URL => new URL(`./fixtures/${name}.js`, import.meta.url);

/** Runs a fixture in a process of its own: exit code, output, and the JSON of its last line where it is some. */
export function runFixture(name: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawnSync(process.execPath, [fileURLToPath(fixture(name)), ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}
