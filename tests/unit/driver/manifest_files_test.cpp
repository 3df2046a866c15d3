#include "driver/manifest_files.hpp"

#include <gtest/gtest.h>

namespace kdsl::driver {
namespace {

query::Rendered object(std::string kind, std::string name, std::string namespaceName, std::string text) {
  return {"v1", std::move(kind), std::move(name), std::move(namespaceName), std::move(text), {}};
}

std::string listed(const std::vector<ManifestFile>& files) {
  std::string out;
  for (const auto& file : files) out += file.path + "=" + file.text + ";";
  return out;
}

TEST(ManifestFiles, DocumentsArePartedInYamlOnly) {
  const std::vector<InputObjects> inputs = {{"a.kdsl", {object("Pod", "x", "", "1\n"), object("Pod", "y", "", "2\n")}},
                                            {"b.kdsl", {object("Pod", "z", "", "3\n")}}};
  EXPECT_EQ(joined(inputs, true), "1\n---\n2\n---\n3\n");
  EXPECT_EQ(joined(inputs, false), "1\n2\n3\n");
  EXPECT_EQ(joined({}, true), "");
}

TEST(ManifestFiles, AFileForEachInput) {
  std::string problem;
  const auto files =
      fileForEachInput({{"x/a.kdsl", {object("Pod", "x", "", "1\n"), object("Pod", "y", "", "2\n")}}, {"-", {}}}, "out/", true, problem);
  EXPECT_EQ(listed(files), "out/a.yaml=1\n---\n2\n;out/stdin.yaml=;");
  EXPECT_EQ(problem, "");
}

TEST(ManifestFiles, InputsOfOneNameAreRefused) {
  std::string problem;
  EXPECT_TRUE(fileForEachInput({{"x/a.kdsl", {}}, {"y/a.kdsl", {}}}, "out", true, problem).empty());
  EXPECT_EQ(problem, "`x/a.kdsl` and `y/a.kdsl` would be written to the same place, `a`");
  problem.clear();
  EXPECT_TRUE(fileForEachObject({{"x/a.kdsl", {}}, {"y/a.kdsl", {}}}, "out", true, problem).empty());
  EXPECT_NE(problem, "");
}

TEST(ManifestFiles, AFileForEachObject) {
  std::string problem;
  const std::vector<query::Rendered> objects = {object("Service", "web", "", "1"), object("ConfigMap", "web", "a", "2"),
                                                object("ConfigMap", "web", "b", "3")};
  EXPECT_EQ(listed(fileForEachObject({{"a.kdsl", objects}}, "out", true, problem)),
            "out/service-web.yaml=1;out/configmap-web-a.yaml=2;out/configmap-web-b.yaml=3;");
  EXPECT_EQ(listed(fileForEachObject({{"a.kdsl", {objects[0]}}, {"b.kdsl", {objects[0]}}}, "out", false, problem)),
            "out/a/service-web.json=1;out/b/service-web.json=1;");
  EXPECT_EQ(problem, "");
}

TEST(ManifestFiles, NamesThatAreNoFileNames) {
  std::string problem;
  // Two API groups may have a kind of one name; and some file systems take upper and lower case for the same.
  const std::vector<query::Rendered> objects = {object("ClusterRole", "system:node", "", "1"),
                                                object("Clusterrole", "system_node", "", "2"), object("Pod", "../../x", "", "3")};
  EXPECT_EQ(listed(fileForEachObject({{"a.kdsl", objects}}, "out", true, problem)),
            "out/clusterrole-system_node.yaml=1;out/clusterrole-system_node-2.yaml=2;out/pod-.._.._x.yaml=3;");
}

}  // namespace
}  // namespace kdsl::driver
