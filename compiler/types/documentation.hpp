#pragma once
// What messages quote of documentation.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "types/type.hpp"

namespace kdsl::types {

/// What the documentation of a member that a file declares says first, with its name, on one line: `volumes: Folders that outlive the pod: …`. Mostly it shows a value.
inline std::optional<std::string> told(const Member& member) {
  if (!base::valid(member.declared.file) || member.doc == base::emptySymbol) return std::nullopt;
  const auto doc = base::text(member.doc);
  auto line = std::string(base::text(member.name)) + ": " + std::string(doc.substr(0, doc.find("\n\n")));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace kdsl::types
