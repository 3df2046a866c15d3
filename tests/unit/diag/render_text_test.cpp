#include "diag/codes/files.hpp"
#include "diag/render.hpp"

#include <gtest/gtest.h>

#include <random>

#include "sample.hpp"
#include "source/utf8.hpp"

namespace kdsl::diag {
namespace {

using test::nowhere;
using test::Sample;

class RenderText : public ::testing::Test, protected Sample {
 protected:
  std::string render(std::vector<Diagnostic> diagnostics) const {
    std::string out;
    renderText(report(std::move(diagnostics)), options, out);
    return out;
  }

  TextOptions options{.summary = false};
};

TEST_F(RenderText, MessagePlaceExcerptLabelAndNote) {
  const auto file = add("prod.kdsl", "\n\n\n\n\n\n\n\n\ncheckout: { replcas: 5, memory: 256Mi }\n");
  auto diagnostic = make("KD4107", "unknown field `replcas` in `WebService`", find(file, "replcas"), "did you mean `replicas`?");
  diagnostic.note("`WebService` is closed; its fields: std/app.kdsl:63");
  EXPECT_EQ(render({diagnostic}),
            "error[KD4107]: unknown field `replcas` in `WebService`\n"
            " --> prod.kdsl:10:13\n"
            "10 | checkout: { replcas: 5, memory: 256Mi }\n"
            "   |             ^^^^^^^ did you mean `replicas`?\n"
            "   = `WebService` is closed; its fields: std/app.kdsl:63\n");
}

TEST_F(RenderText, CodesOfTheTableAndTheirArguments) {
  Diagnostic diagnostic;
  diagnostic.code = code::file_not_found;
  diagnostic.arguments = {"web.kdsl"};
  EXPECT_EQ(render({diagnostic}), "error[KD1001]: there is no file `web.kdsl`\n");
}

TEST_F(RenderText, WithoutPlaceNotesStillAlign) {
  auto diagnostic = make("x", "no place", nowhere);
  diagnostic.note("first\nsecond");
  EXPECT_EQ(render({diagnostic}),
            "error[x]: no place\n"
            "   = first\n"
            "     second\n");
}

TEST_F(RenderText, SeveritiesAndSummary) {
  const auto file = add("a.kdsl", "one two three\n");
  options.summary = true;
  EXPECT_EQ(render({make("a", "m", find(file, "one")), make("b", "m", find(file, "two"), "", Severity::Warning),
                    make("c", "m", find(file, "three"), "", Severity::Info)}),
            "error[a]: m\n"
            " --> a.kdsl:1:1\n"
            " 1 | one two three\n"
            "   | ^^^\n"
            "\n"
            "warning[b]: m\n"
            " --> a.kdsl:1:5\n"
            " 1 | one two three\n"
            "   |     ^^^\n"
            "\n"
            "note[c]: m\n"
            " --> a.kdsl:1:9\n"
            " 1 | one two three\n"
            "   |         ^^^^^\n"
            "\n"
            "1 error, 1 warning, 1 note\n");
}

TEST_F(RenderText, NothingForAnEmptyReport) {
  options.summary = true;
  EXPECT_EQ(render({}), "");
}

TEST_F(RenderText, LimitCountsTheRest) {
  const auto file = add("a.kdsl", "one two three\n");
  options.limit = 1;
  options.summary = true;
  EXPECT_EQ(render({make("a", "m", find(file, "one")), make("b", "m", find(file, "two")), make("c", "m", find(file, "three"))}),
            "error[a]: m\n"
            " --> a.kdsl:1:1\n"
            " 1 | one two three\n"
            "   | ^^^\n"
            "\n"
            "… and 2 more\n"
            "\n"
            "3 errors\n");
}

TEST_F(RenderText, TwoLinesOfOneFileInOrderOfLines) {
  const auto file = add("prod.kdsl", "frontend: { replicas: 4 }\n\n\nfrontend.replicas: 6\n");
  auto diagnostic = make("KD5003", "one body sets `frontend.replicas` twice", find(file, "frontend.replicas: 6"), "and here");
  diagnostic.also(find(file, "replicas: 4"), "first here");
  EXPECT_EQ(render({diagnostic}),
            "error[KD5003]: one body sets `frontend.replicas` twice\n"
            " --> prod.kdsl:4:1\n"
            " 1 | frontend: { replicas: 4 }\n"
            "   |             ^^^^^^^^^^^ first here\n"
            " 4 | frontend.replicas: 6\n"
            "   | ^^^^^^^^^^^^^^^^^^^^ and here\n");
}

TEST_F(RenderText, TwoFilesAndAPlaceWithoutWords) {
  const auto boutique = add("boutique.kdsl", "resource cart = Micro { uses.REDIS_ADDR: redis }\n");
  const auto prod = add("prod.kdsl", std::string(99, '\n') + "redis: absent\n");
  const auto library = add("std/app.kdsl", "param live: Probe?\n", true);
  auto diagnostic = make("KD5106", "`cart` uses `redis`, which is deleted", find(boutique, "redis"), "used here");
  diagnostic.also(find(prod, "redis: absent"), "deleted here");
  diagnostic.also(find(library, "live"), "");
  diagnostic.note("bind it to something else");
  EXPECT_EQ(render({diagnostic}),
            "error[KD5106]: `cart` uses `redis`, which is deleted\n"
            "  --> boutique.kdsl:1:42\n"
            "  1 | resource cart = Micro { uses.REDIS_ADDR: redis }\n"
            "    |                                          ^^^^^ used here\n"
            "  ::: prod.kdsl:100:1\n"
            "100 | redis: absent\n"
            "    | ^^^^^^^^^^^^^ deleted here\n"
            "  ::: std/app.kdsl:1:7\n"
            "    = bind it to something else\n");
}

TEST_F(RenderText, SeveralLabelsOnOneLineBesideEachOther) {
  const auto file = add("app.kdsl", "check redundant: least > 1 || !host? else \"x\"\n");
  auto diagnostic = make("redundant", "a public service needs two replicas, not 1", find(file, "least"), "1");
  diagnostic.also(find(file, "host"), "\"dev\"");
  EXPECT_EQ(render({diagnostic}),
            "error[redundant]: a public service needs two replicas, not 1\n"
            " --> app.kdsl:1:18\n"
            " 1 | check redundant: least > 1 || !host? else \"x\"\n"
            "   |                  ^^^^^ 1       ^^^^ \"dev\"\n");
}

TEST_F(RenderText, LabelsWithoutRoomHangBelow) {
  const auto file = add("a.kdsl", "x: f(a, b, c)\n");
  auto diagnostic = make("e", "m", find(file, "b"), "the second");
  diagnostic.also(find(file, "a"), "the first");
  diagnostic.also(find(file, "c"), "the third");
  EXPECT_EQ(render({diagnostic}),
            "error[e]: m\n"
            " --> a.kdsl:1:9\n"
            " 1 | x: f(a, b, c)\n"
            "   |      ^  ^  ^ the third\n"
            "   |      |  the second\n"
            "   |      the first\n");
}

TEST_F(RenderText, OverlappingMarksGetRowsOfTheirOwn) {
  const auto file = add("a.kdsl", "x: 1 + true\n");
  auto diagnostic = make("e", "m", find(file, "true"), "a bool");
  diagnostic.also(find(file, "1 + true"), "this sum");
  EXPECT_EQ(render({diagnostic}),
            "error[e]: m\n"
            " --> a.kdsl:1:8\n"
            " 1 | x: 1 + true\n"
            "   |        ^^^^ a bool\n"
            "   |    ^^^^^^^^ this sum\n");
}

TEST_F(RenderText, RangeOverTwoLines) {
  const auto file = add("a.kdsl", "a: {\n  b\n");
  EXPECT_EQ(render({make("e", "m", find(file, "{\n  b"), "open")}),
            "error[e]: m\n"
            " --> a.kdsl:1:4\n"
            " 1 | a: {\n"
            "   |    ^\n"
            " 2 |   b\n"
            "   |   ^ open\n");
}

TEST_F(RenderText, RangeOverManyLines) {
  const auto file = add("a.kdsl", "a: {\n  b: 1\n  c: 2\n}\n");
  EXPECT_EQ(render({make("e", "m", find(file, "{\n  b: 1\n  c: 2\n}"), "all of it")}),
            "error[e]: m\n"
            " --> a.kdsl:1:4\n"
            " 1 | a: {\n"
            "   |    ^\n"
            "...\n"
            " 4 | }\n"
            "   | ^ all of it\n");
}

TEST_F(RenderText, RangeOverThreeLinesShowsTheOneBetween) {
  const auto file = add("a.kdsl", "a: {\n\n}\n");
  EXPECT_EQ(render({make("e", "m", find(file, "{\n\n}"))}),
            "error[e]: m\n"
            " --> a.kdsl:1:4\n"
            " 1 | a: {\n"
            "   |    ^\n"
            " 2 |\n"
            " 3 | }\n"
            "   | ^\n");
}

TEST_F(RenderText, RangeThatEndsWithTheLineBreak) {
  const auto file = add("a.kdsl", "a: 1\nb: 2\n");
  EXPECT_EQ(render({make("e", "m", find(file, "a: 1\n"))}),
            "error[e]: m\n"
            " --> a.kdsl:1:1\n"
            " 1 | a: 1\n"
            "   | ^^^^\n");
}

TEST_F(RenderText, EmptyRangeAtTheEndOfTheFile) {
  const auto file = add("a.kdsl", "a: {");
  EXPECT_EQ(render({make("e", "expected `}`", {file, {4, 4}})}),
            "error[e]: expected `}`\n"
            " --> a.kdsl:1:5\n"
            " 1 | a: {\n"
            "   |     ^\n");
}

TEST_F(RenderText, EmptyRangeOnTheEmptyLastLineAndInAnEmptyFile) {
  const auto file = add("a.kdsl", "a: {\n");
  const auto empty = add("b.kdsl", "");
  EXPECT_EQ(render({make("e", "m", {file, {5, 5}}), make("f", "m", {empty, {0, 0}}, "here")}),
            "error[e]: m\n"
            " --> a.kdsl:2:1\n"
            " 2 |\n"
            "   | ^\n"
            "\n"
            "error[f]: m\n"
            " --> b.kdsl:1:1\n"
            " 1 |\n"
            "   | ^ here\n");
}

TEST_F(RenderText, RangesBeyondTheFileAreClamped) {
  const auto file = add("a.kdsl", "ab");
  EXPECT_EQ(render({make("e", "m", {file, {1, 4000000000}})}),
            "error[e]: m\n"
            " --> a.kdsl:1:2\n"
            " 1 | ab\n"
            "   |  ^\n");
}

TEST_F(RenderText, WindowsLineBreaks) {
  const auto file = add("a.kdsl", "a: 1\r\nbad: 2\r\n");
  EXPECT_EQ(render({make("e", "m", find(file, "bad"))}),
            "error[e]: m\n"
            " --> a.kdsl:2:1\n"
            " 2 | bad: 2\n"
            "   | ^^^\n");
}

TEST_F(RenderText, TabsReachToTheNextStop) {
  const auto file = add("a.kdsl", "\ta\tbad\n");
  EXPECT_EQ(render({make("e", "m", find(file, "bad"))}),
            "error[e]: m\n"
            " --> a.kdsl:1:4\n"
            " 1 |     a   bad\n"
            "   |         ^^^\n");
}

TEST_F(RenderText, WideAndCombiningCharacters) {
  const auto file = add("a.kdsl", "a: \"日本 🎉 e\u0301\" + bad\n");
  EXPECT_EQ(render({make("e", "m", find(file, "bad")), make("f", "m", find(file, "🎉"), "wide")}),
            "error[f]: m\n"
            " --> a.kdsl:1:8\n"
            " 1 | a: \"日本 🎉 e\u0301\" + bad\n"
            "   |          ^^ wide\n"
            "\n"
            "error[e]: m\n"
            " --> a.kdsl:1:16\n"
            " 1 | a: \"日本 🎉 e\u0301\" + bad\n"
            "   |                  ^^^\n");
}

TEST_F(RenderText, SourceTextCannotControlTheTerminal) {
  const auto file = add("a.kdsl", "a: \"\x1b[31m\u202E\" bad\n");
  EXPECT_EQ(render({make("e", "saw \"\x1b[0m\n\"", find(file, "bad"), "\a")}),
            "error[e]: saw \"␛[0m␊\"\n"
            " --> a.kdsl:1:13\n"
            " 1 | a: \"␛[31m<U+202E>\" bad\n"
            "   |                    ^^^ ␇\n");
}

TEST_F(RenderText, LongLinesAreClippedAroundTheMark) {
  options.width = 45;  // 40 cells for the text
  const auto file = add("a.kdsl", "x: [" + std::string(60, 'a') + " bad " + std::string(60, 'z') + "]\n");
  EXPECT_EQ(render({make("e", "m", find(file, "bad"), "no")}),
            "error[e]: m\n"
            " --> a.kdsl:1:66\n"
            " 1 | …aaaaaaaaaaaaaaa bad zzzzzzzzzzzzzzzzzz…\n"
            "   |                  ^^^ no\n");
}

TEST_F(RenderText, LongLinesKeepTheirBeginOrEndWhereTheMarkIsThere) {
  options.width = 45;
  const auto file = add("a.kdsl", "bad " + std::string(80, 'z') + " end\n");
  EXPECT_EQ(render({make("e", "m", find(file, "bad")), make("f", "m", find(file, "end"))}),
            "error[e]: m\n"
            " --> a.kdsl:1:1\n"
            " 1 | bad zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…\n"
            "   | ^^^\n"
            "\n"
            "error[f]: m\n"
            " --> a.kdsl:1:86\n"
            " 1 | …zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz end\n"
            "   |                                      ^^^\n");
}

TEST_F(RenderText, AMarkLongerThanTheWindowIsCut) {
  options.width = 25;
  const auto file = add("a.kdsl", "ab " + std::string(80, 'z') + " end\n");
  EXPECT_EQ(render({make("e", "m", find(file, std::string(80, 'z')), "long")}),
            "error[e]: m\n"
            " --> a.kdsl:1:4\n"
            " 1 | …zzzzzzzzzzzzzzzzzz…\n"
            "   |  ^^^^^^^^^^^^^^^^^^^ long\n");
}

TEST_F(RenderText, ALineOfMegabytesCostsOnlyItsSurroundings) {
  options.width = 25;
  const auto file = add("a.kdsl", std::string(8 << 20, 'a') + " bad " + std::string(8 << 20, 'z'));
  EXPECT_EQ(render({make("e", "m", find(file, "bad"))}),
            "error[e]: m\n"
            " --> a.kdsl:1:8388610\n"
            " 1 | …aaaaaa bad zzzzzzz…\n"
            "   |         ^^^\n");
}

TEST_F(RenderText, AnyBytesAndAnyPlacesAreShown) {
  std::mt19937 random(3);
  const std::string_view pieces[] = {
      "a", " ", "\t", "\n", "\r\n", "\r", "日", "e\u0301", "\x1b[2J", "\xFF", "\xE6\x97", std::string_view("\0", 1), "longer words here"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto left = random() % 60; left > 0; --left) text += pieces[random() % std::size(pieces)];
    const auto file = add("f" + std::to_string(round), text);
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto place = [&] {
      const auto begin = static_cast<std::uint32_t>(random()) % (size + 1);
      return source::Location{file, {begin, begin + static_cast<std::uint32_t>(random()) % (size - begin + 3)}};
    };
    options.width = 20 + random() % 60;
    auto diagnostic = make("e", "m", place(), "primary");
    for (auto left = random() % 4; left > 0; --left) diagnostic.also(place(), random() % 2 == 0 ? "" : "related\twords");
    const auto out = render({diagnostic});
    EXPECT_EQ(source::firstInvalidUtf8(out), std::string_view::npos);
    for (const char c : out) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
}

TEST_F(RenderText, FixesAreHelpUnlessTheLabelTellsThem) {
  const auto file = add("a.kdsl", "replcas: 5\n");
  auto told = make("e", "m", find(file, "replcas"), "did you mean `replicas`?");
  told.fixReplace("replace with `replicas`", find(file, "replcas"), "replicas");
  auto untold = make("f", "m", find(file, "5"));
  untold.note("what is said in a note is not said again").fixReplace("write `\"5\"`", find(file, "5"), "\"5\"");
  untold.fixReplace("what is said in a note is not said again", find(file, "5"), "");
  EXPECT_EQ(render({told, untold}),
            "error[e]: m\n"
            " --> a.kdsl:1:1\n"
            " 1 | replcas: 5\n"
            "   | ^^^^^^^ did you mean `replicas`?\n"
            "\n"
            "error[f]: m\n"
            " --> a.kdsl:1:10\n"
            " 1 | replcas: 5\n"
            "   |          ^\n"
            "   = what is said in a note is not said again\n"
            "   = help: write `\"5\"`\n");
}

TEST_F(RenderText, ColoursWhenAsked) {
  options.color = true;
  const auto file = add("a.kdsl", "a bad\n");
  auto diagnostic = make("e", "m", find(file, "bad"), "here");
  diagnostic.note("n");
  EXPECT_EQ(render({diagnostic}),
            "\x1b[1;31merror[e]\x1b[0m\x1b[1m: m\x1b[0m\n"
            " \x1b[1;34m-->\x1b[0m a.kdsl:1:3\n"
            "\x1b[1;34m 1 |\x1b[0m a bad\n"
            "\x1b[1;34m   |\x1b[0m   \x1b[1;31m^^^ here\x1b[0m\n"
            "   \x1b[1;34m=\x1b[0m n\n");
}

}  // namespace
}  // namespace kdsl::diag
