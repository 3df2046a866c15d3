// Written types, and the shapes of schemas and record types.
#include <algorithm>

#include "hir/lowering.hpp"
#include "diag/codes/names.hpp"

namespace kdsl::hir {

namespace code = diag::code;

TypeExprId Lowering::addType(TypeExprKind kind, Span span, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const TypeExprId id{static_cast<std::uint32_t>(module_.typeExprs.size())};
  module_.typeExprs.push_back({kind, a, b, c, span});
  return id;
}

TypeExprId Lowering::lowerType(syn::Type type) {
  using syn::NodeKind;
  const auto span = type.span();
  switch (type.kind()) {
    case NodeKind::NamedType: return lowerNamedType(syn::as<syn::NamedType>(type).name(), TypeExprKind::Name, span);
    case NodeKind::RefType: return lowerNamedType(syn::as<syn::RefType>(type).name(), TypeExprKind::Ref, span);
    case NodeKind::LiteralType: return lowerLiteralType(syn::as<syn::LiteralType>(type));
    case NodeKind::ListType: {
      const auto element = lowerType(syn::as<syn::ListType>(type).element());
      return addType(TypeExprKind::List, span, base::index(element));
    }
    case NodeKind::RecordType: {
      const auto shape = lowerShape(syn::as<syn::RecordType>(type));
      return addType(TypeExprKind::Shape, span, base::index(shape));
    }
    case NodeKind::ParenType: return lowerType(syn::as<syn::ParenType>(type).inner());
    case NodeKind::UnionType: return lowerUnion(syn::as<syn::UnionType>(type));
    case NodeKind::OptionalType: {
      const auto inner = lowerType(syn::as<syn::OptionalType>(type).inner());
      return addType(TypeExprKind::Optional, span, base::index(inner));
    }
    case NodeKind::BoundedType: return lowerBoundedType(syn::as<syn::BoundedType>(type));
    case NodeKind::KeyedListType: return lowerKeyedList(syn::as<syn::KeyedListType>(type));
    case NodeKind::SetType: {
      const auto element = lowerElementType(syn::as<syn::SetType>(type).inner());
      return addType(TypeExprKind::Set, span, base::index(element));
    }
    default: return addType(TypeExprKind::Error, span);
  }
}

TypeExprId Lowering::lowerElementType(syn::Type list) {
  // `by` and `set` stand behind `[T]` and say more about it; the element is what they are about.
  if (const auto inner = syn::as<syn::ListType>(list)) return lowerType(inner.element());
  return addType(TypeExprKind::Error, list.span());
}

QualifiedName Lowering::lowerQualifiedName(syn::QualifiedName name) {
  QualifiedName lowered;
  if (!name || name.isError()) return lowered;
  lowered.span = name.span();
  lowered.first = static_cast<std::uint32_t>(module_.nameParts.size());
  const auto end = base::index(tree_.endToken(name.id));
  for (auto at = base::index(tree_.firstToken(name.id)); at < end; ++at) {
    const syn::TokenId token{at};
    if (!syn::isWord(tree_.tokenKind(token))) continue;
    module_.nameParts.push_back({base::intern(tree_.tokenText(token)), tree_.tokenSpan(token)});
    ++lowered.count;
  }
  return lowered;
}

TypeExprId Lowering::lowerNamedType(syn::QualifiedName name, TypeExprKind kind, Span span) {
  const auto parts = lowerQualifiedName(name);
  return parts.count == 0 ? addType(TypeExprKind::Error, span) : addType(kind, span, parts.first, parts.count);
}

TypeExprId Lowering::lowerLiteralType(syn::LiteralType literal) {
  const auto span = literal.span();
  if (const auto string = literal.string()) {
    return addType(TypeExprKind::String, span, static_cast<std::uint32_t>(requirePlainText(string, "a type that is a text")));
  }
  const auto token = literal.token();
  if (!base::valid(token)) return addType(TypeExprKind::Error, span);
  switch (tree_.tokenKind(token)) {
    case syn::TokenKind::KwTrue: return addType(TypeExprKind::Bool, span, 1);
    case syn::TokenKind::KwFalse: return addType(TypeExprKind::Bool, span, 0);
    case syn::TokenKind::KwNull: return addType(TypeExprKind::Null, span);
    case syn::TokenKind::KwAbsent: return addType(TypeExprKind::Absent, span);
    case syn::TokenKind::Number: break;
    default: return addType(TypeExprKind::Error, span);
  }
  const auto& number = module_[lowerNumber(tree_.tokenText(token), literal.negative(), span)];
  switch (number.kind) {
    case ExprKind::Int: return addType(TypeExprKind::Int, span, number.a);
    case ExprKind::Float: return addType(TypeExprKind::Float, span, number.a);
    case ExprKind::Unit: return addType(TypeExprKind::Unit, span, number.a);
    default: return addType(TypeExprKind::Error, span);
  }
}

ExprId Lowering::lowerBoundValue(syn::LiteralType literal) {
  if (!literal) return base::none<ExprId>;
  const auto token = literal.token();
  if (!base::valid(token) || tree_.tokenKind(token) != syn::TokenKind::Number) return addError(literal.span());
  return lowerNumber(tree_.tokenText(token), literal.negative(), literal.span());
}

TypeExprId Lowering::lowerBoundedType(syn::BoundedType bounded) {
  const auto inner = lowerType(bounded.inner());
  const auto mark = pendingBounds_.mark();
  for (const auto child : tree_.children(bounded.id)) {
    Bound bound;
    bound.span = tree_.span(child);
    if (const auto range = syn::as<syn::RangeBound>(tree_, child)) {
      bound.low = lowerBoundValue(range.lower());
      bound.high = lowerBoundValue(range.upper());
    } else if (const auto pattern = syn::as<syn::PatternBound>(tree_, child)) {
      bound.isPattern = true;
      bound.pattern = requirePlainText(pattern.pattern(), "a pattern");
    } else {
      continue;
    }
    pendingBounds_.push(bound);
  }
  const auto count = static_cast<std::uint32_t>(pendingBounds_.mark() - mark);
  return addType(TypeExprKind::Refined, bounded.span(), base::index(inner), pendingBounds_.moveTo(module_.bounds, mark), count);
}

TypeExprId Lowering::lowerKeyedList(syn::KeyedListType keyed) {
  const auto element = lowerElementType(keyed.inner());
  const auto first = static_cast<std::uint32_t>(module_.nameParts.size());
  for (const auto key : keyed.keys()) {
    if (!key.isError()) module_.nameParts.push_back({nameOf(key), key.span()});
  }
  const auto count = static_cast<std::uint32_t>(module_.nameParts.size()) - first;
  return addType(TypeExprKind::Keyed, keyed.span(), base::index(element), first, count);
}

TypeExprId Lowering::lowerUnion(syn::UnionType type) {
  const auto mark = pendingTypes_.mark();
  for (const auto branch : type.branches()) pendingTypes_.push(lowerType(branch));
  const auto count = static_cast<std::uint32_t>(pendingTypes_.mark() - mark);
  return addType(TypeExprKind::Union, type.span(), pendingTypes_.moveTo(module_.typeLists, mark), count);
}

ShapeId Lowering::lowerShape(syn::RecordType record) {
  const ShapeId id{static_cast<std::uint32_t>(module_.shapes.size())};
  module_.shapes.emplace_back();
  Shape shape;
  shape.span = record.span();
  if (record) {
    const LocalScopes::Isolated scope(scopes_);
    const Within within(*this, {});
    const auto fields = pendingFields_.mark();
    const auto groups = pendingOneOfs_.mark();
    // Lets and checks first: the defaults of fields see the lets.
    const auto isEntry = [](const syn::View& member) { return syn::as<syn::LetDecl>(member) || syn::as<syn::CheckEntry>(member); };
    const auto members = record.members();
    if (std::any_of(members.begin(), members.end(), isEntry)) {
      shape.body = addBody(shape.span);
      lowerEntries(members, shape.body);
    }
    for (const auto member : members) {
      if (const auto field = syn::as<syn::Field>(member)) {
        lowerField(field, 0);
      } else if (const auto group = syn::as<syn::OneOf>(member)) {
        pendingOneOfs_.push({group.optional(), group.span()});
        const auto number = static_cast<std::uint32_t>(pendingOneOfs_.mark() - groups);
        for (const auto choice : group.fields()) lowerField(choice, number);
      } else if (const auto signature = syn::as<syn::IndexSignature>(member)) {
        lowerIndexSignature(signature, shape);
      }
    }
    reportRepeatedFields(pendingFields_.since(fields), shape.body);
    shape.fieldCount = static_cast<std::uint32_t>(pendingFields_.mark() - fields);
    shape.firstField = pendingFields_.moveTo(module_.fields, fields);
    shape.oneOfCount = static_cast<std::uint32_t>(pendingOneOfs_.mark() - groups);
    shape.firstOneOf = pendingOneOfs_.moveTo(module_.oneofs, groups);
  }
  module_.shapes[base::index(id)] = shape;
  return id;
}

void Lowering::lowerIndexSignature(syn::IndexSignature signature, Shape& shape) {
  if (base::valid(shape.key)) {
    const auto first = module_[shape.key].span;
    report(code::duplicate_declaration, signature.span(), {"[K]: T"}).label("and here").also(at(first), "first here");
    return;
  }
  shape.key = lowerType(signature.key());
  shape.value = lowerType(signature.value());
}

void Lowering::lowerField(syn::Field view, std::uint32_t group) {
  const auto key = view.key();
  if (!key || key.isError()) return;
  Field field;
  field.name = key.kind() == syn::NodeKind::Name ? base::intern(key.text()) : plainText(key);
  field.nameSpan = key.span();
  field.span = view.span();
  field.doc = docOf(view);
  field.oneof = group;
  field.type = lowerType(view.type());
  field.value = lowerExprIfWritten(view.value());
  field.isReadDefault = view.isReadDefault();
  if (const auto deprecated = view.deprecated()) {
    field.isDeprecated = true;
    field.deprecated = plainText(deprecated.text());
  }
  pendingFields_.push(field);
}

void Lowering::reportRepeatedFields(std::span<const Field> fields, BodyId lets) {
  std::vector<NamePart> names;
  names.reserve(fields.size());
  for (const auto& field : fields) names.push_back({field.name, field.nameSpan});
  if (base::valid(lets)) {
    for (const auto& entry : module_.entriesOf(module_[lets])) {
      if (entry.kind == EntryKind::Let) names.push_back({entry.name, entry.nameSpan});
    }
  }
  std::sort(names.begin(), names.end(),
            [](const NamePart& a, const NamePart& b) { return a.name != b.name ? a.name < b.name : a.span.begin < b.span.begin; });
  for (std::size_t first = 0, next = 1; next < names.size(); ++next) {
    if (names[first].name != names[next].name) {
      first = next;
    } else if (names[next].name != base::emptySymbol) {
      reportRepeated(names[next].name, names[first].span, names[next].span);
    }
  }
}

}  // namespace kdsl::hir
