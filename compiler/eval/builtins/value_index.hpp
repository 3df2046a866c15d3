#pragma once
// Looking values up by deep equality.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "eval/builtins/bind.hpp"

namespace kdsl::eval::builtins {

/// The distinct values of a sequence. Scalars are found in constant time; lists and records are compared one by one.
class ValueIndex {
 public:
  explicit ValueIndex(BuiltinCall& call) : call_(call) {}

  /// The position of an equal value among those added; nullopt if there is none.
  std::optional<std::size_t> find(Value value) const;
  /// The position of the value, and whether it is new.
  std::pair<std::size_t, bool> add(Value value);

  const std::vector<Value>& values() const { return values_; }
  /// The budget is used up: the answers since then are worth nothing.
  bool failed() const { return failed_; }

 private:
  BuiltinCall& call_;
  std::vector<Value> values_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> positions_;  // by hash
  mutable bool failed_ = false;
};

}  // namespace kdsl::eval::builtins
