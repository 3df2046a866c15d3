#include "crd/patterns.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace kdsl::crd {
namespace {

re2::RE2::Options options() {
  re2::RE2::Options made(re2::RE2::Quiet);
  made.set_max_mem(1 << 20);
  return made;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

bool matchesAll(const re2::RE2& pattern, std::initializer_list<std::string_view> texts) {
  return std::all_of(texts.begin(), texts.end(), [&](std::string_view text) { return re2::RE2::PartialMatch(piece(text), pattern); });
}

bool matchesNone(const re2::RE2& pattern, std::initializer_list<std::string_view> texts) {
  return std::none_of(texts.begin(), texts.end(), [&](std::string_view text) { return re2::RE2::PartialMatch(piece(text), pattern); });
}

/// `|` outside of groups and classes: an anchor at an end of the pattern then belongs to one alternative only.
bool hasAlternatives(std::string_view pattern) {
  int depth = 0;
  bool inClass = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (inClass) {
      inClass = c != ']';
    } else if (c == '[') {
      inClass = true;
      // A `]` right behind the opening one is a member.
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') ++i;
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') ++i;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (c == '|' && depth == 0) {
      return true;
    }
  }
  return false;
}

bool endsWithAnchor(std::string_view pattern) {
  if (!pattern.ends_with('$')) return false;
  std::size_t backslashes = 0;
  while (backslashes + 1 < pattern.size() && pattern[pattern.size() - 2 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

}  // namespace

std::optional<std::string> wholePattern(std::string_view pattern) {
  const re2::RE2 compiled(piece(pattern), options());
  if (!compiled.ok() || pattern.find("\\Q") != std::string_view::npos) return std::nullopt;  // quoted text may run to the end
  constexpr std::string_view anything = "(?s:.*)";
  if (hasAlternatives(pattern)) return std::string(anything) + "(?:" + std::string(pattern) + ")" + std::string(anything);
  std::string whole;
  if (pattern.starts_with('^')) {
    pattern.remove_prefix(1);
  } else {
    whole = anything;
  }
  const bool anchored = endsWithAnchor(pattern);
  if (anchored) pattern.remove_suffix(1);
  whole += pattern;
  if (!anchored) whole += anything;
  return whole;
}

/// Tried on samples: the patterns of the projects differ in form, not in what they take.
TextForm textForm(const Schema& schema) {
  if (schema.pattern.empty() || !schema.values.empty()) return TextForm::Plain;
  const re2::RE2 pattern(piece(schema.pattern), options());
  if (!pattern.ok()) return TextForm::Plain;
  if (schema.form == Form::IntOrString || schema.form == Form::String) {
    if (matchesAll(pattern, {"1", "512Mi", "250m", "1.5Gi", "2k"}) && matchesNone(pattern, {"", "Mi", "5s", "1h", "a", "1 Gi"})) return TextForm::Quantity;
  }
  if (schema.form == Form::String && matchesAll(pattern, {"30s", "5m", "1h", "1h30m", "100ms"}) && matchesNone(pattern, {"s", "5", "5 s", "5Mi", "a", "1x"})) return TextForm::Duration;
  return TextForm::Plain;
}

}  // namespace kdsl::crd
