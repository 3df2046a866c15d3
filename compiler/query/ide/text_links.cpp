#include "query/ide/text_links.hpp"

#include <algorithm>

namespace kdsl::query {

using hir::EntryKind;
using hir::ExprKind;

namespace {

bool isLabelMap(std::string_view key) { return key == "labels" || key == "matchLabels" || key == "selector" || key == "podSelector"; }

const Occurrence* writtenAt(const FileIndex& index, Span span) {
  const auto& all = index.occurrences;
  auto found = std::lower_bound(all.begin(), all.end(), span.begin, [](const Occurrence& occurrence, std::uint32_t at) { return occurrence.span.begin < at; });
  for (; found != all.end() && found->span.begin == span.begin; ++found) {
    if (found->writes) return &*found;
  }
  return nullptr;
}

/// What is between the quotes of a literal without escapes; empty for other literals.
Span insideQuotes(const Facts& facts, const hir::Expr& literal, std::string_view value) {
  const auto source = facts.text().substr(literal.span.begin, literal.span.size());
  if (source.size() != value.size() + 2 || source.front() != '"' || source.substr(1, value.size()) != value) return {};
  return {literal.span.begin + 1, literal.span.end - 1};
}

}  // namespace

const hir::Entry* entryOf(const hir::Module& module, hir::ExprId value) {
  for (const auto& entry : module.entries) {
    if (entry.kind == EntryKind::Set && entry.value == value && entry.segmentCount != 0) return &entry;
  }
  return nullptr;
}

std::optional<kubernetes::Field> apiFieldOf(const Facts& facts, const FileIndex& index, const hir::Entry& entry) {
  if (entry.segmentCount == 0) return std::nullopt;
  const auto* written = writtenAt(index, facts.hir().segments[entry.firstSegment + entry.segmentCount - 1].span);
  if (written == nullptr || written->target.kind != TargetKind::Member) return std::nullopt;
  const auto& owner = facts.program->nominal(written->target.nominal);
  const bool isApi = owner.kind == types::NominalKind::KubernetesKind || owner.kind == types::NominalKind::KubernetesPart;
  const auto& pack = facts.program->schema();
  if (!isApi || !pack.has(owner.definition)) return std::nullopt;
  return pack.definition(owner.definition).field(base::text(written->target.name));
}

std::string_view kindNamedBy(const Facts& facts, const FileIndex& index, hir::ExprId value) {
  const auto* entry = entryOf(facts.hir(), value);
  const auto field = entry == nullptr ? std::nullopt : apiFieldOf(facts, index, *entry);
  return field ? field->referencedKind() : std::string_view{};
}

bool holdsLabels(const hir::Module& module, hir::BodyId body) {
  for (const auto& entry : module.entries) {
    if (entry.kind != EntryKind::Set || entry.segmentCount == 0 || !base::valid(entry.value)) continue;
    const auto& value = module[entry.value];
    if (value.kind == ExprKind::Record && value.a == base::index(body))
      return isLabelMap(base::text(module.segments[entry.firstSegment + entry.segmentCount - 1].name));
  }
  return false;
}

std::vector<TextLink> textLinks(const Facts& facts, const FileIndex& index) {
  std::vector<TextLink> links;
  const auto& module = facts.hir();
  std::vector<std::string_view> bodyKeys(module.bodies.size());  // the key whose value the body is
  for (const auto& entry : module.entries) {
    if (entry.kind != EntryKind::Set || entry.segmentCount == 0 || !base::valid(entry.value) || module[entry.value].kind != ExprKind::Record) continue;
    bodyKeys[module[entry.value].a] = base::text(module.segments[entry.firstSegment + entry.segmentCount - 1].name);
  }
  for (std::uint32_t b = 0; b < module.bodies.size(); ++b) {
    for (const auto& entry : module.entriesOf(module.bodies[b])) {
      if (entry.kind != EntryKind::Set || entry.segmentCount == 0 || !base::valid(entry.value) || module[entry.value].kind != ExprKind::String) continue;
      const auto& literal = module[entry.value];
      TextLink link;
      link.text = base::text(base::Symbol{literal.a});
      link.span = insideQuotes(facts, literal, link.text);
      if (link.span.empty()) continue;
      const auto last = entry.firstSegment + entry.segmentCount - 1;
      const auto holder = entry.segmentCount > 1 ? base::text(module.segments[last - 1].name) : bodyKeys[b];
      if (isLabelMap(holder)) {
        link.role = LinkRole::Label;
        link.key = base::text(module.segments[last].name);
        link.declares = holder == "labels";
        links.push_back(std::move(link));
        continue;
      }
      const auto* written = writtenAt(index, module.segments[last].span);
      if (written == nullptr || written->target.kind != TargetKind::Member) continue;
      link.declares = base::text(facts.program->nominal(written->target.nominal).name) == "ObjectMeta" && base::text(written->target.name) == "name";
      const auto field = link.declares ? std::nullopt : apiFieldOf(facts, index, entry);
      if (link.declares || (field && !field->referencedKind().empty())) links.push_back(std::move(link));
    }
  }
  std::sort(links.begin(), links.end(), [](const TextLink& a, const TextLink& b) { return a.span.begin < b.span.begin; });
  return links;
}

std::optional<TextLink> textLinkAt(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  for (auto& link : textLinks(facts, index)) {
    if (link.span.touches(offset)) return std::move(link);
  }
  return std::nullopt;
}

}  // namespace kdsl::query
