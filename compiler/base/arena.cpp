#include "base/arena.hpp"

#include <sys/mman.h>

#include <algorithm>

namespace kdsl::base {
namespace {

constexpr std::size_t smallestBlock = std::size_t{16} << 10;
constexpr std::size_t largestBlock = std::size_t{32} << 20;
constexpr std::size_t hugePage = std::size_t{2} << 20;

/// Asks for large pages for what lies whole in a block: a big evaluation spends more time on the faults of small ones than on its own work.
void preferHugePages(std::byte* block, std::size_t size) {
  const auto begin = (reinterpret_cast<std::uintptr_t>(block) + hugePage - 1) & ~(std::uintptr_t{hugePage} - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(block) + size) & ~(std::uintptr_t{hugePage} - 1);
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // a wish: where it is not granted nothing is lost
}

}  // namespace

void* Arena::allocateInNewBlock(std::size_t size, std::size_t align) {
  // Blocks double: small evaluations stay small, large ones make few system calls.
  const std::size_t doubled = std::min(smallestBlock << std::min<std::size_t>(blocks_.size(), 16), largestBlock);
  const std::size_t block = std::max(doubled, size + align);
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block));
  if (block >= 2 * hugePage) preferHugePages(blocks_.back().get(), block);
  bytes_ += block;
  cursor_ = reinterpret_cast<std::uintptr_t>(blocks_.back().get());
  limit_ = cursor_ + block;
  const auto at = (cursor_ + (align - 1)) & ~(static_cast<std::uintptr_t>(align) - 1);
  cursor_ = at + size;
  return reinterpret_cast<void*>(at);
}

}  // namespace kdsl::base
