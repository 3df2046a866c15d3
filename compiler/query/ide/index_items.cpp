// Declarations, imports, shapes and written types.
#include "query/ide/index_builder.hpp"
#include "query/ide/type_lookup.hpp"
#include "types/table.hpp"

namespace kdsl::query {

using hir::ItemKind;
using hir::TypeExprKind;

namespace {

Target itemTarget(FileId file, hir::ItemId item) {
  Target target;
  target.kind = TargetKind::Item;
  target.file = file;
  target.item = item;
  return target;
}

bool hasBody(ItemKind kind) {
  return kind == ItemKind::Module || kind == ItemKind::Component || kind == ItemKind::Policy || kind == ItemKind::Test;
}

}  // namespace

void IndexBuilder::walkItem(hir::ItemId id) {
  const auto& item = hir_[id];
  if (item.kind == ItemKind::Import) return walkImport(id);
  if (item.kind == ItemKind::Fn) return walkFn(id);

  const auto nominalId = checked_.nominals[base::index(id)];
  const auto* nominal = base::valid(nominalId) ? &program_.nominal(nominalId) : nullptr;
  const bool isScope = hasBody(item.kind) || item.kind == ItemKind::Schema;
  Scope scope;
  scope.owner = isScope || !base::valid(item.parent) ? id : item.parent;
  scope.self = isScope || item.kind == ItemKind::TypeAlias ? typeOf(id) : typeOf(scope.owner);

  if (item.kind != ItemKind::Module && item.kind != ItemKind::Test)
    add(item.nameSpan, itemTarget(facts_.file, id), typeOf(id), /*declares=*/true);
  if (item.extends.count != 0) {
    Target extended;
    if (nominal != nullptr && base::valid(nominal->base)) {
      const auto& declared = program_.nominal(nominal->base).declaration;
      if (base::valid(declared.item)) extended = itemTarget(declared.file, declared.item);
    }
    walkQualifiedName(item.extends, extended);
  }
  if (base::valid(item.type)) walkType(item.type, scope);
  if (base::valid(item.shape)) walkShape(item.shape, scope, nominal);
  if (base::valid(item.value)) walkExpr(item.value, item.kind == ItemKind::TypeAlias ? types::boolType : typeOf(id), scope);
  if (!hasBody(item.kind)) return;
  if (id == hir::moduleItem && hir_.extends != 0) {
    Target target;
    target.kind = TargetKind::File;
    target.file = checked_.imports[hir_.extends - 1].file;
    if (base::valid(target.file)) add(hir_.imports[hir_.extends - 1].span, target, types::errorType);
  }
  for (const auto child : hir_.childrenOf(item)) walkItem(child);
  if (base::valid(item.body)) walkBody(item.body, typeOf(id), scope);
}

Target IndexBuilder::targetOfImport(const hir::Item& import) const {
  Target target;
  const auto& source = checked_.imports[import.import];
  if (!base::valid(source.file)) return target;
  target.file = source.file;
  if (import.importedName == base::emptySymbol) {
    target.kind = TargetKind::File;
    return target;
  }
  if (source.isData) return target;
  const auto item = program_.module(source.file).hir->findChild(hir::moduleItem, import.importedName);
  return base::valid(item) ? itemTarget(source.file, item) : Target{};
}

void IndexBuilder::walkImport(hir::ItemId id) {
  const auto& item = hir_[id];
  const auto& path = hir_.imports[item.import];
  const auto& source = checked_.imports[item.import];
  Target file;
  file.file = source.file;
  if (base::valid(source.file)) file.kind = TargetKind::File;
  if (path.span != item.nameSpan) add(path.span, file, types::errorType);
  if (base::valid(item.type)) walkType(item.type, {});

  if (item.importedName == base::emptySymbol) {
    // The name of a module is known in this file only.
    add(item.nameSpan, path.span == item.nameSpan ? file : itemTarget(facts_.file, id), typeOf(id),
        /*declares=*/path.span != item.nameSpan);
    return;
  }
  auto target = targetOfImport(item);
  if (target.kind == TargetKind::None) target = targetOfType(program_, typeOf(id));
  add(item.importedNameSpan, target, typeOf(id));
  if (item.importedNameSpan != item.nameSpan) add(item.nameSpan, itemTarget(facts_.file, id), typeOf(id), /*declares=*/true);
}

void IndexBuilder::walkFn(hir::ItemId id) {
  const auto& item = hir_[id];
  add(item.nameSpan, itemTarget(facts_.file, id), typeOf(id), /*declares=*/true);
  Scope scope;
  scope.owner = item.parent;
  for (std::uint32_t i = 0; i < item.paramCount; ++i) {
    const hir::LocalId local{base::index(item.firstParam) + i};
    declareLocal(local, scope);
    if (base::valid(hir_[local].value)) walkExpr(hir_[local].value, typeOf(local), scope);
  }
  if (base::valid(item.type)) walkType(item.type, scope);
  if (base::valid(item.value)) walkExpr(item.value, typeOf(item.type), scope);
}

void IndexBuilder::walkShape(hir::ShapeId id, const Scope& scope, const types::Nominal* schema) {
  const auto& shape = hir_[id];
  if (base::valid(shape.key)) walkType(shape.key, scope);
  if (base::valid(shape.value)) walkType(shape.value, scope);
  for (std::uint32_t i = 0; i < shape.fieldCount; ++i) {
    const auto& field = hir_.fields[shape.firstField + i];
    Target target;
    target.kind = TargetKind::Key;
    target.name = field.name;
    if (schema != nullptr) {
      if (const auto* member = schema->find(field.name)) target = targetOfMember(*member);
    }
    add(field.nameSpan, target, typeOf(field.type), /*declares=*/true);
    walkType(field.type, scope);
    if (base::valid(field.value)) walkExpr(field.value, typeOf(field.type), scope);
  }
  if (base::valid(shape.body)) walkBody(shape.body, scope.self, scope);
}

void IndexBuilder::walkType(hir::TypeExprId id, const Scope& scope) {
  if (!base::valid(id)) return;
  const auto& type = hir_[id];
  switch (type.kind) {
    case TypeExprKind::Name:
    case TypeExprKind::Ref: return walkTypeName(id, scope);
    case TypeExprKind::List:
    case TypeExprKind::Keyed:
    case TypeExprKind::Set:
    case TypeExprKind::Optional:
    case TypeExprKind::Refined: walkType(hir::TypeExprId{type.a}, scope); break;
    case TypeExprKind::Shape: walkShape(hir::ShapeId{type.a}, scope, nullptr); break;
    case TypeExprKind::Union:
      for (std::uint32_t i = 0; i < type.b; ++i) walkType(hir_.typeLists[type.a + i], scope);
      break;
    default: break;
  }
  if (type.kind != TypeExprKind::Keyed) return;
  for (std::uint32_t i = 0; i < type.c; ++i) {
    const auto& key = hir_.nameParts[type.b + i];
    const auto element = typeOf(hir::TypeExprId{type.a});
    const auto* member = memberOf(program_, element, key.name);
    Target target;
    target.kind = TargetKind::Key;
    target.name = key.name;
    add(key.span, member != nullptr ? targetOfMember(*member) : target, placeOf(program_, element, key.name));
  }
}

void IndexBuilder::walkTypeName(hir::TypeExprId id, const Scope& scope) {
  const auto& type = hir_[id];
  const auto meant = typeOf(id);
  auto target = type.b == 1 ? declaredName(hir_.nameParts[type.a].name, scope.owner) : Target{};
  if (target.kind == TargetKind::None) target = targetOfType(program_, meant);
  if (target.kind == TargetKind::None && type.b == 1 && meant != types::errorType) {
    target.kind = TargetKind::BuiltinType;
    target.name = hir_.nameParts[type.a].name;
  }
  walkQualifiedName({type.a, type.b, type.span}, target);
}

void IndexBuilder::walkQualifiedName(const hir::QualifiedName& name, const Target& last) {
  for (std::uint32_t i = 0; i < name.count; ++i) {
    const auto& part = hir_.nameParts[name.first + i];
    if (i + 1 == name.count) {
      add(part.span, last, types::errorType);
    } else if (i == 0) {
      const auto item = hir_.findChild(hir::moduleItem, part.name);
      if (base::valid(item)) add(part.span, itemTarget(facts_.file, item), typeOf(item));
    }
  }
}

Target IndexBuilder::declaredName(base::Symbol name, hir::ItemId owner) const {
  for (auto at = owner; base::valid(at); at = hir_[at].parent) {
    const auto found = hir_.findChild(at, name);
    if (!base::valid(found)) continue;
    const auto& item = hir_[found];
    if (item.kind != ItemKind::Import) return itemTarget(facts_.file, found);
    // A name that was given here (`as W`) leads to its declaration, as the imported name itself does.
    return item.importedName == base::emptySymbol ? itemTarget(facts_.file, found) : targetOfImport(item);
  }
  return {};
}

}  // namespace kdsl::query
