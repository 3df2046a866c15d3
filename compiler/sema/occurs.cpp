// Whether a value of some type can stand below a place: what `each` can find there.
#include <algorithm>

#include "sema/checker.hpp"

namespace kdsl::sema {

namespace {

constexpr int maxDepth = 64;

/// Whether a definition of the API has another one in it, at any depth. Works on the schema itself: nothing is materialised.
bool definitionReaches(const kubernetes::SchemaPack& pack, kubernetes::DefId from, kubernetes::DefId wanted) {
  std::vector<kubernetes::DefId> work{from};
  std::vector<bool> seen(kubernetes::SchemaPack::idLimit());
  while (!work.empty()) {
    const auto id = work.back();
    work.pop_back();
    if (id == wanted) return true;
    if (seen[static_cast<std::size_t>(id)] || !pack.has(id)) continue;
    seen[static_cast<std::size_t>(id)] = true;
    for (const auto field : pack.definition(id).fields()) {
      const auto type = field.type().innermost();
      if (type.tag() == kubernetes::TypeTag::Definition && !field.isServerOnly()) work.push_back(type.definition());
    }
  }
  return false;
}

}  // namespace

bool Checker::canOccurBelow(TypeId wanted, TypeId place) {
  if (inferring_ > 0) return true;  // the types of members may not be known yet
  std::vector<NominalId> visited;
  return reaches(place, wanted, visited, 0);
}

bool Checker::reaches(TypeId from, TypeId wanted, std::vector<NominalId>& visited, int depth) {
  if (depth > maxDepth) return true;
  const auto& found = node(core_.types.underlying(from));
  const auto into = [&](TypeId type) { return reaches(type, wanted, visited, depth + 1); };
  switch (found.kind) {
    case TypeKind::Error:
    case TypeKind::Any:
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced: return true;
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Keyed:
    case TypeKind::Map: return into(found.element);
    case TypeKind::Record:
      return std::any_of(found.fields.begin(), found.fields.end(), [&](const types::RecordField& field) { return into(field.type); }) || (found.open && into(found.element));
    case TypeKind::Union: return std::any_of(found.members.begin(), found.members.end(), into);
    case TypeKind::Nominal: break;
    default: return false;  // scalars, and refs: `each` stops at them
  }
  if (std::find(visited.begin(), visited.end(), found.nominal) != visited.end()) return false;
  visited.push_back(found.nominal);
  const auto& nominal = core_.declared(found.nominal);
  const auto& target = node(wanted);
  if (target.kind == TypeKind::AnyResource || target.kind == TypeKind::AnyNamespaced) {
    if (nominal.isKind()) return target.kind == TypeKind::AnyResource || nominal.isNamespaced;
  } else if (core_.relation.derivesFrom(found.nominal, target.nominal) || core_.relation.derivesFrom(target.nominal, found.nominal)) {
    return true;
  }
  const auto origin = core_.types.nominalOrigin(found.nominal);
  if (origin.isKubernetes) {
    if (target.kind != TypeKind::Nominal) return false;
    const auto wantedOrigin = core_.types.nominalOrigin(target.nominal);
    return wantedOrigin.isKubernetes && definitionReaches(core_.pack, origin.definition, wantedOrigin.definition);
  }
  if (nominal.isOpen && into(nominal.openValue)) return true;
  return std::any_of(nominal.members.begin(), nominal.members.end(), [&](const Member& member) { return into(core_.memberType(nominal, member)); });
}

}  // namespace kdsl::sema
