#pragma once
// Ids of the parts of one lowered file. Each is an index into the arrays of hir::Module.
#include "base/ids.hpp"

namespace kdsl::hir {

enum class ItemId : std::uint32_t {};
enum class BodyId : std::uint32_t {};
enum class EntryId : std::uint32_t {};
enum class ExprId : std::uint32_t {};
enum class TypeExprId : std::uint32_t {};
enum class ShapeId : std::uint32_t {};
enum class LocalId : std::uint32_t {};

/// The item that stands for the file itself.
inline constexpr ItemId moduleItem = ItemId{0};

}  // namespace kdsl::hir
