#include "base/arena.hpp"

#include <algorithm>

namespace kdsl::base {

void* Arena::allocateInNewBlock(std::size_t size, std::size_t align) {
  // Blocks double from 16 KiB to 1 MiB: small evaluations stay small, large ones make few system calls.
  const std::size_t doubled = std::min<std::size_t>(std::size_t{16 * 1024} << std::min<std::size_t>(blocks_.size(), 6), 1024 * 1024);
  const std::size_t block = std::max(doubled, size + align);
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block));
  bytes_ += block;
  cursor_ = reinterpret_cast<std::uintptr_t>(blocks_.back().get());
  limit_ = cursor_ + block;
  const auto at = (cursor_ + (align - 1)) & ~(static_cast<std::uintptr_t>(align) - 1);
  cursor_ = at + size;
  return reinterpret_cast<void*>(at);
}

}  // namespace kdsl::base
