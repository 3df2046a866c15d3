#pragma once
// The files of a session: read, parsed and lowered once each, and found by the paths of imports. What sema asks of files.
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "codec/data.hpp"
#include "query/dependencies.hpp"
#include "query/session.hpp"
#include "sema/workspace.hpp"
#include "syntax/parse.hpp"

namespace kdsl::query {

using source::FileId;

class LoadedFiles final : public sema::Loader {
 public:
  LoadedFiles(std::string root, Options::Library library) : root_(std::move(root)), library_(library) {}

  source::FileTable& table() { return files_; }
  const source::FileTable& table() const { return files_; }

  /// Reads or finds the file; none and a diagnostic at `at` if it cannot be read.
  FileId load(const std::string& path, source::Location at, std::string_view asWritten, std::vector<diag::Diagnostic>& out);
  FileId addText(const std::string& path, std::string text);
  /// The arguments of the command line as a file; equal ones are one file.
  FileId commandLine(const std::string& arguments);
  void setText(FileId file, std::string text);
  /// The file is not on disk any more: imports of it lead nowhere until it has a text again.
  void setAbsent(FileId file, bool absent);
  bool isAbsent(FileId file) const { return absent_.contains(file); }

  const syntax::ParseResult& parsed(FileId file);
  /// Those of `parsed`. A module that is part of the binary has none, and is not parsed for that.
  std::span<const diag::Diagnostic> syntaxErrors(FileId file);
  /// A data file as its documents' tree: one document, or a list of several. Problems go to `out`; nullptr after an error.
  const codec::Data* data(FileId file, source::Location at, std::vector<diag::Diagnostic>& out);
  /// A data file that is imported as `Manifests`: its objects by name.
  const codec::Data* manifestData(FileId file, source::Location at, std::vector<diag::Diagnostic>& out);
  std::uint64_t parses() const { return parses_; }

  // --- sema::Loader
  hir::ModulePtr hir(FileId file) override;
  sema::ImportTarget resolveImport(FileId from, const hir::FilePath& path, std::vector<diag::Diagnostic>& out) override;
  FileId prelude() override;
  std::string fileName(FileId file) override { return files_[file].displayPath; }
  std::string libraryOf(base::Symbol name) override;
  std::string libraryWithCheck(base::Symbol name) override;
  std::vector<std::string> libraryPaths() override;
  bool isCheckedOnDemand(FileId file) override { return library_ == Options::Library::Reached && files_[file].builtIn; }
  std::vector<sema::ManifestDocument> manifests(FileId dataFile) override;

  /// The folder of a dependency of the project in `projectFolder`; empty if the project names none of the name, or it is not there as it should be:
  /// then `out` tells, at `at`. `named` says whether the project names it.
  std::string dependencyFolder(const std::string& projectFolder, std::string_view name, source::Location at, std::vector<diag::Diagnostic>& out, bool& named);
  /// The dependencies of a project, as its file names them.
  const std::vector<Dependency>& dependenciesOf(const std::string& projectFolder);

  /// Whether a file is of the standard library or of a dependency.
  bool isForeign(FileId file) const;

  /// A module of the standard library, such as `std/target.kdsl`; none if there is no such module.
  FileId library(std::string_view path) { return loadLibrary(path); }

  /// The path on disk that a path written in `from` names, with the extension if it lacks that; a diagnostic and an empty string if it leaves the root.
  std::string resolvePath(FileId from, std::string_view written, source::Location at, std::vector<diag::Diagnostic>& out, std::string_view extension = {});

 private:
  struct Products {
    std::string_view stored;  // the lowered form of a module that is part of the binary
    std::unique_ptr<syntax::ParseResult> parsed;
    hir::ModulePtr hir;
    std::unique_ptr<codec::Data> data;
    std::unique_ptr<codec::Data> manifests;
  };
  Products& products(FileId file);
  std::string rootFor(FileId file);
  /// The folder of the dependency that a file is of; empty if it is of none.
  std::string dependencyRoot(FileId file) const;
  FileId loadLibrary(std::string_view path);
  sema::ImportTarget resolveDependency(FileId from, std::string_view written, source::Location at, std::vector<diag::Diagnostic>& out);
  /// Offers another path for an import that leads nowhere; as a fix where the path stands as it is.
  void suggestPath(diag::Diagnostic& diagnostic, std::string_view written, std::string_view better) const;
  sema::ImportTarget loadModule(std::string file, std::string_view written, source::Location at, std::vector<diag::Diagnostic>& out);
  std::string lockedFolder(const std::string& projectFolder, const Dependency& dependency, source::Location at, std::vector<diag::Diagnostic>& out);

  std::string root_;
  Options::Library library_;
  std::unordered_set<FileId> absent_;
  source::FileTable files_;
  std::vector<std::unique_ptr<Products>> products_;  // by FileId
  std::unordered_map<std::string, FileId> real_;     // files on disk that links lead to
  std::unordered_map<std::string, std::vector<Dependency>> dependencies_;  // by project folder
  std::unordered_map<std::string, std::string> dependencyFolders_;         // by project folder and name: those that were verified
  std::vector<std::string> dependencyRoots_;                               // what the files in them import stays inside
  std::uint64_t parses_ = 0;
};

}  // namespace kdsl::query
