#pragma once
// Documentation in the forms that people and programs read. Equal modules give equal bytes.
#include <span>
#include <string>
#include <vector>

#include "query/documentation.hpp"

namespace kdsl::docgen {

struct Page {
  std::string path;  // below the output folder, with `/`
  std::string text;
};

/// A static site: an index, a page a module, one style sheet, and search. Works from files, without a server.
std::vector<Page> renderSite(std::span<const query::DocModule> modules, const std::string& title);

/// A Markdown page a module, and a README.md that lists them.
std::vector<Page> renderMarkdown(std::span<const query::DocModule> modules, const std::string& title);

/// Everything that is known, as one JSON document.
std::string renderJson(std::span<const query::DocModule> modules);

}  // namespace kdsl::docgen
