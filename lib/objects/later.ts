/**
 * What only some programs need (the modules that lib/modules/later.ts lists, and what only they use) is a script of its own in the bundle,
 * dist/later.js (scripts/split.mjs). The command's first carrier loads it when the program first imports one of them, while it is the only isolate
 * that runs Python: before it starts another carrier it loads it too, and all other carriers load it as they start. So no isolate meets an
 * object whose type it does not know. Where everything is loaded in one piece, there is nothing to do.
 */
/** Set where the bundle is split: what the later script refers to. */
declare const PROTOSPACE_SHARED: (() => readonly unknown[]) | undefined;
declare const require: NodeJS.Require;

type Later = (shared: readonly unknown[], load: NodeJS.Require, filename: string, dirname: string) => void;

/** What carrier.js lets the runtime do. */
interface Loader {
  load(name: string): unknown;
}

/** Set by define.ts: completes what was loaded. */
export const laterHook = { loaded: (): void => {} };

let loaded = typeof PROTOSPACE_SHARED === 'undefined';

/** Loads what is not there yet. */
export function loadLater(): void {
  if (loaded || typeof PROTOSPACE_SHARED === 'undefined') return;
  loaded = true;
  const loader = (globalThis as Record<symbol, unknown>)[Symbol.for('protospace.loader')] as Loader;
  const run = loader.load('later.js') as Later;
  run(PROTOSPACE_SHARED(), require, import.meta.filename, import.meta.dirname);
  laterHook.loaded();
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
