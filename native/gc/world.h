// Stopping the world where that takes no waiting: what stopOthers and resume in lib/heap/collect.ts do, from C++, so
// that a whole round of marking is one call. V8 neither compiles nor exchanges code in the middle of it, and none of
// its code and data have to come into the caches while others wait.
//
// The words and their orders are those of lib/heap/threads.ts: CTL_GC_REQUEST is stored, then states are read; a
// carrier stores its state, then reads the request. All sequentially consistent, so that one of the two sees the other.
#pragma once
#include "../base/space.h"

namespace protospace {

enum class Stop { Stopped, Asked, Busy };

// Asks all carriers but this one to stop. Asked: not all have within some microseconds; the request stands, and the
// caller waits for them or takes it back. Busy: another's request stands.
Stop stopWorld(const Space& space, Word carrier);

// Ends the stop, and frees the records of isolates that ended meanwhile. Who waits on CTL_GC_REQUEST is still to be
// notified, which only JavaScript can.
void resumeWorld(const Space& space);

// Would trimStacks in lib/heap/recount.ts find anything? The world is stopped.
bool hasSpareStacks(const Space& space);

// As in lib/heap/collect.ts; the world is stopped.
void countCollection(const Space& space);

}  // namespace protospace
