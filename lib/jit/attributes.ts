/** Globals, attributes and methods: what the site's inline cache holds is put into the source, as numbers with the versions they hold for. */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { OP_STORE_GLOBAL } from '../compiler/opcodes.js';
import { dictFindWord, dictKeysVersion } from '../objects/dict.js';
import { hasClass } from '../vm/rare/names.js';
import { isTable } from '../vm/slow.js';
import type { Emitter } from './emitter.js';

const I32 = i32;
const C = CARRIER;

/** Is the frame's dict at word `dict` the one that the compiled code depends on? The first to ask decides. */
function dependsOn(e: Emitter, field: 'globals' | 'builtins', dict: number): boolean {
  if (e[field] === 0) e[field] = dict << 2;
  return e[field] === dict << 2;
}

/** Where a global lies while `guard` holds: a word of the table of its dict, or, when `own` is false, of the builtins'. */
interface Place {
  readonly guard: string;
  readonly word: number;
  readonly own: boolean;
}

/** What was found in two dicts with these versions; undefined where they have changed since, or the code depends on others. */
function place(
  e: Emitter,
  globals: number,
  [version, word]: readonly [number, number],
  [builtinsVersion, builtin]: readonly [number, number],
): Place | undefined {
  if (version !== I32[globals + L.DICT_KEYS_VERSION] || !dependsOn(e, 'globals', globals)) return undefined;
  const guard = `I[${globals + L.DICT_KEYS_VERSION}] === ${version}`;
  if (word !== 0) return { guard, word, own: true };
  const builtins = I32[e.body.frame + L.F_BUILTINS] >>> 2;
  if (builtin === 0 || I32[builtins + L.DICT_KEYS_VERSION] !== builtinsVersion || !dependsOn(e, 'builtins', builtins))
    return undefined;
  const both = `${guard} && I[${builtins + L.DICT_KEYS_VERSION}] === ${builtinsVersion}`;
  return { guard: both, word: builtin, own: false };
}

/** By the cache of LOAD_GLOBAL's site. */
function cachedPlace(e: Emitter, site: number): Place | undefined {
  const c = e.cacheOf(site);
  if (c === 0) return undefined;
  const inBuiltins = [I32[c + L.ICACHE_EXTRA], I32[c + L.ICACHE_VALUE_2] >>> 1] as const;
  return place(e, I32[c + L.ICACHE_SHAPE], [I32[c + L.ICACHE_VERSION], I32[c + L.ICACHE_SLOT]], inBuiltins);
}

/** By looking now: the instructions for names have no caches. */
function namedPlace(e: Emitter, site: number): Place | undefined {
  const [globals, builtins] = [I32[e.body.frame + L.F_GLOBALS], I32[e.body.frame + L.F_BUILTINS]];
  if (!isTable(globals) || hasClass(globals) || !isTable(builtins)) return undefined;
  const name = I32[e.siteWord(site)];
  const find = (dict: number): [number, number] => [dictKeysVersion(dict), dictFindWord(dict, name)];
  return place(e, globals >>> 2, find(globals), find(builtins));
}

function load(e: Emitter, found: Place | undefined, call: string, next: number): void {
  const spill = e.spill(next);
  const depth = e.depth + 1;
  const to = e.pushVariable(found === undefined ? undefined : I32[found.word]);
  const slow = `{ ${spill}if ((${to} = ${call}) === 0) return 0; ${e.checkFrame(to, depth)} }`;
  e.line(found === undefined ? slow : `if (${found.guard} && (t = I[${found.word}]) !== 0) ${to} = t; else ${slow}`);
}

export const loadGlobal = (e: Emitter, site: number, next: number): void =>
  load(e, cachedPlace(e, site), `loadGlobal(fp, ${e.siteWord(site)}, ${e.body.id})`, next);

/** Are the names of this code those of its globals, as a module's are? The code depends on it then. */
function namesAreGlobals(e: Emitter): boolean {
  const locals = I32[e.body.frame + L.F_LOCALS_DICT];
  if (locals !== 0 && locals !== I32[e.body.frame + L.F_GLOBALS]) return false;
  e.locals = locals;
  return true;
}

export const loadName = (e: Emitter, site: number, next: number): void =>
  load(
    e,
    namesAreGlobals(e) ? namedPlace(e, site) : undefined,
    `loadName(fp, ${e.siteWord(site)}, ${e.body.id})`,
    next,
  );

/** STORE_NAME, STORE_GLOBAL: into the table of a dict that this thread owns. */
export function storeName(e: Emitter, op: number, site: number, next: number): void {
  e.settle();
  const v = e.top().text;
  const slow = `{ missed(${e.body.id}); ${e.spill(next)}if (rare(${op}, ${site}, fp, depth) === 0) return 0; }`;
  const found = op === OP_STORE_GLOBAL || namesAreGlobals(e) ? namedPlace(e, site) : undefined;
  const globals = e.globals >>> 2;
  e.line(
    found?.own !== true
      ? slow
      : `if (${found.guard} && I[${globals + 3}] === I[${C + L.CAR_OWNER}]) ` +
          `{ I[${found.word}] = ${v}; if ((${v} & 1) === 0) store(${I32[globals + L.DICT_STORE]}, ${v}); } else ${slow}`,
  );
  e.pop();
}

/** Shape, version and slot of a site's cache for instances; undefined where there is none. */
function instanceCache(e: Emitter, site: number): { shape: number; version: number; slot: number } | undefined {
  const c = e.cacheOf(site);
  if (c === 0) return undefined;
  const [shape, version, slot] = [I32[c + L.ICACHE_SHAPE], I32[c + L.ICACHE_VERSION], I32[c + L.ICACHE_SLOT]];
  return shape !== 0 && slot > 0 ? { shape, version, slot } : undefined;
}

export function loadAttr(e: Emitter, site: number, next: number): void {
  const o = e.top().text;
  const to = `s${e.depth - 1}`;
  const cache = instanceCache(e, site);
  const slow =
    `{ ${e.spill(next)}if ((${to} = loadAttr(${o}, ${e.siteWord(site)}, ${e.body.id})) === 0) return 0; ` +
    `${e.checkFrame(to, e.depth)} }`;
  e.line(
    cache === undefined
      ? slow
      : `if (${e.shapeGuard(e.top(), cache.shape, cache.version)} && (t = I[(${o} >>> 2) + ${cache.slot}]) !== 0) ${to} = t; ` +
          `else ${slow}`,
  );
  e.pop();
  e.pushVariable();
}

export function loadMethod(e: Emitter, site: number, next: number): void {
  const o = e.top().text;
  const d = e.depth;
  const c = e.cacheOf(site);
  const slow =
    `{ ${e.spill(next)}if (loadMethod(${e.place(d)}, ${e.siteWord(site)}, ${e.body.id}) === 0) return 0; ` +
    `s${d - 1} = I[${e.place(d - 1)}]; s${d} = I[${e.place(d)}]; ` +
    `if (I[fp + ${L.F_FRAME_OBJECT}] !== 0) return leaveWith(fp, s${d}, ${e.place(d + 1)}); }`;
  if (c === 0 || I32[c + L.ICACHE_SLOT] !== 0) e.line(slow);
  else {
    const [shape, version] = [I32[c + L.ICACHE_SHAPE], I32[c + L.ICACHE_VERSION]];
    e.line(
      `if (${e.shapeGuard(e.top(), shape, version)}) ` +
        `{ s${d} = ${o}; s${d - 1} = ${I32[c + L.ICACHE_VALUE]}; } else ${slow}`,
    );
  }
  e.pop();
  e.pushVariable(c === 0 || I32[c + L.ICACHE_SLOT] !== 0 ? undefined : I32[c + L.ICACHE_VALUE]);
  e.pushVariable();
}

export function storeAttr(e: Emitter, site: number, next: number): void {
  const [v, o] = [e.top(2), e.top().text];
  const cache = instanceCache(e, site);
  const slow =
    `{ ${e.spill(next)}if (storeAttr(${o}, ${v.text}, ${e.siteWord(site)}, ${e.body.id}) === 0) return 0; ` +
    `if (I[fp + ${L.F_FRAME_OBJECT}] !== 0) { I[fp + ${L.F_SP}] = ${e.place(e.depth - 2)}; return leave(); } }`;
  if (cache === undefined) e.line(slow);
  else {
    const small = v.constant !== undefined && (v.constant & 1) !== 0;
    const immediate = v.constant !== undefined && (v.constant & 7) === 6;
    const owned = small ? '' : ` && ((${v.text} & 1) !== 0 || I[(${o} >>> 2) + 3] === I[${C + L.CAR_OWNER}])`;
    const barrier = small || immediate ? '' : ` if ((${v.text} & 1) === 0) store(${o}, ${v.text});`;
    e.line(
      `if (${e.shapeGuard(e.top(), cache.shape, cache.version)}${owned}) { I[(${o} >>> 2) + ${cache.slot}] = ${v.text};${barrier} } else ${slow}`,
    );
  }
  e.pop(2);
}
