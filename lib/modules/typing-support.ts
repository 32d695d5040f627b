/** What the types of `_typing` share: functions of typing.py they call, evaluators of constants, NoDefault, arguments. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, callArgs, getAttr, indexNumber, repr } from '../objects/abstract.js';
import { ownDict } from '../objects/attribute.js';
import { defineType, type GetSetRow } from '../objects/define.js';
import { dictGetStr, dictSetStr } from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import { plainItems } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, intern, internStr, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import { typeReprText } from '../objects/type-repr.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment, currentFrame } from './frames.js';
import { importModule } from './import.js';
import { item, newRecord } from './record.js';

const I32 = i32;
const T_EVALUATOR = T.T_BLOCK_ACCELERATORS + 12;
const T_NO_DEFAULT = T.T_BLOCK_ACCELERATORS + 11;

/** Calls a function of typing.py. */
export function callTyping(name: string, args: readonly number[], kwnames = 0): number {
  const module = importModule(currentEnvironment(), 'typing');
  const f = module === 0 ? 0 : getAttr(module, intern(name));
  return f === 0 ? 0 : callArgs(f, args, kwnames);
}

/** Checks that a value can stand for a type; strings become forward references. */
export function typeCheck(arg: number, message: string): number {
  const slot = root(fromJS(message));
  const r = callTyping('_type_check', [arg, I32[slot]]);
  unroot(slot);
  return r;
}

/** A typing object: a record with fields and an attribute dict, whose `__module__` is the caller's. */
export function newTypingObject(id: number, fields: readonly number[], flags = 0): number {
  const bytes = (L.RECORD_ITEMS + fields.length + 1) * 4;
  const o = newObject(L.KIND_RECORD | L.FLAG_SUBCLASS, bytes, T.typeHandle(id));
  const w = o >>> 2;
  I32[w + L.RECORD_COUNT] = fields.length;
  I32[w + L.RECORD_RAW_0] = flags;
  fields.forEach((f, i) => {
    I32[w + L.RECORD_ITEMS + i] = f;
  });
  const module = callersModule();
  if (module !== 0) dictSetStr(ownDict(o), N.N_MODULE, module);
  return o;
}

/** `__module__` of the function that is running; 0 when nothing is. */
export function callersModule(): number {
  const frame = currentFrame();
  if (frame === 0) return 0;
  const own = I32[(I32[frame + L.F_FUNCTION] >>> 2) + L.FUNCTION_MODULE];
  return own !== 0 ? own : dictGetStr(I32[frame + L.F_GLOBALS], N.N_NAME);
}

export const nameRow = (i: number): GetSetRow => ({
  name: '__name__',
  get: (o) => item(o, i),
  set: () => raise('AttributeError', 'readonly attribute'),
});

export const noSubclass = (name: string) => (): number => raise('TypeError', `Cannot subclass an instance of ${name}`);

// ---------------------------------------------------------------- arguments

export interface Arguments {
  positional: number[];
  named: Readonly<Record<string, number>>;
}

/** Arguments of a constructor: its first parameter is `name`, the keywords as listed. undefined with TypeError set. */
export function readArguments(
  who: string,
  parameters: readonly string[],
  most: number,
  keywords: readonly string[],
  args: number,
  n: number,
  kwnames: number,
): Arguments | undefined {
  const positional = Array.from(I32.subarray(args, args + n));
  const named: Record<string, number> = {};
  const fail = (message: string): undefined => void raise('TypeError', message);
  if (n > most) return fail(`${who}() takes at most ${most} positional argument${most === 1 ? '' : 's'} (${n} given)`);
  for (let i = 0; kwnames !== 0 && i < tupleLength(kwnames); i++) {
    const keyword = toJS(tupleItem(kwnames, i));
    const at = parameters.indexOf(keyword);
    if (at >= 0 && at >= n) positional[at] = I32[args + n + i];
    else if (at >= 0) return fail(`argument for ${who}() given by name ('${keyword}') and position (${at + 1})`);
    else if (keywords.includes(keyword)) named[keyword] = I32[args + n + i];
    else return fail(`${who}() got an unexpected keyword argument '${keyword}'`);
  }
  for (let i = 0; i < parameters.length; i++)
    if (positional[i] === undefined)
      return fail(`${who}() missing required argument '${parameters[i]}' (pos ${i + 1})`);
  if (!isStr(positional[0])) return fail(`${who}() argument 'name' must be str, not ${typeName(positional[0])}`);
  positional[0] = internStr(positional[0]);
  return { positional, named };
}

// ---------------------------------------------------------------- NoDefault

defineType({
  id: T_NO_DEFAULT,
  name: 'NoDefaultType',
  final: true,
  kind: L.KIND_RECORD,
  doc: 'The type of the NoDefault singleton.',
  methods: [['__reduce__', () => intern('NoDefault'), [0, 0]]],
  attributes: () => {
    storeRef(T.typeHandle(T_NO_DEFAULT), L.TYPE_EXTRA, newRecord(T.typeHandle(T_NO_DEFAULT), []));
    return {};
  },
  slots: {
    create: (_type, _args, n, kwnames) =>
      n > 0 || kwnames !== 0 ? raise('TypeError', 'NoDefaultType takes no arguments') : noDefault(),
    init: () => 1,
    repr: () => intern('typing.NoDefault'),
  },
});

/** typing.NoDefault, the one of the process. */
export const noDefault = (): number => I32[(T.typeHandle(T_NO_DEFAULT) >>> 2) + L.TYPE_EXTRA];

// ---------------------------------------------------------------- evaluators

/** What annotationlib asks an evaluator for: values 1 to 3, text. */
const FORMAT_STRING = 4;

/** Text of a constant as annotations in string form show it. */
function constantText(value: number): number {
  if (!isKind(value, L.KIND_TUPLE)) {
    const s = typeReprText(value);
    return s === undefined ? 0 : fromJS(s);
  }
  const parts = (plainItems(value) ?? []).map(typeReprText);
  return parts.includes(undefined) ? 0 : fromJS(`(${parts.join(', ')})`);
}

function evaluate(e: number, args: number, n: number, kwnames: number): number {
  if (n !== 1 || kwnames !== 0) return raise('TypeError', `constevaluator() takes exactly 1 argument (${n} given)`);
  const format = indexNumber(I32[args]);
  if (Number.isNaN(format)) return 0;
  return format === FORMAT_STRING ? constantText(item(e, 0)) : item(e, 0);
}

defineType({
  id: T_EVALUATOR,
  name: '_ConstEvaluator',
  module: '_typing',
  kind: L.KIND_RECORD,
  final: true,
  slots: {
    call: evaluate,
    repr: (e) => {
      const r = repr(item(e, 0));
      return r === 0 ? 0 : fromJS(`<constevaluator ${toJS(r)}>`);
    },
  },
});

/** A function of a format that gives a value that is known already. */
export const newEvaluator = (value: number): number => newRecord(T.typeHandle(T_EVALUATOR), [value]);

/**
 * Field `value` of an object, computed by the function in field `evaluator` when it is first asked for; `missing` when there is neither. 0 with
 * the exception set.
 */
export function lazy(o: number, value: number, evaluator: number, missing: number): number {
  if (item(o, value) !== 0) return item(o, value);
  if (item(o, evaluator) === 0) return missing;
  const made = call1(item(o, evaluator), H.small(1));
  if (made !== 0) storeRef(o, L.RECORD_ITEMS + value, made);
  return made;
}

/** The evaluator of such a field: the function it has, or one for its value; None when there is neither. */
export function evaluatorOf(o: number, value: number, evaluator: number, missing = 0): number {
  if (item(o, evaluator) !== 0) return item(o, evaluator);
  const known = item(o, value) || missing;
  return known === 0 ? H.NONE : newEvaluator(known);
}
