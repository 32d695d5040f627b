/** Arguments of constructors: some by position or name, some by name only. */
import { i32 } from '../../heap/memory.js';
import { raise } from '../../objects/exceptions.js';
import { toJS } from '../../objects/strings.js';
import { tupleItem, tupleLength } from '../../objects/tuple.js';

const I32 = i32;

/** Values in the order of `positional` and `keywords`, 0 where missing; undefined with TypeError set. */
export function parsed(
  who: string,
  positional: readonly string[],
  keywords: readonly string[],
  args: number,
  n: number,
  kwnames: number,
): number[] | undefined {
  if (n > positional.length) {
    const most = positional.length;
    return void raise(
      'TypeError',
      `${who}() takes at most ${most} positional argument${most === 1 ? '' : 's'} (${n} given)`,
    );
  }
  const names = [...positional, ...keywords];
  const out = names.map((_, i) => (i < n ? I32[args + i] : 0));
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++) {
    const name = toJS(tupleItem(kwnames, k));
    const at = names.indexOf(name);
    if (at < 0) return void raise('TypeError', `${who}() got an unexpected keyword argument '${name}'`);
    if (out[at] !== 0)
      return void raise('TypeError', `argument for ${who}() given by name ('${name}') and position (${at + 1})`);
    out[at] = I32[args + n + k];
  }
  return out;
}
