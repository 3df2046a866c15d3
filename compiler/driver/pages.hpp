#pragma once
// docs/diagnostics/, built in.
#include <span>
#include <string_view>

namespace kdsl::driver {

/// The page of one diagnostic, in Markdown.
struct Page {
  std::string_view code;  // "KD4107"
  std::string_view text;
};

/// All pages, ordered by code. Made at build time; nothing is copied.
std::span<const Page> pages();

}  // namespace kdsl::driver
