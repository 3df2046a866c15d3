#include "syntax/views.hpp"

namespace kdsl::syntax {
namespace {

/// The word before `end`, if it is one.
TokenId lastWord(const Tree& tree, NodeId id) {
  const auto last = TokenId{base::index(tree.endToken(id)) - 1};
  return isWord(tree.tokenKind(last)) ? last : base::none<TokenId>;
}

/// The word behind the `.` or `?.` of a suffix.
TokenId suffixWord(const View& view) {
  if (!view) return base::none<TokenId>;
  const auto receiver = childOf<Expr>(view);
  const auto word = TokenId{base::index(view.tree->endToken(receiver.id)) + 1};
  return base::index(word) < base::index(view.tree->endToken(view.id)) && isWord(view.tree->tokenKind(word)) ? word : base::none<TokenId>;
}

}  // namespace

bool View::beginsWith(TokenKind token) const {
  return *this && tree->node(id).end > tree->node(id).first && tree->tokenKind(tree->firstToken(id)) == token;
}

unsigned QualifiedName::size() const {
  if (!*this || isError()) return 0;
  return (base::index(tree->endToken(id)) - base::index(tree->firstToken(id)) + 1) / 2;
}

TokenId QualifiedName::word(unsigned n) const { return n < size() ? TokenId{base::index(tree->firstToken(id)) + 2 * n} : base::none<TokenId>; }

bool StringExpr::multiLine() const { return *this && tree->tokenSpan(tree->firstToken(id)).size() == 3; }

TokenId PathWord::word() const { return *this ? lastWord(*tree, id) : base::none<TokenId>; }

Name Decl::name() const {
  if (!*this || kind() == NodeKind::ImportDecl || kind() == NodeKind::TestDecl) return {};
  return childOf<Name>(*this);
}

Verb SetEntry::verb() const {
  if (!*this) return Verb::Set;
  const auto at = colon();
  if (!base::valid(at)) return Verb::Set;
  switch (tree->tokenKind(TokenId{base::index(at) + 1})) {
    case TokenKind::KwReplace: return Verb::Replace;
    case TokenKind::KwAppend: return Verb::Append;
    case TokenKind::KwPrepend: return Verb::Prepend;
    case TokenKind::KwExternal: return base::valid(tree->child(id, NodeKind::NameExpr)) || value() ? Verb::Set : Verb::External;
    default: return Verb::Set;
  }
}

Expr Field::value() const {
  // The key may be a text, and so an expression too; the default stands behind the type.
  bool behindType = false;
  if (!*this) return {};
  for (const auto each : tree->children(id)) {
    if (standsForType(tree->node(each))) behindType = true;
    else if (behindType && standsForExpr(tree->node(each))) return as<Expr>(*tree, each);
  }
  return {};
}

TokenId LiteralType::token() const {
  if (!*this || string()) return base::none<TokenId>;
  return TokenId{base::index(tree->endToken(id)) - 1};
}

LiteralType RangeBound::lower() const {
  const auto first = childOf<LiteralType>(*this);
  return first && first.tree->node(first.id).first == tree->node(id).first ? first : LiteralType{};
}

LiteralType RangeBound::upper() const {
  const auto dots = *this ? tree->ownToken(id, TokenKind::DotDot) : base::none<TokenId>;
  for (const auto bound : ViewsOf<LiteralType>(*this)) {
    if (base::index(bound.tree->firstToken(bound.id)) > base::index(dots)) return bound;
  }
  return {};
}

TokenId FieldExpr::word() const { return suffixWord(*this); }
TokenId MethodExpr::word() const { return suffixWord(*this); }

unsigned IndexExpr::keyCount() const {
  unsigned count = 0;
  for ([[maybe_unused]] const auto each : ViewsOf<Expr>(*this)) ++count;
  return count == 0 ? 0 : count - 1;
}

}  // namespace kdsl::syntax
