#include "sweeper.h"

#include <cstring>
#ifdef _WIN32
#include <windows.h>
#else
#include <sys/mman.h>
#endif

namespace protospace {

using namespace layout;

namespace {
constexpr uint32_t LINES = BLOCK_BYTES / CELL_BYTES;
}

void Sweeper::decommit(uint32_t from, uint32_t to) {
  void* start = space_.byteAt(uint64_t{from} * BLOCK_BYTES);
  const size_t bytes = static_cast<size_t>(to - from) * BLOCK_BYTES;
#ifdef _WIN32
  DiscardVirtualMemory(start, bytes);
#else
  // Where the system refuses, the pages merely stay; the blocks are free all the same.
  (void)madvise(start, bytes, MADV_DONTNEED);
#endif
}

void Sweeper::flushEmpty() {
  if (emptyFrom_ != emptyTo_ && !poison_) decommit(emptyFrom_, emptyTo_);
  for (uint32_t b = emptyFrom_; b < emptyTo_; b++) {
    storeRelaxed(space_.at(blockEntry(b) + BLK_DIRTY), 0);
    storeRelease(space_.at(blockEntry(b)), BLOCK_FREE);
  }
  emptyFrom_ = emptyTo_ = 0;
}

// Its state becomes free only when its memory is given back: a thread being created may claim blocks meanwhile.
void Sweeper::emptyBlock(uint32_t block) {
  if (keep_ > 0 && !poison_) {
    keep_--;
    storeRelaxed(space_.at(blockEntry(block) + BLK_DIRTY), 1);
    storeRelease(space_.at(blockEntry(block)), BLOCK_FREE);
    return;
  }
  if (block != emptyTo_) {
    flushEmpty();
    emptyFrom_ = block;
  }
  emptyTo_ = block + 1;
  fillPoison(block * BLOCK_BYTES, BLOCK_BYTES);
}

void Sweeper::fillPoison(Address address, uint32_t bytes) {
  if (!poison_) return;
  for (uint32_t i = 0; i < bytes / 4; i++) *space_.at((address >> 2) + i) = POISON;
}

void Sweeper::freeHole(Address address, uint32_t bytes) {
  fillPoison(address, bytes);
  if (bytes >= RUN_LEAST) allocator_.pushRun(address, bytes);
}

uint64_t Sweeper::sweepSmall(uint32_t block) {
  const uint8_t* marks = space_.byteAt(MARKS_BASE + uint64_t{block} * LINES);
  const Address base = block * BLOCK_BYTES;
  uint64_t live = 0;
  for (uint32_t i = 0; i < LINES; i++) live += marks[i] != 0;
  if (live == 0) {
    emptyBlock(block);
    return 0;
  }
  for (uint32_t i = 0, hole = 0; i <= LINES; i++) {
    if (i < LINES && marks[i] == 0) continue;
    if (i > hole) freeHole(base + hole * CELL_BYTES, (i - hole) * CELL_BYTES);
    hole = i + 1;
  }
  return live * CELL_BYTES;
}

uint64_t Sweeper::sweepLarge(uint32_t block) {
  const uint32_t count = *space_.at(blockEntry(block) + BLK_COUNT);
  if (*space_.byteAt(MARKS_BASE + uint64_t{block} * LINES) != 0) return uint64_t{count} * BLOCK_BYTES;
  for (uint32_t i = 0; i < count; i++) emptyBlock(block + i);
  return 0;
}

// A block that was free before: its memory goes when enough others keep theirs. A thread being created may claim it
// meanwhile.
void Sweeper::freeBlock(uint32_t block) {
  if (*space_.at(blockEntry(block) + BLK_DIRTY) == 0) return;
  if (keep_ > 0) {
    keep_--;
    return;
  }
  uint32_t expected = BLOCK_FREE;
  if (casAcqRel(space_.at(blockEntry(block)), expected, BLOCK_LARGE_REST)) emptyBlock(block);
}

uint64_t Sweeper::sweepAll() {
  const uint32_t top = loadAcquire(space_.at(CTL_BLOCKS_TOP));
  uint64_t live = 0;
  const uint32_t threshold = loadRelaxed(space_.at(CTL_GC_THRESHOLD_BLOCKS));
  keep_ = threshold < KEEP_MOST ? threshold : KEEP_MOST;
  for (uint32_t cls = 0; cls < FREE_CLASSES; cls++) {
    uint64_t* head = space_.wideAt(CTL_FREE_HEADS_0LO + cls * 2);
    storeRelease(head, ((loadAcquire(head) >> 32) + 1) << 32);
  }
  for (uint32_t block = *space_.at(CTL_BLOCKS_FIRST); block < top; block++) {
    const uint32_t state = loadAcquire(space_.at(blockEntry(block)));
    if (state == BLOCK_FREE) freeBlock(block);
    if (state == BLOCK_SMALL) live += sweepSmall(block);
    if (state == BLOCK_LARGE) live += sweepLarge(block);
  }
  flushEmpty();
  storeRelaxed(space_.at(CTL_BLOCK_HEAD_LO), *space_.at(CTL_BLOCKS_FIRST));
  for (uint32_t i = 0; i < loadAcquire(space_.at(CTL_CARRIERS_USED)); i++)
    storeRelaxed(space_.at((CARRIERS_BASE + i * CARRIER_BYTES) / 4 + CAR_BLOCK_HINT), 0);
  return live;
}

}  // namespace protospace
