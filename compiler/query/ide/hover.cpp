#include "query/ide/describe.hpp"
#include "query/ide/questions.hpp"

namespace kdsl::query {

using hir::ExprId;
using hir::ExprKind;
using types::TypeKind;

namespace {

std::string card(std::string_view signature, std::string_view documentation) {
  std::string text = "```kdsl\n" + std::string(signature) + "\n```";
  if (!documentation.empty()) text += "\n\n" + std::string(documentation);
  return text;
}

/// The name of the key that the value at `offset` is set for, for units whose meaning depends on it.
std::string_view keyAround(const hir::Module& module, ExprId value) {
  for (const auto& entry : module.entries) {
    if (entry.kind == hir::EntryKind::Set && entry.value == value && entry.segmentCount != 0) {
      return base::text(module.segments[entry.firstSegment + entry.segmentCount - 1].name);
    }
  }
  return {};
}

std::optional<Hover> hoverLiteral(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  const auto& module = facts.hir();
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    const auto& expr = module.exprs[i];
    if (!expr.span.touches(offset)) continue;
    const ExprId id{i};
    const auto type = facts.checked->exprTypes[i];
    if (expr.kind == ExprKind::Unit) {
      const auto literal = base::text(base::Symbol{expr.a});
      const auto explained = explainUnit(literal, type, keyAround(module, id));
      return Hover{card(std::string(literal) + ": " + shortType(*facts.program, type), explained.empty() ? "" : "= " + explained),
                   expr.span};
    }
    if (expr.kind == ExprKind::String || expr.kind == ExprKind::Int || expr.kind == ExprKind::Bool) {
      const auto want = index.wants[i];
      if (want == types::errorType) continue;
      // Only what the text does not say by itself: the values that may stand here.
      const auto kind = facts.types().kind(facts.types().underlying(want));
      if (kind != TypeKind::Union && kind != TypeKind::Where) continue;
      return Hover{card(shortType(*facts.program, want), {}), expr.span};
    }
    if (expr.kind == ExprKind::Self || expr.kind == ExprKind::Super) {
      const char* const word = expr.kind == ExprKind::Self ? "self" : "super";
      const char* const doc =
          expr.kind == ExprKind::Self ? "The value around this body, as finally refined." : "What this key held before this body.";
      return Hover{card(std::string(word) + ": " + shortType(*facts.program, type), doc), expr.span};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Hover> hover(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  std::string text;
  Span span;
  for (const auto* occurrence : occurrencesAt(index, offset)) {
    // Of a key that its record does not have there is nothing to say; the diagnostic says that.
    if (occurrence->target.kind == TargetKind::Key && occurrence->type == types::errorType) continue;
    const auto signature = signatureOf(facts, occurrence->target, occurrence->type);
    if (signature.empty()) continue;
    if (!text.empty()) text += "\n\n---\n\n";
    text += card(signature, documentationOf(facts, occurrence->target, occurrence->type));
    span = occurrence->span;
  }
  if (!text.empty()) return Hover{std::move(text), span};
  return hoverLiteral(facts, index, offset);
}

}  // namespace kdsl::query
