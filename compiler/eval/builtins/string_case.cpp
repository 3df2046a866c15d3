// Upper and lower case, the ways of writing names, and names that fit Kubernetes.
#include <fmt/format.h>

#include "eval/builtins/bind.hpp"
#include "eval/builtins/digest.hpp"
#include "eval/builtins/letter_case.hpp"
#include "eval/builtins/tables.hpp"
#include "eval/builtins/text.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Text = std::string_view;

std::string upper(Text text) { return upperCase(text); }
std::string lower(Text text) { return lowerCase(text); }

std::string capitalize(Text text) {
  if (text.empty()) return {};
  const Text first = firstCharacter(text);
  return upperCase(first).append(text.substr(first.size()));
}

// --- the words of a name: `HTTPServer-port_2x` has http, server, port, 2x

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordPart(char c) { return isUpper(c) || isLower(c) || isDigit(c) || static_cast<unsigned char>(c) >= 0x80; }

/// True if a new word begins at `at`, where the character before is part of a word too.
bool isBoundary(Text text, std::size_t at) {
  if (!isUpper(text[at])) return false;
  if (!isUpper(text[at - 1])) return true;
  return at + 1 < text.size() && isLower(text[at + 1]);  // the S of HTTPServer
}

/// Calls `visit` with each word, as written.
template <typename Visit>
void eachWord(Text text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (!isWordPart(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at++;
    while (at < text.size() && isWordPart(text[at]) && !isBoundary(text, at)) ++at;
    visit(text.substr(begin, at - begin));
  }
}

std::string separated(Text text, char separator) {
  std::string result;
  eachWord(text, [&](Text word) {
    if (!result.empty()) result += separator;
    result += lowerCase(word);
  });
  return result;
}

std::string kebabCase(Text text) { return separated(text, '-'); }
std::string snakeCase(Text text) { return separated(text, '_'); }

std::string pascalCase(Text text) {
  std::string result;
  eachWord(text, [&](Text word) { result += capitalize(lowerCase(word)); });
  return result;
}

std::string camelCase(Text text) {
  std::string result;
  eachWord(text, [&](Text word) { result += result.empty() ? lowerCase(word) : capitalize(lowerCase(word)); });
  return result;
}

// --- names that fit

constexpr std::size_t kDigestLength = 8;
constexpr std::int64_t kLabelLength = 63;  // of a DNS label

/// The text itself if it has at most `length` characters; else its beginning, `-` and a digest of all of it.
std::string shortened(Text text, std::size_t length) {
  if (countCharacters(text) <= length) return std::string(text);
  Text head = text.substr(0, bytesOfCharacters(text, length - kDigestLength - 1));
  while (!head.empty() && (head.back() == '-' || head.back() == '.' || head.back() == '_')) head.remove_suffix(1);
  return fmt::format("{}-{}", head, safeDigest(text, kDigestLength));
}

/// The least length leaves room for a letter, `-` and the digest.
bool isShortLength(BuiltinCall& call, Text name, std::int64_t length) {
  if (length >= static_cast<std::int64_t>(kDigestLength) + 2) return false;
  call.fail(fmt::format("`{}` wants a length of {} or more, not {}", name, kDigestLength + 2, length));
  return true;
}

Value shorten(BuiltinCall& call, Text text, std::optional<std::int64_t> length) {
  const auto limit = length.value_or(kLabelLength);
  if (isShortLength(call, "shorten", limit)) return Value::error();
  return wrap(call, shortened(text, static_cast<std::size_t>(limit)));
}

Value slug(BuiltinCall& call, Text text, std::optional<std::int64_t> length) {
  const auto limit = length.value_or(kLabelLength);
  if (isShortLength(call, "slug", limit)) return Value::error();
  std::string result;
  bool gap = false;
  for (const char c : lowerCase(text)) {
    if (!isLower(c) && !isDigit(c)) {
      gap = !result.empty();
      continue;
    }
    if (gap) result += '-';
    gap = false;
    result += c;
  }
  return wrap(call, shortened(result, static_cast<std::size_t>(limit)));
}

constexpr Implementation kImplementations[] = {
    {Builtin::string_upper, bound<upper>},
    {Builtin::string_lower, bound<lower>},
    {Builtin::string_capitalize, bound<capitalize>},
    {Builtin::string_kebabCase, bound<kebabCase>},
    {Builtin::string_snakeCase, bound<snakeCase>},
    {Builtin::string_camelCase, bound<camelCase>},
    {Builtin::string_pascalCase, bound<pascalCase>},
    {Builtin::string_slug, bound<slug>},
    {Builtin::string_shorten, bound<shorten>},
};

}  // namespace

std::span<const Implementation> stringCaseImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
