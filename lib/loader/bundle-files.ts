/** The files that running a bundle takes: its text, and the code caches there may be for it. What is read on the host's thread for a carrier. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The user's cache folder; undefined when there is none, or none is wanted. */
export function userCacheFolder(env: NodeJS.ProcessEnv, platform: string): string | undefined {
  const given = env.PROTOSPACE_CACHE;
  if (given !== undefined && given !== '') return given === 'off' ? undefined : given;
  if (platform === 'win32') return env.LOCALAPPDATA ? join(env.LOCALAPPDATA, 'protospace', 'cache') : undefined;
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'protospace');
  if (!env.HOME) return undefined;
  return platform === 'darwin'
    ? join(env.HOME, 'Library', 'Caches', 'protospace')
    : join(env.HOME, '.cache', 'protospace');
}

function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16);
}

/** Name of the cache of `file`: what V8 compiles depends on its version, on its flags and on the processor. */
export function cacheName(build: string, file: string): string {
  const flags = `${process.execArgv.join(' ')} ${process.env.NODE_OPTIONS ?? ''}`.trim();
  const parts = [basename(file, '.js'), build, process.versions.v8, process.platform, process.arch];
  return `${flags === '' ? parts.join('_') : [...parts, hash(flags)].join('_')}.v8`;
}

/** A bundle's text and what V8 made of it earlier, as they are in files: may be read by one thread for another. */
export interface BundleFiles {
  readonly source: Uint8Array;
  readonly cache: Uint8Array | undefined;
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Caches there are for the script in `file`, the one to be preferred first. */
export function* caches(file: string, build: string): Generator<Uint8Array> {
  const folders = process.env.PROTOSPACE_CACHE === 'off' ? [] : [join(file, '..', 'code')];
  const user = userCacheFolder(process.env, process.platform);
  if (user !== undefined) folders.push(user);
  for (const folder of folders) {
    const cache = read(join(folder, cacheName(build, file)));
    if (cache !== undefined) yield cache;
  }
}

/** Reads what runCached wants. */
export const readBundle = (file: string, build: string): BundleFiles => ({
  source: readFileSync(file),
  cache: caches(file, build).next().value as Uint8Array | undefined,
});
