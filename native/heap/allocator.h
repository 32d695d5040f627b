// The native twin of the global allocator (lib/heap/freelist.ts is the other, over the same words): blocks claimed by
// compare-and-swap of their state, free runs on lock-free stacks whose head carries an ABA tag (Treiber, 1986).
//
// word | writers | order | pairs with
// block state | claimRange, releaseBlocks, sweeper | cas acq_rel, store release | claimRange
// stack head {address, tag} | pushRun, popRun | cas acq_rel | the load acquire before it
// CTL_FREE_BYTES | pushRun, popAtLeast: add; emptyStacks: 0 | relaxed | statistics only
// run's next | pushRun before its cas | relaxed | popRun: may be stale, then the tag differs and the cas fails
#pragma once
#include "../base/space.h"

namespace protospace {

constexpr uint32_t BLOCK_FREE = 0;
constexpr uint32_t BLOCK_SMALL = 1;
constexpr uint32_t BLOCK_LARGE = 2;
constexpr uint32_t BLOCK_LARGE_REST = 3;
constexpr uint32_t BLOCK_RESERVED = 5;
constexpr uint32_t BLOCK_STACK = 4;
constexpr uint32_t BLK_COUNT = 1;
// Not 0 in a free block whose memory was not given back to the system.
constexpr uint32_t BLK_DIRTY = 2;
// Smallest run worth handing out, in bytes.
constexpr uint32_t RUN_LEAST = 256;
constexpr uint32_t RUN_CLASSES = 3;

struct Run {
  Address address;  // 0: none
  uint32_t bytes;
};

constexpr Word blockEntry(uint32_t block) { return (layout::BLOCKS_BASE + block * layout::BLOCK_ENTRY_BYTES) >> 2; }

class Allocator {
 public:
  explicit Allocator(const Space& space) : space_(space) {}

  // A run of at least `least` and at most `most` bytes (what is above goes back); address 0 when the space is
  // exhausted. `carrier`: the record of who asks, 0: none.
  Run getFreeCells(uint32_t least, uint32_t most, Word carrier = 0);
  // As getFreeCells, from the stacks alone.
  Run takeFree(uint32_t least, uint32_t most);
  // Takes all runs off the stacks, which nobody else may use meanwhile; their bytes.
  uint32_t emptyStacks();
  // Puts the free run [address, address + bytes) on its stack.
  void pushRun(Address address, uint32_t bytes);
  // `count` neighbouring blocks; address 0 when there are none. No range straddles 2 GiB or touches the last block.
  Address claimBlocks(uint32_t count, uint32_t state);
  void releaseBlocks(Address address, uint32_t count);

 private:
  Address popRun(uint32_t cls);
  Run popAtLeast(uint32_t least);
  Run split(Run run, uint32_t most);
  uint32_t claimRange(uint32_t from, uint32_t count, uint32_t state);
  Address claimFrom(Word hint, uint32_t count, uint32_t state);
  Address claimRunBlock(Word carrier);
  Address searchBlocks(uint32_t start, Word hint, uint32_t count, uint32_t state);
  void takeMemory(uint32_t block) const;
  void raiseTop(uint32_t end);

  Space space_;
};

}  // namespace protospace
