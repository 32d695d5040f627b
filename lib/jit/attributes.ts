/** Globals, attributes and methods: what the site's inline cache holds is put into the source, as numbers with the versions they hold for. */
import { CARRIER } from '../heap/carrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import type { Emitter } from './emitter.js';

const I32 = i32;
const C = CARRIER;

/** Is the frame's dict at word `dict` the one that the compiled code depends on? The first to ask decides. */
function dependsOn(e: Emitter, field: 'globals' | 'builtins', dict: number): boolean {
  if (e[field] === 0) e[field] = dict << 2;
  return e[field] === dict << 2;
}

/** What must hold for the site's cached global, and the word it lies in. */
function globalGuard(e: Emitter, site: number): [string, number] | undefined {
  const cache = e.cacheOf(site);
  if (cache === 0) return undefined;
  const dict = I32[cache + L.ICACHE_SHAPE];
  const version = I32[cache + L.ICACHE_VERSION];
  if (version !== I32[dict + L.DICT_KEYS_VERSION] || !dependsOn(e, 'globals', dict)) return undefined;
  const guard = `I[${dict + L.DICT_KEYS_VERSION}] === ${version}`;
  const word = I32[cache + L.ICACHE_SLOT];
  if (word !== 0) return [guard, word];
  const builtins = I32[e.body.frame + L.F_BUILTINS] >>> 2;
  const expected = I32[cache + L.ICACHE_EXTRA];
  if (I32[builtins + L.DICT_KEYS_VERSION] !== expected || !dependsOn(e, 'builtins', builtins)) return undefined;
  return [`${guard} && I[${builtins + L.DICT_KEYS_VERSION}] === ${expected}`, I32[cache + L.ICACHE_VALUE_2] >>> 1];
}

export function loadGlobal(e: Emitter, site: number, next: number): void {
  const spill = e.spill(next);
  const depth = e.depth + 1;
  const found = globalGuard(e, site);
  const to = e.pushVariable(found === undefined ? undefined : I32[found[1]]);
  const slow =
    `{ ${spill}if ((${to} = loadGlobal(fp, ${e.siteWord(site)}, ${e.body.id})) === 0) return 0; ` +
    `${e.checkFrame(to, depth)} }`;
  e.line(found === undefined ? slow : `if (${found[0]} && (t = I[${found[1]}]) !== 0) ${to} = t; else ${slow}`);
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
