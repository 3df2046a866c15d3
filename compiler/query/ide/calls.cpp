// Signature help and inlay hints.
#include "query/ide/describe.hpp"
#include "query/ide/hints.hpp"
#include "query/ide/questions.hpp"
#include "types/builtins.hpp"

namespace kdsl::query {

using hir::ExprId;
using hir::ExprKind;

namespace {

/// The innermost call whose parentheses hold the offset, or none.
ExprId callAround(const Facts& facts, std::uint32_t offset) {
  const auto& module = facts.hir();
  const auto text = facts.text();
  ExprId best = base::none<ExprId>;
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    const auto& expr = module.exprs[i];
    if (expr.kind != ExprKind::Call || offset <= expr.span.begin || offset > expr.span.end) continue;
    const auto callee = module.exprs[expr.a].span.end;
    const auto paren = text.find('(', callee);
    if (paren == std::string_view::npos || paren >= offset) continue;
    if (offset == expr.span.end && text[offset - 1] == ')') continue;
    if (base::valid(best) && module[best].span.size() <= expr.span.size()) continue;
    best = ExprId{i};
  }
  return best;
}

/// The parts of `(a: int, b: T = 1): R` between its outer commas, as ranges.
void splitParameters(Signature& signature) {
  const auto& label = signature.label;
  const auto open = label.find('(');
  if (open == std::string::npos) return;
  int depth = 0;
  auto begin = static_cast<std::uint32_t>(open + 1);
  for (std::size_t i = open + 1; i < label.size(); ++i) {
    const char c = label[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    const bool ends = depth == 0 && (c == ',' || c == ')');
    if (ends) {
      while (begin < i && label[begin] == ' ') ++begin;
      if (begin < i) signature.parameters.push_back({begin, static_cast<std::uint32_t>(i), {}});
      begin = static_cast<std::uint32_t>(i + 1);
      if (c == ')') return;
    }
    if (c == ')' || c == ']' || c == '}') --depth;
  }
}

/// The number of the argument that stands at the offset, or would.
std::uint32_t argumentAt(const Facts& facts, const hir::Expr& call, std::uint32_t offset) {
  const auto& module = facts.hir();
  std::uint32_t active = 0;
  for (std::uint32_t i = 0; i < call.c; ++i) {
    const auto& value = module[module.arguments[call.b + i].value];
    if (value.span.end < offset) {
      const auto between = facts.text().substr(value.span.end, offset - value.span.end);
      if (between.find(',') != std::string_view::npos) active = i + 1;
    }
  }
  return active;
}

}  // namespace

std::optional<SignatureHelp> signatureHelp(const Facts& facts, std::uint32_t offset) {
  const auto id = callAround(facts, offset);
  if (!base::valid(id)) return std::nullopt;
  const auto& call = facts.hir()[id];
  const auto& resolution = facts.checked->resolutions[base::index(id)];
  const auto& callee = facts.checked->resolutions[call.a];
  const auto& meant = resolution.kind == sema::ResolutionKind::None ? callee : resolution;

  SignatureHelp help;
  if (meant.kind == sema::ResolutionKind::Builtin) {
    const auto& info = types::builtinInfo(static_cast<types::Builtin>(meant.builtin));
    for (const auto overload : types::findBuiltin(info.receiver, info.name)) {
      const auto& one = types::builtinInfo(overload);
      if (overload == info.id) help.activeSignature = static_cast<std::uint32_t>(help.signatures.size());
      help.signatures.push_back({std::string(one.name) + std::string(one.signature), std::string(one.doc), {}});
    }
  } else if (meant.kind == sema::ResolutionKind::Fn && base::valid(meant.file) && base::valid(meant.item)) {
    Target target;
    target.kind = TargetKind::Item;
    target.file = meant.file;
    target.item = meant.item;
    help.signatures.push_back({signatureOf(facts, target, types::errorType), documentationOf(facts, target, types::errorType), {}});
  } else {
    return std::nullopt;
  }
  for (auto& signature : help.signatures) splitParameters(signature);
  help.activeParameter = argumentAt(facts, call, offset);

  // A named argument is the parameter of that name, wherever it stands.
  if (help.activeParameter < call.c) {
    const auto name = base::text(facts.hir().arguments[call.b + help.activeParameter].name);
    const auto& chosen = help.signatures[help.activeSignature];
    for (std::uint32_t i = 0; !name.empty() && i < chosen.parameters.size(); ++i) {
      const auto label = std::string_view(chosen.label).substr(chosen.parameters[i].begin);
      if (label.starts_with(name) && label.substr(name.size()).starts_with(":")) help.activeParameter = i;
    }
  }
  return help;
}

std::vector<InlayHint> inlayHints(const Facts& facts, Span range) {
  std::vector<InlayHint> hints;
  const auto& module = facts.hir();
  const auto& checked = *facts.checked;
  const auto addType = [&](Span name, TypeId type) {
    if (name.empty() || name.end < range.begin || name.end > range.end || !base::valid(type) || type == types::errorType) return;
    hints.push_back({name.end, ": " + shortType(*facts.program, type), HintKind::Type});
  };
  for (std::uint32_t i = 0; i < module.items.size(); ++i) {
    const auto& item = module.items[i];
    if (item.kind == hir::ItemKind::Let && !base::valid(item.type)) addType(item.nameSpan, checked.itemTypes[i]);
  }
  for (std::uint32_t i = 0; i < module.locals.size(); ++i) {
    const auto& local = module.locals[i];
    if (local.kind != hir::LocalKind::FnParam && !base::valid(local.type) && base::text(local.name) != "_")
      addType(local.nameSpan, checked.localTypes[i]);
  }
  for (const auto& expr : module.exprs) {
    if (expr.kind != ExprKind::Call || expr.c < 2 || expr.span.end < range.begin || expr.span.begin > range.end) continue;
    const auto& resolution = checked.resolutions[static_cast<std::size_t>(&expr - module.exprs.data())];
    if (resolution.kind != sema::ResolutionKind::Fn || !base::valid(resolution.file)) continue;
    const auto& other = *facts.program->module(resolution.file).hir;
    const auto& fn = other[resolution.item];
    for (std::uint32_t a = 0; a < expr.c && a < fn.paramCount; ++a) {
      const auto& argument = module.arguments[expr.b + a];
      if (argument.name != base::emptySymbol) break;
      const auto& value = module[argument.value];
      const auto name = base::text(other.locals[base::index(fn.firstParam) + a].name);
      const bool saysItself = (value.kind == ExprKind::Name || value.kind == ExprKind::Local) &&
                              facts.text().substr(value.span.begin, value.span.size()) == name;
      if (!saysItself && value.span.begin >= range.begin && value.span.begin <= range.end)
        hints.push_back({value.span.begin, std::string(name) + ":", HintKind::Parameter});
    }
  }
  addDefaultHints(facts, range, hints);
  addUnitHints(facts, range, hints);
  return hints;
}

}  // namespace kdsl::query
