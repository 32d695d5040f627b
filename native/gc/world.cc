#include "world.h"

#include "../heap/carriers.h"

namespace protospace {

using namespace layout;

namespace {

// Looks at a carrier's state before the caller waits for it.
constexpr uint32_t SPINS = 2000;

bool stops(const uint32_t* state) {
  for (uint32_t i = 0; i < SPINS; i++) {
    if (loadOrdered(state) != CARRIER_RUNNING) return true;
  }
  return false;
}

// More than one segment behind the one in use?
bool isSpare(const Space& space, Word first, Word end) {
  Word s = first;
  while (s != 0 && *space.at(s + SEG_END) != end) s = *space.at(s + SEG_NEXT);
  const Word next = s == 0 ? 0 : *space.at(s + SEG_NEXT);
  return next != 0 && *space.at(next + SEG_NEXT) != 0;
}

}  // namespace

Stop stopWorld(const Space& space, Word carrier) {
  uint32_t seen = 0;
  const uint32_t self = loadRelaxed(space.at(carrier + CAR_INDEX)) + 1;
  if (!__atomic_compare_exchange_n(space.at(CTL_GC_REQUEST), &seen, self, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    return Stop::Busy;
  const uint32_t used = loadOrdered(space.at(CTL_CARRIERS_USED));
  for (uint32_t i = 0; i < used; i++) {
    if (i + 1 != self) __atomic_fetch_or(space.at(carrierAt(i) + CAR_POLL), POLL_COLLECT, __ATOMIC_SEQ_CST);
  }
  for (uint32_t i = 0; i < used; i++) {
    if (i + 1 != self && !stops(space.at(carrierAt(i) + CAR_STATE))) return Stop::Asked;
  }
  return Stop::Stopped;
}

void resumeWorld(const Space& space) {
  const bool callbacks = loadRelaxed(space.at(CTL_WEAK_PENDING)) != 0;
  const uint32_t used = loadOrdered(space.at(CTL_CARRIERS_USED));
  for (uint32_t i = 0; i < used; i++) {
    uint32_t* const poll = space.at(carrierAt(i) + CAR_POLL);
    __atomic_fetch_and(poll, ~POLL_COLLECT, __ATOMIC_SEQ_CST);
    if (callbacks) __atomic_fetch_or(poll, POLL_CALLBACKS, __ATOMIC_SEQ_CST);
  }
  storeOrdered(space.at(CTL_GC_REQUEST), 0);
  if (loadOrdered(space.at(CTL_CARRIERS_DEAD)) != 0) freeDeadCarriers(space);
}

bool hasSpareStacks(const Space& space) {
  const uint32_t threads = loadAcquire(space.at(CTL_THREADS_USED));
  for (uint32_t i = 0; i < threads; i++) {
    const Word t = threadAt(i);
    if (loadAcquire(space.at(t + THR_STATE)) == 0) continue;
    const Word end = *space.at(mountedWord(space, t, CAR_SEGMENT_END, THR_SEGMENT_END));
    if (isSpare(space, *space.at(t + THR_STACK_BASE), end)) return true;
  }
  return false;
}

void countCollection(const Space& space) {
  storeRelaxed(space.at(CTL_CELLS_SINCE_GC), 0);
  (void)addRelaxed(space.at(CTL_COLLECTIONS), 1);
  (void)addRelaxed(space.at(CTL_GC_EPOCH), 1);
}

}  // namespace protospace
