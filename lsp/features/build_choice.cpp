#include "lsp/features/build_choice.hpp"

#include <nlohmann/json.hpp>

#include "lsp/protocol/uri.hpp"
#include "query/paths.hpp"

namespace kdsl::lsp {
namespace {

constexpr std::string_view scheme = "kdsl-rendered:";
constexpr std::string_view extension = ".yaml";

/// The value of one part of `target=prod&revision=HEAD`; some clients escape `=` and `&` as well.
std::string valueOf(std::string_view query, std::string_view name) {
  for (std::size_t at = 0; at < query.size();) {
    const auto end = std::min(query.find('&', at), query.size());
    const auto part = query.substr(at, end - at);
    if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) return std::string(part.substr(name.size() + 1));
    at = end + 1;
  }
  return {};
}

}  // namespace

bool isRenderedUri(std::string_view uri) { return uri.starts_with(scheme); }

BuildChoice BuildChoice::read(const Json& params) {
  BuildChoice choice;
  choice.uri = params.at("textDocument").at("uri").get<std::string>();
  choice.target = textOr(params, "target");
  choice.revision = textOr(params, "revision");
  const auto& parameters = at(params, {"parameters"});
  if (parameters.is_object()) {
    for (const auto& [name, value] : parameters.items()) choice.parameters.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
  }
  return choice;
}

BuildChoice BuildChoice::ofRendered(const std::string& uri) {
  BuildChoice choice;
  const auto tail = std::min(uri.find_first_of("?#"), uri.size());
  choice.uri = "file:" + uri.substr(scheme.size(), tail - scheme.size());
  if (choice.uri.ends_with(extension)) choice.uri.resize(choice.uri.size() - extension.size());
  if (tail == uri.size() || uri[tail] != '?') return choice;
  const auto query = decodedUri(std::string_view(uri).substr(tail + 1, uri.find('#', tail) - tail - 1));
  choice.target = valueOf(query, "target");
  choice.revision = valueOf(query, "revision");
  return choice;
}

std::string BuildChoice::renderedUri() const {
  std::string query;
  if (!target.empty()) query += "?target=" + encodedUri(target);
  if (!revision.empty()) query += (query.empty() ? "?revision=" : "&revision=") + encodedUri(revision);
  const auto file = uriOfPath(pathOfUri(uri));
  return std::string(scheme) + file.substr(file.find(':') + 1) + std::string(extension) + query;
}

std::string BuildChoice::key() const {
  auto text = renderedUri();
  for (const auto& parameter : parameters) text += '\n' + parameter.name + '=' + parameter.text;
  return text;
}

ChosenBuild openBuild(Context& context, const BuildChoice& choice) {
  ChosenBuild build;
  std::vector<diag::Diagnostic> diagnostics;
  const auto failed = [&](std::string problem) {
    build.problem = std::move(problem);
    return std::move(build);
  };
  auto path = pathOfUri(choice.uri);
  auto folder = choice.target.empty() ? std::string() : query::findProjectFolder(path);
  if (!choice.target.empty() && folder.empty()) return failed("there is no project.kdsl above `" + path + "`");
  build.session = &context.workspace.session();
  if (!choice.revision.empty()) {
    if (!context.revisions.areKnown()) return failed("this server knows no revisions");
    const auto file = folder.empty() ? path : query::joinPath(folder, query::projectFileName);
    const auto request = context.dispatcher.request().dump();
    auto fetched = context.revisions.find(request, file, choice.revision);
    if (!fetched) {
      context.dispatcher.await([&context, request, file, revision = choice.revision] { context.revisions.fetch(request, file, revision); });
      return failed("it is being fetched");
    }
    if (fetched->tree == nullptr) return failed(fetched->problem);
    build.tree = std::move(fetched->tree);
    query::Options options;
    options.followsProjects = true;
    build.own = std::make_unique<query::Session>(options);
    build.session = build.own.get();
    path = build.tree->path();
    if (!folder.empty()) folder = query::folderOf(path);
  }
  build.options.parameters = choice.parameters;
  build.options.limits.stop = &context.cancelled;
  if (folder.empty()) {
    const auto file = build.own != nullptr ? build.session->open(path, diagnostics) : context.workspace.fileOf(choice.uri).value_or(base::none<FileId>);
    if (!base::valid(file)) return failed("there is no such file");
    build.root = file;
    return build;
  }
  build.options.project = build.session->project(folder, diagnostics);
  if (build.options.project == nullptr) return failed("project.kdsl has errors");
  build.options.target = build.options.project->target(choice.target);
  if (build.options.target == nullptr) return failed("the project has no target `" + choice.target + "`");
  build.root = build.session->openTarget(*build.options.project, *build.options.target, diagnostics);
  if (!base::valid(build.root)) return failed("the target `" + choice.target + "` has no file `" + build.options.target->file + "`");
  return build;
}

}  // namespace kdsl::lsp
