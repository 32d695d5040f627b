/** Source lines for tracebacks: of files, and of code that was compiled from text (`registerSource`). */
import { readFileSync } from 'node:fs';

const cache = new Map<string, readonly string[]>();

/** Remembers the source that was compiled under a name that is no file (`<string>` is not shown by CPython and not kept). */
export function registerSource(filename: string, source: string): void {
  cache.set(filename, source.split(/\r\n|\r|\n/));
}

function read(filename: string): readonly string[] {
  if (filename.startsWith('<')) return [];
  try {
    return readFileSync(filename, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/);
  } catch {
    return [];
  }
}

/** Line `n` (from 1) without its end; '' when it is not known. */
export function sourceLine(filename: string, n: number): string {
  let lines = cache.get(filename);
  if (lines === undefined) {
    lines = read(filename);
    cache.set(filename, lines);
  }
  return lines[n - 1] ?? '';
}

/** Forgets cached files: they may have changed. */
export function clearSourceLines(): void {
  cache.clear();
}
