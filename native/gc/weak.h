// Clearing of weak references after marking, before sweeping; lib/heap/weak.ts is the twin and describes the table. The
// world is stopped.
#pragma once
#include "marker.h"

namespace protospace {

// Queues the finalizers of what is not marked in CTL_WEAK_PENDING, and marks that with all it reaches. Then clears
// references to what is still not marked, unlinks them, and queues those with a callback. The marker's fault, when it
// meets one.
Fault clearDeadReferences(const Space& space, Marker& marker);

}  // namespace protospace
