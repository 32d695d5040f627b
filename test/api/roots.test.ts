import assert from 'node:assert/strict';
import { parkHost, running } from '../../lib/api/host.js';
import { addRoot, dropCollectedRoot, rootCount } from '../../lib/api/roots.js';
import { NONE } from '../../lib/heap/handles.js';
import { allocatorKind } from '../../lib/heap/allocator.js';
import { createThread, mount, releaseThread, THREAD_DONE, THREAD_RUNNING, unmount } from '../../lib/heap/threads.js';
import { usingHost } from './helpers.js';

describe(`api/roots (${allocatorKind})`, () => {
  usingHost();

  it('a root given up by the collector of JavaScript ends at once while the host thread is mounted', () => {
    const slot = running(() => addRoot(NONE));
    const before = rootCount();
    dropCollectedRoot(slot);
    assert.equal(rootCount(), before - 1);
  });

  it('one given up while another thread is on the carrier was an uncaught error; it ends at the next operation', () => {
    const slot = running(() => addRoot(NONE));
    const before = rootCount();
    parkHost();
    const other = createThread(0);
    mount(other, THREAD_RUNNING);
    dropCollectedRoot(slot);
    unmount(THREAD_DONE);
    releaseThread(other);
    running(() => addRoot(NONE));
    assert.equal(rootCount(), before);
  });
});
