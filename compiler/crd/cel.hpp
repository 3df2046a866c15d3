#pragma once
// The rules of CRDs are written in CEL; those within the means of kdsl become checks.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crd/schema.hpp"

namespace kdsl::crd {

enum class CelKind : std::uint8_t { Name, Int, Float, Text, Bool, Null, List, Select, Has, Index, Call, Not, Negate, Binary, Conditional };

/// A node of an expression. `parts` by kind: Select and Has the base; Index base and index; Call the receiver (if `isMethod`) and arguments;
/// Binary both operands; Conditional condition and both values.
struct CelExpr {
  CelKind kind = CelKind::Null;
  std::string text;  // a name, a field, a function, an operator, the digits of a number, a text's characters
  bool isMethod = false;
  std::vector<CelExpr> parts;
};

/// The expression, or none if it has a syntax error or uses what is not translated (maps, bytes, optional access). Depth is bounded.
std::optional<CelExpr> parseCel(std::string_view text);

/// Mentions the object before the update: it cannot be looked at without one.
bool mentionsOldSelf(const CelExpr& expr);

/// The expression in kdsl, where CEL's `self` is `self`, a kdsl expression of this type; none if it has no counterpart.
/// The result has the same truth for objects that fit their types; it still has to be checked, since kdsl is stricter about what may be absent.
std::optional<std::string> translateCel(const CelExpr& expr, const std::string& self, SchemaId type, const SchemaTable& table);

}  // namespace kdsl::crd
