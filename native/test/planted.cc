// Faults planted on purpose (npm run test:native -- --sanitize X --plant): each sanitizer must stop this program.
#include <thread>

#include "check.h"

using namespace protospace;

namespace {

#if defined(PLANT_ADDRESS)
// A word behind the space.
void plant() {
  TestSpace t;
  *t.space.at(static_cast<Word>(TestSpace::BYTES / 4)) = 1;
}
#elif defined(PLANT_THREAD)
// Two threads write one word without order.
void plant() {
  TestSpace t;
  uint32_t* word = t.space.at(layout::ROOTS_BASE >> 2);
  std::thread other([word] { *word = 1; });
  *word = 2;
  other.join();
}
#elif defined(PLANT_UNDEFINED)
// A shift by as many bits as there are.
void plant() {
  TestSpace t;
  uint32_t* word = t.space.at(layout::ROOTS_BASE >> 2);
  *word = 32;
  std::printf("%u\n", 1u << *word);
}
#else
// Nothing to be seen without a sanitizer, but a check that fails.
void plant() { CHECK(layout::CELL_BYTES == 0); }
#endif

}  // namespace

int main() {
  plant();
  std::printf("planted: %d failures\n", failures());
  return failures() == 0 ? 0 : 1;
}
