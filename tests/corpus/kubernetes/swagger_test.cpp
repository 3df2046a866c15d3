// Compares the pack of Kubernetes 1.36 with the published OpenAPI document of that version, definition by definition and field by field.
// The pack is made from another package and from our own tables, so that each side checks the other.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kubernetes/schema.hpp"

namespace kdsl::kubernetes {

namespace {

using nlohmann::json;
using Strings = std::vector<std::string>;

constexpr int kMinor = 36;
constexpr std::string_view kRefPrefix = "#/definitions/";

/// Definitions that are a scalar, or any JSON, in every field that uses them: the pack resolves them to the type on the right.
const std::map<std::string, std::string> kWrappers = {
    {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON", "json"},
    {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray", "json"},
    {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool", "json"},
    {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray", "json"},
    {"io.k8s.apimachinery.pkg.api.resource.Quantity", "quantity"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "json"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", "micro-time"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.Patch", "json"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.Time", "time"},
    {"io.k8s.apimachinery.pkg.runtime.RawExtension", "json"},
    {"io.k8s.apimachinery.pkg.util.intstr.IntOrString", "int-or-string"},
};

/// A string of base64 (bytes) with a list type that no list carries: the document marks the Go type, `[]byte`. The pack has no list there.
constexpr std::string_view kBytesMarkedAsList = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec.caBundle";

/// The published document appends the values of an enum to the text of its field; the pack has them as data.
constexpr std::string_view kEnumText = "Possible enum values:";

std::string stringAt(const json& object, const char* key) { return object.contains(key) ? object[key].get<std::string>() : std::string(); }

std::string withoutEnumText(std::string text) {
  text.resize(std::min(text.find(kEnumText), text.size()));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

/// A type of the document as text that the pack's types can be compared with.
std::string typeText(const json& schema) {
  if (const std::string ref = stringAt(schema, "$ref"); !ref.empty()) {
    const std::string name = ref.substr(kRefPrefix.size());
    const auto wrapper = kWrappers.find(name);
    return wrapper == kWrappers.end() ? name : wrapper->second;
  }
  const std::string type = stringAt(schema, "type");
  const std::string format = stringAt(schema, "format");
  if (type == "array") return "list of " + typeText(schema["items"]);
  if (type == "object" && schema.contains("additionalProperties")) return "map of " + typeText(schema["additionalProperties"]);
  return format.empty() ? type : type + ":" + format;
}

std::string typeText(const SchemaPack& pack, TypeDesc type) {
  switch (type.tag()) {
    case TypeTag::Bool: return "boolean";
    case TypeTag::Int32: return "integer:int32";
    case TypeTag::Int64: return "integer:int64";
    case TypeTag::Float: return "number:double";
    case TypeTag::String: return "string";
    case TypeTag::Bytes: return "string:byte";
    case TypeTag::Time: return "time";
    case TypeTag::MicroTime: return "micro-time";
    case TypeTag::Quantity: return "quantity";
    case TypeTag::IntOrString: return "int-or-string";
    case TypeTag::Json: return "json";
    case TypeTag::Definition: return std::string(pack.definition(type.definition()).name());
    case TypeTag::List: return "list of " + typeText(pack, type.element());
    case TypeTag::Map: return "map of " + typeText(pack, type.element());
  }
  return "unknown";
}

Strings enumOf(const json& schema) {
  if (schema.contains("items")) return enumOf(schema["items"]);
  if (schema.contains("additionalProperties")) return enumOf(schema["additionalProperties"]);
  Strings values;
  if (schema.contains("enum")) values = schema["enum"].get<Strings>();
  std::ranges::sort(values);
  return values;
}

std::string_view text(ListKind kind) {
  switch (kind) {
    case ListKind::Atomic: return "atomic";
    case ListKind::Set: return "set";
    case ListKind::Map: return "map";
    case ListKind::NotAList:
    case ListKind::Unmarked: break;
  }
  return "";
}

class Swagger : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path path = std::filesystem::path(KDSL_CORPUS) / "openapi" / "swagger-1.36.json";
    std::ifstream input(path);
    if (input) document_ = new json(json::parse(input));
    path_ = path.string();
  }
  static void TearDownTestSuite() { delete document_; }

  void SetUp() override {
    if (document_ == nullptr) GTEST_SKIP() << "corpus data is absent: " << path_;
  }

  const json& definitions() const { return (*document_)["definitions"]; }
  const json& paths() const { return (*document_)["paths"]; }
  const SchemaPack& pack() const { return *SchemaPack::forMinor(kMinor); }

  /// Calls `check` for each definition that is on both sides.
  template <typename Check>
  void forEachDefinition(Check check) {
    for (const auto& [name, schema] : definitions().items()) {
      if (const auto id = pack().find(name)) check(pack().definition(*id), schema);
    }
  }

  /// Calls `check` for each field that is on both sides.
  template <typename Check>
  void forEachField(Check check) {
    size_t count = 0;
    forEachDefinition([&](Definition definition, const json& schema) {
      for (const Field field : definition.fields()) {
        const std::string name(field.name());
        if (!schema.contains("properties") || !schema["properties"].contains(name)) continue;
        ++count;
        check(fmt::format("{}.{}", definition.name(), name), definition, field, schema["properties"][name]);
      }
    });
    EXPECT_EQ(count, 3137u);
  }

 private:
  static inline json* document_ = nullptr;
  static inline std::string path_;
};

}  // namespace

TEST_F(Swagger, Definitions) {
  EXPECT_EQ(definitions().size(), 771u);
  size_t count = 0;
  for (uint32_t id = 0; id < SchemaPack::idLimit(); ++id) {
    if (!pack().has(DefId{id})) continue;
    ++count;
    const std::string name(pack().definition(DefId{id}).name());
    EXPECT_TRUE(definitions().contains(name)) << name;
    EXPECT_FALSE(kWrappers.contains(name)) << name;
  }
  EXPECT_EQ(count + kWrappers.size(), definitions().size()) << "the pack has all but the wrappers";
}

TEST_F(Swagger, FieldNames) {
  forEachDefinition([](Definition definition, const json& schema) {
    Strings expected;
    if (schema.contains("properties")) {
      for (const auto& [name, property] : schema["properties"].items()) expected.push_back(name);
    }
    std::ranges::sort(expected);
    Strings actual;
    for (const Field field : definition.fields()) actual.emplace_back(field.name());
    EXPECT_EQ(actual, expected) << definition.name();
  });
}

TEST_F(Swagger, Required) {
  forEachDefinition([](Definition definition, const json& schema) {
    Strings expected = schema.value("required", Strings());
    std::ranges::sort(expected);
    Strings actual;
    for (const Field field : definition.fields()) {
      if (field.isRequired()) actual.emplace_back(field.name());
    }
    EXPECT_EQ(actual, expected) << definition.name();
  });
}

TEST_F(Swagger, TypesAndFormats) {
  forEachField([&](const std::string& where, Definition, Field field, const json& schema) {
    EXPECT_EQ(typeText(pack(), field.type()), typeText(schema)) << where;
  });
}

TEST_F(Swagger, Enums) {
  size_t count = 0;
  forEachField([&](const std::string& where, Definition, Field field, const json& schema) {
    const Strings expected = enumOf(schema);
    count += expected.empty() ? 0 : 1;
    EXPECT_EQ(Strings(field.enumValues().begin(), field.enumValues().end()), expected) << where;
  });
  EXPECT_EQ(count, 124u);
}

TEST_F(Swagger, ListKindsAndKeys) {
  forEachField([](const std::string& where, Definition, Field field, const json& schema) {
    const std::string expected = where == kBytesMarkedAsList ? std::string() : stringAt(schema, "x-kubernetes-list-type");
    EXPECT_EQ(text(field.listKind()), expected) << where;
    EXPECT_EQ(Strings(field.listKeys().begin(), field.listKeys().end()), schema.value("x-kubernetes-list-map-keys", Strings())) << where;
    EXPECT_EQ(field.listKind() == ListKind::NotAList, stringAt(schema, "type") != "array") << where;
  });
}

TEST_F(Swagger, KeyFieldsOfListsExist) {
  forEachField([&](const std::string& where, Definition, Field field, const json&) {
    for (const std::string_view key : field.listKeys()) {
      EXPECT_TRUE(pack().definition(field.type().element().definition()).field(key)) << where << " by " << key;
    }
  });
}

TEST_F(Swagger, Atomic) {
  forEachDefinition([](Definition definition, const json& schema) {
    EXPECT_EQ(definition.isAtomic(), stringAt(schema, "x-kubernetes-map-type") == "atomic") << definition.name();
  });
  forEachField([&](const std::string& where, Definition, Field field, const json& schema) {
    const bool byType = field.type().tag() == TypeTag::Definition && pack().definition(field.type().definition()).isAtomic();
    EXPECT_EQ(field.isAtomic(), byType || stringAt(schema, "x-kubernetes-map-type") == "atomic") << where;
  });
}

TEST_F(Swagger, Documentation) {
  forEachDefinition([](Definition definition, const json& schema) {
    EXPECT_EQ(definition.doc(), stringAt(schema, "description")) << definition.name();
  });
  forEachField([](const std::string& where, Definition, Field field, const json& schema) {
    EXPECT_EQ(field.doc(), withoutEnumText(stringAt(schema, "description"))) << where;
  });
}

// Every union that the document marks is one of our groups, with its discriminator.
TEST_F(Swagger, Unions) {
  size_t count = 0;
  forEachDefinition([&](Definition definition, const json& schema) {
    if (!schema.contains("x-kubernetes-unions")) return;
    for (const auto& mark : schema["x-kubernetes-unions"]) {
      ++count;
      ASSERT_EQ(definition.oneOfGroups().size(), 1u) << definition.name();
      const OneOfGroup group = definition.oneOfGroups()[0];
      Strings members;
      for (size_t i = 0; i < group.memberCount(); ++i) members.emplace_back(group.member(i).name());
      Strings expected;
      for (const auto& [member, value] : mark["fields-to-discriminateBy"].items()) expected.push_back(member);
      EXPECT_EQ(members, expected) << definition.name();
      const std::string discriminator = stringAt(mark, "discriminator");
      EXPECT_EQ(group.discriminatorField().has_value(), !discriminator.empty()) << definition.name();
      if (group.discriminatorField()) {
        EXPECT_EQ(definition.fields()[*group.discriminatorField()].name(), discriminator);
      }
    }
  });
  EXPECT_EQ(count, 8u);
}

TEST_F(Swagger, KindsAndTheirGroups) {
  size_t count = 0;
  forEachDefinition([&](Definition definition, const json& schema) {
    const json kinds = schema.value("x-kubernetes-group-version-kind", json::array());
    if (kinds.size() != 1) return;  // DeleteOptions and WatchEvent are listed under every group
    ++count;
    EXPECT_EQ(definition.group(), stringAt(kinds[0], "group")) << definition.name();
    EXPECT_EQ(definition.version(), stringAt(kinds[0], "version")) << definition.name();
    EXPECT_EQ(definition.shortName(), stringAt(kinds[0], "kind")) << definition.name();
    EXPECT_TRUE(definition.isKind()) << definition.name();
    EXPECT_EQ(pack().kind(definition.group(), definition.version(), definition.shortName()), definition.id());
  });
  EXPECT_EQ(count, 191u);
}

// What can be created, where it lives and its plural follow from the paths to which objects are posted.
TEST_F(Swagger, ScopesAndPlurals) {
  struct Resource {
    std::string plural;
    bool isNamespaced = false;
  };
  std::map<DefId, Resource> resources;
  for (const auto& [path, operations] : paths().items()) {
    if (!operations.contains("post") || !operations["post"].contains("x-kubernetes-group-version-kind")) continue;
    if (path.find("{name}") != std::string::npos) continue;  // below another object
    const json& kind = operations["post"]["x-kubernetes-group-version-kind"];
    const auto id = pack().kind(stringAt(kind, "group"), stringAt(kind, "version"), stringAt(kind, "kind"));
    ASSERT_TRUE(id) << path;
    resources[*id] = {path.substr(path.rfind('/') + 1), path.find("{namespace}") != std::string::npos};
  }
  EXPECT_EQ(resources.size(), 94u);
  forEachDefinition([&](Definition definition, const json&) {
    const auto found = resources.find(definition.id());
    ASSERT_EQ(definition.isCreatable(), found != resources.end()) << definition.name();
    if (found == resources.end()) return;
    EXPECT_EQ(definition.plural(), found->second.plural) << definition.name();
    EXPECT_EQ(definition.isNamespaced(), found->second.isNamespaced) << definition.name();
  });
}

}  // namespace kdsl::kubernetes
