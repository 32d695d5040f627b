// Marker and sweeper on a heap made by hand.
#include "../base/system.h"
#include "../gc/marker.h"
#include "../gc/sweeper.h"
#include "../heap/carriers.h"
#include "check.h"

using namespace protospace;
using namespace protospace::layout;

namespace {

constexpr Word ROOT = ROOTS_BASE >> 2;

struct Heap : TestSpace {
  Allocator allocator{space};
  Address bump = 0;
  Address limit = 0;

  uint32_t& word(Word w) { return *space.at(w); }

  Handle object(uint32_t kind, uint32_t cells) {
    if (limit - bump < cells * CELL_BYTES) {
      const Run run = allocator.getFreeCells(BLOCK_BYTES, BLOCK_BYTES);
      bump = run.address;
      limit = run.address + run.bytes;
    }
    const Handle handle = bump;
    bump += cells * CELL_BYTES;
    for (uint32_t i = 0; i < cells * 16; i++) word((handle >> 2) + i) = 0;
    word(handle >> 2) = kind;
    word((handle >> 2) + W_CELLS) = cells;
    return handle;
  }

  Handle tuple(uint32_t items) {
    const Handle handle = object(KIND_TUPLE, (TUPLE_ITEMS + items + 15) / 16);
    word((handle >> 2) + TUPLE_LENGTH) = items;
    return handle;
  }

  uint32_t& item(Handle handle, uint32_t i) { return word((handle >> 2) + TUPLE_ITEMS + i); }
  uint8_t mark(Address address) { return *space.byteAt(MARKS_BASE + (address >> CELL_SHIFT)); }
};

void marksWhatIsReached() {
  Heap h;
  const Handle wide = h.tuple(40);
  const Handle leaf = h.tuple(1);
  const Handle garbage = h.tuple(1);
  const Address granules = h.object(KIND_GAP, 1);
  h.word(ROOT) = wide;
  h.item(wide, 39) = leaf;
  h.item(wide, 0) = granules | 2;
  h.item(wide, 1) = 7;
  h.item(leaf, 0) = wide;
  CHECK(Marker(h.space).markAll() == Fault::None);
  CHECK(h.mark(wide) == MARK_OBJECT && h.mark(wide + 64) == MARK_REST && h.mark(wide + 128) == MARK_REST);
  CHECK(h.mark(leaf) == MARK_OBJECT);
  CHECK(h.mark(granules) == MARK_GRANULES);
  CHECK(h.mark(garbage) == 0);
}

void sweepsToRuns() {
  Heap h;
  Handle kept[3];
  for (Handle& k : kept) {
    k = h.tuple(1);
    for (int i = 0; i < 9; i++) h.tuple(1);
  }
  for (uint32_t i = 0; i < 3; i++) h.word(ROOT + i) = kept[i];
  const Address large = h.allocator.claimBlocks(3, BLOCK_LARGE);
  CHECK(Marker(h.space).markAll() == Fault::None);
  CHECK(sweepAll(h.space, true) == 3 * CELL_BYTES);
  CHECK(h.word(blockEntry(large / BLOCK_BYTES)) == BLOCK_FREE);
  CHECK(h.word((kept[0] >> 2) + 16 + 2) == POISON);
  const Run first = h.allocator.getFreeCells(576, 576);
  CHECK(first.address == kept[1] + CELL_BYTES || first.address == kept[0] + CELL_BYTES);
  CHECK(first.bytes == 9 * CELL_BYTES);
}

// What lives counts to the limit that its cells are tagged with.
void countsLiveByTag() {
  Heap h;
  *h.space.at(CTL_BLOCKS_END) = TestSpace::BYTES / BLOCK_BYTES - 8;
  *h.space.at(CTL_LIMITS_USED) = 7;
  const auto tag = [&h](Address address) -> uint8_t& {
    return *h.space.byteAt(uint64_t{*h.space.at(CTL_BLOCKS_END)} * BLOCK_BYTES + (address >> CELL_SHIFT));
  };
  const auto live = [&h](uint32_t limit) { return h.word((LIMITS_BASE + limit * LIMIT_BYTES) / 4 + LIM_LIVE); };
  for (uint32_t i = 0; i < 12; i++) {
    const Handle t = h.tuple(20);
    for (uint32_t c = 0; c < 2; c++) tag(t + c * CELL_BYTES) = i < 4 ? 3 : i < 8 ? 7 : 0;
    if (i % 2 == 0) h.word(ROOT + i) = t;
  }
  const Address large = h.allocator.claimBlocks(3, BLOCK_LARGE);
  h.word(large >> 2) = KIND_BUFFER;
  h.word((large >> 2) + W_CELLS) = 1000;
  tag(large) = 7;
  h.word(ROOT + 20) = large;
  tag(h.allocator.claimBlocks(2, BLOCK_LARGE)) = 3;
  CHECK(Marker(h.space).markAll() == Fault::None);
  sweepAll(h.space, false);
  CHECK(live(0) == 0);
  CHECK(live(3) == 4);
  CHECK(live(7) == 4 + 3 * BLOCK_BYTES / CELL_BYTES);
}

// Threads take runs and fill them while the sweep goes on: nothing that was marked is handed out, nothing twice.
struct Taker {
  Sweeper* sweeper;
  Space space;
  uint32_t id;
  uint32_t count;
  Run runs[256];
};

void takeRuns(void* self) {
  auto* taker = static_cast<Taker*>(self);
  for (taker->count = 0; taker->count < 256; taker->count++) {
    const Run run = taker->sweeper->getFreeCells(taker->space, 512, 2048);
    if (run.address == 0) return;
    taker->runs[taker->count] = run;
    // Atomic, as popRun of another thread may still read the first word; then its swap fails.
    for (uint32_t w = 0; w < run.bytes / 4; w++) storeRelaxed(taker->space.at((run.address >> 2) + w), taker->id);
  }
}

bool kept(const Taker& taker) {
  for (uint32_t i = 0; i < taker.count; i++) {
    for (uint32_t w = 0; w < taker.runs[i].bytes / 4; w++) {
      if (*taker.space.at((taker.runs[i].address >> 2) + w) != taker.id) return false;
    }
  }
  return true;
}

void threadsGoOnWhileSweeping() {
  Heap h;
  Handle first = 0;
  for (uint32_t i = 0; i < 60000; i++) {
    const Handle made = h.tuple(2);
    h.item(made, 1) = i * 2 + 1;
    if (i % 20 != 0) continue;
    h.item(made, 0) = first;
    first = made;
  }
  h.word(ROOT) = first;
  CHECK(Marker(h.space).markAll() == Fault::None);
  Sweeper sweeper;
  CHECK(sweeper.list(h.space));
  sweeper.begin(false, 0);
  static Taker takers[2];
  OwnThread threads[3];
  for (uint32_t i = 0; i < 2; i++) {
    takers[i] = {&sweeper, h.space, 0xabc0 + i, 0, {}};
    CHECK(threads[i].start(takeRuns, &takers[i]));
  }
  CHECK(threads[2].start([](void* s) { static_cast<Sweeper*>(s)->finish(); }, &sweeper));
  for (OwnThread& thread : threads) thread.join();
  CHECK(h.word(CTL_SWEEPING) == SWEEP_DONE);
  CHECK(takers[0].count == 256 && takers[1].count == 256);
  CHECK(kept(takers[0]) && kept(takers[1]));
  uint32_t n = 0;
  for (Handle o = first; o != 0; o = h.item(o, 0), n++) CHECK(h.item(o, 1) % 40 == 1);
  CHECK(n == 3000);
  sweeper.release();
}

// A block claimed after the list was made is not swept, whatever its marks are.
void leavesLaterBlocksAlone() {
  Heap h;
  h.tuple(1);
  CHECK(Marker(h.space).markAll() == Fault::None);
  Sweeper sweeper;
  CHECK(sweeper.list(h.space));
  sweeper.begin(true, 0);
  const Address later = h.allocator.claimBlocks(1, BLOCK_SMALL);
  h.word(later >> 2) = KIND_TUPLE;
  sweeper.finish();
  CHECK(h.word(CTL_SWEPT_LIVE) == 0);
  CHECK(h.word(blockEntry(later / BLOCK_BYTES)) == BLOCK_SMALL && h.word(later >> 2) == KIND_TUPLE);
  CHECK(h.word(CTL_FREE_BYTES) == 0);
  sweeper.release();
}

// A full space is full only when all is swept.
void servesWhatIsSweptLast() {
  Heap h;
  uint32_t blocks = 0;
  while (h.allocator.claimBlocks(1, BLOCK_SMALL) != 0) blocks++;
  CHECK(Marker(h.space).markAll() == Fault::None);
  Sweeper sweeper;
  CHECK(sweeper.list(h.space));
  sweeper.begin(false, 0);
  OwnThread thread;
  CHECK(thread.start([](void* s) { static_cast<Sweeper*>(s)->finish(); }, &sweeper));
  for (uint32_t i = 0; i < blocks; i++) CHECK(sweeper.getFreeCells(h.space, BLOCK_BYTES, BLOCK_BYTES).address != 0);
  thread.join();
  CHECK(sweeper.getFreeCells(h.space, 64, 64).address == 0);
  sweeper.release();
}

// Two copies of the library in a process have a sweeper each, and one space.
void servesWhileAnotherSweeps() {
  Heap h;
  Sweeper sweeping;
  Sweeper other;
  CHECK(sweeping.list(h.space));
  sweeping.begin(false, 0);
  CHECK(other.getFreeCells(h.space, 64, 2048).bytes == 2048);
  sweeping.finish();
  sweeping.release();
}

void longChainNeedsNoRecursion() {
  Heap h;
  for (int i = 0; i < 50000; i++) {
    const Handle next = h.tuple(1);
    h.item(next, 0) = h.word(ROOT);
    h.word(ROOT) = next;
  }
  CHECK(Marker(h.space).markAll() == Fault::None);
  CHECK(sweepAll(h.space, false) == 50000u * CELL_BYTES);
}

void reportsFaults() {
  Heap h;
  const Handle object = h.tuple(3);
  const struct {
    Handle handle;
    Fault fault;
  } rows[] = {
      {64, Fault::Outside}, {object + 8, Fault::Misaligned}, {POISON, Fault::Outside}, {object + 64, Fault::Kind}};
  for (const auto& row : rows) {
    h.word(ROOT) = row.handle;
    Marker marker(h.space);
    CHECK(marker.markAll() == row.fault);
    CHECK(marker.faultWord() == ROOT);
  }
  h.word(ROOT) = object;
  h.word((object >> 2) + TUPLE_LENGTH) = 1000;
  CHECK(Marker(h.space).markAll() == Fault::Cells);
}

void scansThreadsAndContexts() {
  Heap h;
  const Word thread = THREADS_BASE >> 2;
  const Address stack = h.allocator.claimBlocks(1, BLOCK_STACK);
  const Word context = (stack >> 2) + 4;
  h.word(CTL_THREADS_USED) = 1;
  h.word(thread + THR_STATE) = 2;
  h.word(thread + THR_CONTEXT) = context;
  h.word(context + F_SP) = context + F_LOCALS + 1;
  const Handle local = h.tuple(1);
  const Handle above = h.tuple(1);
  h.word(context + F_LOCALS) = local;
  h.word(context + F_LOCALS + 1) = above;
  h.word(thread + THR_NAME) = h.tuple(1);
  CHECK(Marker(h.space).markAll() == Fault::None);
  CHECK(h.mark(local) == MARK_OBJECT && h.mark(above) == 0);
  CHECK(h.mark(h.word(thread + THR_NAME)) == MARK_OBJECT);
}

void abandonsCarrier() {
  Heap h;
  const Word carrier = CARRIERS_BASE >> 2;
  const Word thread = THREADS_BASE >> 2;
  h.word(carrier + CAR_STATE) = CARRIER_RUNNING;
  h.word(carrier + CAR_OS_THREAD) = 9;
  h.word(carrier + CAR_THREAD) = thread;
  h.word(thread + THR_STATE) = 3;
  h.word(CTL_CARRIERS_USED) = 1;
  h.word(CTL_GC_REQUEST) = 1;
  abandonCarrier(h.space, carrier, 8);
  CHECK(h.word(carrier + CAR_STATE) == CARRIER_RUNNING);
  abandonCarrier(h.space, carrier, 9);
  CHECK(h.word(carrier + CAR_STATE) == CARRIER_FREE);
  CHECK(h.word(thread + THR_STATE) == THREAD_DONE);
  CHECK(h.word(CTL_GC_REQUEST) == 0);
}

}  // namespace

int main() {
  marksWhatIsReached();
  sweepsToRuns();
  countsLiveByTag();
  threadsGoOnWhileSweeping();
  leavesLaterBlocksAlone();
  servesWhatIsSweptLast();
  servesWhileAnotherSweeps();
  longChainNeedsNoRecursion();
  reportsFaults();
  scansThreadsAndContexts();
  abandonsCarrier();
  std::printf("collector: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
