// Isolates that end while others collect: nothing of a thread changes during a collection, and nobody waits for ever.
#include "../heap/carriers.h"

#include <cstdlib>
#include <thread>
#include <vector>

#include "../base/system.h"
#include "../gc/world.h"
#include "check.h"

using namespace protospace;
using namespace protospace::layout;

namespace {

constexpr uint32_t CARRIERS = 3;
constexpr uint32_t ROUNDS = 2000;
constexpr uint32_t THREAD_RUNNING = 3;
constexpr uint32_t COLLECTOR = CARRIERS + 1;
// Milliseconds.
constexpr uint32_t PATIENCE = 20000;

// As leaveSafe in lib/heap/threads.ts.
void leaveSafe(const Space& space, Word carrier) {
  for (;;) {
    storeOrdered(space.at(carrier + CAR_STATE), CARRIER_RUNNING);
    if (loadOrdered(space.at(CTL_GC_REQUEST)) == 0) return;
    storeOrdered(space.at(carrier + CAR_STATE), CARRIER_SAFE);
    std::this_thread::yield();
  }
}

void waitUntilFree(const Space& space, Word carrier) {
  for (uint32_t i = 0; loadAcquire(space.at(carrier + CAR_STATE)) != CARRIER_FREE; i++) {
    if (i == PATIENCE) {
      std::printf("FAILED: nobody frees a record\n");
      std::abort();
    }
    sleepMillisecond();
  }
}

// An isolate that mounts a thread and ends in the safe state, or while it runs.
void live(const Space& space, uint32_t i, uint32_t round) {
  const Word carrier = carrierAt(i);
  const Word thread = threadAt(i);
  const uint32_t token = round * CARRIERS + i + 1;
  storeRelaxed(space.at(carrier + CAR_INDEX), i);
  storeRelaxed(space.at(carrier + CAR_OS_THREAD), token);
  leaveSafe(space, carrier);
  storeRelaxed(space.at(carrier + CAR_THREAD), thread);
  storeRelease(space.at(thread + THR_STATE), THREAD_RUNNING);
  if (round % 2 == 0) storeOrdered(space.at(carrier + CAR_STATE), CARRIER_SAFE);
  abandonCarrier(space, carrier, token);
  // At once, or when the collection that goes on is over.
  waitUntilFree(space, carrier);
  CHECK(loadAcquire(space.at(thread + THR_STATE)) == THREAD_DONE);
}

// Stops the world and looks twice.
void collect(const Space& space) {
  storeOrdered(space.at(CTL_GC_REQUEST), COLLECTOR);
  for (uint32_t i = 0; i < CARRIERS; i++)
    while (loadOrdered(space.at(carrierAt(i) + CAR_STATE)) == CARRIER_RUNNING) std::this_thread::yield();
  uint32_t before[CARRIERS];
  for (uint32_t i = 0; i < CARRIERS; i++) before[i] = loadAcquire(space.at(threadAt(i) + THR_STATE));
  std::this_thread::yield();
  for (uint32_t i = 0; i < CARRIERS; i++) CHECK(loadAcquire(space.at(threadAt(i) + THR_STATE)) == before[i]);
  resumeWorld(space);
}

void endsWhileOthersCollect() {
  TestSpace t;
  *t.space.at(CTL_CARRIERS_USED) = CARRIERS;
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < CARRIERS; i++)
    threads.emplace_back([&t, i] {
      for (uint32_t round = 0; round < ROUNDS; round++) live(t.space, i, round);
    });
  for (uint32_t round = 0; round < ROUNDS; round++) {
    collect(t.space);
    std::this_thread::yield();
  }
  for (std::thread& thread : threads) thread.join();
}

// Node ends the isolates that an isolate started before it cleans up after that one: the started one waited for the
// other's collection, for ever.
void startedOneEndsFirst() {
  TestSpace t;
  *t.space.at(CTL_CARRIERS_USED) = 2;
  const Word child = carrierAt(0);
  const Word parent = carrierAt(1);
  for (uint32_t i = 0; i < 2; i++) {
    *t.space.at(carrierAt(i) + CAR_INDEX) = i;
    *t.space.at(carrierAt(i) + CAR_OS_THREAD) = i + 1;
    *t.space.at(carrierAt(i) + CAR_STATE) = i == 0 ? CARRIER_SAFE : CARRIER_RUNNING;
    *t.space.at(carrierAt(i) + CAR_THREAD) = threadAt(i);
    *t.space.at(threadAt(i) + THR_STATE) = THREAD_RUNNING;
  }
  *t.space.at(CTL_GC_REQUEST) = 2;
  abandonCarrier(t.space, child, 1);
  // The collector may be reading its stack.
  CHECK(*t.space.at(child + CAR_STATE) == CARRIER_SAFE);
  CHECK(*t.space.at(threadAt(0) + THR_STATE) == THREAD_RUNNING);
  abandonCarrier(t.space, parent, 2);
  for (uint32_t i = 0; i < 2; i++) {
    CHECK(*t.space.at(carrierAt(i) + CAR_STATE) == CARRIER_FREE);
    CHECK(*t.space.at(threadAt(i) + THR_STATE) == THREAD_DONE);
  }
  CHECK(*t.space.at(CTL_GC_REQUEST) == 0);
}

}  // namespace

int main() {
  startedOneEndsFirst();
  endsWhileOthersCollect();
  std::printf("carriers: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
