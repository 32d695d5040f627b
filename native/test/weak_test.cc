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

  uint32_t referent(Handle ref) { return word((ref >> 2) + WEAKREF_REFERENT); }

  void collect() {
    CHECK(Marker(space).markAll() == Fault::None);
    clearDeadReferences(space);
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

}  // namespace

int main() {
  clearsTheDeadOnly();
  queuesCallbacks();
  std::printf("weak: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
