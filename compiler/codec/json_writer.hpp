#pragma once
// Streams JSON into one string, compact or one entry a line.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kdsl::codec {

enum class JsonStyle : std::uint8_t {
  Compact,  ///< `{"a":1,"b":[]}`, no newline at the end of a document
  Pretty,   ///< two spaces a level, `"a": 1`, a newline at the end of each document
};

/// An EventWriter. Several documents follow each other on lines of their own (JSON lines, if Compact). Comments are dropped.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, JsonStyle style = JsonStyle::Compact) : out_(out), style_(style) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void beginDocument();
  void endDocument();
  void beginMap() { open('{'); }
  void endMap() { close('}'); }
  void beginList() { open('['); }
  void endList() { close(']'); }
  void key(std::string_view text);
  void string(std::string_view text);
  void integer(std::int64_t value);
  /// See appendFloat. JSON has no infinities and no NaN: they are written as null.
  void floating(double value);
  void boolean(bool value);
  void null();
  void comment(std::string_view) {}

 private:
  void open(char bracket);
  void close(char bracket);
  void beforeValue();
  void breakLine();

  std::string& out_;
  std::vector<bool> isEmpty_;  // of each open collection
  JsonStyle style_;
  bool afterKey_ = false;
  bool hasDocument_ = false;
};

}  // namespace kdsl::codec
