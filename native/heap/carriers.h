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

// Bits of CAR_POLL: lib/heap/carrier.ts.
constexpr uint32_t POLL_COLLECT = 1;
constexpr uint32_t POLL_CALLBACKS = 32;

// Words of a stack segment: lib/heap/context.ts.
constexpr uint32_t SEG_END = 1;
constexpr uint32_t SEG_NEXT = 2;
constexpr uint32_t SEG_BLOCKS = 3;

constexpr Word carrierAt(uint32_t index) { return (layout::CARRIERS_BASE + index * layout::CARRIER_BYTES) >> 2; }
constexpr Word threadAt(uint32_t index) { return (layout::THREADS_BASE + index * layout::THREAD_BYTES) >> 2; }

// Word of a value that the carrier has while the thread is mounted, else the thread's record.
inline Word mountedWord(const Space& space, Word thread, uint32_t onCarrier, uint32_t onThread) {
  const Word mounted = *space.at(thread + layout::THR_CARRIER);
  const Word carrier = mounted == 0 ? 0 : carrierAt(mounted - 1);
  const bool on = carrier != 0 && *space.at(carrier + layout::CAR_THREAD) == thread;
  return on ? carrier + onCarrier : thread + onThread;
}

// CAR_OS_THREAD of a record whose isolate has ended while another carrier collected.
constexpr uint32_t CARRIER_DEAD = 0xffffffffu;

// Frees the carrier record if it still belongs to the isolate `token` (CAR_OS_THREAD). A thread mounted on it is done;
// a host thread's record is freed too. While another carrier collects the record is only marked: that one may be ending
// as well, and Node has it wait for the isolates it started, of which this may be one. lib/heap/abandon.ts is the twin.
void abandonCarrier(const Space& space, Word carrier, uint32_t token);

// Frees what has been marked; to be called after CTL_GC_REQUEST was given back, when CTL_CARRIERS_DEAD is not 0.
void freeDeadCarriers(const Space& space);

}  // namespace protospace
