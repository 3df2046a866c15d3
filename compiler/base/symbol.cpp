#include "base/symbol.hpp"

#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

#include "base/arena.hpp"
#include "base/hash.hpp"

namespace kdsl::base {
namespace {

struct Entry {
  std::string_view text;
  std::uint64_t hash;
};

constexpr std::uint32_t chunkBits = 12;
constexpr std::uint32_t chunkSize = 1u << chunkBits;
constexpr std::uint32_t maxChunks = 1u << 14;
/// Of the interner. Here, since memory that is zero from the start is not touched until it is used.
constinit std::atomic<Entry*> chunks[maxChunks] = {};

// Texts stand in chunks that never move, and a table that became too small stays: so reading takes no lock, only adding does. Threads that evaluate
// side by side ask for names all the time, and nearly all of them are there.
class Interner {
 public:
  /// How long a text to intern lives: that of a caller is copied.
  enum class Life : std::uint8_t { OfCaller, OfProcess };

  Interner() {
    table_.store(makeTable(4096), std::memory_order_relaxed);
    add("", hashBytes(""), Life::OfProcess);
  }

  Symbol intern(std::string_view text, Life life) {
    const auto hash = hashBytes(text);
    if (const auto found = find(text, hash); found != none) return Symbol{found};
    const std::lock_guard lock(mutex_);
    if (const auto found = find(text, hash); found != none) return Symbol{found};  // another thread was faster
    return Symbol{add(text, hash, life)};
  }

  Symbol lookUp(std::string_view text) {
    const auto found = find(text, hashBytes(text));
    return Symbol{found == none ? 0 : found};
  }

  std::string_view text(Symbol symbol) const { return entry(static_cast<std::uint32_t>(symbol)).text; }

 private:
  struct Table {
    std::size_t mask;
    std::unique_ptr<std::atomic<std::uint32_t>[]> slots;
  };
  static constexpr std::uint32_t none = 0xFFFF'FFFFu;

  const Entry& entry(std::uint32_t id) const { return chunks[id >> chunkBits].load(std::memory_order_acquire)[id & (chunkSize - 1)]; }

  /// May miss what is being added; then the caller asks again under the lock.
  std::uint32_t find(std::string_view text, std::uint64_t hash) const {
    const auto& table = *table_.load(std::memory_order_acquire);
    for (auto at = hash & table.mask;; at = (at + 1) & table.mask) {
      const auto id = table.slots[at].load(std::memory_order_acquire);
      if (id == none) return none;
      const auto& candidate = entry(id);
      if (candidate.hash == hash && candidate.text == text) return id;
    }
  }

  std::uint32_t add(std::string_view text, std::uint64_t hash, Life life) {
    const auto id = count_++;
    auto& chunk = chunks[id >> chunkBits];
    if (chunk.load(std::memory_order_relaxed) == nullptr) {
      owned_.push_back(std::make_unique<Entry[]>(chunkSize));
      chunk.store(owned_.back().get(), std::memory_order_release);
    }
    chunk.load(std::memory_order_relaxed)[id & (chunkSize - 1)] = {life == Life::OfProcess ? text : arena_.copy(text), hash};
    auto* table = table_.load(std::memory_order_relaxed);
    if (std::size_t{count_} * 2 > table->mask) {
      table = makeTable((table->mask + 1) * 2);
      for (std::uint32_t known = 0; known < id; ++known) place(*table, known, entry(known).hash);
      table_.store(table, std::memory_order_release);
    }
    place(*table, id, hash);
    return id;
  }

  static void place(Table& table, std::uint32_t id, std::uint64_t hash) {
    auto at = hash & table.mask;
    while (table.slots[at].load(std::memory_order_relaxed) != none) at = (at + 1) & table.mask;
    table.slots[at].store(id, std::memory_order_release);
  }

  Table* makeTable(std::size_t size) {
    tables_.push_back(std::make_unique<Table>(Table{size - 1, std::make_unique<std::atomic<std::uint32_t>[]>(size)}));
    auto* table = tables_.back().get();
    for (std::size_t i = 0; i < size; ++i) table->slots[i].store(none, std::memory_order_relaxed);
    return table;
  }

  std::mutex mutex_;  // of all below but for reading the tables and chunks
  Arena arena_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::uint32_t count_ = 0;
  std::vector<std::unique_ptr<Entry[]>> owned_;
  std::atomic<Table*> table_ = nullptr;
};

Interner& interner() {
  static auto* const instance = new Interner;  // never destroyed: symbols outlive every static
  return *instance;
}

}  // namespace

Symbol intern(std::string_view text) { return interner().intern(text, Interner::Life::OfCaller); }
Symbol internStatic(std::string_view text) { return interner().intern(text, Interner::Life::OfProcess); }
Symbol findSymbol(std::string_view text) { return interner().lookUp(text); }
std::string_view text(Symbol symbol) { return interner().text(symbol); }

}  // namespace kdsl::base
