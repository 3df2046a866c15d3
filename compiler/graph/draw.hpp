#pragma once
// The graph of a build as text.
#include <cstdint>
#include <string>
#include <vector>

#include "graph/analysis.hpp"

namespace kdsl::graph {

/// What a drawing shows: plain data, free of the evaluation that it was read from.
struct Drawing {
  /// Made: by a controller, of an object that an edge of kind Makes comes from. External: declared as such, or in every cluster.
  enum class NodeKind : std::uint8_t { Built, External, Made, Missing };
  struct Node {
    std::string group, kind, namespaceName, name;
    NodeKind state = NodeKind::Built;
    std::string path;         // `web.deployment`: how the program calls it; empty for what is not of the program
    source::Location made;    // none for what is not of the program
  };
  enum class EdgeKind : std::uint8_t { Names, Selects, Makes };
  struct Edge {
    std::size_t from = 0, to = 0;  // indexes of nodes
    EdgeKind kind = EdgeKind::Names;
    std::string field;             // `spec.template.spec.volumes.settings.configMap.name`
  };
  std::vector<Node> nodes;  // by kind, namespace and name
  std::vector<Edge> edges;  // by their ends, then by field; no two alike
};

Drawing drawingOf(const Analysis& analysis);

/// For Graphviz.
std::string asDot(const Drawing& drawing);
/// A flowchart for Markdown pages.
std::string asMermaid(const Drawing& drawing);
/// `{"nodes": […], "edges": […]}`, for programs.
std::string asJson(const Drawing& drawing);
/// One line a node and one an edge: for people and tests.
std::string asText(const Drawing& drawing);

}  // namespace kdsl::graph
