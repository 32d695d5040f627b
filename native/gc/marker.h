// The native marker: one mark byte for every cell, driven by MARK_TABLE; lib/heap/mark.ts and scan.ts are the twin.
// The world is stopped, or cycle.h lets the program run meanwhile: then handles are loaded with acquire, and what makes
// no sense is looked at again when the world is stopped.
#pragma once
#include "../base/space.h"

namespace protospace {

constexpr uint8_t MARK_OBJECT = 1;    // first cell of an object
constexpr uint8_t MARK_REST = 2;      // its other cells
constexpr uint8_t MARK_GRANULES = 3;  // a line of floats
// Lines of runs handed out in phase n of a cycle: MARK_NEW + n. In later phases such a byte says nothing.
constexpr uint8_t MARK_NEW = 7;
// No line is new.
constexpr uint8_t NONE_NEW = 255;

constexpr bool isMark(uint8_t byte) { return static_cast<uint8_t>(byte - 1) < MARK_GRANULES; }

// Why marking stopped; `word` holds what is no handle.
enum class Fault : uint32_t { None, Misaligned, Outside, Inside, Kind, Cells, Memory };

// A stack of handles in memory of its own, growing by doubling; false when the system refuses memory.
class MarkStack {
 public:
  MarkStack() = default;
  ~MarkStack();
  MarkStack(const MarkStack&) = delete;
  MarkStack& operator=(const MarkStack&) = delete;
  bool push(Handle handle);
  Handle pop() { return items_[--depth_]; }
  bool empty() const { return depth_ == 0; }
  size_t size() const { return depth_; }
  Handle at(size_t i) const { return items_[i]; }
  void clear() { depth_ = 0; }
  // Gives its memory back; it is empty then.
  void release();
  // The same where it is much.
  void shrink();
  // Has memory for what is usual, so that the first to push need not wait for the system: the world may be stopped.
  void warm();
  // Takes what the other holds; false when the system refuses memory.
  bool take(MarkStack& other);

 private:
  bool grow();
  void swap(MarkStack& other);
  Handle* items_ = nullptr;
  size_t depth_ = 0;
  size_t capacity_ = 0;
};

class Marker {
 public:
  explicit Marker(const Space& space);
  // Marks all that can be reached; Fault::None when every word was a handle.
  Fault markAll();
  // Marks what `word` holds and all it reaches; after markAll, before sweeping.
  Fault markFrom(Word word);
  // Marks the object or line of floats; what it reaches later.
  void shade(Handle handle) { visitHandle(handle, 0); }
  Word faultWord() const { return faultWord_; }
  // Cells that were marked, lines of floats included.
  uint64_t marked() const { return marked_; }

 protected:
  void clearMarks();
  void visit(Word word);
  void visitHandle(Handle handle, Word word);
  // visit, visitObject, markObject and check where they are called most.
  void visitInline(Word word);
  void visitObject(Handle handle, Word word);
  void markInline(Handle handle, Word word);
  void markObject(Handle handle, Word word);
  void markUnclear(Handle handle, uint8_t seen, Word word);
  void drain();
  // Scans what is grey, about `budget` cells of it; true when nothing is left.
  bool drainSome(uint64_t budget);
  void scanObject(Handle handle);
  void scanTail(Word from, Word stop, uint32_t stride, uint32_t mask);
  void scanFrame(Word frame);
  bool scanSuspended(Handle generator);
  void scanStack(Word context);
  void scanThread(Word thread);
  void scanThreads();
  void scanTypes();
  void scanInterned();
  bool inObjectBlock(Address address) const;
  Fault check(Handle handle) const;
  bool isSound(Handle handle, uint32_t kind, uint32_t cells) const;
  void fail(Fault fault, Word word);
  uint32_t word(Word w) const { return loadRelaxed(space_.at(w)); }
  void keep(MarkStack& list, Handle handle) {
    if (!list.push(handle)) fail(Fault::Memory, 0);
  }

  Space space_;
  MarkStack stack_;
  // Met in new lines: for the next phase.
  MarkStack deferred_;
  // To be scanned when the world is stopped: generators that run, as stacks are, and what made no sense.
  MarkStack stopped_;
  // A copy of the frame of a generator.
  MarkStack frame_;
  // Does the program run?
  bool beside_ = false;
  // Are stacks scanned frame by frame, each with all it reaches?
  bool drains_ = true;
  uint8_t new_ = NONE_NEW;
  uint64_t marked_ = 0;
  // What is scanned.
  Handle current_ = 0;
  uint32_t firstBlock_;
  uint32_t topBlock_;
  Fault fault_ = Fault::None;
  Word faultWord_ = 0;
};

}  // namespace protospace
