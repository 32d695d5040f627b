#include "weak.h"

namespace protospace {

using namespace layout;

namespace {

bool isMarked(const Space& space, Handle handle) { return *space.byteAt(MARKS_BASE + (handle >> CELL_SHIFT)) != 0; }

constexpr uint32_t FINALIZER = FLAG_K0;

bool isFinalizer(const Space& space, Handle ref) { return (*space.at(ref >> 2) & FINALIZER) != 0; }

void unlink(const Space& space, Word link) {
  const Word w = *space.at(link) >> 2;
  *space.at(link) = *space.at(w + WEAKREF_NEXT);
  *space.at(w + WEAKREF_REFERENT) = 0;
  *space.at(w + WEAKREF_NEXT) = 0;
}

void queue(const Space& space, Handle ref) {
  *space.at((ref >> 2) + WEAKREF_PENDING) = *space.at(CTL_WEAK_PENDING);
  *space.at(CTL_WEAK_PENDING) = ref;
}

// Looks at the reference that `link` holds; true when it stays.
bool keepReference(const Space& space, Word link) {
  const Handle ref = *space.at(link);
  if (isFinalizer(space, ref)) return true;
  const bool live = isMarked(space, ref);
  if (live && isMarked(space, *space.at((ref >> 2) + WEAKREF_REFERENT))) return true;
  unlink(space, link);
  if (live && *space.at((ref >> 2) + WEAKREF_CALLBACK) != 0) queue(space, ref);
  return false;
}

// Keeps a finalizer, or queues it with its dead referent; one that has run is dropped.
bool keepFinalizer(const Space& space, Word link, Marker& marker) {
  const Handle ref = *space.at(link);
  const Handle referent = *space.at((ref >> 2) + WEAKREF_REFERENT);
  if (!isFinalizer(space, ref)) return true;
  if (referent != 0 && isMarked(space, referent)) {
    (void)marker.markFrom(link);
    return true;
  }
  unlink(space, link);
  if (referent == 0) return false;
  *space.at((ref >> 2) + WEAKREF_CALLBACK) = referent;
  queue(space, ref);
  return false;
}

template <typename Keep>
void eachLink(const Space& space, Keep keep) {
  for (uint32_t i = 0; i < WEAK_BUCKETS; i++) {
    Word link = (WEAK_BASE >> 2) + i;
    while (*space.at(link) != 0) {
      const Word w = *space.at(link) >> 2;
      if (keep(link)) link = w + WEAKREF_NEXT;
    }
  }
}

// Keeps what is queued alive, one by one: a reference that something else refers to is marked already, before it was
// queued, and what it holds now is not.
Fault markPending(const Space& space, Marker& marker) {
  Fault fault = Fault::None;
  for (Word link = CTL_WEAK_PENDING; fault == Fault::None && *space.at(link) != 0;) {
    const Word w = *space.at(link) >> 2;
    fault = marker.markFrom(link);
    if (fault == Fault::None) fault = marker.markFrom(w + WEAKREF_CALLBACK);
    link = w + WEAKREF_PENDING;
  }
  return fault;
}

}  // namespace

Fault clearDeadReferences(const Space& space, Marker& marker) {
  if (loadAcquire(space.at(CTL_WEAK_USED)) == 0) return Fault::None;
  eachLink(space, [&](Word link) { return keepFinalizer(space, link, marker); });
  const Fault fault = markPending(space, marker);
  if (fault == Fault::None) eachLink(space, [&](Word link) { return keepReference(space, link); });
  return fault;
}

}  // namespace protospace
