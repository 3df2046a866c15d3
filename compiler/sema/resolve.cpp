// What a name means: members, declarations, imports, the prelude, built-ins, and the kinds of Kubernetes, in this order.
#include "sema/checker.hpp"

namespace kdsl::sema {

using hir::ItemKind;
using types::MemberKind;

NameTarget Checker::lookUp(Symbol name, ItemId owner) {
  bool instance = true;  // of the members of this owner there is an instance here
  for (auto at = owner;; at = m_[at].parent) {
    const auto kind = m_[at].kind;
    const bool hasMembers = kind == ItemKind::Module || kind == ItemKind::Component || kind == ItemKind::Policy || kind == ItemKind::Test || kind == ItemKind::Schema;
    if (hasMembers && instance) {
      if (auto found = instanceMember(name, at); found.kind != NameKind::None) return found;
    }
    if (kind != ItemKind::Policy && kind != ItemKind::Test) instance = false;  // those two look at instances of their file
    if (kind == ItemKind::Module) {
      if (auto found = moduleMember(name); found.kind != NameKind::None) return found;
      break;
    }
    if (auto found = declaredIn(at, name); found.kind != NameKind::None) return found;
  }
  if (const auto prelude = core_.loader.prelude(); base::valid(prelude) && prelude != file_) {
    auto& declarations = core_.checker(prelude);
    if (const auto item = declarations.findExport(name); base::valid(item)) {
      auto found = declarations.targetOfItem(item);
      if (found.kind != NameKind::None) return found;
    }
  }
  return lookUpBuiltIn(name);
}

NameTarget Checker::instanceMember(Symbol name, ItemId owner) {
  const auto& nominal = core_.declared(nominalOf(owner));
  const auto* member = nominal.find(name);
  if (member == nullptr) return {};
  NameTarget target;
  target.kind = NameKind::Member;
  target.file = core_.types.nominalOrigin(member->owner).file;
  target.item = member->item;
  target.member = member;
  return target;
}

/// A type or function that is declared inside of a component, policy or test.
NameTarget Checker::declaredIn(ItemId owner, Symbol name) {
  if (m_[owner].childCount == 0) return {};
  const auto item = m_.findChild(owner, name);
  return base::valid(item) ? targetOfItem(item) : NameTarget{};
}

/// What a module declares, seen without an instance of it: its members only if they are static.
NameTarget Checker::moduleMember(Symbol name) {
  if (const auto found = names_.find(name); found != names_.end()) {
    if (m_[found->second].kind == ItemKind::Import) importUsed_[base::index(found->second)] = true;
    auto target = targetOfItem(found->second);
    if (target.kind != NameKind::None) return target;
  }
  if (m_.extends == 0) return {};
  auto inherited = instanceMember(name, hir::moduleItem);
  if (inherited.kind == NameKind::None) return {};
  const bool isLet = inherited.member->kind == MemberKind::Let && core_.checker(inherited.file).isStatic(inherited.item);
  inherited.kind = isLet ? NameKind::StaticLet : NameKind::Hidden;
  return inherited;
}

NameTarget Checker::targetOfItem(ItemId id) {
  const auto& item = m_[id];
  NameTarget target;
  target.file = file_;
  target.item = id;
  switch (item.kind) {
    case ItemKind::TypeAlias:
    case ItemKind::Schema:
    case ItemKind::Component:
      target.kind = NameKind::Type;
      target.type = itemType(id);
      break;
    case ItemKind::Fn: target.kind = NameKind::Fn; break;
    case ItemKind::Let: target.kind = isStatic(id) ? NameKind::StaticLet : NameKind::Hidden; break;
    case ItemKind::Param:
    case ItemKind::Resource:
    case ItemKind::External: target.kind = NameKind::Hidden; break;
    case ItemKind::Import: return targetOfImport(id);
    default: break;
  }
  return target;
}

NameTarget Checker::targetOfImport(ItemId id) {
  const auto& item = m_[id];
  const auto& import = out_->imports[item.import];
  NameTarget target;
  target.file = file_;
  target.item = id;
  if (import.isData) {
    target.kind = NameKind::StaticLet;
    return target;
  }
  if (import.isKubernetes) {
    if (item.importedName == base::emptySymbol) {
      target.kind = NameKind::KubernetesGroup;
      target.import = item.import;
      return target;
    }
    const auto found = groupMember(item.import, item.importedName);
    if (found.kind != NameKind::None) return found;
  }
  if (base::valid(import.file) && !import.isKubernetes) {
    if (item.importedName == base::emptySymbol) {
      target.kind = NameKind::Module;
      target.file = import.file;
      target.item = hir::moduleItem;
      target.type = core_.types.nominal(core_.checker(import.file).nominalOf(hir::moduleItem));
      return target;
    }
    const auto found = exported(import.file, item.importedName);
    if (found.kind != NameKind::None && found.kind != NameKind::Hidden) return found;
  }
  target.kind = NameKind::Type;  // reported where it is imported
  target.type = types::errorType;
  return target;
}

NameTarget Checker::exported(FileId file, Symbol name) {
  auto& other = core_.checker(file);
  const auto item = other.findExport(name);
  if (base::valid(item)) {
    if (other.m_[item].isPrivate || other.m_[item].kind == ItemKind::Import) return {};
    return other.targetOfItem(item);
  }
  if (other.m_.extends != 0) {
    const auto& extended = other.out_->imports[other.m_.extends - 1];
    if (base::valid(extended.file) && !extended.isData) return exported(extended.file, name);
  }
  return {};
}

NameTarget Checker::groupMember(std::uint32_t import, Symbol name) {
  const auto& target = out_->imports[import];
  NameTarget found;
  const auto group = core_.pack.groupVersion(target.group.empty() ? "core/" + target.version : target.group + "/" + target.version);
  const auto definition = group ? group->find(base::text(name)) : std::nullopt;
  if (!definition) return found;
  found.kind = NameKind::Type;
  found.type = core_.kubernetesType(*definition);
  return found;
}

NameTarget Checker::lookUpBuiltIn(Symbol name) {
  const auto [at, added] = builtInNames_.try_emplace(name);
  auto& target = at->second;
  if (!added) return target;
  const auto text = base::text(name);
  struct Named {
    std::string_view name;
    TypeId type;
  };
  static constexpr Named builtInTypes[] = {{"bool", types::boolType},         {"int", types::intType},           {"float", types::floatType},     {"string", types::stringType},
                                           {"Quantity", types::quantityType}, {"Duration", types::durationType}, {"Seconds", types::secondsType}, {"any", types::anyType},
                                           {"Resource", types::resourceType}, {"Namespaced", types::namespacedType}};
  for (const auto& known : builtInTypes) {
    if (known.name != text) continue;
    target.kind = NameKind::Type;
    target.type = known.type;
    return target;
  }
  if (text == "Sensitive") {
    types::TypeNode node;
    node.kind = TypeKind::Sensitive;
    node.element = types::stringType;
    target.kind = NameKind::Type;
    target.type = core_.types.intern(std::move(node));
    return target;
  }
  if (const auto kind = core_.pack.prelude(text)) {
    target.kind = NameKind::Type;
    target.type = core_.kubernetesType(*kind);
    return target;
  }
  if (const auto overloads = types::findBuiltin(types::Receiver::Function, text); !overloads.empty()) {
    target.kind = NameKind::Builtin;
    target.builtin = static_cast<std::uint32_t>(overloads[0]);
    return target;
  }
  if (text == "kubernetes") target.kind = NameKind::Constant;
  return target;
}

/// For finding recursion: what a declaration of the file needs to make its value.
void Checker::noteUse(const Scope& scope, const NameTarget& target, Span span) {
  if (target.file != file_ || !base::valid(target.item)) return;
  const auto kind = m_[target.item].kind;
  if (kind != ItemKind::Fn && kind != ItemKind::Component && kind != ItemKind::Schema && kind != ItemKind::Let) return;
  auto from = scope.item;
  while (from != hir::moduleItem && m_[from].parent != hir::moduleItem) from = m_[from].parent;  // a component stands for its members
  if (from != hir::moduleItem) uses_.push_back({from, target.item, span});
}

}  // namespace kdsl::sema
