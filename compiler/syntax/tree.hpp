#pragma once
// The full-fidelity syntax tree of one file: a flat array of nodes over its tokens.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/raw_vector.hpp"
#include "source/span.hpp"
#include "syntax/token.hpp"

namespace kdsl::syntax {

enum class NodeKind : std::uint8_t {
#define KDSL_NODE(kind) kind,
#include "grammar/nodes.def"
#undef KDSL_NODE
};

// isDecl(kind), isEntry(kind), isType(kind), isExpr(kind), isElem(kind): the groups of nodes.def.
#define KDSL_NODE(kind)
#define KDSL_NODE_GROUP(name, first, last) \
  constexpr bool is##name(NodeKind kind) { return kind >= NodeKind::first && kind <= NodeKind::last; }
#include "grammar/nodes.def"
#undef KDSL_NODE

/// The enumerator's name: `ParamDecl`.
std::string_view kindName(NodeKind kind);

/// Position of a node in its tree. Ids are in preorder, so they are ordered as the source is, a parent before its children.
enum class NodeId : std::uint32_t {};

/// What an Error or Missing node stands for.
enum class Slot : std::uint8_t {
  Junk,   ///< nothing: tokens that were skipped between the parts of a construct; does not count as a part
  Name,
  Type,
  Expr,
  Item,   ///< a declaration, entry, field, list element: one element of a list
};

/// 16 bytes. Use Tree's functions rather than the fields.
struct Node {
  NodeKind kind = NodeKind::Error;
  /// For Error and Missing the Slot.
  Slot slot = Slot::Junk;
  /// Levels of nodes in this subtree: 1 for a leaf.
  std::uint16_t height : 15 = 1;
  /// The subtree holds an Error or Missing node.
  std::uint16_t broken : 1 = 0;
  /// Tokens [first, end).
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  /// Nodes of the subtree, itself included.
  std::uint32_t size = 1;
};
static_assert(sizeof(Node) == 16);

class Tree;

/// The children of a node in source order. Advancing is constant time.
class Children {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = NodeId;
    using difference_type = std::ptrdiff_t;
    using pointer = const NodeId*;
    using reference = NodeId;

    Iterator() = default;
    Iterator(const Node* nodes, std::uint32_t at) : nodes_(nodes), at_(at) {}
    NodeId operator*() const { return NodeId{at_}; }
    Iterator& operator++() {
      at_ += nodes_[at_].size;
      return *this;
    }
    Iterator operator++(int) {
      auto before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Node* nodes_ = nullptr;
    std::uint32_t at_ = 0;
  };

  Children(const Node* nodes, std::uint32_t parent) : nodes_(nodes), parent_(parent) {}
  Iterator begin() const { return {nodes_, parent_ + 1}; }
  Iterator end() const { return {nodes_, parent_ + nodes_[parent_].size}; }
  bool empty() const { return nodes_[parent_].size == 1; }

 private:
  const Node* nodes_;
  std::uint32_t parent_;
};

/// Nodes and tokens of one file. Immutable; safe to read from several threads. It views the text that it was parsed from,
/// which must outlive it.
class Tree {
 public:
  Tree();
  /// `nodes` in preorder with one root; the parser makes them.
  Tree(source::FileId file, std::string_view text, Tokens tokens, base::RawVector<Node> nodes);

  source::FileId file() const { return file_; }
  std::string_view source() const { return text_; }
  const Tokens& tokens() const { return tokens_; }

  /// Always a File node.
  NodeId root() const { return NodeId{0}; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
  const Node& node(NodeId id) const { return nodes_[base::index(id)]; }
  NodeKind kind(NodeId id) const { return node(id).kind; }
  Children children(NodeId id) const { return {nodes_.data(), base::index(id)}; }

  /// The first child of a kind, or none.
  NodeId child(NodeId id, NodeKind kind) const;
  /// The n-th child (from 0), Junk not counted, or none.
  NodeId part(NodeId id, std::uint32_t n) const;

  /// None for the root. The first call builds an index of all parents: O(nodes) once, then constant time.
  NodeId parent(NodeId id) const;
  /// The smallest node whose span touches the offset (a caret directly behind its last byte counts; where two nodes meet, the one
  /// that begins there wins). The root if there is none. O(depth × children).
  NodeId nodeAt(std::uint32_t offset) const;

  /// Bytes from the first to the last token of the node, without the blanks and comments around. For a node without tokens (Missing,
  /// or an empty File) the empty range behind the token before it.
  source::Span span(NodeId id) const;
  source::Location location(NodeId id) const { return {file_, span(id)}; }
  std::string_view text(NodeId id) const {
    const auto range = span(id);
    return text_.substr(range.begin, range.size());
  }
  /// True if the node or something below is an Error or Missing: later passes stay quiet about what follows from it.
  bool broken(NodeId id) const { return node(id).broken != 0; }

  TokenId firstToken(NodeId id) const { return TokenId{node(id).first}; }
  /// One past the last token.
  TokenId endToken(NodeId id) const { return TokenId{node(id).end}; }
  /// The first token of a kind that belongs to the node itself, not to a child; or none.
  TokenId ownToken(NodeId id, TokenKind kind) const;
  TokenKind tokenKind(TokenId id) const { return tokens_.kindOf(id); }
  std::string_view tokenText(TokenId id) const { return tokens_.text(text_, id); }
  source::Span tokenSpan(TokenId id) const { return tokens_.span(id); }
  source::Location tokenLocation(TokenId id) const { return {file_, tokens_.span(id)}; }
  /// The token (of at least one byte) that contains the offset, else the one that ends there, else none: the offset is in a gap. O(log).
  TokenId tokenAt(std::uint32_t offset) const;

  /// The text of the `///` lines directly before the node's first token, without the slashes and one blank, joined by newlines.
  /// Empty if there are none.
  std::string docComment(NodeId id) const;

 private:
  struct Parents {
    std::once_flag once;
    std::vector<NodeId> of;
  };

  source::FileId file_ = base::none<source::FileId>;
  std::string_view text_;
  Tokens tokens_;
  base::RawVector<Node> nodes_;
  std::unique_ptr<Parents> parents_;
};

/// True for nodes of the group, and for an Error or Missing that stands for one.
inline bool standsForExpr(const Node& node) { return isExpr(node.kind) || (node.kind <= NodeKind::Missing && node.slot == Slot::Expr); }
inline bool standsForType(const Node& node) { return isType(node.kind) || (node.kind <= NodeKind::Missing && node.slot == Slot::Type); }

}  // namespace kdsl::syntax
