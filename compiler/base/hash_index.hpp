#pragma once
// Finds things that are kept elsewhere by the hash of their keys.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kdsl::base {

/// Positions by hash, flat: eight bytes a slot, so that a look-up that misses reads one cache line. Only grows.
class HashIndex {
 public:
  /// Keeps every position, also under a hash that is there.
  void add(std::uint64_t hash, std::uint32_t position) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    place({shortened(hash), position + 1});
    ++count_;
  }

  /// A position under this hash that `isIt(position)` takes; of several, any.
  template <typename IsIt>
  std::optional<std::uint32_t> find(std::uint64_t hash, IsIt&& isIt) const {
    if (slots_.empty()) return std::nullopt;
    const auto wanted = shortened(hash);
    for (auto at = wanted & mask();; at = (at + 1) & mask()) {
      const auto& slot = slots_[at];
      if (slot.next == 0) return std::nullopt;
      if (slot.hash == wanted && isIt(slot.next - 1)) return slot.next - 1;
    }
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t next = 0;  // the position behind it; 0: empty
  };

  static std::uint32_t shortened(std::uint64_t hash) { return static_cast<std::uint32_t>(hash ^ (hash >> 32)); }
  std::size_t mask() const { return slots_.size() - 1; }

  void place(Slot slot) {
    auto at = slot.hash & mask();
    while (slots_[at].next != 0) at = (at + 1) & mask();
    slots_[at] = slot;
  }

  void grow() {
    const auto old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : old.size() * 2, {});
    for (const auto& slot : old) {
      if (slot.next != 0) place(slot);
    }
  }

  std::vector<Slot> slots_;  // a power of two
  std::size_t count_ = 0;
};

}  // namespace kdsl::base
