/** Template strings: string.templatelib.Template and Interpolation (PEP 750). */
import { newObject } from '../heap/alloc.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { getIter, repr } from './abstract.js';
import { defineType } from './define.js';
import { raise, typeName } from './exceptions.js';
import { isKind, isStr } from './object.js';
import { OP_ADD } from './slots.js';
import { concat } from './str.js';
import { EMPTY, fromJS, intern, strLength, toJS } from './strings.js';
import { tupleFromArray, tupleItem, tupleLength, tupleOf } from './tuple.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;
const MODULE = 'string.templatelib';

// Word 7 of an INTERPOLATION object: its kind is TEMPLATE with value, expression, conversion, format_spec.
const IN_VALUE = L.TEMPLATE_STRINGS;
const IN_EXPRESSION = L.TEMPLATE_INTERPOLATIONS;
const IN_CONVERSION = L.TEMPLATE_A;
const IN_SPEC = L.TEMPLATE_B;

const field = (h: number, word: number): number => I32[(h >>> 2) + word]!;

function four(type: number, a: number, b: number, c: number, d: number): number {
  const t = newObject(L.KIND_TEMPLATE, 64, T.typeHandle(type));
  const w = t >>> 2;
  I32[w + L.TEMPLATE_STRINGS] = a;
  I32[w + L.TEMPLATE_INTERPOLATIONS] = b;
  I32[w + L.TEMPLATE_A] = c;
  I32[w + L.TEMPLATE_B] = d;
  return t;
}

/** A Template of a tuple of n + 1 strings and one of n interpolations. */
export const newTemplate = (strings: number, interpolations: number): number =>
  four(T.T_TEMPLATE, strings, interpolations, 0, 0);

/** An Interpolation; conversion is None or one of 'r', 's', 'a'. */
export const newInterpolation = (value: number, expression: number, conversion: number, spec: number): number =>
  four(T.T_INTERPOLATION, value, expression, conversion, spec);

const isInterpolation = (h: number): boolean =>
  isKind(h, L.KIND_TEMPLATE) && I32[(h >>> 2) + 2] === T.typeHandle(T.T_INTERPOLATION);
const isTemplate = (h: number): boolean =>
  isKind(h, L.KIND_TEMPLATE) && I32[(h >>> 2) + 2] === T.typeHandle(T.T_TEMPLATE);

/** Strings and interpolations in turn: neighbouring strings joined, empty ones put between interpolations. */
function templateOf(parts: readonly number[]): number {
  const strings: number[] = [];
  const interpolations: number[] = [];
  let open = EMPTY;
  for (const part of parts) {
    if (isStr(part)) open = concat(open, part);
    else if (isInterpolation(part)) {
      strings.push(open);
      interpolations.push(part);
      open = EMPTY;
    } else {
      return raise(
        'TypeError',
        `Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${typeName(part)}`,
      );
    }
    if (open === 0) return 0;
  }
  strings.push(open);
  const first = tupleFromArray(strings);
  return newTemplate(first, tupleFromArray(interpolations));
}

const words = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => I32[from + i]!);

function createTemplate(_type: number, args: number, n: number, kwnames: number): number {
  if (hasKeywords(kwnames)) return raise('TypeError', 'Template.__new__ only accepts *args arguments');
  return templateOf(words(args, n));
}

/** What iterating yields: the strings that are not empty and the interpolations, in order. */
function contents(t: number): number {
  const strings = field(t, L.TEMPLATE_STRINGS);
  const interpolations = field(t, L.TEMPLATE_INTERPOLATIONS);
  const all: number[] = [];
  for (let i = 0; i < tupleLength(strings); i++) {
    if (strLength(tupleItem(strings, i)) > 0) all.push(tupleItem(strings, i));
    if (i < tupleLength(interpolations)) all.push(tupleItem(interpolations, i));
  }
  return tupleFromArray(all);
}

/** All parts, empty strings too. */
function alternating(t: number): number[] {
  const strings = field(t, L.TEMPLATE_STRINGS);
  const interpolations = field(t, L.TEMPLATE_INTERPOLATIONS);
  const all: number[] = [];
  for (let i = 0; i < tupleLength(strings); i++) {
    all.push(tupleItem(strings, i));
    if (i < tupleLength(interpolations)) all.push(tupleItem(interpolations, i));
  }
  return all;
}

function addTemplates(a: number, b: number): number {
  if (isTemplate(a) && isTemplate(b)) return templateOf([...alternating(a), ...alternating(b)]);
  const [x, y] = [a, b].map((h) => (isTemplate(h) ? 'string.templatelib.Template' : typeName(h)));
  return raise('TypeError', `can only concatenate ${x} (not "${y}") to ${x}`);
}

function values(t: number): number {
  const interpolations = field(t, L.TEMPLATE_INTERPOLATIONS);
  return tupleFromArray(
    words((interpolations >>> 2) + L.TUPLE_ITEMS, tupleLength(interpolations)).map((i) => field(i, IN_VALUE)),
  );
}

function reprOf(name: string, parts: readonly (readonly [string, number])[]): number {
  const texts: string[] = [];
  for (const [label, value] of parts) {
    const r = repr(value);
    if (r === 0) return 0;
    texts.push(label + toJS(r));
  }
  return fromJS(`${name}(${texts.join(', ')})`);
}

const reprTemplate = (t: number): number =>
  reprOf('Template', [
    ['strings=', field(t, L.TEMPLATE_STRINGS)],
    ['interpolations=', field(t, L.TEMPLATE_INTERPOLATIONS)],
  ]);

const INTERPOLATION_FIELDS = [IN_VALUE, IN_EXPRESSION, IN_CONVERSION, IN_SPEC];
const reprInterpolation = (t: number): number =>
  reprOf(
    'Interpolation',
    INTERPOLATION_FIELDS.map((w) => ['', field(t, w)] as const),
  );

const PARAMETERS = ['value', 'expression', 'conversion', 'format_spec'];

/** Places the arguments of Interpolation(value, expression='', conversion=None, format_spec=''); undefined with TypeError set. */
function placeArguments(args: number, n: number, kwnames: number): number[] | undefined {
  const given = [0, EMPTY, H.NONE, EMPTY];
  const keywords = kwnames === 0 ? 0 : tupleLength(kwnames);
  if (n > 4) {
    raise('TypeError', `Interpolation() takes at most 4 arguments (${n} given)`);
    return undefined;
  }
  for (let i = 0; i < n; i++) given[i] = I32[args + i]!;
  for (let i = 0; i < keywords; i++) {
    const at = PARAMETERS.indexOf(toJS(tupleItem(kwnames, i)));
    if (at < 0) {
      raise('TypeError', `Interpolation() got an unexpected keyword argument '${toJS(tupleItem(kwnames, i))}'`);
      return undefined;
    }
    given[at] = I32[args + n + i]!;
  }
  return given;
}

function createInterpolation(_type: number, args: number, n: number, kwnames: number): number {
  const given = placeArguments(args, n, kwnames);
  if (given === undefined) return 0;
  const [value, expression, conversion, spec] = given as [number, number, number, number];
  if (value === 0) return raise('TypeError', "Interpolation() missing required argument 'value' (pos 1)");
  if (!isStr(expression))
    return raise('TypeError', `Interpolation() argument 'expression' must be str, not ${typeName(expression)}`);
  if (conversion !== H.NONE) {
    if (!isStr(conversion))
      return raise('TypeError', `Interpolation() argument 'conversion' must be str, not ${typeName(conversion)}`);
    if (!['s', 'r', 'a'].includes(toJS(conversion)))
      return raise('ValueError', "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
  }
  if (!isStr(spec))
    return raise('TypeError', `Interpolation() argument 'format_spec' must be str, not ${typeName(spec)}`);
  return newInterpolation(value, expression, conversion, spec);
}

defineType({
  id: T.T_TEMPLATE,
  name: 'Template',
  generic: true,
  module: MODULE,
  kind: L.KIND_TEMPLATE,
  final: true,
  doc: 'Template object',
  getset: [
    { name: 'strings', get: (t) => field(t, L.TEMPLATE_STRINGS) },
    { name: 'interpolations', get: (t) => field(t, L.TEMPLATE_INTERPOLATIONS) },
    { name: 'values', get: values },
  ],
  slots: {
    repr: reprTemplate,
    iter: (t) => getIter(contents(t)),
    create: createTemplate,
    binary: { [OP_ADD]: addTemplates },
  },
});

defineType({
  id: T.T_INTERPOLATION,
  name: 'Interpolation',
  generic: true,
  module: MODULE,
  kind: L.KIND_TEMPLATE,
  final: true,
  doc: 'Interpolation object',
  attributes: () => ({ __match_args__: tupleOf(...PARAMETERS.map((p) => intern(p))) }),
  getset: PARAMETERS.map((name, i) => ({ name, get: (t: number) => field(t, INTERPOLATION_FIELDS[i]!) })),
  slots: { repr: reprInterpolation, create: createInterpolation },
});
