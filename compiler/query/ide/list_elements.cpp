#include "query/ide/list_elements.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "query/ide/type_lookup.hpp"
#include "syntax/literal.hpp"
#include "syntax/token.hpp"

namespace kdsl::query {

using hir::EntryKind;
using hir::ExprId;
using hir::ExprKind;
using hir::ItemKind;
using types::TypeKind;

namespace {

/// Fields whose text is what an element of another list is called.
struct Reference {
  std::string_view type, member, element;
};
constexpr Reference references[] = {
    {"ContainerResourceMetricSource", "container", "Container"},
    {"ResourceFieldSelector", "containerName", "Container"},
    {"VolumeDevice", "name", "Volume"},
    {"VolumeMount", "name", "Volume"},
};

/// Where a value is, from a declaration on; of an unknown one both are empty.
struct Place {
  std::string owner, path;
  FileId file = base::none<FileId>;

  bool isKnown() const { return !owner.empty(); }
  Place step(std::string_view name) const { return isKnown() ? Place{owner, path + "/" + std::string(name), file} : Place{}; }
};

class Finder {
 public:
  Finder(const Facts& facts, const FileIndex& index) : facts_(facts), program_(*facts.program), hir_(facts.hir()), index_(index), isSeen_(hir_.bodies.size()) {}

  std::vector<ElementUse> run() {
    for (std::uint32_t i = 0; i < hir_.items.size(); ++i) {
      const auto& item = hir_.items[i];
      if (base::valid(item.value) && item.kind != ItemKind::Fn) assign(item.value, placeOfItem(facts_.file, hir::ItemId{i}), /*declares=*/true);
    }
    // What is left is in loops, functions and the bodies of declarations, whose entries begin with the name of one.
    for (std::uint32_t i = 0; i < hir_.bodies.size(); ++i) {
      if (!isSeen_[i] && !base::valid(hir_.bodies[i].parent)) walk(hir::BodyId{i}, {}, /*declares=*/false);
    }
    for (std::uint32_t i = 0; i < hir_.exprs.size(); ++i) read(ExprId{i});
    std::ranges::sort(uses_, {}, [](const ElementUse& use) { return use.span.begin; });
    return std::move(uses_);
  }

 private:
  static Place placeOfItem(FileId file, hir::ItemId item) { return {fmt::format("{}:{}", base::index(file), base::index(item)), {}, file}; }

  const types::TypeNode& node(TypeId type) const { return program_.types()[program_.types().underlying(type)]; }

  types::NominalId elementOf(TypeId list) const {
    const auto& element = node(node(list).element);
    return element.kind == TypeKind::Nominal ? element.nominal : base::none<types::NominalId>;
  }

  /// A keyed list with one key, a text, of elements that have a type of their own.
  bool isNamed(TypeId list) const {
    if (!base::valid(list) || list == types::errorType) return false;
    const auto& found = node(list);
    if (found.kind != TypeKind::Keyed || found.keys.size() != 1 || !base::valid(elementOf(list))) return false;
    // What refers to objects (`imagePullSecrets`) is called as they are.
    if (base::text(program_.nominal(elementOf(list)).name).ends_with("Reference")) return false;
    const auto kind = node(query::placeOf(program_, found.element, found.keys[0])).kind;
    return kind == TypeKind::String || kind == TypeKind::StringLiteral || kind == TypeKind::Union;
  }

  const Occurrence* writtenAt(Span span) const {
    const auto& all = index_.occurrences;
    auto found = std::lower_bound(all.begin(), all.end(), span.begin, [](const Occurrence& one, std::uint32_t at) { return one.span.begin < at; });
    for (; found != all.end() && found->span.begin == span.begin; ++found) {
      if (found->span == span && found->writes) return &*found;
    }
    return nullptr;
  }

  /// Inside the quotes of a literal without escapes; empty for others.
  Span textSpan(ExprId id) const {
    const auto& literal = hir_[id];
    if (literal.kind != ExprKind::String) return {};
    const auto text = base::text(base::Symbol{literal.a});
    const auto written = facts_.text().substr(literal.span.begin, literal.span.size());
    const bool isPlain = written.size() == text.size() + 2 && written.front() == '"' && written.substr(1, text.size()) == text;
    return isPlain ? Span{literal.span.begin + 1, literal.span.end - 1} : Span{};
  }

  void add(ElementUse::Form form, Span span, std::string_view name, TypeId list, const Place& place, bool declares) {
    auto& use = uses_.emplace_back();
    use.form = form;
    use.declares = declares && place.isKnown();
    use.span = span;
    use.name = name;
    use.element = elementOf(list);
    use.owner = place.owner;
    use.path = place.path;
    use.ownerFile = place.file;
  }

  /// The value of a place.
  void assign(ExprId id, const Place& place, bool declares) {
    if (!base::valid(id)) return;
    const auto& expr = hir_[id];
    switch (expr.kind) {
      case ExprKind::Record: return walk(hir::BodyId{expr.a}, place, declares);
      case ExprKind::Refine: {
        // What refines another value has its elements.
        const bool isOfType = facts_.checked->resolutions[expr.a].kind == sema::ResolutionKind::Type;
        return walk(hir::BodyId{expr.b}, isOfType ? place : Place{}, declares && isOfType);
      }
      case ExprKind::If: assign(ExprId{expr.b}, place, declares); return assign(ExprId{expr.c}, place, declares);
      case ExprKind::Let: return assign(ExprId{expr.b}, place, declares);
      case ExprKind::List:
        for (std::uint32_t i = 0; i < expr.b; ++i) element(hir_.elements[expr.a + i], index_.wants[base::index(id)], place, declares);
        return;
      default: return;
    }
  }

  /// Of a list literal: its key field says what it is called.
  void element(const hir::Element& one, TypeId list, const Place& place, bool declares) {
    if (one.kind == hir::ElementKind::If || one.kind == hir::ElementKind::For) {
      element(hir_.elements[one.then], list, place, declares);
      if (one.kind == hir::ElementKind::If && one.otherwise != 0) element(hir_.elements[one.otherwise], list, place, declares);
      return;
    }
    if (one.kind != hir::ElementKind::Value || !base::valid(one.value)) return;
    const auto& value = hir_[one.value];
    const auto body = value.kind == ExprKind::Record ? hir::BodyId{value.a} : value.kind == ExprKind::Refine ? hir::BodyId{value.b} : base::none<hir::BodyId>;
    auto inner = Place{};
    if (base::valid(body) && isNamed(list)) {
      for (const auto& entry : hir_.entriesOf(hir_[body])) {
        const bool isKey = entry.kind == EntryKind::Set && entry.segmentCount == 1 && hir_.segments[entry.firstSegment].name == node(list).keys[0] && base::valid(entry.value);
        const auto span = isKey ? textSpan(entry.value) : Span{};
        if (span.empty()) continue;
        const auto name = base::text(base::Symbol{hir_[entry.value].a});
        inner = place.step(name);
        add(ElementUse::Form::Quoted, span, name, list, inner, /*declares=*/true);
      }
    }
    assign(one.value, inner, declares);
  }

  void walk(hir::BodyId id, const Place& place, bool declares) {
    if (!base::valid(id)) return;
    isSeen_[base::index(id)] = true;
    for (const auto& entry : hir_.entriesOf(hir_[id])) {
      switch (entry.kind) {
        case EntryKind::Set: set(entry, place, declares); break;
        case EntryKind::Spread: assign(entry.value, place, declares); break;
        case EntryKind::Each: walk(entry.then, {}, /*declares=*/false); break;
        case EntryKind::If:
        case EntryKind::For:
          walk(entry.then, place, declares);
          walk(entry.otherwise, place, declares);
          break;
        default: break;
      }
    }
  }

  void set(const hir::Entry& entry, Place place, bool declares) {
    for (std::uint32_t i = 0; i < entry.segmentCount; ++i) {
      const auto& segment = hir_.segments[entry.firstSegment + i];
      const auto from = index_.segmentOrigins[entry.firstSegment + i];
      if (segment.kind == hir::SegmentKind::Index) {
        const auto key = segment.count == 1 ? hir_.exprList(segment.first, 1)[0] : base::none<ExprId>;
        const auto span = base::valid(key) ? textSpan(key) : Span{};
        const auto name = span.empty() ? std::string_view{} : base::text(base::Symbol{hir_[key].a});
        place = span.empty() ? Place{} : place.step(name);
        if (!span.empty() && isNamed(from)) add(ElementUse::Form::Quoted, span, name, from, place, /*declares=*/false);
        continue;
      }
      const auto* written = writtenAt(segment.span);
      if (written != nullptr && written->target.kind == TargetKind::Item) {
        place = placeOfItem(written->target.file, written->target.item);
        declares = false;
        continue;
      }
      const auto name = base::text(segment.name);
      place = place.step(name);
      if (!isNamed(from) || name.empty()) continue;
      const auto inner = segment.quoted ? Span{segment.span.begin + 1, segment.span.end - 1} : segment.span;
      if (facts_.text().substr(inner.begin, inner.size()) != name) continue;
      add(segment.quoted ? ElementUse::Form::Quoted : i > 0 ? ElementUse::Form::Step : ElementUse::Form::Key, inner, name, from, place, declares);
      uses_.back().isShorthand = entry.shorthand;
    }
    refer(entry, place);
    assign(entry.value, place, declares);
  }

  void refer(const hir::Entry& entry, const Place& place) {
    const auto span = base::valid(entry.value) && entry.segmentCount != 0 ? textSpan(entry.value) : Span{};
    const auto* written = span.empty() ? nullptr : writtenAt(hir_.segments[entry.firstSegment + entry.segmentCount - 1].span);
    if (written == nullptr || written->target.kind != TargetKind::Member) return;
    const auto type = base::text(program_.nominal(written->target.nominal).name), member = base::text(written->target.name);
    const auto known = std::ranges::find_if(references, [&](const Reference& one) { return one.type == type && one.member == member; });
    if (known == std::end(references)) return;
    auto& use = uses_.emplace_back();
    use.form = ElementUse::Form::Quoted;
    use.refers = true;
    use.span = span;
    use.name = base::text(base::Symbol{hir_[entry.value].a});
    use.element = program_.kubernetesNominal(known->element);
    use.owner = place.owner;
    use.ownerFile = place.file;
  }

  Place placeOf(ExprId id) const {
    const auto& expr = hir_[id];
    const auto ofTarget = [&](Span span) {
      for (const auto* one : occurrencesAt(index_, span.begin)) {
        if (one->span == span && one->target.kind == TargetKind::Item) return placeOfItem(one->target.file, one->target.item);
      }
      return Place{};
    };
    if (expr.kind == ExprKind::Name) return ofTarget(expr.span);
    if (expr.kind == ExprKind::Field) {
      auto place = ofTarget(hir::fieldNameSpan(expr));
      return place.isKnown() ? place : placeOf(ExprId{expr.a}).step(base::text(base::Symbol{expr.b}));
    }
    if (expr.kind != ExprKind::Index || expr.c != 1) return {};
    const auto key = hir_.exprList(expr.b, 1)[0];
    return hir_[key].kind == ExprKind::String ? placeOf(ExprId{expr.a}).step(base::text(base::Symbol{hir_[key].a})) : Place{};
  }

  void read(ExprId id) {
    const auto& expr = hir_[id];
    if ((expr.kind != ExprKind::Field && expr.kind != ExprKind::Index) || !isNamed(facts_.checked->exprTypes[expr.a])) return;
    const auto list = facts_.checked->exprTypes[expr.a];
    if (expr.kind == ExprKind::Field) {
      const auto name = base::text(base::Symbol{expr.b});
      const auto span = hir::fieldNameSpan(expr);
      const bool isKey = std::ranges::any_of(occurrencesAt(index_, span.begin), [&](const Occurrence* one) { return one->span == span && one->target.kind == TargetKind::Key; });
      if (isKey) add(ElementUse::Form::Step, span, name, list, placeOf(id), /*declares=*/false);
    } else if (expr.c == 1) {
      const auto key = hir_.exprList(expr.b, 1)[0];
      if (const auto span = textSpan(key); !span.empty()) add(ElementUse::Form::Quoted, span, base::text(base::Symbol{hir_[key].a}), list, placeOf(id), /*declares=*/false);
    }
  }

  const Facts& facts_;
  const sema::Workspace& program_;
  const hir::Module& hir_;
  const FileIndex& index_;
  std::vector<bool> isSeen_;
  std::vector<ElementUse> uses_;
};

}  // namespace

std::vector<ElementUse> elementUses(const Facts& facts, const FileIndex& index) { return Finder(facts, index).run(); }

RenameEdit renamedElement(const Facts& facts, const ElementUse& use, std::string_view name) {
  const bool isBare = syntax::isBareWord(name) && (use.form != ElementUse::Form::Key || !syntax::isReserved(syntax::wordKind(name)));
  auto span = use.span;
  std::string text(name);
  if (use.form == ElementUse::Form::Step && !isBare) {
    // `.side-car` is `["side-car"]`.
    span.begin -= facts.text().substr(0, span.begin).ends_with("?.") ? 2 : 1;
    text = "[\"" + text + "\"]";
  } else if (use.form == ElementUse::Form::Key && !isBare) {
    text = "\"" + text + "\"";
  }
  if (use.isShorthand) text += ": " + use.name;
  return {{facts.file, span}, std::move(text)};
}

}  // namespace kdsl::query
