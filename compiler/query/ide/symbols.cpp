#include "query/ide/describe.hpp"
#include "query/ide/questions.hpp"

namespace kdsl::query {

using hir::ItemKind;

namespace {

class Outline {
 public:
  explicit Outline(const Facts& facts) : facts_(facts), hir_(facts.hir()) {}

  std::vector<Symbol> file() {
    auto all = children(hir_[hir::moduleItem]);
    entries(hir_[hir::moduleItem].body, all, 0);
    return all;
  }

 private:
  // Entries are worth a line of the outline near the surface only.
  static constexpr int maxEntryDepth = 4;

  std::vector<Symbol> children(const hir::Item& owner) {
    std::vector<Symbol> all;
    for (const auto id : hir_.childrenOf(owner)) {
      const auto& item = hir_[id];
      if (item.name == base::emptySymbol) continue;
      // The names of one `import { a, b }` are one span: each has its own name's.
      all.push_back(symbol(id, item));
    }
    return all;
  }

  Symbol symbol(hir::ItemId id, const hir::Item& item) {
    Symbol made;
    made.name = base::text(item.name);
    made.kind = symbolKindOf(item.kind);
    made.span = source::join(item.span, item.nameSpan);
    made.nameSpan = item.nameSpan;
    made.deprecated = item.isDeprecated;
    const auto type = facts_.checked->itemTypes[base::index(id)];
    if (hir::isMember(item.kind) && type != types::errorType) made.detail = shortType(*facts_.program, type);
    made.children = children(item);
    if (base::valid(item.shape)) fields(hir_[item.shape], made.children);
    if (base::valid(item.body)) entries(item.body, made.children, 0);
    if (item.kind == ItemKind::Resource && base::valid(item.value)) value(item.value, made.children, 0);
    return made;
  }

  void fields(const hir::Shape& shape, std::vector<Symbol>& out) {
    for (std::uint32_t i = 0; i < shape.fieldCount; ++i) {
      const auto& field = hir_.fields[shape.firstField + i];
      Symbol made;
      made.name = base::text(field.name);
      if (made.name.empty()) continue;
      made.kind = SymbolKind::Field;
      made.span = source::join(field.span, field.nameSpan);
      made.nameSpan = field.nameSpan;
      made.deprecated = field.isDeprecated;
      made.detail = shortType(*facts_.program, facts_.checked->typeExprs[base::index(field.type)]);
      out.push_back(std::move(made));
    }
  }

  void value(hir::ExprId id, std::vector<Symbol>& out, int depth) {
    if (!base::valid(id)) return;
    const auto& expr = hir_[id];
    if (expr.kind == hir::ExprKind::Refine) entries(hir::BodyId{expr.b}, out, depth);
    if (expr.kind == hir::ExprKind::Record) entries(hir::BodyId{expr.a}, out, depth);
    if (expr.kind == hir::ExprKind::If) value(hir::ExprId{expr.b}, out, depth);
  }

  void entries(hir::BodyId body, std::vector<Symbol>& out, int depth) {
    if (!base::valid(body) || depth >= maxEntryDepth) return;
    for (const auto& entry : hir_.entriesOf(hir_[body])) {
      if (entry.kind != hir::EntryKind::Set || entry.segmentCount == 0 || entry.shorthand) continue;
      const auto& first = hir_.segments[entry.firstSegment];
      const auto& last = hir_.segments[entry.firstSegment + entry.segmentCount - 1];
      Symbol made;
      made.nameSpan = source::join(first.span, last.span);
      made.name = facts_.text().substr(made.nameSpan.begin, made.nameSpan.size());
      if (made.name.empty()) continue;
      made.kind = SymbolKind::Entry;
      made.span = source::join(entry.span, made.nameSpan);
      value(entry.value, made.children, depth + 1);
      out.push_back(std::move(made));
    }
  }

  const Facts& facts_;
  const hir::Module& hir_;
};

}  // namespace

SymbolKind symbolKindOf(ItemKind kind) {
  switch (kind) {
    case ItemKind::Module: return SymbolKind::Module;
    case ItemKind::Import: return SymbolKind::Import;
    case ItemKind::Param: return SymbolKind::Param;
    case ItemKind::Let: return SymbolKind::Let;
    case ItemKind::Resource: return SymbolKind::Resource;
    case ItemKind::External: return SymbolKind::External;
    case ItemKind::TypeAlias: return SymbolKind::Type;
    case ItemKind::Schema: return SymbolKind::Schema;
    case ItemKind::Component: return SymbolKind::Component;
    case ItemKind::Fn: return SymbolKind::Fn;
    case ItemKind::Policy: return SymbolKind::Policy;
    case ItemKind::Test: return SymbolKind::Test;
  }
  return SymbolKind::Let;
}

std::vector<Symbol> symbols(const Facts& facts) { return Outline(facts).file(); }

std::vector<DocumentLink> documentLinks(const Facts& facts) {
  std::vector<DocumentLink> links;
  const auto& imports = facts.checked->imports;
  for (std::size_t i = 0; i < imports.size() && i < facts.hir().imports.size(); ++i) {
    if (base::valid(imports[i].file)) links.push_back({facts.hir().imports[i].span, imports[i].file});
  }
  return links;
}

}  // namespace kdsl::query
