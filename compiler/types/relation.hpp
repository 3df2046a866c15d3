#pragma once
// Which types fit which: the static half of "does this value fit". The *kind* of a value is decided here, its range by range.hpp.
#include <unordered_map>

#include "types/table.hpp"

namespace kdsl::types {

/// Knows the nominal types of a table. Implemented by sema.
class NominalSource {
 public:
  virtual ~NominalSource() = default;
  /// Members may not have their types yet; ask memberType.
  virtual const Nominal& declared(NominalId id) = 0;
  virtual TypeId memberType(const Nominal& nominal, const Member& member) = 0;
};

/// Answers are kept. Not thread-safe.
class Relation {
 public:
  Relation(TypeTable& table, NominalSource& source) : table_(table), source_(source) {}

  /// A value of type `from` may stand where `to` is wanted: its kind fits, whatever its range. Amortised constant time.
  bool fits(TypeId from, TypeId to);
  /// `type` is `base` or extends it, directly or not.
  bool derivesFrom(NominalId type, NominalId base);
  /// Some value may be of both types: `==` and `is` make sense.
  bool overlaps(TypeId a, TypeId b);
  /// Forgets answers: nominal types changed.
  void clear() { known_.clear(); }

 private:
  bool decide(TypeId from, TypeId to);
  bool nominalFits(const TypeNode& from, const TypeNode& to);
  bool hasMembersOf(NominalId instance, NominalId wanted);
  bool recordFitsNominal(const TypeNode& record, NominalId nominal);
  bool recordFitsRecord(const TypeNode& from, const TypeNode& to);
  bool isKind(NominalId id, bool namespaced);

  TypeTable& table_;
  NominalSource& source_;
  std::unordered_map<std::uint64_t, bool> known_;
  int depth_ = 0;
};

}  // namespace kdsl::types
