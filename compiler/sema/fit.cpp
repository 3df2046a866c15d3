// Values against what their place wants, and the message when they do not fit: both sides, as a user would write them.
#include <fmt/format.h>

#include "base/near_name.hpp"
#include "sema/checker.hpp"
#include "types/documentation.hpp"
#include "types/range.hpp"

namespace kdsl::sema {

using hir::ExprKind;

Diagnostic& Checker::report(Code code, Span span, std::vector<std::string> arguments, const Scope* scope) {
  // In a branch that the Kubernetes version rules out names are resolved, but types not checked.
  const bool aboutTypes = static_cast<int>(code) >= 4000 && static_cast<int>(code) < 5000;
  if (scope != nullptr && scope->dead && aboutTypes) {
    muted_ = {};
    return muted_;
  }
  return sink_.report(code, at(span), std::move(arguments));
}

void Checker::showDeclared(Diagnostic& diagnostic, const Member* member, std::string text) {
  if (member != nullptr && base::valid(member->declared.file)) diagnostic.also(member->declared, std::move(text));
}

void Checker::showDeclared(Diagnostic& diagnostic, const Member* member) {
  if (member == nullptr || !base::valid(member->declared.file)) return;
  showDeclared(diagnostic, member, fmt::format("`{}: {}`", base::text(member->name), print(core_.memberType(core_.declared(member->owner), *member))));
}

std::string Checker::nameOfWant(const Want& want) {
  if (want.name == base::emptySymbol) return want.isElement ? "an element of this list" : "this place";
  return fmt::format("{}`{}`", want.isElement ? "an element of " : "", base::text(want.name));
}

std::string Checker::describeWant(TypeId type) {
  const auto required = core_.types.required(type);
  const auto& found = node(required);
  if (found.symbol == base::emptySymbol && found.bounds.empty()) {
    switch (found.kind) {
      case TypeKind::String: return "text";
      case TypeKind::Int: return "an int";
      case TypeKind::Bool: return "a bool";
      case TypeKind::Float: return "a number";
      case TypeKind::Quantity: return "a Quantity";
      case TypeKind::Duration: return "a Duration";
      case TypeKind::Seconds: return "seconds";
      case TypeKind::StringLiteral: return print(required);
      case TypeKind::Null: return "null";
      case TypeKind::Absent:
      case TypeKind::Never: return "nothing";
      default: break;
    }
  }
  return fmt::format("`{}`", print(required));
}

std::string Checker::describeValue(ExprId id, TypeId type) {
  const auto& expr = m_[id];
  switch (expr.kind) {
    case ExprKind::Bool: return fmt::format("the bool {}", expr.a != 0 ? "true" : "false");
    case ExprKind::Int: return fmt::format("the int {}", m_.ints[expr.a]);
    case ExprKind::Float: return fmt::format("the number {}", m_.floats[expr.a]);
    case ExprKind::Unit: return fmt::format("{} {}", type == types::durationType || type == types::secondsType ? "the Duration" : "the Quantity", base::text(Symbol{expr.a}));
    case ExprKind::String: {
      const auto text = base::text(Symbol{expr.a});
      constexpr std::size_t shown = 40;
      return text.size() <= shown && text.find('\n') == std::string_view::npos ? fmt::format("the text \"{}\"", text) : "a text";
    }
    case ExprKind::Interpolation: return "a text";
    case ExprKind::Null: return "null";
    case ExprKind::Absent: return "absent";
    case ExprKind::Local:
    case ExprKind::Name: {
      const auto name = base::text(Symbol{expr.kind == ExprKind::Local ? expr.b : expr.a});
      return core_.types.isOptional(type) ? fmt::format("`{}`", name) : fmt::format("`{}`, {}", name, describeType(type));
    }
    case ExprKind::Field: {
      const auto name = base::text(Symbol{expr.b});
      return core_.types.isOptional(type) ? fmt::format("`{}`", name) : fmt::format("`{}`, {}", name, describeType(type));
    }
    case ExprKind::List: return "a list";
    case ExprKind::Record: return "a record";
    default: return describeType(type);
  }
}

/// `a bool`, `an int`, `text`, `a `Deployment``.
std::string Checker::describeType(TypeId type) {
  const auto& found = node(core_.types.required(type));
  if (found.symbol == base::emptySymbol || found.kind == TypeKind::StringLiteral) {
    switch (found.kind) {
      case TypeKind::String:
      case TypeKind::StringLiteral: return "a text";
      case TypeKind::Int:
      case TypeKind::IntLiteral: return "an int";
      case TypeKind::Bool:
      case TypeKind::BoolLiteral: return "a bool";
      case TypeKind::Float: return "a number";
      case TypeKind::Quantity: return "a Quantity";
      case TypeKind::Duration: return "a Duration";
      case TypeKind::Any: return "a value";
      default: break;
    }
  }
  const auto printed = print(core_.types.required(type));
  const bool vowel = !printed.empty() && std::string_view("AEIOaeio").find(printed[0]) != std::string_view::npos;
  return fmt::format("{} `{}`", vowel ? "an" : "a", printed);
}

/// An object's name stands for it where a field names one of its kind.
bool Checker::fitsReference(TypeId from, const Want& want) {
  auto actual = core_.types.underlying(from);
  if (core_.types.isOptional(from) && !core_.types.isOptional(want.type)) return false;
  if (kindOf(actual) == TypeKind::Ref) actual = node(actual).element;
  if (kindOf(actual) != TypeKind::Nominal) return false;
  const auto& object = core_.declared(node(actual).nominal);
  if (!object.isKind()) return false;
  const auto place = core_.types.underlying(want.type);
  const auto placeKind = kindOf(place);
  // A reference of several fields: `kind` says which kind it may be, a name alone only the kind of the field.
  static const Symbol kind = base::intern("kind"), name = base::intern("name");
  const auto* reference = placeKind == TypeKind::Nominal ? &core_.declared(node(place).nominal) : nullptr;
  if (reference != nullptr && reference->kind == types::NominalKind::Schema && !reference->isKind()) {
    const auto* kindMember = reference->find(kind);
    if (kindMember == nullptr || reference->find(name) == nullptr) return false;
    const auto kindType = core_.types.required(core_.memberType(*reference, *kindMember));
    return core_.relation.fits(types::stringType, kindType) && !types::violation(core_.types, kindType, base::text(object.kindName));
  }
  const auto field = want.member == nullptr ? std::nullopt : core_.kubernetesField(*want.member);
  if (!field) return false;
  const auto named = field->referencedKind();
  if (placeKind == TypeKind::String) return named == base::text(object.name);
  if (reference == nullptr || reference->kind != types::NominalKind::KubernetesPart || reference->find(name) == nullptr) return false;
  return named.empty() ? reference->find(kind) != nullptr : named == base::text(object.name);
}

TypeId Checker::fit(ExprId id, TypeId from, const Want& want, const Scope& scope) {
  if (core_.relation.fits(from, want.type) || fitsReference(from, want)) return from;
  reportMismatch(id, from, want, scope);
  return types::errorType;
}

void Checker::suggestLiteral(Diagnostic& diagnostic, std::string_view text, TypeId want, Span span) {
  const auto& found = node(core_.types.underlying(want));
  if (found.kind != TypeKind::Union) return;
  std::vector<std::string_view> texts;
  for (const auto member : found.members) {
    if (kindOf(member) == TypeKind::StringLiteral) texts.push_back(base::text(node(member).symbol));
  }
  const auto near = base::nearest(text, texts);
  if (near.empty()) return;
  diagnostic.label(fmt::format("did you mean \"{}\"?", near)).fixReplace(fmt::format("write \"{}\"", near), at(span), fmt::format("\"{}\"", near));
}

void Checker::suggestValue(Diagnostic& diagnostic, ExprId id, TypeId from, TypeId want) {
  const auto& expr = m_[id];
  const auto replace = [&](std::string text) {
    diagnostic.label(fmt::format("write {}", text)).fixReplace(fmt::format("write {}", text), at(expr.span), text);
  };
  const auto wanted = look(want);
  if (wanted == TypeKind::String) {
    if (expr.kind == ExprKind::Int) return replace(fmt::format("\"{}\"", m_.ints[expr.a]));
    if (expr.kind == ExprKind::Bool) return replace(expr.a != 0 ? "\"true\"" : "\"false\"");
    if (expr.kind == ExprKind::Unit) return replace(fmt::format("\"{}\"", base::text(Symbol{expr.a})));
    if (expr.kind == ExprKind::Float) {
      diagnostic.label("text is written in quotes: `\"…\"`");
      return;
    }
    const auto kind = look(from);
    if (kind == TypeKind::Int || kind == TypeKind::Float || kind == TypeKind::Bool || kind == TypeKind::Quantity || kind == TypeKind::Duration) {
      diagnostic.label("write it inside a text: `\"${…}\"`");
      return;
    }
    static const Symbol metadata = base::intern("metadata");
    if (memberOf(from, metadata) != nullptr) {
      diagnostic.label("write `.metadata.name` behind it").fix("read its name", {{at({expr.span.end, expr.span.end}), ".metadata.name"}});
    } else if (const auto* member = memberOf(from, base::intern("name")); member != nullptr && core_.relation.fits(member->type, want)) {
      diagnostic.label("write `.name` behind it").fix("read its name", {{at({expr.span.end, expr.span.end}), ".name"}});
    } else if (expr.kind == ExprKind::Name && !expr.parenthesised) {
      replace(fmt::format("\"{}\"", base::text(Symbol{expr.a})));
      diagnostic.note("a bare word is a name; text is written in quotes");
    }
    return;
  }
  if (expr.kind == ExprKind::String) {
    const auto text = base::text(Symbol{expr.a});
    const auto symbol = Symbol{expr.a};
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos && text.size() < 18;
    if ((wanted == TypeKind::Int || wanted == TypeKind::Quantity || wanted == TypeKind::Seconds) && digits) return replace(std::string(text));
    if (wanted == TypeKind::Quantity && types::quantityBound(symbol)) return replace(std::string(text));
    if ((wanted == TypeKind::Duration || wanted == TypeKind::Seconds) && types::durationBound(symbol)) return replace(std::string(text));
    if (wanted == TypeKind::Bool && (text == "true" || text == "false")) return replace(std::string(text));
  }
  if (wanted == TypeKind::Duration && expr.kind == ExprKind::Int) return replace(fmt::format("{}s", m_.ints[expr.a]));
  if ((wanted == TypeKind::List || wanted == TypeKind::Set || wanted == TypeKind::Keyed) && core_.relation.fits(from, node(core_.types.underlying(want)).element)) {
    diagnostic.label("a list is written in brackets").fix("put it into brackets", {{at({expr.span.begin, expr.span.begin}), "["}, {at({expr.span.end, expr.span.end}), "]"}});
    return;
  }
  // A text where what is wanted has one in its `value`: a variable of a container.
  if (wanted == TypeKind::Nominal && look(from) != TypeKind::Record) {
    const auto* value = memberOf(want, base::intern("value"));
    if (value != nullptr && core_.relation.fits(from, core_.types.required(value->type))) {
      diagnostic.label("write `{ value: … }`").fix("write it as its `value`", {{at({expr.span.begin, expr.span.begin}), "{ value: "}, {at({expr.span.end, expr.span.end}), " }"}});
      return;
    }
  }
  if (expr.kind == ExprKind::Null) diagnostic.label("`absent` deletes; null is a value");
}

void Checker::reportMismatch(ExprId id, TypeId from, const Want& want, const Scope& scope) {
  const auto& expr = m_[id];
  if (from == types::errorType || want.type == types::errorType) return;
  const auto name = nameOfWant(want);
  if (core_.types.isOptional(from) && core_.relation.fits(core_.types.required(from), want.type)) {
    auto& diagnostic = report(code::may_be_absent, expr.span, {describeValue(id, from), name, describeWant(want.type)}, &scope);
    diagnostic.label("give it a value with `?? …`, or test it first");
    showDeclared(diagnostic, want.member, "declared here, not optional");
    return;
  }
  // Of a union, the branch that is nearest says what is wrong.
  auto best = want.type;
  const auto& wanted = node(core_.types.underlying(want.type));
  if (wanted.kind == TypeKind::Union) {
    for (const auto member : wanted.members) {
      const auto kind = look(member);
      const auto given = look(from);
      const bool sameForm = kind == given || (given == TypeKind::Record && (kind == TypeKind::Nominal || kind == TypeKind::Map)) || (given == TypeKind::List && (kind == TypeKind::Set || kind == TypeKind::Keyed));
      if (sameForm) best = member;
    }
  }
  auto value = describeValue(id, from);
  if (core_.types.isOptional(from) && from != types::absentType) value += fmt::format(", a `{}`", print(from));
  auto& diagnostic = report(code::type_mismatch, expr.span, {name, describeWant(best), std::move(value)}, &scope);
  const auto field = want.member == nullptr ? std::nullopt : core_.kubernetesField(*want.member);
  if (field && !field->referencedKind().empty()) {
    diagnostic.note(fmt::format("a {} may stand here: `{}` names one", field->referencedKind(), field->name()));
  } else {
    suggestValue(diagnostic, id, from, best);
    // One thing where several are taken, each under a name.
    if (look(best) == TypeKind::Map && look(from) == TypeKind::Nominal && core_.relation.fits(from, node(core_.types.underlying(best)).element)) {
      const auto what = expr.kind == ExprKind::Name ? base::text(Symbol{expr.a}) : "…";
      diagnostic.label(fmt::format("several are taken, each under a name that you choose: `{{ NAME: {} }}`", what));
    }
  }
  explainMismatch(diagnostic, from, best);
  showDeclared(diagnostic, want.member);
  // Nothing is known to write instead: what the declaration says of itself, which mostly shows one.
  const bool isTold = !diagnostic.primary.text.empty() || !diagnostic.notes.empty() || !diagnostic.fixes.empty();
  if (isTold || want.member == nullptr) return;
  if (auto text = types::told(*want.member)) diagnostic.note(std::move(*text));
}

/// Which part of a structured value does not fit.
void Checker::explainMismatch(Diagnostic& diagnostic, TypeId from, TypeId to) {
  const auto& given = node(core_.types.underlying(from));
  const auto wantedId = core_.types.underlying(to);
  const auto& wanted = node(wantedId);
  if (given.kind == TypeKind::Record) {
    for (const auto& field : given.fields) {
      const auto name = base::text(field.name);
      if (wanted.kind == TypeKind::Map && !core_.relation.fits(core_.types.required(field.type), wanted.element)) {
        diagnostic.note(fmt::format("`{}` is `{}`", name, print(field.type)));
        return;
      }
      if (wanted.kind != TypeKind::Nominal) continue;
      const auto& nominal = core_.declared(wanted.nominal);
      const auto* member = nominal.find(field.name);
      if (member == nullptr && !nominal.isOpen) {
        diagnostic.note(fmt::format("`{}` has no `{}`", print(wantedId), name));
        return;
      }
      if (member != nullptr && !core_.relation.fits(field.type, core_.types.optional(core_.memberType(nominal, *member)))) {
        diagnostic.note(fmt::format("`{}` wants {}, not `{}`", name, describeWant(core_.memberType(nominal, *member)), print(field.type)));
        return;
      }
    }
  }
  if (wanted.kind == TypeKind::Ref && (given.kind == TypeKind::Nominal || given.kind == TypeKind::Ref) && kindOf(wanted.element) == TypeKind::Nominal) {
    const auto instance = given.kind == TypeKind::Ref ? node(given.element).nominal : given.nominal;
    const auto& have = core_.declared(instance);
    const auto& want = core_.declared(node(wanted.element).nominal);
    for (const auto& member : want.members) {
      const auto* own = have.find(member.name);
      if (own == nullptr && !core_.types.isOptional(core_.memberType(want, member))) {
        diagnostic.note(fmt::format("`{}` has no `{}`", base::text(have.name), base::text(member.name)));
        return;
      }
      if (own != nullptr && !core_.relation.fits(core_.memberType(have, *own), core_.memberType(want, member))) {
        diagnostic.note(fmt::format("its `{}` is `{}`, not `{}`", base::text(member.name), print(core_.memberType(have, *own)), print(core_.memberType(want, member))));
        return;
      }
    }
  }
}

}  // namespace kdsl::sema
