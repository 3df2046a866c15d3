#include <bit>

#include "base/hash.hpp"
#include "hir/lower.hpp"

namespace kdsl::hir {
namespace {

// Feeds what other files can see into one hash, in a fixed order. Texts are hashed, not symbols: the hash is the same in every process.
// Places are left out: moving a declaration changes nothing for others. Where a type is inferred, the value decides it and is fed whole,
// except for what stands in the braces of a refinement, which cannot change the type of what is refined. Of a `let` the braces are fed too:
// whether it reads a param decides whether other files may name it.
class InterfaceHasher {
 public:
  explicit InterfaceHasher(const Module& module) : module_(module) {}

  std::uint64_t run() {
    feed(module_.extends);
    for (const auto& import : module_.imports) feed(import.path);
    item(moduleItem);
    return hash_;
  }

 private:
  void feed(std::uint64_t value) { hash_ = base::combine(hash_, value); }
  void feed(Symbol symbol) { feed(base::hashBytes(base::text(symbol))); }
  template <typename Enum>
    requires std::is_enum_v<Enum> && (!std::is_same_v<Enum, Symbol>)
  void feedKind(Enum value) {
    feed(static_cast<std::uint64_t>(value) + 1);
  }

  void item(ItemId id) {
    const auto& i = module_[id];
    feedKind(i.kind);
    feed(i.name);
    feed(std::uint64_t{i.isPrivate} | std::uint64_t{i.isDeprecated} << 1);
    feed(i.deprecated);
    if (i.kind == ItemKind::Import) {
      feed(i.import);
      feed(i.importedName);
    }
    names(i.extends.first, i.extends.count);
    type(i.type);
    for (std::uint32_t n = 0; n < i.paramCount; ++n) {
      const auto& param = module_[LocalId{base::index(i.firstParam) + n}];
      feed(param.name);
      type(param.type);
      kindOf(param.value);
    }
    const bool inferred = !base::valid(i.type) && i.kind != ItemKind::Param;
    if (inferred || i.kind == ItemKind::TypeAlias || i.kind == ItemKind::Let) {
      withRefinements_ = i.kind == ItemKind::Let;
      expr(i.value);
      withRefinements_ = false;
    } else if (i.kind == ItemKind::Param) {
      kindOf(i.value);
    } else {
      feed(base::valid(i.value));
    }
    shape(i.shape);
    if (base::valid(i.body)) checkNames(module_[i.body]);
    feed(i.childCount);
    for (const auto child : module_.childrenOf(i)) {
      if (module_[child].kind != ItemKind::Test) item(child);
    }
  }

  // Checks can be waived from outside, by name.
  void checkNames(const Body& body) {
    for (const auto& entry : module_.entriesOf(body)) {
      if (entry.kind == EntryKind::Check) {
        feed(entry.name);
        feed(std::uint64_t{entry.isFinal} | std::uint64_t{entry.isWarning} << 1);
      }
      if (base::valid(entry.then)) checkNames(module_[entry.then]);
      if (base::valid(entry.otherwise)) checkNames(module_[entry.otherwise]);
    }
  }

  void names(std::uint32_t first, std::uint32_t count) {
    feed(count);
    for (std::uint32_t n = 0; n < count; ++n) feed(module_.nameParts[first + n].name);
  }

  void kindOf(ExprId id) { base::valid(id) ? feedKind(module_[id].kind) : feed(0); }

  void type(TypeExprId id) {
    if (!base::valid(id)) return feed(0);
    const auto& t = module_[id];
    feedKind(t.kind);
    switch (t.kind) {
      case TypeExprKind::Name:
      case TypeExprKind::Ref: return names(t.a, t.b);
      case TypeExprKind::String:
      case TypeExprKind::Unit: return feed(Symbol{t.a});
      case TypeExprKind::Int: return feed(static_cast<std::uint64_t>(module_.ints[t.a]));
      case TypeExprKind::Float: return feed(std::bit_cast<std::uint64_t>(module_.floats[t.a]));
      case TypeExprKind::Bool: return feed(t.a);
      case TypeExprKind::List:
      case TypeExprKind::Set:
      case TypeExprKind::Optional: return type(TypeExprId{t.a});
      case TypeExprKind::Keyed: type(TypeExprId{t.a}); return names(t.b, t.c);
      case TypeExprKind::Shape: return shape(ShapeId{t.a});
      case TypeExprKind::Refined:
        type(TypeExprId{t.a});
        for (std::uint32_t n = 0; n < t.c; ++n) bound(module_.bounds[t.b + n]);
        return;
      case TypeExprKind::Union:
        feed(t.b);
        for (std::uint32_t n = 0; n < t.b; ++n) type(module_.typeLists[t.a + n]);
        return;
      case TypeExprKind::Error:
      case TypeExprKind::Null:
      case TypeExprKind::Absent: return;
    }
  }

  void bound(const Bound& b) {
    feed(b.isPattern);
    feed(b.pattern);
    expr(b.low);
    expr(b.high);
  }

  void shape(ShapeId id) {
    if (!base::valid(id)) return feed(0);
    const auto& s = module_[id];
    feed(s.fieldCount);
    for (std::uint32_t n = 0; n < s.fieldCount; ++n) {
      const auto& field = module_.fields[s.firstField + n];
      feed(field.name);
      type(field.type);
      kindOf(field.value);
      feed(field.oneof);
      feed(field.isDeprecated);
      feed(field.deprecated);
    }
    for (std::uint32_t n = 0; n < s.oneOfCount; ++n) feed(module_.oneofs[s.firstOneOf + n].optional);
    type(s.key);
    type(s.value);
    if (base::valid(s.body)) body(s.body);
  }

  void expr(ExprId id) {
    if (!base::valid(id)) return feed(0);
    const auto& e = module_[id];
    feedKind(e.kind);
    switch (e.kind) {
      case ExprKind::Error:
      case ExprKind::Null:
      case ExprKind::Absent:
      case ExprKind::Self:
      case ExprKind::Super: return;
      case ExprKind::Bool: return feed(e.a);
      case ExprKind::Int: return feed(static_cast<std::uint64_t>(module_.ints[e.a]));
      case ExprKind::Float: return feed(std::bit_cast<std::uint64_t>(module_.floats[e.a]));
      case ExprKind::Unit:
      case ExprKind::String:
      case ExprKind::Name: return feed(Symbol{e.a});
      case ExprKind::Interpolation: return exprs(module_.exprList(e.a, e.b));
      case ExprKind::Local: return feed(Symbol{e.b});
      case ExprKind::Field:
        feed(e.optional);
        feed(Symbol{e.b});
        return expr(ExprId{e.a});
      case ExprKind::Index: expr(ExprId{e.a}); return exprs(module_.exprList(e.b, e.c));
      case ExprKind::Call:
        expr(ExprId{e.a});
        feed(e.c);
        for (std::uint32_t n = 0; n < e.c; ++n) {
          feed(module_.arguments[e.b + n].name);
          expr(module_.arguments[e.b + n].value);
        }
        return;
      case ExprKind::Refine:
        expr(ExprId{e.a});
        if (withRefinements_) body(BodyId{e.b});
        return;
      case ExprKind::Not:
      case ExprKind::Negate:
      case ExprKind::Present: return expr(ExprId{e.a});
      case ExprKind::Record: return body(BodyId{e.a});
      case ExprKind::Binary:
        feedKind(e.op);
        expr(ExprId{e.a});
        return expr(ExprId{e.b});
      case ExprKind::Is: expr(ExprId{e.a}); return type(TypeExprId{e.b});
      case ExprKind::If:
        expr(ExprId{e.a});
        expr(ExprId{e.b});
        return expr(ExprId{e.c});
      case ExprKind::Match:
        expr(ExprId{e.a});
        feed(e.c);
        for (std::uint32_t n = 0; n < e.c; ++n) {
          type(module_.arms[e.b + n].pattern);
          expr(module_.arms[e.b + n].value);
        }
        return;
      case ExprKind::Let: local(LocalId{e.a}); return expr(ExprId{e.b});
      case ExprKind::Lambda:
        for (std::uint32_t n = 0; n < e.b; ++n) local(LocalId{e.a + n});
        return expr(ExprId{e.c});
      case ExprKind::List:
        feed(e.b);
        for (std::uint32_t n = 0; n < e.b; ++n) element(module_.elements[e.a + n]);
        return;
    }
  }

  void exprs(std::span<const ExprId> list) {
    feed(list.size());
    for (const auto id : list) expr(id);
  }

  void local(LocalId id) {
    if (!base::valid(id)) return feed(0);
    const auto& l = module_[id];
    feed(l.name);
    type(l.type);
    expr(l.value);
  }

  void element(const Element& e) {
    feedKind(e.kind);
    expr(e.value);
    expr(e.filter);
    local(e.first);
    local(e.second);
    if (e.then != 0) element(module_.elements[e.then]);
    if (e.otherwise != 0) element(module_.elements[e.otherwise]);
  }

  void body(BodyId id) {
    if (!base::valid(id)) return feed(0);
    const auto& entries = module_.entriesOf(module_[id]);
    feed(entries.size());
    for (const auto& entry : entries) {
      feedKind(entry.kind);
      feedKind(entry.verb);
      feed(std::uint64_t{entry.isFinal} | std::uint64_t{entry.isWarning} << 1 | std::uint64_t{entry.quiet} << 2);
      feed(entry.name);
      for (const auto& segment : module_.segmentsOf(entry)) {
        feed(segment.name);
        exprs(module_.exprList(segment.first, segment.count));
      }
      expr(entry.value);
      expr(entry.extra);
      local(entry.first);
      local(entry.second);
      body(entry.then);
      body(entry.otherwise);
    }
  }

  const Module& module_;
  bool withRefinements_ = false;
  std::uint64_t hash_ = 0x6b64'736cull;
};

}  // namespace

std::uint64_t interfaceHash(const Module& module) { return InterfaceHasher(module).run(); }

}  // namespace kdsl::hir
