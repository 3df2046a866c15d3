#include <fmt/format.h>

#include <algorithm>

#include "base/near_name.hpp"
#include "eval/build.hpp"
#include "eval/place_path.hpp"
#include "eval/provenance_reader.hpp"
#include "query/build.hpp"
#include "query/build_setup.hpp"

namespace kdsl::query {
namespace {

/// An object of the build by its name: `Deployment/web`, `Deployment/shop/web`.
struct Named {
  eval::Place* place;
  std::string name;
  std::string longName;  // with the namespace; empty without one
};

std::vector<Named> namedObjects(eval::Evaluator& evaluator, eval::Place* root) {
  eval::BuildWalk walk(evaluator);
  walk.root(root);
  std::vector<Named> found;
  for (const auto& object : walk.objects()) {
    const auto metadata = evaluator.force(evaluator.child(object.place, base::intern("metadata")));
    if (!metadata.is(eval::ValueKind::Record)) continue;
    const auto text = [&](const char* field) {
      const auto value = evaluator.force(evaluator.child(metadata.asRecord(), base::intern(field)));
      return value.is(eval::ValueKind::String) ? std::string(value.asString()) : std::string();
    };
    const auto kind = base::text(evaluator.program().nominal(object.kind).name);
    const auto name = text("name"), space = text("namespace");
    found.push_back({object.place, fmt::format("{}/{}", kind, name), space.empty() ? std::string() : fmt::format("{}/{}/{}", kind, space, name)});
  }
  return found;
}

bool namesObject(std::string_view path) {
  const auto slash = path.find('/');
  return slash != std::string_view::npos && slash != 0 && path[0] >= 'A' && path[0] <= 'Z' && path.find_first_of(".[:") > slash;
}

/// Names may hold colons, so the known names are tried.
eval::FoundPlace findInObject(eval::Evaluator& evaluator, eval::Place* root, std::string_view path) {
  eval::FoundPlace result;
  std::vector<const Named*> fitting;
  std::string_view rest;
  const auto objects = namedObjects(evaluator, root);
  for (const auto& object : objects) {
    for (const auto* name : {&object.name, &object.longName}) {
      if (name->empty() || !path.starts_with(*name) || (path.size() > name->size() && path[name->size()] != ':')) continue;
      fitting.push_back(&object);
      rest = path.substr(std::min(path.size(), name->size() + 1));
    }
  }
  if (fitting.size() == 1) return eval::findPlace(evaluator, fitting[0]->place, evaluator.pathOf(fitting[0]->place), rest);
  const auto asked = path.substr(0, path.find(':'));
  if (fitting.empty()) {
    std::vector<std::string_view> names;
    names.reserve(objects.size());
    for (const auto& object : objects) names.push_back(object.name);
    std::string list;
    for (std::size_t i = 0; i < names.size() && i < 8; ++i) list += fmt::format("{}`{}`", i == 0 ? "" : ", ", names[i]);
    result.near = std::string(base::nearest(asked, names));
    result.problem = fmt::format("the build makes no `{}`{}", asked, names.empty() ? "; it makes no objects" : result.near.empty() ? fmt::format("; it makes {}{}", list, names.size() > 8 ? ", …" : "") : "");
    return result;
  }
  std::string list;
  for (const auto* object : fitting) list += fmt::format("{}`{}`", list.empty() ? "" : " and ", object->longName.empty() ? evaluator.pathOf(object->place) : object->longName);
  result.problem = fmt::format("the build makes several `{}`: {}", asked, list);
  return result;
}

}  // namespace

WhyResult whyIn(LoadedFiles& files, sema::Workspace& workspace, FileId root, std::string_view path, const BuildOptions& options) {
  WhyResult result;
  const auto hasErrors = [&] {
    return std::any_of(result.diagnostics.begin(), result.diagnostics.end(), [](const diag::Diagnostic& diagnostic) { return diagnostic.severity == diag::Severity::Error; });
  };
  const auto setup = setUp(files, workspace, root, options, result.diagnostics);
  if (!setup.ok) return result;
  result.diagnostics.clear();  // warnings belong to builds

  diag::Sink sink;
  eval::Evaluator evaluator(workspace, *setup.inputs, sink, options.limits);
  auto* module = rootOf(evaluator, setup, root, options);
  // Params from outside that do not fit are errors of the question, not of a value.
  result.diagnostics = sink.all();
  if (hasErrors()) return result;
  const auto found = namesObject(path) ? findInObject(evaluator, module, path) : eval::findPlace(evaluator, module, {}, path);
  result.rest = found.rest;
  result.problem = found.problem;
  result.near = found.near;
  result.deletedAt = found.deletedAt;
  if (found.place != nullptr && evaluator.force(found.place).isError()) {
    result.problem = fmt::format("`{}` has an error", found.path);
  } else if (found.place != nullptr) {
    eval::ProvenanceReader reader(evaluator);
    result.provenance = reader.of(found.place, found.path);
    return result;
  }
  // A path that leads nowhere may do so because of an error on its way.
  result.diagnostics = sink.all();
  return result;
}

std::string_view nameOf(eval::Effect effect) {
  switch (effect) {
    case eval::Effect::Sets: return "sets";
    case eval::Effect::Merges: return "merges";
    case eval::Effect::Appends: return "appends";
    case eval::Effect::Prepends: return "prepends";
    case eval::Effect::Deletes: return "deletes";
    case eval::Effect::External: return "external";
    case eval::Effect::Below: return "below";
    case eval::Effect::Overridden: return "overridden";
    case eval::Effect::Dropped: return "dropped";
    case eval::Effect::Idle: return "idle";
  }
  return "";
}

std::string_view nameOf(eval::Setting::Origin origin) {
  switch (origin) {
    case eval::Setting::Origin::Source: return "source";
    case eval::Setting::Origin::Default: return "default";
    case eval::Setting::Origin::CommandLine: return "command-line";
    case eval::Setting::Origin::Server: return "server";
  }
  return "";
}

std::string_view nameOf(eval::Detour::Kind kind) {
  switch (kind) {
    case eval::Detour::Kind::Each: return "each";
    case eval::Detour::Kind::Spread: return "spread";
    case eval::Detour::Kind::Copy: return "copy";
  }
  return "";
}

}  // namespace kdsl::query
