#pragma once
// From a checked root to its objects.
#include <functional>

#include "query/loaded_files.hpp"
#include "query/session.hpp"

namespace kdsl::graph {
class Analysis;
class Plans;
}

namespace kdsl::query {

/// Files that the root imports, directly or not, itself first; the prelude is not among them, nor what files import that are checked on demand.
std::vector<FileId> importClosure(const sema::Workspace& workspace, FileId root);

/// Called with the graph of a build's objects, while it lasts.
using GraphReader = std::function<void(const graph::Analysis& analysis)>;

/// Checks everything that the root imports; without errors, evaluates it and writes its objects. `plans` are of the workspace's schema.
BuildResult buildRoot(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, FileId root, const BuildOptions& options, const GraphReader& readGraph = {});

/// What the objects of a root name and select.
GraphResult graphOf(LoadedFiles& files, sema::Workspace& workspace, graph::Plans& plans, FileId root, const BuildOptions& options, GraphFormat format);

/// Where the value at `path` of a root comes from; see Session::why.
WhyResult whyIn(LoadedFiles& files, sema::Workspace& workspace, FileId root, std::string_view path, const BuildOptions& options);

/// The members of a root with their values, as YAML.
std::string valuesOf(LoadedFiles& files, sema::Workspace& workspace, FileId root);

}  // namespace kdsl::query
