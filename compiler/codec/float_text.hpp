#pragma once
// Floats as text, the same in every format.
#include <string>

namespace kdsl::codec {

/// Appends the shortest decimal text that reads back as `value` and that every JSON, YAML 1.1, YAML 1.2 and TOML reader takes for a
/// float, not an integer: `1.0`, `0.1`, `1.0e+22`. Infinities and NaN are `.inf`, `-.inf`, `.nan`, which is YAML; JSON has no such numbers.
void appendFloat(std::string& out, double value);

}  // namespace kdsl::codec
