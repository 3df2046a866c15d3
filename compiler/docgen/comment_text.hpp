#pragma once
// Comments are written in a subset of Markdown: paragraphs, lists, headings, fenced blocks, `code`, **bold**, *emphasis* and [links](address).
#include <functional>
#include <string>
#include <string_view>

namespace kdsl::docgen {

/// The address that a word in backticks leads to; empty if it names nothing.
using FindWord = std::function<std::string(std::string_view word)>;

/// A comment as HTML. Everything else in it is text: no markup of its own gets through, and links lead to the web, to pages and to places only. O(n).
std::string commentHtml(std::string_view comment, const FindWord& find);

}  // namespace kdsl::docgen
