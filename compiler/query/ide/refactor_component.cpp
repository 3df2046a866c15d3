// Declarations that get a place of their own: a resource as a component, a declaration as a module.
#include <fmt/format.h>

#include <algorithm>

#include "query/ide/describe.hpp"
#include "query/ide/questions.hpp"
#include "query/ide/refactor.hpp"
#include "query/ide/refactor_text.hpp"

namespace kdsl::query {

using hir::ExprKind;
using hir::ItemKind;

namespace {

bool isWithin(Span inner, Span outer) { return inner.begin >= outer.begin && inner.end <= outer.end; }

std::string capitalised(std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string uncapitalised(std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

/// The declaration of the file, if the offset is on its name.
hir::ItemId declarationAt(const hir::Module& module, std::uint32_t offset) {
  for (std::uint32_t i = 1; i < module.items.size(); ++i) {
    const auto& item = module.items[i];
    if (item.parent == hir::moduleItem && !item.nameSpan.empty() && item.nameSpan.touches(offset)) return hir::ItemId{i};
  }
  return base::none<hir::ItemId>;
}

/// What the resource reads of its file's instance, as params: the names, and `param n: T` lines. False if it cannot be given as params.
bool readMembers(const Facts& facts, Span span, std::vector<std::string>& names, std::string& lines) {
  const auto& module = facts.hir();
  for (std::uint32_t i = 0; i < module.exprs.size(); ++i) {
    const auto& expr = module.exprs[i];
    if (expr.kind != ExprKind::Name || !isWithin(expr.span, span) || facts.checked->resolutions[i].kind != sema::ResolutionKind::Member) continue;
    const auto id = module.findChild(hir::moduleItem, base::Symbol{expr.a});
    if (!base::valid(id)) return false;  // of what the file extends
    const auto& item = module[id];
    if (item.kind != ItemKind::Param && item.kind != ItemKind::Let) return false;
    const std::string name(base::text(item.name));
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto type = base::valid(item.type) ? std::string(textIn(facts, module[item.type].span)) : shortType(*facts.program, facts.checked->itemTypes[base::index(id)]);
    if (type.empty() || type.find("…") != std::string::npos) return false;
    names.push_back(name);
    lines += fmt::format("  param {}: {}\n", name, type);
  }
  return true;
}

}  // namespace

std::optional<Target> extractableResource(const Facts& facts, std::uint32_t offset) {
  const auto& module = facts.hir();
  const auto id = declarationAt(module, offset);
  if (!base::valid(id) || module[id].kind != ItemKind::Resource || !base::valid(module[id].value)) return std::nullopt;
  const auto& value = module[module[id].value];
  if (value.kind != ExprKind::Refine || facts.checked->resolutions[value.a].kind != sema::ResolutionKind::Type) return std::nullopt;
  Target target;
  target.kind = TargetKind::Item;
  target.file = facts.file;
  target.item = id;
  return target;
}

void addComponentExtraction(const Facts& facts, const Target& resource, const std::vector<NamedUse>& uses, std::vector<Refactoring>& out) {
  const auto& module = facts.hir();
  const auto& item = module[resource.item];
  const auto& value = module[item.value];
  const auto text = std::string(textIn(facts, value.span));
  if (text.find("\"\"\"") != std::string::npos) return;  // its lines are part of the text
  std::vector<std::string> params;
  std::string lines;
  if (!readMembers(facts, value.span, params, lines)) return;
  const std::string name(base::text(item.name));
  const auto component = unusedName(module, capitalised(name));
  auto inner = uncapitalised(textIn(facts, module[hir::ExprId{value.a}].span));
  const bool isPlain = std::all_of(inner.begin(), inner.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  if (!isPlain || std::find(params.begin(), params.end(), inner) != params.end()) inner = "object";

  std::string indented;
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += "  ";
  }
  std::string given;
  for (const auto& param : params) given += (given.empty() ? " " : ", ") + param;
  Refactoring made;
  made.title = "Extract to `component " + component + "`";
  made.kind = RefactoringKind::Extract;
  const auto at = lineOfDeclaration(facts, item.span.begin);
  made.edits.push_back({{facts.file, {at, at}}, "component " + component + " {\n" + lines + "  resource " + inner + " = " + indented + "\n}\n\n"});
  made.edits.push_back({{facts.file, value.span}, component + " {" + given + " }"});
  for (const auto& use : uses) {
    if (use.text != name) return;
    // Within what moves, a use would be of the component itself.
    if (use.at.file == facts.file && isWithin(use.at.span, value.span)) return;
    made.edits.push_back({use.at, use.shorthand ? fmt::format("{}: {}.{}", name, name, inner) : fmt::format("{}.{}", name, inner)});
  }
  out.push_back(std::move(made));
}

std::optional<Target> movableDeclaration(const Facts& facts, std::uint32_t offset) {
  const auto& module = facts.hir();
  const auto id = declarationAt(module, offset);
  if (!base::valid(id)) return std::nullopt;
  const auto& item = module[id];
  const bool isMovable = item.kind == ItemKind::Component || item.kind == ItemKind::Schema || item.kind == ItemKind::TypeAlias || item.kind == ItemKind::Fn;
  if (!isMovable || item.isPrivate) return std::nullopt;
  Target target;
  target.kind = TargetKind::Item;
  target.file = facts.file;
  target.item = id;
  return target;
}

void addModuleExtraction(const Facts& facts, const FileIndex& index, const Target& declaration, const std::string& path, std::vector<Refactoring>& out) {
  const auto& module = facts.hir();
  const auto& item = module[declaration.item];
  const std::string name(base::text(item.name));
  // What it names must be there too: imports are copied, anything else of the file keeps it here.
  std::string imports;
  for (const auto& use : index.occurrences) {
    if (!isWithin(use.span, item.span) || use.declares) continue;
    const auto id = module.findChild(hir::moduleItem, base::intern(textIn(facts, use.span)));
    if (!base::valid(id) || id == declaration.item) continue;
    const auto& other = module[id];
    if (other.kind != ItemKind::Import) {
      if (use.target.kind == TargetKind::Item && use.target.file == facts.file && use.target.item == id) return;
      continue;
    }
    const auto from = base::text(module.imports[other.import].path), as = base::text(other.name), imported = base::text(other.importedName);
    std::string line;
    if (imported.empty()) line = fmt::format("import \"{}\" as {}\n", from, as);
    else if (imported == as) line = fmt::format("import {{ {} }} from \"{}\"\n", as, from);
    else line = fmt::format("import {{ {} as {} }} from \"{}\"\n", imported, as, from);
    if (imports.find(line) == std::string::npos) imports += line;
  }
  const auto begin = lineOfDeclaration(facts, item.span.begin);
  const auto text = facts.text();
  auto end = std::min(text.find('\n', item.span.end), text.size());
  const auto rest = text.substr(item.span.end, end - item.span.end);
  if (rest.find_first_not_of(" \t\r") != std::string_view::npos) return;
  if (end < text.size()) ++end;
  const bool leavesGap = end < text.size() && text[end] == '\n' && (begin == 0 || (begin >= 2 && text[begin - 2] == '\n'));
  const auto moved = std::string(text.substr(begin, end - begin));
  if (leavesGap) ++end;

  const auto file = path.substr(path.rfind('/') + 1);
  const auto stem = file.substr(0, file.rfind('.'));
  // Behind the last import, or at the begin; behind `extends "…"`, which comes first.
  std::size_t at = 0;
  for (const auto& other : module.items) {
    if (other.kind == ItemKind::Import) at = std::max<std::size_t>(at, other.span.end);
  }
  if (at == 0 && module.extends != 0) at = module.imports[module.extends - 1].span.end;
  if (at != 0) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  Refactoring made;
  made.title = "Move `" + name + "` to `" + file + "`";
  made.kind = RefactoringKind::Extract;
  made.newFiles.push_back({path, imports + (imports.empty() ? "" : "\n") + moved});
  const auto offset = static_cast<std::uint32_t>(at);
  const bool isUsedHere = std::ranges::any_of(index.occurrences, [&](const Occurrence& use) { return use.target == declaration && !isWithin(use.span, item.span); });
  if (isUsedHere) made.edits.push_back({{facts.file, {offset, offset}}, "import { " + name + " } from \"./" + stem + "\"\n"});
  made.edits.push_back({{facts.file, {begin, static_cast<std::uint32_t>(end)}}, ""});
  out.push_back(std::move(made));
}

}  // namespace kdsl::query
