#pragma once
// A std::vector for large arrays of plain data that are written once: growing it initialises nothing, and it prefers huge pages.
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/huge_pages.hpp"

namespace kdsl::base {

template <typename T>
struct RawAllocator {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>, "nothing begins or ends its life");
  using value_type = T;

  RawAllocator() = default;
  template <typename U>
  RawAllocator(const RawAllocator<U>&) {}  // NOLINT: converts like any allocator

  T* allocate(std::size_t count) {
    auto* memory = static_cast<T*>(::operator new(count * sizeof(T)));
    if (count * sizeof(T) >= 2 * hugePage) preferHugePages(memory, count * sizeof(T));
    return memory;
  }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory); }

  /// `resize` leaves new elements as they are: they are to be written before they are read.
  template <typename U>
  void construct(U*) {}
  template <typename U, typename First, typename... Rest>
  void construct(U* at, First&& first, Rest&&... rest) {
    ::new (static_cast<void*>(at)) U(std::forward<First>(first), std::forward<Rest>(rest)...);
  }

  friend bool operator==(const RawAllocator&, const RawAllocator&) { return true; }
};

template <typename T>
using RawVector = std::vector<T, RawAllocator<T>>;

}  // namespace kdsl::base
