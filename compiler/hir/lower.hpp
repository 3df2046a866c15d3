#pragma once
#include "hir/module.hpp"
#include "syntax/parse.hpp"

namespace kdsl::hir {

/// Lowers a parsed file. Total: syntax errors become Error expressions and types, which later passes keep quiet about. O(size of the tree).
ModulePtr lower(FileId file, std::string_view text, const syntax::ParseResult& parsed);

/// Hash of what other files can see of this one: names, signatures, types, defaults' kinds, imports; not the inside of bodies. The early cut-off of edits.
std::uint64_t interfaceHash(const Module& module);

/// `kdsl dump items` and `kdsl dump hir`.
std::string dumpItems(const Module& module);
std::string dumpHir(const Module& module);

}  // namespace kdsl::hir
