/** `_csv` (https://docs.python.org/3.14/library/csv.html): readers, writers and dialects; csv.py has the rest. */
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import { i32 } from '../../heap/memory.js';
import { defineModule } from '../../objects/define.js';
import { dictDel, dictGet, dictSet, dictSnapshot, newDict } from '../../objects/dict.js';
import { pendingException, raise } from '../../objects/exceptions.js';
import { intFromNumber, isInt } from '../../objects/int.js';
import { newListFromArray } from '../../objects/list.js';
import { isStr } from '../../objects/object.js';
import { fromJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import { csvError, makeDialect, QUOTES } from './dialect.js';
import { makeReader } from './reader.js';
import { csvDialects, fieldLimit, initialState, setFieldLimit } from './state.js';
import { makeWriter } from './writer.js';

const I32 = i32;

function register(args: number, n: number, kwnames: number): number {
  if (n < 1 || n > 2)
    return raise(
      'TypeError',
      `register_dialect expected at ${n < 1 ? 'least 1 argument' : 'most 2 arguments'}, got ${n}`,
    );
  const name = I32[args]!;
  if (!isStr(name)) return raise('TypeError', 'dialect name must be a string');
  const dialect = makeDialect(T.typeHandle(T.T_CSV_DIALECT), n > 1 ? I32[args + 1]! : 0, args, n, kwnames);
  if (dialect === 0) return 0;
  const slot = root(dialect);
  const dialects = csvDialects();
  const ok = dialects !== 0 && dictSet(dialects, name, dialect) === 1;
  unroot(slot);
  return ok ? H.NONE : 0;
}

function unregister(args: number): number {
  const dialects = csvDialects();
  if (dialects === 0) return 0;
  if (dictDel(dialects, I32[args]!) === 1) return H.NONE;
  return pendingException() !== 0 ? 0 : csvError('unknown dialect');
}

function get(args: number): number {
  const dialects = csvDialects();
  const dialect = dialects === 0 ? 0 : dictGet(dialects, I32[args]!);
  return dialect !== 0 || pendingException() !== 0 ? dialect : csvError('unknown dialect');
}

function list(): number {
  const dialects = csvDialects();
  return dialects === 0 ? 0 : newListFromArray(dictSnapshot(dialects).keys);
}

function limit(args: number, n: number): number {
  const old = fieldLimit();
  if (n > 0 && !isInt(I32[args]!)) return raise('TypeError', 'limit must be an integer');
  if (n > 0 && setFieldLimit(I32[args]!) === 0) return 0;
  return intFromNumber(old);
}

defineModule({
  name: '_csv',
  doc: 'CSV parsing and writing.',
  functions: [
    ['reader', makeReader, 'raw'],
    ['writer', makeWriter, 'raw'],
    ['register_dialect', register, 'raw'],
    ['unregister_dialect', unregister, '(name)'],
    ['get_dialect', get, '(name)'],
    ['list_dialects', list, [0, 0]],
    ['field_size_limit', limit, [0, 1]],
  ],
  types: [T.T_CSV_ERROR, T.T_CSV_DIALECT],
  attributes: () => ({
    ...Object.fromEntries(QUOTES.map((name, i) => [`QUOTE_${name}`, H.small(i)])),
    ...initialState(newDict()),
    __version__: fromJS('1.0'),
  }),
});
