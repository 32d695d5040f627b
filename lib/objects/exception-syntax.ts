/** SyntaxError: where in which source. Its last four fields share one word, as a tuple. */
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { str } from './abstract.js';
import type { GetSetRow, TypeDefinition } from './define.js';
import { field, fieldOf, initException, tupleItemOf, tupleLengthOf } from './exception-fields.js';
import { raise } from './exceptions.js';
import { intToNumber } from './int.js';
import { isInt, isStr } from './object.js';
import { fromJS, toJS } from './strings.js';
import { newTupleOf, tupleFromIterable } from './tuple.js';

const I32 = i32;
const REST = L.EXCEPTION_NOTES;
const REST_NAMES = ['end_lineno', 'end_offset', 'print_file_and_line', '_metadata'];

const rest = (e: number): number[] => {
  const t = fieldOf(e, REST);
  return REST_NAMES.map((_, i) => (t === 0 ? 0 : tupleItemOf(t, i)));
};

const restRow = (name: string, at: number): GetSetRow => ({
  name,
  get: (e) => rest(e)[at]! || H.NONE,
  set: (e, v) => {
    const values = rest(e);
    values[at] = v;
    storeRef(e, REST, newTupleOf(values));
    return 1;
  },
});

/** Of an error of the parser: the line of its statement, a column, the source or None. */
export function setMetadata(e: number, about: number): void {
  const values = rest(e);
  values[3] = about;
  storeRef(e, REST, newTupleOf(values));
}

function setPlace(e: number, info: number): number {
  const n = tupleLengthOf(info);
  if (n < 4) return raise('TypeError', `function takes at least 4 arguments (${n} given)`);
  if (n > 7) return raise('TypeError', `function takes at most 7 arguments (${n} given)`);
  [L.EXCEPTION_B, L.EXCEPTION_C, L.EXCEPTION_D, L.EXCEPTION_E].forEach((word, i) =>
    storeRef(e, word, tupleItemOf(info, i)),
  );
  const ends = [4, 5].map((i) => (i < n ? tupleItemOf(info, i) : 0));
  storeRef(e, REST, newTupleOf([...ends, 0, n > 6 ? tupleItemOf(info, 6) : 0]));
  if (ends[0] !== 0 && ends[1] === 0)
    return raise('TypeError', 'end_offset must be provided when end_lineno is provided');
  return 1;
}

function init(e: number, args: number, n: number, kwnames: number): number {
  if (initException(e, args, n, kwnames) === 0) return 0;
  if (n > 0) storeRef(e, L.EXCEPTION_A, I32[args]!);
  if (n !== 2) return 1;
  const info = tupleFromIterable(I32[args + 1]!);
  return info === 0 ? 0 : setPlace(e, info);
}

function strSyntax(e: number): number {
  const message = str(fieldOf(e, L.EXCEPTION_A) || H.NONE);
  if (message === 0) return 0;
  const file = fieldOf(e, L.EXCEPTION_B);
  const line = fieldOf(e, L.EXCEPTION_C);
  const where: string[] = [];
  if (file !== 0 && isStr(file)) where.push(toJS(file).replace(/^.*\//s, ''));
  if (line !== 0 && isInt(line)) where.push(`line ${intToNumber(line)}`);
  return where.length === 0 ? message : fromJS(`${toJS(message)} (${where.join(', ')})`);
}

/** What SyntaxError adds to its row. */
export const syntaxError: Pick<TypeDefinition, 'slots' | 'getset'> = {
  slots: { init, str: strSyntax },
  getset: [
    field('msg', L.EXCEPTION_A),
    field('filename', L.EXCEPTION_B),
    field('lineno', L.EXCEPTION_C),
    field('offset', L.EXCEPTION_D),
    field('text', L.EXCEPTION_E),
    ...REST_NAMES.map(restRow),
  ],
};
