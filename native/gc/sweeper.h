// The native sweeper: rebuilds the stacks of free runs from the mark bytes, gives empty blocks and their memory back;
// lib/heap/sweep.ts is the twin. The world is stopped.
#pragma once
#include "../base/space.h"
#include "../heap/allocator.h"

namespace protospace {

// What freed words hold in stress mode: an object handle outside every space.
constexpr uint32_t POISON = static_cast<uint32_t>(-64);

// Most blocks that stay committed though they are empty: 64 MiB.
constexpr uint32_t KEEP_MOST = 2048;

class Sweeper {
 public:
  Sweeper(const Space& space, bool poison) : space_(space), allocator_(space), poison_(poison) {}
  // Returns the bytes that live.
  uint64_t sweepAll();

 private:
  uint64_t sweepSmall(uint32_t block);
  uint64_t sweepLarge(uint32_t block);
  void freeHole(Address address, uint32_t bytes);
  void fillPoison(Address address, uint32_t bytes);
  // Gives the memory of [from, to) blocks back to the system.
  void decommit(uint32_t from, uint32_t to);
  void emptyBlock(uint32_t block);
  void flushEmpty();
  void freeBlock(uint32_t block);

  Space space_;
  Allocator allocator_;
  bool poison_;
  // Empty blocks that keep their memory: the lowest, which are claimed first again. Taking it back and faulting it in
  // anew costs more than filling it.
  uint32_t keep_ = 0;
  // Neighbouring empty blocks, given back in one call.
  uint32_t emptyFrom_ = 0;
  uint32_t emptyTo_ = 0;
};

}  // namespace protospace
