#pragma once
// Values of builds with who set them: as Markdown for people, as JSON for programs.
#include <string>
#include <vector>

#include "lsp/server/workspace.hpp"
#include "query/ide/values.hpp"

namespace kdsl::lsp {

/// `web.replicas` = `3`, set at [prod.kdsl:2](…), over `2` …: a line for each value, equal ones of several builds together. Empty without values.
std::string valuesMarkdown(Workspace& workspace, const std::vector<query::ValuesInView>& views);

/// The `ValuesInView[]` of docs/internals/lsp-extensions.md.
Json valuesJson(Workspace& workspace, const std::vector<query::ValuesInView>& views);

}  // namespace kdsl::lsp
