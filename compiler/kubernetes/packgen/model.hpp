// The API of each minor version in memory, between reading the schemas and writing the packs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes::packgen {

struct DefaultFact {
  DefaultValue::Kind kind = DefaultValue::Kind::Int;
  int64_t integer = 0;  ///< 0 or 1 for a bool
  std::string string;
};

struct ApiField {
  std::string name;
  std::string doc;
  TypeDesc type;
  bool isRequired = false;
  ListKind listKind = ListKind::NotAList;
  std::vector<std::string> listKeys;
  bool isAtomic = false;

  // Our own facts.
  std::vector<std::string> enumValues;
  std::optional<DefaultFact> defaultValue;
  std::optional<IntRange> range;
  bool isDeprecated = false;
  std::string deprecation;
  std::string replacement;
  bool isServerOnly = false;
  bool isSeconds = false;
  bool isImmutable = false;
  std::string referencedKind;
  std::optional<size_t> oneOfGroup;
};

struct ApiOneOf {
  struct Case {
    std::string value;
    std::optional<size_t> memberField;
  };
  struct Member {
    size_t field = 0;        ///< index
    size_t alternative = 0;  ///< members with the same number may be set together
  };
  bool isRequired = false;
  std::vector<Member> members;
  std::optional<size_t> discriminator;
  std::vector<Case> cases;
};

struct ApiDefinition {
  std::string name;       ///< io.k8s.api.apps.v1.Deployment
  std::string shortName;  ///< Deployment
  std::string package;    ///< apps
  std::string group;      ///< as in apiVersion
  std::string version;    ///< v1; empty for the few definitions outside a version
  std::string doc;
  std::string plural;
  bool isKind = false;
  bool hasObjectMeta = false;
  bool isCreatable = false;
  bool isListKind = false;
  bool isNamespaced = false;
  bool isAtomic = false;
  bool isMarkedAsUnion = false;  ///< x-kubernetes-unions
  std::vector<ApiField> fields;  ///< by name
  std::vector<ApiOneOf> oneOfs;
  std::vector<ApiOneOf> exclusions;  ///< groups with an alternative of several fields

  std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
  ApiField* field(std::string_view fieldName);
  const ApiField* field(std::string_view fieldName) const;
  size_t indexOf(const ApiField& member) const { return static_cast<size_t>(&member - fields.data()); }
};

struct Api {
  int minor = 0;
  std::map<std::string, ApiDefinition, std::less<>> definitions;  ///< by full name
};

struct LifecycleFact {
  std::string group;
  std::string version;
  std::string kind;
  int deprecatedIn = 0;
  int removedIn = 0;
  std::string replacement;
  std::string replacementKind;
};

/// Everything that the packs hold.
struct Model {
  std::vector<std::string> names;  ///< full names in byte order: the index is the DefId
  std::vector<Api> apis;           ///< by minor
  std::vector<LifecycleFact> lifecycle;

  std::optional<DefId> idOf(std::string_view name) const;
};

/// What is wrong with the input; the generator reports all of it and fails when there is any.
using Errors = std::vector<std::string>;

}  // namespace kdsl::kubernetes::packgen
