// Declarations: the nominal types of a file with their members, and the type of each item.
#include <algorithm>
#include <array>

#include "sema/checker.hpp"
#include "diag/codes/files.hpp"
#include "sema/walk.hpp"

namespace kdsl::sema {

using hir::ItemKind;
using types::MemberKind;
using types::NominalKind;

namespace {

NominalKind nominalKindOf(ItemKind kind) {
  switch (kind) {
    case ItemKind::Component: return NominalKind::Component;
    case ItemKind::Module: return NominalKind::Module;
    case ItemKind::Policy: return NominalKind::Policy;
    case ItemKind::Test: return NominalKind::Test;
    default: return NominalKind::Schema;
  }
}

bool isNominalItem(ItemKind kind) {
  return kind == ItemKind::Module || kind == ItemKind::Component || kind == ItemKind::Schema || kind == ItemKind::Policy || kind == ItemKind::Test;
}

MemberKind memberKindOf(ItemKind kind) {
  switch (kind) {
    case ItemKind::Param: return MemberKind::Param;
    case ItemKind::Resource: return MemberKind::Resource;
    case ItemKind::External: return MemberKind::External;
    default: return MemberKind::Let;
  }
}

/// `boutique` of `shop/boutique.kdsl`.
std::string_view stem(std::string_view path) {
  path = path.substr(path.find_last_of('/') + 1);
  return path.substr(0, path.find_last_of('.'));
}

}  // namespace

Checker::Checker(Core& core, FileId file) : core_(core), file_(file), hir_(core.loader.hir(file)), m_(*hir_), out_(std::make_shared<CheckedModule>()) {
  product_ = out_;
  isOnDemand_ = core.loader.isCheckedOnDemand(file);
  out_->hir = hir_;
  out_->imports.resize(m_.imports.size());
  out_->resolutions.resize(m_.exprs.size());
  out_->exprTypes.resize(m_.exprs.size());
  out_->typeExprs.resize(m_.typeExprs.size());
  out_->localTypes.resize(m_.locals.size());
  out_->itemTypes.resize(m_.items.size());
  out_->nominals.assign(m_.items.size(), base::none<NominalId>);
  itemStates_.resize(m_.items.size());
  typeStates_.resize(m_.typeExprs.size());
  localStates_.resize(m_.locals.size());
  letScopes_.resize(m_.locals.size());
  staticStates_.resize(m_.items.size());
  isStatic_.resize(m_.items.size());
  itemChecked_.resize(m_.items.size());
  valueChecked_.resize(m_.items.size());
  importUsed_.resize(m_.items.size());
  shapeChecked_.resize(m_.shapes.size());
  for (const auto child : m_.childrenOf(m_[hir::moduleItem])) {
    if (m_[child].kind != ItemKind::Test && m_[child].name != base::emptySymbol) names_.try_emplace(m_[child].name, child);
  }
  for (std::uint32_t i = 0; i < m_.items.size(); ++i) {
    const auto& item = m_.items[i];
    if (!isNominalItem(item.kind)) continue;
    if (item.kind == ItemKind::Schema && base::valid(item.shape)) shapeChecked_[base::index(item.shape)] = true;
    std::string path;
    for (auto at = ItemId{i}; base::valid(at) && at != hir::moduleItem; at = m_[at].parent) {
      path.insert(0, path.empty() ? "" : ".").insert(0, base::text(m_[at].name)).insert(0, m_[at].kind == ItemKind::Test ? "test " : "");
    }
    auto symbol = base::intern(path);
    // A second declaration of a name is an error already, but both are checked.
    for (int repeat = 2; !nominalItems_.try_emplace(symbol, ItemId{i}).second; ++repeat) symbol = base::intern(path + "#" + std::to_string(repeat));
    const auto id = core_.types.nominalId(file_, symbol);
    out_->nominals[i] = id;
    core_.types.setNominalName(id, item.kind == ItemKind::Module ? base::intern(stem(core_.loader.fileName(file_))) : item.name);
  }
}

Checker::~Checker() = default;

void Checker::resolveImports(const std::function<bool(FileId, std::string&)>& open) {
  for (std::size_t i = 0; i < m_.imports.size(); ++i) {
    const auto& path = m_.imports[i];
    if (path.path == base::emptySymbol) continue;  // reported: not a literal
    std::vector<Diagnostic> found;
    auto target = core_.loader.resolveImport(file_, path, found);
    sink_.append(found);
    if (base::valid(target.file) && !target.isData && !target.isKubernetes) {
      std::string chain;
      if (!open(target.file, chain)) {
        report(code::import_cycle, path.span, {chain}).label("this import closes the cycle").note("move what both need into a file of its own");
        target.file = base::none<FileId>;
      }
    }
    out_->imports[i] = std::move(target);
  }
}

ItemId Checker::itemOfPath(Symbol path) const {
  const auto found = nominalItems_.find(path);
  return found == nominalItems_.end() ? base::none<ItemId> : found->second;
}

ItemId Checker::findExport(Symbol name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? base::none<ItemId> : found->second;
}

void Checker::declareNominal(Symbol path, Nominal& nominal) {
  if (isForeignKind(path)) return declareForeignKind(path, nominal);
  const auto id = itemOfPath(path);
  if (!base::valid(id)) {  // gone since an edit
    nominal.name = core_.types.nominalName(nominal.id);
    nominal.buildIndex();
    return;
  }
  const auto& item = m_[id];
  nominal.kind = nominalKindOf(item.kind);
  nominal.name = core_.types.nominalName(nominal.id);
  nominal.declaration = {file_, id};
  nominal.doc = item.doc;
  switch (item.kind) {
    case ItemKind::Module:
      if (m_.extends != 0) {
        const auto target = out_->imports[m_.extends - 1];
        if (base::valid(target.file) && !target.isData) {
          inheritFrom(nominal, core_.checker(target.file).nominalOf(hir::moduleItem));
        } else {
          openToAnything(nominal);
        }
      }
      break;
    case ItemKind::Policy:
    case ItemKind::Test: inheritFrom(nominal, nominalOf(hir::moduleItem)); break;
    case ItemKind::Component: inheritOrOpen(nominal, item, resolveBase(id, extendedType(id))); break;
    case ItemKind::Schema: {
      const auto extended = extendedType(id);
      if (const auto kind = kindOf(extended); kind == TypeKind::AnyResource || kind == TypeKind::AnyNamespaced) {
        beginKind(nominal, kind == TypeKind::AnyNamespaced);
      } else {
        inheritOrOpen(nominal, item, resolveBase(id, extended));
      }
      break;
    }
    default: break;
  }
  if (item.kind == ItemKind::Schema) {
    declareSchema(nominal, item);
    if (nominal.isKind() && !base::valid(nominal.base)) finishKind(nominal);
  } else {
    declareMembers(nominal, id);
  }
  nominal.buildIndex();
}

/// What it extends is not known, which was reported: any member may be one of it.
void Checker::openToAnything(Nominal& nominal) {
  nominal.isOpen = true;
  nominal.openKey = types::stringType;
  nominal.openValue = types::errorType;
}

void Checker::inheritOrOpen(Nominal& nominal, const hir::Item& item, NominalId baseId) {
  if (item.extends.count != 0 && !base::valid(baseId)) openToAnything(nominal);
  inheritFrom(nominal, baseId);
}

void Checker::inheritFrom(Nominal& nominal, NominalId baseId) {
  if (!base::valid(baseId)) return;
  const auto& ancestor = core_.declared(baseId);
  nominal.base = baseId;
  nominal.members = ancestor.members;
  nominal.oneofs = ancestor.oneofs;
  nominal.isOpen = ancestor.isOpen;
  nominal.openKey = ancestor.openKey;
  nominal.openValue = ancestor.openValue;
  nominal.isNamespaced = ancestor.isNamespaced;
  nominal.apiVersion = ancestor.apiVersion;
  nominal.kindName = ancestor.kindName;
}

/// What every kind has: the three members stand as those of a kind that is always there, so they read and document alike.
void Checker::beginKind(Nominal& nominal, bool isNamespaced) {
  static const Symbol common = base::intern("ConfigMap");
  nominal.isNamespaced = isNamespaced;
  nominal.kindName = nominal.name;
  const auto model = core_.kubernetesByName(common);
  if (!base::valid(model)) return;
  for (const auto* name : {"apiVersion", "kind", "metadata"}) {
    if (const auto* member = core_.declared(model).find(base::intern(name))) nominal.members.push_back(*member);
  }
}

/// Takes the identity of a kind from its fields, which are literal types.
void Checker::finishKind(Nominal& nominal) {
  const auto take = [&](const char* name, Symbol& into) {
    const auto found = std::find_if(nominal.members.begin(), nominal.members.end(), [&](const Member& member) { return base::text(member.name) == name; });
    if (found == nominal.members.end()) return;
    const bool isWritten = found->owner == nominal.id;
    const auto& type = node(core_.types.required(found->type));
    if (isWritten && type.kind == TypeKind::StringLiteral) into = type.symbol;
    if (!isWritten) found->type = core_.types.stringLiteral(into);
    found->required = false;  // the type gives it
  };
  take("apiVersion", nominal.apiVersion);
  take("kind", nominal.kindName);
}

/// What stands behind `extends`; the error type if nothing does or it means nothing.
TypeId Checker::extendedType(ItemId id) {
  const auto& item = m_[id];
  return item.extends.count == 0 ? types::errorType : resolveQualified(item.extends.first, item.extends.count, item.parent);
}

NominalId Checker::resolveBase(ItemId id, TypeId type) {
  const auto& item = m_[id];
  if (type == types::errorType) return base::none<NominalId>;
  if (kindOf(type) != TypeKind::Nominal) {
    report(code::cannot_extend, item.extends.span, {print(type)});
    return base::none<NominalId>;
  }
  const auto baseId = node(type).nominal;
  if (baseId == nominalOf(id) || core_.isBeingDeclared(baseId)) {
    report(code::extends_itself, item.extends.span, {std::string(base::text(item.name))}).label("leads back here");
    return base::none<NominalId>;
  }
  const auto& ancestor = core_.declared(baseId);
  const bool isComponent = item.kind == ItemKind::Component;
  if (isComponent ? ancestor.kind != NominalKind::Component : ancestor.kind != NominalKind::Schema) {
    auto& diagnostic = report(code::cannot_extend, item.extends.span, {print(type)});
    diagnostic.label(isComponent ? "a component extends a component" : "a schema extends a schema");
    return base::none<NominalId>;
  }
  return baseId;
}

void Checker::declareMembers(Nominal& nominal, ItemId id) {
  for (const auto child : m_.childrenOf(m_[id])) {
    const auto& item = m_[child];
    if (!hir::isMember(item.kind) || item.name == base::emptySymbol) continue;
    Member member;
    member.name = item.name;
    member.kind = memberKindOf(item.kind);
    member.owner = nominal.id;
    member.declared = at(item.nameSpan);
    member.item = child;
    member.value = item.value;
    member.isPrivate = item.isPrivate;
    member.isDeprecated = item.isDeprecated;
    member.deprecated = item.deprecated;
    member.doc = item.doc;
    member.type = base::valid(item.type) ? resolveType(item.type, id) : pendingType;
    member.required = item.kind == ItemKind::Param && !base::valid(item.value) && !core_.types.isOptional(member.type);
    const auto same = std::find_if(nominal.members.begin(), nominal.members.end(), [&](const Member& other) { return other.name == member.name; });
    if (same == nominal.members.end()) {
      nominal.members.push_back(member);
    } else if (same->owner != nominal.id) {
      *same = member;  // redeclares an inherited one: reported by checkRedeclared
    }
  }
}

void Checker::declareSchema(Nominal& nominal, const hir::Item& item) {
  if (!base::valid(item.shape)) return;
  const auto id = nominal.declaration.item;
  const auto& shape = m_[item.shape];
  const auto firstGroup = nominal.oneofs.size();
  for (std::uint32_t i = 0; i < shape.oneOfCount; ++i) nominal.oneofs.push_back({!m_.oneofs[shape.firstOneOf + i].optional, {}, {}, {}});
  for (std::uint32_t i = 0; i < shape.fieldCount; ++i) {
    const auto& field = m_.fields[shape.firstField + i];
    Member member;
    member.name = field.name;
    member.kind = MemberKind::Field;
    member.owner = nominal.id;
    member.declared = at(field.nameSpan);
    member.value = field.value;
    member.isReadDefault = field.isReadDefault;
    member.field = shape.firstField + i;
    member.doc = field.doc;
    member.isDeprecated = field.isDeprecated;
    member.deprecated = field.deprecated;
    member.type = resolveType(field.type, id);
    if (field.oneof != 0) {
      member.oneof = static_cast<std::uint16_t>(firstGroup + field.oneof);
      nominal.oneofs[member.oneof - 1u].members.push_back(field.name);
      member.type = core_.types.optional(member.type);  // the others of its group are absent
    }
    if (field.isReadDefault) member.type = core_.types.required(member.type);  // it always reads as something
    member.required = !base::valid(field.value) && !core_.types.isOptional(member.type);
    const auto same = std::find_if(nominal.members.begin(), nominal.members.end(), [&](const Member& other) { return other.name == member.name; });
    if (same == nominal.members.end()) {
      nominal.members.push_back(member);
    } else if (same->owner != nominal.id) {
      *same = member;
    }
  }
  if (base::valid(shape.key)) {
    nominal.isOpen = true;
    nominal.openKey = resolveType(shape.key, id);
    nominal.openValue = resolveType(shape.value, id);
  }
}

TypeId Checker::itemType(ItemId id) {
  auto& type = out_->itemTypes[base::index(id)];
  auto& state = itemStates_[base::index(id)];
  if (state == State::Done) return type;
  const auto& item = m_[id];
  if (state == State::Running) {
    if (item.kind == ItemKind::TypeAlias) {
      report(code::recursive_alias, item.nameSpan, {std::string(base::text(item.name))}).note("a schema may contain itself, through `?`, lists and maps");
    } else {
      report(code::inference_cycle, item.nameSpan, {std::string(base::text(item.name))}).label("write its type behind the name");
    }
    state = State::Done;
    return type = types::errorType;
  }
  state = State::Running;
  TypeId result = types::errorType;
  switch (item.kind) {
    case ItemKind::Module:
    case ItemKind::Schema:
    case ItemKind::Component:
    case ItemKind::Policy:
    case ItemKind::Test: result = core_.types.nominal(nominalOf(id)); break;
    case ItemKind::TypeAlias: result = aliasType(id); break;
    case ItemKind::Param:
    case ItemKind::Let:
    case ItemKind::Resource:
    case ItemKind::External:
      result = base::valid(item.type) ? resolveType(item.type, item.parent) : inferItem(id);
      break;
    case ItemKind::Fn:
      result = base::valid(item.type) ? resolveType(item.type, id) : inferItem(id);
      break;
    case ItemKind::Import: {
      const auto& target = out_->imports[item.import];
      if (target.isData) {
        result = isManifests(item) ? manifestsType(item.import) : base::valid(item.type) ? resolveType(item.type, hir::moduleItem) : types::anyType;
      } else {
        const auto meant = targetOfImport(id);
        if (meant.kind == NameKind::Type || meant.kind == NameKind::Module) result = meant.type;
        if (meant.kind == NameKind::StaticLet || meant.kind == NameKind::Fn) result = core_.checker(meant.file).itemType(meant.item);
      }
      break;
    }
  }
  if (state == State::Running) {  // else a cycle was found on the way, and reported
    state = State::Done;
    out_->itemTypes[base::index(id)] = result;
  }
  return out_->itemTypes[base::index(id)];
}

TypeId Checker::inferItem(ItemId id) {
  const auto& item = m_[id];
  if (!base::valid(item.value)) return types::errorType;
  ++inferring_;
  const auto type = infer(item.value, scopeOf(id));
  --inferring_;
  valueChecked_[base::index(id)] = true;
  return type;
}

bool Checker::isStatic(ItemId let) {
  auto& state = staticStates_[base::index(let)];
  if (state != State::None) return state == State::Running || isStatic_[base::index(let)];
  state = State::Running;
  bool result = true;
  const auto& module = core_.declared(nominalOf(hir::moduleItem));
  if (const auto value = m_[let].value; base::valid(value)) {
    walkExprs(m_, value, [&](ExprId id) {
      const auto& expr = m_[id];
      if (!result || expr.kind != hir::ExprKind::Name) return;
      const auto* member = module.find(Symbol{expr.a});
      if (member == nullptr) return;
      result = member->kind == MemberKind::Let && core_.checker(core_.types.nominalOrigin(member->owner).file).isStatic(member->item);
    });
    walkExprs(m_, value, [&](ExprId id) { result = result && m_[id].kind != hir::ExprKind::Self; }, false);
  }
  isStatic_[base::index(let)] = result;
  state = State::Done;
  return result;
}

}  // namespace kdsl::sema
