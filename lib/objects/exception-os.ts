/** OSError: its fields, and the subclass that an errno stands for (PEP 3151). */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { hasIndex, indexNumber, repr, str } from './abstract.js';
import { lookupInType } from './attribute.js';
import type { TypeDefinition } from './define.js';
import { exceptionStr, field, fieldOf, makeException, tupleItemOf, tupleLengthOf } from './exception-fields.js';
import { clearException, exceptionId, type ExceptionName, exceptionType, raise } from './exceptions.js';
import { intFromNumber } from './int.js';
import * as N from './names.js';
import { isKind, isSubtype, typeOf } from './object.js';
import { fromJS, toJS } from './strings.js';
import { newTupleFrom, newTupleOf } from './tuple.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

const I32 = i32;

const ERRNO_CLASS: Readonly<Record<number, ExceptionName>> = {
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
  108: 'BrokenPipeError',
  110: 'TimeoutError',
  111: 'ConnectionRefusedError',
  114: 'BlockingIOError',
  115: 'BlockingIOError',
};

/** Is the class's method the built-in one of OSError? */
function isOwn(type: number, name: number): boolean {
  return lookupInType(type, name) === lookupInType(exceptionType('OSError'), name);
}

/** A class with its own `__init__` and OSError's `__new__` gets its fields from the arguments it passes on. */
const fillsInInit = (type: number): boolean => !isOwn(type, N.N_INIT) && isOwn(type, N.N_NEW);

function fill(e: number, args: number): void {
  const n = tupleLengthOf(args);
  storeRef(e, L.EXCEPTION_ARGS, args);
  if (n < 2 || n > 5) return;
  storeRef(e, L.EXCEPTION_A, tupleItemOf(args, 0));
  storeRef(e, L.EXCEPTION_B, tupleItemOf(args, 1));
  const filename = n > 2 ? tupleItemOf(args, 2) : H.NONE;
  if (filename === H.NONE) return;
  if (isSubtype(typeOf(e), exceptionType('BlockingIOError')) && hasIndex(filename)) {
    const written = indexNumber(filename);
    if (Number.isNaN(written)) clearException();
    else storeRef(e, L.EXCEPTION_E, intFromNumber(written));
    return;
  }
  storeRef(e, L.EXCEPTION_C, filename);
  if (n === 5 && tupleItemOf(args, 4) !== H.NONE) storeRef(e, L.EXCEPTION_D, tupleItemOf(args, 4));
  storeRef(e, L.EXCEPTION_ARGS, newTupleOf([tupleItemOf(args, 0), tupleItemOf(args, 1)]));
}

function create(given: number, args: number, n: number, kwnames: number): number {
  if (fillsInInit(given)) return makeException(given, newTupleOf([]));
  if (hasKeywords(kwnames))
    return raise('TypeError', `${toJS(I32[(given >>> 2) + L.TYPE_NAME]!)}() takes no keyword arguments`);
  let type = given;
  if (type === exceptionType('OSError') && n >= 2 && n <= 5 && (I32[args]! & 1) !== 0) {
    const mapped = ERRNO_CLASS[I32[args]! >> 1];
    if (mapped !== undefined) type = exceptionType(mapped);
  }
  const tuple = newTupleFrom(args, n);
  const e = makeException(type, tuple);
  const slot = root(e);
  fill(e, tuple);
  unroot(slot);
  return e;
}

function init(e: number, args: number, n: number, kwnames: number): number {
  if (!fillsInInit(typeOf(e))) return 1;
  if (hasKeywords(kwnames))
    return raise('TypeError', `${toJS(I32[(typeOf(e) >>> 2) + L.TYPE_NAME]!)}() takes no keyword arguments`);
  fill(e, newTupleFrom(args, n));
  return 1;
}

function strOs(e: number): number {
  const no = fieldOf(e, L.EXCEPTION_A);
  const text = fieldOf(e, L.EXCEPTION_B);
  const file = fieldOf(e, L.EXCEPTION_C);
  const second = fieldOf(e, L.EXCEPTION_D);
  if (file === 0 && (no === 0 || text === 0)) return exceptionStr(e);
  const slot = rootAll([no, text, file, second]);
  const shown = osText(no, text, file, second);
  unroot(slot);
  return shown;
}

function osText(no: number, text: number, file: number, second: number): number {
  const a = str(no || H.NONE);
  const slot = root(a);
  const b = a === 0 ? 0 : str(text || H.NONE);
  unroot(slot);
  if (b === 0) return 0;
  let s = `[Errno ${toJS(a)}] ${toJS(b)}`;
  if (file !== 0) {
    const shown = repr(file);
    if (shown === 0) return 0;
    s += `: ${toJS(shown)}`;
  }
  if (file !== 0 && second !== 0) {
    const shown = repr(second);
    if (shown === 0) return 0;
    s += ` -> ${toJS(shown)}`;
  }
  return fromJS(s);
}

/** What OSError adds to its row. */
export const osError: Pick<TypeDefinition, 'slots' | 'getset'> = {
  slots: { create, init, str: strOs },
  getset: [
    field('errno', L.EXCEPTION_A),
    field('strerror', L.EXCEPTION_B),
    field('filename', L.EXCEPTION_C),
    field('filename2', L.EXCEPTION_D),
    {
      name: 'characters_written',
      get: (e) => fieldOf(e, L.EXCEPTION_E) || raise('AttributeError', 'characters_written'),
      set: (e, v) => {
        if (v === 0 && fieldOf(e, L.EXCEPTION_E) === 0) return raise('AttributeError', 'characters_written');
        if (v !== 0 && Number.isNaN(indexNumber(v))) return 0;
        storeRef(e, L.EXCEPTION_E, v);
        return 1;
      },
    },
  ],
};

/** Is it OSError or one of its built-in subclasses? */
export const isOsId = (id: number): boolean =>
  isKind(T.typeHandle(id), L.KIND_TYPE) && isSubtype(T.typeHandle(id), T.typeHandle(exceptionId('OSError')));
