#include "hir/lower.hpp"

#include <algorithm>
#include <utility>

#include "diag/codes/names.hpp"
#include "hir/duplicates.hpp"
#include "hir/lowering.hpp"

namespace kdsl::hir {

namespace code = diag::code;

Lowering::Lowering(FileId file, const syn::Tree& tree) : tree_(tree) {
  module_.file = file;
  // Shares of the nodes that real files have, so that most arrays are allocated once.
  const auto nodes = tree.size();
  module_.exprs.reserve(nodes / 2 + 8);
  module_.entries.reserve(nodes / 8 + 8);
  module_.segments.reserve(nodes / 6 + 8);
  module_.bodies.reserve(nodes / 16 + 8);
  module_.elements.emplace_back();  // index 0 says "none"
}

Module Lowering::run() {
  lowerFile();
  finishEmbeds();
  duplicateEntries(module_, tree_.source(), sink_);
  module_.diagnostics = sink_.take();
  std::stable_sort(module_.diagnostics.begin(), module_.diagnostics.end(),
                   [](const diag::Diagnostic& a, const diag::Diagnostic& b) { return a.primary.at.span.begin < b.primary.at.span.begin; });
  return std::move(module_);
}

LocalId Lowering::addLocal(LocalKind kind, syn::Name name) {
  const LocalId id{static_cast<std::uint32_t>(module_.locals.size())};
  auto& local = module_.locals.emplace_back();
  local.kind = kind;
  local.name = nameOf(name);
  local.nameSpan = name.span();
  return id;
}

void Lowering::bind(LocalId id) {
  static const Symbol underscore = base::intern("_");
  const auto& local = module_[id];
  if (local.name == base::emptySymbol || local.name == underscore) return;
  const auto earlier = scopes_.declare(local.name, id);
  if (base::valid(earlier)) reportRepeated(local.name, module_[earlier].nameSpan, local.nameSpan);
}

Lowering::LoopVariables Lowering::bindLoopVariables(syn::ForHead head) {
  LoopVariables variables;
  variables.first = addLocal(LocalKind::For, head.first());
  bind(variables.first);
  if (const auto second = head.second()) {
    variables.second = addLocal(LocalKind::For, second);
    bind(variables.second);
  }
  return variables;
}

Symbol Lowering::nameOf(syn::Name name) const {
  return base::valid(name.token()) ? base::intern(tree_.tokenText(name.token())) : base::emptySymbol;
}

Symbol Lowering::docOf(const syn::View& view) const {
  const auto doc = tree_.docComment(view.id);
  return doc.empty() ? base::emptySymbol : base::intern(doc);
}

bool Lowering::decodePlain(const syn::View& string, Symbol& text) const {
  // Most texts have one chunk and no escape: those need no copy.
  const auto& node = tree_.node(string.id);
  if (node.kind == syn::NodeKind::StringExpr && node.end - node.first == 3) {
    const syn::TokenId opening{node.first};
    const syn::TokenId chunk{node.first + 1};
    const auto characters = tree_.tokenText(chunk);
    if (tree_.tokenText(opening).size() == 1 && tree_.tokenKind(chunk) == syn::TokenKind::StringChunk &&
        characters.find('\\') == std::string_view::npos) {
      text = base::intern(characters);
      return true;
    }
  }
  const auto decoded = syn::plainText(tree_, string.id);
  if (!decoded) return false;
  text = base::intern(*decoded);
  return true;
}

Symbol Lowering::plainText(const syn::View& string) const {
  Symbol text{};
  if (string && !string.isError()) decodePlain(string, text);
  return text;
}

Symbol Lowering::requirePlainText(const syn::View& string, std::string_view what) {
  Symbol text{};
  if (string && !string.isError() && !decodePlain(string, text)) report(code::text_not_plain, string.span(), {std::string(what)});
  return text;
}

void Lowering::reportRepeated(Symbol name, Span first, Span second) {
  report(code::duplicate_declaration, second, {std::string(base::text(name))}).label("and here").also(at(first), "first here");
}

bool Lowering::withinLimit(std::size_t count, std::string_view parts, Span span) {
  if (count <= maxNestedParts) return true;
  report(code::too_many_parts, span, {std::to_string(count), std::string(parts), std::to_string(maxNestedParts)});
  return false;
}

ModulePtr lower(FileId file, std::string_view text, const syntax::ParseResult& parsed) {
  static_cast<void>(text);  // the tree views it
  return std::make_shared<const Module>(Lowering(file, parsed.tree).run());
}

}  // namespace kdsl::hir
