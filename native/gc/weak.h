// Clearing of weak references after marking, before sweeping; lib/heap/weak.ts is the twin and describes the table.
#pragma once
#include "marker.h"

namespace protospace {

// Queues the finalizers of what is not marked in CTL_WEAK_PENDING, and marks that with all it reaches. Then clears
// references to what is still not marked, unlinks them, and queues those with a callback. The marker's fault, when it
// meets one.
Fault clearDeadReferences(const Space& space, Marker& marker);

// The same when the program ran while it was marked: which references may have to be cleared is found meanwhile, as
// what is marked stays so, and looked at again when the world is stopped.
class WeakCandidates {
 public:
  // Looks through the table, where threads enter references meanwhile; shades finalizers whose referents are marked,
  // drops those that have run.
  bool collect(const Space& space, Marker& marker);
  // One that was made since the cycle began.
  bool add(Handle ref) { return made_.push(ref); }
  void reset();
  void release();
  // With the world stopped, as clearDeadReferences: all dead finalizers are queued, and shaded with the others.
  // False when there is no memory.
  bool queueFinalizers(const Space& space, Marker& marker);
  // Then, when all is marked that these reach.
  void clearDead(const Space& space);

 private:
  MarkStack found_;
  MarkStack made_;
};

}  // namespace protospace
