#include "carriers.h"

#include <initializer_list>

#include "allocator.h"

namespace protospace {

using namespace layout;

namespace {

// From here on no collection starts: as leaveSafe in lib/heap/threads.ts, for the other carrier. False while one goes
// on. A carrier that died RUNNING keeps collectors waiting as it is, which is well, as its stack may be in the middle
// of an instruction.
bool holdCollections(const Space& space, Word carrier) {
  uint32_t* state = space.at(carrier + CAR_STATE);
  uint32_t* requestWord = space.at(CTL_GC_REQUEST);
  const uint32_t self = *space.at(carrier + CAR_INDEX) + 1;
  if (loadAcquire(state) != CARRIER_RUNNING) {
    storeOrdered(state, CARRIER_RUNNING);
    const uint32_t request = loadOrdered(requestWord);
    if (request != 0 && request != self) {
      storeOrdered(state, CARRIER_SAFE);
      return false;
    }
  }
  if (loadAcquire(requestWord) != self) return true;
  // It may have died while it hastened a phase: the others' would end at once.
  storeRelaxed(space.at(CTL_MARK_CANCEL), 0);
  storeOrdered(requestWord, 0);
  return true;
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

// False: not now, as another carrier collects.
bool freeCarrier(const Space& space, Word carrier) {
  if (!holdCollections(space, carrier)) return false;
  breakLock(space, carrier);
  // It may have stored what it did not log.
  if (loadRelaxed(space.at(CTL_MARKING)) != 0) storeRelaxed(space.at(CTL_MARK_VOID), 1);
  const Word thread = *space.at(carrier + CAR_THREAD);
  if (thread != 0) endThread(space, thread);
  for (const uint32_t w : {CAR_THREAD, CAR_CONTEXT, CAR_BUMP, CAR_LIMIT, CAR_RUN_END, CAR_ESCAPE, CAR_RUN_START,
                           CAR_EXCEPTION, CAR_HANDLED, CAR_OLD_BUMP, CAR_OLD_LIMIT, CAR_LOCKED}) {
    storeRelaxed(space.at(carrier + w), 0);
  }
  storeRelease(space.at(carrier + CAR_STATE), CARRIER_FREE);
  return true;
}

// Frees the records that are marked; false when one is left. Each belongs to whoever takes its mark off.
bool freeMarked(const Space& space) {
  bool all = true;
  const uint32_t used = loadAcquire(space.at(CTL_CARRIERS_USED));
  for (uint32_t i = 0; i < used; i++) {
    const Word carrier = carrierAt(i);
    uint32_t* token = space.at(carrier + CAR_OS_THREAD);
    uint32_t seen = CARRIER_DEAD;
    if (loadAcquire(token) != CARRIER_DEAD || !casAcqRel(token, seen, 0)) continue;
    if (freeCarrier(space, carrier)) continue;
    storeOrdered(token, CARRIER_DEAD);
    all = false;
  }
  return all;
}

}  // namespace

void abandonCarrier(const Space& space, Word carrier, uint32_t token) {
  if (loadAcquire(space.at(carrier + CAR_STATE)) == CARRIER_FREE) return;
  if (!casAcqRel(space.at(carrier + CAR_OS_THREAD), token, CARRIER_DEAD)) return;
  storeOrdered(space.at(CTL_CARRIERS_DEAD), 1);
  freeDeadCarriers(space);
}

void freeDeadCarriers(const Space& space) {
  uint32_t* dead = space.at(CTL_CARRIERS_DEAD);
  while (__atomic_exchange_n(dead, 0, __ATOMIC_SEQ_CST) != 0) {
    if (freeMarked(space)) continue;
    storeOrdered(dead, 1);
    // Whoever gives this request back looks at the word afterwards.
    if (loadOrdered(space.at(CTL_GC_REQUEST)) != 0) return;
  }
}

}  // namespace protospace
