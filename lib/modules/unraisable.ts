/** Exceptions that nobody can catch (callbacks, finalizers): sys.unraisablehook (https://docs.python.org/3.14/library/sys.html#sys.unraisablehook). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, repr } from '../objects/abstract.js';
import { storeRef } from '../heap/barrier.js';
import { clearException, takeException } from '../objects/exceptions.js';
import { isKind, typeOf } from '../objects/object.js';
import { fromJS, toJS } from '../objects/strings.js';
import { tupleItem } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { sysAttribute } from './print.js';
import { writeStderr } from './stderr.js';
import { defineStructSequence, newStructSequence } from './structseq.js';
import { formatException, formatUnraisable } from './traceback.js';

const I32 = i32;

const unraisableHookArgs = defineStructSequence({
  id: T.T_BLOCK_SYS,
  name: 'UnraisableHookArgs',
  module: 'sys',
  fields: ['exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object'],
  closed: true,
  doc: 'UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.',
});

function reprText(h: number): string {
  const r = repr(h);
  if (r !== 0) return toJS(r);
  clearException();
  return '<object repr() failed>';
}

/** sys.unraisablehook itself. */
export function unraisableHook(unraisable: number): number {
  const slot = root(unraisable);
  const value = tupleItem(unraisable, 1);
  const traceback = tupleItem(unraisable, 2);
  const message = tupleItem(unraisable, 3);
  const object = tupleItem(unraisable, 4);
  let head = message === H.NONE ? '' : toJS(message);
  if (object !== H.NONE) head = `${head === '' ? 'Exception ignored in' : head}: ${reprText(object)}\n`;
  else if (head !== '') head += ':\n';
  if (value !== H.NONE && traceback !== H.NONE && I32[(value >>> 2) + L.EXCEPTION_TRACEBACK] === 0)
    storeRef(value, L.EXCEPTION_TRACEBACK, traceback);
  writeStderr(head + (value === H.NONE ? '' : formatUnraisable(value)));
  unroot(slot);
  return H.NONE;
}

const isDefault = (hook: number): boolean =>
  hook === 0 || (isKind(hook, L.KIND_NATIVE) && toJS(I32[(hook >>> 2) + L.NATIVE_NAME]) === 'unraisablehook');

function callHook(hook: number, args: number): void {
  if (isDefault(hook)) unraisableHook(args);
  else if (call1(hook, args) === 0) {
    const e = takeException();
    writeStderr(`Exception ignored in sys.unraisablehook: ${reprText(hook)}\n${formatException(e)}`);
  }
}

/** Hands the pending exception to sys.unraisablehook: '`message`: repr(`object`)', object 0 for none. No exception is left. */
export function writeUnraisable(message: string, object: number): void {
  const e = takeException();
  const slot = root(e);
  const hook = sysAttribute('unraisablehook');
  if (hook !== H.NONE) {
    const traceback = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
    const args = newStructSequence(unraisableHookArgs, [
      typeOf(e),
      e,
      traceback === 0 ? H.NONE : traceback,
      message === '' ? H.NONE : fromJS(message),
      object === 0 ? H.NONE : object,
    ]);
    root(args);
    callHook(hook, args);
  }
  unroot(slot);
  clearException();
}
