/** `unicodedata`, as far as Node's ICU knows: categories, normal forms, decimal digits, characters by name. Of ICU's version of Unicode. */
import { i32 } from '../heap/memory.js';
import * as H from '../heap/handles.js';
import { defineModule } from '../objects/define.js';
import { raise, raiseValue, typeName } from '../objects/exceptions.js';
import { isStr } from '../objects/object.js';
import { fromJS, strCharAt, strLength, toJS } from '../objects/strings.js';
import { plainCopy } from '../objects/str.js';
import { characterNamed } from '../syntax/unicode-names.js';

const I32 = i32;

const CATEGORIES = 'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co'.split(' ');
let patterns: (readonly [string, RegExp])[] | undefined;

/** The one character of an argument; -1 with TypeError set. */
function character(h: number, who: string, position: string): number {
  if (!isStr(h)) {
    const what = H.NONE === h ? 'None' : typeName(h);
    return raise('TypeError', `${who}() argument${position} must be a unicode character, not ${what}`) - 1;
  }
  if (strLength(h) === 1) return strCharAt(h, 0);
  const length = strLength(h);
  return (
    raise('TypeError', `${who}(): argument${position} must be a unicode character, not a string of length ${length}`) -
    1
  );
}

function category(args: number): number {
  const c = character(I32[args], 'category', '');
  if (c < 0) return 0;
  patterns ??= CATEGORIES.map((name) => [name, new RegExp(`\\p{${name}}`, 'u')] as const);
  const text = String.fromCodePoint(c);
  return fromJS(patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'Cn');
}

/** Digits of a script follow each other from zero on. */
function decimal(args: number, n: number): number {
  const c = character(I32[args], 'decimal', ' 1');
  if (c < 0) return 0;
  const isDecimal = (x: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(x));
  if (!isDecimal(c)) return n > 1 ? I32[args + 1] : raise('ValueError', 'not a decimal');
  let first = c;
  while (isDecimal(first - 1)) first--;
  return H.small((c - first) % 10);
}

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'];

/** Text and its normal form; undefined with the exception set. */
function normalized(args: number, who: string): readonly [string, string] | undefined {
  for (const i of [0, 1])
    if (!isStr(I32[args + i]))
      return void raise('TypeError', `${who}() argument ${i + 1} must be str, not ${typeName(I32[args + i])}`);
  const form = toJS(I32[args]);
  if (!FORMS.includes(form)) return void raise('ValueError', 'invalid normalization form');
  const text = toJS(I32[args + 1]);
  return [text, text.normalize(form)];
}

function normalize(args: number): number {
  const made = normalized(args, 'normalize');
  if (made === undefined) return 0;
  return made[0] === made[1] ? plainCopy(I32[args + 1]) : fromJS(made[1]);
}

function isNormalized(args: number): number {
  const made = normalized(args, 'is_normalized');
  return made === undefined ? 0 : H.fromBool(made[0] === made[1]);
}

function lookup(args: number): number {
  if (!isStr(I32[args])) return raise('TypeError', `lookup() argument must be str, not ${typeName(I32[args])}`);
  const name = toJS(I32[args]);
  const found = characterNamed(name);
  return found === null ? raiseValue('KeyError', fromJS(`undefined character name '${name}'`)) : fromJS(found);
}

defineModule({
  name: 'unicodedata',
  doc: 'Access to the Unicode Character Database, as far as the ICU library of Node has it.',
  functions: [
    ['category', category, [1, 1]],
    ['decimal', decimal, [1, 2]],
    ['is_normalized', isNormalized, [2, 2]],
    ['lookup', lookup, [1, 1]],
    ['normalize', normalize, [2, 2]],
  ],
  attributes: () => ({ unidata_version: fromJS(`${process.versions.unicode}.0`) }),
});
