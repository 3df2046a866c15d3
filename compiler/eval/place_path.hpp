#pragma once
// A place by the text of its path.
#include <string>
#include <string_view>

#include "eval/evaluator.hpp"

namespace kdsl::eval {

/// How far a path led.
struct FoundPlace {
  Place* place = nullptr;
  std::string path;   // as far as `place`
  std::string rest;   // what of the path is behind a value that is not there
  std::string problem;  // why nothing was found: "`web` has no `deploymnt`"
  std::string near;     // the name that was meant, perhaps
  source::Location deletedAt;  // the entry that deleted what the path names, if that is known
};

/// A place for the element of a plain list that is no record: its value, where it is written, and the list as its parent. `position` is within the list.
Place* elementOfList(Evaluator& evaluator, Place* list, std::size_t position);

/// Finds `spec.template.spec.containers["web"].args[0]` below `from`, whose own path is `prefix`. Missing keys and malformed paths are a `problem`.
FoundPlace findPlace(Evaluator& evaluator, Place* from, std::string prefix, std::string_view path);

}  // namespace kdsl::eval
