// Ingresses and network policies.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"
#include "kubernetes/formats.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

/// An address block: `10.0.0.0/8`, `fd00::/8`.
struct Block {
  int family = 0;
  std::array<unsigned char, 16> address{};
  int bits = 0;
};

std::optional<Block> readBlock(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string address(text.substr(0, slash));
  const auto length = text.substr(slash + 1);
  Block block;
  block.family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), block.bits);
  if (error != std::errc{} || end != length.data() + length.size() || block.bits < 0 || block.bits > (block.family == AF_INET ? 32 : 128)) return std::nullopt;
  if (inet_pton(block.family, address.c_str(), block.address.data()) != 1) return std::nullopt;
  return block;
}

/// `inner` is a part of `outer`, not all of it.
bool isStrictlyInside(const Block& inner, const Block& outer) {
  if (inner.family != outer.family || inner.bits <= outer.bits) return false;
  for (int bit = 0; bit < outer.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const auto mask = 0x80 >> (bit % 8);
    if ((inner.address[byte] & mask) != (outer.address[byte] & mask)) return false;
  }
  return true;
}

void addressBlock(const Node& written, Findings& findings) {
  const auto& n = names();
  const auto cidr = written[n.cidr];
  if (!cidr) return;
  const auto outer = readBlock(cidr.text());
  if (!outer) {
    findings.report(code::wrong_form, cidr, {std::string(cidr.text()), "address block", "an address and the length of its prefix: `10.0.0.0/8`"});
    return;
  }
  written[n.except].each([&](const Node& except) {
    const auto inner = readBlock(except.text());
    if (inner && isStrictlyInside(*inner, *outer)) return;
    auto* diagnostic = findings.report(code::except_outside, except, {std::string(except.text()), std::string(cidr.text())});
    if (diagnostic != nullptr) diagnostic->also(cidr.where(findings.evaluator()), "the block");
  });
}

void ingress(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto spec = object.node[n.spec];
  const auto className = spec[n.ingressClassName];
  const auto annotation = object.node.at(n.metadata, n.annotations)[n.ingressClassAnnotation];
  if (className && annotation && className.text() != annotation.text()) {
    auto* diagnostic = findings.report(code::two_ingress_classes, annotation, {std::string(className.text()), std::string(annotation.text())});
    if (diagnostic != nullptr) diagnostic->also(className.where(findings.evaluator()), "and here").note("the annotation is the old way: leave it out");
  }
  spec[n.rules].each([&](const Node& rule) {
    rule.at(n.http, n.paths).each([&](const Node& path) {
      const auto type = path[n.pathType].text();
      const auto text = path[n.path];
      if (type != "Exact" && type != "Prefix") return;
      if (!text) {
        findings.report(code::needs_field, path[n.pathType], {fmt::format("`pathType: \"{}\"`", type), "path"});
        return;
      }
      auto wrong = kubernetes::formatViolation(kubernetes::TextFormat::IngressPath, text.text());
      if (wrong.empty()) return;
      auto* diagnostic = findings.report(code::wrong_form, text, {std::string(text.text()), "path", wrong});
      if (diagnostic != nullptr && !text.text().starts_with('/')) findings.replaceText(*diagnostic, text, fmt::format("/{}", text.text()));
    });
  });
}

void networkPolicy(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto spec = object.node[n.spec];
  const auto peers = [&](const Node& rules, Symbol side) {
    rules.each([&](const Node& rule) { rule[side].each([&](const Node& peer) { addressBlock(peer[n.ipBlock], findings); }); });
  };
  peers(spec[n.ingress], n.from);
  peers(spec[n.egress], n.to);
}

}  // namespace

void checkNetwork(const Object& object, Findings& findings) {
  if (object.kind == "Ingress") ingress(object, findings);
  if (object.kind == "NetworkPolicy") networkPolicy(object, findings);
}

}  // namespace kdsl::graph
