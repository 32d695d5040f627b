/** Hooks of `sys`: what happens to a value at the prompt, an uncaught exception, one that cannot be raised. */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, callArgs, getAttr, repr } from '../objects/abstract.js';
import type { MethodRow } from '../objects/define.js';
import { dictSetStr } from '../objects/dict.js';
import { clearException, raise, takeException } from '../objects/exceptions.js';
import { isKind, typeOf } from '../objects/object.js';
import { concat } from '../objects/str.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { intrinsicHooks } from '../vm/intrinsics.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { sysAttribute } from './print.js';
import { flushStdout, writeStderr } from './stderr.js';
import { formatException } from './traceback.js';
import { unraisableHook } from './unraisable.js';

const I32 = i32;
const N_UNDERSCORE = intern('_');

/** displayhook(value): prints its repr and keeps it in builtins._, None apart. */
function displayHook(args: number): number {
  const value = I32[args];
  if (value === H.NONE) return H.NONE;
  const builtins = (): number => I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_BUILTINS];
  dictSetStr(builtins(), N_UNDERSCORE, H.NONE);
  if (sysAttribute('stdout') === H.NONE) return raise('RuntimeError', 'lost sys.stdout');
  const text = repr(value);
  if (text === 0) return 0;
  const out = sysAttribute('stdout');
  const slot = root(concat(text, fromJS('\n')));
  const write = getAttr(out, intern('write'));
  const ok = write === 0 ? 0 : call1(write, I32[slot]);
  unroot(slot);
  if (ok === 0) return 0;
  dictSetStr(builtins(), N_UNDERSCORE, value);
  return H.NONE;
}

intrinsicHooks.print = (value) => {
  const hook = sysAttribute('displayhook');
  return hook === 0 ? raise('RuntimeError', 'lost sys.displayhook') : call1(hook, value);
};

/** excepthook(exctype, value, traceback): prints them as the interpreter does. */
function exceptHook(args: number): number {
  const [value, traceback] = [I32[args + 1], I32[args + 2]];
  if (!isKind(value, L.KIND_EXCEPTION)) {
    writeStderr(
      `TypeError: print_exception(): Exception expected for value, ${toJS(I32[(typeOf(value) >>> 2) + L.TYPE_NAME])} found\n`,
    );
    return H.NONE;
  }
  if (traceback !== H.NONE && I32[(value >>> 2) + L.EXCEPTION_TRACEBACK] === 0)
    storeRef(value, L.EXCEPTION_TRACEBACK, traceback);
  writeStderr(formatException(value));
  return H.NONE;
}

const isNative = (hook: number, name: string): boolean =>
  isKind(hook, L.KIND_NATIVE) && toJS(I32[(hook >>> 2) + L.NATIVE_NAME]) === name;

/** Shows an exception nobody caught, through sys.excepthook. No exception is left. */
export function showException(e: number): void {
  const slot = root(e);
  flushStdout();
  const hook = sysAttribute('excepthook');
  if (hook === 0 || isNative(hook, 'excepthook')) writeStderr(formatException(e));
  else {
    const traceback = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
    if (callArgs(hook, [typeOf(e), e, traceback === 0 ? H.NONE : traceback]) === 0) {
      const second = root(takeException());
      writeStderr(`Error in sys.excepthook:\n${formatException(I32[second])}\nOriginal exception was:\n`);
      writeStderr(formatException(e));
    }
  }
  unroot(slot);
  clearException();
}

function unraisable(args: number): number {
  if (typeOf(I32[args]) !== T.typeHandle(T.T_BLOCK_SYS))
    return raise('TypeError', 'sys.unraisablehook argument type must be UnraisableHookArgs');
  return unraisableHook(I32[args]);
}

/** breakpointhook(*args, **kws): what PYTHONBREAKPOINT names, pdb.set_trace by default; nothing when that is '0'. */
function breakpointHook(args: number, n: number, kwnames: number): number {
  const target = process.env.PYTHONBREAKPOINT || 'pdb.set_trace';
  if (target === '0') return H.NONE;
  const dot = target.lastIndexOf('.');
  const module = importModule(currentEnvironment(), dot < 0 ? 'builtins' : target.slice(0, dot));
  const f = module === 0 ? 0 : getAttr(module, intern(target.slice(dot + 1)));
  if (f === 0) return 0;
  const count = n + (kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH]);
  return callArgs(f, Array.from(I32.subarray(args, args + count)), kwnames);
}

/** breakpoint(): calls sys.breakpointhook. */
export function breakpoint(args: number, n: number, kwnames: number): number {
  const hook = sysAttribute('breakpointhook');
  if (hook === 0) return raise('RuntimeError', 'lost sys.breakpointhook');
  const count = n + (kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH]);
  return callArgs(hook, Array.from(I32.subarray(args, args + count)), kwnames);
}

/** Each is also there as `__name__`, for programs that replaced it: see environment.ts. */
export const hookFunctions: readonly MethodRow[] = [
  ['displayhook', displayHook, [1, 1]],
  ['excepthook', exceptHook, [3, 3]],
  ['unraisablehook', unraisable, [1, 1]],
  ['breakpointhook', breakpointHook, 'raw'],
];
