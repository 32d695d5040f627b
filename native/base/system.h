// What is wanted of the system beyond the C library, so that the addon needs no C++ library: a lock for rare moments, a
// pause.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#ifdef _WIN32
#include <windows.h>
#else
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <time.h>
#endif

namespace protospace {

inline void yieldProcessor() {
#ifdef _WIN32
  SwitchToThread();
#else
  sched_yield();
#endif
}

inline void sleepMillisecond() {
#ifdef _WIN32
  Sleep(1);
#else
  const timespec pause = {0, 1000000};
  nanosleep(&pause, nullptr);
#endif
}

// Memory from this many bytes on comes from the system and goes back to it: the C library keeps what is freed, up to
// some dozen megabytes.
constexpr size_t PAGES_LEAST = 1 << 18;

// nullptr when the system refuses.
inline void* allocatePages(size_t bytes) {
#ifndef _WIN32
  if (bytes >= PAGES_LEAST) {
    void* pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages == MAP_FAILED ? nullptr : pages;
  }
#endif
  return std::malloc(bytes);
}

inline void freePages(void* pages, size_t bytes) {
#ifndef _WIN32
  if (bytes >= PAGES_LEAST) {
    munmap(pages, bytes);
    return;
  }
#else
  (void)bytes;
#endif
  std::free(pages);
}

// Takes memory for these pages at once, which costs a fifth less than at the first store to each. Older kernels refuse.
inline void populatePages(void* pages, size_t bytes) {
#ifdef __linux__
  constexpr int POPULATE_WRITE = 23;
  (void)madvise(pages, bytes, POPULATE_WRITE);
#else
  (void)pages;
  (void)bytes;
#endif
}

// CPU time of this thread in microseconds; where its clock is coarse, what it gives is as coarse.
inline double threadTime() {
#ifdef _WIN32
  FILETIME ignored, kernel, user;
  GetThreadTimes(GetCurrentThread(), &ignored, &ignored, &kernel, &user);
  const auto wide = [](FILETIME t) { return static_cast<double>(uint64_t{t.dwHighDateTime} << 32 | t.dwLowDateTime); };
  return (wide(kernel) + wide(user)) / 10;
#else
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
#endif
}

// Microseconds since some time in the past.
inline double passedTime() {
#ifdef _WIN32
  LARGE_INTEGER now, frequency;
  QueryPerformanceCounter(&now);
  QueryPerformanceFrequency(&frequency);
  return static_cast<double>(now.QuadPart) * 1e6 / static_cast<double>(frequency.QuadPart);
#else
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
#endif
}

// Waits at most so many milliseconds until the descriptor can be read, or has an error or an end to tell; false: it
// cannot.
inline bool waitReadable(int descriptor, int milliseconds) {
#ifdef _WIN32
  (void)descriptor;
  (void)milliseconds;
  return true;
#else
  pollfd entry = {descriptor, POLLIN, 0};
  return poll(&entry, 1, milliseconds) > 0;
#endif
}

#ifndef _WIN32
// libuv's, which Node exports: its threads and semaphores need no symbol of a newer C library.
extern "C" int uv_thread_create(uintptr_t* id, void (*entry)(void*), void* argument);
extern "C" int uv_thread_join(uintptr_t* id);
extern "C" int uv_sem_init(void* semaphore, unsigned value);
extern "C" void uv_sem_destroy(void* semaphore);
extern "C" void uv_sem_post(void* semaphore);
extern "C" void uv_sem_wait(void* semaphore);
#endif

// One thread of the addon's own, which does one thing after another and sleeps between them: waking it costs a tenth of
// making it. What it does next is given when it says that it is done, which may be before it has returned from that.
class OwnThread {
 public:
  // Has `entry` called after what was given before, which must have begun. False when the system refuses the thread.
  bool start(void (*entry)(void*), void* argument) {
    if (!started_ && !begin()) return false;
    argument_ = argument;
    __atomic_store_n(&entry_, entry, __ATOMIC_RELEASE);
    wake();
    return true;
  }

  // Returns when it has ended, after what was given before.
  void join() {
    if (!started_) return;
    while (__atomic_load_n(&entry_, __ATOMIC_ACQUIRE) != nullptr) yieldProcessor();
    wake();
#ifdef _WIN32
    WaitForSingleObject(handle_, INFINITE);
    CloseHandle(handle_);
    CloseHandle(semaphore_);
#else
    (void)uv_thread_join(&id_);
    uv_sem_destroy(semaphore_);
#endif
    started_ = false;
  }

 private:
  using Entry = void (*)(void*);

  void work() {
    for (;;) {
#ifdef _WIN32
      WaitForSingleObject(semaphore_, INFINITE);
#else
      uv_sem_wait(semaphore_);
#endif
      const Entry entry = __atomic_load_n(&entry_, __ATOMIC_ACQUIRE);
      if (entry == nullptr) return;
      void* const argument = argument_;
      __atomic_store_n(&entry_, nullptr, __ATOMIC_RELEASE);
      entry(argument);
    }
  }

#ifdef _WIN32
  bool begin() {
    semaphore_ = CreateSemaphoreW(nullptr, 0, 2, nullptr);
    if (semaphore_ == nullptr) return false;
    handle_ = CreateThread(nullptr, 0, &OwnThread::run, this, 0, nullptr);
    started_ = handle_ != nullptr;
    if (!started_) CloseHandle(semaphore_);
    return started_;
  }
  void wake() { ReleaseSemaphore(semaphore_, 1, nullptr); }
  static DWORD WINAPI run(void* self) {
    static_cast<OwnThread*>(self)->work();
    return 0;
  }
  HANDLE handle_ = nullptr;
  HANDLE semaphore_ = nullptr;
#else
  bool begin() {
    if (uv_sem_init(semaphore_, 0) != 0) return false;
    const auto run = [](void* self) { static_cast<OwnThread*>(self)->work(); };
    started_ = uv_thread_create(&id_, run, this) == 0;
    if (!started_) uv_sem_destroy(semaphore_);
    return started_;
  }
  void wake() { uv_sem_post(semaphore_); }
  uintptr_t id_ = 0;
  // Larger than uv_sem_t is anywhere.
  alignas(16) uint8_t semaphore_[128] = {};
#endif
  // Not null: what was given has not begun.
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
  bool started_ = false;
};

// Guards what happens once an environment: attaching and detaching. Nothing hot takes it.
class SetupLock {
 public:
  void lock() {
    while (__atomic_exchange_n(&taken_, true, __ATOMIC_ACQUIRE)) yieldProcessor();
  }
  void unlock() { __atomic_store_n(&taken_, false, __ATOMIC_RELEASE); }

 private:
  bool taken_ = false;
};

class SetupGuard {
 public:
  explicit SetupGuard(SetupLock& lock) : lock_(lock) { lock_.lock(); }
  ~SetupGuard() { lock_.unlock(); }
  SetupGuard(const SetupGuard&) = delete;
  SetupGuard& operator=(const SetupGuard&) = delete;

 private:
  SetupLock& lock_;
};

}  // namespace protospace
