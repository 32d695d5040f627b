/** The module `builtins` (https://docs.python.org/3.14/library/functions.html). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { root, unroot } from '../heap/context.js';
import { call1, callArgs, getAttr, lookupAttr } from '../objects/abstract.js';
import { lookupInType } from '../objects/attribute.js';
import { defineModule } from '../objects/define.js';
import { dictSnapshot } from '../objects/dict.js';
import { EXCEPTION_ROWS, exceptionId, exceptionType, pendingException, raise } from '../objects/exceptions.js';
import { listFromIterable, newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { typeOf } from '../objects/object.js';
import { intern } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { localsDict } from '../vm/rare/names.js';
import { buildClass } from './build-class.js';
import { numberFunctions } from './builtins-numbers.js';
import { objectFunctions } from './builtins-objects.js';
import { compile, evalBuiltin, exec } from './compile.js';
import { currentFrame } from './frames.js';
import { importBuiltin } from './import-statement.js';
import { input, print } from './print.js';
import { siteBuiltins } from './site-builtins.js';
import { breakpoint } from './sys-hooks.js';

const I32 = i32;

/** Sorts a list of names in place through list.sort. */
function sortedList(list: number): number {
  if (list === 0) return 0;
  const slot = root(list);
  const sort = getAttr(list, intern('sort'));
  const r = sort === 0 ? 0 : callArgs(sort, []);
  unroot(slot);
  return r === 0 ? 0 : list;
}

/** dir(): names of the local scope, or what `__dir__` gives, sorted. */
function dir(args: number, n: number): number {
  if (n === 0) return sortedList(newListFromArray(dictSnapshot(localsDict(currentFrame())).keys));
  const f = lookupInType(typeOf(I32[args]), N.N_DIR);
  if (f === 0) return raise('TypeError', 'object does not provide __dir__');
  const names = call1(f, I32[args]);
  return names === 0 ? 0 : sortedList(listFromIterable(names));
}

function vars(args: number, n: number): number {
  if (n === 0) return localsDict(currentFrame());
  const d = lookupAttr(I32[args], N.N_DICT);
  if (d !== 0) return d;
  return pendingException() !== 0 ? 0 : raise('TypeError', 'vars() argument must have __dict__ attribute');
}

const TYPE_EXPORTS = [
  T.T_BOOL,
  T.T_BYTEARRAY,
  T.T_BYTES,
  T.T_CLASSMETHOD,
  T.T_COMPLEX,
  T.T_DICT,
  T.T_ENUMERATE,
  T.T_FILTER,
  T.T_FLOAT,
  T.T_FROZENSET,
  T.T_INT,
  T.T_LIST,
  T.T_MAP,
  T.T_MEMORYVIEW,
  T.T_OBJECT,
  T.T_PROPERTY,
  T.T_RANGE,
  T.T_REVERSED,
  T.T_SET,
  T.T_SLICE,
  T.T_STATICMETHOD,
  T.T_STR,
  T.T_SUPER,
  T.T_TUPLE,
  T.T_TYPE,
  T.T_ZIP,
  ...EXCEPTION_ROWS.map(([name]) => exceptionId(name)),
];

defineModule({
  name: 'builtins',
  doc: "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a builtin and need to refer\nto the builtin of that name; for example, in a module that\nwants to implement an open() function that wraps the\nbuilt-in open(), this module can be used directly.",
  functions: [
    ...numberFunctions,
    ...objectFunctions,
    ['__build_class__', buildClass, 'raw'],
    ['__import__', importBuiltin, '(name, globals=None, locals=None, fromlist=(), level=0)'],
    ['breakpoint', breakpoint, 'raw'],
    ['compile', compile, '(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)'],
    ['dir', dir, [0, 1]],
    ['eval', evalBuiltin, '(source, /, globals=None, locals=None)'],
    ['exec', exec, '(source, /, globals=None, locals=None, *, closure=None)'],
    ['globals', () => I32[currentFrame() + L.F_GLOBALS], [0, 0]],
    ['input', input, [0, 1]],
    ['locals', () => localsDict(currentFrame()), [0, 0]],
    ['print', print, 'raw'],
    ['vars', vars, [0, 1]],
  ],
  types: TYPE_EXPORTS,
  attributes: () => ({
    None: H.NONE,
    True: H.TRUE,
    False: H.FALSE,
    Ellipsis: H.ELLIPSIS,
    NotImplemented: H.NOT_IMPLEMENTED,
    __debug__: H.TRUE,
    EnvironmentError: exceptionType('OSError'),
    IOError: exceptionType('OSError'),
    ...siteBuiltins(),
  }),
});
