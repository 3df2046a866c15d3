// A text without errors is formatted to one that formatting does not change, with the same tokens but separators.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "syntax/format.hpp"
#include "syntax/lexer.hpp"

namespace {

std::string tokensOf(std::string_view text) {
  using kdsl::syntax::TokenKind;
  const auto tokens = kdsl::syntax::lex(kdsl::source::FileId{0}, text).tokens;
  std::string out;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.kind[i] == TokenKind::NewLine || tokens.kind[i] == TokenKind::Comma) continue;
    out += tokens.text(text, kdsl::syntax::TokenId{i});
    out += '\n';
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto once = kdsl::syntax::format(text);
  if (!once) return 0;
  const auto twice = kdsl::syntax::format(*once);
  if (twice != once || tokensOf(text) != tokensOf(*once)) std::abort();
  return 0;
}
