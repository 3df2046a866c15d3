#pragma once
// The page of one module.
#include <string>

#include "docgen/index.hpp"

namespace kdsl::docgen {

/// The content of its `main` element.
std::string moduleHtml(const query::DocModule& module, const Index& index);
/// A comment of a module, with links that hold from that module's page (or from `page`).
std::string docHtml(std::string_view comment, const query::DocModule& module, const Index& index, std::string_view page);
/// The address of a declaration, seen from `page` (a path without ending).
std::string addressOf(const Index::Target& target, std::string_view page);

}  // namespace kdsl::docgen
