#include "query/ide/refactor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "query/ide/describe.hpp"
#include "query/ide/questions.hpp"
#include "query/ide/refactor_text.hpp"
#include "query/ide/type_lookup.hpp"
#include "syntax/literal.hpp"
#include "syntax/token.hpp"

namespace kdsl::query {

using hir::ExprId;
using hir::ExprKind;
using hir::ItemKind;

namespace {

Span trimmed(std::string_view text, Span span) {
  constexpr std::string_view blanks = " \t\r\n";
  while (span.begin < span.end && blanks.find(text[span.begin]) != std::string_view::npos) ++span.begin;
  while (span.end > span.begin && blanks.find(text[span.end - 1]) != std::string_view::npos) --span.end;
  return span;
}

bool isWithin(Span inner, Span outer) { return inner.begin >= outer.begin && inner.end <= outer.end; }

/// The outermost expression that is exactly this text, or none.
ExprId exprAt(const hir::Module& module, Span span) {
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    if (module.exprs[i].span == span && !span.empty()) return ExprId{i};
  }
  return base::none<ExprId>;
}

bool readsInstance(const hir::Module& module, Span span) {
  return std::any_of(module.exprs.begin(), module.exprs.end(), [&](const hir::Expr& expr) {
    return (expr.kind == ExprKind::Self || expr.kind == ExprKind::Super) && isWithin(expr.span, span);
  });
}

/// The declaration around the place that stands directly in the file or in a component; else the module.
hir::ItemId declarationAround(const hir::Module& module, Span span) {
  auto best = hir::moduleItem;
  for (std::uint32_t i = 1; i < module.items.size(); ++i) {
    const auto& item = module.items[i];
    if (!isWithin(span, item.span) || !base::valid(item.parent)) continue;
    const auto parent = module[item.parent].kind;
    if (parent != ItemKind::Module && parent != ItemKind::Component) return hir::moduleItem;
    if (best == hir::moduleItem || item.span.size() <= module[best].span.size()) best = hir::ItemId{i};
  }
  return best;
}

std::string indentOf(const Facts& facts, std::uint32_t offset) {
  const auto text = facts.text();
  const auto line = offset == 0 ? 0 : text.find_last_of('\n', offset - 1) + 1;
  const auto first = std::min(text.find_first_not_of(" \t", line), text.size());
  return std::string(text.substr(line, first - line));
}

/// The locals that are read within the span and declared outside of it, each once.
std::vector<hir::LocalId> freeLocals(const Facts& facts, const FileIndex& index, Span span) {
  std::vector<hir::LocalId> found;
  for (const auto& use : index.occurrences) {
    if (use.target.kind != TargetKind::Local || use.target.file != facts.file || !isWithin(use.span, span)) continue;
    const auto local = use.target.local;
    if (isWithin(facts.hir()[local].nameSpan, span)) continue;
    if (std::find(found.begin(), found.end(), local) == found.end()) found.push_back(local);
  }
  return found;
}

/// A value may stand in place of a name without parentheses.
bool standsAlone(ExprKind kind) {
  switch (kind) {
    case ExprKind::Binary:
    case ExprKind::Not:
    case ExprKind::Negate:
    case ExprKind::Is:
    case ExprKind::If:
    case ExprKind::Match:
    case ExprKind::Let:
    case ExprKind::Lambda: return false;
    default: return true;
  }
}

std::string placeholderOf(const sema::Program& program, TypeId type) {
  const auto& table = program.types();
  const auto& node = table[table.underlying(type)];
  switch (node.kind) {
    case types::TypeKind::String:
    case types::TypeKind::Sensitive: return "\"\"";
    case types::TypeKind::StringLiteral: return "\"" + std::string(base::text(node.symbol)) + "\"";
    case types::TypeKind::Bool: return "false";
    case types::TypeKind::Int:
    case types::TypeKind::Float:
    case types::TypeKind::Quantity: return "0";
    case types::TypeKind::Duration:
    case types::TypeKind::Seconds: return "0s";
    case types::TypeKind::List:
    case types::TypeKind::Set: return "[]";
    case types::TypeKind::Union: return placeholderOf(program, node.members.front());
    default: return "{ }";
  }
}

}  // namespace

std::string_view textIn(const Facts& facts, Span span) { return facts.text().substr(span.begin, span.size()); }

std::uint32_t lineOfDeclaration(const Facts& facts, std::uint32_t offset) {
  const auto text = facts.text();
  auto line = offset == 0 ? 0 : text.find_last_of('\n', offset - 1) + 1;
  while (line > 0) {
    const auto previous = line < 2 ? 0 : text.find_last_of('\n', line - 2) + 1;
    const auto first = text.find_first_not_of(" \t", previous);
    if (first == std::string_view::npos || first >= line || !text.substr(first).starts_with("///")) break;
    line = previous;
  }
  return static_cast<std::uint32_t>(line);
}

std::string unusedName(const hir::Module& module, std::string_view wanted) {
  for (int number = 1;; ++number) {
    auto name = std::string(wanted) + (number == 1 ? "" : std::to_string(number));
    const auto symbol = base::findSymbol(name);
    const auto isIt = [&](const auto& one) { return one.name == symbol; };
    const bool isTaken = symbol != base::emptySymbol && (std::any_of(module.items.begin(), module.items.end(), isIt) || std::any_of(module.locals.begin(), module.locals.end(), isIt));
    if (!isTaken) return name;
  }
}

void addExtractions(const Facts& facts, const FileIndex& index, Span selection, std::vector<Refactoring>& out) {
  const auto& module = facts.hir();
  const auto span = trimmed(facts.text(), selection);
  const auto id = exprAt(module, span);
  if (!base::valid(id) || readsInstance(module, span)) return;
  const auto meaning = facts.checked->resolutions[base::index(id)].kind;
  if (meaning == sema::ResolutionKind::Type || module[id].kind == ExprKind::Lambda) return;
  const auto declaration = declarationAround(module, span);
  const auto isEntry = declaration == hir::moduleItem;

  // The line of the declaration, or of the entry of the file's own body.
  auto begin = module[declaration].span.begin;
  if (isEntry) {
    const auto body = module[hir::moduleItem].body;
    if (!base::valid(body)) return;
    const auto entries = module.entriesOf(module[body]);
    const auto around = std::find_if(entries.begin(), entries.end(), [&](const hir::Entry& entry) { return isWithin(span, entry.span); });
    if (around == entries.end()) return;
    begin = around->span.begin;
  }
  // An entry's value is called like its key.
  std::string wanted = "extracted";
  for (const auto& entry : module.entries) {
    if (entry.kind != hir::EntryKind::Set || entry.value != id || entry.segmentCount == 0) continue;
    const auto key = base::text(module.segments[entry.firstSegment + entry.segmentCount - 1].name);
    if (syntax::isBareWord(key) && !syntax::isReserved(syntax::wordKind(key))) wanted = key;
  }
  const auto name = unusedName(module, wanted);
  const auto value = std::string(textIn(facts, span));
  const auto locals = freeLocals(facts, index, span);
  Refactoring made;
  made.kind = RefactoringKind::Extract;
  if (locals.empty()) {
    const auto at = lineOfDeclaration(facts, begin);
    made.title = "Extract to `let " + name + "`";
    made.edits = {{{facts.file, {at, at}}, indentOf(facts, begin) + "let " + name + " = " + value + "\n"}, {{facts.file, span}, name}};
    out.push_back(std::move(made));
    return;
  }
  // A function sees the declarations of the file only.
  for (const auto& use : index.occurrences) {
    const bool isMember = use.target.kind == TargetKind::Item && use.target.file == facts.file && isWithin(use.span, span) && !use.writes &&
                          module[use.target.item].parent != hir::moduleItem && hir::isMember(module[use.target.item].kind);
    if (isMember) return;
  }
  while (!isEntry && module[declaration].parent != hir::moduleItem && begin != module[module[declaration].parent].span.begin) begin = module[module[declaration].parent].span.begin;
  std::string parameters, arguments;
  for (const auto local : locals) {
    const auto type = shortType(*facts.program, facts.checked->localTypes[base::index(local)]);
    if (type.find("…") != std::string::npos || type.empty()) return;
    const auto parameter = std::string(base::text(module[local].name));
    parameters += fmt::format("{}{}: {}", parameters.empty() ? "" : ", ", parameter, type);
    arguments += (arguments.empty() ? "" : ", ") + parameter;
  }
  const auto at = lineOfDeclaration(facts, begin);
  made.title = "Extract to `fn " + name + "`";
  made.edits = {{{facts.file, {at, at}}, "fn " + name + "(" + parameters + ") = " + value + "\n"}, {{facts.file, span}, name + "(" + arguments + ")"}};
  out.push_back(std::move(made));
}

void addInlining(const Facts& facts, const FileIndex& index, std::uint32_t offset, bool isUsedElsewhere, std::vector<Refactoring>& out) {
  const auto target = targetAt(index, offset);
  if (!target || target->kind != TargetKind::Item || target->file != facts.file || isUsedElsewhere) return;
  const auto& module = facts.hir();
  const auto& item = module[target->item];
  if (item.kind != ItemKind::Let || !base::valid(item.value)) return;
  const auto& value = module[item.value];
  if (readsInstance(module, value.span)) return;
  auto text = std::string(textIn(facts, value.span));
  if (!standsAlone(value.kind)) text = "(" + text + ")";
  Refactoring made;
  made.title = "Inline `" + std::string(base::text(item.name)) + "`";
  made.kind = RefactoringKind::Inline;
  for (const auto& use : index.occurrences) {
    if (!(use.target == *target) || use.declares) continue;
    const bool isShorthand = std::any_of(index.occurrences.begin(), index.occurrences.end(), [&](const Occurrence& other) { return other.shorthand && other.span == use.span; });
    // What is refined from elsewhere is more than its value.
    if (use.writes && !isShorthand) return;
    if (use.writes) continue;
    made.edits.push_back({{facts.file, use.span}, isShorthand ? std::string(base::text(item.name)) + ": " + text : text});
  }
  const auto line = lineOfDeclaration(facts, item.span.begin);
  const auto next = facts.text().find('\n', item.span.end);
  const auto rest = trimmed(facts.text(), {item.span.end, static_cast<std::uint32_t>(std::min(next, facts.text().size()))});
  if (made.edits.empty() || !rest.empty()) return;
  const auto end = next == std::string_view::npos ? facts.text().size() : next + 1;
  made.edits.push_back({{facts.file, {line, static_cast<std::uint32_t>(end)}}, ""});
  out.push_back(std::move(made));
}

void addRequiredFields(const Facts& facts, const FileIndex& index, std::uint32_t offset, std::vector<Refactoring>& out) {
  const auto& module = facts.hir();
  auto best = base::none<hir::BodyId>;
  for (std::uint32_t i = 0; i < module.bodies.size(); ++i) {
    const auto span = module.bodies[i].span;
    if (!span.touches(offset) || span.empty() || facts.text()[span.begin] != '{') continue;
    if (!base::valid(best) || span.size() <= module[best].span.size()) best = hir::BodyId{i};
  }
  if (!base::valid(best)) return;
  // What is refined may have set them already, unless it is the bare type.
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    const auto& expr = module.exprs[i];
    if (expr.kind == ExprKind::Refine && expr.b == base::index(best) && facts.checked->resolutions[expr.a].kind != sema::ResolutionKind::Type) return;
  }
  const auto* nominal = nominalOf(*facts.program, index.bodyPlaces[base::index(best)]);
  if (nominal == nullptr || nominal->kind == types::NominalKind::Module) return;
  const auto entries = module.entriesOf(module[best]);
  const bool hasSpread = std::any_of(entries.begin(), entries.end(), [](const hir::Entry& entry) { return entry.kind == hir::EntryKind::Spread; });
  if (hasSpread) return;
  const auto body = module[best].span;
  if (textIn(facts, body).back() != '}') return;
  const auto indent = indentOf(facts, body.begin) + "  ";
  std::string added, names;
  for (const auto& member : nominal->members) {
    if (!member.required || (member.kind != types::MemberKind::Field && member.kind != types::MemberKind::Param)) continue;
    const bool isSet = std::any_of(entries.begin(), entries.end(), [&](const hir::Entry& entry) {
      return entry.kind == hir::EntryKind::Set && entry.segmentCount != 0 && module.segments[entry.firstSegment].name == member.name;
    });
    if (isSet) continue;
    const std::string name(base::text(member.name));
    added += indent + name + ": " + placeholderOf(*facts.program, member.type) + "\n";
    names += (names.empty() ? "`" : ", `") + name + "`";
  }
  if (added.empty()) return;
  const auto inside = trimmed(facts.text(), {body.begin + 1, body.end - 1});
  const auto at = inside.empty() ? body.begin + 1 : inside.end;
  out.push_back({"Add required " + names, RefactoringKind::Rewrite, {{{facts.file, {at, body.end - 1}}, "\n" + added + indentOf(facts, body.begin)}}, {}});
}

}  // namespace kdsl::query
