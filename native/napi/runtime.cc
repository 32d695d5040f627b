// The few functions of the C++ runtime that compiled code refers to, so that no C++ library is linked: a library built
// by a current compiler then loads wherever the C library is as old as glibc 2.28 (npm run check:symbols).
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

// Only node-addon-api's small bookkeeping objects come here; without memory for them no error can be thrown either.
void* allocate(size_t bytes) {
  void* memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(size_t bytes) { return allocate(bytes); }
void* operator new[](size_t bytes) { return allocate(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

extern "C" void __cxa_pure_virtual() { std::abort(); }
