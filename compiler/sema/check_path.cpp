// Entries that set something: the place at the end of their path, and what their verb wants there.
#include <fmt/format.h>

#include <algorithm>

#include "sema/checker.hpp"
#include "types/range.hpp"

namespace kdsl::sema {

using hir::ExprKind;
using hir::SegmentKind;
using hir::Verb;
using types::MemberKind;
using types::NominalKind;

namespace {

std::string nameText(Symbol symbol) { return std::string(base::text(symbol)); }

/// Its instances may be made elsewhere: not parts of objects, nor plain data.
bool isObjectType(const Nominal& nominal) { return nominal.isKind() || (nominal.kind != NominalKind::KubernetesPart && nominal.kind != NominalKind::Schema); }

}  // namespace

void Checker::checkSet(const hir::Entry& entry, TypeId target, const Scope& scope) {
  const auto end = walkPath(entry, target, scope);
  if (!end.failed) return checkVerb(entry, end, scope);
  if (!base::valid(entry.value)) return;
  auto inner = scope;  // the value's own names are checked all the same
  inner.super = types::errorType;
  infer(entry.value, inner);
}

PathEnd Checker::walkPath(const hir::Entry& entry, TypeId target, const Scope& scope) {
  PathEnd place;
  place.type = target;
  place.want.name = scope.place;
  place.want.member = scope.placeMember;
  place.failed = entry.segmentCount == 0;
  const auto segments = m_.segmentsOf(entry);
  for (std::size_t i = 0; i < segments.size() && !place.failed; ++i) {
    const auto& segment = segments[i];
    const bool isLast = i + 1 == segments.size();
    const bool isMissing = segment.kind == SegmentKind::Name && segment.name == base::emptySymbol && !segment.quoted;
    if (place.type == types::errorType || isMissing) {
      place.failed = true;
    } else if (segment.kind == SegmentKind::Name) {
      place = stepName(place, segment.name, segment.span, isLast, scope);
    } else {
      place = stepKeys(place, segment, scope);
    }
  }
  if (place.type == types::errorType) place.failed = true;
  if (place.failed) {
    for (const auto& segment : segments) {
      if (segment.kind != SegmentKind::Index) continue;
      for (const auto key : m_.exprList(segment.first, segment.count)) {
        if (typeOf(key) == types::errorType) infer(key, scope);
      }
    }
  }
  return place;
}

void Checker::reportThroughRef(const PathEnd& from, Span span, const Scope& scope) {
  auto& diagnostic = report(code::refines_ref, span, {nameOfWant(from.want)}, &scope);
  diagnostic.label("refine the instance where it is declared");
  showDeclared(diagnostic, from.member, fmt::format("`{}`", print(from.type)));
}

PathEnd Checker::stepMember(const PathEnd& from, NominalId id, Symbol name, Span span, bool isLast, const Scope& scope) {
  const PathEnd failed{types::errorType, {}, nullptr, true, false};
  const auto& nominal = core_.declared(id);
  const auto* member = nominal.find(name);
  if (member == nullptr) {
    if (nominal.isOpen) {
      checkKeyText(name, nominal.openKey, name, span, scope);
      return {nominal.openValue, {nominal.openValue, name, nullptr}, nullptr, false, false};
    }
    reportNoField(from.type, name, span, code::unknown_field, &scope);
    return failed;
  }
  const auto ownerFile = core_.types.nominalOrigin(member->owner);
  if (member->isPrivate && ownerFile.file != file_) {
    report(code::private_name, span, {nameText(name), print(from.type)}, &scope).also(member->declared, "declared here");
    return failed;
  }
  if (member->serverOnly) {
    report(code::server_only_field, span, {nameText(name)}, &scope).note("a program may read it");
    return failed;
  }
  if (isLast && member->isDeprecated) {
    auto& diagnostic = report(code::deprecated_use, span, {nameText(name), member->deprecated == base::emptySymbol ? "do not use it" : nameText(member->deprecated)}, &scope);
    const auto field = core_.kubernetesField(*member);
    if (field && !field->replacement().empty()) diagnostic.label(fmt::format("use `{}`", field->replacement()));
    showDeclared(diagnostic, member, "declared here");
  }
  auto type = core_.memberType(nominal, *member);
  PathEnd place{type, {type, name, member}, member, false, member->kind == MemberKind::Resource || member->kind == MemberKind::External};
  // What is not there may be left out again: unset fields of the API are the server's.
  if ((ownerFile.isKubernetes && !member->required) || member->isReadDefault) place.want.type = core_.types.optional(type);
  return place;
}

void Checker::checkKeyText(Symbol key, TypeId keyType, Symbol place, Span span, const Scope& scope) {
  if (!core_.relation.fits(types::stringType, keyType)) {
    report(code::type_mismatch, span, {fmt::format("a key of `{}`", base::text(place)), describeWant(keyType), fmt::format("the text \"{}\"", base::text(key))}, &scope).label("write it in brackets: `[…]`");
    return;
  }
  if (const auto wrong = types::violation(core_.types, keyType, base::text(key))) {
    const auto words = aliasInWords(keyType);
    const bool inWords = !words.empty() && types::isPatternViolation(*wrong);
    auto& diagnostic = report(code::literal_out_of_range, span, {fmt::format("a key of `{}`", print(keyType)), fmt::format("\"{}\"", base::text(key)), inWords ? fmt::format("is no `{}`", print(keyType)) : *wrong}, &scope);
    if (inWords) diagnostic.note(words);
    suggestLiteral(diagnostic, base::text(key), keyType, span);
  }
}

PathEnd Checker::stepName(const PathEnd& from, Symbol name, Span span, bool isLast, const Scope& scope) {
  const PathEnd failed{types::errorType, {}, nullptr, true, false};
  const auto actual = core_.types.underlying(from.type);
  const auto& found = node(actual);
  switch (found.kind) {
    case TypeKind::Error: return failed;
    case TypeKind::Any: return {types::anyType, {types::anyType, name, nullptr}, nullptr, false, false};
    case TypeKind::Nominal: return stepMember(from, found.nominal, name, span, isLast, scope);
    case TypeKind::Ref: reportThroughRef(from, span, scope); return failed;
    case TypeKind::Record:
      for (const auto& field : found.fields) {
        if (field.name == name) return {field.type, {field.type, name, nullptr}, nullptr, false, from.isResource};
      }
      if (found.open) {
        checkKeyText(name, found.key, from.want.name, span, scope);
        return {found.element, {found.element, name, nullptr}, nullptr, false, from.isResource};
      }
      reportNoField(from.type, name, span, code::unknown_field, &scope);
      return failed;
    case TypeKind::Map:
      checkKeyText(name, found.key, from.want.name, span, scope);
      return {found.element, {found.element, name, from.want.member}, nullptr, false, from.isResource};
    case TypeKind::Keyed: {
      const auto* key = memberOf(found.element, found.keys[0]);
      if (key != nullptr) checkKeyText(name, core_.types.required(core_.memberType(core_.declared(key->owner), *key)), from.want.name, span, scope);
      return {found.element, {found.element, name, from.want.member}, nullptr, false, false};
    }
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced: {
      const auto type = resourceField(name);
      if (type != types::errorType) return {type, {type, name, nullptr}, nullptr, false, false};
      report(code::unknown_field, span, {nameText(name), print(from.type)}, &scope).note("every kind has `metadata`; write `each` over the kinds that have the field");
      return failed;
    }
    case TypeKind::Union: {
      // The field of the branches that have it: of each, for `each A | B`; of the one, for a choice.
      std::vector<TypeId> branches;
      for (const auto member : found.members) {
        if (hasField(member, name)) branches.push_back(member);
      }
      if (branches.empty()) break;
      auto place = stepName({branches[0], from.want, from.member, false, from.isResource}, name, span, isLast, scope);
      for (std::size_t i = 1; i < branches.size(); ++i) {
        const auto other = stepName({branches[i], from.want, from.member, false, from.isResource}, name, span, isLast, scope);
        if (other.failed || place.failed) return failed;
        if (other.type != place.type) place = {core_.types.unite({place.type, other.type}), {core_.types.unite({place.want.type, other.want.type}), name, nullptr}, nullptr, false, place.isResource};
      }
      return place;
    }
    case TypeKind::List:
    case TypeKind::Set: {
      auto& diagnostic = report(code::list_has_no_keys, span, {nameText(from.want.name)}, &scope);
      diagnostic.note(found.kind == TypeKind::Set ? "a set is unioned: `k: [..]`" : "it is set as a whole: `k: [..]`, or added to: `k: append [..]`");
      return failed;
    }
    default: break;
  }
  report(code::unknown_field, span, {nameText(name), print(from.type)}, &scope);
  return failed;
}

PathEnd Checker::stepKeys(const PathEnd& from, const hir::Segment& segment, const Scope& scope) {
  const PathEnd failed{types::errorType, {}, nullptr, true, false};
  const auto keys = m_.exprList(segment.first, segment.count);
  const auto actual = core_.types.underlying(from.type);
  const auto& found = node(actual);
  const auto inferKeys = [&] {
    for (const auto key : keys) infer(key, scope);
  };
  const auto span = keys.empty() ? segment.span : m_[keys[0]].span;
  switch (found.kind) {
    case TypeKind::Error: inferKeys(); return failed;
    case TypeKind::Any: inferKeys(); return {types::anyType, {types::anyType, {}, nullptr}, nullptr, false, false};
    case TypeKind::Ref:
      inferKeys();
      reportThroughRef(from, span, scope);
      return failed;
    case TypeKind::Map:
    case TypeKind::Set:
      if (keys.size() != 1) {
        inferKeys();
        report(code::bad_index, span, {print(from.type), "one key"}, &scope);
        return failed;
      }
      check(keys[0], {found.kind == TypeKind::Map ? found.key : found.element, base::intern("key"), nullptr}, scope);
      // Of a set's element nothing can be said but `absent`.
      if (found.kind == TypeKind::Set) return {types::absentType, {types::absentType, from.want.name, nullptr}, nullptr, false, false};
      return {found.element, {found.element, from.want.name, nullptr}, nullptr, false, from.isResource};
    case TypeKind::Keyed: {
      if (keys.size() > found.keys.size()) {
        inferKeys();
        report(code::bad_index, span, {print(from.type), fmt::format("at most {} key{}", found.keys.size(), found.keys.size() == 1 ? "" : "s")}, &scope);
        return failed;
      }
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto* field = memberOf(found.element, found.keys[i]);
        if (field == nullptr) {
          infer(keys[i], scope);
        } else {
          check(keys[i], {core_.types.required(core_.memberType(core_.declared(field->owner), *field)), found.keys[i], nullptr}, scope);
        }
      }
      return {found.element, {found.element, from.want.name, nullptr}, nullptr, false, false};
    }
    case TypeKind::List:
      inferKeys();
      report(code::list_has_no_keys, span, {nameText(from.want.name)}, &scope).note("it is set as a whole: `k: [..]`, or added to: `k: append [..]`");
      return failed;
    default: break;
  }
  if (keys.size() == 1 && m_[keys[0]].kind == ExprKind::String) {
    infer(keys[0], scope);
    return stepName(from, Symbol{m_[keys[0]].a}, span, true, scope);
  }
  inferKeys();
  report(code::computed_key, span, {print(from.type)}, &scope).note("computed keys are for maps and keyed lists");
  return failed;
}

void Checker::checkVerb(const hir::Entry& entry, const PathEnd& end, const Scope& scope) {
  auto inner = scope;
  inner.super = end.type;
  inner.place = end.want.name;
  inner.placeMember = end.want.member;
  const auto placeSpan = m_.segmentsOf(entry).back().span;
  if (entry.verb == Verb::External) {
    auto actual = core_.types.underlying(end.type);
    if (kindOf(actual) == TypeKind::Map) actual = core_.types.underlying(node(actual).element);
    const auto kind = kindOf(actual);
    const bool isObject = kind == TypeKind::Any || kind == TypeKind::AnyResource || kind == TypeKind::AnyNamespaced ||
                          (kind == TypeKind::Nominal && isObjectType(core_.declared(node(actual).nominal)));
    if (!isObject) report(code::not_external, placeSpan, {}, &scope).label(fmt::format("this is `{}`", print(end.type)));
    return;
  }
  if (!base::valid(entry.value)) return;
  if (m_[entry.value].kind == ExprKind::Absent) {
    setType(entry.value, types::absentType);
    return;
  }
  if (end.type == types::absentType) {
    infer(entry.value, inner);
    report(code::set_element, placeSpan, {}, &scope).label("write `: absent`");
    return;
  }
  if (entry.verb == Verb::Append || entry.verb == Verb::Prepend) {
    const auto actual = core_.types.underlying(end.type);
    const auto& list = node(actual);
    if (list.kind == TypeKind::List || list.kind == TypeKind::Keyed || list.kind == TypeKind::Set) {
      auto want = end.want;
      want.type = list.kind == TypeKind::List ? core_.types.list(list.element) : actual;
      check(entry.value, want, inner);
      return;
    }
    infer(entry.value, inner);
    if (list.kind != TypeKind::Any && list.kind != TypeKind::Error) {
      report(code::append_not_list, placeSpan, {entry.verb == Verb::Append ? "append" : "prepend", describeType(end.type)}, &scope);
    }
    return;
  }
  check(entry.value, end.want, inner);
}

}  // namespace kdsl::sema
