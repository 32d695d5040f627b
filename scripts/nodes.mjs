// Node's own binaries from the registry (packages node-PLATFORM-ARCH), kept in .cache/nodes/.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { at, npm } from './run.mjs';

/** The path of a Node of this major version for a target like `linux-x64`, installed when it is not there; undefined when there is none. */
export function installNode(target, major) {
  const name = `node-${target}`;
  const folder = at('.cache', 'nodes', `${target}-${major}`);
  const program = at('.cache', 'nodes', `${target}-${major}`, 'node_modules', name, 'bin', 'node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  writeFileSync(at('.cache', 'nodes', `${target}-${major}`, 'package.json'), '{ "private": true }\n');
  // --force: the package names a processor that this machine may not have.
  npm(['install', '--no-audit', '--no-fund', '--force', `${name}@${major}`], { cwd: folder });
  return existsSync(program) ? program : undefined;
}
