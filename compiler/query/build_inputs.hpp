#pragma once
// All that a build reads besides its modules, loaded before evaluation starts.
#include <map>

#include "eval/inputs.hpp"
#include "query/loaded_files.hpp"

namespace kdsl::query {

class BuildInputs final : public eval::Inputs {
 public:
  BuildInputs(LoadedFiles& files, const std::vector<Parameter>& parameters);

  /// Adds params that the project sets; their values must outlive the build.
  void set(const std::vector<eval::Parameter>& parameters) { parameters_.insert(parameters_.begin(), parameters.begin(), parameters.end()); }
  /// Reads the data imports and embedded files of a module.
  void load(const sema::CheckedModule& module, std::vector<diag::Diagnostic>& out);

  const std::vector<eval::Parameter>& parameters() const override { return parameters_; }
  const codec::Data* data(FileId importer, std::uint32_t import) const override;
  FileId dataFile(FileId importer, std::uint32_t import) const override;
  const std::string* embedded(FileId importer, hir::ExprId call) const override;
  const std::vector<std::pair<std::string, std::string>>* embeddedFolder(FileId importer, hir::ExprId call) const override;
  std::string sourceText(FileId file, source::Span span) const override;
  bool isForeign(FileId file) const override { return files_.isForeign(file); }
  FileId commandLine() const override { return commandLine_; }

 private:
  using Place = std::pair<FileId, std::uint32_t>;
  void loadFolder(const hir::Module& module, const hir::FilePath& path, std::vector<diag::Diagnostic>& out);

  LoadedFiles& files_;
  FileId commandLine_ = base::none<FileId>;
  std::vector<eval::Parameter> parameters_;
  std::map<Place, std::pair<FileId, const codec::Data*>> data_;
  std::map<Place, const std::string*> embedded_;
  std::map<Place, std::vector<std::pair<std::string, std::string>>> folders_;
};

}  // namespace kdsl::query
