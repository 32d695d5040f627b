// The small build steps: layout check and TypeScript.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { at, runNode } from './run.mjs';

/** The generated layout files are up to date. */
export const checkLayout = () => runNode('scripts/layout.mjs', ['--check']);

/** Compiles lib, test and bench to out/. PROTOSPACE_TSCONFIG names another configuration. */
export function compile() {
  pruneOutputs(at('out'), at('.'));
  return runNode('node_modules/typescript/bin/tsc', ['-p', process.env.PROTOSPACE_TSCONFIG || 'tsconfig.json']);
}

/** Removes outputs whose source is gone: mocha would run tests that nobody has. */
function pruneOutputs(out, source) {
  for (const folder of ['lib', 'test', 'bench']) {
    if (existsSync(join(out, folder))) prune(join(out, folder), join(source, folder));
  }
}

function prune(out, source) {
  for (const entry of readdirSync(out, { withFileTypes: true })) {
    const file = join(out, entry.name);
    if (entry.isDirectory()) prune(file, join(source, entry.name));
    else if (!existsSync(join(source, entry.name.replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts')))) rmSync(file);
  }
}
