#pragma once
// What the files of this folder implement. table.cpp joins them; a test sees to it that nothing is missing or there twice.
#include <span>

#include "eval/builtins/bind.hpp"

namespace kdsl::eval::builtins {

std::span<const Implementation> stringImplementations();
std::span<const Implementation> stringCaseImplementations();
std::span<const Implementation> stringConvertImplementations();
std::span<const Implementation> regexImplementations();
std::span<const Implementation> encodingImplementations();
std::span<const Implementation> hashingImplementations();
std::span<const Implementation> documentImplementations();
std::span<const Implementation> numberImplementations();
std::span<const Implementation> unitImplementations();
std::span<const Implementation> listImplementations();
std::span<const Implementation> listOrderImplementations();
std::span<const Implementation> listGroupImplementations();
std::span<const Implementation> mapImplementations();

/// All of them. Constant time.
std::span<const std::span<const Implementation>> allImplementations();

}  // namespace kdsl::eval::builtins
