/**
 * The files whose code runs at every allocation, call, store of a handle and operation on a container: they wait for nobody. lib/objects/sync.ts
 * is the one place below them where a carrier may wait, for another that is in a section; what such sections cost is counted at run time.
 */
export const HOT_PATHS = {
  allocation: [
    'lib/heap/alloc.ts',
    'lib/heap/allocator.ts',
    'lib/heap/freelist.ts',
    'lib/heap/atomics.ts',
    'lib/heap/handles.ts',
    'native/base/space.h',
    'native/heap/allocator.h',
    'native/heap/allocator.cc',
  ],
  contexts: ['lib/heap/context.ts'],
  barrier: ['lib/heap/barrier.ts', 'lib/heap/publish.ts', 'lib/heap/hold.ts'],
  interpreter: [
    'lib/vm/interpreter.ts',
    'lib/vm/slow.ts',
    'lib/vm/rare.ts',
    'lib/vm/call.ts',
    'lib/vm/native-call.ts',
    'lib/vm/arguments.ts',
    'lib/vm/function.ts',
    'lib/vm/tail-call.ts',
    'lib/vm/unwind.ts',
    'lib/vm/safepoint.ts',
    'lib/vm/generator-methods.ts',
    'lib/objects/call.ts',
  ],
  containers: [
    'lib/objects/object.ts',
    'lib/objects/attribute.ts',
    'lib/objects/shape.ts',
    'lib/objects/list.ts',
    'lib/objects/list-type.ts',
    'lib/objects/tuple.ts',
    'lib/objects/dict.ts',
    'lib/objects/dict-store.ts',
    'lib/objects/dict-type.ts',
    'lib/objects/set.ts',
    'lib/objects/set-type.ts',
    'lib/objects/iterators.ts',
    'lib/objects/bytearray.ts',
    'lib/objects/cell-type.ts',
    'lib/modules/deque.ts',
    'lib/modules/deque-shared.ts',
    'lib/modules/functools-lru.ts',
    'lib/modules/functools-lru-store.ts',
    'lib/threads/simple-queue.ts',
  ],
  'work stealing': ['lib/threads/deque.ts', 'lib/threads/inject.ts'],
};

/** Not even a section of a shared container: who competes here makes its step again, while another has got on. */
export const LOCK_FREE = [
  'lib/modules/deque.ts',
  'lib/modules/deque-shared.ts',
  'lib/threads/simple-queue.ts',
  'lib/threads/deque.ts',
  'lib/heap/freelist.ts',
];
export const SECTIONS = [/\b(begin|end|readBegin|readRetry|unlockObject)\s*\(/, 'a section'];

/** What a lock looks like, in either language; comments and strings are not looked at. */
export const LOCKS = [
  [/\bAtomics\s*\.\s*wait(Async)?\b/, 'Atomics.wait'],
  [/\bAtomics\s*\[/, 'Atomics by a computed name'],
  [/\b(lockWord|lockObject|backoff|callSleeper|blockInPlace)\s*\(/, 'a lock of the runtime'],
  [/['"][^'"]*\/(spin|backoff|block|io-lock|import-lock)\.js['"]/, 'a module of locks'],
  [/\b\w*mutex\w*\b/i, 'a mutex'],
  [/\b(lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable\w*|\w*semaphore\w*|call_once)\b/, 'a lock'],
  [/\b(pthread_\w+|futex|flock|sem_wait|EnterCriticalSection|WaitForSingleObject)\b/, 'a lock of the system'],
  [/\b(SetupLock|SetupGuard|yieldProcessor|sleepMillisecond|nanosleep|sched_yield)\b/, 'a wait'],
];

/** Hot files that may import such a module after all, and why. */
export const MAY_IMPORT = new Map([
  ['lib/threads/simple-queue.ts', 'who finds it empty parks: get(), not put() and get_nowait()'],
]);
