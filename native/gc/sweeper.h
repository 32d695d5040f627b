// The native sweeper: rebuilds the stacks of free runs from the mark bytes, gives empty blocks and their memory back;
// lib/heap/sweep.ts is the twin.
//
// Which blocks are swept is fixed while the world is stopped; then threads go on, while the addon's own thread sweeps.
// A block claimed after that is not in the list, so what is allocated there needs no mark; in a listed block nothing is
// allocated before it is swept, as its free runs were taken off the stacks. Whoever finds these empty sweeps some
// blocks itself. test/model/marking.ts searches the interleavings.
//
// word | writers | order | pairs with
// CTL_SWEEPING | begin: SWEEP_ON, with the world stopped; finish: SWEEP_DONE; settleSweep: 0 | store release | load
//     acquire of helpers and of whoever needs marks, block states or stacks at rest (waitForSweep in
//     lib/heap/freelist.ts)
// cursor | begin; whoever sweeps adds 1 | relaxed, the list is published by CTL_SWEEPING | -
// helpers | help: +1 before it looks at the cursor, -1 when it has swept | seq_cst | the end waits for 0
#pragma once
#include "../base/space.h"
#include "../heap/allocator.h"

namespace protospace {

// What freed words hold in stress mode: an object handle outside every space.
constexpr uint32_t POISON = static_cast<uint32_t>(-64);

// Values of CTL_SWEEPING besides 0.
constexpr uint32_t SWEEP_ON = 1;
constexpr uint32_t SWEEP_DONE = 2;

// So many empty blocks stay committed at least, if the threshold asks for them: 32 MiB.
constexpr uint32_t KEEP_LEAST = 1024;

// Sweeps single blocks. Each thread that sweeps has one of its own.
class BlockSweeper {
 public:
  // Of the empty blocks it meets the first `keep` keep their memory. `handOut`: an empty block becomes a free run.
  BlockSweeper(const Space& space, bool poison, uint32_t keep, bool handOut)
      : space_(space),
        allocator_(space),
        poison_(poison),
        handOut_(handOut),
        limits_(space.base != nullptr && loadRelaxed(space.at(layout::CTL_LIMITS_USED)) != 0),
        keep_(keep) {}
  // `state` is the block's when the list was made.
  void sweep(uint32_t block, uint32_t state);
  // To be called at last: gives back what was gathered.
  void flushEmpty();
  // Bytes that live in the blocks swept, and bytes that are free there.
  uint64_t live() const { return live_; }
  uint64_t freed() const { return freed_; }

 private:
  void sweepSmall(uint32_t block);
  void sweepLarge(uint32_t block);
  // Counts cells that live to the limits of environments: lib/heap/limits.ts.
  void countTags(uint32_t block);
  void countLive(uint32_t tag, uint32_t cells);
  void freeHole(Address address, uint32_t bytes);
  void fillPoison(Address address, uint32_t bytes);
  // Gives memory back to the system: bytes of the space, and mark bytes of the blocks [from, to).
  void giveBack(uint64_t from, uint64_t to);
  void decommitMarks(uint32_t from, uint32_t to);
  void emptyBlock(uint32_t block, bool mayKeep);
  void freeBlock(uint32_t block);

  Space space_;
  Allocator allocator_;
  bool poison_;
  bool handOut_;
  bool limits_;
  // Empty blocks that keep their memory: the lowest, which are claimed first again. Taking it back and faulting it in
  // costs more than the sweep. As many as will be handed out before the next collection.
  uint32_t keep_;
  // Empty blocks [emptyFrom_, emptyTo_) are given back together.
  uint32_t emptyFrom_ = 0;
  uint32_t emptyTo_ = 0;
  uint64_t live_ = 0;
  uint64_t freed_ = 0;
};

// One sweep after another over the whole space.
class Sweeper {
 public:
  Sweeper() = default;
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;
  // Lists the blocks to sweep. The program may run meanwhile: what it claims later is not swept. False when there is no
  // memory for the list.
  bool list(const Space& space);
  // Empties the stacks of free runs, the world being stopped, a list made and no sweep going on. `marked`: cells that
  // were.
  void begin(bool poison, uint64_t marked);
  // Sweeps what is listed and ends the sweep: CTL_SWEPT_LIVE, CTL_SWEPT_FREED and CTL_SWEPT_FREE say what came of it,
  // for settleSweep in lib/heap/collect.ts.
  void finish();
  // A run for a thread that found SWEEP_ON: as Allocator::getFreeCells, helped by sweeping some blocks. It may be
  // another copy of this library that sweeps; then this one has nothing listed.
  Run getFreeCells(const Space& space, uint32_t least, uint32_t most, Word carrier = 0);
  // Gives the memory of the list back.
  void release();

 private:
  bool reserveList(uint32_t blocks);
  uint32_t sweepSome(BlockSweeper& sweeper, uint32_t most);
  bool help();
  // Ends one thread's part.
  void account(BlockSweeper& sweeper);
  void resetHints();
  uint32_t countFree() const;
  uint32_t blocksToKeep() const;

  Space space_;
  bool poison_ = false;
  uint32_t* list_ = nullptr;
  uint32_t capacity_ = 0;
  uint32_t count_ = 0;
  uint32_t cursor_ = 0;
  uint32_t helpers_ = 0;
  uint64_t live_ = 0;
  uint64_t freed_ = 0;
  uint64_t freeBefore_ = 0;
  uint64_t marked_ = 0;
};

}  // namespace protospace
