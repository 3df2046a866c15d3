#pragma once
// What the editor's questions about one file are answered from. All of it is made by earlier passes; nothing here is changed.
#include <string_view>

#include "hir/module.hpp"
#include "sema/workspace.hpp"
#include "source/file.hpp"
#include "syntax/tree.hpp"

namespace kdsl::query {

using source::FileId;
using source::Span;
using types::TypeId;

/// The products of one file, valid until the next edit.
struct Facts {
  FileId file = base::none<FileId>;
  const source::FileTable* files = nullptr;
  const syntax::Tree* tree = nullptr;
  const sema::CheckedModule* checked = nullptr;
  const sema::Workspace* program = nullptr;

  const hir::Module& hir() const { return *checked->hir; }
  std::string_view text() const { return (*files)[file].text; }
  const types::TypeTable& types() const { return program->types(); }
};

}  // namespace kdsl::query
