// Applying tables to a small API: what a wrong row reports.
#include "kubernetes/packgen/facts.hpp"

#include <gtest/gtest.h>

#include "kubernetes/packgen/prelude.hpp"

namespace kdsl::kubernetes::packgen {

namespace {

ApiField makeField(std::string name, TypeTag tag, std::string doc = {}) {
  ApiField field;
  field.name = std::move(name);
  field.type = TypeDesc::scalar(tag);
  field.doc = std::move(doc);
  return field;
}

/// Two versions; `late` exists in the second one only.
Model makeModel() {
  Model model;
  model.names = {"io.k8s.api.core.v1.Thing"};
  for (const int minor : {35, 36}) {
    ApiDefinition thing;
    thing.name = model.names[0];
    thing.shortName = "Thing";
    thing.package = "core";
    thing.version = "v1";
    thing.isKind = thing.hasObjectMeta = true;
    thing.fields.push_back(makeField("count", TypeTag::Int32));
    if (minor == 36) thing.fields.push_back(makeField("late", TypeTag::String));
    thing.fields.push_back(makeField("mode", TypeTag::String));
    thing.fields.push_back(makeField("text", TypeTag::String, "This field is immutable."));
    Api api;
    api.minor = minor;
    api.definitions.emplace(thing.name, std::move(thing));
    model.apis.push_back(std::move(api));
  }
  return model;
}

const ApiDefinition& thing(const Model& model, int minor) { return model.apis[minor == 35 ? 0 : 1].definitions.begin()->second; }

template <typename Apply>
Errors apply(Model& model, Apply table, std::string_view text) {
  Errors errors;
  table(model, parseTable("t.txt", text, errors), errors);
  return errors;
}

}  // namespace

TEST(Facts, RowsOfNoVersionAreErrors) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyEnums, "core.v1.Thing.nothing: A"), Errors({"t.txt:1: `core.v1.Thing.nothing` is a field of no version"}));
  const Errors errors = apply(model, applySeconds, "core.v1.Nothing: count");
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(errors[0], "t.txt:1: `core.v1.Nothing` is a definition of no version");
  EXPECT_FALSE(apply(model, applyEnums, "re.v1.Thing.mode: A").empty()) << "a key begins at a dot";
  EXPECT_EQ(apply(model, applyEnums, "core.v1.Thing.late: A"), Errors()) << "one version is enough";
}

TEST(Facts, EnumValuesAreSortedAndSince) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyEnums, "core.v1.Thing.mode: B A C@1.36"), Errors());
  EXPECT_EQ(thing(model, 35).field("mode")->enumValues, std::vector<std::string>({"A", "B"}));
  EXPECT_EQ(thing(model, 36).field("mode")->enumValues, std::vector<std::string>({"A", "B", "C"}));
  EXPECT_FALSE(apply(model, applyEnums, "core.v1.Thing.mode: A").empty()) << "a second row";
  EXPECT_FALSE(apply(model, applyEnums, "core.v1.Thing.count: A").empty()) << "not a string";
}

TEST(Facts, UnionsAndSecondsWithoutARowAreErrors) {
  Model model = makeModel();
  ApiDefinition& newest = model.apis[1].definitions.begin()->second;
  newest.isMarkedAsUnion = true;
  EXPECT_EQ(apply(model, applyOneOfs, ""),
            Errors({"1.36: io.k8s.api.core.v1.Thing is marked as a union, and no row says what its members are"}));
  newest.field("count")->name = "countSeconds";
  EXPECT_EQ(apply(model, applySeconds, "core.v1.Thing: count"),
            Errors({"1.36: io.k8s.api.core.v1.Thing.countSeconds is named like a number of seconds, and no row says so"}));
}

TEST(Facts, DefaultsHaveTheTypeOfTheField) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyDefaults, "core.v1.Thing.count: 3"), Errors());
  EXPECT_EQ(thing(model, 36).field("count")->defaultValue->integer, 3);
  EXPECT_FALSE(apply(model, applyDefaults, "core.v1.Thing.count: three").empty());
  EXPECT_EQ(apply(model, applyEnums, "core.v1.Thing.mode: A B"), Errors());
  EXPECT_FALSE(apply(model, applyDefaults, "core.v1.Thing.mode: C").empty()) << "none of the enum";
}

TEST(Facts, RangesNeedAnOrder) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyRanges, "core.v1.Thing.count: 1"), Errors());
  EXPECT_EQ(thing(model, 36).field("count")->range->high, 2147483647);
  EXPECT_FALSE(apply(model, applyRanges, "core.v1.Thing.count: 5 1").empty());
  EXPECT_FALSE(apply(model, applyRanges, "core.v1.Thing.mode: 1").empty());
}

TEST(Facts, ImmutableFromTheDocumentation) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyImmutable, "core.v1.Thing: mode"), Errors());
  EXPECT_TRUE(thing(model, 35).field("mode")->isImmutable);
  EXPECT_TRUE(thing(model, 35).field("text")->isImmutable);
  EXPECT_FALSE(thing(model, 35).field("count")->isImmutable);
}

TEST(Facts, OneOfMembersMustExistAndBelongToOneGroup) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyOneOfs, "core.v1.Thing: at-most-one late text by mode Late=late Text=text"), Errors());
  EXPECT_EQ(thing(model, 35).oneOfs[0].members.size(), 1u);
  EXPECT_EQ(thing(model, 35).oneOfs[0].cases.size(), 1u);
  EXPECT_EQ(thing(model, 36).oneOfs[0].members.size(), 2u);
  EXPECT_FALSE(apply(model, applyOneOfs, "core.v1.Thing: at-most-one text count").empty()) << "a second group";
  EXPECT_FALSE(apply(model, applyOneOfs, "core.v1.Thing: one-of text count").empty());
  EXPECT_FALSE(apply(model, applyOneOfs, "core.v1.Thing: at-most-one nothing").empty());
}

TEST(Facts, KindsOfNoVersionAreErrors) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyKinds, "cluster-scoped: core/Thing\nnot-creatable:\nplural: core/Other=others\n"),
            Errors({"t.txt:3: `core/Other` is a kind of no version"}));
  EXPECT_FALSE(thing(model, 36).isNamespaced);
  EXPECT_EQ(thing(model, 36).plural, "things");
}

TEST(Facts, LifecycleRows) {
  Model model = makeModel();
  EXPECT_EQ(apply(model, applyLifecycle, "g/v1 A B: deprecated 1.2 removed 1.3 use h/v2 C\nv1 D: removed 1.9"), Errors());
  ASSERT_EQ(model.lifecycle.size(), 3u);
  EXPECT_EQ(model.lifecycle[0].kind, "D") << "ordered by group";
  EXPECT_EQ(model.lifecycle[2].kind, "B");
  EXPECT_EQ(model.lifecycle[2].removedIn, 3);
  EXPECT_EQ(model.lifecycle[2].replacementKind, "C");
  for (const char* bad : {"g/v1 A: soon", "g/v1: removed 1.3", "g/v1 A: removed 2.3", "g/v1 A: removed 1.3"}) {
    EXPECT_FALSE(apply(model, applyLifecycle, bad).empty()) << bad;
  }
}

TEST(Versions, StableComesFirst) {
  const std::vector<std::string_view> best = {"v2", "v1", "v2beta2", "v2beta1", "v1beta3", "v1alpha2", "v1alpha1", ""};
  for (size_t i = 1; i < best.size(); ++i) EXPECT_GT(versionRank(best[i - 1]), versionRank(best[i])) << best[i];
}

}  // namespace kdsl::kubernetes::packgen
