#pragma once
#include <string_view>

namespace kdsl::driver {

/// Of this program; CMakeLists.txt states it.
inline constexpr std::string_view version = KDSL_VERSION;

}  // namespace kdsl::driver
