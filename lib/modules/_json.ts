/** `_json`: what the package json does fast. */
import { root, unroot } from '../heap/context.js';
import { i32 } from '../heap/memory.js';
import { isTrue } from '../objects/abstract.js';
import { defineModule } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { isStr } from '../objects/object.js';
import { fromJS, strLength } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { sizeArgument } from './arguments.js';
import './json-encoder.js';
import './json-scanner.js';
import { NOT_ASCII, quoted, scannedEnd, scanString, SPECIAL } from './json-strings.js';

const I32 = i32;

const encode =
  (pattern: RegExp) =>
  (args: number): number =>
    isStr(I32[args])
      ? fromJS(quoted(I32[args], pattern))
      : raise('TypeError', `first argument must be a string, not ${typeName(I32[args])}`);

/** scanstring(string, end, strict=True): the string that starts at `end`, and the index behind it. */
function scanstring(args: number, n: number): number {
  const text = I32[args];
  if (!isStr(text)) return raise('TypeError', `first argument must be a string, not ${typeName(text)}`);
  const start = sizeArgument(I32[args + 1]);
  const strict = n > 2 ? isTrue(I32[args + 2]) : 1;
  if (Number.isNaN(start) || strict < 0) return 0;
  if (start < 0 || start > strLength(text)) return raise('ValueError', 'end is out of bounds');
  const found = scanString(text, start, strict === 1);
  if (found === 0) return 0;
  const slot = root(found);
  const result = tupleOf(found, intFromNumber(scannedEnd));
  unroot(slot);
  return result;
}

defineModule({
  name: '_json',
  doc: 'json speedups',
  attributes: () => ({
    make_encoder: T.typeHandle(T.T_JSON_ENCODER),
    make_scanner: T.typeHandle(T.T_JSON_SCANNER),
  }),
  functions: [
    ['encode_basestring', encode(SPECIAL), [1, 1]],
    ['encode_basestring_ascii', encode(NOT_ASCII), [1, 1]],
    ['scanstring', scanstring, [2, 3]],
  ],
});
