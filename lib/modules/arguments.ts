/** Arguments of built-in functions with the raw convention. */
import { i32 } from '../heap/memory.js';
import { hasIndex, indexNumber } from '../objects/abstract.js';
import { raise, typeName } from '../objects/exceptions.js';
import { toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';

const I32 = i32;

/** A C int argument; NaN with the exception set. */
export function intArgument(h: number): number {
  if (!hasIndex(h))
    return raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer`) || Number.NaN;
  const n = indexNumber(h);
  if (n > 0x7fffffff || n < -0x80000000)
    return raise('OverflowError', `Python int too ${n > 0 ? 'large' : 'small'} to convert to C int`) || Number.NaN;
  return n;
}

/** Keyword values in the order of `allowed`, 0 where missing; undefined with TypeError set. */
export function keywordArguments(
  who: string,
  allowed: readonly string[],
  args: number,
  n: number,
  kwnames: number,
): number[] | undefined {
  const out = allowed.map(() => 0);
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const name = toJS(tupleItem(kwnames, i));
    const at = allowed.indexOf(name);
    if (at < 0) {
      raise('TypeError', `${who}() got an unexpected keyword argument '${name}'`);
      return undefined;
    }
    out[at] = I32[args + n + i];
  }
  return out;
}

/** An argument that CPython takes as a Py_ssize_t; NaN with the exception set. */
export function sizeArgument(h: number): number {
  const n = indexNumber(h);
  if (n >= -(2 ** 63) && n < 2 ** 63) return n;
  if (!Number.isNaN(n)) raise('OverflowError', 'Python int too large to convert to C ssize_t');
  return Number.NaN;
}
