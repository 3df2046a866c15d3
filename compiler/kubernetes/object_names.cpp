#include "kubernetes/object_names.hpp"

#include <algorithm>
#include <array>

namespace kdsl::kubernetes {
namespace {

enum class Rule { PathSegment, Subdomain, Label, Label1035 };

Rule ruleOf(std::string_view kind) {
  if (kind == "Service") return Rule::Label1035;
  if (kind == "Namespace" || kind == "StatefulSet") return Rule::Label;
  constexpr std::array<std::string_view, 4> segments{"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"};
  return std::find(segments.begin(), segments.end(), kind) != segments.end() ? Rule::PathSegment : Rule::Subdomain;
}

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isLabel(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
}

bool isSubdomain(std::string_view text) {
  while (true) {
    const auto dot = text.find('.');
    if (!isLabel(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::optional<std::string> tooLong(std::string_view name, std::size_t limit) {
  if (name.size() <= limit) return std::nullopt;
  return "it has " + std::to_string(name.size()) + " characters, " + std::to_string(limit) + " are allowed";
}

}  // namespace

std::optional<std::string> nameViolation(std::string_view kind, std::string_view name) {
  switch (ruleOf(kind)) {
    case Rule::PathSegment:
      if (name == "." || name == ".." || name.find_first_of("/%") != std::string_view::npos) return "it may not be `.` or `..` or have `/` or `%`";
      return std::nullopt;
    case Rule::Label1035:
      if (!isLabel(name) || !isLower(name.front())) return "lower-case letters, digits and `-`, beginning with a letter";
      return tooLong(name, 63);
    case Rule::Label:
      if (!isLabel(name)) return "lower-case letters, digits and `-`, beginning and ending with a letter or digit";
      return tooLong(name, 63);
    case Rule::Subdomain:
      if (!isSubdomain(name)) return "lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit";
      return tooLong(name, kind == "CronJob" ? 52 : 253);
  }
  return std::nullopt;
}

}  // namespace kdsl::kubernetes
