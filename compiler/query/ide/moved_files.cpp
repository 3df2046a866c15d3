#include "query/ide/moved_files.hpp"

#include <algorithm>
#include <filesystem>

#include "query/paths.hpp"

namespace kdsl::query {

namespace {

constexpr std::string_view extension = ".kdsl";

/// Where a path is after the moves.
std::string moved(const std::string& path, const Moves& moves) {
  for (const auto& [from, to] : moves) {
    if (path == from) return to;
    if (path.size() > from.size() && path.starts_with(from) && path[from.size()] == '/') return to + path.substr(from.size());
  }
  return path;
}

std::string relativeTo(const std::string& folder, const std::string& path) {
  auto relative = std::filesystem::path(path).lexically_relative(folder).string();
  return relative.starts_with("../") ? relative : "./" + relative;
}

}  // namespace

void addMoveEdits(const Facts& facts, const Moves& moves, Rename& out) {
  const auto& here = (*facts.files)[facts.file].path;
  if (!here.starts_with('/')) return;
  const auto oldFolder = folderOf(here);
  const auto newFolder = folderOf(moved(here, moves));
  const auto look = [&](const hir::FilePath& path) {
    const auto written = base::text(path.path);
    if (!written.starts_with("./") && !written.starts_with("../")) return;
    const auto target = joinPath(oldFolder, written);
    // A module may be named without its extension.
    const bool isShort = path.use != hir::PathUse::Embed && path.use != hir::PathUse::EmbedFolder && !target.ends_with(extension);
    const bool isModule = isShort && std::filesystem::path(target).extension().empty();
    auto now = moved(isModule ? target + std::string(extension) : target, moves);
    if (isModule && now.ends_with(extension)) now.resize(now.size() - extension.size());
    if (now == target && oldFolder == newFolder) return;
    const auto text = relativeTo(newFolder, now);
    if (text == written) return;
    const auto source = facts.text().substr(path.span.begin, path.span.size());
    // Only plain texts are rewritten; one with escapes is too rare to be worth the risk.
    if (source != "\"" + std::string(written) + "\"") return;
    const source::Location at{facts.file, {path.span.begin + 1, path.span.end - 1}};
    // `import { a, b } from` has one path for several names.
    const bool isKnown = std::any_of(out.edits.begin(), out.edits.end(), [&](const RenameEdit& edit) { return edit.at == at; });
    if (!isKnown) out.edits.push_back({at, text});
  };
  for (const auto& path : facts.hir().imports) look(path);
  for (const auto& path : facts.hir().embeds) look(path);
}

}  // namespace kdsl::query
