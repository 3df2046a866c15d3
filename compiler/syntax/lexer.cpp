#include "syntax/lexer.hpp"

#include <algorithm>
#include <array>

#include "grammar/lexical.hpp"
#include "syntax/literal.hpp"
#include "syntax/lexical_errors.hpp"

namespace kdsl::syntax {
namespace {

namespace peg = tao::pegtl;
namespace lexical = grammar::lexical;

constexpr std::uint32_t nowhere = 0xFFFF'FFFFu;
/// Times that tokens behind an unclosed `(` are read again, so that hostile input stays linear.
constexpr unsigned maxRepairs = 64;

using KindTable = std::array<bool, 256>;

/// Rule (b) of the grammar: a line that ends with one of these goes on.
constexpr KindTable continuesAfter = [] {
  using enum TokenKind;
  KindTable table{};
  for (const auto kind : {LeftBrace, LeftBracket, LeftParen, InterpolationBegin, Comma, Arrow, Pipe, Ellipsis, OrOr, AndAnd, Equal, NotEqual, Less,
                          LessEqual, Greater, GreaterEqual, KwIn, KwIs, QuestionQuestion, Plus, Minus, Star, Slash, Percent}) {
    table[static_cast<std::size_t>(kind)] = true;
  }
  return table;
}();

constexpr bool isBinary(TokenKind kind) {
  using enum TokenKind;
  switch (kind) {
    case OrOr: case AndAnd: case Equal: case NotEqual: case Less: case LessEqual: case Greater: case GreaterEqual: case KwIn: case QuestionQuestion: case Plus:
    case Minus: case Star: case Slash: case Percent:
      return true;
    default: return false;
  }
}

/// Rule (c): a line that begins with one of these goes on; `else` is looked at more closely.
constexpr KindTable continuesBefore = [] {
  using enum TokenKind;
  KindTable table{};
  for (const auto kind : {Dot, QuestionDot, Pipe, RightParen, InterpolationEnd, Arrow, OrOr, AndAnd, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,
                          QuestionQuestion, Plus, Star, Slash, Percent}) {
    table[static_cast<std::size_t>(kind)] = true;
  }
  return table;
}();

/// What is open at a point: a bracket, a text, or the code inside a text.
enum class Open : std::uint8_t { Brace, Bracket, Paren, Interpolation, LineText, BlockText };

struct Frame {
  Open open;
  std::uint32_t token;
  /// For texts: where their lines begin in textLines. For interpolations: nothing.
  std::uint32_t lines = 0;
  /// For interpolations: brackets open around it, which its code cannot close.
  std::array<std::uint32_t, 3> outer{};
};

/// The state that the rules report to.
class Lexer {
 public:
  Lexer(source::FileId file, std::string_view text) : text_(text), errors_(file, text, result_.diagnostics) {
    makeRoom(text.size() / 3 + 16);
  }

  LexResult run();

  // Called by the rules.
  template <TokenKind Kind>
  void token(const char* begin, const char* end);
  void word(const char* begin, const char* end);
  void number(const char* begin, const char* end);
  void lineBreak(const char* begin, const char* end);
  void foreignComment(const char* begin, const char* end);
  void escape(const char* begin, const char* end) { errors_.checkEscape(offset(begin), offset(end)); }
  void textLine(const char* end) { textLines_.push_back(offset(end)); }

 private:
  using Input = peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf_crlf, const char*>;

  std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - text_.data()); }
  source::Span span(const char* begin, const char* end) const { return {offset(begin), offset(end)}; }
  std::uint32_t nextIndex() const { return count_; }

  void push(TokenKind kind, std::uint32_t begin, std::uint32_t end) {
    if (pendingBreak_ != nowhere) {
      separate(kind, end);
      pendingBreak_ = nowhere;
    }
    append(kind, begin, end);
  }
  void append(TokenKind kind, std::uint32_t begin, std::uint32_t end) {
    auto& tokens = result_.tokens;
    if (count_ == tokens.kind.size()) makeRoom(std::size_t{count_} * 2);
    tokens.kind[count_] = kind;
    tokens.begin[count_] = begin;
    tokens.end[count_] = end;
    ++count_;
  }
  void makeRoom(std::size_t count) {
    auto& tokens = result_.tokens;
    tokens.kind.resize(count);
    tokens.begin.resize(count);
    tokens.end.resize(count);
  }
  TokenKind lastKind() const { return result_.tokens.kind[count_ - 1]; }
  void separate(TokenKind next, std::uint32_t nextEnd);
  bool isEntry(std::uint32_t after) const;
  bool elseIsKey(std::uint32_t after) const;
  bool beginsDeclaration(TokenKind kind, std::uint32_t after) const;

  void open(Open what) { frames_.push_back({what, nextIndex() - 1}); }
  void openBracket(Open what) {
    ++open_[static_cast<std::size_t>(what)];
    open(what);
  }
  void closeBracket(Open what);
  bool closeInterpolation();
  void popBracket();
  void endText(bool multiLine);
  void endTextsOfLine(std::uint32_t at);
  std::size_t bracketsOfThisCode() const;
  void forgetParens(std::size_t from);
  void finish();
  void endUnclosedFrames();

  std::string_view text_;
  LexResult result_;
  std::uint32_t count_ = 0;  // tokens so far; `result_.tokens` has room for more until the end
  LexicalErrors errors_;
  std::vector<Frame> frames_;
  /// Brackets open since the innermost interpolation began, by Open.
  std::array<std::uint32_t, 3> open_{};
  /// Begins of lines of the open `"""` texts.
  std::vector<std::uint32_t> textLines_;
  /// Interpolations of one-line texts that are open.
  std::uint32_t lineInterpolations_ = 0;
  /// Offset of the first line break since the last token.
  std::uint32_t pendingBreak_ = nowhere;
  std::uint32_t lineStart_ = 0;
  unsigned repairs_ = 0;
  /// Offsets of `(` that nothing closes, found by forgetParens; they are read as if they opened nothing.
  std::vector<std::uint32_t> unclosedParens_;
  /// Where to go on reading, if not behind the last token.
  std::uint32_t resume_ = nowhere;
};

template <TokenKind Kind>
void Lexer::token(const char* first, const char* last) {
  using enum TokenKind;
  const auto begin = offset(first);
  const auto end = offset(last);
  if constexpr (Kind == StringBegin) {
    push(Kind, begin, end);
    open(end - begin == 3 ? Open::BlockText : Open::LineText);
    frames_.back().lines = static_cast<std::uint32_t>(textLines_.size());
  } else if constexpr (Kind == StringEnd) {
    push(Kind, begin, end);
    endText(end - begin == 3);
  } else if constexpr (Kind == StringChunk) {
    append(Kind, begin, end);
  } else if constexpr (Kind == InterpolationBegin) {
    push(Kind, begin, end);
    if (frames_.back().open == Open::LineText) ++lineInterpolations_;
    open(Open::Interpolation);
    frames_.back().outer = std::exchange(open_, {});
  } else if constexpr (Kind == LeftBrace || Kind == LeftBracket) {
    push(Kind, begin, end);
    openBracket(Kind == LeftBrace ? Open::Brace : Open::Bracket);
  } else if constexpr (Kind == LeftParen) {
    push(Kind, begin, end);
    if (unclosedParens_.empty() || !std::binary_search(unclosedParens_.begin(), unclosedParens_.end(), begin)) openBracket(Open::Paren);
  } else if constexpr (Kind == RightBrace) {
    const bool ofText = closeInterpolation();
    push(ofText ? InterpolationEnd : RightBrace, begin, end);
    if (!ofText) closeBracket(Open::Brace);
  } else if constexpr (Kind == RightBracket || Kind == RightParen) {
    push(Kind, begin, end);
    closeBracket(Kind == RightBracket ? Open::Bracket : Open::Paren);
  } else {
    push(Kind, begin, end);
    if constexpr (Kind == Bad) errors_.badToken({begin, end});
    if constexpr (Kind == Raw) {
      if (errors_.checkRaw({begin, end})) result_.unterminated.push_back(nextIndex() - 1);
    }
  }
}

void Lexer::word(const char* first, const char* last) {
  const auto begin = offset(first);
  const auto end = offset(last);
  const auto kind = wordKind({first, static_cast<std::size_t>(last - first)});
  const bool declares = begin == lineStart_ && isDeclaring(kind) && beginsDeclaration(kind, end);
  if (declares && !frames_.empty() && frames_.back().open == Open::Paren) {
    result_.unbalanced = true;
    forgetParens(bracketsOfThisCode());
    if (resume_ != nowhere) return;
  }
  if (declares && pendingBreak_ != nowhere) {
    // No expression goes on with a declaration: an operator or bracket that ends the line before misses its operand there.
    if (count_ != 0 && continuesAfter[static_cast<std::size_t>(lastKind())] && (frames_.empty() || frames_.back().open <= Open::Bracket)) {
      append(TokenKind::NewLine, pendingBreak_, pendingBreak_);
      pendingBreak_ = nowhere;
    }
  }
  push(kind, begin, end);
  if (declares && !frames_.empty()) result_.boundaries.push_back(nextIndex() - 1);
}

void Lexer::number(const char* first, const char* last) {
  auto range = span(first, last);
  if (classifyNumber(text_.substr(range.begin, range.size())) == NumberClass::Bad) range = errors_.badNumber(range);
  push(TokenKind::Number, range.begin, range.end);
  if (range.end != offset(last)) resume_ = range.end;
}

void Lexer::lineBreak(const char* first, const char* last) {
  if (lineInterpolations_ != 0) endTextsOfLine(offset(first));
  if (pendingBreak_ == nowhere) pendingBreak_ = offset(first);
  lineStart_ = offset(last);
}

void Lexer::foreignComment(const char* first, const char* last) {
  const auto range = span(first, last);
  errors_.foreignComment(range);
  const auto lastBreak = text_.substr(range.begin, range.size()).find_last_of("\r\n");
  if (lastBreak == std::string_view::npos) return;
  if (pendingBreak_ == nowhere) pendingBreak_ = range.begin;
  lineStart_ = range.begin + static_cast<std::uint32_t>(lastBreak) + 1;
}

/// Puts a NewLine token at the pending line break if it separates what is before it from `next`.
void Lexer::separate(TokenKind next, std::uint32_t nextEnd) {
  const auto& kinds = result_.tokens.kind;
  if (count_ == 0 || beginsContinuation(next)) return;
  // `in` and `is` behind a dot are a field's name, no operators.
  const bool isField = isReserved(lastKind()) && count_ > 1 && (kinds[count_ - 2] == TokenKind::Dot || kinds[count_ - 2] == TokenKind::QuestionDot);
  const bool isGoingOn = continuesAfter[static_cast<std::size_t>(lastKind())] && !isField;
  if (isGoingOn && !(isBinary(lastKind()) && isWord(next) && isEntry(nextEnd))) return;
  if (!frames_.empty() && (frames_.back().open == Open::Paren || frames_.back().open == Open::Interpolation)) return;
  if (next == TokenKind::KwElse && !elseIsKey(nextEnd)) return;
  append(TokenKind::NewLine, pendingBreak_, pendingBreak_);
}

/// An operator without its right side does not take the entry of the next line for it: `a.b: v`. `after` is the end of the line's first word.
bool Lexer::isEntry(std::uint32_t after) const {
  const auto at = [&](std::uint32_t i) { return i < text_.size() ? text_[i] : '\0'; };
  const auto isWordByte = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  constexpr std::uint32_t longest = 512;
  const auto limit = after + longest;
  while (after < limit) {
    const auto dot = after + (at(after) == '?' ? 1u : 0u);
    if (at(dot) != '.' || !isWordByte(at(dot + 1))) break;
    after = dot + 1;
    while (after < limit && isWordByte(at(after))) ++after;
  }
  while (at(after) == ' ' || at(after) == '\t') ++after;
  return at(after) == ':';
}

bool Lexer::elseIsKey(std::uint32_t after) const {
  while (after < text_.size() && (text_[after] == ' ' || text_[after] == '\t')) ++after;
  const auto at = [&](std::size_t i) { return after + i < text_.size() ? text_[after + i] : '\0'; };
  return at(0) == ':' || (at(0) == '.' && at(1) != '.') || (at(0) == '?' && at(1) == '.');
}

/// True if the declaring word before `after` is followed by what a declaration goes on with, on its line.
bool Lexer::beginsDeclaration(TokenKind kind, std::uint32_t after) const {
  const auto word = after;
  while (after < text_.size() && (text_[after] == ' ' || text_[after] == '\t')) ++after;
  if (after == word || after >= text_.size()) return false;
  const auto next = static_cast<unsigned char>(text_[after]);
  if (next == '"') return kind == TokenKind::KwImport || kind == TokenKind::KwTest;
  if (next == '{') return kind == TokenKind::KwImport;
  const auto isWordByte = [&](std::uint32_t i) {
    const auto byteClass = lexical::code_classes::of[static_cast<unsigned char>(text_[i])];
    return byteClass == lexical::code_classes::of['a'] || byteClass == lexical::code_classes::of['r'] || byteClass == lexical::code_classes::of['0'];
  };
  auto wordEnd = after;
  while (wordEnd < text_.size() && isWordByte(wordEnd)) ++wordEnd;
  const auto name = wordKind(text_.substr(after, wordEnd - after));
  return wordEnd != after && name != TokenKind::KwIs && name != TokenKind::KwIn;
}

void Lexer::popBracket() {
  --open_[static_cast<std::size_t>(frames_.back().open)];
  frames_.pop_back();
}

/// Closes the innermost bracket of the sort; brackets above it are unclosed. Without one the token closes nothing.
void Lexer::closeBracket(Open what) {
  if (open_[static_cast<std::size_t>(what)] == 0) {
    result_.unbalanced = true;
    return;
  }
  if (frames_.back().open == what) {
    popBracket();
    return;
  }
  result_.unbalanced = true;
  auto partner = frames_.size() - 1;
  while (frames_[partner].open != what) --partner;
  forgetParens(partner + 1);
  if (resume_ != nowhere) return;
  while (frames_.size() > partner) popBracket();
}

/// For `}`: ends the code inside a text if no brace is open there. False if the token is a brace.
bool Lexer::closeInterpolation() {
  if (open_[static_cast<std::size_t>(Open::Brace)] != 0) return false;
  auto frame = frames_.size();
  while (frame > 0 && frames_[frame - 1].open != Open::Interpolation) --frame;
  if (frame == 0) return false;
  if (frame != frames_.size()) {
    result_.unbalanced = true;
    frames_.resize(frame);
  }
  open_ = frames_.back().outer;
  frames_.pop_back();
  if (frames_.back().open == Open::LineText) --lineInterpolations_;
  return true;
}

void Lexer::endText(bool multiLine) {
  const auto frame = frames_.back();
  frames_.pop_back();
  if (!multiLine) return;
  const auto& tokens = result_.tokens;
  errors_.checkIndentation({textLines_.data() + frame.lines, textLines_.size() - frame.lines}, tokens.begin[count_ - 1]);
  textLines_.resize(frame.lines);
}

/// A line break in the code of one-line texts: all of them end here.
void Lexer::endTextsOfLine(std::uint32_t at) {
  std::size_t outermost = 0;
  while (frames_[outermost].open != Open::LineText) ++outermost;
  errors_.lineBreakInInterpolation(result_.tokens.span(TokenId{frames_[outermost].token}), at);
  while (frames_.size() > outermost) {
    const auto frame = frames_.back();
    frames_.pop_back();
    switch (frame.open) {
      case Open::Brace: case Open::Bracket: case Open::Paren:
        result_.unbalanced = true;
        --open_[static_cast<std::size_t>(frame.open)];
        break;
      case Open::Interpolation:
        append(TokenKind::InterpolationEnd, at, at);
        open_ = frame.outer;
        break;
      case Open::LineText: case Open::BlockText:
        append(TokenKind::StringEnd, at, at);
        if (frame.open == Open::BlockText) textLines_.resize(frame.lines);
        break;
    }
  }
  lineInterpolations_ = 0;
  result_.unterminated.push_back(nextIndex() - 1);
}

/// Index of the first frame inside the innermost text; the frames from there on are brackets while code is read.
std::size_t Lexer::bracketsOfThisCode() const {
  auto frame = frames_.size();
  while (frame > 0 && frames_[frame - 1].open <= Open::Paren) --frame;
  return frame;
}

/// The `(` among the frames from `from` on are unclosed, so the line breaks behind them count after all: reads on behind the first.
void Lexer::forgetParens(std::size_t from) {
  auto first = from;
  while (first < frames_.size() && frames_[first].open != Open::Paren) ++first;
  if (first == frames_.size() || repairs_ == maxRepairs) return;
  ++repairs_;
  auto& tokens = result_.tokens;
  for (auto i = first; i < frames_.size(); ++i) {
    if (frames_[i].open == Open::Paren) unclosedParens_.push_back(tokens.begin[frames_[i].token]);
  }
  std::sort(unclosedParens_.begin(), unclosedParens_.end());
  result_.unbalanced = true;
  const auto paren = frames_[first].token;
  const auto end = tokens.end[paren];
  while (frames_.size() > first) popBracket();
  count_ = paren + 1;
  errors_.forgetBehind(end);
  while (!result_.boundaries.empty() && result_.boundaries.back() > paren) result_.boundaries.pop_back();
  while (!result_.unterminated.empty() && result_.unterminated.back() > paren) result_.unterminated.pop_back();
  pendingBreak_ = nowhere;
  resume_ = end;
}

/// Closes the texts that reach the end of the file.
void Lexer::endUnclosedFrames() {
  const auto end = static_cast<std::uint32_t>(text_.size());
  while (!frames_.empty()) {
    const auto frame = frames_.back();
    frames_.pop_back();
    if (frame.open == Open::Interpolation) {
      pendingBreak_ = nowhere;
      append(TokenKind::InterpolationEnd, end, end);
    } else if (frame.open >= Open::LineText) {
      append(TokenKind::StringEnd, end, end);
      const bool outermost = std::none_of(frames_.begin(), frames_.end(), [](const Frame& other) { return other.open >= Open::LineText; });
      if (outermost) errors_.unterminated(result_.tokens.span(TokenId{frame.token}), end);
      result_.unterminated.push_back(frame.token);
    } else {
      result_.unbalanced = true;
    }
  }
}

LexResult Lexer::run() {
  const char* const end = text_.data() + text_.size();
  auto at = static_cast<std::uint32_t>(0);
  for (;;) {
    Input in(text_.data() + at, end, "");
    while (!in.empty() && resume_ == nowhere) {
      const auto mode = frames_.empty() ? Open::Brace : frames_.back().open;
      if (mode == Open::LineText) {
        if (!peg::match<lexical::line_text, peg::apply_mode::nothing, peg::rewind_mode::dontcare, peg::nothing, peg::normal>(in, *this)) {
          const auto here = offset(in.current());  // a line break
          errors_.unterminated(result_.tokens.span(TokenId{frames_.back().token}), here);
          result_.unterminated.push_back(frames_.back().token);
          append(TokenKind::StringEnd, here, here);
          frames_.pop_back();
        }
      } else if (mode == Open::BlockText) {
        (void)peg::match<lexical::block_text, peg::apply_mode::nothing, peg::rewind_mode::dontcare, peg::nothing, peg::normal>(in, *this);
      } else {
        (void)peg::match<lexical::code, peg::apply_mode::nothing, peg::rewind_mode::dontcare, peg::nothing, peg::normal>(in, *this);
      }
    }
    if (resume_ == nowhere) forgetParens(bracketsOfThisCode());  // unclosed at the end of the file
    if (resume_ == nowhere) break;
    at = std::exchange(resume_, nowhere);
  }
  finish();
  return std::move(result_);
}

void Lexer::finish() {
  endUnclosedFrames();
  const auto end = static_cast<std::uint32_t>(text_.size());
  push(TokenKind::EndOfFile, end, end);
  makeRoom(count_);
  if (!result_.unbalanced) result_.boundaries.clear();
}

}  // namespace

bool beginsContinuation(TokenKind kind) { return continuesBefore[static_cast<std::size_t>(kind)]; }

LexResult lex(source::FileId file, std::string_view text) { return Lexer(file, text).run(); }

}  // namespace kdsl::syntax
