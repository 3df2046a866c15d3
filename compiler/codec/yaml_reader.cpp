// The only file that knows yaml-cpp. Its parser throws; nothing escapes from readYaml.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <iterator>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "codec/read.hpp"
#include "codec/reader_support.hpp"
#include "codec/yaml_plain_type.hpp"

namespace kdsl::codec {
namespace {

/// Reads from memory that it does not own.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // never written to: there is no put area
    setg(begin, begin, begin + text.size());
  }
};

/// What a node costs the limits.
struct Cost {
  std::size_t weight;  ///< nodes, long text counted as several
  std::size_t depth;   ///< of the lists and maps in it
};

struct Anchored {
  Data value;
  Cost cost;
};

/// Builds documents from the parser's events. After an error it takes no more of them: the parser cannot be stopped within a document.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::size_t offset, const ReadLimits& limits, ReadResult& result)
      : text_(text), offset_(offset), limits_(limits), result_(result) {}

  bool isStopped() const { return stopped_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    const std::size_t begin = position(mark);
    // The parser leaves some tokens, as a `,` outside brackets, where they are, and would make empty documents of them for ever.
    // It begins another one too at text behind a mapping that is no entry of it.
    if (hasDocument_ && (begin <= documentBegin_ || !isSeparated(begin))) return stop(Problem::Syntax, spanOf(begin, std::min(begin + 1, text_.size())), "this belongs to no value");
    hasDocument_ = true;
    documentBegin_ = begin;
    lastEnd_ = begin;
    anchors_.clear();
  }
  void OnDocumentEnd() override {
    if (!stopped_) result_.documents.push_back(std::move(root_));
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (stopped_) return;
    const std::size_t begin = skipProperties(position(mark));
    const std::string_view word = wordAt(begin);
    if (!count(1, spanOf(begin, begin))) return;
    const bool written = typePlainYaml(word).value.isNull() && !word.empty();
    if (!written && isKeyAlone()) return stop(Problem::Syntax, frames_.back().keySpan, "this belongs to no value");
    add(Data::null(written ? spanOf(begin, begin + word.size()) : spanOf(lastEnd_, lastEnd_)), {1, 0}, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (stopped_) return;
    const std::size_t begin = position(mark);
    const ByteSpan span = spanOf(begin, begin + wordAt(begin).size());
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {  // within its own anchor
      return stop(Problem::UnknownAlias, span, std::string(wordAt(begin).substr(span.end == span.begin ? 0 : 1)));
    }
    const Cost cost = found->second.cost;
    if (frames_.size() + cost.depth > limits_.depth) return stop(Problem::TooDeep, span, std::to_string(limits_.depth));
    if (!count(cost.weight, span)) return;
    Data copy = found->second.value;
    copy.setSpan(span);
    add(std::move(copy), cost, YAML::NullAnchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    if (stopped_) return;
    const std::size_t begin = skipProperties(position(mark));
    const ByteSpan span = spanOf(begin, endOfScalar(begin, value));
    // "?" is a plain scalar without a tag; such a `<<` as a key merges.
    const bool isPlain = tag == "?";
    if (isPlain && expectsKey() && value == "<<") frames_.back().nextMerges = true;
    Data data = expectsKey() ? Data::string(value) : isPlain ? plain(value, span) : tagged(tag, value, span);
    data.setSpan(span);
    constexpr std::size_t bytesPerNode = 32;
    const std::size_t weight = 1 + value.size() / bytesPerNode;
    if (stopped_ || !count(weight, span)) return;
    add(std::move(data), {weight, 0}, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(mark, tag, "tag:yaml.org,2002:seq", Data::list(), anchor, style);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(mark, tag, "tag:yaml.org,2002:map", Data::map(), anchor, style);
  }
  void OnMapEnd() override {
    if (stopped_) return;
    Frame& frame = frames_.back();
    dropDuplicates(frame.value.entries(), result_.problems);
    if (!frame.merged.empty()) merge(frame);
    close('}');
  }

 private:
  /// The parser takes text in a line of its own, behind entries of a map, for a key: `a: 1`, then `<<<<<<< HEAD`.
  bool isKeyAlone() const {
    if (frames_.empty() || !frames_.back().value.isMap() || frames_.back().isFlow || !frames_.back().hasKey) return false;
    const auto key = frames_.back().keySpan;
    const auto next = text_.find_first_not_of(" \t\r\n", key.end);
    if (next != std::string_view::npos && text_[next] == ':') return false;
    const auto before = key.begin == 0 ? std::string_view::npos : text_.find_last_not_of(" \t", key.begin - 1);
    return before == std::string_view::npos || text_[before] != '?';
  }

  /// Whether a line that ends a document stands between the last value and this place.
  bool isSeparated(std::size_t begin) const {
    const auto between = text_.substr(std::min(lastEnd_, begin), begin + 3 - std::min(lastEnd_, begin));
    for (std::size_t at = 0; at < between.size(); ++at) {
      const bool startsLine = at == 0 ? lastEnd_ == 0 || text_[lastEnd_ - 1] == '\n' : between[at - 1] == '\n' || between[at - 1] == '\r';
      if (startsLine && (between.substr(at).starts_with("---") || between.substr(at).starts_with("..."))) return true;
    }
    return false;
  }

  /// A list or map that is being read.
  struct Frame {
    Data value;
    YAML::anchor_t anchor;
    std::size_t weightBefore;  // of all, when this began
    bool isFlow;
    std::size_t childDepth = 0;
    bool hasKey = false;      // of a map: `key` waits for its value
    bool nextMerges = false;  // the key that waits is `<<`
    std::string key{};
    ByteSpan keySpan{};
    std::vector<Data> merged{};  // what stood after `<<`
  };

  void stop(Problem problem, ByteSpan span, std::string detail) {
    result_.problems.push_back({problem, span, std::move(detail), {}});
    stopped_ = true;
  }

  void warn(PlainNote note, ByteSpan span, const std::string& text) {
    switch (note) {
      case PlainNote::None: return;
      case PlainNote::AmbiguousBoolean: result_.problems.push_back({Problem::AmbiguousBoolean, span, text, {}}); return;
      case PlainNote::AmbiguousNumber: result_.problems.push_back({Problem::AmbiguousNumber, span, text, {}}); return;
      case PlainNote::InexactInteger: result_.problems.push_back({Problem::InexactInteger, span, text, {}}); return;
      case PlainNote::NumberRange: stop(Problem::NumberRange, span, text); return;
    }
  }

  bool expectsKey() const { return !frames_.empty() && frames_.back().value.isMap() && !frames_.back().hasKey; }

  std::size_t position(const YAML::Mark& mark) const { return std::min(offset_ + static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size()); }

  static constexpr std::string_view kBlanks = " \t\r\n";

  std::string_view wordAt(std::size_t begin) const {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", begin), text_.size());
    std::string_view word = text_.substr(begin, end - begin);
    if (word.ends_with(':')) word.remove_suffix(1);
    return word;
  }

  /// Behind the anchor and tag of the node that begins at `at`.
  std::size_t skipProperties(std::size_t at) const {
    while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
      at = std::min(text_.find_first_of(kBlanks, at), text_.size());
      at = std::min(text_.find_first_not_of(kBlanks, at), text_.size());
    }
    return at;
  }

  /// The parser says only where a scalar begins.
  std::size_t endOfScalar(std::size_t begin, std::string_view value) const {
    if (begin >= text_.size()) return text_.size();
    const char quote = text_[begin];
    if (quote == '"' || quote == '\'') {
      for (std::size_t at = begin + 1; at < text_.size(); ++at) {
        if (quote == '"' && text_[at] == '\\') {
          ++at;
        } else if (text_[at] == quote) {
          if (quote == '"' || at + 1 == text_.size() || text_[at + 1] != quote) return at + 1;
          ++at;
        }
      }
      return text_.size();
    }
    if (text_.substr(begin).starts_with(value)) return begin + value.size();
    // A block, or plain text of several lines: its first line stands for it.
    std::size_t end = std::min(text_.find('\n', begin), text_.size());
    while (end > begin && kBlanks.find(text_[end - 1]) != std::string_view::npos) --end;
    return end;
  }

  Data plain(const std::string& value, ByteSpan span) {
    PlainScalar scalar = typePlainYaml(value);
    warn(scalar.note, span, value);
    return std::move(scalar.value);
  }

  Data tagged(const std::string& tag, const std::string& value, ByteSpan span) {
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (tag == "!") return Data::string(value);  // quoted, or `! text`
    const std::string_view name = tag.starts_with(prefix) ? std::string_view{tag}.substr(prefix.size()) : std::string_view{};
    if (name == "str" || name == "binary" || name == "timestamp") return Data::string(value);
    PlainScalar scalar = typePlainYaml(value);
    const auto kind = scalar.value.kind();
    if (name == "float" && kind == Data::Kind::Integer) return Data::floating(static_cast<double>(scalar.value.asInteger()));
    const bool fits = (name == "int" && kind == Data::Kind::Integer) || (name == "float" && kind == Data::Kind::Float) ||
                      (name == "bool" && kind == Data::Kind::Bool) || (name == "null" && kind == Data::Kind::Null);
    if (fits) return std::move(scalar.value);
    if (name == "int" || name == "float" || name == "bool" || name == "null") {
      stop(Problem::Syntax, span, '`' + value + "` does not fit its tag `!!" + std::string(name) + '`');
    } else {
      stop(Problem::UnknownTag, span, tag);
    }
    return {};
  }

  void open(const YAML::Mark& mark, const std::string& tag, std::string_view ownTag, Data value, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    if (stopped_) return;
    const std::size_t begin = skipProperties(position(mark));
    const ByteSpan span = spanOf(begin, begin);
    if (tag != "?" && tag != "!" && !tag.empty() && tag != ownTag) return stop(Problem::UnknownTag, spanOf(position(mark), begin), tag);
    if (expectsKey()) return stop(Problem::KeyNotScalar, span, {});
    if (frames_.size() == limits_.depth) return stop(Problem::TooDeep, span, std::to_string(limits_.depth));
    value.setSpan(span);
    if (!count(1, span)) return;
    frames_.push_back(Frame{std::move(value), anchor, weight_ - 1, style == YAML::EmitterStyle::Flow});
  }

  void close(char bracket) {
    if (stopped_) return;
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    ByteSpan span = frame.value.span();
    std::size_t end = std::max<std::size_t>(lastEnd_, span.begin);
    if (frame.isFlow) {
      if (frame.value.isMap() ? frame.value.entries().empty() : frame.value.items().empty()) end = std::min<std::size_t>(span.begin + 1, text_.size());
      const std::size_t closing = std::min(text_.find_first_not_of(" \t\r\n,", end), text_.size());
      if (closing < text_.size() && text_[closing] == bracket) end = closing + 1;
    }
    span.end = static_cast<std::uint32_t>(end);
    frame.value.setSpan(span);
    add(std::move(frame.value), {weight_ - frame.weightBefore, frame.childDepth + 1}, frame.anchor);
  }

  /// False after reporting that there are too many.
  bool count(std::size_t weight, ByteSpan span) {
    weight_ += weight;
    if (weight_ > limits_.nodes) stop(Problem::TooManyNodes, span, std::to_string(limits_.nodes));
    return !stopped_;
  }

  /// Puts a finished node, which is counted already, into its parent.
  void add(Data value, Cost cost, YAML::anchor_t anchor) {
    const ByteSpan span = value.span();
    lastEnd_ = std::max<std::size_t>(lastEnd_, span.end);
    if (anchor != YAML::NullAnchor) {
      if (!count(cost.weight, span)) return;
      anchors_.insert_or_assign(anchor, Anchored{value, cost});
    }
    if (frames_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = frames_.back();
    frame.childDepth = std::max(frame.childDepth, cost.depth);
    if (frame.value.isList()) {
      frame.value.items().push_back(std::move(value));
    } else if (!frame.hasKey) {
      if (value.isList() || value.isMap()) return stop(Problem::KeyNotScalar, span, {});  // through an alias
      frame.hasKey = true;
      frame.key = value.isString() ? value.asString() : std::string(text_.substr(span.begin, span.end - span.begin));
      frame.keySpan = span;
    } else {
      frame.hasKey = false;
      if (frame.nextMerges) {
        frame.nextMerges = false;
        addMerged(frame, std::move(value));
      } else {
        frame.value.entries().push_back({std::move(frame.key), frame.keySpan, std::move(value)});
      }
    }
  }

  void addMerged(Frame& frame, Data value) {
    if (value.isMap()) {
      frame.merged.push_back(std::move(value));
      return;
    }
    const bool isListOfMaps = value.isList() && std::ranges::all_of(value.items(), [](const Data& item) { return item.isMap(); });
    if (!isListOfMaps) return stop(Problem::BadMergeKey, value.span(), {});
    std::ranges::move(value.items(), std::back_inserter(frame.merged));
  }

  /// The map's own keys win over merged ones, earlier merged maps over later ones.
  static void merge(Frame& frame) {
    DataMap& entries = frame.value.entries();
    std::unordered_set<std::string> seen;
    for (const DataEntry& entry : entries) seen.insert(entry.key);
    for (Data& map : frame.merged) {
      for (DataEntry& entry : map.entries()) {
        if (seen.insert(entry.key).second) entries.push_back(std::move(entry));
      }
    }
  }

  std::string_view text_;
  std::size_t offset_;
  const ReadLimits& limits_;
  ReadResult& result_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  Data root_;
  bool hasDocument_ = false;
  std::size_t documentBegin_ = 0;
  std::size_t weight_ = 0;   // of all documents so far, with what anchors keep
  std::size_t lastEnd_ = 0;  // behind the last scalar
  bool stopped_ = false;
};

/// YAML has no control characters but tab and line ends. The parser takes one of them for the end of its input.
bool checkCharacters(std::string_view text, std::vector<ReadProblem>& problems) {
  const auto isControl = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F; };
  const auto bad = std::ranges::find_if(text, isControl);
  if (bad == text.end()) return true;
  const auto at = static_cast<std::size_t>(bad - text.begin());
  problems.push_back({Problem::Syntax, spanOf(at, at + 1), "YAML has no control characters: in double quotes they are written as escapes", {}});
  return false;
}

}  // namespace

ReadResult readYaml(std::string_view text, const ReadLimits& limits) {
  ReadResult result;
  if (!checkText(text, limits, result.problems) || !checkCharacters(text, result.problems)) return result;
  const std::size_t offset = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  ViewBuffer buffer{text.substr(offset)};
  std::istream stream{&buffer};
  TreeBuilder builder{text, offset, limits, result};
  try {
    YAML::Parser parser{stream};
    while (!builder.isStopped() && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    if (builder.isStopped()) return result;  // what follows an error is no news
    const std::size_t at = std::min(offset + static_cast<std::size_t>(std::max(error.mark.pos, 0)), text.size());
    result.problems.push_back({Problem::Syntax, spanOf(at, std::min(at + 1, text.size())), error.msg, {}});
  } catch (const std::exception& error) {
    result.problems.push_back({Problem::Syntax, {}, error.what(), {}});
  }
  return result;
}

}  // namespace kdsl::codec
