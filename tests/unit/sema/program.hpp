#pragma once
// Files in memory, checked: what the tests of this folder look at.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sema/workspace.hpp"
#include "source/file.hpp"

namespace kdsl::sema::test {

/// A Workspace over texts. Paths are plain names: `import "./web"` of any file finds `web.kdsl`, `import "std/app"` finds `std/app.kdsl`.
class Files final : public Loader {
 public:
  explicit Files(bool withPrelude = true);

  source::FileId add(const std::string& name, std::string text);
  /// Replaces a file's text; the workspace is not told.
  void edit(const std::string& name, std::string text);
  source::FileId id(const std::string& name) const { return ids_.at(name); }
  Workspace& workspace() { return workspace_; }

  /// `3:5 KD4002 message` for each diagnostic of checking, in order; those of parsing and lowering before them.
  std::vector<std::string> diagnostics(const std::string& name);
  /// The diagnostics of the file as text for people, to look at.
  const std::vector<diag::Diagnostic>& raw(const std::string& name);
  /// The type of a declared member of the file, printed.
  std::string memberType(const std::string& name, std::string_view member);
  std::string textOf(const std::string& name) const { return texts_.at(name); }

  hir::ModulePtr hir(FileId file) override;
  ImportTarget resolveImport(FileId from, const hir::FilePath& path, std::vector<diag::Diagnostic>& out) override;
  FileId prelude() override { return prelude_; }
  std::string fileName(FileId file) override { return names_.at(base::index(file)); }
  std::string libraryOf(Symbol name) override { return name == base::intern("WebService") ? "std/app" : ""; }
  std::vector<ManifestDocument> manifests(FileId dataFile) override;

 private:
  std::map<std::string, source::FileId> ids_;
  std::map<std::string, std::string> texts_;
  std::vector<std::string> names_;
  std::vector<hir::ModulePtr> lowered_;
  std::vector<std::vector<diag::Diagnostic>> syntax_;
  FileId prelude_ = base::none<FileId>;
  Workspace workspace_;
};

/// The diagnostics of a single file.
std::vector<std::string> check(std::string text);
/// The type of a member of a single file; the file must have no diagnostics.
std::string typeOf(std::string text, std::string_view member);

}  // namespace kdsl::sema::test
