#include "eval/builtins/text.hpp"

#include <algorithm>

#include "source/utf8.hpp"

namespace kdsl::eval::builtins {

std::size_t countCharacters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += source::decode(text, at).length;
  return count;
}

std::size_t bytesOfCharacters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += source::decode(text, at).length;
  return at;
}

std::string_view firstCharacter(std::string_view text) { return text.substr(0, source::decode(text, 0).length); }

std::string_view lastCharacter(std::string_view text) {
  // A character has at most four bytes: the last one starts at the farthest place from which it reaches the end.
  for (std::size_t length = std::min<std::size_t>(4, text.size()); length > 1; --length) {
    const auto at = text.size() - length;
    if (source::decode(text, at).length == length) return text.substr(at);
  }
  return text.substr(text.size() - 1);
}

std::pair<std::size_t, std::size_t> sliceBounds(std::size_t size, std::int64_t start, std::optional<std::int64_t> end) {
  const auto count = static_cast<std::int64_t>(size);
  const auto position = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + count : at, 0, count); };
  const auto first = position(start);
  const auto last = std::max(first, position(end.value_or(count)));
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
}

}  // namespace kdsl::eval::builtins
