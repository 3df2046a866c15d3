// ConfigMaps, Secrets and claims of storage.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/codes/kubernetes.hpp"
#include "graph/names.hpp"
#include "graph/rules/object_rules.hpp"

namespace kdsl::graph {

namespace code = diag::code;

namespace {

constexpr std::size_t mostBytes = 1u << 20;

/// What the server asks of a type of Secret: these keys, or one of them.
struct SecretType {
  std::string_view type;
  std::string_view first, second;
  bool oneIsEnough;
};
constexpr std::array secretTypes{
    SecretType{"kubernetes.io/tls", "tls.crt", "tls.key", false},
    SecretType{"kubernetes.io/dockerconfigjson", ".dockerconfigjson", {}, false},
    SecretType{"kubernetes.io/dockercfg", ".dockercfg", {}, false},
    SecretType{"kubernetes.io/ssh-auth", "ssh-privatekey", {}, false},
    SecretType{"kubernetes.io/basic-auth", "username", "password", true},
};

bool isBase64(std::string_view text) {
  std::size_t digits = 0, padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    const bool isDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    if (c == '=') {
      ++padding;
    } else if (!isDigit || padding > 0) {
      return false;
    } else {
      ++digits;
    }
  }
  return padding <= 2 && (digits + padding) % 4 == 0;
}

void size(const Object& object, std::size_t bytes, Findings& findings) {
  if (bytes <= mostBytes) return;
  auto* diagnostic = findings.report(code::data_too_large, object.node, {std::string(object.kind), fmt::format("{}", bytes)});
  if (diagnostic != nullptr) diagnostic->note(fmt::format("the server keeps up to {} bytes", mostBytes));
}

std::size_t bytesOf(const Node& data) {
  std::size_t bytes = 0;
  data.entries([&](Symbol key, const Node& entry) { bytes += base::text(key).size() + entry.text().size(); });
  return bytes;
}

void configMap(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto data = object.node[n.data], binary = object.node[n.binaryData];
  binary.entries([&](Symbol key, const Node& entry) {
    if (!isBase64(entry.text())) findings.report(code::not_base64, entry, {std::string(base::text(key))});
    const auto other = data[key];
    if (!other) return;
    if (auto* diagnostic = findings.report(code::key_in_both, entry, {std::string(base::text(key))})) diagnostic->also(other.where(findings.evaluator()), "in `data`");
  });
  size(object, bytesOf(data) + bytesOf(binary), findings);
}

void secret(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto data = object.node[n.data], plain = object.node[n.stringData];
  data.entries([&](Symbol key, const Node& entry) {
    if (isBase64(entry.text())) return;
    auto* diagnostic = findings.report(code::not_base64, entry, {std::string(base::text(key))});
    if (diagnostic != nullptr) diagnostic->note("plain text stands in `stringData`; or encode it: `.base64()`");
  });
  size(object, bytesOf(data) + bytesOf(plain), findings);
  const auto type = object.node[n.type];
  const auto* rule = std::find_if(secretTypes.begin(), secretTypes.end(), [&](const SecretType& known) { return known.type == type.text(); });
  if (rule == secretTypes.end()) return;
  const auto has = [&](std::string_view key) { return key.empty() || data[base::intern(key)] || plain[base::intern(key)]; };
  const bool first = has(rule->first), second = has(rule->second);
  if (rule->oneIsEnough ? first || second : first && second) return;
  const auto lacks = rule->oneIsEnough ? fmt::format("`{}` or `{}`", rule->first, rule->second) : fmt::format("`{}`", first ? rule->second : rule->first);
  findings.report(code::secret_lacks_key, type, {std::string(type.text()), lacks});
}

}  // namespace

void checkData(const Object& object, Findings& findings) {
  if (object.kind == "ConfigMap") configMap(object, findings);
  if (object.kind == "Secret") secret(object, findings);
}

void checkClaim(const Object& object, Findings& findings) {
  const auto& n = names();
  const auto spec = object.node[n.spec];
  const auto modes = spec[n.accessModes];
  modes.each([&](const Node& mode) {
    if (mode.text() == "ReadWriteOncePod" && modes.count() > 1) findings.report(code::access_mode_alone, mode, {});
  });
  const auto storage = spec.at(n.resources, n.requests, n.storage);
  if (!storage) {
    if (auto* diagnostic = findings.report(code::claim_without_size, spec ? spec : object.node, {})) diagnostic->note("write `resources.requests.storage: 10Gi`");
    return;
  }
  const bool isPositive = storage.value().is(ValueKind::Quantity) && !storage.value().asQuantity().isNegative() && !storage.value().asQuantity().isZero();
  if (!isPositive) findings.report(code::claim_of_nothing, storage, {});
}

void checkAnnotations(const Object& object, Findings& findings) {
  constexpr std::size_t most = 256u << 10;
  const auto annotations = object.node.at(names().metadata, names().annotations);
  const auto bytes = bytesOf(annotations);
  if (bytes <= most) return;
  if (auto* diagnostic = findings.report(code::data_too_large, annotations, {"set of annotations", fmt::format("{}", bytes)})) diagnostic->note(fmt::format("the server keeps up to {} bytes", most));
}

}  // namespace kdsl::graph
