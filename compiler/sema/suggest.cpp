// Messages about names, with what was probably meant.
#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "kubernetes/lifecycle.hpp"
#include "sema/checker.hpp"
#include "sema/foreign_words.hpp"
#include "sema/library_search.hpp"
#include "types/builtins.hpp"

namespace kdsl::sema {

using hir::ItemKind;

namespace {

std::string nameText(Symbol symbol) { return std::string(base::text(symbol)); }

}  // namespace

void Checker::collectNames(ItemId owner, bool wantTypes, std::vector<std::string_view>& names) {
  if (suggestionsLeft_ == 0) return;
  for (auto at = owner;; at = m_[at].parent) {
    if (!wantTypes && base::valid(nominalOf(at))) {
      for (const auto& member : core_.declared(nominalOf(at)).members) names.push_back(base::text(member.name));
    }
    if (at == hir::moduleItem) break;
  }
  for (const auto& [name, item] : names_) {
    const auto kind = m_[item].kind;
    const bool isType = kind == ItemKind::TypeAlias || kind == ItemKind::Schema || kind == ItemKind::Component || kind == ItemKind::Import;
    if (isType || !wantTypes) names.push_back(base::text(name));
  }
  if (const auto prelude = core_.loader.prelude(); base::valid(prelude) && prelude != file_) {
    for (const auto& [name, item] : core_.checker(prelude).names_) names.push_back(base::text(name));
  }
  for (const auto* name : {"bool", "int", "float", "string", "Quantity", "Duration", "Seconds", "any", "Resource", "Namespaced", "Sensitive"}) names.emplace_back(name);
  for (const auto definition : core_.pack.preludeDefinitions()) names.push_back(core_.pack.definition(definition).shortName());
  if (!wantTypes) {
    for (const auto& builtin : types::builtins()) {
      if (builtin.receiver == types::Receiver::Function) names.push_back(builtin.name);
    }
    names.emplace_back("kubernetes");
  }
}

void Checker::suggestName(Diagnostic& diagnostic, Symbol name, Span span, std::vector<std::string_view> candidates) {
  if (suggestionsLeft_ == 0) return;
  --suggestionsLeft_;
  const auto near = base::nearest(base::text(name), candidates);
  if (near.empty() || near == base::text(name)) return;
  diagnostic.label(fmt::format("did you mean `{}`?", near)).fixReplace(fmt::format("write `{}`", near), at(span), std::string(near));
}

/// A word of another language, or a method that was called like a function. Whether it is one.
bool Checker::suggestForeign(Diagnostic& diagnostic, Symbol name, Span span) {
  const auto word = base::text(name);
  if (const auto* foreign = foreignName(word); foreign != nullptr) {
    if (!foreign->instead.empty()) diagnostic.label(fmt::format("write `{}`", foreign->instead)).fixReplace(fmt::format("write `{}`", foreign->instead), at(span), std::string(foreign->instead));
    if (!foreign->advice.empty()) diagnostic.note(std::string(foreign->advice));
    return true;
  }
  for (const auto& builtin : types::builtins()) {
    if (builtin.receiver == types::Receiver::Function || builtin.name != word) continue;
    diagnostic.label(fmt::format("a method: write `x.{}(…)`", word));
    return true;
  }
  return false;
}

/// An input that charts call by another name. Whether the component has it.
bool Checker::suggestParam(Diagnostic& diagnostic, const types::Nominal& component, Symbol name, Span span) {
  const auto* meant = paramFor(base::text(name));
  if (component.kind != types::NominalKind::Component || meant == nullptr) return false;
  const auto* param = component.find(base::intern(meant->param));
  if (param == nullptr || param->isPrivate) return false;
  diagnostic.label(fmt::format("here it is `{}`", meant->param));
  if (!meant->advice.empty()) diagnostic.note(std::string(meant->advice));
  // What takes advice has another form, too.
  if (meant->advice.empty()) diagnostic.fixReplace(fmt::format("write `{}`", meant->param), at(span), std::string(meant->param));
  return true;
}

/// The import of a name of the standard library. `inPlaceOf` is another name that it is to replace.
void Checker::suggestImport(Diagnostic& diagnostic, Symbol name, std::optional<Span> inPlaceOf) {
  const auto library = core_.loader.libraryOf(name);
  if (library.empty()) return;
  // With the other names of that module, or after the last import, or on top of the file but below its `extends`.
  std::uint32_t behindName = 0, after = 0;
  for (const auto& path : m_.imports) {
    if (path.use == hir::PathUse::Extends) after = std::max(after, path.span.end);
  }
  for (const auto& item : m_.items) {
    if (item.kind != ItemKind::Import) continue;
    after = std::max(after, item.span.end);
    const bool isOfModule = item.importedName != base::emptySymbol && base::text(m_.imports[item.import].path) == library;
    if (isOfModule) behindName = std::max({behindName, item.importedNameSpan.end, item.nameSpan.end});
  }
  const auto line = fmt::format("import {{ {} }} from \"{}\"", base::text(name), library);
  const auto advice = behindName != 0 ? fmt::format("import `{}` from \"{}\" too", base::text(name), library) : fmt::format("insert `{}`", line);
  std::vector<diag::Edit> edits;
  if (behindName != 0) {
    edits.push_back({at({behindName, behindName}), ", " + std::string(base::text(name))});
  } else {
    edits.push_back({at({after, after}), after == 0 ? line + "\n" : "\n" + line});
  }
  if (inPlaceOf) edits.push_back({at(*inPlaceOf), std::string(base::text(name))});
  diagnostic.note(advice);
  diagnostic.fix(inPlaceOf ? fmt::format("write `{}`, and {}", base::text(name), advice) : advice, std::move(edits));
}

/// What the standard library has under a name that is near, or that means the same to others. Whether there is something.
bool Checker::suggestLibrary(Diagnostic& diagnostic, Symbol name, Span span) {
  const auto word = base::text(name);
  const bool isTypeName = !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
  if (!isTypeName || suggestionsLeft_ == 0) return false;
  auto meant = libraryNameFor(word);
  const bool isOtherWord = !meant.empty();
  if (!isOtherWord) {
    --suggestionsLeft_;
    meant = base::nearest(word, libraryNames(core_));
  }
  if (meant.empty()) return false;
  const auto known = base::intern(meant);
  diagnostic.label(isOtherWord ? fmt::format("here it is `{}`", meant) : fmt::format("did you mean `{}`?", meant));
  if (names_.contains(known)) {
    diagnostic.fixReplace(fmt::format("write `{}`", meant), at(span), std::string(meant));
  } else {
    suggestImport(diagnostic, known, span);
  }
  return true;
}

/// A kind or part that some Kubernetes version has.
bool Checker::isKnownToSomeVersion(Symbol name) {
  return std::ranges::any_of(kubernetes::SchemaPack::minors(), [&](std::int32_t minor) { return kubernetes::SchemaPack::forMinor(minor)->prelude(base::text(name)).has_value(); });
}

void Checker::reportUnknownName(Symbol name, Span span, const Scope& scope, TypeId want) {
  if (scope.dead && isKnownToSomeVersion(name)) return;  // the branch is for the versions that have it
  // The entries of a body do not see each other: `name` of the value that is made here.
  if (base::valid(scope.self)) {
    if (const auto* member = memberOf(scope.self, name); member != nullptr) {
      auto& diagnostic = report(code::sibling_entry, span, {nameText(name)});
      diagnostic.label(fmt::format("write `self.{}`", base::text(name))).fixReplace(fmt::format("write `self.{}`", base::text(name)), at(span), "self." + nameText(name));
      diagnostic.note(fmt::format("`self` is the `{}` with everybody's refinements", print(scope.self)));
      return;
    }
  }
  auto& diagnostic = report(code::unknown_name, span, {nameText(name)});
  if (!core_.loader.libraryOf(name).empty()) return suggestImport(diagnostic, name);
  // `imagePullPolicy: Always`
  const bool hasPlace = base::valid(want) && want != types::errorType;
  if (hasPlace) suggestLiteral(diagnostic, base::text(name), core_.types.required(want), span);
  if (!diagnostic.fixes.empty()) {
    diagnostic.note("a bare word is a name; text needs quotes");
    return;
  }
  if (suggestForeign(diagnostic, name, span)) return;
  std::vector<std::string_view> names;
  collectNames(scope.owner, false, names);
  suggestName(diagnostic, name, span, std::move(names));
  const bool wantsText = hasPlace && look(want) == TypeKind::String;
  if (!diagnostic.fixes.empty() || (!wantsText && suggestLibrary(diagnostic, name, span))) return;
  diagnostic.note("a bare word is a name; text needs quotes");
  if (wantsText) diagnostic.fixReplace("put it in quotes", at(span), fmt::format("\"{}\"", nameText(name)));
}

void Checker::reportUnknownType(Symbol name, Span span, ItemId owner) {
  auto& diagnostic = report(code::unknown_type, span, {nameText(name)});
  if (!core_.loader.libraryOf(name).empty()) return suggestImport(diagnostic, name);
  std::vector<std::string_view> names;
  collectNames(owner, true, names);
  suggestName(diagnostic, name, span, std::move(names));
  if (diagnostic.fixes.empty()) suggestLibrary(diagnostic, name, span);
}

void Checker::reportHidden(const NameTarget& target, Symbol name, ItemId from, Span span) {
  auto& other = core_.checker(target.file);
  const auto& item = other.m_[target.item];
  auto owner = from;
  while (owner != hir::moduleItem && m_[owner].parent != hir::moduleItem && hir::isMember(m_[owner].kind)) owner = m_[owner].parent;
  const auto what = item.kind == ItemKind::Let ? std::string("let that reads params or resources") : std::string(hir::wordOf(item.kind));
  auto& diagnostic = report(code::not_visible, span, {nameText(name), what, std::string(hir::wordOf(m_[owner].kind))});
  diagnostic.label("pass it").also({target.file, item.nameSpan}, "declared here");
  diagnostic.note(fmt::format("a {} does not see the instance of its module: give it a param for `{}`", hir::wordOf(m_[owner].kind), base::text(name)));
}

void Checker::reportNotExported(FileId file, Symbol name, Span span) {
  auto& other = core_.checker(file);
  const auto fileName = core_.loader.fileName(file);
  if (const auto item = other.findExport(name); base::valid(item)) {
    const auto& declared = other.m_[item];
    if (declared.isPrivate) {
      report(code::private_name, span, {nameText(name), fileName}).also({file, declared.nameSpan}, "declared here");
      return;
    }
    if (declared.kind == ItemKind::Import) {
      report(code::not_exported, span, {fileName, nameText(name)}).note("what a file imports is not exported again: import it from where it is declared");
      return;
    }
  }
  auto& diagnostic = report(code::not_exported, span, {fileName, nameText(name)});
  std::vector<std::string_view> names;
  for (const auto& [otherName, item] : other.names_) {
    if (!other.m_[item].isPrivate && other.m_[item].kind != ItemKind::Import) names.push_back(base::text(otherName));
  }
  suggestName(diagnostic, name, span, std::move(names));
}

void Checker::reportNotInGroup(std::uint32_t import, Symbol name, Span span) {
  const auto& target = out_->imports[import];
  const auto group = core_.pack.groupVersion(target.group.empty() ? "core/" + target.version : target.group + "/" + target.version);
  if (!group) return;  // reported with the import
  if (const auto life = kubernetes::lifecycle(group->apiVersion(), base::text(name)); life && life->removedIn != 0 && life->removedIn <= core_.pack.minor()) {
    auto& removed = report(code::removed_api, span, {std::to_string(core_.pack.minor()), fmt::format("{} of `{}`", base::text(name), group->apiVersion()), std::to_string(life->removedIn)});
    if (!life->replacement.empty()) removed.note(fmt::format("use the {} of \"{}\"", life->replacementKind, kubernetes::importPathOf(core_.pack, life->replacement)));
    return;
  }
  auto& diagnostic = report(code::not_exported, span, {std::string(group->apiVersion()), nameText(name)});
  std::vector<std::string_view> names;
  for (const auto definition : group->definitions()) names.push_back(core_.pack.definition(definition).shortName());
  suggestName(diagnostic, name, span, std::move(names));
}

void Checker::reportNeedsInstance(const NameTarget& target, Symbol module, Symbol name, Span span) {
  auto& other = core_.checker(target.file);
  const auto& item = other.m_[target.item];
  const auto what = item.kind == ItemKind::Let ? "let that reads its params" : std::string(hir::wordOf(item.kind));
  auto& diagnostic = report(code::needs_instance, span, {nameText(name), what, nameText(module)});
  diagnostic.also({target.file, item.nameSpan}, "declared here");
  diagnostic.note(fmt::format("make an instance, `let x = {} {{ … }}`, and read `x.{}`", base::text(module), base::text(name)));
}

}  // namespace kdsl::sema
