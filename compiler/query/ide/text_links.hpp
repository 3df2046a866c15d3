#pragma once
// Texts that name each other in Kubernetes: what an object is called and who refers to it, labels and their selectors. They are linked by being
// equal, as in the cluster.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/ide/file_index.hpp"

namespace kdsl::query {

enum class LinkRole : std::uint8_t { Name, Label };

struct TextLink {
  LinkRole role = LinkRole::Name;
  /// Without the quotes.
  Span span;
  std::string text;
  /// Of a label.
  std::string key;
  /// `metadata.name`, `metadata.labels`; else the text refers to such a one.
  bool declares = false;

  bool isLinkedTo(const TextLink& other) const { return role == other.role && text == other.text && key == other.key; }
};

/// The linked texts of a file that are plain literals, in source order. O(size of the file · log).
std::vector<TextLink> textLinks(const Facts& facts, const FileIndex& index);
std::optional<TextLink> textLinkAt(const Facts& facts, const FileIndex& index, std::uint32_t offset);

/// What the value of an entry names: `ConfigMap`; empty if nothing. `value` is the entry's expression.
std::string_view kindNamedBy(const Facts& facts, const FileIndex& index, hir::ExprId value);
/// The innermost entry that sets this value; nullptr if none does.
const hir::Entry* entryOf(const hir::Module& module, hir::ExprId value);
/// The field of the Kubernetes API that an entry sets, or none.
std::optional<kubernetes::Field> apiFieldOf(const Facts& facts, const FileIndex& index, const hir::Entry& entry);
/// Whether an entry of this body sets a label: `labels`, `matchLabels` and the `selector` of a Service hold nothing else.
bool holdsLabels(const hir::Module& module, hir::BodyId body);

}  // namespace kdsl::query
