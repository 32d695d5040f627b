/**
 * Inline caches (lib/vm/slow.ts, interpreter.ts: LOAD_METHOD, LOAD_ATTR) as steps: carriers that look up a method through one site and fill its
 * cache, while another thread gives the class a new method. Does anyone, once that is done, still get the old one, or half a cache?
 */
import { explore, type Found, type Thread } from './explore.js';

/**
 * The rule itself, or one that is too weak: the version is read when the method is known already; a cache is filled again in place; it is
 * installed before it is filled; the class gets its new version before its new method.
 */
export type Rule = 'as-is' | 'version-late' | 'in-place' | 'install-first' | 'version-first';

const OLD = 10;
const NEW = 20;

interface Cache {
  version: number;
  method: number;
}

interface Shared {
  version: number;
  method: number;
  /** Index of the site's cache, -1: none. */
  site: number;
  caches: Cache[];
  changed: boolean;
  fault: string;
}

interface Locals {
  cache: number;
  version: number;
  method: number;
  after: boolean;
}

function* fill(s: Shared, v: Locals, rule: Rule): Thread {
  const fresh = rule !== 'in-place' || v.cache < 0;
  const at = fresh ? s.caches.push({ version: 0, method: 0 }) - 1 : v.cache;
  v.cache = at;
  if (rule === 'install-first') s.site = at;
  yield;
  s.caches[at]!.version = v.version;
  yield;
  s.caches[at]!.method = v.method;
  yield;
  s.site = at;
}

function* lookUp(s: Shared, v: Locals, rule: Rule): Thread {
  v.version = s.version;
  yield;
  v.method = s.method;
  yield;
  if (rule === 'version-late') v.version = s.version;
  yield* fill(s, v, rule);
}

function* load(s: Shared, v: Locals, rule: Rule): Thread {
  v.after = s.changed;
  v.method = 0;
  v.cache = s.site;
  yield;
  if (v.cache >= 0) {
    v.version = s.caches[v.cache]!.version;
    yield;
    if (v.version === s.version) {
      yield;
      v.method = s.caches[v.cache]!.method;
    }
  }
  yield;
  if (v.method === 0 && v.version === s.version && v.cache >= 0) s.fault ||= 'a cache without method was valid';
  if (v.method === 0) yield* lookUp(s, v, rule);
  if (v.after && v.method !== NEW) s.fault ||= `method ${v.method} after the change`;
}

function* carrier(s: Shared, v: Locals, rule: Rule): Thread {
  yield* load(s, v, rule);
  yield;
  yield* load(s, v, rule);
}

function* changer(s: Shared, rule: Rule): Thread {
  if (rule === 'version-first') s.version++;
  yield;
  s.method = NEW;
  yield;
  if (rule !== 'version-first') s.version++;
  s.changed = true;
}

/** Two carriers that look up twice, and the change of the class, over all interleavings. */
export function search(rule: Rule): Found {
  return explore(() => {
    const s: Shared = { version: 1, method: OLD, site: -1, caches: [], changed: false, fault: '' };
    const locals = [0, 1].map((): Locals => ({ cache: -1, version: 0, method: 0, after: false }));
    return {
      threads: [carrier(s, locals[0]!, rule), carrier(s, locals[1]!, rule), changer(s, rule)],
      state: () => [s, locals],
      fault: () => s.fault,
    };
  });
}
