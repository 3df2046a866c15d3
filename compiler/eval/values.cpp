// Comparing, testing, printing and converting values.
#include <fmt/format.h>

#include <algorithm>

#include "codec/float_text.hpp"
#include "diag/codes/evaluation.hpp"
#include "eval/evaluator.hpp"
#include "eval/frame.hpp"
#include "types/range.hpp"

namespace kdsl::eval {

namespace code = diag::code;
using source::Location;
using types::TypeKind;

namespace {

constexpr std::size_t describedLength = 60;
constexpr std::string_view hiddenText = "a hidden value";

bool isNumber(Value value) { return value.is(ValueKind::Int) || value.is(ValueKind::Float) || value.is(ValueKind::Quantity); }

units::Quantity asQuantity(Value value) {
  if (value.is(ValueKind::Quantity)) return value.asQuantity();
  if (value.is(ValueKind::Int)) return units::Quantity::fromInteger(value.asInt());
  const auto result = units::Quantity::fromDouble(value.asFloat());
  return result ? *result : units::Quantity{};
}

std::string floatText(double value) {
  std::string out;
  codec::appendFloat(out, value);
  return out;
}

int sign(std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

}  // namespace

Value Evaluator::makeList(std::span<const Value> items, std::span<const Location> origins) {
  auto* list = arena_.make<ListValue>();
  list->items = arena_.copy(items);
  list->origins = origins.size() == items.size() ? std::span<const Location>(arena_.copy(origins)) : std::span<const Location>{};
  return Value::list(list);
}

std::vector<Value> Evaluator::itemsOf(Value listLike) {
  if (listLike.is(ValueKind::List)) return {listLike.asList().items.begin(), listLike.asList().items.end()};
  std::vector<Value> items;
  if (!listLike.is(ValueKind::Record)) return items;
  auto* place = listLike.asRecord();
  if (fold(place).keyed) {
    for (const auto& row : rows(place)) items.push_back(Value::record(row.place));
    return items;
  }
  for (const auto key : keys(place)) {
    if (const auto value = force(child(place, key)); !value.isAbsent()) items.push_back(value);
  }
  return items;
}

Symbol Evaluator::keyOf(Value value) {
  switch (value.kind()) {
    case ValueKind::String: return base::intern(value.asString());
    case ValueKind::Int: return base::intern(fmt::format("{}", value.asInt()));
    case ValueKind::Bool: return base::intern(value.asBool() ? "true" : "false");
    case ValueKind::Quantity: return base::intern(value.asQuantity().text());
    case ValueKind::Duration: return base::intern(value.asDuration().text());
    case ValueKind::Record: {
      const auto name = nameReference(value, types::stringType);
      return name.is(ValueKind::String) ? base::intern(name.asString()) : base::intern(pathOf(value.asRecord()));
    }
    default: return base::intern(describe(value));
  }
}

bool Evaluator::equal(Value a, Value b) {
  if (a.isError() || b.isError()) return false;
  if (isNumber(a) && isNumber(b)) {
    if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) return a.asInt() == b.asInt();
    if (a.is(ValueKind::Quantity) || b.is(ValueKind::Quantity)) return asQuantity(a) == asQuantity(b);
    return (a.is(ValueKind::Int) ? static_cast<double>(a.asInt()) : a.asFloat()) == (b.is(ValueKind::Int) ? static_cast<double>(b.asInt()) : b.asFloat());
  }
  if (a.is(ValueKind::List) || b.is(ValueKind::List)) {
    if (!(a.is(ValueKind::List) || a.is(ValueKind::Record)) || !(b.is(ValueKind::List) || b.is(ValueKind::Record))) return false;
    const auto x = itemsOf(a), y = itemsOf(b);
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](Value p, Value q) { return equal(p, q); });
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::Absent:
    case ValueKind::Null: return true;
    case ValueKind::Bool: return a.asBool() == b.asBool();
    case ValueKind::String: return a.asString() == b.asString();
    case ValueKind::Duration: return a.asDuration() == b.asDuration();
    case ValueKind::Record: break;
    default: return false;
  }
  auto* p = a.asRecord();
  auto* q = b.asRecord();
  if (p == q) return true;
  const Frame frame(*this, p);
  if (!frame) return false;
  const auto count = [&](Place* place) {
    std::size_t present = 0;
    for (const auto key : keys(place)) {
      auto* entry = child(place, key);
      if (entry != nullptr && isData(entry) && !force(entry).isAbsent()) ++present;
    }
    return present;
  };
  for (const auto key : keys(p)) {
    auto* mine = child(p, key);
    if (mine == nullptr || !isData(mine)) continue;
    const auto value = force(mine);
    if (value.isAbsent()) continue;
    auto* theirs = child(q, key);
    if (theirs == nullptr || !equal(value, force(theirs))) return false;
  }
  return count(p) == count(q);
}

bool Evaluator::isPlainData(Value value) {
  if (!value.is(ValueKind::Record)) return true;
  const auto* nominal = fold(value.asRecord()).nominal;
  return nominal == nullptr || nominal->kind == types::NominalKind::KubernetesPart || (nominal->kind == types::NominalKind::Schema && !nominal->isKind());
}

bool Evaluator::isData(const Place* place) const { return place->member == nullptr || place->member->kind != types::MemberKind::Let; }

int Evaluator::compare(Value a, Value b) {
  if (isNumber(a) && isNumber(b)) {
    if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) return a.asInt() < b.asInt() ? -1 : a.asInt() > b.asInt() ? 1 : 0;
    if (a.is(ValueKind::Quantity) || b.is(ValueKind::Quantity)) return sign(asQuantity(a) <=> asQuantity(b));
    const auto x = a.is(ValueKind::Int) ? static_cast<double>(a.asInt()) : a.asFloat();
    const auto y = b.is(ValueKind::Int) ? static_cast<double>(b.asInt()) : b.asFloat();
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a.is(ValueKind::String) && b.is(ValueKind::String)) return sign(a.asString() <=> b.asString());
  if (a.is(ValueKind::Duration) && b.is(ValueKind::Duration)) return sign(a.asDuration() <=> b.asDuration());
  if (a.is(ValueKind::Bool) && b.is(ValueKind::Bool)) return static_cast<int>(a.asBool()) - static_cast<int>(b.asBool());
  return 0;
}

bool Evaluator::hasType(Value value, TypeId type) {
  const auto& node = types()[type];
  if (value.isAbsent()) return node.kind == TypeKind::Absent || node.kind == TypeKind::Optional || node.kind == TypeKind::Any;
  const auto inRange = [&](ValueKind kind, types::Scalar scalar) { return value.is(kind) && !types::violation(types(), type, scalar); };
  switch (node.kind) {
    case TypeKind::Any:
    case TypeKind::Error: return true;
    case TypeKind::Never:
    case TypeKind::Absent:
    case TypeKind::Function:
    case TypeKind::Parameter: return false;
    case TypeKind::Null: return value.is(ValueKind::Null);
    case TypeKind::Bool: return value.is(ValueKind::Bool);
    case TypeKind::Int: return value.is(ValueKind::Int) && inRange(ValueKind::Int, value.asInt());
    case TypeKind::Float: return value.is(ValueKind::Float) && inRange(ValueKind::Float, value.asFloat());
    case TypeKind::String: return value.is(ValueKind::String) && inRange(ValueKind::String, value.asString());
    case TypeKind::Quantity: return value.is(ValueKind::Quantity) && inRange(ValueKind::Quantity, value.asQuantity());
    case TypeKind::Duration: return value.is(ValueKind::Duration) && inRange(ValueKind::Duration, value.asDuration());
    case TypeKind::Seconds: return value.is(ValueKind::Int) || value.is(ValueKind::Duration);
    case TypeKind::BoolLiteral: return value.is(ValueKind::Bool) && value.asBool() == (node.integer != 0);
    case TypeKind::IntLiteral: return value.is(ValueKind::Int) && value.asInt() == node.integer;
    case TypeKind::FloatLiteral: return isNumber(value) && equal(value, Value::floating(node.number));
    case TypeKind::StringLiteral: return value.is(ValueKind::String) && value.asString() == base::text(node.symbol);
    case TypeKind::Optional:
    case TypeKind::Sensitive: return hasType(value, node.element);
    case TypeKind::Where: return hasType(value, node.element) && checkWhere(value, type, {}, nullptr);
    case TypeKind::Union: return std::any_of(node.members.begin(), node.members.end(), [&](TypeId member) { return hasType(value, member); });
    case TypeKind::List:
    case TypeKind::Set:
      if (value.is(ValueKind::Record)) return fold(value.asRecord()).keyed;
      return value.is(ValueKind::List) && std::all_of(value.asList().items.begin(), value.asList().items.end(), [&](const Value& item) { return hasType(item, node.element); });
    case TypeKind::Keyed: return value.is(ValueKind::Record) && fold(value.asRecord()).keyed;
    case TypeKind::Map:
      if (!value.is(ValueKind::Record) || fold(value.asRecord()).nominal != nullptr || fold(value.asRecord()).keyed) return false;
      for (const auto key : keys(value.asRecord())) {
        const auto item = force(child(value.asRecord(), key));
        if (!item.isAbsent() && !hasType(item, node.element)) return false;
      }
      return true;
    case TypeKind::Record:
      if (!value.is(ValueKind::Record) || fold(value.asRecord()).keyed) return false;
      for (const auto& field : node.fields) {
        auto* place = child(value.asRecord(), field.name);
        if (!hasType(place == nullptr ? Value::absent() : force(place), field.type)) return false;
      }
      return true;
    case TypeKind::Ref: return hasType(value, node.element);
    case TypeKind::Nominal: {
      if (!value.is(ValueKind::Record)) return false;
      const auto* nominal = fold(value.asRecord()).nominal;
      return nominal != nullptr && derivesFrom(nominal->id, node.nominal);
    }
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced: {
      if (!value.is(ValueKind::Record)) return false;
      const auto* nominal = fold(value.asRecord()).nominal;
      if (nominal == nullptr || !nominal->isKind()) return false;
      return node.kind == TypeKind::AnyResource || nominal->isNamespaced;
    }
  }
  return false;
}

Value Evaluator::interpolate(Value value, Location at) {
  switch (value.kind()) {
    case ValueKind::Error:
    case ValueKind::String: return value;
    case ValueKind::Int: return Value::string(arena_, fmt::format("{}", value.asInt()));
    case ValueKind::Float: return Value::string(arena_, floatText(value.asFloat()));
    case ValueKind::Bool: return Value::string(value.asBool() ? "true" : "false");
    case ValueKind::Null: return Value::string("null");
    case ValueKind::Quantity: return Value::string(arena_, value.asQuantity().text());
    case ValueKind::Duration: return Value::string(arena_, value.asDuration().text());
    default: break;
  }
  if (const auto name = value.is(ValueKind::Record) ? nameReference(value, types::stringType) : Value::absent(); name.is(ValueKind::String)) return name;
  report(code::not_text, at, {value.isAbsent() ? "nothing" : describe(value)}).note("only text, numbers, booleans, quantities and durations stand in text; `toJson(x)` writes anything");
  return Value::error();
}

std::string Evaluator::describe(Value value) {
  std::string out;
  describeInto(out, value, 0);
  if (out.size() > describedLength) {
    auto cut = describedLength;
    while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) --cut;
    out.resize(cut);
    out += "…";
  }
  return out;
}

std::string Evaluator::describe(Value value, TypeId type) { return isSensitive(type) && !value.isAbsent() ? std::string(hiddenText) : describe(value); }

Value Evaluator::hide(Value text) {
  hides_ = true;
  return text.hidden();
}

bool Evaluator::holdsHidden(Value value, int depth) {
  constexpr int deepest = 64;
  if (!hides_ || depth > deepest) return false;
  if (value.is(ValueKind::List)) return std::any_of(value.asList().items.begin(), value.asList().items.end(), [&](Value item) { return holdsHidden(item, depth + 1); });
  if (!value.is(ValueKind::Record)) return value.isHidden();
  const auto* record = value.asRecord()->record;
  if (record == nullptr) return false;
  const auto children = record->children.list.span();
  return std::any_of(children.begin(), children.end(), [&](const Child& child) { return child.place->forced == Place::State::Done && holdsHidden(child.place->value, depth + 1); });
}

bool Evaluator::isSensitive(TypeId type) const {
  const auto& node = types()[type];
  switch (node.kind) {
    case TypeKind::Sensitive: return true;
    case TypeKind::Optional:
    case TypeKind::Where: return isSensitive(node.element);
    case TypeKind::Union: return std::any_of(node.members.begin(), node.members.end(), [&](TypeId member) { return isSensitive(member); });
    default: return false;
  }
}

void Evaluator::describeInto(std::string& out, Value value, int depth) {
  if (out.size() > describedLength) return;
  switch (value.kind()) {
    case ValueKind::Error: out += "an error"; return;
    case ValueKind::Absent: out += "absent"; return;
    case ValueKind::Null: out += "null"; return;
    case ValueKind::Bool: out += value.asBool() ? "true" : "false"; return;
    case ValueKind::Int: fmt::format_to(std::back_inserter(out), "{}", value.asInt()); return;
    case ValueKind::Float: codec::appendFloat(out, value.asFloat()); return;
    case ValueKind::String:
      if (value.isHidden()) out += hiddenText;
      else fmt::format_to(std::back_inserter(out), "\"{}\"", value.asString().substr(0, describedLength));
      return;
    case ValueKind::Quantity: value.asQuantity().appendTo(out); return;
    case ValueKind::Duration: value.asDuration().appendTo(out); return;
    case ValueKind::Lambda: out += "a function"; return;
    case ValueKind::List: {
      out += '[';
      bool first = true;
      for (const auto& item : value.asList().items) {
        if (!first) out += ", ";
        first = false;
        describeInto(out, item, depth + 1);
        if (out.size() > describedLength) return;
      }
      out += ']';
      return;
    }
    case ValueKind::Record: break;
  }
  auto* place = value.asRecord();
  const auto& record = fold(place);
  if (record.nominal != nullptr) {
    out += base::text(record.nominal->name);
    const bool isData = record.nominal->kind == types::NominalKind::Schema || record.nominal->kind == types::NominalKind::KubernetesPart;
    if (!isData || record.nominal->isKind()) {
      if (place->parent != nullptr || place->key != base::emptySymbol) fmt::format_to(std::back_inserter(out), " {}", pathOf(place));
      return;
    }
    out += ' ';
  }
  out += record.keyed ? "[" : "{";
  bool first = true;
  if (depth < 2) {
    for (const auto key : keys(place)) {
      auto* entry = child(place, key);
      if (entry == nullptr || !isData(entry)) continue;
      if (isSensitive(entry->type)) continue;
      const auto inner = entry->forced == Place::State::Running ? Value::absent() : force(entry);
      if (inner.isAbsent()) continue;
      out += first ? " " : ", ";
      first = false;
      if (!record.keyed) fmt::format_to(std::back_inserter(out), "{}: ", base::text(key));
      describeInto(out, inner, depth + 1);
      if (out.size() > describedLength) return;
    }
  }
  out += first ? "" : " ";
  out += record.keyed ? "]" : "}";
}

bool Evaluator::forceDeep(Value value) {
  if (value.isError()) return false;
  if (value.is(ValueKind::List)) {
    bool good = true;
    for (const auto& item : value.asList().items) good &= forceDeep(item);
    return good;
  }
  if (!value.is(ValueKind::Record)) return true;
  auto* place = value.asRecord();
  if (place->visited) return true;
  const Frame frame(*this, place);
  if (!frame) return false;
  place->visited = true;
  auto& record = fold(place);
  bool good = !record.poisoned;
  for (const auto key : keys(place)) {
    auto* entry = child(place, key);
    if (entry == nullptr || entry->isReference || !isData(entry)) continue;
    good &= forceDeep(force(entry));
  }
  if (record.nominal != nullptr) good &= checkRequired(place, record);
  runChecks(place);
  return good;
}

Value Evaluator::fromData(const codec::Data& data, source::FileId file) {
  const auto at = Location{file, {data.span().begin, data.span().end}};
  switch (data.kind()) {
    case codec::Data::Kind::Null: return Value::null();
    case codec::Data::Kind::Bool: return Value::boolean(data.asBool());
    case codec::Data::Kind::Integer: return Value::integer(data.asInteger());
    case codec::Data::Kind::Float: return Value::floating(data.asFloat());
    case codec::Data::Kind::String: return Value::string(data.asString());
    case codec::Data::Kind::List: {
      std::vector<Value> items;
      std::vector<Location> origins;
      for (const auto& item : data.items()) {
        items.push_back(fromData(item, file));
        origins.push_back({file, {item.span().begin, item.span().end}});
      }
      spend(items.size());
      return makeList(items, origins);
    }
    case codec::Data::Kind::Map: break;
  }
  std::vector<TableEntry> entries;
  for (const auto& entry : data.entries()) entries.push_back({base::intern(entry.key), fromData(entry.value, file), {file, {entry.value.span().begin, entry.value.span().end}}});
  spend(entries.size());
  auto* place = table(entries, types().map(types::stringType, types::anyType));
  place->made = at;
  return Value::record(place);
}

}  // namespace kdsl::eval
