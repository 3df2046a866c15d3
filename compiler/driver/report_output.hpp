#pragma once
// The options of a report, and writing it.
#include <cstdint>
#include <string>

#include "diag/report.hpp"
#include "driver/command_line.hpp"
#include "driver/terminal.hpp"

namespace kdsl::driver {

enum class ReportFormat : std::uint8_t { Text, Json, Sarif, Github };

struct ReportOptions {
  ReportFormat format = ReportFormat::Text;
  ColorChoice color = ColorChoice::Auto;
  /// Leave out warnings, notes and the summary.
  bool quiet = false;
};

/// Adds --diagnostics, --color and --quiet.
void addReportOptions(Command& command, ReportOptions& options);

/// The report as text for `descriptor`, which decides on colours and width. Empty if there is nothing to say (JSON and SARIF
/// always say something: a document without results).
std::string reportText(const diag::Report& report, const ReportOptions& options, int descriptor);

/// What the options let through to the report.
std::vector<diag::Diagnostic> wanted(std::vector<diag::Diagnostic> diagnostics, const ReportOptions& options);

}  // namespace kdsl::driver
