#pragma once
// Which build a client means: a file, perhaps as a target of its project, perhaps as it was at a revision.
#include <memory>
#include <string>
#include <vector>

#include "lsp/features/features.hpp"

namespace kdsl::lsp {

struct BuildChoice {
  std::string uri;       // of the file; of any file of the project where a target is named
  std::string target;
  std::string revision;
  std::vector<query::Parameter> parameters;

  /// `{textDocument, target?, revision?, parameters?}`
  static BuildChoice read(const Json& params);
  /// `kdsl-rendered:///a/web.kdsl.yaml?target=prod&revision=HEAD` shows what /a/web.kdsl builds; see docs/internals/lsp-extensions.md.
  static BuildChoice ofRendered(const std::string& uri);
  /// The document that shows this build.
  std::string renderedUri() const;
  /// Equal for equal choices.
  std::string key() const;
};

bool isRenderedUri(std::string_view uri);

/// A choice that was found. What is of a revision is in a session of its own.
struct ChosenBuild {
  std::string problem;  // why there is none; the rest is empty then
  std::shared_ptr<RevisionTree> tree;
  std::unique_ptr<query::Session> own;
  query::Session* session = nullptr;
  FileId root = base::none<FileId>;
  query::BuildOptions options;
};

/// If the files of a revision have to be fetched first, the request that is being handled waits for them: what it answers now is dropped.
ChosenBuild openBuild(Context& context, const BuildChoice& choice);

}  // namespace kdsl::lsp
