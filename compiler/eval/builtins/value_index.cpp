#include "eval/builtins/value_index.hpp"

#include <bit>

#include "base/hash.hpp"

namespace kdsl::eval::builtins {
namespace {

/// Equal values have equal hashes; all lists and records share one, since theirs would be as dear as comparing them.
std::uint64_t hashOf(Value value) {
  const auto number = [](double n) { return base::mix(std::bit_cast<std::uint64_t>(n == 0 ? 0.0 : n)); };  // -0.0 equals 0.0
  switch (value.kind()) {
    case ValueKind::Bool: return value.asBool() ? 2 : 1;
    case ValueKind::Int: return number(static_cast<double>(value.asInt()));
    case ValueKind::Float: return number(value.asFloat());
    case ValueKind::Quantity: return number(value.asQuantity().toDouble());
    case ValueKind::Duration: return base::mix(static_cast<std::uint64_t>(value.asDuration().nanoseconds()));
    case ValueKind::String: return base::hashBytes(value.asString());
    default: return 3;
  }
}

}  // namespace

std::optional<std::size_t> ValueIndex::find(Value value) const {
  const auto bucket = positions_.find(hashOf(value));
  if (bucket == positions_.end()) return std::nullopt;
  for (const std::size_t position : bucket->second) {
    if (!call_.spend(1)) {
      failed_ = true;
      return std::nullopt;
    }
    if (call_.equal(values_[position], value)) return position;
  }
  return std::nullopt;
}

std::pair<std::size_t, bool> ValueIndex::add(Value value) {
  if (const auto found = find(value)) return {*found, false};
  positions_[hashOf(value)].push_back(values_.size());
  values_.push_back(value);
  return {values_.size() - 1, true};
}

}  // namespace kdsl::eval::builtins
