#pragma once
// Texts with mistakes, and what is reported for each.
#include <span>
#include <string_view>

namespace kdsl::syntax::test {

struct Mistake {
  /// Without the line end at its end.
  std::string_view source;
  /// As codesOf() writes them.
  std::string_view codes;
};

std::span<const Mistake> mistakes();

}  // namespace kdsl::syntax::test
