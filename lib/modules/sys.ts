/** The module `sys` (https://docs.python.org/3.14/library/sys.html). */
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from '../objects/abstract.js';
import { call1, callArgs } from '../objects/call.js';
import { defineModule } from '../objects/define.js';
import { dictSetStr, newDict } from '../objects/dict.js';
import { exceptionType, raise, setException, typeName } from '../objects/exceptions.js';
import { intFromBigInt } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import { isStr, typeOf } from '../objects/object.js';
import { EMPTY, fromJS, intern, internStr } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment, currentFrame } from './frames.js';
import { flushDescriptor } from './output.js';

const I32 = i32;
const C = CARRIER;

function exit(args: number, n: number): number {
  const e = n === 0 ? callArgs(exceptionType('SystemExit'), []) : call1(exceptionType('SystemExit'), I32[args]);
  return e === 0 ? 0 : setException(e);
}

function setRecursionLimit(args: number): number {
  const limit = indexNumber(I32[args]);
  if (Number.isNaN(limit)) return 0;
  if (limit < 1) return raise('ValueError', 'recursion limit must be greater or equal than 1');
  I32[C + L.CAR_RECURSION_LIMIT] = Math.min(limit, 0x3fffffff);
  return H.NONE;
}

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

const none = (): number => H.NONE;

defineModule({
  name: 'sys',
  functions: [
    ['exit', exit, [0, 1]],
    ['getrecursionlimit', () => H.small(I32[C + L.CAR_RECURSION_LIMIT]), [0, 0]],
    ['setrecursionlimit', setRecursionLimit, [1, 1]],
    ['exc_info', excInfo, [0, 0]],
    ['exception', handled, [0, 0]],
    ['intern', internName, [1, 1]],
    ['getdefaultencoding', () => fromJS('utf-8'), [0, 0]],
    ['getfilesystemencoding', () => fromJS('utf-8'), [0, 0]],
    ['getfilesystemencodeerrors', () => fromJS('surrogateescape'), [0, 0]],
    ['is_finalizing', () => H.FALSE, [0, 0]],
    ['audit', none, 'raw'],
  ],
  attributes: () => ({
    maxsize: intFromBigInt(2n ** 63n - 1n),
    maxunicode: H.small(0x10ffff),
    byteorder: fromJS('little'),
    platform: fromJS(process.platform),
    version: fromJS('3.14.0 (protospace 0.1.0)'),
    hexversion: H.small(0x030e00f0),
    api_version: H.small(1013),
    copyright: fromJS('Copyright (c) Protospace contributors.'),
    executable: fromJS(process.execPath),
    prefix: fromJS('/usr'),
    warnoptions: newListFromArray([]),
    dont_write_bytecode: H.TRUE,
    meta_path: newListFromArray([]),
    path_hooks: newListFromArray([]),
    path_importer_cache: newDict(),
    platlibdir: fromJS('lib'),
    ps1: fromJS('>>> '),
  }),
});
void [T, EMPTY, intern, dictSetStr, currentEnvironment, currentFrame, flushDescriptor];
