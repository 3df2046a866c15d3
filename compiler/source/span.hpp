#pragma once
// Places in the source: byte ranges within a file.
#include <algorithm>
#include <cstdint>

#include "base/ids.hpp"

namespace kdsl::source {

/// A file known to a FileTable.
enum class FileId : std::uint32_t {};

/// Half-open byte range [begin, end).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(std::uint32_t offset) const { return begin <= offset && offset < end; }
  /// Like contains, but a caret directly behind the last byte counts.
  constexpr bool touches(std::uint32_t offset) const { return begin <= offset && offset <= end; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

constexpr Span join(Span a, Span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

/// A range in one file. `file` may be none: "the command line" or "the whole build".
struct Location {
  FileId file = base::none<FileId>;
  Span span;
  friend constexpr bool operator==(const Location&, const Location&) = default;
};

}  // namespace kdsl::source
