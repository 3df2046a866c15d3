// Regular expressions: RE2's, so matching is linear in the text whatever the pattern.
#include <re2/re2.h>

#include <memory>
#include <unordered_map>

#include <fmt/format.h>

#include "eval/builtins/bind.hpp"
#include "eval/builtins/tables.hpp"
#include "eval/builtins/text.hpp"

namespace kdsl::eval::builtins {
namespace {

using re2::RE2;
using types::Builtin;
using Text = std::string_view;

/// Memory of one compiled pattern at most: the limit of patterns in types.
constexpr int kPatternBytes = 1 << 20;
/// Compiled patterns that a thread keeps; they are dropped together when there are more.
constexpr std::size_t kCacheSize = 128;

re2::StringPiece piece(Text text) { return {text.data(), text.size()}; }
Text view(const re2::StringPiece& match) { return {match.data(), match.size()}; }

/// The compiled pattern, or nullptr: it is malformed, and that was reported. Valid until the next call on this thread.
const RE2* compiled(BuiltinCall& call, Text pattern) {
  thread_local std::unordered_map<std::string, std::unique_ptr<RE2>> cache;
  std::string key(pattern);
  auto found = cache.find(key);
  if (found == cache.end()) {
    if (cache.size() >= kCacheSize) cache.clear();
    RE2::Options options(RE2::Quiet);
    options.set_max_mem(kPatternBytes);
    auto regex = std::make_unique<RE2>(piece(pattern), options);
    found = cache.emplace(std::move(key), std::move(regex)).first;
  }
  const RE2* regex = found->second.get();
  if (regex->ok()) return regex;
  call.fail(fmt::format("`{}` is not a regular expression: {}", pattern, regex->error()));
  return nullptr;
}

/// Walks over the matches of a pattern from left to right; matches do not overlap.
class Matches {
 public:
  Matches(BuiltinCall& call, const RE2& pattern, Text text) : call_(call), pattern_(pattern), text_(text), groups_(1 + static_cast<std::size_t>(pattern.NumberOfCapturingGroups())) {}

  /// False: there is no further match, or failed().
  bool next() {
    if (at_ > text_.size()) return false;
    if (!call_.spend(1 + (text_.size() - at_) / kBytesPerStep)) {
      failed_ = true;
      return false;
    }
    if (!pattern_.Match(piece(text_), at_, text_.size(), RE2::UNANCHORED, groups_.data(), static_cast<int>(groups_.size()))) return false;
    begin_ = static_cast<std::size_t>(groups_[0].data() - text_.data());
    end_ = begin_ + groups_[0].size();
    // After an empty match the next one begins a character later.
    at_ = end_ > begin_ ? end_ : end_ + (end_ < text_.size() ? firstCharacter(text_.substr(end_)).size() : 1);
    return true;
  }

  bool failed() const { return failed_; }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  std::size_t groupCount() const { return groups_.size(); }
  /// The text of a group; absent if it took no part.
  std::optional<Text> group(std::size_t i) const {
    if (groups_[i].data() == nullptr) return std::nullopt;
    return view(groups_[i]);
  }

 private:
  BuiltinCall& call_;
  const RE2& pattern_;
  Text text_;
  std::vector<re2::StringPiece> groups_;
  std::size_t at_ = 0, begin_ = 0, end_ = 0;
  bool failed_ = false;
};

Value matches(BuiltinCall& call, Text text, Text pattern) {
  const RE2* regex = compiled(call, pattern);
  if (regex == nullptr) return Value::error();
  return Value::boolean(RE2::FullMatch(piece(text), *regex));
}

Value find(BuiltinCall& call, Text text, Text pattern) {
  const RE2* regex = compiled(call, pattern);
  if (regex == nullptr) return Value::error();
  Matches found(call, *regex, text);
  if (found.next()) return call.piece(*found.group(0));
  return found.failed() ? Value::error() : Value::absent();
}

Value findAll(BuiltinCall& call, Text text, Text pattern) {
  const RE2* regex = compiled(call, pattern);
  if (regex == nullptr) return Value::error();
  Matches found(call, *regex, text);
  std::vector<Text> all;
  while (found.next()) all.push_back(*found.group(0));
  return found.failed() ? Value::error() : wrap(call, all);
}

Value captures(BuiltinCall& call, Text text, Text pattern) {
  const RE2* regex = compiled(call, pattern);
  if (regex == nullptr) return Value::error();
  Matches found(call, *regex, text);
  if (!found.next()) return found.failed() ? Value::error() : Value::absent();
  const auto& names = regex->CapturingGroupNames();
  std::vector<TableEntry> groups;
  for (std::size_t i = 1; i < found.groupCount(); ++i) {
    const auto group = found.group(i);
    if (!group) continue;
    const auto name = names.find(static_cast<int>(i));
    groups.push_back({base::intern(name != names.end() ? name->second : std::to_string(i)), call.piece(*group), call.at()});
  }
  return wrap(call, groups);
}

/// A replacement's text and groups, in order.
struct ReplacementPart {
  Text text;
  std::optional<std::size_t> group;
};

/// The number of the group that `$…` names at the beginning of `text`, which is cut off; nullopt if there is none.
std::optional<std::size_t> takeGroup(const RE2& regex, Text& text) {
  if (text.starts_with('<')) {
    const auto end = text.find('>');
    if (end == Text::npos) return std::nullopt;
    const auto& groups = regex.NamedCapturingGroups();
    const auto found = groups.find(std::string(text.substr(1, end - 1)));
    if (found == groups.end()) return std::nullopt;
    text.remove_prefix(end + 1);
    return static_cast<std::size_t>(found->second);
  }
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const int group = text.front() - '0';
  if (group > regex.NumberOfCapturingGroups()) return std::nullopt;
  text.remove_prefix(1);
  return static_cast<std::size_t>(group);
}

/// nullopt: a `$` names no group, and that was reported.
std::optional<std::vector<ReplacementPart>> parseReplacement(BuiltinCall& call, const RE2& regex, Text text) {
  std::vector<ReplacementPart> parts;
  while (!text.empty()) {
    const auto dollar = text.find('$');
    if (dollar != 0) parts.push_back({text.substr(0, dollar), std::nullopt});
    if (dollar == Text::npos) break;
    text.remove_prefix(dollar + 1);
    if (text.starts_with('$')) {
      parts.push_back({"$", std::nullopt});
      text.remove_prefix(1);
      continue;
    }
    const auto group = takeGroup(regex, text);
    if (!group) {
      call.fail(fmt::format("a `$` of the replacement names none of the pattern's groups, of which there are {}; a dollar sign is written `$$`", regex.NumberOfCapturingGroups()));
      return std::nullopt;
    }
    parts.push_back({{}, group});
  }
  return parts;
}

Value replaceMatches(BuiltinCall& call, Text text, Text pattern, Text replacement) {
  const RE2* regex = compiled(call, pattern);
  if (regex == nullptr) return Value::error();
  const auto parts = parseReplacement(call, *regex, replacement);
  if (!parts) return Value::error();
  Matches found(call, *regex, text);
  std::string result;
  std::size_t done = 0;
  while (found.next()) {
    result.append(text.substr(done, found.begin() - done));
    for (const ReplacementPart& part : *parts) result.append(part.group ? found.group(*part.group).value_or("") : part.text);
    done = found.end();
    if (result.size() > kTextLimit) break;
  }
  if (found.failed()) return Value::error();
  result.append(text.substr(done));
  return wrap(call, result);
}

std::string regexEscape(Text text) { return RE2::QuoteMeta(piece(text)); }

constexpr Implementation kImplementations[] = {
    {Builtin::string_matches, bound<matches>},
    {Builtin::string_find, bound<find>},
    {Builtin::string_findAll, bound<findAll>},
    {Builtin::string_captures, bound<captures>},
    {Builtin::string_replaceMatches, bound<replaceMatches>},
    {Builtin::string_regexEscape, bound<regexEscape>},
};

}  // namespace

std::span<const Implementation> regexImplementations() { return kImplementations; }

}  // namespace kdsl::eval::builtins
