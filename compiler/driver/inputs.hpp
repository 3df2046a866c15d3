#pragma once
// Opening what the command line names, and working on it in parallel.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "diag/report.hpp"
#include "driver/input_options.hpp"
#include "driver/report_output.hpp"
#include "query/session.hpp"
#include "source/loader.hpp"

namespace kdsl::driver {

/// Opens a file, or standard input for `-`, which can be read once. None, and why, if that fails.
source::FileId openInput(query::Session& session, const std::string& input, std::vector<diag::Diagnostic>& diagnostics);

/// The sessions of one command: one for each worker, so that inputs that import the same files share the work.
class Workers {
 public:
  /// What to do with one opened input; it returns the diagnostics. Runs on any thread, for each input once.
  using Work = std::function<std::vector<diag::Diagnostic>(std::size_t input, query::Session& session, source::FileId file)>;

  Workers(const InputOptions& options, std::vector<std::string> inputs, query::Options::Library library = query::Options::Library::Reached);

  /// Opens each input and does the work on those that could be opened. The report has the diagnostics in the order of the inputs.
  diag::Report run(const ReportOptions& reportOptions, const Work& work);

 private:
  source::FileId open(query::Session& session, const std::string& input, std::vector<diag::Diagnostic>& diagnostics) const;

  std::vector<std::string> inputs_;
  std::vector<std::unique_ptr<query::Session>> sessions_;  // outlive the reports, which point at their files
  source::LoadResult standardInput_;
};

}  // namespace kdsl::driver
