/** `_csv.reader`: an automaton over the characters of the lines that an iterator gives. */
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { getIter, iterNext } from '../../objects/abstract.js';
import { defineType } from '../../objects/define.js';
import { pendingException, raise, typeName } from '../../objects/exceptions.js';
import { newFloat } from '../../objects/float.js';
import { intFromNumber } from '../../objects/int.js';
import { newListFromArray } from '../../objects/list.js';
import { parseFloatText, quote } from '../../objects/numbers-parse.js';
import { isStr } from '../../objects/object.js';
import { fromJS, toJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import { item, newRecord, raw, setRaw } from '../itertools-record.js';
import {
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
import { fieldLimit } from './state.js';

const I32 = i32;

type State =
  | 'record'
  | 'field'
  | 'escaped'
  | 'escapedEnd'
  | 'inField'
  | 'quoted'
  | 'escapedInQuotes'
  | 'quoteInQuotes'
  | 'lineEnd';

/** A field read: its text, and whether no quote opened it. */
interface Field {
  readonly text: string;
  readonly bare: boolean;
}

const END = '';
const isNewline = (c: string): boolean => c === '\n' || c === '\r';

/** One record being read. `feed` takes a character, END at the end of a line. */
class Record {
  state: State = 'record';
  readonly fields: Field[] = [];
  text = '';
  length = 0;
  bare = true;
  error = '';

  constructor(
    private readonly format: Format,
    private readonly limit: number,
  ) {}

  save(): void {
    this.fields.push({ text: this.text, bare: this.bare });
    this.text = '';
    this.length = 0;
    this.bare = true;
  }

  private add(c: string): void {
    if (this.length >= this.limit) this.error ||= `field larger than field limit (${this.limit})`;
    this.text += c;
    this.length++;
  }

  private endField(c: string): void {
    this.save();
    this.state = c === END ? 'record' : 'lineEnd';
  }

  private isQuote(c: string): boolean {
    return c !== END && c === this.format.quotechar && this.format.quoting !== NONE;
  }

  feed(c: string): void {
    this[this.state](c);
  }

  record(c: string): void {
    if (c === END) return;
    if (isNewline(c)) this.state = 'lineEnd';
    else this.field(c);
  }

  field(c: string): void {
    const { delimiter, escapechar, skipinitialspace } = this.format;
    if (c === END || isNewline(c)) this.endField(c);
    else if (this.isQuote(c)) {
      this.bare = false;
      this.state = 'quoted';
    } else if (c === escapechar) this.state = 'escaped';
    else if (c === ' ' && skipinitialspace) this.state = 'field';
    else if (c === delimiter) {
      this.save();
      this.state = 'field';
    } else {
      this.add(c);
      this.state = 'inField';
    }
  }

  escaped(c: string): void {
    this.add(c === END ? '\n' : c);
    this.state = isNewline(c) ? 'escapedEnd' : 'inField';
  }

  escapedEnd(c: string): void {
    if (c !== END) this.inField(c);
  }

  inField(c: string): void {
    if (c === END || isNewline(c)) this.endField(c);
    else if (c === this.format.escapechar) this.state = 'escaped';
    else if (c === this.format.delimiter) {
      this.save();
      this.state = 'field';
    } else {
      this.add(c);
      this.state = 'inField';
    }
  }

  quoted(c: string): void {
    if (c === END) return;
    if (c === this.format.escapechar) this.state = 'escapedInQuotes';
    else if (this.isQuote(c)) this.state = this.format.doublequote ? 'quoteInQuotes' : 'inField';
    else this.add(c);
  }

  escapedInQuotes(c: string): void {
    this.add(c === END ? '\n' : c);
    this.state = 'quoted';
  }

  quoteInQuotes(c: string): void {
    if (this.isQuote(c)) {
      this.add(c);
      this.state = 'quoted';
    } else if (c === this.format.delimiter) {
      this.save();
      this.state = 'field';
    } else if (c === END || isNewline(c)) this.endField(c);
    else if (this.format.strict) this.error ||= `'${this.format.delimiter}' expected after '${this.format.quotechar}'`;
    else {
      this.add(c);
      this.state = 'inField';
    }
  }

  lineEnd(c: string): void {
    if (c === END) this.state = 'record';
    else if (!isNewline(c))
      this.error ||= "new-line character seen in unquoted field - do you need to open the file with newline=''?";
  }
}

/** A field's value; 0 with the exception set. */
function valueOf({ text, bare }: Field, quoting: number): number {
  if (!bare) return fromJS(text);
  if (text === '') return quoting === STRINGS || quoting === NOTNULL ? H.NONE : fromJS('');
  if (quoting !== NONNUMERIC && quoting !== STRINGS) return fromJS(text);
  const number = parseFloatText(text);
  return number === undefined
    ? raise('ValueError', `could not convert string to float: ${quote(text)}`)
    : newFloat(number);
}

/** Feeds a line; false with the exception set. */
function readLine(reader: number, record: Record, line: number): boolean {
  if (!isStr(line)) {
    const type = typeName(line);
    csvError(`iterator should return strings, not ${type} (the file should be opened in text mode)`);
    return false;
  }
  setRaw(reader, raw(reader) + 1);
  for (const c of toJS(line)) {
    record.feed(c);
    if (record.error !== '') break;
  }
  if (record.error === '') record.feed(END);
  if (record.error === '') return true;
  csvError(record.error);
  return false;
}

/** The input has ended: what was begun is a record still. False when there is none, or with the exception set. */
function atEnd(record: Record, strict: boolean): boolean {
  if (pendingException() !== 0 || (record.text === '' && record.state !== 'quoted')) return false;
  if (strict) {
    csvError('unexpected end of data');
    return false;
  }
  record.save();
  return true;
}

function next(reader: number): number {
  const format = formatOf(item(reader, 1));
  const record = new Record(format, fieldLimit());
  const slot = root(reader);
  for (let more = true; more; ) {
    const line = iterNext(item(reader, 0));
    const ok = line === 0 ? atEnd(record, format.strict) : readLine(reader, record, line);
    if (!ok) {
      unroot(slot);
      return 0;
    }
    more = line !== 0 && record.state !== 'record';
  }
  unroot(slot);
  const values: number[] = [];
  for (const field of record.fields) {
    const value = valueOf(field, format.quoting);
    if (value === 0) return 0;
    values.push(value);
  }
  return newListFromArray(values);
}

/** reader(iterable, dialect='excel', **fields) */
export function makeReader(args: number, n: number, kwnames: number): number {
  if (n < 1 || n > 2)
    return raise('TypeError', `reader expected at ${n < 1 ? 'least 1 argument' : 'most 2 arguments'}, got ${n}`);
  const it = getIter(I32[args]!);
  if (it === 0) return 0;
  const slot = root(it);
  const given = n > 1 ? I32[args + 1]! : dialectKeyword(args, n, kwnames);
  const dialect = makeDialect(T.typeHandle(T.T_CSV_DIALECT), given, args, n, kwnames);
  unroot(slot);
  return dialect === 0 ? 0 : newRecord(T.typeHandle(T.T_CSV_READER), [it, dialect]);
}

defineType({
  id: T.T_CSV_READER,
  name: 'reader',
  module: '_csv',
  kind: L.KIND_RECORD,
  doc: 'CSV reader',
  getset: [
    { name: 'dialect', get: (r) => item(r, 1) },
    { name: 'line_num', get: (r) => intFromNumber(raw(r)) },
  ],
  slots: { iter: (r: number) => r, next },
});
