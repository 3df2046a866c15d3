#include "lsp/protocol/framing.hpp"

#include <algorithm>
#include <charconv>

namespace kdsl::lsp {
namespace {

constexpr std::size_t chunkBytes = 64 * 1024;
constexpr std::size_t maxLineBytes = 8 * 1024;
constexpr std::string_view lengthField = "content-length:";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Where the length field's name ends in `line`, or npos.
std::size_t findLengthField(std::string_view line) {
  const auto found =
      std::search(line.begin(), line.end(), lengthField.begin(), lengthField.end(), [](char a, char b) { return lower(a) == b; });
  return found == line.end() ? std::string_view::npos : static_cast<std::size_t>(found - line.begin()) + lengthField.size();
}

std::optional<std::uint64_t> parseLength(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

bool FrameReader::fill() {
  if (at_ == buffer_.size()) {
    buffer_.clear();
    at_ = 0;
  }
  const auto old = buffer_.size();
  buffer_.resize(old + chunkBytes);
  const auto count = source_(buffer_.data() + old, chunkBytes);
  buffer_.resize(old + std::min(count, chunkBytes));
  return count != 0;
}

FrameReader::Line FrameReader::readLine(std::string& line) {
  line.clear();
  bool tooLong = false;
  for (;;) {
    const auto newline = buffer_.find('\n', at_);
    const auto end = newline == std::string::npos ? buffer_.size() : newline;
    // Of an endless line the tail is kept: a header may stand at the end of a skipped body.
    line.append(buffer_, at_, end - at_);
    if (line.size() > maxLineBytes) {
      tooLong = true;
      line.erase(0, line.size() - maxLineBytes);
    }
    at_ = end;
    if (newline != std::string::npos) {
      ++at_;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return tooLong ? Line::TooLong : Line::Ok;
    }
    if (!fill()) return Line::End;
  }
}

bool FrameReader::readBody(std::size_t size, std::string& body) {
  while (body.size() < size) {
    if (at_ == buffer_.size() && !fill()) return false;
    const auto take = std::min(size - body.size(), buffer_.size() - at_);
    body.append(buffer_, at_, take);
    at_ += take;
  }
  return true;
}

bool FrameReader::skip(std::uint64_t size) {
  while (size != 0) {
    if (at_ == buffer_.size() && !fill()) return false;
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(size, buffer_.size() - at_));
    at_ += take;
    size -= take;
  }
  return true;
}

FrameReader::Header FrameReader::readHeader() {
  Header header;
  bool anyLine = false;
  std::string line;
  for (;;) {
    const auto status = readLine(line);
    if (status == Line::End) {
      header.end = true;
      return header;
    }
    if (line.empty() && status == Line::Ok) {
      if (anyLine) break;
      continue;  // blank lines between messages do no harm
    }
    anyLine = true;
    const auto at = findLengthField(line);
    if (at != std::string_view::npos && (recovering_ || at == lengthField.size())) {
      header.length = parseLength(std::string_view(line).substr(at));
      header.problem = header.length ? std::string() : "the Content-Length is not a number: " + line.substr(0, 80);
    } else if (status == Line::TooLong && !recovering_) {
      header.problem = "a header line is longer than any header";
    }
  }
  if (!header.length && header.problem.empty()) header.problem = "a header without Content-Length";
  return header;
}

Frame FrameReader::next() {
  auto header = readHeader();
  // One bad message gives one report, however many lines its body has.
  while (!header.end && !header.problem.empty() && recovering_) header = readHeader();
  if (header.end) return {};
  if (!header.problem.empty()) {
    recovering_ = true;
    return {FrameStatus::Malformed, std::move(header.problem)};
  }
  recovering_ = false;
  if (*header.length > limit_) {
    if (!skip(*header.length)) return {};
    return {FrameStatus::TooLarge, "a message of " + std::to_string(*header.length) + " bytes; the limit is " + std::to_string(limit_)};
  }
  Frame frame{FrameStatus::Body, {}};
  if (!readBody(static_cast<std::size_t>(*header.length), frame.text)) return {};
  return frame;
}

std::string framed(std::string_view body) {
  std::string message = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  message += body;
  return message;
}

}  // namespace kdsl::lsp
