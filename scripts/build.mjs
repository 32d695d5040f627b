// node scripts/build.mjs [STEP...] [--required] [--force]
// Without names: all default steps, in order. --required: a native build that fails is an error, not a warning. --force: rebuild the addon.
import { ensureInstalled } from './run.mjs';

const flags = process.argv.slice(2).filter((a) => a.startsWith('--'));
const names = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const required = flags.includes('--required');
const force = flags.includes('--force');

/** name, in the default build?, may it fail?, what it does (true when all is well) */
const STEPS = [
  ['layout', true, false, async () => (await import('./steps.mjs')).checkLayout()],
  ['native', true, !required, async () => (await import('./native.mjs')).buildWithGyp(force)],
  ['cmake', false, false, async () => (await import('./native.mjs')).buildWithCMake()],
  ['ts', true, false, async () => (await import('./steps.mjs')).compile()],
  ['stdlib', true, false, async () => (await import('./stdlib.mjs')).extract()],
  ['stdlib-code', true, false, async () => (await import('./stdlib-code.mjs')).compileStdlib()],
  ['bundle', true, false, async () => (await import('./bundle.mjs')).bundle()],
  ['image', true, false, async () => (await import('./image.mjs')).makeImage()],
  ['precompile', true, false, async () => (await import('./precompile.mjs')).precompile()],
];

const unknown = [
  ...names.filter((n) => !STEPS.some(([name]) => name === n)),
  ...flags.filter((f) => !['--required', '--force'].includes(f)),
];
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(' ')}; steps are ${STEPS.map(([n]) => n).join(', ')}`);
  process.exit(2);
}

ensureInstalled();
for (const [name, standard, mayFail, step] of STEPS) {
  if (names.length > 0 ? !names.includes(name) : !standard) continue;
  const start = Date.now();
  const good = await step();
  if (good) console.log(`build: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  else if (mayFail)
    console.warn(
      `build: WARNING: the native addon was not built; the TypeScript allocator takes over. 'npm run build:native' shows why.`,
    );
  else {
    console.error(`build: ${name} failed`);
    process.exit(1);
  }
}
