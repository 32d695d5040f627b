/** `_csv.writer`: rows to lines. */
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import {
  call1,
  getIter,
  hasIndex,
  isCallable,
  iterNext,
  lookupAttr,
  lookupSpecial,
  str,
} from '../../objects/abstract.js';
import { defineType } from '../../objects/define.js';
import { clearException, pendingException, pendingIs, raise, typeName } from '../../objects/exceptions.js';
import * as N from '../../objects/names.js';
import { isKind, isStr, slotId, typeOf } from '../../objects/object.js';
import { slots } from '../../objects/slots.js';
import { fromJS, intern, toJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import { item, newRecord } from '../itertools-record.js';
import {
  ALL,
  csvError,
  dialectKeyword,
  type Format,
  formatOf,
  makeDialect,
  NONE,
  NONNUMERIC,
  NOTNULL,
  STRINGS,
} from './dialect.js';

const I32 = i32;

const isNumber = (h: number): boolean =>
  hasIndex(h) ||
  H.isFloat(h) ||
  isKind(h, L.KIND_COMPLEX) ||
  slots.float[slotId(h)] !== undefined ||
  lookupSpecial(typeOf(h), N.N_FLOAT) !== 0;

/** Does the kind of value ask for quotes? */
function wantsQuotes(value: number, quoting: number): boolean {
  switch (quoting) {
    case ALL:
      return true;
    case NONNUMERIC:
      return !isNumber(value);
    case STRINGS:
      return isStr(value);
    case NOTNULL:
      return value !== H.NONE;
    default:
      return false;
  }
}

const NEEDS_ESCAPE = 'need to escape, but no escapechar set';

/** A field as it is written; undefined with the exception set. `isNull`: it is None. */
function fieldText(text: string, isNull: boolean, quoted: boolean, f: Format): string | undefined {
  let quotes = quoted;
  let out = '';
  for (const c of text) {
    const special =
      c === f.delimiter ||
      c === f.escapechar ||
      c === f.quotechar ||
      c === '\n' ||
      c === '\r' ||
      f.lineterminator.includes(c);
    if (special) {
      const escape = f.quoting === NONE || c === f.escapechar || (c === f.quotechar && !f.doublequote);
      if (escape && f.escapechar === '') return void csvError(NEEDS_ESCAPE);
      if (escape) out += f.escapechar;
      else {
        if (c === f.quotechar) out += c;
        quotes = true;
      }
    }
    out += c;
  }
  if (text === '' && f.delimiter === ' ' && f.skipinitialspace) {
    if (f.quoting === NONE || (isNull && (f.quoting === STRINGS || f.quoting === NOTNULL)))
      return void csvError('empty field must be quoted if delimiter is a space and skipinitialspace is true');
    quotes = true;
  }
  return quotes ? f.quotechar + out + f.quotechar : out;
}

/** Text of a value; undefined with the exception set. */
function plainText(value: number): string | undefined {
  if (isStr(value)) return toJS(value);
  if (value === H.NONE) return '';
  const s = str(value);
  return s === 0 ? undefined : toJS(s);
}

/** The fields of a row; undefined with the exception set. */
function rowTexts(row: number, f: Format): { texts: string[]; lastIsNull: boolean } | undefined {
  const it = getIter(row);
  if (it === 0) {
    if (pendingIs('TypeError')) {
      clearException();
      csvError(`iterable expected, not ${typeName(row)}`);
    }
    return undefined;
  }
  const slot = root(it);
  const texts: string[] = [];
  let lastIsNull = false;
  for (;;) {
    const value = iterNext(it);
    if (value === 0) break;
    lastIsNull = value === H.NONE;
    const quoted = wantsQuotes(value, f.quoting);
    const plain = plainText(value);
    const text = plain === undefined ? undefined : fieldText(plain, lastIsNull, quoted, f);
    if (text === undefined) break;
    texts.push(text);
  }
  unroot(slot);
  return pendingException() === 0 ? { texts, lastIsNull } : undefined;
}

function writeRow(writer: number, row: number): number {
  const f = formatOf(item(writer, 1));
  const slot = root(writer);
  const read = rowTexts(row, f);
  unroot(slot);
  if (read === undefined) return 0;
  const { texts, lastIsNull } = read;
  if (texts.length === 1 && texts[0] === '') {
    if (f.quoting === NONE || (lastIsNull && (f.quoting === STRINGS || f.quoting === NOTNULL)))
      return csvError('single empty field record must be quoted');
    texts[0] = f.quotechar + f.quotechar;
  }
  return call1(item(writer, 0), fromJS(texts.join(f.delimiter) + f.lineterminator));
}

function writeRows(writer: number, rows: number): number {
  const it = getIter(rows);
  if (it === 0) return 0;
  const slot = root(it);
  root(writer);
  for (;;) {
    const row = iterNext(it);
    if (row === 0) break;
    const inner = root(row);
    const r = writeRow(writer, row);
    unroot(inner);
    if (r === 0) break;
  }
  unroot(slot);
  return pendingException() === 0 ? H.NONE : 0;
}

/** writer(file, dialect='excel', **fields) */
export function makeWriter(args: number, n: number, kwnames: number): number {
  if (n < 1 || n > 2)
    return raise('TypeError', `writer expected at ${n < 1 ? 'least 1 argument' : 'most 2 arguments'}, got ${n}`);
  const given = n > 1 ? I32[args + 1]! : dialectKeyword(args, n, kwnames);
  const dialect = makeDialect(T.typeHandle(T.T_CSV_DIALECT), given, args, n, kwnames);
  if (dialect === 0) return 0;
  const slot = root(dialect);
  const write = lookupAttr(I32[args]!, intern('write'));
  unroot(slot);
  if (write === 0 && pendingException() !== 0) return 0;
  if (write === 0 || !isCallable(write)) return raise('TypeError', 'argument 1 must have a "write" method');
  return newRecord(T.typeHandle(T.T_CSV_WRITER), [write, dialect]);
}

defineType({
  id: T.T_CSV_WRITER,
  name: 'writer',
  module: '_csv',
  kind: L.KIND_RECORD,
  doc: 'CSV writer',
  methods: [
    ['writerow', (a) => writeRow(I32[a]!, I32[a + 1]!), [1, 1]],
    ['writerows', (a) => writeRows(I32[a]!, I32[a + 1]!), [1, 1]],
  ],
  getset: [{ name: 'dialect', get: (w) => item(w, 1) }],
});
