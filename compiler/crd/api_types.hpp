#pragma once
// Which schemas are copies of types of the Kubernetes API: CRDs repeat whole pods, and what is said of containers should hold in them too.
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "crd/schema.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::crd {

/// Compares by structure: field names, their types, which are required, defaults, keys of lists. A copy may be older than the API that the program knows and lack fields; it has none
/// that the API lacks, and nothing that the API's type would not say. docs/guide/custom-kinds.md has the rules.
class ApiTypes {
 public:
  ApiTypes(const SchemaTable& table, const kubernetes::SchemaPack& pack);

  /// What every file calls the type that the schema is a copy of; empty if it is none. O(candidates · size), remembered.
  std::string_view nameOf(SchemaId id);

 private:
  /// `Alone`: the structure is all there is to know a type by. `Inside`: it stands where a copy of a type has it.
  enum class Place : std::uint8_t { Alone, Inside };

  std::string_view find(const Schema& schema, SchemaId id);
  bool fits(SchemaId id, kubernetes::DefId definition, Place place);
  bool compareObject(const Schema& schema, const kubernetes::Definition& definition, Place place);
  bool hasBareMetadata(const Schema& schema) const;
  bool fieldFits(const Field& field, const kubernetes::Field& known);
  bool valueFits(SchemaId id, kubernetes::TypeDesc type, const kubernetes::Field& known);
  bool mayLack(const Schema& schema, const kubernetes::Definition& definition, Place place) const;

  const SchemaTable& table_;
  const kubernetes::SchemaPack& pack_;
  std::unordered_map<std::string_view, std::vector<kubernetes::DefId>> byField_;
  std::unordered_map<std::uint32_t, std::string_view> names_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, Place>, bool> known_;
};

}  // namespace kdsl::crd
