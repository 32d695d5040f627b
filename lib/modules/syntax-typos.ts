/** The misspelt keyword behind a SyntaxError that is shown, as CPython's Lib/traceback.py looks for it. */
import { readFileSync } from 'node:fs';
import * as H from '../heap/handles.js';
import { isInt, isStr } from '../objects/object.js';
import { intToNumber } from '../objects/int.js';
import { toJS } from '../objects/strings.js';
import { isKind } from '../objects/object.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import * as L from '../heap/layout.generated.js';
import { mayBeTypo, PySyntaxError, suggestKeyword } from '../syntax/index.js';

/** Attributes of the exception, None where there is none. */
export interface SyntaxFields {
  readonly filename: number;
  readonly lineno: number;
  readonly text: number;
  readonly msg: number;
  readonly _metadata: number;
}

const textOr = (h: number, fallback: string): string => (isStr(h) ? toJS(h) : fallback);
const numberOr = (h: number, fallback: number): number => (isInt(h) ? intToNumber(h) : fallback);

function fileText(name: string): string | undefined {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
}

/** The error reworded and moved to the misspelt keyword; null when there is none. */
export function keywordTypo(fields: SyntaxFields): PySyntaxError | null {
  const { _metadata: about, msg } = fields;
  if (!mayBeTypo(textOr(msg, '')) || !isKind(about, L.KIND_TUPLE) || tupleLength(about) !== 3) return null;
  const error = new PySyntaxError('SyntaxError', textOr(msg, ''), numberOr(fields.lineno, 0), 0, 0, 0, null);
  error.statementLine = numberOr(tupleItem(about, 0), 0);
  const given = tupleItem(about, 2);
  if (given !== H.NONE) return suggestKeyword(error, textOr(given, ''), false);
  const file = fields.filename === H.NONE ? undefined : fileText(textOr(fields.filename, ''));
  if (file !== undefined) return suggestKeyword(error, file, true);
  // Of what is no file only the line is known.
  error.statementLine = 0;
  error.lineno = 1;
  return suggestKeyword(error, textOr(fields.text, ''), false);
}
