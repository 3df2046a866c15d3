#include "docgen/comment_text.hpp"

#include <algorithm>
#include <vector>

#include "docgen/html.hpp"

namespace kdsl::docgen {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool isSafe(std::string_view address) {
  if (address.starts_with("http://") || address.starts_with("https://") || address.starts_with('#')) return true;
  return address.find(':') == std::string_view::npos && !address.empty();
}

constexpr std::size_t longestLink = 2000;

/// Marks within a line of text. A mark that is not closed is text.
class Inline {
 public:
  explicit Inline(const FindWord& find) : find_(find) {}

  std::string run(std::string_view text) {
    std::string out;
    std::size_t plain = 0;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = mark(text, at);
      if (end == at) {
        ++at;
        continue;
      }
      out += escaped(text.substr(plain, at - plain));
      out += made_;
      at = plain = end;
    }
    return out + escaped(text.substr(plain));
  }

 private:
  /// The end of the marked text that begins at `at`, with its HTML in made_; `at` if there is none.
  std::size_t mark(std::string_view text, std::size_t at) {
    if (text[at] == '`') return code(text, at);
    if (text[at] == '[') return link(text, at);
    if (text.substr(at).starts_with("**")) return emphasis(text, at, "**", "strong");
    if (text[at] == '*') return emphasis(text, at, "*", "em");
    return at;
  }

  std::size_t code(std::string_view text, std::size_t at) {
    const auto quote = text.substr(at, std::min(text.find_first_not_of('`', at), text.size()) - at);
    const auto end = text.find(quote, at + quote.size());
    if (end == std::string_view::npos) {
      made_ = quote;
      return at + quote.size();
    }
    const auto word = trimmed(text.substr(at + quote.size(), end - at - quote.size()));
    const auto address = find_(word);
    made_ = "<code>" + escaped(word) + "</code>";
    if (!address.empty()) made_ = "<a href=\"" + escaped(address) + "\">" + made_ + "</a>";
    return end + quote.size();
  }

  std::size_t link(std::string_view whole, std::size_t at) {
    const auto text = whole.substr(0, at + longestLink);  // keeps the search linear
    const auto middle = text.find("](", at);
    if (middle == std::string_view::npos || text.substr(at + 1, middle - at - 1).find('[') != std::string_view::npos) return at;
    const auto end = text.find(')', middle);
    if (end == std::string_view::npos) return at;
    const auto address = trimmed(text.substr(middle + 2, end - middle - 2));
    if (!isSafe(address)) return at;
    made_ = "<a href=\"" + escaped(address) + "\">" + escaped(text.substr(at + 1, middle - at - 1)) + "</a>";
    return end + 1;
  }

  std::size_t emphasis(std::string_view text, std::size_t at, std::string_view sign, std::string_view element) {
    const auto begin = at + sign.size();
    const auto end = text.find(sign, begin);
    // `2 * 3 * 4` is no emphasis.
    if (end == std::string_view::npos || end == begin || text[begin] == ' ' || text[end - 1] == ' ') return at;
    made_ = "<" + std::string(element) + ">" + escaped(text.substr(begin, end - begin)) + "</" + std::string(element) + ">";
    return end + sign.size();
  }

  const FindWord& find_;
  std::string made_;
};

class Blocks {
 public:
  explicit Blocks(const FindWord& find) : inline_(find) {}

  std::string run(std::string_view comment) {
    while (!comment.empty()) {
      const auto end = comment.find('\n');
      line(comment.substr(0, end));
      comment = end == std::string_view::npos ? std::string_view() : comment.substr(end + 1);
    }
    closeFence();
    close();
    return std::move(out_);
  }

 private:
  void line(std::string_view text) {
    if (inFence_) {
      if (trimmed(text).starts_with("```")) return closeFence();
      fence_ += text;
      fence_ += '\n';
      return;
    }
    const auto content = trimmed(text);
    if (content.starts_with("```")) {
      close();
      inFence_ = true;
      return;
    }
    if (content.empty()) return close();
    if (const auto level = std::min(content.find_first_not_of('#'), content.size()); level > 0 && level <= 6 && level < content.size() && content[level] == ' ') {
      close();
      out_ += "<h4>" + inline_.run(trimmed(content.substr(level))) + "</h4>\n";  // below the headings of the page, whatever its level
      return;
    }
    if (const auto item = itemOf(content); !item.empty()) {
      if (list_.empty()) flushParagraph();
      flushItem();
      const std::string element = content[0] >= '0' && content[0] <= '9' ? "ol" : "ul";
      if (list_ != element) {
        closeList();
        list_ = element;
        out_ += "<" + list_ + ">\n";
      }
      item_ = item;
      return;
    }
    auto& open = list_.empty() ? paragraph_ : item_;
    if (!open.empty()) open += ' ';
    open += content;
  }

  /// The text behind `- `, `* ` or `1. `.
  static std::string_view itemOf(std::string_view text) {
    if (text.starts_with("- ") || text.starts_with("* ")) return trimmed(text.substr(2));
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits > 0 && digits < 4 && text.substr(digits).starts_with(". ")) return trimmed(text.substr(digits + 2));
    return {};
  }

  void flushParagraph() {
    if (paragraph_.empty()) return;
    out_ += "<p>" + inline_.run(paragraph_) + "</p>\n";
    paragraph_.clear();
  }
  void flushItem() {
    if (item_.empty()) return;
    out_ += "<li>" + inline_.run(item_) + "</li>\n";
    item_.clear();
  }
  void closeList() {
    if (list_.empty()) return;
    out_ += "</" + list_ + ">\n";
    list_.clear();
  }
  void close() {
    flushParagraph();
    flushItem();
    closeList();
  }
  void closeFence() {
    if (!inFence_) return;
    out_ += "<pre><code>" + escaped(fence_) + "</code></pre>\n";
    fence_.clear();
    inFence_ = false;
  }

  Inline inline_;
  std::string out_, paragraph_, item_, list_, fence_;
  bool inFence_ = false;
};

}  // namespace

std::string commentHtml(std::string_view comment, const FindWord& find) { return Blocks(find).run(comment); }

}  // namespace kdsl::docgen
