// Literals against the type of their place, lists and loops.
#include <fmt/format.h>

#include <optional>

#include "base/sentence.hpp"
#include "sema/checker.hpp"
#include "types/range.hpp"
#include "units/quantity.hpp"

namespace kdsl::sema {

using hir::ElementKind;
using hir::ExprKind;

namespace {

/// Whether a union or type takes quantities, or durations.
void unitsWanted(const types::TypeTable& table, TypeId type, bool& quantity, bool& duration) {
  const auto& node = table[table.underlying(type)];
  if (node.kind == TypeKind::Quantity) quantity = true;
  if (node.kind == TypeKind::Duration || node.kind == TypeKind::Seconds) duration = true;
  if (node.kind == TypeKind::Union) {
    for (const auto member : node.members) unitsWanted(table, member, quantity, duration);
  }
}

}  // namespace

TypeId Checker::unitType(const hir::Expr& expr, TypeId hint) {
  const Symbol text{expr.a};
  const auto quantity = types::quantityBound(text);
  const auto duration = types::durationBound(text);
  if (quantity && !duration) return types::quantityType;
  if (duration && !quantity) return types::durationType;
  if (!quantity) return types::errorType;  // reported by lowering
  bool wantsQuantity = false, wantsDuration = false;
  if (base::valid(hint)) unitsWanted(core_.types, hint, wantsQuantity, wantsDuration);
  if (wantsQuantity != wantsDuration) return wantsQuantity ? types::quantityType : types::durationType;
  const auto written = base::text(text);
  auto& diagnostic = report(code::ambiguous_unit, expr.span, {std::string(written)});
  const auto seconds = duration->toSeconds();
  if (seconds) {
    diagnostic.label(fmt::format("for {} minutes write `{}s`", written.substr(0, written.size() - 1), *seconds));
  }
  diagnostic.note(fmt::format("`m` is a thousandth of a Quantity and a minute of a Duration; `let x: Quantity = {}` says which", written));
  return types::errorType;
}

TypeId Checker::checkLiteral(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope) {
  auto natural = infer(id, scope, want.type);
  if (natural == types::errorType) return natural;
  // `cpu: 0.5`: a number with a fraction is a Quantity where one is expected, by its digits and not by its float.
  std::optional<units::Quantity> fraction;
  if (expr.kind == ExprKind::Float && kindOf(core_.types.underlying(want.type)) == TypeKind::Quantity) {
    if (const auto quantity = units::Quantity::fromDouble(m_.floats[expr.a])) {
      fraction = *quantity;
      natural = types::quantityType;
    }
  }
  if (!core_.relation.fits(natural, want.type)) {
    reportMismatch(id, natural, want, scope);
    return types::errorType;
  }
  types::Scalar value;
  switch (expr.kind) {
    case ExprKind::Bool: value = expr.a != 0; break;
    case ExprKind::Int: value = m_.ints[expr.a]; break;
    case ExprKind::Float:
      if (fraction) {
        value = *fraction;
      } else {
        value = m_.floats[expr.a];
      }
      break;
    case ExprKind::String: value = base::text(Symbol{expr.a}); break;
    case ExprKind::Unit:
      if (natural == types::quantityType) {
        value = *types::quantityBound(Symbol{expr.a});
      } else {
        value = *types::durationBound(Symbol{expr.a});
      }
      break;
    default: return natural;
  }
  if (const auto wrong = types::violation(core_.types, want.type, value)) {
    const auto words = aliasInWords(want.type);
    const bool inWords = !words.empty() && types::isPatternViolation(*wrong);  // a pattern says less than what its type is for
    const auto reason = inWords ? fmt::format("is no `{}`", print(core_.types.required(want.type))) : wrong->substr(0, wrong->find("; did you mean"));  // the label says that
    auto& diagnostic = report(code::literal_out_of_range, expr.span, {nameOfWant(want), describeValue(id, natural), reason}, &scope);
    if (inWords) diagnostic.note(words);
    if (const auto* text = std::get_if<std::string_view>(&value)) suggestLiteral(diagnostic, *text, want.type, expr.span);
    showDeclared(diagnostic, want.member);
    return types::errorType;
  }
  // What the value is at its place: an int in a place of Quantity is a Quantity.
  const auto place = kindOf(core_.types.underlying(want.type));
  if (place == TypeKind::Seconds) return types::secondsType;
  if (expr.kind == ExprKind::Int && place == TypeKind::Quantity) return types::quantityType;
  if (expr.kind == ExprKind::Int && place == TypeKind::Float) return types::floatType;
  return natural;
}

/// What the comment above a type's declaration says it is; empty for a type without a name or a comment.
std::string Checker::aliasInWords(TypeId type) {
  const auto& alias = node(core_.types.required(type)).alias;
  if (!base::valid(alias.file)) return {};
  const auto doc = base::text(core_.checker(alias.file).hir()[alias.item].doc);
  return doc.empty() ? std::string() : fmt::format("`{}`: {}", print(core_.types.required(type)), base::firstSentence(doc));
}

bool Checker::elementTypes(TypeId collection, TypeId& key, TypeId& value) {
  const auto& table = core_.types;
  const auto& found = node(table.underlying(collection));
  key = types::intType;
  value = types::errorType;
  switch (found.kind) {
    case TypeKind::Error: key = types::errorType; return true;
    case TypeKind::Any: key = value = types::anyType; return true;
    case TypeKind::Never: key = value = types::neverType; return true;
    case TypeKind::Absent: value = types::neverType; return true;
    case TypeKind::List:
    case TypeKind::Set: value = found.element; return true;
    case TypeKind::Keyed:
      key = types::stringType;
      value = found.element;
      return true;
    case TypeKind::Map:
      key = found.key;
      value = found.element;
      return true;
    case TypeKind::Record: {
      key = types::stringType;
      std::vector<TypeId> all;
      all.reserve(found.fields.size() + 1);
      for (const auto& field : found.fields) all.push_back(table.required(field.type));
      if (found.open) all.push_back(found.element);
      value = core_.types.unite(all);
      return true;
    }
    case TypeKind::Union: {
      std::vector<TypeId> keys, values;
      for (const auto member : found.members) {
        TypeId k{}, v{};
        if (!elementTypes(member, k, v)) return false;
        keys.push_back(k);
        values.push_back(v);
      }
      key = core_.types.unite(keys);
      value = core_.types.unite(values);
      return true;
    }
    default: return false;
  }
}

Scope Checker::bindLoop(ExprId collection, LocalId first, LocalId second, ExprId filter, const Scope& scope) {
  const auto type = infer(collection, scope);
  TypeId key{}, value{};
  if (!elementTypes(type, key, value)) {
    report(code::not_iterable, m_[collection].span, {describeValue(collection, type)}, &scope).note("`for` goes over lists, sets and maps");
    key = value = types::errorType;
  }
  // One variable over a map is the key.
  const auto form = look(type);
  const bool isMap = form == TypeKind::Map || form == TypeKind::Record;
  const auto bind = [&](LocalId local, TypeId bound) {
    if (!base::valid(local)) return;
    out_->localTypes[base::index(local)] = bound;
    localStates_[base::index(local)] = State::Done;
  };
  if (base::valid(second)) {
    bind(first, key);
    bind(second, value);
  } else {
    bind(first, isMap ? key : value);
  }
  auto inner = scope;
  if (base::valid(filter)) {
    checkCondition(filter, inner);
    inner.facts = assume(filter, true, inner);
  }
  return inner;
}

void Checker::forEachElement(std::uint32_t index, const Scope& scope, int depth, const std::function<void(const hir::Element&, const Scope&)>& visit) {
  constexpr int limit = 2000;
  if (depth > limit) return;
  const auto& element = m_.elements[index];
  switch (element.kind) {
    case ElementKind::Value:
    case ElementKind::Spread: visit(element, scope); break;
    case ElementKind::If: {
      checkCondition(element.value, scope);
      const auto constant = constantCondition(element.value);
      auto inner = within(scope, assume(element.value, true, scope));
      inner.dead = scope.dead || constant == false;
      forEachElement(element.then, inner, depth + 1, visit);
      if (element.otherwise != 0) {
        inner = within(scope, assume(element.value, false, scope));
        inner.dead = scope.dead || constant == true;
        forEachElement(element.otherwise, inner, depth + 1, visit);
      }
      break;
    }
    case ElementKind::For: {
      const auto inner = bindLoop(element.value, element.first, element.second, element.filter, scope);
      forEachElement(element.then, inner, depth + 1, visit);
      break;
    }
  }
}

TypeId Checker::inferList(const hir::Expr& expr, const Scope& scope) {
  auto element = types::neverType;
  for (std::uint32_t i = 0; i < expr.b; ++i) {
    forEachElement(expr.a + i, scope, 0, [&](const hir::Element& found, const Scope& inner) {
      const auto type = infer(found.value, inner);
      if (found.kind == ElementKind::Value) {
        element = join(element, type);
        return;
      }
      TypeId key{}, value{};
      if (!elementTypes(type, key, value) || look(type) == TypeKind::Map || look(type) == TypeKind::Record) {
        report(code::bad_spread, found.span, {describeValue(found.value, type), "a list"}, &inner);
        element = types::errorType;
        return;
      }
      element = join(element, value);
    });
  }
  return core_.types.list(element);
}

TypeId Checker::checkList(ExprId id, const hir::Expr& expr, const Want& want, const Scope& scope) {
  // The branch of the wanted type that a list literal can be.
  TypeId branch = base::none<TypeId>;
  const auto consider = [&](TypeId type) {
    const auto actual = core_.types.underlying(type);
    const auto kind = kindOf(actual);
    if ((kind == TypeKind::List || kind == TypeKind::Set || kind == TypeKind::Keyed) && !base::valid(branch)) branch = actual;
  };
  const auto wanted = core_.types.underlying(want.type);
  if (kindOf(wanted) == TypeKind::Union) {
    for (const auto member : node(wanted).members) consider(member);
  } else {
    consider(wanted);
  }
  if (!base::valid(branch)) {
    const auto type = inferList(expr, scope);
    setType(id, type);
    return fit(id, type, want, scope);
  }
  const auto elementType = node(branch).element;
  const Want elementWant{elementType, want.name, want.member, true};
  std::size_t count = 0;
  bool counted = true;
  for (std::uint32_t i = 0; i < expr.b; ++i) {
    counted = counted && m_.elements[expr.a + i].kind == ElementKind::Value;
    ++count;
    forEachElement(expr.a + i, scope, 0, [&](const hir::Element& found, const Scope& inner) {
      if (found.kind == ElementKind::Value) {
        check(found.value, elementWant, inner);
        return;
      }
      const auto type = infer(found.value, inner, branch);
      if (core_.relation.fits(core_.types.required(type), core_.types.list(elementType)) || core_.relation.fits(core_.types.required(type), branch)) return;
      TypeId key{}, value{};
      if (elementTypes(type, key, value) && look(type) != TypeKind::Map && look(type) != TypeKind::Record) {
        report(code::type_mismatch, m_[found.value].span, {fmt::format("each element of {}", nameOfWant(want)), describeWant(elementType), describeValue(found.value, value)}, &inner);
      } else {
        report(code::bad_spread, found.span, {describeValue(found.value, type), "a list"}, &inner);
      }
    });
  }
  if (counted) {
    if (const auto wrong = types::countViolation(core_.types, branch, count)) {
      auto& diagnostic = report(code::literal_out_of_range, expr.span, {nameOfWant(want), "this list", *wrong}, &scope);
      showDeclared(diagnostic, want.member);
    }
  }
  return branch;
}

}  // namespace kdsl::sema
