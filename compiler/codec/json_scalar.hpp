#pragma once
// Text as a JSON string.
#include <string>
#include <string_view>

namespace kdsl::codec {

/// Appends `text` in double quotes, UTF-8 kept, controls escaped. Bytes that are no UTF-8 become U+FFFD. O(n).
void appendQuotedJson(std::string& out, std::string_view text);

}  // namespace kdsl::codec
