/**
 * Source lines for tracebacks: of files, and of text that was run under a name that is no file (`registerSource`: `-c`, a piped program, an
 * interactive prompt), which is kept in the environment, as threads on other carriers show it too.
 */
import { readFileSync } from 'node:fs';
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { dictGetStr, dictSetStr, newDict } from '../objects/dict.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { publishStore } from '../objects/sync.js';
import { currentEnvironment } from './frames.js';

const I32 = i32;
const LINE_ENDS = /\r\n|\r|\n/;

/** Lines of files, in this isolate. */
const cache = new Map<string, readonly string[]>();

/** Remembers the source of what runs in `environment` under a name that is no file. */
export function registerSource(environment: number, filename: string, source: string): void {
  const w = environment >>> 2;
  if (I32[w + L.ENVIRONMENT_SOURCES] === 0) {
    const made = newDict();
    publishStore(environment, made);
    storeRef(environment, L.ENVIRONMENT_SOURCES, made);
  }
  dictSetStr(I32[w + L.ENVIRONMENT_SOURCES], intern(filename), fromJS(source));
}

function registered(filename: string): readonly string[] {
  const environment = currentEnvironment();
  const sources = environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_SOURCES];
  const source = sources === 0 ? 0 : dictGetStr(sources, intern(filename));
  return source === 0 ? [] : toJS(source).split(LINE_ENDS);
}

function read(filename: string): readonly string[] {
  try {
    return readFileSync(filename, 'utf8')
      .replace(/^\uFEFF/, '')
      .split(LINE_ENDS);
  } catch {
    return [];
  }
}

/** Line `n` (from 1) without its end; '' when it is not known. */
export function sourceLine(filename: string, n: number): string {
  if (filename.startsWith('<')) return registered(filename)[n - 1] ?? '';
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
