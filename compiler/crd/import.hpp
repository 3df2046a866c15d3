#pragma once
// `kdsl import crd` and `kdsl import openapi`: definitions of kinds to one module of kdsl source.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kdsl::crd {

enum class Format : std::uint8_t {
  Crds,     // CustomResourceDefinitions: YAML, any number of documents, lists too; or JSON, which is YAML
  OpenApi,  // what an API server says of its kinds, version 2 or 3
};

/// A file with definitions.
struct Source {
  std::string name;  // for messages
  std::string text;
};

struct Options {
  Format format = Format::Crds;
  /// Taken of the kinds that serve it. Of the others, and if it is empty, the newest of the most stable versions that are served.
  std::string version;
};

/// What an import did, for people.
struct Summary {
  std::vector<std::string> groups;            // `cert-manager.io/v1`, in order
  std::size_t kinds = 0;
  std::size_t types = 0;                      // declarations that were written
  std::size_t apiTypes = 0;                   // types of the Kubernetes API that stand for copies of them
  std::size_t schemas = 0, distinct = 0;      // schemas in the definitions, and how many of them differ
  std::size_t rulesChecked = 0;               // CEL rules that are checks now
  std::size_t rulesCarried = 0;               // and those that are documentation,
  std::size_t transitions = 0;                // of which so many are about updates
  std::size_t constraintsCarried = 0;         // what else is only documentation
  std::size_t otherDocuments = 0;             // that are no definitions
  std::size_t ofKubernetes = 0;               // kinds of OpenAPI documents that are Kubernetes' own,
  std::size_t readOnly = 0;                   // and of which nobody makes objects
};

struct Result {
  std::string module;                         // empty if there is an error
  Summary summary;
  std::vector<std::string> errors;            // each a line: place, and what is wrong
};

/// The lines (from 0) of a module at which checking finds an error.
using FindErrors = std::function<std::vector<std::size_t>(const std::string& module)>;

/// Equal input gives equal text. The module has no errors: a rule or default that `findErrors` refuses is documentation instead.
Result importDefinitions(std::span<const Source> sources, const Options& options, const FindErrors& findErrors);

}  // namespace kdsl::crd
