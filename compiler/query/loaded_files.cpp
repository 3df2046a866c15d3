#include "query/loaded_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/near_name.hpp"
#include "codec/read.hpp"
#include "diag/codes/files.hpp"
#include "hir/lower.hpp"
#include "hir/stored.hpp"
#include "query/caret_file.hpp"
#include "query/library.hpp"
#include "query/manifest_data.hpp"
#include "query/paths.hpp"
#include "source/loader.hpp"

namespace kdsl::query {

using diag::Code;
namespace code = diag::code;
using source::Location;

namespace {

/// How the paths of texts of the command line begin.
constexpr std::string_view commandLineName = "<command line> ";

void addDiagnostic(std::vector<diag::Diagnostic>& out, Code code, Location at, std::vector<std::string> arguments, std::string note = {}) {
  diag::Sink sink;
  auto& diagnostic = sink.report(code, at, std::move(arguments));
  if (!note.empty()) diagnostic.note(std::move(note));
  out.push_back(diagnostic);
}

bool isLibrary(std::string_view path) { return path.starts_with("std/"); }

std::string_view formatName(std::string_view extension) {
  if (extension == ".json") return "JSON";
  if (extension == ".toml") return "TOML";
  return "YAML";
}

}  // namespace

LoadedFiles::Products& LoadedFiles::products(FileId file) {
  const auto position = base::index(file);
  if (position >= products_.size()) products_.resize(position + 1);
  if (products_[position] == nullptr) products_[position] = std::make_unique<Products>();
  return *products_[position];
}

FileId LoadedFiles::load(const std::string& path, Location at, std::string_view asWritten, std::vector<diag::Diagnostic>& out) {
  const std::string written(asWritten);
  if (const auto known = files_.find(path); base::valid(known)) {
    if (!isAbsent(known)) return known;
    addDiagnostic(out, code::file_not_found, at, {written});
    return base::none<FileId>;
  }
  auto loaded = source::loadFile(path);
  switch (loaded.error) {
    case source::LoadError::None: break;
    case source::LoadError::NotFound: addDiagnostic(out, code::file_not_found, at, {written}); return base::none<FileId>;
    case source::LoadError::IsFolder: addDiagnostic(out, code::file_is_folder, at, {written}); return base::none<FileId>;
    case source::LoadError::NotReadable: addDiagnostic(out, code::file_not_readable, at, {written, std::strerror(static_cast<int>(loaded.detail))}); return base::none<FileId>;
    case source::LoadError::TooLarge: addDiagnostic(out, code::file_too_large, at, {written, fmt::format("{}", loaded.detail), fmt::format("{}", source::maxFileBytes)}); return base::none<FileId>;
    case source::LoadError::NotUtf8: addDiagnostic(out, code::file_not_utf8, at, {written, fmt::format("{}", loaded.detail)}, "save it as UTF-8"); return base::none<FileId>;
  }
  return files_.add(path, displayPath(path), std::move(loaded.text));
}

FileId LoadedFiles::addText(const std::string& path, std::string text) {
  if (const auto known = files_.find(path); base::valid(known)) {
    setText(known, std::move(text));
    return known;
  }
  return files_.add(path, displayPath(path), std::move(text));
}

FileId LoadedFiles::commandLine(const std::string& arguments) {
  const auto path = std::string(commandLineName) + arguments;
  const auto known = files_.find(path);
  return base::valid(known) ? known : files_.add(path, "command line", arguments, true);
}

void LoadedFiles::setText(FileId file, std::string text) {
  products(file) = {};  // they view the old text
  files_.setText(file, std::move(text));
}

void LoadedFiles::setAbsent(FileId file, bool absent) {
  if (absent) {
    absent_.insert(file);
  } else {
    absent_.erase(file);
  }
}

const syntax::ParseResult& LoadedFiles::parsed(FileId file) {
  auto& made = products(file);
  if (made.parsed == nullptr) {
    ++parses_;
    made.parsed = std::make_unique<syntax::ParseResult>(syntax::parse(file, files_[file].text));
  }
  return *made.parsed;
}

std::span<const diag::Diagnostic> LoadedFiles::syntaxErrors(FileId file) {
  if (!products(file).stored.empty()) return {};
  return parsed(file).diagnostics;
}

hir::ModulePtr LoadedFiles::hir(FileId file) {
  if (products(file).hir == nullptr && !products(file).stored.empty()) products(file).hir = hir::restore(products(file).stored, file);
  if (products(file).hir == nullptr) {
    const auto& tree = parsed(file);
    auto lowered = hir::lower(file, files_[file].text, tree);
    // What stands in a project file are entries on top of std/project_file, without saying so.
    const auto name = std::filesystem::path(files_[file].path).filename();
    if (lowered->extends == 0 && !files_[file].builtIn && (name == projectFileName || name == caretProjectFileName)) {
      auto project = std::make_shared<hir::Module>(*lowered);
      project->imports.push_back({hir::PathUse::Extends, base::intern("std/project_file"), {}, base::none<hir::ExprId>});
      project->extends = static_cast<std::uint32_t>(project->imports.size());
      lowered = std::move(project);
    }
    products(file).hir = std::move(lowered);
  }
  return products(file).hir;
}

std::string LoadedFiles::dependencyRoot(FileId file) const {
  const auto& path = files_[file].path;
  for (const auto& root : dependencyRoots_) {
    if (path.starts_with(root) && path.size() > root.size() && path[root.size()] == '/') return root;
  }
  return {};
}

bool LoadedFiles::isForeign(FileId file) const {
  if (files_[file].builtIn) return !files_[file].path.starts_with(commandLineName);
  return !dependencyRoot(file).empty();
}

std::string LoadedFiles::rootFor(FileId file) {
  const auto& path = files_[file].path;
  if (auto root = dependencyRoot(file); !root.empty()) return root;
  if (!root_.empty()) return root_;
  if (path.empty() || path.front() != '/') return std::filesystem::current_path().string();
  return rootOf(path);
}

std::string LoadedFiles::resolvePath(FileId from, std::string_view written, Location at, std::vector<diag::Diagnostic>& out, std::string_view extension) {
  const auto& file = files_[from];
  const auto folder = file.path.empty() || file.path.front() != '/' ? std::filesystem::current_path().string() : folderOf(file.path);
  auto path = joinPath(folder, written);
  if (!path.ends_with(extension)) path += extension;  // before it is looked at: the file may be a link
  const auto root = rootFor(from);
  if (!isInside(path, root)) {
    addDiagnostic(out, code::import_outside_root, at, {std::string(written)}, fmt::format("the root is `{}`; what a build reads stays inside it, also through links", root));
    return {};
  }
  return path;
}

FileId LoadedFiles::loadLibrary(std::string_view path) {
  if (const auto known = files_.find(path); base::valid(known)) return known;
  const auto* module = findLibraryModule(path);
  if (module == nullptr) return base::none<FileId>;
  const auto file = files_.add(std::string(path), std::string(path), std::string(module->text), true);
  products(file).stored = module->lowered;
  return file;
}

FileId LoadedFiles::prelude() { return loadLibrary("std/prelude.kdsl"); }

sema::ImportTarget LoadedFiles::resolveImport(FileId from, const hir::FilePath& path, std::vector<diag::Diagnostic>& out) {
  sema::ImportTarget target;
  const auto written = base::text(path.path);
  const Location at{from, path.span};
  if (written.empty()) return target;
  if (written.starts_with("k8s/")) {
    const auto rest = written.substr(4);
    const auto slash = rest.find('/');
    target.isKubernetes = true;
    target.group = rest.substr(0, slash);
    if (slash != std::string_view::npos) target.version = rest.substr(slash + 1);
    return target;
  }
  const bool relative = written.starts_with("./") || written.starts_with("../");
  if (isLibrary(written) || (relative && isLibrary(files_[from].path) && files_[from].builtIn)) {
    auto name = relative ? joinPath(folderOf(files_[from].path), written) : std::string(written);
    if (!name.ends_with(".kdsl")) name += ".kdsl";
    target.file = loadLibrary(name);
    if (base::valid(target.file)) return target;
    std::vector<std::string> texts;
    for (const auto& module : libraryModules()) texts.push_back(std::string(module.path.substr(0, module.path.size() - 5)));
    const std::vector<std::string_view> names(texts.begin(), texts.end());
    diag::Sink sink;
    auto& diagnostic = sink.report(code::import_not_found, at, {std::string(written)});
    if (const auto near = base::nearest(written, names); !near.empty()) suggestPath(diagnostic, written, near);
    out.push_back(diagnostic);
    return target;
  }
  if (!relative && !written.starts_with("/")) {
    const auto found = out.size();
    if (auto inDependency = resolveDependency(from, written, at, out); base::valid(inDependency.file) || out.size() > found) return inDependency;
  }
  if (!relative) {
    addDiagnostic(out, code::import_not_found, at, {std::string(written)},
                  written.starts_with("/") ? "paths of files begin with `./` or `../`" : fmt::format("a file beside this one is `./{}`; the standard library is `std/…`, the Kubernetes API `k8s/apps/v1`", written));
    const auto beside = joinPath(folderOf(files_[from].path), written);
    std::error_code ignored;
    if (!files_[from].builtIn && std::filesystem::is_regular_file(isDataFile(beside) || beside.ends_with(".kdsl") ? beside : beside + ".kdsl", ignored)) suggestPath(out.back(), written, fmt::format("./{}", written));
    if (const auto slash = written.find('/'); slash != std::string_view::npos && slash != 0) {
      const auto name = written.substr(0, slash);
      out.back().note(fmt::format("a module of another project: `kdsl mod add {} --git ADDRESS --tag TAG` (or `--path FOLDER`) makes it a dependency", name));
    }
    return target;
  }
  const auto extension = isDataFile(written) ? std::string_view() : std::string_view(".kdsl");
  auto file = resolvePath(from, written, at, out, extension);
  return file.empty() ? target : loadModule(std::move(file), written, at, out);
}

/// The module or data file at a path on disk.
sema::ImportTarget LoadedFiles::loadModule(std::string file, std::string_view written, Location at, std::vector<diag::Diagnostic>& out) {
  sema::ImportTarget target;
  target.isData = isDataFile(written);
  if (!target.isData && !file.ends_with(".kdsl")) file += ".kdsl";
  const auto before = out.size();
  target.file = load(file, at, displayPath(file), out);
  if (out.size() > before && out.back().code == code::file_not_found) {
    out.pop_back();
    diag::Sink sink;
    auto& diagnostic = sink.report(code::import_not_found, at, {std::string(written)});
    diagnostic.note(fmt::format("there is no file `{}`", displayPath(file)));
    std::vector<std::string> texts;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folderOf(file), error), end; !error && it != end; it.increment(error)) {
      if (it->path().extension() == ".kdsl") texts.push_back(it->path().stem().string());
    }
    const std::vector<std::string_view> names(texts.begin(), texts.end());
    if (const auto near = base::nearest(std::filesystem::path(file).stem().string(), names); !near.empty()) {
      const auto slash = written.rfind('/');
      suggestPath(diagnostic, written, fmt::format("{}{}", slash == std::string_view::npos ? "" : written.substr(0, slash + 1), near));
    }
    out.push_back(diagnostic);
  }
  return target;
}

void LoadedFiles::suggestPath(diag::Diagnostic& diagnostic, std::string_view written, std::string_view better) const {
  diagnostic.label(fmt::format("did you mean `{}`?", better));
  const auto at = diagnostic.primary.at;
  const auto& text = files_[at.file].text;
  const auto literal = fmt::format("\"{}\"", written);
  if (at.span.end <= text.size() && std::string_view(text).substr(at.span.begin, at.span.size()) == literal) diagnostic.fixReplace(fmt::format("write `\"{}\"`", better), at, fmt::format("\"{}\"", better));
}

std::string LoadedFiles::libraryOf(base::Symbol name) {
  for (const auto& module : libraryModules()) {
    if (module.path == "std/prelude.kdsl") continue;
    const auto file = loadLibrary(module.path);
    const auto lowered = hir(file);
    const auto item = lowered->findChild(hir::moduleItem, name);
    if (base::valid(item) && !(*lowered)[item].isPrivate && (*lowered)[item].kind != hir::ItemKind::Import) return std::string(module.path.substr(0, module.path.size() - 5));
  }
  return {};
}

std::string LoadedFiles::libraryWithCheck(base::Symbol name) {
  if (name == base::emptySymbol) return {};
  for (const auto& module : libraryModules()) {
    const auto lowered = hir(loadLibrary(module.path));
    const bool hasCheck = std::any_of(lowered->entries.begin(), lowered->entries.end(), [&](const hir::Entry& entry) { return entry.kind == hir::EntryKind::Check && entry.name == name; });
    if (hasCheck) return std::string(module.path.substr(0, module.path.size() - 5));
  }
  return {};
}

std::vector<std::string> LoadedFiles::libraryPaths() {
  std::vector<std::string> paths;
  for (const auto& module : libraryModules()) {
    if (module.path != "std/prelude.kdsl") paths.emplace_back(module.path.substr(0, module.path.size() - 5));
  }
  return paths;
}

const codec::Data* LoadedFiles::data(FileId file, Location at, std::vector<diag::Diagnostic>& out) {
  auto& made = products(file);
  if (made.data != nullptr) return made.data.get();
  const auto extension = std::filesystem::path(files_[file].path).extension().string();
  const auto& text = files_[file].text;
  auto result = extension == ".json" ? codec::readJson(text) : extension == ".toml" ? codec::readToml(text) : codec::readYaml(text);
  if (const auto* problem = result.firstError()) {
    diag::Sink sink;
    auto& diagnostic = sink.report(code::data_file_malformed, {file, {problem->span.begin, problem->span.end}}, {files_[file].displayPath, std::string(formatName(extension)), codec::describe(*problem)});
    diagnostic.also(at, "imported here");
    out.push_back(diagnostic);
    return nullptr;
  }
  if (result.documents.size() == 1) {
    made.data = std::make_unique<codec::Data>(std::move(result.documents[0]));
  } else if (result.documents.empty()) {
    made.data = std::make_unique<codec::Data>(codec::Data::map());
  } else {
    made.data = std::make_unique<codec::Data>(codec::Data::list(std::move(result.documents)));
  }
  return made.data.get();
}

const codec::Data* LoadedFiles::manifestData(FileId file, Location at, std::vector<diag::Diagnostic>& out) {
  auto& made = products(file).manifests;
  if (made != nullptr) return made.get();
  const auto* read = data(file, at, out);
  if (read == nullptr) return nullptr;
  std::vector<ManifestProblem> problems;
  auto objects = manifestsOf(*read, problems);
  for (const auto& problem : problems) {
    diag::Sink sink;
    sink.report(problem.isTwice ? code::manifest_twice : code::not_a_manifest, {file, {problem.span.begin, problem.span.begin}}, {files_[file].displayPath, problem.what}).also(at, "imported here");
    out.push_back(sink.take().front());
  }
  if (!problems.empty()) return nullptr;
  made = std::make_unique<codec::Data>(std::move(objects));
  return made.get();
}

std::vector<sema::ManifestDocument> LoadedFiles::manifests(FileId dataFile) {
  std::vector<diag::Diagnostic> reportedByTheBuild;
  const auto* objects = manifestData(dataFile, {}, reportedByTheBuild);
  std::vector<sema::ManifestDocument> found;
  if (objects == nullptr) return found;
  for (const auto& [name, span, object] : objects->entries()) {
    const auto* metadata = object.find("metadata");
    found.push_back({object.find("apiVersion")->asString(), object.find("kind")->asString(), name, metadata != nullptr && metadata->find("namespace") != nullptr});
  }
  return found;
}

}  // namespace kdsl::query
