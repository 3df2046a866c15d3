#pragma once
// The transport's outer layer: messages are bodies behind a header block, `Content-Length: 42\r\n\r\n{…}`.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kdsl::lsp {

/// Reads at most `size` bytes into `data`: blocks until there is one; 0 at the end of the stream or on an error.
using ByteSource = std::function<std::size_t(char* data, std::size_t size)>;
/// Writes all of `bytes`; false when the other side is gone.
using ByteSink = std::function<bool(std::string_view bytes)>;

/// The largest body that is read into memory. A document of source::maxFileBytes fits, each byte of it escaped.
inline constexpr std::size_t maxBodyBytes = 512ull * 1024 * 1024;

enum class FrameStatus : std::uint8_t {
  Body,       ///< `text` is the body
  Malformed,  ///< a header block without a usable Content-Length; `text` says what is wrong. Reading goes on at the next header.
  TooLarge,   ///< a body beyond the limit was skipped; `text` says so
  End,        ///< the stream ended, perhaps within a message
};

struct Frame {
  FrameStatus status = FrameStatus::End;
  std::string text;
};

/// Splits a stream of bytes into message bodies. Never fails for good: after a malformed header it looks for the next one. Memory grows
/// with the bytes that arrived, not with what a header promises.
class FrameReader {
 public:
  explicit FrameReader(ByteSource source, std::size_t limit = maxBodyBytes) : source_(std::move(source)), limit_(limit) {}

  Frame next();

 private:
  enum class Line : std::uint8_t { Ok, TooLong, End };

  struct Header {
    bool end = false;
    std::optional<std::uint64_t> length;
    std::string problem;
  };

  bool fill();
  Header readHeader();
  Line readLine(std::string& line);
  bool readBody(std::size_t size, std::string& body);
  bool skip(std::uint64_t size);

  ByteSource source_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t at_ = 0;
  /// The last header block was bad: its body may stand before the next header, without a line break between them.
  bool recovering_ = false;
};

/// `body` with its header.
std::string framed(std::string_view body);

}  // namespace kdsl::lsp
