// The space as C++ sees it: a base address and a size; words by index, memory order in the name of every access.
#pragma once
#include <cstddef>
#include <cstdint>

#include "layout.generated.h"

// The marker's innermost functions: compilers do not inline them by themselves.
#define PROTOSPACE_INLINE inline __attribute__((always_inline))
#define PROTOSPACE_APART __attribute__((noinline, cold))

namespace protospace {

using Address = uint32_t;  // byte address in the space
using Word = uint32_t;     // index of a 32-bit word in the space
using Handle = uint32_t;

struct Space {
  uint8_t* base = nullptr;
  uint64_t bytes = 0;

  uint32_t* at(Word word) const { return reinterpret_cast<uint32_t*>(base) + word; }
  uint64_t* wideAt(Word word) const { return reinterpret_cast<uint64_t*>(at(word)); }
  uint8_t* byteAt(uint64_t address) const { return base + address; }
};

inline uint32_t loadRelaxed(const uint32_t* p) { return __atomic_load_n(p, __ATOMIC_RELAXED); }
inline uint32_t loadAcquire(const uint32_t* p) { return __atomic_load_n(p, __ATOMIC_ACQUIRE); }
inline uint64_t loadAcquire(const uint64_t* p) { return __atomic_load_n(p, __ATOMIC_ACQUIRE); }
inline void storeRelaxed(uint32_t* p, uint32_t v) { __atomic_store_n(p, v, __ATOMIC_RELAXED); }
inline void storeRelease(uint32_t* p, uint32_t v) { __atomic_store_n(p, v, __ATOMIC_RELEASE); }
inline void storeRelease(uint64_t* p, uint64_t v) { __atomic_store_n(p, v, __ATOMIC_RELEASE); }
// Sequentially consistent: one order for all threads, between different words too.
inline uint32_t loadOrdered(const uint32_t* p) { return __atomic_load_n(p, __ATOMIC_SEQ_CST); }
inline void storeOrdered(uint32_t* p, uint32_t v) { __atomic_store_n(p, v, __ATOMIC_SEQ_CST); }
inline uint32_t addAcqRel(uint32_t* p, uint32_t v) { return __atomic_fetch_add(p, v, __ATOMIC_ACQ_REL); }
inline uint32_t addRelaxed(uint32_t* p, uint32_t v) { return __atomic_fetch_add(p, v, __ATOMIC_RELAXED); }

// Compare and swap; `expected` takes the value seen.
inline bool casAcqRel(uint32_t* p, uint32_t& expected, uint32_t desired) {
  return __atomic_compare_exchange_n(p, &expected, desired, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
inline bool casAcqRel(uint64_t* p, uint64_t& expected, uint64_t desired) {
  return __atomic_compare_exchange_n(p, &expected, desired, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

}  // namespace protospace
