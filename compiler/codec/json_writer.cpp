#include "codec/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "codec/float_text.hpp"
#include "codec/json_scalar.hpp"

namespace kdsl::codec {

void JsonWriter::beginDocument() {
  if (hasDocument_ && style_ == JsonStyle::Compact) out_ += '\n';
  hasDocument_ = true;
}

void JsonWriter::endDocument() {
  if (style_ == JsonStyle::Pretty) out_ += '\n';
}

void JsonWriter::breakLine() {
  if (style_ == JsonStyle::Compact) return;
  out_ += '\n';
  out_.append(2 * isEmpty_.size(), ' ');
}

void JsonWriter::beforeValue() {
  if (afterKey_) {
    afterKey_ = false;
    return;
  }
  if (isEmpty_.empty()) return;
  if (!isEmpty_.back()) out_ += ',';
  isEmpty_.back() = false;
  breakLine();
}

void JsonWriter::open(char bracket) {
  beforeValue();
  out_ += bracket;
  isEmpty_.push_back(true);
}

void JsonWriter::close(char bracket) {
  const bool empty = isEmpty_.back();
  isEmpty_.pop_back();
  if (!empty) breakLine();
  out_ += bracket;
}

void JsonWriter::key(std::string_view text) {
  beforeValue();
  appendQuotedJson(out_, text);
  out_ += style_ == JsonStyle::Pretty ? ": " : ":";
  afterKey_ = true;
}

void JsonWriter::string(std::string_view text) {
  beforeValue();
  appendQuotedJson(out_, text);
}

void JsonWriter::integer(std::int64_t value) {
  beforeValue();
  std::array<char, 20> buffer;
  out_.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr);
}

void JsonWriter::floating(double value) {
  if (!std::isfinite(value)) return null();
  beforeValue();
  appendFloat(out_, value);
}

void JsonWriter::boolean(bool value) {
  beforeValue();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  beforeValue();
  out_ += "null";
}

}  // namespace kdsl::codec
