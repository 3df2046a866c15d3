#pragma once
// A growing table of pointers by id: read without a lock, written under the owner's.
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

namespace kdsl::sema {

template <typename T>
class PublishedTable {
 public:
  /// nullptr for what is not there.
  const T* get(std::uint32_t index) const {
    if (index / chunkSize >= maxChunks) return nullptr;
    const auto* chunk = chunks_[index / chunkSize].load(std::memory_order_acquire);
    return chunk == nullptr ? nullptr : (*chunk)[index % chunkSize].load(std::memory_order_acquire);
  }

  /// Ids beyond the table's end are not kept.
  void set(std::uint32_t index, const T* value) {
    if (index / chunkSize >= maxChunks) return;
    auto& slot = chunks_[index / chunkSize];
    auto* chunk = slot.load(std::memory_order_relaxed);
    if (chunk == nullptr) {
      owned_[index / chunkSize] = std::make_unique<Chunk>();
      chunk = owned_[index / chunkSize].get();
      slot.store(chunk, std::memory_order_release);
    }
    (*chunk)[index % chunkSize].store(value, std::memory_order_release);
  }

 private:
  // The table of chunks is written when the workspace is made: a small one, for a build of one file takes little longer than that.
  static constexpr std::uint32_t chunkSize = 1024;
  static constexpr std::uint32_t maxChunks = 1024;
  using Chunk = std::array<std::atomic<const T*>, chunkSize>;
  std::array<std::atomic<Chunk*>, maxChunks> chunks_{};
  std::array<std::unique_ptr<Chunk>, maxChunks> owned_{};
};

}  // namespace kdsl::sema
