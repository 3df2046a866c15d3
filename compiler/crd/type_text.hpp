#pragma once
// Schemas as written types.
#include <string>
#include <unordered_map>

#include "crd/names.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

struct TypeText {
  std::string text;
  bool isUnion = false;

  /// Where a postfix follows or the type is a part.
  std::string closed() const { return isUnion ? "(" + text + ")" : text; }
};

class TypeWriter {
 public:
  TypeWriter(const SchemaTable& table, const Names& names) : table_(table), names_(names) {}
  /// Remembered: the reference stays valid.
  const TypeText& of(SchemaId id);

 private:
  TypeText make(const Schema& schema, SchemaId id);
  std::string bounded(std::string_view type, const Schema& schema) const;

  const SchemaTable& table_;
  const Names& names_;
  std::unordered_map<std::uint32_t, TypeText> known_;
};

}  // namespace kdsl::crd
