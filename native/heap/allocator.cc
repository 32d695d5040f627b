#include "allocator.h"

#include "../base/system.h"

namespace protospace {

using namespace layout;

namespace {

constexpr uint32_t runClass(uint32_t bytes) { return bytes < 2048 ? 0 : bytes < 8192 ? 1 : 2; }
constexpr Word headWord(uint32_t cls) { return CTL_FREE_HEADS_0LO + cls * 2; }
constexpr uint64_t headOf(Address address, uint64_t old) { return (((old >> 32) + 1) << 32) | address; }
static_assert(CTL_FREE_HEADS_0LO % 2 == 0, "heads are 8-byte aligned");
constexpr uint32_t CLAIMED_ALL = UINT32_MAX;
// Blocks between the places where the carriers' searches begin.
constexpr uint32_t HOME_BLOCKS = 128;

}  // namespace

void Allocator::pushRun(Address address, uint32_t bytes) {
  uint64_t* head = space_.wideAt(headWord(runClass(bytes)));
  storeRelaxed(space_.at((address >> 2) + 1), bytes);
  addRelaxed(space_.at(CTL_FREE_BYTES), bytes);
  uint64_t seen = loadAcquire(head);
  do {
    storeRelaxed(space_.at(address >> 2), static_cast<Address>(seen));
  } while (!casAcqRel(head, seen, headOf(address, seen)));
}

Address Allocator::popRun(uint32_t cls) {
  uint64_t* head = space_.wideAt(headWord(cls));
  uint64_t seen = loadAcquire(head);
  for (;;) {
    const Address first = static_cast<Address>(seen);
    if (first == 0) return 0;
    const Address next = loadRelaxed(space_.at(first >> 2));
    if (casAcqRel(head, seen, headOf(next, seen))) return first;
  }
}

// Stacks whose every run is large enough come first; a run that is too small goes back.
Run Allocator::popAtLeast(uint32_t least) {
  for (uint32_t cls = runClass(least); cls < RUN_CLASSES; cls++) {
    const Address address = popRun(cls);
    if (address == 0) continue;
    const uint32_t bytes = loadRelaxed(space_.at((address >> 2) + 1));
    addRelaxed(space_.at(CTL_FREE_BYTES), 0 - bytes);
    if (bytes >= least) return {address, bytes};
    pushRun(address, bytes);
  }
  return {0, 0};
}

uint32_t Allocator::emptyStacks() {
  for (uint32_t cls = 0; cls < FREE_CLASSES; cls++) {
    uint64_t* head = space_.wideAt(headWord(cls));
    storeRelease(head, headOf(0, loadAcquire(head)));
  }
  const uint32_t bytes = loadRelaxed(space_.at(CTL_FREE_BYTES));
  storeRelaxed(space_.at(CTL_FREE_BYTES), 0);
  return bytes;
}

Run Allocator::takeFree(uint32_t least, uint32_t most) { return split(popAtLeast(least), most); }

Run Allocator::getFreeCells(uint32_t least, uint32_t most, Word carrier) {
  const Run run = takeFree(least, most);
  if (run.address != 0) return run;
  const Address block = claimRunBlock(carrier);
  return block == 0 ? Run{0, 0} : split({block, BLOCK_BYTES}, most);
}

// What is above `most` goes back.
Run Allocator::split(Run run, uint32_t most) {
  if (run.bytes > most && run.bytes - most >= RUN_LEAST) {
    pushRun(run.address + most, run.bytes - most);
    run.bytes = most;
  }
  return run;
}

void Allocator::raiseTop(uint32_t end) {
  uint32_t* word = space_.at(CTL_BLOCKS_TOP);
  uint32_t top = loadAcquire(word);
  while (top < end && !casAcqRel(word, top, end)) {
  }
}

// CLAIMED_ALL, or how many blocks were free before the first that was not (they are given back).
uint32_t Allocator::claimRange(uint32_t from, uint32_t count, uint32_t state) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t expected = BLOCK_FREE;
    // The first becomes BLOCK_LARGE when its count is known: the sweeper's list may be made meanwhile.
    const uint32_t wanted = state != BLOCK_LARGE ? state : BLOCK_LARGE_REST;
    if (casAcqRel(space_.at(blockEntry(from + i)), expected, wanted)) continue;
    for (uint32_t k = 0; k < i; k++) storeRelease(space_.at(blockEntry(from + k)), BLOCK_FREE);
    return i;
  }
  storeRelaxed(space_.at(blockEntry(from) + BLK_COUNT), count);
  if (state == BLOCK_LARGE) storeRelease(space_.at(blockEntry(from)), BLOCK_LARGE);
  return CLAIMED_ALL;
}

// For a small block that has none; and for its mark bytes (which are 0), as the world may be stopped when they are set.
void Allocator::takeMemory(uint32_t block) const {
  populatePages(space_.byteAt(uint64_t{block} * BLOCK_BYTES), BLOCK_BYTES);
  __atomic_store_n(space_.byteAt(MARKS_BASE + uint64_t{block} * (BLOCK_BYTES / CELL_BYTES)), 0, __ATOMIC_RELAXED);
}

Address Allocator::searchBlocks(uint32_t start, Word hint, uint32_t count, uint32_t state) {
  const uint32_t end = loadRelaxed(space_.at(CTL_BLOCKS_END)) - 1;
  constexpr uint32_t half = 0x80000000u / BLOCK_BYTES;
  for (uint32_t b = start; b + count <= end;) {
    if (b < half && b + count > half) {
      b = half;
      continue;
    }
    if (loadAcquire(space_.at(blockEntry(b))) != BLOCK_FREE) {
      b++;
      continue;
    }
    const uint32_t taken = claimRange(b, count, state);
    if (taken == CLAIMED_ALL) {
      raiseTop(b + count);
      if (hint != 0) storeRelaxed(space_.at(hint), b + 1);
      // The cells of small blocks count when a thread takes them.
      if (state == BLOCK_SMALL && loadRelaxed(space_.at(blockEntry(b) + BLK_DIRTY)) == 0) takeMemory(b);
      if (state != BLOCK_SMALL) addAcqRel(space_.at(CTL_CELLS_SINCE_GC), count * (BLOCK_BYTES / CELL_BYTES));
      return b * BLOCK_BYTES;
    }
    b += taken + 1;
  }
  return 0;
}

// Begins at the block that the word `hint` says (0: the first); it is moved on.
Address Allocator::claimFrom(Word hint, uint32_t count, uint32_t state) {
  const uint32_t first = loadRelaxed(space_.at(CTL_BLOCKS_FIRST));
  const uint32_t start = hint == 0 ? 0 : loadRelaxed(space_.at(hint));
  const Address found = searchBlocks(start > first ? start : first, hint, count, state);
  return found != 0 || start <= first ? found : searchBlocks(first, hint, count, state);
}

Address Allocator::claimBlocks(uint32_t count, uint32_t state) {
  return claimFrom(count == 1 ? CTL_BLOCK_HEAD_LO : 0, count, state);
}

// Each carrier searches from a place of its own, after a collection from there again: so it gets the blocks that its
// core has in its cache, not those that another one has just written.
Address Allocator::claimRunBlock(Word carrier) {
  if (carrier == 0) return claimBlocks(1, BLOCK_SMALL);
  uint32_t* hint = space_.at(carrier + CAR_BLOCK_HINT);
  if (loadRelaxed(hint) == 0) {
    const uint32_t first = loadRelaxed(space_.at(CTL_BLOCKS_FIRST));
    const uint32_t blocks = loadRelaxed(space_.at(CTL_BLOCKS_END)) - first;
    storeRelaxed(hint, first + loadRelaxed(space_.at(carrier + CAR_INDEX)) * HOME_BLOCKS % blocks);
  }
  return claimFrom(carrier + CAR_BLOCK_HINT, 1, BLOCK_SMALL);
}

void Allocator::releaseBlocks(Address address, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const Word entry = blockEntry(address / BLOCK_BYTES + i);
    storeRelaxed(space_.at(entry + BLK_DIRTY), 1);
    storeRelease(space_.at(entry), BLOCK_FREE);
  }
}

}  // namespace protospace
