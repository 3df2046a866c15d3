#pragma once
// Words of other languages and tools that people bring along, and what they are here: for messages only.
#include <span>
#include <string_view>
#include <utility>

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

/// What the standard library calls something that others call `name`, in whatever case: `Valkey` for `Redis`; empty if it has nothing like it.
std::string_view libraryNameFor(std::string_view name);
/// All that it would answer: pairs of a lower-case word and a name of the library, sorted.
std::span<const std::pair<std::string_view, std::string_view>> libraryWords();

struct ParamWord {
  std::string_view word;    // lower-case
  std::string_view param;
  std::string_view advice;  // how it is used, where the name does not say that; may be empty
};
/// What a component calls an input that others call `name`, in whatever case: `live` for `livenessProbe`; nullptr if nothing is known.
const ParamWord* paramFor(std::string_view name);
/// All that it would answer, sorted by word.
std::span<const ParamWord> paramWords();

}  // namespace kdsl::sema
