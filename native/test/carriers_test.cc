// Isolates that end while others collect: nothing of a thread changes during a collection, and nobody waits for ever.
#include "../heap/carriers.h"

#include <thread>
#include <vector>

#include "check.h"

using namespace protospace;
using namespace protospace::layout;

namespace {

constexpr uint32_t CARRIERS = 3;
constexpr uint32_t ROUNDS = 2000;
constexpr uint32_t THREAD_RUNNING = 3;
constexpr uint32_t COLLECTOR = CARRIERS + 1;

Word carrierAt(uint32_t i) { return (CARRIERS_BASE + i * CARRIER_BYTES) >> 2; }
Word threadAt(uint32_t i) { return (THREADS_BASE + i * THREAD_BYTES) >> 2; }
uint32_t loadOrdered(const uint32_t* p) { return __atomic_load_n(p, __ATOMIC_SEQ_CST); }
void storeOrdered(uint32_t* p, uint32_t v) { __atomic_store_n(p, v, __ATOMIC_SEQ_CST); }

// As leaveSafe in lib/heap/threads.ts.
void leaveSafe(const Space& space, Word carrier) {
  for (;;) {
    storeOrdered(space.at(carrier + CAR_STATE), CARRIER_RUNNING);
    if (loadOrdered(space.at(CTL_GC_REQUEST)) == 0) return;
    storeOrdered(space.at(carrier + CAR_STATE), CARRIER_SAFE);
    std::this_thread::yield();
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
  CHECK(loadAcquire(space.at(thread + THR_STATE)) == THREAD_DONE);
  CHECK(loadAcquire(space.at(carrier + CAR_STATE)) == CARRIER_FREE);
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
  storeOrdered(space.at(CTL_GC_REQUEST), 0);
}

void endsWhileOthersCollect() {
  TestSpace t;
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

}  // namespace

int main() {
  endsWhileOthersCollect();
  std::printf("carriers: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
