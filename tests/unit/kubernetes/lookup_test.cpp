// Look-ups by name.
#include <algorithm>
#include <set>

#include "packs.hpp"

namespace kdsl::kubernetes::testing {

namespace {

std::string preludeName(std::string_view shortName, int minor = 36) { return std::string(named(shortName, minor).name()); }

}  // namespace

TEST(Packs, AtLeastSixMinors) {
  const auto minors = SchemaPack::minors();
  EXPECT_GE(minors.size(), 6u);
  EXPECT_TRUE(std::is_sorted(minors.begin(), minors.end()));
  for (const int32_t minor : minors) {
    ASSERT_NE(SchemaPack::forMinor(minor), nullptr);
    EXPECT_EQ(SchemaPack::forMinor(minor)->minor(), minor);
  }
  EXPECT_EQ(SchemaPack::forMinor(1), nullptr);
  EXPECT_EQ(SchemaPack::newest().minor(), minors.back());
}

TEST(Packs, IdsAreTheSameInEveryPack) {
  for (const int32_t minor : SchemaPack::minors()) {
    EXPECT_EQ(SchemaPack::forMinor(minor)->prelude("Deployment"), SchemaPack::newest().prelude("Deployment"));
  }
}

TEST(Packs, FullNames) {
  const SchemaPack& pack = *SchemaPack::forMinor(36);
  for (uint32_t id = 0; id < SchemaPack::idLimit(); ++id) {
    if (pack.has(DefId{id})) {
      EXPECT_EQ(pack.find(pack.definition(DefId{id}).name()), DefId{id});
    }
  }
  EXPECT_FALSE(pack.find("io.k8s.api.apps.v1.Nothing"));
  EXPECT_FALSE(pack.has(DefId{0xFFFFFFFF}));
  // In 1.37 only.
  EXPECT_FALSE(pack.find("io.k8s.api.certificates.v1.ClusterTrustBundle"));
  EXPECT_TRUE(SchemaPack::forMinor(37)->find("io.k8s.api.certificates.v1.ClusterTrustBundle"));
}

TEST(Prelude, PrefersStableAndNewVersions) {
  EXPECT_EQ(preludeName("HorizontalPodAutoscaler"), "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler");
  EXPECT_EQ(preludeName("DeviceClass", 33), "io.k8s.api.resource.v1beta2.DeviceClass");
  EXPECT_EQ(preludeName("DeviceClass", 34), "io.k8s.api.resource.v1.DeviceClass");
}

TEST(Prelude, PartsComeFromPreferredKinds) {
  EXPECT_EQ(preludeName("CrossVersionObjectReference"), "io.k8s.api.autoscaling.v2.CrossVersionObjectReference");
  EXPECT_EQ(preludeName("MetricSpec"), "io.k8s.api.autoscaling.v2.MetricSpec");
  EXPECT_EQ(preludeName("Container"), "io.k8s.api.core.v1.Container");
  EXPECT_EQ(preludeName("LabelSelector"), "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector");
}

TEST(Prelude, AmbiguousNames) {
  EXPECT_EQ(preludeName("Event"), "io.k8s.api.core.v1.Event");
  EXPECT_EQ(preludeName("ResourceClaim"), "io.k8s.api.resource.v1.ResourceClaim") << "a kind wins over a part of core";
  EXPECT_EQ(preludeName("Subject"), "io.k8s.api.rbac.v1.Subject");
  EXPECT_EQ(preludeName("EndpointPort"), "io.k8s.api.core.v1.EndpointPort");
}

TEST(Prelude, ReachesEveryShortName) {
  const SchemaPack& pack = SchemaPack::newest();
  std::set<std::string_view> names;
  for (uint32_t id = 0; id < SchemaPack::idLimit(); ++id) {
    if (pack.has(DefId{id})) names.insert(pack.definition(DefId{id}).shortName());
  }
  std::set<std::string_view> reached;
  for (const DefId id : pack.preludeDefinitions()) reached.insert(pack.definition(id).shortName());
  EXPECT_EQ(names, reached);
  EXPECT_FALSE(pack.prelude("Nothing"));
  EXPECT_FALSE(pack.prelude(""));
}

TEST(Kinds, EveryCreatableKindHasAPreferredDefinition) {
  for (const int32_t minor : SchemaPack::minors()) {
    const SchemaPack& pack = *SchemaPack::forMinor(minor);
    std::set<std::string_view> kinds;
    for (const DefId id : pack.preferredKinds()) {
      const Definition definition = pack.definition(id);
      EXPECT_TRUE(definition.isCreatable());
      kinds.insert(definition.shortName());
    }
    for (const char* kind : {"Deployment", "StatefulSet", "Service", "Ingress", "ConfigMap", "Secret", "CronJob", "NetworkPolicy"}) {
      EXPECT_TRUE(kinds.contains(kind)) << kind;
    }
  }
}

TEST(Kinds, ByWhatAnObjectSays) {
  const SchemaPack& pack = *SchemaPack::forMinor(36);
  EXPECT_EQ(pack.kind("apps/v1", "Deployment"), pack.prelude("Deployment"));
  EXPECT_EQ(pack.kind("v1", "Pod"), pack.prelude("Pod"));
  EXPECT_EQ(pack.kind("networking.k8s.io", "v1", "Ingress"), pack.prelude("Ingress"));
  EXPECT_EQ(pack.kind("events.k8s.io/v1", "Event"), pack.find("io.k8s.api.events.v1.Event"));
  EXPECT_FALSE(pack.kind("apps/v1beta1", "Deployment"));
  EXPECT_FALSE(pack.kind("v1", "DeploymentSpec")) << "a part is no kind";
  EXPECT_FALSE(pack.kind("", "Pod"));
}

TEST(Kinds, ServedIn) {
  const auto deployment = servedIn("apps/v1", "Deployment");
  ASSERT_TRUE(deployment);
  EXPECT_EQ(deployment->first, SchemaPack::minors().front());
  EXPECT_EQ(deployment->last, SchemaPack::minors().back());
  const auto classes = servedIn("storage.k8s.io/v1alpha1", "VolumeAttributesClass");
  ASSERT_TRUE(classes);
  EXPECT_EQ(classes->last, 34);
  EXPECT_FALSE(servedIn("apps/v1", "Nothing"));
}

TEST(Imports, ByPackageAndByGroup) {
  const SchemaPack& pack = *SchemaPack::forMinor(36);
  const auto apps = pack.groupVersion("apps/v1");
  ASSERT_TRUE(apps);
  EXPECT_EQ(apps->apiVersion(), "apps/v1");
  EXPECT_EQ(apps->find("Deployment"), pack.prelude("Deployment"));
  EXPECT_FALSE(apps->find("Pod"));

  const auto core = pack.groupVersion("core/v1");
  ASSERT_TRUE(core);
  EXPECT_EQ(core->group(), "");
  EXPECT_EQ(core->apiVersion(), "v1");
  EXPECT_EQ(core->find("ResourceClaim"), pack.find("io.k8s.api.core.v1.ResourceClaim"));

  for (const char* path : {"networking/v1", "networking.k8s.io/v1"}) {
    const auto networking = pack.groupVersion(path);
    ASSERT_TRUE(networking) << path;
    EXPECT_EQ(networking->package(), "networking");
    EXPECT_TRUE(networking->find("Ingress"));
  }
  EXPECT_TRUE(pack.groupVersion("meta/v1")->find("ObjectMeta"));
  for (const char* path : {"apps", "apps/v2", "/v1", "nothing/v1", "apps/v1/Deployment", ""}) EXPECT_FALSE(pack.groupVersion(path)) << path;
}

TEST(Imports, EachDefinitionIsFoundInItsGroup) {
  const SchemaPack& pack = SchemaPack::newest();
  size_t count = 0;
  for (const GroupVersion groupVersion : pack.groupVersions()) {
    for (const DefId id : groupVersion.definitions()) {
      EXPECT_EQ(groupVersion.find(pack.definition(id).shortName()), id);
      EXPECT_EQ(pack.definition(id).version(), groupVersion.version());
      ++count;
    }
  }
  EXPECT_GT(count, 800u);
}

}  // namespace kdsl::kubernetes::testing
