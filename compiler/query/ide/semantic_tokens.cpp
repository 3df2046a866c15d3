#include <algorithm>

#include "query/ide/questions.hpp"

namespace kdsl::query {

using hir::ItemKind;
using syntax::NodeKind;
using syntax::TokenKind;

namespace {

/// Of each token, whether the tree has it as a name or a key: a word of the grammar that is one is no keyword.
std::vector<bool> nameTokens(const syntax::Tree& tree) {
  const auto& tokens = tree.tokens();
  std::vector<bool> names(tokens.size(), false);
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const auto& node = tree.node(syntax::NodeId{i});
    switch (node.kind) {
      case NodeKind::Name:
      case NodeKind::NameExpr:
      case NodeKind::PathWord:
      case NodeKind::QualifiedName: std::fill(names.begin() + node.first, names.begin() + node.end, true); break;
      default: break;
    }
  }
  // The word of a field or method has no node of its own.
  for (std::uint32_t i = 1; i < tokens.size(); ++i) {
    if (tokens.kind[i - 1] == TokenKind::Dot || tokens.kind[i - 1] == TokenKind::QuestionDot) names[i] = true;
  }
  return names;
}

class Painter {
 public:
  Painter(const Facts& facts, const FileIndex& index)
      : facts_(facts), tokens_(facts.tree->tokens()), text_(facts.text()), index_(index), names_(nameTokens(*facts.tree)) {}

  std::vector<SemanticToken> paint() {
    std::uint32_t behind = 0;
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      const auto span = tokens_.span(syntax::TokenId{i});
      if (span.begin > behind) comments({behind, span.begin});
      behind = std::max(behind, span.end);
      if (!span.empty()) token(i, span);
    }
    if (behind < text_.size()) comments({behind, static_cast<std::uint32_t>(text_.size())});
    return std::move(painted_);
  }

 private:
  void token(std::uint32_t at, Span span) {
    const auto kind = tokens_.kind[at];
    if (syntax::isWord(kind)) return word(at, span);
    switch (kind) {
      case TokenKind::Number: return add(span, TokenType::Number);
      case TokenKind::Raw:
      case TokenKind::StringBegin:
      case TokenKind::StringChunk:
      case TokenKind::StringEnd: return add(span, TokenType::String);
      default: return;
    }
  }

  void word(std::uint32_t at, Span span) {
    while (next_ < index_.occurrences.size() && index_.occurrences[next_].span.begin < span.begin) ++next_;
    if (next_ < index_.occurrences.size() && index_.occurrences[next_].span.begin == span.begin) {
      // Of `{ name }` the value says more than the key.
      auto last = next_;
      while (last + 1 < index_.occurrences.size() && index_.occurrences[last + 1].span == span) ++last;
      return name(index_.occurrences[last], span);
    }
    const auto kind = tokens_.kind[at];
    if (kind != TokenKind::Name && kind != TokenKind::Underscore && !names_[at]) add(span, TokenType::Keyword);
  }

  void name(const Occurrence& occurrence, Span span) {
    std::uint8_t modifiers = occurrence.declares ? ModifierDeclaration : 0;
    if (occurrence.writes) modifiers |= ModifierModification;
    const auto& target = occurrence.target;
    switch (target.kind) {
      case TargetKind::Item: return item(target, span, modifiers);
      case TargetKind::Local: {
        const auto& local = (*facts_.program->module(target.file).hir)[target.local];
        const bool isParameter = local.kind == hir::LocalKind::FnParam || local.kind == hir::LocalKind::Lambda;
        return add(span, isParameter ? TokenType::Parameter : TokenType::Variable, modifiers | ModifierReadonly);
      }
      case TargetKind::Member: {
        const auto* member = facts_.program->nominal(target.nominal).find(target.name);
        if (member != nullptr && member->isDeprecated) modifiers |= ModifierDeprecated;
        return add(span, TokenType::Property, modifiers);
      }
      case TargetKind::Kubernetes: return add(span, TokenType::Class, modifiers | ModifierDefaultLibrary);
      case TargetKind::Builtin: return add(span, TokenType::Function, modifiers | ModifierDefaultLibrary);
      case TargetKind::BuiltinType: return add(span, TokenType::Type, modifiers | ModifierDefaultLibrary);
      case TargetKind::Constant: return add(span, TokenType::Variable, modifiers | ModifierReadonly | ModifierDefaultLibrary);
      case TargetKind::File: return add(span, TokenType::Namespace, modifiers);
      case TargetKind::Key: return add(span, TokenType::Property, modifiers);
      case TargetKind::None: return;
    }
  }

  void item(const Target& target, Span span, std::uint8_t modifiers) {
    const auto& found = (*facts_.program->module(target.file).hir)[target.item];
    if (found.isDeprecated) modifiers |= ModifierDeprecated;
    if ((*facts_.files)[target.file].builtIn) modifiers |= ModifierDefaultLibrary;
    switch (found.kind) {
      case ItemKind::Module:
      case ItemKind::Import: return add(span, TokenType::Namespace, modifiers);
      case ItemKind::Param: return add(span, TokenType::Parameter, modifiers);
      case ItemKind::Let: return add(span, TokenType::Variable, modifiers | ModifierReadonly);
      case ItemKind::Resource:
      case ItemKind::External: return add(span, TokenType::Variable, modifiers);
      case ItemKind::TypeAlias: return add(span, TokenType::Type, modifiers);
      case ItemKind::Schema: return add(span, TokenType::Struct, modifiers);
      case ItemKind::Component: return add(span, TokenType::Class, modifiers);
      case ItemKind::Fn: return add(span, TokenType::Function, modifiers);
      case ItemKind::Policy: return add(span, TokenType::Interface, modifiers);
      case ItemKind::Test: return;
    }
  }

  /// The comments of a gap between tokens.
  void comments(Span gap) {
    const auto blank = text_.substr(0, gap.end);
    auto at = blank.find("//", gap.begin);
    while (at != std::string_view::npos) {
      const auto end = std::min<std::size_t>(blank.find_first_of("\r\n", at), gap.end);
      const bool isDoc = blank.substr(at).starts_with("///");
      add({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, TokenType::Comment, isDoc ? int{ModifierDocumentation} : 0);
      at = blank.find("//", end);
    }
  }

  /// Splits at line breaks, as multi-line texts have them.
  void add(Span span, TokenType type, int modifiers = 0) {
    const auto text = text_.substr(0, span.end);
    auto begin = span.begin;
    while (begin < span.end) {
      const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(text.find_first_of("\r\n", begin), span.end));
      if (end > begin) painted_.push_back({{begin, end}, type, static_cast<std::uint8_t>(modifiers)});
      begin = end;
      while (begin < span.end && (text[begin] == '\r' || text[begin] == '\n')) ++begin;
    }
  }

  const Facts& facts_;
  const syntax::Tokens& tokens_;
  std::string_view text_;
  const FileIndex& index_;
  std::vector<bool> names_;
  std::size_t next_ = 0;
  std::vector<SemanticToken> painted_;
};

}  // namespace

std::vector<SemanticToken> semanticTokens(const Facts& facts, const FileIndex& index) { return Painter(facts, index).paint(); }

}  // namespace kdsl::query
