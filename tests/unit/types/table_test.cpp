// Interning, unions, printing, and which type fits which.
#include "types/table.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <thread>

#include "types/relation.hpp"

namespace kdsl::types {
namespace {

using base::intern;

TEST(TypeTable, EqualTypesHaveEqualIds) {
  TypeTable table;
  EXPECT_EQ(table.list(intType), table.list(intType));
  EXPECT_NE(table.list(intType), table.list(stringType));
  EXPECT_EQ(table.map(stringType, table.optional(intType)), table.map(stringType, table.optional(intType)));
  EXPECT_EQ(table.stringLiteral(intern("a")), table.stringLiteral(intern("a")));
  Bounds bounds;
  bounds.low = 1;
  EXPECT_NE(table.list(intType, bounds), table.list(intType));
}

TEST(TypeTable, OptionalsDoNotNest) {
  TypeTable table;
  const auto optional = table.optional(intType);
  EXPECT_EQ(table.optional(optional), optional);
  EXPECT_EQ(table.optional(absentType), absentType);
  EXPECT_EQ(table.optional(errorType), errorType);
  EXPECT_EQ(table.required(optional), intType);
  EXPECT_EQ(table.required(absentType), neverType);
  EXPECT_EQ(table.underlying(optional), intType);
}

TEST(TypeTable, UnionsAreFlatAndWithoutRepeats) {
  TypeTable table;
  const auto a = table.stringLiteral(intern("a")), b = table.stringLiteral(intern("b"));
  EXPECT_EQ(table.unite({intType}), intType);
  EXPECT_EQ(table.unite({intType, intType}), intType);
  EXPECT_EQ(table.unite({a, stringType}), stringType);
  EXPECT_EQ(table.unite({table.unite({a, b}), a}), table.unite({a, b}));
  EXPECT_EQ(table.unite({a, absentType}), table.optional(a));
  EXPECT_EQ(table.unite({table.optional(a), b}), table.optional(table.unite({a, b})));
  EXPECT_EQ(table.unite({neverType, a}), a);
  EXPECT_EQ(table.unite({anyType, a}), anyType);
  EXPECT_EQ(table.unite({errorType, a}), errorType);
  EXPECT_EQ(table.unite({}), neverType);
}

TEST(TypeTable, PrintsTypesAsWritten) {
  TypeTable table;
  const auto a = table.stringLiteral(intern("a")), b = table.stringLiteral(intern("b"));
  EXPECT_EQ(table.print(table.optional(table.unite({a, b}))), "(\"a\" | \"b\")?");
  EXPECT_EQ(table.print(table.keyed(stringType, {intern("x"), intern("y")})), "[string] by (x, y)");
  EXPECT_EQ(table.print(table.set(table.map(stringType, intType))), "[{[string]: int}] set");
  EXPECT_EQ(table.print(table.named(table.list(intType), intern("Sizes"), {})), "Sizes");
  TypeNode number;
  number.kind = TypeKind::Int;
  number.bounds.low = 1;
  number.bounds.high = 5;
  EXPECT_EQ(table.print(table.intern(number)), "int(1..5)");
  // However deep a type is, its text stays short.
  auto deep = intType;
  for (int i = 0; i < 100; ++i) deep = table.list(deep);
  EXPECT_LT(table.print(deep).size(), 40u);
}

TEST(TypeTable, NominalIdsAreStable) {
  TypeTable table;
  const source::FileId file{3};
  const auto id = table.nominalId(file, intern("Web"));
  EXPECT_EQ(table.nominalId(file, intern("Web")), id);
  EXPECT_NE(table.nominalId(file, intern("Db")), id);
  EXPECT_NE(table.nominalId(source::FileId{4}, intern("Web")), id);
  table.setNominalName(id, intern("Web"));
  EXPECT_EQ(table.print(table.nominal(id)), "Web");
  EXPECT_EQ(table.print(table.ref(table.nominal(id))), "ref Web");
  EXPECT_EQ(table.nominalOrigin(id).file, file);
}

TEST(TypeTable, ThreadsAgreeOnIds) {
  TypeTable table;
  std::vector<std::vector<TypeId>> found(4);
  std::vector<std::thread> threads;
  for (auto& ids : found) {
    threads.emplace_back([&table, &ids] {
      for (std::int64_t i = 0; i < 2000; ++i) ids.push_back(table.list(table.intLiteral(i)));
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& ids : found) EXPECT_EQ(ids, found[0]);
  EXPECT_EQ(table.print(found[0][1999]), "[1999]");
}

/// Nominal types by hand: Base { a: int }, Derived extends Base { b: string }, Other { a: int }.
class Declared final : public NominalSource {
 public:
  explicit Declared(TypeTable& table) {
    base = add(table, "Base", base::none<NominalId>, {{"a", intType}});
    derived = add(table, "Derived", base, {{"a", intType}, {"b", stringType}});
    other = add(table, "Other", base::none<NominalId>, {{"a", intType}});
    different = add(table, "Different", base::none<NominalId>, {{"a", stringType}});
  }
  const Nominal& declared(NominalId id) override { return nominals_[base::index(id)]; }
  TypeId memberType(const Nominal&, const Member& member) override { return member.type; }

  NominalId base, derived, other, different;

 private:
  NominalId add(TypeTable& table, std::string_view name, NominalId ancestor, std::vector<std::pair<std::string_view, TypeId>> fields) {
    auto& nominal = nominals_.emplace_back();
    nominal.id = table.nominalId(source::FileId{0}, intern(name));
    nominal.base = ancestor;
    for (const auto& [field, type] : fields) {
      Member member;
      member.name = intern(field);
      member.type = type;
      member.required = true;
      nominal.members.push_back(member);
    }
    nominal.buildIndex();
    return nominal.id;
  }
  std::deque<Nominal> nominals_;
};

class RelationTest : public ::testing::Test {
 protected:
  TypeTable table;
  Declared declared{table};
  Relation relation{table, declared};
  bool fits(TypeId from, TypeId to) { return relation.fits(from, to); }
  TypeId literal(std::string_view text) { return table.stringLiteral(intern(text)); }
  TypeId record(std::vector<RecordField> fields) {
    TypeNode node;
    node.kind = TypeKind::Record;
    node.fields = std::move(fields);
    return table.intern(std::move(node));
  }
};

TEST_F(RelationTest, KindsOfScalars) {
  EXPECT_TRUE(fits(intType, floatType));
  EXPECT_FALSE(fits(floatType, intType));
  EXPECT_TRUE(fits(intType, quantityType));
  EXPECT_FALSE(fits(intType, durationType));
  EXPECT_TRUE(fits(durationType, secondsType));
  EXPECT_TRUE(fits(intType, secondsType));
  EXPECT_FALSE(fits(stringType, intType));
  EXPECT_FALSE(fits(intType, stringType));
  EXPECT_FALSE(fits(nullType, stringType));
  EXPECT_TRUE(fits(errorType, stringType));
  EXPECT_TRUE(fits(anyType, stringType));
}

TEST_F(RelationTest, LiteralsAndTheirKinds) {
  const auto choice = table.unite({literal("a"), literal("b")});
  EXPECT_TRUE(fits(literal("a"), choice));
  EXPECT_FALSE(fits(literal("c"), choice));
  EXPECT_TRUE(fits(stringType, choice));  // the range is checked on the value
  EXPECT_TRUE(fits(choice, stringType));
  EXPECT_TRUE(fits(choice, literal("a")));
  EXPECT_FALSE(fits(table.unite({literal("a"), intType}), stringType));
}

TEST_F(RelationTest, Absence) {
  EXPECT_TRUE(fits(absentType, table.optional(intType)));
  EXPECT_TRUE(fits(intType, table.optional(intType)));
  EXPECT_FALSE(fits(table.optional(intType), intType));
  EXPECT_FALSE(fits(absentType, intType));
}

TEST_F(RelationTest, Containers) {
  EXPECT_TRUE(fits(table.list(intType), table.list(floatType)));
  EXPECT_TRUE(fits(table.list(neverType), table.list(stringType)));
  EXPECT_TRUE(fits(table.list(intType), table.set(intType)));
  EXPECT_TRUE(fits(table.map(stringType, table.nominal(declared.base)), table.keyed(table.nominal(declared.base), {intern("a")})));
  EXPECT_FALSE(fits(table.map(stringType, intType), table.list(intType)));
  EXPECT_TRUE(fits(record({{intern("x"), intType}}), table.map(stringType, intType)));
  EXPECT_FALSE(fits(record({{intern("x"), intType}}), table.map(stringType, stringType)));
}

TEST_F(RelationTest, NominalTypesFitByName) {
  const auto ancestor = table.nominal(declared.base), derived = table.nominal(declared.derived), other = table.nominal(declared.other);
  EXPECT_TRUE(fits(derived, ancestor));
  EXPECT_FALSE(fits(ancestor, derived));
  EXPECT_FALSE(fits(other, ancestor));
  EXPECT_TRUE(fits(record({{intern("a"), intType}}), ancestor));
  EXPECT_FALSE(fits(record({{intern("z"), intType}}), ancestor));
  EXPECT_FALSE(fits(derived, table.map(stringType, intType)));
}

TEST_F(RelationTest, RefsFitByTheirMembers) {
  const auto ref = table.ref(table.nominal(declared.base));
  EXPECT_TRUE(fits(table.nominal(declared.derived), ref));
  EXPECT_TRUE(fits(table.nominal(declared.other), ref));
  EXPECT_FALSE(fits(table.nominal(declared.different), ref));
  EXPECT_TRUE(fits(ref, table.nominal(declared.base)));
  EXPECT_FALSE(fits(record({{intern("a"), intType}}), ref));
}

TEST_F(RelationTest, Overlaps) {
  EXPECT_TRUE(relation.overlaps(table.optional(intType), absentType));
  EXPECT_TRUE(relation.overlaps(table.unite({intType, stringType}), intType));
  EXPECT_FALSE(relation.overlaps(intType, stringType));
  EXPECT_FALSE(relation.overlaps(literal("a"), literal("b")));
}

}  // namespace
}  // namespace kdsl::types
