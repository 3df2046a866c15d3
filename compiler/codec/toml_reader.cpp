// The only file that knows toml++.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 1
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/read.hpp"
#include "codec/reader_support.hpp"

namespace kdsl::codec {
namespace {

/// Turns the parser's lines and columns, which count characters from 1, into bytes.
class Positions {
 public:
  explicit Positions(std::string_view text) : text_(text) {
    lines_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) lines_.push_back(at + 1);
  }

  ByteSpan span(const toml::source_region& region) {
    const std::size_t begin = offset(region.begin);
    return spanOf(begin, std::max(offset(region.end), begin));
  }

 private:
  /// Goes on from the last position if it can, so that a long line is read once and not for each of its values.
  std::size_t offset(const toml::source_position& position) {
    if (position.line == 0 || position.line > lines_.size()) return text_.size();
    if (position.line != last_.line || position.column < last_.column) {
      last_ = {position.line, 1};
      lastOffset_ = lines_[position.line - 1];
    }
    while (last_.column < position.column && lastOffset_ < text_.size() && text_[lastOffset_] != '\n') {
      lastOffset_ += std::max<std::size_t>(decodeUtf8(text_.substr(lastOffset_, 4)).size, 1);
      ++last_.column;
    }
    return lastOffset_;
  }

  std::string_view text_;
  std::vector<std::size_t> lines_;
  toml::source_position last_{1, 1};
  std::size_t lastOffset_ = 0;
};

/// The parser limits the nesting of brackets, but not the parts of dotted keys, and it frees its tables recursively. So their sum is bounded before it
/// sees the text. Counts on the safe side: every dot outside quotes and comments within one value or header, numbers' too.
class DepthCheck {
 public:
  DepthCheck(std::string_view text, unsigned limit) : text_(text), limit_(limit) {}

  /// The offset where the limit is exceeded, or npos. O(n).
  std::size_t firstTooDeep() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (startsLine_ && c != ' ' && c != '\t') {
        isHeader_ = c == '[';
        startsLine_ = false;
      }
      if (c == '"' || c == '\'') {
        skipString(c);
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        countCharacter(c);
        if (dots_ + open_.size() + headerDots_ > limit_) return at_;
        ++at_;
      }
    }
    return std::string_view::npos;
  }

 private:
  void countCharacter(char c) {
    switch (c) {
      case '.':
        ++dots_;
        if (isHeader_) headerDots_ = std::max(headerDots_, dots_);  // its tables stay open for the lines below
        break;
      case '[': case '{': open_.push_back(dots_); break;
      case ']': case '}':
        if (open_.empty()) break;
        dots_ = open_.back();
        open_.pop_back();
        break;
      case ',': dots_ = open_.empty() ? 0 : open_.back(); break;
      case '\n':
        if (!open_.empty()) break;
        dots_ = 0;
        startsLine_ = true;
        break;
      default: break;
    }
  }

  void skipString(char quote) {
    const std::string three(3, quote);
    const bool isLong = text_.substr(at_).starts_with(three);
    at_ += isLong ? 3 : 1;
    while (at_ < text_.size()) {
      if (quote == '"' && text_[at_] == '\\') {
        at_ += 2;
      } else if (isLong && text_.substr(at_).starts_with(three)) {
        at_ += 3;
        return;
      } else if (!isLong && (text_[at_] == quote || text_[at_] == '\n')) {
        ++at_;
        return;
      } else {
        ++at_;
      }
    }
  }

  std::string_view text_;
  std::size_t limit_;
  std::size_t at_ = 0;
  std::size_t dots_ = 0;
  std::size_t headerDots_ = 0;
  bool startsLine_ = true;
  bool isHeader_ = false;
  std::vector<std::size_t> open_;  // dots before each bracket
};

Data convert(const toml::node& node, Positions& positions);

Data convertTable(const toml::table& table, Positions& positions) {
  DataMap entries;
  entries.reserve(table.size());
  for (const auto& [key, value] : table) entries.push_back({std::string(key.str()), positions.span(key.source()), convert(value, positions)});
  // The parser sorts by name.
  std::ranges::stable_sort(entries, {}, [](const DataEntry& entry) { return entry.keySpan.begin; });
  return Data::map(std::move(entries), positions.span(table.source()));
}

template <typename T>
std::string printed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

Data convert(const toml::node& node, Positions& positions) {
  const ByteSpan span = positions.span(node.source());
  switch (node.type()) {
    case toml::node_type::table: return convertTable(*node.as_table(), positions);
    case toml::node_type::array: {
      DataList items;
      items.reserve(node.as_array()->size());
      for (const toml::node& item : *node.as_array()) items.push_back(convert(item, positions));
      return Data::list(std::move(items), span);
    }
    case toml::node_type::string: return Data::string(node.as_string()->get(), span);
    case toml::node_type::integer: return Data::integer(node.as_integer()->get(), span);
    case toml::node_type::floating_point: return Data::floating(node.as_floating_point()->get(), span);
    case toml::node_type::boolean: return Data::boolean(node.as_boolean()->get(), span);
    case toml::node_type::date: return Data::string(printed(node.as_date()->get()), span);
    case toml::node_type::time: return Data::string(printed(node.as_time()->get()), span);
    case toml::node_type::date_time: return Data::string(printed(node.as_date_time()->get()), span);
    case toml::node_type::none: break;
  }
  return Data::null(span);
}

}  // namespace

ReadResult readToml(std::string_view text, const ReadLimits& limits) {
  ReadResult result;
  if (!checkText(text, limits, result.problems)) return result;
  const std::size_t tooDeep = DepthCheck{text, limits.depth}.firstTooDeep();
  if (tooDeep != std::string_view::npos) {
    result.problems.push_back({Problem::TooDeep, spanOf(tooDeep, tooDeep + 1), std::to_string(limits.depth), {}});
    return result;
  }
  Positions positions{text};
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const ByteSpan span = positions.span(parsed.error().source());
    result.problems.push_back({Problem::Syntax, span, std::string(parsed.error().description()), {}});
    return result;
  }
  result.documents.push_back(convertTable(parsed.table(), positions));
  return result;
}

}  // namespace kdsl::codec
