#include "hir/module.hpp"

namespace kdsl::hir {

std::string_view wordOf(ItemKind kind) {
  switch (kind) {
    case ItemKind::Module: return "module";
    case ItemKind::Import: return "import";
    case ItemKind::Param: return "param";
    case ItemKind::Let: return "let";
    case ItemKind::Resource: return "resource";
    case ItemKind::External: return "external";
    case ItemKind::TypeAlias: return "type";
    case ItemKind::Schema: return "schema";
    case ItemKind::Component: return "component";
    case ItemKind::Fn: return "fn";
    case ItemKind::Policy: return "policy";
    case ItemKind::Test: return "test";
  }
  return "";
}

ItemId Module::findChild(ItemId parent, Symbol name) const {
  for (const auto child : childrenOf((*this)[parent])) {
    const auto& item = (*this)[child];
    if (item.name == name && item.kind != ItemKind::Test) return child;
  }
  return base::none<ItemId>;
}

}  // namespace kdsl::hir
