#include "graph/gateways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/near_name.hpp"
#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/pods.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

constexpr std::string_view apiGroup = "gateway.networking.k8s.io";

struct RouteKind {
  std::string_view group, kind;
  std::string_view protocols;  // of listeners that take it, where they do not say which kinds they take
  bool hasHosts = true;
};
constexpr RouteKind routeKinds[] = {
    {apiGroup, "GRPCRoute", "HTTP HTTPS", true}, {apiGroup, "HTTPRoute", "HTTP HTTPS", true}, {apiGroup, "TCPRoute", "TCP TLS", false},
    {apiGroup, "TLSRoute", "TLS", true},         {apiGroup, "UDPRoute", "UDP", false},        {"flagger.app", "Canary", "HTTP HTTPS", true},  // makes an HTTPRoute
};

const RouteKind* routeKind(std::string_view group, std::string_view kind) {
  const auto* found = std::find_if(std::begin(routeKinds), std::end(routeKinds), [&](const RouteKind& known) { return known.group == group && known.kind == kind; });
  return found == std::end(routeKinds) ? nullptr : found;
}

/// Of words separated by blanks.
bool hasWord(std::string_view words, std::string_view word) {
  for (auto at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

/// Whether some name is of both; `*.` stands for one or more labels.
bool overlap(std::string_view one, std::string_view other) {
  const bool isWild = one.starts_with("*."), isOtherWild = other.starts_with("*.");
  if (isWild && isOtherWild) return one.ends_with(other.substr(1)) || other.ends_with(one.substr(1));
  if (isWild) return other.size() >= one.size() && other.ends_with(one.substr(1));
  if (isOtherWild) return one.size() >= other.size() && one.ends_with(other.substr(1));
  return one == other;
}

class RouteCheck {
 public:
  RouteCheck(const Object& route, const Objects& objects, Findings& findings) : route_(route), objects_(objects), findings_(findings), kind_(*routeKind(route.group, route.kind)) {
    const auto spec = route.node[names().spec], made = spec[names().service];
    parents_ = isMadeByFlagger() ? made[names().gatewayRefs] : spec[names().parentRefs];
    hosts_ = isMadeByFlagger() ? made[names().hosts] : spec[names().hostnames];
  }

  void run() {
    parents_.each([&](const Node& parent) { attach(parent); });
    if (kind_.hasHosts && areAllKnown_ && !taking_.empty()) hosts();
  }

 private:
  struct Listener {
    const Object* gateway;
    Node node;
  };

  bool isMadeByFlagger() const { return kind_.kind == "Canary"; }
  std::string_view routeName() const { return isMadeByFlagger() ? "HTTPRoute" : kind_.kind; }

  /// The listeners that take the route through this reference.
  void attach(const Node& parent) {
    const auto* gateway = gatewayOf(parent);
    if (gateway == nullptr) {
      areAllKnown_ = false;
      return;
    }
    std::vector<Listener> left;
    gateway->node.at(names().spec, names().listeners).each([&](const Node& listener) { left.push_back({gateway, listener}); });
    if (left.empty()) {  // an `external` says no more than the name
      areAllKnown_ = false;
      return;
    }
    const auto keep = [&](auto fits) { std::erase_if(left, [&](const Listener& listener) { return !fits(listener); }); };
    const auto all = left;
    if (const auto section = parent[names().sectionName]; section.isText()) {
      keep([&](const Listener& listener) { return listener.node[names().name].text() == section.text(); });
      if (left.empty()) return missListener(*gateway, section, all);
    }
    if (const auto port = parent[names().port]; port.isInteger()) {
      keep([&](const Listener& listener) { return listener.node[names().port].integer() == port.integer(); });
      if (left.empty()) return missPort(*gateway, port);
    }
    keep([&](const Listener& listener) { return takesKind(listener.node); });
    if (left.empty()) return refuseKind(*gateway, parent);
    const auto first = left.front();
    keep([&](const Listener& listener) { return takesNamespace(listener); });
    if (left.empty()) return refuseNamespace(first, parent);
    taking_.insert(taking_.end(), left.begin(), left.end());
  }

  const Object* gatewayOf(const Node& parent) const {
    const auto kind = parent[names().kind], group = parent[names().group], where = parent[names().namespaceName];
    if ((kind && kind.text() != "Gateway") || (group && group.text() != apiGroup)) return nullptr;
    const auto found = objects_.find({base::intern(apiGroup), base::intern("Gateway"), where ? base::intern(where.text()) : route_.identity.namespaceName, base::intern(parent[names().name].text())});
    if (!found || objects_[*found].isBroken) return nullptr;
    return &objects_[*found];
  }

  bool takesKind(const Node& listener) const {
    const auto kinds = listener.at(names().allowedRoutes, names().kinds);
    if (kinds.count() == 0) return hasWord(kind_.protocols, listener[names().protocol].text());
    bool found = false;
    kinds.each([&](const Node& allowed) { found = found || allowed[names().kind].text() == routeName(); });
    return found;
  }

  /// Also where the build does not say.
  bool takesNamespace(const Listener& listener) const {
    const auto from = listener.node.at(names().allowedRoutes, names().namespaces, names().from).text();
    if (from == "All" || route_.namespaceName.empty() || listener.gateway->namespaceName.empty()) return true;
    if (from != "Selector") return from == "None" ? false : route_.namespaceName == listener.gateway->namespaceName;
    const auto own = objects_.find({Symbol{}, base::intern("Namespace"), Symbol{}, route_.identity.namespaceName});
    if (!own || objects_[*own].isExternal) return true;
    const auto selector = listener.node.at(names().allowedRoutes, names().namespaces, names().selector);
    // The cluster gives each namespace its name as a label, which nobody writes.
    bool isByName = false;
    selector[names().matchLabels].entries([&](Symbol key, const Node&) { isByName = isByName || base::text(key) == "kubernetes.io/metadata.name"; });
    const Selector wanted(selector, Selector::Form::LabelSelector);
    return isByName || wanted.hasExpressions() || wanted.matches(objects_[*own].node.at(names().metadata, names().labels));
  }

  void missListener(const Object& gateway, const Node& section, const std::vector<Listener>& listeners) {
    auto* diagnostic = findings_.report(code::no_such_listener, section, {std::string(gateway.name), fmt::format("`{}`", section.text())});
    if (diagnostic == nullptr) return;
    std::vector<std::string_view> known;
    known.reserve(listeners.size());
    for (const auto& listener : listeners) known.push_back(listener.node[names().name].text());
    if (const auto near = base::nearest(section.text(), known); !near.empty()) {
      diagnostic->label(fmt::format("did you mean `{}`?", near));
      findings_.replaceText(*diagnostic, section, near);
    }
    diagnostic->note(fmt::format("it has {}", fmt::join(known, ", ")));
  }

  void missPort(const Object& gateway, const Node& port) {
    auto* diagnostic = findings_.report(code::no_such_listener, port, {std::string(gateway.name), fmt::format("at port {}", port.integer())});
    if (diagnostic != nullptr) diagnostic->also(gateway.node.where(findings_.evaluator()), "its ports are given here");
  }

  void refuseKind(const Object& gateway, const Node& parent) {
    auto* diagnostic = findings_.report(code::route_not_taken, parent, {std::string(gateway.name), fmt::format("{}s", routeName())});
    if (diagnostic != nullptr) diagnostic->also(gateway.node.where(findings_.evaluator()), "no listener here is for them, by its `protocol` or its `allowedRoutes.kinds`");
  }

  void refuseNamespace(const Listener& listener, const Node& parent) {
    auto* diagnostic = findings_.report(code::route_not_taken, parent, {std::string(listener.gateway->name), fmt::format("routes from namespace `{}`", route_.namespaceName)});
    if (diagnostic == nullptr) return;
    const auto from = listener.node.at(names().allowedRoutes, names().namespaces, names().from);
    const auto text = from.text() == "Selector" ? std::string("the namespace has not the labels that this asks for")
                                                : fmt::format("takes those of its own namespace, `{}`", listener.gateway->namespaceName);
    diagnostic->also((from ? from : listener.gateway->node).where(findings_.evaluator()), text);
    if (from.text() != "Selector") diagnostic->note("a listener takes routes of others by `allowedRoutes.namespaces.from: \"All\"`");
  }

  /// Nothing is read from a route that only sends clients elsewhere: without TLS is what it is for.
  bool isRedirect() const {
    bool any = false, all = true;
    route_.node[names().spec][names().rules].each([&](const Node& rule) {
      bool redirects = false;
      rule[names().filters].each([&](const Node& filter) { redirects = redirects || filter[names().type].text() == "RequestRedirect"; });
      any = true;
      all = all && redirects;
    });
    return any && all;
  }

  /// The names of the attached listeners.
  std::vector<std::string_view> listenedTo() const {
    std::vector<std::string_view> known;
    for (const auto& listener : taking_) {
      const auto name = listener.node[names().hostname].text();
      if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
    }
    return known;
  }

  /// What is asked for under a name that no listener is for, nobody answers.
  void hosts() {
    const bool isEncrypted = std::any_of(taking_.begin(), taking_.end(), [](const Listener& listener) { return listener.node[names().protocol].text() == "HTTPS"; });
    hosts_.each([&](const Node& host) {
      const auto takes = [&](const Listener& listener) {
        const auto name = listener.node[names().hostname].text();
        return name.empty() || overlap(name, host.text());
      };
      const bool isTaken = std::any_of(taking_.begin(), taking_.end(), takes);
      const bool isTakenEncrypted = std::any_of(taking_.begin(), taking_.end(), [&](const Listener& listener) { return listener.node[names().protocol].text() == "HTTPS" && takes(listener); });
      if (isTakenEncrypted || (isTaken && (!isEncrypted || isRedirect()))) return;
      auto* diagnostic = findings_.report(isTaken ? code::host_without_tls : code::host_without_listener, host, {std::string(taking_.front().gateway->name), std::string(host.text())});
      if (diagnostic == nullptr) return;
      const auto known = listenedTo();
      if (isTaken) {
        diagnostic->note(known.empty() ? "its listeners with TLS take no such host" : fmt::format("its listeners with TLS are for others; there are names for {}", fmt::join(known, ", ")));
        diagnostic->note("if that is meant, name the listener: `sectionName`");
        return;
      }
      if (const auto near = base::nearest(host.text(), known); !near.empty() && !near.starts_with("*")) {
        diagnostic->label(fmt::format("did you mean `{}`?", near));
        findings_.replaceText(*diagnostic, host, near);
      } else {
        diagnostic->note(fmt::format("its listeners are for {}", fmt::join(known, ", ")));
      }
    });
  }

  const Object& route_;
  const Objects& objects_;
  Findings& findings_;
  const RouteKind& kind_;
  Node parents_, hosts_;
  bool areAllKnown_ = true;
  std::vector<Listener> taking_;
};

}  // namespace

bool isRoute(std::string_view group, std::string_view kind) { return routeKind(group, kind) != nullptr; }

void checkRoute(const Object& route, const Objects& objects, Findings& findings) { RouteCheck(route, objects, findings).run(); }

}  // namespace kdsl::graph
