/** `_csv.Dialect`: how a CSV file is written (https://docs.python.org/3.14/library/csv.html#dialects-and-formatting-parameters). */
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { isTrue, lookupAttr } from '../../objects/abstract.js';
import { defineType, type GetSetRow } from '../../objects/define.js';
import { clearException, exceptionId, pendingException, pendingIs, raise, typeName } from '../../objects/exceptions.js';
import { dictGet } from '../../objects/dict.js';
import { intToNumber, isInt } from '../../objects/int.js';
import { isStr, slotId } from '../../objects/object.js';
import { fromJS, intern, strLength, toJS } from '../../objects/strings.js';
import { tupleItem, tupleItems, tupleLength } from '../../objects/tuple.js';
import * as T from '../../objects/type-ids.js';
import { item, newRecord } from '../itertools-record.js';
import { raiseAs } from '../raise.js';
import { csvDialects } from './state.js';

const I32 = i32;

export const QUOTES = ['MINIMAL', 'ALL', 'NONNUMERIC', 'NONE', 'STRINGS', 'NOTNULL'] as const;
export const [MINIMAL, ALL, NONNUMERIC, NONE, STRINGS, NOTNULL] = [0, 1, 2, 3, 4, 5];

/** A dialect's fields in the order of its record. */
const FIELDS = [
  'delimiter',
  'doublequote',
  'escapechar',
  'lineterminator',
  'quotechar',
  'quoting',
  'skipinitialspace',
  'strict',
] as const;

/** A dialect as values; characters that are not set are ''. */
export interface Format {
  readonly delimiter: string;
  readonly doublequote: boolean;
  readonly escapechar: string;
  readonly lineterminator: string;
  readonly quotechar: string;
  readonly quoting: number;
  readonly skipinitialspace: boolean;
  readonly strict: boolean;
}

export const csvError = (message: string): number => raiseAs(T.T_CSV_ERROR, message);

const textAt = (d: number, i: number): string => (item(d, i) === H.NONE ? '' : toJS(item(d, i)));

export function formatOf(dialect: number): Format {
  return {
    delimiter: textAt(dialect, 0),
    doublequote: item(dialect, 1) === H.TRUE,
    escapechar: textAt(dialect, 2),
    lineterminator: textAt(dialect, 3),
    quotechar: textAt(dialect, 4),
    quoting: item(dialect, 5) >> 1,
    skipinitialspace: item(dialect, 6) === H.TRUE,
    strict: item(dialect, 7) === H.TRUE,
  };
}

// ---------------------------------------------------------------- values given

function characterField(name: string, h: number, fallback: string, optional: boolean): number {
  if (h === 0) return fallback === '' ? H.NONE : fromJS(fallback);
  if (optional && h === H.NONE) return h;
  const what = `"${name}" must be a unicode character${optional ? ' or None' : ''}`;
  if (!isStr(h)) return raise('TypeError', `${what}, not ${typeName(h)}`);
  return strLength(h) === 1 ? h : raise('TypeError', `${what}, not a string of length ${strLength(h)}`);
}

function boolField(h: number, fallback: boolean): number {
  if (h === 0) return H.fromBool(fallback);
  const t = isTrue(h);
  return t < 0 ? 0 : H.fromBool(t === 1);
}

function terminatorField(h: number): number {
  if (h === 0) return fromJS('\r\n');
  return isStr(h) ? h : raise('TypeError', `"lineterminator" must be a string, not ${typeName(h)}`);
}

/** No quotechar and nothing said about quoting means none. */
function quotingField(h: number, quotechar: number): number {
  if (h === 0) return H.small(quotechar === H.NONE ? NONE : MINIMAL);
  if (!isInt(h)) return raise('TypeError', `"quoting" must be an integer, not ${typeName(h)}`);
  const n = intToNumber(h);
  return n >= 0 && n < QUOTES.length ? H.small(n) : raise('TypeError', 'bad "quoting" value');
}

type Values = Record<(typeof FIELDS)[number], number>;

/** What each field of the record gets; 0 with the exception set. */
const READ: Readonly<Record<(typeof FIELDS)[number], (v: Values) => number>> = {
  delimiter: (v) => characterField('delimiter', v.delimiter, ',', false),
  doublequote: (v) => boolField(v.doublequote, true),
  escapechar: (v) => characterField('escapechar', v.escapechar, '', true),
  lineterminator: (v) => terminatorField(v.lineterminator),
  quotechar: (v) => characterField('quotechar', v.quotechar, '"', true),
  quoting: (v) => quotingField(v.quoting, v.quotechar),
  skipinitialspace: (v) => boolField(v.skipinitialspace, false),
  strict: (v) => boolField(v.strict, false),
};

// ---------------------------------------------------------------- checks

function badCharacter(name: string, c: string, spaceAllowed: boolean): string {
  return c !== '' && (c === '\n' || c === '\r' || (c === ' ' && !spaceAllowed)) ? `bad ${name} value` : '';
}

/** Why the fields do not go together; '' when they do. */
function objection(f: Format): string {
  const space = !f.skipinitialspace;
  const same = (a: 'delimiter' | 'escapechar' | 'quotechar', b: 'escapechar' | 'quotechar'): string =>
    f[a] !== '' && f[a] === f[b] ? `bad ${a} or ${b} value` : '';
  const inEnd = (a: 'delimiter' | 'escapechar' | 'quotechar'): string =>
    f[a] !== '' && f.lineterminator.includes(f[a]) ? `bad ${a} or lineterminator value` : '';
  return (
    badCharacter('delimiter', f.delimiter, true) ||
    badCharacter('escapechar', f.escapechar, space) ||
    badCharacter('quotechar', f.quotechar, space) ||
    same('delimiter', 'escapechar') ||
    same('delimiter', 'quotechar') ||
    same('escapechar', 'quotechar') ||
    inEnd('delimiter') ||
    inEnd('escapechar') ||
    inEnd('quotechar')
  );
}

// ---------------------------------------------------------------- making

function keywordsInto(values: Values, args: number, n: number, kwnames: number): boolean {
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++) {
    const name = toJS(I32[tupleItems(kwnames) + k]!);
    if (name === 'dialect') continue;
    if (!(FIELDS as readonly string[]).includes(name)) {
      raise('TypeError', `this function got an unexpected keyword argument '${name}'`);
      return false;
    }
    values[name as keyof Values] = I32[args + n + k]!;
  }
  return true;
}

/** The argument `dialect` by keyword; 0 when there is none. */
export function dialectKeyword(args: number, n: number, kwnames: number): number {
  for (let k = 0; kwnames !== 0 && k < tupleLength(kwnames); k++)
    if (tupleItem(kwnames, k) === intern('dialect')) return I32[args + n + k]!;
  return 0;
}

/** Attributes of the dialect given fill what the keywords left open. False with the exception set. */
function attributesInto(values: Values, dialect: number): boolean {
  for (const name of FIELDS) {
    if (values[name] !== 0) continue;
    const v = lookupAttr(dialect, intern(name));
    if (v === 0 && pendingException() !== 0) {
      if (!pendingIs('AttributeError')) return false;
      clearException();
    }
    root(v);
    values[name] = v;
  }
  return true;
}

function build(type: number, values: Values): number {
  const items: number[] = [];
  for (const name of FIELDS) {
    const value = READ[name](values);
    if (value === 0) return 0;
    root(value);
    items.push(value);
  }
  const d = newRecord(type, items);
  const format = formatOf(d);
  if (format.quoting !== NONE && format.quotechar === '')
    return raise('TypeError', 'quotechar must be set if quoting enabled');
  const why = objection(format);
  return why === '' ? d : raise('ValueError', why);
}

/** A dialect from a registered name, an object with attributes or nothing (0), and keywords. */
export function makeDialect(type: number, given: number, args: number, n: number, kwnames: number): number {
  let dialect = given;
  if (dialect !== 0 && isStr(dialect)) {
    const dialects = csvDialects();
    dialect = dialects === 0 ? 0 : dictGet(dialects, dialect);
    if (dialect === 0) return pendingException() !== 0 ? 0 : csvError('unknown dialect');
  }
  const values = Object.fromEntries(FIELDS.map((name) => [name, 0])) as Values;
  if (!keywordsInto(values, args, n, kwnames)) return 0;
  if (dialect !== 0 && slotId(dialect) === T.T_CSV_DIALECT && (kwnames === 0 || tupleLength(kwnames) === 0))
    return dialect;
  const first = root(dialect);
  for (const name of FIELDS) root(values[name]);
  const ok = dialect === 0 || attributesInto(values, dialect);
  const d = ok ? build(type, values) : 0;
  unroot(first);
  return d;
}

function create(type: number, args: number, n: number, kwnames: number): number {
  if (n > 1) return raise('TypeError', `Dialect expected at most 1 argument, got ${n}`);
  return makeDialect(type, n > 0 ? I32[args]! : dialectKeyword(args, n, kwnames), args, n, kwnames);
}

const getset: readonly GetSetRow[] = FIELDS.map((name, i) => ({
  name,
  get: (d) => item(d, i),
  set: () => raise('AttributeError', `attribute '${name}' of '_csv.Dialect' objects is not writable`),
}));

defineType({
  id: T.T_CSV_DIALECT,
  name: 'Dialect',
  module: '_csv',
  kind: L.KIND_RECORD,
  doc: 'CSV dialect',
  getset,
  slots: { create },
});

defineType({
  id: T.T_CSV_ERROR,
  name: 'Error',
  module: '_csv',
  base: exceptionId('Exception'),
  kind: L.KIND_EXCEPTION,
  dict: true,
});
