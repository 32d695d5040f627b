// What is wanted of the system beyond the C library, so that the addon needs no C++ library: a lock for rare moments, a
// pause.
#pragma once
#ifdef _WIN32
#include <windows.h>
#else
#include <sched.h>
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
