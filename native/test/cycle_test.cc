// Marking beside the program on a heap made by hand: its rounds, logs and new lines, and that a weaker rule is found
// out.
#include "../gc/cycle.h"

#include <initializer_list>

#include "check.h"

using namespace protospace;
using namespace protospace::layout;

namespace {

constexpr Word ROOT = ROOTS_BASE >> 2;
constexpr Word CARRIER = CARRIERS_BASE >> 2;
constexpr uint32_t BUDGET = 1000;

struct Heap : TestSpace {
  Allocator allocator{space};
  Sweeper sweeper;
  Cycle cycle{space, sweeper};
  Address bump = 0;
  Address limit = 0;

  Heap() { word(CTL_CARRIERS_USED) = 1; }
  ~Heap() { sweeper.release(); }

  uint32_t& word(Word w) { return *space.at(w); }
  uint32_t& field(Handle handle, uint32_t i) { return word((handle >> 2) + TUPLE_ITEMS + i); }

  // As the addon's getFreeCells.
  void takeRun() {
    const Run run = allocator.getFreeCells(2048, 2048);
    markNew(space, run);
    bump = run.address;
    limit = run.address + run.bytes;
  }

  Handle object(uint32_t kind, uint32_t cells = 1) {
    if (limit - bump < cells * CELL_BYTES) takeRun();
    const Handle handle = bump;
    bump += cells * CELL_BYTES;
    for (uint32_t i = 0; i < cells * 16; i++) word((handle >> 2) + i) = 0;
    word(handle >> 2) = kind;
    word((handle >> 2) + W_CELLS) = cells;
    return handle;
  }

  Handle tuple(uint32_t items = 2) {
    const Handle handle = object(KIND_TUPLE, (TUPLE_ITEMS + items + 15) / 16);
    word((handle >> 2) + TUPLE_LENGTH) = items;
    return handle;
  }

  Handle weak(Handle referent, uint32_t flags) {
    const Handle ref = object(KIND_WEAKREF);
    const Word bucket = (WEAK_BASE >> 2) + (((referent >> CELL_SHIFT) * 0x9e3779b1u) >> 16);
    word(ref >> 2) |= flags;
    word((ref >> 2) + WEAKREF_REFERENT) = referent;
    word((ref >> 2) + WEAKREF_CALLBACK) = 6;
    word((ref >> 2) + WEAKREF_NEXT) = word(bucket);
    word(bucket) = ref;
    word(CTL_WEAK_USED) = UINT32_MAX;
    return ref;
  }
  uint32_t referent(Handle ref) { return word((ref >> 2) + WEAKREF_REFERENT); }

  // As `append` in lib/heap/marking.ts.
  void log(uint32_t entry) { word((LOG_BASE >> 2) + word(CARRIER + CAR_LOG_TOP)++) = entry; }

  bool marked(Handle handle) { return *space.byteAt(MARKS_BASE + (handle >> CELL_SHIFT)) == MARK_OBJECT; }

  // Up to the end of the phase that the first round began.
  void begin() {
    CHECK(cycle.start(space, 1));
    cycle.work();
    CHECK(next() == Round::GoesOn);
    cycle.work();
  }

  Round next(uint32_t budget = BUDGET, bool compare = true) {
    CHECK(word(CTL_MARK_STATE) == MARK_WAITING);
    bump = limit = 0;
    return cycle.round(budget, true, compare);
  }

  void end() {
    CHECK(next() == Round::Done);
    CHECK(cycle.lost() == 0);
    sweeper.finish();
    CHECK(word(CTL_MARK_STATE) == MARK_IDLE && word(CTL_MARKING) == 0);
  }
};

void marksInRounds() {
  Heap h;
  const Handle root = h.tuple(40);
  const Handle leaf = h.tuple();
  const Handle garbage = h.tuple();
  h.word(ROOT) = root;
  h.field(root, 39) = leaf;
  h.begin();
  CHECK(h.word(CTL_MARKING) == MARK_NEW + 1);
  CHECK(h.marked(root) && h.marked(leaf) && !h.marked(garbage));
  h.end();
  CHECK(h.word((garbage >> 2) + 3) == POISON && h.word((leaf >> 2) + 3) == 0);
}

// A new object holds the only reference to an old one, which was taken out of an object before that was scanned.
void looksIntoNewLinesAtTheNextRound() {
  Heap h;
  const Handle root = h.tuple();
  const Handle old = h.tuple();
  h.word(ROOT) = root;
  h.field(root, 0) = old;
  CHECK(h.cycle.start(h.space, 1));
  h.cycle.work();
  CHECK(h.next(1) == Round::GoesOn);
  const Handle made = h.tuple();
  h.field(made, 0) = old;
  h.field(root, 0) = 0;
  h.field(root, 1) = made;
  h.log(made);
  h.cycle.work();
  CHECK(!h.marked(made) && !h.marked(old));
  h.end();
  CHECK(h.marked(made) && h.marked(old));
}

Handle storesBehindTheMarker(Heap& h, bool logs) {
  const Handle root = h.tuple();
  const Handle old = h.tuple();
  h.word(ROOT) = root;
  h.begin();
  h.field(root, 1) = old;
  if (logs) h.log(old);
  return old;
}

void marksWhatWasLogged() {
  Heap h;
  const Handle old = storesBehindTheMarker(h, true);
  h.end();
  CHECK(h.marked(old));
}

void findsWhatWasNotLogged() {
  Heap h;
  const Handle old = storesBehindTheMarker(h, false);
  CHECK(h.next() == Round::Void);
  CHECK(h.cycle.lost() == old && h.cycle.lostFrom() == h.word(ROOT));
}

void scansAgainWhatWasChanged() {
  Heap h;
  const Handle root = h.tuple();
  const Handle old = h.tuple();
  h.word(ROOT) = root;
  h.begin();
  h.field(root, 0) = old;
  h.log(root | 1);
  h.end();
  CHECK(h.marked(old));
}

// An object that was logged and taken back at a return, where another one lies by the next round: the collector read
// its items as a header, and far behind the space.
void doesNotScanTheMiddleOfAnObject() {
  Heap h;
  const Handle root = h.tuple();
  h.word(ROOT) = root;
  h.begin();
  const Handle taken = h.tuple(60);
  const Handle inside = taken + 2 * CELL_BYTES;
  for (uint32_t i = 0; i < 16; i++) h.word((inside >> 2) + i) = root;
  h.word(inside >> 2) = KIND_TYPE;
  h.word((inside >> 2) + W_CELLS) = 0x05158048;
  h.field(taken, 0) = root;
  h.word((taken >> 2) + TUPLE_LENGTH) = 1;
  h.field(root, 0) = taken;
  // The last one is looked at first.
  h.log(inside | 1);
  h.log(taken);
  h.end();
  CHECK(h.marked(taken) && !h.marked(inside));
}

// As `keep(stack_, ...)` has it: nothing outside the space is read whatever the header says by then.
void readsNothingOutsideTheSpace() {
  Heap h;
  const Handle root = h.tuple();
  h.word(ROOT) = root;
  h.begin();
  h.log(root | 1);
  h.word((root >> 2) + W_CELLS) = 0x05158048;
  CHECK(h.next(BUDGET, false) == Round::Void && h.cycle.fault() == Fault::Cells);
}

void goesOnWhenMuchIsLeft() {
  Heap h;
  const Handle root = h.tuple();
  h.word(ROOT) = root;
  h.begin();
  Handle chain = 0;
  for (uint32_t i = 0; i < 3 * BUDGET; i++) {
    const Handle link = h.tuple();
    h.field(link, 0) = chain;
    chain = link;
  }
  h.field(root, 0) = chain;
  h.log(chain);
  CHECK(h.next() == Round::GoesOn);
  h.cycle.work();
  h.end();
  CHECK(h.marked(chain));
}

// One of two stacks is copied to the other, whichever is the shorter, and nothing is lost where that has to grow.
void takesWhatAnotherHolds() {
  constexpr uint32_t LENGTHS[] = {0, 1, 3000, 5000, 70000};
  for (const uint32_t mine : LENGTHS) {
    for (const uint32_t theirs : LENGTHS) {
      MarkStack a, b;
      for (uint32_t i = 0; i < mine; i++) CHECK(a.push(i));
      for (uint32_t i = 0; i < theirs; i++) CHECK(b.push(mine + i));
      CHECK(a.take(b) && b.empty() && a.size() == mine + theirs);
      uint64_t sum = 0;
      while (!a.empty()) sum += a.pop();
      const uint64_t all = mine + theirs;
      CHECK(sum == (all == 0 ? 0 : all * (all - 1) / 2));
    }
  }
}

// With the last round at once, whatever was not done yet.
void finishesAtOnce() {
  Heap h;
  const Handle root = h.tuple();
  const Handle old = h.tuple();
  const Handle ref = h.weak(h.tuple(), 0);
  h.word(ROOT) = root;
  h.word(ROOT + 1) = ref;
  h.field(root, 0) = old;
  h.word(INTERN_BASE >> 2) = h.object(KIND_STR);
  CHECK(h.cycle.start(h.space, 1));
  h.cycle.work();
  CHECK(h.next(0) == Round::Done);
  CHECK(h.marked(old) && h.marked(h.word(INTERN_BASE >> 2)) && h.referent(ref) == 0);
  h.sweeper.finish();
}

void clearsWeakReferences() {
  Heap h;
  const Handle root = h.tuple(8);
  h.word(ROOT) = root;
  const Handle live = h.field(root, 0) = h.tuple();
  const Handle toLive = h.field(root, 1) = h.weak(live, 0);
  const Handle toDead = h.field(root, 2) = h.weak(h.tuple(), 0);
  const Handle dying = h.tuple();
  const Handle finalizer = h.weak(dying, FLAG_K0);
  const Handle kept = h.weak(live, FLAG_K0);
  const Handle ran = h.weak(h.tuple(), FLAG_K0);
  h.word((ran >> 2) + WEAKREF_REFERENT) = 0;
  // Marked before it is queued.
  h.field(root, 4) = finalizer;
  h.begin();
  // Made meanwhile: of one that dies, of one that lives.
  const Handle other = h.tuple();
  const Handle later = h.field(root, 3) = h.weak(other, 0);
  h.log(later);
  h.log(later | 1);
  h.end();
  CHECK(h.referent(toLive) == live && h.referent(toDead) == 0 && h.referent(later) == 0);
  CHECK(h.marked(dying) && h.word((finalizer >> 2) + WEAKREF_CALLBACK) == dying);
  CHECK(h.marked(kept) && h.referent(kept) == live);
  uint32_t queued = 0;
  for (Handle ref = h.word(CTL_WEAK_PENDING); ref != 0; ref = h.word((ref >> 2) + WEAKREF_PENDING)) queued++;
  CHECK(queued == 3);
}

constexpr uint32_t SUSPENDED = 2;
constexpr uint32_t RUNNING = 3;
constexpr Word frameOf(Handle generator) { return (generator >> 2) + GENERATOR_FRAME; }

// A generator that is suspended and holds `held`.
Handle generatorWith(Heap& h, Handle held) {
  const Handle generator = h.object(KIND_GENERATOR, 3);
  const Word frame = frameOf(generator);
  h.word((generator >> 2) + GENERATOR_STATE) = SUSPENDED;
  h.word(frame + F_SP) = frame + F_LOCALS + 1;
  h.word(frame + F_LOCALS) = held;
  return generator;
}

// The frame of a generator changes while it runs: only rounds look at it then.
void leavesRunningGeneratorsToRounds() {
  Heap h;
  const Handle root = h.tuple();
  const Handle one = h.tuple();
  const Handle other = h.tuple();
  h.word(ROOT) = root;
  h.field(root, 0) = generatorWith(h, one);
  h.field(root, 1) = generatorWith(h, other);
  h.word((h.field(root, 0) >> 2) + GENERATOR_STATE) = RUNNING;
  h.begin();
  CHECK(h.marked(h.field(root, 0)) && !h.marked(one));
#if defined(__x86_64__) || defined(_M_X64)
  CHECK(h.marked(other));
#endif
  h.end();
  CHECK(h.marked(one) && h.marked(other));
}

// A thread resumes a generator again and again, whose frame holds what is no handle meanwhile.
void readsGeneratorsBesideAThread() {
  Heap h;
  const Handle root = h.tuple(200);
  h.word(ROOT) = root;
  const Handle values = h.word(ROOT + 1) = h.tuple(16);
  for (uint32_t i = 0; i < 16; i++) h.field(values, i) = h.tuple();
  for (uint32_t i = 0; i < 200; i++) h.field(root, i) = generatorWith(h, h.tuple());
  CHECK(h.cycle.start(h.space, 1));
  h.cycle.work();
  CHECK(h.next(1) == Round::GoesOn);
  OwnThread thread;
  CHECK(thread.start([](void* cycle) { static_cast<Cycle*>(cycle)->work(); }, &h.cycle));
  Handle kept[200] = {};
  for (uint32_t turn = 0; loadAcquire(&h.word(CTL_MARK_STATE)) == MARK_RUNNING || turn < 200; turn++) {
    const Handle generator = h.field(root, turn % 200);
    uint32_t* const local = &h.word(frameOf(generator) + F_LOCALS);
    storeRelease(&h.word((generator >> 2) + GENERATOR_STATE), RUNNING);
    storeRelease(&h.word((generator >> 2) + GENERATOR_RESUMES), turn + 1);
    storeRelease(local, values + 8);
    const Handle value = kept[turn % 200] = h.field(values, turn % 16);
    storeRelease(local, value);
    if (h.word(CARRIER + CAR_LOG_TOP) == LOG_BYTES / 4) h.cycle.takeLog(CARRIER);
    h.log(value);
    storeRelease(&h.word((generator >> 2) + GENERATOR_STATE), SUSPENDED);
  }
  thread.join();
  CHECK(h.next(0) == Round::Done && h.cycle.lost() == 0);
  for (const Handle value : kept) CHECK(h.marked(value));
  h.sweeper.finish();
}

// What makes no sense while the program runs is a fault only when it still does so in the next round.
void looksAgainAtWhatMadeNoSense() {
  for (const bool mended : {true, false}) {
    Heap h;
    const Handle root = h.tuple();
    h.word(ROOT) = root;
    h.field(root, 0) = h.tuple() + 8;
    h.begin();
    if (mended) h.field(root, 0) = 0;
    CHECK(h.next() == (mended ? Round::Done : Round::Void));
    if (mended) h.sweeper.finish();
  }
}

// What is not marked then may live: its finalizer is not queued.
void startsAnewAfterALostLog() {
  Heap h;
  h.word(ROOT) = h.tuple();
  h.weak(h.tuple(), FLAG_K0);
  h.begin();
  h.word(CTL_MARK_VOID) = 1;
  CHECK(h.next() == Round::Void);
  CHECK(h.word(CTL_WEAK_PENDING) == 0);
  CHECK(h.word(CTL_MARKING) == 0 && h.word(CTL_MARK_STATE) == MARK_IDLE);
  h.begin();
  h.end();
}

void givesUp() {
  Heap h;
  h.word(ROOT) = h.tuple();
  h.begin();
  h.log(h.tuple());
  abortMarking(h.space);
  CHECK(h.word(CTL_MARKING) == 0 && h.word(CTL_MARK_STATE) == MARK_IDLE);
  h.begin();
  h.end();
}

// Marking while a thread stores what it took out elsewhere, and allocates.
void marksBesideAThread() {
  Heap h;
  const Handle root = h.tuple(64);
  h.word(ROOT) = root;
  for (uint32_t i = 0; i < 64; i++) storeRelaxed(&h.field(root, i), h.tuple());
  CHECK(h.cycle.start(h.space, 1));
  h.cycle.work();
  Round round = h.next(1);
  uint32_t turn = 0;
  for (uint32_t phases = 0; round == Round::GoesOn && phases < 20; phases++) {
    OwnThread thread;
    CHECK(thread.start([](void* cycle) { static_cast<Cycle*>(cycle)->work(); }, &h.cycle));
    for (uint32_t i = 0; i < 50; i++) {
      const uint32_t from = turn++ % 64;
      const Handle taken = loadRelaxed(&h.field(root, from));
      const Handle made = h.tuple();
      h.field(made, 0) = taken;
      storeRelease(&h.field(root, from), 0);
      storeRelease(&h.field(root, turn * 7 % 64), made);
      h.log(made);
    }
    thread.join();
    round = h.next(phases < 10 ? 1 : 0);
  }
  CHECK(round == Round::Done && h.cycle.lost() == 0);
  h.sweeper.finish();
}

}  // namespace

int main() {
  marksInRounds();
  looksIntoNewLinesAtTheNextRound();
  marksWhatWasLogged();
  findsWhatWasNotLogged();
  scansAgainWhatWasChanged();
  doesNotScanTheMiddleOfAnObject();
  readsNothingOutsideTheSpace();
  goesOnWhenMuchIsLeft();
  takesWhatAnotherHolds();
  finishesAtOnce();
  clearsWeakReferences();
  leavesRunningGeneratorsToRounds();
  readsGeneratorsBesideAThread();
  looksAgainAtWhatMadeNoSense();
  startsAnewAfterALostLog();
  givesUp();
  marksBesideAThread();
  std::printf("cycle: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
