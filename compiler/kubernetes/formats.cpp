#include "kubernetes/formats.hpp"

#include <algorithm>
#include <array>

#include "kubernetes/cron.hpp"

namespace kdsl::kubernetes {
namespace {

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlphanumeric(char c) { return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z'); }

template <typename Allowed>
bool all(std::string_view text, Allowed allowed) {
  return std::all_of(text.begin(), text.end(), allowed);
}

std::string atMost(std::string_view text, std::size_t limit) {
  return text.size() <= limit ? std::string() : "it has " + std::to_string(text.size()) + " characters, " + std::to_string(limit) + " are allowed";
}

std::string dnsLabel(std::string_view text) {
  const bool good = !text.empty() && text.front() != '-' && text.back() != '-' && all(text, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
  return good ? atMost(text, 63) : "lower-case letters, digits and `-`, beginning and ending with a letter or digit";
}

bool isSubdomain(std::string_view text) {
  if (text.size() > 253) return false;
  while (true) {
    const auto dot = text.find('.');
    const auto label = text.substr(0, dot);
    const bool good = !label.empty() && label.front() != '-' && label.back() != '-' && all(label, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
    if (!good) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string portName(std::string_view text) {
  const bool letters = all(text, [](char c) { return isLower(c) || isDigit(c) || c == '-'; }) && std::any_of(text.begin(), text.end(), isLower);
  if (!letters || text.front() == '-' || text.back() == '-' || text.find("--") != std::string_view::npos) {
    return "lower-case letters, digits and single `-` between them, with at least one letter";
  }
  return atMost(text, 15);
}

/// The part after the prefix of a key, and a value that is not empty.
bool isQualifiedName(std::string_view text) {
  return !text.empty() && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) && all(text, [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

std::string labelKey(std::string_view text) {
  const auto slash = text.find('/');
  auto name = text;
  if (slash != std::string_view::npos) {
    std::string prefix(text.substr(0, slash));
    std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!isSubdomain(prefix)) return "what stands before the `/` is a DNS name in lower case";
    name = text.substr(slash + 1);
  }
  if (!isQualifiedName(name)) return "letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit; a DNS name and `/` may stand before";
  return atMost(name, 63);
}

std::string labelValue(std::string_view text) {
  if (!text.empty() && !isQualifiedName(text)) return "letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit";
  return atMost(text, 63);
}

std::string environmentName(std::string_view text) {
  const bool good = !text.empty() && all(text, [](char c) { return c >= ' ' && c <= '~' && c != '='; });
  return good ? std::string() : "printable ASCII characters but `=`";
}

std::string dataKey(std::string_view text) {
  const bool good = !text.empty() && text != "." && !text.starts_with("..") && all(text, [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; });
  return good ? atMost(text, 253) : "letters, digits, `-`, `_` and `.`, not beginning with `..`";
}

std::string ingressHost(std::string_view text) {
  const auto name = text.starts_with("*.") ? text.substr(2) : text;
  if (name.find(':') != std::string_view::npos) return "a host has no port";
  if (!name.empty() && all(name, [](char c) { return isDigit(c) || c == '.'; })) return "a host is no IP address";
  return isSubdomain(name) ? std::string() : "a DNS name in lower case; its first label may be `*`";
}

std::string ingressPath(std::string_view text) {
  if (!text.starts_with('/')) return "a path begins with `/`";
  constexpr std::array<std::string_view, 5> refused{"//", "/./", "/../", "%2f", "%2F"};
  for (const auto part : refused) {
    if (text.find(part) != std::string_view::npos) return "a path has no `" + std::string(part) + "`";
  }
  return text.ends_with("/..") || text.ends_with("/.") ? "a path does not end with `.` or `..`" : std::string();
}

std::string timeZone(std::string_view text) {
  if (text == "Local") return "a name of the IANA time zone data base, such as `Europe/Berlin`";
  std::size_t length = 0;
  for (const char c : text) {
    length = c == '/' ? 0 : length + 1;
    const bool good = (c == '/' || isAlphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '+') && length <= 14;
    if (!good) return "a name of the IANA time zone data base, such as `Europe/Berlin`";
  }
  return length == 0 ? "a name of the IANA time zone data base, such as `Europe/Berlin`" : std::string();
}

std::string podFieldPath(std::string_view text) {
  constexpr std::array<std::string_view, 11> paths{"metadata.name",  "metadata.namespace", "metadata.uid",  "metadata.labels", "metadata.annotations", "spec.nodeName", "spec.serviceAccountName",
                                                   "status.hostIP", "status.hostIPs",     "status.podIP", "status.podIPs"};
  if (std::find(paths.begin(), paths.end(), text) != paths.end()) return {};
  for (const std::string_view map : {"metadata.labels['", "metadata.annotations['"}) {
    if (text.starts_with(map) && text.ends_with("']") && text.size() > map.size() + 2) return {};
  }
  return "`metadata.name`, `.namespace`, `.uid`, `.labels['key']`, `.annotations['key']`, `spec.nodeName`, `spec.serviceAccountName`, `status.hostIP`, `.hostIPs`, `.podIP` or `.podIPs`";
}

std::string relativePath(std::string_view text) {
  if (text.starts_with('/')) return "a path within the volume does not begin with `/`";
  while (!text.empty()) {
    const auto slash = std::min(text.find('/'), text.size());
    if (text.substr(0, slash) == "..") return "a path within the volume has no `..`";
    text.remove_prefix(std::min(slash + 1, text.size()));
  }
  return {};
}

std::string headerName(std::string_view text) {
  return !text.empty() && all(text, [](char c) { return isAlphanumeric(c) || c == '-'; }) ? std::string() : "letters, digits and `-`";
}

}  // namespace

std::string formatViolation(TextFormat format, std::string_view text) {
  switch (format) {
    case TextFormat::DnsLabel: return dnsLabel(text);
    case TextFormat::PortName: return portName(text);
    case TextFormat::LabelKey: return labelKey(text);
    case TextFormat::LabelValue: return labelValue(text);
    case TextFormat::EnvironmentName: return environmentName(text);
    case TextFormat::DataKey: return dataKey(text);
    case TextFormat::IngressHost: return ingressHost(text);
    case TextFormat::IngressPath: return ingressPath(text);
    case TextFormat::CronSchedule: return cronViolation(text);
    case TextFormat::TimeZone: return timeZone(text);
    case TextFormat::PodFieldPath: return podFieldPath(text);
    case TextFormat::RelativePath: return relativePath(text);
    case TextFormat::HeaderName: return headerName(text);
    case TextFormat::ObjectName: return isSubdomain(text) ? std::string() : "lower-case letters, digits and `-`, in labels joined by dots; at most 253 characters";
  }
  return {};
}

std::string_view formatName(TextFormat format) {
  switch (format) {
    case TextFormat::DnsLabel: return "name";
    case TextFormat::PortName: return "name of a port";
    case TextFormat::LabelKey: return "key";
    case TextFormat::LabelValue: return "value of a label";
    case TextFormat::EnvironmentName: return "name of a variable";
    case TextFormat::DataKey: return "key";
    case TextFormat::IngressHost: return "host";
    case TextFormat::IngressPath: return "path";
    case TextFormat::CronSchedule: return "schedule";
    case TextFormat::TimeZone: return "time zone";
    case TextFormat::PodFieldPath: return "field of a pod for a variable";
    case TextFormat::RelativePath: return "path";
    case TextFormat::HeaderName: return "name of a header";
    case TextFormat::ObjectName: return "name of an object";
  }
  return {};
}

}  // namespace kdsl::kubernetes
