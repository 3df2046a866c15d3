#include "codec/yaml_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "codec/float_text.hpp"
#include "codec/yaml_scalar.hpp"

namespace kdsl::codec {
namespace {

// Readers look at most 1024 characters ahead for the `:` of a key; a longer key needs `? key` and `: value` on lines of their own.
constexpr std::size_t kLongestSimpleKey = 1000;

}  // namespace

void YamlWriter::beginDocument() {
  if (hasDocument_) out_ += "---\n";
  hasDocument_ = true;
}

void YamlWriter::endDocument() {
  frames_.clear();
  at_ = At::LineStart;
}

void YamlWriter::startLine(Frame& frame) {
  frame.isEmpty = false;
  if (at_ == At::AfterDash) return;  // the first entry stands on the line of its collection's dash
  if (at_ == At::AfterKey) out_ += '\n';
  out_.append(frame.indent, ' ');
}

void YamlWriter::open(bool isList) {
  std::uint32_t indent = 0;
  if (!frames_.empty()) {
    Frame& parent = frames_.back();
    indent = parent.indent + (isList && !parent.isList ? 0 : 2);
    if (parent.isList) {
      startLine(parent);
      out_ += "- ";
      at_ = At::AfterDash;
    }
  }
  frames_.push_back({indent, isList, true});
}

void YamlWriter::close(std::string_view ifEmpty) {
  if (frames_.back().isEmpty) {
    if (at_ == At::AfterKey) out_ += ' ';
    // After a comment: deeper than the parent's entries, or it would end them.
    if (at_ == At::LineStart && frames_.size() > 1) out_.append(frames_[frames_.size() - 2].indent + 2, ' ');
    out_ += ifEmpty;
    out_ += '\n';
    at_ = At::LineStart;
  }
  frames_.pop_back();
}

void YamlWriter::key(std::string_view text) {
  Frame& frame = frames_.back();
  startLine(frame);
  const std::size_t begin = out_.size();
  appendInlineYaml(out_, text);
  if (out_.size() - begin > kLongestSimpleKey) {
    out_.insert(begin, "? ");
    out_ += '\n';
    out_.append(frame.indent, ' ');
  }
  out_ += ':';
  at_ = At::AfterKey;
}

void YamlWriter::beforeScalar() {
  if (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (frame.isList) {
      startLine(frame);
      out_ += "- ";
    } else {
      out_ += ' ';
    }
  }
  at_ = At::LineStart;
}

void YamlWriter::scalar(std::string_view text) {
  beforeScalar();
  out_ += text;
  out_ += '\n';
}

void YamlWriter::string(std::string_view text) {
  beforeScalar();
  if (isPlainYaml(text)) {
    out_ += text;
    out_ += '\n';
  } else if (isLiteralYaml(text)) {
    appendLiteralYaml(out_, text, (frames_.empty() ? 0 : frames_.back().indent) + 2);
  } else {
    appendQuotedYaml(out_, text);
    out_ += '\n';
  }
}

void YamlWriter::integer(std::int64_t value) {
  std::array<char, 20> buffer;
  scalar({buffer.data(), static_cast<std::size_t>(std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr - buffer.data())});
}

void YamlWriter::floating(double value) {
  beforeScalar();
  appendFloat(out_, value);
  out_ += '\n';
}

void YamlWriter::comment(std::string_view text) {
  const bool inCollection = !frames_.empty();
  if (at_ != At::LineStart && !(inCollection && frames_.back().isEmpty)) return;  // between a key and its value there is no place
  if (at_ == At::AfterKey) out_ += '\n';
  bool indented = at_ == At::AfterDash;
  const std::size_t indent = inCollection ? frames_.back().indent : 0;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!indented) out_.append(indent, ' ');
    indented = false;
    out_ += end == 0 ? "#" : "# ";
    for (const char c : text.substr(0, end)) out_ += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    out_ += '\n';
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  at_ = At::LineStart;
}

}  // namespace kdsl::codec
