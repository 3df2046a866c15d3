#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "codec/number_text.hpp"
#include "codec/read.hpp"
#include "codec/reader_support.hpp"

namespace kdsl::codec {
namespace {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Recursive descent. Each read… function is at the first byte of what it reads, returns false after reporting an error, and else leaves at_ behind it.
class JsonReader {
 public:
  JsonReader(std::string_view text, const ReadLimits& limits, ReadResult& result) : text_(text), limits_(limits), result_(result) {}

  void read() {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    Data value;
    skipBlanks();
    if (!readValue(value)) return;
    result_.documents.push_back(std::move(value));
    skipBlanks();
    if (at_ < text_.size()) failHere("one JSON value was expected, and more follows it");
  }

 private:
  bool fail(Problem problem, ByteSpan span, std::string detail) {
    result_.problems.push_back({problem, span, std::move(detail), {}});
    return false;
  }

  bool failHere(std::string detail) {
    const std::size_t size = at_ < text_.size() ? decodeUtf8(text_.substr(at_, 4)).size : 0;
    return fail(Problem::Syntax, spanOf(at_, at_ + size), std::move(detail));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  }

  bool readValue(Data& value) {
    if (++nodes_ > limits_.nodes) return fail(Problem::TooManyNodes, spanOf(at_, at_), std::to_string(limits_.nodes));
    const std::size_t begin = at_;
    switch (peek()) {
      case '{': return readCollection(value, '}', &JsonReader::readEntries);
      case '[': return readCollection(value, ']', &JsonReader::readItems);
      case '"': {
        std::string text;
        if (!readString(text)) return false;
        value = Data::string(std::move(text), spanOf(begin, at_));
        return true;
      }
      case 't': return readWord("true", Data::boolean(true), value);
      case 'f': return readWord("false", Data::boolean(false), value);
      case 'n': return readWord("null", Data::null(), value);
      default: return readNumber(value);
    }
  }

  bool readWord(std::string_view word, Data meaning, Data& value) {
    if (!text_.substr(at_).starts_with(word)) return failHere("a JSON value was expected");
    meaning.setSpan(spanOf(at_, at_ + word.size()));
    at_ += word.size();
    value = std::move(meaning);
    return true;
  }

  bool readCollection(Data& value, char close, bool (JsonReader::*readContent)(Data&, char)) {
    const std::size_t begin = at_;
    if (depth_ == limits_.depth) return fail(Problem::TooDeep, spanOf(at_, at_ + 1), std::to_string(limits_.depth));
    ++depth_;
    ++at_;
    skipBlanks();
    if (!(this->*readContent)(value, close)) return false;
    --depth_;
    value.setSpan(spanOf(begin, at_));
    return true;
  }

  /// After an item: true at the next one, false at the end or after an error; `ok` tells which.
  bool continues(char close, bool& ok) {
    skipBlanks();
    ok = true;
    if (peek() == ',') {
      ++at_;
      skipBlanks();
      if (peek() == close) return ok = failHere("a JSON list or object has no comma at its end");
      return true;
    }
    if (peek() != close) return ok = failHere(std::string("`,` or `") + close + "` was expected");
    ++at_;
    return false;
  }

  bool readItems(Data& value, char close) {
    value = Data::list();
    if (peek() == close) {
      ++at_;
      return true;
    }
    bool ok = true;
    do {
      Data item;
      if (!readValue(item)) return false;
      value.items().push_back(std::move(item));
    } while (continues(close, ok));
    return ok;
  }

  bool readEntries(Data& value, char close) {
    value = Data::map();
    if (peek() == close) {
      ++at_;
      return true;
    }
    bool ok = true;
    do {
      if (peek() != '"') return failHere("a key in double quotes was expected");
      DataEntry entry;
      const std::size_t begin = at_;
      if (!readString(entry.key)) return false;
      entry.keySpan = spanOf(begin, at_);
      skipBlanks();
      if (peek() != ':') return failHere("`:` was expected");
      ++at_;
      skipBlanks();
      if (!readValue(entry.value)) return false;
      value.entries().push_back(std::move(entry));
    } while (continues(close, ok));
    dropDuplicates(value.entries(), result_.problems);
    return ok;
  }

  bool readString(std::string& out) {
    const std::size_t begin = at_++;
    while (true) {
      const std::size_t run = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20) ++at_;
      out.append(text_, run, at_ - run);
      if (at_ == text_.size()) return fail(Problem::Syntax, spanOf(begin, begin + 1), "this string has no end");
      if (text_[at_] == '"') {
        ++at_;
        return true;
      }
      if (text_[at_] != '\\') return failHere("a control character in a string is written as an escape");
      if (!readEscape(out)) return false;
    }
  }

  /// The four digits of \uXXXX at at_ + 2, or a value over 0xFFFF.
  std::uint32_t unicodeEscape() const {
    constexpr std::uint32_t none = 0x10000;
    if (text_.size() - at_ < 6 || text_[at_] != '\\' || text_[at_ + 1] != 'u') return none;
    std::uint32_t unit = 0;
    const char* const begin = text_.data() + at_ + 2;
    return std::from_chars(begin, begin + 4, unit, 16).ptr == begin + 4 ? unit : none;
  }

  bool readEscape(std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (const std::size_t index = letter == '\0' ? letters.npos : letters.find(letter); index != letters.npos) {
      out += meanings[index];
      at_ += 2;
      return true;
    }
    const std::size_t begin = at_;
    std::uint32_t unit = unicodeEscape();
    if (unit > 0xFFFF) return fail(Problem::Syntax, spanOf(at_, at_ + 1), "this escape does not exist");
    at_ += 6;
    if (unit >= 0xD800 && unit < 0xE000) {
      const std::uint32_t low = unit < 0xDC00 && at_ < text_.size() ? unicodeEscape() : 0;
      if (low < 0xDC00 || low > 0xDFFF) return fail(Problem::Syntax, spanOf(begin, at_), "half of a surrogate pair is no character");
      at_ += 6;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    appendUtf8(out, unit);
    return true;
  }

  bool readNumber(Data& value) {
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    if (!isDigit(peek())) {
      at_ = begin;
      return failHere("a JSON value was expected");
    }
    const bool leadingZero = peek() == '0';
    const std::size_t digits = at_;
    while (isDigit(peek())) ++at_;
    if (leadingZero && at_ - digits > 1) return fail(Problem::Syntax, spanOf(begin, at_), "a JSON number has no leading zeros");
    bool isFloat = false;
    if (peek() == '.') {
      isFloat = true;
      ++at_;
      if (!isDigit(peek())) return failHere("a digit was expected after `.`");
      while (isDigit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      isFloat = true;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!isDigit(peek())) return failHere("a digit was expected in the exponent");
      while (isDigit(peek())) ++at_;
    }
    const std::string_view text = text_.substr(begin, at_ - begin);
    const ByteSpan span = spanOf(begin, at_);
    if (!isFloat) {
      if (const auto integer = readInteger(text)) {
        value = Data::integer(*integer, span);
        return true;
      }
    }
    const auto number = readDouble(text);
    if (!number) return fail(Problem::NumberRange, span, std::string(text));
    if (!isFloat) result_.problems.push_back({Problem::InexactInteger, span, std::string(text), {}});
    value = Data::floating(*number, span);
    return true;
  }

  std::string_view text_;
  const ReadLimits& limits_;
  ReadResult& result_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
  unsigned depth_ = 0;
};

}  // namespace

ReadResult readJson(std::string_view text, const ReadLimits& limits) {
  ReadResult result;
  if (checkText(text, limits, result.problems)) JsonReader{text, limits, result}.read();
  return result;
}

}  // namespace kdsl::codec
