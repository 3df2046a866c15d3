// Copies of types of the Kubernetes API are these types.
#include "crd/import.hpp"

#include <gtest/gtest.h>

namespace kdsl::crd {
namespace {

/// The type of the field `x` of a kind with this schema for it.
std::string typeOf(std::string_view schema, std::string_view kind = "Thing") {
  const Source source{"crds.yaml",
                      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: acme.io\n  scope: Namespaced\n  names: { kind: " + std::string(kind) +
                          " }\n  versions:\n  - name: v1\n    served: true\n    schema: { openAPIV3Schema: { type: object, properties: { x: " + std::string(schema) + " } } }\n"};
  const auto result = importDefinitions({&source, 1}, {}, [](const std::string&) { return std::vector<std::size_t>(); });
  const auto begin = result.module.find("  x: ");
  if (begin == std::string::npos) return result.errors.empty() ? result.module : result.errors.front();
  return result.module.substr(begin + 5, result.module.find('\n', begin) - begin - 5);
}

constexpr std::string_view toleration =
    "key: { type: string }, operator: { type: string }, value: { type: string }, effect: { type: string }, tolerationSeconds: { type: integer, format: int64 }";
constexpr std::string_view keySelector = "optional: { type: boolean }, name: { type: string, default: '' }";

std::string object(std::string_view fields, std::string_view more = "") { return "{ type: object, properties: { " + std::string(fields) + " }" + std::string(more) + " }"; }

TEST(ApiTypes, SameFieldsAreTheType) {
  EXPECT_EQ(typeOf(object(toleration)), "Toleration?");
  EXPECT_EQ(typeOf("{ type: array, items: " + object(toleration) + " }"), "[Toleration] ?? []");
  EXPECT_EQ(typeOf("{ type: object, additionalProperties: " + object(toleration) + " }"), "{[string]: Toleration} ?? {}");
}

TEST(ApiTypes, WhatTheTypeWouldNotSayKeepsTheCopy) {
  EXPECT_EQ(typeOf(object(std::string(toleration) + ", extra: { type: string }")), "ThingX?") << "a field more";
  EXPECT_EQ(typeOf(object(toleration, ", required: [key]")), "ThingX?") << "a field that has to be there";
  EXPECT_EQ(typeOf(object(toleration, ", x-kubernetes-preserve-unknown-fields: true")), "ThingX?") << "other fields";
  EXPECT_EQ(typeOf(object("key: { type: string, maxLength: 3 }, operator: { type: string }, value: { type: string }, effect: { type: string }, tolerationSeconds: { type: integer }")), "ThingX?")
      << "a limit";
  EXPECT_EQ(typeOf(object("key: { type: string, default: a }, operator: { type: string }, value: { type: string }, effect: { type: string }, tolerationSeconds: { type: integer }")), "ThingX?")
      << "a default";
  EXPECT_EQ(typeOf(object("key: { type: string }, operator: { type: string, enum: [Exists] }, value: { type: string }, effect: { type: string }, tolerationSeconds: { type: integer }")), "ThingX?")
      << "fewer values than the API takes";
  EXPECT_EQ(typeOf(object("key: { type: integer }, operator: { type: string }, value: { type: string }, effect: { type: string }, tolerationSeconds: { type: integer }")), "ThingX?")
      << "another type";
}

TEST(ApiTypes, RulesAreSaidWhereTheCopyStands) {
  const auto ruled = object(toleration, ", x-kubernetes-validations: [{ rule: 'has(self.key)', message: a key }]");
  const auto moduleOf = [](const std::string& schema) {
    const Source source{"crds.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: acme.io\n  scope: Namespaced\n  names: { kind: Thing }\n  versions:\n"
                                     "  - name: v1\n    served: true\n    schema: { openAPIV3Schema: { type: object, properties: { x: " + schema + " } } }\n"};
    return importDefinitions({&source, 1}, {}, [](const std::string&) { return std::vector<std::size_t>(); }).module;
  };
  const auto one = moduleOf(ruled);
  EXPECT_NE(one.find("  x: Toleration?\n"), std::string::npos) << one;
  EXPECT_NE(one.find("  check !self.x? || (self.x.key?) else \"a key\"\n"), std::string::npos) << one;
  const auto several = moduleOf("{ type: array, items: " + ruled + " }");
  EXPECT_NE(several.find("self.x.all(item => (item.key?))"), std::string::npos) << several;
}

TEST(ApiTypes, FewFieldsNeedTheirDocumentation) {
  EXPECT_EQ(typeOf(object(std::string(keySelector) + ", key: { type: string }", ", required: [key]")), "ThingX?") << "of a ConfigMap or of a Secret?";
  EXPECT_EQ(typeOf(object(std::string(keySelector) + ", key: { type: string, description: \"The key of the secret to select from.\\nMust be a valid secret key.\" }", ", required: [key]")), "SecretKeySelector?");
  EXPECT_EQ(typeOf(object(std::string(keySelector) + ", key: { type: string, description: \"The key to select.\" }", ", required: [key]")), "ConfigMapKeySelector?");
  EXPECT_EQ(typeOf(object("name: { type: string }, value: { type: string }", ", required: [name, value]")), "ThingX?");
}

TEST(ApiTypes, OlderCopiesLackFields) {
  // Of 1.32: `fileKeyRef` came later.
  const std::string_view source =
      "configMapKeyRef: { type: object, required: [key], properties: { key: { type: string }, name: { type: string, default: '' }, optional: { type: boolean } } }, "
      "secretKeyRef: { type: object, required: [key], properties: { key: { type: string }, name: { type: string }, optional: { type: boolean } } }, "
      "fieldRef: { type: object, required: [fieldPath], properties: { apiVersion: { type: string }, fieldPath: { type: string } } }, "
      "resourceFieldRef: { type: object, required: [resource], properties: { containerName: { type: string }, resource: { type: string }, divisor: { x-kubernetes-int-or-string: true, pattern: "
      "'^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$' } } }";
  EXPECT_EQ(typeOf(object("name: { type: string }, value: { type: string }, valueFrom: " + object(source), ", required: [name]")), "EnvVar?");
  EXPECT_EQ(typeOf(object("name: { type: string }, value: { type: string }, valueFrom: { type: object }", ", required: [name]")), "ThingX?") << "it takes nothing";
  EXPECT_EQ(typeOf(object("name: { type: string }, value: { type: string }, valueFrom: { x-kubernetes-preserve-unknown-fields: true }", ", required: [name]")), "EnvVar?") << "it takes anything";
}

TEST(ApiTypes, AKindKeepsItsName) {
  EXPECT_EQ(typeOf(object(toleration), "Toleration"), "TolerationX?");
}

}  // namespace
}  // namespace kdsl::crd
