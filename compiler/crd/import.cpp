#include "crd/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "codec/read.hpp"
#include "crd/definitions.hpp"
#include "crd/module_writer.hpp"
#include "crd/names.hpp"
#include "crd/openapi.hpp"

namespace kdsl::crd {
namespace {

/// Refused lines are withdrawn at once; what they hid may come up once more.
constexpr int maxRounds = 4;

std::string placeOf(const Source& source, std::uint32_t offset) {
  const auto before = std::string_view(source.text).substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto start = before.rfind('\n');
  return fmt::format("{}:{}:{}", source.name, line, offset - (start == std::string_view::npos ? 0 : start + 1) + 1);
}

std::string_view lineOf(std::string_view text, std::size_t line) {
  for (; line > 0 && text.find('\n') != std::string_view::npos; --line) text.remove_prefix(text.find('\n') + 1);
  return text.substr(0, text.find('\n'));
}

/// For a hint only.
bool looksLikeOpenApi(const Source& source) { return source.text.find("\"openapi\"") != std::string::npos || source.text.find("\"swagger\"") != std::string::npos; }

void readSource(const Source& source, const Options& options, SchemaTable& table, Definitions& definitions, Summary& summary, std::vector<std::string>& errors) {
  // Documents of API servers are JSON, whose reader is faster.
  const auto first = source.text.find_first_not_of(" \t\r\n");
  const bool isJson = options.format == Format::OpenApi && first != std::string::npos && source.text[first] == '{';
  const auto read = isJson ? codec::readJson(source.text) : codec::readYaml(source.text);
  if (const auto* error = read.firstError()) {
    errors.push_back(fmt::format("{}: {}", placeOf(source, error->span.begin), codec::describe(*error)));
    return;
  }
  const auto before = definitions.faults.size();
  if (options.format == Format::Crds) readDefinitions(read.documents, options.version, table, definitions);
  for (const auto& document : read.documents) {
    if (options.format == Format::Crds || document.isNull()) continue;
    const auto kinds = kindsOfOpenApi(document);
    if (!kinds.fault.empty()) definitions.faults.push_back(kinds.fault);
    summary.ofKubernetes += kinds.ofKubernetes;
    summary.readOnly += kinds.readOnly;
    readDefinitions(kinds.definitions, options.version, table, definitions);
  }
  for (auto i = before; i < definitions.faults.size(); ++i) errors.push_back(fmt::format("{}: {}", source.name, definitions.faults[i]));
}

}  // namespace

Result importDefinitions(std::span<const Source> sources, const Options& options, const FindErrors& findErrors) {
  Result result;
  SchemaTable table;
  Definitions definitions;
  for (const auto& source : sources) readSource(source, options, table, definitions, result.summary, result.errors);
  definitions.faults.clear();
  finish(definitions);
  for (auto& fault : definitions.faults) result.errors.push_back(std::move(fault));
  if (definitions.kinds.empty() && result.errors.empty()) {
    const bool isOpenApi = std::any_of(sources.begin(), sources.end(), looksLikeOpenApi);
    result.errors.push_back(options.format == Format::Crds ? std::string("there is no CustomResourceDefinition in the input") + (isOpenApi ? "; an OpenAPI document is read by `kdsl import openapi`" : "")
                                                           : fmt::format("there are no kinds beyond those of Kubernetes, which need no import: {} of its own, {} of which nobody makes objects",
                                                                         result.summary.ofKubernetes, result.summary.readOnly));
  }
  if (!result.errors.empty()) return result;

  ApiTypes api(table, kubernetes::SchemaPack::newest());
  const Names names(definitions.kinds, table, api);
  std::set<Claim> withdrawn;
  ModuleText module;
  for (int round = 0; round < maxRounds; ++round) {
    module = writeModule(definitions.kinds, names, table, withdrawn);
    const auto refused = findErrors(module.text);
    if (refused.empty()) break;
    const auto known = withdrawn.size();
    for (const auto line : refused) {
      if (line < module.claims.size() && module.claims[line].kind != Claim::Kind::None) withdrawn.insert(module.claims[line]);
    }
    if (withdrawn.size() == known || round + 1 == maxRounds) {
      result.errors.push_back(fmt::format("the module would have an error, please report this: {}", lineOf(module.text, refused.front())));
      return result;
    }
  }
  result.module = std::move(module.text);
  auto& summary = result.summary;
  for (const auto& kind : definitions.kinds) {
    auto group = kind.group + "/" + kind.version;
    if (std::find(summary.groups.begin(), summary.groups.end(), group) == summary.groups.end()) summary.groups.push_back(std::move(group));
  }
  summary.kinds = definitions.kinds.size();
  summary.types = names.all().size();
  summary.apiTypes = names.apiTypes().size();
  summary.schemas = table.uses();
  summary.distinct = table.size();
  summary.rulesChecked = module.rulesChecked;
  summary.rulesCarried = module.rulesCarried;
  summary.transitions = module.transitions;
  summary.constraintsCarried = module.constraintsCarried;
  summary.otherDocuments = definitions.otherDocuments;
  return result;
}

}  // namespace kdsl::crd
