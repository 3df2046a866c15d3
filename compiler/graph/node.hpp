#pragma once
// Reads a finished object: what is set, and where it was set. Nothing is computed, so reading costs no more than finding the field.
#include <string_view>
#include <utility>
#include <vector>

#include "eval/evaluator.hpp"

namespace kdsl::graph {

using base::Symbol;
using eval::Value;
using eval::ValueKind;

/// A value of an object that evaluation has forced as a whole. A small handle; valid as long as the evaluator.
class Node {
 public:
  Node() = default;
  /// `place` holds the value.
  Node(Value value, eval::Place* place) : value_(value), place_(place) {}

  /// Something is set here.
  explicit operator bool() const { return !value_.isAbsent() && !value_.isError() && !value_.is(ValueKind::Null); }
  Value value() const { return value_; }
  eval::Place* place() const { return place_; }

  /// The field or entry of a record, element of a keyed list; an empty node if it is not set.
  Node operator[](Symbol key) const;
  /// Along fields: `spec`, `template`, `metadata`.
  template <typename... Keys>
  Node at(Symbol first, Keys... rest) const {
    const auto child = (*this)[first];
    if constexpr (sizeof...(rest) == 0) {
      return child;
    } else {
      return child.at(rest...);
    }
  }

  bool isRecord() const { return value_.is(ValueKind::Record) && value_.asRecord()->record != nullptr; }
  /// The API's definition of a record of a Kubernetes type; nothing for other values.
  const types::Nominal* nominal() const { return isRecord() ? value_.asRecord()->record->nominal : nullptr; }

  /// Empty if it is no string.
  std::string_view text() const { return value_.is(ValueKind::String) ? value_.asString() : std::string_view(); }
  bool isText() const { return value_.is(ValueKind::String); }
  bool isInteger() const { return value_.is(ValueKind::Int); }
  std::int64_t integer(std::int64_t otherwise = 0) const { return isInteger() ? value_.asInt() : otherwise; }
  bool isTrue() const { return value_.is(ValueKind::Bool) && value_.asBool(); }

  /// Where the value was written: of the strongest layer that sets it, through the names that pass it on.
  source::Location where(eval::Evaluator& evaluator) const;

  /// Calls `visit(Node)` for each element of a list, keyed list or set; of a map, for each value.
  template <typename Visit>
  void each(Visit&& visit) const;
  /// Calls `visit(Symbol, Node)` for each set entry of a map or record.
  template <typename Visit>
  void entries(Visit&& visit) const;
  /// Elements or entries that are set.
  std::size_t count() const;

 private:
  Value value_ = Value::absent();
  eval::Place* place_ = nullptr;
  source::Location origin_{base::none<source::FileId>, {}};  // of an element of a plain list
};

template <typename Visit>
void Node::each(Visit&& visit) const {
  if (value_.is(ValueKind::List)) {
    const auto& list = value_.asList();
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      Node element(list.items[i], place_);
      if (list.items[i].is(ValueKind::Record)) element.place_ = list.items[i].asRecord();
      if (i < list.origins.size()) element.origin_ = list.origins[i];
      if (element) visit(element);
    }
    return;
  }
  entries([&](Symbol, const Node& element) { visit(element); });
}

template <typename Visit>
void Node::entries(Visit&& visit) const {
  if (!isRecord()) return;
  for (const auto& [key, place] : value_.asRecord()->record->children.list) {
    if (place->forced != eval::Place::State::Done) continue;
    const Node entry(place->value, place);
    if (entry) visit(key, entry);
  }
}

}  // namespace kdsl::graph
