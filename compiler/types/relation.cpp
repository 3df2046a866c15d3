#include "types/relation.hpp"

#include <algorithm>

namespace kdsl::types {

namespace {

/// Types nested deeper than this are taken to fit: their values are checked when they are made.
constexpr int maxDepth = 200;

bool isLiteral(TypeKind kind) {
  return kind == TypeKind::BoolLiteral || kind == TypeKind::IntLiteral || kind == TypeKind::FloatLiteral || kind == TypeKind::StringLiteral;
}

bool isStringLike(TypeKind kind) { return kind == TypeKind::String || kind == TypeKind::StringLiteral || kind == TypeKind::Sensitive; }

}  // namespace

bool Relation::fits(TypeId from, TypeId to) {
  if (from == to) return true;
  const auto key = (static_cast<std::uint64_t>(base::index(from)) << 32) | base::index(to);
  const auto [at, added] = known_.try_emplace(key, true);  // true while it is decided: recursive types fit if nothing says otherwise
  if (!added) return at->second;
  if (depth_ >= maxDepth) return true;
  ++depth_;
  const bool result = decide(from, to);
  --depth_;
  known_[key] = result;
  return result;
}

bool Relation::decide(TypeId fromId, TypeId toId) {
  const auto& from = table_[fromId];
  const auto& to = table_[toId];
  if (from.kind == TypeKind::Error || to.kind == TypeKind::Error || from.kind == TypeKind::Any || to.kind == TypeKind::Any || from.kind == TypeKind::Never) return true;
  if (from.kind == TypeKind::Parameter || to.kind == TypeKind::Parameter) return true;
  if (to.kind == TypeKind::Optional) return from.kind == TypeKind::Absent || fits(table_.required(fromId), to.element);
  if (from.kind == TypeKind::Optional) {
    return to.kind == TypeKind::Union && fits(absentType, toId) && fits(from.element, toId);
  }
  if (to.kind == TypeKind::Where) return fits(fromId, to.element);
  if (from.kind == TypeKind::Where) return fits(from.element, toId);
  if (from.kind == TypeKind::Union) {
    // Literals of one kind are like a value of that kind: one that can fit is enough, the range is checked later.
    const bool literals = std::all_of(from.members.begin(), from.members.end(), [&](TypeId member) { return isLiteral(table_.kind(member)); });
    const auto one = [&](TypeId member) { return fits(member, toId); };
    return literals ? std::any_of(from.members.begin(), from.members.end(), one) : std::all_of(from.members.begin(), from.members.end(), one);
  }
  if (to.kind == TypeKind::Union) return std::any_of(to.members.begin(), to.members.end(), [&](TypeId member) { return fits(fromId, member); });

  switch (to.kind) {
    case TypeKind::Null: return from.kind == TypeKind::Null;
    case TypeKind::Absent: return from.kind == TypeKind::Absent;
    case TypeKind::Bool: return from.kind == TypeKind::Bool || from.kind == TypeKind::BoolLiteral;
    case TypeKind::Int: return from.kind == TypeKind::Int || from.kind == TypeKind::IntLiteral || from.kind == TypeKind::Seconds;
    case TypeKind::Float: return from.kind == TypeKind::Float || from.kind == TypeKind::FloatLiteral || from.kind == TypeKind::Int || from.kind == TypeKind::IntLiteral;
    case TypeKind::String: return isStringLike(from.kind);
    case TypeKind::Quantity: return from.kind == TypeKind::Quantity || from.kind == TypeKind::Int || from.kind == TypeKind::IntLiteral;
    case TypeKind::Duration: return from.kind == TypeKind::Duration;
    case TypeKind::Seconds: return from.kind == TypeKind::Seconds || from.kind == TypeKind::Int || from.kind == TypeKind::IntLiteral || from.kind == TypeKind::Duration;
    case TypeKind::Sensitive: return isStringLike(from.kind);
    case TypeKind::BoolLiteral: return from.kind == TypeKind::Bool || (from.kind == TypeKind::BoolLiteral && from.integer == to.integer);
    case TypeKind::IntLiteral: return from.kind == TypeKind::Int || (from.kind == TypeKind::IntLiteral && from.integer == to.integer);
    case TypeKind::FloatLiteral: return from.kind == TypeKind::Float || (from.kind == TypeKind::FloatLiteral && from.number == to.number);
    case TypeKind::StringLiteral: return from.kind == TypeKind::String || from.kind == TypeKind::Sensitive || (from.kind == TypeKind::StringLiteral && from.symbol == to.symbol);
    case TypeKind::List:
    case TypeKind::Set:
      return (from.kind == TypeKind::List || from.kind == TypeKind::Set || from.kind == TypeKind::Keyed) && fits(from.element, to.element);
    case TypeKind::Keyed:
      if (from.kind == TypeKind::Record) {
        return std::all_of(from.fields.begin(), from.fields.end(), [&](const RecordField& field) { return fits(field.type, to.element); }) && (!from.open || fits(from.element, to.element));
      }
      return (from.kind == TypeKind::List || from.kind == TypeKind::Set || from.kind == TypeKind::Keyed || from.kind == TypeKind::Map) && fits(from.element, to.element);
    case TypeKind::Map:
      if (from.kind == TypeKind::Record) {
        return fits(stringType, to.key) && std::all_of(from.fields.begin(), from.fields.end(), [&](const RecordField& field) { return fits(table_.required(field.type), to.element); }) &&
               (!from.open || fits(from.element, to.element));
      }
      return from.kind == TypeKind::Map && fits(from.key, to.key) && fits(from.element, to.element);
    case TypeKind::Record:
      if (from.kind == TypeKind::Map) return to.fields.empty() && to.open && fits(from.key, to.key) && fits(from.element, to.element);
      return from.kind == TypeKind::Record && recordFitsRecord(from, to);
    case TypeKind::Nominal:
      if (from.kind == TypeKind::Record) return recordFitsNominal(from, to.nominal);
      if (from.kind == TypeKind::Ref) return fits(from.element, toId);
      return from.kind == TypeKind::Nominal && derivesFrom(from.nominal, to.nominal);
    case TypeKind::Ref: return nominalFits(from, to);
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced:
      if (from.kind == TypeKind::Ref) return fits(from.element, toId);
      if (from.kind == TypeKind::AnyNamespaced) return true;
      return from.kind == TypeKind::Nominal && isKind(from.nominal, to.kind == TypeKind::AnyNamespaced);
    case TypeKind::Function:
      return from.kind == TypeKind::Function && from.members.size() == to.members.size() && fits(from.element, to.element);
    default: return false;
  }
}

bool Relation::nominalFits(const TypeNode& from, const TypeNode& to) {
  const auto& wanted = table_[to.element];
  const auto& given = from.kind == TypeKind::Ref ? table_[from.element] : from;
  if (wanted.kind == TypeKind::AnyResource || wanted.kind == TypeKind::AnyNamespaced) {
    if (given.kind == TypeKind::AnyNamespaced) return true;
    return given.kind == wanted.kind || (given.kind == TypeKind::Nominal && isKind(given.nominal, wanted.kind == TypeKind::AnyNamespaced));
  }
  if (given.kind == TypeKind::Error || wanted.kind == TypeKind::Error) return true;
  if (given.kind != TypeKind::Nominal || wanted.kind != TypeKind::Nominal) return false;
  return derivesFrom(given.nominal, wanted.nominal) || hasMembersOf(given.nominal, wanted.nominal);
}

bool Relation::derivesFrom(NominalId type, NominalId ancestor) {
  for (int steps = 0; base::valid(type) && steps < 1000; ++steps) {
    if (type == ancestor) return true;
    type = source_.declared(type).base;
  }
  return false;
}

bool Relation::hasMembersOf(NominalId instance, NominalId wanted) {
  const auto& have = source_.declared(instance);
  const auto& want = source_.declared(wanted);
  if (want.isKind() || want.kind == NominalKind::KubernetesPart || have.isKind()) return false;
  for (const auto& member : want.members) {
    if (member.isPrivate) continue;
    const auto* own = have.find(member.name);
    if (own == nullptr || own->isPrivate) {
      if (member.required) return false;
      if (own == nullptr && member.kind != MemberKind::Param && member.kind != MemberKind::Field) return false;
      if (own == nullptr && !table_.isOptional(source_.memberType(want, member))) return false;
      continue;
    }
    if (!fits(source_.memberType(have, *own), source_.memberType(want, member))) return false;
  }
  return true;
}

bool Relation::recordFitsNominal(const TypeNode& record, NominalId id) {
  if (record.open) return false;
  const auto& nominal = source_.declared(id);
  return std::all_of(record.fields.begin(), record.fields.end(), [&](const RecordField& field) {
    const auto* member = nominal.find(field.name);
    if (member != nullptr) {
      const auto type = source_.memberType(nominal, *member);
      return fits(field.type, member->required ? type : table_.optional(type));
    }
    return nominal.isOpen && fits(field.type, nominal.openValue);
  });
}

bool Relation::recordFitsRecord(const TypeNode& from, const TypeNode& to) {
  for (const auto& field : from.fields) {
    const auto found = std::find_if(to.fields.begin(), to.fields.end(), [&](const RecordField& other) { return other.name == field.name; });
    if (found != to.fields.end() ? !fits(field.type, found->type) : !to.open || !fits(field.type, to.element)) return false;
  }
  return !from.open || (to.open && fits(from.element, to.element));
}

bool Relation::isKind(NominalId id, bool namespaced) {
  const auto& nominal = source_.declared(id);
  return nominal.isKind() && (!namespaced || nominal.isNamespaced);
}

bool Relation::overlaps(TypeId a, TypeId b) {
  if (table_.isOptional(a) && table_.isOptional(b)) return true;
  if (a == absentType || b == absentType) return true;  // comparing with `absent` asks whether it is there
  a = table_.required(a);
  b = table_.required(b);
  const auto each = [&](TypeId id, auto&& test) {
    const auto& node = table_[id];
    if (node.kind != TypeKind::Union) return test(id);
    return std::any_of(node.members.begin(), node.members.end(), test);
  };
  return each(a, [&](TypeId left) { return each(b, [&](TypeId right) { return fits(left, right) || fits(right, left); }); });
}

}  // namespace kdsl::types
