/** The built-in exception classes: BaseException's protocol, and what each of the others adds. */
import { rootAll } from '../heap/hold.js';
import { unroot } from '../heap/context.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { repr } from './abstract.js';
import { ownDict, setAttr } from './attribute.js';
import { type GetSetRow, type MethodRow, type TypeDefinition, defineType } from './define.js';
import { dictLen, dictSnapshot } from './dict.js';
import {
  argsOf,
  createException,
  exceptionStr,
  field,
  fieldOf,
  initException,
  initWithKeywords,
  tupleItemOf,
  tupleLengthOf,
} from './exception-fields.js';
import { baseExceptionGroup } from './exception-groups.js';
import { addNoteTo } from './exception-notes.js';
import { osError } from './exception-os.js';
import { syntaxError } from './exception-syntax.js';
import { unicodeErrors } from './exception-unicode.js';
import { EXCEPTION_ROWS, exceptionId, type ExceptionName, exceptionType, raise, typeName } from './exceptions.js';
import { isKind, isStr, isSubtype, typeOf } from './object.js';
import { fromJS, internStr, toJS } from './strings.js';
import { newTupleOf, tupleFromIterable } from './tuple.js';
import { layoutOf } from './type-new.js';
import * as T from './type-ids.js';

const I32 = i32;
type Extra = Pick<TypeDefinition, 'slots' | 'getset' | 'methods' | 'generic'>;

// ---------------------------------------------------------------- BaseException

function setTraceback(e: number, tb: number): number {
  if (tb === 0) return raise('TypeError', '__traceback__ may not be deleted');
  if (tb !== H.NONE && !isKind(tb, L.KIND_TRACEBACK))
    return raise('TypeError', '__traceback__ must be a traceback or None');
  storeRef(e, L.EXCEPTION_TRACEBACK, tb === H.NONE ? 0 : tb);
  return 1;
}

/** `__cause__` and `__context__`. */
const chained = (name: string, word: number): GetSetRow => ({
  name,
  get: (e) => fieldOf(e, word) || H.NONE,
  set: (e, v) => {
    if (v === 0) return raise('TypeError', `${name} may not be deleted`);
    if (v !== H.NONE && !isSubtype(typeOf(v), exceptionType('BaseException')))
      return raise('TypeError', `exception ${name.replaceAll('_', '')} must be None or derive from BaseException`);
    storeRef(e, word, v === H.NONE ? 0 : v);
    if (word === L.EXCEPTION_CAUSE) I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
    return 1;
  },
});

function setArgs(e: number, v: number): number {
  if (v === 0) return raise('TypeError', 'args may not be deleted');
  const tuple = tupleFromIterable(v);
  if (tuple === 0) return 0;
  storeRef(e, L.EXCEPTION_ARGS, tuple);
  return 1;
}

function setSuppress(e: number, v: number): number {
  if (v === 0) return raise('TypeError', "can't delete numeric/char attribute");
  if (!H.isBool(v)) return raise('TypeError', 'attribute value type must be bool');
  I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = v === H.TRUE ? 1 : 0;
  return 1;
}

function setDict(e: number, v: number): number {
  if (v === 0) return raise('TypeError', 'cannot delete __dict__');
  if (!isKind(v, L.KIND_DICT))
    return raise('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(v)}'`);
  storeRef(e, L.EXCEPTION_DICT, v);
  return 1;
}

const getset: readonly GetSetRow[] = [
  { name: 'args', get: argsOf, set: setArgs },
  { name: '__traceback__', get: (e) => fieldOf(e, L.EXCEPTION_TRACEBACK) || H.NONE, set: setTraceback },
  chained('__context__', L.EXCEPTION_CONTEXT),
  chained('__cause__', L.EXCEPTION_CAUSE),
  {
    name: '__suppress_context__',
    get: (e) => H.fromBool(fieldOf(e, L.EXCEPTION_SUPPRESS) !== 0),
    set: setSuppress,
  },
  { name: '__dict__', get: ownDict, set: setDict },
];

/** Arguments that make the exception again: OSError keeps its file names out of `args`. */
function makingArgs(e: number): number {
  const args = argsOf(e);
  const file = isSubtype(typeOf(e), exceptionType('OSError')) ? fieldOf(e, L.EXCEPTION_C) : 0;
  if (file === 0 || tupleLengthOf(args) !== 2) return args;
  const second = fieldOf(e, L.EXCEPTION_D);
  return newTupleOf([tupleItemOf(args, 0), tupleItemOf(args, 1), file, ...(second === 0 ? [] : [H.NONE, second])]);
}

function reduce(args: number): number {
  const e = I32[args]!;
  const dict = fieldOf(e, L.EXCEPTION_DICT);
  const parts = [typeOf(e), makingArgs(e)];
  if (dict !== 0 && dictLen(dict) > 0) parts.push(dict);
  return newTupleOf(parts);
}

function setState(args: number): number {
  const state = I32[args + 1]!;
  if (state === H.NONE) return H.NONE;
  if (!isKind(state, L.KIND_DICT)) return raise('TypeError', 'state is not a dictionary');
  const { keys, values } = dictSnapshot(state);
  const slot = rootAll(keys);
  rootAll(values);
  let ok = 1;
  for (let i = 0; i < keys.length && ok === 1; i++) {
    if (!isStr(keys[i]!)) ok = raise('TypeError', `attribute name must be string, not '${typeName(keys[i]!)}'`);
    else ok = setAttr(I32[args]!, internStr(keys[i]!), values[i]!);
  }
  unroot(slot);
  return ok === 1 ? H.NONE : 0;
}

const methods: readonly MethodRow[] = [
  ['with_traceback', (a) => (setTraceback(I32[a]!, I32[a + 1]!) === 0 ? 0 : I32[a]!), [1, 1]],
  ['add_note', (a) => addNoteTo(I32[a]!, I32[a + 1]!), [1, 1]],
  ['__reduce__', reduce, [0, 0]],
  ['__setstate__', setState, [1, 1]],
];

function reprException(e: number): number {
  const args = argsOf(e);
  const n = tupleLengthOf(args);
  const inner = n === 1 ? repr(tupleItemOf(args, 0)) : repr(args);
  if (inner === 0) return 0;
  const name = toJS(I32[(typeOf(e) >>> 2) + L.TYPE_NAME]);
  return fromJS(n === 1 ? `${name}(${toJS(inner)})` : `${name}${toJS(inner)}`);
}

// ---------------------------------------------------------------- subclasses

function initStopIteration(e: number, args: number, n: number, kwnames: number): number {
  if (initException(e, args, n, kwnames) === 0) return 0;
  storeRef(e, L.EXCEPTION_A, n > 0 ? I32[args]! : H.NONE);
  return 1;
}

function initSystemExit(e: number, args: number, n: number, kwnames: number): number {
  if (initException(e, args, n, kwnames) === 0) return 0;
  if (n > 0) storeRef(e, L.EXCEPTION_A, n === 1 ? I32[args]! : argsOf(e));
  return 1;
}

const IMPORT_FIELDS = [
  ['name', L.EXCEPTION_A],
  ['path', L.EXCEPTION_B],
  ['name_from', L.EXCEPTION_D],
] as const;
const initImport = initWithKeywords('ImportError', IMPORT_FIELDS);

const rows = (fields: readonly (readonly [string, number])[]): GetSetRow[] => fields.map(([f, w]) => field(f, w));

const EXTRAS: Partial<Record<ExceptionName, Extra>> = {
  BaseException: {
    methods,
    getset,
    slots: { create: createException, init: initException, repr: reprException, str: exceptionStr },
  },
  StopIteration: { slots: { init: initStopIteration }, getset: [field('value', L.EXCEPTION_A)] },
  SystemExit: { slots: { init: initSystemExit }, getset: [field('code', L.EXCEPTION_A)] },
  AttributeError: {
    slots: {
      init: initWithKeywords('AttributeError', [
        ['name', L.EXCEPTION_A],
        ['obj', L.EXCEPTION_B],
      ]),
    },
    getset: [field('name', L.EXCEPTION_A), field('obj', L.EXCEPTION_B)],
  },
  NameError: {
    slots: { init: initWithKeywords('NameError', [['name', L.EXCEPTION_A]]) },
    getset: [field('name', L.EXCEPTION_A)],
  },
  ImportError: {
    slots: {
      init: (e, args, n, kwnames) => {
        if (initImport(e, args, n, kwnames) === 0) return 0;
        storeRef(e, L.EXCEPTION_C, n === 1 ? I32[args]! : 0);
        return 1;
      },
      str: (e) => {
        const message = fieldOf(e, L.EXCEPTION_C);
        return message !== 0 && isStr(message) ? message : exceptionStr(e);
      },
    },
    getset: [field('msg', L.EXCEPTION_C), ...rows(IMPORT_FIELDS)],
  },
  KeyError: {
    slots: { str: (e) => (tupleLengthOf(argsOf(e)) === 1 ? repr(tupleItemOf(argsOf(e), 0)) : exceptionStr(e)) },
  },
  OSError: osError,
  SyntaxError: syntaxError,
  BaseExceptionGroup: baseExceptionGroup,
  ...unicodeErrors,
};

for (const [name, base] of EXCEPTION_ROWS) {
  defineType({
    id: exceptionId(name),
    name,
    base: base === '' ? T.T_OBJECT : exceptionId(base),
    ...(name === 'ExceptionGroup' ? { mixin: exceptionId('Exception') } : {}),
    kind: L.KIND_EXCEPTION,
    dict: true,
    ...EXTRAS[name],
  });
}

/** Exceptions without fields of their own are laid out as their base. */
layoutOf.same = (type) => {
  const row = EXCEPTION_ROWS[T.typeId(type) - T.T_EXCEPTIONS];
  return row !== undefined && row[0] !== 'BaseException' && EXTRAS[row[0]]?.getset === undefined;
};
