#pragma once
// Words of other languages that people bring along, and what they are here: for messages only.
#include <string_view>

namespace kdsl::sema {

/// The method here that other languages call `name`: `upper` for `toUpperCase`; empty if there is none.
std::string_view methodFor(std::string_view name);

struct ForeignName {
  /// What stands in its place as it is; empty if the advice is all.
  std::string_view instead;
  std::string_view advice;
};
/// What to write for a bare name such as `null`, `True`, `Values` or `printf`; nullptr for words that mean nothing.
const ForeignName* foreignName(std::string_view name);

}  // namespace kdsl::sema
