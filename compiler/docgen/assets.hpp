#pragma once
#include <string_view>

namespace kdsl::docgen {

extern const std::string_view styleSheet;
extern const std::string_view script;

}  // namespace kdsl::docgen
