// `match`: patterns are types; every value must meet an arm, and every arm a value.
#include <fmt/format.h>

#include "sema/checker.hpp"

namespace kdsl::sema {

TypeId Checker::inferMatch(const hir::Expr& expr, const Scope& scope, const Want* want) {
  const ExprId subject{expr.a};
  const auto type = infer(subject, scope);
  auto remaining = type;
  bool closed = false;  // by `_`
  auto result = types::neverType;
  for (std::uint32_t i = 0; i < expr.c; ++i) {
    const auto& arm = m_.arms[expr.b + i];
    auto inner = scope;
    auto matched = remaining;
    const bool covered = closed || remaining == types::neverType;
    if (base::valid(arm.pattern)) {
      const auto pattern = resolveType(arm.pattern, scope.owner);
      if (type != types::errorType && pattern != types::errorType) {
        matched = intersect(remaining, pattern);
        if (covered || matched == types::neverType) {
          const bool never = type != types::neverType && intersect(type, pattern) == types::neverType;
          if (never) {
            auto& diagnostic = report(code::never_matches, m_[arm.pattern].span, {print(type), print(pattern)}, &scope);
            if (node(type).kind == TypeKind::Union) diagnostic.note(fmt::format("it is {}", print(type)));
          } else {
            report(code::unreachable_arm, arm.span, {}, &scope).label("the arms above take all of its values");
          }
          matched = pattern;
        }
        remaining = subtract(remaining, pattern);
      }
    } else {
      if (covered && expr.c != 0 && type != types::errorType && type != types::neverType) report(code::unreachable_arm, arm.span, {}, &scope).label("the arms above take all of its values");
      closed = true;
    }
    if (type != types::errorType) {
      auto facts = scope.facts;
      if (matched != types::neverType && !core_.types.isOptional(matched)) facts = assumePresent(subject, scope, facts);
      inner.facts = assumeType(subject, matched, scope, facts);
    }
    const auto value = want != nullptr ? check(arm.value, *want, inner) : infer(arm.value, inner);
    result = join(result, value);
  }
  if (!closed && type != types::errorType && remaining != types::neverType) {
    const Span head{expr.span.begin, m_[subject].span.end};
    auto& diagnostic = report(code::match_not_exhaustive, head, {print(remaining)}, &scope);
    const bool open = kindOf(remaining) == TypeKind::Any || kindOf(remaining) == TypeKind::String || kindOf(remaining) == TypeKind::Int;
    diagnostic.label(open ? "add an arm `_ => …` for the rest" : fmt::format("add an arm `{} => …`, or `_ => …`", print(remaining)));
  }
  if (expr.c == 0) return types::errorType;
  return result;
}

}  // namespace kdsl::sema
