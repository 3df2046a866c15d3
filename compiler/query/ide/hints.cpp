#include "query/ide/hints.hpp"

#include <algorithm>

#include "query/ide/describe.hpp"

namespace kdsl::query {

using hir::ExprKind;

namespace {

constexpr std::size_t shownDefaults = 4;
constexpr std::size_t longestDefault = 24;

bool isLiteral(ExprKind kind) {
  return kind == ExprKind::Bool || kind == ExprKind::Int || kind == ExprKind::Float || kind == ExprKind::Unit || kind == ExprKind::String;
}

/// `2`, as it is written where the member is declared; empty if it is not a short literal, or is not to be shown.
std::string defaultOf(const Facts& facts, const types::Member& member) {
  if (!base::valid(member.value) || !base::valid(member.declared.file) || isSensitive(facts.types(), member.type)) return {};
  const auto& value = (*facts.program->module(member.declared.file).hir)[member.value];
  if (!isLiteral(value.kind) || value.span.size() > longestDefault) return {};
  return std::string(std::string_view((*facts.files)[member.declared.file].text).substr(value.span.begin, value.span.size()));
}

}  // namespace

void addDefaultHints(const Facts& facts, Span range, std::vector<InlayHint>& hints) {
  const auto& module = facts.hir();
  for (const auto& expr : module.exprs) {
    if (expr.kind != ExprKind::Refine || facts.checked->resolutions[expr.a].kind != sema::ResolutionKind::Type) continue;
    const auto& body = module[hir::BodyId{expr.b}];
    const auto at = body.span.begin + 1;
    if (at < range.begin || at > range.end || body.span.empty() || facts.text()[body.span.begin] != '{') continue;
    const auto type = facts.types().underlying(facts.checked->resolutions[expr.a].type);
    if (facts.types().kind(type) != types::TypeKind::Nominal) continue;
    const auto& nominal = facts.program->nominal(facts.types()[type].nominal);
    const auto entries = module.entriesOf(body);
    std::string label;
    std::size_t count = 0;
    for (const auto& member : nominal.members) {
      if ((member.kind != types::MemberKind::Param && member.kind != types::MemberKind::Field) || member.isPrivate) continue;
      const bool isSet = std::any_of(entries.begin(), entries.end(), [&](const hir::Entry& entry) {
        return entry.kind == hir::EntryKind::Set && entry.segmentCount != 0 && module.segments[entry.firstSegment].name == member.name;
      });
      const auto value = isSet ? std::string() : defaultOf(facts, member);
      if (value.empty()) continue;
      if (++count <= shownDefaults) label += (label.empty() ? "" : ", ") + std::string(base::text(member.name)) + ": " + value;
    }
    if (count > shownDefaults) label += ", …";
    if (!label.empty()) hints.push_back({at, std::move(label), HintKind::Default});
  }
}

void addUnitHints(const Facts& facts, Span range, std::vector<InlayHint>& hints) {
  const auto& module = facts.hir();
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    const auto& expr = module.exprs[i];
    if (expr.kind != ExprKind::Unit || expr.span.end < range.begin || expr.span.end > range.end) continue;
    const auto entry = std::find_if(module.entries.begin(), module.entries.end(), [&](const hir::Entry& one) {
      return one.kind == hir::EntryKind::Set && one.value == hir::ExprId{i} && one.segmentCount != 0;
    });
    const auto key = entry == module.entries.end() ? std::string_view{} : base::text(module.segments[entry->firstSegment + entry->segmentCount - 1].name);
    const auto explained = explainUnit(base::text(base::Symbol{expr.a}), facts.checked->exprTypes[i], key);
    if (!explained.empty()) hints.push_back({expr.span.end, " = " + explained, HintKind::Unit});
  }
}

}  // namespace kdsl::query
