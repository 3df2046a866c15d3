#pragma once
// A bump allocator that is freed whole. Objects in it are never destroyed, so they own nothing outside it.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kdsl::base {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  /// Uninitialised memory that lives as long as the arena. Amortised constant time.
  void* allocate(std::size_t size, std::size_t align) {
    auto at = (cursor_ + (align - 1)) & ~(static_cast<std::uintptr_t>(align) - 1);
    if (at + size > limit_) return allocateInNewBlock(size, align);
    cursor_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  /// An array of value-initialised T.
  template <typename T>
  std::span<T> makeArray(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return {};
    auto* first = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
    for (std::size_t i = 0; i < count; ++i) ::new (first + i) T{};
    return {first, count};
  }

  template <typename T>
  std::span<T> copy(std::span<const T> from) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (from.empty()) return {};
    auto* first = static_cast<T*>(allocate(from.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(first), from.data(), from.size_bytes());
    return {first, from.size()};
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* first = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(first, text.data(), text.size());
    return {first, text.size()};
  }

  /// Makes what ends at `end` longer by `size` bytes where it is; false if something else was allocated behind it, or its block is full.
  bool extend(const void* end, std::size_t size) {
    if (reinterpret_cast<std::uintptr_t>(end) != cursor_ || limit_ - cursor_ < size) return false;
    cursor_ += size;
    return true;
  }

  /// Bytes taken from the system so far.
  std::size_t bytes() const { return bytes_; }

 private:
  void* allocateInNewBlock(std::size_t size, std::size_t align);

  std::uintptr_t cursor_ = 0;
  std::uintptr_t limit_ = 0;
  std::size_t bytes_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

/// A growing array in an arena: for lists whose elements outlive the code that fills them. It grows where it is as long as nothing else is allocated;
/// then growth leaves the old storage behind. Most of these lists have one element or none, so room is made for no more.
template <typename T>
class ArenaVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  void push(Arena& arena, const T& value) {
    if (size_ == capacity_) grow(arena);
    ::new (data_ + size_) T(value);
    ++size_;
  }

  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void pop() { --size_; }
  void clear() { size_ = 0; }
  void truncate(std::uint32_t size) { size_ = size; }
  void erase(std::uint32_t at) {
    for (auto i = at; i + 1 < size_; ++i) data_[i] = data_[i + 1];
    --size_;
  }
  void insert(Arena& arena, std::uint32_t at, const T& value) {
    push(arena, value);
    for (auto i = size_ - 1; i > at; --i) data_[i] = data_[i - 1];
    data_[at] = value;
  }
  std::span<T> span() { return {data_, size_}; }
  std::span<const T> span() const { return {data_, size_}; }

 private:
  void grow(Arena& arena) {
    if (capacity_ != 0 && arena.extend(data_ + capacity_, sizeof(T))) {
      ++capacity_;
      return;
    }
    const std::uint32_t capacity = capacity_ == 0 ? 1 : capacity_ * 2;
    auto* data = static_cast<T*>(arena.allocate(sizeof(T) * capacity, alignof(T)));
    if (size_ != 0) std::memcpy(static_cast<void*>(data), data_, sizeof(T) * size_);
    data_ = data;
    capacity_ = capacity;
  }

  T* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace kdsl::base
