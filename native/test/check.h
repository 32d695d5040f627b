// A few lines instead of a test framework: CHECK counts failures and says where; a space made by hand.
#pragma once
#include <pthread.h>
#include <semaphore.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, bytes) static_cast<void>(address)
#define ASAN_UNPOISON_MEMORY_REGION(address, bytes) static_cast<void>(address)
#endif

#include "../base/space.h"
#include "../gc/sweeper.h"
#include "../heap/allocator.h"

inline int& failures() {
  static int count = 0;
  return count;
}

#define CHECK(condition)                                                 \
  do {                                                                   \
    if (!(condition)) {                                                  \
      std::printf("FAILED %s:%d: %s\n", __FILE__, __LINE__, #condition); \
      failures()++;                                                      \
    }                                                                    \
  } while (0)

namespace protospace {

// 16 MiB with an initialised control block, as lib/heap/memory.ts makes it, and a page behind it that nobody may touch.
class TestSpace {
 public:
  static constexpr uint64_t BYTES = 16u << 20;
  static constexpr uint64_t GUARD = 65536;
  TestSpace() {
    memory_ = static_cast<uint8_t*>(std::aligned_alloc(65536, BYTES + GUARD));
    if (memory_ == nullptr) std::abort();
    std::memset(memory_, 0, BYTES);
    ASAN_POISON_MEMORY_REGION(memory_ + BYTES, GUARD);
    space.base = memory_;
    space.bytes = BYTES;
    const uint32_t marksEnd = static_cast<uint32_t>(layout::MARKS_BASE + BYTES / layout::CELL_BYTES);
    first = (marksEnd + layout::BLOCK_BYTES - 1) / layout::BLOCK_BYTES;
    *space.at(layout::CTL_BLOCKS_FIRST) = first;
    *space.at(layout::CTL_BLOCKS_TOP) = first;
    *space.at(layout::CTL_BLOCKS_END) = BYTES / layout::BLOCK_BYTES;
  }
  ~TestSpace() {
    ASAN_UNPOISON_MEMORY_REGION(memory_ + BYTES, GUARD);
    std::free(memory_);
  }
  TestSpace(const TestSpace&) = delete;
  TestSpace& operator=(const TestSpace&) = delete;

  Space space;
  uint32_t first = 0;

 private:
  uint8_t* memory_;
};

// Sweeps at once, as a stopped collection does; the bytes that live.
inline uint64_t sweepAll(const Space& space, bool poison) {
  Sweeper sweeper;
  CHECK(sweeper.list(space));
  sweeper.begin(poison, 0);
  sweeper.finish();
  sweeper.release();
  return *space.at(layout::CTL_SWEPT_LIVE);
}

}  // namespace protospace

// Node's libuv is not there.
extern "C" int uv_thread_create(uintptr_t* id, void (*entry)(void*), void* argument) {
  struct Call {
    void (*entry)(void*);
    void* argument;
  };
  const auto run = [](void* call) -> void* {
    const Call c = *static_cast<Call*>(call);
    delete static_cast<Call*>(call);
    c.entry(c.argument);
    return nullptr;
  };
  static_assert(sizeof(pthread_t) == sizeof(uintptr_t), "as libuv's thread handle");
  return pthread_create(reinterpret_cast<pthread_t*>(id), nullptr, run, new Call{entry, argument});
}
extern "C" int uv_thread_join(uintptr_t* id) { return pthread_join(*reinterpret_cast<pthread_t*>(id), nullptr); }
extern "C" int uv_sem_init(void* semaphore, unsigned value) {
  return sem_init(static_cast<sem_t*>(semaphore), 0, value);
}
extern "C" void uv_sem_destroy(void* semaphore) { (void)sem_destroy(static_cast<sem_t*>(semaphore)); }
extern "C" void uv_sem_post(void* semaphore) { (void)sem_post(static_cast<sem_t*>(semaphore)); }
extern "C" void uv_sem_wait(void* semaphore) {
  while (sem_wait(static_cast<sem_t*>(semaphore)) != 0) {
  }
}
