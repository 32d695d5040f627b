#include "cycle.h"

#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "../heap/carriers.h"

namespace protospace {

using namespace layout;

namespace {

constexpr uint32_t LINES = BLOCK_BYTES / CELL_BYTES;
// Cells between two looks at CTL_MARK_CANCEL.
constexpr uint64_t SLICE = 4096;
// Phases of a cycle before the last round scans all that is left.
constexpr uint32_t PHASES_MOST = 100;
// In these phases the blocks to sweep are listed and weak references looked through.
constexpr uint32_t LISTED_MOST = 2;
// As many cells are thought to hang on an entry of a log.
constexpr uint64_t CELLS_AN_ENTRY = 4;
// Entry of a log: an object whose words were moved about, or that is to be known.
constexpr uint32_t CHANGED = 1;

constexpr Word logOf(uint32_t index) { return (LOG_BASE + index * LOG_BYTES) >> 2; }

}  // namespace

void markNew(const Space& space, Run run) {
  const uint32_t line = loadRelaxed(space.at(CTL_MARKING));
  if (line == 0 || run.address == 0) return;
  std::memset(space.byteAt(MARKS_BASE + (run.address >> CELL_SHIFT)), static_cast<int>(line), run.bytes / CELL_BYTES);
  // Before anything in the run can be found, by plain stores of JavaScript. The sanitizer knows no fences.
#ifndef __SANITIZE_THREAD__
  __atomic_thread_fence(__ATOMIC_RELEASE);
#endif
}

Cycle::Cycle(const Space& space, Sweeper& sweeper) : Marker(space), sweeper_(sweeper) { drains_ = false; }

void abortMarking(const Space& space) {
  storeRelaxed(space.at(CTL_MARK_CANCEL), 1);
  while (loadAcquire(space.at(CTL_MARK_STATE)) == MARK_RUNNING) yieldProcessor();
  storeRelaxed(space.at(CTL_MARKING), 0);
  storeRelaxed(space.at(CTL_MARK_CANCEL), 0);
  storeRelease(space.at(CTL_MARK_STATE), MARK_IDLE);
}

void Cycle::reset() {
  for (MarkStack* list : {&stack_, &deferred_, &stopped_, &pending_, &logged_}) list->clear();
  weak_.reset();
  phase_ = 0;
  typesDone_ = internedDone_ = listed_ = false;
  new_ = NONE_NEW;
  marked_ = 0;
  fault_ = Fault::None;
  current_ = lost_ = lostFrom_ = 0;
  firstBlock_ = loadAcquire(space_.at(CTL_BLOCKS_FIRST));
  topBlock_ = loadAcquire(space_.at(CTL_BLOCKS_TOP));
}

void Cycle::release() {
  for (MarkStack* list : {&stack_, &deferred_, &stopped_, &pending_, &logged_}) list->shrink();
  weak_.release();
}

void Cycle::warm() {
  const SetupGuard guard(lock_);
  for (MarkStack* list : {&stack_, &deferred_, &stopped_, &pending_, &logged_}) list->warm();
}

bool Cycle::start(const Space& space, uint32_t owner) {
  uint32_t idle = MARK_IDLE;
  if (!casAcqRel(space.at(CTL_MARK_STATE), idle, MARK_RUNNING)) return false;
  space_ = space;
  reset();
  storeRelaxed(space_.at(CTL_MARK_OWNER), owner);
  storeRelaxed(space_.at(CTL_MARK_VOID), 0);
  return true;
}

bool Cycle::cancelled() const { return loadRelaxed(space_.at(CTL_MARK_CANCEL)) != 0; }

void Cycle::takeLog(Word carrier) {
  const SetupGuard guard(lock_);
  const uint32_t n = loadRelaxed(space_.at(carrier + CAR_LOG_TOP));
  const Word from = logOf(loadRelaxed(space_.at(carrier + CAR_INDEX)));
  for (uint32_t i = 0; i < n; i++) {
    if (!logged_.push(loadRelaxed(space_.at(from + i)))) storeRelaxed(space_.at(CTL_MARK_VOID), VOID_LOST);
  }
  storeRelaxed(space_.at(carrier + CAR_LOG_TOP), 0);
}

void Cycle::takeLogs() {
  const uint32_t used = loadAcquire(space_.at(CTL_CARRIERS_USED));
  for (uint32_t i = 0; i < used; i++) {
    if (phase_ == 0) storeRelaxed(space_.at(carrierAt(i) + CAR_LOG_TOP), 0);
    takeLog(carrierAt(i));
  }
  if (!pending_.take(logged_) || !pending_.take(deferred_)) fail(Fault::Memory, 0);
}

void Cycle::takeEntry(Handle entry) {
  if ((entry & CHANGED) == 0) return shade(entry);
  const Handle object = entry - CHANGED;
  const uint8_t mark = *space_.byteAt(MARKS_BASE + (object >> CELL_SHIFT));
  if ((word(object >> 2) & 0xff) == KIND_WEAKREF) {
    if (!weak_.add(object)) fail(Fault::Memory, 0);
  } else if (mark == MARK_OBJECT) {
    keep(stack_, object);
  } else if (object < TYPES_BASE + TYPES_MAX * TYPE_BYTES) {
    // A built-in type made since phase 1.
    markObject(object, object >> 2);
  }
}

// Built-in types; what is made meanwhile is logged.
void Cycle::scanMadeTypes() {
  for (uint32_t i = 0; i < TYPES_MAX; i++) {
    const Handle handle = TYPES_BASE + i * TYPE_BYTES;
    if (word(handle >> 2) != 0) markObject(handle, handle >> 2);
  }
  typesDone_ = true;
}

// What is entered meanwhile is logged.
void Cycle::scanAllInterned() {
  for (uint32_t i = 0; i < INTERN_BUCKETS; i++) {
    Handle h = loadAcquire(space_.at((INTERN_BASE >> 2) + i));
    for (; h != 0; h = loadAcquire(space_.at((h >> 2) + W_SYNC))) visitHandle(h, (INTERN_BASE >> 2) + i);
    if (fault_ != Fault::None || (beside_ && (i & 1023) == 0 && cancelled())) return;
  }
  internedDone_ = true;
}

void Cycle::scanRoots() {
  for (uint32_t i = 0; i < ROOTS_COUNT; i++) visit((ROOTS_BASE >> 2) + i);
  visit(CTL_WEAK_PENDING);
  scanThreads();
}

// Generators, and what made no sense while the program ran.
void Cycle::scanStopped() {
  while (!stopped_.empty() && fault_ == Fault::None) scanObject(stopped_.pop());
}

// True when nothing grey is left that can be scanned now.
bool Cycle::scanSome(uint64_t budget) {
  for (;;) {
    const uint64_t slice = budget < SLICE ? budget : SLICE;
    if (!drainSome(slice)) {
      if (fault_ != Fault::None || budget <= SLICE) return false;
      budget -= slice;
      if (beside_ && cancelled()) return false;
      continue;
    }
    if (pending_.empty()) return true;
    for (uint32_t i = 0; i < 64 && !pending_.empty(); i++) takeEntry(pending_.pop());
    if (budget <= 64) return false;
    budget -= 64;
  }
}

// Says that the phase is over, to whoever comes to a safepoint first.
void Cycle::tell() {
  beside_ = false;
  storeRelease(space_.at(CTL_MARK_STATE), MARK_WAITING);
  const uint32_t used = loadAcquire(space_.at(CTL_CARRIERS_USED));
  for (uint32_t i = 0; i < used; i++)
    __atomic_fetch_or(space_.at(carrierAt(i) + CAR_POLL), POLL_COLLECT, __ATOMIC_ACQ_REL);
}

void Cycle::work() {
  if (phase_ == 0) {
    clearMarks();
    warm();
    return tell();
  }
  beside_ = true;
  if (!typesDone_) scanMadeTypes();
  if (!internedDone_) scanAllInterned();
  // Later phases are short; what they would find out is little.
  if (scanSome(UINT64_MAX) && (!listed_ || phase_ <= LISTED_MOST)) {
    if (!weak_.collect(space_, *this) || !sweeper_.list(space_)) fail(Fault::Memory, 0);
    listed_ = fault_ == Fault::None && scanSome(UINT64_MAX);
  }
  tell();
}

// All is marked, or too much is left: then false.
bool Cycle::finish(uint64_t budget) {
  const bool all = budget == UINT64_MAX;
  if (all) {
    if (!typesDone_) scanMadeTypes();
    if (!internedDone_) scanAllInterned();
  }
  if (!typesDone_ || !internedDone_) return false;
  // Each entry leads to a cell at least, and to more of them: it would be in vain.
  if (!all && pending_.size() * CELLS_AN_ENTRY > budget) return false;
  if (!scanSome(budget)) return false;
  if (!listed_) {
    if (!all) return false;
    if (!weak_.collect(space_, *this) || !sweeper_.list(space_)) fail(Fault::Memory, 0);
    if (!scanSome(budget)) return false;
  }
  return fault_ == Fault::None;
}

void Cycle::retireContexts(Word context) {
  for (Word c = context; c != 0; c = word(c + F_PREVIOUS)) storeRelaxed(space_.at(c + F_ENTRY), 0);
}

// As retireRuns in lib/heap/roots.ts; what was handed out still counts.
void Cycle::retireRuns() {
  const uint32_t threads = loadAcquire(space_.at(CTL_THREADS_USED));
  for (uint32_t i = 0; i < threads; i++) {
    const Word t = threadAt(i);
    if (loadAcquire(space_.at(t + THR_STATE)) == 0) continue;
    retireContexts(word(mountedWord(space_, t, CAR_CONTEXT, THR_CONTEXT)));
    for (const uint32_t w : {THR_BUMP, THR_LIMIT, THR_RUN_END, THR_ESCAPE, THR_RUN_START})
      storeRelaxed(space_.at(t + w), 0);
  }
  const uint32_t carriers = loadAcquire(space_.at(CTL_CARRIERS_USED));
  for (uint32_t i = 0; i < carriers; i++) {
    for (const uint32_t w :
         {CAR_BUMP, CAR_LIMIT, CAR_RUN_END, CAR_ESCAPE, CAR_RUN_START, CAR_OLD_BUMP, CAR_OLD_LIMIT}) {
      storeRelaxed(space_.at(carrierAt(i) + w), 0);
    }
  }
}

Round Cycle::round(uint32_t most, bool poison, bool compare) {
  retireRuns();
  const uint64_t budget = most == 0 || phase_ >= PHASES_MOST ? UINT64_MAX : most;
  takeLogs();
  phase_++;
  new_ = static_cast<uint8_t>(MARK_NEW + phase_);
  storeRelease(space_.at(CTL_MARKING), new_);
  storeRelaxed(space_.at(CTL_MARK_ROUNDS), loadRelaxed(space_.at(CTL_MARK_ROUNDS)) + 1);
  topBlock_ = loadAcquire(space_.at(CTL_BLOCKS_TOP));
  scanStopped();
  scanRoots();
  bool done = finish(budget);
  if (done && compare) done = !compareWithScratch();
  // Where a log was lost, what is not marked may live: nothing is finalized for that.
  if (done && loadRelaxed(space_.at(CTL_MARK_VOID)) == 0) {
    if (!weak_.queueFinalizers(space_, *this)) fail(Fault::Memory, 0);
    done = scanSome(budget);
  }
  if (fault_ != Fault::None) storeRelaxed(space_.at(CTL_MARK_VOID), VOID_FAULT);
  if (loadRelaxed(space_.at(CTL_MARK_VOID)) != 0 || lost_ != 0) {
    storeRelaxed(space_.at(CTL_MARKING), 0);
    storeRelease(space_.at(CTL_MARK_STATE), MARK_IDLE);
    return Round::Void;
  }
  if (!done) {
    storeRelease(space_.at(CTL_MARK_STATE), MARK_RUNNING);
    return Round::GoesOn;
  }
  weak_.clearDead(space_);
  // Where environments have limits all that lives must be counted, and a longer pause borne.
  if (loadRelaxed(space_.at(CTL_LIMITS_USED)) != 0) (void)sweeper_.list(space_);
  storeRelaxed(space_.at(CTL_MARKING), 0);
  sweeper_.begin(poison, marked_);
  storeRelease(space_.at(CTL_MARK_STATE), MARK_IDLE);
  return Round::Done;
}

// True when something can be reached that is not marked.
bool Cycle::compareWithScratch() {
  const uint64_t from = MARKS_BASE + uint64_t{firstBlock_} * LINES;
  const uint64_t bytes = uint64_t{topBlock_ - firstBlock_} * LINES;
  auto* const marks = static_cast<uint8_t*>(std::malloc(bytes));
  if (marks == nullptr) return false;
  std::memcpy(marks, space_.byteAt(from), bytes);
  Marker scratch(space_);
  fault_ = scratch.markAll();
  faultWord_ = scratch.faultWord();
  if (fault_ == Fault::None) findLost(marks);
  // What has died since the cycle began stays for the next.
  std::memcpy(space_.byteAt(from), marks, bytes);
  std::free(marks);
  return lost_ != 0;
}

// Does marking from scratch reach this line, and `marks`, the cycle's, do not have it?
bool Cycle::isLost(const uint8_t* marks, uint64_t line) const {
  const uint8_t now = *space_.byteAt(MARKS_BASE + line);
  const uint8_t before = marks[line - uint64_t{firstBlock_} * LINES];
  return now == MARK_OBJECT ? before != MARK_OBJECT : now == MARK_GRANULES && !isMark(before);
}

// The first that is lost, and what refers to it; rather one that a marked object refers to; else one that is referred
// to by no other that is lost, as by a root.
void Cycle::findLost(const uint8_t* marks) {
  const uint64_t end = uint64_t{topBlock_} * LINES;
  for (uint64_t line = uint64_t{firstBlock_} * LINES; line < end; line++) {
    if (!isLost(marks, line)) continue;
    const Handle handle = static_cast<Handle>(line * CELL_BYTES);
    const Handle from = findReferrer(handle);
    const bool fromLost = from != 0 && isLost(marks, from >> CELL_SHIFT);
    if (lost_ != 0 && fromLost) continue;
    lost_ = handle;
    lostFrom_ = from;
    lostMark_ = marks[line - uint64_t{firstBlock_} * LINES];
    if (!fromLost) return;
  }
}

// An object that marking from scratch reached and that refers to the line; 0: none does.
Handle Cycle::findReferrer(Handle lost) const {
  for (uint64_t line = uint64_t{firstBlock_} * LINES; line < uint64_t{topBlock_} * LINES; line++) {
    if (*space_.byteAt(MARKS_BASE + line) != MARK_OBJECT) continue;
    const Word w = static_cast<Word>(line * (CELL_BYTES / 4));
    const uint32_t words = word(w + W_CELLS) * (CELL_BYTES / 4);
    for (uint32_t i = 2; i < words; i++) {
      const Handle h = word(w + i);
      if ((h & 1) == 0 && (h & ~uint32_t{CELL_BYTES - 1}) == lost) return w << 2;
    }
  }
  return 0;
}

}  // namespace protospace
