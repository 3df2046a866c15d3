#include "query/documentation.hpp"

#include <algorithm>

#include "query/ide/facts.hpp"
#include "query/library.hpp"
#include "types/words.hpp"

namespace kdsl::query {
namespace {

using base::Symbol;
using hir::EntryKind;
using hir::ItemKind;
using types::MemberKind;
using types::TypeKind;

/// The declarations that a type names, each word once. Types are trees but for nominal ones, which are not entered.
class LinkFinder {
 public:
  LinkFinder(const sema::Program& program, std::vector<DocLink>& links) : program_(program), links_(links) {}

  void visit(TypeId id, int depth = 0) {
    constexpr int deepest = 64;
    if (depth > deepest) return;
    const auto& node = program_.types()[id];
    if (node.symbol != base::emptySymbol && base::valid(node.alias.file)) {
      add(node.symbol, node.alias);
      return;  // printed by that name
    }
    switch (node.kind) {
      case TypeKind::Nominal: {
        const auto& nominal = program_.nominal(node.nominal);
        if (base::valid(nominal.declaration.file)) add(nominal.name, nominal.declaration);
        return;
      }
      case TypeKind::Map: visit(node.key, depth + 1); [[fallthrough]];
      case TypeKind::Optional:
      case TypeKind::List:
      case TypeKind::Keyed:
      case TypeKind::Set:
      case TypeKind::Ref:
      case TypeKind::Sensitive:
      case TypeKind::Where: visit(node.element, depth + 1); return;
      case TypeKind::Record:
        for (const auto& field : node.fields) visit(field.type, depth + 1);
        if (node.open) visit(node.element, depth + 1);
        return;
      case TypeKind::Union:
        for (const auto member : node.members) visit(member, depth + 1);
        return;
      default: return;
    }
  }

 private:
  void add(Symbol name, const types::Declaration& declaration) {
    const auto word = base::text(name);
    if (std::any_of(links_.begin(), links_.end(), [&](const DocLink& link) { return link.word == word; })) return;
    const auto& items = program_.module(declaration.file).hir->items;
    if (base::index(declaration.item) >= items.size()) return;
    links_.push_back({std::string(word), declaration.file, std::string(base::text(items[base::index(declaration.item)].name))});
  }

  const sema::Program& program_;
  std::vector<DocLink>& links_;
};

class Extractor {
 public:
  explicit Extractor(const Facts& facts) : facts_(facts), hir_(facts.hir()) {}

  DocModule run(std::string path) {
    DocModule module;
    module.path = std::move(path);
    module.file = facts_.file;
    module.doc = openingComment();
    const auto& file = hir_[hir::moduleItem];
    const auto& nominal = facts_.program->nominal(facts_.checked->nominals[0]);
    if (base::valid(nominal.base)) module.base = nominalType(nominal.base);
    for (const auto id : hir_.childrenOf(file)) {
      if (auto item = this->item(id)) module.items.push_back(std::move(*item));
    }
    collectChecks(file.body, module.checks);
    return module;
  }

 private:
  std::string source(source::Span span) const { return sourceIn(facts_.file, span); }
  std::string sourceIn(source::FileId file, source::Span span) const {
    const std::string_view text = (*facts_.files)[file].text;
    return span.end > text.size() ? std::string() : std::string(text.substr(span.begin, span.size()));
  }

  DocType type(TypeId id) const {
    DocType made;
    if (id == types::errorType) return made;
    made.text = facts_.types().print(id);
    LinkFinder(*facts_.program, made.links).visit(id);
    return made;
  }

  DocType nominalType(types::NominalId id) const {
    const auto& nominal = facts_.program->nominal(id);
    DocType made;
    made.text = base::text(nominal.name);
    if (base::valid(nominal.declaration.file)) {
      const auto& items = facts_.program->module(nominal.declaration.file).hir->items;
      made.links.push_back({made.text, nominal.declaration.file, std::string(base::text(items[base::index(nominal.declaration.item)].name))});
    }
    return made;
  }

  static std::optional<std::string> deprecation(bool isDeprecated, Symbol text) {
    return isDeprecated ? std::optional(std::string(base::text(text))) : std::nullopt;
  }

  /// The lines of `//` before the first declaration, if a blank line parts them from it.
  std::string openingComment() const {
    std::string_view text = facts_.text();
    std::string doc;
    while (text.starts_with("//") && !text.starts_with("///")) {
      auto line = text.substr(2, text.find('\n') == std::string_view::npos ? text.size() : text.find('\n') - 2);
      if (line.starts_with(' ')) line.remove_prefix(1);
      if (!doc.empty()) doc += '\n';
      doc += line;
      const auto end = text.find('\n');
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return text.empty() || text.starts_with('\n') || text.starts_with("\r\n") ? doc : std::string();
  }

  std::optional<DocItem> item(hir::ItemId id) const {
    const auto& item = hir_[id];
    if (item.isPrivate || item.kind == ItemKind::Import || item.kind == ItemKind::Test || item.name == base::emptySymbol) return std::nullopt;
    DocItem made;
    made.word = hir::wordOf(item.kind);
    made.name = base::text(item.name);
    made.doc = base::text(item.doc);
    made.deprecated = deprecation(item.isDeprecated, item.deprecated);
    const auto nominal = facts_.checked->nominals[base::index(id)];
    switch (item.kind) {
      case ItemKind::Component:
      case ItemKind::Schema:
      case ItemKind::Policy:
        if (base::valid(nominal)) describeNominal(made, facts_.program->nominal(nominal));
        if (base::valid(item.body)) collectChecks(item.body, made.checks);
        if (base::valid(item.shape) && base::valid(hir_[item.shape].body)) collectChecks(hir_[item.shape].body, made.checks);
        break;
      case ItemKind::TypeAlias:
        made.type = written(item.type);
        if (base::valid(item.value)) made.condition = source(hir_[item.value].span);
        break;
      case ItemKind::Fn:
        made.type = type(facts_.checked->itemTypes[base::index(id)]);
        for (std::uint32_t i = 0; i < item.paramCount; ++i) made.members.push_back(parameter(hir::LocalId{base::index(item.firstParam) + i}));
        break;
      default:
        made.type = type(facts_.checked->itemTypes[base::index(id)]);
        if (item.kind == ItemKind::Param && base::valid(item.value)) made.standard = source(hir_[item.value].span);
        made.isRequired = item.kind == ItemKind::Param && !base::valid(item.value) && !facts_.types().isOptional(facts_.checked->itemTypes[base::index(id)]);
        break;
    }
    return made;
  }

  /// What an alias stands for, as written: its type would print as its name.
  DocType written(hir::TypeExprId id) const {
    DocType made;
    if (!base::valid(id)) return made;
    made.text = source(hir_[id].span);
    LinkFinder(*facts_.program, made.links).visit(facts_.checked->typeExprs[base::index(id)]);
    return made;
  }

  DocMember parameter(hir::LocalId id) const {
    const auto& local = hir_[id];
    DocMember made;
    made.word = "parameter";
    made.name = base::text(local.name);
    made.type = type(facts_.checked->localTypes[base::index(id)]);
    made.isRequired = !base::valid(local.value);
    if (base::valid(local.value)) made.standard = source(hir_[local.value].span);
    return made;
  }

  void describeNominal(DocItem& made, const types::Nominal& nominal) const {
    if (nominal.isKind()) {
      made.word = "kind";
      made.apiVersion = base::text(nominal.apiVersion);
    }
    if (nominal.kind == types::NominalKind::Policy) return;  // it looks at its file's instance, and has nothing of its own
    if (base::valid(nominal.base)) made.base = nominalType(nominal.base);
    for (const auto& member : nominal.members) {
      const bool isIdentity = nominal.isKind() && (base::text(member.name) == "apiVersion" || base::text(member.name) == "kind" || base::text(member.name) == "metadata");
      if (member.isPrivate || isIdentity) continue;
      made.members.push_back(this->member(nominal, member));
    }
  }

  DocMember member(const types::Nominal& nominal, const types::Member& member) const {
    DocMember made;
    made.word = wordOf(member.kind);
    made.name = base::text(member.name);
    made.doc = base::text(member.doc);
    made.type = type(member.type);
    made.deprecated = deprecation(member.isDeprecated, member.deprecated);
    made.isRequired = member.required;
    made.isReadDefault = member.isReadDefault;
    const bool isInput = member.kind == MemberKind::Field || member.kind == MemberKind::Param;
    if (isInput && base::valid(member.value) && base::valid(member.declared.file)) {
      made.standard = sourceIn(member.declared.file, facts_.program->module(member.declared.file).hir->exprs[base::index(member.value)].span);
    }
    if (member.oneof != 0 && member.oneof <= nominal.oneofs.size()) {
      made.group = member.oneof;
      made.groupIsRequired = nominal.oneofs[member.oneof - 1u].required;
    }
    return made;
  }

  /// Those of branches, loops and `each` too: bodies nest as deep as the parser lets them.
  void collectChecks(hir::BodyId id, std::vector<DocCheck>& into) const {
    if (!base::valid(id)) return;
    for (const auto& entry : hir_.entriesOf(hir_[id])) {
      if (entry.kind == EntryKind::Check && base::valid(entry.value)) {
        DocCheck check;
        check.name = base::text(entry.name);
        check.condition = source(hir_[entry.value].span);
        if (base::valid(entry.extra)) check.message = source(hir_[entry.extra].span);
        check.isWarning = entry.isWarning;
        check.isFinal = entry.isFinal;
        into.push_back(std::move(check));
      }
      collectChecks(entry.then, into);
      collectChecks(entry.otherwise, into);
    }
  }

  const Facts& facts_;
  const hir::Module& hir_;
};

}  // namespace

DocModule documentation(Session& session, source::FileId file, std::string path) {
  DocModule module;
  const auto facts = session.facts(file);
  onLargeStack([&] { module = Extractor(facts).run(std::move(path)); });
  return module;
}

source::FileId openLibrary(Session& session, std::string_view path) {
  const auto opener = session.openText("opens/" + std::string(path) + ".kdsl", "import \"" + std::string(path) + "\" as opened\n");
  const auto& imports = session.facts(opener).checked->imports;
  return imports.empty() ? base::none<source::FileId> : imports[0].file;
}

std::vector<std::string> libraryPaths() {
  std::vector<std::string> paths;
  for (const auto& module : libraryModules()) {
    auto path = module.path;
    if (path.ends_with(".kdsl")) path.remove_suffix(5);
    paths.emplace_back(path);
  }
  return paths;
}

}  // namespace kdsl::query
