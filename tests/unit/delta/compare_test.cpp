#include "delta/compare.hpp"

#include <gtest/gtest.h>

#include "codec/read.hpp"

namespace kdsl::delta {
namespace {

std::vector<Object> read(std::string_view yaml) {
  std::vector<Object> objects;
  for (const auto& document : codec::readYaml(yaml).documents) {
    for (auto& object : objectsOf(document).objects) objects.push_back(std::move(object));
  }
  return objects;
}

/// Differences as text, one a line: `~ path before after`, `!` behind refused ones.
std::string differences(std::string_view before, std::string_view after, const NamespacePair& same = {}) {
  const auto left = read(before), right = read(after);
  std::string out;
  for (const auto& change : compare(left, right, kubernetes::SchemaPack::newest(), same)) {
    if (change.change == Change::Added) out += "+ " + right[change.after].kind + "/" + right[change.after].name + "\n";
    if (change.change == Change::Removed) out += "- " + left[change.before].kind + "/" + left[change.before].name + "\n";
    for (const auto& field : change.fields) {
      out += field.change == Change::Added ? '+' : field.change == Change::Removed ? '-' : field.change == Change::Reordered ? '%' : '~';
      out += " " + field.path;
      for (const auto& value : {field.before, field.after}) out += value.empty() ? "" : " " + value;
      out += field.isHidden ? " hidden" : "";
      out += field.isRefused ? " refused\n" : "\n";
    }
  }
  return out;
}

std::string deployment(std::string_view containers) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers: " + std::string(containers) + "\n";
}

TEST(Compare, EqualObjectsHaveNoDifference) {
  const auto text = deployment("[{name: a, image: x}]");
  EXPECT_EQ(differences(text, text), "");
}

TEST(Compare, OrderOfFieldsAndObjectsDoesNotMatter) {
  EXPECT_EQ(differences("kind: A\nmetadata: {name: x}\na: 1\nb: 2\n---\nkind: A\nmetadata: {name: y}\n", "kind: A\nmetadata: {name: y}\n---\nkind: A\nb: 2\na: 1\nmetadata: {name: x}\n"), "");
}

TEST(Compare, AddedAndRemovedObjects) {
  EXPECT_EQ(differences("kind: A\nmetadata: {name: x}\n", "kind: A\nmetadata: {name: y}\n"), "- A/x\n+ A/y\n");
}

TEST(Compare, NamespaceAndGroupAreOfTheIdentity) {
  EXPECT_EQ(differences("kind: A\nmetadata: {name: x, namespace: n}\n", "kind: A\nmetadata: {name: x}\n"), "- A/x\n+ A/x\n");
  EXPECT_EQ(differences("apiVersion: g/v1\nkind: A\nmetadata: {name: x}\n", "apiVersion: g/v2\nkind: A\nmetadata: {name: x}\n"), "~ apiVersion \"g/v1\" \"g/v2\"\n");
}

TEST(Compare, KeyedListsGoByTheirKeys) {
  EXPECT_EQ(differences(deployment("[{name: a, image: x}, {name: b, image: y}]"), deployment("[{name: a, image: x}, {name: b, image: z}, {name: c}]")),
            "~ spec.template.spec.containers[\"b\"].image \"y\" \"z\"\n+ spec.template.spec.containers[\"c\"] {\"name\":\"c\"}\n");
}

TEST(Compare, OrderOfAKeyedListIsADifferenceOfItsOwn) {
  EXPECT_EQ(differences(deployment("[{name: a}, {name: b}]"), deployment("[{name: b}, {name: a}]")), "% spec.template.spec.containers [\"a\"] [\"b\"] [\"b\"] [\"a\"]\n");
  EXPECT_EQ(differences(deployment("[{name: a}, {name: b}]"), deployment("[{name: b}]")), "- spec.template.spec.containers[\"a\"] {\"name\":\"a\"}\n");
}

TEST(Compare, KeysOfSeveralFieldsTakeTheServersDefaults) {
  EXPECT_EQ(differences(deployment("[{name: a, ports: [{containerPort: 53}]}]"), deployment("[{name: a, ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53, protocol: TCP, name: dns}]}]")),
            "+ spec.template.spec.containers[\"a\"].ports[53, \"TCP\"].protocol \"TCP\"\n+ spec.template.spec.containers[\"a\"].ports[53, \"TCP\"].name \"dns\"\n"
            "+ spec.template.spec.containers[\"a\"].ports[53, \"UDP\"] {\"containerPort\":53,\"protocol\":\"UDP\"}\n");
}

TEST(Compare, ElementsWithOneKeyAreComparedByPosition) {
  EXPECT_EQ(differences(deployment("[{name: a, image: x}, {name: a, image: y}]"), deployment("[{name: a, image: x}, {name: a, image: z}]")), "~ spec.template.spec.containers[1].image \"y\" \"z\"\n");
}

TEST(Compare, QuantitiesByValue) {
  const auto cpu = [](std::string_view value) { return deployment("[{name: a, resources: {limits: {cpu: " + std::string(value) + "}}}]"); };
  EXPECT_EQ(differences(cpu("1"), cpu("1000m")), "");
  EXPECT_EQ(differences(cpu("\"1\""), cpu("1")), "");
  EXPECT_EQ(differences(cpu("1"), cpu("1001m")), "~ spec.template.spec.containers[\"a\"].resources.limits.cpu 1 \"1001m\"\n");
}

TEST(Compare, TextIsNoQuantityElsewhere) {
  EXPECT_EQ(differences("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: \"1\"}\n", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: 1000m}\n"), "~ data.x \"1\" \"1000m\"\n");
}

TEST(Compare, SetsWithoutOrder) {
  const auto with = [](std::string_view items) { return "apiVersion: v1\nkind: Pod\nmetadata: {name: a, finalizers: " + std::string(items) + "}\n"; };
  EXPECT_EQ(differences(with("[a.b/x, a.b/y]"), with("[a.b/y, a.b/x]")), "");
  EXPECT_EQ(differences(with("[a.b/x]"), with("[a.b/y]")), "- metadata.finalizers[\"a.b/x\"] \"a.b/x\"\n+ metadata.finalizers[\"a.b/y\"] \"a.b/y\"\n");
}

TEST(Compare, AtomicListsByPosition) {
  const auto args = [](std::string_view items) { return deployment("[{name: a, args: " + std::string(items) + "}]"); };
  EXPECT_EQ(differences(args("[a, b, c]"), args("[a, c]")), "- spec.template.spec.containers[\"a\"].args[1] \"b\"\n");
}

TEST(Compare, NullCountsAsNotSet) {
  EXPECT_EQ(differences("kind: A\nmetadata: {name: x, creationTimestamp: null}\n", "kind: A\nmetadata: {name: x}\n"), "");
}

TEST(Compare, WhatTheClusterWritesDoesNotCount) {
  EXPECT_EQ(differences("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, uid: a, resourceVersion: \"1\"}\nstatus: {replicas: 1}\n", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n"), "");
}

TEST(Compare, SecretDataIsHidden) {
  EXPECT_EQ(differences("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: YQ==}\n", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: Yg==}\nstringData: {b: secret}\n"),
            "~ data.a hidden\n+ stringData hidden\n");
}

TEST(Compare, ImmutableFieldsAreRefused) {
  const auto with = [](std::string_view labels, int replicas) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: " + std::to_string(replicas) + ", selector: {matchLabels: {app: " + std::string(labels) + "}}}\n";
  };
  EXPECT_EQ(differences(with("a", 1), with("b", 2)), "~ spec.replicas 1 2\n~ spec.selector.matchLabels.app \"a\" \"b\" refused\n");
}

TEST(Compare, AnImmutableConfigMap) {
  const auto with = [](std::string_view mark, std::string_view value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: " + std::string(value) + "}\n" + std::string(mark);
  };
  EXPECT_EQ(differences(with("immutable: true\n", "x"), with("immutable: true\n", "y")), "~ data.a \"x\" \"y\" refused\n");
  EXPECT_EQ(differences(with("", "x"), with("", "y")), "~ data.a \"x\" \"y\"\n");
}

TEST(Compare, NamespacesThatStandForEachOther) {
  const auto map = [](std::string_view space, std::string_view value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: " + std::string(space) + "}\ndata: {a: " + std::string(value) + "}\n";
  };
  EXPECT_EQ(differences(map("dev", "x"), map("prod", "y")), "- ConfigMap/m\n+ ConfigMap/m\n");
  EXPECT_EQ(differences(map("dev", "x"), map("prod", "y"), {"dev", "prod"}), "~ data.a \"x\" \"y\"\n");
  EXPECT_EQ(differences(map("dev", "x"), map("prod", "x"), {"dev", "prod"}), "");
  EXPECT_EQ(differences(map("other", "x"), map("prod", "x"), {"dev", "prod"}), "- ConfigMap/m\n+ ConfigMap/m\n");
}

TEST(Compare, UnknownKindsHaveNoSchema) {
  EXPECT_EQ(differences("apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: t}\nspec: {items: [{name: a, v: 1}]}\n", "apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: t}\nspec: {items: [{name: a, v: 2}]}\n"),
            "~ spec.items[0].v 1 2\n");
}

TEST(Compare, KeysThatAreNoNames) {
  EXPECT_EQ(differences("kind: A\nmetadata: {name: x, labels: {a.b/c: x}}\n", "kind: A\nmetadata: {name: x, labels: {a.b/c: y}}\n"), "~ metadata.labels[\"a.b/c\"] \"x\" \"y\"\n");
}

TEST(Objects, ListsAreTakenApart) {
  const auto found = objectsOf(codec::readYaml("kind: List\nitems: [{kind: A, metadata: {name: x}}, {kind: B, metadata: {name: y}}]\n").documents[0]);
  ASSERT_EQ(found.objects.size(), 2u);
  EXPECT_EQ(found.objects[1].name, "y");
}

TEST(Objects, WhatIsNoObjectIsCounted) { EXPECT_EQ(objectsOf(codec::readYaml("a: 1\n").documents[0]).others, 1u); }

}  // namespace
}  // namespace kdsl::delta
