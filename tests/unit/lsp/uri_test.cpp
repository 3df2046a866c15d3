#include "lsp/protocol/uri.hpp"

#include <gtest/gtest.h>

namespace kdsl::lsp {
namespace {

TEST(Uri, PathsComeBack) {
  for (const std::string path :
       {"/a/b.kdsl", "/with space/ü/#1?.kdsl", "/100%/x", "/", "<untitled:Untitled-1>", "std/app.kdsl", "<vscode-vfs://github/a>"}) {
    EXPECT_EQ(pathOfUri(uriOfPath(path)), path);
  }
}

TEST(Uri, WritesAndReadsEscapes) {
  EXPECT_EQ(uriOfPath("/a b/ü"), "file:///a%20b/%C3%BC");
  EXPECT_EQ(uriOfPath("std/app.kdsl"), "kdsl:/std/app.kdsl");
  EXPECT_EQ(pathOfUri("file:///a%20b/%c3%bc"), "/a b/ü");
  EXPECT_EQ(pathOfUri("file://localhost/a"), "/a");
  EXPECT_EQ(pathOfUri("file:/a/b"), "/a/b");
  EXPECT_EQ(pathOfUri("file:///a/../b/./c.kdsl"), "/b/c.kdsl");
  EXPECT_EQ(pathOfUri("file:///c%3A/x#frag"), "/c:/x");
}

TEST(Uri, TakesMalformedOnesAsTheyAre) {
  EXPECT_EQ(pathOfUri("file:///a%"), "/a%");
  EXPECT_EQ(pathOfUri("file:///a%zz"), "/a%zz");
  EXPECT_EQ(pathOfUri("file://"), "/");
  EXPECT_EQ(pathOfUri(""), "<>");
}

}  // namespace
}  // namespace kdsl::lsp
