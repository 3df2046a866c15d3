// Parts of text, and text made of text. Positions and lengths count characters (code points).
#include <algorithm>

#include <fmt/format.h>

#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"
#include "eval/builtins/text.hpp"

namespace kdsl::eval::builtins {
namespace {

using types::Builtin;
using Text = std::string_view;
using Parts = std::vector<Text>;

std::int64_t length(Text text) { return static_cast<std::int64_t>(countCharacters(text)); }
std::int64_t byteLength(Text text) { return static_cast<std::int64_t>(text.size()); }
bool isEmpty(Text text) { return text.empty(); }

bool startsWith(Text text, Text prefix) { return text.starts_with(prefix); }
bool endsWith(Text text, Text suffix) { return text.ends_with(suffix); }
bool contains(Text text, Text part) { return text.find(part) != Text::npos; }

std::optional<std::int64_t> indexOf(Text text, Text part) {
  const auto at = text.find(part);
  if (at == Text::npos) return std::nullopt;
  return length(text.substr(0, at));
}

std::optional<std::int64_t> lastIndexOf(Text text, Text part) {
  const auto at = text.rfind(part);
  if (at == Text::npos) return std::nullopt;
  return length(text.substr(0, at));
}

std::size_t occurrences(Text text, Text part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != Text::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

Value count(BuiltinCall& call, Text text, Text part) {
  if (part.empty()) return call.fail("`count` wants a text that is not empty");
  return Value::integer(static_cast<std::int64_t>(occurrences(text, part)));
}

// --- trimming

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The text without what `drop` takes at its start (and its end): it says how many bytes to drop, 0 for none.
Text trimmedStart(Text text, const std::optional<Text>& characters) {
  while (!text.empty()) {
    if (!characters) {
      if (!isBlank(text.front())) break;
      text.remove_prefix(1);
    } else {
      const Text first = firstCharacter(text);
      if (characters->find(first) == Text::npos) break;
      text.remove_prefix(first.size());
    }
  }
  return text;
}

Text trimmedEnd(Text text, const std::optional<Text>& characters) {
  while (!text.empty()) {
    if (!characters) {
      if (!isBlank(text.back())) break;
      text.remove_suffix(1);
    } else {
      const Text last = lastCharacter(text);
      if (characters->find(last) == Text::npos) break;
      text.remove_suffix(last.size());
    }
  }
  return text;
}

Text trimStart(Text text, std::optional<Text> characters) { return trimmedStart(text, characters); }
Text trimEnd(Text text, std::optional<Text> characters) { return trimmedEnd(text, characters); }
Text trim(Text text, std::optional<Text> characters) { return trimmedEnd(trimmedStart(text, characters), characters); }
Text trimPrefix(Text text, Text prefix) { return text.starts_with(prefix) ? text.substr(prefix.size()) : text; }
Text trimSuffix(Text text, Text suffix) { return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text; }

// --- parts

Value split(BuiltinCall& call, Text text, Text separator, std::optional<std::int64_t> limit) {
  if (separator.empty()) return call.fail("`split` wants a separator that is not empty; `chars()` gives the characters");
  if (limit && *limit < 1) return call.fail(fmt::format("`split` wants a limit of 1 or more, not {}", *limit));
  Parts parts;
  while (!limit || parts.size() + 1 < static_cast<std::size_t>(*limit)) {
    const auto at = text.find(separator);
    if (at == Text::npos) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.push_back(text);
  return wrap(call, parts);
}

Parts lines(Text text) {
  Parts parts;
  while (!text.empty()) {
    const auto end = text.find('\n');
    Text line = text.substr(0, end);
    text = end == Text::npos ? Text() : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    parts.push_back(line);
  }
  return parts;
}

Parts words(Text text) {
  Parts parts;
  for (std::size_t at = 0; at < text.size();) {
    if (isBlank(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && !isBlank(text[at])) ++at;
    parts.push_back(text.substr(begin, at - begin));
  }
  return parts;
}

Parts chars(Text text) {
  Parts parts;
  while (!text.empty()) {
    const Text first = firstCharacter(text);
    parts.push_back(first);
    text.remove_prefix(first.size());
  }
  return parts;
}

Text slice(Text text, std::int64_t start, std::optional<std::int64_t> end) {
  const auto [first, last] = sliceBounds(countCharacters(text), start, end);
  const auto begin = bytesOfCharacters(text, first);
  return text.substr(begin, bytesOfCharacters(text.substr(begin), last - first));
}

// --- text made of text

Value replace(BuiltinCall& call, Text text, Text old, Text by) {
  if (old.empty()) return call.fail("`replace` wants a text to look for that is not empty");
  const auto count = occurrences(text, old);
  if (count == 0) return call.piece(text);
  const auto size = text.size() - count * old.size() + count * by.size();
  if (!spendText(call, size)) return Value::error();
  std::string result;
  result.reserve(size);
  for (auto at = text.find(old); at != Text::npos; at = text.find(old)) {
    result.append(text.substr(0, at)).append(by);
    text.remove_prefix(at + old.size());
  }
  result.append(text);
  return call.text(result);
}

Value repeat(BuiltinCall& call, Text text, std::int64_t count) {
  if (count < 0) return call.fail(fmt::format("`repeat` wants a count of 0 or more, not {}", count));
  std::size_t size = 0;
  if (__builtin_mul_overflow(text.size(), static_cast<std::size_t>(count), &size)) size = kTextLimit + 1;
  if (!spendText(call, size)) return Value::error();
  std::string result;
  result.reserve(size);
  for (std::int64_t i = 0; i < count && !text.empty(); ++i) result.append(text);
  return call.text(result);
}

/// What is put before or after the text to make it `width` characters long; nullopt: it failed, and that was reported.
std::optional<std::string> padding(BuiltinCall& call, Text text, std::int64_t width, std::optional<Text> fill) {
  const Text unit = fill.value_or(" ");
  if (countCharacters(unit) != 1) {
    call.fail("`fill` must be one character");
    return std::nullopt;
  }
  const auto missing = width - length(text);
  if (missing <= 0) return std::string();
  const auto count = static_cast<std::size_t>(missing);
  if (!spendText(call, count > kTextLimit ? count : count * unit.size())) return std::nullopt;
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result.append(unit);
  return result;
}

Value padStart(BuiltinCall& call, Text text, std::int64_t width, std::optional<Text> fill) {
  auto pad = padding(call, text, width, fill);
  return pad ? wrap(call, pad->append(text)) : Value::error();
}

Value padEnd(BuiltinCall& call, Text text, std::int64_t width, std::optional<Text> fill) {
  auto pad = padding(call, text, width, fill);
  return pad ? wrap(call, std::string(text) + *pad) : Value::error();
}

std::string reverse(Text text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Text last = lastCharacter(text);
    result.append(last);
    text.remove_suffix(last.size());
  }
  return result;
}

/// Calls `visit` with each line and its line break.
template <typename Visit>
void eachLine(Text text, Visit visit) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    visit(text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool isBlankLine(Text line) { return std::all_of(line.begin(), line.end(), isBlank); }

Value indent(BuiltinCall& call, Text text, std::optional<std::int64_t> by) {
  const auto width = by.value_or(2);
  if (width < 0 || width > 1000) return call.fail(fmt::format("`indent` wants a width of 0 to 1000, not {}", width));
  std::size_t size = 0;
  eachLine(text, [&](Text line) { size += line.size() + static_cast<std::size_t>(width); });
  if (!spendText(call, size)) return Value::error();
  std::string result;
  result.reserve(size);
  eachLine(text, [&](Text line) {
    if (!isBlankLine(line)) result.append(static_cast<std::size_t>(width), ' ');
    result.append(line);
  });
  return call.text(result);
}

std::string dedent(Text text) {
  std::optional<Text> margin;
  eachLine(text, [&](Text line) {
    if (isBlankLine(line)) return;
    const Text blanks = line.substr(0, line.find_first_not_of(" \t"));
    if (!margin) {
      margin = blanks;
    } else {
      const auto common = std::mismatch(margin->begin(), margin->end(), blanks.begin(), blanks.end()).first;
      margin = margin->substr(0, static_cast<std::size_t>(common - margin->begin()));
    }
  });
  std::string result;
  result.reserve(text.size());
  eachLine(text, [&](Text line) {
    if (isBlankLine(line)) {
      if (line.ends_with('\n')) result += '\n';
    } else {
      result.append(line.substr(margin->size()));
    }
  });
  return result;
}

// --- paths, as in containers: `/` separates

Text baseName(Text path) {
  path = trimmedEnd(path, "/");
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

Text dirName(Text path) {
  const Text bare = trimmedEnd(path, "/");
  const auto slash = bare.rfind('/');
  if (slash == Text::npos) return bare.empty() && !path.empty() ? "/" : ".";
  const Text folder = trimmedEnd(bare.substr(0, slash), "/");
  return folder.empty() ? "/" : folder;
}

constexpr Implementation kImplementations[] = {
    {Builtin::string_len, bound<length>},
    {Builtin::string_byteLen, bound<byteLength>},
    {Builtin::string_isEmpty, bound<isEmpty>},
    {Builtin::string_startsWith, bound<startsWith>},
    {Builtin::string_endsWith, bound<endsWith>},
    {Builtin::string_contains, bound<contains>},
    {Builtin::string_indexOf, bound<indexOf>},
    {Builtin::string_lastIndexOf, bound<lastIndexOf>},
    {Builtin::string_count, bound<count>},
    {Builtin::string_trim, bound<trim>},
    {Builtin::string_trimStart, bound<trimStart>},
    {Builtin::string_trimEnd, bound<trimEnd>},
    {Builtin::string_trimPrefix, bound<trimPrefix>},
    {Builtin::string_trimSuffix, bound<trimSuffix>},
    {Builtin::string_split, bound<split>},
    {Builtin::string_lines, bound<lines>},
    {Builtin::string_words, bound<words>},
    {Builtin::string_chars, bound<chars>},
    {Builtin::string_slice, bound<slice>},
    {Builtin::string_replace, bound<replace>},
    {Builtin::string_repeat, bound<repeat>},
    {Builtin::string_padStart, bound<padStart>},
    {Builtin::string_padEnd, bound<padEnd>},
    {Builtin::string_reverse, bound<reverse>},
    {Builtin::string_indent, bound<indent>},
    {Builtin::string_dedent, bound<dedent>},
    {Builtin::string_baseName, bound<baseName>},
    {Builtin::string_dirName, bound<dirName>},
};

}  // namespace

std::span<const Implementation> stringImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
