#include "weak.h"

namespace protospace {

using namespace layout;

namespace {

bool isMarked(const Space& space, Handle handle) { return isMark(*space.byteAt(MARKS_BASE + (handle >> CELL_SHIFT))); }

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
void followChain(const Space& space, Word link, Keep keep) {
  while (*space.at(link) != 0) {
    const Word w = *space.at(link) >> 2;
    if (keep(link)) link = w + WEAKREF_NEXT;
  }
}

// The threads' lists of undecided finalizers (lib/heap/pending.ts).
template <typename Keep>
void eachUndecided(const Space& space, Keep keep) {
  const uint32_t used = loadAcquire(space.at(CTL_THREADS_USED));
  for (uint32_t i = 0; i < used; i++) {
    const Word thread = (THREADS_BASE + i * THREAD_BYTES) >> 2;
    if (loadAcquire(space.at(thread + THR_STATE)) != 0) followChain(space, thread + THR_FINALIZERS, keep);
  }
}

template <typename Keep>
void eachLink(const Space& space, Keep keep) {
  for (uint32_t i = 0; i < WEAK_BUCKETS; i++) followChain(space, (WEAK_BASE >> 2) + i, keep);
  eachUndecided(space, keep);
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

constexpr uint32_t PARTS = 32;
constexpr uint32_t PART = WEAK_BUCKETS / PARTS;

// As bucketOf in lib/heap/weak-table.ts.
constexpr Word bucketOf(Handle referent) { return (WEAK_BASE >> 2) + (((referent >> CELL_SHIFT) * 0x9e3779b1u) >> 16); }

// May it have to be cleared, or is it a finalizer that may have to be queued?
bool isCandidate(const Space& space, Handle ref) {
  const Handle referent = loadAcquire(space.at((ref >> 2) + WEAKREF_REFERENT));
  if (referent == 0 || !isMarked(space, referent)) return true;
  return !isFinalizer(space, ref) && !isMarked(space, ref);
}

// The link of the table that holds `ref`; 0: it is in none.
Word linkTo(const Space& space, Handle ref) {
  const Handle referent = *space.at((ref >> 2) + WEAKREF_REFERENT);
  for (Word link = bucketOf(referent); *space.at(link) != 0; link = (*space.at(link) >> 2) + WEAKREF_NEXT) {
    if (*space.at(link) == ref) return link;
  }
  return 0;
}

// Takes a finalizer that has run out of the table, while threads may enter others at the head of the chain and read it:
// no one else takes any out, and the chain behind it stays whole.
void dropRun(const Space& space, Word link) {
  const Handle ref = loadAcquire(space.at(link));
  const Handle next = loadAcquire(space.at((ref >> 2) + WEAKREF_NEXT));
  uint32_t seen = ref;
  if (link < (WEAK_BASE >> 2) + WEAK_BUCKETS) {
    casAcqRel(space.at(link), seen, next);
  } else {
    storeRelease(space.at(link), next);
  }
}

bool hasRun(const Space& space, Handle ref) {
  return isFinalizer(space, ref) && loadAcquire(space.at((ref >> 2) + WEAKREF_REFERENT)) == 0;
}

}  // namespace

void WeakCandidates::reset() {
  found_.clear();
  made_.clear();
}

void WeakCandidates::release() {
  found_.release();
  made_.release();
}

bool WeakCandidates::collect(const Space& space, Marker& marker) {
  found_.clear();
  const uint32_t used = loadAcquire(space.at(CTL_WEAK_USED));
  for (Word bucket = WEAK_BASE >> 2; bucket < (WEAK_BASE >> 2) + WEAK_BUCKETS; bucket++) {
    const uint32_t part = (bucket - (WEAK_BASE >> 2)) / PART;
    if ((used >> part & 1) == 0) {
      bucket += PART - 1;
      continue;
    }
    for (Word link = bucket; loadAcquire(space.at(link)) != 0;) {
      const Handle ref = loadAcquire(space.at(link));
      if (hasRun(space, ref)) {
        dropRun(space, link);
        continue;
      }
      if (!isCandidate(space, ref)) {
        if (isFinalizer(space, ref)) marker.shade(ref);
      } else if (!found_.push(ref)) {
        return false;
      }
      link = (ref >> 2) + WEAKREF_NEXT;
    }
  }
  return true;
}

bool WeakCandidates::queueFinalizers(const Space& space, Marker& marker) {
  if (!found_.take(made_)) return false;
  for (size_t i = 0; i < found_.size(); i++) {
    const Handle ref = found_.at(i);
    if (!isFinalizer(space, ref)) continue;
    const Handle referent = *space.at((ref >> 2) + WEAKREF_REFERENT);
    // One that has run meanwhile is dropped by the next cycle.
    if (referent == 0 || isMarked(space, referent)) {
      marker.shade(ref);
      continue;
    }
    const Word link = linkTo(space, ref);
    if (link == 0) continue;
    unlink(space, link);
    *space.at((ref >> 2) + WEAKREF_CALLBACK) = referent;
    queue(space, ref);
  }
  eachUndecided(space, [&](Word link) {
    const Handle ref = *space.at(link);
    const Handle referent = *space.at((ref >> 2) + WEAKREF_REFERENT);
    if (referent == 0 || isMarked(space, referent)) {
      marker.shade(ref);
      return true;
    }
    unlink(space, link);
    *space.at((ref >> 2) + WEAKREF_CALLBACK) = referent;
    queue(space, ref);
    return false;
  });
  // One by one, as markPending.
  for (Handle ref = *space.at(CTL_WEAK_PENDING); ref != 0; ref = *space.at((ref >> 2) + WEAKREF_PENDING)) {
    marker.shade(ref);
    marker.shade(*space.at((ref >> 2) + WEAKREF_CALLBACK));
  }
  return true;
}

void WeakCandidates::clearDead(const Space& space) {
  for (size_t i = 0; i < found_.size(); i++) {
    const Handle ref = found_.at(i);
    if (isFinalizer(space, ref)) continue;
    const Handle referent = *space.at((ref >> 2) + WEAKREF_REFERENT);
    const bool live = isMarked(space, ref);
    if (referent == 0 || (live && isMarked(space, referent))) continue;
    const Word link = linkTo(space, ref);
    if (link == 0) continue;
    unlink(space, link);
    if (live && *space.at((ref >> 2) + WEAKREF_CALLBACK) != 0) queue(space, ref);
  }
}

Fault clearDeadReferences(const Space& space, Marker& marker) {
  if (loadAcquire(space.at(CTL_WEAK_USED)) == 0) return Fault::None;
  eachLink(space, [&](Word link) { return keepFinalizer(space, link, marker); });
  const Fault fault = markPending(space, marker);
  if (fault == Fault::None) eachLink(space, [&](Word link) { return keepReference(space, link); });
  return fault;
}

}  // namespace protospace
