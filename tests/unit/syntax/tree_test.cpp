#include "syntax/tree.hpp"

#include <gtest/gtest.h>

#include "syntax/dump.hpp"
#include "syntax/views.hpp"
#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

std::string kindAt(const Tree& tree, std::string_view text, std::string_view mark) {
  return std::string(kindName(tree.kind(tree.nodeAt(static_cast<std::uint32_t>(text.find(mark))))));
}

TEST(Tree, ParentsAndChildrenAgree) {
  const std::string text = "component A { x: [1, { b: \"c${d}\" }], each T { e: f(g) } }";
  const auto tree = parseText(text).tree;
  EXPECT_FALSE(base::valid(tree.parent(tree.root())));
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    for (const auto child : tree.children(NodeId{i})) EXPECT_EQ(tree.parent(child), NodeId{i});
  }
}

TEST(Tree, NodeAtFindsTheInnermost) {
  const std::string text = "web.replicas: foo(bar, \"x${baz}\")  // end\n";
  const auto tree = parseText(text).tree;
  EXPECT_EQ(kindAt(tree, text, "web"), "PathWord");
  EXPECT_EQ(kindAt(tree, text, "replicas"), "PathWord");
  EXPECT_EQ(kindAt(tree, text, "bar"), "NameExpr");
  EXPECT_EQ(kindAt(tree, text, "baz"), "NameExpr");
  EXPECT_EQ(kindAt(tree, text, "x$"), "StringExpr");
  EXPECT_EQ(kindAt(tree, text, "(bar"), "ArgList");  // what begins here, not `foo` that ends here
  EXPECT_EQ(kindAt(tree, text, "end"), "File");
  EXPECT_EQ(tree.kind(tree.nodeAt(10000)), NodeKind::File);
}

TEST(Tree, SpansLeaveOutWhatIsAround) {
  const std::string text = "\n// before\na:   1 + 2   // behind\n\nb: 3";
  const auto tree = parseText(text).tree;
  const auto first = *tree.children(tree.root()).begin();
  EXPECT_EQ(tree.text(first), "a:   1 + 2");
  EXPECT_EQ(tree.text(tree.root()), "a:   1 + 2   // behind\n\nb: 3");
}

TEST(Tree, AMissingNodeStandsBehindWhatIsBefore) {
  const std::string text = "a:   // nothing\nb: 1";
  const auto result = parseText(text);
  const auto entry = childOf<SetEntry>(View{&result.tree, result.tree.root()});
  ASSERT_TRUE(entry.value().isError());
  EXPECT_EQ(entry.value().span(), (source::Span{2, 2}));
  EXPECT_TRUE(entry.broken());
  EXPECT_TRUE(result.tree.broken(result.tree.root()));
}

TEST(Tree, TokenAt) {
  const std::string text = "ab: 12 ";
  const auto tree = parseText(text).tree;
  const auto textAt = [&](std::uint32_t offset) {
    const auto token = tree.tokenAt(offset);
    return base::valid(token) ? std::string(tree.tokenText(token)) : std::string("none");
  };
  EXPECT_EQ(textAt(0), "ab");
  EXPECT_EQ(textAt(1), "ab");
  EXPECT_EQ(textAt(2), ":");
  EXPECT_EQ(textAt(3), ":");
  EXPECT_EQ(textAt(5), "12");
  EXPECT_EQ(textAt(6), "12");
  EXPECT_EQ(textAt(7), "none");
}

TEST(Tree, DocComments) {
  const std::string text =
      "/// One\n///\n///  two\nparam a: int\n"
      "// plain\nparam b: int\n"
      "/// lost\n\nparam c: int\n"
      "param d: int /// behind\nparam e: int\n"
      "component F {\n  /// inside\n  param g: int\n}\n"
      "/// old\n// not old\n/// new\nschema H { /// first\n  a: int\n  /// field\n  b: int }\n";
  const auto result = parseText(text);
  ASSERT_TRUE(result.diagnostics.empty());
  const auto& tree = result.tree;
  std::vector<std::string> docs;
  for (const auto item : tree.children(tree.root())) docs.push_back(tree.docComment(item));
  EXPECT_EQ(docs, (std::vector<std::string>{"One\n\n two", "", "", "", "", "", "new"}));
  const auto file = as<File>(tree, tree.root());
  const auto component = as<ComponentDecl>(tree, childOf<ComponentDecl>(file).id);
  EXPECT_EQ(tree.docComment((*component.body().items().begin()).id), "inside");
  const auto schema = childOf<SchemaDecl>(file);
  std::vector<std::string> fields;
  for (const auto field : ViewsOf<Field>(schema.body())) fields.push_back(tree.docComment(field.id));
  EXPECT_EQ(fields, (std::vector<std::string>{"", "field"}));
}

TEST(Tree, DumpsAreStable) {
  const auto tree = parseText("a: f(1,\n  é)\nb:\n").tree;
  EXPECT_EQ(dumpTree(parseText("x: [y]\nz:\n").tree),
            "File 1:1-2:3\n"
            "  SetEntry 1:1-1:7\n"
            "    Path 1:1-1:2\n"
            "      PathWord 1:1-1:2 \"x\"\n"
            "    ListExpr 1:4-1:7\n"
            "      NameExpr 1:5-1:6 \"y\"\n"
            "  SetEntry 2:1-2:3\n"
            "    Path 2:1-2:2\n"
            "      PathWord 2:1-2:2 \"z\"\n"
            "    Missing expression 2:3-2:3\n");
  EXPECT_EQ(dumpTokens(parseText("a: \"b\"\nc").tree),
            "1:1-1:2 Name \"a\"\n"
            "1:2-1:3 Colon \":\"\n"
            "1:4-1:5 StringBegin \"\\\"\"\n"
            "1:5-1:6 StringChunk \"b\"\n"
            "1:6-1:7 StringEnd \"\\\"\"\n"
            "1:7-1:7 NewLine\n"
            "2:1-2:2 Name \"c\"\n"
            "2:2-2:2 EndOfFile\n");
}

TEST(Tree, AnEmptyOneIsAFile) {
  const Tree tree;
  EXPECT_EQ(tree.kind(tree.root()), NodeKind::File);
  EXPECT_TRUE(tree.children(tree.root()).empty());
  EXPECT_EQ(tree.nodeAt(0), tree.root());
}

}  // namespace
}  // namespace kdsl::syntax::test
