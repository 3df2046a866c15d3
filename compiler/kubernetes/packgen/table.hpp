// The text of our own tables: facts about the API that its schema does not state.
//
//   # a comment
//   $protocol: SCTP TCP UDP                       a named list of words, usable in every row below as $protocol
//   core.v1.Container.imagePullPolicy: Always IfNotPresent Never
//   resource.{v1,v1beta2}.DeviceTaint.effect: None NoExecute
//       NoSchedule                                an indented line continues the row above
//   core.v1.HostPathVolumeSource.type: "" File    a word with blanks, or none, stands in quotes
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kubernetes/packgen/model.hpp"

namespace kdsl::kubernetes::packgen {

struct TableRow {
  std::string key;  ///< braces expanded: one row an alternative
  std::vector<std::string> words;
  std::string where;  ///< file and line, for messages
};

/// Rows in the order of the text. `file` names it in messages.
std::vector<TableRow> parseTable(std::string_view file, std::string_view text, Errors& errors);

/// Reads and parses a file.
std::vector<TableRow> readTable(const std::string& path, Errors& errors);

}  // namespace kdsl::kubernetes::packgen
