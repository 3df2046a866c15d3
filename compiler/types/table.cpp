#include "types/table.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "base/hash.hpp"

namespace kdsl::types {

namespace {

/// Types of one table at most: chunkSize × maxChunks. Beyond it every new type is Error, which later passes keep quiet about.
constexpr std::uint32_t chunkSize = 512;
constexpr std::uint32_t maxChunks = 4096;

std::uint64_t hashOptional(std::uint64_t seed, const std::optional<std::int64_t>& value) {
  return base::combine(seed, value ? static_cast<std::uint64_t>(*value) * 2 + 1 : 0);
}

std::uint64_t hashOptional(std::uint64_t seed, const std::optional<double>& value) {
  return base::combine(seed, value ? std::bit_cast<std::uint64_t>(*value) | 1u : 0);
}

std::uint64_t hashOf(const TypeNode& node) {
  auto hash = base::combine(static_cast<std::uint64_t>(node.kind), base::index(node.element));
  hash = base::combine(hash, (static_cast<std::uint64_t>(base::index(node.key)) << 32) | base::index(node.nominal));
  hash = base::combine(hash, (static_cast<std::uint64_t>(base::index(node.symbol)) << 1) | (node.open ? 1u : 0u));
  hash = base::combine(hash, static_cast<std::uint64_t>(node.integer) ^ std::bit_cast<std::uint64_t>(node.number));
  hash = hashOptional(hashOptional(hash, node.bounds.low), node.bounds.high);
  hash = hashOptional(hashOptional(hash, node.bounds.lowNumber), node.bounds.highNumber);
  hash = base::combine(hash, (static_cast<std::uint64_t>(base::index(node.bounds.lowUnit)) << 32) | base::index(node.bounds.highUnit));
  for (const auto pattern : node.bounds.patterns) hash = base::combine(hash, base::index(pattern));
  for (const auto key : node.keys) hash = base::combine(hash, base::index(key));
  for (const auto& field : node.fields) {
    hash = base::combine(hash, (static_cast<std::uint64_t>(base::index(field.name)) << 32) | base::index(field.type));
    hash = base::combine(hash, (static_cast<std::uint64_t>(base::index(field.file)) << 32) | base::index(field.value));
  }
  for (const auto member : node.members) hash = base::combine(hash, base::index(member));
  return base::combine(hash, (static_cast<std::uint64_t>(base::index(node.alias.file)) << 32) | base::index(node.alias.item));
}

struct NominalKey {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  bool isKubernetes = false;
  friend bool operator==(const NominalKey&, const NominalKey&) = default;
};

struct NominalKeyHash {
  std::size_t operator()(const NominalKey& key) const {
    return base::combine((static_cast<std::uint64_t>(key.first) << 32) | key.second, key.isKubernetes ? 1u : 0u);
  }
};

}  // namespace

struct TypeTable::Storage {
  std::array<std::atomic<TypeNode*>, maxChunks> chunks{};
  std::vector<std::unique_ptr<TypeNode[]>> owned;
  std::uint32_t count = 0;
  std::mutex mutex;
  std::unordered_multimap<std::uint64_t, TypeId> byHash;

  struct NominalEntry {
    NominalOrigin origin;
    Symbol name{};
  };
  mutable std::shared_mutex nominalMutex;
  std::vector<NominalEntry> nominals;
  std::unordered_map<NominalKey, NominalId, NominalKeyHash> nominalByKey;

  NominalId nominalOf(const NominalKey& key, const NominalOrigin& origin) {
    {
      const std::shared_lock lock(nominalMutex);
      if (const auto found = nominalByKey.find(key); found != nominalByKey.end()) return found->second;
    }
    const std::unique_lock lock(nominalMutex);
    const auto [at, added] = nominalByKey.try_emplace(key, NominalId{static_cast<std::uint32_t>(nominals.size())});
    if (added) nominals.push_back({origin, {}});
    return at->second;
  }
};

TypeTable::TypeTable() : storage_(std::make_unique<Storage>()) {
  for (const auto kind : {TypeKind::Error, TypeKind::Any, TypeKind::Never, TypeKind::Null, TypeKind::Absent, TypeKind::Bool, TypeKind::Int, TypeKind::Float,
                          TypeKind::String, TypeKind::Quantity, TypeKind::Duration, TypeKind::Seconds, TypeKind::AnyResource, TypeKind::AnyNamespaced}) {
    TypeNode node;
    node.kind = kind;
    intern(std::move(node));
  }
}

TypeTable::~TypeTable() = default;

const TypeNode& TypeTable::operator[](TypeId id) const {
  const auto at = base::index(id);
  return storage_->chunks[at / chunkSize].load(std::memory_order_acquire)[at % chunkSize];
}

TypeId TypeTable::intern(TypeNode node) {
  const auto hash = hashOf(node);
  auto& storage = *storage_;
  const std::lock_guard lock(storage.mutex);
  const auto [begin, end] = storage.byHash.equal_range(hash);
  for (auto at = begin; at != end; ++at) {
    if ((*this)[at->second] == node) return at->second;
  }
  const auto chunk = storage.count / chunkSize;
  if (chunk == maxChunks) return errorType;
  if (storage.count % chunkSize == 0) {
    storage.owned.push_back(std::make_unique<TypeNode[]>(chunkSize));
    storage.chunks[chunk].store(storage.owned.back().get(), std::memory_order_release);
  }
  storage.owned[chunk][storage.count % chunkSize] = std::move(node);
  const TypeId id{storage.count++};
  storage.byHash.emplace(hash, id);
  return id;
}

TypeId TypeTable::optional(TypeId element) {
  const auto elementKind = kind(element);
  if (elementKind == TypeKind::Optional || elementKind == TypeKind::Absent || elementKind == TypeKind::Error) return element;
  if (elementKind == TypeKind::Never) return absentType;
  TypeNode node;
  node.kind = TypeKind::Optional;
  node.element = element;
  return intern(std::move(node));
}

TypeId TypeTable::list(TypeId element, Bounds bounds) {
  TypeNode node;
  node.kind = TypeKind::List;
  node.element = element;
  node.bounds = std::move(bounds);
  return intern(std::move(node));
}

TypeId TypeTable::keyed(TypeId element, std::vector<Symbol> keys) {
  TypeNode node;
  node.kind = TypeKind::Keyed;
  node.element = element;
  node.keys = std::move(keys);
  return intern(std::move(node));
}

TypeId TypeTable::set(TypeId element) {
  TypeNode node;
  node.kind = TypeKind::Set;
  node.element = element;
  return intern(std::move(node));
}

TypeId TypeTable::map(TypeId key, TypeId element) {
  TypeNode node;
  node.kind = TypeKind::Map;
  node.key = key;
  node.element = element;
  return intern(std::move(node));
}

TypeId TypeTable::ref(TypeId nominal) {
  if (kind(nominal) == TypeKind::Ref || kind(nominal) == TypeKind::Error) return nominal;
  TypeNode node;
  node.kind = TypeKind::Ref;
  node.element = nominal;
  return intern(std::move(node));
}

TypeId TypeTable::nominal(NominalId id) {
  TypeNode node;
  node.kind = TypeKind::Nominal;
  node.nominal = id;
  return intern(std::move(node));
}

TypeId TypeTable::stringLiteral(Symbol value) {
  TypeNode node;
  node.kind = TypeKind::StringLiteral;
  node.symbol = value;
  return intern(std::move(node));
}

TypeId TypeTable::intLiteral(std::int64_t value) {
  TypeNode node;
  node.kind = TypeKind::IntLiteral;
  node.integer = value;
  return intern(std::move(node));
}

TypeId TypeTable::boolLiteral(bool value) {
  TypeNode node;
  node.kind = TypeKind::BoolLiteral;
  node.integer = value ? 1 : 0;
  return intern(std::move(node));
}

namespace {

/// True if every value of `narrow` is one of `wide`, decided from the two nodes alone.
bool covers(const TypeNode& wide, const TypeNode& narrow) {
  if (!wide.bounds.empty()) return false;
  switch (wide.kind) {
    case TypeKind::Bool: return narrow.kind == TypeKind::BoolLiteral || narrow.kind == TypeKind::Bool;
    case TypeKind::Int: return narrow.kind == TypeKind::IntLiteral || narrow.kind == TypeKind::Int;
    case TypeKind::Float: return narrow.kind == TypeKind::FloatLiteral || narrow.kind == TypeKind::Float;
    case TypeKind::String: return narrow.kind == TypeKind::StringLiteral || narrow.kind == TypeKind::String;
    case TypeKind::Quantity: return narrow.kind == TypeKind::Quantity;
    case TypeKind::Duration: return narrow.kind == TypeKind::Duration;
    default: return false;
  }
}

}  // namespace

TypeId TypeTable::unite(const std::vector<TypeId>& members) {
  std::vector<TypeId> flat;
  bool absent = false;
  bool any = false;
  const auto add = [&](auto&& self, TypeId id) -> bool {
    const auto& node = (*this)[id];
    switch (node.kind) {
      case TypeKind::Error: return false;
      case TypeKind::Any: any = true; return true;
      case TypeKind::Never: return true;
      case TypeKind::Absent: absent = true; return true;
      case TypeKind::Optional: absent = true; return self(self, node.element);
      case TypeKind::Union:
        for (const auto member : node.members) {
          if (!self(self, member)) return false;
        }
        return true;
      default:
        if (std::find(flat.begin(), flat.end(), id) == flat.end()) flat.push_back(id);
        return true;
    }
  };
  for (const auto member : members) {
    if (!add(add, member)) return errorType;
  }
  if (any) return absent ? optional(anyType) : anyType;
  std::vector<TypeId> kept;
  for (std::size_t i = 0; i < flat.size(); ++i) {
    bool covered = false;
    for (std::size_t j = 0; j < flat.size() && !covered; ++j) {
      if (i == j || !covers((*this)[flat[j]], (*this)[flat[i]])) continue;
      covered = !covers((*this)[flat[i]], (*this)[flat[j]]) || j < i;  // of two that cover each other, keep the first
    }
    if (!covered) kept.push_back(flat[i]);
  }
  if (kept.empty()) return absent ? absentType : neverType;
  auto result = kept[0];
  if (kept.size() > 1) {
    TypeNode node;
    node.kind = TypeKind::Union;
    node.members = std::move(kept);
    result = intern(std::move(node));
  }
  return absent ? optional(result) : result;
}

TypeId TypeTable::named(TypeId id, Symbol name, Declaration alias) {
  auto node = (*this)[id];
  switch (node.kind) {
    case TypeKind::Error:
    case TypeKind::Any:
    case TypeKind::Never:
    case TypeKind::Nominal:
    case TypeKind::Ref:
    case TypeKind::AnyResource:
    case TypeKind::AnyNamespaced:
    case TypeKind::StringLiteral:
    case TypeKind::Parameter:
      return id;
    default:
      node.symbol = name;
      node.alias = alias;
      return intern(std::move(node));
  }
}

TypeId TypeTable::required(TypeId id) const {
  const auto& node = (*this)[id];
  if (node.kind == TypeKind::Optional) return node.element;
  if (node.kind == TypeKind::Absent) return neverType;
  return id;
}

TypeId TypeTable::underlying(TypeId id) const {
  for (;;) {
    const auto& node = (*this)[id];
    if (node.kind != TypeKind::Optional && node.kind != TypeKind::Where && node.kind != TypeKind::Sensitive) return id;
    id = node.element;
  }
}

bool TypeTable::isOptional(TypeId id) const {
  const auto which = kind(id);
  return which == TypeKind::Optional || which == TypeKind::Absent;
}

NominalId TypeTable::nominalId(source::FileId file, Symbol path) {
  return storage_->nominalOf({base::index(file), base::index(path), false}, {file, path, false, {}});
}

NominalId TypeTable::nominalId(kubernetes::DefId definition) {
  return storage_->nominalOf({base::index(definition), 0, true}, {base::none<source::FileId>, {}, true, definition});
}

NominalOrigin TypeTable::nominalOrigin(NominalId id) const {
  const std::shared_lock lock(storage_->nominalMutex);
  return storage_->nominals[base::index(id)].origin;
}

void TypeTable::setNominalName(NominalId id, Symbol name) {
  const std::unique_lock lock(storage_->nominalMutex);
  storage_->nominals[base::index(id)].name = name;
}

Symbol TypeTable::nominalName(NominalId id) const {
  const std::shared_lock lock(storage_->nominalMutex);
  return storage_->nominals[base::index(id)].name;
}

}  // namespace kdsl::types
