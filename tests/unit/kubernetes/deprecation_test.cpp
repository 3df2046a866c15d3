// Deprecation notices in the API's documentation.
#include "kubernetes/packgen/deprecation.hpp"

#include <gtest/gtest.h>

namespace kdsl::kubernetes::packgen {

TEST(Deprecation, MarkedNotice) {
  const auto notice = findDeprecation("old is an alias. Deprecated: Use newName instead.");
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->message, "Use newName instead.");
  EXPECT_EQ(notice->replacement, "newName");
}

TEST(Deprecation, LinksAndFurtherParagraphsAreLeftOut) {
  const auto notice = findDeprecation("a disk. DEPRECATED: it is gone. More info: https://example.com/x");
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->message, "It is gone.");
  EXPECT_EQ(findDeprecation("Deprecated. It is gone.\n\nA disk is a thing.")->message, "It is gone.");
}

TEST(Deprecation, NoticeInASentence) {
  const auto notice = findDeprecation("How to do it. This field is deprecated in favor of the other. See there.");
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->message, "This field is deprecated in favor of the other");
  EXPECT_EQ(findDeprecation("A phase. More info: https://example.com/#phase It is never set, and now is deprecated.")->message,
            "It is never set, and now is deprecated.");
}

TEST(Deprecation, NotAboutTheField) {
  EXPECT_FALSE(findDeprecation("Options are Keep and Recycle (deprecated)."));
  EXPECT_FALSE(findDeprecation("deprecated says whether this version is deprecated. Defaults to false."));
  EXPECT_FALSE(findDeprecation("The annotation is deprecated since v1.32."));
  EXPECT_FALSE(findDeprecation(""));
}

}  // namespace kdsl::kubernetes::packgen
