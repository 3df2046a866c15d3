#include "base/arena.hpp"

#include <algorithm>

#include "base/huge_pages.hpp"

namespace kdsl::base {
namespace {

constexpr std::size_t smallestBlock = std::size_t{16} << 10;
constexpr std::size_t largestBlock = std::size_t{32} << 20;

}  // namespace

void* Arena::allocateInNewBlock(std::size_t size, std::size_t align) {
  // Blocks double: small evaluations stay small, large ones make few system calls. What is large lies on the bounds of huge pages.
  const std::size_t doubled = std::min(smallestBlock << std::min<std::size_t>(blocks_.size(), 16), largestBlock);
  std::size_t block = std::max(doubled, size + align);
  const bool isHuge = block >= hugePage;
  if (isHuge) block = (block + hugePage - 1) / hugePage * hugePage;
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(isHuge ? block + hugePage : block));
  bytes_ += block;
  cursor_ = reinterpret_cast<std::uintptr_t>(blocks_.back().get());
  if (isHuge) {
    cursor_ = (cursor_ + hugePage - 1) / hugePage * hugePage;
    preferHugePages(reinterpret_cast<void*>(cursor_), block);
  }
  limit_ = cursor_ + block;
  const auto at = (cursor_ + (align - 1)) & ~(static_cast<std::uintptr_t>(align) - 1);
  cursor_ = at + size;
  return reinterpret_cast<void*>(at);
}

}  // namespace kdsl::base
