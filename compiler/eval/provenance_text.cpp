// How settings are shown: one line each, bodies left out, nothing of what is hidden.
#include <algorithm>

#include <fmt/format.h>

#include "eval/provenance_reader.hpp"

namespace kdsl::eval {

using hir::ExprKind;
using source::Span;

namespace {

constexpr std::size_t shownLength = 80;
constexpr std::size_t shownBody = 50;

/// The first line, with single spaces, cut at a character.
std::string oneLine(std::string_view text) {
  std::string out;
  bool cut = false;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      cut = true;
      break;
    }
    if ((c == ' ' || c == '\t') && (out.empty() || out.back() == ' ')) continue;
    out += c == '\t' ? ' ' : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.size() > shownLength) {
    auto end = shownLength;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
    out.resize(end);
    cut = true;
  }
  return cut ? out + " …" : out;
}

}  // namespace

std::string ProvenanceReader::textOf(const hir::Module& hir, Span span) const { return oneLine(e_.inputs().sourceText(hir.file, span)); }

std::string ProvenanceReader::textOfExpr(const hir::Module& hir, hir::ExprId id, bool open) const {
  const auto& expr = hir[id];
  if (open && expr.kind == ExprKind::Record) {
    const auto text = e_.inputs().sourceText(hir.file, expr.span);
    if (text.size() <= shownBody && text.find('\n') == std::string::npos) return oneLine(text);
  }
  if (expr.kind == ExprKind::Record) return "{ … }";
  if (expr.kind == ExprKind::Refine) return textOfExpr(hir, hir::ExprId{expr.a}) + " { … }";
  if (expr.kind == ExprKind::If && base::valid(hir::ExprId{expr.b})) {
    const auto head = textOf(hir, {expr.span.begin, hir[hir::ExprId{expr.b}].span.begin});
    const auto then = textOfExpr(hir, hir::ExprId{expr.b});
    return base::valid(hir::ExprId{expr.c}) ? fmt::format("{} {} else {}", head, then, textOfExpr(hir, hir::ExprId{expr.c})) : fmt::format("{} {}", head, then);
  }
  return textOf(hir, expr.span);
}

std::string ProvenanceReader::textOf(const Place* place, const Contribution& contribution, bool hidden) const {
  const auto key = e_.printable(place->key);
  if (!base::valid(contribution.at.file) || contribution.at.file == e_.inputs().commandLine()) {
    const auto& given = e_.inputs().parameters();
    const auto parameter = std::find_if(given.begin(), given.end(), [&](const Parameter& candidate) { return candidate.name == key; });
    return fmt::format("{}={}", key, hidden || parameter == given.end() ? "…" : oneLine(parameter->text));
  }
  if (place->elementOfList) return hidden ? "…" : oneLine(e_.inputs().sourceText(contribution.at.file, contribution.at.span));
  if (contribution.scope == nullptr || contribution.scope->module->hir->file != contribution.at.file) {
    // A data file: the line may hold more than this value.
    return hidden ? fmt::format("{}: …", key) : fmt::format("{}: {}", key, e_.describe(contribution.value, place->type));
  }
  const auto& hir = *contribution.scope->module->hir;
  if (contribution.verb == Verb::Each) {
    auto end = contribution.entry->span.end;
    if (base::valid(contribution.entry->then)) end = hir[contribution.entry->then].span.begin;
    return textOf(hir, {contribution.entry->span.begin, end}) + (base::valid(contribution.entry->then) ? " { … }" : "");
  }
  auto begin = contribution.at.span.begin;
  auto value = contribution.expr;
  const auto* entry = contribution.entry;
  if (entry != nullptr && entry->kind == hir::EntryKind::Set) {
    const bool whole = contribution.source == Contribution::Source::Path || entry->value == contribution.expr;
    if (whole) {
      begin = entry->span.begin;
      value = entry->value;
      if (entry->shorthand) return textOf(hir, entry->span);
    }
  } else if (base::valid(value)) {
    const auto declares = std::find_if(hir.items.begin(), hir.items.end(), [&](const hir::Item& item) { return item.value == value; });
    const auto field = std::find_if(hir.fields.begin(), hir.fields.end(), [&](const hir::Field& candidate) { return candidate.value == value; });
    if (declares != hir.items.end()) begin = lineBegin(hir, declares->nameSpan.begin);
    if (field != hir.fields.end()) begin = field->nameSpan.begin;
  }
  if (!base::valid(value)) return textOf(hir, entry != nullptr ? entry->span : contribution.at.span);
  const auto valueBegin = hir[value].span.begin;
  const auto head = begin < valueBegin ? textOf(hir, {begin, valueBegin}) : std::string();
  return fmt::format("{}{}{}", head, head.empty() ? "" : " ", hidden ? "…" : textOfExpr(hir, value, !mayHide(place->type)));
}

bool ProvenanceReader::mayHide(TypeId type, int depth) const {
  if (depth > 6) return true;
  const auto& node = e_.types()[type];
  const auto inside = [&](TypeId inner) { return mayHide(inner, depth + 1); };
  switch (node.kind) {
    case types::TypeKind::Sensitive:
    case types::TypeKind::AnyResource:
    case types::TypeKind::AnyNamespaced: return true;
    case types::TypeKind::Optional:
    case types::TypeKind::Where:
    case types::TypeKind::List:
    case types::TypeKind::Keyed:
    case types::TypeKind::Set:
    case types::TypeKind::Map:
    case types::TypeKind::Ref: return inside(node.element);
    case types::TypeKind::Union: return std::any_of(node.members.begin(), node.members.end(), inside);
    case types::TypeKind::Record: return std::any_of(node.fields.begin(), node.fields.end(), [&](const types::RecordField& field) { return inside(field.type); });
    case types::TypeKind::Nominal: break;
    default: return false;
  }
  const auto& nominal = e_.program().nominal(node.nominal);
  if (nominal.kind == types::NominalKind::KubernetesPart) return false;
  if (nominal.kind == types::NominalKind::KubernetesKind) return base::text(nominal.name) == "Secret";
  return std::any_of(nominal.members.begin(), nominal.members.end(), [&](const types::Member& member) { return inside(member.type); });
}

std::uint32_t ProvenanceReader::lineBegin(const hir::Module& hir, std::uint32_t offset) const {
  const auto before = e_.inputs().sourceText(hir.file, {0, offset});
  auto begin = static_cast<std::uint32_t>(before.find_last_of('\n') + 1);
  while (begin < offset && (before[begin] == ' ' || before[begin] == '\t')) ++begin;
  return begin;
}

std::string ProvenanceReader::contextOf(const Contribution& contribution) const {
  const auto at = contribution.at;
  if (contribution.scope == nullptr || contribution.scope->module->hir->file != at.file) return {};
  const auto& hir = *contribution.scope->module->hir;
  const hir::Item* innermost = nullptr;
  for (const auto& item : hir.items) {
    const bool holds = item.kind == hir::ItemKind::Component || item.kind == hir::ItemKind::Schema || item.kind == hir::ItemKind::Fn || item.kind == hir::ItemKind::Policy || item.kind == hir::ItemKind::Test;
    if (holds && item.span.begin <= at.span.begin && at.span.end <= item.span.end) innermost = &item;
  }
  if (innermost == nullptr) return {};
  return fmt::format("{} `{}`", hir::wordOf(innermost->kind), base::text(innermost->name));
}

}  // namespace kdsl::eval
