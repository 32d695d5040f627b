#include "carriers.h"

#include <initializer_list>

#include "../base/system.h"
#include "allocator.h"

namespace protospace {

using namespace layout;

namespace {

constexpr uint32_t SEG_NEXT = 2;
constexpr uint32_t SEG_BLOCKS = 3;

// From here on no collection starts: as leaveSafe in lib/heap/threads.ts, for the other carrier. One that died RUNNING
// keeps collectors waiting as it is, which is well, as its stack may be in the middle of an instruction.
void holdCollections(const Space& space, Word carrier) {
  uint32_t* state = space.at(carrier + CAR_STATE);
  const uint32_t self = *space.at(carrier + CAR_INDEX) + 1;
  while (loadAcquire(state) != CARRIER_RUNNING) {
    __atomic_store_n(state, CARRIER_RUNNING, __ATOMIC_SEQ_CST);
    const uint32_t request = __atomic_load_n(space.at(CTL_GC_REQUEST), __ATOMIC_SEQ_CST);
    if (request == 0 || request == self) break;
    __atomic_store_n(state, CARRIER_SAFE, __ATOMIC_SEQ_CST);
    sleepMillisecond();
  }
  if (loadAcquire(space.at(CTL_GC_REQUEST)) != self) return;
  // It may have died while it hastened a phase: the others' would end at once.
  storeRelaxed(space.at(CTL_MARK_CANCEL), 0);
  storeRelease(space.at(CTL_GC_REQUEST), 0);
}

// Takes off the lock of a section it was in: sections are done or undone, see lib/objects/sync.ts.
void breakLock(const Space& space, Word carrier) {
  const Handle locked = *space.at(carrier + CAR_LOCKED);
  if (locked == 0) return;
  uint32_t* word = space.at((locked >> 2) + W_SYNC);
  const uint32_t sync = loadAcquire(word);
  if (static_cast<int32_t>(sync) >= 0 || (sync & 0xff) != *space.at(carrier + CAR_INDEX) + 1) return;
  storeRelease(word, 0x80000000u | (((sync & ~0xffu) + 0x100) & 0x7fffff00u));
}

// As pushSmallStack in lib/heap/freelist.ts.
void pushSmallStack(const Space& space, Word segment) {
  uint64_t* head = space.wideAt(CTL_STACK_HEAD_LO);
  uint64_t seen = loadAcquire(head);
  uint64_t wanted;
  do {
    storeRelaxed(space.at(segment), static_cast<uint32_t>(seen));
    wanted = (((seen >> 32) + 1) << 32) | (segment << 2);
  } while (!casAcqRel(head, seen, wanted));
}

void releaseStack(const Space& space, Word first) {
  Allocator allocator(space);
  for (Word s = first; s != 0;) {
    const Word next = *space.at(s + SEG_NEXT);
    const uint32_t blocks = *space.at(s + SEG_BLOCKS);
    if (blocks == 0) {
      pushSmallStack(space, s);
    } else {
      allocator.releaseBlocks(s << 2, blocks);
    }
    s = next;
  }
}

void endThread(const Space& space, Word thread) {
  const bool host = loadAcquire(space.at(thread + THR_STATE)) == THREAD_HOST;
  if (host) {
    releaseStack(space, *space.at(thread + THR_STACK_BASE));
    for (uint32_t w = 1; w < THREAD_BYTES / 4; w++) storeRelaxed(space.at(thread + w), 0);
  } else {
    storeRelaxed(space.at(thread + THR_CONTEXT), 0);
    storeRelaxed(space.at(thread + THR_CARRIER), 0);
    for (const uint32_t w : {THR_EXCEPTION, THR_HANDLED, THR_WAIT_OBJECT}) storeRelaxed(space.at(thread + w), 0);
  }
  storeRelease(space.at(thread + THR_STATE), host ? THREAD_FREE : THREAD_DONE);
}

}  // namespace

void abandonCarrier(const Space& space, Word carrier, uint32_t token) {
  if (loadAcquire(space.at(carrier + CAR_STATE)) == CARRIER_FREE) return;
  if (*space.at(carrier + CAR_OS_THREAD) != token) return;
  holdCollections(space, carrier);
  breakLock(space, carrier);
  // It may have stored what it did not log.
  if (loadRelaxed(space.at(CTL_MARKING)) != 0) storeRelaxed(space.at(CTL_MARK_VOID), 1);
  const Word thread = *space.at(carrier + CAR_THREAD);
  if (thread != 0) endThread(space, thread);
  for (const uint32_t w : {CAR_THREAD, CAR_CONTEXT, CAR_BUMP, CAR_LIMIT, CAR_RUN_END, CAR_ESCAPE, CAR_RUN_START,
                           CAR_EXCEPTION, CAR_HANDLED, CAR_OLD_BUMP, CAR_OLD_LIMIT, CAR_LOCKED, CAR_OS_THREAD}) {
    storeRelaxed(space.at(carrier + w), 0);
  }
  storeRelease(space.at(carrier + CAR_STATE), CARRIER_FREE);
}

}  // namespace protospace
