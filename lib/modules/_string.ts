/** `_string`: the parser of format strings, for string.Formatter. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import * as H from '../heap/handles.js';
import { defineModule, defineType } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromBigInt } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { parseFormat, splitFieldName } from '../objects/str-format.js';
import { fromJS, toJS } from '../objects/strings.js';
import { tupleFromArray, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { item, newRecord, raw, setRaw } from './itertools-record.js';

const I32 = i32;

/** An argument that must be a str; undefined with TypeError set. */
function text(h: number): string | undefined {
  if (isStr(h)) return toJS(h);
  return void raise('TypeError', `expected str, got ${typeName(h)}`);
}

const iterator = (id: number, values: readonly number[]): number =>
  newRecord(T.typeHandle(id), [tupleFromArray(values)]);

function nextValue(it: number): number {
  const i = raw(it);
  const values = item(it, 0);
  if (i >= I32[(values >>> 2) + L.TUPLE_LENGTH]) return 0;
  setRaw(it, i + 1);
  return I32[(values >>> 2) + L.TUPLE_ITEMS + i];
}

for (const [id, name] of [
  [T.T_FORMATTER_ITERATOR, 'formatteriterator'],
  [T.T_FIELDNAME_ITERATOR, 'fieldnameiterator'],
] as const)
  defineType({ id, name, kind: L.KIND_RECORD, final: true, slots: { iter: (it) => it, next: nextValue } });

/** Tuples (literal, field name, format spec, conversion) of a format string. */
function formatterParser(args: number): number {
  const format = text(I32[args]);
  const pieces = format === undefined ? undefined : parseFormat(format);
  if (pieces === undefined) return 0;
  return iterator(
    T.T_FORMATTER_ITERATOR,
    pieces.map(({ literal, field, spec, conversion }) =>
      field === undefined
        ? tupleOf(fromJS(literal), H.NONE, H.NONE, H.NONE)
        : tupleOf(fromJS(literal), fromJS(field), fromJS(spec), conversion === '' ? H.NONE : fromJS(conversion)),
    ),
  );
}

/** A key of a field name: a number where it is one. */
const key = (part: string): number => (/^\d+$/.test(part) ? intFromBigInt(BigInt(part)) : fromJS(part));

/** The first part of a field name, and an iterator of (is it an attribute, name or index). */
function splitFieldNameFunction(args: number): number {
  const name = text(I32[args]);
  const split = name === undefined ? undefined : splitFieldName(name);
  if (split === undefined) return 0;
  const rest = split.rest.map((a) => tupleOf(H.fromBool(a.attribute), a.attribute ? fromJS(a.key) : key(a.key)));
  return tupleOf(key(split.first), iterator(T.T_FIELDNAME_ITERATOR, rest));
}

defineModule({
  name: '_string',
  doc: 'string helper module',
  functions: [
    ['formatter_parser', formatterParser, [1, 1]],
    ['formatter_field_name_split', splitFieldNameFunction, [1, 1]],
  ],
});
