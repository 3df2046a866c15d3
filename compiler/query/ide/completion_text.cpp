// What a choice inserts: the value that a key's type calls for, with tab stops.
#include "query/ide/completer.hpp"
#include "query/ide/snippets.hpp"

namespace kdsl::query {

/// The name of the declaration around the caret, for the object that it makes; empty without one.
std::string Completer::objectName() const {
  const hir::Item* best = nullptr;
  for (const auto& item : hir_.items) {
    const bool isObject = item.kind == hir::ItemKind::Resource || item.kind == hir::ItemKind::External;
    if (isObject && item.span.touches(caret_.begin) && (best == nullptr || item.span.size() < best->span.size())) best = &item;
  }
  if (best == nullptr || best->name == base::intern(caretWord)) return {};
  std::string name;
  for (const char c : base::text(best->name)) {
    const bool isUpper = c >= 'A' && c <= 'Z';
    if ((isUpper || c == '_') && !name.empty()) name += '-';
    if (c != '_') name += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

std::string Completer::valueSnippet(base::Symbol key, TypeId type) const {
  if (!options_.snippets) return ": ";
  return SnippetWriter(program_, objectName()).behindKey(base::text(key), type);
}

std::string Completer::requiredSnippet(const types::Nominal& nominal) const {
  return " " + SnippetWriter(program_, objectName()).body(nominal, {}, /*isOpen=*/true);
}

}  // namespace kdsl::query
