#pragma once
// What project.kdsl says: targets, policies, dependencies. The schema is stdlib/project_file.kdsl.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "source/span.hpp"

namespace kdsl::codec {
class Data;
}

namespace kdsl::query {

inline constexpr std::string_view projectFileName = "project.kdsl";

/// A value that the project gives a param.
struct Setting {
  std::string name;
  std::shared_ptr<const codec::Data> value;
  source::Location at;
};

enum class PolicySeverity : std::uint8_t { Error, Warning, Off };

/// A file whose policies hold for builds.
struct PolicyUse {
  std::string name;
  std::string file;  // as written in the project file `from`
  source::Location fileAt;
  source::FileId from = base::none<source::FileId>;
  std::vector<Setting> params;
  PolicySeverity severity = PolicySeverity::Error;
  source::Location at;
};

struct ProjectTarget {
  std::string name;
  std::string file;        // as written
  source::Location fileAt;
  std::string namespace_;  // empty: none
  int kubernetesMinor = 0;           // 0: the project's
  std::vector<Setting> params;
  std::vector<PolicyUse> policies;   // the project's, with what this target says of them
  source::Location at;
};

struct Dependency {
  std::string name;
  std::string path;    // a folder, as written; or
  std::string git;     // a repository
  std::string tag;     // of the repository; or
  std::string commit;
  source::Location at;
  std::vector<source::Span> entries = {};  // all that the project file says of it
};

struct Project {
  std::string folder;  // absolute
  source::FileId file = base::none<source::FileId>;
  std::string name;
  int kubernetesMinor = 0;  // 0: not said
  std::vector<ProjectTarget> targets;       // in the order of the file
  std::vector<PolicyUse> policies;   // its own, then those of its dependencies, named `platform/images`
  std::vector<Dependency> dependencies;

  /// nullptr if there is none of the name.
  const ProjectTarget* target(std::string_view name) const;
  /// The nearest of the targets' names; empty if none is near.
  std::string_view nearTarget(std::string_view name) const;
};

/// The folder with a project.kdsl that `path` is in or below; empty if there is none.
std::string findProjectFolder(std::string_view path);

}  // namespace kdsl::query
