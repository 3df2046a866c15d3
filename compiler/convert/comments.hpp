#pragma once
// The comments of a YAML text, which its reader drops.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/data.hpp"

namespace kdsl::convert {

/// Hands out each comment once, as the text is passed from begin to end.
class Comments {
 public:
  /// `#` within one of the documents' scalars begins no comment.
  Comments(std::string_view text, const std::vector<codec::Data>& documents);

  /// The comments that stand on lines of their own before the offset, in the form of kdsl.
  std::vector<std::string> before(std::uint32_t offset);
  /// The comment behind the offset on its line.
  std::optional<std::string> behind(std::uint32_t offset);
  /// Whether the range reaches over the end of a line.
  bool spansLines(std::uint32_t begin, std::uint32_t end) const { return text_.substr(begin, end - begin).find('\n') != std::string_view::npos; }
  /// Whether one that is not handed out yet stands within the range.
  bool within(std::uint32_t begin, std::uint32_t end) const;

 private:
  struct Comment {
    std::uint32_t begin = 0;
    std::string text;
    bool taken = false;
  };
  std::string_view text_;
  std::vector<Comment> comments_;
  std::size_t next_ = 0;
};

}  // namespace kdsl::convert
