#include "kubernetes/immutable.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kdsl::kubernetes {
namespace {

/// `spec.selector@2`: the field of so many segments; with its condition; `may change`.
std::string immutableAt(std::string_view apiVersion, std::string_view kind, std::vector<std::string_view> path) {
  const auto& pack = SchemaPack::newest();
  const auto found = immutableField(pack, *pack.kind(apiVersion, kind), path);
  if (!found) return "may change";
  std::string text = std::to_string(found->depth);
  if (!found->conditionPath.empty()) text += " if " + std::string(found->conditionPath) + " is " + std::string(found->conditionValue);
  return text;
}

TEST(Immutable, AFieldAndWhatIsInside) {
  EXPECT_EQ(immutableAt("apps/v1", "Deployment", {"spec", "selector"}), "2");
  EXPECT_EQ(immutableAt("apps/v1", "Deployment", {"spec", "selector", "matchLabels", "app"}), "2");
  EXPECT_EQ(immutableAt("apps/v1", "Deployment", {"spec", "replicas"}), "may change");
  EXPECT_EQ(immutableAt("apps/v1", "StatefulSet", {"spec", "volumeClaimTemplates", "data"}), "2");
  EXPECT_EQ(immutableAt("rbac.authorization.k8s.io/v1", "RoleBinding", {"roleRef", "name"}), "1");
  EXPECT_EQ(immutableAt("apps/v1", "Deployment", {"spec"}), "may change");
  EXPECT_EQ(immutableAt("apps/v1", "Deployment", {"nothing", "here"}), "may change");
}

TEST(Immutable, NotInATemplate) {
  EXPECT_EQ(immutableAt("batch/v1", "Job", {"spec", "template", "spec"}), "2");
  EXPECT_EQ(immutableAt("batch/v1", "CronJob", {"spec", "jobTemplate", "spec", "template", "spec"}), "may change");
  EXPECT_EQ(immutableAt("apps/v1", "Deployment", {"spec", "template", "spec", "nodeName"}), "may change");
}

TEST(Immutable, WhatDependsOnTheObject) {
  EXPECT_EQ(immutableAt("v1", "ConfigMap", {"data", "a.conf"}), "1 if immutable is true");
  EXPECT_EQ(immutableAt("v1", "ConfigMap", {"metadata", "labels"}), "may change");
  EXPECT_EQ(immutableAt("v1", "Secret", {"type"}), "1");
  EXPECT_EQ(immutableAt("batch/v1", "Job", {"spec", "completions"}), "2 if spec.completionMode is NonIndexed");
}

TEST(Immutable, PodsKeepAllButAFewFields) {
  EXPECT_EQ(immutableAt("v1", "Pod", {"spec", "nodeName"}), "1");
  EXPECT_EQ(immutableAt("v1", "Pod", {"spec", "containers", "web", "command"}), "1");
  EXPECT_EQ(immutableAt("v1", "Pod", {"spec", "containers", "web", "image"}), "may change");
  EXPECT_EQ(immutableAt("v1", "Pod", {"spec", "tolerations"}), "may change");
}

}  // namespace
}  // namespace kdsl::kubernetes
