// What is wanted of the system beyond the C library, so that the addon needs no C++ library: a lock for rare moments, a
// pause.
#pragma once
#include <cstdint>
#ifdef _WIN32
#include <windows.h>
#else
#include <poll.h>
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
// libuv's, which Node exports: its threads need no symbol of a newer C library.
extern "C" int uv_thread_create(uintptr_t* id, void (*entry)(void*), void* argument);
extern "C" int uv_thread_join(uintptr_t* id);
#endif

// One thread of the addon's own at a time. Started and joined by one thread at a time.
class OwnThread {
 public:
  // False when the system refuses.
  bool start(void (*entry)(void*), void* argument) {
    join();
#ifdef _WIN32
    entry_ = entry;
    argument_ = argument;
    handle_ = CreateThread(nullptr, 0, &OwnThread::run, this, 0, nullptr);
    started_ = handle_ != nullptr;
#else
    started_ = uv_thread_create(&id_, entry, argument) == 0;
#endif
    return started_;
  }

  // Returns when it has ended.
  void join() {
    if (!started_) return;
    started_ = false;
#ifdef _WIN32
    WaitForSingleObject(handle_, INFINITE);
    CloseHandle(handle_);
#else
    (void)uv_thread_join(&id_);
#endif
  }

 private:
#ifdef _WIN32
  static DWORD WINAPI run(void* self) {
    static_cast<OwnThread*>(self)->entry_(static_cast<OwnThread*>(self)->argument_);
    return 0;
  }
  void (*entry_)(void*) = nullptr;
  void* argument_ = nullptr;
  HANDLE handle_ = nullptr;
#else
  uintptr_t id_ = 0;
#endif
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
