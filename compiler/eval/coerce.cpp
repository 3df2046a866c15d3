// A value meets the type of its place: conversions by expected type, then ranges and predicates on the final value.
#include <fmt/format.h>

#include <algorithm>

#include "base/sentence.hpp"
#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"
#include "types/range.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;
using types::TypeKind;

Form Evaluator::form(TypeId type) {
  constexpr std::uint8_t unknown = 0xFF;
  const auto position = base::index(type);
  if (position < forms_.size() && forms_[position] != unknown) return static_cast<Form>(forms_[position]);
  const auto& node = types()[type];
  const auto result = [&] {
    switch (node.kind) {
      case TypeKind::Optional:
      case TypeKind::Where:
      case TypeKind::Sensitive: return form(node.element);
      case TypeKind::List: return Form::List;
      case TypeKind::Set: return Form::Set;
      case TypeKind::Keyed: return Form::Keyed;
      case TypeKind::Map:
      case TypeKind::Record:
      case TypeKind::Nominal:
      case TypeKind::AnyResource:
      case TypeKind::AnyNamespaced: return Form::Record;
      case TypeKind::Ref: return Form::Reference;
      case TypeKind::Any:
      case TypeKind::Error: return Form::Dynamic;
      case TypeKind::Union: {
        const bool scalars = std::all_of(node.members.begin(), node.members.end(), [&](TypeId member) { return form(member) == Form::Scalar; });
        return scalars ? Form::Scalar : Form::Dynamic;
      }
      default: return Form::Scalar;
    }
  }();
  if (position >= forms_.size()) forms_.resize(std::max<std::size_t>(position + 64, forms_.size() * 2), unknown);
  forms_[position] = static_cast<std::uint8_t>(result);
  return result;
}

const types::Nominal* Evaluator::nominalOf(TypeId type) {
  const auto& node = types()[types().underlying(type)];
  return node.kind == TypeKind::Nominal ? &program_.nominal(node.nominal) : nullptr;
}

bool Evaluator::derivesFrom(NominalId type, NominalId wanted) {
  for (int depth = 0; depth < 64; ++depth) {
    if (type == wanted) return true;
    const auto base = program_.nominal(type).base;
    if (!base::valid(base)) return false;
    type = base;
  }
  return false;
}

Value Evaluator::mismatch(Value value, TypeId type, Location at, const Place* place) {
  if (!value.isError()) report(code::wrong_value, at, {quotedPath(place), types().print(type), value.isAbsent() ? "nothing" : describe(value, type)});
  return Value::error();
}

Value Evaluator::coerce(Value value, TypeId type, Location at, Place* place) {
  if (value.isError() || value.isAbsent()) return value;
  const auto& node = types()[type];
  const auto checked = [&](bool fits) {
    if (!fits) return mismatch(value, type, at, place);
    return checkBounds(value, type, at, place) ? value : Value::error();
  };
  switch (node.kind) {
    case TypeKind::Any:
    case TypeKind::Error:
    case TypeKind::Parameter: return value;
    case TypeKind::Optional: return coerce(value, node.element, at, place);
    case TypeKind::Sensitive:
      if (!value.is(ValueKind::String) && !value.is(ValueKind::Record)) return mismatch(value, type, at, place);
      value = coerce(value, node.element, at, place);
      return value.is(ValueKind::String) ? hide(value) : value;
    case TypeKind::Where: {
      value = coerce(value, node.element, at, place);
      return value.isError() || checkWhere(value, type, at, place) ? value : Value::error();
    }
    case TypeKind::Never:
    case TypeKind::Absent:
    case TypeKind::Function: return mismatch(value, type, at, place);
    case TypeKind::Null: return checked(value.is(ValueKind::Null));
    case TypeKind::Bool:
    case TypeKind::BoolLiteral: return checked(value.is(ValueKind::Bool));
    case TypeKind::Int:
    case TypeKind::IntLiteral: return checked(value.is(ValueKind::Int));
    case TypeKind::Seconds:
      if (const auto read = unitOfText(value, type); !read.isAbsent()) value = read;
      if (value.is(ValueKind::Duration)) return wholeSeconds(value.asDuration(), at);
      return checked(value.is(ValueKind::Int));
    case TypeKind::Float:
    case TypeKind::FloatLiteral:
      if (value.is(ValueKind::Int)) value = Value::floating(static_cast<double>(value.asInt()));
      return checked(value.is(ValueKind::Float));
    case TypeKind::String:
    case TypeKind::StringLiteral:
      if (value.is(ValueKind::Record)) {
        const auto name = nameReference(value, type);
        if (!name.isAbsent()) value = name;
        if (value.isError()) return value;
      }
      return checked(value.is(ValueKind::String));
    case TypeKind::Quantity:
      if (value.is(ValueKind::Int)) value = Value::quantity(arena_, units::Quantity::fromInteger(value.asInt()));
      if (value.is(ValueKind::Float)) {
        if (const auto quantity = units::Quantity::fromDouble(value.asFloat())) value = Value::quantity(arena_, *quantity);
      }
      [[fallthrough]];
    case TypeKind::Duration:
      if (const auto read = unitOfText(value, type); !read.isAbsent()) value = read;
      return checked(value.is(types().kind(type) == TypeKind::Quantity ? ValueKind::Quantity : ValueKind::Duration));
    case TypeKind::Union: return coerceToUnion(value, type, at, place);
    case TypeKind::List:
    case TypeKind::Set: return coerceToList(value, type, at, place);
    case TypeKind::Ref: return value.is(ValueKind::Record) ? value : mismatch(value, type, at, place);
    case TypeKind::Keyed:
    case TypeKind::Map:
    case TypeKind::Record:
    case TypeKind::Nominal:
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced: return coerceToRecord(value, type, at, place);
  }
  return value;
}

/// The quantity or duration that a text of imported data says, which has no other way to write one; absent for everything else. What is written in kdsl is
/// text or a quantity by its type: sema tells them apart.
Value Evaluator::unitOfText(Value value, TypeId type) {
  if (!value.is(ValueKind::String)) return Value::absent();
  if (types().kind(type) == TypeKind::Quantity) {
    const auto quantity = units::Quantity::parse(value.asString());
    return quantity ? Value::quantity(arena_, *quantity) : Value::absent();
  }
  const auto duration = units::Duration::parse(value.asString());
  return duration ? Value::duration(*duration) : Value::absent();
}

Value Evaluator::coerceToUnion(Value value, TypeId type, Location at, Place* place) {
  const auto members = types()[type].members;
  for (const auto member : members) {
    if (hasType(value, member)) return form(member) == Form::Scalar ? value : coerce(value, member, at, place);
  }
  // The branch of the value's kind says best what is wrong; conversions count only where no branch fits as it is.
  for (const auto member : members) {
    const auto kind = types().kind(types().underlying(member));
    const bool converts = (value.is(ValueKind::Int) && (kind == TypeKind::Quantity || kind == TypeKind::Float)) || (value.is(ValueKind::Record) && form(member) != Form::Scalar) ||
                          (value.is(ValueKind::List) && (form(member) == Form::List || form(member) == Form::Set || form(member) == Form::Keyed)) || (value.is(ValueKind::Duration) && kind == TypeKind::Seconds);
    if (converts) return coerce(value, member, at, place);
  }
  if (value.is(ValueKind::Record) && std::any_of(members.begin(), members.end(), [&](TypeId member) { return types().kind(types().underlying(member)) == TypeKind::String; })) {
    if (const auto name = nameReference(value, type); name.is(ValueKind::String)) return name;
  }
  const bool sameKind = std::any_of(members.begin(), members.end(), [&](TypeId member) {
    const auto kind = types().kind(types().underlying(member));
    return (value.is(ValueKind::String) && (kind == TypeKind::String || kind == TypeKind::StringLiteral)) || (value.is(ValueKind::Int) && (kind == TypeKind::Int || kind == TypeKind::IntLiteral));
  });
  if (sameKind) return checkBounds(value, type, at, place) ? value : Value::error();
  return mismatch(value, type, at, place);
}

Value Evaluator::coerceToList(Value value, TypeId type, Location at, Place* place) {
  const auto element = types()[type].element;
  std::vector<Value> items;
  std::span<const Location> origins;
  bool changed = false;
  if (value.is(ValueKind::Record) && fold(value.asRecord()).keyed) {
    items = itemsOf(value);
    changed = true;
  } else if (value.is(ValueKind::List)) {
    items.assign(value.asList().items.begin(), value.asList().items.end());
    origins = value.asList().origins;
  } else {
    return mismatch(value, type, at, place);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto converted = coerce(items[i], element, i < origins.size() && base::valid(origins[i].file) ? origins[i] : at, place);
    if (converted.isError()) return converted;
    changed |= converted.kind() != items[i].kind() || (converted.is(ValueKind::Record) && converted.asRecord() != items[i].asRecord());
    items[i] = converted;
    if (converted.is(ValueKind::Record) && place != nullptr && converted.asRecord()->parent == nullptr) {
      converted.asRecord()->parent = place;
      converted.asRecord()->key = base::intern(fmt::format("{}", i));
      converted.asRecord()->elementOfList = true;
    }
  }
  if (const auto wrong = types::countViolation(types(), type, items.size())) {
    report(code::out_of_range, at, {quotedPath(place), *wrong});
    return Value::error();
  }
  return changed ? makeList(items, origins) : value;
}

Value Evaluator::coerceToRecord(Value value, TypeId type, Location at, const Place* place) {
  if (!value.is(ValueKind::Record) && !(value.is(ValueKind::List) && form(type) == Form::Keyed)) return mismatch(value, type, at, place);
  if (value.is(ValueKind::Record)) {
    const auto& record = fold(value.asRecord());
    const auto* wanted = nominalOf(type);
    if (record.type == type || (wanted != nullptr && record.nominal != nullptr && derivesFrom(record.nominal->id, wanted->id))) return value;
    if (types().kind(type) == TypeKind::AnyResource || types().kind(type) == TypeKind::AnyNamespaced) return hasType(value, type) ? value : mismatch(value, type, at, place);
  }
  Contribution contribution;
  contribution.source = Contribution::Source::Ready;
  contribution.value = value;
  contribution.at = at;
  auto* converted = anonymous(type, contribution);
  converted->isInstance = true;
  return Value::record(converted);
}

bool Evaluator::checkBounds(Value value, TypeId type, Location at, const Place* place) {
  std::optional<std::string> wrong;
  switch (value.kind()) {
    case ValueKind::Bool: wrong = types::violation(types(), type, value.asBool()); break;
    case ValueKind::Int: wrong = types::violation(types(), type, value.asInt()); break;
    case ValueKind::Float: wrong = types::violation(types(), type, value.asFloat()); break;
    case ValueKind::String: wrong = types::violation(types(), type, value.asString()); break;
    case ValueKind::Quantity: wrong = types::violation(types(), type, value.asQuantity()); break;
    case ValueKind::Duration: wrong = types::violation(types(), type, value.asDuration()); break;
    default: return true;
  }
  if (!wrong) return true;
  const auto& alias = types()[types().required(type)].alias;
  std::string words;  // of the comment above the type's declaration: a pattern says less
  if (base::valid(alias.file) && types::isPatternViolation(*wrong)) words = base::firstSentence(base::text(program_.module(alias.file).hir->items[base::index(alias.item)].doc));
  const auto name = types().print(types().required(type));
  if (!words.empty()) wrong = fmt::format("is no `{}`", name);
  auto& diagnostic = report(code::out_of_range, at, {quotedPath(place), fmt::format("{} {}", describe(value, type), *wrong)});
  if (!words.empty()) diagnostic.note(fmt::format("`{}`: {}", name, words));
  if (place != nullptr && place->member != nullptr && base::valid(place->member->declared.file)) diagnostic.also(place->member->declared, fmt::format("declared `{}`", types().print(type)));
  return false;
}

bool Evaluator::checkWhere(Value value, TypeId type, Location at, const Place* place) {
  const auto node = types()[type];
  const auto& module = program_.module(node.alias.file);
  const auto& item = module.hir->items[base::index(node.alias.item)];
  Contribution contribution;
  contribution.source = Contribution::Source::Ready;
  contribution.value = value;
  auto* scope = arena_.make<Scope>();
  scope->module = &module;
  scope->self = value.is(ValueKind::Record) ? value.asRecord() : anonymous(node.element, contribution);
  const auto holds = eval(Env{scope, nullptr, 0}, item.value);
  if (holds.isError()) return false;
  if (holds.is(ValueKind::Bool) && holds.asBool()) return true;
  if (!base::valid(at.file)) return false;
  const auto message = item.message == base::emptySymbol ? fmt::format("is no {}", types().print(type)) : std::string(base::text(item.message));
  report(code::out_of_range, at, {quotedPath(place), fmt::format("{} {}", describe(value, type), message)}).also({node.alias.file, item.nameSpan}, "the rule");
  return false;
}

/// A resource stands for its name where a field names one of its kind: in text its name, in a reference its kind and API version too.
Value Evaluator::nameReference(Value value, TypeId type) {
  if (!value.is(ValueKind::Record)) return Value::absent();
  auto* place = value.asRecord();
  const auto* nominal = fold(place).nominal;
  if (nominal == nullptr || !nominal->isKind()) return Value::absent();
  const auto metadata = read(child(place, base::intern("metadata")), place->made, Missing::Tolerate);
  if (!metadata.is(ValueKind::Record)) return metadata.isError() ? metadata : Value::absent();
  const auto field = [&](const char* name) { return read(child(metadata.asRecord(), base::intern(name)), place->made, Missing::Tolerate); };
  const auto name = field("name");
  if (name.isError() || name.isAbsent()) return name;
  const auto* wanted = nominalOf(type);
  if (wanted == nullptr) return name;
  std::vector<TableEntry> entries;
  const auto add = [&](const char* key, Value part) {
    if (wanted->find(base::intern(key)) != nullptr && !part.isAbsent()) entries.push_back({base::intern(key), part, place->made});
  };
  const auto kind = base::text(nominal->kindName);
  const auto group = nominal->apiGroup();
  add("apiVersion", Value::string(base::text(nominal->apiVersion)));
  add("apiGroup", group.empty() ? Value::absent() : Value::string(group));
  add("group", wanted->kind == types::NominalKind::Schema ? Value::string(group) : Value::absent());
  add("kind", Value::string(kind));
  add("name", name);
  if (group.empty() && kind == "ServiceAccount") add("namespace", field("namespace"));
  if (entries.empty()) return Value::absent();
  return Value::record(table(entries, type));
}

}  // namespace kdsl::eval
