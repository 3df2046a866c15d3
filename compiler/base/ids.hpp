#pragma once
// Typed ids: `enum class FooId : uint32_t`, with one reserved value for "none". Ids, not pointers, cross the passes.
#include <cstdint>
#include <functional>
#include <type_traits>

namespace kdsl::base {

template <typename Id>
  requires std::is_enum_v<Id>
constexpr std::uint32_t index(Id id) {
  return static_cast<std::uint32_t>(id);
}

/// The id that names nothing.
template <typename Id>
inline constexpr Id none = static_cast<Id>(0xFFFF'FFFFu);

template <typename Id>
constexpr bool valid(Id id) {
  return id != none<Id>;
}

}  // namespace kdsl::base
