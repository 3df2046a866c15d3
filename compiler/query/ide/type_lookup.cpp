#include "query/ide/type_lookup.hpp"

#include <algorithm>

namespace kdsl::query {

using types::TypeKind;
using types::TypeNode;

namespace {

/// The node that decides how a value of the type looks; of a `ref T` that of T.
const TypeNode& shapeOf(const sema::Program& program, TypeId type) {
  const auto& table = program.types();
  const auto& node = table[table.underlying(type)];
  return node.kind == TypeKind::Ref ? table[table.underlying(node.element)] : node;
}

}  // namespace

const types::Nominal* nominalOf(const sema::Program& program, TypeId type) {
  const auto& node = shapeOf(program, type);
  if (node.kind == TypeKind::Nominal) return &program.nominal(node.nominal);
  if (node.kind == TypeKind::Union) {
    for (const auto branch : node.members) {
      const auto& shape = shapeOf(program, branch);
      if (shape.kind == TypeKind::Nominal) return &program.nominal(shape.nominal);
    }
  }
  return nullptr;
}

const types::Member* memberOf(const sema::Program& program, TypeId type, base::Symbol name) {
  const auto& node = shapeOf(program, type);
  if (node.kind == TypeKind::Nominal) return program.nominal(node.nominal).find(name);
  if (node.kind == TypeKind::Union) {
    for (const auto branch : node.members) {
      const auto& shape = shapeOf(program, branch);
      if (shape.kind != TypeKind::Nominal) continue;
      if (const auto* member = program.nominal(shape.nominal).find(name)) return member;
    }
  }
  return nullptr;
}

TypeId placeOf(const sema::Program& program, TypeId type, base::Symbol name) {
  const auto& node = shapeOf(program, type);
  switch (node.kind) {
    case TypeKind::Nominal: {
      const auto& nominal = program.nominal(node.nominal);
      if (const auto* member = nominal.find(name)) return member->type;
      return nominal.isOpen ? nominal.openValue : types::errorType;
    }
    case TypeKind::Record: {
      const auto found =
          std::find_if(node.fields.begin(), node.fields.end(), [&](const types::RecordField& field) { return field.name == name; });
      if (found != node.fields.end()) return found->type;
      return node.open ? node.element : types::errorType;
    }
    case TypeKind::Map:
    case TypeKind::Keyed: return node.element;
    case TypeKind::Any: return types::anyType;
    case TypeKind::Union:
      for (const auto branch : node.members) {
        if (shapeOf(program, branch).kind == TypeKind::Union) continue;
        if (const auto place = placeOf(program, branch, name); place != types::errorType) return place;
      }
      return types::errorType;
    default: return types::errorType;
  }
}

TypeId elementOf(const sema::Program& program, TypeId type) {
  const auto& node = shapeOf(program, type);
  switch (node.kind) {
    case TypeKind::List:
    case TypeKind::Keyed:
    case TypeKind::Set:
    case TypeKind::Map: return node.element;
    case TypeKind::Union:
      for (const auto branch : node.members) {
        if (shapeOf(program, branch).kind == TypeKind::Union) continue;
        if (const auto element = elementOf(program, branch); element != types::errorType) return element;
      }
      return types::errorType;
    default: return types::errorType;
  }
}

TypeId keyOf(const sema::Program& program, TypeId type) {
  const auto& node = shapeOf(program, type);
  if (node.kind == TypeKind::Map || (node.kind == TypeKind::Record && node.open)) return node.key;
  if (node.kind == TypeKind::Keyed && node.keys.size() == 1) return placeOf(program, node.element, node.keys[0]);
  return types::errorType;
}

std::vector<TypeId> branchesOf(const sema::Program& program, TypeId type) {
  const auto& table = program.types();
  const auto& node = table[table.underlying(type)];
  if (node.kind == TypeKind::Union) return node.members;
  return {table.required(type)};
}

}  // namespace kdsl::query
