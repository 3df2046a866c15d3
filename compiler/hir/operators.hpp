#pragma once
#include <string_view>

#include "hir/expr.hpp"

namespace kdsl::hir {

/// As it is written: `&&`, `in`, `??`.
std::string_view spelling(BinaryOp op);

}  // namespace kdsl::hir
