/**
 * What only some programs need is in scripts of their own in the bundle (scripts/split.mjs). Where everything is loaded in one piece, there is nothing
 * to do.
 *
 * dist/later.js: the modules that lib/modules/later.ts lists, and what only they use. The command's first carrier loads it when the program first
 * imports one of them, while it is the only isolate that runs Python: before it starts another carrier it loads it too, and all other carriers load
 * it as they start. So no isolate meets an object whose type it does not know.
 *
 * dist/compiled.js: the compiled tier (lib/jit), loaded by each carrier that has run some Python.
 */
/** Set where the bundle is split: what a later script refers to. */
declare const PROTOSPACE_SHARED: ((script: number) => readonly unknown[]) | undefined;
declare const require: NodeJS.Require;

type Later = (shared: readonly unknown[], load: NodeJS.Require, filename: string, dirname: string) => void;

/** What carrier.js lets the runtime do. */
interface Loader {
  load(name: string): unknown;
}

/** Set by define.ts: completes what was loaded. */
export const laterHook = { loaded: (): void => {} };

const SCRIPTS = ['later.js', 'compiled.js'];
const split = typeof PROTOSPACE_SHARED !== 'undefined';
const loaded = [!split, !split];

/** Runs one of the scripts; false when that was done. */
function load(script: number): boolean {
  if (loaded[script]! || typeof PROTOSPACE_SHARED === 'undefined') return false;
  loaded[script] = true;
  const loader = (globalThis as Record<symbol, unknown>)[Symbol.for('protospace.loader')] as Loader;
  const run = loader.load(SCRIPTS[script]!) as Later;
  run(PROTOSPACE_SHARED(script), require, import.meta.filename, import.meta.dirname);
  return true;
}

/** Loads the later modules, if they are not there yet. */
export function loadLater(): void {
  if (load(0)) laterHook.loaded();
}

/** Loads the compiled tier, if it is not there yet. */
export function loadCompiler(): void {
  load(1);
}

/** A function that is set by what is loaded later: until then, one that loads it. `missing` is for programs that do without. */
export function later<A extends unknown[], R>(
  get: () => (...args: A) => R,
  missing: (...args: A) => R,
): (...args: A) => R {
  const first = (...args: A): R => {
    loadLater();
    const set = get();
    return set === first ? missing(...args) : set(...args);
  };
  return first;
}
