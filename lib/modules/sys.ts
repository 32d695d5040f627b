/** The module `sys` (https://docs.python.org/3.14/library/sys.html). */
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { readStats } from '../heap/stats.js';
import { call1, callArgs, indexNumber, lookupSpecial } from '../objects/abstract.js';
import { defineModule } from '../objects/define.js';
import { builtinModuleNames } from './builtin-modules.js';
import { dictDelStr, newDict } from '../objects/dict.js';
import { clearException, exceptionType, pendingIs, raise, setException, typeName } from '../objects/exceptions.js';
import { newFloat, realValue } from '../objects/float.js';
import { intFromNumber, intToNumber } from '../objects/int.js';
import { newListFromArray, plainItems } from '../objects/list.js';
import { isInt, isKind, isStr, typeOf } from '../objects/object.js';
import { frozensetFrom } from '../objects/set.js';
import { fromJS, intern, internStr, STR_INTERNED } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { typeModified } from '../objects/type-version.js';
import { currentEnvironment } from './frames.js';
import { bootConstant } from '../objects/boot-constants.js';
import { stdlibModuleNames } from './stdlib-names.js';
import { asyncgenFunctions } from './sys-asyncgen.js';
import { frameFunctions } from './sys-frames.js';
import { hookFunctions } from './sys-hooks.js';
import { informationAttributes } from './sys-info.js';

const I32 = i32;
const C = CARRIER;
const none = (): number => H.NONE;

function exit(args: number, n: number): number {
  const e = n === 0 ? callArgs(exceptionType('SystemExit'), []) : call1(exceptionType('SystemExit'), I32[args]);
  return e === 0 ? 0 : setException(e);
}

// ---------------------------------------------------------------- limits

function setRecursionLimit(args: number): number {
  const limit = indexNumber(I32[args]);
  if (Number.isNaN(limit)) return 0;
  if (limit < 1) return raise('ValueError', 'recursion limit must be greater or equal than 1');
  I32[C + L.CAR_RECURSION_LIMIT] = Math.min(limit, 0x3fffffff);
  return H.NONE;
}

const digitsWord = (): number => (currentEnvironment() >>> 2) + L.ENVIRONMENT_INT_MAX_STR_DIGITS;

function setIntMaxStrDigits(args: number): number {
  const digits = indexNumber(I32[args]);
  if (Number.isNaN(digits)) return 0;
  if (digits !== 0 && digits < 640) return raise('ValueError', 'maxdigits must be >= 640 or 0 for unlimited');
  I32[digitsWord()] = digits + 1;
  return H.NONE;
}

/** Kept for programs that set it: a thread gives its carrier up when another waits, not by the clock. */
const switchInterval = { seconds: 0.005 };

function setSwitchInterval(args: number): number {
  const seconds = realValue(I32[args]);
  if (seconds === undefined) return raise('TypeError', `must be real number, not ${typeName(I32[args])}`);
  if (!(seconds > 0)) return raise('ValueError', 'switch interval must be strictly positive');
  switchInterval.seconds = seconds;
  return H.NONE;
}

// ---------------------------------------------------------------- exceptions and objects

const handled = (): number => {
  const e = I32[C + L.CAR_HANDLED];
  return e === 0 ? H.NONE : e;
};

function excInfo(): number {
  const e = handled();
  if (e === H.NONE) return tupleOf(H.NONE, H.NONE, H.NONE);
  const tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  return tupleOf(typeOf(e), e, tb === 0 ? H.NONE : tb);
}

function internName(args: number): number {
  const s = I32[args];
  return isStr(s) ? internStr(s) : raise('TypeError', `intern() argument must be str, not ${typeName(s)}`);
}

function isInterned(args: number): number {
  const s = I32[args];
  if (!isStr(s)) return raise('TypeError', `_is_interned() argument must be str, not ${typeName(s)}`);
  return H.fromBool(H.isChar(s) || (I32[s >>> 2] & STR_INTERNED) !== 0);
}

const N_SIZEOF = intern('__sizeof__');

function sizeOf(o: number): number {
  const f = lookupSpecial(typeOf(o), N_SIZEOF);
  const size = f === 0 ? raise('TypeError', `Type ${typeName(o)} doesn't define __sizeof__`) : call1(f, o);
  if (size === 0) return 0;
  if (!isInt(size)) return raise('TypeError', 'an integer is required');
  return intToNumber(size) < 0 ? raise('ValueError', '__sizeof__() should return >= 0') : size;
}

/** getsizeof(object, default): a default stands in for a TypeError. */
function getSizeOf(args: number): number {
  const size = sizeOf(I32[args]);
  if (size !== 0 || I32[args + 1] === 0 || !pendingIs('TypeError')) return size;
  clearException();
  return I32[args + 1];
}

/** Takes `__dict__` and `__weakref__` out of a class, for the copy with slots that dataclasses make of it. */
function clearTypeDescriptors(args: number): number {
  const type = I32[args];
  if (!isKind(type, L.KIND_TYPE))
    return raise('TypeError', `_clear_type_descriptors() argument must be type, not ${typeName(type)}`);
  if (T.isBuiltinType(type)) return raise('TypeError', 'argument is immutable');
  for (const name of ['__dict__', '__weakref__']) dictDelStr(I32[(type >>> 2) + L.TYPE_DICT], intern(name));
  typeModified(type);
  return H.NONE;
}

// ---------------------------------------------------------------- tracing, auditing, asynchronous generators

/** settrace(None) and setprofile(None) are what there is. */
const tracing =
  (name: string) =>
  (args: number): number =>
    I32[args] === H.NONE
      ? H.NONE
      : raise('NotImplementedError', `sys.${name}() is not there: the interpreter reports no events`);

function audit(args: number, n: number): number {
  if (n === 0) return raise('TypeError', 'audit expected at least 1 argument, got 0');
  return isStr(I32[args]) ? H.NONE : raise('TypeError', `audit() argument 1 must be str, not ${typeName(I32[args])}`);
}

function callTracing(args: number): number {
  const values = isKind(I32[args + 1], L.KIND_TUPLE) ? plainItems(I32[args + 1]) : undefined;
  if (values === undefined)
    return raise('TypeError', `call_tracing() argument 2 must be tuple, not ${typeName(I32[args + 1])}`);
  return callArgs(I32[args], values);
}

function setOriginDepth(args: number): number {
  const depth = indexNumber(I32[args]);
  if (Number.isNaN(depth)) return 0;
  if (depth < 0) return raise('ValueError', 'depth must be >= 0');
  return depth === 0 ? H.NONE : raise('NotImplementedError', 'coroutine origins are not tracked');
}

/** get_int_max_str_digits() and its like: a number that something computes. */
const counted = (value: () => number) => (): number => intFromNumber(value());

const stdlibNames = bootConstant(() => frozensetFrom(stdlibModuleNames().map(intern)));

defineModule({
  name: 'sys',
  doc: 'This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.\n',
  functions: [
    ...hookFunctions,
    ...frameFunctions,
    ['exit', exit, [0, 1]],
    ['getrecursionlimit', counted(() => I32[C + L.CAR_RECURSION_LIMIT]), [0, 0]],
    ['setrecursionlimit', setRecursionLimit, [1, 1]],
    ['get_int_max_str_digits', counted(() => (I32[digitsWord()] === 0 ? 4300 : I32[digitsWord()] - 1)), [0, 0]],
    ['set_int_max_str_digits', setIntMaxStrDigits, '(maxdigits)'],
    ['getswitchinterval', () => newFloat(switchInterval.seconds), [0, 0]],
    ['setswitchinterval', setSwitchInterval, [1, 1]],
    ['exc_info', excInfo, [0, 0]],
    ['exception', handled, [0, 0]],
    ['intern', internName, [1, 1]],
    ['_is_interned', isInterned, [1, 1]],
    ['_is_immortal', (args) => H.fromBool((I32[args] & 7) === 6), [1, 1]],
    ['_is_gil_enabled', () => H.FALSE, [0, 0]],
    ['getsizeof', getSizeOf, '(object, default=None)'],
    // There are no reference counts: every object counts as referred to once.
    ['getrefcount', () => H.small(1), [1, 1]],
    ['getallocatedblocks', counted(() => I32[L.CTL_BLOCKS_TOP] - I32[L.CTL_BLOCKS_FIRST]), [0, 0]],
    ['getunicodeinternedsize', counted(() => readStats().cellsAllocated), 'raw'],
    ['getdefaultencoding', () => fromJS('utf-8'), [0, 0]],
    ['getfilesystemencoding', () => fromJS('utf-8'), [0, 0]],
    ['getfilesystemencodeerrors', () => fromJS('surrogateescape'), [0, 0]],
    ['is_finalizing', () => H.FALSE, [0, 0]],
    ['is_stack_trampoline_active', () => H.FALSE, [0, 0]],
    ['is_remote_debug_enabled', () => H.FALSE, [0, 0]],
    ['settrace', tracing('settrace'), [1, 1]],
    ['setprofile', tracing('setprofile'), [1, 1]],
    ['_settraceallthreads', tracing('_settraceallthreads'), [1, 1]],
    ['_setprofileallthreads', tracing('_setprofileallthreads'), [1, 1]],
    ['gettrace', none, [0, 0]],
    ['getprofile', none, [0, 0]],
    ['call_tracing', callTracing, [2, 2]],
    ['audit', audit, 'raw'],
    [
      'addaudithook',
      () => raise('NotImplementedError', 'sys.addaudithook() is not there: the interpreter reports no events'),
      '(hook)',
    ],
    ...asyncgenFunctions,
    ['get_coroutine_origin_tracking_depth', () => H.small(0), [0, 0]],
    ['set_coroutine_origin_tracking_depth', setOriginDepth, '(depth)'],
    ['_get_cpu_count_config', () => H.small(-1), [0, 0]],
    ['_clear_type_cache', none, [0, 0]],
    ['_clear_internal_caches', none, [0, 0]],
    ['_clear_type_descriptors', clearTypeDescriptors, [1, 1]],
  ],
  attributes: () => ({
    stdlib_module_names: stdlibNames(),
    ...informationAttributes(),
    warnoptions: newListFromArray([]),
    dont_write_bytecode: H.TRUE,
    path_importer_cache: newDict(),
    builtin_module_names: builtinModuleNames(),
    _git: tupleOf(fromJS('Protospace'), fromJS(''), fromJS('')),
  }),
});
