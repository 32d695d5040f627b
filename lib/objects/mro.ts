/** Method resolution order: C3 linearisation (Barrett et al., 1996; https://docs.python.org/3/howto/mro.html). */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { raise } from './exceptions.js';
import { toJS } from './strings.js';

const I32 = i32;

export const tupleHandles = (tuple: number): number[] =>
  tuple === 0
    ? []
    : Array.from(
        I32.subarray(
          (tuple >>> 2) + L.TUPLE_ITEMS,
          (tuple >>> 2) + L.TUPLE_ITEMS + I32[(tuple >>> 2) + L.TUPLE_LENGTH],
        ),
      );

const nameOf = (type: number): string => toJS(I32[(type >>> 2) + L.TYPE_NAME]);

/** MRO of a class with these bases, itself first; undefined with TypeError set. */
export function linearise(type: number, bases: readonly number[]): number[] | undefined {
  const incomplete = bases.find((b) => I32[(b >>> 2) + L.TYPE_MRO] === 0);
  if (incomplete !== undefined) {
    raise('TypeError', `Cannot extend an incomplete type '${nameOf(incomplete)}'`);
    return undefined;
  }
  const rows = [...bases.map((b) => tupleHandles(I32[(b >>> 2) + L.TYPE_MRO])), [...bases]];
  const out = [type];
  for (;;) {
    const left = rows.filter((r) => r.length > 0);
    if (left.length === 0) return out;
    const next = left.map((r) => r[0]).find((head) => !left.some((r) => r.indexOf(head) > 0));
    if (next === undefined) {
      raise(
        'TypeError',
        `Cannot create a consistent method resolution order (MRO) for bases ${[...new Set(left.map((r) => nameOf(r[0])))].join(', ')}`,
      );
      return undefined;
    }
    out.push(next);
    for (const r of rows) if (r[0] === next) r.shift();
  }
}
