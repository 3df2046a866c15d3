// Code lenses: how often a declaration is used, what an `each` acts on, running tests, and the way to what a file builds.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {
namespace {

// Commands of the client: only one that has them can do something with the lens.
constexpr const char* showRendered = "kdsl.showRendered";
constexpr const char* showMatches = "kdsl.showMatches";
constexpr const char* runTest = "kdsl.runTest";

/// What a lens counts, in its `data`.
constexpr const char* ofReferences = "references";
constexpr const char* ofMatches = "matches";

bool isCounted(query::SymbolKind kind) {
  switch (kind) {
    case query::SymbolKind::Schema:
    case query::SymbolKind::Component:
    case query::SymbolKind::Fn:
    case query::SymbolKind::Type: return true;
    default: return false;
  }
}

Json lensesOf(Context& context, FileId file) {
  auto& workspace = context.workspace;
  const auto uri = workspace.uri(file);
  Json lenses = Json::array();
  const auto count = [&](Span span, const char* what) {
    const auto range = workspace.range(file, span);
    lenses.push_back({{"range", range}, {"data", {{"uri", uri}, {"position", range.start}, {"counts", what}}}});
  };
  bool builds = false;
  for (const auto& symbol : workspace.assistant().symbols(file)) {
    builds = builds || symbol.kind == query::SymbolKind::Resource;
    if (isCounted(symbol.kind)) count(symbol.nameSpan, ofReferences);
    if (symbol.kind == query::SymbolKind::Test && workspace.client.commands.contains(runTest))
      lenses.push_back({{"range", workspace.range(file, symbol.nameSpan)}, {"command", {{"title", "Run test"}, {"command", runTest}, {"arguments", {uri, symbol.name}}}}});
  }
  for (const auto& clause : workspace.assistant().clauses(file)) count(clause.span, ofMatches);
  if (builds && workspace.client.commands.contains(showRendered)) {
    const Range top{{0, 0}, {0, 0}};
    lenses.push_back({{"range", top}, {"command", {{"title", "Show YAML"}, {"command", showRendered}, {"arguments", {uri}}}}});
  }
  return lenses;
}

Json referencesCommand(Workspace& workspace, FileId file, std::uint32_t offset) {
  workspace.loadProject();
  const auto count = workspace.assistant().references(file, offset, /*withDeclaration=*/false).size();
  const auto title = count == 0 ? std::string("not used") : std::to_string(count) + (count == 1 ? " reference" : " references");
  return {{"title", title}, {"command", ""}};
}

std::string counted(std::size_t count) { return count == 0 ? "matches nothing" : count == 1 ? "1 match" : std::to_string(count) + " matches"; }

/// "3 matches", or what there is in which target: "dev: 3 matches, prod: 4 matches".
Json matchesCommand(Context& context, FileId file, std::uint32_t offset) {
  auto& workspace = context.workspace;
  const auto views = workspace.assistant().clauseMatches(file, offset, valueOptions(context));
  if (views.empty()) return {{"title", "not evaluated"}, {"command", ""}};
  const bool areEqual = std::all_of(views.begin(), views.end(), [&](const query::MatchesInView& view) { return view.matches.size() == views.front().matches.size(); });
  std::string title;
  Json found = Json::array();
  std::vector<query::ClauseMatch> known;
  for (const auto& view : views) {
    if (!areEqual) title += (title.empty() ? "" : ", ") + view.view.target + ": " + counted(view.matches.size());
    for (const auto& match : view.matches) {
      if (std::find(known.begin(), known.end(), match) != known.end()) continue;
      known.push_back(match);
      found.push_back({{"path", match.path}, {"location", base::valid(match.made.file) ? Json(workspace.location(match.made)) : Json()}});
    }
  }
  if (areEqual) title = counted(views.front().matches.size());
  if (known.empty() || !workspace.client.commands.contains(showMatches)) return {{"title", title}, {"command", ""}};
  return {{"title", title}, {"command", showMatches}, {"arguments", {workspace.uri(file), workspace.position(file, offset), std::move(found)}}};
}

}  // namespace

void registerCodeLenses(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/codeLens", [&context](const Json& params) -> RequestResult {
    const auto file = context.workspace.file(params);
    return file ? lensesOf(context, *file) : Json();
  });

  // Counting looks through the whole project or evaluates it: only for those lenses that are in sight.
  dispatcher.onRequest("codeLens/resolve", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    Json lens = params;
    const auto& data = at(params, {"data"});
    const auto file = workspace.fileOf(textOr(data, "uri"));
    if (!file) return lens;
    const auto offset = workspace.offset(*file, data.at("position").get<Position>());
    lens["command"] = textOr(data, "counts") == ofMatches ? matchesCommand(context, *file, offset) : referencesCommand(workspace, *file, offset);
    return lens;
  });
}

}  // namespace kdsl::lsp
