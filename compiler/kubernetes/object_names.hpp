#pragma once
// Which names the API server takes, by kind.
#include <optional>
#include <string>
#include <string_view>

namespace kdsl::kubernetes {

/// What is wrong with `name` as metadata.name of an object of `kind`, as the end of a sentence; nothing if it is fine.
/// Source: apimachinery pkg/util/validation and the validation.go of each API group.
std::optional<std::string> nameViolation(std::string_view kind, std::string_view name);

}  // namespace kdsl::kubernetes
