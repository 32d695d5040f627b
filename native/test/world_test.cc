// Stopping the world without waiting: who is waited for, what stands afterwards, and that nobody runs meanwhile.
#include "../gc/world.h"

#include <initializer_list>

#include "../base/system.h"
#include "../heap/carriers.h"
#include "check.h"

using namespace protospace;
using namespace protospace::layout;

namespace {

constexpr uint32_t POLL_CALLBACKS = 32;

struct World : TestSpace {
  World() {
    word(CTL_CARRIERS_USED) = 2;
    for (uint32_t i = 0; i < 2; i++) word(carrierAt(i) + CAR_INDEX) = i;
    word(carrierAt(0) + CAR_STATE) = CARRIER_RUNNING;
    word(carrierAt(1) + CAR_STATE) = CARRIER_SAFE;
  }
  uint32_t& word(Word w) { return *space.at(w); }
};

void stopsThoseThatAreSafe() {
  World w;
  CHECK(stopWorld(w.space, carrierAt(0)) == Stop::Stopped);
  CHECK(w.word(CTL_GC_REQUEST) == 1);
  CHECK(w.word(carrierAt(1) + CAR_POLL) == POLL_COLLECT && w.word(carrierAt(0) + CAR_POLL) == 0);
  resumeWorld(w.space);
  CHECK(w.word(CTL_GC_REQUEST) == 0 && w.word(carrierAt(1) + CAR_POLL) == 0);
}

// The caller waits for it, and goes on with the same request.
void leavesTheRequestWhereOneRuns() {
  World w;
  w.word(carrierAt(1) + CAR_STATE) = CARRIER_RUNNING;
  CHECK(stopWorld(w.space, carrierAt(0)) == Stop::Asked);
  CHECK(w.word(CTL_GC_REQUEST) == 1 && w.word(carrierAt(1) + CAR_POLL) == POLL_COLLECT);
}

void leavesAnothersRequestAlone() {
  World w;
  w.word(CTL_GC_REQUEST) = 2;
  CHECK(stopWorld(w.space, carrierAt(0)) == Stop::Busy);
  CHECK(w.word(CTL_GC_REQUEST) == 2 && w.word(carrierAt(1) + CAR_POLL) == 0);
}

void saysThatCallbacksAreToRun() {
  World w;
  CHECK(stopWorld(w.space, carrierAt(0)) == Stop::Stopped);
  w.word(CTL_WEAK_PENDING) = CELL_BYTES;
  resumeWorld(w.space);
  for (uint32_t i = 0; i < 2; i++) CHECK(w.word(carrierAt(i) + CAR_POLL) == POLL_CALLBACKS);
}

// A row of segments of which one is in use: one behind it is kept, more are not.
void findsSpareStacks() {
  constexpr uint32_t SEGMENT = 16;
  for (const bool mounted : {false, true}) {
    World w;
    const Word thread = THREADS_BASE >> 2;
    const Word first = w.first * BLOCK_BYTES >> 2;
    w.word(CTL_THREADS_USED) = 1;
    w.word(thread + THR_STATE) = 3;
    w.word(thread + THR_STACK_BASE) = first;
    w.word(mounted ? carrierAt(0) + CAR_SEGMENT_END : thread + THR_SEGMENT_END) = first + SEGMENT;
    if (mounted) {
      w.word(thread + THR_CARRIER) = 1;
      w.word(carrierAt(0) + CAR_THREAD) = thread;
    }
    for (uint32_t segments = 1; segments <= 3; segments++) {
      const Word last = first + (segments - 1) * SEGMENT;
      w.word(last + SEG_END) = last + SEGMENT;
      w.word(last + SEG_NEXT) = 0;
      if (segments > 1) w.word(last - SEGMENT + SEG_NEXT) = last;
      CHECK(hasSpareStacks(w.space) == (segments == 3));
    }
    w.word(thread + THR_STATE) = 0;
    CHECK(!hasSpareStacks(w.space));
  }
}

// What both write while it is theirs: whoever runs, and whoever has stopped the world.
struct Shared {
  World world;
  uint32_t written = 0;
  uint32_t runs = 0;
  uint32_t ended = 0;
};

// As leaveSafe and enterSafe in lib/heap/threads.ts.
void mutate(void* argument) {
  Shared& s = *static_cast<Shared*>(argument);
  uint32_t* const state = &s.world.word(carrierAt(1) + CAR_STATE);
  while (loadAcquire(&s.ended) == 0) {
    __atomic_store_n(state, CARRIER_RUNNING, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&s.world.word(CTL_GC_REQUEST), __ATOMIC_SEQ_CST) == 0) {
      s.written++;
      storeRelease(&s.runs, s.runs + 1);
    }
    __atomic_store_n(state, CARRIER_SAFE, __ATOMIC_SEQ_CST);
  }
}

void nobodyRunsMeanwhile() {
  static Shared s;
  constexpr uint32_t STOPS = 2000;
  OwnThread thread;
  CHECK(thread.start(mutate, &s));
  for (uint32_t i = 0; i < STOPS; i++) {
    const uint32_t runs = loadAcquire(&s.runs);
    for (uint32_t k = 0; k < 1000 && loadAcquire(&s.runs) == runs; k++) yieldProcessor();
    const Stop stop = stopWorld(s.world.space, carrierAt(0));
    CHECK(stop != Stop::Busy);
    while (__atomic_load_n(&s.world.word(carrierAt(1) + CAR_STATE), __ATOMIC_SEQ_CST) == CARRIER_RUNNING)
      yieldProcessor();
    s.written++;
    resumeWorld(s.world.space);
  }
  storeRelease(&s.ended, 1);
  thread.join();
  CHECK(s.runs > 0 && s.written == s.runs + STOPS);
}

void countsACollection() {
  World w;
  w.word(CTL_CELLS_SINCE_GC) = 7;
  countCollection(w.space);
  CHECK(w.word(CTL_CELLS_SINCE_GC) == 0 && w.word(CTL_COLLECTIONS) == 1 && w.word(CTL_GC_EPOCH) == 1);
}

}  // namespace

int main() {
  stopsThoseThatAreSafe();
  leavesTheRequestWhereOneRuns();
  leavesAnothersRequestAlone();
  saysThatCallbacksAreToRun();
  findsSpareStacks();
  nobodyRunsMeanwhile();
  countsACollection();
  std::printf("world: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
