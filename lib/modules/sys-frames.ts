/** What `sys` tells of the stack: frames and exceptions of this thread and others. */
import { root, unroot } from '../heap/context.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { carrierOf, eachThread } from '../heap/roots.js';
import { indexNumber } from '../objects/abstract.js';
import type { MethodRow } from '../objects/define.js';
import { dictGetStr, dictSet, newDict } from '../objects/dict.js';
import { raise } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import * as N from '../objects/names.js';
import { frameObject, pythonContext } from '../vm/frame-object.js';
import { currentFrame } from './frames.js';

const I32 = i32;
const C = CARRIER;

/** Depth argument: undefined with the exception set. */
function depthArgument(h: number): number | undefined {
  const depth = h === 0 ? 0 : indexNumber(h);
  return Number.isNaN(depth) ? undefined : Math.max(0, depth);
}

/** _getframe(depth=0). */
function getFrame(args: number, n: number): number {
  const depth = depthArgument(n > 0 ? I32[args] : 0);
  if (depth === undefined) return 0;
  const context = currentFrame(depth);
  return context === 0 ? raise('ValueError', 'call stack is not deep enough') : frameObject(context);
}

/** _getframemodulename(depth=0): `__name__` where the frame's function was defined; None when there is no such frame. */
function getFrameModuleName(args: number): number {
  const depth = depthArgument(I32[args]);
  if (depth === undefined) return 0;
  const context = currentFrame(depth);
  if (context === 0) return H.NONE;
  const module = I32[(I32[context + L.F_FUNCTION] >>> 2) + L.FUNCTION_MODULE];
  return module !== 0 ? module : dictGetStr(I32[context + L.F_GLOBALS], N.N_NAME) || H.NONE;
}

/** A dict by thread identity of what `value` gives for a thread (carrier 0: not on one); 0 leaves the thread out. */
function byThread(value: (thread: number, carrier: number) => number): number {
  const d = newDict();
  const slot = root(d);
  eachThread((t) => {
    if (I32[t + L.THR_IDENT] === 0 && I32[C + L.CAR_THREAD] !== t) return;
    const v = value(t, carrierOf(t));
    if (v !== 0) dictSet(d, intFromNumber(I32[t + L.THR_IDENT] >>> 0), v);
  });
  unroot(slot);
  return d;
}

/** The frame of a thread; other threads' only while they are parked, since a running one may leave it meanwhile. */
function threadFrame(t: number, carrier: number): number {
  if (carrier !== 0 && carrier !== C) return 0;
  const context = pythonContext(carrier === C ? I32[C + L.CAR_CONTEXT] : I32[t + L.THR_CONTEXT]);
  if (context === 0) return 0;
  return carrier === C ? frameObject(context) : I32[context + L.F_FRAME_OBJECT];
}

export const frameFunctions: readonly MethodRow[] = [
  ['_getframe', getFrame, [0, 1]],
  ['_getframemodulename', getFrameModuleName, '(depth=0)'],
  ['_current_frames', () => byThread(threadFrame), [0, 0]],
  [
    '_current_exceptions',
    () =>
      byThread((t, carrier) => {
        if (carrier !== 0 && carrier !== C) return 0;
        return I32[carrier === C ? C + L.CAR_HANDLED : t + L.THR_HANDLED] || H.NONE;
      }),
    [0, 0],
  ],
];
