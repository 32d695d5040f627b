// What the scripts share: the repository's folder, running a program, installing when nothing is installed. Uses Node alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const at = (...parts) => join(root, ...parts);

/** Runs a program in the repository's folder with inherited output; true when it ended with 0. `limit` is in seconds. */
export function run(command, args, { env = {}, limit, cwd = root } = {}) {
  const timeout = limit === undefined ? undefined : limit * 1000;
  const result = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    timeout,
    killSignal: 'SIGKILL',
  });
  if (result.error !== undefined) console.error(`${command}: ${result.error.message}`);
  return result.status === 0;
}

/** Runs a JavaScript file with the Node that runs this. */
export const runNode = (file, args = [], options = {}) => run(process.execPath, [at(file), ...args], options);

/** Runs npm: by the file npm says it is, else by name. */
export function npm(args, options) {
  const file = process.env.npm_execpath;
  if (file !== undefined && /npm-cli\.js$/.test(file)) return run(process.execPath, [file, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Installs what the lock file names when the folder of packages is missing. Ends the process when that fails. */
export function ensureInstalled() {
  if (existsSync(at('node_modules', 'typescript', 'package.json'))) return;
  console.log('installing packages');
  if (!npm(['ci', '--no-audit', '--no-fund'])) process.exit(1);
}
