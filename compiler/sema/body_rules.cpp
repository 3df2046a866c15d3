// What the entries of one body may not do together, as far as types show it: set two members of a one-of group.
#include <algorithm>
#include <string>

#include "sema/checker.hpp"
#include "diag/codes/evaluation.hpp"

namespace kdsl::sema {

using hir::EntryKind;
using hir::ExprKind;
using hir::SegmentKind;

void Checker::checkOneOfs(BodyId body, TypeId target, const Scope& scope) {
  if (kindOf(target) != TypeKind::Nominal) return;
  const auto& nominal = core_.declared(node(target).nominal);
  if (nominal.oneofs.empty()) return;
  struct Set {
    const Member* member;
    const hir::Entry* entry;
  };
  std::vector<Set> first(nominal.oneofs.size(), Set{nullptr, nullptr});
  for (const auto& entry : m_.entriesOf(m_[body])) {
    if (entry.kind != EntryKind::Set || entry.segmentCount == 0 || entry.quiet || !base::valid(entry.value)) continue;
    const auto segments = m_.segmentsOf(entry);
    const bool quiet = std::any_of(segments.begin(), segments.end(), [](const hir::Segment& segment) { return segment.quiet; });
    if (segments[0].kind != SegmentKind::Name || quiet || m_[entry.value].kind == ExprKind::Absent) continue;
    if (segments.size() == 1 && core_.types.isOptional(typeOf(entry.value))) continue;  // may be absent
    const auto* member = nominal.find(segments[0].name);
    if (member == nullptr || member->oneof == 0) continue;
    auto& known = first[member->oneof - 1u];
    if (known.member == nullptr) {
      known = {member, &entry};
    } else if (known.member != member) {
      auto& diagnostic = report(code::several_of_one, segments[0].span, {std::string(base::text(known.member->name)), std::string(base::text(member->name)), std::string(base::text(nominal.name))}, &scope);
      diagnostic.label("and here").also(at(m_.segmentsOf(*known.entry)[0].span), "first here").note("set one of them; in an outer layer, setting one drops the others");
    }
  }
  for (std::size_t group = 0; group < nominal.oneofs.size(); ++group) {
    const auto& oneof = nominal.oneofs[group];
    if (oneof.discriminator == base::emptySymbol || first[group].member == nullptr) continue;
    for (const auto& entry : m_.entriesOf(m_[body])) {
      if (entry.kind != EntryKind::Set || entry.segmentCount != 1 || !base::valid(entry.value) || m_[entry.value].kind != ExprKind::String) continue;
      const auto& segment = m_.segmentsOf(entry)[0];
      if (segment.name != oneof.discriminator) continue;
      const Symbol value{m_[entry.value].a};
      const auto found = std::find_if(oneof.cases.begin(), oneof.cases.end(), [&](const auto& which) { return which.first == value; });
      if (found == oneof.cases.end() || found->second == first[group].member->name) continue;
      const auto memberSpan = m_.segmentsOf(*first[group].entry)[0].span;
      report(code::discriminator_conflict, memberSpan, {std::string(base::text(oneof.discriminator)), std::string(base::text(value)), std::string(base::text(first[group].member->name))}, &scope)
          .also(at(segment.span), "excluded here");
    }
  }
}

}  // namespace kdsl::sema
