#include "syntax/format.hpp"

#include <cstdint>
#include <iterator>
#include <vector>

#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"
#include "syntax/tree.hpp"

namespace kdsl::syntax {
namespace {

using enum TokenKind;

/// What the tree says about each token that the layout depends on.
struct TokenRole {
  /// Begins a declaration, entry, element, arm, argument or parameter.
  bool beginsItem = false;
  /// No blank before it: the bracket of a call, an index or bounds.
  bool tightBefore = false;
  /// No blank behind it: a prefix operator.
  bool tightAfter = false;
  /// An opening bracket whose items are separated by lines or commas: of a list or of braces.
  bool holdsItems = false;
  /// Such a bracket whose items stand on lines of their own.
  bool broken = false;
};

bool opens(TokenKind kind) { return kind == LeftBrace || kind == LeftBracket || kind == LeftParen; }
bool closes(TokenKind kind) { return kind == RightBrace || kind == RightBracket || kind == RightParen; }

/// `{[K]: V}` and nothing else: written without blanks inside.
bool isMap(const Tree& tree, NodeId record) {
  const auto members = tree.children(record);
  return !members.empty() && tree.kind(*members.begin()) == NodeKind::IndexSignature && std::next(members.begin()) == members.end();
}

std::vector<TokenRole> rolesOf(const Tree& tree) {
  std::vector<TokenRole> roles(tree.tokens().size());
  const auto role = [&](TokenId token) -> TokenRole& { return roles[base::index(token)]; };
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const NodeId id{i};
    switch (tree.kind(id)) {
      case NodeKind::RecordType:
        if (isMap(tree, id)) {
          role(tree.firstToken(id)).tightAfter = true;
          role(TokenId{base::index(tree.endToken(id)) - 1}).tightBefore = true;
        }
        [[fallthrough]];
      case NodeKind::File: case NodeKind::Body: case NodeKind::OneOf: case NodeKind::ListExpr:
        if (tree.kind(id) == NodeKind::ListExpr) role(tree.firstToken(id)).holdsItems = true;
        for (const auto child : tree.children(id)) role(tree.firstToken(child)).beginsItem = true;
        break;
      case NodeKind::MatchArm: case NodeKind::ImportName: case NodeKind::Arg: case NodeKind::FnParam: case NodeKind::LetBinding:
        role(tree.firstToken(id)).beginsItem = true;
        break;
      case NodeKind::LambdaExpr:
        if (tree.tokenKind(tree.firstToken(id)) != LeftParen) break;
        for (const auto child : tree.children(id)) {
          if (tree.kind(child) == NodeKind::LambdaParam) role(tree.firstToken(child)).beginsItem = true;
        }
        break;
      case NodeKind::ArgList:
        role(tree.firstToken(id)).tightBefore = true;
        break;
      case NodeKind::BoundedType: case NodeKind::FnDecl:
        if (const auto paren = tree.ownToken(id, LeftParen); base::valid(paren)) role(paren).tightBefore = true;
        break;
      case NodeKind::IndexExpr:
        role(tree.ownToken(id, LeftBracket)).tightBefore = true;
        break;
      case NodeKind::Path: {
        bool first = true;
        for (const auto segment : tree.children(id)) {
          if (!first) role(tree.firstToken(segment)).tightBefore = true;
          first = false;
        }
        break;
      }
      case NodeKind::UnaryExpr:
        role(tree.firstToken(id)).tightAfter = true;
        break;
      case NodeKind::LiteralType:
        if (tree.tokenKind(tree.firstToken(id)) == Minus) role(tree.firstToken(id)).tightAfter = true;
        break;
      default:
        break;
    }
  }
  return roles;
}

class Formatter {
 public:
  explicit Formatter(const Tree& tree) : tree_(tree), tokens_(tree.tokens()), roles_(rolesOf(tree)) {}

  std::string run() {
    findBroken();
    out_.reserve(tree_.source().size() + 64);
    for (std::uint32_t token = 0; token < tokens_.size(); token = next_) emit(token);
    while (!out_.empty() && out_.back() == '\n') out_.pop_back();
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  struct Comment {
    std::string_view text;
    bool ownLine;
    bool blankBefore;
  };
  /// What lies between two tokens.
  struct Gap {
    std::vector<Comment> comments;
    bool lineBreak = false;
    bool blankAtEnd = false;
    bool comma = false;
  };
  struct Bracket {
    std::uint32_t token;
    std::uint32_t lineIndent;
    /// The item that is being written began a line of its own.
    bool itemOnOwnLine;
  };

  TokenKind kind(std::uint32_t token) const { return tokens_.kind[token]; }
  bool isSeparator(std::uint32_t token) const { return kind(token) == NewLine || kind(token) == Comma; }
  /// One past the tokens of the text that begins here.
  std::uint32_t endOfText(std::uint32_t token) const {
    std::uint32_t depth = 0;
    for (;; ++token) {
      if (kind(token) == StringBegin) ++depth;
      if (kind(token) == StringEnd && --depth == 0) return token + 1;
    }
  }

  Gap gapBefore(std::uint32_t token) const;
  void findBroken();
  bool mustBreak(std::uint32_t token) const;
  bool holdsItems(std::uint32_t bracket) const { return kind(bracket) == LeftBrace || roles_[bracket].holdsItems; }
  bool separatesByLines() const { return brackets_.empty() || holdsItems(brackets_.back().token); }
  std::uint32_t indentOf(std::uint32_t token) const;
  bool spaceBefore(std::uint32_t token) const;
  void emit(std::uint32_t token);
  void emitGap(std::uint32_t token, bool lineBreak, bool afterComma, const Gap& gap);
  void newLine(std::uint32_t indent, bool blank);

  const Tree& tree_;
  const Tokens& tokens_;
  std::vector<TokenRole> roles_;
  std::string out_;
  std::vector<Bracket> brackets_;
  /// The last token that was written; meaningless while nothing was.
  std::uint32_t previous_ = 0;
  std::uint32_t next_ = 0;
  std::uint32_t lineIndent_ = 0;
  /// Outside brackets every item begins a line.
  bool started_ = false;
  /// The last closing bracket began its line.
  bool closerOnOwnLine_ = false;
};

/// Reads what is between the token and the one before it, separators passed over.
Formatter::Gap Formatter::gapBefore(std::uint32_t token) const {
  Gap gap;
  auto before = token;
  while (before > 0 && isSeparator(before - 1)) --before;
  const auto begin = before == 0 ? 0 : tokens_.end[before - 1];
  const auto text = tree_.source().substr(begin, tokens_.begin[token] - begin);
  unsigned breaks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '/') {
      const auto end = std::min(text.find_first_of("\r\n", at), text.size());
      auto comment = text.substr(at, end - at);
      while (comment.ends_with(' ') || comment.ends_with('\t')) comment.remove_suffix(1);
      gap.comments.push_back({comment, breaks > 0 || begin == 0, breaks > 1});
      breaks = 0;
      at = end;
      continue;
    }
    if (c == ',') gap.comma = true;
    if (c == '\n' || c == '\r') {
      ++breaks;
      gap.lineBreak = true;
      if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    }
    ++at;
  }
  gap.blankAtEnd = breaks > 1;
  return gap;
}

/// A body or list stands on several lines if the source breaks a line behind its opening bracket, before an item or before its end.
void Formatter::findBroken() {
  std::vector<std::uint32_t> open;
  std::uint32_t previous = 0xFFFF'FFFFu;
  for (std::uint32_t token = 0; token < tokens_.size(); ++token) {
    if (isSeparator(token)) continue;
    if (!open.empty() && holdsItems(open.back()) && (previous == open.back() || closes(kind(token)) || roles_[token].beginsItem)) {
      const auto begin = tokens_.end[previous];
      if (tree_.source().substr(begin, tokens_.begin[token] - begin).find_first_of("\r\n") != std::string_view::npos) roles_[open.back()].broken = true;
    }
    if (closes(kind(token))) open.pop_back();
    if (opens(kind(token))) open.push_back(token);
    if (kind(token) == StringBegin) token = endOfText(token) - 1;
    previous = token;
  }
}

/// The layout asks for a line break here, whatever the source has.
bool Formatter::mustBreak(std::uint32_t token) const {
  if (brackets_.empty()) return roles_[token].beginsItem && started_;
  const auto bracket = brackets_.back().token;
  if (!roles_[bracket].broken) return false;
  if (previous_ == bracket || closes(kind(token))) return true;
  return roles_[token].beginsItem && kind(bracket) == LeftBrace;
}

/// Indentation of a line that begins with the token.
std::uint32_t Formatter::indentOf(std::uint32_t token) const {
  const bool item = roles_[token].beginsItem;
  if (brackets_.empty()) {
    const bool elseBehindBrace = kind(token) == KwElse && closerOnOwnLine_ && kind(previous_) == RightBrace;
    return item || kind(token) == EndOfFile || elseBehindBrace ? 0 : 2;
  }
  const auto& bracket = brackets_.back();
  if (closes(kind(token))) return bracket.lineIndent;
  if (item || previous_ == bracket.token || !bracket.itemOnOwnLine) return bracket.lineIndent + 2;
  if (kind(token) == KwElse && closerOnOwnLine_ && kind(previous_) == RightBrace) return lineIndent_;
  return bracket.lineIndent + 4;
}

bool Formatter::spaceBefore(std::uint32_t token) const {
  const auto left = kind(previous_);
  const auto right = kind(token);
  if (left == Question && (right == Dot || right == QuestionDot || right == Question || right == QuestionQuestion)) return true;  // not one token
  if (roles_[token].tightBefore || roles_[previous_].tightAfter) return false;
  if (left == LeftParen || left == LeftBracket || right == RightParen || right == RightBracket) return false;
  if (left == LeftBrace && right == RightBrace) return false;
  switch (right) {
    case Comma: case Colon: case Dot: case QuestionDot: case DotDot: case Question: return false;
    default: break;
  }
  return left != Dot && left != QuestionDot && left != DotDot && left != Ellipsis;
}

void Formatter::newLine(std::uint32_t indent, bool blank) {
  while (!out_.empty() && out_.back() == ' ') out_.pop_back();
  if (!out_.empty()) {
    out_ += '\n';
    if (blank) out_ += '\n';
  }
  out_.append(indent, ' ');
  lineIndent_ = indent;
}

void Formatter::emitGap(std::uint32_t token, bool lineBreak, bool afterComma, const Gap& gap) {
  const bool closing = closes(kind(token));
  const bool atEnd = kind(token) == EndOfFile;
  const auto indent = indentOf(token);
  const auto commentIndent = closing ? indent + 2 : indent;
  bool afterOpening = !started_ || (!brackets_.empty() && previous_ == brackets_.back().token);
  for (const auto& comment : gap.comments) {
    if (comment.ownLine) newLine(commentIndent, comment.blankBefore && !afterOpening);
    else out_ += ' ';
    out_ += comment.text;
    if (comment.ownLine) afterOpening = false;
  }
  if (atEnd) return;
  if (lineBreak || !gap.comments.empty()) {
    const bool blank = gap.blankAtEnd && !afterOpening && !closing && roles_[token].beginsItem;
    newLine(indent, blank);
  } else if (started_ && (afterComma || spaceBefore(token))) {
    out_ += ' ';
  }
}

void Formatter::emit(std::uint32_t token) {
  next_ = token + 1;
  if (isSeparator(token)) return;
  const auto gap = gapBefore(token);
  const auto which = kind(token);
  const bool lineBreak = gap.lineBreak || mustBreak(token);
  bool afterComma = false;
  if (gap.comma && which != EndOfFile) {
    // Lines separate items where they may; the comma stays where the next line would be read as going on.
    const bool keep = separatesByLines() ? !closes(which) && (!lineBreak || beginsContinuation(which)) : !closes(which) || lineBreak;
    afterComma = keep;
    if (keep) out_ += ',';
  }
  emitGap(token, lineBreak, afterComma, gap);
  if (which == EndOfFile) return;
  if (!brackets_.empty() && (roles_[token].beginsItem || previous_ == brackets_.back().token)) brackets_.back().itemOnOwnLine = lineBreak || !gap.comments.empty();

  if (closes(which)) {
    closerOnOwnLine_ = lineBreak;
    brackets_.pop_back();
  }
  if (opens(which)) brackets_.push_back({token, lineIndent_, false});
  if (which == StringBegin) {  // a text stays as it is written, with the code in it
    next_ = endOfText(token);
    out_ += tree_.source().substr(tokens_.begin[token], tokens_.end[next_ - 1] - tokens_.begin[token]);
    previous_ = next_ - 1;
  } else {
    out_ += tree_.tokenText(TokenId{token});
    previous_ = token;
  }
  started_ = true;
}

}  // namespace

std::optional<std::string> format(std::string_view text) {
  const auto parsed = parse(base::none<source::FileId>, text);
  for (const auto& diagnostic : parsed.diagnostics) {
    if (diagnostic.severity == diag::Severity::Error) return std::nullopt;
  }
  return Formatter(parsed.tree).run();
}

}  // namespace kdsl::syntax
