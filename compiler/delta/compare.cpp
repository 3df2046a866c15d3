#include "delta/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "codec/event_writer.hpp"
#include "codec/json_writer.hpp"
#include "delta/align.hpp"
#include "kubernetes/immutable.hpp"
#include "units/quantity.hpp"

namespace kdsl::delta {
namespace {

using codec::ByteSpan;
using codec::Data;
using kubernetes::Field;
using kubernetes::ListKind;
using kubernetes::TypeDesc;
using kubernetes::TypeTag;

std::string jsonOf(const Data& data) {
  std::string out;
  codec::JsonWriter writer(out);
  writer.beginDocument();
  codec::writeData(writer, data);
  writer.endDocument();
  return out;
}

bool isSet(const Data* data) { return data != nullptr && !data->isNull(); }

std::optional<units::Quantity> quantityOf(const Data& data) {
  if (data.kind() == Data::Kind::Integer) return units::Quantity::fromInteger(data.asInteger());
  const auto read = data.kind() == Data::Kind::Float ? units::Quantity::fromDouble(data.asFloat()) : data.isString() ? units::Quantity::parse(data.asString()) : units::Quantity::parse("");
  return read ? std::optional(*read) : std::nullopt;
}

/// A key as a path and a message show it.
std::string keyText(const Data& data) { return data.isString() ? data.asString() : jsonOf(data); }

bool isBare(std::string_view key) {
  return !key.empty() && !(key[0] >= '0' && key[0] <= '9') && std::all_of(key.begin(), key.end(), [](char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// Compares one object with another of the same identity.
class ObjectComparison {
 public:
  ObjectComparison(const kubernetes::SchemaPack& pack, const Object& before, const Object& after, std::vector<FieldChange>& out)
      : pack_(pack), before_(before), after_(after), kind_(pack.kind(after.apiVersion, after.kind)), isSecret_(after.kind == "Secret" && after.group().empty()), out_(out) {}

  void run() {
    const auto type = kind_ ? TypeDesc::of(*kind_) : TypeDesc::scalar(TypeTag::Json);
    compare(&before_.data, &after_.data, type, nullptr, before_.data.span(), after_.data.span());
  }

 private:
  // --- what equal means

  bool equal(const Data* before, const Data* after, TypeDesc type, const Field* field) {
    if (!isSet(before) || !isSet(after)) return isSet(before) == isSet(after);
    if (before->isMap() && after->isMap()) {
      const auto covers = [&](const Data& left, const Data& right) {
        return std::all_of(left.entries().begin(), left.entries().end(), [&](const codec::DataEntry& entry) {
          const auto inner = fieldOf(type, entry.key);
          return equal(&entry.value, right.find(entry.key), inner ? inner->type() : entryType(type), inner ? &*inner : nullptr);
        });
      };
      return covers(*before, *after) && covers(*after, *before);
    }
    if (before->isList() && after->isList()) {
      const auto& left = before->items();
      const auto& right = after->items();
      if (left.size() != right.size()) return false;
      const auto element = elementType(type);
      if (field != nullptr && field->listKind() == ListKind::Set) {
        return std::all_of(left.begin(), left.end(), [&](const Data& item) { return std::any_of(right.begin(), right.end(), [&](const Data& other) { return equal(&item, &other, element, nullptr); }); });
      }
      for (std::size_t i = 0; i < left.size(); ++i) {
        if (!equal(&left[i], &right[i], element, nullptr)) return false;
      }
      return true;
    }
    return equalScalars(*before, *after, type);
  }

  static bool equalScalars(const Data& before, const Data& after, TypeDesc type) {
    if (type.tag() == TypeTag::Quantity) {
      const auto left = quantityOf(before), right = quantityOf(after);
      if (left && right) return *left == *right;
    }
    const auto isNumber = [](const Data& data) { return data.kind() == Data::Kind::Integer || data.kind() == Data::Kind::Float; };
    if (isNumber(before) && isNumber(after) && before.kind() != after.kind()) {
      const auto value = [](const Data& data) { return data.kind() == Data::Kind::Integer ? static_cast<double>(data.asInteger()) : data.asFloat(); };
      return value(before) == value(after);
    }
    return before == after;
  }

  // --- the schema

  std::optional<Field> fieldOf(TypeDesc type, std::string_view name) const {
    return type.tag() == TypeTag::Definition && pack_.has(type.definition()) ? pack_.definition(type.definition()).field(name) : std::nullopt;
  }
  static TypeDesc entryType(TypeDesc type) { return type.tag() == TypeTag::Map ? type.element() : TypeDesc::scalar(TypeTag::Json); }
  static TypeDesc elementType(TypeDesc type) { return type.tag() == TypeTag::List ? type.element() : TypeDesc::scalar(TypeTag::Json); }

  // --- differences

  void compare(const Data* before, const Data* after, TypeDesc type, const Field* field, ByteSpan beforeAround, ByteSpan afterAround) {
    if (!isSet(before) && !isSet(after)) return;
    if (!isSet(before) || !isSet(after)) {
      note(isSet(before) ? Change::Removed : Change::Added, before, after, beforeAround, afterAround);
      return;
    }
    if (before->isMap() && after->isMap()) {
      compareMaps(*before, *after, type);
    } else if (before->isList() && after->isList()) {
      compareLists(*before, *after, type, field);
    } else if (!equal(before, after, type, field)) {
      note(Change::Changed, before, after, beforeAround, afterAround);
    }
  }

  void compareMaps(const Data& before, const Data& after, TypeDesc type) {
    const auto entry = [&](const std::string& key, const Data* left, const Data* right) {
      const auto field = fieldOf(type, key);
      if (field && field->isServerOnly()) return;  // status and the like: of objects read from a cluster
      const Scope scope(*this, key, isBare(key) ? (path_.empty() ? key : "." + key) : fmt::format("[\"{}\"]", key));
      compare(left, right, field ? field->type() : entryType(type), field ? &*field : nullptr, before.span(), after.span());
    };
    for (const auto& left : before.entries()) entry(left.key, &left.value, after.find(left.key));
    for (const auto& right : after.entries()) {
      if (before.find(right.key) == nullptr) entry(right.key, nullptr, &right.value);
    }
  }

  void compareLists(const Data& before, const Data& after, TypeDesc type, const Field* field) {
    const auto kind = field == nullptr ? ListKind::Atomic : field->listKind();
    if (kind == ListKind::Map && compareKeyed(before, after, elementType(type), *field)) return;
    if (kind == ListKind::Set) {
      compareSets(before, after, elementType(type));
      return;
    }
    const auto element = elementType(type);
    const auto& left = before.items();
    const auto& right = after.items();
    const auto same = [&](std::size_t i, std::size_t j) { return equal(&left[i], &right[j], element, nullptr); };
    for (const auto& [i, j] : align(left.size(), right.size(), same)) {
      const auto position = j == noElement ? i : j;
      const Scope scope(*this, std::to_string(position), fmt::format("[{}]", position));
      compare(i == noElement ? nullptr : &left[i], j == noElement ? nullptr : &right[j], element, nullptr, before.span(), after.span());
    }
  }

  /// The values of an element's key fields; nothing if one is missing and has no default.
  std::optional<std::vector<std::string>> keyOf(const Data& element, TypeDesc type, const Field& field) const {
    std::vector<std::string> key;
    for (const auto name : field.listKeys()) {
      if (const auto* value = element.find(name); isSet(value)) {
        key.push_back(keyText(*value));
        continue;
      }
      const auto keyField = fieldOf(type, name);
      const auto standard = keyField ? keyField->defaultValue() : std::nullopt;
      if (!element.isMap() || !standard) return std::nullopt;
      key.push_back(standard->kind == kubernetes::DefaultValue::Kind::String ? std::string(standard->string) : std::to_string(standard->integer));
    }
    return key;
  }

  using Keyed = std::vector<std::pair<std::vector<std::string>, const Data*>>;

  std::optional<Keyed> keyed(const Data& list, TypeDesc type, const Field& field) const {
    Keyed out;
    std::map<std::vector<std::string>, bool> seen;
    for (const auto& element : list.items()) {
      auto key = keyOf(element, type, field);
      if (!key || !seen.emplace(*key, true).second) return std::nullopt;
      out.emplace_back(std::move(*key), &element);
    }
    return out;
  }

  static std::string bracketed(const std::vector<std::string>& key) {
    std::string parts;
    for (const auto& part : key) {
      const bool number = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
      parts += fmt::format("{}{}{}{}", parts.empty() ? "" : ", ", number ? "" : "\"", part, number ? "" : "\"");
    }
    return fmt::format("[{}]", parts);
  }

  /// False if some element has no key, or two have one: then the lists are compared by position.
  bool compareKeyed(const Data& before, const Data& after, TypeDesc element, const Field& field) {
    const auto left = keyed(before, element, field), right = keyed(after, element, field);
    if (!left || !right) return false;
    const auto find = [](const Keyed& list, const std::vector<std::string>& key) {
      const auto found = std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.first == key; });
      return found == list.end() ? nullptr : found->second;
    };
    const auto entry = [&](const std::vector<std::string>& key, const Data* a, const Data* b) {
      const Scope scope(*this, key.front(), bracketed(key));
      compare(a, b, element, nullptr, before.span(), after.span());
    };
    std::vector<std::string> orderBefore, orderAfter;
    for (const auto& [key, item] : *left) {
      const auto* other = find(*right, key);
      if (other != nullptr) orderBefore.push_back(bracketed(key));
      entry(key, item, other);
    }
    for (const auto& [key, item] : *right) {
      if (find(*left, key) != nullptr) {
        orderAfter.push_back(bracketed(key));
      } else {
        entry(key, nullptr, item);
      }
    }
    if (orderBefore != orderAfter) {
      note(Change::Reordered, &before, &after, before.span(), after.span());
      out_.back().before = fmt::format("{}", fmt::join(orderBefore, " "));
      out_.back().after = fmt::format("{}", fmt::join(orderAfter, " "));
    }
    return true;
  }

  void compareSets(const Data& before, const Data& after, TypeDesc element) {
    const auto holds = [&](const Data& list, const Data& item) { return std::any_of(list.items().begin(), list.items().end(), [&](const Data& other) { return equal(&item, &other, element, nullptr); }); };
    const auto only = [&](const Data& list, const Data& other, bool isBefore) {
      for (const auto& item : list.items()) {
        if (holds(other, item)) continue;
        const Scope scope(*this, keyText(item), bracketed({keyText(item)}));
        note(isBefore ? Change::Removed : Change::Added, isBefore ? &item : nullptr, isBefore ? nullptr : &item, before.span(), after.span());
      }
    };
    only(before, after, true);
    only(after, before, false);
  }

  void note(Change change, const Data* before, const Data* after, ByteSpan beforeAround, ByteSpan afterAround) {
    FieldChange difference;
    difference.change = change;
    difference.path = path_;
    difference.isHidden = isSecret_ && !segments_.empty() && (segments_[0] == "data" || segments_[0] == "stringData");
    difference.isRefused = isRefused();
    difference.beforeAt = isSet(before) ? before->span() : beforeAround;
    difference.afterAt = isSet(after) ? after->span() : afterAround;
    if (!difference.isHidden && change != Change::Reordered) {
      if (isSet(before)) difference.before = jsonOf(*before);
      if (isSet(after)) difference.after = jsonOf(*after);
    }
    out_.push_back(std::move(difference));
  }

  bool isRefused() const {
    if (!kind_) return false;
    const std::vector<std::string_view> path(segments_.begin(), segments_.end());
    const auto rule = kubernetes::immutableField(pack_, *kind_, path);
    if (!rule) return false;
    if (rule->conditionPath.empty()) return true;
    const auto value = valueAt(rule->conditionPath);
    return value == rule->conditionValue;
  }

  /// A field of the existing object as text, with the server's default where it is not set.
  std::string valueAt(std::string_view path) const {
    const auto* at = &before_.data;
    auto type = TypeDesc::of(*kind_);
    while (true) {
      const auto dot = std::min(path.find('.'), path.size());
      const auto name = path.substr(0, dot);
      const auto field = fieldOf(type, name);
      at = at == nullptr ? nullptr : at->find(name);
      if (dot == path.size()) {
        if (isSet(at)) return keyText(*at);
        const auto standard = field ? field->defaultValue() : std::nullopt;
        if (!standard) return {};
        if (standard->kind == kubernetes::DefaultValue::Kind::Bool) return standard->boolean ? "true" : "false";
        return standard->kind == kubernetes::DefaultValue::Kind::String ? std::string(standard->string) : std::to_string(standard->integer);
      }
      type = field ? field->type() : TypeDesc::scalar(TypeTag::Json);
      path.remove_prefix(dot + 1);
    }
  }

  /// One step of the path, for as long as it lives.
  class Scope {
   public:
    Scope(ObjectComparison& comparison, std::string segment, std::string_view text) : comparison_(comparison), length_(comparison.path_.size()) {
      comparison_.segments_.push_back(std::move(segment));
      comparison_.path_ += text;
    }
    ~Scope() {
      comparison_.segments_.pop_back();
      comparison_.path_.resize(length_);
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    ObjectComparison& comparison_;
    std::size_t length_;
  };

  const kubernetes::SchemaPack& pack_;
  const Object& before_;
  const Object& after_;
  std::optional<kubernetes::DefId> kind_;
  bool isSecret_;
  std::vector<FieldChange>& out_;
  std::vector<std::string> segments_;
  std::string path_;
};

using Identity = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

/// Of the objects before, their namespace is read as what stands for it after.
class Identities {
 public:
  Identities(const std::vector<Object>& objects, const NamespacePair* same) : objects_(objects), same_(same) {
    for (std::size_t i = 0; i < objects.size(); ++i) index_[of(i)] = i;
  }
  Identity of(std::size_t i) const {
    const auto& object = objects_[i];
    const bool stands = same_ != nullptr && !object.namespaceName.empty() && object.namespaceName == same_->before;
    return {object.group(), object.kind, stands ? std::string_view(same_->after) : std::string_view(object.namespaceName), object.name};
  }
  /// Of two objects with one identity the last.
  std::optional<std::size_t> find(const Identity& identity) const {
    const auto found = index_.find(identity);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  const std::vector<Object>& objects_;
  const NamespacePair* same_;
  std::map<Identity, std::size_t> index_;
};

}  // namespace

bool ObjectChange::mustBeRecreated() const {
  return std::any_of(fields.begin(), fields.end(), [](const FieldChange& field) { return field.isRefused; });
}

std::vector<ObjectChange> compare(const std::vector<Object>& before, const std::vector<Object>& after, const kubernetes::SchemaPack& pack, const NamespacePair& same) {
  const Identities left(before, &same), right(after, nullptr);
  std::vector<ObjectChange> changes;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto identity = left.of(i);
    if (left.find(identity) != i) continue;
    ObjectChange change;
    change.before = i;
    const auto other = right.find(identity);
    if (!other) {
      change.change = Change::Removed;
      changes.push_back(std::move(change));
      continue;
    }
    change.after = *other;
    ObjectComparison(pack, before[i], after[change.after], change.fields).run();
    if (before[i].namespaceName != after[change.after].namespaceName) std::erase_if(change.fields, [](const FieldChange& field) { return field.path == "metadata.namespace"; });
    if (!change.fields.empty()) changes.push_back(std::move(change));
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto identity = right.of(i);
    if (right.find(identity) != i || left.find(identity)) continue;
    ObjectChange change;
    change.change = Change::Added;
    change.after = i;
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace kdsl::delta
