// Bodies and their entries.
#include <array>
#include <string>

#include "hir/lowering.hpp"
#include "diag/codes/names.hpp"

namespace kdsl::hir {

namespace code = diag::code;

namespace {

Verb verbOf(syn::Verb verb) {
  switch (verb) {
    case syn::Verb::Set: return Verb::Set;
    case syn::Verb::Replace: return Verb::Replace;
    case syn::Verb::Append: return Verb::Append;
    case syn::Verb::Prepend: return Verb::Prepend;
    case syn::Verb::External: return Verb::External;
  }
  return Verb::Set;
}

}  // namespace

BodyId Lowering::addBody(Span span, BodyId parent) {
  const BodyId id{static_cast<std::uint32_t>(module_.bodies.size())};
  module_.bodies.push_back({0, 0, parent, span});
  return id;
}

void Lowering::finishBody(BodyId body, std::size_t mark) {
  auto& finished = module_.bodies[base::index(body)];
  finished.entryCount = static_cast<std::uint32_t>(pendingEntries_.mark() - mark);
  finished.firstEntry = pendingEntries_.moveTo(module_.entries, mark);
}

BodyId Lowering::lowerBody(syn::Body body, Context context) {
  const auto id = addBody(body.span());
  const LocalScopes::Scope scope(scopes_);
  const Within within(*this, context);
  lowerEntries(body.items(), id);
  return id;
}

BodyId Lowering::lowerBranch(syn::Branch branch, BodyId parent) {
  const auto id = addBody(branch.span(), parent);
  const LocalScopes::Scope scope(scopes_);
  if (const auto group = syn::as<syn::Body>(branch)) {
    lowerEntries(group.items(), id);
  } else {
    lowerEntries(std::array{static_cast<const syn::View&>(branch)}, id);
  }
  return id;
}

void Lowering::pushEntry(EntryKind kind, Entry entry, const syn::View& view) {
  entry.kind = kind;
  entry.span = view.span();
  pendingEntries_.push(entry);
}

void Lowering::lowerEntry(const syn::View& view, BodyId body) {
  using syn::NodeKind;
  switch (view.kind()) {
    case NodeKind::SetEntry: return lowerSet(syn::as<syn::SetEntry>(view));
    case NodeKind::ShortEntry: return lowerShorthand(syn::as<syn::ShortEntry>(view));
    case NodeKind::SpreadEntry: {
      reportChangeInPolicy(view);
      const Within within(*this, valueContext());
      Entry entry;
      entry.value = lowerRequired(syn::as<syn::SpreadEntry>(view).value(), view);
      return pushEntry(EntryKind::Spread, entry, view);
    }
    case NodeKind::IfEntry: {
      const auto branch = syn::as<syn::IfEntry>(view);
      Entry entry;
      {
        const Within within(*this, valueContext());
        entry.value = lowerRequired(branch.condition(), view);
      }
      entry.then = lowerBranch(branch.then(), body);
      if (const auto otherwise = branch.otherwise()) entry.otherwise = lowerBranch(otherwise, body);
      return pushEntry(EntryKind::If, entry, view);
    }
    case NodeKind::ForEntry: return lowerFor(syn::as<syn::ForEntry>(view), body);
    case NodeKind::EachEntry: return lowerEach(syn::as<syn::EachEntry>(view));
    case NodeKind::CheckEntry: return lowerCheck(syn::as<syn::CheckEntry>(view));
    case NodeKind::WaiveEntry: return lowerWaive(syn::as<syn::WaiveEntry>(view));
    case NodeKind::GoldenEntry: return lowerGolden(syn::as<syn::GoldenEntry>(view), body);
    default: return;  // an Error, a declaration that the parser has rejected, or a field of a shape
  }
}

void Lowering::lowerLet(syn::LetDecl let, LocalId local) {
  const Within within(*this, valueContext());
  const auto type = lowerTypeIfWritten(let.type());
  const auto value = lowerRequired(let.value(), let);
  module_.locals[base::index(local)].type = type;
  module_.locals[base::index(local)].value = value;
  Entry entry;
  entry.name = module_[local].name;
  entry.nameSpan = module_[local].nameSpan;
  entry.first = local;
  pushEntry(EntryKind::Let, entry, let);
}

void Lowering::lowerSet(syn::SetEntry set) {
  reportChangeInPolicy(set);
  Entry entry;
  entry.verb = verbOf(set.verb());
  entry.isFinal = set.isFinal();
  lowerPath(set.path(), entry);
  entry.quiet = set.quiet();
  if (entry.verb != Verb::External) {
    const Within within(*this, {context_.hasSelf, true, false});
    entry.value = lowerRequired(set.value(), set);
  }
  pushEntry(EntryKind::Set, entry, set);
}

void Lowering::lowerShorthand(syn::ShortEntry shorthand) {
  reportChangeInPolicy(shorthand);
  const auto name = nameOf(shorthand.name());
  const auto span = shorthand.name().span();
  Entry entry;
  entry.shorthand = true;
  entry.firstSegment = static_cast<std::uint32_t>(module_.segments.size());
  entry.segmentCount = 1;
  auto& segment = module_.segments.emplace_back();
  segment.name = name;
  segment.span = span;
  entry.value = name == base::emptySymbol ? addError(span) : lowerName(name, span);
  pushEntry(EntryKind::Set, entry, shorthand);
}

void Lowering::lowerFor(syn::ForEntry loop, BodyId body) {
  const auto head = loop.head();
  Entry entry;
  {
    const Within within(*this, valueContext());
    entry.value = lowerRequired(head.collection(), loop);
  }
  const LocalScopes::Scope scope(scopes_);
  const auto variables = bindLoopVariables(head);
  entry.first = variables.first;
  entry.second = variables.second;
  {
    const Within within(*this, valueContext());
    entry.extra = lowerExprIfWritten(head.condition());
  }
  entry.then = lowerBranch(loop.branch(), body);
  pushEntry(EntryKind::For, entry, loop);
}

void Lowering::lowerEach(syn::EachEntry each) {
  const auto mark = pendingTypes_.mark();
  for (const auto name : each.types()) pendingTypes_.push(lowerNamedType(name, TypeExprKind::Name, name.span()));
  Entry entry;
  entry.typeCount = static_cast<std::uint32_t>(pendingTypes_.mark() - mark);
  entry.firstType = pendingTypes_.moveTo(module_.typeLists, mark);
  if (const auto where = each.where()) {
    const Within within(*this, {});
    entry.extra = lowerRequired(where.condition(), where);
  }
  if (each.removes()) {
    reportChangeInPolicy(each);
  } else if (const auto body = each.body()) {
    entry.then = lowerBody(body, {.checksOnly = context_.checksOnly});
  } else {
    entry.then = addBody({each.span().end, each.span().end});  // a syntax error: nothing is refined, and nothing removed
  }
  pushEntry(EntryKind::Each, entry, each);
}

void Lowering::lowerCheck(syn::CheckEntry check) {
  const Within within(*this, valueContext());
  Entry entry;
  entry.isFinal = check.isFinal();
  entry.isWarning = check.isWarning();
  if (const auto name = check.name()) {
    entry.name = nameOf(name);
    entry.nameSpan = name.span();
  }
  entry.value = lowerRequired(check.condition(), check);
  if (const auto message = check.message()) entry.extra = lowerString(message);
  pushEntry(EntryKind::Check, entry, check);
}

void Lowering::lowerWaive(syn::WaiveEntry waive) {
  const Within within(*this, valueContext());
  Entry entry;
  entry.nameSpan = waive.name().span();
  std::string dotted;
  const auto name = lowerQualifiedName(waive.name());
  for (std::uint32_t i = 0; i < name.count; ++i) {
    if (i != 0) dotted += '.';
    dotted += base::text(module_.nameParts[name.first + i].name);
  }
  entry.name = base::intern(dotted);
  entry.value = lowerRequired(waive.reason(), waive);
  pushEntry(EntryKind::Waive, entry, waive);
}

void Lowering::lowerGolden(syn::GoldenEntry golden, BodyId body) {
  if (bodyOwner_ != ItemKind::Test || body != ownBody_) report(code::golden_outside_test, tree_.tokenSpan(tree_.firstToken(golden.id)));
  const Within within(*this, valueContext());
  Entry entry;
  entry.name = plainText(golden.file());
  entry.nameSpan = golden.file().span();
  entry.value = lowerRequired(golden.value(), golden);
  pushEntry(EntryKind::Golden, entry, golden);
}

void Lowering::lowerPath(syn::Path path, Entry& entry) {
  // The keys of a path are read where the entry stands; an index has no value below it that `super` could mean.
  const Within within(*this, {context_.hasSelf, false, false});
  const auto mark = pendingSegments_.mark();
  for (const auto view : path.segments()) {
    if (view.isError() && tree_.node(view.id).slot == syn::Slot::Junk) continue;
    pendingSegments_.push(lowerSegment(view));
  }
  entry.segmentCount = static_cast<std::uint32_t>(pendingSegments_.mark() - mark);
  if (!withinLimit(entry.segmentCount, "steps", path.span())) entry.segmentCount = maxNestedParts;
  entry.firstSegment = pendingSegments_.moveTo(module_.segments, mark);
}

Segment Lowering::lowerSegment(syn::PathSegment view) {
  Segment segment;
  segment.span = view.span();
  if (const auto word = syn::as<syn::PathWord>(view)) {
    segment.quiet = word.quiet();
    if (base::valid(word.word())) {
      segment.name = base::intern(tree_.tokenText(word.word()));
      segment.span = tree_.tokenSpan(word.word());
    }
  } else if (const auto string = syn::as<syn::PathString>(view)) {
    segment.quoted = true;
    segment.name = plainText(string.string());
  } else if (const auto index = syn::as<syn::PathIndex>(view)) {
    segment.kind = SegmentKind::Index;
    const auto mark = pendingExprs_.mark();
    for (const auto key : index.keys()) pendingExprs_.push(lowerExpr(key));
    segment.count = static_cast<std::uint32_t>(pendingExprs_.mark() - mark);
    segment.first = pendingExprs_.moveTo(module_.exprLists, mark);
  }
  return segment;
}

void Lowering::reportChangeInPolicy(const syn::View& entry) {
  if (context_.checksOnly) report(code::policy_changes, entry.span());
}

}  // namespace kdsl::hir
