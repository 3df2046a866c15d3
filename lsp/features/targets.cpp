// The targets of a project, and how two builds differ.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "lsp/features/build_choice.hpp"
#include "query/paths.hpp"

namespace kdsl::lsp {
namespace {

std::string_view nameOf(delta::Change change) {
  switch (change) {
    case delta::Change::Added: return "added";
    case delta::Change::Removed: return "removed";
    case delta::Change::Changed: return "changed";
    case delta::Change::Reordered: return "reordered";
  }
  return "";
}

/// A side of a comparison, with what its objects point into.
struct Side {
  ChosenBuild build;
  query::ObjectSet objects;
};

Json placeIn(Context& context, const Side& side, const source::Location& at) {
  // What was at a revision is in a copy that is gone when the answer is read.
  if (side.build.own != nullptr || !base::valid(at.file)) return nullptr;
  return context.workspace.location(at);
}

Json fieldJson(Context& context, const Side& before, const Side& after, const delta::ObjectChange& change, const delta::FieldChange& field) {
  Json json = {{"change", nameOf(field.change)}, {"path", field.path}, {"hidden", field.isHidden}, {"refused", field.isRefused}};
  if (!field.before.empty()) json["before"] = field.before;
  if (!field.after.empty()) json["after"] = field.after;
  const auto places = query::placesOf(before.objects, after.objects, change, field);
  json["beforeLocation"] = placeIn(context, before, places.before);
  json["afterLocation"] = placeIn(context, after, places.after);
  return json;
}

/// Of two targets, the namespaces that they are in, as `kdsl diff` takes them; none if it is one target at two times.
delta::NamespacePair namespacesOf(const Side& before, const Side& after) {
  const auto own = [](const Side& side) {
    const auto* target = side.build.options.target;
    return target == nullptr ? std::string() : target->namespace_.empty() ? query::onlyNamespace(side.objects) : target->namespace_;
  };
  const auto *first = before.build.options.target, *second = after.build.options.target;
  if (first == nullptr || second == nullptr || first->name == second->name) return {};
  delta::NamespacePair pair{own(before), own(after)};
  if (pair.before.empty() || pair.after.empty()) return {};
  return pair;
}

}  // namespace

RequestResult targetsOf(Context& context, const Json& params) {
  auto& workspace = context.workspace;
  const auto file = workspace.file(params);
  if (!file) return RequestError{ErrorCode::RequestFailed, "there is no such file"};
  auto& session = workspace.session();
  const auto& path = session.files()[*file].path;
  const auto folder = path.starts_with('/') ? query::findProjectFolder(path) : std::string();
  Json targets = Json::array();
  if (folder.empty()) return Json{{"project", nullptr}, {"targets", std::move(targets)}};
  std::vector<diag::Diagnostic> diagnostics;
  const auto views = session.viewsOf(*file);
  const auto* project = session.project(folder, diagnostics);
  if (project == nullptr) return RequestError{ErrorCode::RequestFailed, "project.kdsl has errors"};
  for (const auto& target : project->targets) {
    const auto root = session.openTarget(*project, target, diagnostics);
    const bool reads = std::any_of(views.begin(), views.end(), [&](const query::BuildView& view) { return view.target == target.name; });
    Json json = {{"name", target.name}, {"location", workspace.location(target.at)}, {"reads", reads}};
    if (base::valid(root)) {
      json["root"] = workspace.uri(root);
      json["rendered"] = BuildChoice{workspace.uri(root), target.name, {}, {}}.renderedUri();
    }
    targets.push_back(std::move(json));
  }
  return Json{{"project", workspace.uri(project->file)}, {"targets", std::move(targets)}};
}

RequestResult differenceOf(Context& context, const Json& params) {
  Side before, after;
  for (const auto& [side, name] : {std::pair{&before, "before"}, std::pair{&after, "after"}}) {
    side->build = openBuild(context, BuildChoice::read(params.at(name)));
    if (!side->build.problem.empty()) return RequestError{ErrorCode::RequestFailed, side->build.problem};
  }
  Json problems = Json::array();
  for (auto* side : {&before, &after}) {
    side->objects = side->build.session->objects(side->build.root, side->build.options);
    if (context.cancelled) return RequestError{ErrorCode::RequestCancelled, "cancelled"};
    for (const auto& one : side->objects.diagnostics) {
      if (one.severity == diag::Severity::Error) problems.push_back(diag::codeText(one) + ": " + diag::message(one));
    }
  }
  if (!before.objects.ok || !after.objects.ok) return Json{{"ok", false}, {"problems", std::move(problems)}, {"objects", Json::array()}};
  const auto comparison = query::compare(before.objects, after.objects, after.build.session->kubernetesMinor(), namespacesOf(before, after));
  Json objects = Json::array();
  for (const auto& change : comparison.changes) {
    const bool isRemoved = change.change == delta::Change::Removed;
    const auto& side = isRemoved ? before : after;
    const auto& object = side.objects.objects[isRemoved ? change.before : change.after];
    Json fields = Json::array();
    for (const auto& field : change.fields) fields.push_back(fieldJson(context, before, after, change, field));
    objects.push_back({{"change", nameOf(change.change)},
                       {"apiVersion", object.apiVersion},
                       {"kind", object.kind},
                       {"namespace", object.namespaceName},
                       {"name", object.name},
                       {"recreate", change.mustBeRecreated()},
                       {"location", placeIn(context, side, side.objects.placeOf(isRemoved ? change.before : change.after))},
                       {"fields", std::move(fields)}});
  }
  return Json{{"ok", true},
              {"problems", std::move(problems)},
              {"objects", std::move(objects)},
              {"namespaces", {{"before", comparison.namespaces.before}, {"after", comparison.namespaces.after}}},
              {"summary", {{"changed", comparison.changed}, {"added", comparison.added}, {"removed", comparison.removed}}}};
}

void registerTargets(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("kdsl/targets", [&context](const Json& params) { return targetsOf(context, params); });
  dispatcher.onRequest("kdsl/diff", [&context](const Json& params) { return differenceOf(context, params); });
}

}  // namespace kdsl::lsp
