#include "query/dependencies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "codec/binary_text.hpp"
#include "codec/read.hpp"
#include "diag/codes/projects.hpp"
#include "query/paths.hpp"
#include "source/loader.hpp"

namespace kdsl::query {

namespace code = diag::code;
namespace fs = std::filesystem;

namespace {

/// A text of the project file with the keys that lead to it.
struct Leaf {
  std::vector<std::string> keys;
  std::string text;
  source::Location at;
};

/// Collects the literal texts below `dependencies`.
class DependencyReader {
 public:
  DependencyReader(const hir::Module& module, std::vector<diag::Diagnostic>& out) : module_(module), out_(out) {}

  std::vector<Leaf> read() {
    const auto body = module_.items[0].body;
    if (base::valid(body)) entries(body, {});
    return std::move(leaves_);
  }

  /// After read(): the entries that say something of one dependency alone.
  const std::vector<source::Span>& entriesOf(const std::string& name) { return spans_[name]; }

 private:
  bool isBelow(const std::vector<std::string>& keys) const { return !keys.empty() && keys[0] == "dependencies"; }

  void notLiteral(source::Span span) {
    diag::Sink sink;
    sink.report(code::dependency_not_literal, {module_.file, span}).note("write `dependencies: { platform: { git: \"https://…\", tag: \"v1\" } }`");
    out_.push_back(sink.take().front());
  }

  void entries(hir::BodyId body, const std::vector<std::string>& outer) {
    for (const auto& entry : module_.entriesOf(module_[body])) {
      if (entry.kind != hir::EntryKind::Set) {
        if (isBelow(outer)) notLiteral(entry.span);
        continue;
      }
      auto keys = outer;
      bool plain = entry.verb == hir::Verb::Set;
      for (const auto& segment : module_.segmentsOf(entry)) {
        plain &= segment.kind != hir::SegmentKind::Index;
        keys.emplace_back(base::text(segment.name));
      }
      if (!isBelow(keys) || !base::valid(entry.value)) continue;
      if (outer.size() < 2 && keys.size() >= 2) spans_[keys[1]].push_back(entry.span);
      const auto& value = module_[entry.value];
      if (plain && value.kind == hir::ExprKind::Record) {
        entries(hir::BodyId{value.a}, keys);
      } else if (plain && value.kind == hir::ExprKind::String) {
        leaves_.push_back({std::move(keys), std::string(base::text(base::Symbol{value.a})), {module_.file, value.span}});
      } else {
        notLiteral(value.span);
      }
    }
  }

  const hir::Module& module_;
  std::vector<diag::Diagnostic>& out_;
  std::vector<Leaf> leaves_;
  std::map<std::string, std::vector<source::Span>> spans_;
};

std::string readFile(const fs::path& path, bool& good) {
  std::ifstream stream(path, std::ios::binary);
  good = stream.good();
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool isCommit(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::vector<Dependency> writtenDependencies(const hir::Module& project, std::vector<diag::Diagnostic>& out) {
  std::vector<Dependency> found;
  DependencyReader reader(project, out);
  for (auto& leaf : reader.read()) {
    if (leaf.keys.size() != 3) continue;  // sema reports what std/project_file does not know
    auto known = std::find_if(found.begin(), found.end(), [&](const Dependency& dependency) { return dependency.name == leaf.keys[1]; });
    if (known == found.end()) {
      known = found.emplace(found.end());
      known->name = leaf.keys[1];
      known->at = leaf.at;
      known->entries = reader.entriesOf(known->name);
    }
    const auto& field = leaf.keys[2];
    auto* text = field == "path" ? &known->path : field == "git" ? &known->git : field == "tag" ? &known->tag : field == "commit" ? &known->commit : nullptr;
    if (text != nullptr) *text = std::move(leaf.text);
  }
  return found;
}

std::string withoutDependency(std::string text, const Dependency& dependency) {
  auto spans = dependency.entries;
  std::sort(spans.begin(), spans.end(), [](source::Span a, source::Span b) { return a.begin > b.begin; });
  const auto isBlank = [&](std::size_t at) { return at < text.size() && (text[at] == ' ' || text[at] == '\t'); };
  for (const auto span : spans) {
    std::size_t begin = span.begin, end = span.end;
    while (isBlank(end)) ++end;
    const bool hasComma = end < text.size() && text[end] == ',';
    if (hasComma) ++end;
    while (isBlank(end)) ++end;
    while (begin > 0 && isBlank(begin - 1)) --begin;
    const bool beginsLine = begin == 0 || text[begin - 1] == '\n', endsLine = end == text.size() || text[end] == '\n';
    if (beginsLine && endsLine) {
      end += end < text.size() ? 1 : 0;
    } else if (!hasComma && begin > 0 && text[begin - 1] == ',') {
      --begin;
    } else if (hasComma) {
      begin = span.begin;
    }
    text.erase(begin, end - begin);
  }
  return text;
}

std::optional<std::vector<LockedDependency>> readLock(std::string_view text, std::string& problem) {
  const auto parsed = codec::readToml(text);
  if (const auto* error = parsed.firstError()) {
    problem = codec::describe(*error);
    return std::nullopt;
  }
  std::vector<LockedDependency> entries;
  if (parsed.documents.empty()) return entries;
  for (const auto& [name, span, value] : parsed.documents[0].entries()) {
    if (!value.isMap()) {
      problem = fmt::format("`{}` is no table", name);
      return std::nullopt;
    }
    LockedDependency entry;
    entry.name = name;
    for (const auto& [field, fieldSpan, fieldValue] : value.entries()) {
      auto* into = field == "git" ? &entry.git : field == "tag" ? &entry.tag : field == "commit" ? &entry.commit : field == "hash" ? &entry.hash : nullptr;
      if (into != nullptr && fieldValue.isString()) *into = fieldValue.asString();
    }
    if (entry.git.empty() || !isCommit(entry.commit) || entry.hash.empty()) {
      problem = fmt::format("`{}` has no repository, commit or hash", name);
      return std::nullopt;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::optional<std::vector<LockedDependency>> lockOf(const std::string& projectFolder, std::string& problem) {
  const auto loaded = source::loadFile(joinPath(projectFolder, lockFileName));
  switch (loaded.error) {
    case source::LoadError::None: return readLock(loaded.text, problem);
    case source::LoadError::NotFound: return std::vector<LockedDependency>{};
    case source::LoadError::NotReadable: problem = std::strerror(static_cast<int>(loaded.detail)); break;
    case source::LoadError::IsFolder: problem = "it is a folder"; break;
    case source::LoadError::TooLarge: problem = "it is too large"; break;
    case source::LoadError::NotUtf8: problem = "it is not UTF-8"; break;
  }
  return std::nullopt;
}

bool pins(const LockedDependency& locked, const Dependency& wanted) {
  return locked.git == wanted.git && locked.tag == wanted.tag && (wanted.commit.empty() || locked.commit == wanted.commit);
}

std::string lockText(std::vector<LockedDependency> entries) {
  std::sort(entries.begin(), entries.end(), [](const LockedDependency& a, const LockedDependency& b) { return a.name < b.name; });
  const auto quoted = [](std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + "\"";
  };
  std::string text = "# Written by `kdsl mod`. Commit it: it pins what a build reads of other repositories.\n";
  for (const auto& entry : entries) {
    text += fmt::format("\n[{}]\ngit = {}\n", entry.name, quoted(entry.git));
    if (!entry.tag.empty()) text += fmt::format("tag = {}\n", quoted(entry.tag));
    text += fmt::format("commit = \"{}\"\nhash = \"{}\"\n", entry.commit, entry.hash);
  }
  return text;
}

std::string cacheFolder() {
  const auto variable = [](const char* name) {
    const auto* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (auto folder = variable("KDSL_CACHE"); !folder.empty()) return folder;
  if (const auto folder = variable("XDG_CACHE_HOME"); !folder.empty()) return (fs::path(folder) / "kdsl").string();
  if (const auto folder = variable("HOME"); !folder.empty()) return (fs::path(folder) / ".cache" / "kdsl").string();
  return {};
}

std::string cachedTree(const LockedDependency& dependency) {
  const auto cache = cacheFolder();
  if (cache.empty() || !isCommit(dependency.commit)) return {};
  return (fs::path(cache) / "git" / codec::sha256Hex(dependency.git).substr(0, 16) / dependency.commit).string();
}

std::string contentHash(const std::string& folder, std::string& problem) {
  std::vector<std::pair<std::string, fs::path>> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename() == ".git") {
      if (it->is_directory(error)) it.disable_recursion_pending();
      continue;
    }
    if (it->is_symlink(error) || it->is_regular_file(error)) files.emplace_back(it->path().lexically_relative(folder).generic_string(), it->path());
  }
  if (error) {
    problem = error.message();
    return {};
  }
  std::sort(files.begin(), files.end());
  std::string lines;
  for (const auto& [name, path] : files) {
    bool good = true;
    const auto bytes = fs::is_symlink(path, error) ? "link to " + fs::read_symlink(path, error).generic_string() : readFile(path, good);
    if (!good || error) {
      problem = fmt::format("`{}` cannot be read", path.string());
      return {};
    }
    lines += fmt::format("{} {}\n", codec::sha256Hex(bytes), name);
  }
  return "sha256-" + codec::sha256Hex(lines);
}

}  // namespace kdsl::query
