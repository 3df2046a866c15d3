#pragma once
// Answers of `kdsl diff` as text and JSON.
#include <string>

#include "query/diff.hpp"

namespace kdsl::driver {

/// One line a field, below its object; nothing if nothing differs.
std::string diffText(const query::Comparison& comparison, const query::ObjectSet& before, const query::ObjectSet& after, bool color);

/// One object; docs/guide/diff.md describes it.
std::string diffJson(const query::Comparison& comparison, const query::ObjectSet& before, const query::ObjectSet& after);

}  // namespace kdsl::driver
