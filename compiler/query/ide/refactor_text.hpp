#pragma once
// The text around declarations, for refactorings. Internal to this folder.
#include <cstdint>
#include <string>
#include <string_view>

#include "query/ide/facts.hpp"

namespace kdsl::query {

std::string_view textIn(const Facts& facts, Span span);
/// Where a line before a declaration (or entry) goes: before its documentation.
std::uint32_t lineOfDeclaration(const Facts& facts, std::uint32_t offset);
/// A name that nothing in the file has: `wanted`, or `wanted2` …
std::string unusedName(const hir::Module& module, std::string_view wanted);

}  // namespace kdsl::query
