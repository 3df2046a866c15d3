#pragma once
// The diagnostics of the parser. One cause, one message: nothing is reported twice at a token, or where the lexer has spoken.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "grammar/wanted.hpp"
#include "source/file.hpp"
#include "source/span.hpp"
#include "syntax/lexer.hpp"

namespace kdsl::syntax {

/// Tokens are given by index. Functions that return a number give the tokens that the mistake spans and that are to be skipped.
class SyntaxErrors {
 public:
  SyntaxErrors(source::FileId file, std::string_view text, const LexResult& lexed) : file_(file), text_(text), lexed_(lexed), tokens_(lexed.tokens) {}

  /// `bracket`: the innermost open one, or the number of tokens.
  std::uint32_t missing(grammar::Wanted wanted, std::uint32_t token, std::uint32_t bracket);
  std::uint32_t lacks(TokenKind kind, std::uint32_t token);
  /// Something else than the colon of an entry. `skipRest`: what follows is no value either.
  std::uint32_t entryColon(std::uint32_t token, bool& skipRest);
  std::uint32_t colonOfBareKey(std::uint32_t token) const;
  /// `end`: where the run that is skipped ends.
  void badItem(grammar::Wanted wanted, std::uint32_t token, std::uint32_t bracket, std::uint32_t end);
  /// False if the next item begins at the token: nothing is to be skipped.
  bool junkAfterItem(std::uint32_t token, std::uint32_t bracket, std::uint32_t end);
  void junkBeforeClose(TokenKind close, std::uint32_t token);
  void unclosed(std::uint32_t bracket, std::uint32_t token);
  void wrongClose(std::uint32_t bracket, TokenKind close, std::uint32_t token);
  void strayBracket(std::uint32_t token);
  void tooDeep(std::uint32_t token);
  void comparisonChain(std::uint32_t left, std::uint32_t op);
  /// `int[]`, from the first token of the type to behind the bracket.
  void foreignList(std::uint32_t first, std::uint32_t end);
  void staticText(std::string_view what, std::uint32_t first, std::uint32_t end);
  void misplacedDeclaration(std::uint32_t token);
  void extends(std::uint32_t token);

  /// Stays quiet at the token: what is there follows from something reported.
  void silence(std::uint32_t token) { last_ = token; }
  /// Only blanks are before the token on its line.
  bool beginsLine(std::uint32_t token) const;
  /// Blanks at the begin of the token's line. O(log lines); the first call reads the text once.
  std::uint32_t indentation(std::uint32_t token) const;

  /// All diagnostics with those of the lexer, in source order, at most maxDiagnostics and the message that there are more.
  std::vector<diag::Diagnostic> take();

 private:
  TokenKind kind(std::uint32_t token) const { return token < tokens_.size() ? tokens_.kind[token] : TokenKind::EndOfFile; }
  std::string_view textOf(std::uint32_t token) const { return tokens_.text(text_, TokenId{token}); }
  std::string_view textOf(source::Span range) const { return text_.substr(range.begin, range.size()); }
  source::Location at(source::Span range) const { return {file_, range}; }
  source::Location atToken(std::uint32_t token) const { return at(tokens_.span(TokenId{token})); }
  /// The place behind the last token before this one.
  source::Location behind(std::uint32_t token) const;
  /// Where the token is: itself, or behind what is before it if it has no text.
  source::Location place(std::uint32_t token) const;
  std::string found(std::uint32_t token) const;
  bool quiet(std::uint32_t token) const;
  bool adjacent(std::uint32_t token) const { return token > 0 && tokens_.begin[token] == tokens_.end[token - 1]; }
  bool endsEntry(std::uint32_t token) const;
  bool startsValue(std::uint32_t token) const;
  std::string_view keyBefore(std::uint32_t colon) const;

  struct Suspect {
    std::uint32_t bracket;
    std::uint32_t partner;
  };
  Suspect suspectOf(std::uint32_t bracket, std::uint32_t end) const;
  void offerClose(diag::Diagnostic& diagnostic, const Suspect& suspect) const;

  /// Null if this token is quiet or there are too many. The pointer is valid until the next report.
  diag::Diagnostic* report(std::uint32_t token, diag::Code code, source::Location where, std::vector<std::string> arguments = {});
  void expected(std::string what, std::uint32_t token, std::string label = {});
  void needsQuotes(std::uint32_t token, source::Span range);
  std::uint32_t unquotedText(std::uint32_t token);
  std::uint32_t yamlList(std::uint32_t dash, std::uint32_t key);
  std::uint32_t missingValue(std::uint32_t token);
  std::uint32_t missingName(std::uint32_t token);
  std::uint32_t missingType(std::uint32_t token);
  void bracedFunction(std::uint32_t brace);
  bool foreignOperator(std::uint32_t token);
  bool foreignDeclaration(std::uint32_t token);

  source::FileId file_;
  std::string_view text_;
  const LexResult& lexed_;
  const Tokens& tokens_;
  mutable std::optional<source::LineTable> lines_;
  std::vector<diag::Diagnostic> found_;
  bool tooMany_ = false;
  bool reportedDepth_ = false;
  std::uint32_t last_ = 0xFFFF'FFFFu;
  /// Tokens before this one are part of what was reported.
  std::uint32_t quietUntil_ = 0;
  /// The bracket around the last `- item` list that was reported.
  std::uint32_t yamlListIn_ = 0xFFFF'FFFEu;
  /// The list in which a key was reported last.
  std::uint32_t keyedListAt_ = 0xFFFF'FFFEu;
  std::uint32_t bracket_ = 0;
};

}  // namespace kdsl::syntax
