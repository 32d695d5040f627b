/** What jobs push to be run, and what they do when it is done. */
import { CARRIER } from '../heap/carrier.js';
import { CTX_ENTRY, root } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { moduleDict, moduleGet } from '../modules/modules.js';
import { callArgs, getAttr } from '../objects/abstract.js';
import { pushArguments } from '../objects/call.js';
import { clearException, pendingException } from '../objects/exceptions.js';
import { intern } from '../objects/strings.js';
import { pushFunction } from '../vm/call.js';
import { newFunction } from '../vm/function.js';

const I32 = i32;
const C = CARRIER;

/** Pushes the frame of module code in `__main__` as the thread's first: nothing of JavaScript lies below it. Returns it, or 0. */
export function pushMain(environment: number, code: number): number {
  const w = environment >>> 2;
  const globals = moduleDict(I32[w + L.ENVIRONMENT_MAIN_MODULE]!);
  const f = newFunction(code, globals, I32[w + L.ENVIRONMENT_BUILTINS]!, environment);
  root(f);
  const frame = pushFunction(f, I32[I32[C + L.CAR_CONTEXT]! + L.F_SP]!, 0, 0, CTX_ENTRY);
  if (frame !== 0) I32[frame + L.F_LOCALS_DICT] = globals;
  return frame;
}

/** Pushes the call of Python function `f`; its frame, or 0 with the exception set. */
export function pushCall(f: number, args: readonly number[]): number {
  root(f);
  const a = pushArguments(args.length);
  for (let i = 0; i < args.length; i++) I32[a + i] = args[i]!;
  return pushFunction(f, a, args.length, 0, CTX_ENTRY);
}

/** Flushes sys.stdout and sys.stderr. */
export function flushStreams(environment: number): void {
  for (const name of ['stdout', 'stderr']) {
    const stream = moduleGet(I32[(environment >>> 2) + L.ENVIRONMENT_SYS]!, name);
    const flush = stream === 0 || stream === H.NONE ? 0 : getAttr(stream, intern('flush'));
    if (flush !== 0) callArgs(flush, []);
    if (pendingException() !== 0) clearException();
  }
}
