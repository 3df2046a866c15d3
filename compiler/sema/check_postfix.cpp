// Chains of fields, indexes, calls and refinements: `a?.b["c"].f(x) { … }`. Walked from the inside out without recursion.
#include <fmt/format.h>

#include "base/near_name.hpp"
#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::ExprKind;
using types::NominalKind;

TypeId Checker::inferChain(ExprId id, const Scope& scope) {
  std::vector<ExprId> spine{id};  // outermost first
  for (;;) {
    const auto kind = m_[ExprId{m_[spine.back()].a}].kind;
    if (kind != ExprKind::Field && kind != ExprKind::Index && kind != ExprKind::Call && kind != ExprKind::Refine) break;
    spine.push_back(ExprId{m_[spine.back()].a});
  }
  Link link;
  auto left = beginChain(spine, link, scope);
  while (left > 0) {
    const auto at = spine[left - 1];
    if (m_[ExprId{m_[at].a}].parenthesised && link.skippable) link = {core_.types.optional(link.type), false};
    switch (m_[at].kind) {
      case ExprKind::Field:
        if (left >= 2 && m_[spine[left - 2]].kind == ExprKind::Call) {
          link = callMethod(spine[left - 2], at, link, scope);
          --left;
          break;
        }
        link = stepField(at, link, scope);
        break;
      case ExprKind::Index: link = stepIndex(at, link, scope); break;
      case ExprKind::Refine: link = refine(at, link, scope); break;
      default:
        if (link.type != types::errorType) report(code::not_callable, m_[ExprId{m_[at].a}].span, {describeValue(ExprId{m_[at].a}, link.type)}, &scope);
        checkArgumentsOnly(m_[at], scope);
        link = {types::errorType, false};
    }
    --left;
    setType(spine[left], link.type);
  }
  return link.skippable ? core_.types.optional(link.type) : link.type;
}

/// The innermost value, with what follows it where they only make sense together: `f(…)`, `app.WebService`, `app.probe(…)`.
/// Returns how many links of the spine are left.
std::size_t Checker::beginChain(std::span<const ExprId> spine, Link& link, const Scope& scope) {
  auto left = spine.size();
  const auto inner = spine[left - 1];
  const ExprId rootId{m_[inner].a};
  const auto& root = m_[rootId];
  if (root.kind != ExprKind::Name) {
    link.type = infer(rootId, scope);
    return left;
  }
  if (m_[inner].kind == ExprKind::Call) {
    link.type = callName(inner, scope);
    setType(inner, link.type);
    return left - 1;
  }
  const auto target = lookUp(Symbol{root.a}, scope.owner);
  if ((target.kind != NameKind::Module && target.kind != NameKind::KubernetesGroup) || m_[inner].kind != ExprKind::Field) {
    link.type = infer(rootId, scope);
    return left;
  }
  if (target.kind == NameKind::Module) {
    resolution(rootId) = {ResolutionKind::Type, target.file, target.item, target.type, 0};
    setType(rootId, target.type);
  }
  const auto found = moduleField(inner, target);
  const Symbol name{m_[inner].b};
  const auto span = hir::fieldNameSpan(m_[inner]);
  --left;
  if (left > 0 && m_[spine[left - 1]].kind == ExprKind::Call) {
    const auto call = spine[left - 1];
    if (found.kind == NameKind::None) {
      checkArgumentsOnly(m_[call], scope);
      link.type = types::errorType;
    } else {
      link.type = callTarget(call, found, name, span, scope);
    }
    setType(call, link.type);
    return left - 1;
  }
  link.type = found.kind == NameKind::None ? types::errorType : useTarget(inner, found, name, span, scope);
  setType(inner, link.type);
  return left;
}

/// What a module or API group declares under a name, seen from outside; None after a report.
NameTarget Checker::moduleField(ExprId id, const NameTarget& module) {
  const Symbol name{m_[id].b};
  const auto span = hir::fieldNameSpan(m_[id]);
  if (name == base::emptySymbol) return {};
  if (module.kind == NameKind::KubernetesGroup) {
    const auto found = groupMember(module.import, name);
    if (found.kind == NameKind::None) reportNotInGroup(module.import, name, span);
    return found;
  }
  const auto found = exported(module.file, name);
  if (found.kind == NameKind::None) {
    reportNotExported(module.file, name, span);
    return {};
  }
  if (found.kind == NameKind::Hidden) {
    const auto& alias = m_[ExprId{m_[id].a}];
    reportNeedsInstance(found, Symbol{alias.a}, name, span);
    return {};
  }
  return found;
}

/// True for `m[k]`, `m.k` of a map, and the like: it may be missing at run time, so `?.` makes sense behind it.
bool Checker::isLookUp(ExprId id) {
  const auto& expr = m_[id];
  if (expr.kind == ExprKind::Index) return true;
  if (expr.kind != ExprKind::Field) return false;
  const auto kind = look(typeOf(ExprId{expr.a}));
  return kind == TypeKind::Map || kind == TypeKind::Keyed || kind == TypeKind::Any;
}

/// The value before a link: there, or skipped by `?.`.
Checker::Link Checker::enterBase(ExprId baseId, Link base, bool quiet, Span span, const Scope& scope) {
  const bool optional = core_.types.isOptional(base.type);
  if (quiet) return {core_.types.required(base.type), base.skippable || optional || isLookUp(baseId)};
  if (!optional) return base;
  const auto value = describeValue(baseId, base.type);
  if (base.type == types::absentType) {
    report(code::always_absent, span, {value}, &scope);
    return {types::errorType, base.skippable};
  }
  auto& diagnostic = report(code::access_may_be_absent, span, {value}, &scope);
  const auto& expr = m_[baseId];
  const Span dot{expr.span.end, expr.span.end};
  diagnostic.label("write `?.`, which gives absent then").fix("write `?.`", {{at(dot), "?"}});
  if (expr.kind == ExprKind::Field) {
    if (const auto* member = memberOf(typeOf(ExprId{expr.a}), Symbol{expr.b})) showDeclared(diagnostic, member, "optional");
  }
  return {core_.types.required(base.type), base.skippable};
}

Checker::Link Checker::stepField(ExprId id, Link base, const Scope& scope) {
  const auto& expr = m_[id];
  const Symbol name{expr.b};
  const auto span = hir::fieldNameSpan(expr);
  const auto entered = enterBase(ExprId{expr.a}, base, expr.optional, span, scope);
  if (name == base::emptySymbol) return {types::errorType, entered.skippable};
  return {narrowed(id, fieldOf(entered.type, name, span, scope), scope), entered.skippable};
}

const Member* Checker::memberOf(TypeId type, Symbol name) {
  auto actual = core_.types.underlying(type);
  if (kindOf(actual) == TypeKind::Ref) actual = node(actual).element;
  if (kindOf(actual) != TypeKind::Nominal) return nullptr;
  return core_.declared(node(actual).nominal).find(name);
}

/// What every kind has; errorType for anything else.
TypeId Checker::resourceField(Symbol name) {
  static const Symbol metadata = base::intern("metadata"), kind = base::intern("kind"), apiVersion = base::intern("apiVersion");
  if (name == kind || name == apiVersion) return types::stringType;
  if (name != metadata) return types::errorType;
  const auto id = core_.kubernetesByName(base::intern("ObjectMeta"));
  return base::valid(id) ? core_.types.nominal(id) : types::anyType;
}

TypeId Checker::nominalField(TypeId type, NominalId id, Symbol name, Span span, const Scope& scope) {
  const auto& nominal = core_.declared(id);
  const auto* member = nominal.find(name);
  if (member == nullptr) {
    if (nominal.isOpen) return nominal.openValue;
    reportNoField(type, name, span, code::no_such_field, &scope);
    return types::errorType;
  }
  if (member->isPrivate && core_.types.nominalOrigin(member->owner).file != file_) {
    report(code::private_name, span, {std::string(base::text(name)), print(type)}, &scope).also(member->declared, "declared here");
    return types::errorType;
  }
  if (member->isDeprecated && base::valid(member->declared.file) && member->declared.file != file_) {
    report(code::deprecated_use, span, {std::string(base::text(name)), std::string(base::text(member->deprecated))}, &scope).also(member->declared, "declared here");
  }
  return core_.memberType(nominal, *member);
}

TypeId Checker::fieldOf(TypeId base, Symbol name, Span span, const Scope& scope) {
  const auto actual = core_.types.underlying(base);
  const auto& found = node(actual);
  switch (found.kind) {
    case TypeKind::Error:
    case TypeKind::Never: return types::errorType;
    case TypeKind::Any: return types::anyType;
    case TypeKind::Nominal: return nominalField(base, found.nominal, name, span, scope);
    case TypeKind::Ref: return fieldOf(found.element, name, span, scope);
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced: {
      const auto type = resourceField(name);
      if (type == types::errorType) report(code::no_such_field, span, {std::string(base::text(name)), print(base)}, &scope).note("every kind has `metadata`, `kind` and `apiVersion`; `match` on the kind to read more");
      return type;
    }
    case TypeKind::Record:
      for (const auto& field : found.fields) {
        if (field.name == name) return field.type;
      }
      if (found.open) return found.element;
      break;
    case TypeKind::Map:
    case TypeKind::Keyed: return found.element;
    case TypeKind::Union: {
      std::vector<TypeId> results;
      for (const auto member : found.members) {
        const auto memberActual = core_.types.underlying(member);
        const auto kind = kindOf(memberActual);
        const bool has = kind == TypeKind::Any || kind == TypeKind::Map || kind == TypeKind::Keyed || memberOf(member, name) != nullptr ||
                         ((kind == TypeKind::AnyResource || kind == TypeKind::AnyNamespaced) && resourceField(name) != types::errorType) ||
                         (kind == TypeKind::Record && std::any_of(node(memberActual).fields.begin(), node(memberActual).fields.end(), [&](const auto& field) { return field.name == name; }));
        if (!has) {
          report(code::no_such_field, span, {std::string(base::text(name)), print(base)}, &scope).note(fmt::format("`{}` has none: tell them apart with `is` or `match`", print(member)));
          return types::errorType;
        }
        results.push_back(fieldOf(member, name, span, scope));
      }
      return core_.types.unite(results);
    }
    default: break;
  }
  reportNoField(base, name, span, code::no_such_field, &scope);
  return types::errorType;
}

void Checker::reportNoField(TypeId type, Symbol name, Span span, Code code, const Scope* scope) {
  auto& diagnostic = report(code, span, {std::string(base::text(name)), print(type)}, scope);
  std::vector<std::string_view> names;
  auto actual = core_.types.underlying(type);
  if (kindOf(actual) == TypeKind::Ref) actual = node(actual).element;
  const auto& found = node(actual);
  if (found.kind == TypeKind::Nominal) {
    const auto& nominal = core_.declared(found.nominal);
    for (const auto& member : nominal.members) {
      if (!member.isPrivate) names.push_back(base::text(member.name));
    }
    if (base::valid(nominal.declaration.file)) {
      const auto& item = core_.checker(nominal.declaration.file).m_[nominal.declaration.item];
      if (nominal.kind != NominalKind::Module) diagnostic.also({nominal.declaration.file, item.nameSpan}, fmt::format("`{}` is closed; its fields are declared here", print(type)));
    }
    if (suggestParam(diagnostic, nominal, name, span)) return;
  } else if (found.kind == TypeKind::Record) {
    for (const auto& field : found.fields) names.push_back(base::text(field.name));
  } else if (!types::findBuiltin(receiverOf(type), base::text(name)).empty()) {
    diagnostic.label(fmt::format("it is a method: write `{}()`", base::text(name)));
    return;
  }
  suggestName(diagnostic, name, span, names);
  if (diagnostic.fixes.empty() && !names.empty() && names.size() <= 8) {
    std::string list;
    for (const auto each : names) list += (list.empty() ? "" : ", ") + std::string(each);
    diagnostic.note(fmt::format("its fields: {}", list));
  }
}

Checker::Link Checker::stepIndex(ExprId id, Link base, const Scope& scope) {
  const auto& expr = m_[id];
  const auto entered = enterBase(ExprId{expr.a}, base, expr.optional, m_[ExprId{expr.a}].span, scope);
  return {narrowed(id, indexed(expr, entered.type, scope), scope), entered.skippable};
}

TypeId Checker::indexed(const hir::Expr& expr, TypeId base, const Scope& scope) {
  const auto keys = m_.exprList(expr.b, expr.c);
  const auto actual = core_.types.underlying(base);
  const auto& found = node(actual);
  const auto inferKeys = [&] {
    for (const auto key : keys) infer(key, scope);
  };
  if (found.kind == TypeKind::Keyed) return indexKeyed(expr, actual, scope);
  if (keys.size() != 1) {
    inferKeys();
    if (base != types::errorType && found.kind != TypeKind::Any) report(code::bad_index, expr.span, {print(base), "one key"}, &scope);
    return types::errorType;
  }
  const auto key = keys[0];
  switch (found.kind) {
    case TypeKind::List:
      check(key, {types::intType, base::intern("index"), nullptr}, scope);
      return found.element;
    case TypeKind::Map:
      check(key, {found.key, base::intern("key"), nullptr}, scope);
      return found.element;
    case TypeKind::Record:
    case TypeKind::Nominal:
    case TypeKind::Ref:
      if (m_[key].kind == ExprKind::String) {
        infer(key, scope);
        return fieldOf(base, Symbol{m_[key].a}, m_[key].span, scope);
      }
      if (found.kind == TypeKind::Record) {
        check(key, {types::stringType, base::intern("key"), nullptr}, scope);
        TypeId keyType{}, value{};
        elementTypes(actual, keyType, value);
        return value;
      }
      inferKeys();
      report(code::bad_index, expr.span, {print(base), "a field: its names are known"}, &scope);
      return types::errorType;
    case TypeKind::Any: inferKeys(); return types::anyType;
    case TypeKind::Error:
    case TypeKind::Never: inferKeys(); return types::errorType;
    default:
      inferKeys();
      report(code::bad_index, expr.span, {print(base), "no key"}, &scope).note(found.kind == TypeKind::String ? "`slice(…)` gives a part of a text" : "lists, maps and keyed lists have elements");
      return types::errorType;
  }
}

TypeId Checker::indexKeyed(const hir::Expr& expr, TypeId base, const Scope& scope) {
  const auto& list = node(base);
  const auto keys = m_.exprList(expr.b, expr.c);
  if (keys.size() > list.keys.size()) {
    for (const auto key : keys) infer(key, scope);
    report(code::bad_index, expr.span, {print(base), fmt::format("at most {} key{}", list.keys.size(), list.keys.size() == 1 ? "" : "s")}, &scope);
    return types::errorType;
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto* field = memberOf(list.element, list.keys[i]);
    if (field == nullptr) {
      infer(keys[i], scope);
      continue;
    }
    check(keys[i], {core_.types.required(core_.memberType(core_.declared(field->owner), *field)), list.keys[i], nullptr}, scope);
  }
  return list.element;
}

Checker::Link Checker::refine(ExprId id, Link base, const Scope& scope) {
  const auto& expr = m_[id];
  const BodyId body{expr.b};
  auto entered = enterBase(ExprId{expr.a}, base, false, m_[ExprId{expr.a}].span, scope);
  const auto actual = core_.types.underlying(entered.type);
  const auto kind = kindOf(actual);
  switch (kind) {
    case TypeKind::Nominal:
    case TypeKind::Record:
    case TypeKind::Map:
    case TypeKind::Keyed:
    case TypeKind::Any:
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced:
    case TypeKind::Error: break;
    case TypeKind::Ref: {
      auto& diagnostic = report(code::refines_ref, m_[ExprId{expr.a}].span, {describeValue(ExprId{expr.a}, entered.type)}, &scope);
      diagnostic.label("refine it where it is declared");
      entered.type = types::errorType;
      break;
    }
    default:
      report(code::not_refinable, m_[ExprId{expr.a}].span, {describeValue(ExprId{expr.a}, entered.type)}, &scope).note("schemas, kinds, components, records and maps take a body");
      entered.type = types::errorType;
  }
  auto inner = scope;
  inner.self = entered.type;
  inner.selfId = nextSelfId_++;
  inner.super = base::none<TypeId>;
  inner.place = {};
  inner.placeMember = nullptr;
  if (inferring_ > 0 && kind == TypeKind::Nominal) {
    deferred_.push_back({body, entered.type, inner});
  } else {
    checkBody(body, entered.type, inner);
  }
  return entered;
}

}  // namespace kdsl::sema
