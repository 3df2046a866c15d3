#pragma once
#include <string_view>

#include "syntax/parse.hpp"

namespace kdsl::fuzz {

/// Stops the program unless the tree is well formed: tokens in order and inside the text, nodes nested, places inside the text.
void checkTree(std::string_view text, const syntax::ParseResult& result);

}  // namespace kdsl::fuzz
