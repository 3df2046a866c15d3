#pragma once
// Small correct programs, which together use every construct of the grammar, each with the shape of its tree.
#include <span>
#include <string_view>

namespace kdsl::syntax::test {

struct Program {
  std::string_view source;
  /// As shapeOf() writes the children of the file.
  std::string_view shape;
};

std::span<const Program> programs();

}  // namespace kdsl::syntax::test
