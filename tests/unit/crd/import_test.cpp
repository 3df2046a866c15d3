// Definitions in, a module out.
#include "crd/import.hpp"

#include <gtest/gtest.h>

namespace kdsl::crd {
namespace {

std::string definition(std::string_view group, std::string_view kind, std::string_view schema, std::string_view scope = "Namespaced", std::string_view version = "v1") {
  return "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x, creationTimestamp: null }\nspec:\n  group: " + std::string(group) +
         "\n  scope: " + std::string(scope) + "\n  names: { kind: " + std::string(kind) + " }\n  versions:\n  - name: " + std::string(version) +
         "\n    served: true\n    subresources: { status: {} }\n    schema: { openAPIV3Schema: " + std::string(schema) + " }\n";
}

Result import(const std::string& text, Options options = {}, const FindErrors& findErrors = [](const std::string&) { return std::vector<std::size_t>(); }) {
  const Source source{"crds.yaml", text};
  return importDefinitions({&source, 1}, options, findErrors);
}

/// The module behind its header.
std::string body(const std::string& module) {
  const auto begin = module.find("\n\n");
  return begin == std::string::npos ? module : module.substr(begin + 2);
}

std::string typeOf(std::string_view schema) {
  const auto result = import(definition("acme.io", "Thing", "{ type: object, properties: { x: " + std::string(schema) + " } }"));
  const auto text = body(result.module);
  const auto begin = text.find("  x: ");
  return begin == std::string::npos ? text : text.substr(begin + 5, text.find('\n', begin) - begin - 5);
}

TEST(Import, Types) {
  EXPECT_EQ(typeOf("{ type: string }"), "string?");
  EXPECT_EQ(typeOf("{ type: boolean, default: false }"), "bool ?? false");
  EXPECT_EQ(typeOf("{ type: integer, minimum: 1, maximum: 9 }"), "int(1..9)?");
  EXPECT_EQ(typeOf("{ type: integer, minimum: 1, exclusiveMinimum: true }"), "int(2..)?");
  EXPECT_EQ(typeOf("{ type: number, minimum: 0, maximum: 1.5 }"), "float(0.0..1.5)?");
  EXPECT_EQ(typeOf("{ type: string, minLength: 1, maxLength: 63, pattern: '^[a-z]+$' }"), "string(1..63, r\"[a-z]+\")?");
  EXPECT_EQ(typeOf("{ type: string, enum: [A, B], default: A }"), "\"A\" | \"B\" ?? \"A\"");
  EXPECT_EQ(typeOf("{ type: string, enum: [A, B] }"), "(\"A\" | \"B\")?");
  EXPECT_EQ(typeOf("{ type: string, nullable: true }"), "(string | null)?");
  EXPECT_EQ(typeOf("{ anyOf: [{ type: integer }, { type: string }], x-kubernetes-int-or-string: true }"), "(int | string)?");
  EXPECT_EQ(typeOf("{ type: array, items: { type: string } }"), "[string] ?? []");
  EXPECT_EQ(typeOf("{ type: array, items: { type: string, enum: [A, B] }, maxItems: 3 }"), "[\"A\" | \"B\"](..3) ?? []");
  EXPECT_EQ(typeOf("{ type: array, items: { type: string }, minItems: 1 }"), "[string](1..)?") << "must not be empty, so unset is not empty";
  EXPECT_EQ(typeOf("{ type: array, x-kubernetes-list-type: set, items: { type: string } }"), "[string] set ?? []");
  EXPECT_EQ(typeOf("{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], items: { type: object, required: [name], properties: { name: { type: string } } } }"),
            "[ThingX] by name ?? []");
  EXPECT_EQ(typeOf("{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [gone], items: { type: object, properties: { name: { type: string } } } }"), "[ThingX] ?? []");
  EXPECT_EQ(typeOf("{ type: object, additionalProperties: { type: integer } }"), "{[string]: int} ?? {}");
  EXPECT_EQ(typeOf("{ type: object, x-kubernetes-preserve-unknown-fields: true }"), "{[string]: any}?");
  EXPECT_EQ(typeOf("{ x-kubernetes-preserve-unknown-fields: true }"), "any?");
  EXPECT_EQ(typeOf("{ type: object, x-kubernetes-embedded-resource: true }"), "any?");
  EXPECT_EQ(typeOf("{ type: object }"), "{}?");
  EXPECT_EQ(typeOf("{ type: string, description: 'Deprecated: Use y instead. Gone soon.' }"), "string? deprecated \"Use y instead\"");
}

TEST(Import, LimitsThatAreNone) {
  EXPECT_EQ(typeOf("{ type: integer, minimum: 5, maximum: 3 }"), "int?");
  EXPECT_EQ(typeOf("{ type: integer, minimum: 0.5, maximum: 3.5 }"), "int(1..3)?");
  EXPECT_EQ(typeOf("{ type: integer, minimum: 9223372036854775807, exclusiveMinimum: true }"), "int(9223372036854775807..)?") << "no int is above";
  EXPECT_EQ(typeOf("{ type: integer, maximum: -9223372036854775808, exclusiveMaximum: true }"), "int(..-9223372036854775808)?");
  EXPECT_EQ(typeOf("{ type: integer, maximum: 1e25 }"), "int?");
  EXPECT_EQ(typeOf("{ type: number, minimum: .nan, maximum: .inf }"), "float?");
  EXPECT_EQ(typeOf("{ type: string, minLength: 5, maxLength: 3 }"), "string?");
  EXPECT_EQ(typeOf("{ type: string, minLength: -1, maxLength: 3 }"), "string(..3)?");
  EXPECT_EQ(typeOf("{ type: array, items: { type: string }, minItems: 3, maxItems: 2 }"), "[string] ?? []");
  EXPECT_EQ(typeOf("{ type: string, pattern: '\\Qa$' }"), "string?");
  const auto result = import(definition("acme.io", "Thing", "{ type: object, properties: { x: { type: integer, minimum: 5, maximum: 3 } } }"));
  EXPECT_NE(result.module.find("/// - `no value is within the limits` of `x`"), std::string::npos) << result.module;
}

TEST(Import, TypesOfOpenApiThreeOne) {
  EXPECT_EQ(typeOf("{ type: [string, 'null'] }"), "(string | null)?");
  EXPECT_EQ(typeOf("{ type: ['null', integer] }"), "(int | null)?");
  EXPECT_EQ(typeOf("{ type: [integer, string] }"), "(int | string)?");
  EXPECT_EQ(typeOf("{ type: [boolean, string] }"), "any?");
  EXPECT_EQ(typeOf("{ const: a }"), "\"a\"?");
  EXPECT_EQ(typeOf("{ type: integer, exclusiveMinimum: 3, exclusiveMaximum: 9 }"), "int(4..8)?");
  EXPECT_EQ(typeOf("{ oneOf: [{ type: string, maxLength: 3 }, { type: 'null' }], description: x }"), "(string(..3) | null)?");
  EXPECT_EQ(typeOf("{ anyOf: [{ type: 'null' }, { type: 'null' }] }"), "any?");
}

TEST(Import, ValuesThatAreNoTypeAreCarried) {
  const auto result = import(definition("acme.io", "Thing", "{ type: object, properties: { x: { type: array, items: { type: string }, enum: [[a], [b]] } } }"));
  EXPECT_NE(result.module.find("  x: [string] ?? []"), std::string::npos) << result.module;
  EXPECT_NE(result.module.find("/// - `enum: [\"a\"]` of `x`"), std::string::npos) << result.module;
}

TEST(Import, ObjectsThatTakeMoreThanTheyName) {
  for (const auto* schema : {"{ type: object, properties: { a: { type: string } }, additionalProperties: { type: string } }",
                             "{ type: object, properties: { a: { type: string } }, anyOf: [{ properties: { b: { type: string } } }, { required: [a] }] }",
                             "{ type: object, properties: { a: { type: string } }, allOf: [{ properties: { b: { type: string } } }] }"}) {
    const auto result = import(definition("acme.io", "Thing", "{ type: object, properties: { x: " + std::string(schema) + " } }"));
    EXPECT_NE(result.module.find("  a: string?\n  [string]: any\n"), std::string::npos) << result.module;
  }
  EXPECT_EQ(typeOf("{ type: object, oneOf: [{ properties: { a: { type: string } } }, { properties: { b: { type: string } } }] }"), "{[string]: any}?");
  const auto closed = import(definition("acme.io", "Thing", "{ type: object, properties: { x: { type: object, properties: { a: { type: string } }, anyOf: [{ properties: { a: { maxLength: 3 } } }, { required: [a] }] } } }"));
  EXPECT_EQ(closed.module.find("[string]: any"), std::string::npos) << closed.module;
}

TEST(Import, KeysThatCannotBeWritten) {
  for (const auto* key : {"foo-bar", "for"}) {
    const auto fields = "{ " + std::string(key) + ": { type: string } }";
    EXPECT_EQ(typeOf("{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [" + std::string(key) + "], items: { type: object, required: [" + key + "], properties: " + fields + " } }"), "[ThingX] ?? []");
  }
  EXPECT_EQ(typeOf("{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [a], items: { type: object, nullable: true, required: [a], properties: { a: { type: string } } } }"), "[ThingX] by a ?? []");
}

TEST(Import, KindsOfAnyName) {
  const auto headOf = [](std::string_view kind, std::string_view group = "acme.io") {
    const auto module = import(definition(group, kind, "{ type: object, properties: { x: { type: string } } }")).module;
    const auto begin = module.find("schema ");
    return begin == std::string::npos ? module : module.substr(begin, module.find("  x:") - begin);
  };
  EXPECT_EQ(headOf("My-Kind"), "schema MyKind extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  kind: \"My-Kind\"\n");
  EXPECT_EQ(headOf("for"), "schema For extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  kind: \"for\"\n");
  EXPECT_EQ(headOf("3Scale"), "schema Kind3Scale extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  kind: \"3Scale\"\n");
  EXPECT_EQ(headOf("string"), "schema string2 extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  kind: \"string\"\n") << "`x` is a text";
  EXPECT_EQ(headOf("Thing", "'a\"b'"), "schema Thing extends Namespaced {\n  apiVersion: \"a\\\"b/v1\"\n");
}

TEST(Import, KindsWithTheirParts) {
  const auto result = import(definition("acme.io", "Thing", R"({ type: object, description: "A thing.\nIt does.", properties: {
    apiVersion: { type: string }, kind: { type: string }, metadata: { type: object }, status: { type: object, properties: { phase: { type: string } } },
    spec: { type: object, required: [for, left], properties: {
      "for": { type: string, description: "How long." },
      "$odd": { type: string },
      left: { type: object, properties: { size: { type: integer } } },
      right: { type: object, properties: { size: { type: integer } } },
      sides: { type: array, items: { type: object, properties: { size: { type: string } } } } } } } })", "Cluster"));
  EXPECT_TRUE(result.errors.empty());
  EXPECT_EQ(body(result.module), R"(/// A thing.
/// It does.
schema Thing extends Resource {
  apiVersion: "acme.io/v1"
  spec: ThingSpec?
}

schema ThingSpec {
  /// How long.
  for: string
  "$odd": string?
  left: ThingLeft
  right: ThingLeft?
  sides: [ThingSide] ?? []
}

schema ThingLeft {
  size: int?
}

schema ThingSide {
  size: string?
}
)");
  EXPECT_EQ(result.summary.kinds, 1u);
  EXPECT_EQ(result.summary.types, 4u);
}

TEST(Import, OneOf) {
  const auto object = [](std::string_view more) {
    return body(import(definition("acme.io", "Thing", "{ type: object, properties: { a: { type: string }, b: { type: string }, c: { type: string } }, " + std::string(more) + " }")).module);
  };
  EXPECT_EQ(object("oneOf: [{ required: [a] }, { required: [b] }]"), R"(schema Thing extends Namespaced {
  apiVersion: "acme.io/v1"
  oneof {
    a: string
    b: string
  }
  c: string?
}
)");
  EXPECT_NE(object("oneOf: [{ not: { anyOf: [{ required: [a] }, { required: [b] }] } }, { required: [a] }, { required: [b] }]").find("oneof? {"), std::string::npos);
  EXPECT_NE(object("maxProperties: 1, minProperties: 1").find("oneof {"), std::string::npos);
  EXPECT_NE(object("anyOf: [{ required: [a] }, { required: [b] }]").find("check self.a? || self.b? else \"one of these must be set: a, b\""), std::string::npos);
  EXPECT_NE(object("not: { required: [a, b] }").find("check !(self.a? && self.b?) else \"these exclude each other: a, b\""), std::string::npos);
  EXPECT_NE(object("oneOf: [{ properties: { a: { enum: [x] } } }]").find("/// - `oneOf: [{\"properties\""), std::string::npos) << "cannot be said";
}

TEST(Import, Rules) {
  const auto result = import(definition("acme.io", "Thing", R"yaml({ type: object, properties: {
    min: { type: integer }, max: { type: integer, x-kubernetes-validations: [{ rule: "self > 1" }] },
    names: { type: array, maxItems: 4, x-kubernetes-list-type: set, items: { type: string, x-kubernetes-validations: [{ rule: "self != ''", message: "must not be empty" }] } } },
    x-kubernetes-validations: [{ rule: "self.min <= self.max", message: "min is above max" }, { rule: "self.min == oldSelf.min", message: "fixed" }, { rule: "isIP(self.x)" }] })yaml"));
  EXPECT_EQ(body(result.module), R"kdsl(/// Only the cluster checks:
/// - `self.min == oldSelf.min`: fixed
/// - `isIP(self.x)`
schema Thing extends Namespaced {
  apiVersion: "acme.io/v1"
  min: int?
  max: int?
  names: [string] set ?? []
  check self.min <= self.max else "min is above max"
  check !self.max? || (self.max > 1)
  check !self.names? || self.names.len() <= 4 else "names has at most 4"
  check !self.names? || self.names.all(item => (item != "")) else "must not be empty"
}
)kdsl");
  EXPECT_EQ(result.summary.rulesChecked, 3u);
  EXPECT_EQ(result.summary.rulesCarried, 2u);
  EXPECT_EQ(result.summary.transitions, 1u);
}

TEST(Import, WhatCheckingRefusesIsDocumentation) {
  const auto text = definition("acme.io", "Thing", R"({ type: object, properties: { a: { type: integer, default: 3 }, b: { type: string } }, x-kubernetes-validations: [{ rule: "self.b > 1", message: "no" }] })");
  const auto lineOf = [](const std::string& module, std::string_view part) -> std::vector<std::size_t> {
    const auto at = module.find(part);
    if (at == std::string::npos) return {};
    return {static_cast<std::size_t>(std::count(module.begin(), module.begin() + static_cast<std::ptrdiff_t>(at), '\n'))};
  };
  auto result = import(text, {}, [&](const std::string& module) { return lineOf(module, "check self.b"); });
  EXPECT_EQ(result.module.find("  check"), std::string::npos);
  EXPECT_NE(result.module.find("/// - `self.b > 1`: no"), std::string::npos);
  EXPECT_EQ(result.summary.rulesCarried, 1u);
  result = import(text, {}, [&](const std::string& module) { return lineOf(module, "?? 3"); });
  EXPECT_NE(result.module.find("  /// Default: `3`\n  a: int?\n"), std::string::npos);
  result = import(text, {}, [](const std::string&) { return std::vector<std::size_t>{0}; });
  EXPECT_EQ(result.module, "");
  ASSERT_EQ(result.errors.size(), 1u);
}

TEST(Import, Versions) {
  const auto versions = [](std::string_view names) {
    std::string text = "kind: CustomResourceDefinition\nspec:\n  group: acme.io\n  names: { kind: Thing }\n  versions:\n";
    for (std::size_t at = 0; at < names.size();) {
      const auto end = std::min(names.find(' ', at), names.size());
      const auto name = names.substr(at, end - at);
      text += "  - { name: " + std::string(name.substr(0, name.find('!'))) + ", served: " + (name.ends_with('!') ? "false" : "true") + " }\n";
      at = end + 1;
    }
    return text;
  };
  const auto chosen = [&](std::string_view names, std::string wanted = "") { return import(versions(names), {Format::Crds, std::move(wanted)}).summary.groups.at(0); };
  EXPECT_EQ(chosen("v1beta1 v1 v1alpha1"), "acme.io/v1");
  EXPECT_EQ(chosen("v1 v2 v10"), "acme.io/v10");
  EXPECT_EQ(chosen("v1alpha2 v1beta1 v1beta2"), "acme.io/v1beta2");
  EXPECT_EQ(chosen("v1! v1beta1"), "acme.io/v1beta1");
  EXPECT_EQ(chosen("v1 v1beta1", "v1beta1"), "acme.io/v1beta1");
  EXPECT_EQ(chosen("v1 v1beta1", "v3"), "acme.io/v1");
  EXPECT_EQ(import(versions("v1!")).errors.size(), 1u);
}

TEST(Import, InputOfEveryForm) {
  const auto one = definition("acme.io", "Thing", "{ type: object }");
  EXPECT_EQ(import("---\n---\n" + one + "---\nkind: Service\n---\n" + definition("acme.io", "Other", "{ type: object }")).summary.kinds, 2u);
  EXPECT_EQ(import(one + "---\nkind: Service\n").summary.otherDocuments, 1u);
  EXPECT_EQ(import(R"({"kind": "List", "items": [{"kind": "CustomResourceDefinition", "spec": {"group": "a.io", "names": {"kind": "T"}, "versions": [{"name": "v1"}]}}]})").summary.kinds, 1u);
  EXPECT_EQ(import("kind: CustomResourceDefinition\nspec: { group: a.io, version: v1beta1, names: { kind: T }, validation: { openAPIV3Schema: { type: object, properties: { x: { type: string } } } } }").summary.groups.at(0),
            "a.io/v1beta1")
      << "apiextensions.k8s.io/v1beta1";
  EXPECT_EQ(typeOf("{ type: string, enum: [=, '!='] }"), "(\"=\" | \"!=\")?") << "a scalar that YAML 1.1 has a type for";
}

TEST(Import, Errors) {
  EXPECT_EQ(import("").errors.at(0), "there is no CustomResourceDefinition in the input");
  EXPECT_EQ(import("a: [").errors.at(0).substr(0, 12), "crds.yaml:1:");
  EXPECT_EQ(import("kind: CustomResourceDefinition\nmetadata: { name: x }\nspec: { names: { kind: T } }\n").errors.at(0), "crds.yaml: the definition `x` has no `spec.group`");
  const auto one = definition("acme.io", "Thing", "{ type: object }");
  EXPECT_EQ(import(one + "---\n" + one).errors.at(0), "`Thing` of acme.io is defined twice");
}

TEST(Import, NamesAreUnlike) {
  const auto schema = "{ type: object, properties: { spec: { type: object, properties: { a: { type: string } } } } }";
  const auto result = import(definition("acme.io", "Thing", schema) + "---\n" + definition("other.org", "Thing", schema) + "---\n" + definition("acme.io", "Resource", schema));
  for (const auto* line : {"schema AcmeThing extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  kind: \"Thing\"\n", "schema OtherThing extends Namespaced {", "schema Resource2 extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  kind: \"Resource\"\n"})
    EXPECT_NE(result.module.find(line), std::string::npos) << result.module;
}

}  // namespace
}  // namespace kdsl::crd
