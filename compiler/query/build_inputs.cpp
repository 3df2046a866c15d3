#include "query/build_inputs.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

#include "query/paths.hpp"

namespace kdsl::query {

BuildInputs::BuildInputs(LoadedFiles& files, const std::vector<Parameter>& parameters) : files_(files) {
  // One argument a line: a message shows no other.
  std::string arguments;
  for (const auto& parameter : parameters) arguments += parameter.argument.empty() ? std::string() : parameter.argument + "\n";
  if (!arguments.empty()) commandLine_ = files_.commandLine(arguments);
  std::uint32_t end = 0;
  for (const auto& parameter : parameters) {
    source::Location at;
    if (!parameter.argument.empty()) {
      end += static_cast<std::uint32_t>(parameter.argument.size());
      at = {commandLine_, {end - static_cast<std::uint32_t>(parameter.name.size() + 1 + parameter.text.size()), end++}};
    }
    parameters_.push_back({parameter.name, parameter.text, nullptr, at});
  }
}

void BuildInputs::load(const sema::CheckedModule& module, std::vector<diag::Diagnostic>& out) {
  const auto& hir = *module.hir;
  for (std::uint32_t i = 0; i < module.imports.size(); ++i) {
    const auto& target = module.imports[i];
    if (!target.isData || !base::valid(target.file)) continue;
    const source::Location at{hir.file, hir.imports[i].span};
    data_[{hir.file, i}] = {target.file, target.isManifests ? files_.manifestData(target.file, at, out) : files_.data(target.file, at, out)};
  }
  for (const auto& path : hir.embeds) {
    if (path.use == hir::PathUse::EmbedFolder) {
      loadFolder(hir, path, out);
      continue;
    }
    const source::Location at{hir.file, path.span};
    const auto file = files_.resolvePath(hir.file, base::text(path.path), at, out);
    if (file.empty()) continue;
    const auto id = files_.load(file, at, displayPath(file), out);
    if (base::valid(id)) embedded_[{hir.file, base::index(path.call)}] = &files_.table()[id].text;
  }
}

void BuildInputs::loadFolder(const hir::Module& module, const hir::FilePath& path, std::vector<diag::Diagnostic>& out) {
  const source::Location at{module.file, path.span};
  const auto pattern = files_.resolvePath(module.file, base::text(path.path), at, out);
  if (pattern.empty()) return;
  const auto name = std::filesystem::path(pattern).filename().string();
  auto& list = folders_[{module.file, base::index(path.call)}];
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folderOf(pattern), error), end; !error && it != end; it.increment(error)) {
    const auto candidate = it->path().filename().string();
    if (it->is_regular_file(error) && ::fnmatch(name.c_str(), candidate.c_str(), FNM_PERIOD) == 0) found.push_back(candidate);
  }
  std::sort(found.begin(), found.end());
  for (const auto& candidate : found) {
    const auto file = files_.resolvePath(module.file, joinPath(folderOf(base::text(path.path)), candidate), at, out);
    if (file.empty()) continue;
    const auto id = files_.load(file, at, displayPath(file), out);
    if (base::valid(id)) list.emplace_back(candidate, files_.table()[id].text);
  }
}

const codec::Data* BuildInputs::data(FileId importer, std::uint32_t import) const {
  const auto found = data_.find({importer, import});
  return found == data_.end() ? nullptr : found->second.second;
}

FileId BuildInputs::dataFile(FileId importer, std::uint32_t import) const {
  const auto found = data_.find({importer, import});
  return found == data_.end() ? base::none<FileId> : found->second.first;
}

const std::string* BuildInputs::embedded(FileId importer, hir::ExprId call) const {
  const auto found = embedded_.find({importer, base::index(call)});
  return found == embedded_.end() ? nullptr : found->second;
}

const std::vector<std::pair<std::string, std::string>>* BuildInputs::embeddedFolder(FileId importer, hir::ExprId call) const {
  const auto found = folders_.find({importer, base::index(call)});
  return found == folders_.end() ? nullptr : &found->second;
}

std::string BuildInputs::sourceText(FileId file, source::Span span) const { return files_.table()[file].text.substr(span.begin, span.size()); }

}  // namespace kdsl::query
