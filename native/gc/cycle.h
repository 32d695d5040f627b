// One collection at a time that marks beside the program: rounds with the world stopped, and between them phases on a
// thread of the addon. docs/memory.md has the argument, test/model/marking.ts its states.
//
// - Phase 0 clears the marks. Round 1 opens the barrier (CTL_MARKING) and greys the roots.
// - While marking, a run handed out in phase n has its lines marked MARK_NEW + n: the marker does not look into them
//   until the next round, since they are filled without barrier and given back at returns. The barrier logs what is
//   stored in old objects.
// - Each further round greys the stacks and the other roots again. When little is left it is scanned there and then,
// weak
//   references are cleared, and the sweep begins; else the next phase scans it.
//
// word | writers | order | pairs with
// CTL_MARK_STATE | whoever starts: cas IDLE -> RUNNING; the thread: WAITING; round: RUNNING, IDLE; abortMarking: IDLE |
//     store release | load acquire of who drives a round
// CTL_MARKING | round, with the world stopped; abortMarking: 0 | the stop | barrier, getFreeCells
// CTL_MARK_CANCEL | who cannot wait for the phase: 1, then 0 | relaxed | the thread, now and then
// CTL_MARK_VOID | who lost a log entry: VOID_LOST; round: VOID_FAULT | relaxed | the round, which then marks anew
// a carrier's log, CAR_LOG_TOP | its carrier; takeLog on it; round | the stop | -
#pragma once
#include "../base/space.h"
#include "../base/system.h"
#include "marker.h"
#include "sweeper.h"
#include "weak.h"

namespace protospace {

// Values of CTL_MARK_STATE.
constexpr uint32_t MARK_IDLE = 0;
constexpr uint32_t MARK_RUNNING = 1;
constexpr uint32_t MARK_WAITING = 2;

// Values of CTL_MARK_VOID besides 0.
constexpr uint32_t VOID_LOST = 1;
constexpr uint32_t VOID_FAULT = 2;

// What a round came to.
enum class Round : uint32_t { GoesOn, Done, Void };

// Marks the lines of a run as new, if a cycle goes on.
void markNew(const Space& space, Run run);

// Gives up the cycle that goes on, if one does, when its phase has stopped. At any time: nothing has been swept.
void abortMarking(const Space& space);

class Cycle : public Marker {
 public:
  Cycle(const Space& space, Sweeper& sweeper);
  // Forgets what is left of an earlier cycle; work() comes next. False when a cycle goes on already.
  bool start(const Space& space, uint32_t owner);
  // A phase, on a thread of its own.
  void work();
  // With the world stopped and no phase at work: retires all runs. Scans about `budget` cells (0: all that is left, so
  // that the round is the last). GoesOn: work() comes next. Done: the sweep has begun. `compare`: before the end, marks
  // from scratch as well: see lost().
  Round round(uint32_t budget, bool poison, bool compare);
  // Takes the log of a carrier, which calls this itself.
  void takeLog(Word carrier);
  // Gives most memory back when no cycle goes on.
  void release();
  Fault fault() const { return fault_; }
  // What can be reached and was not marked, after a round with `compare`; 0: nothing. `lostFrom` refers to it.
  Handle lost() const { return lost_; }
  Handle lostFrom() const { return lostFrom_; }
  // Its mark byte, and that of lines that are new.
  uint8_t lostMark() const { return lostMark_; }
  uint8_t newMark() const { return new_; }

 private:
  bool cancelled() const;
  void reset();
  void warm();
  void retireRuns();
  void retireContexts(Word context);
  void scanRoots();
  void scanMadeTypes();
  void scanAllInterned();
  void takeEntry(Handle entry);
  void takeLogs();
  void scanStopped();
  bool scanSome(uint64_t budget);
  bool finish(uint64_t budget);
  void tell();
  bool compareWithScratch();
  bool isLost(const uint8_t* marks, uint64_t line) const;
  void findLost(const uint8_t* marks);
  Handle findReferrer(Handle lost) const;

  Sweeper& sweeper_;
  WeakCandidates weak_;
  // Logged or deferred, still to be looked at.
  MarkStack pending_;
  // Guards logged_ while carriers give their logs.
  SetupLock lock_;
  MarkStack logged_;
  uint32_t phase_ = 0;
  bool typesDone_ = false;
  bool internedDone_ = false;
  bool listed_ = false;
  Handle lost_ = 0;
  Handle lostFrom_ = 0;
  uint8_t lostMark_ = 0;
};

}  // namespace protospace
