#include "emit/apply_order.hpp"

#include <array>
#include <cstddef>

namespace kdsl::emit {
namespace {

struct GroupKind {
  std::string_view group;
  std::string_view kind;
};

constexpr std::string_view kAdmission = "admissionregistration.k8s.io";
constexpr std::string_view kNetworking = "networking.k8s.io";
constexpr std::string_view kRbac = "rbac.authorization.k8s.io";
constexpr std::string_view kStorage = "storage.k8s.io";

// A row that matches no object: where the custom kinds stand.
constexpr GroupKind kCustomKinds = {"*", "*"};

// First applied first; the index is the rank.
constexpr auto kOrder = std::to_array<GroupKind>({
    {"", "Namespace"},
    {"apiextensions.k8s.io", "CustomResourceDefinition"},
    // What pods and claims name, and what is checked when they are made.
    {"scheduling.k8s.io", "PriorityClass"},
    {"node.k8s.io", "RuntimeClass"},
    {kStorage, "CSIDriver"},
    {kStorage, "StorageClass"},
    {kStorage, "VolumeAttributesClass"},
    {"resource.k8s.io", "DeviceClass"},
    {"", "ResourceQuota"},
    {"", "LimitRange"},
    // Isolation before the pods that it isolates.
    {kNetworking, "NetworkPolicy"},
    // Identities and rights.
    {"", "ServiceAccount"},
    {kRbac, "ClusterRole"},
    {kRbac, "ClusterRoleBinding"},
    {kRbac, "Role"},
    {kRbac, "RoleBinding"},
    // What pods mount.
    {"", "Secret"},
    {"", "ConfigMap"},
    {"", "PersistentVolume"},
    {"", "PersistentVolumeClaim"},
    {"resource.k8s.io", "ResourceClaimTemplate"},
    {"resource.k8s.io", "ResourceClaim"},
    // A pod's environment names the services that exist when it starts.
    {"", "Service"},
    {"", "Endpoints"},
    {"discovery.k8s.io", "EndpointSlice"},
    {"policy", "PodDisruptionBudget"},
    // Workloads.
    {"", "PodTemplate"},
    {"apps", "DaemonSet"},
    {"apps", "StatefulSet"},
    {"apps", "Deployment"},
    {"apps", "ReplicaSet"},
    {"", "ReplicationController"},
    {"", "Pod"},
    {"batch", "Job"},
    {"batch", "CronJob"},
    {"autoscaling", "HorizontalPodAutoscaler"},
    kCustomKinds,
    // Traffic from outside.
    {kNetworking, "IngressClass"},
    {kNetworking, "Ingress"},
    // What intercepts the API itself comes when its backends are there.
    {"apiregistration.k8s.io", "APIService"},
    {kAdmission, "ValidatingAdmissionPolicy"},
    {kAdmission, "ValidatingAdmissionPolicyBinding"},
    {kAdmission, "MutatingAdmissionPolicy"},
    {kAdmission, "MutatingAdmissionPolicyBinding"},
    {kAdmission, "MutatingWebhookConfiguration"},
    {kAdmission, "ValidatingWebhookConfiguration"},
});

constexpr std::size_t rankOf(std::string_view group, std::string_view kind) {
  std::size_t rank = 0;
  while (rank < kOrder.size() && (kOrder[rank].kind != kind || kOrder[rank].group != group)) ++rank;
  return rank;
}

constexpr std::size_t kCustomRank = rankOf(kCustomKinds.group, kCustomKinds.kind);
static_assert(kCustomRank < kOrder.size());

}  // namespace

std::uint16_t applyRank(std::string_view group, std::string_view kind) {
  const std::size_t rank = rankOf(group, kind);
  return static_cast<std::uint16_t>(rank < kOrder.size() ? rank : kCustomRank);
}

}  // namespace kdsl::emit
