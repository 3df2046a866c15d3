#pragma once
// Where a diagnostic points, in the terms of the renderers.
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "source/file.hpp"

namespace kdsl::diag {

/// A location with its file looked up; lines and columns count from 1, columns in code points. `end` is behind the last character.
struct Place {
  const source::File* file;
  source::LineColumn begin;
  source::LineColumn end;
};

/// Null file for a location that has none.
Place placeOf(const source::FileTable& files, const source::Location& at);

/// `error`, `warning`, `note`.
std::string_view severityText(Severity severity);

/// The message and everything that is said beside it, one sentence a line: for formats that have one text field.
std::string flatText(const Diagnostic& diagnostic);

}  // namespace kdsl::diag
