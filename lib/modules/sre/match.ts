/** re.Match: a RECORD with the text and the pattern, then raw words: pos, endpos, start and end of the match and of each group (-1: not matched). */
import { rootAll } from '../../heap/hold.js';
import { newObject } from '../../heap/alloc.js';
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { hasIndex, indexNumber, repr } from '../../objects/abstract.js';
import { defineType, readOnly } from '../../objects/define.js';
import { dictGet, dictSet, dictSnapshot, newDict } from '../../objects/dict.js';
import { clearException, pendingException, raise } from '../../objects/exceptions.js';
import { fromJS, toJS } from '../../objects/strings.js';
import { tupleFromArray, tupleItem, tupleLength, tupleOf } from '../../objects/tuple.js';
import * as T from '../../objects/type-ids.js';
import { type Compiled, lastGroup, patternGroupIndex, patternGroups, patternIndexGroup } from './engine.js';
import { machine } from './machine.js';
import { sliceOf } from './subject.js';
import { compileTemplate, expandTemplate } from './template.js';

const I32 = i32;

const ITEM_STRING = L.RECORD_ITEMS;
const ITEM_PATTERN = L.RECORD_ITEMS + 1;
const WORD_POS = L.RECORD_ITEMS + 2;
const WORD_ENDPOS = L.RECORD_ITEMS + 3;
const WORD_MARKS = L.RECORD_ITEMS + 4;

/** The Match of what the machine has just found, ending at `end`. */
export function newMatch(
  pattern: number,
  compiled: Compiled,
  text: number,
  shift: number,
  pos: number,
  endpos: number,
  end: number,
): number {
  const { groups } = compiled;
  const m = newObject(L.KIND_RECORD, (WORD_MARKS + 2 + 2 * groups) * 4, T.typeHandle(T.T_SRE_MATCH));
  const w = m >>> 2;
  I32[w + L.RECORD_COUNT] = 2;
  I32[w + ITEM_STRING] = text;
  I32[w + ITEM_PATTERN] = pattern;
  I32[w + WORD_POS] = pos;
  I32[w + WORD_ENDPOS] = endpos;
  I32[w + WORD_MARKS] = machine.start;
  I32[w + WORD_MARKS + 1] = end;
  if (groups === 0) return m;
  const R = machine.registers;
  for (let i = 0; i < 2 * groups; i += 2) {
    const set = R[i]! >= 0 && R[i + 1]! >= R[i]!;
    I32[w + WORD_MARKS + 2 + i] = set ? R[i]! : -1;
    I32[w + WORD_MARKS + 3 + i] = set ? R[i + 1]! : -1;
  }
  I32[w + L.RECORD_RAW_0] = lastGroup(compiled, shift);
  return m;
}

const stringOf = (m: number): number => I32[(m >>> 2) + ITEM_STRING]!;
export const matchPattern = (m: number): number => I32[(m >>> 2) + ITEM_PATTERN]!;
const startOf = (m: number, group: number): number => I32[(m >>> 2) + WORD_MARKS + 2 * group]!;
const endOf = (m: number, group: number): number => I32[(m >>> 2) + WORD_MARKS + 2 * group + 1]!;
const groupsOf = (m: number): number => patternGroups(matchPattern(m));

/** Text of a group, `missing` when it was not matched. */
export function groupText(m: number, group: number, missing: number): number {
  const start = startOf(m, group);
  return start < 0 ? missing : sliceOf(stringOf(m), start, endOf(m, group));
}

/** Number of the group that an index or name means; -1 with IndexError set. */
function groupNumber(m: number, h: number): number {
  let i = -1;
  if ((h & 1) !== 0 || hasIndex(h)) {
    i = indexNumber(h);
    if (Number.isNaN(i)) clearException();
  } else {
    const found = dictGet(patternGroupIndex(matchPattern(m)), h);
    if (found !== 0) i = indexNumber(found);
    else if (pendingException() !== 0) clearException();
  }
  if (i >= 0 && i <= groupsOf(m)) return i;
  raise('IndexError', 'no such group');
  return -1;
}

function groupItem(m: number, h: number): number {
  const i = groupNumber(m, h);
  return i < 0 ? 0 : groupText(m, i, H.NONE);
}

function group(args: number, n: number): number {
  const m = I32[args]!;
  if (n === 1) return groupText(m, 0, H.NONE);
  if (n === 2) return groupItem(m, I32[args + 1]!);
  const wanted: number[] = [];
  for (let i = 1; i < n; i++) {
    wanted.push(groupNumber(m, I32[args + i]!));
    if (wanted[i - 1]! < 0) return 0;
  }
  return tupleFromArray(wanted.map((i) => groupText(m, i, H.NONE)));
}

function groups(args: number): number {
  const m = I32[args]!;
  const missing = I32[args + 1]! === 0 ? H.NONE : I32[args + 1]!;
  return tupleFromArray(Array.from({ length: groupsOf(m) }, (_, i) => groupText(m, i + 1, missing)));
}

function groupdict(args: number): number {
  const m = I32[args]!;
  const missing = I32[args + 1]! === 0 ? H.NONE : I32[args + 1]!;
  const out = newDict();
  const slot = root(out);
  const { keys, values } = dictSnapshot(patternGroupIndex(matchPattern(m)));
  rootAll(keys);
  rootAll(values);
  for (let i = 0; i < keys.length; i++) {
    const text = groupText(m, indexNumber(values[i]!), missing);
    if (dictSet(out, keys[i]!, text) === 0) break;
  }
  unroot(slot);
  return pendingException() === 0 ? out : 0;
}

/** A method of one optional group argument. */
const ofGroup =
  (get: (m: number, group: number) => number) =>
  (args: number, n: number): number => {
    const i = n === 1 ? 0 : groupNumber(I32[args]!, I32[args + 1]!);
    return i < 0 ? 0 : get(I32[args]!, i);
  };

const spanOf = (m: number, group: number): number => tupleOf(H.small(startOf(m, group)), H.small(endOf(m, group)));

function regs(m: number): number {
  return tupleFromArray(Array.from({ length: groupsOf(m) + 1 }, (_, i) => spanOf(m, i)));
}

const lastIndex = (m: number): number => I32[(m >>> 2) + L.RECORD_RAW_0]!;

function lastGroupName(m: number): number {
  const names = patternIndexGroup(matchPattern(m));
  const i = lastIndex(m);
  return i > 0 && i < tupleLength(names) ? tupleItem(names, i) : H.NONE;
}

function reprMatch(m: number): number {
  const text = repr(groupText(m, 0, H.NONE));
  if (text === 0) return 0;
  return fromJS(`<re.Match object; span=(${startOf(m, 0)}, ${endOf(m, 0)}), match=${cutRepr(toJS(text), 50)}>`);
}

/** What %.50R makes of a repr. */
export const cutRepr = (text: string, n: number): string => (text.length > n ? [...text].slice(0, n).join('') : text);

function expand(args: number): number {
  const m = I32[args]!;
  const template = compileTemplate(matchPattern(m), I32[args + 1]!);
  if (template === 0) return 0;
  const slot = root(template);
  const text = expandTemplate(template, (group) => groupText(m, group, 0));
  unroot(slot);
  return text;
}

const same = (args: number): number => I32[args]!;

defineType({
  id: T.T_SRE_MATCH,
  name: 'Match',
  module: 're',
  kind: L.KIND_RECORD,
  final: true,
  doc: 'The result of re.match() and re.search().\nMatch objects always have a boolean value of True.',
  methods: [
    ['group', group, [0, -1]],
    ['groups', groups, '(default=None)'],
    ['groupdict', groupdict, '(default=None)'],
    ['start', ofGroup((m, g) => H.small(startOf(m, g))), [0, 1]],
    ['end', ofGroup((m, g) => H.small(endOf(m, g))), [0, 1]],
    ['span', ofGroup(spanOf), [0, 1]],
    ['expand', expand, '(template)'],
    ['__copy__', same, [0, 0]],
    ['__deepcopy__', same, [1, 1]],
  ],
  generic: true,
  getset: [
    readOnly('string', stringOf),
    readOnly('re', matchPattern),
    readOnly('pos', (m) => H.small(I32[(m >>> 2) + WORD_POS]!)),
    readOnly('endpos', (m) => H.small(I32[(m >>> 2) + WORD_ENDPOS]!)),
    { name: 'lastindex', get: (m) => (lastIndex(m) > 0 ? H.small(lastIndex(m)) : H.NONE) },
    { name: 'lastgroup', get: lastGroupName },
    { name: 'regs', get: regs },
  ],
  slots: {
    create: () => raise('TypeError', "cannot create 're.Match' instances"),
    repr: reprMatch,
    getitem: groupItem,
  },
});
