// What a file builds: `kdsl/rendered`, and as virtual documents for clients of protocol 3.18.
#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "lsp/protocol/uri.hpp"

namespace kdsl::lsp {
namespace {

constexpr std::string_view renderedScheme = "kdsl-rendered:";

std::string joined(const query::BuildResult& build) {
  std::string text;
  for (const auto& object : build.objects) text += (text.empty() ? "" : "---\n") + object.text;
  return text;
}

query::BuildOptions optionsOf(const Context& context, const Json& params) {
  query::BuildOptions options;
  options.limits.stop = &context.cancelled;
  const auto& parameters = at(params, {"parameters"});
  if (parameters.is_object()) {
    for (const auto& [name, value] : parameters.items())
      options.parameters.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
  }
  return options;
}

/// What stands in the document instead of YAML when there is none.
std::string problemsAsComment(const query::BuildResult& build) {
  std::string text;
  for (const auto& one : build.diagnostics) {
    if (one.severity == diag::Severity::Error) text += "# " + diag::codeText(one) + ": " + diag::message(one) + "\n";
  }
  return text;
}

}  // namespace

RequestResult renderedOf(Context& context, const Json& params) {
  const auto file = context.workspace.file(params);
  if (!file) return RequestError{ErrorCode::RequestFailed, "there is no such file"};
  const auto build = context.workspace.session().build(*file, optionsOf(context, params));
  Json objects = Json::array();
  for (const auto& object : build.objects) {
    objects.push_back({{"apiVersion", object.apiVersion},
                       {"kind", object.kind},
                       {"name", object.name},
                       {"namespace", object.namespace_},
                       {"text", object.text}});
  }
  Json problems = Json::array();
  for (const auto& one : build.diagnostics) problems.push_back(diag::codeText(one) + ": " + diag::message(one));
  return Json{{"ok", build.ok}, {"text", joined(build)}, {"objects", std::move(objects)}, {"problems", std::move(problems)}};
}

void registerRendered(Dispatcher& dispatcher, Context& context) {
  // {textDocument, parameters?: {name: text}} → {ok, text, objects: [{apiVersion, kind, name, namespace, text}], problems}
  dispatcher.onRequest("kdsl/rendered", [&context](const Json& params) { return renderedOf(context, params); });

  dispatcher.onRequest("workspace/textDocumentContent", [&context](const Json& params) -> RequestResult {
    const auto& uri = params.at("uri").get_ref<const std::string&>();
    const bool isRendered = uri.starts_with(renderedScheme);
    // `kdsl-rendered:///a/web.kdsl.yaml` is what /a/web.kdsl builds: the extension makes editors show it as YAML.
    auto source = isRendered ? "file:" + uri.substr(renderedScheme.size()) : uri;
    if (isRendered && source.ends_with(".yaml")) source.resize(source.size() - 5);
    const auto file = context.workspace.fileOf(source);
    if (!file) return RequestError{ErrorCode::RequestFailed, "there is no such file"};
    if (!isRendered) return Json{{"text", context.workspace.text(*file)}};
    const auto build = context.workspace.session().build(*file, optionsOf(context, Json()));
    return Json{{"text", problemsAsComment(build) + joined(build)}};
  });
}

}  // namespace kdsl::lsp
