#include "base/huge_pages.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace kdsl::base {

void preferHugePages(void* begin, std::size_t size) {
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const auto first = (address + hugePage - 1) & ~(std::uintptr_t{hugePage} - 1);
  const auto end = (address + size) & ~(std::uintptr_t{hugePage} - 1);
  if (first < end) (void)::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

}  // namespace kdsl::base
