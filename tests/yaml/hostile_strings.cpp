#include "tests/yaml/hostile_strings.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace kdsl::testing_support {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kWords[] = {
    "", " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", "~", "null", "Null", "NULL", "nUll", "true", "True", "TRUE", "tRue", "false", "False", "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No",
    "NO", "on", "On", "ON", "off", "Off", "OFF", "inf", ".inf", "-.inf", "+.Inf", ".INF", "nan", ".nan", ".NaN", ".NAN", "Infinity", "NaN", "=", "<<", "-", "--", "---", "----", "--- a", "...",
    "....", "... a", "?", ":", "::", ",", "[", "]", "{", "}", "[]", "{}", "[a]", "{a: b}", "#", "a #b", "a# b", "#a", "a#b", "&", "&a", "*", "*a", "!", "!a", "!!str a", "!!binary", "|", "|-",
    ">", ">-", "'", "''", "\"", "\"\"", "%", "%YAML 1.2", "@", "`", "\\", "\\n", "0", "00", "-0", "+0", "1", "-1", "+1", "007", "0777", "0o7", "0O7", "0x1F", "0X1f", "-0x1F", "0b11", "0B1", "1_000",
    "1__0", "_1", "1_", "1,000", "1.", ".1", "-.1", "+.5", "1.0", "1.2.3", "1e3", "1E3", "1e+3", "1e-3", "1.5e3", "1.e3", ".e3", "e3", "1e", "0e0", "0.", "12:30", "12:30:45", "1:2", "190:20:30.15",
    "-12:30", "99:99", "2001-12-14", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-1-1", "2001-12-14T21:59:43Z", "20011214", "a: b", "a:b", "a:", ":a", "a :b", "a : b", "a,b", "a, b",
    "a ,b", "a?b", "a? b", "? a", "?a", "- a", "-a", "-  ", "- ", "a-", "a - b", "key: value # c", "a'b", "a\"b", "'a'", "\"a\"", "a\nb", "a\nb\n", "a\nb\n\n", "\na", "\n a", " a\nb", "a\n b\n", "a \nb",
    "a\n\nb", "a\n\n\nb", "a\r\nb", "a\r\nb\r\n", "a\tb", "\ta", "a\t", "a\n\tb", "#a\nb", "a\n#b", "---\na", "a\n---\nb", "a\n...\nb", "- a\n- b", "a: b\nc: d", "{\n}", "a\n ", "%a\nb", "a: |\n  b",
    "\x01", "a\x01b", "\x1b[0m", "\x7f", "a\x7f", "\u0085", "a\u0085b", "\u00A0", "a\u00A0", "\u0080", "\u009F", "\u2028", "a\u2028b", "\u2029", "\uFEFF", "\uFEFFa", "a\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF",
    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): `abc` would be part of the escape
    "\uD7FF", "\uE000", "\U00010000", "\U0001F600", "\U0010FFFF", "\u00E9", "e\u0301", "\u4E2D\u6587", "\u05D0\u05D1", "\u202E" "abc", "\u200B", "\u3000", "\u00E9\nb", "256Mi", "100m", "25%", "1Ei", "1E", "5n", "1d",
    "10s", "1h30m", "10.0.0.0/8", "10.0.0.1", "::1", "fe80::1", "1.2.3-rc.1", "v1.2.3", "sha256:abc", "nginx:1.25", "a@b.c", "https://a.b/c?d=e#f", "$(VAR)", "${VAR}", "{{ .Values }}", "*/5 * * * *", "0 0 * * 0",
    "@daily", "-Xmx1g", "--flag=value", "--flag value", "+a", "+", ".", "..", ".a", "./a", "/a", "_", "$", "(a)", "^a$", "a;b", "a|b", "a>b", "a&b", "a*b", "a!b", "a%b", "a`b", "a\\b", "a/b", "1/2", "1=2", "1a",
    "1f", "1g", "0xg", "0x", "0o8", "0b2", "12e03", "-2E+05", "685230.15", "1.797e309", "9223372036854775808", "1e400", "0.1e-400", "1e1_0", "1;2", "1~", "1*", "1<2", "1|", "1!", "NULL ", " null", "null\n", "a  b",
    "a   ", "\0"sv, "a\0b"sv, "'", "it's", "say \"hi\"", "\\\"", "\\x41", "\\u0041", "C:\\dir", "a\\", "\\\n", "!!int 3", "0.0", "-1.", "+.1", "6.02e23", "1:60", "1:59", "0:0", "-1:30:00.5", "<<: a", "? ", ": ", "a:\n", "a:\nb",
};

constexpr std::string_view kParts[] = {
    "a", "b", "e", "E", "f", "i", "n", "o", "x", "z", "y", "Y", "N", "T", "Z", "m", "M", "k", "0", "1", "7", "9", "00", ".", "-", "+", "_", ":", ",", "#", "?", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ": ", " #", ", ", "- ",
    "? ", "---", "...", "'", "\"", "\\", "/", "%", "@", "=", "$", "(", ")", "^", ";", "~", "!", "&", "*", "|", ">", "<", "[", "]", "{", "}", "`", "null", "true", "no", "on", "inf", "nan", "0x", "0o", "0b", "1e", "12:30",
    "2001-01-01", "\x01", "\x07", "\x0b", "\x1f", "\x7f", "\u0085", "\u00A0", "\u00AD", "\u2028", "\u2029", "\uFEFF", "\u00E9", "\u4E2D", "\U0001F600", "\u0300", "key: value", "# comment", "\n  ", "\n- ", " \n",
};

class Random {
 public:
  std::uint64_t next() {  // splitmix64: the same on every platform
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_ = 20240611;
};

}  // namespace

std::vector<std::string> hostileStrings(std::size_t count) {
  std::vector<std::string> strings;
  std::unordered_set<std::string> seen;
  const auto add = [&](std::string text) {
    if (seen.insert(text).second) strings.push_back(std::move(text));
  };
  for (const auto word : kWords) add(std::string(word));
  for (const auto word : kWords) {
    for (const auto around : {" "sv, "\n"sv, "\t"sv, "a"sv, "1"sv, ":"sv, "#"sv, "-"sv, "\""sv}) {
      add(std::string(word) + std::string(around));
      add(std::string(around) + std::string(word));
    }
  }
  for (std::uint8_t c = 1; c < 0x80; ++c) {  // every character alone, in front, inside and behind
    const std::string one(1, static_cast<char>(c));
    for (const auto& text : {one, one + "a", "a" + one + "b", "a" + one, "1" + one, "1" + one + "2", one + "1", one + one}) add(text);
  }
  for (const std::size_t length : {70u, 81u, 999u, 1023u, 1025u, 3000u}) {  // around the limits of line widths and simple keys
    add(std::string(length, 'a'));
    add(std::string(length, '1'));
    add(std::string(length / 2, 'b') + ": " + std::string(length / 2, 'c'));
    add(std::string(length / 2, 'b') + " " + std::string(length / 2, 'c'));
  }
  Random random;
  while (strings.size() < count) {
    std::string text;
    for (std::size_t parts = 1 + random.below(6); parts != 0; --parts) text += kParts[random.below(std::size(kParts))];
    add(std::move(text));
  }
  return strings;
}

}  // namespace kdsl::testing_support
