/** `_sre`: the engine under CPython's own `re` package. */
import { i32 } from '../../heap/memory.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { hasIndex, index, indexNumber } from '../../objects/abstract.js';
import { defineModule } from '../../objects/define.js';
import { raise, typeName } from '../../objects/exceptions.js';
import { intFromNumber, intToBigInt } from '../../objects/int.js';
import { listSnapshot } from '../../objects/list.js';
import { isKind } from '../../objects/object.js';
import { fromJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import * as K from './constants.js';
import { newPattern } from './engine.js';
import './pattern.js';
import { newSubject, readSubject } from './subject.js';
import { newTemplate } from './template.js';
import { asciiLower, unicodeLower, unicodeUpper } from './unicode.js';

const I32 = i32;

/** The words of a list of ints; undefined with the exception set. */
function codeWords(list: number): number[] | undefined {
  const out: number[] = [];
  for (const h of listSnapshot(list)) {
    const n = (h & 1) !== 0 ? h >> 1 : bigWord(h);
    if (n < 0 || n > 0xffffffff) {
      raise('OverflowError', 'regular expression code size limit exceeded');
      return undefined;
    }
    if (Number.isNaN(n)) return undefined;
    out.push(n);
  }
  return out;
}

/** The word of an int object (named constants are of a subclass of int); NaN with TypeError set. */
function bigWord(h: number): number {
  const i = hasIndex(h) ? index(h) : raise('TypeError', 'an integer is required');
  return i === 0 ? Number.NaN : Number(intToBigInt(i));
}

const subject = newSubject();

/** compile(pattern, flags, code, groups, groupindex, indexgroup). */
function compile(args: number): number {
  const [text, flags, code, groupIndex, indexGroup] = [0, 1, 2, 4, 5].map((i) => I32[args + i]!) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (!isKind(code, L.KIND_LIST))
    return raise('TypeError', `compile() argument 'code' must be list, not ${typeName(code)}`);
  if (!isKind(groupIndex, L.KIND_DICT))
    return raise('TypeError', `compile() argument 'groupindex' must be dict, not ${typeName(groupIndex)}`);
  if (!isKind(indexGroup, L.KIND_TUPLE))
    return raise('TypeError', `compile() argument 'indexgroup' must be tuple, not ${typeName(indexGroup)}`);
  const groups = indexNumber(I32[args + 3]!);
  if (Number.isNaN(groups)) return 0;
  const words = codeWords(code);
  if (words === undefined || (text !== H.NONE && !readSubject(subject, text))) return 0;
  const flagBits = index(flags);
  if (flagBits === 0) return 0;
  const kind = text === H.NONE ? -1 : subject.isBytes ? 1 : 0;
  return newPattern(T.T_SRE_PATTERN, words, text, kind, flagBits, groups, groupIndex, indexGroup);
}

/** A function of one character's number. */
const onCharacter =
  (f: (c: number) => number) =>
  (args: number): number => {
    const c = indexNumber(I32[args]!);
    return Number.isNaN(c) ? 0 : f(c);
  };

const isAsciiCased = (c: number): boolean => c < 128 && asciiLower(c & ~32) !== (c & ~32);
const isUnicodeCased = (c: number): boolean => unicodeLower(c) !== c || unicodeUpper(c) !== c;

defineModule({
  name: '_sre',
  functions: [
    ['compile', compile, '(pattern, flags, code, groups, groupindex, indexgroup)'],
    ['template', (args) => newTemplate(I32[args]!, I32[args + 1]!), [2, 2]],
    ['ascii_iscased', onCharacter((c) => H.fromBool(isAsciiCased(c))), [1, 1]],
    ['unicode_iscased', onCharacter((c) => H.fromBool(isUnicodeCased(c))), [1, 1]],
    ['ascii_tolower', onCharacter((c) => intFromNumber(asciiLower(c))), [1, 1]],
    ['unicode_tolower', onCharacter((c) => intFromNumber(unicodeLower(c))), [1, 1]],
    ['getcodesize', () => H.small(K.CODESIZE), [0, 0]],
  ],
  attributes: () => ({
    MAGIC: intFromNumber(K.MAGIC),
    CODESIZE: H.small(K.CODESIZE),
    MAXREPEAT: intFromNumber(K.MAXREPEAT),
    MAXGROUPS: intFromNumber(K.MAXGROUPS),
    copyright: fromJS(' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB '),
  }),
});
