#include "kubernetes/formats.hpp"

#include <gtest/gtest.h>

#include <string>

#include "kubernetes/lifecycle.hpp"

namespace kdsl::kubernetes {
namespace {

bool isGood(TextFormat format, std::string_view text) { return formatViolation(format, text).empty(); }

TEST(Formats, Names) {
  EXPECT_TRUE(isGood(TextFormat::DnsLabel, "web-1"));
  for (const auto* bad : {"", "Web", "-web", "web-", "a.b", "a_b"}) EXPECT_FALSE(isGood(TextFormat::DnsLabel, bad)) << bad;
  EXPECT_TRUE(isGood(TextFormat::DnsLabel, std::string(63, 'a')));
  EXPECT_FALSE(isGood(TextFormat::DnsLabel, std::string(64, 'a')));
  EXPECT_TRUE(isGood(TextFormat::PortName, "http-2"));
  for (const auto* bad : {"80", "http--2", "a-very-long-port", "HTTP", "-a"}) EXPECT_FALSE(isGood(TextFormat::PortName, bad)) << bad;
}

TEST(Formats, Labels) {
  for (const auto* good : {"app", "app.kubernetes.io/name", "A_b.c", "example.com/A"}) EXPECT_TRUE(isGood(TextFormat::LabelKey, good)) << good;
  for (const auto* bad : {"", "/a", "a/", "a b", "exa mple.com/a", "a/b/c", "-a"}) EXPECT_FALSE(isGood(TextFormat::LabelKey, bad)) << bad;
  for (const auto* good : {"", "v1.2", "A"}) EXPECT_TRUE(isGood(TextFormat::LabelValue, good)) << good;
  for (const auto* bad : {"a b", "-a", "a/b"}) EXPECT_FALSE(isGood(TextFormat::LabelValue, bad)) << bad;
}

TEST(Formats, Schedules) {
  for (const auto* good : {"* * * * *", "0 3 * * 1-5", "*/15 0,12 1 jan SUN", "@daily", "@every 1h30m", "5/10 * ? * *", "*/61 * * * *"}) EXPECT_TRUE(isGood(TextFormat::CronSchedule, good)) << good;
  for (const auto* bad : {"", "* * * *", "60 * * * *", "0 0 0 * *", "0 0 * * 7", "0 0 * 13 *", "5-1 * * * *", "*/0 * * * *", "@never", "@every soon", "TZ=UTC 0 0 * * *", "a * * * *", "1- * * * *"}) EXPECT_FALSE(isGood(TextFormat::CronSchedule, bad)) << bad;
}

TEST(Formats, HostsAndPaths) {
  for (const auto* good : {"shop.example.com", "*.example.com"}) EXPECT_TRUE(isGood(TextFormat::IngressHost, good)) << good;
  for (const auto* bad : {"10.0.0.1", "example.com:80", "a.*.com", "Shop.example.com", "*"}) EXPECT_FALSE(isGood(TextFormat::IngressHost, bad)) << bad;
  for (const auto* good : {"/", "/a/b", "/a..b"}) EXPECT_TRUE(isGood(TextFormat::IngressPath, good)) << good;
  for (const auto* bad : {"", "a", "//", "/a/../b", "/a/..", "/%2Fa"}) EXPECT_FALSE(isGood(TextFormat::IngressPath, bad)) << bad;
  for (const auto* good : {"a/b", "..a", ""}) EXPECT_TRUE(isGood(TextFormat::RelativePath, good)) << good;
  for (const auto* bad : {"/a", "..", "a/../b"}) EXPECT_FALSE(isGood(TextFormat::RelativePath, bad)) << bad;
}

TEST(Formats, Others) {
  EXPECT_TRUE(isGood(TextFormat::EnvironmentName, "A.b-c d"));
  EXPECT_FALSE(isGood(TextFormat::EnvironmentName, "A=b"));
  EXPECT_TRUE(isGood(TextFormat::DataKey, "..a") == false && isGood(TextFormat::DataKey, ".a"));
  EXPECT_TRUE(isGood(TextFormat::TimeZone, "America/Argentina/Buenos_Aires") && isGood(TextFormat::TimeZone, "Etc/GMT+1"));
  EXPECT_FALSE(isGood(TextFormat::TimeZone, "Local") || isGood(TextFormat::TimeZone, "Europe/") || isGood(TextFormat::TimeZone, "a b"));
  EXPECT_TRUE(isGood(TextFormat::PodFieldPath, "metadata.labels['app']") && isGood(TextFormat::PodFieldPath, "status.podIP"));
  EXPECT_FALSE(isGood(TextFormat::PodFieldPath, "metadata.labels['']") || isGood(TextFormat::PodFieldPath, "spec.replicas"));
  EXPECT_TRUE(isGood(TextFormat::HeaderName, "X-Token"));
  EXPECT_FALSE(isGood(TextFormat::HeaderName, "X Token"));
}

TEST(Lifecycle, OfAWholeVersion) {
  const auto& pack = SchemaPack::newest();
  const auto gone = versionLifecycle("batch", "v1beta1");
  ASSERT_TRUE(gone.has_value());
  EXPECT_EQ(gone->removedIn, 25);
  EXPECT_EQ(importPathOf(pack, gone->replacement), "k8s/batch/v1");
  EXPECT_EQ(versionLifecycle("extensions", "v1beta1")->removedIn, 22);
  EXPECT_EQ(versionLifecycle("extensions", "v1beta1")->replacement, "");  // several versions
  EXPECT_FALSE(versionLifecycle("apps", "v1").has_value());
  EXPECT_EQ(groupOfPackage(pack, "networking"), "networking.k8s.io");
  EXPECT_EQ(groupOfPackage(pack, "core"), "");
  EXPECT_EQ(groupOfPackage(pack, "extensions"), "extensions");
  EXPECT_EQ(importPathOf(pack, "v1"), "k8s/core/v1");
}

}  // namespace
}  // namespace kdsl::kubernetes
