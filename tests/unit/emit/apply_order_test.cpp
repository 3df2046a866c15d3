#include "emit/apply_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace kdsl::emit {
namespace {

using GroupKind = std::pair<std::string_view, std::string_view>;

TEST(ApplyOrder, WhatIsNeededComesFirst) {
  const std::vector<GroupKind> order = {
      {"", "Namespace"},
      {"apiextensions.k8s.io", "CustomResourceDefinition"},
      {"", "ServiceAccount"},
      {"rbac.authorization.k8s.io", "Role"},
      {"rbac.authorization.k8s.io", "RoleBinding"},
      {"", "Secret"},
      {"", "ConfigMap"},
      {"", "PersistentVolumeClaim"},
      {"", "Service"},
      {"apps", "Deployment"},
      {"batch", "Job"},
      {"autoscaling", "HorizontalPodAutoscaler"},
      {"cert-manager.io", "Certificate"},
      {"networking.k8s.io", "Ingress"},
      {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration"},
  };
  for (std::size_t i = 1; i < order.size(); ++i) {
    EXPECT_LT(applyRank(order[i - 1].first, order[i - 1].second), applyRank(order[i].first, order[i].second)) << order[i].second;
  }
}

TEST(ApplyOrder, CustomKindsAreOneRank) {
  const auto custom = applyRank("example.com", "Widget");
  EXPECT_EQ(applyRank("serving.knative.dev", "Service"), custom);
  EXPECT_EQ(applyRank("", "NoSuchKind"), custom);
  EXPECT_EQ(applyRank("", ""), custom);
  EXPECT_NE(applyRank("", "Service"), custom);
}

}  // namespace
}  // namespace kdsl::emit
