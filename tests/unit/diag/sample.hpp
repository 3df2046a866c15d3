#pragma once
// Files and diagnostics for the tests of the renderers.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/report.hpp"
#include "source/file.hpp"

namespace kdsl::diag::test {

class Sample {
 public:
  source::FileId add(const std::string& path, std::string text, bool builtIn = false) {
    return files.add(path, path, std::move(text), builtIn);
  }

  /// The first place of `needle` in a file, from `from` on.
  source::Location find(source::FileId file, std::string_view needle, std::size_t from = 0) const {
    const auto at = files[file].text.find(needle, from);
    EXPECT_NE(at, std::string::npos) << needle;
    return {file, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + needle.size())}};
  }

  /// A diagnostic whose message is `message` and whose code is shown as `code`.
  Diagnostic make(std::string code, std::string message, source::Location at, std::string label = {},
                  Severity severity = Severity::Error) const {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.displayCode = std::move(code);
    diagnostic.arguments = {std::move(message)};
    diagnostic.primary = {at, std::move(label)};
    return diagnostic;
  }

  Report report(std::vector<Diagnostic> diagnostics) const {
    Report result;
    result.add(files, std::move(diagnostics));
    return result;
  }

  source::FileTable files;
};

/// A place that is in no file.
inline constexpr source::Location nowhere{};

}  // namespace kdsl::diag::test
