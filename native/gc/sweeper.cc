#include "sweeper.h"

#include <cstdlib>
#include <cstring>
#ifdef _WIN32
#include <windows.h>
#else
#include <sys/mman.h>
#endif

#include "../base/system.h"
#include "marker.h"

namespace protospace {

using namespace layout;

namespace {

constexpr uint32_t LINES = BLOCK_BYTES / CELL_BYTES;
// Blocks that a thread sweeps in search of a run before it claims a block.
constexpr uint32_t HELP_MOST = 16;
// An entry of the list is a block and its state.
constexpr uint32_t STATE_SHIFT = 24;
// Of the largest system pages in use.
constexpr uint64_t PAGE_BYTES = 65536;

// Where the tags of a block's cells lie: behind the blocks.
uint64_t tagsOf(const Space& space, uint32_t block) {
  return uint64_t{loadRelaxed(space.at(CTL_BLOCKS_END))} * BLOCK_BYTES + uint64_t{block} * LINES;
}

}  // namespace

void BlockSweeper::giveBack(uint64_t from, uint64_t to) {
#ifdef _WIN32
  DiscardVirtualMemory(space_.byteAt(from), to - from);
#else
  // Where the system refuses, the pages merely stay; the blocks are free all the same.
  (void)madvise(space_.byteAt(from), to - from, MADV_DONTNEED);
#endif
}

// Mark bytes of a free block are 0, so that the marker need not clear them. Their pages go where no other block has
// any.
void BlockSweeper::decommitMarks(uint32_t from, uint32_t to) {
  const uint64_t start = MARKS_BASE + uint64_t{from} * LINES;
  const uint64_t end = MARKS_BASE + uint64_t{to} * LINES;
  // Windows does not promise zeroes.
#ifndef _WIN32
  const uint64_t first = (start + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  const uint64_t last = end / PAGE_BYTES * PAGE_BYTES;
  if (first < last) {
    std::memset(space_.byteAt(start), 0, first - start);
    giveBack(first, last);
    std::memset(space_.byteAt(last), 0, end - last);
    return;
  }
#endif
  std::memset(space_.byteAt(start), 0, end - start);
}

void BlockSweeper::flushEmpty() {
  if (emptyFrom_ != emptyTo_) {
    if (!poison_) giveBack(uint64_t{emptyFrom_} * BLOCK_BYTES, uint64_t{emptyTo_} * BLOCK_BYTES);
    decommitMarks(emptyFrom_, emptyTo_);
  }
  for (uint32_t b = emptyFrom_; b < emptyTo_; b++) {
    storeRelaxed(space_.at(blockEntry(b) + BLK_DIRTY), 0);
    storeRelease(space_.at(blockEntry(b)), BLOCK_FREE);
  }
  emptyFrom_ = emptyTo_ = 0;
}

// Its state becomes free only when its memory is given back: other threads claim blocks meanwhile.
void BlockSweeper::emptyBlock(uint32_t block, bool mayKeep) {
  fillPoison(block * BLOCK_BYTES, BLOCK_BYTES);
  if (mayKeep && keep_ > 0 && !poison_) {
    keep_--;
    std::memset(space_.byteAt(MARKS_BASE + uint64_t{block} * LINES), 0, LINES);
    storeRelaxed(space_.at(blockEntry(block) + BLK_DIRTY), 1);
    storeRelease(space_.at(blockEntry(block)), BLOCK_FREE);
    return;
  }
  if (block != emptyTo_) {
    flushEmpty();
    emptyFrom_ = block;
  }
  emptyTo_ = block + 1;
}

void BlockSweeper::fillPoison(Address address, uint32_t bytes) {
  if (!poison_) return;
  for (uint32_t i = 0; i < bytes / 4; i++) *space_.at((address >> 2) + i) = POISON;
}

void BlockSweeper::freeHole(Address address, uint32_t bytes) {
  fillPoison(address, bytes);
  if (bytes < RUN_LEAST) return;
  freed_ += bytes;
  allocator_.pushRun(address, bytes);
}

void BlockSweeper::countLive(uint32_t tag, uint32_t cells) {
  if (tag != 0) addRelaxed(space_.at((LIMITS_BASE + tag * LIMIT_BYTES) / 4 + LIM_LIVE), cells);
}

void BlockSweeper::countTags(uint32_t block) {
  const uint8_t* marks = space_.byteAt(MARKS_BASE + uint64_t{block} * LINES);
  const uint8_t* tags = space_.byteAt(tagsOf(space_, block));
  uint32_t tag = 0;
  uint32_t cells = 0;
  for (uint32_t i = 0; i < LINES; i++) {
    if (marks[i] == 0) continue;
    if (tags[i] != tag) {
      countLive(tag, cells);
      tag = tags[i];
      cells = 0;
    }
    cells++;
  }
  countLive(tag, cells);
}

void BlockSweeper::sweepSmall(uint32_t block) {
  const uint8_t* marks = space_.byteAt(MARKS_BASE + uint64_t{block} * LINES);
  const Address base = block * BLOCK_BYTES;
  uint32_t live = 0;
  for (uint32_t i = 0; i < LINES; i++) live += isMark(marks[i]);
  live_ += live * CELL_BYTES;
  if (limits_ && live != 0) countTags(block);
  if (live == 0) {
    if (handOut_) return freeHole(base, BLOCK_BYTES);
    freed_ += BLOCK_BYTES;
    return emptyBlock(block, true);
  }
  for (uint32_t i = 0, hole = 0; i <= LINES; i++) {
    if (i < LINES && !isMark(marks[i])) continue;
    if (i > hole) freeHole(base + hole * CELL_BYTES, (i - hole) * CELL_BYTES);
    hole = i + 1;
  }
}

void BlockSweeper::sweepLarge(uint32_t block) {
  const uint32_t count = *space_.at(blockEntry(block) + BLK_COUNT);
  const uint64_t bytes = uint64_t{count} * BLOCK_BYTES;
  if (isMark(*space_.byteAt(MARKS_BASE + uint64_t{block} * LINES))) {
    live_ += bytes;
    if (limits_) countLive(*space_.byteAt(tagsOf(space_, block)), count * LINES);
    return;
  }
  freed_ += bytes;
  // One that is large against what may be kept would leave nothing for others.
  const bool mayKeep = count <= keep_ / 4;
  for (uint32_t i = 0; i < count; i++) emptyBlock(block + i, mayKeep);
}

// A block that was free before: its memory goes when enough others keep theirs. Other threads claim blocks meanwhile.
void BlockSweeper::freeBlock(uint32_t block) {
  if (*space_.at(blockEntry(block) + BLK_DIRTY) == 0) return;
  if (keep_ > 0) {
    keep_--;
    return;
  }
  uint32_t expected = BLOCK_FREE;
  if (casAcqRel(space_.at(blockEntry(block)), expected, BLOCK_LARGE_REST)) emptyBlock(block, false);
}

void BlockSweeper::sweep(uint32_t block, uint32_t state) {
  if (state == BLOCK_FREE) return freeBlock(block);
  if (state == BLOCK_SMALL) return sweepSmall(block);
  sweepLarge(block);
}

bool Sweeper::reserveList(uint32_t blocks) {
  if (blocks <= capacity_) return true;
  void* list = std::realloc(list_, blocks * sizeof(uint32_t));
  if (list == nullptr) return false;
  list_ = static_cast<uint32_t*>(list);
  capacity_ = blocks;
  return true;
}

void Sweeper::release() {
  std::free(list_);
  list_ = nullptr;
  capacity_ = 0;
}

bool Sweeper::list(const Space& space) {
  const uint32_t first = *space.at(CTL_BLOCKS_FIRST);
  const uint32_t top = loadAcquire(space.at(CTL_BLOCKS_TOP));
  if (!reserveList(top - first)) return false;
  space_ = space;
  count_ = 0;
  for (uint32_t block = first; block < top; block++) {
    const uint32_t state = loadAcquire(space.at(blockEntry(block)));
    const bool dirty = state == BLOCK_FREE && *space.at(blockEntry(block) + BLK_DIRTY) != 0;
    if (dirty || state == BLOCK_SMALL || state == BLOCK_LARGE) list_[count_++] = block | state << STATE_SHIFT;
  }
  return true;
}

void Sweeper::begin(bool poison, uint64_t marked) {
  poison_ = poison;
  marked_ = marked;
  cursor_ = helpers_ = 0;
  live_ = freed_ = 0;
  freeBefore_ = Allocator(space_).emptyStacks();
  storeRelease(space_.at(CTL_SWEEPING), SWEEP_ON);
}

uint32_t Sweeper::sweepSome(BlockSweeper& sweeper, uint32_t most) {
  uint32_t swept = 0;
  while (swept < most) {
    const uint32_t i = addAcqRel(&cursor_, 1);
    if (i >= count_) {
      storeRelaxed(&cursor_, count_);
      break;
    }
    sweeper.sweep(list_[i] & ((1u << STATE_SHIFT) - 1), list_[i] >> STATE_SHIFT);
    swept++;
  }
  return swept;
}

void Sweeper::account(BlockSweeper& sweeper) {
  sweeper.flushEmpty();
  __atomic_fetch_add(&live_, sweeper.live(), __ATOMIC_RELAXED);
  __atomic_fetch_add(&freed_, sweeper.freed(), __ATOMIC_RELAXED);
}

// As many as will be handed out before the next collection: what lives decides that (setThreshold in
// lib/heap/collect.ts).
uint32_t Sweeper::blocksToKeep() const {
  const uint32_t threshold = loadRelaxed(space_.at(CTL_GC_THRESHOLD_BLOCKS));
  const uint32_t least = threshold < KEEP_LEAST ? threshold : KEEP_LEAST;
  const uint32_t live = static_cast<uint32_t>(marked_ / LINES);
  return live > least ? live : least;
}

void Sweeper::finish() {
  BlockSweeper sweeper(space_, poison_, blocksToKeep(), false);
  sweepSome(sweeper, UINT32_MAX);
  account(sweeper);
  // Who comes later finds nothing to sweep, and counts nothing.
  while (__atomic_load_n(&helpers_, __ATOMIC_SEQ_CST) != 0) yieldProcessor();
  resetHints();
  storeRelaxed(space_.at(CTL_SWEPT_LIVE), static_cast<uint32_t>(live_));
  storeRelaxed(space_.at(CTL_SWEPT_FREED), freed_ > freeBefore_ ? static_cast<uint32_t>(freed_ - freeBefore_) : 0);
  storeRelaxed(space_.at(CTL_SWEPT_FREE), countFree());
  storeRelease(space_.at(CTL_SWEEPING), SWEEP_DONE);
}

// Sweeps one block; false when all are taken.
bool Sweeper::help() {
  __atomic_fetch_add(&helpers_, 1, __ATOMIC_SEQ_CST);
  BlockSweeper sweeper(space_, poison_, 0, true);
  const bool swept = sweepSome(sweeper, 1) != 0;
  if (swept) account(sweeper);
  __atomic_fetch_sub(&helpers_, 1, __ATOMIC_SEQ_CST);
  return swept;
}

Run Sweeper::getFreeCells(const Space& space, uint32_t least, uint32_t most, Word carrier) {
  Allocator allocator(space);
  for (uint32_t i = 0; i < HELP_MOST; i++) {
    const Run run = allocator.takeFree(least, most);
    if (run.address != 0) return run;
    if (!help()) break;
  }
  const Run run = allocator.getFreeCells(least, most, carrier);
  if (run.address != 0) return run;
  // The space is exhausted only when all is swept.
  while (loadAcquire(space.at(CTL_SWEEPING)) == SWEEP_ON) {
    if (!help()) yieldProcessor();
  }
  return allocator.getFreeCells(least, most, carrier);
}

// Whole blocks that are free or kept back: as occupancy in lib/heap/collect.ts.
uint32_t Sweeper::countFree() const {
  const uint32_t top = loadAcquire(space_.at(CTL_BLOCKS_TOP));
  uint32_t free = *space_.at(CTL_BLOCKS_END) - top - loadRelaxed(space_.at(CTL_RESERVE_BLOCKS));
  for (uint32_t block = *space_.at(CTL_BLOCKS_FIRST); block < top; block++) {
    const uint32_t state = loadRelaxed(space_.at(blockEntry(block)));
    free += state == BLOCK_FREE || state == BLOCK_RESERVED;
  }
  return free;
}

// Searches for blocks begin anew: each carrier's at its own place.
void Sweeper::resetHints() {
  storeRelaxed(space_.at(CTL_BLOCK_HEAD_LO), *space_.at(CTL_BLOCKS_FIRST));
  for (uint32_t i = 0; i < loadAcquire(space_.at(CTL_CARRIERS_USED)); i++)
    storeRelaxed(space_.at((CARRIERS_BASE + i * CARRIER_BYTES) / 4 + CAR_BLOCK_HINT), 0);
}

}  // namespace protospace
