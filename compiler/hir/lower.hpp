#pragma once
#include "hir/module.hpp"
#include "syntax/parse.hpp"

namespace kdsl::hir {

/// Lowers a parsed file. Total: syntax errors become Error expressions and types, which later passes keep quiet about. O(size of the tree).
ModulePtr lower(FileId file, std::string_view text, const syntax::ParseResult& parsed);

/// `kdsl dump items` and `kdsl dump hir`.
std::string dumpItems(const Module& module);
std::string dumpHir(const Module& module);

}  // namespace kdsl::hir
