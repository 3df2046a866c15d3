// What a session remembers between questions.
#include "query/session.hpp"

#include <gtest/gtest.h>

namespace kdsl::query {
namespace {

class SessionTest : public testing::Test {
 protected:
  std::uint64_t buildsOf(const std::function<void()>& work) {
    const auto before = session.counters().builds;
    work();
    return session.counters().builds - before;
  }

  Session session{Options{"/nowhere", 0}};
};

TEST_F(SessionTest, ASecondCheckEvaluatesNothing) {
  const auto root = session.openText("<root>", "param n: int = 1\ncheck n > 1\n");
  EXPECT_EQ(session.check(root).size(), 1u);
  EXPECT_EQ(buildsOf([&] { EXPECT_EQ(session.check(root).size(), 1u); }), 0u);
}

TEST_F(SessionTest, ACheckAfterABuildEvaluatesNothing) {
  const auto root = session.openText("<root>", "resource c = ConfigMap { metadata.name: \"c\" }\n");
  EXPECT_TRUE(session.build(root).ok);
  EXPECT_EQ(buildsOf([&] { EXPECT_TRUE(session.check(root).empty()); }), 0u);
}

TEST_F(SessionTest, AnEditIsCheckedAnew) {
  const auto root = session.openText("<root>", "check 1 > 1\n");
  EXPECT_EQ(session.check(root).size(), 1u);
  session.setText(root, "check 2 > 1\n");
  EXPECT_TRUE(session.check(root).empty());
}

TEST_F(SessionTest, AnEditOfAnImportIsCheckedAnew) {
  const auto base = session.openText("/nowhere/base.kdsl", "let n = 1\n");
  const auto root = session.openText("/nowhere/main.kdsl", "import \"./base\" as base\ncheck base.n == 1\n");
  EXPECT_TRUE(session.check(root).empty());
  session.setText(base, "let n = 2\n");
  EXPECT_EQ(session.check(root).size(), 1u);
}

TEST_F(SessionTest, OtherParametersAndLimitsAreCheckedAnew) {
  const auto root = session.openText("<root>", "param n: int = 1\ncheck n == 1\ncheck range(100).len() == 100\n");
  EXPECT_TRUE(session.check(root).empty());
  BuildOptions two;
  two.parameters = {{"n", "2"}};
  EXPECT_EQ(session.check(root, two).size(), 1u);
  BuildOptions few;
  few.limits.steps = 10;
  EXPECT_FALSE(session.check(root, few).empty());
  EXPECT_TRUE(session.check(root).empty());
}

}  // namespace
}  // namespace kdsl::query
