#pragma once
// "Where does this value come from": the question, its answer, and how it is asked of a checked root.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "eval/provenance.hpp"

namespace kdsl::query {

struct WhyResult {
  /// Why the question cannot be answered: errors of the files, or of the value itself.
  std::vector<diag::Diagnostic> diagnostics;
  std::optional<eval::Provenance> provenance;
  /// What of the path lies behind a value that is not there: `provenance` is then of that value.
  std::string rest;
  /// The path names nothing: "`web` has no `deploymnt`", and the name that was meant, perhaps.
  std::string problem;
  std::string near;
  /// The entry that deleted what the path names, if that is why.
  source::Location deletedAt;
};

/// How answers for programs name these: `overridden`, `command-line`, `each`.
std::string_view nameOf(eval::Effect effect);
std::string_view nameOf(eval::Setting::Origin origin);
std::string_view nameOf(eval::Detour::Kind kind);

}  // namespace kdsl::query
