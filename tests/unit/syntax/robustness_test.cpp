// Any bytes are input: no crash, no hang, no overflow of the stack, and every range inside the text.
#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "mistakes.hpp"
#include "diag/codes/syntax.hpp"
#include "programs.hpp"
#include "text_form.hpp"

namespace kdsl::syntax::test {
namespace {

std::string allPrograms() {
  std::string text;
  for (const auto& program : programs()) text += std::string(program.source) + "\n";
  return text;
}

/// With as much stack as the threads have that parse in the program.
void onLargeStack(const std::function<void()>& work) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, std::size_t{64} << 20), 0);
  pthread_t thread;
  const auto run = [](void* argument) -> void* {
    (*static_cast<const std::function<void()>*>(argument))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, const_cast<void*>(static_cast<const void*>(&work))), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(Robustness, EveryPrefixGivesATree) {
  const auto check = [](std::string_view text) {
    for (std::size_t length = 0; length <= text.size(); ++length) {
      const auto prefix = text.substr(0, length);
      ASSERT_EQ(violation(prefix, parseText(prefix)), "") << prefix;
    }
  };
  for (const auto& program : programs()) check(program.source);
  for (const auto& mistake : mistakes()) check(mistake.source);
}

TEST(Robustness, EverySuffixGivesATree) {
  for (const auto& program : programs()) {
    for (std::size_t from = 0; from <= program.source.size(); ++from) {
      const auto suffix = program.source.substr(from);
      ASSERT_EQ(violation(suffix, parseText(suffix)), "") << suffix;
    }
  }
}

TEST(Robustness, ChangedBytesGiveATree) {
  const auto base = allPrograms();
  constexpr std::string_view pieces[] = {"{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "${", "\n", ",", ":", "=", "=>", "?", ".", "...", "if (", "else", "for (",
                                         "let ", "resource ", "each ", "check ", "match (", "type ", "final ", "//", "/*", "'", "\\", "{{", "}}", "\xff", "1.2.3", "r\"", "\r", "-"};
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    auto text = base.substr(random() % base.size(), random() % 400);
    for (auto changes = random() % 6; changes-- > 0;) {
      const auto at = random() % (text.size() + 1);
      switch (random() % 3) {
        case 0: text.insert(at, pieces[random() % std::size(pieces)]); break;
        case 1: text.erase(at, random() % 12); break;
        default: text.insert(at, base.substr(random() % base.size(), random() % 30)); break;
      }
    }
    ASSERT_EQ(violation(text, parseText(text)), "") << text;
  }
}

TEST(Robustness, RandomBytesGiveATree) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::string text(random() % 300, ' ');
    for (auto& c : text) c = static_cast<char>(random() % (round % 2 == 0 ? 256 : 128));
    ASSERT_EQ(violation(text, parseText(text)), "");
  }
}

TEST(Robustness, TokensInAnyOrderGiveATree) {
  std::vector<std::string> words;
  for (auto kind = TokenKind::LeftBrace; kind <= TokenKind::KwTrue; kind = static_cast<TokenKind>(static_cast<int>(kind) + 1)) {
    words.push_back(kind == TokenKind::Name ? "name" : std::string(describe(kind)));
  }
  words.insert(words.end(), {"1", "\"a\"", "\"${", "\"", "}", "\n", "\n", "\n", "r\"x\"", "@"});
  std::mt19937 random(9);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto count = random() % 40; count-- > 0;) text += words[random() % words.size()] + (random() % 4 == 0 ? "" : " ");
    ASSERT_EQ(violation(text, parseText(text)), "") << text;
  }
}

bool reports(const ParseResult& result, diag::Code code) {
  for (const auto& diagnostic : result.diagnostics) {
    if (diagnostic.code == code) return true;
  }
  return false;
}

TEST(Robustness, DeepNestingIsReportedOnce) {
  const std::array<std::pair<std::string_view, std::string_view>, 20> nests = {{
      {"(", ")"}, {"[", "]"}, {"{ a: ", " }"}, {"f(", ")"}, {"a[", "]"}, {"a.f(b: ", ")"}, {"X { a: ", " }"}, {"x => ", ""}, {"(x, y) => ", ""},
      {"if (", ") a"}, {"if (a) ", ""}, {"if (a) b else ", ""}, {"match (a) { _ => ", " }"}, {"let (a = ", ") a"}, {"let (a = b) ", ""}, {"[if (a) ", "]"},
      {"[for (a in b) ", "]"}, {"\"${", "}\""}, {"!", ""}, {"a ?? ", ""},
  }};
  for (const auto& [open, close] : nests) {
    for (const std::size_t depth : {300u, 10'000u}) {
      const auto text = "x: " + repeated(open, depth) + "1" + repeated(close, depth) + "\ny: 2\n";
      const auto result = parseText(text);
      EXPECT_EQ(violation(text, result), "") << open;
      EXPECT_EQ(reports(result, diag::code::nesting_too_deep), depth > maxNesting) << open << depth;
      EXPECT_LE(result.diagnostics.size(), 1u) << open << codesOf(text, result.diagnostics).substr(0, 200);
    }
  }
}

TEST(Robustness, DeepTypesAndEntriesAreReported) {
  const std::array<std::pair<std::string, std::string>, 8> nests = {{
      {"[", "]"}, {"(", ")"}, {"{ a: ", " }"}, {"{ oneof { a: ", " } }"}, {"{[string]: ", "}"}, {"a | (", ")"}, {"int(1..) | [", "]"}, {"[ref a | ", "]"},
  }};
  onLargeStack([&] {
    for (const auto& [open, close] : nests) {
      const auto text = "type T = " + repeated(open, 10'000) + "int" + repeated(close, 10'000) + "\ny: 2\n";
      const auto result = parseText(text);
      EXPECT_EQ(violation(text, result), "") << open;
      EXPECT_TRUE(reports(result, diag::code::nesting_too_deep)) << open;
    }
    for (const std::string open : {"if (a) ", "for (a in b) ", "if (a) b: 1 else ", "{ if (a) ", "each T { ", "component C { "}) {
      const auto text = repeated(open, 10'000) + "a: 1\n";
      EXPECT_EQ(violation(text, parseText(text)), "") << open;
    }
  });
}

TEST(Robustness, LongChainsMakeNoHighTrees) {
  for (const std::string piece : {".a", "?.a", " ?", "[0]", "(1)", " {}", ".f(1)", " + 1", " * 2", " && a", " ?? a", " == 1", " < 1", " is T", "?.a ? "}) {
    for (const std::size_t times : {1000u, 100'000u}) {
      const auto text = "x: a" + repeated(piece, times) + "\ny: 2\n";
      const auto result = parseText(text);
      EXPECT_EQ(violation(text, result), "") << piece;
      EXPECT_LE(result.tree.node(result.tree.root()).height, maxHeight + 8) << piece;
      EXPECT_EQ(std::string(kindName(result.tree.kind(*++result.tree.children(result.tree.root()).begin()))), "SetEntry") << piece;
    }
  }
  const auto nested = "x: " + repeated("(a" + repeated(".b", 100) + " + [", 500) + "1" + repeated("])", 500);
  EXPECT_EQ(violation(nested, parseText(nested)), "");
}

TEST(Robustness, ThereIsAnEndToMessages) {
  for (const std::string piece : {"}\n", "a\n", "= ", "{", "(", "\"\n", "x: @\n", "let for = 1\n", "[1 2]\n", "x: \"\\q\"\n", "a: 1.2.3\n", "{{ x }}\n", "if (\n"}) {
    const auto text = repeated(piece, 100'000);
    const auto result = parseText(text);
    EXPECT_EQ(violation(text, result), "") << piece;
    EXPECT_LE(result.diagnostics.size(), maxDiagnostics + 1) << piece;
  }
  const auto many = parseText(repeated("x: @\n", 1000)).diagnostics;
  ASSERT_EQ(many.size(), maxDiagnostics + 1);
  EXPECT_EQ(many.back().code, diag::code::too_many_syntax_errors);
}

TEST(Robustness, HostileTextsTakeLinearTime) {
  // Each of these would take minutes if some rule looked at the rest of the text again and again.
  for (const std::string piece : {"{{", "'", "/* ", "\"", "\"\"\"", "\"${", "\"\"\"${", "r\"\"\"", "(", "( {", "[ (", "((([", "{ ( }", "\\u{", "0x", "- a\n", "a.", "a:\n- b\n", "x: f(\n"}) {
    const auto text = repeated(piece, 400'000 / piece.size());
    EXPECT_EQ(violation(text, parseText(text)), "") << piece;
  }
}

TEST(Robustness, LargeFiles) {
  const auto text = repeated(allPrograms(), 8'000'000 / allPrograms().size());
  const auto result = parseText(text);
  EXPECT_EQ(violation(text, result), "");
  EXPECT_EQ(result.diagnostics.size(), maxDiagnostics + 1);  // `extends` in the middle
}

}  // namespace
}  // namespace kdsl::syntax::test
