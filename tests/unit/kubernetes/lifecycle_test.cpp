// Deprecated and removed API versions, checked against what the packs have.
#include "packs.hpp"

namespace kdsl::kubernetes::testing {

TEST(Lifecycle, RemovedBeforeTheOldestPack) {
  const auto ingress = lifecycle("extensions/v1beta1", "Ingress");
  ASSERT_TRUE(ingress);
  EXPECT_EQ(ingress->removedIn, 22);
  EXPECT_EQ(ingress->replacement, "networking.k8s.io/v1");
  EXPECT_EQ(ingress->replacementKind, "Ingress");
  const auto policy = lifecycle("policy", "v1beta1", "PodSecurityPolicy");
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->removedIn, 25);
  EXPECT_EQ(policy->replacement, "");
}

TEST(Lifecycle, DeprecatedAndStillServed) {
  const auto endpoints = lifecycle("v1", "Endpoints");
  ASSERT_TRUE(endpoints);
  EXPECT_EQ(endpoints->deprecatedIn, 33);
  EXPECT_EQ(endpoints->removedIn, 0);
  EXPECT_EQ(endpoints->replacementKind, "EndpointSlice");
}

TEST(Lifecycle, NothingIsKnownOfCurrentVersions) {
  EXPECT_FALSE(lifecycle("apps/v1", "Deployment"));
  EXPECT_FALSE(lifecycle("apps/v1beta1", "Pod"));
  EXPECT_FALSE(lifecycle("", ""));
}

// The packs are a second, independent source: a kind that disappears between two of them has a row that says when, and a row never
// claims the removal of what is still there.
TEST(Lifecycle, AgreesWithThePacks) {
  const auto minors = SchemaPack::minors();
  for (size_t i = 0; i < minors.size(); ++i) {
    const SchemaPack& pack = *SchemaPack::forMinor(minors[i]);
    for (uint32_t id = 0; id < SchemaPack::idLimit(); ++id) {
      if (!pack.has(DefId{id})) continue;
      const Definition kind = pack.definition(DefId{id});
      if (!kind.isCreatable()) continue;
      const auto life = lifecycle(kind.apiVersion(), kind.shortName());
      if (life && life->removedIn != 0) {
        EXPECT_GT(life->removedIn, minors[i]) << kind.name() << " is in 1." << minors[i];
      }
      if (i + 1 == minors.size() || SchemaPack::forMinor(minors[i + 1])->has(DefId{id})) continue;
      ASSERT_TRUE(life) << kind.name() << " ends with 1." << minors[i];
      EXPECT_EQ(life->removedIn, minors[i + 1]) << kind.name();
    }
  }
}

TEST(Lifecycle, ReplacementsExist) {
  for (const int32_t minor : SchemaPack::minors()) {
    const SchemaPack& pack = *SchemaPack::forMinor(minor);
    for (uint32_t id = 0; id < SchemaPack::idLimit(); ++id) {
      if (!pack.has(DefId{id})) continue;
      const Definition kind = pack.definition(DefId{id});
      const auto life = lifecycle(kind.apiVersion(), kind.shortName());
      if (!life || life->removedIn == 0 || life->replacement.empty() || SchemaPack::forMinor(life->removedIn) == nullptr) continue;
      EXPECT_TRUE(SchemaPack::forMinor(life->removedIn)->kind(life->replacement, life->replacementKind))
          << kind.name() << " has no replacement in 1." << life->removedIn;
    }
  }
}

}  // namespace kdsl::kubernetes::testing
