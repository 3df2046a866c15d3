#include "base/symbol.hpp"

#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "base/arena.hpp"
#include "base/hash.hpp"

namespace kdsl::base {
namespace {

// Texts stand in chunks that never move, so that text() needs no lock; the hash table is guarded.
class Interner {
 public:
  Interner() : slots_(4096, empty) { add("", hashBytes("")); }

  Symbol intern(std::string_view text) {
    const auto hash = hashBytes(text);
    {
      std::shared_lock lock(mutex_);
      if (const auto found = find(text, hash); found != empty) return Symbol{found};
    }
    std::unique_lock lock(mutex_);
    if (const auto found = find(text, hash); found != empty) return Symbol{found};
    return Symbol{add(text, hash)};
  }

  Symbol lookUp(std::string_view text) {
    std::shared_lock lock(mutex_);
    const auto found = find(text, hashBytes(text));
    return Symbol{found == empty ? 0 : found};
  }

  std::string_view text(Symbol symbol) const {
    const auto id = static_cast<std::uint32_t>(symbol);
    return chunks_[id >> chunkBits].load(std::memory_order_acquire)[id & (chunkSize - 1)].text;
  }

 private:
  struct Entry {
    std::string_view text;
    std::uint64_t hash;
  };
  static constexpr std::uint32_t empty = 0xFFFF'FFFFu;
  static constexpr std::uint32_t chunkBits = 12;
  static constexpr std::uint32_t chunkSize = 1u << chunkBits;
  static constexpr std::uint32_t maxChunks = 1u << 14;

  const Entry& entry(std::uint32_t id) const { return chunks_[id >> chunkBits].load(std::memory_order_relaxed)[id & (chunkSize - 1)]; }

  std::uint32_t find(std::string_view text, std::uint64_t hash) const {
    const auto mask = slots_.size() - 1;
    for (auto at = hash & mask;; at = (at + 1) & mask) {
      const auto id = slots_[at];
      if (id == empty) return empty;
      const auto& candidate = entry(id);
      if (candidate.hash == hash && candidate.text == text) return id;
    }
  }

  std::uint32_t add(std::string_view text, std::uint64_t hash) {
    const auto id = count_++;
    auto& chunk = chunks_[id >> chunkBits];
    if (chunk.load(std::memory_order_relaxed) == nullptr) {
      owned_.push_back(std::make_unique<Entry[]>(chunkSize));
      chunk.store(owned_.back().get(), std::memory_order_release);
    }
    chunk.load(std::memory_order_relaxed)[id & (chunkSize - 1)] = {arena_.copy(text), hash};
    if (count_ * 2 > slots_.size()) rehash();
    place(id, hash);
    return id;
  }

  void place(std::uint32_t id, std::uint64_t hash) {
    const auto mask = slots_.size() - 1;
    auto at = hash & mask;
    while (slots_[at] != empty) at = (at + 1) & mask;
    slots_[at] = id;
  }

  void rehash() {
    slots_.assign(slots_.size() * 2, empty);
    for (std::uint32_t id = 0; id + 1 < count_; ++id) place(id, entry(id).hash);
  }

  mutable std::shared_mutex mutex_;
  Arena arena_;
  std::vector<std::uint32_t> slots_;
  std::uint32_t count_ = 0;
  std::vector<std::unique_ptr<Entry[]>> owned_;
  std::atomic<Entry*> chunks_[maxChunks] = {};
};

Interner& interner() {
  static auto* const instance = new Interner;  // never destroyed: symbols outlive every static
  return *instance;
}

}  // namespace

Symbol intern(std::string_view text) { return interner().intern(text); }
Symbol findSymbol(std::string_view text) { return interner().lookUp(text); }
std::string_view text(Symbol symbol) { return interner().text(symbol); }

}  // namespace kdsl::base
