#pragma once
// Names of the types that a module gets.
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "crd/api_types.hpp"
#include "crd/definitions.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

/// A named schema of the module, in the order of writing: each kind, and behind it the types that it is the first to need.
struct NamedSchema {
  std::string name;
  SchemaId schema{};
  const KindDefinition* kind = nullptr;  // of a kind's own schema
};

class Names {
 public:
  /// Copies of types of the API are called as these, unless a kind has the name.
  Names(std::span<const KindDefinition> kinds, const SchemaTable& table, ApiTypes& api);

  std::span<const NamedSchema> all() const { return all_; }
  /// The types of the API that stand for schemas, in order.
  std::span<const std::string> apiTypes() const { return apiTypes_; }
  /// Of an object with fields that is no kind.
  const std::string& of(SchemaId id) const { return byId_.at(static_cast<std::uint32_t>(id)); }

  /// True if a type of the API stands for the schema: it says nothing of the schema's own rules.
  bool isOfApi(SchemaId id) const { return ofApi_.contains(static_cast<std::uint32_t>(id)); }

  /// True of objects that are a declaration of their own, not `{}` or `{[string]: any}`.
  static bool needsName(const Schema& schema) { return schema.form == Form::Object && !schema.fields.empty(); }

 private:
  std::vector<NamedSchema> all_;
  std::vector<std::string> apiTypes_;
  std::unordered_set<std::uint32_t> ofApi_;
  std::unordered_map<std::uint32_t, std::string> byId_;
};

/// `privateKey` → `PrivateKey`, `x-y` → `XY`.
std::string pascalCase(std::string_view name);
/// A name for one of several: `endpoints` → `endpoint`.
std::string singular(std::string_view name);

}  // namespace kdsl::crd
