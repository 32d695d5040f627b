#include "weak.h"

namespace protospace {

using namespace layout;

namespace {

bool isMarked(const Space& space, Handle handle) { return *space.byteAt(MARKS_BASE + (handle >> CELL_SHIFT)) != 0; }

// Looks at the reference that `link` holds; true when it stays.
bool keepLink(const Space& space, Word link) {
  const Handle ref = *space.at(link);
  const Word w = ref >> 2;
  const bool live = isMarked(space, ref);
  if (live && isMarked(space, *space.at(w + WEAKREF_REFERENT))) return true;
  *space.at(link) = *space.at(w + WEAKREF_NEXT);
  *space.at(w + WEAKREF_REFERENT) = 0;
  *space.at(w + WEAKREF_NEXT) = 0;
  if (live && *space.at(w + WEAKREF_CALLBACK) != 0) {
    *space.at(w + WEAKREF_PENDING) = *space.at(CTL_WEAK_PENDING);
    *space.at(CTL_WEAK_PENDING) = ref;
  }
  return false;
}

}  // namespace

void clearDeadReferences(const Space& space) {
  if (loadAcquire(space.at(CTL_WEAK_USED)) == 0) return;
  for (uint32_t i = 0; i < WEAK_BUCKETS; i++) {
    Word link = (WEAK_BASE >> 2) + i;
    while (*space.at(link) != 0) {
      const Word w = *space.at(link) >> 2;
      if (keepLink(space, link)) link = w + WEAKREF_NEXT;
    }
  }
}

}  // namespace protospace
