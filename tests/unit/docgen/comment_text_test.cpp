// Comments as HTML.
#include "docgen/comment_text.hpp"

#include <gtest/gtest.h>

namespace kdsl::docgen {
namespace {

std::string html(std::string_view comment) {
  return commentHtml(comment, [](std::string_view word) { return word == "Known" ? std::string("a.html#Known") : std::string(); });
}

TEST(CommentText, Paragraphs) {
  EXPECT_EQ(html(""), "");
  EXPECT_EQ(html("one\ntwo\n\nthree"), "<p>one two</p>\n<p>three</p>\n");
  EXPECT_EQ(html("# Title\ntext"), "<h4>Title</h4>\n<p>text</p>\n");
  EXPECT_EQ(html("#5 is a number"), "<p>#5 is a number</p>\n");
}

TEST(CommentText, Lists) {
  EXPECT_EQ(html("before\n- a\n  goes on\n- b\n\nafter"), "<p>before</p>\n<ul>\n<li>a goes on</li>\n<li>b</li>\n</ul>\n<p>after</p>\n");
  EXPECT_EQ(html("1. a\n2. b\n- c"), "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>\n");
}

TEST(CommentText, Fences) {
  EXPECT_EQ(html("```kdsl\nlet x = 1 < 2\n\n- no list\n```\nend"), "<pre><code>let x = 1 &lt; 2\n\n- no list\n</code></pre>\n<p>end</p>\n");
  EXPECT_EQ(html("```\nnever closed"), "<pre><code>never closed\n</code></pre>\n");
}

TEST(CommentText, Marks) {
  EXPECT_EQ(html("a **b** *c* `d`"), "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>\n");
  EXPECT_EQ(html("`Known` and `Other`"), "<p><a href=\"a.html#Known\"><code>Known</code></a> and <code>Other</code></p>\n");
  EXPECT_EQ(html("`` a`b ``"), "<p><code>a`b</code></p>\n");
  EXPECT_EQ(html("2 * 3 * 4, ** not **, `open"), "<p>2 * 3 * 4, ** not **, `open</p>\n");
  EXPECT_EQ(html("[a](b.html#c) [d](https://e.f/?g=1&h=2)"), "<p><a href=\"b.html#c\">a</a> <a href=\"https://e.f/?g=1&amp;h=2\">d</a></p>\n");
}

TEST(CommentText, NothingElseGetsThrough) {
  EXPECT_EQ(html("<script>alert(1)</script> & \"x\""), "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</p>\n");
  EXPECT_EQ(html("[x](javascript:alert(1))"), "<p>[x](javascript:alert(1))</p>\n");
  EXPECT_EQ(html("[x](data:text/html,y)"), "<p>[x](data:text/html,y)</p>\n");
  EXPECT_EQ(html("[\"><i>](a\"b)"), "<p><a href=\"a&quot;b\">&quot;&gt;&lt;i&gt;</a></p>\n");
  EXPECT_EQ(html("a\x01\x1b[31mb"), "<p>a[31mb</p>\n");
}

TEST(CommentText, IsLinear) {
  const std::string stars(200'000, '*'), ticks(200'000, '`'), brackets(200'000, '[');
  EXPECT_EQ(html(stars), "<p>" + stars + "</p>\n");
  EXPECT_FALSE(html(ticks).empty());
  EXPECT_EQ(html(brackets), "<p>" + brackets + "</p>\n");
}

}  // namespace
}  // namespace kdsl::docgen
