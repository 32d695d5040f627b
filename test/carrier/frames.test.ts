import assert from 'node:assert/strict';
import { CARRIER } from '../../lib/heap/carrier.js';
import { getCurrentContext } from '../../lib/heap/context.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import { boot } from '../../lib/modules/runtime.js';
import { pushMain } from '../../lib/carrier/frames.js';
import { compileSource } from '../../lib/modules/compile.js';
import { enterEnvironment, newEnvironment } from '../../lib/modules/environment.js';
import { moduleGet } from '../../lib/modules/modules.js';
import { intToNumber } from '../../lib/objects/int.js';
import { listLength } from '../../lib/objects/list.js';
import { run } from '../../lib/vm/interpreter.js';
import { allocatorKind } from '../../lib/heap/allocator.js';

describe(`carrier/frames (${allocatorKind})`, () => {
  let environment = 0;
  beforeEach(() => {
    mount(createThread(0), THREAD_HOST);
    boot();
    environment = newEnvironment();
    enterEnvironment(environment);
  });
  afterEach(() => releaseThread(unmount(THREAD_RUNNABLE)));

  const push = (code: string): number => {
    const handle = compileSource(code, 'test.py', 'exec', { lastValue: true });
    assert.notEqual(handle, 0);
    return pushMain(environment, handle);
  };

  it('RETURN_VALUE sets the return value of the context, which the pop promotes at its address', () => {
    const below = getCurrentContext();
    const frame = push('[1, 2, 3]');
    assert.equal(getCurrentContext(), frame);
    const result = run(frame);
    assert.equal(i32[frame + L.F_RETURN_VALUE], result);
    assert.equal(getCurrentContext(), below);
    assert.equal(listLength(result), 3);
  });

  it('a module returns None, and with lastValue its last expression', () => {
    assert.equal(intToNumber(run(push('x = 20\nx + 1'))), 21);
    const plain = compileSource('x = 5', 'test.py', 'exec');
    const frame = pushMain(environment, plain);
    assert.equal(i32[frame + L.F_RETURN_VALUE], 0);
    const none = run(frame);
    assert.equal(i32[frame + L.F_RETURN_VALUE], none);
  });

  it('every frame of Python knows its caller and its environment, by one load each', () => {
    const frame = push('def f(n):\n  return f(n - 1) if n else probe()\nprobe = len.__class__\nf');
    assert.equal(i32[frame + L.F_ENVIRONMENT], environment);
    assert.equal(i32[CARRIER + L.CAR_CONTEXT], frame);
    assert.notEqual(run(frame), 0);
    assert.notEqual(moduleGet(i32[(environment >>> 2) + L.ENVIRONMENT_MAIN_MODULE]!, 'f'), 0);
  });
});
