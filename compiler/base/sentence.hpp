#pragma once
#include <string>
#include <string_view>

namespace kdsl::base {

/// The first sentence of a documentation comment, on one line. A dot ends it only before a blank: `shop.example.com` does not.
std::string firstSentence(std::string_view doc);

}  // namespace kdsl::base
