// OpenAPI documents, and what they may do to a reader.
#include "crd/openapi.hpp"

#include <gtest/gtest.h>

#include "codec/read.hpp"
#include "crd/import.hpp"

namespace kdsl::crd {
namespace {

Result import(const std::string& text) {
  const Source source{"swagger.json", text};
  return importDefinitions({&source, 1}, {Format::OpenApi, {}}, [](const std::string&) { return std::vector<std::size_t>(); });
}

std::string kind(std::string_view version, std::string_view properties) {
  return R"({"type":"object","properties":)" + std::string(properties) + R"(,"x-kubernetes-group-version-kind":[{"group":"acme.io","version":")" + std::string(version) + R"(","kind":"Thing"}]})";
}

TEST(OpenApi, VersionTwoWithoutPaths) {
  const auto result = import(R"({"swagger":"2.0","definitions":{"a.v1.Thing":)" + kind("v1", R"({"spec":{"$ref":"#/definitions/a.v1.Spec"}})") +
                             R"(,"a.v1beta1.Thing":)" + kind("v1beta1", R"({"spec":{"type":"string"}})") +
                             R"(,"a.v1.Spec":{"type":"object","description":"What it is.","properties":{"size":{"type":"integer"}}}}})");
  ASSERT_TRUE(result.errors.empty()) << result.errors.front();
  EXPECT_NE(result.module.find("schema Thing extends Namespaced {\n  apiVersion: \"acme.io/v1\"\n  /// What it is.\n  spec: ThingSpec?"), std::string::npos) << result.module;
}

/// Version 3.1, and what only fits together: the fields of all parts are those of the whole.
TEST(OpenApi, PartsOfOneSchema) {
  const auto result = import(R"({"openapi":"3.1.0","components":{"schemas":{"a.v1.Thing":)" +
                             kind("v1", R"({"both":{"allOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},
                                            "more":{"allOf":[{"$ref":"#/components/schemas/A"},{"type":"object","required":["z"],"properties":{"z":{"type":"string"}}}],"properties":{"w":{"type":"string"}}},
                                            "one":{"type":"object","oneOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]},
                                            "none":{"oneOf":[{"$ref":"#/components/schemas/B"},{"type":"null"}]}})") +
                             R"(,"A":{"type":"object","required":["x"],"properties":{"x":{"type":"string"}}},"B":{"type":"object","properties":{"y":{"type":["integer","null"]}}}}}})");
  ASSERT_TRUE(result.errors.empty()) << result.errors.front();
  EXPECT_NE(result.module.find("schema ThingBoth {\n  x: string\n  y: (int | null)?\n}"), std::string::npos) << result.module;
  EXPECT_NE(result.module.find("schema ThingMore {\n  w: string?\n  x: string\n  z: string\n}"), std::string::npos) << result.module;
  EXPECT_NE(result.module.find("  one: {[string]: any}?"), std::string::npos) << result.module;
  EXPECT_NE(result.module.find("  none: (ThingNone | null)?"), std::string::npos) << result.module;
}

TEST(OpenApi, WhatRefersToNothingTakesAnything) {
  const auto result = import(R"({"swagger":"2.0","definitions":{"a.v1.Thing":)" + kind("v1", R"({"gone":{"$ref":"#/definitions/gone"},"odd":{"$ref":""},"json":{"$ref":"#/definitions/x.JSON"}})") + "}}");
  EXPECT_NE(result.module.find("  gone: any?"), std::string::npos) << result.module;
  EXPECT_NE(result.module.find("  json: any?"), std::string::npos);
}

TEST(OpenApi, ReferencesAreFollowedSoDeepOnly) {
  std::string chain;
  for (int i = 0; i < 5000; ++i) {
    chain += ",\"a.D" + std::to_string(i) + "\":{\"type\":\"object\",\"properties\":{\"x\":{\"$ref\":\"#/definitions/a.D" + std::to_string(i + 1) + "\"}}}";
  }
  const auto result = import(R"({"swagger":"2.0","definitions":{"a.v1.Thing":)" + kind("v1", R"({"spec":{"$ref":"#/definitions/a.D0"}})") + chain + "}}");
  EXPECT_TRUE(result.errors.empty());
  EXPECT_NE(result.module.find(": any?"), std::string::npos);
}

TEST(OpenApi, SchemasThatGrowWithoutEndAreRefused) {
  std::string doubling;
  for (int i = 0; i < 40; ++i) {
    const auto next = "{\"$ref\":\"#/definitions/a.D" + std::to_string(i + 1) + "\"}";
    doubling += ",\"a.D" + std::to_string(i) + "\":{\"type\":\"object\",\"properties\":{\"x\":" + next + ",\"y\":" + next + ",\"z\":" + next + "}}";
  }
  const auto result = import(R"({"swagger":"2.0","definitions":{"a.v1.Thing":)" + kind("v1", R"({"spec":{"$ref":"#/definitions/a.D0"}})") + doubling + "}}");
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_NE(result.errors[0].find("the schemas have more than"), std::string::npos) << result.errors[0];
  EXPECT_TRUE(result.module.empty());
}

TEST(OpenApi, OtherInput) {
  for (const auto* text : {"[]", "{}", "3", "{\"swagger\":\"2.0\"}", "{\"swagger\":\"2.0\",\"definitions\":[]}", "{\"openapi\":\"3.0.0\",\"components\":{}}", "{\"definitions\":{}}"}) {
    const auto result = import(text);
    ASSERT_EQ(result.errors.size(), 1u) << text;
    EXPECT_NE(result.errors[0].find("no OpenAPI document"), std::string::npos) << text;
  }
  EXPECT_NE(import("{\"swagger\": ").errors.at(0).find("swagger.json:1:"), std::string::npos);
}

}  // namespace
}  // namespace kdsl::crd
