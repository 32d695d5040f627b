// The allocator alone: no overlap, exhaustion, and threads that contend.
#include <algorithm>
#include <thread>
#include <vector>

#include "check.h"

using namespace protospace;
using layout::BLOCK_BYTES;

namespace {

void checkDisjoint(std::vector<Run> runs) {
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.address < b.address; });
  for (size_t i = 1; i < runs.size(); i++) CHECK(runs[i - 1].address + runs[i - 1].bytes <= runs[i].address);
}

void servesAlignedRuns() {
  TestSpace t;
  Allocator allocator(t.space);
  std::vector<Run> runs;
  for (uint32_t i = 0; i < 300; i++) {
    const Run run = allocator.getFreeCells(64 * (1 + i % 32), 2048);
    CHECK(run.address != 0 && run.address % 64 == 0);
    CHECK(run.bytes >= 64 * (1 + i % 32) && run.bytes < 2048 + RUN_LEAST);
    runs.push_back(run);
  }
  checkDisjoint(runs);
}

void saysWhenExhausted() {
  TestSpace t;
  Allocator allocator(t.space);
  uint32_t blocks = 0;
  while (allocator.getFreeCells(BLOCK_BYTES, BLOCK_BYTES).address != 0) blocks++;
  CHECK(blocks == TestSpace::BYTES / BLOCK_BYTES - t.first - 1);
  CHECK(allocator.claimBlocks(1, BLOCK_LARGE) == 0);
  allocator.releaseBlocks(t.first * BLOCK_BYTES, 2);
  CHECK(allocator.claimBlocks(2, BLOCK_LARGE) == t.first * BLOCK_BYTES);
  CHECK(*t.space.at(blockEntry(t.first + 1)) == BLOCK_LARGE_REST);
}

// Each thread writes its number into every word it holds and finds it unchanged.
void work(const Space& space, uint32_t self, std::vector<Run>& held) {
  Allocator allocator(space);
  uint32_t state = self * 7919;
  for (int i = 0; i < 20000; i++) {
    state = state * 1103515245 + 12345;
    if (held.size() > 40 || (!held.empty() && (state >> 16) % 3 == 0)) {
      const Run run = held.back();
      held.pop_back();
      for (uint32_t w = 2; w < run.bytes / 4; w++) CHECK(*space.at((run.address >> 2) + w) == self);
      if (run.bytes >= RUN_LEAST) allocator.pushRun(run.address, run.bytes);
      continue;
    }
    const Run run = allocator.getFreeCells(256, 512 + (state >> 16) % 32 * 64);
    if (run.address == 0) continue;
    for (uint32_t w = 2; w < run.bytes / 4; w++) *space.at((run.address >> 2) + w) = self;
    held.push_back(run);
  }
}

void threadsContend() {
  TestSpace t;
  std::vector<Run> held[3];
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < 3; i++) threads.emplace_back([&t, &held, i] { work(t.space, i + 1, held[i]); });
  for (std::thread& thread : threads) thread.join();
  std::vector<Run> all;
  for (const auto& runs : held) all.insert(all.end(), runs.begin(), runs.end());
  checkDisjoint(all);
}

}  // namespace

int main() {
  servesAlignedRuns();
  saysWhenExhausted();
  threadsContend();
  std::printf("allocator: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
