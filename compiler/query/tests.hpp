#pragma once
// Running the tests of a file.
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "eval/limits.hpp"
#include "source/span.hpp"

namespace kdsl::query {

struct Project;

struct TestOptions {
  /// Its policies count in `fails`, its targets are what `target` names. Of the same session.
  const Project* project = nullptr;
  /// Only tests whose title has this text.
  std::string filter;
  /// Write what `golden` compares with, instead of comparing.
  bool update = false;
  /// Tell what the tests reached.
  bool coverage = false;
  /// With `coverage`: also of the standard library.
  bool libraryCoverage = false;
  eval::Limits limits = {};
};

/// A file that `golden` compares with, and what it is to hold.
struct GoldenUpdate {
  std::string path;  // absolute
  std::string text;
};

struct TestResult {
  std::string title;
  source::Location at;
  bool passed = false;
  std::uint64_t checks = 0;  // that ran
  double milliseconds = 0;
  std::vector<diag::Diagnostic> diagnostics;
  std::vector<GoldenUpdate> updates;  // all snapshots of the test, if TestOptions::update
};

enum class ReachKind : std::uint8_t {
  Component,  // reached: a test made an instance
  Param,      // a test set it
  Check,      // it failed in a test (of `fails`, as a rule)
  Branch,     // of `if` or `match`: taken
};

/// Something that tests can reach.
struct ReachPoint {
  std::string path;         // of the file
  std::string displayPath;
  ReachKind kind{};
  std::string name;         // `WebService.replicas`; empty for branches and unnamed checks
  std::size_t line = 0;     // from 1
  std::uint32_t offset = 0;
  bool reached = false;
};

struct TestRun {
  std::vector<TestResult> tests;              // in the order of the file
  std::vector<std::string> leftOut;           // titles of those that the filter does not want
  std::vector<diag::Diagnostic> diagnostics;  // static errors: then no test ran
  std::vector<ReachPoint> reach;              // with TestOptions::coverage: of this file and all that it imports
};

}  // namespace kdsl::query
