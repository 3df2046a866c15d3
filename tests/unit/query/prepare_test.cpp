// What the first completion of a session does not have to do any more once the assistant is prepared.
#include <gtest/gtest.h>

#include "query/ide/assistant.hpp"

namespace kdsl::query {
namespace {

class PrepareTest : public testing::Test {
 protected:
  PrepareTest() {
    session.staticErrors(file);
    session.staticErrors(other);
  }
  int steps(FileId of) {
    int count = 0;
    while (assistant.prepare(of)) ++count;
    return count;
  }
  static constexpr std::string_view text = "resource web = Deployment { }\n";

  Session session{Options{"/nowhere", 0}};
  Assistant assistant{session};
  FileId file = session.openText("/nowhere/main.kdsl", std::string(text));
  FileId other = session.openText("/nowhere/other.kdsl", "let n = 1\n");
};

TEST_F(PrepareTest, ACompletionReadsNothingButItsOwnText) {
  EXPECT_GT(steps(file), 30);
  const auto before = session.counters();
  const auto offset = static_cast<std::uint32_t>(text.find("Deployment"));
  const auto list = assistant.complete(file, offset, /*snippets=*/true);
  EXPECT_GT(list.items.size(), 40u);  // components of the library among them
  EXPECT_EQ(session.counters().filesParsed - before.filesParsed, 1u);
  EXPECT_EQ(session.counters().filesChecked - before.filesChecked, 1u);
}

TEST_F(PrepareTest, ItIsDoneOnce) {
  steps(file);
  EXPECT_EQ(steps(file), 0);
  EXPECT_EQ(steps(other), 0);
  session.setText(file, "let a = 2\n");
  assistant.changed();
  EXPECT_EQ(steps(file), 0);
}

TEST_F(PrepareTest, ItemsOfACompletionStayGood) {
  const auto list = assistant.complete(file, static_cast<std::uint32_t>(text.find("Deployment")), /*snippets=*/true);
  const auto item = std::ranges::find_if(list.items, [](const Completion& one) { return one.label == "WebService"; });
  ASSERT_NE(item, list.items.end());
  const auto documentation = assistant.documentation(item->target, item->type);
  EXPECT_NE(documentation, "");
  steps(other);
  EXPECT_EQ(assistant.documentation(item->target, item->type), documentation);
}

}  // namespace
}  // namespace kdsl::query
