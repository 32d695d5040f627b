/** Methods of str that map case, test character classes and pad. */
import { IntVector } from './int-vector.js';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from './abstract.js';
import { FOLD_EXCEPTIONS, TITLE_EXCEPTIONS } from './case-data.js';
import type { MethodRow } from './define.js';
import { raise, typeName } from './exceptions.js';
import { isStr } from './object.js';
import {
  concat,
  fromCodePoints,
  isAscii,
  isAsciiText,
  isPrintable,
  otherCase,
  plainCopy,
  strRepeat,
  strSlice,
} from './str.js';
import { isSpace } from './str-search.js';
import { EMPTY, fromJS, strCharAt, strLength, toJS } from './strings.js';

const I32 = i32;

function parseMap(text: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const row of text.split(' ')) {
    const [code, result] = row.split(':');
    map.set(Number.parseInt(code!, 16), String.fromCodePoint(...result!.split('.').map((x) => Number.parseInt(x, 16))));
  }
  return map;
}

let titles: Map<number, string> | undefined;
let folds: Map<number, string> | undefined;

function titleChar(c: string): string {
  titles ??= parseMap(TITLE_EXCEPTIONS);
  const exception = titles.get(c.codePointAt(0)!);
  if (exception !== undefined) return exception;
  const [first, ...rest] = c.toUpperCase();
  return first! + rest.join('').toLowerCase();
}

function casefold(h: number): number {
  if (isAscii(h)) return isAsciiText(h) ? otherCase(h, 65) : fromJS(toJS(h).toLowerCase());
  folds ??= parseMap(FOLD_EXCEPTIONS);
  let out = '';
  for (const c of toJS(h)) out += folds.get(c.codePointAt(0)!) ?? c.toLowerCase();
  return fromJS(out);
}

const isCased = (c: string): boolean => /[\p{Lowercase}\p{Uppercase}\p{Lt}]/u.test(c);

/** Lower case keeping the context of the whole string, which decides the final sigma. */
function lowerAt(characters: readonly string[], whole: readonly string[] | undefined, i: number): string {
  return whole?.[i] ?? characters[i]!.toLowerCase();
}

function lowered(characters: readonly string[], text: string): readonly string[] | undefined {
  const all = [...text.toLowerCase()];
  return all.length === characters.length ? all : undefined;
}

function capitalize(h: number): number {
  if (strLength(h) === 0) return EMPTY;
  const text = toJS(h);
  const characters = [...text];
  const whole = lowered(characters, text);
  let out = titleChar(characters[0]!);
  for (let i = 1; i < characters.length; i++) out += lowerAt(characters, whole, i);
  return fromJS(out);
}

function title(h: number): number {
  const text = toJS(h);
  const characters = [...text];
  const whole = lowered(characters, text);
  let out = '';
  let cased = false;
  characters.forEach((c, i) => {
    out += cased ? lowerAt(characters, whole, i) : titleChar(c);
    cased = isCased(c);
  });
  return fromJS(out);
}

function swapcase(h: number): number {
  const text = toJS(h);
  const characters = [...text];
  const whole = lowered(characters, text);
  return fromJS(
    characters
      .map((c, i) =>
        /\p{Uppercase}/u.test(c) ? lowerAt(characters, whole, i) : /\p{Lowercase}/u.test(c) ? c.toUpperCase() : c,
      )
      .join(''),
  );
}

// Patterns are given by functions: V8 builds the sets of a property when the expression is made.
const all =
  (pattern: () => RegExp) =>
  (h: number): boolean =>
    pattern().test(toJS(h));

/** Some cased character, and none that the pattern forbids. */
const casedOnly =
  (wanted: () => RegExp, forbidden: () => RegExp) =>
  (h: number): boolean =>
    wanted().test(toJS(h)) && !forbidden().test(toJS(h));

function isTitle(h: number): boolean {
  let cased = false;
  let some = false;
  for (const c of toJS(h)) {
    const upper = /[\p{Uppercase}\p{Lt}]/u.test(c);
    const lower = !upper && /\p{Lowercase}/u.test(c);
    if ((upper && cased) || (lower && !cased)) return false;
    cased = upper || lower;
    some ||= cased;
  }
  return some;
}

function everyChar(h: number, test: (c: number) => boolean): boolean {
  const n = strLength(h);
  for (let i = 0; i < n; i++) if (!test(strCharAt(h, i))) return false;
  return true;
}

// Ideographs with a numeric value are numeric too.
const HAN_NUMERALS = '一二三四五六七八九十百千万億兆零〇两兩壱壹弐貳贰参參叁肆伍陸陆柒捌玖拾佰仟亿廿卅卌';
const isDigitChar = (c: string): boolean => /\p{Nd}|[²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒፩-፱᧚]/u.test(c);
const isNumericChar = (c: string): boolean => /\p{N}/u.test(c) || HAN_NUMERALS.includes(c);
const every =
  (test: (c: string) => boolean) =>
  (h: number): boolean =>
    strLength(h) > 0 && [...toJS(h)].every(test);

const isAsciiDigit = (c: number): boolean => c >= 48 && c <= 57;
const isAsciiLetter = (c: number): boolean => (c | 32) >= 97 && (c | 32) <= 122;

/** A test of every character, by `plain` for a string that is all ASCII. */
const quick =
  (plain: (c: number) => boolean, other: (h: number) => boolean) =>
  (h: number): boolean =>
    isAscii(h) ? strLength(h) > 0 && everyChar(h, plain) : other(h);

const TESTS: Readonly<Record<string, (h: number) => boolean>> = {
  isalpha: quick(
    isAsciiLetter,
    all(() => /^\p{L}+$/u),
  ),
  isalnum: quick(
    (c) => isAsciiDigit(c) || isAsciiLetter(c),
    every((c) => /[\p{L}\p{Nd}]/u.test(c) || isNumericChar(c)),
  ),
  isdecimal: quick(
    isAsciiDigit,
    all(() => /^\p{Nd}+$/u),
  ),
  isdigit: quick(isAsciiDigit, every(isDigitChar)),
  isnumeric: quick(isAsciiDigit, every(isNumericChar)),
  isspace: (h) => strLength(h) > 0 && everyChar(h, isSpace),
  islower: casedOnly(
    () => /\p{Lowercase}/u,
    () => /[\p{Uppercase}\p{Lt}]/u,
  ),
  isupper: casedOnly(
    () => /\p{Uppercase}/u,
    () => /[\p{Lowercase}\p{Lt}]/u,
  ),
  istitle: isTitle,
  isascii: isAscii,
  isprintable: (h) => everyChar(h, isPrintable),
  isidentifier: all(() => /^[\p{XID_Start}_]\p{XID_Continue}*$/u),
};

/** Width and fill character of a padding method: width NaN with the exception set. */
function padding(name: string, args: number, n: number): [number, number] {
  const width = indexNumber(I32[args + 1]!);
  if (n < 3) return [width, H.char(32)];
  const fill = I32[args + 2]!;
  if (!isStr(fill)) raise('TypeError', `The fill character must be a unicode character, not ${typeName(fill)}`);
  else if (strLength(fill) !== 1) raise('TypeError', 'The fill character must be exactly one character long');
  else return [width, fill];
  return [Number.NaN, 0];
}

/** `left` and `right` fill characters around h. */
export function pad(h: number, left: number, right: number, fill: number): number {
  if (left <= 0 && right <= 0) return plainCopy(h);
  const before = strRepeat(fill, left);
  const after = strRepeat(fill, right);
  if (before === 0 || after === 0) return 0;
  const head = concat(before, h);
  return head === 0 ? 0 : concat(head, after);
}

const padder =
  (name: string, split: (gap: number, width: number) => number) =>
  (args: number, n: number): number => {
    const [width, fill] = padding(name, args, n);
    if (Number.isNaN(width)) return 0;
    const gap = Math.max(0, width - strLength(I32[args]!));
    const left = split(gap, width);
    return pad(I32[args]!, left, gap - left, fill);
  };

function zfill(args: number): number {
  const h = I32[args]!;
  const width = indexNumber(I32[args + 1]!);
  if (Number.isNaN(width)) return 0;
  const gap = width - strLength(h);
  if (gap <= 0) return plainCopy(h);
  const first = strLength(h) > 0 ? strCharAt(h, 0) : 0;
  const zeros = strRepeat(H.char(48), gap);
  if (zeros === 0) return 0;
  if (first !== 43 && first !== 45) return concat(zeros, h);
  return concat(concat(H.char(first), zeros), strSlice(h, 1, strLength(h), 1));
}

function expandtabs(args: number): number {
  const h = I32[args]!;
  const size = I32[args + 1] === 0 ? 8 : indexNumber(I32[args + 1]!);
  if (Number.isNaN(size)) return 0;
  if (size !== (size | 0)) return raise('OverflowError', 'Python int too large to convert to C int');
  const out = new IntVector();
  let column = 0;
  for (let i = 0; i < strLength(h); i++) {
    const c = strCharAt(h, i);
    if (c === 9) {
      const gap = size > 0 ? size - (column % size) : 0;
      for (let k = 0; k < gap; k++) out.push(32);
      column += gap;
    } else {
      out.push(c);
      column = c === 10 || c === 13 ? 0 : column + 1;
    }
  }
  return fromCodePoints(out.items());
}

const unary =
  (f: (h: number) => number) =>
  (args: number): number =>
    f(I32[args]!);

export const CASE_METHODS: readonly MethodRow[] = [
  ['lower', unary((h) => (isAsciiText(h) ? otherCase(h, 65) : fromJS(toJS(h).toLowerCase()))), [0, 0]],
  ['upper', unary((h) => (isAsciiText(h) ? otherCase(h, 97) : fromJS(toJS(h).toUpperCase()))), [0, 0]],
  ['casefold', unary(casefold), [0, 0]],
  ['capitalize', unary(capitalize), [0, 0]],
  ['title', unary(title), [0, 0]],
  ['swapcase', unary(swapcase), [0, 0]],
  ...Object.entries(TESTS).map(([name, test]): MethodRow => [name, unary((h) => H.fromBool(test(h))), [0, 0]]),
  ['center', padder('center', (gap, width) => (gap >> 1) + (gap & width & 1)), [1, 2]],
  ['ljust', padder('ljust', () => 0), [1, 2]],
  ['rjust', padder('rjust', (gap) => gap), [1, 2]],
  ['zfill', zfill, [1, 1]],
  ['expandtabs', expandtabs, '(tabsize=8)'],
];
