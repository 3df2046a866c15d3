#include "query/ide/completion.hpp"

#include <algorithm>

#include "query/ide/completer.hpp"
#include "query/ide/describe.hpp"
#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using hir::ExprId;
using hir::ExprKind;
using syntax::NodeId;
using syntax::NodeKind;

Completer::Completer(const Facts& facts, const FileIndex& index, const CompletionSite& site, const CompletionOptions& options)
    : facts_(facts), program_(*facts.program), hir_(facts.hir()), index_(index), site_(site), options_(options), tree_(*facts.tree) {
  const auto begin = site.replace.begin;
  caret_ = site.inString ? site.replace : Span{begin, begin + static_cast<std::uint32_t>(caretWord.size())};
}

CompletionList Completer::run() {
  const auto node = tree_.nodeAt(caret_.begin);
  if (site_.inString) {
    auto string = node;
    while (base::valid(string) && tree_.kind(string) != NodeKind::StringExpr) string = tree_.parent(string);
    if (base::valid(string)) atString(string);
  } else if (base::valid(node)) {
    atNode(node);
  }
  for (auto& item : list_.items) {
    if (item.replace.empty()) item.replace = site_.replace;
  }
  return std::move(list_);
}

void Completer::atNode(NodeId node) {
  const auto parent = tree_.parent(node);
  switch (tree_.kind(node)) {
    case NodeKind::Name: return atName(node);
    case NodeKind::NameExpr: {
      const auto expr = exprAtCaret();
      const auto want = base::valid(expr) ? index_.wants[base::index(expr)] : types::errorType;
      // `▮ { … }`: what is refined.
      const bool isRefined = base::valid(parent) && tree_.kind(parent) == NodeKind::RefineExpr && tree_.span(parent).begin == caret_.begin;
      const auto holder = isRefined ? tree_.parent(parent) : parent;
      const bool isResource = base::valid(holder) && (tree_.kind(holder) == NodeKind::ResourceDecl || tree_.kind(holder) == NodeKind::ExternalDecl);
      if (base::valid(parent) && tree_.kind(parent) == NodeKind::Arg) addNamedArguments();
      addNamesOfBuild(expr);
      addProjectTexts(expr);
      atValue(want, isResource);
      if (isRefined) dropBodies();
      return;
    }
    case NodeKind::PathWord: {
      const bool isFirst = base::valid(parent) && tree_.span(parent).begin == caret_.begin;
      return isFirst ? atEntry(/*hasColon=*/true) : atPathStep();
    }
    case NodeKind::FieldExpr:
    case NodeKind::MethodExpr: return atField();
    case NodeKind::QualifiedName: return atQualifiedName(node);
    case NodeKind::RecordType:
      for (const auto* word : {"oneof", "let", "check"}) addWord(word);
      return;
    case NodeKind::Error:
    case NodeKind::Body:
    case NodeKind::File: {
      if (const auto before = wordBefore(); before == "import" || before == "from" || before == "extends") return addImports(before != "import");
      // A word alone where an entry is expected.
      const auto slot = tree_.node(node).slot;
      const bool isItem = tree_.kind(node) != NodeKind::Error || slot == syntax::Slot::Item ||
                          (base::valid(parent) && (tree_.kind(parent) == NodeKind::File || tree_.kind(parent) == NodeKind::Body));
      if (isItem && tree_.span(node).begin == caret_.begin) return atEntry(/*hasColon=*/false);
      return;
    }
    default: return;
  }
}

void Completer::atName(NodeId name) {
  const auto parent = tree_.parent(name);
  if (!base::valid(parent)) return;
  switch (tree_.kind(parent)) {
    case NodeKind::ShortEntry: return atEntry(/*hasColon=*/false);
    case NodeKind::ImportName: return atImportName(tree_.parent(parent));
    case NodeKind::Arg: return addNamedArguments();
    case NodeKind::KeyedListType: {
      const auto type = syntax::as<syntax::KeyedListType>(tree_, parent).inner();
      for (std::uint32_t i = 0; i < hir_.typeExprs.size(); ++i) {
        const auto& written = hir_.typeExprs[i];
        if (written.kind == hir::TypeExprKind::Keyed && written.span.begin == type.span().begin)
          return addMembersToRead(facts_.checked->typeExprs[written.a]);
      }
      return;
    }
    default: return;  // a name that is being declared
  }
}

void Completer::atQualifiedName(NodeId name) {
  const auto parent = tree_.parent(name);
  if (tree_.span(name).begin != caret_.begin) {
    // `app.▮`: what the module of that name exports.
    const auto alias = tree_.tokenText(tree_.firstToken(name));
    const auto item = hir_.findChild(hir::moduleItem, base::intern(alias));
    if (base::valid(item) && hir_[item].kind == hir::ItemKind::Import) {
      const auto& target = facts_.checked->imports[hir_[item].import];
      if (base::valid(target.file)) addExports(target.file, /*onlyTypes=*/true);
    }
    return;
  }
  switch (base::valid(parent) ? tree_.kind(parent) : NodeKind::Missing) {
    case NodeKind::EachEntry:
      addWord("Resource", CompletionKind::Kind, RankMember);
      addWord("Namespaced", CompletionKind::Kind, RankMember);
      addDeclarations(/*types=*/true, /*values=*/false);
      return addKinds(/*asValue=*/false, /*withParts=*/true);
    case NodeKind::SchemaDecl:
    case NodeKind::ComponentDecl:
      addDeclarations(/*types=*/true, /*values=*/false);
      return addImportable(tree_.kind(parent) == NodeKind::ComponentDecl ? Importable::Objects : Importable::Types, /*asValue=*/false);
    case NodeKind::NamedType: {
      const auto holder = tree_.parent(parent);
      const bool isResource = base::valid(holder) && (tree_.kind(holder) == NodeKind::ResourceDecl || tree_.kind(holder) == NodeKind::ExternalDecl);
      if (isResource) return addTypesOfResources();
      if (base::valid(holder) && tree_.kind(holder) == NodeKind::MatchArm) atPattern(holder);
      addWord("ref", CompletionKind::Keyword, RankKeyword);
      return addTypes(/*withParts=*/true);
    }
    case NodeKind::RefType: return addDeclarations(/*types=*/true, /*values=*/false);
    default: return;
  }
}

void Completer::atPattern(NodeId arm) {
  const auto match = tree_.parent(arm);
  for (std::uint32_t i = 0; i < hir_.exprs.size() && base::valid(match); ++i) {
    const auto& expr = hir_.exprs[i];
    if (expr.kind != ExprKind::Match || expr.span != tree_.span(match)) continue;
    addExpectedValues(facts_.checked->exprTypes[expr.a]);
    addWord("_", CompletionKind::Keyword, RankMember);
    return;
  }
}

void Completer::atString(NodeId string) {
  const auto parent = tree_.parent(string);
  const auto kind = base::valid(parent) ? tree_.kind(parent) : NodeKind::Missing;
  if (kind == NodeKind::ImportDecl || kind == NodeKind::ExtendsClause) return atImportPath();
  if (kind == NodeKind::LiteralType) {
    const auto arm = tree_.parent(parent);
    if (base::valid(arm) && tree_.kind(arm) == NodeKind::MatchArm) atPattern(arm);
  } else {
    const auto whole = tree_.span(string);
    for (std::uint32_t i = 0; i < hir_.exprs.size(); ++i) {
      if (hir_.exprs[i].span != whole || hir_.exprs[i].kind != ExprKind::String) continue;
      addNamesOfBuild(ExprId{i});
      addProjectTexts(ExprId{i});
      addExpectedValues(index_.wants[i]);
    }
  }
  // Inside the quotes only texts make sense, without their own quotes.
  std::erase_if(list_.items, [](const Completion& item) { return !item.label.starts_with('"'); });
  for (auto& item : list_.items) {
    item.label = item.label.substr(1, item.label.size() - 2);
    item.insertText = item.label;
  }
}

void Completer::atEntry(bool hasColon) {
  const auto body = bodyAround(caret_.begin);
  const auto segment = segmentAtCaret();
  const auto place = segment < index_.segmentOrigins.size() ? index_.segmentOrigins[segment]
                     : base::valid(body)                    ? index_.bodyPlaces[base::index(body)]
                                                            : types::errorType;
  const auto* entry = entryWith(body);
  const auto field = fieldOf(body);
  addElements(place, field, body, hasColon, /*isPath=*/false);
  addMembersToSet(place, body, hasColon);
  if (segment >= index_.segmentOrigins.size() || place == (base::valid(body) ? index_.bodyPlaces[base::index(body)] : types::errorType)) {
    addLabelKeys(body, hasColon);
    const auto holder = entry == nullptr ? types::errorType : index_.segmentOrigins[entry->firstSegment + entry->segmentCount - 1];
    addMapKeys(place, holder, field, body, hasColon, /*isPath=*/false);
    if (!hasColon) addElementTemplate(place);
  }
  if (hasColon) return;
  const auto owner = ownerAtCaret();
  const bool isDeclaring = base::valid(body) && hir_[owner].body == body;
  if (!isDeclaring) addLocals();  // `{ name }`
  addEntryKeywords(isDeclaring, hir_[owner].kind == hir::ItemKind::Test);
}

void Completer::atPathStep() {
  const auto segment = segmentAtCaret();
  if (segment >= index_.segmentOrigins.size()) return;
  if (segment > 0) {
    const auto field = hir_.segments[segment - 1].name;
    addElements(index_.segmentOrigins[segment], field, base::none<hir::BodyId>, /*isKeyOnly=*/true, /*isPath=*/true);
    addMapKeys(index_.segmentOrigins[segment], index_.segmentOrigins[segment - 1], field, base::none<hir::BodyId>, /*hasColon=*/true, /*isPath=*/true);
  }
  addMembersToSet(index_.segmentOrigins[segment], base::none<hir::BodyId>, /*hasColon=*/true);
}

void Completer::atField() {
  for (std::uint32_t i = 0; i < hir_.exprs.size(); ++i) {
    const auto& expr = hir_.exprs[i];
    if (expr.kind != ExprKind::Field || hir::fieldNameSpan(expr) != caret_) continue;
    const auto& receiver = hir_.exprs[expr.a];
    if (receiver.kind == ExprKind::Name) {
      const auto item = hir_.findChild(hir::moduleItem, base::Symbol{receiver.a});
      if (base::valid(item) && hir_[item].kind == hir::ItemKind::Import && hir_[item].importedName == base::emptySymbol) {
        const auto& import = facts_.checked->imports[hir_[item].import];
        if (!import.isData && base::valid(import.file)) return addExports(import.file, /*onlyTypes=*/false);
      }
    }
    const auto type = facts_.checked->exprTypes[expr.a];
    addMembersToRead(type);
    addMethods(type);
    return;
  }
}

void Completer::atValue(TypeId want, bool isResource) {
  addExpectedValues(want);
  addLocals();
  addScope(want);
  addDeclarations(/*types=*/true, /*values=*/true, /*onlyObjects=*/isResource, want);
  addValueKeywords();
  if (!isResource) addBuiltinFunctions();
  const bool looksLikeType = !site_.prefix.empty() && site_.prefix[0] >= 'A' && site_.prefix[0] <= 'Z';
  if (isResource || looksLikeType) {
    addKinds(/*asValue=*/true, /*withParts=*/false, want);
    addImportable(isResource ? Importable::Objects : Importable::Types, /*asValue=*/true, want);
  } else if (!site_.prefix.empty()) {
    addImportable(Importable::Values, /*asValue=*/true);
  } else {
    list_.isIncomplete = site_.prefix.empty();
  }
}

void Completer::atImportName(NodeId decl) {
  if (!base::valid(decl)) return;
  const auto path = syntax::as<syntax::ImportDecl>(tree_, decl).path();
  for (std::size_t i = 0; i < hir_.imports.size(); ++i) {
    if (!path || hir_.imports[i].span != path.span()) continue;
    const auto& import = facts_.checked->imports[i];
    if (base::valid(import.file)) return addExports(import.file, /*onlyTypes=*/false);
    if (!import.isKubernetes) return;
    const auto text = base::text(hir_.imports[i].path);
    const auto group = program_.schema().groupVersion(text.substr(std::min<std::size_t>(text.size(), 4)));
    if (!group) return;
    for (const auto id : group->definitions()) {
      const auto definition = program_.schema().definition(id);
      auto& item = add(std::string(definition.shortName()), CompletionKind::Kind, definition.isCreatable() ? RankMember : RankOther);
      item.detail = definition.apiVersion();
    }
    return;
  }
}

void Completer::atImportPath() {
  if (!options_.modulePaths) return;
  for (const auto& path : options_.modulePaths()) add(path, CompletionKind::File, path.starts_with("std/") ? RankOther : RankMember);
  for (const auto group : program_.schema().groupVersions()) {
    add("k8s/" + std::string(group.package()) + "/" + std::string(group.version()), CompletionKind::Module, RankRemote).detail =
        group.apiVersion();
  }
}

void Completer::dropBodies() {
  for (auto& item : list_.items) {
    const bool hasBody = item.kind == CompletionKind::Kind || item.kind == CompletionKind::Component || item.kind == CompletionKind::Schema;
    if (!hasBody) continue;
    item.insertText = item.label;
    item.isSnippet = false;
  }
}

std::string_view Completer::wordBefore() const {
  const auto text = facts_.text().substr(0, caret_.begin);
  const auto end = text.find_last_not_of(" \t");
  if (end == std::string_view::npos || end + 1 == text.size()) return {};
  const auto begin = text.substr(0, end + 1).find_last_not_of("abcdefghijklmnopqrstuvwxyz");
  return text.substr(begin + 1, end - begin);
}

ExprId Completer::exprAtCaret() const {
  for (std::uint32_t i = 0; i < hir_.exprs.size(); ++i) {
    const auto& expr = hir_.exprs[i];
    if (expr.span == caret_ && (expr.kind == ExprKind::Name || expr.kind == ExprKind::Local)) return ExprId{i};
  }
  return base::none<ExprId>;
}

std::size_t Completer::segmentAtCaret() const {
  const auto found =
      std::find_if(hir_.segments.begin(), hir_.segments.end(), [&](const hir::Segment& segment) { return segment.span == caret_; });
  return static_cast<std::size_t>(found - hir_.segments.begin());
}

hir::BodyId Completer::bodyAround(std::uint32_t offset) const {
  auto best = base::none<hir::BodyId>;
  for (std::uint32_t i = 0; i < hir_.bodies.size(); ++i) {
    const auto span = hir_.bodies[i].span;
    if (!span.touches(offset) || (span.begin == offset && !span.empty() && facts_.text()[span.begin] == '{')) continue;
    if (!base::valid(best) || span.size() <= hir_[best].span.size()) best = hir::BodyId{i};
  }
  return best;
}

hir::ItemId Completer::ownerAtCaret() const {
  const auto body = bodyAround(caret_.begin);
  return base::valid(body) ? index_.bodyOwners[base::index(body)] : hir::moduleItem;
}

Completion& Completer::add(std::string label, CompletionKind kind, Rank rank) {
  static thread_local Completion dropped;
  if (label == caretWord || label.empty() || !seen_.emplace(label, kind).second) return dropped = Completion{};
  auto& item = list_.items.emplace_back();
  item.insertText = label;
  item.label = std::move(label);
  item.kind = kind;
  item.rank = rank;
  return item;
}

void Completer::addWord(std::string_view word, CompletionKind kind, Rank rank) { add(std::string(word), kind, rank); }

void Completer::addSnippet(std::string label, std::string snippet, Rank rank) {
  auto& item = add(std::move(label), options_.snippets ? CompletionKind::Snippet : CompletionKind::Keyword, rank);
  if (!options_.snippets) return;
  item.insertText = std::move(snippet);
  item.isSnippet = true;
}

Target Completer::itemTarget(FileId file, hir::ItemId item) const {
  Target target;
  target.kind = TargetKind::Item;
  target.file = file;
  target.item = item;
  return target;
}

std::string Completer::typeText(TypeId type) const {
  return base::valid(type) && type != types::errorType ? shortType(program_, type) : std::string();
}

CompletionList complete(const Facts& facts, const FileIndex& index, const CompletionSite& site, const CompletionOptions& options) {
  return Completer(facts, index, site, options).run();
}

}  // namespace kdsl::query
