#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "codec/read.hpp"
#include "codec/reader_support.hpp"
#include "codec/toml_scalar.hpp"

namespace kdsl::codec {
namespace {

struct Table;

/// What a key stands for while the text is read: a value that is complete, or tables that later lines may extend.
using TableArray = std::vector<std::unique_ptr<Table>>;
using Node = std::variant<Data, std::unique_ptr<Table>, TableArray>;

/// How a table came to be decides what may still add to it.
enum class Origin : std::uint8_t {
  Implicit,  // part of a header's name
  Header,    // has its own header, and so no second one
  Dotted,    // part of a dotted key
  Inline,    // in braces: complete
};

struct TableEntry {
  std::string key;
  ByteSpan keySpan;
  Node node;
};

struct Table {
  Origin origin;
  ByteSpan span;
  std::vector<TableEntry> entries{};
  std::unordered_map<std::string, std::size_t> places{};

  TableEntry* find(const std::string& key) {
    const auto found = places.find(key);
    return found == places.end() ? nullptr : &entries[found->second];
  }
  TableEntry& add(std::string key, ByteSpan span_, Node node) {
    places.emplace(key, entries.size());
    return entries.emplace_back(TableEntry{std::move(key), span_, std::move(node)});
  }
};

/// As deep as the tables, which is bounded while reading.
Data toData(Table& table) {
  DataMap entries;
  entries.reserve(table.entries.size());
  for (TableEntry& entry : table.entries) {
    Data value;
    if (auto* const data = std::get_if<Data>(&entry.node)) {
      value = std::move(*data);
    } else if (auto* const child = std::get_if<std::unique_ptr<Table>>(&entry.node)) {
      value = toData(**child);
    } else {
      DataList items;
      for (const auto& item : *std::get_if<TableArray>(&entry.node)) items.push_back(toData(*item));
      value = Data::list(std::move(items), entry.keySpan);
    }
    entries.push_back({std::move(entry.key), entry.keySpan, std::move(value)});
  }
  return Data::map(std::move(entries), table.span);
}

struct KeyPart {
  std::string text;
  ByteSpan span;
};

/// Recursive descent over TOML 1.0. Each read… function is at the first byte of what it reads, returns false after reporting an error, and else leaves
/// at_ behind it. The first error ends the reading.
class TomlReader {
 public:
  TomlReader(std::string_view text, const ReadLimits& limits, ReadResult& result) : text_(text), limits_(limits), result_(result) {}

  void read() {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    Table root{Origin::Header, spanOf(0, text_.size())};
    current_ = &root;
    currentDepth_ = 1;
    bool ok = true;
    while (ok && skipLines()) {
      ok = peek() == '[' ? readHeader(root) : readEntry(*current_, currentDepth_);
      ok = ok && readLineEnd();
    }
    current_ = nullptr;
    if (ok) result_.documents.push_back(toData(root));
  }

 private:
  bool fail(Problem problem, ByteSpan span, std::string detail, ByteSpan related = {}) {
    result_.problems.push_back({problem, span, std::move(detail), related});
    return false;
  }

  bool failHere(std::string detail) {
    const std::size_t size = at_ < text_.size() ? decodeUtf8(text_.substr(at_, 4)).size : 0;
    return fail(Problem::Syntax, spanOf(at_, at_ + size), std::move(detail));
  }

  bool checkDepth(std::size_t depth) {
    return depth <= limits_.depth || fail(Problem::TooDeep, spanOf(at_, at_), std::to_string(limits_.depth));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool isAt(std::string_view token) const { return text_.substr(at_).starts_with(token); }
  bool atLineEnd() const { return at_ == text_.size() || text_[at_] == '\n' || isAt("\r\n"); }

  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  /// A comment up to its line end. Control characters have no place in it, and are left for the caller to stumble over.
  void skipComment() {
    while (!atLineEnd() && (static_cast<unsigned char>(text_[at_]) >= 0x20 || text_[at_] == '\t') && text_[at_] != 0x7F) ++at_;
  }

  /// Blanks, comments and line ends. False at the end of the text.
  bool skipLines() {
    while (true) {
      skipBlanks();
      if (peek() == '#') skipComment();
      if (at_ == text_.size()) return false;
      if (!atLineEnd()) return true;
      at_ += text_[at_] == '\n' ? 1 : 2;
    }
  }

  bool readLineEnd() {
    skipBlanks();
    if (peek() == '#') skipComment();
    return atLineEnd() || failHere("the end of the line was expected");
  }

  bool readHeader(Table& root) {
    const std::size_t begin = at_;
    const bool isArray = isAt("[[");
    at_ += isArray ? 2 : 1;
    std::vector<KeyPart> key;
    if (!readKey(key)) return false;
    if (!isAt(isArray ? "]]" : "]")) return failHere(isArray ? "`]]` was expected" : "`]` was expected");
    at_ += isArray ? 2 : 1;
    const ByteSpan span = spanOf(begin, at_);

    Table* table = &root;
    for (std::size_t i = 0; i + 1 < key.size(); ++i) {
      table = descend(*table, key[i], Origin::Implicit);
      if (table == nullptr) return false;
    }
    currentDepth_ = key.size() + (isArray ? 2 : 1);
    if (!checkDepth(currentDepth_)) return false;
    KeyPart& last = key.back();
    TableEntry* const found = table->find(last.text);
    if (isArray) {
      auto* array = found == nullptr ? std::get_if<TableArray>(&table->add(last.text, last.span, TableArray{}).node) : std::get_if<TableArray>(&found->node);
      if (array == nullptr) return failDuplicate(last, *found);
      current_ = array->emplace_back(std::make_unique<Table>(Table{Origin::Header, span})).get();
      return true;
    }
    if (found == nullptr) {
      current_ = addTable(*table, last, Origin::Header);
    } else {
      const auto* const existing = std::get_if<std::unique_ptr<Table>>(&found->node);
      if (existing == nullptr || (*existing)->origin != Origin::Implicit) return failDuplicate(last, *found);
      current_ = existing->get();
      current_->origin = Origin::Header;
    }
    current_->span = span;
    return true;
  }

  bool failDuplicate(const KeyPart& key, const TableEntry& first) { return fail(Problem::DuplicateKey, key.span, key.text, first.keySpan); }

  static Table* addTable(Table& parent, KeyPart& key, Origin origin) {
    auto table = std::make_unique<Table>(Table{origin, key.span});
    Table* const result = table.get();
    parent.add(std::move(key.text), key.span, std::move(table));
    return result;
  }

  /// The table that `key` names in `table`, made if it is not there; nullptr after an error. `origin` says whose part the key is: a header passes through
  /// every table but inline ones, a dotted key only through those that no header has closed.
  Table* descend(Table& table, KeyPart& key, Origin origin) {
    TableEntry* const found = table.find(key.text);
    if (found == nullptr) return addTable(table, key, origin);
    if (const auto* const child = std::get_if<std::unique_ptr<Table>>(&found->node)) {
      const Origin existing = (*child)->origin;
      if (existing != Origin::Inline && (origin == Origin::Implicit || existing != Origin::Header)) return child->get();
    } else if (const auto* const array = std::get_if<TableArray>(&found->node); array != nullptr && origin == Origin::Implicit) {
      return array->back().get();
    }
    failDuplicate(key, *found);
    return nullptr;
  }

  bool readKey(std::vector<KeyPart>& key) {
    while (true) {
      skipBlanks();
      const std::size_t begin = at_;
      KeyPart part;
      if (peek() == '"' || peek() == '\'') {
        if (isAt("\"\"\"") || isAt("'''")) return failHere("a key stands on one line, in single or double quotes");
        if (!readString(part.text)) return false;
      } else {
        while (isBareKeyCharacter(peek())) ++at_;
        if (at_ == begin) return failHere("a key was expected");
        part.text = text_.substr(begin, at_ - begin);
      }
      part.span = spanOf(begin, at_);
      key.push_back(std::move(part));
      if (!checkDepth(key.size())) return false;
      skipBlanks();
      if (peek() != '.') return true;
      ++at_;
    }
  }

  static bool isBareKeyCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

  /// `key = value` into `table`, which is `depth` tables deep.
  bool readEntry(Table& table, std::size_t depth) {
    std::vector<KeyPart> key;
    if (!readKey(key)) return false;
    if (peek() != '=') return failHere("`=` was expected");
    ++at_;
    skipBlanks();
    Table* target = &table;
    for (std::size_t i = 0; i + 1 < key.size(); ++i) {
      target = descend(*target, key[i], Origin::Dotted);
      if (target == nullptr) return false;
    }
    KeyPart& last = key.back();
    if (const TableEntry* const found = target->find(last.text)) return failDuplicate(last, *found);
    Node node;
    if (!readNode(node, depth + key.size() - 1)) return false;
    target->add(std::move(last.text), last.span, std::move(node));
    return true;
  }

  bool readNode(Node& node, std::size_t depth) {
    if (++nodes_ > limits_.nodes) return fail(Problem::TooManyNodes, spanOf(at_, at_), std::to_string(limits_.nodes));
    if (!checkDepth(depth)) return false;
    const std::size_t begin = at_;
    Data value;
    if (peek() == '{') {
      auto table = std::make_unique<Table>(Table{Origin::Inline, {}});
      if (!readInlineTable(*table, depth + 1)) return false;
      table->span = spanOf(begin, at_);
      node = std::move(table);
      return true;
    }
    if (peek() == '[') {
      if (!readArray(value, depth + 1)) return false;
    } else if (peek() == '"' || peek() == '\'') {
      std::string text;
      if (!readString(text)) return false;
      value = Data::string(std::move(text));
    } else if (!readWord(value)) {
      return false;
    }
    value.setSpan(spanOf(begin, at_));
    node = std::move(value);
    return true;
  }

  bool readInlineTable(Table& table, std::size_t depth) {
    if (!checkDepth(depth)) return false;
    ++at_;
    skipBlanks();
    if (peek() == '}') {
      ++at_;
      return true;
    }
    while (true) {
      if (!readEntry(table, depth)) return false;
      skipBlanks();
      if (peek() == '}') {
        ++at_;
        return true;
      }
      if (peek() != ',') return failHere("`,` or `}` was expected");
      ++at_;
      skipBlanks();
    }
  }

  bool readArray(Data& value, std::size_t depth) {
    if (!checkDepth(depth)) return false;
    const std::size_t begin = at_++;
    value = Data::list();
    while (true) {
      if (!skipLines()) return fail(Problem::Syntax, spanOf(begin, begin + 1), "this list has no end");
      if (peek() == ']') break;
      Node node;
      if (!readNode(node, depth)) return false;
      auto* const table = std::get_if<std::unique_ptr<Table>>(&node);
      value.items().push_back(table != nullptr ? toData(**table) : std::move(*std::get_if<Data>(&node)));
      if (!skipLines()) continue;
      if (peek() == ']') break;
      if (peek() != ',') return failHere("`,` or `]` was expected");
      ++at_;
    }
    ++at_;
    return true;
  }

  bool readWord(Data& value) {
    const std::size_t begin = at_;
    const auto isWordCharacter = [](char c) { return isBareKeyCharacter(c) || c == '+' || c == '.' || c == ':'; };
    while (isWordCharacter(peek())) ++at_;
    if (at_ == begin) return failHere("a value was expected");
    if (peek() == ' ' && looksLikeTomlDate(text_.substr(begin, at_ - begin)) && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') {
      ++at_;
      while (isWordCharacter(peek())) ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    TomlScalar scalar = typeTomlWord(word);
    const ByteSpan span = spanOf(begin, at_);
    if (scalar.outOfRange) return fail(Problem::NumberRange, span, std::string(word));
    if (!scalar.error.empty()) return fail(Problem::Syntax, span, std::string(scalar.error));
    value = std::move(scalar.value);
    return true;
  }

  /// Any of the four kinds of string.
  bool readString(std::string& out) {
    const std::size_t begin = at_;
    const char quote = text_[at_];
    const std::string three(3, quote);
    const bool isLong = isAt(three);
    at_ += isLong ? 3 : 1;
    if (isLong && atLineEnd() && at_ < text_.size()) at_ += text_[at_] == '\n' ? 1 : 2;  // the first line end is no part of it
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == quote && !isLong) {
        ++at_;
        return true;
      }
      if (c == quote && isAt(three)) {
        at_ += 3;
        for (int extra = 0; extra < 2 && peek() == quote; ++extra, ++at_) out += quote;  // up to two quotes may stand before the end
        return true;
      }
      if (c == '\\' && quote == '"') {
        if (!readEscape(out, isLong)) return false;
        continue;
      }
      if (atLineEnd()) {
        if (!isLong) break;
        if (c == '\r') ++at_;
        ++at_;
        out += '\n';
        continue;
      }
      if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return failHere("a control character in a string is written as an escape");
      out += c;
      ++at_;
    }
    return fail(Problem::Syntax, spanOf(begin, begin + 1), "this string has no end");
  }

  bool readEscape(std::string& out, bool isLong) {
    constexpr std::string_view letters = "\"\\bfnrt";
    constexpr std::string_view meanings = "\"\\\b\f\n\r\t";
    const std::size_t begin = at_++;
    const char letter = peek();
    if (const std::size_t index = letter == '\0' ? letters.npos : letters.find(letter); index != letters.npos) {
      out += meanings[index];
      ++at_;
      return true;
    }
    if (letter == 'u' || letter == 'U') {
      const std::size_t digits = letter == 'u' ? 4 : 8;
      const std::string_view hex = text_.substr(at_ + 1, digits);
      std::uint32_t code = 0;
      const auto read = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
      if (hex.size() != digits || read.ptr != hex.data() + digits || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return fail(Problem::Syntax, spanOf(begin, at_ + 1), "this escape names no character");
      }
      appendUtf8(out, code);
      at_ += 1 + digits;
      return true;
    }
    if (isLong) {  // a backslash at the end of a line takes the line end and the blanks after it away
      skipBlanks();
      if (atLineEnd() && at_ < text_.size()) {
        while (at_ < text_.size() && (atLineEnd() || text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
        return true;
      }
    }
    return fail(Problem::Syntax, spanOf(begin, begin + 1), "this escape does not exist");
  }

  std::string_view text_;
  const ReadLimits& limits_;
  ReadResult& result_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
  Table* current_ = nullptr;  // of the last header
  std::size_t currentDepth_ = 0;
};

}  // namespace

ReadResult readToml(std::string_view text, const ReadLimits& limits) {
  ReadResult result;
  if (checkText(text, limits, result.problems)) TomlReader{text, limits, result}.read();
  return result;
}

}  // namespace kdsl::codec
