#include "base/arena.hpp"

#include <algorithm>

#include "base/huge_pages.hpp"

namespace kdsl::base {
namespace {

constexpr std::size_t smallestBlock = std::size_t{16} << 10;
constexpr std::size_t largestBlock = std::size_t{32} << 20;

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
