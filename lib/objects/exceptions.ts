/**
 * Python exceptions in TypeScript code: a function that fails sets the exception of the mounted thread and returns 0 (or -1 where it says so).
 * No JavaScript exception is used: throwing costs microseconds in V8, a returned 0 one compare.
 */
import { newObject } from '../heap/alloc.js';
import { barrier } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { typeDefinitions } from './define.js';
import { isSubtype, typeOf } from './object.js';
import { fromJS, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const C = CARRIER;

/** The built-in exceptions: name and base; ids follow from the order. A base stands before what derives from it. */
export const EXCEPTION_ROWS = [
  ['BaseException', ''],
  ['Exception', 'BaseException'],
  ['BaseExceptionGroup', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['SystemExit', 'BaseException'],
  ['ArithmeticError', 'Exception'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['BlockingIOError', 'OSError'],
  ['ChildProcessError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['BrokenPipeError', 'ConnectionError'],
  ['ConnectionAbortedError', 'ConnectionError'],
  ['ConnectionRefusedError', 'ConnectionError'],
  ['ConnectionResetError', 'ConnectionError'],
  ['FileExistsError', 'OSError'],
  ['FileNotFoundError', 'OSError'],
  ['InterruptedError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ProcessLookupError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['PythonFinalizationError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['StopAsyncIteration', 'Exception'],
  ['StopIteration', 'Exception'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['UnicodeTranslateError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['BytesWarning', 'Warning'],
  ['DeprecationWarning', 'Warning'],
  ['EncodingWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ImportWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
  ['UnicodeWarning', 'Warning'],
  ['UserWarning', 'Warning'],
  ['ExceptionGroup', 'BaseExceptionGroup'],
  ['_IncompleteInputError', 'SyntaxError'],
] as const;

export type ExceptionName = (typeof EXCEPTION_ROWS)[number][0];

const idByName = new Map<string, number>(EXCEPTION_ROWS.map(([name], i) => [name, T.T_EXCEPTIONS + i]));

/** Type id of a built-in exception. */
export const exceptionId = (name: ExceptionName): number => idByName.get(name)!;
/** TYPE handle of a built-in exception. */
export const exceptionType = (name: ExceptionName): number => T.typeHandle(exceptionId(name));

/** The exception set in the mounted thread; 0 when there is none. */
export const pendingException = (): number => I32[C + L.CAR_EXCEPTION]!;

export function clearException(): void {
  I32[C + L.CAR_EXCEPTION] = 0;
}

/** Sets the exception; always returns 0, so that callers write `return setException(e)`. */
export function setException(exception: number): number {
  I32[C + L.CAR_EXCEPTION] = exception;
  return 0;
}

/** Takes the exception out of the thread. */
export function takeException(): number {
  const e = I32[C + L.CAR_EXCEPTION]!;
  I32[C + L.CAR_EXCEPTION] = 0;
  return e;
}

/** Does the pending exception match this built-in class? */
export function pendingIs(name: ExceptionName): boolean {
  const e = I32[C + L.CAR_EXCEPTION]!;
  return e !== 0 && isSubtype(typeOf(e), exceptionType(name));
}

/** A new exception of built-in class `name` with one argument (0: none). Its context is set when it is raised by the interpreter. */
export function newException(name: ExceptionName, argument: number): number {
  const args = newObject(L.KIND_TUPLE, (L.TUPLE_ITEMS + 1) * 4, T.typeHandle(T.T_TUPLE));
  I32[(args >>> 2) + L.TUPLE_LENGTH] = argument === 0 ? 0 : 1;
  I32[(args >>> 2) + L.TUPLE_ITEMS] = argument;
  const e = newObject(L.KIND_EXCEPTION, 64, exceptionType(name));
  const w = e >>> 2;
  I32[w + L.EXCEPTION_ARGS] = args;
  I32[w + L.EXCEPTION_CONTEXT] = I32[C + L.CAR_HANDLED]!;
  return e;
}

/** As newException, with any number of arguments. */
export function newExceptionOf(name: ExceptionName, values: readonly number[]): number {
  const args = newObject(L.KIND_TUPLE, (L.TUPLE_ITEMS + values.length) * 4, T.typeHandle(T.T_TUPLE));
  I32[(args >>> 2) + L.TUPLE_LENGTH] = values.length;
  values.forEach((v, i) => {
    I32[(args >>> 2) + L.TUPLE_ITEMS + i] = v;
  });
  const e = newException(name, 0);
  I32[(e >>> 2) + L.EXCEPTION_ARGS] = args;
  barrier(e, args);
  return e;
}

/** Raises built-in exception `name` with a message; returns 0. */
export function raise(name: ExceptionName, message: string): number {
  return setException(newException(name, fromJS(message)));
}

/** Raises with a Python value as the one argument (KeyError, StopIteration). */
export function raiseValue(name: ExceptionName, value: number): number {
  const e = newException(name, value);
  if (name === 'StopIteration') I32[(e >>> 2) + L.EXCEPTION_A] = value === 0 ? H.NONE : value;
  return setException(e);
}

export const raiseType = (message: string): number => raise('TypeError', message);
export const raiseValueError = (message: string): number => raise('ValueError', message);

/** Class name of a value, for messages: with its module for the built-in ones of modules, as in CPython (`tp_name`). */
export const typeName = (h: number): string => typeNameOf(typeOf(h));

/** As typeName, of a class. */
export function typeNameOf(type: number): string {
  if (I32[(type >>> 2) + L.TYPE_NAME] === 0) return unmadeName(T.typeId(type));
  const name = toJS(I32[(type >>> 2) + L.TYPE_NAME]!);
  if (!T.isBuiltinType(type)) return name;
  const module = toJS(I32[(type >>> 2) + L.TYPE_MODULE]!);
  return module === 'builtins' ? name : `${module}.${name}`;
}

/** Where no interpreter has made the built-in types yet. */
const unmadeName = (id: number): string =>
  EXCEPTION_ROWS[id - T.T_EXCEPTIONS]?.[0] ?? typeDefinitions[id]?.name ?? 'object';
