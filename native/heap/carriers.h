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

// CAR_OS_THREAD of a record whose isolate has ended while another carrier collected.
constexpr uint32_t CARRIER_DEAD = 0xffffffffu;

// Frees the carrier record if it still belongs to the isolate `token` (CAR_OS_THREAD). A thread mounted on it is done;
// a host thread's record is freed too. While another carrier collects the record is only marked: that one may be ending
// as well, and Node has it wait for the isolates it started, of which this may be one. lib/heap/abandon.ts is the twin.
void abandonCarrier(const Space& space, Word carrier, uint32_t token);

// Frees what has been marked; to be called after CTL_GC_REQUEST was given back, when CTL_CARRIERS_DEAD is not 0.
void freeDeadCarriers(const Space& space);

}  // namespace protospace
