// Clearing of weak references after marking, before sweeping; lib/heap/weak.ts is the twin and describes the table. The
// world is stopped.
#pragma once
#include "../base/space.h"

namespace protospace {

// Clears references to what is not marked, unlinks them, and queues those with a callback in CTL_WEAK_PENDING.
void clearDeadReferences(const Space& space);

}  // namespace protospace
