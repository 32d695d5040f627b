/** The built-in exception classes, exception groups (PEP 654) and matching. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { repr, str } from './abstract.js';
import { ownDict } from './attribute.js';
import { call1 } from './call.js';
import { type GetSetRow, defineType } from './define.js';
import { EXCEPTION_ROWS, exceptionId, type ExceptionName, exceptionType, raise, typeName } from './exceptions.js';
import { isInstanceOf } from './instance-check.js';
import { newListFromArray } from './list.js';
import { isStr, isSubtype, typeOf } from './object.js';
import { EMPTY, fromJS, toJS } from './strings.js';
import { newTupleFrom, newTupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

const lengthOf = (tuple: number): number => I32[(tuple >>> 2) + L.TUPLE_LENGTH];
const itemOf = (tuple: number, i: number): number => I32[(tuple >>> 2) + L.TUPLE_ITEMS + i];
const argsOf = (e: number): number => I32[(e >>> 2) + L.EXCEPTION_ARGS];

/** Fields a built-in exception keeps outside `args`: name and word. Unset ones read as None. */
const FIELDS: Partial<Record<ExceptionName, readonly (readonly [string, number])[]>> = {
  StopIteration: [['value', L.EXCEPTION_A]],
  SystemExit: [['code', L.EXCEPTION_A]],
  AttributeError: [
    ['name', L.EXCEPTION_A],
    ['obj', L.EXCEPTION_B],
  ],
  NameError: [['name', L.EXCEPTION_A]],
  ImportError: [
    ['msg', L.EXCEPTION_C],
    ['name', L.EXCEPTION_A],
    ['path', L.EXCEPTION_B],
    ['name_from', L.EXCEPTION_D],
  ],
  OSError: [
    ['errno', L.EXCEPTION_A],
    ['strerror', L.EXCEPTION_B],
    ['filename', L.EXCEPTION_C],
    ['filename2', L.EXCEPTION_D],
  ],
  SyntaxError: [
    ['msg', L.EXCEPTION_A],
    ['filename', L.EXCEPTION_B],
    ['lineno', L.EXCEPTION_C],
    ['offset', L.EXCEPTION_D],
    ['text', L.EXCEPTION_E],
  ],
  UnicodeDecodeError: [
    ['encoding', L.EXCEPTION_A],
    ['object', L.EXCEPTION_B],
    ['start', L.EXCEPTION_C],
    ['end', L.EXCEPTION_D],
    ['reason', L.EXCEPTION_E],
  ],
  UnicodeEncodeError: [
    ['encoding', L.EXCEPTION_A],
    ['object', L.EXCEPTION_B],
    ['start', L.EXCEPTION_C],
    ['end', L.EXCEPTION_D],
    ['reason', L.EXCEPTION_E],
  ],
  UnicodeTranslateError: [
    ['object', L.EXCEPTION_B],
    ['start', L.EXCEPTION_C],
    ['end', L.EXCEPTION_D],
    ['reason', L.EXCEPTION_E],
  ],
  BaseExceptionGroup: [
    ['message', L.EXCEPTION_A],
    ['exceptions', L.EXCEPTION_B],
  ],
};

function field(word: number): Pick<GetSetRow, 'get' | 'set'> {
  return {
    get: (e) => I32[(e >>> 2) + word] || H.NONE,
    set: (e, v) => {
      storeRef(e, word, v);
      return 1;
    },
  };
}

function setContext(word: number, what: string): (e: number, v: number) => number {
  return (e, v) => {
    if (v === 0) return raise('TypeError', `${what} may not be deleted`);
    if (v !== H.NONE && !isSubtype(typeOf(v), exceptionType('BaseException')))
      return raise('TypeError', `exception ${what.replaceAll('_', '')} must be None or derive from BaseException`);
    storeRef(e, word, v === H.NONE ? 0 : v);
    if (word === L.EXCEPTION_CAUSE) I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
    return 1;
  };
}

/** BaseException.__new__: args kept as given. */
function create(type: number, args: number, n: number, _kwnames: number): number {
  const tuple = newTupleFrom(args, n);
  const e = newObject(L.KIND_EXCEPTION, 64, type);
  const w = e >>> 2;
  if (!T.isBuiltinType(type)) I32[w] = I32[w] | L.FLAG_SUBCLASS;
  I32[w + L.EXCEPTION_ARGS] = tuple;
  fillFields(e, tuple);
  return e;
}

/** Fields computed from the arguments, by built-in base. */
function fillFields(e: number, args: number): void {
  const w = e >>> 2;
  const n = lengthOf(args);
  const is = (name: ExceptionName): boolean => isSubtype(typeOf(e), exceptionType(name));
  const set = (word: number, i: number): void => {
    I32[w + word] = itemOf(args, i);
  };
  if (is('StopIteration') && n > 0) set(L.EXCEPTION_A, 0);
  else if (is('SystemExit') && n > 0) I32[w + L.EXCEPTION_A] = n === 1 ? itemOf(args, 0) : args;
  else if (is('ImportError') && n === 1) set(L.EXCEPTION_C, 0);
  else if (is('OSError') && n >= 2 && n <= 5) fillOs(e, args, n);
  else if (is('SyntaxError')) fillSyntax(e, args, n);
  else if ((is('UnicodeDecodeError') || is('UnicodeEncodeError')) && n === 5) {
    for (let i = 0; i < 5; i++) set(L.EXCEPTION_A + i, i);
  } else if (is('BaseExceptionGroup') && n === 2) {
    set(L.EXCEPTION_A, 0);
    set(L.EXCEPTION_B, 1);
  }
}

function fillOs(e: number, args: number, n: number): void {
  const w = e >>> 2;
  I32[w + L.EXCEPTION_A] = itemOf(args, 0);
  I32[w + L.EXCEPTION_B] = itemOf(args, 1);
  if (n < 3) return;
  I32[w + L.EXCEPTION_C] = itemOf(args, 2);
  if (n === 5) I32[w + L.EXCEPTION_D] = itemOf(args, 4);
  const two = newTupleOf([itemOf(args, 0), itemOf(args, 1)]);
  storeRef(e, L.EXCEPTION_ARGS, two);
}

function fillSyntax(e: number, args: number, n: number): void {
  const w = e >>> 2;
  if (n > 0) I32[w + L.EXCEPTION_A] = itemOf(args, 0);
  const where = n > 1 ? itemOf(args, 1) : 0;
  if (where === 0 || (where & 7) !== 0 || (I32[where >>> 2] & 0xff) !== L.KIND_TUPLE) return;
  const words = [L.EXCEPTION_B, L.EXCEPTION_C, L.EXCEPTION_D, L.EXCEPTION_E];
  words.forEach((word, i) => {
    if (i < lengthOf(where)) I32[w + word] = itemOf(where, i);
  });
}

/** errno to the subclass OSError makes of it. */
const ERRNO_CLASS: Record<number, ExceptionName> = {
  1: 'PermissionError',
  2: 'FileNotFoundError',
  3: 'ProcessLookupError',
  4: 'InterruptedError',
  10: 'ChildProcessError',
  11: 'BlockingIOError',
  13: 'PermissionError',
  17: 'FileExistsError',
  20: 'NotADirectoryError',
  21: 'IsADirectoryError',
  32: 'BrokenPipeError',
  103: 'ConnectionAbortedError',
  104: 'ConnectionResetError',
  110: 'TimeoutError',
  111: 'ConnectionRefusedError',
};

function createOs(type: number, args: number, n: number, kwnames: number): number {
  const mapped =
    type === exceptionType('OSError') && n >= 2 && (I32[args] & 1) !== 0 ? ERRNO_CLASS[I32[args] >> 1] : undefined;
  return create(mapped === undefined ? type : exceptionType(mapped), args, n, kwnames);
}

/** BaseException.__init__: keywords only where the class knows them. */
function init(e: number, args: number, n: number, kwnames: number): number {
  const tuple = newTupleFrom(args, n);
  const known = isSubtype(typeOf(e), exceptionType('OSError')) && n >= 2 ? argsOf(e) : tuple;
  storeRef(e, L.EXCEPTION_ARGS, known);
  if (kwnames === 0 || lengthOf(kwnames) === 0) return 1;
  const fields = keywordFields(e);
  for (let i = 0; i < lengthOf(kwnames); i++) {
    const name = toJS(itemOf(kwnames, i));
    const row = fields.find(([f]) => f === name);
    if (row === undefined)
      return raise(
        'TypeError',
        `${typeName(e)}() ${fields.length === 0 ? 'takes no keyword arguments' : `got an unexpected keyword argument '${name}'`}`,
      );
    storeRef(e, row[1], I32[args + n + i]);
  }
  return 1;
}

function keywordFields(e: number): readonly (readonly [string, number])[] {
  for (const name of ['AttributeError', 'NameError', 'ImportError'] as const) {
    if (isSubtype(typeOf(e), exceptionType(name))) return FIELDS[name]!.filter(([f]) => f !== 'msg');
  }
  return [];
}

/** str(e): no argument, one, or the tuple of all. */
export function exceptionStr(e: number): number {
  const args = argsOf(e);
  const n = args === 0 ? 0 : lengthOf(args);
  if (n === 0) return EMPTY;
  return n === 1 ? str(itemOf(args, 0)) : repr(args);
}

function reprException(e: number): number {
  const args = argsOf(e);
  const n = lengthOf(args);
  const inner = n === 1 ? repr(itemOf(args, 0)) : n === 0 ? fromJS('') : repr(args);
  if (inner === 0) return 0;
  const text = toJS(inner);
  return fromJS(n === 1 ? `${typeName(e)}(${text})` : n === 0 ? `${typeName(e)}()` : `${typeName(e)}${text}`);
}

function strKeyError(e: number): number {
  return lengthOf(argsOf(e)) === 1 ? repr(itemOf(argsOf(e), 0)) : exceptionStr(e);
}

function strOs(e: number): number {
  const w = e >>> 2;
  const no = I32[w + L.EXCEPTION_A];
  const text = I32[w + L.EXCEPTION_B];
  if (no === 0 || text === 0) return exceptionStr(e);
  let s = `[Errno ${toJS(str(no))}] ${toJS(str(text))}`;
  const file = I32[w + L.EXCEPTION_C];
  if (file !== 0 && file !== H.NONE) s += `: ${toJS(repr(file))}`;
  const second = I32[w + L.EXCEPTION_D];
  if (second !== 0 && second !== H.NONE) s += ` -> ${toJS(repr(second))}`;
  return fromJS(s);
}

function strSyntax(e: number): number {
  const w = e >>> 2;
  const message = I32[w + L.EXCEPTION_A] === 0 ? 'None' : toJS(str(I32[w + L.EXCEPTION_A]));
  const file = I32[w + L.EXCEPTION_B];
  const line = I32[w + L.EXCEPTION_C];
  const named = file !== 0 && isStr(file);
  const base = named ? toJS(file).replace(/^.*\//, '') : '';
  if (named && (line & 1) !== 0) return fromJS(`${message} (${base}, line ${line >> 1})`);
  if (named) return fromJS(`${message} (${base})`);
  return fromJS((line & 1) !== 0 ? `${message} (line ${line >> 1})` : message);
}

const byteText = (n: number): string => `0x${n.toString(16).padStart(2, '0')}`;

function strUnicode(e: number): number {
  const w = e >>> 2;
  const text = (word: number): string => toJS(str(I32[w + word]));
  const start = I32[w + L.EXCEPTION_C] >> 1;
  const end = I32[w + L.EXCEPTION_D] >> 1;
  if (I32[w + L.EXCEPTION_E] === 0) return exceptionStr(e);
  const decode = isSubtype(typeOf(e), exceptionType('UnicodeDecodeError'));
  const verb = decode ? 'decode' : 'encode';
  if (end - start !== 1) {
    return fromJS(
      `'${text(L.EXCEPTION_A)}' codec can't ${verb} ${decode ? 'bytes' : 'characters'} in position ${start}-${end - 1}: ${text(L.EXCEPTION_E)}`,
    );
  }
  return fromJS(
    `'${text(L.EXCEPTION_A)}' codec can't ${verb} ${badUnit(I32[w + L.EXCEPTION_B], start, decode)} in position ${start}: ${text(L.EXCEPTION_E)}`,
  );
}

/** Set by bytes.ts and str.ts through unicodeHooks: the byte or character at an index. */
export const unicodeHooks = {
  byteAt: (_object: number, _i: number): number => 0,
  charAt: (_object: number, _i: number): number => 0,
};

function badUnit(object: number, at: number, decode: boolean): string {
  if (decode) return `byte ${byteText(unicodeHooks.byteAt(object, at))}`;
  const c = unicodeHooks.charAt(object, at);
  const shown =
    c <= 0xff
      ? `\\x${c.toString(16).padStart(2, '0')}`
      : c <= 0xffff
        ? `\\u${c.toString(16).padStart(4, '0')}`
        : `\\U${c.toString(16).padStart(8, '0')}`;
  return `character '${shown}'`;
}

function addNote(args: number): number {
  const e = I32[args];
  const note = I32[args + 1];
  if (!isStr(note)) return raise('TypeError', `add_note() argument must be str, not ${typeName(note)}`);
  let list = I32[(e >>> 2) + L.EXCEPTION_NOTES];
  if (list === 0) {
    list = newListFromArray([note]);
    storeRef(e, L.EXCEPTION_NOTES, list);
    notesHook.set(e, list);
    return H.NONE;
  }
  notesHook.append(list, note);
  return H.NONE;
}

/** `__notes__` is an ordinary attribute; lists append through list.ts. Set in boot. */
export const notesHook = {
  set: (_e: number, _list: number): void => {},
  append: (_list: number, _note: number): void => {},
};

const baseMethods = [
  ['with_traceback', (args: number) => (setTraceback(I32[args], I32[args + 1]) === 0 ? 0 : I32[args]), [1, 1]],
  ['add_note', addNote, [1, 1]],
] as const;

function setTraceback(e: number, tb: number): number {
  if (tb === 0) return raise('TypeError', '__traceback__ may not be deleted');
  if (tb !== H.NONE && ((tb & 7) !== 0 || (I32[tb >>> 2] & 0xff) !== L.KIND_TRACEBACK))
    return raise('TypeError', '__traceback__ must be a traceback or None');
  storeRef(e, L.EXCEPTION_TRACEBACK, tb === H.NONE ? 0 : tb);
  return 1;
}

const baseGetset: readonly GetSetRow[] = [
  { name: 'args', get: (e) => argsOf(e), set: (e, v) => (storeRef(e, L.EXCEPTION_ARGS, v), 1) },
  { name: '__traceback__', get: (e) => I32[(e >>> 2) + L.EXCEPTION_TRACEBACK] || H.NONE, set: setTraceback },
  {
    name: '__context__',
    get: (e) => I32[(e >>> 2) + L.EXCEPTION_CONTEXT] || H.NONE,
    set: setContext(L.EXCEPTION_CONTEXT, '__context__'),
  },
  {
    name: '__cause__',
    get: (e) => I32[(e >>> 2) + L.EXCEPTION_CAUSE] || H.NONE,
    set: setContext(L.EXCEPTION_CAUSE, '__cause__'),
  },
  {
    name: '__suppress_context__',
    get: (e) => H.fromBool(I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] !== 0),
    set: (e, v) => ((I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = v === H.TRUE ? 1 : 0), 1),
  },
  { name: '__dict__', get: (e) => ownDict(e) },
];

const STR: Partial<Record<ExceptionName, (e: number) => number>> = {
  BaseException: exceptionStr,
  KeyError: strKeyError,
  OSError: strOs,
  SyntaxError: strSyntax,
  UnicodeDecodeError: strUnicode,
  UnicodeEncodeError: strUnicode,
  BaseExceptionGroup: strGroup,
  ImportError: (e) =>
    I32[(e >>> 2) + L.EXCEPTION_C] !== 0 && isStr(I32[(e >>> 2) + L.EXCEPTION_C])
      ? I32[(e >>> 2) + L.EXCEPTION_C]
      : exceptionStr(e),
};

function strGroup(e: number): number {
  const n = lengthOf(I32[(e >>> 2) + L.EXCEPTION_B]);
  return fromJS(`${toJS(I32[(e >>> 2) + L.EXCEPTION_A])} (${n} sub-exception${n === 1 ? '' : 's'})`);
}

for (const [name, base] of EXCEPTION_ROWS) {
  const own = (FIELDS[name] ?? []).map(([f, word]) => ({ name: f, ...field(word) }));
  defineType({
    id: exceptionId(name),
    name,
    base: base === '' ? T.T_OBJECT : exceptionId(base),
    kind: L.KIND_EXCEPTION,
    dict: true,
    methods:
      name === 'BaseException'
        ? baseMethods.map(([m, f, arity]) => [m, f, arity] as const)
        : name === 'BaseExceptionGroup'
          ? groupMethods()
          : [],
    getset: name === 'BaseException' ? baseGetset : own,
    slots: {
      ...(name === 'BaseException' ? { create, init, repr: reprException } : {}),
      ...(name === 'OSError' ? { create: createOs } : {}),
      ...(name === 'BaseExceptionGroup' ? { create: createGroup } : {}),
      ...(STR[name] === undefined ? {} : { str: STR[name] }),
    },
  });
}

// ---------------------------------------------------------------- matching and groups

/** Does exception `e` match what an except clause names? 1, 0, or -1 with the exception set. */
export function exceptionMatches(e: number, wanted: number): number {
  if ((wanted & 7) === 0 && (I32[wanted >>> 2] & 0xff) === L.KIND_TUPLE) {
    for (let i = 0; i < lengthOf(wanted); i++) {
      const r = exceptionMatches(e, itemOf(wanted, i));
      if (r !== 0) return r;
    }
    return 0;
  }
  const isClass =
    (wanted & 7) === 0 &&
    (I32[wanted >>> 2] & 0xff) === L.KIND_TYPE &&
    isSubtype(wanted, exceptionType('BaseException'));
  if (!isClass) {
    raise('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
    return -1;
  }
  return isSubtype(typeOf(e), wanted) ? 1 : 0;
}

export const isGroup = (e: number): boolean => isSubtype(typeOf(e), exceptionType('BaseExceptionGroup'));
const groupItems = (e: number): number => I32[(e >>> 2) + L.EXCEPTION_B];

function createGroup(type: number, args: number, n: number, kwnames: number): number {
  if (n !== 2) return raise('TypeError', `BaseExceptionGroup.__new__() takes exactly 2 arguments (${n} given)`);
  if (!isStr(I32[args])) return raise('TypeError', 'argument 1 must be str, not ' + typeName(I32[args]));
  const list = groupHooks.tuple(I32[args + 1]);
  if (list === 0) return raise('TypeError', 'second argument (exceptions) must be a sequence');
  if (lengthOf(list) === 0) return raise('ValueError', 'second argument (exceptions) must be a non-empty sequence');
  let all = true;
  for (let i = 0; i < lengthOf(list); i++) {
    const e = itemOf(list, i);
    if (!isSubtype(typeOf(e), exceptionType('BaseException')))
      return raise('ValueError', `Item ${i} of second argument (exceptions) is not an exception`);
    all &&= isSubtype(typeOf(e), exceptionType('Exception'));
  }
  if (type === exceptionType('ExceptionGroup') && !all)
    return raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup');
  const actual = type === exceptionType('BaseExceptionGroup') && all ? exceptionType('ExceptionGroup') : type;
  const slot = root(list);
  const e = create(actual, args, n, kwnames);
  unroot(slot);
  storeRef(e, L.EXCEPTION_B, list);
  return e;
}

/** Set in boot: tuple of a sequence. */
export const groupHooks = { tuple: (_sequence: number): number => 0 };

function newGroupLike(group: number, items: readonly number[]): number {
  const tuple = newTupleOf(items);
  const args = newTupleOf([I32[(group >>> 2) + L.EXCEPTION_A], tuple]);
  const e = newObject(
    L.KIND_EXCEPTION,
    64,
    T.isBuiltinType(typeOf(group)) ? typeOf(group) : exceptionType('BaseExceptionGroup'),
  );
  const w = e >>> 2;
  I32[w + L.EXCEPTION_ARGS] = args;
  I32[w + L.EXCEPTION_A] = I32[(group >>> 2) + L.EXCEPTION_A];
  I32[w + L.EXCEPTION_B] = tuple;
  for (const word of [
    L.EXCEPTION_TRACEBACK,
    L.EXCEPTION_CONTEXT,
    L.EXCEPTION_CAUSE,
    L.EXCEPTION_SUPPRESS,
    L.EXCEPTION_NOTES,
  ])
    I32[w + word] = I32[(group >>> 2) + word];
  return e;
}

/** Splits by a predicate that gives 1, 0 or -1: [matching or NONE, rest or NONE], undefined with the exception set. */
function split(e: number, matches: (e: number) => number): [number, number] | undefined {
  const whole = matches(e);
  if (whole < 0) return undefined;
  if (whole === 1) return [e, H.NONE];
  if (!isGroup(e)) return [H.NONE, e];
  const yes: number[] = [];
  const no: number[] = [];
  for (let i = 0; i < lengthOf(groupItems(e)); i++) {
    const part = split(itemOf(groupItems(e), i), matches);
    if (part === undefined) return undefined;
    if (part[0] !== H.NONE) yes.push(part[0]);
    if (part[1] !== H.NONE) no.push(part[1]);
  }
  if (no.length === 0) return [e, H.NONE];
  return [yes.length === 0 ? H.NONE : newGroupLike(e, yes), yes.length === 0 ? e : newGroupLike(e, no)];
}

/** except*: [rest, match], None where empty. A plain exception that matches is wrapped in a group. */
export function splitGroup(e: number, wanted: number): [number, number] | undefined {
  const parts = split(e, (x) => exceptionMatches(x, wanted));
  if (parts === undefined) return undefined;
  const [match, rest] = parts;
  if (match !== H.NONE && !isGroup(match)) {
    const tuple = newTupleOf([match]);
    const args = newTupleOf([EMPTY, tuple]);
    const g = newObject(
      L.KIND_EXCEPTION,
      64,
      exceptionType(isSubtype(typeOf(match), exceptionType('Exception')) ? 'ExceptionGroup' : 'BaseExceptionGroup'),
    );
    I32[(g >>> 2) + L.EXCEPTION_ARGS] = args;
    I32[(g >>> 2) + L.EXCEPTION_A] = EMPTY;
    I32[(g >>> 2) + L.EXCEPTION_B] = tuple;
    return [rest, g];
  }
  return [rest, match];
}

/** What except* raises at its end: the parts not handled, together with what its clauses raised; None for nothing. */
export function prepareReraiseStar(original: number, list: number): number {
  const items: number[] = [];
  const store = I32[(list >>> 2) + L.LIST_ITEMS];
  for (let i = 0; i < I32[(list >>> 2) + L.LIST_LENGTH]; i++) {
    const e = I32[(store >>> 2) + L.ARRAY_ITEMS + i];
    if (e !== H.NONE) items.push(e);
  }
  if (items.length === 0) return H.NONE;
  if (!isGroup(original)) return items[0];
  if (items.length === 1) return items[0];
  return newGroupLike(original, items);
}

function condition(wanted: number): ((e: number) => number) | undefined {
  if ((wanted & 7) === 0 && (I32[wanted >>> 2] & 0xff) === L.KIND_FUNCTION) {
    return (e) => {
      const r = call1(wanted, e);
      return r === 0 ? -1 : r === H.TRUE ? 1 : 0;
    };
  }
  return (e) => isInstanceOf(e, wanted);
}

function groupMethods(): readonly (readonly [string, (args: number) => number, readonly [number, number]])[] {
  return [
    [
      'split',
      (args) => {
        const parts = split(I32[args], condition(I32[args + 1])!);
        return parts === undefined ? 0 : newTupleOf(parts);
      },
      [1, 1],
    ],
    ['subgroup', (args) => split(I32[args], condition(I32[args + 1])!)?.[0] ?? 0, [1, 1]],
    [
      'derive',
      (args) => {
        const items = groupHooks.tuple(I32[args + 1]);
        return items === 0
          ? 0
          : newGroupLike(
              I32[args],
              Array.from({ length: lengthOf(items) }, (_, i) => itemOf(items, i)),
            );
      },
      [1, 1],
    ],
  ];
}
