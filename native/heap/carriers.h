// What an isolate leaves behind when it ends, however it ends: its carrier record and the thread mounted on it.
#pragma once
#include "../base/space.h"

namespace protospace {

constexpr uint32_t CARRIER_FREE = 0;
constexpr uint32_t CARRIER_RUNNING = 2;
constexpr uint32_t CARRIER_SAFE = 3;
constexpr uint32_t THREAD_FREE = 0;
constexpr uint32_t THREAD_DONE = 5;
constexpr uint32_t THREAD_HOST = 6;

// Frees the carrier record if it still belongs to the isolate `token` (CAR_OS_THREAD). A thread mounted on it is done;
// a host thread's record is freed too. Waits while a collection goes on. lib/heap/abandon.ts is the twin.
void abandonCarrier(const Space& space, Word carrier, uint32_t token);

}  // namespace protospace
