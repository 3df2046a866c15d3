#pragma once
// What messages and pages call the parts of a type.
#include <string_view>

#include "types/type.hpp"

namespace kdsl::types {

inline std::string_view wordOf(MemberKind kind) {
  switch (kind) {
    case MemberKind::Field: return "field";
    case MemberKind::Param: return "param";
    case MemberKind::Let: return "let";
    case MemberKind::Resource: return "resource";
    case MemberKind::External: return "external";
  }
  return "";
}

}  // namespace kdsl::types
