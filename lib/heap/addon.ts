/** Finds and loads the native addon: the one module that knows where the `.node` file lies. */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { CARRIER } from './carrier.js';
import * as L from './layout.generated.js';
import { i32, memory, u8 } from './memory.js';

/** What the addon exports. Addresses are byte addresses in the space; words are word indices. */
export interface Addon {
  version: string;
  layoutHash: number;
  /** Binds the addon to the memory; returns true when its real address is 64-byte aligned. */
  attach(space: Uint8Array, carrierWord: number): boolean;
  getFreeCells(least: number, most: number, out: number): number;
  /** Marks and sweeps with the world stopped. `flags`: 1 poison freed cells. Returns bytes live. */
  collect(flags: number): number;
}

/** The package's own folder: the nearest one above with a package.json. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

let problem = '';

function load(): Addon | undefined {
  if (process.env.PROTOSPACE_ALLOCATOR === 'ts') return undefined;
  const root = packageFolder();
  const places = [
    join(root, 'prebuilds', `${process.platform}-${process.arch}`, 'protospace.node'),
    join(root, 'build', 'Release', 'protospace.node'),
  ];
  const file = places.find(existsSync);
  if (file === undefined) {
    problem = `no native addon for ${process.platform}-${process.arch} (looked in prebuilds/ and build/Release/; 'npm run build:native' makes one)`;
    return undefined;
  }
  try {
    const found = createRequire(import.meta.url)(file) as Addon;
    if (found.layoutHash === L.LAYOUT_HASH) return found;
    problem = `the native addon ${file} was built for another layout ('npm run build:native' mends it)`;
  } catch (error) {
    problem = `the native addon ${file} does not load: ${String(error)}`;
  }
  return undefined;
}

export const addon: Addon | undefined = load();
/** Why there is no addon, in one sentence; empty when there is one. */
export const addonProblem: string = problem;

i32[CARRIER + L.CAR_OS_THREAD] = threadId + 1;
// A plain buffer (see memory.ts) is aligned to 16 bytes only: cells may straddle cache lines there, nothing else.
if (addon !== undefined && !addon.attach(u8, CARRIER) && memory instanceof WebAssembly.Memory)
  throw new Error('the space is not 64-byte aligned');
