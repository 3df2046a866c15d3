#include "graph/draw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "codec/json_writer.hpp"
#include "graph/kinds.hpp"
#include "graph/makers.hpp"

namespace kdsl::graph {
namespace {

using NodeKind = Drawing::NodeKind;
using EdgeKind = Drawing::EdgeKind;

std::string joined(const std::vector<base::Symbol>& path) {
  std::string out;
  for (const auto key : path) out += fmt::format("{}{}", out.empty() ? "" : ".", base::text(key));
  return out;
}

/// The fields from an object down to one of its places.
std::string fieldOf(const eval::Place* object, const eval::Place* place) {
  std::vector<base::Symbol> path;
  for (; place != nullptr && place != object; place = place->parent) path.push_back(place->key);
  std::reverse(path.begin(), path.end());
  return joined(path);
}

std::string nameOf(const Drawing::Node& node) { return node.namespaceName.empty() ? node.name : node.namespaceName + "/" + node.name; }

std::string_view wordOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::Built: return "built";
    case NodeKind::External: return "external";
    case NodeKind::Made: return "made";
    case NodeKind::Missing: return "missing";
  }
  return {};
}

std::string_view wordOf(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Names: return "names";
    case EdgeKind::Selects: return "selects";
    case EdgeKind::Makes: return "makes";
  }
  return {};
}

/// Text within a quoted string of DOT or Mermaid.
std::string quoted(std::string_view text, std::string_view quote) {
  std::string out;
  for (const char c : text) {
    if (c == '"') {
      out += quote;
    } else if (c == '\\') {
      out += "\\\\";
    } else if (static_cast<unsigned char>(c) >= ' ') {
      out += c;
    }
  }
  return out;
}

/// Sorts nodes and edges, so that the order of declarations cannot be seen.
void arrange(Drawing& drawing) {
  std::vector<std::size_t> order(drawing.nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    const auto& node = drawing.nodes[i];
    return std::tie(node.kind, node.group, node.namespaceName, node.name);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<std::size_t> place(order.size());
  std::vector<Drawing::Node> nodes;
  nodes.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    nodes.push_back(std::move(drawing.nodes[order[i]]));
  }
  drawing.nodes = std::move(nodes);
  for (auto& edge : drawing.edges) {
    edge.from = place[edge.from];
    edge.to = place[edge.to];
  }
  const auto ends = [](const Drawing::Edge& edge) { return std::tie(edge.from, edge.to, edge.field, edge.kind); };
  std::sort(drawing.edges.begin(), drawing.edges.end(), [&](const auto& a, const auto& b) { return ends(a) < ends(b); });
  drawing.edges.erase(std::unique(drawing.edges.begin(), drawing.edges.end(), [&](const auto& a, const auto& b) { return ends(a) == ends(b); }), drawing.edges.end());
}

}  // namespace

Drawing drawingOf(const Analysis& analysis) {
  Drawing drawing;
  const auto& objects = analysis.objects();
  for (const auto& object : objects.all()) {
    drawing.nodes.push_back({std::string(object.group), std::string(object.kind), std::string(object.namespaceName), std::string(object.name), object.isExternal ? NodeKind::External : NodeKind::Built,
                             analysis.pathOf(object), analysis.madeAt(object)});
  }
  std::unordered_map<Identity, std::size_t, IdentityHash> others;
  for (const auto& reference : analysis.references()) {
    const auto& target = reference.target;
    auto to = std::size_t{0};
    if (reference.to) {
      to = base::index(*reference.to);
    } else {
      const auto [known, isNew] = others.try_emplace(target, drawing.nodes.size());
      if (isNew) {
        const auto maker = makerOf(target, objects, reference.from);
        const auto state = maker ? NodeKind::Made : isInEveryCluster(target) ? NodeKind::External : NodeKind::Missing;
        drawing.nodes.push_back({std::string(base::text(target.group)), std::string(base::text(target.kind)), std::string(base::text(target.namespaceName)), std::string(base::text(target.name)), state, {}, {}});
        if (maker) drawing.edges.push_back({base::index(maker->object), known->second, EdgeKind::Makes, std::string(maker->field)});
      }
      to = known->second;
    }
    drawing.edges.push_back({base::index(reference.from), to, EdgeKind::Names, joined(reference.path)});
  }
  for (const auto& selection : analysis.selections()) {
    drawing.edges.push_back({base::index(selection.from), base::index(selection.to), EdgeKind::Selects, fieldOf(objects[selection.from].node.place(), selection.selector.place())});
  }
  arrange(drawing);
  return drawing;
}

std::string asDot(const Drawing& drawing) {
  std::string out = "digraph resources {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\", fontsize=11];\n  edge [fontname=\"sans-serif\", fontsize=9];\n";
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    const auto& node = drawing.nodes[i];
    const auto* style = node.state == NodeKind::Built ? "" : node.state == NodeKind::Missing ? ", style=dashed" : ", style=rounded";
    out += fmt::format("  n{} [label=\"{}\\n{}\"{}];\n", i, quoted(node.kind, "\\\""), quoted(nameOf(node), "\\\""), style);
  }
  for (const auto& edge : drawing.edges) {
    out += fmt::format("  n{} -> n{} [label=\"{}\"{}];\n", edge.from, edge.to, quoted(edge.field, "\\\""), edge.kind == EdgeKind::Names ? "" : ", style=dashed");
  }
  return out + "}\n";
}

std::string asMermaid(const Drawing& drawing) {
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    const auto& node = drawing.nodes[i];
    const auto label = fmt::format("{}<br/>{}", quoted(node.kind, "#quot;"), quoted(nameOf(node), "#quot;"));
    out += node.state == NodeKind::Built ? fmt::format("  n{}[\"{}\"]\n", i, label) : fmt::format("  n{}([\"{}\"])\n", i, label);
  }
  for (const auto& edge : drawing.edges) out += fmt::format("  n{} {}|\"{}\"| n{}\n", edge.from, edge.kind == EdgeKind::Names ? "-->" : "-.->", quoted(edge.field, "#quot;"), edge.to);
  return out;
}

std::string asJson(const Drawing& drawing) {
  std::string out;
  codec::JsonWriter json(out, codec::JsonStyle::Pretty);
  const auto entry = [&](std::string_view key, std::string_view value) {
    json.key(key);
    json.string(value);
  };
  json.beginDocument();
  json.beginMap();
  json.key("nodes");
  json.beginList();
  for (const auto& node : drawing.nodes) {
    json.beginMap();
    entry("kind", node.kind);
    entry("group", node.group);
    entry("namespace", node.namespaceName);
    entry("name", node.name);
    entry("state", wordOf(node.state));
    if (!node.path.empty()) entry("path", node.path);
    json.endMap();
  }
  json.endList();
  json.key("edges");
  json.beginList();
  for (const auto& edge : drawing.edges) {
    json.beginMap();
    json.key("from");
    json.integer(static_cast<std::int64_t>(edge.from));
    json.key("to");
    json.integer(static_cast<std::int64_t>(edge.to));
    entry("relation", wordOf(edge.kind));
    entry("field", edge.field);
    json.endMap();
  }
  json.endList();
  json.endMap();
  json.endDocument();
  return out;
}

std::string asText(const Drawing& drawing) {
  std::string out;
  const auto called = [](const Drawing::Node& node) { return fmt::format("{}/{}", node.kind, nameOf(node)); };
  std::size_t next = 0;
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    const auto& node = drawing.nodes[i];
    out += called(node);
    if (node.state != NodeKind::Built) out += fmt::format(" ({})", wordOf(node.state));
    out += '\n';
    for (; next < drawing.edges.size() && drawing.edges[next].from == i; ++next) {
      const auto& edge = drawing.edges[next];
      out += fmt::format("  {} {} by {}\n", wordOf(edge.kind), called(drawing.nodes[edge.to]), edge.field);
    }
  }
  return out;
}

}  // namespace kdsl::graph
