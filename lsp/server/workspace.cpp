#include "lsp/server/workspace.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <nlohmann/json.hpp>

#include "lsp/protocol/uri.hpp"
#include "query/project_files.hpp"
#include "source/loader.hpp"

namespace kdsl::lsp {
namespace {

/// The time of a file's last change, or 0.
std::int64_t diskTime(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  return error ? 0 : static_cast<std::int64_t>(time.time_since_epoch().count());
}

constexpr auto scanInterval = std::chrono::seconds(1);

bool isOnDisk(const source::File& file) { return !file.builtIn && file.path.starts_with('/'); }

}  // namespace

Workspace::Workspace() = default;

void Workspace::setFolders(const std::vector<std::string>& uris) {
  folders_.clear();
  changeFolders(uris, {});
}

void Workspace::changeFolders(const std::vector<std::string>& added, const std::vector<std::string>& removed) {
  for (const auto& uri : removed) std::erase(folders_, pathOfUri(uri));
  for (const auto& uri : added) {
    auto path = pathOfUri(uri);
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    if (path.starts_with('/') && std::find(folders_.begin(), folders_.end(), path) == folders_.end()) folders_.push_back(std::move(path));
  }
  isProjectStale_ = true;
}

std::vector<std::string> Workspace::searchedFolders() const {
  if (!folders_.empty()) return folders_;
  std::set<std::string> projects;
  for (const auto& [path, document] : documents_) {
    if (!path.starts_with('/')) continue;
    if (auto project = query::projectOf(path); !project.empty()) projects.insert(std::move(project));
  }
  return {projects.begin(), projects.end()};
}

void Workspace::loadProject() {
  flush();
  const auto now = std::chrono::steady_clock::now();
  const bool mayHaveChanged = !client.watchesFiles && now - lastScan_ > scanInterval;
  if (!isProjectStale_ && !mayHaveChanged) return;
  lastScan_ = now;
  isProjectStale_ = false;
  projectFiles_.clear();
  for (const auto& folder : searchedFolders()) {
    for (const auto& path : query::modulesBelow(folder)) {
      if (stop_ != nullptr && *stop_) {
        isProjectStale_ = true;
        return;
      }
      std::vector<diag::Diagnostic> problems;
      const auto file = session_.open(path, problems);
      if (base::valid(file) && std::find(projectFiles_.begin(), projectFiles_.end(), file) == projectFiles_.end()) projectFiles_.push_back(file);
    }
  }
}

FileId Workspace::open(const std::string& uri, std::int64_t version, std::string text) {
  const auto path = pathOfUri(uri);
  Document document;
  document.uri = uri;
  document.version = version;
  const auto known = session_.find(path);
  if (base::valid(known) && session_.files()[known].builtIn) {
    // A module of the binary, shown read-only.
    document.file = known;
    document.buffer.replaceAll(session_.files()[known].text);
  } else {
    document.buffer.replaceAll(text);
    document.file = session_.openText(path, std::move(text));
    // Others may import what is on no disk yet, or was not when they were checked: it may be known through one that was checked since.
    session_.fileAppeared();
    assistant_.changed();
  }
  isPrepared_ = false;
  return documents_.insert_or_assign(path, std::move(document)).first->second.file;
}

std::optional<FileId> Workspace::change(const std::string& uri, std::int64_t version, const Json& changes) {
  const auto found = documents_.find(pathOfUri(uri));
  if (found == documents_.end()) return std::nullopt;
  auto& document = found->second;
  if (session_.files()[document.file].builtIn) return std::nullopt;
  document.version = version;
  document.dirty = true;
  for (const auto& change : changes) {
    const auto& text = change.at("text").get_ref<const std::string&>();
    if (change.contains("range")) {
      document.buffer.replace(change.at("range").get<Range>(), text, client.unit);
    } else {
      document.buffer.replaceAll(text);
    }
  }
  return document.file;
}

std::optional<FileId> Workspace::close(const std::string& uri) {
  const auto found = documents_.find(pathOfUri(uri));
  if (found == documents_.end()) return std::nullopt;
  const auto file = found->second.file;
  documents_.erase(found);
  assistant_.closed(file);
  if (!session_.files()[file].builtIn) {
    session_.closeText(file);
    assistant_.changed();
  }
  return file;
}

const Document* Workspace::documentOf(FileId file) const {
  for (const auto& [path, document] : documents_) {
    if (document.file == file) return &document;
  }
  return nullptr;
}

bool Workspace::changedOnDisk(const std::string& path) {
  if (documents_.contains(path)) return false;
  const auto file = session_.find(path);
  if (!base::valid(file)) {
    isProjectStale_ = true;
    // Besides imports, a project may name it.
    if (!session_.fileAppeared() && !path.ends_with(".kdsl")) return false;
    assistant_.changed();
    return true;
  }
  session_.fileChanged(path);
  session_.fileAppeared();  // it may have been known to one importer, and missing for another that was checked before
  assistant_.changed();
  diskTimes_[base::index(file)] = diskTime(path);
  return true;
}

bool Workspace::changedOnDisk() {
  bool any = false;
  const auto count = session_.files().size();
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto& file = session_.files()[FileId{i}];
    if (!isOnDisk(file) || documents_.contains(file.path)) continue;
    const auto now = diskTime(file.path);
    const auto [known, added] = diskTimes_.try_emplace(i, now);
    if (!added && known->second != now) any = changedOnDisk(std::string(file.path)) || any;
  }
  return any;
}

void Workspace::flush() {
  for (auto& [path, document] : documents_) {
    if (!document.dirty) continue;
    document.dirty = false;
    // Beyond the limit of a file nothing can be said about the text.
    session_.setText(document.file, document.buffer.text().size() > source::maxFileBytes ? std::string() : document.buffer.text());
    assistant_.changed();
  }
}

query::Session& Workspace::session() {
  flush();
  return session_;
}

query::Assistant& Workspace::assistant() {
  flush();
  return assistant_;
}

void Workspace::prepare() {
  flush();
  isPrepared_ = std::ranges::none_of(documents_, [this](const auto& known) { return assistant_.prepare(known.second.file); });
}

std::optional<FileId> Workspace::fileOf(const std::string& uri) {
  flush();
  const auto path = pathOfUri(uri);
  if (const auto found = documents_.find(path); found != documents_.end()) return found->second.file;
  if (const auto known = session_.find(path); base::valid(known)) return known;
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<diag::Diagnostic> problems;
  const auto file = session_.open(path, problems);
  if (!base::valid(file)) return std::nullopt;
  return file;
}

std::optional<FileId> Workspace::file(const Json& params) {
  return fileOf(params.at("textDocument").at("uri").get_ref<const std::string&>());
}

std::uint32_t Workspace::offset(FileId file, Position position) {
  const auto& source = session().files()[file];
  return source.lines().offset(source.text, {position.line, position.character}, client.unit);
}

Span Workspace::span(FileId file, const Range& range) {
  const auto a = offset(file, range.start), b = offset(file, range.end);
  return {std::min(a, b), std::max(a, b)};
}

Position Workspace::position(FileId file, std::uint32_t offset) {
  const auto& source = session().files()[file];
  const auto found = source.lines().lineColumn(source.text, offset, client.unit);
  return {found.line, found.column};
}

Range Workspace::range(FileId file, Span span) { return {position(file, span.begin), position(file, span.end)}; }

std::string Workspace::uri(FileId file) {
  const auto* document = documentOf(file);
  return document != nullptr ? document->uri : uriOfPath(session_.files()[file].path);
}

Location Workspace::location(const source::Location& place) { return {uri(place.file), range(place.file, place.span)}; }

std::string_view Workspace::text(FileId file) { return session().files()[file].text; }

std::optional<Place> placeOf(Workspace& workspace, const Json& params) {
  const auto file = workspace.file(params);
  if (!file) return std::nullopt;
  return Place{*file, workspace.offset(*file, params.at("position").get<Position>())};
}

}  // namespace kdsl::lsp
