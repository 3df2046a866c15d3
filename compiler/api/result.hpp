#pragma once
// What a question of the C interface answered, with all texts that its functions point into.
#include <memory>
#include <string>
#include <vector>

#include "kdsl/kdsl.h"
#include "query/session.hpp"

/// Owns everything: the session may go on, or go.
struct kdsl_result {
  bool ok = false;
  bool stopped = false;
  std::vector<kdsl::query::Rendered> objects;

  struct Finding {
    kdsl_severity severity = KDSL_ERROR;
    std::string code;
    std::string message;
    std::string label;
    std::string path;
    kdsl::source::LineColumn begin;  // from 0
    kdsl::source::LineColumn end;
    bool hasPlace = false;
  };
  std::vector<Finding> findings;
  std::string report;
  std::string reportJson;
};

namespace kdsl::api {

/// The result of a build, or of a check if `built` has no objects. `files` is the table that its diagnostics speak of.
std::unique_ptr<kdsl_result> resultOf(const source::FileTable& files, query::BuildResult built);

}  // namespace kdsl::api
