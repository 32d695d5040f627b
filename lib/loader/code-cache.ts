/**
 * Running a bundle from V8's code cache. The bundle is one function expression; what V8 made of it in an earlier run (bytecode of all
 * functions that run used) is kept in a file, whose name says for which build, V8 and flags it holds. V8 checks it again and refuses what
 * does not fit; then, or where no file can be written, everything works without, only later.
 *
 * Two folders are looked in: `code/` beside the bundle, filled by the build, and the user's cache folder, filled by the first run of an
 * installed package. `PROTOSPACE_CACHE` names another folder, or is `off`.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { type BundleFiles, cacheName, caches, userCacheFolder } from './bundle-files.js';

/** Files kept in the user's folder: some Nodes, some builds. */
const KEPT = 24;

export interface CachedScript {
  /** The value of the script: its function. */
  readonly value: unknown;
  /** Did V8 take a cache? */
  readonly cached: boolean;
  /** Writes what V8 has compiled by now to a file, when it started from none: into `folder`, or the user's. */
  save(folder?: string): void;
}

/** Removes the files written longest ago. */
function prune(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.v8'))
    .map((name) => ({ file: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { file } of files.slice(KEPT)) rmSync(file, { force: true });
}

/** Atomic: a reader sees the whole file or none. */
function write(folder: string, name: string, data: Uint8Array): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `${name}.${process.pid}.tmp`);
    writeFileSync(temporary, data, { mode: 0o600 });
    renameSync(temporary, join(folder, name));
    prune(folder);
  } catch {
    // A folder that cannot be written to: the next run compiles again.
  }
}

/** Runs the script in `file`; `build` identifies its text. `files`: what another thread has read for this one. */
export function runCached(file: string, build: string, files?: BundleFiles): CachedScript {
  // The bundle is ASCII: latin1 is the short way to a string of one byte a character.
  const text = files?.source ?? readFileSync(file);
  const source = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1');
  const name = cacheName(build, file);
  const user = userCacheFolder(process.env, process.platform);
  let script: Script | undefined;
  for (const cachedData of files?.cache === undefined ? caches(file, build) : [files.cache]) {
    script = new Script(source, { filename: file, cachedData });
    if (script.cachedDataRejected !== true) break;
    script = undefined;
  }
  const cached = script !== undefined;
  script ??= new Script(source, { filename: file });
  const made = script;
  let saved = cached;
  const save = (folder = user): void => {
    if (saved || folder === undefined) return;
    saved = true;
    write(folder, name, made.createCachedData());
  };
  return { value: script.runInThisContext(), cached, save };
}
