#pragma once
#include <cstddef>

namespace kdsl::base {

inline constexpr std::size_t hugePage = std::size_t{2} << 20;

/// Asks for large pages for what lies whole in the range: whoever fills much memory spends more time on the faults of small ones than on its own work.
/// A wish: where it is not granted nothing is lost.
void preferHugePages(void* begin, std::size_t size);

}  // namespace kdsl::base
