// The native marker: one mark byte for every cell, driven by MARK_TABLE; lib/heap/mark.ts and scan.ts are the twin.
// The world is stopped, so plain loads see everything.
#pragma once
#include "../base/space.h"

namespace protospace {

constexpr uint8_t MARK_OBJECT = 1;    // first cell of an object
constexpr uint8_t MARK_REST = 2;      // its other cells
constexpr uint8_t MARK_GRANULES = 3;  // a line of floats

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

 private:
  bool grow();
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
  Word faultWord() const { return faultWord_; }

 private:
  void clearMarks();
  void visit(Word word);
  void visitObject(Handle handle, Word word);
  void markObject(Handle handle, Word word);
  void drain();
  void scanObject(Handle handle);
  void scanTail(Word from, Word stop, uint32_t stride, uint32_t mask);
  void scanFrame(Word frame);
  void scanStack(Word context);
  void scanThread(Word thread);
  void scanThreads();
  void scanTypes();
  void scanInterned();
  bool inObjectBlock(Address address) const;
  Fault check(Handle handle) const;
  void fail(Fault fault, Word word);
  uint32_t word(Word w) const { return *space_.at(w); }

  Space space_;
  MarkStack stack_;
  uint32_t firstBlock_;
  uint32_t topBlock_;
  Fault fault_ = Fault::None;
  Word faultWord_ = 0;
};

}  // namespace protospace
