#pragma once
// Results of tests, for people and for the programs that collect them.
#include <string>
#include <vector>

#include "diag/report.hpp"
#include "driver/report_output.hpp"
#include "query/session.hpp"

namespace kdsl::driver {

/// One file's tests.
struct FileTests {
  std::string path;
  query::TestRun run;
  const source::FileTable* files = nullptr;
};

struct TestTotals {
  std::size_t passed = 0, failed = 0;
  std::size_t broken = 0;  // files whose tests could not run
  double milliseconds = 0;
  bool good() const { return failed == 0 && broken == 0; }
};

TestTotals totalsOf(const std::vector<FileTests>& files);

/// A line a test, with what went wrong below it; then the totals.
std::string testsAsText(const std::vector<FileTests>& files, const TestTotals& totals, const ReportOptions& options, bool verbose, int descriptor);
/// Of each sort how much the tests reached, and what they did not.
std::string coverageAsText(const std::vector<FileTests>& files);
/// Test Anything Protocol, version 13.
std::string testsAsTap(const std::vector<FileTests>& files);
/// JUnit's XML, as CI systems read it.
std::string testsAsJunit(const std::vector<FileTests>& files, const TestTotals& totals);
std::string testsAsJson(const std::vector<FileTests>& files, const TestTotals& totals);

}  // namespace kdsl::driver
