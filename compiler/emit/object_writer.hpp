#pragma once
// Objects of Kubernetes as text.
#include <optional>
#include <string>
#include <vector>

#include "emit/line_source.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::emit {

enum class Format : std::uint8_t { Yaml, Json };

/// What identifies an object, and its text.
struct ObjectText {
  std::string group, version, kind, name, namespaceName;
  std::string text;
};

/// Writes one object of a build: apiVersion, kind and metadata first, then fields in the order in which layers name them; the key fields of
/// keyed lists first in their elements. Forces the whole object, so that everything wrong with it is reported; nothing if an error was found.
/// Output stops at `limit` bytes. `lines`, if given, gets the source of each line that begins a field or element, in their order.
std::optional<ObjectText> writeObject(eval::Evaluator& evaluator, eval::Place* object, Format format, std::size_t limit, std::vector<LineSource>* lines = nullptr);

/// Any value, for `kdsl dump values` and snapshots.
std::string writeValue(eval::Evaluator& evaluator, eval::Value value, Format format);

}  // namespace kdsl::emit
