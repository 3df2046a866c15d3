#pragma once
// The diagnostics of the lexer.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "source/span.hpp"

namespace kdsl::syntax {

/// Makes the lexer's diagnostics and appends them to a list; one more than maxDiagnostics at most.
class LexicalErrors {
 public:
  LexicalErrors(source::FileId file, std::string_view text, std::vector<diag::Diagnostic>& out) : file_(file), text_(text), out_(out) {}

  /// A text whose opening quotes are `open`; it was given up at `end`.
  void unterminated(source::Span open, std::uint32_t end);
  void lineBreakInInterpolation(source::Span open, std::uint32_t end);
  /// A raw or single-quoted text. True if it is unterminated.
  bool checkRaw(source::Span token);
  /// A backslash and the character behind it; the code of `\u{…}` may reach further.
  void checkEscape(std::uint32_t begin, std::uint32_t end);
  /// Each line of a `"""` text (given by its begin) must be indented as the line of the closing quotes.
  void checkIndentation(std::span<const std::uint32_t> lines, std::uint32_t closing);
  /// A number that is none. Gives the range of the whole unquoted text that it is part of (`1.4.2-beta`).
  source::Span badNumber(source::Span token);
  void badToken(source::Span token);
  void foreignComment(source::Span comment);

  /// Drops what was reported behind an offset: the bytes there are read again.
  void forgetBehind(std::uint32_t offset);

 private:
  std::string_view textOf(source::Span range) const { return text_.substr(range.begin, range.size()); }
  source::Location at(source::Span range) const { return {file_, range}; }
  /// Null when there are too many.
  diag::Diagnostic* report(diag::Code code, source::Span range, std::vector<std::string> arguments = {});

  source::FileId file_;
  std::string_view text_;
  std::vector<diag::Diagnostic>& out_;
};

}  // namespace kdsl::syntax
