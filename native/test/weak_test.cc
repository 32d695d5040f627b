// Weak references on a heap made by hand: cleared and queued after marking.
#include "../gc/weak.h"
#include "../gc/marker.h"
#include "check.h"

using namespace protospace;
using namespace protospace::layout;

namespace {

constexpr Word ROOT = ROOTS_BASE >> 2;
constexpr Word BUCKET = WEAK_BASE >> 2;

struct Heap : TestSpace {
  Allocator allocator{space};
  Address bump = 0;
  uint32_t roots = 0;

  uint32_t& word(Word w) { return *space.at(w); }

  Handle object(uint32_t kind, bool rooted) {
    if (bump % BLOCK_BYTES == 0) bump = allocator.getFreeCells(BLOCK_BYTES, BLOCK_BYTES).address;
    const Handle handle = bump;
    bump += CELL_BYTES;
    for (uint32_t i = 0; i < 16; i++) word((handle >> 2) + i) = 0;
    word(handle >> 2) = kind;
    word((handle >> 2) + W_CELLS) = 1;
    if (rooted) word(ROOT + roots++) = handle;
    return handle;
  }

  Handle weak(Handle referent, bool callback, bool rooted) {
    const Handle ref = object(KIND_WEAKREF, rooted);
    word((ref >> 2) + WEAKREF_REFERENT) = referent;
    word((ref >> 2) + WEAKREF_CALLBACK) = callback ? 6 : 0;
    word((ref >> 2) + WEAKREF_NEXT) = word(BUCKET);
    word(BUCKET) = ref;
    word(CTL_WEAK_USED) = 1;
    return ref;
  }

  Handle finalizer(Handle referent) {
    const Handle ref = weak(referent, false, false);
    word(ref >> 2) |= FLAG_K0;
    return ref;
  }

  bool marked(Handle handle) { return *space.byteAt(MARKS_BASE + (handle >> CELL_SHIFT)) == MARK_OBJECT; }

  uint32_t referent(Handle ref) { return word((ref >> 2) + WEAKREF_REFERENT); }

  void collect() {
    Marker marker(space);
    CHECK(marker.markAll() == Fault::None);
    CHECK(clearDeadReferences(space, marker) == Fault::None);
  }
};

void clearsTheDeadOnly() {
  Heap h;
  const Handle live = h.object(KIND_TUPLE, true);
  const Handle dead = h.object(KIND_TUPLE, false);
  const Handle first = h.weak(live, true, true);
  const Handle second = h.weak(dead, false, true);
  const Handle third = h.weak(live, false, false);
  h.collect();
  CHECK(h.referent(first) == live);
  CHECK(h.referent(second) == 0);
  CHECK(h.word(BUCKET) == first);
  CHECK(h.referent(third) == 0);
  CHECK(h.word(CTL_WEAK_PENDING) == 0);
}

void queuesCallbacks() {
  Heap h;
  const Handle dead = h.object(KIND_TUPLE, false);
  const Handle first = h.weak(dead, true, true);
  const Handle second = h.weak(dead, true, true);
  h.weak(dead, true, false);
  h.collect();
  CHECK(h.word(BUCKET) == 0);
  CHECK(h.word(CTL_WEAK_PENDING) == first);
  CHECK(h.word((first >> 2) + WEAKREF_PENDING) == second);
  CHECK(h.word((second >> 2) + WEAKREF_PENDING) == 0);
  // The queue is a root.
  h.word(ROOT + 0) = h.word(ROOT + 1) = 0;
  CHECK(Marker(h.space).markAll() == Fault::None);
  CHECK(*h.space.byteAt(MARKS_BASE + (second >> CELL_SHIFT)) == MARK_OBJECT);
}

void keepsTheDeadForTheirFinalizers() {
  Heap h;
  const Handle inner = h.object(KIND_CELL, false);
  const Handle dead = h.object(KIND_CELL, false);
  h.word((dead >> 2) + CELL_VALUE) = inner;
  const Handle live = h.object(KIND_CELL, true);
  const Handle reference = h.weak(dead, false, true);
  const Handle kept = h.finalizer(live);
  const Handle first = h.finalizer(dead);
  const Handle second = h.finalizer(inner);
  h.collect();
  CHECK(h.referent(reference) == dead);
  CHECK(h.referent(kept) == live && h.marked(kept));
  CHECK(h.word((first >> 2) + WEAKREF_CALLBACK) == dead && h.word((second >> 2) + WEAKREF_CALLBACK) == inner);
  CHECK(h.marked(first) && h.marked(second) && h.marked(dead) && h.marked(inner));
  // Once they have run, nothing keeps them.
  h.word(CTL_WEAK_PENDING) = 0;
  h.collect();
  CHECK(h.referent(reference) == 0);
  CHECK(!h.marked(first) && !h.marked(dead) && !h.marked(inner));
}

// What they were about to finalize was swept: the references were marked before they were queued.
void keepsTheDeadOfReferencesThatAreMarked() {
  Heap h;
  const Handle first = h.object(KIND_CELL, false);
  const Handle second = h.object(KIND_CELL, false);
  const Handle older = h.finalizer(first);
  const Handle newer = h.finalizer(second);
  h.word(ROOT + h.roots++) = newer;
  h.word(ROOT + h.roots++) = older;
  h.collect();
  CHECK(h.word((older >> 2) + WEAKREF_CALLBACK) == first && h.word((newer >> 2) + WEAKREF_CALLBACK) == second);
  CHECK(h.marked(first) && h.marked(second));
}

}  // namespace

int main() {
  clearsTheDeadOnly();
  queuesCallbacks();
  keepsTheDeadForTheirFinalizers();
  keepsTheDeadOfReferencesThatAreMarked();
  std::printf("weak: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
