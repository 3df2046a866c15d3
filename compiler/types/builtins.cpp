#include "types/builtins.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kdsl::types {

namespace {

constexpr BuiltinInfo table[] = {
#define KD_FUNCTION(id, name, signature, doc) {Builtin::id, Receiver::Function, name, signature, doc},
#define KD_METHOD(receiver, id, name, signature, doc) {Builtin::id, Receiver::receiver, name, signature, doc},
#include "types/builtins.def"
#undef KD_FUNCTION
#undef KD_METHOD
};

constexpr bool before(const BuiltinInfo& info, std::pair<Receiver, std::string_view> key) {
  return info.receiver != key.first ? info.receiver < key.first : info.name < key.second;
}

/// The ids by receiver and name, overloads in the table's order.
constexpr auto sortedIds = [] {
  std::array<Builtin, std::size(table)> ids{};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto at = i;  // insertion keeps equal names in order
    for (; at > 0 && before(table[i], {table[static_cast<std::size_t>(ids[at - 1]) - 1].receiver, table[static_cast<std::size_t>(ids[at - 1]) - 1].name}); --at) ids[at] = ids[at - 1];
    ids[at] = table[i].id;
  }
  return ids;
}();

}  // namespace

std::span<const BuiltinInfo> builtins() { return table; }

const BuiltinInfo& builtinInfo(Builtin id) { return table[static_cast<std::size_t>(id) - 1]; }

std::span<const Builtin> findBuiltin(Receiver receiver, std::string_view name) {
  const auto key = std::pair(receiver, name);
  const auto begin = std::lower_bound(sortedIds.begin(), sortedIds.end(), key, [](Builtin id, const auto& wanted) { return before(builtinInfo(id), wanted); });
  auto end = begin;
  while (end != sortedIds.end() && builtinInfo(*end).receiver == receiver && builtinInfo(*end).name == name) ++end;
  return {begin, end};
}

const BuiltinSignature& BuiltinSignatures::of(Builtin id) {
  auto& slot = parsed_[static_cast<std::size_t>(id)];
  if (!slot) {
    bool ok = true;
    const auto& info = builtinInfo(id);
    slot = std::make_unique<BuiltinSignature>(parseSignature(*table_, info.receiver, info.signature, ok));
  }
  return *slot;
}

}  // namespace kdsl::types
