#pragma once
// The state of the parser: builds the tree while the grammar's rules match, and decides what to skip where they do not.
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/wanted.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"
#include "syntax/syntax_errors.hpp"
#include "syntax/tree.hpp"

namespace kdsl::syntax {

/// Tokens are given by index. Functions that return a number give the tokens to skip.
class Builder {
 public:
  /// Where a node begins: what was built so far, and its first token.
  struct Mark {
    std::uint32_t nodes;
    std::uint32_t token;
  };
  /// What openBracket replaced.
  struct Context {
    std::uint32_t bracket;
    std::array<std::uint32_t, 3> open;
    bool refines;
  };

  Builder(source::FileId file, std::string_view text, const LexResult& lexed);

  // ---- Nodes
  Mark mark(std::uint32_t token) const { return {count_, token}; }
  /// Drops the nodes since the mark: the rule failed.
  void undo(const Mark& mark) { count_ = mark.nodes; }
  /// Makes a node of everything since the mark. False if the tree has become so high that no chain may make it higher.
  bool close(NodeKind kind, const Mark& mark, std::uint32_t end, Slot slot = Slot::Junk) {
    if (count_ != mark.nodes) return closeAround(kind, mark, end, slot);
    push({kind, slot, 1, kind <= NodeKind::Missing, mark.token, end, 1});
    return true;
  }
  /// The nodes in preorder.
  base::RawVector<Node> take();

  // ---- Nesting
  bool enter() { return depth_ < maxNesting ? (++depth_, true) : false; }
  void leave() { --depth_; }
  std::uint32_t tooDeep(Slot slot, std::uint32_t token);
  std::uint32_t tooHigh(std::uint32_t token);
  Context openBracket(std::uint32_t token);
  void closeBracket(const Context& outer);
  /// Forbids `{` behind an expression, until refineAgain or inside brackets.
  bool refineNothing() { return std::exchange(refines_, false); }
  void refineAgain(bool before) { refines_ = before; }
  bool mayRefine() const { return refines_; }

  // ---- Look-ahead
  bool beginsLambda(std::uint32_t token) const;
  /// A `[` with a blank before it.
  bool beginsList(std::uint32_t token) const;

  // ---- Recovery
  std::uint32_t missing(Slot slot, grammar::Wanted wanted, std::uint32_t token);
  std::uint32_t lacks(TokenKind kind, std::uint32_t token);
  std::uint32_t entryColon(std::uint32_t token);
  bool endsItems(std::uint32_t token) const;
  std::uint32_t badItem(grammar::Wanted wanted, std::uint32_t token);
  std::uint32_t junkAfterItem(std::uint32_t token);
  std::uint32_t skipToClose(TokenKind close, std::uint32_t token);

  // ---- What the grammar cannot say
  void comparisonChain(const Mark& left, std::uint32_t op) { errors_.comparisonChain(left.token, op); }
  void foreignList(const Mark& type, std::uint32_t end) { errors_.foreignList(type.token, end); }
  /// The text between the tokens must have no `${…}`.
  void staticText(std::string_view what, std::uint32_t first, std::uint32_t end) { errors_.staticText(what, first, end); }
  void misplacedDeclaration(std::uint32_t token) { errors_.misplacedDeclaration(token); }
  void extends(std::uint32_t token) { errors_.extends(token); }

  SyntaxErrors& errors() { return errors_; }

 private:
  bool closeAround(NodeKind kind, const Mark& mark, std::uint32_t end, Slot slot);
  TokenKind kind(std::uint32_t token) const { return tokens_.kind[token]; }
  void push(const Node& node) {
    if (count_ == nodes_.size()) nodes_.resize(nodes_.size() * 2);
    nodes_[count_++] = node;
  }
  void leaf(NodeKind kind, Slot slot, std::uint32_t first, std::uint32_t end) { push({kind, slot, 1, 1, first, end, 1}); }
  std::uint32_t skip(Slot slot, std::uint32_t first, std::uint32_t end);
  std::uint32_t endOfRun(std::uint32_t token, bool acrossLines) const;
  bool isOpen(TokenKind close) const;
  bool closesCode(TokenKind kind) const { return kind == TokenKind::EndOfFile || kind == TokenKind::InterpolationEnd || kind == TokenKind::StringEnd; }
  bool startsOuterItem(std::uint32_t token) const;

  const LexResult& lexed_;
  const Tokens& tokens_;
  /// The first `count_` are made, in postorder: a node's end is known last. Behind them is room for more.
  base::RawVector<Node> nodes_;
  std::uint32_t count_ = 0;
  SyntaxErrors errors_;
  unsigned depth_ = 0;
  bool refines_ = true;
  /// The innermost open bracket, or the number of tokens.
  std::uint32_t bracket_;
  /// Open braces, brackets and parentheses in this code; what surrounds a `${…}` does not count.
  std::array<std::uint32_t, 3> open_{};
};

}  // namespace kdsl::syntax
