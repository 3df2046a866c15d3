#pragma once
// Lowered modules as bytes, so that a module that is part of the binary is neither lexed nor parsed nor lowered when it is used.
#include <string>
#include <string_view>

#include "hir/module.hpp"

namespace kdsl::hir {

/// The module without its diagnostics and its file. Equal modules give equal bytes where the compiler can clear padding (GCC). They are for programs of the same build alone: the layout is that of
/// the structures in memory.
std::string store(const Module& module);

/// The inverse of `store`. `bytes` are what `store` made, and live as long as the process: symbols keep views into them. O(size), nearly all of it copying.
ModulePtr restore(std::string_view bytes, FileId file);

}  // namespace kdsl::hir
