#include "marker.h"

#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include "../base/system.h"
#include "../heap/allocator.h"

namespace protospace {

using namespace layout;

namespace {

constexpr uint32_t CTX_GENERATOR = 8;
// Values of GENERATOR_STATE.
constexpr uint32_t GENERATOR_FINISHED = 0;
constexpr uint32_t GENERATOR_RUNNING = 3;
constexpr int32_t TAIL_TO_END = -1;
constexpr int32_t TAIL_FRAME = -2;
constexpr Address TYPES_END = TYPES_BASE + TYPES_MAX * TYPE_BYTES;

constexpr uint32_t FRAME_HANDLES[] = {F_CODE,      F_RETURN_VALUE, F_FUNCTION,    F_GLOBALS, F_ENVIRONMENT,
                                      F_GENERATOR, F_FRAME_OBJECT, F_LOCALS_DICT, F_BUILTINS};
constexpr uint32_t THREAD_HANDLES[] = {THR_NAME,          THR_BOOTSTRAP,       THR_ARGS,   THR_KWARGS, THR_RESULT,
                                       THR_WAIT_OBJECT,   THR_ASYNC_EXCEPTION, THR_LOCALS, THR_TARGET, THR_CONTEXT_VARS,
                                       THR_ASYNCGEN_HOOKS};

constexpr uint64_t markOf(Address address) { return MARKS_BASE + (address >> CELL_SHIFT); }
// Handles that a stack has memory for at first.
constexpr size_t USUAL = 8192;
constexpr bool inTypes(Address a) { return a >= TYPES_BASE && a < TYPES_END; }

}  // namespace

MarkStack::~MarkStack() { release(); }

void MarkStack::release() {
  freePages(items_, capacity_ * sizeof(Handle));
  items_ = nullptr;
  depth_ = capacity_ = 0;
}

void MarkStack::shrink() {
  if (capacity_ > USUAL) release();
}

void MarkStack::warm() {
  if (capacity_ == 0 && grow()) std::memset(items_, 0, capacity_ * sizeof(Handle));
}

bool MarkStack::grow() {
  const size_t capacity = capacity_ == 0 ? USUAL : capacity_ * 2;
  void* items = allocatePages(capacity * sizeof(Handle));
  if (items == nullptr) return false;
  if (depth_ != 0) std::memcpy(items, items_, depth_ * sizeof(Handle));
  freePages(items_, capacity_ * sizeof(Handle));
  items_ = static_cast<Handle*>(items);
  capacity_ = capacity;
  return true;
}

bool MarkStack::push(Handle handle) {
  if (depth_ == capacity_ && !grow()) return false;
  items_[depth_++] = handle;
  return true;
}

void MarkStack::swap(MarkStack& other) {
  Handle* const items = items_;
  const size_t depth = depth_, capacity = capacity_;
  items_ = other.items_, depth_ = other.depth_, capacity_ = other.capacity_;
  other.items_ = items, other.depth_ = depth, other.capacity_ = capacity;
}

// The world is stopped, and there may be many thousands: only those of the shorter one are copied.
bool MarkStack::take(MarkStack& other) {
  if (depth_ < other.depth_) swap(other);
  while (capacity_ - depth_ < other.depth_) {
    if (!grow()) return false;
  }
  if (other.depth_ != 0) std::memcpy(items_ + depth_, other.items_, other.depth_ * sizeof(Handle));
  depth_ += other.depth_;
  other.depth_ = 0;
  return true;
}

Marker::Marker(const Space& space)
    : space_(space),
      firstBlock_(loadAcquire(space.at(CTL_BLOCKS_FIRST))),
      topBlock_(loadAcquire(space.at(CTL_BLOCKS_TOP))) {}

void Marker::fail(Fault fault, Word word) {
  if (fault_ != Fault::None) return;
  if (beside_ && current_ != 0 && fault != Fault::Memory) return keep(stopped_, current_);
  fault_ = fault;
  faultWord_ = word;
}

PROTOSPACE_INLINE bool Marker::inObjectBlock(Address address) const {
  const uint32_t block = address >> BLOCK_SHIFT;
  if (block < firstBlock_ || block >= (beside_ ? loadAcquire(space_.at(CTL_BLOCKS_TOP)) : topBlock_)) return false;
  const uint32_t state = loadRelaxed(space_.at(blockEntry(block)));
  return state == BLOCK_SMALL || state == BLOCK_LARGE;
}

Fault Marker::check(Handle handle) const {
  const bool builtin = inTypes(handle);
  if (!builtin && !inObjectBlock(handle)) return Fault::Outside;
  const uint32_t kind = word(handle >> 2) & 0xff;
  if (kind == KIND_FREE || kind >= KINDS) return Fault::Kind;
  const uint64_t cells = word((handle >> 2) + W_CELLS);
  const uint64_t limit = builtin ? TYPES_END : uint64_t{loadAcquire(space_.at(CTL_BLOCKS_TOP))} * BLOCK_BYTES;
  return cells == 0 || handle + cells * CELL_BYTES > limit ? Fault::Cells : Fault::None;
}

// As check() is Fault::None, for what is no built-in type.
PROTOSPACE_INLINE bool Marker::isSound(Handle handle, uint32_t kind, uint32_t cells) const {
  if (kind == KIND_FREE || kind >= KINDS || cells == 0) return false;
  const uint64_t end = uint64_t{handle} + uint64_t{cells} * CELL_BYTES;
  return end <= uint64_t{loadAcquire(space_.at(CTL_BLOCKS_TOP))} * BLOCK_BYTES;
}

PROTOSPACE_INLINE void Marker::markInline(Handle handle, Word at) {
  uint8_t* mark = space_.byteAt(markOf(handle));
  const uint8_t seen = *mark;
  if (seen == MARK_OBJECT) return;
  const uint32_t kind = word(handle >> 2) & 0xff;
  const uint32_t cells = word((handle >> 2) + W_CELLS);
  const bool strange = seen == new_ || seen == MARK_REST || seen == MARK_GRANULES || !inObjectBlock(handle);
  if (strange || !isSound(handle, kind, cells)) return markUnclear(handle, seen, at);
  *mark = MARK_OBJECT;
  marked_ += cells;
  if (cells > 1) std::memset(mark + 1, MARK_REST, cells - 1);
  if (!stack_.push(handle)) fail(Fault::Memory, at);
}

// What is new, a built-in type, or no object.
PROTOSPACE_APART void Marker::markUnclear(Handle handle, uint8_t seen, Word at) {
  if (seen == new_) return keep(deferred_, handle);
  const Fault fault = seen == MARK_REST || seen == MARK_GRANULES ? Fault::Inside : check(handle);
  if (fault != Fault::None) return fail(fault, at);
  uint8_t* mark = space_.byteAt(markOf(handle));
  *mark = MARK_OBJECT;
  const uint32_t cells = word((handle >> 2) + W_CELLS);
  if (cells > 1) std::memset(mark + 1, MARK_REST, cells - 1);
  if (!stack_.push(handle)) fail(Fault::Memory, at);
}

PROTOSPACE_INLINE void Marker::visitObject(Handle handle, Word at) {
  if (handle % CELL_BYTES != 0) return fail(Fault::Misaligned, at);
  if (uint64_t{handle} >= space_.bytes) return fail(Fault::Outside, at);
  // Built-in types are roots of their own, and one that is not made yet may be named already.
  if (inTypes(handle)) return handle % TYPE_BYTES != 0 ? fail(Fault::Inside, at) : void();
  markInline(handle, at);
}

void Marker::markObject(Handle handle, Word at) { markInline(handle, at); }

void Marker::visitHandle(Handle handle, Word at) {
  if ((handle & 1) != 0 || handle == 0) return;
  const uint32_t tag = handle & 7;
  if (tag == 0) return visitObject(handle, at);
  if (tag == 6) return;
  if (!inObjectBlock(handle)) return fail(Fault::Outside, at);
  uint8_t* mark = space_.byteAt(markOf(handle));
  if (isMark(*mark)) return;
  if (*mark == new_) return keep(deferred_, handle);
  *mark = MARK_GRANULES;
  marked_++;
}

void Marker::visit(Word at) { visitHandle(loadAcquire(space_.at(at)), at); }

PROTOSPACE_INLINE void Marker::visitInline(Word at) {
  const Handle handle = loadAcquire(space_.at(at));
  if ((handle & 1) != 0 || handle == 0) return;
  if ((handle & 7) == 0) return visitObject(handle, at);
  if ((handle & 7) != 6) visitHandle(handle, at);
}

void Marker::scanTail(Word from, Word stop, uint32_t stride, uint32_t mask) {
  if (stride == 1) {
    for (Word w = from; w < stop; w++) visitInline(w);
    return;
  }
  for (Word w = from; w < stop; w += stride) {
    for (uint32_t bits = mask; bits != 0; bits &= bits - 1) visit(w + static_cast<uint32_t>(__builtin_ctz(bits)));
  }
}

void Marker::scanObject(Handle handle) {
  const Word w = handle >> 2;
  const uint32_t head = word(w);
  const uint32_t kind = head & 0xff;
  const uint64_t bound = w + uint64_t{word(w + W_CELLS)} * (CELL_BYTES / 4);
  // What else happens, nothing outside the space is read.
  if (kind >= KINDS || bound * 4 > space_.bytes) return fail(Fault::Cells, w + W_CELLS);
  const Word end = static_cast<Word>(bound);
  const MarkRow& row = MARK_TABLE[kind];
  for (uint32_t bits = row.mask; bits != 0; bits &= bits - 1)
    visitInline(w + static_cast<uint32_t>(__builtin_ctz(bits)));
  if (kind == KIND_TYPE || ((head & FLAG_SUBCLASS) != 0 && kind != KIND_INSTANCE)) visit(end - 1);
  if (row.tailCount == 0) return;
  if (row.tailCount == TAIL_FRAME) {
    if (beside_) return scanSuspended(handle) ? void() : keep(stopped_, handle);
    if (word(w + GENERATOR_STATE) != 0) scanFrame(w + row.tailFrom);
    return;
  }
  Word stop = end;
  if (row.tailCount != TAIL_TO_END) {
    const uint64_t counted = w + row.tailFrom + uint64_t{word(w + static_cast<uint32_t>(row.tailCount))} * row.stride;
    if (counted > end) return fail(Fault::Cells, w + static_cast<uint32_t>(row.tailCount));
    stop = static_cast<Word>(counted);
  }
  scanTail(w + row.tailFrom, stop, row.stride, row.strideMask);
}

// Marks what the frame of a suspended generator holds, while the program runs. False when it runs or did so meanwhile:
// what its frame held then may never have been stored in an object, and need not be there any longer. A resumption sets
// the state, counts, and changes the frame; a yield passes to the barrier what the frame holds, then sets the state:
// test/model/marking-reads.ts. Plain stores of JavaScript keep that order on x86 only.
bool Marker::scanSuspended(Handle generator) {
#if defined(__x86_64__) || defined(_M_X64)
  const Word w = generator >> 2;
  const uint32_t resumes = loadAcquire(space_.at(w + GENERATOR_RESUMES));
  const uint32_t state = loadAcquire(space_.at(w + GENERATOR_STATE));
  if (state == GENERATOR_FINISHED) return true;
  if (state == GENERATOR_RUNNING) return false;
  const Word frame = w + MARK_TABLE[KIND_GENERATOR].tailFrom;
  const Word top = loadAcquire(space_.at(frame + F_SP));
  if (top < frame || top > w + word(w + W_CELLS) * (CELL_BYTES / 4)) return false;
  frame_.clear();
  for (const uint32_t offset : FRAME_HANDLES) keep(frame_, loadAcquire(space_.at(frame + offset)));
  keep(frame_, loadAcquire(space_.at(frame + F_HANDLED_SAVED)));
  for (Word at = frame + F_LOCALS; at < top; at++) keep(frame_, loadAcquire(space_.at(at)));
  if (loadAcquire(space_.at(w + GENERATOR_RESUMES)) != resumes) return false;
  for (size_t i = 0; i < frame_.size(); i++) visitHandle(frame_.at(i), w);
  return true;
#else
  (void)generator;
  return false;
#endif
}

void Marker::scanFrame(Word frame) {
  for (const uint32_t offset : FRAME_HANDLES) visit(frame + offset);
  if ((word(frame + F_FLAGS) & CTX_GENERATOR) != 0) visit(frame + F_HANDLED_SAVED);
  const Word top = word(frame + F_SP);
  if (uint64_t{top} * 4 > space_.bytes) return fail(Fault::Outside, frame + F_SP);
  for (Word w = frame + F_LOCALS; w < top; w++) visit(w);
}

void Marker::scanStack(Word context) {
  for (Word c = context; c != 0 && fault_ == Fault::None; c = word(c + F_PREVIOUS)) {
    if (uint64_t{c + F_LOCALS} * 4 > space_.bytes) return fail(Fault::Outside, context + F_PREVIOUS);
    scanFrame(c);
    if (drains_) drain();
  }
}

void Marker::scanThread(Word thread) {
  for (const uint32_t offset : THREAD_HANDLES) visit(thread + offset);
  const uint32_t mounted = word(thread + THR_CARRIER);
  const Word carrier = (CARRIERS_BASE + (mounted - 1) * CARRIER_BYTES) >> 2;
  if (mounted == 0 || word(carrier + CAR_THREAD) != thread) {
    for (const uint32_t offset : {THR_EXCEPTION, THR_HANDLED, THR_ENVIRONMENT}) visit(thread + offset);
    return scanStack(word(thread + THR_CONTEXT));
  }
  for (const uint32_t offset : {CAR_EXCEPTION, CAR_HANDLED, CAR_ENVIRONMENT}) visit(carrier + offset);
  scanStack(word(carrier + CAR_CONTEXT));
}

void Marker::scanThreads() {
  const uint32_t used = loadAcquire(space_.at(CTL_THREADS_USED));
  for (uint32_t i = 0; i < used; i++) {
    const Word thread = (THREADS_BASE + i * THREAD_BYTES) >> 2;
    if (loadAcquire(space_.at(thread + THR_STATE)) != 0) scanThread(thread);
  }
}

void Marker::scanTypes() {
  for (uint32_t i = 0; i < TYPES_MAX; i++) {
    const Handle handle = TYPES_BASE + i * TYPE_BYTES;
    if (word(handle >> 2) == 0) continue;
    markObject(handle, handle >> 2);
    drain();
  }
}

void Marker::scanInterned() {
  for (uint32_t i = 0; i < INTERN_BUCKETS; i++) {
    for (Word link = (INTERN_BASE >> 2) + i; word(link) != 0; link = (word(link) >> 2) + W_SYNC) {
      visit(link);
      if (fault_ != Fault::None) return;
    }
  }
  drain();
}

void Marker::drain() {
  while (!stack_.empty() && fault_ == Fault::None) scanObject(stack_.pop());
}

bool Marker::drainSome(uint64_t budget) {
  while (!stack_.empty() && fault_ == Fault::None) {
    if (budget == 0) return false;
    current_ = stack_.pop();
    const uint64_t cells = word((current_ >> 2) + W_CELLS);
    scanObject(current_);
    current_ = 0;
    budget -= cells < budget ? cells : budget;
  }
  return fault_ == Fault::None;
}

void Marker::clearMarks() {
  std::memset(space_.byteAt(markOf(TYPES_BASE)), 0, (TYPES_END - TYPES_BASE) / CELL_BYTES);
  constexpr uint64_t LINES = BLOCK_BYTES / CELL_BYTES;
  // Those of free blocks are 0 (sweeper.cc), and may have no memory.
  for (uint32_t block = firstBlock_; block < topBlock_; block++) {
    if (word(blockEntry(block)) != BLOCK_FREE) std::memset(space_.byteAt(MARKS_BASE + block * LINES), 0, LINES);
  }
}

Fault Marker::markAll() {
  clearMarks();
  scanTypes();
  for (uint32_t i = 0; i < ROOTS_COUNT; i++) visit((ROOTS_BASE >> 2) + i);
  drain();
  visit(CTL_WEAK_PENDING);
  scanInterned();
  if (fault_ == Fault::None) scanThreads();
  drain();
  return fault_;
}

Fault Marker::markFrom(Word word) {
  visit(word);
  drain();
  return fault_;
}

}  // namespace protospace
